"""A forked kernel, from the inside: it confines itself, and is a Jupyter kernel until it is ended."""

import ctypes
import fcntl
import json
import os
import signal
import sys
import tempfile
from typing import Any

import ipykernel_launcher
from traitlets.config import Config

from autograder import showing
from autograder.kernels import confinement
from autograder.kernels.ipykernel_compat import ForkedKernelApp, light
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
    to_read = asked.readable if request["hides"] else (*asked.readable, *asked.readable_by_tests)
    if enforced.namespaces:
        confinement.enter(folder, to_read, asked.disk_megabytes, TASKS_PER_PROCESS * asked.processes, hidden)
        home, temporary = confinement.HOME, confinement.TEMPORARY
        os.environ |= WITHOUT_NETWORK
        readable, writable = ["/"], [confinement.SUBMISSION, home, temporary, "/dev"]
    else:
        home, temporary = f"{folder}/home", f"{folder}/temporary"
        os.makedirs(home, exist_ok=True)
        os.makedirs(temporary, exist_ok=True)
        os.chdir(f"{folder}/work")
        readable = [*confinement.host_paths(to_read), "/proc", "/dev"]
        writable = [os.getcwd(), home, temporary, "/dev/null", "/dev/shm"]
    os.environ |= request["environment"] | dict.fromkeys(FOLDERS, home) | {"TMPDIR": temporary, "USER": "student"}
    tempfile.tempdir = None
    if enforced.landlock:
        if hidden and not enforced.namespaces:
            confinement.hide(hidden)
        confinement.lock_files(readable, writable)
    if asked.confine:
        confinement.give_up_rights(shares_memory=not enforced.namespaces)
        confinement.limit(asked.cpu_seconds, asked.memory_megabytes, asked.disk_megabytes)
    return home


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
    light(shell)
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
