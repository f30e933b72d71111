"""Lines of a notebook that honest work hardly needs: a person should look at them. They cost no points."""

import ast

from nbgrader.utils import is_grade, is_locked, is_solution

from autograder.judge.names import parsed

MOST_SENTENCES = 20
NAMES = {
    "set_custom_exc": "takes over the handling of exceptions",
    "showtraceback": "takes over the handling of exceptions",
    "ast_transformers": "changes the code of later cells",
    "input_transformers_post": "changes the code of later cells",
    "input_transformers_cleanup": "changes the code of later cells",
    "run_cell": "runs cells of its own",
    "history_manager": "reads the history of the kernel",
    "_getframe": "looks into the functions that call it",
    "currentframe": "looks into the functions that call it",
    "f_back": "looks into the functions that call it",
    "tb_frame": "looks into the functions that call it",
    "get_objects": "looks through all objects of the process",
    "get_referrers": "looks through all objects of the process",
    "settrace": "watches other code run",
    "setprofile": "watches other code run",
    "addaudithook": "watches other code run",
    "_exit": "ends the kernel",
    "display_pub": "writes the output of cells itself",
    "displayhook": "writes the output of cells itself",
    "iopub_socket": "writes the output of cells itself",
    "builtins": "reaches for Python's built-in functions",
    "__builtins__": "reaches for Python's built-in functions",
    "getppid": "looks at the processes around it",
    "ctypes": "changes the memory of the process",
}
TEXTS = {
    "NBGRADER_EXECUTION": "asks whether it is being graded",
    "/proc/": "looks at the processes around it",
    "HIDDEN TESTS": "looks for hidden tests",
    "gradebook.db": "looks for the gradebook",
}


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
    modules = {
        (alias.asname or alias.name).partition(".")[0]
        for tree in map(parsed, (cell.source for cell in notebook.cells if cell.cell_type == "code"))
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    found = []
    for cell in cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell {cell.get('id', '?')}"
        found += [f"{name} {what}." for what in dict.fromkeys(_strange(parsed(cell.source), modules))]
    return found[:MOST_SENTENCES]


def _is_students(cell):
    return is_solution(cell) or not (is_locked(cell) or is_grade(cell))


def _strange(tree, modules):
    for node in ast.walk(tree):
        name = getattr(node, "attr", None) or getattr(node, "id", None)
        if name in NAMES:
            yield NAMES[name]
        if isinstance(node, ast.alias) and node.name in NAMES:
            yield NAMES[node.name]
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (what for text, what in TEXTS.items() if text in node.value)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _root(node) in modules:
            yield f"replaces {ast.unparse(node)}"
        if isinstance(node, ast.FunctionDef) and node.name == "__eq__" and _says_yes(node):
            yield "makes an object that equals everything"


def _root(node):
    while isinstance(node, ast.Attribute):
        node = node.value
    return getattr(node, "id", None)


def _says_yes(function):
    return any(isinstance(node, ast.Return) and getattr(node.value, "value", None) is True for node in function.body)
