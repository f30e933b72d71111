"""The digits of the test are not to be had where student code runs.

Who knows only what the package gives gets what that is worth.
"""

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from autograder.execution.execute import execute
from autograder.execution.one_kernel import Lane, Run
from autograder.kernels import forkserver
from cnn_course import digits
from testing.classroom import compose, course_directory, hand_in
from testing.commands import by_student, graded
from testing.kernels import settings
from tests.submissions.lookups import NEAREST, SEARCHES, cell

REVIEW, LENET, LAB = "01-dl-review", "04-lenet5", "05-mnist-cnn"
EVERYWHERE = "every file"
# Whether memory holds these bytes, which are not in it as they are.
IN_MEMORY = r"""
import re
wanted = [bytes(255 - each for each in bytes.fromhex(text)) for text in {texts}]
found = [0] * len(wanted)
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
    for line in maps:
        start, end, may = re.match("([0-9a-f]+)-([0-9a-f]+) (\\S+)", line).groups()
        if may.startswith("r") and "[v" not in line:
            memory.seek(int(start, 16))
            try:
                held = memory.read(int(end, 16) - int(start, 16))
            except OSError:
                continue
            for place, each in enumerate(wanted):
                found[place] += held.count(each)
            del held
print([each > 1 for each in found])
"""


def points(course, *assignments):
    _, submissions = graded(course, "grade", *assignments)
    return {
        (student, task["id"]): (task["points"], " ".join(task["messages"]))
        for (student, _), submission in by_student(submissions).items()
        for task in submission["tasks"]
    }


@pytest.fixture(scope="module")
def reached(tmp_path_factory):
    """The points of networks that look up what they have found."""
    course = course_directory(tmp_path_factory.mktemp("lookups"))
    for search in SEARCHES:
        hand_in(
            course,
            search.replace(" ", "-"),
            REVIEW,
            compose(REVIEW, {"dense_history": cell("dense_history", search)}),
        )
    return points(course, REVIEW)


@pytest.fixture(scope="module")
def reached_in_others(tmp_path_factory):
    course = course_directory(tmp_path_factory.mktemp("others"))
    hand_in(course, "everywhere", LENET, compose(LENET, {"lenet_model": cell("lenet_model", EVERYWHERE)}))
    texts = {task: cell(task, EVERYWHERE) for task in ("cnn", "build_small_cnn")}
    hand_in(course, "everywhere", LAB, compose(LAB, texts))
    hand_in(course, "nearest", LAB, compose(LAB, {"cnn": NEAREST}))
    return points(course, LENET, LAB)


@pytest.mark.parametrize("search", SEARCHES)
def test_who_has_looked_up_the_validation_set_gets_the_visible_points(reached, search):
    assert reached[search.replace(" ", "-"), "dense_history"][0] == 3, "of 6"


@pytest.mark.slow
@pytest.mark.parametrize(
    "task, visible",
    [("lenet_model", 3), ("cnn", 4), ("build_small_cnn", 0)],  # a builder's check shows pictures that nobody knows
)
def test_so_it_is_in_every_task_of_a_trained_network(reached_in_others, task, visible):
    assert reached_in_others["everywhere", task][0] == visible
    assert "10.0%" in reached_in_others["everywhere", task][1], "a tenth of all pictures are noughts"


@pytest.mark.slow
def test_nearest_neighbours_get_what_they_honestly_reach(reached_in_others):
    got, said = reached_in_others["nearest", "cnn"]
    assert got == 4 and "93.8%" in said


def test_in_one_kernel_the_digits_are_found(tmp_path):
    course = course_directory(tmp_path / "course")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Judge.kernels = {{{REVIEW!r}: 1}}\n")
    for search in (EVERYWHERE, "ask the package"):
        hand_in(
            course,
            search.replace(" ", "-"),
            REVIEW,
            compose(REVIEW, {"dense_history": cell("dense_history", search)}),
        )
    assert [got for (_, task), (got, _) in points(course, REVIEW).items() if task == "dense_history"] == [6, 6]


def test_no_digit_of_the_test_is_in_the_memory_of_a_students_kernel(monkeypatch):
    monkeypatch.setattr(Run, "hides", True)
    monkeypatch.setattr(forkserver, "_own", None)  # what another module's tests may have started
    environment = {"TF_CPP_MIN_LOG_LEVEL": "3"}
    how = settings(preload=["tensorflow", "keras", "cnn_course.before_fork"], environment=environment)
    server = forkserver.started(forkserver.start(how))
    try:
        middles = [
            images[5, 8:20].tobytes() for images in (digits.load()[0][0], digits.load()[1][0], digits.held_out()[0])
        ]
        texts = [bytes(255 - each for each in middle).hex() for middle in middles]
        notebook = new_notebook(cells=[new_code_cell(IN_MEMORY.format(texts=texts))])
        executed = execute(notebook, {}, Config(), Lane(how, True, "", server)).notebook
    finally:
        server.stop()
    assert executed.cells[0].outputs[0].text == "[True, True, False]\n"
