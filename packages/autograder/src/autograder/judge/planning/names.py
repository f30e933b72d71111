"""Names in the code of a cell."""

from __future__ import annotations

import ast
import contextlib
import re
import symtable
from typing import Any

TOO_MUCH = (RecursionError, MemoryError)  # what Python says of code that is nested too deeply
MAGIC = re.compile(
    r"^(?P<before>[ \t]*(?:\w[\w, \t]*=[ \t]*)?)(?P<magic>[%!?](?:\\\n|.)*)"  # `%magic`, `!command`, `files = !command`
    r"|^(?P<indent>[ \t]*)(?P<help>[\w.*]+\?\??)[ \t]*$",
    re.MULTILINE,
)


def parsed(code: str) -> ast.Module:
    """The syntax tree of a cell's code, as `tree_of` makes it; an empty one if it is nested too deeply."""
    try:
        return tree_of(code)
    except TOO_MUCH:
        return ast.Module([], [])


def tree_of(code: str) -> ast.Module:
    """The syntax tree of a cell's code, in which IPython's magics are strings; an empty one if it has none.

    Raises
    ------
    RecursionError, MemoryError
        If it is nested too deeply.
    """
    for plain in (str, _with_magics_as_strings):
        with contextlib.suppress(SyntaxError, ValueError):
            return _parsed(plain(code))
    return ast.Module([ast.Expr(ast.Constant(code))] if code.lstrip().startswith("%%") else [], [])


def _parsed(code: str) -> ast.Module:
    try:
        return ast.parse(code)
    except SystemError:  # Python 3.11 miscounts its depth now and then: no fault of the code
        return ast.parse(code)


def _with_magics_as_strings(code: str) -> str:
    return MAGIC.sub(lambda found: _quoted(*found.group("before", "magic", "indent", "help")), code)


def _quoted(before: str | None, magic: str | None, indent: str | None, help_: str | None) -> str:
    return f"{before}{magic!r}" if magic else f"{indent}{help_!r}"


def used(tree: ast.Module) -> set[str]:
    """The names of the notebook that a cell reads or deletes, in its functions as well."""
    try:
        waiting = [symtable.symtable(ast.unparse(tree), "cell", "exec")]
    except (*TOO_MUCH, SyntaxError, ValueError):  # not all trees can be written as code again
        return mentioned(tree)
    found: set[str] = set()
    while waiting:
        table = waiting.pop()
        at_top = table.get_type() == "module"
        found |= {
            each.get_name() for each in table.get_symbols() if each.is_referenced() and (at_top or each.is_global())
        }
        waiting += table.get_children()
    return found | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del)}


def mentioned(tree: ast.AST) -> set[str]:
    """The names that stand anywhere in a cell: those that it uses, and some that are its functions' own."""
    found: set[str] = set()
    waiting: list[Any] = [tree]  # `ast.walk` takes half as long again, and each test is looked through
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, list):
            waiting += node
        elif isinstance(node, ast.AST):
            waiting += [getattr(node, field, None) for field in node._fields]
    return found


def bound(tree: ast.Module) -> frozenset[str]:
    """The names that a cell defines at its top level."""
    found: set[str] = set()
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name):
            found |= {node.id} if isinstance(node.ctx, ast.Store) else set()
        elif not isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            # `except ... as name`, and the patterns of `match`
            found |= {name for name in (getattr(node, "name", None), getattr(node, "rest", None)) if name}
            waiting += ast.iter_child_nodes(node)
    return frozenset(found)
