"""What a kernel prints is bounded by what it takes in the executed notebook, and an error always comes through."""

import datetime

import nbformat
import pytest

from autograder.execution import printed
from testing.kernels import run_cells
from tests.kernels.test_kernels import server  # noqa: F401 (a fixture)

LEFT = 2**20
CELLS = {
    "huge errors": "class E(Exception):\n    def _render_traceback_(self):\n        return ['x' * 100_000] * 100\n"
    "raise E('y' * 10**6)",
    "an error of a long name": "raise type('E' * 10**6, (Exception,), {})()",
    "tiny outputs": "for _ in range(3000):\n    display(1)",
    "line ends": "print('\\n' * 10**6)",
    "control characters": "print('\\0' * 10**6)",
    "metadata": "display({'text/plain': ''}, metadata={'a': 'x' * 10**6}, raw=True)",
    "a value": "'x' * 3 * 10**6",
    "updates of many": "for _ in range(500):\n    display(1, display_id='a')\n"
    "update_display('x' * 10**5, display_id='a')",
    "deep indents": "x = [0] * 20_000\nfor _ in range(50):\n    x = [x]\ndisplay({'application/json': x}, raw=True)",
    "too deep": "x = []\nfor _ in range(300):\n    x = [x]\ndisplay({'application/json': x}, raw=True)",
    "half a character": "print('a\\ud800')\n"
    "display({'text/plain': '\\ud800', 'a': {'\\ud800': 1}}, raw=True)\nraise ValueError('\\ud800')",
    "widgets": "import comm\nfor i in range(50):\n    c = comm.create_comm('jupyter.widget', "
    "data={'state': {'_model_name': 'A', '_model_module': 'b', 'x': 'y' * 10**5}, 'buffer_paths': [['b']]}, "
    "buffers=[bytes(10**5)])",
    "a widget of no module": "import comm\ncomm.create_comm('jupyter.widget', data={'state': {}})",
    "odd counts": "get_ipython().kernel.session.send(get_ipython().kernel.iopub_socket, 'status', "
    "{'execution_state': 'busy', 'execution_count': 'x' * 10**6}, parent=get_ipython().kernel.get_parent())",
    "cleared": "from IPython.display import clear_output\nfor _ in range(20):\n    print('x' * 10**5)\n"
    "    clear_output(wait=True)",
}


@pytest.mark.parametrize("code", CELLS.values(), ids=CELLS)
def test_the_executed_notebook_stays_small_and_later_errors_come_through(server, code):  # noqa: F811
    run, _ = run_cells(server, *[code] * 8, "raise ValueError('the last one')", output_megabytes=1)
    assert run.status == "graded", run.reason
    assert len(nbformat.writes(run.notebook).encode()) < 4 * LEFT
    nbformat.validate(run.notebook)
    [error] = run.notebook.cells[-1].outputs
    assert (error.ename, error.evalue) == ("ValueError", "the last one")


def message(kind, **content):
    return {"msg_type": kind, "content": content, "buffers": []}


def test_an_error_is_shortened_and_keeps_both_ends():
    told = message("error", ename="E" * 10**6, evalue="first" + "x" * 10**6 + "last", traceback=["a" * 10**5] * 100)
    taken, size = printed.bound(told, LEFT, {})
    error = told["content"]
    assert taken and size < 10**6 and len(error["ename"]) == 200
    assert error["evalue"].startswith("first") and error["evalue"].endswith("last")
    assert printed.bound(told, 0, {})[0] and sum(map(len, (error["evalue"], *error["traceback"]))) < 5000


@pytest.mark.parametrize(
    "told",
    [
        message("stream", name="stdout"),
        message("stream", name=1, text="x"),
        message("display_data", data=1, metadata={}),
        message("display_data", data={}, metadata=[]),
        message("update_display_data", data={"a": {"b": "\ud800"}}, metadata={}),
        message("comm_open", comm_id=[], data={}),
    ],
)
def test_what_is_no_output_is_left_out(told):
    assert not printed.bound(told, LEFT, {})[0]


def test_odd_particulars_are_left_out():
    told = message("error", ename=None, evalue=3, traceback=None, execution_count="many", transient={"display_id": []})
    assert printed.bound(told, LEFT, {})[0]
    assert told["content"] == {"ename": "None", "evalue": "3", "traceback": [], "execution_count": None}
    told = message("display_data", data={"at": datetime.date(2000, 1, 1)}, metadata={})
    assert printed.bound(told, LEFT, {})[0]


def test_what_is_printed_is_cut_where_the_limit_is():
    told = message("stream", name="stdout", text="x" * 2000)
    assert printed.bound(told, 1000, {})[0]
    assert told["content"]["text"] == "x" * 500 + printed.CUT
