"""Lines of a notebook that honest work hardly needs: a person should look at them. They cost no points."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nbgrader.utils import is_grade, is_locked, is_solution

from autograder.judge.planning.names import TOO_MUCH, tree_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

MOST_SENTENCES = 20
LONGEST_CELL = 50_000  # characters: a syntax tree takes some hundred times their memory
MOST_CHARACTERS = 1_000_000  # of the students' cells together
OF_EVERY_CELL = 250  # what a cell counts besides its characters
LONGEST_NAME = 100
NAMES = {
    name: what
    for what, names in {
        "takes over the handling of exceptions": "set_custom_exc showtraceback _showtraceback excepthook",
        "changes the code of later cells": "ast_transformers input_transformers_post input_transformers_cleanup",
        "runs cells of its own": "run_cell run_cell_async",
        "reads the history of the kernel": "history_manager",
        "looks into the functions that call it": "_getframe currentframe f_back tb_frame",
        "looks through all objects of the process": "get_objects get_referrers",
        "watches other code run": "settrace setprofile addaudithook",
        "replaces the code of functions": "__code__",
        "changes what is imported": "meta_path path_hooks",
        "ends the kernel": "_exit",
        "writes the output of cells itself": "display_pub displayhook iopub_socket",
        "touches the connections of the kernel": "closerange fstat",
        "reaches for Python's built-in functions": "builtins __builtins__",
        "looks at the processes around it": "getppid",
        "changes the memory of the process": "ctypes",
        "starts a thread": "Thread",
        "makes an object that is not what it seems": (
            "__class__ __array_ufunc__ __array_function__ __getattribute__ __reduce__"
        ),
    }.items()
    for name in names.split()
}
TEXTS = {
    "NBGRADER_EXECUTION": "asks whether it is being graded",
    "/proc/": "looks at the processes around it",
    "HIDDEN TESTS": "looks for hidden tests",
    "BEGIN SOLUTION": "looks for solutions",
    "gradebook.db": "looks for the gradebook",
}
SAY_WHAT_A_CLASS_IS = ("__name__", "__qualname__", "__doc__", "__module__")
NO_ERRORS = ("KeyboardInterrupt", "SystemExit", "GeneratorExit", "SkipTest")
MAGICS = ("run_line_magic", "run_cell_magic", "system", "getoutput")


def hints(notebook: NotebookNode, given: frozenset[str] = frozenset()) -> list[str]:
    """What of the students' cells a person should look at.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        A submission, with its nbgrader metadata.
    given : frozenset of str
        The cells that students get, as `texts` has them: they are the instructor's as long as they are unchanged.

    Returns
    -------
    list of str
        A sentence for each thing and cell.
    """
    try:
        return list(_sentences(notebook.cells, given))[:MOST_SENTENCES]
    except Exception:  # what only looks never decides about a grade
        return ["The notebook could not be looked through."]


def texts(*notebooks: NotebookNode) -> frozenset[str]:
    """The code cells of notebooks, to compare others with."""
    return frozenset(
        cell.source.strip() for notebook in notebooks for cell in notebook.cells if cell.cell_type == "code"
    )


def _sentences(cells: Iterable[NotebookNode], given: frozenset[str]) -> Iterator[str]:
    modules: set[str] = set()
    looks: list[tuple[NotebookNode, _Look]] = []
    left = MOST_CHARACTERS
    for cell in cells:
        if cell.cell_type != "code":
            continue
        students = _is_students(cell) and cell.source.strip() not in given
        too_long = len(cell.source) > LONGEST_CELL
        left -= students * (OF_EVERY_CELL + (0 if too_long else len(cell.source)))
        if left > 0 or not students:
            look = UNSEEN if too_long else _look(cell.source, students)
            modules |= look.modules
            looks += [(cell, look)] if students else []
    if left <= 0:
        yield "The notebook is too long to be looked through to its end."
    for cell, look in looks:
        name = _name_of(cell)
        whats = dict.fromkeys(what for module, what in look.found if module is None or module in modules)
        yield from (f"{name} {what}." for what in whats)


def _name_of(cell: NotebookNode) -> str:
    name = cell.get("id", "?")
    return cell.metadata.get("nbgrader", {}).get("grade_id") or (name if name.startswith("cell") else f"cell {name}")


@dataclass(frozen=True)
class _Look:
    """What there is to be seen in a cell.

    Attributes
    ----------
    modules : frozenset of str
        The names that its import statements bind.
    found : tuple of (str or None, str)
        What a person should look at, and the name that must be a module's for it, if there is one.
    """

    modules: frozenset[str]
    found: tuple[tuple[str | None, str], ...]


UNSEEN = _Look(frozenset(), ((None, "is too long or too deeply nested to be looked through"),))


@functools.lru_cache(maxsize=1000)  # most cells are the same in every submission
def _look(code: str, students: bool) -> _Look:
    try:
        tree = tree_of(code)
    except TOO_MUCH:
        return UNSEEN
    return _Look(_imported(tree), tuple(dict.fromkeys(_found(tree))) if students else ())


def _imported(tree: ast.Module) -> frozenset[str]:
    return frozenset(
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    )


def _is_students(cell: NotebookNode) -> bool:
    return is_solution(cell) or not (is_locked(cell) or is_grade(cell))


def _found(tree: ast.Module) -> Iterator[tuple[str | None, str]]:
    shells = 0
    for node in ast.walk(tree):
        name = _name(node)
        if name in NAMES and not _reads_class(node) or _goes_into_class(node):
            yield None, NAMES.get(name or "", NAMES["__class__"])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from ((None, what) for text, what in TEXTS.items() if text in node.value)
        elif isinstance(node, ast.Raise) and _name(getattr(node.exc, "func", node.exc)) in NO_ERRORS:
            yield None, "raises something that is not an error"
        elif name == "__eq__" and _says_yes(node):
            yield None, "makes an object that equals everything"
        elif name == "setattr" and isinstance(node, ast.Call) and node.args:
            root = _root(node.args[0])
            of_class = root == "type" or _name(node.args[0]) == "__class__"
            yield None if of_class else root or "", f"replaces parts of {_in_words(node.args[0])}"
        if isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
            root = _root(node)
            if isinstance(node, ast.Attribute):
                yield root or "", f"replaces {_in_words(node)}"
            if root == "globals" or _in_words(node.value) == "sys.modules":
                yield None, "puts something in the place of names or modules that it does not write out"
        if isinstance(node, ast.Name) and name == "get_ipython":
            shells += 1
        elif isinstance(node, ast.Attribute) and name in MAGICS:
            shells -= 1
    if shells > 0:
        yield None, "reaches for the shell of the kernel"


def _name(node: Any) -> str | None:
    """The name that a piece of a syntax tree uses or defines, or calls."""
    if isinstance(node, ast.Call):
        node = node.func
    elif isinstance(node, ast.Assign):
        node = node.targets[0]
    return getattr(node, "attr", None) or getattr(node, "id", None) or getattr(node, "name", None)


def _reads_class(node: Any) -> bool:
    """Whether a piece of a syntax tree asks an object for its class."""
    node = getattr(node, "func", node)
    return _name(node) == "__class__" and isinstance(getattr(node, "ctx", None), ast.Load)


def _goes_into_class(node: ast.AST) -> bool:
    """Whether a piece of a syntax tree takes more from an object's class than what it says of itself, or changes it."""
    if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Attribute) or not _reads_class(node.value):
        return False
    is_inner = node.attr.startswith("__") and node.attr not in SAY_WHAT_A_CLASS_IS
    return is_inner or not isinstance(node.ctx, ast.Load)


def _root(node: ast.AST) -> str | None:
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return getattr(node, "id", None)


def _in_words(node: ast.AST) -> str:
    """What is replaced, as far as it is names: `numpy.testing.assert_equal`, `sys.modules[…].check`."""
    said = ""
    while len(said) < LONGEST_NAME and isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        if isinstance(node, ast.Attribute):
            said, node = f".{node.attr}{said}", node.value
        elif isinstance(node, ast.Subscript):
            node, said = node.value, f"[…]{said}"
        else:
            node, said = node.func, f"(…){said}"
    return f"{getattr(node, 'id', '…')}{said}"[:LONGEST_NAME]


def _says_yes(node: ast.AST) -> bool:
    """Whether a definition, or an assignment of a lambda, always gives True."""
    value = getattr(node, "value", None)
    body = value.body if isinstance(value, ast.Lambda) else None
    returned = [each.value for each in getattr(node, "body", []) if isinstance(each, ast.Return)]
    return any(getattr(each, "value", None) is True for each in (body, *returned))
