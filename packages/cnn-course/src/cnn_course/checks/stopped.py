"""Cells of this session that stopped with an error, so that a check can say why a name is missing."""

import linecache
import re
import sys
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from cnn_course.checks.answers import CheckFailed, NotWritten
from cnn_course.checks.saying import first_clause, is_unwritten, shorten
from cnn_course.language import _

MOST_CHARACTERS_OF_A_LINE = 80

PLACE = re.compile(r" \(\S+, line \d+\)$")  # at the end of what a SyntaxError says, with a file that nobody knows

# the cells that stopped when they were run last: id -> (source, error)
_stopped: dict[str, tuple[str, BaseException]] = {}


def listen() -> None:
    """Note each cell that stops, from now on, and the last one that has."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or _note in shell.events.callbacks["post_run_cell"]:
        return
    shell.events.register("post_run_cell", _note)
    before = getattr(sys, "last_value", None)
    if before is not None and not _is_expected(before):
        places = [trace.tb_frame.f_code.co_filename for trace in _frames(before)]
        source = "".join(linecache.getlines((places or [getattr(before, "filename", "")])[0] or ""))
        _stopped[source] = source, before


def why_missing(name: str) -> str | None:
    """What to say of the cell that would have defined a name and stopped; or None."""
    stop = _last(name)
    if stop is None:
        return None
    source, error = stop
    said = first_clause(PLACE.sub("", str(error)))
    what = f"{type(error).__name__}: {said}" if said else type(error).__name__
    place = _place(source, error)
    if place is None:
        return _(
            "{name} is not defined: its cell stopped: {error}.\nFix that, run the cell, then this one.",
            name=name,
            error=what,
        )
    return _(
        "{name} is not defined: its cell stopped at line {line}, `{code}`: {error}.\n"
        "Fix that, run the cell, then this one.",
        name=name,
        line=place[0],
        code=place[1],
        error=what,
    )


def source_of(name: str) -> str | None:
    """The code of the last cell that would have defined a name and stopped, or None."""
    stop = _last(name)
    return None if stop is None else stop[0]


def _last(name: str) -> tuple[str, BaseException] | None:
    return next((stop for stop in reversed(_stopped.values()) if _defines(stop[0], name)), None)


def _note(result: Any) -> None:
    error = result.error_before_exec or result.error_in_exec
    key = getattr(result.info, "cell_id", None) or result.info.raw_cell
    _stopped.pop(key, None)
    if error is not None and not _is_expected(error):
        _stopped[key] = result.info.raw_cell, error


def _is_expected(error: BaseException) -> bool:
    """Whether a check or the stub of a task has stopped the cell."""
    return isinstance(error, (CheckFailed, NotWritten)) or is_unwritten(error)


def _defines(source: str, name: str) -> bool:
    """Whether a cell, which need not be Python throughout, looks as if it gave a value to a name."""
    name = re.escape(name)
    forms = (
        rf"^\s*(async\s+)?(def|class)\s+{name}\b"
        rf"|^[^#=\n(]*\b{name}\b[^=\n(]{{0,200}}(?<![!<>])=(?!=)"
        rf"|^\s*(from|import)\b.*\b{name}\b"
    )
    return re.search(forms, source, re.MULTILINE) is not None


def _place(source: str, error: BaseException) -> tuple[int, str] | None:
    """The number of the line at which a cell stopped, and the line; None if they aren't known."""
    frames = list(_frames(error))
    number = frames[0].tb_lineno if frames else getattr(error, "lineno", None)
    lines = source.splitlines()
    if not number or number > len(lines):
        return None
    line = lines[number - 1].strip()
    line = line if line.isprintable() else ascii(line)[1:-1]
    return number, shorten(line, MOST_CHARACTERS_OF_A_LINE)


def _frames(error: BaseException) -> Iterator[TracebackType]:
    """The parts of a traceback that lie in cells, that of the cell which was run first."""
    trace = error.__traceback__
    while trace is not None:
        if re.search(r"ipykernel|<ipython-input", trace.tb_frame.f_code.co_filename):
            yield trace
        trace = trace.tb_next
