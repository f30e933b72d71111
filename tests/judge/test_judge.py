"""The judge's stand-ins: what tests may do with what a student wrote, in another process."""

import ast
import contextlib
import linecache
import os
import socket
import traceback

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

from autograder.judge.court import sitting
from autograder.judge.court.court import Court, NoAnswer
from autograder.judge.wire import errors, messages
from autograder.judge.witness.answering import Served

CELL = "/tmp/ipykernel_12/345.py"
STUDENTS = """
import numpy as np

def squares(n):
    if n < 1:
        raise ValueError("n is too small")
    return [i * i for i in range(1, n + 1)]

def sum_of_squares(n):
    return sum(squares(n))

def same(x):
    return x

def fill(x):
    x[0] = 7

def apply(function, x):
    return function(x) + 1

def draw(rng):
    return rng.random()

def count():
    yield 1
    yield 2

class TooBad(ValueError):
    pass

def fail():
    raise TooBad(3)

def leave():
    raise GeneratorExit("gone")

def pairs(n):
    return [(i, j) for i in range(n) for j in
            nowhere]

def later(n):
    def inner():
        return 1
    return (lambda 값:  # 한국어
        값[
            "없음"])({})

def tell(function):
    import traceback
    try:
        function()
    except ValueError as error:
        return "".join(traceback.format_exception(error))

class Vector:
    kind = "vector"

    def __init__(self, x):
        self.x = x

    def twice(self):
        return Vector(2 * self.x)

    def __eq__(self, other):
        return True

    def __len__(self):
        return 5

class Three(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__

three = Three(3)
table = {"a": np.arange(3)}
"""


class Judged:
    """A judge, and a child process that serves the names of `STUDENTS`."""

    def __init__(self):
        self.connection, theirs = socket.socketpair()
        self.child = os.fork()
        if self.child == 0:
            self.connection.close()
            names = {}
            linecache.cache[CELL] = len(STUDENTS), None, STUDENTS.splitlines(True), CELL
            try:
                exec(compile(STUDENTS, CELL, "exec"), names)
                Served(theirs, names).serve()
            finally:
                os._exit(0)
        theirs.close()
        self.names = {}
        self.court = Court(self.connection, self.names)
        tree = ast.parse(STUDENTS)
        self.court.theirs = frozenset(each.name for each in tree.body if hasattr(each, "name")) | {
            "three",
            "table",
            "missing",
        }

    def run(self, code, file="cell"):
        """Run a cell of the judge's."""
        tree = ast.parse(code)
        self.court.bind(tree)
        exec(compile(tree, file, "exec"), self.names)


@pytest.fixture
def judged():
    found = Judged()
    yield found
    with contextlib.suppress(messages.Closed):
        messages.send(found.connection, messages.end())
    os.waitpid(found.child, 0)


@pytest.mark.parametrize(
    "code",
    [
        "assert squares(3) == [1, 4, 9] and sum_of_squares(3) == 14",
        "assert table['a'].tolist() == [0, 1, 2]",
        "assert three == 3 and three != 4 and type(three) is int",
        "import numpy as np\nx = np.zeros(3)\nassert same(x) is x and np.shares_memory(same(x[1:]), x)",
        "import numpy as np\nx = np.zeros(3)\nfill(x)\nassert x.tolist() == [7, 0, 0]",
        "import numpy as np\nrng = np.random.default_rng(1)\nassert draw(rng) != draw(rng)",
        "assert apply(lambda x: 2 * x, 4) == 9 and apply(sum_of_squares, 2) == 6",
        "assert list(count()) == [1, 2] and next(count()) == 1",
        "import inspect\nassert str(inspect.signature(squares)) == '(n)' and squares.__name__ == 'squares'",
        "v = Vector(4)\nassert isinstance(v, Vector) and v.x == 4 and v.twice().x == 8 and Vector.kind == 'vector'",
        "v = Vector(4)\nv.x = 5\nassert v.x == 5 and same(v) is v",
        "try:\n    fail()\nexcept TooBad as error:\n"
        "    assert error.args == (3,) and isinstance(error, ValueError)\nelse:\n    assert False",
        "try:\n    missing\nexcept NameError:\n    pass\nelse:\n    assert False",
    ],
)
def test_a_test_may_do_it(judged, code):
    judged.run(code)


@pytest.mark.parametrize(
    "code", ["assert Vector(1) == 5", "assert Vector(1) == Vector(1)", "len(Vector(1))", "list(Vector(1))"]
)
def test_a_stand_in_is_not_what_it_says_of_itself(judged, code):
    with pytest.raises((AssertionError, TypeError)):
        judged.run(code)


def test_names_that_a_test_takes_away_are_away_for_the_student_as_well(judged):
    judged.run(
        "kept = squares\ndel squares\ntry:\n    sum_of_squares(1)\nexcept NameError:\n    pass\nelse:\n    assert False"
    )
    judged.run("squares = kept")
    judged.run("assert sum_of_squares(3) == 14")


def test_an_error_comes_with_its_line(judged):
    with pytest.raises(ValueError, match="n is too small") as caught:
        judged.run("squares(0)")
    assert 'raise ValueError("n is too small")' in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "squares(0)",
            ('> 6         raise ValueError("n is too small")', "in squares()", "ValueError: n is too small"),
        ),
        ("pairs(3)", ("39             nowhere]", "in pairs()", "NameError: name 'nowhere' is not defined")),
        ("later(3)", ("값[\n", "in later.<locals>.<lambda>()", "KeyError: '없음'")),
    ],
)
def test_an_error_is_shown_as_in_one_kernel(judged, capsys, code, said):
    shown = showing(capsys, lambda: judged.run(code))
    assert all(each in shown for each in said), shown
    assert sitting.OURS not in shown


@pytest.mark.parametrize("cell", ["def f(x):\n    return (x,\n", "'''", "\0\n)", "", "def f(x):\n  if x:\n x\n"])
@pytest.mark.parametrize("first", [1, 2])
def test_an_error_is_shown_whatever_a_kernel_says_of_its_lines(capsys, cell, first):
    def fail():
        raise errors.rebuilt([["ValueError"], None, "no", [(5, "f", first, 2, "[x for x in")], [(5, cell)]])

    shown = showing(capsys, fail)
    assert "ipykernel_of_student/5.py:2, in f()" in shown and "ValueError: no" in shown


def showing(capsys, fail):
    """What IPython shows in the judge's kernel of the error that a function raises."""
    shell = InteractiveShell(colors="nocolor")
    try:
        fail()
    except Exception as error:
        sitting._show_without_us(shell, type(error), error, error.__traceback__)
    return capsys.readouterr().out


def test_an_error_that_is_no_exception_of_pythons_is_one_for_the_test(judged):
    code = "try:\n    leave()\nexcept Exception as error:\n    told = type(error).__name__, str(error)"
    judged.run(code)
    assert judged.names["told"] == ("GeneratorExit", "gone") and judged.court.noticed == []


def test_no_line_of_a_test_goes_over_with_an_error(judged):
    code = "def secret():\n    raise ValueError('no')  # hidden\n\ntold = tell(secret)"
    file = "/tmp/ipykernel_1/2.py"
    linecache.cache[file] = len(code), None, code.splitlines(True), file
    judged.run(code, file)
    assert "ValueError: no" in judged.names["told"] and "hidden" not in judged.names["told"]


def test_what_cannot_be_handed_over_is_said(judged):
    with pytest.raises(TypeError, match="can't be handed to the notebook's kernel"):
        judged.run("same(object())")


def test_a_kernel_that_is_gone_gives_no_answer(judged):
    os.kill(judged.child, 9)
    with pytest.raises(NoAnswer, match="has ended"):
        judged.run("squares(3)")
    assert judged.court.noticed == []


def test_arrays_arrive_as_they_are(judged):
    judged.names["x"] = np.arange(6.0).reshape(2, 3).T
    judged.run("y = same(x + 0)\nassert (y == x).all() and y.shape == (3, 2)")


def test_a_cell_that_is_not_run_says_why_and_nothing_else(capsys):
    class Gone:
        def bind(self, tree):
            raise NoAnswer("The notebook's kernel gave no answer.")

    shell = InteractiveShell()
    shell.transform_ast = sitting._after_the_call(Gone(), shell.transform_ast)
    assert not shell.run_cell("1 + 1").success
    assert capsys.readouterr().out.strip() == "The notebook's kernel gave no answer."
