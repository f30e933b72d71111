"""A gradebook in PostgreSQL: a real server, in a folder of its own, that only listens to a socket there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from testing.commands import graded, run
from testing.small_courses import hand_in, make_course, notebook, solved

NAME = "hw"
FILE = "hw.ipynb"
USER = "nobody"  # the server refuses to run as root
COURSE = "small"


def programs():
    """The folder with PostgreSQL's programs, which Debian keeps off the PATH."""
    found = shutil.which("initdb") or max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None)
    if found is None:
        pytest.skip("no PostgreSQL server on this machine (Debian: apt install postgresql)")
    return Path(found).resolve().parent


@pytest.fixture
def url(tmp_path_factory):
    """The address of an empty database."""
    commands = programs()
    folder = tmp_path_factory.mktemp("pg")
    as_user = {}
    if os.getuid() == 0:
        as_user = {"user": USER, "group": "nogroup", "extra_groups": []}
        shutil.chown(folder, USER)
        for each in folder.parents[:3]:  # pytest keeps its folders to their owner
            each.chmod(each.stat().st_mode | 0o011)

    def call(program, *words):
        subprocess.run(
            [commands / program, *words],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            cwd=folder,
            **as_user,
        )

    call("initdb", "-D", folder / "data", "-U", "course", "-A", "trust")
    options = f"-k {folder} -c listen_addresses="
    call("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
    try:
        call("createdb", "-h", folder, "-U", "course", "gradebook")
        yield f"postgresql://course@/gradebook?host={folder}"
    finally:
        call("pg_ctl", "-D", folder / "data", "-w", "-t", "600", "-m", "immediate", "stop")


def test_a_class_is_graded_into_postgresql_and_only_once(url, tmp_path):
    course = make_course(tmp_path / "course", {(NAME, NAME): notebook("f")}, f"c.CourseDirectory.db_url = {url!r}\n")
    hand_in(course, "kim", NAME, FILE, solved(notebook("f")))
    hand_in(course, "lee", NAME, FILE, "{")
    done, submissions = graded(course, "grade", NAME)
    assert [(each["student"], each["status"], each["points"]) for each in submissions] == [
        ("kim", "graded", 2),
        ("lee", "not-a-notebook", 0),
    ], done.stderr
    with Gradebook(url, COURSE) as gradebook:
        assert gradebook.find_submission(NAME, "kim").score == 2
        assert gradebook.find_submission(NAME, "lee").score == 0
    assert not (course / "gradebook.db").exists()
    _, again = graded(course, "grade", NAME)
    assert again == submissions


@pytest.mark.parametrize("url", ["postgresql://course@127.0.0.1:1/gradebook", "nonsense://x/y", "nonsense"])
def test_a_gradebook_that_can_t_be_opened_is_said_in_one_sentence(url, tmp_path):
    course = make_course(tmp_path / "course", {(NAME, NAME): notebook("f")}, f"c.CourseDirectory.db_url = {url!r}\n")
    hand_in(course, "kim", NAME, FILE, "{")
    done = run(course, "autograder", "grade", NAME)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1, done.stderr
    assert "c.CourseDirectory.db_url" in done.stderr and "can't be opened: " in done.stderr
