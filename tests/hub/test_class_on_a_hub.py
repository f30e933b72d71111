"""A class on a real JupyterHub, from login to feedback: on one's own machine, and with users of the machine.

Everybody works through their own server, over HTTP, as a browser does.
"""

import contextlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook

from testing.hub import Person, for_everybody, hub, users
from testing.small_courses import make_course, notebook, solved

pytest.importorskip("jupyterhub")
DEPLOY = Path(__file__).resolve().parents[2] / "deploy" / "jupyterhub"
ONLY = "it makes users of this machine, and removes them: only as root, in CI or with TEST_WITH_USERS=1"
INSTRUCTOR, KIM, ALEX = (f"hub{os.getpid()}-{name}" for name in ("teacher", "kim", "alex"))
MADE = notebook("f", "g", written=("w",))
UNUSED = 54321  # no user's number
LOOK = """
import os
for path in {paths!r}:
    try:
        print("REACHED", path, os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(80))
    except OSError as error:
        print("kept from", path, error.strerror)
"""


ATTACK = '<script>document.title = "taken over"</script><img src="x" onerror="document.title = 1">'
SCRIPTS = f"""
from IPython.display import HTML, display
display(HTML({ATTACK!r}))
"""


with_users = pytest.mark.parametrize("place", ["users"], indirect=True)  # in a trial all are one user of the machine


@pytest.fixture(scope="module")
def proxy():
    """The path of configurable-http-proxy; without it, nothing is tried."""
    path = shutil.which("configurable-http-proxy")
    if not path or subprocess.run([path, "--version"], capture_output=True).returncode:  # it may need a newer node
        pytest.skip(
            "THE HUB IS NOT TRIED: no configurable-http-proxy here (npm install --global configurable-http-proxy)"
        )
    return Path(path)


@pytest.fixture(scope="module", params=["trial", "users"])
def place(request, proxy):
    """A folder that is laid out for a class, and what it takes to start the hub and to log in."""
    real = request.param == "users"
    if real and not (os.getuid() == 0 and (os.environ.get("CI") or os.environ.get("TEST_WITH_USERS"))):
        pytest.skip(f"THE HUB IS NOT TRIED WITH USERS: {ONLY}")
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-", ignore_cleanup_errors=True)))
        folder.chmod(0o755)
        before, password, names, home = [], None, SimpleNamespace(kim="kim", alex="alex"), folder
        if real:
            before = for_everybody()
            if before is None:
                pytest.skip("THE HUB IS NOT TRIED WITH USERS: no Python here that all users may run")
            password = stack.enter_context(users(INSTRUCTOR, KIM, ALEX))
            names, home = SimpleNamespace(kim=KIM, alex=ALEX), Path("/home") / INSTRUCTOR
        course = make_course(home / "course", {("ps1", "p"): MADE})
        if real:
            subprocess.run(["chown", "-R", INSTRUCTOR, course], check=True)
        (folder / "list.csv").write_text(f"id,first_name\n{names.kim},Kim\n{names.alex},Alex\n")
        set_up().lay_out(folder / "class", course, folder / "list.csv")
        config = "jupyterhub_config.py" if real else "trial_config.py"
        yield SimpleNamespace(
            folder=folder / "class",
            course=course,
            names=names,
            password=password,
            teacher=course.owner(),
            homes=Path("/home") if real else folder / "class" / "homes",
            hub=lambda: hub(folder / "class", config, proxy, before),
        )


def set_up():
    """The module `set_up.py`."""
    spec = importlib.util.spec_from_file_location("set_up", DEPLOY / "set_up.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def passwords(place):
    """The instructor's password and the students'."""
    if place.password:
        return place.password, place.password
    said = re.findall(r"password (\S+), students with (\S+)", (place.folder / "hub.log").read_text())
    return said[-1]


@pytest.mark.parametrize("place", ["trial"], indirect=True)
def test_who_leaves_the_list_can_no_longer_log_in(place):
    listed = (place.folder / "students.csv").read_text()
    for text, alex_comes_in in ((listed, True), (f"id\n{place.names.kim}\n", False)):
        (place.folder / "students.csv").write_text(text)
        with place.hub() as address:
            _, of_students = passwords(place)
            for name, comes_in in ((place.names.kim, True), (place.names.alex, alex_comes_in)):
                assert Person(address, name, of_students).login.ok == comes_in
    (place.folder / "students.csv").write_text(listed)


@pytest.fixture(scope="module")
def school(place):
    """The class at work: what was released is fetched, solved, handed in, collected and graded; feedback is out."""
    with place.hub() as address:
        of_instructor, of_students = passwords(place)
        instructor = Person(address, place.teacher, of_instructor)
        kim, alex = (Person(address, name, of_students) for name in (place.names.kim, place.names.alex))
        with ThreadPoolExecutor() as pool:
            list(pool.map(Person.start, (instructor, kim, alex)))
        typed(instructor, "nbgrader generate_assignment ps1 && nbgrader release_assignment ps1")
        reach = [
            place.course, place.course / "source" / "ps1" / "p.ipynb", place.course / "gradebook.db",
            place.homes / place.names.kim, place.folder / "exchange", place.folder / "hub", place.folder / "class.json",
        ]  # fmt: skip
        for student in (kim, alex):
            assert student.post("assignments/fetch", course_id="small", assignment_id="ps1").json()["success"]
        submit(kim)  # too early, and again when it is solved
        work(kim, solved(MADE))
        submit(kim)
        curious = solved(MADE)
        curious.cells[0].source += LOOK.format(paths=[*map(str, reach)]) + SCRIPTS
        curious.cells[-1].source = f"**Because** {ATTACK}"
        work(alex, curious)
        submit(alex)
        typed(instructor, "nbgrader collect ps1")
        graded = typed(instructor, f"autograder grade ps1 --confine require --json {place.course}/graded.json")
        by_hand(place, place.names.kim, 1)
        typed(instructor, "nbgrader generate_feedback ps1 && nbgrader release_feedback ps1")
        yield SimpleNamespace(**vars(place), address=address, instructor=instructor, kim=kim, alex=alex, graded=graded)


def typed(person, command):
    done = person.shell(command)
    assert done.status == 0, done.said
    return done.said


def work(student, made):
    """Save a notebook in the student's own server, over what was fetched."""
    fetched = student.get("api/contents/ps1/p.ipynb").json()["content"]
    for ours, theirs in zip(made.cells, fetched["cells"], strict=True):
        theirs["source"] = theirs["source"] if theirs["metadata"]["nbgrader"]["locked"] else ours.source
    assert student.put("api/contents/ps1/p.ipynb", type="notebook", content=fetched).ok


def submit(student):
    said = student.post("assignments/submit", course_id="small", assignment_id="ps1").json()
    assert said["success"], said


def by_hand(place, student, points):
    with Gradebook(f"sqlite:///{place.course}/gradebook.db") as book:
        book.find_grade("w", "p", "ps1", student).manual_score = points
        book.db.commit()


def test_what_was_handed_in_last_is_graded(school):
    found = json.loads((school.course / "graded.json").read_text())["submissions"]
    assert {(each["student"], each["status"]) for each in found} == {
        (school.names.kim, "graded"), (school.names.alex, "graded")
    }  # fmt: skip
    assert {task["points"] for each in found for task in each["tasks"] if task["id"] in "fg"} == {2}


def test_a_student_reads_feedback_and_only_their_own(school):
    for student, points in ((school.kim, "5.0"), (school.alex, "4.0")):
        said = student.post("assignments/fetch_feedback", course_id="small", assignment_id="ps1").json()
        assert said["success"], said
        times = student.get("api/contents/ps1/feedback").json()["content"]
        assert len(times) == 1, "what was handed in first has none"
        [page] = student.get(f"api/contents/{times[0]['path']}").json()["content"]
        text = student.get(f"api/contents/{page['path']}").json()["content"]
        assert f"Score: {points} / 6.0" in text


def test_graded_code_reaches_nothing_of_the_instructor_or_the_class(school):
    graded = nbformat.reads(
        (school.course / "autograded" / school.names.alex / "ps1" / "p.ipynb").read_text(), as_version=4
    )
    said = "".join(output.get("text", "") for output in graded.cells[0].outputs)
    assert said.count("kept from") == 7 and "REACHED" not in said, said


def test_only_who_is_on_the_list_comes_in(school):
    assert Person(school.address, "mallory", passwords(school)[1]).login.status_code == 403
    assert Person(school.address, school.names.kim, "wrong-password").login.status_code == 403
    assert school.alex.get("api/contents", of=school.names.kim).status_code in (403, 404)
    assert school.alex.get("api/contents", of=school.teacher).status_code in (403, 404)


def test_the_instructor_has_a_formgrader_in_jupyterlab_and_students_none(school):
    page = school.instructor.get("formgrader/manage_assignments")
    assert page.ok and page.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert school.instructor.get("formgrader/api/assignments").json()[0]["num_submissions"] == 2
    assert school.kim.get("formgrader/api/assignments").status_code == 404


def test_a_script_of_a_student_does_not_run_where_it_is_graded(school):
    submitted = school.instructor.get("formgrader/api/submitted_notebooks/ps1/p").json()
    [alexs] = [each["id"] for each in submitted if each["student"] == school.names.alex]
    page = BeautifulSoup(school.instructor.get(f"formgrader/submissions/{alexs}").text, "html.parser")
    assert page.find("strong", string="Because"), "the answer is shown, with its Markdown"
    assert not page.find_all(onerror=True) and not [each for each in page.find_all("script") if "taken" in each.text]


@with_users
def test_a_student_reaches_neither_others_nor_the_source_nor_the_gradebook(school):
    kims, inbound = school.homes / school.names.kim, school.folder / "exchange" / "small" / "inbound"
    wanted = [
        kims, kims / "ps1" / "p.ipynb", school.homes / school.teacher, school.course / "source" / "ps1" / "p.ipynb",
        school.course / "gradebook.db", school.course / "submitted", inbound, inbound.parent / "feedback",
        school.folder / "hub", school.folder / "hub" / "cookie_secret", school.folder / "students.csv",
    ]  # fmt: skip
    said = school.alex.python(LOOK.format(paths=[*map(str, wanted)]))
    assert said.count("kept from") == len(wanted) and "REACHED" not in said, said
    harm = """
import os
from pathlib import Path
for attempt in [
    lambda: os.rename({exchange!r} + "/small", {exchange!r} + "/gone"),
    lambda: Path({exchange!r} + "/small/outbound/ps1/p.ipynb").write_text(""),
    lambda: Path({exchange!r} + "/small/feedback/more.html").write_text(""),
    lambda: Path({folder!r} + "/everybody/nbgrader_config.py").write_text(""),
    lambda: Path({folder!r} + "/students.csv").write_text(""),
]:
    try:
        attempt()
        print("DONE")
    except PermissionError:
        print("refused")
"""
    said = school.alex.python(harm.format(exchange=str(school.folder / "exchange"), folder=str(school.folder)))
    assert said.split() == ["refused"] * 5


@with_users
def test_nobody_hands_in_in_anothers_name(school):
    forged = f"{school.folder}/exchange/small/inbound/{school.names.kim}+ps1+2099-01-01 00:00:00.000000 UTC+forged"
    code = f"import os, shutil; shutil.copytree(os.path.expanduser('~/ps1'), {forged!r}); os.chmod({forged!r}, 0o777)"
    assert school.alex.python(code) == ""
    gone = school.folder / "exchange" / "small" / "inbound" / "gone+ps1+2026-01-01 00:00:00.000000 UTC+left"
    shutil.copytree(school.homes / school.names.kim / "ps1", gone)
    os.chown(gone, UNUSED, UNUSED)
    said = typed(school.instructor, "nbgrader collect --update ps1")
    assert f"Not collected: {school.names.alex} hands in as {school.names.kim}" in " ".join(said.split())
    assert (school.course / "submitted" / "gone" / "ps1" / "p.ipynb").exists(), "the work of a student without account"
    assert "taken over" not in (school.course / "submitted" / school.names.kim / "ps1" / "p.ipynb").read_text()
    assert "Not collected" not in typed(school.instructor, "nbgrader collect --update ps1")


def test_points_by_hand_outlive_another_submission(school):
    work(school.kim, solved(notebook("f", "g", adds=5, written=("w",))))
    submit(school.kim)
    typed(school.instructor, "nbgrader collect --update ps1")
    typed(school.instructor, "autograder grade ps1 --confine require")
    with Gradebook(f"sqlite:///{school.course}/gradebook.db") as book:
        assert book.find_submission("ps1", school.names.kim).score == 1
        grade = book.find_grade("w", "p", "ps1", school.names.kim)
        assert grade.manual_score == 1 and grade.needs_manual_grade
