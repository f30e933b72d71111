"""A forked kernel, from the inside: it confines itself, and is a Jupyter kernel until it is ended."""

import asyncio
import contextlib
import ctypes
import fcntl
import json
import os
import signal
import sys
import tempfile
import threading
import types
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import ipykernel_launcher
import zmq
from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core import shellapp
from traitlets import default
from traitlets.config import Config

from autograder import showing
from autograder.kernels import confinement
from autograder.kernels.settings import Host

PR_SET_PDEATHSIG = 1
READY = b"ready"
FOLDERS = [
    "HOME",
    "IPYTHONDIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_RUNTIME_DIR",
    "MPLCONFIGDIR",
    "KERAS_HOME",
]
WITHOUT_NETWORK = {"PIP_RETRIES": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}  # `!pip install` would try for long
TASKS_PER_PROCESS = 5  # threads are tasks too, and libraries start one per core
STEPS_BEHIND = 10  # student code waits for the keeper and the grader, however many processes it starts
FIRST_TO_BE_ENDED = 1000
FIRST_FREE = 3  # after standard input, output and error


def first_files(*files: int) -> list[int]:
    """The files under the first free numbers, from `FIRST_FREE` on; the second has the number `CHANNEL`."""
    aside = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 100) for each in files]
    return [os.dup2(each, FIRST_FREE + place, inheritable=False) for place, each in enumerate(aside)]


def become_kernel(request: dict[str, Any], host: Host, doors: dict[int, int], files: list[int]) -> None:
    """Confine this process, and be a Jupyter kernel until it is ended.

    Parameters
    ----------
    request : dict
    host : Host
    doors : dict of int to int
        For each port, the file of a socket that listens there.
    files : list of int
        What stays open, in order. What goes wrong is written to the first.
    """
    tell = files[0]
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        os.setsid()
        _take_no_precedence()
        for number in (0, 1, 2):
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
        os.closerange(files[-1] + 1, os.sysconf("SC_OPEN_MAX"))
        home = _confine(request, host)
        application = _kernel(request["connection"], home, doors)
    except BaseException as error:
        file = getattr(error, "filename", None)
        where = f" ({file})" if file else ""
        os.write(tell, f"{showing.fault(error)}{where}".encode(errors="replace"))
        raise
    os.write(tell, READY)
    os.close(tell)
    application.start()


def _take_no_precedence() -> None:
    """Wait for the keeper and the grader, and be the first that is ended when memory is short.

    That holds whatever they were started with.
    """
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    os.nice(STEPS_BEHIND)
    with open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
        score.write(str(FIRST_TO_BE_ENDED))


def _confine(request: dict[str, Any], host: Host) -> str:
    """Lock this process in as far as is asked and the machine can, and return its home.

    Its environment becomes that of a student.
    """
    folder, asked, enforced = request["folder"], host.asked, host.enforced
    hidden = confinement.imported_files(asked.hidden) if request["hides"] else []
    if enforced.namespaces:
        confinement.enter(folder, asked.readable, asked.disk_megabytes, TASKS_PER_PROCESS * asked.processes, hidden)
        home, temporary = confinement.HOME, confinement.TEMPORARY
        os.environ |= WITHOUT_NETWORK
        readable, writable = ["/"], [confinement.SUBMISSION, home, temporary, "/dev"]
    else:
        home, temporary = f"{folder}/home", f"{folder}/temporary"
        os.makedirs(home, exist_ok=True)
        os.makedirs(temporary, exist_ok=True)
        os.chdir(f"{folder}/work")
        readable = [*confinement.host_paths(asked.readable), "/proc", "/dev"]
        writable = [os.getcwd(), home, temporary, "/dev/null", "/dev/shm"]
    os.environ |= dict.fromkeys(FOLDERS, home) | {"TMPDIR": temporary, "USER": "student"}
    tempfile.tempdir = None
    if enforced.landlock:
        if hidden and not enforced.namespaces:
            confinement.hide(hidden)
        confinement.lock_files(readable, writable)
    if asked.confine:
        confinement.give_up_rights(shares_memory=not enforced.namespaces)
        confinement.limit(asked.cpu_seconds, asked.memory_megabytes, asked.disk_megabytes)
    return home


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


class ForkedKernel(ipkernel.IPythonKernel):
    """A kernel in which requests come straight to the main thread.

    They take another way for a subshell, and nobody opens one.
    """

    _supports_kernel_subshells = False

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


def _kernel(connection: dict[str, Any], home: str, doors: dict[int, int]) -> ForkedKernelApp:
    """A Jupyter kernel that listens already."""
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # or all kernels would draw the same
    file = f"{home}/kernel.json"
    with open(file, "w", encoding="utf-8") as out:
        json.dump(connection, out)
    sys.argv[:] = [ipykernel_launcher.__file__, "-f", file]
    sys.orig_argv[:] = [sys.executable, "-m", "ipykernel_launcher", *sys.argv[1:]]
    application = ForkedKernelApp.instance(connection_file=file, config=Config({"HistoryManager": {"enabled": False}}))
    application.doors = doors
    application.initialize()
    shell: Any = application.shell
    shell.transform_cell = _once_each(shell.transform_cell)
    shell.should_run_async = _no_if_too_deep(shell.should_run_async)
    if not _has_terminals():
        shell.system = shell.system_raw
    return application


def _has_terminals() -> bool:
    try:
        for each in os.openpty():
            os.close(each)
    except OSError:
        return False
    return True


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
