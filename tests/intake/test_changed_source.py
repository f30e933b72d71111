"""The instructor changes a source after students handed in: the right grade, or a sentence, and nothing is lost."""

import copy
import json

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import compute_checksum

from autograder.intake import taking_in
from testing.small_courses import hand_in, make_course, notebook, put, solved
from testing.without_kernels import command

__all__ = ["command"]


@pytest.fixture
def course(tmp_path):
    """A course in which "kim" has solved the two tasks f and h of hw, of 2 points each."""
    root = make_course(tmp_path / "course", {("hw", "p"): notebook("f", "h")})
    hand_in(root, "kim", "hw", "p.ipynb", solved(notebook("f", "h")))
    return root


def grade_of(book, cell):
    return book.find_grade(cell, "p", "hw", "kim")


def change(root, made, name="p"):
    put(root / "source" / "hw" / f"{name}.ipynb", made)


def brief(done):
    [found] = done.of.values()
    return done.status, found["status"], found["points"], found["max_points"]


def test_tasks_come_and_go_and_points_change(course, command):
    assert brief(command(course, "grade", "hw")) == (0, "graded", 4, 4)
    change(course, notebook("f", "h", points=5))
    done = command(course, "grade", "hw")
    assert brief(done) == (0, "graded", 10, 10)
    assert "hw: 1 gained points since the last time: kim 4 → 10." in done.out
    change(course, notebook("f", "h", "k"))
    assert brief(command(course, "grade", "hw")) == (0, "repaired", 4, 6)
    change(course, notebook("f", written=("w",)))
    assert brief(command(course, "grade", "hw")) == (0, "repaired", 2, 4)
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        submission = book.find_submission("hw", "kim")
        assert (submission.score, submission.max_score) == (2, 4)


def test_a_notebook_more_and_less(course, command):
    command(course, "grade", "hw")
    change(course, notebook("k"), "q")
    assert brief(command(course, "grade", "hw")) == (1, "missing", 4, 6)
    (course / "source" / "hw" / "q.ipynb").unlink()
    assert brief(command(course, "grade", "hw")) == (0, "graded", 4, 4)


def test_what_was_given_by_hand_is_not_lost(course, command):
    command(course, "grade", "hw")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        grade_of(book, "h-t").manual_score = 1
        book.db.commit()
    change(course, notebook("f"))
    done = command(course, "grade", "hw")
    assert (
        done.status == 2 and "source/hw no longer has h-t, for which points or comments were given by hand" in done.err
    )
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        assert grade_of(book, "h-t").manual_score == 1
        grade_of(book, "h-t").manual_score = None
        book.db.commit()
    assert brief(command(course, "grade", "hw")) == (0, "graded", 2, 2)


def test_a_source_that_is_a_link_is_followed(course, command):
    path = course / "source" / "hw" / "p.ipynb"
    path.rename(course / "elsewhere.ipynb")
    path.symlink_to(course / "elsewhere.ipynb")
    assert brief(command(course, "grade", "hw")) == (0, "graded", 4, 4)
    put(course / "elsewhere.ipynb", notebook("f", "h", points=7))
    assert brief(command(course, "grade", "hw")) == (0, "graded", 14, 14)


def test_a_link_that_leads_nowhere_is_named(course, command):
    (course / "source" / "hw" / "data.csv").symlink_to(course / "gone.csv")
    done = command(course, "grade", "hw")
    assert done.status == 2 and "source/hw/data.csv can't be read (No such file or directory)" in done.err


def with_sums(made):
    """A notebook as nbgrader gives it out."""
    made = copy.deepcopy(made)
    for cell in made.cells:
        cell.metadata["nbgrader"]["checksum"] = compute_checksum(cell)
    return made


@pytest.mark.parametrize(
    "of_student, said",
    [
        ("pass", []),
        ("cell.source = 'assert True'", ["f-t had been edited and was restored."]),
        ("cell.metadata.nbgrader.points = 9", ["The settings of f-t had been changed and were restored."]),
    ],
)
def test_what_the_instructor_has_changed_is_no_repair(of_student, said):
    handed = with_sums(notebook("f"))
    cell = handed.cells[1]
    exec(of_student, {"cell": cell})
    if said != ["f-t had been edited and was restored."]:
        release = with_sums(notebook("f", points=3, test="assert {task}(1) == {value}, 'look again'"))
    else:
        release = with_sums(notebook("f"))
    found = [each for each in taking_in.repair(handed, release) if "edited" in each or "settings" in each]
    assert found[: len(said)] == said and (said or not found)
    assert nbformat.from_dict(json.loads(json.dumps(handed))).cells[1].source == release.cells[1].source
