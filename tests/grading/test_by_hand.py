"""What a person gave outlives whatever happens to the submission, the source and the gradebook afterwards."""

import shutil
import sqlite3

import pytest
from nbgrader.api import Gradebook

from testing.commands import run
from testing.small_courses import hand_in, make_course, notebook, put, solved
from testing.without_kernels import command

__all__ = ["command"]
OLDER = """
DROP TABLE course;
CREATE TABLE older (id VARCHAR(32) NOT NULL PRIMARY KEY, name VARCHAR(128) NOT NULL UNIQUE, duedate DATETIME);
INSERT INTO older SELECT id, name, duedate FROM assignment;
DROP TABLE assignment;
ALTER TABLE older RENAME TO assignment;
ALTER TABLE student DROP COLUMN lms_user_id;
UPDATE alembic_version SET version_num = '167914646830';
"""


@pytest.fixture
def course(tmp_path, command):
    """A course in which "kim" has 2 points from the machine; by hand 1 point, 3 as extra credit and a comment."""
    root = make_course(tmp_path / "course", {("hw", "p"): notebook("f", written=("w",))})
    hand_in(root, "kim", "hw", "p.ipynb", solved(notebook("f", written=("w",))))
    command(root, "grade", "hw")
    with gradebook(root) as book:
        book.find_grade("w", "p", "hw", "kim").manual_score = 1
        book.find_grade("f-t", "p", "hw", "kim").extra_credit = 3
        book.find_comment("w", "p", "hw", "kim").manual_comment = "Why so?"
        book.db.commit()
    return root


def gradebook(root):
    return Gradebook(f"sqlite:///{root}/gradebook.db")


def by_hand(root):
    with gradebook(root) as book:
        written, tested = (book.find_grade(name, "p", "hw", "kim") for name in ("w", "f-t"))
        return written.manual_score, tested.extra_credit, book.find_comment("w", "p", "hw", "kim").manual_comment


def nothing(root):
    pass


def handed_in_again(root):
    hand_in(root, "kim", "hw", "p.ipynb", solved(notebook("f", adds=5, written=("w",))))


def handed_in_unreadable(root):
    hand_in(root, "kim", "hw", "p.ipynb", "{")


def taken_back(root):
    shutil.rmtree(root / "submitted" / "kim" / "hw")


def changed_test(root):
    test = "assert {task}(1) == {value}, 'again'"
    put(root / "source" / "hw" / "p.ipynb", notebook("f", written=("w",), test=test))


def changed_points(root):
    put(root / "source" / "hw" / "p.ipynb", notebook("f", written=("w",), points=4))


def another_task(root):
    put(root / "source" / "hw" / "p.ipynb", notebook("f", "g", written=("w",)))


@pytest.mark.parametrize("forced", [[], ["--force"]], ids=["", "force"])
@pytest.mark.parametrize(
    "happens, by_machine",
    [
        (nothing, 2), (handed_in_again, 0), (handed_in_unreadable, 0), (taken_back, None), (changed_test, 2),
        (changed_points, 4), (another_task, 2),
    ],
)  # fmt: skip
def test_nothing_given_by_hand_is_lost(course, command, happens, by_machine, forced):
    happens(course)
    done = command(course, "grade", "hw", *forced)
    assert by_hand(course) == (1, 3, "Why so?")
    if by_machine is not None:
        assert done.of["kim", "hw"]["points"] == by_machine + 1 + 3
        assert f" {by_machine + 4} " in command(course, "report").out


def test_an_answer_that_was_handed_in_again_waits_for_another_look(course, command):
    handed_in_again(course)
    command(course, "grade", "hw")
    with gradebook(course) as book:
        assert book.find_grade("w", "p", "hw", "kim").needs_manual_grade


def test_an_old_gradebook_is_upgraded_with_all_that_it_holds(course, command):
    with sqlite3.connect(course / "gradebook.db") as book:
        book.executescript(OLDER)
    done = command(course, "grade", "hw")
    assert done.status == 2 and "run `nbgrader db upgrade`" in done.err
    assert run(course, "nbgrader", "db", "upgrade").returncode == 0
    assert command(course, "grade", "hw").of["kim", "hw"]["points"] == 6
    assert by_hand(course) == (1, 3, "Why so?")
