"""Two kernels for a submission: the judge's runs the tests, and nothing that the student's does gives points."""

from queue import Empty

import nbformat
import pytest
from jupyter_client.channels import AsyncZMQSocketChannel
from nbgrader.utils import determine_grade
from traitlets.config import Config

from autograder.execution.execute import execute
from autograder.execution.one_kernel import Lane
from autograder.intake.taking_in import put_in_tests
from autograder.judge.planning.plan import is_judged, plan
from autograder.kernels import forkserver
from testing.classroom import compose, solutions, source, tasks
from testing.kernels import settings
from tests.submissions import forging

NAME = forging.ASSIGNMENT
ENVIRONMENT = {"TF_ENABLE_ONEDNN_OPTS": "0", "TF_CPP_MIN_LOG_LEVEL": "3", "TF_NUM_INTRAOP_THREADS": "1"}
SOURCE = source(NAME)
RIGHT = {task: solutions(NAME, task)[0].code for task in tasks(NAME)}


@pytest.fixture(scope="module")
def lane():
    how = settings(preload=["tensorflow", "keras", "cnn_course.before_fork"], environment=ENVIRONMENT)
    server = forkserver.started(forkserver.start(how))
    yield Lane(how, True, "", server)
    server.stop()


def heard(lane, notebook, seconds=60, restore_builtins=True):
    """Execute a notebook in two kernels: the execution, and the points of each graded cell."""
    put_in_tests(notebook, SOURCE)
    config = Config({"ExecutePreprocessor": {"timeout": seconds}, "Judge": {"restore_builtins": restore_builtins}})
    execution = execute(notebook, {}, config, lane, plan(SOURCE, SOURCE))
    return execution, {
        cell.metadata.nbgrader.grade_id: determine_grade(cell)[0]
        for cell in execution.notebook.cells
        if is_judged(cell)
    }


def test_a_perfect_notebook_has_all_its_points(lane):
    execution, points = heard(lane, compose(NAME, RIGHT))
    assert execution.status == "graded" and sum(points.values()) == 58, messages(execution.notebook)
    assert execution.noticed == []


def test_cells_that_are_too_much_to_look_through_cost_nothing(lane):
    notebook = compose(NAME, RIGHT)
    for code in ("x = " + " + ".join(["1"] * 20_000), "x = ''" + ".strip()" * 3000):
        notebook.cells.insert(2, nbformat.v4.new_code_cell(code))
    execution, points = heard(lane, notebook)
    assert (execution.status, sum(points.values())) == ("graded", 58), execution.reason
    assert len(execution.noticed) == 2 and all("to be looked through" in each for each in execution.noticed)


def messages(notebook):
    return [
        output.evalue for cell in notebook.cells for output in cell.get("outputs", []) if output.output_type == "error"
    ]


@pytest.mark.parametrize("name", ["swallow_exceptions", "serve_something_else"])
def test_a_forgery_has_no_points(lane, name):
    _, points = heard(lane, forging.notebook(name))
    assert sum(points.values()) == 0


SHOWN_ALONE = """
class ShownAlone(Exception):
    def _render_traceback_(self):
        return [str(self)]
"""


def test_a_cell_that_stopped_is_named_where_its_names_are_missing(lane):
    texts = {
        "conv_output_size": f"import nowhere\n{RIGHT['conv_output_size']}",
        "zero_pad": f"[1, 2)\n{RIGHT['zero_pad']}",
        "same_padding": f"%tensorflow_version 2.x\n{RIGHT['same_padding']}",
        "window_visits": f"{SHOWN_ALONE}\nraise ShownAlone('no windows')\n{RIGHT['window_visits']}",
    }
    execution, points = heard(lane, compose(NAME, RIGHT | texts))
    assert sum(points.values()) == 34
    said = messages(execution.notebook)
    for each in (
        "conv_output_size is not defined: its cell stopped at line 1, `import nowhere`: ModuleNotFoundError: No module",
        "zero_pad is not defined: its cell stopped at line 1, `[1, 2)`: "
        "SyntaxError: closing parenthesis ')' does not match opening parenthesis '['.\nFix",
        "same_padding is not defined: its cell stopped at line 1, `%tensorflow_version 2.x`: "
        "UsageError: Line magic function",
        "window_visits is not defined: its cell stopped: ShownAlone: no windows.\nFix",
    ):
        assert sum(each in message for message in said) == 2, said


def small_notebook(**solutions):
    """A notebook with a task for each name, whose tests await what they call."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import asyncio")])
    for name, code in solutions.items():
        test = f"assert await {name}(3) == 6 and await asyncio.gather({name}(1), {name}(2)) == [2, 4]"
        for text, facts in (
            (code, {"grade_id": name, "solution": True, "grade": False, "locked": False}),
            (test, {"grade_id": f"{name}-check", "solution": False, "grade": True, "locked": True, "points": 1}),
        ):
            kind = {"schema_version": 3, "task": False, "cell_type": "code"}
            notebook.cells.append(nbformat.v4.new_code_cell(text, metadata={"nbgrader": facts | kind}))
    return notebook


@pytest.mark.parametrize("kernels", [1, 2])
def test_a_test_may_await_what_a_student_wrote(lane, kernels):
    right = "async def {}(n):\n    await asyncio.sleep(0.01)\n    return 2 * n"
    endless = "async def {}(n):\n    await asyncio.sleep(10**6)"
    wrong = "async def {}(n):\n    return n"
    made = small_notebook(a=right.format("a"), b=endless.format("b"), c=wrong.format("c"), d=right.format("d"))
    made.cells.insert(3, nbformat.v4.new_code_cell("print(await a(5))"))
    config = Config({"ExecutePreprocessor": {"timeout": 1}})
    execution = execute(made, {}, config, lane, plan(made, made) if kernels == 2 else None)
    assert execution.status == "timed-out" and "b-check did nothing" in execution.reason, execution.reason
    assert [determine_grade(cell)[0] for cell in made.cells if is_judged(cell)] == [1, 0, 0, 1], messages(made)
    assert made.cells[3].outputs[0].text == "10\n"


HIDING = "max = min = 5\nsum = range = isinstance = 0\ndict = list = None"


def with_cell_first(code, texts):
    notebook = compose(NAME, texts)
    notebook.cells.insert(3, nbformat.v4.new_code_cell(code))
    return notebook


@pytest.mark.parametrize("code", [HIDING, "from numpy import *"])
def test_names_that_hide_pythons_own_cost_nothing(lane, code):
    execution, points = heard(lane, with_cell_first(code, RIGHT))
    assert sum(points.values()) == 58, messages(execution.notebook)


def test_a_course_that_does_not_ask_for_it_gets_what_nbgrader_gives(lane):
    _, points = heard(lane, with_cell_first(HIDING, RIGHT), restore_builtins=False)
    assert sum(points.values()) < 58


def test_a_cell_that_stopped_at_a_hidden_name_is_run_again_and_wrong_ones_gain_nothing(lane):
    texts = {
        "conv_output_size": f"offsets = list(range(3))\n{RIGHT['conv_output_size']}",
        "zero_pad": next(each.code for each in solutions(NAME, "zero_pad") if not each.right),
    }
    _, points = heard(lane, with_cell_first(HIDING, texts))
    assert points["conv_output_size-check"] + points["conv_output_size-hidden"] == 8
    assert points["zero_pad-check"] + points["zero_pad-hidden"] < 4


def test_a_test_that_timed_out_is_not_run_again(lane):
    endless = "def zero_pad(*sizes, **named):\n    while True:\n        pass"
    execution, _ = heard(lane, with_cell_first(HIDING, RIGHT | {"zero_pad": endless}), seconds=3)
    assert execution.status == "timed-out" and execution.reason.count("zero_pad-check") == 1, execution.reason


@pytest.mark.slow
def test_a_function_that_never_ends_costs_its_own_points(lane):
    endless = "def zero_pad(*sizes, **named):\n    while True:\n        pass"
    execution, points = heard(lane, compose(NAME, RIGHT | {"zero_pad": endless}), seconds=5)
    assert execution.status == "timed-out" and sum(points.values()) == 54, execution.reason


@pytest.mark.slow
def test_a_kernel_that_dies_costs_what_comes_after(lane):
    deadly = "import os\n\n\ndef zero_pad(*sizes, **named):\n    os._exit(1)"
    execution, points = heard(lane, compose(NAME, RIGHT | {"zero_pad": deadly}))
    assert execution.status == "crashed" and sum(points.values()) == 8, execution.reason
    nbformat.validate(execution.notebook)


def test_a_kernel_that_dies_with_a_message_half_read_is_seen_to_be_dead(lane, monkeypatch):
    """A message that made a socket ready may be gone a moment later, since its connection has ended."""
    get_msg, gone = AsyncZMQSocketChannel.get_msg, set()

    async def get_it_or_not(channel, timeout=None):
        if timeout is None and channel not in gone:
            gone.add(channel)
            raise Empty
        return await get_msg(channel, timeout)

    monkeypatch.setattr(AsyncZMQSocketChannel, "get_msg", get_it_or_not)
    deadly = "import os\n\n\ndef zero_pad(*sizes, **named):\n    os._exit(1)"
    execution, points = heard(lane, compose(NAME, RIGHT | {"zero_pad": deadly}))
    assert execution.status == "crashed" and "died in zero_pad" in execution.reason, execution.reason
    assert sum(points.values()) == 8
