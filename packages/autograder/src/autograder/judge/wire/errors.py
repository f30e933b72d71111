"""Exceptions as data: their type by name, what they say, and the lines of the notebook that they came through."""

from __future__ import annotations

import ast
import builtins
import functools
import inspect
import linecache
import re
import traceback
from collections.abc import Iterator, Sequence
from types import CodeType, TracebackType
from typing import Any

MOST_FRAMES = 30
MOST_CHARACTERS = 10_000
MOST_CHARACTERS_OF_CELLS = 50_000
SIMPLE = (type(None), bool, int, float, str)
CELL = re.compile(r"ipykernel_\d+[/\\](\d+)\.py")
LAST_LINE = 100_000
BEGIN = re.compile(r"\s*(?:async\s+)?def\s|\s*@|.*\blambda\b")  # where `inspect` looks for the beginning of a function


def described(
    error: BaseException,
) -> tuple[list[str], tuple[Any, ...] | None, str, list[tuple[int, str, int, int, str]], list[tuple[int, str]]]:
    """What travels in place of an exception: a tuple of simple things."""
    names = [kind.__name__ for kind in type(error).__mro__]
    arguments = error.args if all(type(each) in SIMPLE for each in error.args) else None
    found = [
        (int(cell[1]), frame.f_code, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if (cell := CELL.search(frame.f_code.co_filename)) and line
    ][-MOST_FRAMES:]
    frames = [
        (number, code.co_qualname, code.co_firstlineno, line, _line(code.co_filename, line))
        for number, code, line in found
    ]
    cells = {number: "".join(linecache.getlines(code.co_filename)) for number, code, _ in found}
    return names, _shortened(arguments), _text(error), frames, _not_too_long(cells)


def rebuilt(description: Any) -> BaseException:
    """The exception of a description; one of a type that is not Python's own is derived from the next that is.

    Raises
    ------
    TypeError, ValueError
        If the description is none.
    """
    names, arguments, text, frames, cells = description
    kind = kind_of(names)
    try:
        error = kind(*(arguments if arguments is not None else [str(text)]))
    except Exception:  # some need certain arguments
        error = _kind(str(names[0]), Exception)(str(text))
    for number, code in cells:
        _remember(number, code)
    return error.with_traceback(_trace(frames))


def kind_of(names: Sequence[Any]) -> type[BaseException]:
    """The type of an exception whose classes have these names, the most special first.

    It is derived from Exception if it is not one of Python's.
    """
    bases: Iterator[Any] = map(_builtin, names)
    return _kind(str(names[0]), next((each for each in bases if each), Exception))


def _text(error: BaseException) -> str:
    try:
        return str(error)[:MOST_CHARACTERS]
    except Exception:
        return ""


def _line(file: str, number: int) -> str:
    return linecache.getline(file, number).strip()[:MOST_CHARACTERS]


def _not_too_long(cells: dict[int, str]) -> list[tuple[int, str]]:
    """As a list, those of the cells, a dict of code by number, that may travel."""
    left, kept = MOST_CHARACTERS_OF_CELLS, []
    for number, code in cells.items():
        if len(code) <= left:
            left -= len(code)
            kept.append((number, code))
    return kept


def _shortened(arguments: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    return arguments and tuple(each[:MOST_CHARACTERS] if type(each) is str else each for each in arguments)


def _builtin(name: Any) -> type[BaseException] | None:
    """Python's own exception of this name that a `try` of a test may catch, or None."""
    kind = getattr(builtins, name, None) if type(name) is str else None
    if not (isinstance(kind, type) and issubclass(kind, BaseException)):
        return None
    return kind if issubclass(kind, Exception) or kind in (SystemExit, KeyboardInterrupt) else None


@functools.lru_cache(maxsize=1000)
def _kind(name: str, base: type[BaseException]) -> type[BaseException]:
    return base if name == base.__name__ else type(name[:100], (base,), {})


def _remember(number: Any, code: Any) -> None:
    """Let the line cache know the code of a cell."""
    if not (type(number) is int and type(code) is str and len(code) <= MOST_CHARACTERS_OF_CELLS):
        raise ValueError("no cell")
    _cache(_file(number), code.splitlines(keepends=True))


def _trace(frames: Sequence[Any]) -> TracebackType | None:
    """A traceback through these lines of cells, which the line cache then knows; None if there are none."""
    last: TracebackType | None = None
    for number, name, first, line, code in reversed(frames):
        integers, strings = (number, first, line), (name, code)
        if not all(type(each) is int for each in integers) or not all(type(each) is str for each in strings):
            raise ValueError("no frame")
        if not 0 < first <= line < LAST_LINE:
            raise ValueError("no frame")
        file = _file(number)
        entry: Any = linecache.cache.get(file, (0, None, [], file))
        _, _, lines, _ = entry
        lines += ["\n"] * (line - len(lines))
        if not lines[line - 1].strip():
            lines[line - 1] = f"{code}\n"
        _cache(file, lines)
        trace: TracebackType = _raised_in(_code(file, name, first, line, "".join(lines)))
        trace.tb_next, last = last, trace
    return last


def _file(number: int) -> str:
    return f"ipykernel_of_student/{number}.py"


def _cache(file: str, lines: list[str]) -> None:
    linecache.cache[file] = len(lines), None, lines, file


@functools.lru_cache(maxsize=1000)
def _code(file: str, name: str, first: int, line: int, cell: str) -> CodeType:
    """Code that fails at a line of a cell, in a function with this qualified name and first line."""
    code = _failing(file, first, line).replace(co_name=name.rpartition(".")[2], co_qualname=name)
    try:
        lines = cell.splitlines(keepends=True)
        start = next((place for place in range(first - 1, 0, -1) if BEGIN.match(lines[place])), 0)
        inspect.getblock(lines[start:])
    except Exception:  # IPython can't show a function that the lines don't hold, but the lines of a module
        return _failing(file, 1, line).replace(co_qualname=name)
    return code


def _failing(file: str, first: int, line: int) -> CodeType:
    tree = ast.parse("raise Exception")
    for node in ast.walk(tree):
        if isinstance(node, (ast.stmt, ast.expr)):
            node.lineno = node.end_lineno = line - first + 1
            node.col_offset = node.end_col_offset = -1  # no column is known
    return compile(tree, file, "exec").replace(co_firstlineno=first)


def _raised_in(code: CodeType) -> Any:
    try:
        exec(code, {"__name__": "__main__"})
    except Exception as error:
        trace: Any = error.__traceback__
        return trace.tb_next
