"""The fork server: one process that has imported what a course needs, and forks a kernel for every submission.

It runs as `python -P -m autograder.kernels.server SETTINGS`, in an environment without secrets, and ends when its
standard input does. For each connection to its socket it forks a keeper, and the keeper forks the kernel.
"""

import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
from dataclasses import asdict, replace

import sandlock

from autograder.kernels import confinement
from autograder.kernels.keeper import LONGEST_MESSAGE, keep, then_exit, weigh
from autograder.kernels.kernel import TASKS_PER_PROCESS
from autograder.kernels.settings import Enforced, Host
from autograder.kernels.warming import warm_up

OF_EVERY_KERNEL = [  # what ipykernel imports when a kernel starts, and what kernels use between them
    "autograder.judge.witness.hiding",
    "autograder.judge.witness.entry",
    "autograder.judge.court.sitting",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "debugpy.server.api",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "tornado.queues",
]


def main() -> None:
    """Import, listen, and fork until standard input ends."""
    host = Host.unpacked(sys.argv[1])
    answer = os.dup(1)
    os.dup2(2, 1)  # a module may print while it is imported
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a keeper
    os.chdir("/")
    gc.disable()  # what is imported stays: looking through it takes a fifth of the time
    for module in [*OF_EVERY_KERNEL, *host.asked.preload]:
        importlib.import_module(module)
    warm_up()
    if host.asked.confine:
        readable = (*host.asked.readable, *confinement.linked_packages())
        host = replace(host, asked=replace(host.asked, readable=readable))
        host = replace(host, enforced=Enforced(_has_namespaces(host), sandlock.landlock_abi_version() > 0))
    gc.freeze()
    gc.enable()
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(host.socket)
        listener.listen(64)
        os.write(answer, json.dumps(asdict(host.enforced)).encode() + b"\n")
        os.close(answer)
        while True:
            ready, _, _ = select.select([listener, sys.stdin], [], [])
            if sys.stdin in ready:
                shutil.rmtree(os.path.dirname(host.socket), ignore_errors=True)
                return
            connection, _ = listener.accept()
            if os.fork() == 0:
                listener.close()
                then_exit(_answer, connection, host)
            connection.close()


def _answer(connection: socket.socket, host: Host) -> None:
    content, files, _, _ = socket.recv_fds(connection, LONGEST_MESSAGE, 1)
    request = json.loads(content)
    if "weigh" in request:
        weigh(connection, request["weigh"])
    else:
        keep(connection, request, files, host)


def _has_namespaces(host: Host) -> bool:
    """Whether this machine lets a process have a world of its own: tried, in a process that is thrown away."""

    def try_it(folder: str) -> None:
        confinement.leave_host()
        if (child := os.fork()) == 0:
            confinement.enter(
                folder, host.asked.readable, host.asked.disk_megabytes, TASKS_PER_PROCESS * host.asked.processes
            )
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status))

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/work")
        if (child := os.fork()) == 0:
            then_exit(try_it, folder)
        _, status = os.waitpid(child, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    return status == 0


if __name__ == "__main__":
    main()
