"""What the grader calls in the judge's kernel."""

from __future__ import annotations

import functools
import linecache
import socket
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from IPython import get_ipython
from IPython.core.error import InputRejected
from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult

from autograder.judge.court.court import Court
from autograder.judge.wire import errors
from autograder.judge.wire.line import CHANNEL

if TYPE_CHECKING:
    import ast

OURS = str(Path(__file__).parents[1])


def open_court(names: Iterable[str], imported: Iterable[str]) -> None:
    """Put stand-ins in the place of these names, in every cell that is run from now on.

    What is `imported` gets one only if it is a function.
    """
    court, shell = _court(), get_ipython()
    court.theirs, court.imported = frozenset(names), frozenset(imported)
    shell.transform_ast = _after_the_call(court, shell.transform_ast)
    shell.set_custom_exc((Exception,), _show_without_us)
    shell.events.register("post_run_cell", lambda result: court.rest())


def note_stopped(source: str, kind: str, text: str, line: int) -> None:
    """Let this session know of a student's cell that stopped, as it knows of its own; line 0 is not known."""
    shell = get_ipython()
    error = errors.rebuilt([[kind, "Exception"], None, text, [(0, "<module>", 1, line, "")] if line else [], []])
    if error.__traceback__ is not None:
        file = error.__traceback__.tb_frame.f_code.co_filename
        linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    result = ExecutionResult(ExecutionInfo(source, True, False, True, None))
    sys.last_value = result.error_in_exec = error
    shell.events.trigger("post_run_cell", result)


def noticed() -> list[str]:
    """What no honest kernel does, a list of sentences."""
    return _court().noticed


@functools.cache
def _court() -> Court:
    """This kernel's end of the connection."""
    return Court(socket.socket(fileno=CHANNEL), get_ipython().user_ns)


def _show_without_us(shell: Any, kind: Any, error: Any, trace: TracebackType, tb_offset: int | None = None) -> None:
    """Show an error as if the student's code had been called without a court between; IPython calls this."""
    shown: list[Any] = []
    while error is not None and error not in shown:
        error.__traceback__ = _without_us(error.__traceback__)
        shown.append(error)
        error = error.__cause__ or error.__context__
    shell.showtraceback(tb_offset=tb_offset, running_compiled_code=trace.tb_frame.f_code.co_name == "run_code")


def _without_us(trace: TracebackType | None) -> TracebackType | None:
    """A traceback that leaves out what lies in this package."""
    kept: list[TracebackType] = []
    while trace is not None:
        if not trace.tb_frame.f_code.co_filename.startswith(OURS):
            kept.append(trace)
        trace = trace.tb_next
    for each, following in zip(kept, [*kept[1:], None]):
        each.tb_next = following
    return kept[0] if kept else None


class _Refused(InputRejected):
    """Why a cell is not run: shown as that sentence alone."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def _after_the_call(court: Court, transform: Callable[[ast.Module], ast.Module]) -> Callable[[ast.Module], ast.Module]:
    """What IPython calls with the syntax tree of each cell before it runs it; the court is called on first.

    A transformer beside IPython's own would have it go through the tree once more.
    """

    def transformed(tree: ast.Module) -> ast.Module:
        try:
            court.bind(tree)
        except KeyboardInterrupt:
            raise _Refused("The notebook's kernel did not answer in time.") from None
        except Exception as fault:
            raise _Refused(str(fault)) from None
        return transform(tree)

    return transformed
