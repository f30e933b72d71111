"""What the judge's kernel runs of a notebook, and which names of it the student defines."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.machinery import all_suffixes
from typing import TYPE_CHECKING

from nbgrader.utils import is_grade, is_locked, is_solution

from autograder.judge.planning.names import bound, parsed, used

if TYPE_CHECKING:
    from nbformat import NotebookNode


@dataclass(frozen=True)
class Plan:
    """What the judge does for a notebook.

    Attributes
    ----------
    before : dict of str to list of str
        For each graded cell, by grade_id, the instructor's code between the graded cell before it and itself.
    names : frozenset of str
        What the solution cells define.
    files : frozenset of str
        The instructor's files beside the notebook: a student's that Python could import are kept from the judge.
    imported : frozenset of str
        What the solution cells import: the judge imports it, too, and a test has it only where the student has.
    """

    before: dict[str, list[str]]
    names: frozenset[str]
    files: frozenset[str]
    imported: frozenset[str] = frozenset()

    def files_for_judge(self, files: dict[str, bytes]) -> dict[str, bytes]:
        """Of all the files of a submission, a dict by relative path, those that may lie beside the tests."""
        return {
            name: content
            for name, content in files.items()
            if name in self.files or not name.endswith((*all_suffixes(), ".pth"))
        }


def plan(source: NotebookNode, tested: NotebookNode, files: Iterable[str] = ()) -> Plan:
    """Plan what the judge does.

    Parameters
    ----------
    source : nbformat.NotebookNode
        The instructor's notebook, with solutions.
    tested : nbformat.NotebookNode
        What students get, with all tests in it.
    files : iterable of str
        Relative paths of the instructor's files beside the notebook.

    Returns
    -------
    Plan
        Of the cells that are not graded, the judge runs those that students can't edit; of those that they can, the
        ones that define something which a cell of the judge's uses; and of solution cells the imports.
    """
    solutions = [parsed(cell.source) for cell in source.cells if cell.cell_type == "code" and is_solution(cell)]
    imported = frozenset().union(*(bound(_imports(each)) for each in solutions))
    names = frozenset().union(*map(bound, solutions)) - imported
    imports = {
        cell.metadata.nbgrader.grade_id: ast.unparse(_imports(parsed(cell.source)))
        for cell in source.cells
        if cell.cell_type == "code" and is_solution(cell)
    }
    cells = [cell for cell in tested.cells if cell.cell_type == "code"]
    needed = _needed(cells, names)
    before: dict[str, list[str]] = {}
    waiting: list[str] = []
    for place, cell in enumerate(cells):
        if is_judged(cell):
            before[cell.metadata.nbgrader.grade_id] = waiting
            waiting = []
        elif is_solution(cell):
            waiting.append(imports.get(cell.metadata.nbgrader.grade_id, ""))
        elif place in needed:
            waiting.append(cell.source)
    before = {name: [code for code in codes if code.strip()] for name, codes in before.items()}
    return Plan(before, names, frozenset(files), imported - _given(cells))


def is_judged(cell: NotebookNode) -> bool:
    """Whether a cell is a test that the machine grades."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def _needed(cells: Sequence[NotebookNode], names: frozenset[str]) -> set[int]:
    """The places of the cells that are neither graded nor a student's and that the judge runs."""
    trees = [parsed(cell.source) for cell in cells]
    needed = {
        place for place, cell in enumerate(cells) if is_judged(cell) or (is_locked(cell) and not is_solution(cell))
    }
    wanted = set().union(*(used(trees[place]) - bound(trees[place]) for place in needed))
    for place in reversed(range(len(cells))):
        if place not in needed and not is_solution(cells[place]) and (bound(trees[place]) - names) & wanted:
            needed.add(place)
            wanted |= used(trees[place]) - bound(trees[place])
    return needed


def _given(cells: Sequence[NotebookNode]) -> frozenset[str]:
    """What the cells define that are no student's."""
    return frozenset().union(*(bound(parsed(cell.source)) for cell in cells if not is_solution(cell)))


def _imports(tree: ast.Module) -> ast.Module:
    return ast.Module([each for each in tree.body if isinstance(each, (ast.Import, ast.ImportFrom))], [])
