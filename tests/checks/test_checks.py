"""How a check speaks: the call, the expected, the received, and the misconception."""

import sys
import warnings

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

from cnn_course import checks, network_checks
from cnn_course.checks import CheckFailed, NotWritten
from cnn_course.checks.saying import STUB, call_text
from testing.classroom import ROOT

TEST = "import cnn_course.checks\n@cnn_course.checks.hidden(\n    '{}', hint='')\ndef hidden_test(check):\n    pass"


@pytest.fixture
def check():
    return checks.Check("Look at section 1.")


def failure(action, *args, **kwargs):
    with pytest.raises(CheckFailed) as caught:
        action(*args, **kwargs)
    return str(caught.value)


def half(n):
    return n / 2


def whole_half(n):
    return n // 2


def test_a_failure_gives_call_expected_received_and_misconception(check):
    said = failure(check(half, n=7).equals, 3, [(3.5, "A window either fits or it does not: use // and not /.")])
    assert said == (
        "half(n=7) should be 3, and you returned 3.5 (float).\nA window either fits or it does not: use // and not /."
    )


def test_without_a_known_misconception_the_hint_says_where_to_look(check):
    assert failure(check(whole_half, 7).equals, 4).endswith("\nLook at section 1.")
    assert failure(check(whole_half, 7).equals, 4, hint="Round up.").endswith("\nRound up.")


def test_the_notebook_shows_the_message_alone():
    assert CheckFailed("one\ntwo")._render_traceback_() == ["one", "two"]


@pytest.mark.parametrize(
    "expected, right, wrong",
    [
        (3, [3, np.int64(3), np.int32(3)], [3.0, True, "3", np.array(3), None]),
        (1, [1], [True, np.True_, 1.0]),
        (0.5, [0.5, np.float64(0.5), np.float32(0.5)], ["0.5", np.array(0.5), None]),
        (True, [True], [1, np.True_]),
        ((1, 2), [(1, 2), (np.int64(1), 2)], [[1, 2], (1.0, 2), (1,), np.array([1, 2])]),
        ([(1,)], [[(1,)]], [((1,),), [[1]], [1]]),
        (
            np.array([1.0]), [np.array([1.0]), np.array([1], "float32")],
            [[1.0], np.array([1]), np.array([[1.0]]), np.array([1], "float16")],
        ),
        (
            np.array([1, 2]), [np.array([1, 2], "uint8")],
            [np.array([1.0, 2.0]), np.array([True, True]), np.array([2, 1])],
        ),
    ],
)  # fmt: skip
def test_types_and_values_that_count(check, expected, right, wrong):
    for value in right:
        check.compare("it", value, expected)
    for value in wrong:
        failure(check.compare, "it", value, expected)


def test_a_tensorflow_tensor_counts_as_an_array(check):
    tf = pytest.importorskip("tensorflow")
    check(lambda: tf.ones((2, 3))).equals(np.ones((2, 3)))


def test_nan_is_never_right(check):
    failure(check.compare, "it", np.array([np.nan, 1.0]), np.array([0.0, 1.0]))
    failure(check.compare, "it", float("nan"), 0.5)


def test_of_several_misconceptions_the_one_that_explains_most_answers_is_named(check):
    mistakes = [(lambda n: 3, "Always three?"), (lambda n: n // 2, "Divide by three.")]
    said = failure(check.agrees, whole_half, lambda n: n // 3, [dict(n=6), dict(n=30), dict(n=50)], mistakes)
    assert said.endswith("Divide by three.")


def test_a_changed_or_returned_argument_is_noticed(check):
    def sort_in_place(x):
        x.sort()
        return x.copy()

    assert "changed its argument" in failure(check, sort_in_place, np.array([2.0, 1.0]))
    assert "returned its argument" in failure(check, lambda x: x, np.ones(3))
    assert "returned its argument" in failure(check, lambda x: x[1:], np.ones(3))
    assert "changed its argument" in failure(check, lambda layers: layers.pop(), [1, 2])


def test_an_exception_of_the_solution_is_part_of_the_message(check):
    said = failure(check(lambda n: [][n], 3).equals, 3)
    assert "it raised IndexError: list index out of range" in said
    assert said.endswith("look at the line where it stops.")


def test_an_array_in_an_if_and_a_none_in_a_sum_are_explained(check):
    def add(x, bias=None):
        return x + bias if bias else x

    def add_always(x, bias=None):
        return x + bias

    x = np.ones(2)
    assert "only `is None` can tell" in failure(check(add, x, bias=x).equals, 2 * x, hint="Look at the bias.")
    assert failure(check(add_always, x).equals, x, hint="Without a bias, bias is None.").endswith("bias is None.")
    assert "What is None there?" in failure(check(add_always, x).equals, x)


def test_tensorflows_long_errors_are_cut_to_what_is_wrong(check):
    def fail():
        raise RuntimeError(
            "{{function_node __wrapped__Conv2D}} depth 4 is wrong ; NodeDef: {{node X}}; Op<name=X> [Op:X]\nand more"
        )

    assert "it raised RuntimeError: depth 4 is wrong.\n" in failure(check(fail).equals, 3)


def test_the_right_exception_passes_and_others_do_not(check):
    def refuse(n):
        raise ValueError("no")

    check(refuse, 0).raises(ValueError, "There is nothing of size 0.")
    assert "and it raised ValueError" in failure(check(refuse, 0).raises, TypeError, "why")
    assert "and you returned 0" in failure(check(whole_half, 0).raises, ValueError, "why")


def test_a_stub_is_not_called_wrong(check):
    def stub():
        raise NotImplementedError("Your turn")

    with pytest.raises(NotWritten, match="stub is not written yet"):
        check(stub)
    with pytest.raises(NotWritten, match="nowhere is not defined yet"):
        checks.visible("nowhere", hint="")(lambda check: None)


def test_a_stub_is_told_from_what_tensorflow_does_not_implement(check):
    def with_numpy():
        raise NotImplementedError("Cannot convert a symbolic tf.Tensor (x:0) to a numpy array.")

    assert "it raised NotImplementedError: Cannot convert" in failure(check(with_numpy).equals, 3)


def test_the_stub_of_the_notebooks_is_known():
    config = (ROOT / "nbgrader_config.py").read_text()
    assert f'raise NotImplementedError("{STUB}' in config


def test_a_part_of_the_points_is_returned_and_explained(capsys):
    test = "@checks.hidden('task', hint='')\ndef hidden_task(check):\n    return check.part(4, '4 of 8 points.')"
    notebook = {"checks": checks, "task": lambda: 4}
    exec(test, notebook)
    assert notebook["hidden_task"] == 4 and capsys.readouterr().out == "4 of 8 points.\n"


WORTH = """
@checks.{}("task", hint="Look again.")
def test_task(check):
    check(task, 4).equals(2)
    with check.worth(1, of=3):
        check(task, 0).raises(ValueError, "There is no half of nothing.")
"""


@pytest.mark.parametrize("kind", ["visible", "hidden"])
def test_what_fails_in_a_part_of_a_test_costs_that_part_alone(kind, capsys):
    notebook = {"checks": checks, "task": whole_half}
    exec(WORTH.format(kind), notebook)
    said = capsys.readouterr().out
    assert notebook["test_task"] == 2 and said.startswith(
        "task(0) should raise ValueError, and you returned 0.\nThere is no"
    )
    assert said.endswith("All cases before this one are right: 2 of 3 points.\n") and "passed" not in said
    with pytest.raises(CheckFailed):
        exec(WORTH.format(kind), {"checks": checks, "task": half})


def test_a_part_of_the_points_is_shown_in_words_and_nbgrader_reads_the_number():
    cell = nbformat.v4.new_code_cell(
        "task = lambda n: n // 2\nimport cnn_course.checks as checks" + WORTH.format("visible")
    )
    cell.source += "\n\ntest_task"
    cell.metadata.nbgrader = {"grade": True, "solution": False, "points": 3}
    NotebookClient(nbformat.v4.new_notebook(cells=[cell])).execute()
    assert cell.outputs[-1].data["text/html"] == "Points of this cell: 2"
    assert determine_grade(cell) == (2, 3)


def test_why_a_name_is_missing_may_be_known():
    with pytest.raises(NotWritten, match="the file is cut off"):
        checks.visible("nowhere", hint="", if_missing=lambda: "the file is cut off")(lambda check: None)


STOPPED = [
    ("1 / 0", None),
    ("import numpy\nimport nowhere\n\ndef two():\n    return 2", None),
    (
        TEST.format("two"),
        "two is not defined: its cell stopped at line 2, `import nowhere`: "
        "ModuleNotFoundError: No module named 'nowhere'.\nFix that",
    ),
    ("three = 3\nfour = [1, 2)", None),
    ("1 / 0", None),
    (
        TEST.format("three"),
        "three is not defined: its cell stopped at line 2, `four = [1, 2)`: "
        "SyntaxError: closing parenthesis ')' does not match opening parenthesis '['.\nFix",
    ),
    ("four = 4\nfive, six = None", None),
    (
        TEST.format("six"),
        "six is not defined: its cell stopped at line 2, `five, six = None`: TypeError: cannot unpack",
    ),
    (TEST.format("six"), "six is not defined: its cell stopped at line 2, `five, six = None`: TypeError"),
    (TEST.format("five"), "five is not defined: its cell stopped at line 2"),
    ("\ufeff\neight = 8", None),
    (
        TEST.format("eight"),
        "eight is not defined: its cell stopped at line 1, `\\ufeff`: SyntaxError: invalid non-printable",
    ),
    ("raise NotImplementedError('Your turn: seven')\nseven = 7", None),
    (TEST.format("seven"), "seven is not defined yet.\nWrite it in its cell"),
]


def test_a_cell_that_stopped_is_why_its_names_are_missing():
    cells = [nbformat.v4.new_code_cell(code) for code, _ in STOPPED]
    NotebookClient(nbformat.v4.new_notebook(cells=cells), allow_errors=True).execute()
    for cell, (_, said) in zip(cells, STOPPED):
        assert said is None or said in cell.outputs[0].evalue


def test_a_message_names_the_task_whatever_the_function_was_made_with():
    test = "@checks.visible('task', hint='')\ndef check_task(check):\n    check(task).equals(3)"
    with pytest.raises(CheckFailed, match=r"^task\(\) should be 3"):
        exec(test, {"checks": checks, "task": lambda: 4})


def test_hidden_inputs_come_from_a_seed_that_replays(monkeypatch):
    def fail():
        test = (
            "@checks.hidden('task', hint='')\n"
            "def hidden_task(check):\n"
            "    check.fail(str(check.rng.integers(1_000_000)), 'Look again.')"
        )
        with pytest.raises(CheckFailed) as caught:
            exec(test, {"checks": checks, "task": None})
        return str(caught.value)

    first, second = fail(), fail()
    assert first != second
    seed = second.partition("CHECK_SEED=")[2].split()[0]
    monkeypatch.setenv("CHECK_SEED", seed)
    assert fail() == second
    assert second.endswith(f"(seed {seed}: CHECK_SEED={seed} replays this)")


def test_names_in_the_notebook_neither_disturb_a_check_nor_are_disturbed():
    notebook = {"checks": checks, "sum": None, "task": lambda: 3}
    exec(
        "@checks.visible('task', hint='')\ndef check_task(check):\n    x = sum([1, 2])\n    check(task).equals(x)",
        notebook,
    )
    assert notebook["sum"] is None and "x" not in notebook


LARGEST = """
@checks.hidden("largest", hint="Look again.")
def hidden_largest(check):
    check(largest, [1, 3, 2]).equals(3)
    check(largest, True).raises(TypeError, "A bool is no list.")
"""
RIGHT = """
def largest(values):
    if isinstance(values, bool):
        raise TypeError
    return max(values)
"""


@pytest.mark.parametrize(
    "cells, right",
    [
        (["max = 5", RIGHT], True),
        (["bool = max = list = 0", RIGHT], True),
        (["from numpy import *", RIGHT], True),
        ([RIGHT, "def max(a, b):\n    return a if a > b else b"], True),
        (["def bool_(x):\n    return x\nbool = bool_", "from numpy import max", RIGHT], True),
        (["def sorted(values):\n    return 3, 2", RIGHT.replace("max(values)", "sorted(values)[0]")], True),
        (["max = 5", RIGHT.replace("max(values)", "max(values) - 1")], False),
        ([RIGHT + "def max(values):\n    return values[0]"], False),
        (["max = 5"], False),
    ],
)
def test_names_that_hide_pythons_own_cost_nothing_and_gain_nothing(cells, right, capsys):
    notebook = {"checks": checks}
    for number, cell in enumerate(cells):
        exec(compile(cell, f"cell {number}", "exec"), notebook)
    before = dict(notebook)
    if right:
        exec(LARGEST, notebook)
    else:
        with pytest.raises((CheckFailed, NotWritten)):
            exec(LARGEST, notebook)
    assert all(notebook[name] is before[name] for name in before)


def test_a_test_passed_without_hiding_names_says_so(capsys):
    notebook = {"checks": checks}
    exec(f"max = bool = 1\n{RIGHT}{LARGEST}", notebook)
    assert "bool and max are not Python's own in this notebook" in capsys.readouterr().out


def test_warnings_and_log_lines_reach_no_output(capfd):
    def noisy(n):
        warnings.warn("a library warns")
        print("a log line", file=sys.stderr)
        np.log(np.zeros(1))
        import os

        os.write(2, b"from C")
        return n

    visible = {"noisy": noisy, "checks": checks}
    exec("@checks.visible('noisy', hint='')\ndef check_noisy(check):\n    check(noisy, 3).equals(3)", visible)
    assert capfd.readouterr().err == ""


def test_what_a_solution_prints_is_seen_in_a_visible_check_only(capsys):
    notebook = {"checks": checks, "loud": lambda: print("here")}
    for kind in ("visible", "hidden"):
        exec(f"@checks.{kind}('loud', hint='')\ndef check_loud(check):\n    check(loud)", notebook)
    assert capsys.readouterr().out == "here\nloud: passed.\n", "and that a visible check passed is said"


def test_a_visible_check_says_what_it_has_not_looked_at(capsys):
    notebook = {"checks": checks, "one": 1}
    code = """
@checks.visible("one", hint="Look again.")
def check_one(check):
    check.leaves("Whether it is odd is tested when your notebook is graded.")
    check.compare("one", one, 1)
"""
    exec(code, notebook)
    assert capsys.readouterr().out == "one: passed.\nWhether it is odd is tested when your notebook is graded.\n"
    with pytest.raises(checks.CheckFailed):
        exec(code, notebook | {"one": 2})
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("two", [{}, {"two": 2}])
def test_a_visible_check_may_look_at_a_name_that_need_not_be_defined(two, capsys):
    code = "@checks.visible('one', hint='', besides='two')\ndef check_one(check):\n    print(one, two)"
    exec(code, {"checks": checks, "one": 1, **two})
    assert capsys.readouterr().out == f"1 {two.get('two')}\none: passed.\n"


def test_a_size_is_checked_from_all_sides(check):
    from cnn_course.sizes import require_size

    def good(n):
        require_size(n, "n")
        return n

    def lenient(n):
        return n

    check.size(good, lambda size: dict(n=size))
    assert "should raise ValueError" in failure(check.size, lenient, lambda size: dict(n=size))


def test_a_model_is_judged_by_shape_and_parameters(check):
    keras = pytest.importorskip("keras")

    def build(units=3):
        return keras.Sequential([keras.layers.Dense(units)])

    assert isinstance(network_checks.shapes(check, build, (2,), (3,), 9), keras.Model)
    assert "should be 12, and it is 9" in failure(network_checks.shapes, check, build, (2,), (3,), 12)
    assert "should be (2, 4), and it is (2, 3)" in failure(network_checks.shapes, check, build, (2,), (4,), 9)
    assert "should be a Keras model" in failure(network_checks.shapes, check, lambda: None, (2,), (3,), 9)


def test_an_array_in_the_place_of_a_tuple_is_not_called_a_list():
    said = failure(lambda: checks.Check("Look at section 1.", seed=1)(lambda: np.array([128, 128])).equals((128, 128)))
    assert "it should be a tuple" in said and "list" not in said.splitlines()[-1]


@pytest.mark.parametrize(
    "x",
    [
        np.array([2, 0]),
        np.array([[0.5, -1]]),
        np.array([[True], [False]]),
        np.arange(4.0).reshape(1, 2, 2, 1),
        np.ones((1, 1, 1, 1)),
    ],
)
def test_a_call_can_be_tried_in_a_cell(x):
    def f(x, n):
        return x

    np.testing.assert_array_equal(eval(call_text(f, "f", (x,), {"n": 1}), {"f": f, "np": np}), x)


def test_every_integer_dtype_is_said_to_be_welcome():
    said = failure(lambda: checks.Check("", seed=1)(lambda: np.array([1.0])).equals(np.array([1])))
    assert "should have dtype int64 or another integer dtype, and you returned float64" in said
