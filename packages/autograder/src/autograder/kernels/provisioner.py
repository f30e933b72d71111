"""Jupyter's side of a forked kernel: the provisioner that asks a fork server for it, and the manager that uses it."""

import asyncio
import json
import os
import shutil
import signal
import socket
import tempfile
import time
from queue import Empty
from typing import Any, cast

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Bool, Dict, Integer, Type, Unicode

from autograder.kernels.forkserver import place_for_sockets
from autograder.kernels.jupyter_client_compat import own_context, set_kernel_spec

LARGEST_MESSAGE = 64 * 2**20
LONGEST_ANSWER = 2**16
SECONDS_TO_START = 600  # of a machine that has other work; a kernel that can't start says so at once
NEVER = -1
SECONDS_BETWEEN_LOOKS = 0.02


class KernelNotForked(Exception):
    """The fork server did not give a kernel; the message says why."""


class ForkProvisioner(KernelProvisionerBase):
    """Gets a kernel from the fork server that listens at `server`.

    Its files are in `folder`, `channel` is handed to it, it `hides` what the course hides, and has the `environment`
    besides that of all kernels.
    """

    server = Unicode()
    folder = Unicode()
    namespaces = Bool()
    channel = Integer(None, allow_none=True)
    hides = Bool()
    environment = Dict()

    _connection: socket.socket | None = None
    _doors: str | None = None
    pid: int | None = None
    exit_code: int | None = None
    why_ended = ""

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel that was not cleaned up."""
        return self._connection is not None

    async def poll(self) -> int | None:
        """None while the kernel lives; its exit code when it has ended."""
        if self._connection is not None and self.exit_code is None:
            try:
                said = self._connection.recv(LONGEST_ANSWER, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return None
            except OSError:
                said = b""
            end: dict[str, Any] = json.loads(said) if said else {"exit": -signal.SIGKILL, "reason": ""}
            self.exit_code, self.why_ended = end["exit"], end["reason"]
        return self.exit_code or 0

    async def wait(self) -> int | None:
        """Wait until the kernel has ended, and return its exit code."""
        while await self.poll() is None:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        return self.exit_code

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and the processes of its group."""
        if self.exit_code is None and self.pid is not None:
            try:
                os.killpg(self.pid, signum)
            except ProcessLookupError:
                pass

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and all that it started: its keeper does so when the connection is closed."""
        if self._connection is not None and self.exit_code is None:
            self._connection.shutdown(socket.SHUT_WR)
            self.exit_code = -signal.SIGKILL

    async def terminate(self, restart: bool = False) -> None:
        """End the kernel at once; there is nothing to be polite to."""
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Forget the kernel, which is ended if it still lives."""
        if self._connection is not None:
            self._connection.close()
            if self._doors is not None:
                shutil.rmtree(self._doors, ignore_errors=True)
            self._connection = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """There is no command to be prepared."""
        return await super().pre_launch(cmd=[], env=kwargs.pop("env", {}))

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Ask for a kernel and return how to connect to it.

        Raises
        ------
        KernelNotForked
            If the server can't be reached, or the kernel did not start.
        """
        assert self.parent is not None  # the manager
        self._doors = tempfile.mkdtemp(prefix="doors-", dir=place_for_sockets(self.folder))
        connection: dict[str, Any] = {
            "transport": "ipc", "ip": "kernel",
            "key": self.parent.session.key.decode(), "signature_scheme": "hmac-sha256",
            "shell_port": 1, "iopub_port": 2, "stdin_port": 3, "hb_port": 4, "control_port": 5,
        }  # fmt: skip
        self._connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._connection.settimeout(SECONDS_TO_START)
        try:
            self._connection.connect(self.server)
            request = {
                "folder": self.folder,
                "doors": self._doors,
                "connection": connection,
                "hides": self.hides,
                "environment": self.environment,
            }
            files = [] if self.channel is None else [self.channel]
            socket.send_fds(self._connection, [json.dumps(request).encode()], files)
            said = self._connection.recv(LONGEST_ANSWER)
        except OSError as error:
            raise KernelNotForked(f"the fork server does not answer ({error.strerror or error})") from error
        finally:
            self._connection.settimeout(None)
        answer: dict[str, Any] = json.loads(said) if said else {"fault": "the fork server was ended"}
        if answer["fault"]:
            raise KernelNotForked(answer["fault"])
        self.pid = answer["pid"]
        connection |= {"ip": f"{self._doors}/kernel", "key": connection["key"].encode()}
        return cast(KernelConnectionInfo, connection)


class ForkManager(AsyncKernelManager):
    """Manages a kernel that is forked from the server at `server` for the folder `folder`.

    The kernel gets the file `channel` as its `CHANNEL`.
    """

    def __init__(
        self,
        server: str,
        folder: str,
        namespaces: bool,
        channel: int | None = None,
        hides: bool = False,
        environment: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            transport="ipc", client_factory=ForkClient, connection_file=f"{folder}/connection.json", **kwargs
        )
        self.context.reconnect_ivl = NEVER
        settings = {
            "server": server,
            "folder": folder,
            "namespaces": namespaces,
            "channel": channel,
            "hides": hides,
            "environment": environment or {},
        }
        provisioner = {"provisioner_name": "autograder-fork", "config": settings}
        spec = KernelSpec(
            display_name="forked", language="python", argv=[], metadata={"kernel_provisioner": provisioner}
        )
        set_kernel_spec(self, spec)

    def client(self, **kwargs: Any) -> Any:
        """A client that takes no message of more than `LARGEST_MESSAGE` bytes into memory."""
        context = zmq.asyncio.Context()
        context.maxmsgsize = LARGEST_MESSAGE
        context.reconnect_ivl = NEVER
        client = super().client(context=context, **kwargs)
        own_context(client)
        return client


class Channel(AsyncZMQSocketChannel):
    """A channel that waits for a message until there is one.

    When a kernel ends, the message that made a socket ready may be gone before it is read.
    """

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:  # type: ignore[override]
        """The next message; Empty if there is none within `timeout` seconds."""
        while True:
            try:
                return await super().get_msg(timeout)
            except Empty:
                if timeout is not None:
                    raise


class ForkClient(AsyncKernelClient):
    """Knows that its kernel is ready by one answer on both channels.

    Jupyter's own waits for a silence of 0.2 s.
    """

    shell_channel_class = Type(Channel)
    iopub_channel_class = Type(Channel)

    def start_channels(
        self, shell: bool = True, iopub: bool = True, stdin: bool = False, hb: bool = False, control: bool = False
    ) -> None:
        """Start the two channels that are used."""
        super().start_channels(shell, iopub, stdin=False, hb=False, control=False)
        for channel in (self.shell_channel, self.iopub_channel):
            channel.socket.linger = 0  # or the end of the kernel, which nobody connects to again, takes Jupyter's 1 s
            channel.socket.sndtimeo = 0  # or a message to a kernel that has ended waits for ever

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers.

        Raises
        ------
        RuntimeError
            If it does not within `timeout` seconds, or has ended.
        """
        end, requests = time.monotonic() + (timeout or SECONDS_TO_START), set()
        while time.monotonic() < end:
            try:
                requests.add(self.kernel_info())
                for channel in (self.shell_channel, self.iopub_channel):
                    while (await channel.get_msg(timeout=1))["parent_header"].get("msg_id") not in requests:
                        pass
                return
            except (Empty, zmq.Again):
                if self.parent is None or not await self.parent.is_alive():
                    break
        raise RuntimeError("The kernel does not answer.")
