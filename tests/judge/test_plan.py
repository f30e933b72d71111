"""What the judge's kernel runs of a notebook, beside the tests."""

import ast

import pytest
from nbgrader.utils import is_locked, is_solution

from autograder.judge.planning.names import bound, parsed, used
from autograder.judge.planning.plan import plan
from testing.classroom import ASSIGNMENTS, source


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_no_cell_that_shows_something_runs_in_the_judges_kernel(assignment):
    notebook = source(assignment)
    given = [cell.source for cell in notebook.cells if is_locked(cell) and not is_solution(cell)]
    before = [code for codes in plan(notebook, notebook).before.values() for code in codes]
    assert [code for code in before if code not in given and not imports_only(code)] == []


def imports_only(code):
    return all(isinstance(each, (ast.Import, ast.ImportFrom)) for each in parsed(code).body)


@pytest.mark.parametrize(
    "code",
    [
        "try:\n    f()\nexcept ValueError as name:\n    print(name)",
        "match f():\n    case name:\n        print(name)",
        "match f():\n    case int() as name:\n        print(name)",
        "match f():\n    case [1, *name]:\n        print(name)",
        "match f():\n    case {1: 2, **name}:\n        print(name)",
        "for name in f():\n    print(name)",
        "with f() as name:\n    print(name)",
        "if name := f():\n    print(name)",
        "import os as name\nprint(name, f)",
    ],
)
def test_a_name_that_a_cell_binds_itself_is_asked_of_no_other(code):
    tree = parsed(code)
    assert used(tree) - bound(tree) - {"print", "ValueError", "int"} == {"f"}
