"""A gradebook in PostgreSQL."""

import pytest
from nbgrader.api import Gradebook

from testing import postgresql
from testing.commands import graded, run
from testing.small_courses import hand_in, make_course, notebook, solved

NAME = "hw"
FILE = "hw.ipynb"
COURSE = "small"


@pytest.fixture
def url(tmp_path_factory):
    """The address of an empty database."""
    if postgresql.programs() is None:
        pytest.skip("no PostgreSQL server on this machine (Debian: apt install postgresql)")
    with postgresql.empty_database(tmp_path_factory.mktemp("pg")) as address:
        yield address


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
