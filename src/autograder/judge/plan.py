"""What the judge's kernel runs of a notebook, and which names of it the student defines."""

import ast
import symtable
from dataclasses import dataclass

from IPython.core.inputtransformer2 import TransformerManager
from nbgrader.utils import is_grade, is_locked, is_solution


@dataclass(frozen=True)
class Plan:
    """What the judge does for a notebook.

    Attributes
    ----------
    before : dict of str to list of str
        For each graded cell, by grade_id, the instructor's code between the graded cell before it and itself.
    names : frozenset of str
        What the solution cells define.
    """

    before: dict[str, list[str]]
    names: frozenset[str]


def plan(source, tested):
    """Plan what the judge does.

    Parameters
    ----------
    source : nbformat.NotebookNode
        The instructor's notebook, with solutions.
    tested : nbformat.NotebookNode
        What students get, with all tests in it.

    Returns
    -------
    Plan
        Of the cells that are not graded, the judge runs those that students can't edit; of those that they can, the ones that define
        something which a cell of the judge's uses; and of solution cells the imports.
    """
    solutions = [parsed(cell.source) for cell in source.cells if cell.cell_type == "code" and is_solution(cell)]
    names = frozenset().union(*map(_bound, solutions)) - frozenset().union(
        *(_bound(_imports(each)) for each in solutions)
    )
    imports = {
        cell.metadata.nbgrader.grade_id: ast.unparse(_imports(parsed(cell.source)))
        for cell in source.cells
        if cell.cell_type == "code" and is_solution(cell)
    }
    cells = [cell for cell in tested.cells if cell.cell_type == "code"]
    needed = _needed(cells, names)
    before, waiting = {}, []
    for place, cell in enumerate(cells):
        if is_judged(cell):
            before[cell.metadata.nbgrader.grade_id] = waiting
            waiting = []
        elif is_solution(cell):
            waiting.append(imports.get(cell.metadata.nbgrader.grade_id, ""))
        elif place in needed:
            waiting.append(cell.source)
    return Plan({name: [code for code in codes if code.strip()] for name, codes in before.items()}, names)


def is_judged(cell):
    """Whether a cell is a test that the machine grades."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def parsed(code):
    """The syntax tree of a cell's code, in which IPython's magics are calls; an empty one if it has none."""
    try:
        return ast.parse(TransformerManager().transform_cell(code))
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def used(tree):
    """The names of the notebook that a cell reads or deletes, in its functions as well."""
    waiting = [symtable.symtable(ast.unparse(tree), "cell", "exec")]
    found = set()
    while waiting:
        table = waiting.pop()
        at_top = table.get_type() == "module"
        found |= {
            each.get_name() for each in table.get_symbols() if each.is_referenced() and (at_top or each.is_global())
        }
        waiting += table.get_children()
    return found | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del)}


def _needed(cells, names):
    """The places of the cells that are neither graded nor a student's and that the judge runs."""
    trees = [parsed(cell.source) for cell in cells]
    needed = {
        place for place, cell in enumerate(cells) if is_judged(cell) or (is_locked(cell) and not is_solution(cell))
    }
    wanted = set().union(*(used(trees[place]) - _bound(trees[place]) for place in needed))
    for place in reversed(range(len(cells))):
        if place not in needed and not is_solution(cells[place]) and (_bound(trees[place]) - names) & wanted:
            needed.add(place)
            wanted |= used(trees[place]) - _bound(trees[place])
    return needed


def _imports(tree):
    return ast.Module([each for each in tree.body if isinstance(each, (ast.Import, ast.ImportFrom))], [])


def _bound(tree):
    """The names that a cell defines at its top level."""
    found = set()
    waiting = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name):
            found |= {node.id} if isinstance(node.ctx, ast.Store) else set()
        elif isinstance(node, ast.ExceptHandler) or not isinstance(
            node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
        ):
            waiting += ast.iter_child_nodes(node)
    return frozenset(found)
