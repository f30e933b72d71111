"""Lines of a notebook that honest work hardly needs: a person should look at them. They cost no points."""

import ast
import functools

from nbgrader.utils import is_grade, is_locked, is_solution

from autograder.judge.names import parsed

MOST_SENTENCES = 20
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
        "makes an object that is not what it seems": "__class__ __array_ufunc__ __array_function__ __getattribute__ __reduce__",
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
NO_ERRORS = ("KeyboardInterrupt", "SystemExit", "GeneratorExit", "SkipTest")
MAGICS = ("run_line_magic", "run_cell_magic", "system", "getoutput")


def hints(notebook):
    """What of the students' cells a person should look at.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        A submission, with its nbgrader metadata.

    Returns
    -------
    list of str
        A sentence for each thing and cell.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and _is_students(cell)]
    modules = frozenset().union(*(_imported(cell.source) for cell in notebook.cells if cell.cell_type == "code"))
    found = []
    for cell in cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell {cell.get('id', '?')}"
        found += [f"{name} {what}." for what in _strange(cell.source, modules)]
    return found[:MOST_SENTENCES]


@functools.lru_cache(maxsize=1000)  # most cells are the same in every submission
def _imported(code):
    """The names that the import statements of a cell bind."""
    return frozenset(
        (alias.asname or alias.name).partition(".")[0]
        for node in ast.walk(parsed(code))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    )


def _is_students(cell):
    return is_solution(cell) or not (is_locked(cell) or is_grade(cell))


@functools.lru_cache(maxsize=1000)
def _strange(code, modules):
    """What of a cell a person should look at, each thing once."""
    return tuple(dict.fromkeys(_found(parsed(code), modules)))


def _found(tree, modules):
    shells = 0
    for node in ast.walk(tree):
        name = _name(node)
        if name in NAMES:
            yield NAMES[name]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (what for text, what in TEXTS.items() if text in node.value)
        elif isinstance(node, ast.Raise) and _name(getattr(node.exc, "func", node.exc)) in NO_ERRORS:
            yield "raises what is no error"
        elif name == "__eq__" and _says_yes(node):
            yield "makes an object that equals everything"
        elif name == "setattr" and getattr(node, "args", ()) and _root(node.args[0]) in (*modules, "type"):
            yield f"replaces parts of {ast.unparse(node.args[0])}"
        if isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
            root = _root(node)
            if root in modules and isinstance(node, ast.Attribute):
                yield f"replaces {ast.unparse(node)}"
            elif root == "globals" or ast.unparse(node.value) == "sys.modules":
                yield "puts something in the place of names or modules that it does not write out"
        if isinstance(node, ast.Name) and name == "get_ipython":
            shells += 1
        elif isinstance(node, ast.Attribute) and name in MAGICS:  # a magic asks for the shell, too
            shells -= 1
    if shells > 0:
        yield "reaches for the shell of the kernel"


def _name(node):
    """The name that a piece of a syntax tree uses or defines, or calls."""
    if isinstance(node, ast.Call):
        return _name(node.func)
    if isinstance(node, ast.Assign):
        return _name(node.targets[0])
    return getattr(node, "attr", None) or getattr(node, "id", None) or getattr(node, "name", None)


def _root(node):
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return getattr(node, "id", None)


def _says_yes(node):
    """Whether a definition, or an assignment of a lambda, always gives True."""
    body = node.value.body if isinstance(getattr(node, "value", None), ast.Lambda) else None
    returned = [each.value for each in getattr(node, "body", []) if isinstance(each, ast.Return)]
    return any(getattr(each, "value", None) is True for each in (body, *returned))
