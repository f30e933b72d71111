"""The code of a cell as messages: its comments, its docstrings, and the strings that somebody reads."""

import ast
import inspect
import io
import re
import textwrap
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SHOWING = ("figures.", "explorers.", "print", "pd.")  # calls whose single words are read as well
CHECKS = "cnn_course.checks"  # a cell that checks
SHOWN, NAMES, TOP, CODE = "a call that shows", "names in a list of a cell's own", "a cell's own code", "any code"
WIDTH = 100
PLACE = re.compile(r"(?<!\{)\{[^{}]+\}(?!\})")  # an expression in the braces of an f-string


@dataclass(frozen=True)
class Piece:
    """A message, and the characters of the code that stand for it."""

    start: int
    end: int
    message: str
    written: Callable[[str], str]  # the code for a translation


def messages(code: str) -> Iterator[str]:
    """What is to be translated, in its order."""
    for piece in _pieces(code):
        yield piece.message


def translated(code: str, translate: Callable[[str], str]) -> str:
    """The code with each of its messages replaced by what `translate` gives for it."""
    for piece in reversed(_pieces(code)):
        said = translate(piece.message)
        if said != piece.message:
            code = code[: piece.start] + piece.written(said) + code[piece.end :]
    return code


def places(message: str) -> list[str]:
    """The expressions in braces of the message of an f-string, braces included."""
    return PLACE.findall(message)


def _pieces(code: str) -> list[Piece]:
    starts = [0]
    for line in code.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    found = [*_comments(code, starts), *_strings(code, starts)]
    return sorted(found, key=lambda piece: piece.start)


def _comments(code: str, starts: list[int]) -> Iterator[Piece]:
    """Comments; those on lines of their own, one after another, are one message."""
    run: list[tokenize.TokenInfo] = []
    for token in [each for each in _tokens(code) if each.type not in (tokenize.NL, tokenize.NEWLINE)]:
        alone = token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip()
        follows = bool(run) and alone and (token.start[0], token.start[1]) == (run[-1].start[0] + 1, run[-1].start[1])
        if run and not follows:
            yield _comment(run, starts)
            run = []
        if token.type == tokenize.COMMENT and not token.string.startswith("###"):
            run.append(token)
            if not alone:
                yield _comment(run, starts, beside_code=True)
                run = []


def _tokens(code: str) -> Iterator[tokenize.TokenInfo]:
    yield from tokenize.generate_tokens(io.StringIO(code).readline)


def _comment(run: list[tokenize.TokenInfo], starts: list[int], beside_code: bool = False) -> Piece:
    margin = "\n" + " " * run[0].start[1]
    lines = lambda said: [said.replace("\n", " ")] if beside_code else said.split("\n")
    return Piece(
        start=starts[run[0].start[0] - 1] + run[0].start[1],
        end=starts[run[-1].end[0] - 1] + run[-1].end[1],
        message="\n".join(token.string.removeprefix("#").removeprefix(" ") for token in run),
        written=lambda said: margin.join(f"# {line}".rstrip() for line in lines(said)),
    )


def _strings(code: str, starts: list[int]) -> Iterator[Piece]:
    tree = ast.parse(code)
    docstrings = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}
    for node, shown in _texts(tree, CODE if CHECKS in code else TOP):
        lines = code.splitlines(keepends=True)
        place = [
            starts[line - 1] + len(lines[line - 1].encode()[:column].decode())
            for line, column in ((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset))
        ]
        message = _message(node)
        if id(node) in docstrings:
            margin = " " * node.col_offset
            yield Piece(*place, inspect.cleandoc(message), lambda said, margin=margin: _docstring(said, margin))
        elif _is_read(node, shown):
            several = node.end_lineno > node.lineno
            yield Piece(*place, message, lambda said, node=node, several=several: _literal(said, node, several))


def _has_docstring(node: ast.AST) -> bool:
    return isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)) and ast.get_docstring(node) is not None


def _texts(node: ast.AST, within: str) -> Iterator[tuple[ast.expr, bool]]:
    """All strings, outermost ones only, and whether a single word among them is shown."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        yield node, within in (SHOWN, NAMES)
        return
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name.endswith(".split"):
            return
        within = SHOWN if within == SHOWN or name.startswith(SHOWING) else CODE
    elif within == TOP and isinstance(node, (ast.List, ast.Tuple, ast.Dict)):
        within = NAMES
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield from _texts(node.value, within)  # and not the key that is looked up
        return
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.keyword) and child.arg == "alt" and _is_key(child.value)):
            yield from _texts(child, within)


def _is_key(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and " " not in str(node.value)


def _message(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return node.value
    return "".join(
        value.value.replace("{", "{{").replace("}", "}}") if isinstance(value, ast.Constant) else _place(value)
        for value in node.values
    )


def _place(value: ast.FormattedValue) -> str:
    conversion = f"!{chr(value.conversion)}" if value.conversion > 0 else ""
    specification = f":{_message(value.format_spec)}" if value.format_spec else ""
    return f"{{{ast.unparse(value.value)}{conversion}{specification}}}"


def _is_read(node: ast.expr, shown: bool) -> bool:
    """Whether a string is a text for a reader: words with a space between them, or any word in what is shown."""
    words = (
        "".join(value.value for value in node.values if isinstance(value, ast.Constant))
        if isinstance(node, ast.JoinedStr)
        else node.value
    )
    return bool(re.search(r"[A-Za-z]{2}", words)) and (shown or " " in words.strip())


def _docstring(said: str, margin: str) -> str:
    first, *rest = re.sub(r'\\|"(?="")|"$', r"\\\g<0>", said).split("\n")
    body = "\n".join([first, *(textwrap.indent(line, margin) for line in rest)])
    return f'"""{body}\n{margin}"""' if rest else f'"""{body}"""'


def _literal(said: str, node: ast.expr, several: bool) -> str:
    """A string literal; of several pieces on lines of their own where the original is."""
    prefix = "f" if isinstance(node, ast.JoinedStr) else ""
    parts = [said]
    if several and len(said) > WIDTH:
        parts = re.findall(r"(?:\{[^{}]*\}|[^\s{}]|[{}])+\s*|\s+", said) if prefix else re.findall(r"\S+\s*|\s+", said)
        parts = _filled(parts)
    return ("\n" + " " * node.col_offset).join(f"{prefix}{_quoted(part, prefix)}" for part in parts)


def _filled(words: list[str]) -> list[str]:
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) > WIDTH:
            lines.append("")
        lines[-1] += word
    return [line for line in lines if line]


def _quoted(text: str, prefix: str) -> str:
    """The text in double quotes, with the expressions of an f-string as they are."""
    pieces = re.split(f"({PLACE.pattern})", text) if prefix else [text]
    escaped = [
        piece
        if prefix and PLACE.fullmatch(piece)
        else piece.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        for piece in pieces
    ]
    return f'"{"".join(escaped)}"'
