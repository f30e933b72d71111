"""Submissions that try to get points without a solution: none of them earns one."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.judge.hints import hints
from tests.classroom import ASSIGNMENTS, compose, course_directory, hand_in, solutions, tasks
from tests.conftest import by_student, graded, run
from tests.submissions import forging

ASSIGNMENT = forging.ASSIGNMENT
UNSEEN = {"a_deep_answer", "a_file_beside", "an_enormous_answer", "an_error_of_every_kind"}  # as honest mistakes look


def batch(folder, names):
    """Grade forgeries beside an honest student: (course directory, finished process, submissions)."""
    course = course_directory(folder, cell_seconds=6)
    right = {task: solutions(ASSIGNMENT, task)[0].code for task in tasks(ASSIGNMENT)}
    hand_in(course, "honest", ASSIGNMENT, compose(ASSIGNMENT, right))
    for name in names:
        hand_in(course, name, ASSIGNMENT, forging.notebook(name))
    done, submissions = graded(course, "grade", ASSIGNMENT)
    return course, done, by_student(submissions)


@pytest.fixture(scope="module")
def forged(tmp_path_factory):
    return batch(tmp_path_factory.mktemp("forged"), forging.QUICK)


def test_there_are_enough_of_them():
    assert len(forging.CASES) >= 40


@pytest.mark.parametrize("name", forging.QUICK)
def test_it_earns_nothing(forged, name):
    _, _, submissions = forged
    assert submissions[name, ASSIGNMENT]["points"] == 0


def test_what_should_be_looked_at_is_found_and_honest_work_is_left_alone():
    assert {name for name in forging.CASES if not hints(forging.notebook(name))} == UNSEEN
    codes = [each.code for name in ASSIGNMENTS for task in tasks(name) for each in solutions(name, task)]
    assert hints(new_notebook(cells=[new_code_cell(code) for code in codes])) == []


def test_the_honest_student_beside_them_has_all_points(forged):
    _, _, submissions = forged
    assert (submissions["honest", ASSIGNMENT]["status"], submissions["honest", ASSIGNMENT]["points"]) == ("graded", 58)


def test_the_report_says_what_was_noticed(forged):
    course, done, _ = forged
    assert run(course, "autograder", "report", "--html", "report.html").returncode == 0
    page = (course / "report.html").read_text()
    noticed = {name for name in ("honest", *forging.QUICK) if f"{name}: look at it. " in done.stdout}
    assert noticed == set(forging.QUICK) - UNSEEN
    assert page.count("To be looked at by a person") == len(noticed)
    assert "conv_output_size takes over the handling of exceptions." in page
    assert "An answer could not be read: a message is malformed." in page


@pytest.mark.slow
def test_what_lasts_long_earns_nothing_either(tmp_path):
    _, _, submissions = batch(tmp_path, forging.LONG)
    assert {name: submissions[name, ASSIGNMENT]["points"] for name in forging.LONG} == dict.fromkeys(forging.LONG, 0)
