"""Other courses get the points that stock nbgrader gives, cell by cell, or a sentence says why not.

What stock nbgrader gives is in `tests/courses/NAME/stock.json`. A slow test grades with it again; it writes the files
anew where the environment variable RECORD_STOCK is set.
"""

import functools
import os

import pytest

from testing.classroom import ROOT
from tests.beside_stock import STUDENTS as ALL
from tests.beside_stock import compared, hand_in_made_up, record, recorded

COURSES = ROOT / "tests" / "courses"
NAMES = sorted(path.name for path in COURSES.iterdir())
STUDENTS = {"kinds": ALL, "alike": ("perfect",), "absent": ("perfect",)}  # who hand in to a course; else two
UNREADABLE = "what could not be read gets no points, where nbgrader enters nothing"
ABSENT = "without its kernel or a module of its own nothing is graded, and nobody gets a zero"
BROKEN = "a test that the source's own solution fails costs nobody a point"


def why(cell, stock, ours):
    """Why an outcome differs from stock nbgrader's, as packages/autograder/README.md lists it; None if it must not."""
    assignment, student, _, name = cell
    if ours is None and assignment.startswith("other-"):
        return ABSENT
    if student == "cut-off" and (stock is None or stock.points is None):
        return UNREADABLE
    if name == "double-wrong" and ours.by_hand and stock.points == 0:
        return BROKEN
    return None


def compared_with_made_up(name, folder, stock_gave):
    hand_in = functools.partial(hand_in_made_up, students=STUDENTS.get(name, ("perfect", "half-done")))
    return compared(COURSES / name, folder, hand_in=hand_in, stock_gave=stock_gave)


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    """A function that compares a course once."""

    @functools.cache
    def of(name):
        return compared_with_made_up(name, tmp_path_factory.mktemp(name), recorded(COURSES / name / "stock.json"))

    return of


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_differs_without_a_reason(comparison, name):
    found = comparison(name)
    assert found.ours, found.said
    unlisted = {cell: pair for cell, pair in found.differences.items() if why(cell, *pair) is None}
    assert not unlisted, found.said


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_what_is_recorded_of_stock_nbgrader_is_what_it_gives(name, tmp_path):
    given = compared_with_made_up(name, tmp_path, None).stock
    if os.environ.get("RECORD_STOCK"):
        record(COURSES / name / "stock.json", given)
    assert given and given == recorded(COURSES / name / "stock.json")


def test_modules_and_files_beside_the_notebook_are_there(comparison):
    found = comparison("helpers")
    points = {cell[2:]: outcome.points for cell, outcome in found.ours.items() if cell[1] == "perfect"}
    assert points["modules", "f-beside"] == points["modules", "total-file"] == 2
    assert "modules: its tests" not in found.said


def test_a_notebook_that_needs_one_kernel_gets_one(comparison):
    found = comparison("helpers")
    for name in ("counting", "shown"):  # a test of the second binds what a cell that a person grades needs
        assert f"{name}: its tests ran in the student's own kernel" in found.said
    assert "IPKernelApp" not in found.said, "a kernel that was started anew writes to the terminal"
    points = {cell[3]: outcome.points for cell, outcome in found.ours.items() if cell[1:3] == ("perfect", "counting")}
    assert points == {"visit-count": 3, "scaled-by-global": 2, "scaled-of-zero": 0}


def test_a_notebook_counts_for_the_assignment_that_it_was_handed_in_for(comparison):
    points = {cell: outcome.points for cell, outcome in comparison("alike").ours.items() if cell[1] == "perfect"}
    for assignment in ("exam", "exam-resit"):
        assert points[assignment, "perfect", "exam", "f-t"] == points[assignment, "perfect", "exam", "g-t"] == 2
    assert (points["hw", "perfect", "a", "f-t"], points["hw", "perfect", "b", "f-t"]) == (2, 3)


def test_what_is_not_installed_is_nobodys_zero(comparison):
    found = comparison("absent")
    assert {cell[0] for cell in found.ours} == {"ps"}
    for sentence in (
        "other-kernel/p1: the kernel xpython is not installed here. Install it, and grade again.",
        "other-module/p1: the module nobody_has_this_module can't be found.",
    ):
        assert sentence in " ".join(found.said.split())


def test_tests_that_nbgrader_writes_are_graded(comparison):
    points = {cell[3]: outcome.points for cell, outcome in comparison("autotests").ours.items() if cell[1] == "perfect"}
    assert points == {"square-test": 2, "square-hidden": 3, "letters-test": 1}


def test_what_the_sources_own_solution_fails_is_said_and_costs_nothing(comparison):
    found = comparison("broken")
    assert "p1: your own solution fails double-wrong: AssertionError: double(3) should be 7" in found.said
    assert found.ours["ps", "perfect", "p1", "double-wrong"].by_hand
    assert found.ours["ps", "perfect", "p1", "half-right"].points == 2
