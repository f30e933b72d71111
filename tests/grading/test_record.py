"""What the tables show is what is so now: who is in the class, what is in source/, and what was given by hand."""

import re
import shutil

import pytest
from nbgrader.api import Gradebook
from rich.cells import cell_len

from autograder import report
from autograder.course import results
from testing.small_courses import hand_in, make_course, notebook, solved
from testing.without_kernels import command

__all__ = ["command"]


@pytest.fixture
def course(tmp_path):
    """A course of hw1 and hw2, in which "kim" and "lee" have 4 points each, and w waits for a person."""
    made = notebook("f", written=("w",))
    root = make_course(tmp_path / "course", {("hw1", "p"): made, ("hw2", "p"): notebook("f")})
    for student in ("kim", "lee"):
        hand_in(root, student, "hw1", "p.ipynb", solved(made))
    return root


def gradebook(root):
    return Gradebook(f"sqlite:///{root}/gradebook.db")


def test_who_left_is_in_no_table(course, command):
    command(course, "grade", "hw1", "hw2")
    shutil.rmtree(course / "submitted" / "kim")
    with gradebook(course) as book:
        book.remove_student("kim")
    for words in (("report", "--csv", "p.csv", "--html", "r.html"), ("grade", "hw1")):
        done = command(course, *words)
        assert "kim" not in done.out and "lee" in done.out
    assert "kim" not in (course / "p.csv").read_text() + (course / "r.html").read_text()


def test_a_submission_taken_out_of_the_gradebook_waits_to_be_graded_again(course, command):
    command(course, "grade", "hw1")
    with gradebook(course) as book:
        book.remove_submission("hw1", "kim")
    assert "kim" not in command(course, "report").out
    assert command(course, "grade", "hw1").of["kim", "hw1"]["points"] == 2


def test_an_assignment_without_source_keeps_its_points(course, command):
    command(course, "grade", "hw1")
    with gradebook(course) as book:
        book.find_grade("w", "p", "hw1", "kim").manual_score = 1
        book.db.commit()
    shutil.rmtree(course / "source" / "hw1")
    done = command(course, "report", "hw1", "--csv", "p.csv", "--html", "r.html")
    assert done.status is None or done.status == 0, done.err
    assert "hw1,kim,graded,3,4," in (course / "p.csv").read_text()
    assert "1 f-t   2 w" in done.out and "f-t /2" in (course / "r.html").read_text()


def test_points_by_hand_are_in_what_grade_shows(course, command):
    command(course, "grade", "hw1")
    with gradebook(course) as book:
        book.find_grade("w", "p", "hw1", "kim").manual_score = 1
        book.db.commit()
    done = command(course, "grade", "hw1")
    kim = done.of["kim", "hw1"]
    assert kim["points"] == 3 and "kim: graded" not in done.out
    assert [(task["id"], task["points"], task["by_hand"], task["notebook"]) for task in kim["tasks"]] == [
        ("f", 2, False, "p"),
        ("w", 1, True, "p"),
    ]
    assert {"noticed", "one_kernel"} <= set(kim)
    assert "hw1: 1 gained points since the last time: kim 2 → 3." in done.out
    assert done.record["kim", "hw1"].points_before == 2


def test_grading_nobody_says_so(tmp_path, command):
    done = command(make_course(tmp_path / "course", {("hw", "p"): notebook("f")}), "grade", "hw")
    assert done.status == 0 and "Nobody was graded" in done.out


def test_many_tasks_stand_in_several_tables():
    found = [
        results.Task(f"task-{number}", number / 4 if number % 3 else None, 12.5, notebook="p")
        for number in range(1, 26)
    ]
    made = [
        results.Submission(student, "hw", "timed-out", "It took too long.", points=7, max_points=300, tasks=found)
        for student in ("kim", "이서연" * 30)
    ]
    titles, columns = [], []
    for table, legend in report.terminal_tables(made, 120):
        titles.append(table.title)
        columns += [str(column.header).split("\n")[0] for column in table.columns]
        assert sum(column.width for column in table.columns) + len(table.columns) <= 120
        assert cell_len(legend) < 400
    assert titles == ["hw, tasks 1 to 8", "hw, tasks 9 to 19", "hw, tasks 20 to 25"]
    assert [each for each in columns if each.isdigit()] == [str(number) for number in range(1, 26)]
    assert columns.count("points") == 1 and columns.count("student") == 3


@pytest.mark.parametrize("width", range(30, 50))
def test_no_line_of_a_legend_ends_between_a_number_and_its_name(width):
    tasks = [results.Task(name, 1, 1, notebook="p") for name in ("zero_pad", "conv2d", "trace-shapes", "pool")]
    made = results.Submission("kim", "hw", "graded", "", points=4, max_points=4, tasks=tasks)
    legends = [legend for _, legend in report.terminal_tables([made], width)]
    lines = [line for legend in legends for line in legend.split("\n")]
    assert all(re.fullmatch(r"(\d \S+ *)+", line) for line in lines) and max(map(len, lines)) <= width
    assert " ".join(lines).split() == "1 zero_pad 2 conv2d 3 trace-shapes 4 pool".split()
