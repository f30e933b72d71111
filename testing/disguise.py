"""A copy, disguised as a student would do it: other names, another order, other comments, another look."""

import ast
import builtins
import io
import keyword
import random
import re
import textwrap
import tokenize

SYLLABLES = ("ba", "ko", "lu", "mi", "ne", "pro", "ra", "si", "tun", "ver")
REMARKS = ("first we prepare this", "now the main step", "see the lecture", "be careful here", "I tried this twice")
MIRRORED = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.Eq, ast.NotEq: ast.NotEq}


def disguised(code, seed=0, kept=()):
    """The code of a solution cell with the same meaning and another look.

    Parameters
    ----------
    code : str
    seed : int, optional
        Another one gives another disguise.
    kept : collection of str, optional
        Names that are asked for from outside of the cell.

    Returns
    -------
    str
    """
    chance = random.Random(f"{seed} {code}")
    tree = ast.parse(code)
    for change in (_Rename(tree, chance, kept), _Rewrite(chance), _Reorder(chance)):
        tree = ast.fix_missing_locations(change.visit(tree))
    return _laid_out(ast.unparse(tree), chance)


def _bound(node):
    """The names that a piece of code gives a value."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load)}


def _read(node):
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


class _Rename(ast.NodeTransformer):
    """Other names for variables, for helper functions and for their arguments.

    What may be asked for from outside of the cell stays: names at its top level, but for functions that the cell
    itself calls, arguments of the others, attributes, and whatever is passed by keyword.
    """

    def __init__(self, tree, chance, kept):
        functions = [each for each in tree.body if isinstance(each, ast.FunctionDef)]
        helpers = [
            each
            for each in functions
            if each.name not in kept and any(each.name in _read(other) for other in tree.body if other != each)
        ]
        renamed = {name for each in tree.body if isinstance(each, ast.FunctionDef) for name in _bound(each)}
        renamed |= {name for each in helpers for name in (each.name, *_arguments(each))}
        for each in ast.walk(tree):
            if isinstance(each, ast.FunctionDef) and each not in helpers:
                renamed -= set(_arguments(each))
        self.names = {}
        for name in sorted(renamed - _needed(tree)):
            self.names[name] = self._other(chance)

    def _other(self, chance):
        while True:
            name = "".join(chance.sample(SYLLABLES, 3))
            if name not in self.names.values() and not keyword.iskeyword(name):
                return name

    def visit_Name(self, node):
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node):
        node.arg = self.names.get(node.arg, node.arg)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node):
        node.name = self.names.get(node.name, node.name)
        return self.generic_visit(node)


def _arguments(function):
    return [each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)]


def _all_arguments(tree):
    return {each.arg for each in ast.walk(tree) if isinstance(each, ast.arg)}


def _needed(tree):
    """The names that must stay, so that the code means the same."""
    needed = set(dir(builtins))
    for each in tree.body:
        if not isinstance(each, (ast.FunctionDef, ast.ClassDef)):
            needed |= _bound(each)
    for each in ast.walk(tree):
        if isinstance(each, ast.ClassDef):
            needed |= {each.name} | {name for inner in each.body for name in _bound(inner)}
            needed |= {inner.name for inner in each.body if isinstance(inner, ast.FunctionDef)}
        elif isinstance(each, ast.keyword):
            needed |= {each.arg} if each.arg else _all_arguments(tree)
        elif isinstance(each, (ast.Global, ast.Nonlocal)):
            needed |= set(each.names)
        elif isinstance(each, ast.alias):
            needed.add((each.asname or each.name).partition(".")[0])
        elif isinstance(each, ast.ExceptHandler):
            needed.add(each.name)
    return needed


class _Rewrite(ast.NodeTransformer):
    """Numbers, comparisons, steps and branches in another form, and results that are given a name first."""

    def __init__(self, chance):
        self.chance = chance

    def visit_Constant(self, node):
        if type(node.value) is int and node.value > 9 and self.chance.random() < 0.5:
            return ast.Name(hex(node.value), ast.Load())
        if type(node.value) is float and 0 < node.value < 1:
            text = next(text for text in (f"{node.value:e}", repr(node.value)) if float(text) == node.value)
            return ast.Name(text, ast.Load())
        return node

    def visit_JoinedStr(self, node):
        return node

    def visit_Compare(self, node):
        self.generic_visit(node)
        sides = (node.left, *node.comparators)
        mirrored = MIRRORED.get(type(node.ops[0]))
        if len(sides) == 2 and mirrored and all(isinstance(each, (ast.Name, ast.Constant)) for each in sides):
            if self.chance.random() < 0.5:
                return ast.Compare(sides[1], [mirrored()], [sides[0]])
        return node

    def visit_AugAssign(self, node):
        self.generic_visit(node)
        if isinstance(node.target, ast.Name) and isinstance(node.value, ast.Constant):
            return ast.Assign([node.target], ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value))
        return node

    def visit_If(self, node):
        self.generic_visit(node)
        if node.orelse and not isinstance(node.orelse[0], ast.If) and self.chance.random() < 0.5:
            node.test, node.body, node.orelse = ast.UnaryOp(ast.Not(), node.test), node.orelse, node.body
        return node

    def visit_Return(self, node):
        self.generic_visit(node)
        if isinstance(node.value, (ast.BinOp, ast.Call, ast.Tuple)) and self.chance.random() < 0.3:
            return [
                ast.Assign([ast.Name("outcome", ast.Store())], node.value),
                ast.Return(ast.Name("outcome", ast.Load())),
            ]
        return node


class _Reorder(ast.NodeTransformer):
    """Functions, methods and neighbouring assignments in another order, and docstrings that come and go."""

    def __init__(self, chance):
        self.chance = chance

    def visit_Module(self, node):
        self.generic_visit(node)
        node.body = self._shuffled(node.body)
        return node

    def visit_ClassDef(self, node):
        self.generic_visit(node)
        node.body = self._shuffled(self._documented(node.body))
        return node

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.body = self._documented(node.body)
        for place in range(len(node.body) - 1):
            if _independent(*node.body[place : place + 2]):
                node.body[place : place + 2] = node.body[place + 1], node.body[place]
        return node

    def _documented(self, body):
        if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            return body[1:] or [ast.Pass()]
        said = [ast.Expr(ast.Constant(self.chance.choice(REMARKS)))]
        return said + body if self.chance.random() < 0.5 else body

    def _shuffled(self, body):
        """Statements whose neighbouring functions are shuffled, unless one needs another as it is defined."""
        done, run = [], []
        for each in [*body, None]:
            if isinstance(each, ast.FunctionDef) and not each.decorator_list and not _read(each.args):
                run.append(each)
                continue
            self.chance.shuffle(run)
            done, run = done + run + ([each] if each else []), []
        return done


def _independent(one, other):
    """Whether two statements may change places: assignments to other names, at most one of which calls something."""
    if not all(isinstance(each, ast.Assign) for each in (one, other)):
        return False
    if not all(isinstance(target, ast.Name) for each in (one, other) for target in each.targets):
        return False
    calls = sum(isinstance(each, ast.Call) for both in (one, other) for each in ast.walk(both))
    return calls <= 1 and not (_bound(one) & _read(other) or _bound(other) & _read(one))


def _laid_out(code, chance):
    """The text with other quotes, indents, spaces, blank lines and comments."""
    found, tight = [], chance.random() < 0.5
    for line in _with_other_quotes(code):
        text = line.lstrip()
        indent = " " * ((len(line) - len(text)) // 2)
        if tight and not set("'\"") & set(text):
            text = re.sub(r" ([-+*/%<>=]+) ", r"\1", text).replace(", ", ",")
        if chance.random() < 0.15 and not text.startswith(("elif", "else", "except", "finally")):
            found += [f"{indent}# {chance.choice(REMARKS)}"]
        found.append(indent + text + ("  # " + chance.choice(REMARKS) if chance.random() < 0.1 else ""))
        if chance.random() < 0.1:
            found.append("")
    return textwrap.dedent("\n".join(found)) + "\n"


def _with_other_quotes(code):
    """The code with double quotes where nothing speaks against them."""
    lines = code.splitlines()
    for kind, text, (line, start), (_, end), _ in tokenize.generate_tokens(io.StringIO(code).readline):
        if kind == tokenize.STRING and text[0] == "'" and not set('"\\') & set(text):
            lines[line - 1] = f'{lines[line - 1][:start]}"{text[1:-1]}"{lines[line - 1][end:]}'
    return lines
