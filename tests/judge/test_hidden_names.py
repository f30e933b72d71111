"""What an earlier cell does to Python's own names, and a cell that stops, under nbgrader and beside a judge.

The points are the same, and so are the words.
"""

import nbformat
import pytest

from testing.classroom import compose, course_directory, hand_in, solutions, tasks
from testing.commands import by_student, graded, run, scores

TWO = "02-stride-padding"
RIGHT = {task: solutions(TWO, task)[0].code for task in tasks(TWO)}
OWN = "max = min = 5\nsum = range = isinstance = 0\ndict = list = None"
STOPS = (
    "conv_output_size is not defined: its cell stopped at line 1, `import nowhere`: "
    "ModuleNotFoundError: No module named"
)


def with_cells(texts, *codes):
    notebook = compose(TWO, texts)
    notebook.cells[1:1] = [nbformat.v4.new_code_cell(code) for code in codes]
    return notebook


SUBMISSIONS = {
    "own-names": with_cells(RIGHT, OWN),
    "numpy": with_cells(RIGHT, "from numpy import *"),
    "stopped": with_cells(
        {"conv_output_size": f"import nowhere\n{RIGHT['conv_output_size']}", "zero_pad": RIGHT["zero_pad"]}, "1 / 0"
    ),
    "stopped-at-a-name": with_cells({"conv_output_size": f"places = list(range(3))\n{RIGHT['conv_output_size']}"}, OWN),
}
POINTS = {"own-names": 58, "numpy": 58, "stopped": 4, "stopped-at-a-name": 8}


def class_of(folder):
    course = course_directory(folder)
    for student, notebook in SUBMISSIONS.items():
        hand_in(course, student, TWO, notebook)
    return course


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    course = class_of(tmp_path_factory.mktemp("ours"))
    _, submissions = graded(course, "grade", TWO)
    return course, {student: each for (student, _), each in by_student(submissions).items()}


@pytest.mark.parametrize("student", SUBMISSIONS)
def test_points(ours, student):
    assert ours[1][student]["points"] == POINTS[student], ours[1][student]["tasks"]


def test_a_cell_that_stopped_is_named_in_the_results(ours):
    [said] = [task["messages"] for task in ours[1]["stopped"]["tasks"] if task["id"] == "conv_output_size"]
    assert all(message.startswith(STOPS) for message in said) and len(said) == 2


@pytest.mark.slow
def test_stock_nbgrader_gives_the_same_points_and_says_the_same(ours, tmp_path):
    stock = class_of(tmp_path / "stock")
    assert run(stock, "nbgrader", "generate_assignment", TWO).returncode == 0
    assert run(stock, "nbgrader", "autograde", TWO).returncode == 0
    assert scores(stock) == scores(ours[0])
    executed = nbformat.read(stock / "autograded" / "stopped" / TWO / f"{TWO}.ipynb", as_version=4)
    said = [
        output.evalue for cell in executed.cells for output in cell.get("outputs", []) if output.output_type == "error"
    ]
    assert sum(each.startswith(STOPS) for each in said) == 2
