"""The keeper of a kernel: forks it and stays outside of its confinement.

It watches what the kernel uses, says how it ended, and ends it when the connection is closed, so that no kernel
outlives its grading.
"""

import contextlib
import json
import os
import select
import signal
import socket
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

import psutil

from autograder.kernels import confinement
from autograder.kernels.kernel import READY, become_kernel, first_files
from autograder.kernels.processes import address_bytes, family, own_bytes, shared_bytes, weight
from autograder.kernels.settings import Host

SECONDS_BETWEEN_LOOKS = 0.25
LONGEST_MESSAGE = 2**16


def keep(connection: socket.socket, request: dict[str, Any], files: list[int], host: Host) -> None:
    """Fork a kernel as the request asks for, and stay until it ends or the connection does.

    The files are given to it as its `CHANNEL`.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    if host.enforced.namespaces:
        confinement.leave_host()
    doors = _doors(request["connection"], request["doors"])
    is_ready, tell = os.pipe()
    kernel = os.fork()
    if kernel == 0:
        kept = first_files(tell, *files, *(door.fileno() for door in doors.values()))
        then_exit(become_kernel, request, host, dict(zip(doors, kept[1 + len(files) :])), kept)
    for each in (tell, *files):
        os.close(each)
    for door in doors.values():
        door.close()
    with os.fdopen(is_ready, "rb") as pipe:
        said = pipe.read()
    fault = "" if said == READY else said.decode(errors="replace") or "it ended while it started"
    connection.send(json.dumps({"pid": kernel, "fault": fault}).encode())
    reason = _watch(kernel, connection, host)
    if reason:  # said at once, since many processes take long to end
        _say_end(connection, -signal.SIGKILL, reason)
    _end(kernel, host.enforced.namespaces)
    _, status = os.waitpid(kernel, 0)
    _say_end(connection, os.waitstatus_to_exitcode(status), "")


def _doors(connection: dict[str, Any], folder: str) -> dict[int, socket.socket]:
    """For each port of a kernel a socket that listens in `folder`, where the kernel can put nothing in its place."""
    os.chdir(folder)  # the name of a socket must be short
    doors = {port: socket.socket(socket.AF_UNIX) for name, port in connection.items() if name.endswith("_port")}
    for port, door in doors.items():
        door.bind(f"kernel-{port}")
        door.listen()
        door.setblocking(False)
    os.chdir("/")
    return doors


def _watch(kernel: int, connection: socket.socket, host: Host) -> str:
    """Wait until the kernel or the connection ends, or the kernel must be ended; return why it must."""
    handle = os.pidfd_open(kernel)
    bound = host.asked.memory_megabytes * confinement.MEGABYTE
    at_first = address_bytes(kernel)
    scales: socket.socket | None = None
    while True:
        watched: list[Any] = [handle, connection, *([scales] if scales else [])]
        ready, _, _ = select.select(watched, [], [], SECONDS_BETWEEN_LOOKS)
        if handle in ready or connection in ready:
            return ""
        processes = family(kernel) if host.asked.confine else []
        if len(processes) > host.asked.processes:
            return f"it started more than {host.asked.processes} processes"
        grown = sum(max(address_bytes(process) - at_first, 0) for process in processes)
        shared = shared_bytes(processes, host.enforced.namespaces, grown > bound)
        if scales is not None and scales in ready:
            if json.loads(scales.recv(LONGEST_MESSAGE) or b"0") + shared > bound:
                return f"it used more than {host.asked.memory_megabytes:,} MB of memory"
            scales.close()
            scales = None
        if scales is None and sum(map(own_bytes, processes)) + shared > bound:
            # Parts may be shared and counted several times.
            # What counts once takes long to find out while processes fork.
            scales = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            scales.connect(host.socket)
            scales.send(json.dumps({"weigh": processes}).encode())


def weigh(connection: socket.socket, processes: Iterable[int]) -> None:
    """Say how many bytes of memory processes use together, shared memory aside."""
    connection.send(json.dumps(sum(map(weight, processes))).encode())


def _say_end(connection: socket.socket, code: int, reason: str) -> None:
    with contextlib.suppress(OSError):  # nobody may listen any more
        connection.send(json.dumps({"exit": code, "reason": reason}).encode())


def _end(kernel: int, namespaces: bool) -> None:
    """End the kernel and all that it started: in a PID namespace that ends with its first process."""
    if not namespaces:
        with contextlib.suppress(psutil.NoSuchProcess):
            for process in psutil.Process(kernel).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
    os.kill(kernel, signal.SIGKILL)


def then_exit(function: Callable[..., object], *arguments: Any) -> NoReturn:
    """Call a function in a forked process, which ends with it and never returns into its parent's code."""
    try:
        function(*arguments)
    except BaseException:
        os._exit(1)
    os._exit(0)
