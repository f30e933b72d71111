"""Run the cells of one notebook in one kernel, to the end whatever they do."""

import contextlib
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpecManager, NoSuchKernel
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbgrader.preprocessors import Execute

from autograder import printed
from autograder.kernels import forkserver
from autograder.kernels.forkserver import ForkServer
from autograder.kernels.provisioner import ForkManager

SECONDS_TO_ANSWER = 5
OTHER_KERNEL = "The kernel {} is not this Python itself: it was started anew, student code was not confined, and tests ran beside it."


@dataclass(frozen=True)
class Lane:
    """How kernels are made: forked as `settings` say, from `server` if it answers; or started anew, if `forked` is False.

    `open` says what student code is not held back from, in a sentence; it is empty if it is confined.
    """

    settings: dict
    forked: bool
    open: str
    server: ForkServer | None = None


def is_ours(kernel_name):
    """Whether a kernel of this name is this Python itself, so that it can be forked."""
    if kernel_name == "python":  # jupyter_client's other name for the Python it runs in
        kernel_name = NATIVE_KERNEL_NAME
    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return False
    command = spec.argv[0] if spec.argv else ""
    return spec.language == "python" and (command.startswith("python") or Path(command) == Path(sys.executable))


class Run(Execute):
    """nbgrader's own execution, which goes on to the end whatever a cell does, as long as the kernel answers."""

    hides = False  # what is hidden from students the tests may need

    def __init__(self, lane, folder, channel=None, **kwargs):
        super().__init__(**kwargs)
        self.lane, self.folder, self.channel = lane, folder, channel
        self.ends = time.monotonic() + lane.settings["notebook_seconds"]
        self.characters_left = lane.settings["output_megabytes"] * 2**20
        self.timed_out = []
        self.stopped = None
        self.open = lane.open

    def create_kernel_manager(self):
        name = self.wanted_kernel(self.nb)
        if self.lane.forked and is_ours(name):
            server = forkserver.usable(self.lane.server, self.lane.settings)
            self.shutdown_kernel = "immediate"
            self.km = ForkManager(server.path, self.folder, server.namespaces, self.channel, self.hides)
            return self.km
        if self.lane.settings["require"]:
            raise forkserver.NoForkServer(f"the kernel {name} can't be confined, and --confine=require was asked for")
        self.open = self.lane.open or OTHER_KERNEL.format(name)
        return super().create_kernel_manager()

    def wanted_kernel(self, notebook):
        """The name of the kernel for a notebook."""
        return self.kernel_name or notebook.metadata.get("kernelspec", {}).get("name", NATIVE_KERNEL_NAME)

    def watch_the_time(self, cell):
        """Stop before a cell if the time for the whole notebook is over."""
        if self.stopped is None and time.monotonic() > self.ends:
            limit = self.lane.settings["notebook_seconds"]
            self.stop(
                "timed-out", f"The notebook ran longer than {limit} s; {name_of(cell)} and no cell after it was run."
            )

    def preprocess_cell(self, cell, resources, index):
        self.watch_the_time(cell)
        if self.stopped is None:
            started = time.monotonic()
            try:
                cell, resources = super().preprocess_cell(cell, resources, index)
            except DeadKernelError:
                self.died_in(cell)
            except CellTimeoutError:
                self._after_silence(cell, time.monotonic() - started)
            if any(output.get("ename") == self.error_on_timeout["ename"] for output in cell.get("outputs", [])):
                self.timed_out.append(name_of(cell))
        if self.stopped is not None:
            self.mark_unrun(cell)
        return cell, resources

    def on_cell_executed(self, **kwargs):
        """See whether the cell asked the kernel to end, which takes it a moment."""
        printed.shorten_reply(kwargs["execute_reply"]["content"])
        super().on_cell_executed(**kwargs)
        payload = kwargs["execute_reply"]["content"].get("payload") or []
        if any(each.get("source") == "ask_exit" for each in payload if isinstance(each, dict)):
            name = name_of(kwargs["cell"])
            self.stop("crashed", f"The kernel was ended in {name} by quit() or exit(); no cell after it was run.")

    def _after_silence(self, cell, seconds):
        """Go on if the kernel answers a new connection, after it did not say that a cell was done; a message too large ends the old one."""
        if not self._reconnected():
            self.stop(
                "timed-out",
                f"{name_of(cell)} ran longer than {self.timeout} s and could not be stopped; no cell after it was run.",
            )
        elif seconds < self.timeout:
            add_error(cell, "OutputLost", "The cell printed more than could be read.")
        else:
            add_error(
                cell, self.error_on_timeout["ename"], f"The cell ran longer than {self.timeout} s and was stopped."
            )

    def _reconnected(self):
        fresh = self.km.client()
        fresh.start_channels()
        try:
            run_sync(fresh.wait_for_ready)(timeout=SECONDS_TO_ANSWER)
        except RuntimeError:
            fresh.stop_channels()
            return False
        self.kc.stop_channels()
        self.kc = fresh
        self.kc.allow_stdin = False
        return True

    def process_message(self, msg, cell, cell_index):
        """Take in what the kernel prints, up to the limit; an error always comes through."""
        taken, size = printed.bound(msg, self.characters_left, self._display_id_map)
        self.characters_left -= size
        try:
            return super().process_message(msg, cell, cell_index) if taken else None
        except (AttributeError, KeyError, TypeError):  # no message that a front end knows
            return None

    def died_in(self, cell):
        """Stop because the kernel has ended while a cell was run."""
        self.stop("crashed", f"The kernel died in {name_of(cell)}{self._why()}; no cell after it could run.")

    def stop(self, status, reason):
        self.stopped = (status, reason)

    def mark_unrun(self, cell):
        """Give a cell that did not run to its end an error, since nbgrader takes no output for full points."""
        if cell.cell_type == "code" and not any(output.output_type == "error" for output in cell.get("outputs", [])):
            add_error(cell, "NotRun", self.stopped[1])

    def _why(self):
        """Why the kernel ended, as far as that is known: a clause to be added."""
        provisioner = self.km.provisioner
        reason, code = getattr(provisioner, "why_ended", ""), getattr(provisioner, "exit_code", 0)
        if not reason and code < 0:
            with contextlib.suppress(ValueError):
                reason = f"signal {signal.Signals(-code).name}"
        return f" ({reason})" if reason else ""

    @property
    def outcome(self):
        if self.stopped:
            return self.stopped
        if self.timed_out:
            return (
                "timed-out",
                f"{', '.join(self.timed_out)} ran longer than {self.timeout} s and had to be stopped; all other cells ran.",
            )
        return "graded", "Executed to the end."


def add_error(cell, name, text):
    cell.outputs = [
        *cell.get("outputs", []),
        nbformat.v4.new_output("error", ename=name, evalue=text, traceback=[text]),
    ]


def name_of(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell {cell.get('id', '?')}"
