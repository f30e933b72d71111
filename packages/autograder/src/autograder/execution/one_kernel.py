"""Run the cells of one notebook in one kernel, to the end whatever they do."""

import asyncio
import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Awaitable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from queue import Empty
from typing import Any

import nbformat
import zmq
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import ensure_async
from nbformat import NotebookNode

from autograder.execution import printed
from autograder.execution.nbclient_compat import OpenExecute
from autograder.execution.specs import kernel_of
from autograder.kernels import forkserver
from autograder.kernels.computing_time import SECONDS_BETWEEN_LOOKS, Meter, computing_seconds, excess
from autograder.kernels.forkserver import ForkServer
from autograder.kernels.provisioner import ForkManager
from autograder.kernels.settings import KernelSettings

SECONDS_TO_ANSWER = 5  # of computing, or of doing nothing
SECONDS_TO_START = 600  # of a machine that has other work; a kernel that can't start says so at once
LANGUAGE = "NOTEBOOK_LANGUAGE"
OTHER_KERNEL = (
    "The kernel {} is not this Python itself: it was started anew, student code was not confined, "
    "and tests ran beside it."
)


@dataclass(frozen=True)
class Lane:
    """How kernels are made: forked as `settings` say, or started anew if `forked` is False.

    They are forked from `server` if it answers. `open` says what student code is not held back from, in a sentence; it
    is empty if it is confined.
    """

    settings: KernelSettings
    forked: bool
    open: str
    server: ForkServer | None = None


class Run(OpenExecute):
    """nbgrader's own execution, which goes on to the end whatever a cell does, as long as the kernel answers."""

    hides = False  # what is hidden from students the tests may need
    kc: Any
    error_on_timeout: dict[str, Any]
    noticed: list[str] = []  # what a person should look at

    def __init__(self, lane: Lane, folder: str, channel: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.startup_timeout: int = max(self.startup_timeout, SECONDS_TO_START)
        self.lane, self.folder, self.channel = lane, folder, channel
        self.began = time.monotonic()
        self.idle = 0.0
        self.received = 0  # messages
        self.excess: str | None = None  # what was too much in the cell at hand
        self.characters_left = lane.settings.output_megabytes * 2**20
        self.timed_out: list[tuple[str, str]] = []
        self.stopped: tuple[str, str] | None = None
        self.open = lane.open

    def create_kernel_manager(self) -> Any:
        if self.lane.forked:
            server = forkserver.usable(self.lane.server, self.lane.settings)
            self.shutdown_kernel = "immediate"
            self.km = ForkManager(
                server.path, self.folder, server.enforced.namespaces, self.channel, self.hides, self.environment
            )
            return self.km
        name = self.wanted_kernel(self.nb)
        if self.lane.settings.require:
            raise forkserver.NoForkServer(f"the kernel {name} can't be confined, and --confine=require was asked for")
        self.open = self.lane.open or OTHER_KERNEL.format(name)
        return super().create_kernel_manager()

    def setup_kernel(self, **kwargs: Any) -> AbstractContextManager[None]:
        """Have a kernel, which writes nothing to the grader's own terminal."""
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = os.environ | self.environment
        kernel: AbstractContextManager[None] = super().setup_kernel(**silent, env=environment, **kwargs)
        return kernel

    def wanted_kernel(self, notebook: NotebookNode) -> str:
        """The name of the kernel for a notebook."""
        return self.kernel_name or kernel_of(notebook)

    @property
    def environment(self) -> dict[str, str]:
        """What is only in the environment of this notebook's kernels: its language, as intake has found it."""
        return {LANGUAGE: str(self.nb.metadata.get("lang", ""))}

    @property
    def own_kernel(self) -> list[int]:
        """The process of the kernel, in a list; an empty list if there is none on this machine."""
        pid = getattr(getattr(self.km, "provisioner", None), "pid", None)
        return [] if pid is None else [pid]

    @property
    def kernels(self) -> list[int]:
        """The processes of all kernels that work for the submission."""
        return self.own_kernel

    def watch_the_time(self, cell: NotebookNode) -> None:
        """Stop before a cell if the time for the whole notebook is over."""
        limit = self.lane.settings.notebook_seconds
        if self.stopped is not None or time.monotonic() - self.began < limit:
            return
        what = excess(limit, computing_seconds(self.kernels), self.idle)
        if what:
            self.stop("timed-out", f"The notebook {what}; {name_of(cell)} and no cell after it was run.")

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        self.watch_the_time(cell)
        if self.stopped is None:
            self.excess = None
            try:
                cell, resources = super().preprocess_cell(cell, resources, index)
            except DeadKernelError:
                self.died_in(cell)
            except zmq.Again:  # nobody takes the cell
                self.died_before(cell)
            except CellTimeoutError:
                self._after_silence(cell)
            if self.excess is not None:
                self.timed_out.append((name_of(cell), self.excess))
        if self.stopped is not None:
            self.mark_unrun(cell)
        return cell, resources

    def on_cell_executed(self, **kwargs: Any) -> None:
        """See whether the cell asked the kernel to end, which takes it a moment."""
        printed.shorten_reply(kwargs["execute_reply"]["content"])
        super().on_cell_executed(**kwargs)
        payload = kwargs["execute_reply"]["content"].get("payload") or []
        if any(each.get("source") == "ask_exit" for each in payload if isinstance(each, dict)):
            name = name_of(kwargs["cell"])
            self.stop("crashed", f"The kernel was ended in {name} by quit() or exit(); no cell after it was run.")

    async def reply_of(
        self, request: str, cell: NotebookNode, seconds: int | None, outputs: asyncio.Future[Any]
    ) -> Any:
        """Wait until a cell is done, or has used what it may, and for what it still prints."""
        reply = await self._reply(request, cell, seconds)
        if not await self._within(self.iopub_timeout, outputs):
            raise CellTimeoutError.error_from_timeout_and_cell("Not all was printed.", self.iopub_timeout, cell)
        return reply

    async def _reply(self, request: str, cell: NotebookNode | None, limit: float | None) -> Any:
        """The reply to a request, or what stands for it if the kernels use more than `limit` seconds."""
        meter = Meter(self.kernels)
        try:
            while True:
                with contextlib.suppress(Empty):
                    message = await ensure_async(self.kc.shell_channel.get_msg(timeout=SECONDS_BETWEEN_LOOKS))
                    if message["parent_header"].get("msg_id") == request:
                        return message
                meter.look()
                self.excess = meter.excess(limit) if limit else None
                if limit and self.excess:
                    sentence = f"The cell {self.excess} and was stopped."
                    self.error_on_timeout = self.error_on_timeout | {"evalue": sentence, "traceback": [sentence]}
                    return await self.stop_cell(limit, cell)
        finally:
            self.idle += meter.idle

    async def _within(self, seconds: float, awaitable: Awaitable[Any]) -> Any:
        """Whether something comes before the kernels have computed for so many seconds, or done nothing for so long."""
        waited, meter, received = asyncio.ensure_future(awaitable), Meter(self.kernels), self.received
        while not (await asyncio.wait([waited], timeout=SECONDS_BETWEEN_LOOKS))[0]:
            meter.look()
            if self.received > received:  # it is this process that is busy
                meter.idle, received = 0.0, self.received
            if max(meter.computed, meter.idle) >= seconds:
                waited.cancel()
                return False
        return waited.result() or True

    def _after_silence(self, cell: NotebookNode) -> None:
        """Go on if the kernel answers a new connection, after it did not say that a cell was done.

        A message too large ends the old one.
        """
        if not self._reconnected():
            self.stop(
                "timed-out",
                f"{name_of(cell)} {self.excess or 'did not end'} and could not be stopped; no cell after it was run.",
            )
        elif self.excess is None:
            add_error(cell, "OutputLost", "The cell printed more than could be read.")
        else:
            add_error(cell, self.error_on_timeout["ename"], self.error_on_timeout["evalue"])

    def _reconnected(self) -> bool:
        fresh = self.km.client()
        fresh.start_channels()
        try:
            answers = run_sync(self._within)(SECONDS_TO_ANSWER, fresh.wait_for_ready(timeout=SECONDS_TO_START))
        except RuntimeError:
            answers = False
        if not answers:
            fresh.stop_channels()
            return False
        self.kc.stop_channels()
        self.kc = fresh
        self.kc.allow_stdin = False
        return True

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> Any:
        """Take in what the kernel prints, up to the limit; an error always comes through."""
        self.received += 1
        taken, size = printed.bound(msg, self.characters_left, self.displayed)
        self.characters_left -= size
        try:
            return super().process_message(msg, cell, cell_index) if taken else None
        except (AttributeError, KeyError, TypeError):  # no message that a front end knows
            return None

    def died_in(self, cell: NotebookNode) -> None:
        """Stop because the kernel has ended while a cell was run."""
        self.stop("crashed", f"The kernel died in {name_of(cell)}{self._why()}; no cell after it could run.")

    def died_before(self, cell: NotebookNode) -> None:
        """Stop because the kernel has ended since the last cell, as a thread may make it."""
        run_sync(self.km.is_alive)()  # its provisioner then knows why
        self.stop("crashed", f"The kernel died before {name_of(cell)}{self._why()}; no cell from there on could run.")

    def stop(self, status: str, reason: str) -> None:
        self.stopped = (status, reason)

    def mark_unrun(self, cell: NotebookNode) -> None:
        """Give a cell that did not run to its end an error, since nbgrader takes no output for full points."""
        if cell.cell_type == "code" and not any(output.output_type == "error" for output in cell.get("outputs", [])):
            add_error(cell, "NotRun", self.outcome[1])

    def _why(self) -> str:
        """Why the kernel ended, as far as that is known: a clause to be added."""
        provisioner = self.km.provisioner
        reason, code = getattr(provisioner, "why_ended", ""), getattr(provisioner, "exit_code", 0)
        if not reason and code < 0:
            with contextlib.suppress(ValueError):
                reason = f"signal {signal.Signals(-code).name}"
        return f" ({reason})" if reason else ""

    @property
    def outcome(self) -> tuple[str, str]:
        if self.stopped:
            return self.stopped
        if self.timed_out:
            clauses: dict[str, list[str]] = {}
            for name, what in self.timed_out:
                clauses.setdefault(what, []).append(name)
            said = "; ".join(f"{', '.join(names)} {what} and had to be stopped" for what, names in clauses.items())
            return "timed-out", f"{said}; all other cells ran."
        return "graded", "Executed to the end."


def add_error(cell: NotebookNode, name: str, text: str) -> None:
    cell.outputs = [
        *cell.get("outputs", []),
        nbformat.v4.new_output("error", ename=name, evalue=text, traceback=[text]),
    ]


def name_of(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell {cell.get('id', '?')}"
