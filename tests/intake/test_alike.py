"""Notebooks and assignments that are alike: what was handed in is taken for what it was handed in for."""

import itertools
import shutil
import zipfile

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course.directory import open_course
from testing.classroom import ROOT
from testing.desk import Desk
from testing.small_courses import hand_in, make_course, notebook, solved

LOCKED = {"grade_id": "i", "locked": True, "grade": False, "solution": False, "schema_version": 3}
READ = new_notebook(cells=[new_markdown_cell("Read this."), new_code_cell("import math")])
IMPORTING = notebook("k")
IMPORTING.cells.insert(0, new_code_cell("import math", metadata={"nbgrader": LOCKED}))


def bare(*tasks):
    """A notebook whose stubs are all alike, and whose cells have no ids: it is an older one."""
    made = notebook(*tasks)
    for cell in made.cells:
        if cell.id in tasks:
            cell.source = f"### BEGIN SOLUTION\n{cell.id} = lambda x: x + 1\n### END SOLUTION"
        del cell["id"]
    made.nbformat_minor = 4
    return made


NOTEBOOKS = {
    ("bare", "big"): bare(*(f"b{number}" for number in range(6))),
    ("bare", "small"): bare("s1", "s2"),
    ("exam", "exam"): notebook("e1", "e2"),
    ("exam-resit", "exam-resit"): notebook("e1", "e2"),
    ("exam-third", "exam-third"): notebook("e1", "e2", "e3"),
    ("hw1", "p1"): notebook("f"),
    ("hw1", "read"): READ,
    ("hw2", "hw2"): IMPORTING,
    ("hw3", "p1"): notebook("g"),
    ("hw3", "p2"): notebook("g", adds=2),
    ("reading", "read"): READ,
}


@pytest.fixture(scope="module")
def take_in(tmp_path_factory):
    """Take in what a student has handed in for an assignment, by file name."""
    root = make_course(tmp_path_factory.mktemp("alike") / "course", NOTEBOOKS)
    course, numbers = open_course(root), itertools.count()
    with course.gradebook() as gradebook:
        desks = {each: Desk(course, gradebook, root.parent / each, each) for each in course.assignments()}

        def take(assignment, files):
            student = f"student-{next(numbers)}"
            for name, made in files.items():
                hand_in(root, student, assignment, name, made)
            return desks[assignment].take_in(student)

        yield take


def of(submission):
    return submission.status, submission.points, submission.reason


def test_a_resit_with_the_cells_of_the_exam_is_the_resit(take_in):
    submission, _ = take_in("exam-resit", {"exam-resit.ipynb": solved(notebook("e1", "e2"))})
    assert of(submission)[:2] == ("graded", 4)


def test_a_resit_that_has_got_a_task_since_students_had_it_is_not_the_exam(take_in):
    submission, _ = take_in("exam-third", {"exam-third.ipynb": solved(notebook("e1", "e2"))})
    assert of(submission)[:2] == ("repaired", 6) and submission.reason.startswith("e3 was missing")


def test_a_deleted_test_does_not_make_a_resit_the_exam(take_in):
    handed = solved(notebook("e1", "e2", "e3"))
    del handed.cells[-1]
    submission, _ = take_in("exam-third", {"exam-third.ipynb": handed})
    assert of(submission) == ("repaired", 6, "e3-t was missing and was put back.")


def test_the_longer_resit_handed_in_for_the_exam_is_the_resit(take_in):
    submission, _ = take_in("exam", {"exam.ipynb": solved(notebook("e1", "e2", "e3"))})
    assert of(submission) == ("wrong-assignment", 0, "exam.ipynb is the notebook of exam-third, not of exam.")


@pytest.mark.parametrize("files", [("p1", "read"), ("p1",)])
def test_a_notebook_without_graded_cells_is_known_by_its_name(take_in, files):
    handed = {"p1": solved(notebook("f")), "read": READ}
    submission, notebooks = take_in("hw1", {f"{name}.ipynb": handed[name] for name in files})
    assert of(submission)[:2] == ("graded", 2) and set(notebooks) == set(files)


def test_an_assignment_without_graded_cells_can_be_missing_or_graded(take_in):
    assert take_in("reading", {})[0].status == "missing"
    assert take_in("reading", {"read.ipynb": READ})[0].status == "graded"


def test_one_of_two_notebooks_with_equal_cells_is_taken_for_no_other(take_in):
    submission, notebooks = take_in("hw3", {"p1.ipynb": solved(notebook("g"))})
    assert of(submission) == ("missing", 2, "No p2.ipynb was handed in. There is only p1.ipynb.")
    assert list(notebooks) == ["p1"]
    assert [(task.notebook, task.id, task.points) for task in submission.tasks] == [("p1", "g", 2), ("p2", "g", 0)]


def test_two_notebooks_with_equal_cells_have_points_each(take_in):
    files = {"p1.ipynb": solved(notebook("g")), "p2 (1).ipynb": solved(notebook("g", adds=2))}
    submission, _ = take_in("hw3", files)
    assert (submission.points, submission.max_points) == (4, 4)
    assert of(submission)[2] == "p2 (1).ipynb was taken for p2.ipynb."


def test_under_other_names_each_of_two_alike_is_taken_once(take_in):
    files = {"a.ipynb": solved(notebook("g", adds=2)), "b.ipynb": solved(notebook("g"))}
    submission, notebooks = take_in("hw3", files)
    assert "x + 1" in notebooks["p1"].cells[0].source and "x + 2" in notebooks["p2"].cells[0].source


def test_stubs_that_are_alike_make_no_notebook_another_one(take_in):
    small = solved(NOTEBOOKS["bare", "small"])
    small.cells[0].source = open_course(ROOT).config.ClearSolutions.code_stub["python"]
    submission, _ = take_in("bare", {"small.ipynb": small, "big.ipynb": solved(NOTEBOOKS["bare", "big"])})
    assert of(submission)[:2] == ("graded", 16)


def test_a_deleted_cell_of_an_older_notebook_comes_back(take_in):
    files = {f"{name}.ipynb": solved(NOTEBOOKS["bare", name]) for name in ("small", "big")}
    del files["small.ipynb"].cells[1]
    submission, _ = take_in("bare", files)
    assert of(submission)[:2] == ("repaired", 16)


def test_an_archive_that_was_given_out_is_nobodys_work(tmp_path):
    root = make_course(tmp_path / "course", {("hw", "p1"): notebook("f")})
    with zipfile.ZipFile(root / "source" / "hw" / "starter.zip", "w") as archive:
        archive.writestr("p1.ipynb", nbformat.writes(solved(notebook("f"))))
    course = open_course(root)
    with course.gradebook() as gradebook:
        desk = Desk(course, gradebook, tmp_path / "hw", "hw")
        shutil.copytree(root / "source" / "hw", root / "submitted" / "ann" / "hw")
        hand_in(root, "ann", "hw", "p1.ipynb", "{")
        assert desk.take_in("ann")[0].status == "not-a-notebook"
        shutil.copy(root / "source" / "hw" / "starter.zip", root / "submitted" / "ann" / "hw" / "mine.zip")
        assert desk.take_in("ann")[0].points == 2
