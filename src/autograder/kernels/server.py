"""The fork server: one process that has imported what a course needs, and forks a kernel from itself for every submission.

It runs as `python -P -m autograder.kernels.server SETTINGS`, in an environment without secrets, and ends when its standard input does. For
each connection to its socket it forks a keeper, and the keeper forks the kernel. The keeper stays outside of the confinement: it watches
what the kernel uses, says how it ended, and ends it when the connection is closed, so that no kernel outlives its grading.
"""

import contextlib
import ctypes
import fcntl
import gc
import glob
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import traceback
import types
from unittest import mock

import psutil
import sandlock
from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp

from autograder.kernels import confinement

SECONDS_BETWEEN_LOOKS = 0.25
PR_SET_PDEATHSIG = 1
READY = b"ready"
LONGEST_MESSAGE = 2**16
OF_EVERY_KERNEL = [  # what ipykernel imports when a kernel starts, and what kernels use between them
    "autograder.judge.sitting",
    "IPython.core.completerlib",
    "IPython.extensions.storemagic",
    "debugpy.server.api",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "tornado.queues",
]
FOLDERS = [
    "HOME",
    "IPYTHONDIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_RUNTIME_DIR",
    "MPLCONFIGDIR",
    "KERAS_HOME",
]
TASKS_PER_PROCESS = 5  # threads are tasks too, and libraries start one per core
STEPS_BEHIND = 10  # student code waits for the keeper and the grader, however many processes it starts
FIRST_FREE = 3  # after standard input, output and error


def main():
    """Import, listen, and fork until standard input ends."""
    settings = json.loads(sys.argv[1])
    answer = os.dup(1)
    os.dup2(2, 1)  # a module may print while it is imported
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a keeper
    os.chdir("/")
    gc.disable()  # what is imported stays: looking through it takes a fifth of the time
    if sys.modules.get("rfc3987_syntax", True) is None:  # student code may import it
        del sys.modules["rfc3987_syntax"]
    for module in [*OF_EVERY_KERNEL, *settings["preload"]]:
        importlib.import_module(module)
    if settings["confine"]:
        settings |= {"namespaces": _has_namespaces(settings), "landlock": sandlock.landlock_abi_version() > 0}
    else:
        settings |= {"namespaces": False, "landlock": False}
    gc.collect()
    gc.freeze()
    gc.enable()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(settings["socket"])
        listener.listen(64)
        os.write(answer, json.dumps({each: settings[each] for each in ("namespaces", "landlock")}).encode() + b"\n")
        os.close(answer)
        while True:
            ready, _, _ = select.select([listener, sys.stdin], [], [])
            if sys.stdin in ready:
                shutil.rmtree(os.path.dirname(settings["socket"]), ignore_errors=True)
                return
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                _then_exit(_answer, connection, settings)
            connection.close()


def _answer(connection, settings):
    content, files, _, _ = socket.recv_fds(connection, LONGEST_MESSAGE, 1)
    request = json.loads(content)
    if "weigh" in request:
        _weigh(connection, request["weigh"])
    else:
        keep(connection, request, files, settings)


def keep(connection, request, files, settings):
    """Fork a kernel as the request asks for, give it the files as its `CHANNEL`, and stay until it ends or the connection does."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    if settings["namespaces"]:
        confinement.leave_host()
    is_ready, tell = os.pipe()
    kernel = os.fork()
    if kernel == 0:
        _then_exit(become_kernel, request, settings, *_first_files(tell, *files))
    for each in (tell, *files):
        os.close(each)
    with os.fdopen(is_ready, "rb") as pipe:
        said = pipe.read()
    fault = "" if said == READY else said.decode(errors="replace") or "it ended while it started"
    connection.send(json.dumps({"pid": kernel, "fault": fault}).encode())
    reason = _watch(kernel, connection, settings)
    if reason:  # said at once, since many processes take long to end
        _say_end(connection, -signal.SIGKILL, reason)
    _end(kernel, settings["namespaces"])
    _, status = os.waitpid(kernel, 0)
    _say_end(connection, os.waitstatus_to_exitcode(status), "")


def _first_files(*files):
    """The files under the first free numbers, `FIRST_FREE` and, of two, `CHANNEL`."""
    aside = [fcntl.fcntl(each, fcntl.F_DUPFD_CLOEXEC, 100) for each in files]
    return [os.dup2(each, FIRST_FREE + place, inheritable=False) for place, each in enumerate(aside)]


def become_kernel(request, settings, tell, *channel):
    """Confine this process, and be a Jupyter kernel until it is ended; what went wrong is written to the file `tell`."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        os.setsid()
        os.nice(STEPS_BEHIND)
        for number in (0, 1, 2):
            os.dup2(os.open(os.devnull, os.O_RDWR), number)
        os.closerange(tell + 1 + len(channel), os.sysconf("SC_OPEN_MAX"))
        home = _confine(request["folder"], settings)
        application = _kernel(request["connection"], home)
    except BaseException as error:
        os.write(tell, traceback.format_exception_only(error)[-1].strip().encode())
        raise
    os.write(tell, READY)
    os.close(tell)
    application.start()


def _confine(folder, settings):
    """Lock this process in as far as the settings say, make its environment that of a student, and return its home."""
    if settings["namespaces"]:
        confinement.enter(
            folder, settings["readable"], settings["disk_megabytes"], TASKS_PER_PROCESS * settings["processes"]
        )
        home, temporary = confinement.HOME, confinement.TEMPORARY
        readable, writable = ["/"], [confinement.SUBMISSION, home, temporary, "/dev"]
    else:
        home, temporary = f"{folder}/home", f"{folder}/temporary"
        os.makedirs(home, exist_ok=True)
        os.makedirs(temporary, exist_ok=True)
        os.chdir(f"{folder}/work")
        readable = [*confinement.host_paths(settings["readable"]), "/proc", "/dev"]
        writable = [folder, "/dev/null", "/dev/shm"]
    os.environ |= dict.fromkeys(FOLDERS, home) | {"TMPDIR": temporary, "USER": "student"}
    tempfile.tempdir = None
    if settings["landlock"]:
        confinement.lock_files(readable, writable)
    if settings["confine"]:
        confinement.limit(settings["cpu_seconds"], settings["memory_megabytes"], settings["disk_megabytes"])
    return home


class ForkedKernelApp(IPKernelApp):
    """A kernel in which requests come straight to the main thread: nobody opens a subshell, for which they take another way."""

    def init_control(self, context):
        super().init_control(context)
        self.shell_channel_thread = None

    def init_kernel(self):
        """Make the kernel, whose debugger would touch every imported module for its list of their files, and so copy 30 MB of shared memory."""
        without_modules = types.SimpleNamespace(**vars(sys) | {"modules": {}})
        with mock.patch.object(ipkernel, "sys", without_modules):
            super().init_kernel()


def _kernel(connection, home):
    """A Jupyter kernel that listens already."""
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # or all kernels would draw the same
    file = f"{home}/kernel.json"
    with open(file, "w", encoding="utf-8") as out:
        json.dump(connection, out)
    application = ForkedKernelApp.instance()
    application.initialize(["-f", file, "--HistoryManager.enabled=False"])
    application.shell.transform_cell = _once_each(application.shell.transform_cell)
    return application


def _once_each(transform):
    """The same function, which ipykernel and IPython both call for each cell, without the second time for the same string."""
    last = [None, None]

    def transformed(cell):
        if last[0] is not cell:
            last[:] = cell, transform(cell)
        return last[1]

    return transformed


def _watch(kernel, connection, settings):
    """Wait until the kernel or the connection ends, or the kernel must be ended; return why it must."""
    handle = os.pidfd_open(kernel)
    bound = settings["memory_megabytes"] * confinement.MEGABYTE
    scales = None
    while True:
        ready, _, _ = select.select([handle, connection, *([scales] if scales else [])], [], [], SECONDS_BETWEEN_LOOKS)
        if handle in ready or connection in ready:
            return ""
        family = _family(kernel) if settings["confine"] else []
        if len(family) > settings["processes"]:
            return f"it started more than {settings['processes']} processes"
        if scales in ready:
            if json.loads(scales.recv(LONGEST_MESSAGE) or b"0") > bound:
                return f"it used more than {settings['memory_megabytes']:,} MB of memory"
            scales.close()
            scales = None
        if scales is None and sum(map(_own_bytes, family)) > bound:
            # Parts may be shared and counted several times. What counts once takes long to find out while processes fork.
            scales = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            scales.connect(settings["socket"])
            scales.send(json.dumps({"weigh": family}).encode())


def _weigh(connection, processes):
    """Say how many bytes of memory processes use together."""
    total = 0
    for process in processes:
        with contextlib.suppress(psutil.Error):
            total += psutil.Process(process).memory_full_info().pss
    connection.send(json.dumps(total).encode())


def _say_end(connection, code, reason):
    with contextlib.suppress(OSError):  # nobody may listen any more
        connection.send(json.dumps({"exit": code, "reason": reason}).encode())


def _family(kernel):
    """The kernel and the processes that it started, as numbers, without a look at every process of the machine."""
    family = [kernel]
    for process in family:
        for file in glob.iglob(f"/proc/{process}/task/*/children"):
            with contextlib.suppress(OSError), open(file, encoding="ascii") as children:
                family += map(int, children.read().split())
    return family


def _own_bytes(process):
    """The memory of a process that it does not share with files or other processes by intent."""
    try:
        with open(f"/proc/{process}/statm", encoding="ascii") as pages:
            _, resident, shared, *_ = map(int, pages.read().split())
    except OSError:
        return 0
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


def _end(kernel, namespaces):
    """End the kernel and all that it started: in a PID namespace that ends with its first process."""
    if not namespaces:
        with contextlib.suppress(psutil.NoSuchProcess):
            for process in psutil.Process(kernel).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
    os.kill(kernel, signal.SIGKILL)


def _has_namespaces(settings):
    """Whether this machine lets a process have a world of its own: tried, in a process that is thrown away."""

    def try_it():
        confinement.leave_host()
        if (child := os.fork()) == 0:
            with tempfile.TemporaryDirectory() as folder:
                os.mkdir(f"{folder}/work")
                confinement.enter(
                    folder, settings["readable"], settings["disk_megabytes"], TASKS_PER_PROCESS * settings["processes"]
                )
                os._exit(0)
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status))

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if child == 0:
        _then_exit(try_it)
    _, status = os.waitpid(child, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    return status == 0


def _then_exit(function, *arguments):
    """Call a function in a forked process, which ends with it and never returns into its parent's code."""
    try:
        function(*arguments)
    except BaseException:
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
