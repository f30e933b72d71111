"""Before a class is graded, the tests are tried with the source's own solutions.

What is broken or missing costs nobody a point.
"""

import json

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.execution.execute import Execution
from autograder.grading import memory, rehearsal
from autograder.judge.planning.plan import Plan
from testing.small_courses import hand_in, make_course, notebook, put, solved
from testing.without_kernels import command

__all__ = ["command"]

BROKEN = notebook("f", test="assert {task}(1) == {value}, 'should be {value}'")
BROKEN.cells[1].source = "assert f(1) == 3, 'f(1) should be 3'"


@pytest.fixture
def course(tmp_path):
    made = {("good", "p"): notebook("f"), ("bad", "p"): BROKEN}
    root = make_course(tmp_path / "course", made)
    for assignment in ("good", "bad"):
        hand_in(root, "kim", assignment, "p.ipynb", solved(notebook("f")))
    return root


def test_a_test_that_the_own_solution_fails_is_said_and_left_to_a_person(course, command):
    done = command(course, "grade", "bad", "good")
    assert "bad/p: your own solution fails f-t: AssertionError: f(1) should be 3. Nobody gets or loses" in done.out
    kim = done.of["kim", "bad"]
    assert done.status == 1 and kim["tasks"][0]["points"] is None and "fails it: f-t." in kim["reason"]
    assert done.of["kim", "good"]["points"] == 2


def test_a_broken_test_counts_if_that_is_asked_for(course, command):
    done = command(course, "grade", "bad", "--force-broken")
    assert "It counts all the same, as --force-broken asks." in done.out
    assert (done.status, done.of["kim", "bad"]["tasks"][0]["points"]) == (0, 0)


def test_when_the_test_is_mended_the_same_command_grades_it(course, command):
    command(course, "grade", "bad")
    put(course / "source" / "bad" / "p.ipynb", notebook("f"))
    done = command(course, "grade", "bad")
    assert (done.status, done.of["kim", "bad"]["points"]) == (0, 2) and "your own" not in done.out


def test_a_test_that_gives_too_much_is_broken(course, command):
    put(course / "source" / "bad" / "p.ipynb", notebook("f", test="3"))
    done = command(course, "grade", "bad", "good")
    assert "your own solution fails f-t: the test f-t gives more than the 2 points that it is worth" in done.out
    assert done.of["kim", "bad"]["tasks"][0]["points"] is None and done.of["kim", "good"]["points"] == 2


@pytest.mark.parametrize(
    "change, says",
    [
        (
            lambda made: made.metadata.kernelspec.update(name="xpython"),
            "bad/p: the kernel xpython is not installed here.",
        ),
        (
            lambda made: made.cells[1].update(source="import no_such_module\n" + made.cells[1].source),
            "bad/p: the module no_such_module can't be found. Install it in the grader's Python environment, or name "
            "its folder in c.Kernels.readable and in PYTHONPATH of c.Kernels.environment.",
        ),
    ],
    ids=["kernel", "module"],
)
def test_what_the_machine_lacks_is_nobodys_zero(course, command, change, says):
    lacking = notebook("f")
    change(lacking)
    put(course / "source" / "bad" / "p.ipynb", lacking)
    hand_in(course, "lee", "bad", "p.ipynb", solved(notebook("f")))
    done = command(course, "grade", "bad", "good")
    assert done.out.count(says) == 2, "before and after, and not for each student"
    assert done.status == 1 and done.of["kim", "bad"]["status"] == "not-graded"
    assert done.of["kim", "good"]["points"] == 2
    put(course / "source" / "bad" / "p.ipynb", notebook("f"))
    done = command(course, "grade", "bad")
    assert done.of["kim", "bad"]["points"] == 2 and "gained points" not in done.out


def test_what_was_found_is_remembered_as_long_as_nothing_changes(course, command):
    tried = "The tests are tried with the source's solutions"
    assert tried in command(course, "grade", "good").out
    assert tried not in command(course, "grade", "good", "--force").out
    put(course / "source" / "good" / "p.ipynb", notebook("f", adds=2))
    assert tried in command(course, "grade", "good").out
    known = json.loads((course / memory.MEMORY).read_text())
    assert list(known) == ["good/p"] and known["good/p"]["one_kernel"] == ""


@pytest.mark.parametrize("damaged", ["{", "[]", "7", '{"good/p": []}'])
def test_a_damaged_memory_is_written_anew(course, command, damaged):
    (course / memory.MEMORY).write_text(damaged)
    assert command(course, "grade", "good").status == 0
    assert "good/p" in memory.remembered(course)


def test_a_test_that_ends_with_a_value_that_shows_nothing_is_a_fault_of_the_test(course, command):
    shows_nothing = "class Quiet:\n    def __repr__(self):\n        return ''\n\nQuiet()"
    put(course / "source" / "good" / "p.ipynb", notebook("f", test=shows_nothing))
    done = command(course, "grade", "good")
    assert "your own solution fails f-t: the test f-t ends with a value that shows nothing" in done.out + done.err


def outcome_of(points, failed=False):
    """An Execution of a notebook with one test of 4 points."""
    marks = {"grade_id": "t", "grade": True, "solution": False, "locked": True, "points": 4}
    error = [new_output("error", ename="AssertionError", evalue="no", traceback=[])]
    part = [new_output("execute_result", {"text/plain": f"{points}"})]
    cell = new_code_cell("", outputs=error if failed else part, execution_count=1, metadata={"nbgrader": marks})
    return Execution(new_notebook(cells=[cell]), "graded", "Executed to the end.", 0.0, "")


@pytest.mark.parametrize(
    "in_two, again, in_one, stock, one_kernel, faults, lacking",
    [
        (4, None, None, None, False, 0, False),
        (0, 4, 4, 4, False, 0, False),  # chance, or a busy machine
        (0, 0, 4, 4, True, 0, False),
        (2, 2, 4, 4, True, 0, False),
        (2, 2, 2, 4, False, 0, False),  # what is measured may differ a little
        (0, 0, 0, 0, False, 1, False),
        (0, 0, 0, 4, False, 0, True),
    ],
)
def test_what_a_rehearsal_concludes(in_two, again, in_one, stock, one_kernel, faults, lacking):
    plan_ = Plan({"t": []}, frozenset(), frozenset())
    scene = rehearsal.Scene("p", "python3", new_notebook(), {}, plan_, frozenset())
    results = iter([in_two, again, in_one, stock])

    def run_all(wanted):
        return [outcome_of(points, failed=points == 0) for _, points in zip(wanted, results)]

    verdicts, learned = rehearsal.rehearse({("ps", "p"): scene}, {}, run_all)
    verdict = verdicts["ps", "p"]
    assert (bool(verdict.one_kernel), len(verdict.faults), bool(verdict.lacking)) == (one_kernel, faults, lacking)
    assert bool(learned) == (not faults and not lacking)
