"""When a course or its gradebook is at fault: one sentence with the cure, and all else is graded."""

import sqlite3

import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from autograder.grading.preparing import why
from testing.small_courses import hand_in, make_course, notebook, put, solved
from testing.without_kernels import command

__all__ = ["command"]
NO_WORD_OF = ("Error", "Exception", "traceback", "Traceback", "the the")


@pytest.fixture
def course(tmp_path):
    """A course of which "good" and "bad" were handed in."""
    root = make_course(tmp_path / "course", {("bad", "p"): notebook("f"), ("good", "p"): notebook("g")})
    for assignment, task in (("bad", "f"), ("good", "g")):
        hand_in(root, "kim", assignment, "p.ipynb", solved(notebook(task)))
    return root


def of_old_schema():
    made = notebook("f")
    for cell in made.cells:
        cell.metadata["nbgrader"]["schema_version"] = 1
    return made


def with_no_end():
    made = notebook("f")
    made.cells[0].source = "### BEGIN SOLUTION\n1"
    return made


@pytest.mark.parametrize(
    "source, says",
    [
        (
            of_old_schema(),
            "could not prepare bad: its notebooks have nbgrader's metadata of an old version. "
            "Keep a copy of the course",
        ),
        (with_no_end(), "could not prepare bad: no end solution statement found."),
        ("{", "source/bad/p.ipynb can't be read as a notebook"),
    ],
    ids=["old-metadata", "no-end", "not-a-notebook"],
)  # fmt: skip
def test_one_assignment_that_cannot_be_prepared_stops_no_other(course, command, source, says):
    put(course / "source" / "bad" / "p.ipynb", source)
    done = command(course, "grade", "bad", "good")
    assert done.status == 2 and says in done.err and len(done.err.strip().splitlines()) == 1
    assert not any(word in done.err for word in NO_WORD_OF)
    assert list(done.of) == [("kim", "good")] and done.of["kim", "good"]["points"] == 2


def test_a_test_that_gives_too_much_to_one_student_is_named(course, command):
    put(course / "source" / "bad" / "p.ipynb", notebook("f", test="1 if {task}(1) == {value} else 3"))
    wrong = solved(notebook("f"))
    wrong.cells[0].source = "def f(x): return x"
    hand_in(course, "lee", "bad", "p.ipynb", wrong)
    done = command(course, "grade", "bad")
    assert (done.status, done.of["kim", "bad"]["points"]) == (1, 1)
    assert "the test f-t gives more than the 2 points that it is worth" in done.of["lee", "bad"]["reason"]


def test_an_old_gradebook_gets_the_command_that_upgrades_it(course, command):
    command(course, "grade", "good")
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute("ALTER TABLE student RENAME COLUMN lms_user_id TO something")
    for words in (("grade", "good"), ("report",)):
        done = command(course, *words)
        assert done.status == 2 and "run `nbgrader db upgrade`" in done.err and "SELECT" not in done.err


def test_a_reason_that_nbgrader_does_not_give_is_none():
    assert why({"log": "[ERROR] There was an error processing assignment: a\n"}) == "it did not say why."


def test_what_nbgrader_only_logs_is_said():
    logged = (
        "[ERROR] AutoTest region detected in a non-grade cell.\n"
        "[ERROR] Traceback (most recent call last):\n"
        "    Exception\n"
    )
    assert why({"log": logged}) == "AutoTest region detected in a non-grade cell."


def test_metadata_of_a_newer_nbgrader_are_named(course, command):
    newer = notebook("f")
    newer.cells[0].metadata["nbgrader"]["schema_version"] = 10
    put(course / "source" / "bad" / "p.ipynb", newer)
    assert "metadata of a newer version. Install that nbgrader here." in command(course, "grade", "bad").err


def test_an_unreadable_submission_has_zeros_and_its_written_answers_wait_for_a_person(tmp_path, command):
    root = make_course(tmp_path / "course", {("hw", "p"): notebook("f", written=("w",))})
    hand_in(root, "kim", "hw", "p.ipynb", "{")
    hand_in(root, "kim", "hw", "timestamp.txt", "2026-03-01 12:00:00 UTC")
    done = command(root, "grade", "hw")
    assert (done.status, done.of["kim", "hw"]["points"]) == (1, 0)
    assert [task["points"] for task in done.of["kim", "hw"]["tasks"]] == [0, 0]
    with Gradebook(f"sqlite:///{root}/gradebook.db") as book:
        submission = book.find_submission("hw", "kim")
        waits = {grade.name: grade.needs_manual_grade for grade in submission.notebooks[0].grades}
        assert waits == {"f-t": False, "w": True} and submission.timestamp is not None


def test_what_should_be_looked_at_is_a_students_own_and_said_with_its_notebook(tmp_path, command):
    made = {name: notebook(name) for name in ("f", "g")}
    for each in made.values():
        each.cells.insert(0, new_code_cell("def shell():\n    return get_ipython()", id="cell-0"))
    root = make_course(tmp_path, {("a", name): each for name, each in made.items()})
    for student in ("kim", "lee"):
        for name, each in made.items():
            hand_in(root, student, "a", f"{name}.ipynb", solved(each))
    made["g"].cells[0].source += "\n\n\ndef watch():\n    settrace(shell)"
    hand_in(root, "lee", "a", "g.ipynb", solved(made["g"]))
    done = command(root, "grade", "a")
    assert done.of["kim", "a"]["noticed"] == []
    assert done.of["lee", "a"]["noticed"] == [
        "g: cell-0 watches other code run.",
        "g: cell-0 reaches for the shell of the kernel.",
    ]
