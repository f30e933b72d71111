"""Every odd and every hostile submission gets its status and its points, and no other submission notices."""

import html
import os
import shutil
import socket
import subprocess

import nbformat
import psutil
import pytest

from testing.classroom import course_directory, hand_in
from testing.commands import by_student, graded, run
from tests.submissions import bad, hostile
from tests.submissions.bad import ASSIGNMENT, FILE, FULL

HONEST = ("honest", "[bold] Zoë O'Neil", "<b>kim & co")
LIMITS = """
c.ExecutePreprocessor.timeout = 10
c.Kernels.memory_megabytes = 1500
c.Kernels.disk_megabytes = 200
c.Kernels.processes = 50
"""
SECRET, NAPTIME = "do-not-tell-7391", "98765.4321"


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """Things of the host that hostile code looks for: a listener, sockets, a process, a home with a secret."""
    folder = tmp_path_factory.mktemp("host")
    (folder / ".netrc").write_text(SECRET)
    victim = subprocess.Popen(["sleep", "3600"])
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.socket(socket.AF_UNIX) as by_path,
        socket.socket(socket.AF_UNIX) as by_name,
    ):
        by_path.bind(str(folder / "s"))
        by_name.bind(f"\0corpus-{os.getpid()}")
        for each in (by_path, by_name):
            each.listen()
        yield {
            "home": folder,
            "port": listener.getsockname()[1],
            "socket": folder / "s",
            "abstract": f"corpus-{os.getpid()}",
            "victim": victim.pid,
            "secret": SECRET,
            "naptime": NAPTIME,
        }
    assert victim.poll() is None, "a process of the host was ended"
    victim.kill()


ALL = bad.CASES | hostile.CASES
EDITED = "an-edited-test"
QUICK = {EDITED, *list(ALL)[::2]}  # the others take a slow test


@pytest.fixture(scope="module")
def corpus(machine, tmp_path_factory):
    return batch(machine, tmp_path_factory.mktemp("corpus"), QUICK)


@pytest.fixture(scope="module")
def the_rest(machine, tmp_path_factory):
    return batch(machine, tmp_path_factory.mktemp("rest"), ALL.keys() - QUICK)


def batch(machine, folder, names):
    """Some of the corpus and three honest students, graded together: (course, finished process, submissions)."""
    course = course_directory(folder)
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(LIMITS)
    places = {
        **machine,
        "gradebook": course / "gradebook.db",
        "source": course / "source" / ASSIGNMENT / FILE,
        "other": course / "submitted" / HONEST[0] / ASSIGNMENT / FILE,
    }
    for student in HONEST:
        hand_in(course, student, ASSIGNMENT, bad.perfect())
    for name in sorted(names):
        folder = course / "submitted" / name / ASSIGNMENT
        folder.mkdir(parents=True)
        ALL[name].hand_in(folder, bad.perfect(), *([places] if name in hostile.CASES else []))
    environment = {"SECRET_TOKEN": SECRET, "HOME": str(machine["home"])}
    done, submissions = graded(course, "grade", ASSIGNMENT, **environment)
    return course, done, by_student(submissions)


def test_there_are_enough_of_them():
    assert len(bad.CASES) >= 40 and len(hostile.CASES) >= 25 and not bad.CASES.keys() & hostile.CASES.keys()


@pytest.mark.parametrize("name", [pytest.param(each, marks=[] if each in QUICK else pytest.mark.slow) for each in ALL])
def test_it_gets_its_status_and_its_points(request, name):
    course, _, submissions = request.getfixturevalue("corpus" if name in QUICK else "the_rest")
    submission, case = submissions[name, ASSIGNMENT], ALL[name]
    assert (submission["status"], submission["points"]) == (case.status, case.points), submission
    assert case.says in submission["reason"] and submission["reason"].endswith(".")
    executed = course / "autograded" / name / ASSIGNMENT / FILE
    assert executed.exists() == (case.status not in ("not-a-notebook", "wrong-assignment", "missing"))
    if executed.exists():
        assert "ESCAPED <" not in executed.read_text() and executed.stat().st_size < 40e6
        nbformat.validate(nbformat.read(executed, as_version=4))


@pytest.mark.parametrize("name", HONEST)
def test_honest_submissions_beside_them_have_all_their_points(corpus, name):
    _, _, submissions = corpus
    assert (submissions[name, ASSIGNMENT]["status"], submissions[name, ASSIGNMENT]["points"]) == ("graded", FULL)


def test_the_command_says_that_something_was_wrong_and_nothing_else_is(corpus):
    _, done, submissions = corpus
    assert done.returncode == 1 and done.stderr == ""
    assert len(submissions) == len(HONEST) + len(QUICK)


def test_nothing_was_left_behind_and_nothing_was_touched(corpus):
    course, _, _ = corpus
    commands = [each.info["cmdline"] for each in psutil.process_iter(["cmdline"])]
    assert ["sleep", NAPTIME] not in commands
    taken_along = course / "autograded" / "a-zip-that-leads-outside"
    found = [*course.rglob("ESCAPED*"), *course.parent.glob("ESCAPED*"), *course.parent.parent.glob("ESCAPED*")]
    assert all(taken_along in path.parents for path in found)
    other = course / "submitted" / HONEST[0] / ASSIGNMENT / FILE
    assert nbformat.read(other, as_version=4) == bad.perfect()


def test_no_message_becomes_part_of_the_page(corpus):
    course, _, _ = corpus
    assert run(course, "autograder", "report", "--html", "report.html").returncode == 0
    page = (course / "report.html").read_text()
    assert "<script>document.title" not in page and html.escape("<script>document.title") in page


@pytest.mark.slow
def test_what_stock_nbgrader_takes_gets_the_same_points(corpus, tmp_path):
    course, _, submissions = corpus
    stock = course_directory(tmp_path / "stock")
    names = (EDITED,)
    for name in names:
        shutil.copytree(course / "submitted" / name, stock / "submitted" / name)
    assert run(stock, "nbgrader", "generate_assignment", ASSIGNMENT).returncode == 0
    assert run(stock, "nbgrader", "autograde", ASSIGNMENT).returncode == 0
    assert run(stock, "nbgrader", "export", "--to", "grades.csv").returncode == 0
    for line in (stock / "grades.csv").read_text().splitlines():
        for name in names:
            if line.startswith(ASSIGNMENT) and f",{name}," in line:
                assert f",{submissions[name, ASSIGNMENT]['points']}" in line
