"""The private parts of ipykernel and IPython that a forked kernel changes.

Each is named in the test of private parts, which says what a newer version no longer has.
"""

import ast
import asyncio
import contextlib
import os
import re
import signal
import sys
import threading
import types
import zlib
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import zmq
from ipykernel import ipkernel
from ipykernel.compiler import XCachingCompiler, get_tmp_directory
from ipykernel.iostream import OutStream
from ipykernel.kernelapp import IPKernelApp
from IPython.core import shellapp
from IPython.core.inputtransformer2 import EscapedCommand, HelpEnd, MagicAssign, SystemAssign, TransformerManager
from traitlets import Float, Type, default

IPYTHONS_SYNTAX = [MagicAssign, SystemAssign, EscapedCommand, HelpEnd]
READ_OTHERWISE = re.compile(r"[\\\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # ends of lines; and of escapes Python may warn


class NoThread:
    """Stands for the thread that hands requests to subshells where there is none."""

    def __init__(self) -> None:
        self.parent_thread = threading.main_thread()

    def __bool__(self) -> bool:
        return False


def _computes_in_a_coroutine(frame: types.FrameType | None) -> bool:
    """Whether `frame` is one of the current task's coroutine, and not of the loop.

    The loop carries the coroutine's steps out, and would lose the next one.
    """
    task = asyncio.current_task()
    outermost = task and getattr(task.get_coro(), "cr_frame", None)
    while frame is not None and frame is not outermost:
        frame = frame.f_back
    return frame is not None


class Compiler(XCachingCompiler):
    """ipykernel's own, which gives a cell a file's name that is a sum over its code, and adds that up in Python."""

    def get_code_name(self, raw_code: str, code: str, number: int) -> str:
        return f"{get_tmp_directory()}{os.sep}{zlib.crc32(raw_code.encode())}.py"


class Stream(OutStream):
    """Standard output or error, for whose thread nobody waits if nothing was written."""

    def flush(self) -> None:
        """Send what was written."""
        if self._flush_pending or self._subprocess_flush_pending:
            super().flush()


class ForkedKernel(ipkernel.IPythonKernel):
    """A kernel in which requests come straight to the main thread.

    They take another way for a subshell, and nobody opens one. A reply is not held back for outputs, since who graded
    a cell has waited for the kernel to be idle, too.
    """

    _supports_kernel_subshells = False
    _execute_sleep = Float(0.0)
    compiler_class = Type(Compiler)

    @contextlib.contextmanager
    def _cancel_on_sigint(self, future: asyncio.Future[Any]) -> Iterator[None]:
        """Let an interruption end an `await`, and also what computes in a coroutine.

        While that computes, the loop can't end it.
        """
        with super()._cancel_on_sigint(future):
            cancel_soon: Any = signal.getsignal(signal.SIGINT)

            def cancel(*arguments: Any) -> None:
                cancel_soon(*arguments)
                if _computes_in_a_coroutine(arguments[1]):
                    raise asyncio.CancelledError

            signal.signal(signal.SIGINT, cancel)
            yield


class ForkedKernelApp(IPKernelApp):
    """The application of a `ForkedKernel` whose sockets listen already, at `doors`, a dict of files by port."""

    doors: dict[int, int]

    @default("kernel_class")
    def _default_kernel_class(self) -> type:
        return ForkedKernel

    @default("outstream_class")
    def _default_outstream_class(self) -> str:
        return f"{Stream.__module__}.{Stream.__name__}"

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """There is none, and to make a parser for it takes as long as a test."""

    def _try_bind_socket(self, s: zmq.Socket[Any], port: int) -> int:
        s.setsockopt(zmq.USE_FD, self.doors[port])
        bound: int = super()._try_bind_socket(s, port)
        return bound

    def init_heartbeat(self) -> None:
        """Have none: the keeper says when the kernel ends."""

    def init_control(self, context: zmq.Context[Any]) -> None:
        super().init_control(context)
        self.shell_channel_thread = NoThread()

    def init_path(self) -> None:
        """Let modules beside the notebook be imported, as in every kernel.

        Only the fork server's own flag keeps them from that.
        """
        with mock.patch.object(
            shellapp, "sys", types.SimpleNamespace(path=sys.path, flags=types.SimpleNamespace(safe_path=False))
        ):
            super().init_path()

    def init_kernel(self) -> None:
        """Make the kernel without the debugger's list of the files of all modules.

        The debugger would touch every imported module for it, and so copy 30 MB of shared memory.
        """
        without_modules = types.SimpleNamespace(**vars(sys) | {"modules": {}})
        with mock.patch.object(ipkernel, "sys", without_modules):
            super().init_kernel()


def light(shell: Any) -> None:
    """Let a shell transform each cell and format each error once only, and run what is nested too deeply.

    That then says so.
    """
    manager = shell.input_transformer_manager
    manager.do_token_transforms = _if_not_plain(manager)
    shell.transform_cell = _once_each(shell.transform_cell)
    _keep_as_shown(shell)
    shell.should_run_async = _no_if_too_deep(shell.should_run_async)


def _if_not_plain(manager: TransformerManager) -> Callable[[list[str]], list[str]]:
    """What looks for IPython's own syntax, `files = !ls`, between a cell's tokens, for cells that are not Python's own.

    Before 3.12 Python's tokenizer is written in Python, and takes a tenth of the time of a test.
    """
    transform = manager.do_token_transforms

    def transformed(lines: list[str]) -> list[str]:
        code = "".join(lines)
        if manager.token_transformers == IPYTHONS_SYNTAX and not READ_OTHERWISE.search(code):
            with contextlib.suppress(Exception):  # of many kinds, if it is nested too deeply
                ast.parse(code)
                return lines
        found: list[str] = transform(lines)
        return found

    return transformed


def _once_each(transform: Callable[[str], Any]) -> Callable[[str], Any]:
    """The same function, without a second call for the same string.

    ipykernel and IPython both call it for each cell.
    """
    last: list[Any] = [None, None, None]

    def transformed(cell: str) -> Any:
        if last[0] is not cell:
            last[:] = cell, None, None
            try:
                last[1] = transform(cell)
            except Exception as error:
                last[2] = error
        if last[2] is not None:
            raise last[2]
        return last[1]

    return transformed


def _keep_as_shown(shell: Any) -> None:
    """Let IPython's history have an error as it was shown; it would format it again."""
    show = shell._showtraceback
    last: list[Any] = [None, []]

    def shown(kind: Any, error: Any, lines: list[str]) -> None:
        last[:] = error, lines
        show(kind, error, lines)

    def stored(error: BaseException, *_: Any) -> dict[str, Any]:
        lines = last[1] if last[0] is error else []
        return {"ename": type(error).__name__, "evalue": str(error), "traceback": lines}

    shell._showtraceback = shown
    shell._format_exception_for_storage = stored


def _no_if_too_deep(asks: Callable[..., bool]) -> Callable[..., bool]:
    """The same question of a cell, answered with no if it is nested too deeply for Python.

    If it is run, it says so; if it is asked about, it would be silent.
    """

    def asked(*arguments: Any, **settings: Any) -> bool:
        try:
            return asks(*arguments, **settings)
        except RecursionError:
            return False

    return asked
