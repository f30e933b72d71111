"""Start a fork server, and find the one that this process may use."""

import atexit
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.kernels.settings import Enforced, Host, KernelSettings

PASSED_ON = (
    "PATH", "LANG", "LANGUAGE", "TZ", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPATH", "HOME",
    "MPLCONFIGDIR", "KERAS_HOME",
)  # fmt: skip
LONGEST_FOLDER_NAME = 70  # of a socket, in a folder in it: 107


class NoForkServer(Exception):
    """There can be no fork server here; the message says why."""


@dataclass
class ForkServer:
    """A running fork server: the path of its socket, and what it can enforce."""

    path: str
    enforced: Enforced = Enforced()
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def lives(self) -> bool:
        """Whether it still runs, as far as this process can know."""
        return self.process is None or self.process.poll() is None

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"process": None}

    def stop(self) -> None:
        """End it; the kernels that it forked go on."""
        if self.process is not None:
            pipes = self.process.stdin, self.process.stdout
            assert pipes[0] is not None and pipes[1] is not None
            pipes[0].close()
            self.process.wait()
            pipes[1].close()
            shutil.rmtree(os.path.dirname(self.path), ignore_errors=True)


def place_for_sockets(folder: str) -> str:
    """The folder, or another one if names of sockets in it would be too long for the system."""
    return folder if len(os.fsencode(folder)) <= LONGEST_FOLDER_NAME else "/tmp"


def start(settings: KernelSettings) -> ForkServer | None:
    """Start a fork server, which then imports what it needs; `started` waits until it is ready.

    Parameters
    ----------
    settings : KernelSettings

    Returns
    -------
    ForkServer or None
        None on systems that can't have one.
    """
    if not sys.platform.startswith("linux"):
        return None
    folder = tempfile.mkdtemp(prefix="forks-", dir=place_for_sockets(tempfile.gettempdir()))
    with open(f"{folder}/said", "w") as said:
        process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-m",
                "autograder.kernels.server",
                Host(settings, f"{folder}/socket").packed(),
            ],
            env=_environment(settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            start_new_session=True,
        )
    return ForkServer(f"{folder}/socket", process=process)


def started(server: ForkServer | None) -> ForkServer:
    """Wait until a server that `start` returned is ready, and return it with what it can enforce.

    Raises
    ------
    NoForkServer
        If there is none, or it ended instead.
    """
    if server is None or server.process is None:
        raise NoForkServer("forked kernels need Linux")
    assert server.process.stdout is not None
    answer = server.process.stdout.readline()
    if answer:
        return replace(server, enforced=Enforced(**json.loads(answer)))
    server.process.wait()
    lines = Path(server.path).with_name("said").read_text(errors="replace").strip().splitlines()
    server.stop()
    # Python begins with the class of an error.
    why = re.sub(r"^[\w.]+: ", "", lines[-1]) if lines else "it did not say why"
    raise NoForkServer(f"the process that forks kernels could not start ({why})")


def usable(shared: ForkServer | None, settings: KernelSettings) -> ForkServer:
    """The fork server to use now: the shared one if there is one, else this process' own, which is started if need be.

    Parameters
    ----------
    shared : ForkServer or None
        What another process of this machine started.
    settings : KernelSettings
    """
    global _own
    with _one_at_a_time:
        if _own is None and shared is not None:
            return shared
        if _own is None or not _own.lives:
            _own = started(start(settings))
            atexit.register(_own.stop)
        return _own


_own: ForkServer | None = None
_one_at_a_time = threading.Lock()


def answers(path: str) -> bool:
    """Whether a fork server listens at this path."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as probe:
        return probe.connect_ex(path) == 0


def _environment(settings: KernelSettings) -> dict[str, str]:
    """The grader's environment without anything that could be a secret."""
    names = {*PASSED_ON, *settings.pass_on}
    kept = {name: value for name, value in os.environ.items() if name in names or name.startswith("LC_")}
    return kept | {"NBGRADER_EXECUTION": "autograde"} | settings.environment
