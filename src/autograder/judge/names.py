"""Names in the code of a cell."""

import ast
import contextlib
import symtable

from IPython.core.inputtransformer2 import TransformerManager


def parsed(code):
    """The syntax tree of a cell's code, in which IPython's magics are calls; an empty one if it has none."""
    for transformed in (str, TransformerManager().transform_cell):
        with contextlib.suppress(SyntaxError, ValueError):
            return ast.parse(transformed(code))
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


def mentioned(tree):
    """The names that stand anywhere in a cell: those that it uses, and some that are its functions' own."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def bound(tree):
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
        elif not isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            waiting += ast.iter_child_nodes(node)
    return frozenset(found)
