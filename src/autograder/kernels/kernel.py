"""A forked kernel, from the inside: it confines itself, and is a Jupyter kernel until it is ended."""

import ctypes
import fcntl
import json
import os
import signal
import sys
import tempfile
import traceback
import types
from unittest import mock

from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from autograder.kernels import confinement

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
TASKS_PER_PROCESS = 5  # threads are tasks too, and libraries start one per core
STEPS_BEHIND = 10  # student code waits for the keeper and the grader, however many processes it starts
FIRST_FREE = 3  # after standard input, output and error


def first_files(*files):
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
        home = _confine(request, settings)
        application = _kernel(request["connection"], home)
    except BaseException as error:
        os.write(tell, traceback.format_exception_only(error)[-1].strip().encode())
        raise
    os.write(tell, READY)
    os.close(tell)
    application.start()


def _confine(request, settings):
    """Lock this process in as far as the settings say, make its environment that of a student, and return its home."""
    folder = request["folder"]
    hidden = confinement.imported_files(settings["hidden"]) if request["hides"] else []
    if settings["namespaces"]:
        confinement.enter(
            folder, settings["readable"], settings["disk_megabytes"], TASKS_PER_PROCESS * settings["processes"], hidden
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
        if hidden and not settings["namespaces"]:
            confinement.hide(hidden)
        confinement.lock_files(readable, writable)
    if settings["confine"]:
        confinement.limit(settings["cpu_seconds"], settings["memory_megabytes"], settings["disk_megabytes"])
    return home


class ForkedKernelApp(IPKernelApp):
    """A kernel in which requests come straight to the main thread: nobody opens a subshell, for which they take another way."""

    def parse_command_line(self, argv=None):
        """There is none, and to make a parser for it takes as long as a test."""

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
    application = ForkedKernelApp.instance(connection_file=file, config=Config({"HistoryManager": {"enabled": False}}))
    application.initialize()
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
