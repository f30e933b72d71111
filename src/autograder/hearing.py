"""Run the cells of one notebook in two kernels: the student's, and a judge's for the tests, which never runs a line of the student's."""

import ast
import asyncio
import contextlib
import re
import socket

import nbformat
from jupyter_client.utils import ensure_async
from jupyter_core.utils import run_sync
from nbclient import NotebookClient

from autograder.judge import wire
from autograder.judge.plan import is_judged
from autograder.judge.sitting import NOTICED, OPEN, SERVE, STOPPED
from autograder.kernels.processes import Meter
from autograder.runs import SECONDS_TO_ANSWER, Run, name_of
from autograder.tasks import ANSI

SECONDS_BETWEEN_LOOKS = 0.05
MOST_CHARACTERS = 2000  # of what an error says
MOST_CHARACTERS_OF_A_CELL = 100_000
MOST_STOPS = 20
LINE = re.compile(r"Cell In\[\d+\], line ([1-9]\d{0,4})\b")


class HeardRun(Run):
    """The run of a student's notebook, with a judge's kernel beside it that runs the tests.

    Parameters
    ----------
    lane : Lane
    folder, judges_folder : str
        Where the files of the two kernels are.
    plan : autograder.judge.plan.Plan
    """

    hides = True

    def __init__(self, lane, folder, judges_folder, plan, **kwargs):
        ours, theirs = socket.socketpair()
        super().__init__(lane, folder, theirs.fileno(), **kwargs)
        self._sockets = (ours, theirs)
        self.judge = _Judge(self, lane, judges_folder, plan, ours.fileno(), **kwargs)

    def preprocess(self, notebook, resources):
        with self._sockets[0], self._sockets[1]:
            return super().preprocess(notebook, resources)

    @property
    def kernels(self):
        """Both: what one computes the other waits for."""
        return [*self.own_kernel, *self.judge.own_kernel]

    @contextlib.contextmanager
    def setup_kernel(self, **kwargs):
        with super().setup_kernel(**kwargs):
            self._sockets[1].close()  # so that the judge sees it when the student's kernel ends
            with self.judge.sitting(self.resources):
                yield

    def preprocess_cell(self, cell, resources, index):
        if not is_judged(cell):
            if cell.cell_type == "code":
                self.judge.rise()
            cell, resources = super().preprocess_cell(cell, resources, index)
            self.judge.stops += _stops(cell)
            return cell, resources
        self.watch_the_time(cell)
        if self.stopped is None:
            self.judge.hear(cell)
        if self.stopped is not None:
            self.mark_unrun(cell)
        return cell, resources

    async def serve(self):
        """Let the student's kernel answer the judge, until `end` ends that."""
        request = self.kc.execute(
            "", silent=True, store_history=False, user_expressions={"served": SERVE}, allow_stdin=False
        )
        for channel, is_last in ((self.kc.iopub_channel, _is_idle), (self.kc.shell_channel, bool)):
            message = None
            while message is None or message["parent_header"].get("msg_id") != request or not is_last(message):
                message = await ensure_async(channel.get_msg(timeout=None))

    def end(self):
        """Let the student's kernel go on, as soon as it reads that."""
        with contextlib.suppress(OSError):  # it is gone, or reads nothing
            self._sockets[0].send(wire.end(), socket.MSG_DONTWAIT)


class _Judge(Run):
    """The run of the tests: it begins with the instructor's cells before the first test, and is begun anew if its kernel ends."""

    def __init__(self, student, lane, folder, plan, channel, **kwargs):
        super().__init__(lane, folder, channel, **kwargs)
        self._student, self._plan = student, plan
        self._stack = contextlib.ExitStack()
        self._served = None  # while the student's kernel answers
        self._heard = []
        self.stops = []  # of cells of the student's, since the last test
        self.noticed = []

    @property
    def kernels(self):
        return self._student.kernels

    def watch_the_time(self, cell):
        """The student's run does."""

    @contextlib.contextmanager
    def sitting(self, resources):
        """Have a kernel for as long as the context lasts."""
        with self._stack:
            self._begin(resources)
            yield
            self.rise()
            self.noticed += self._what_was_noticed()

    def hear(self, cell):
        """Run a test, after the instructor's cells that come before it."""
        for stop in self.stops[-MOST_STOPS:]:
            self._asked(STOPPED.format(*stop))
        self.stops = []
        for code in self._plan.before[name_of(cell)]:
            self._run(nbformat.v4.new_code_cell(code))
            self._heard.append(code)
        self._run(cell)
        self._student.timed_out += self.timed_out
        self._student.idle += self.idle
        self.idle = 0.0
        self.timed_out = []

    def _run(self, cell):
        self._last = cell
        self.preprocess_cell(cell, self.resources, 0)
        if self.stopped is not None:
            self._begin_anew()
        elif any(output.output_type == "error" for output in cell.outputs):
            self.rise()  # the student's kernel may have died of it, or still be busy with it

    def rise(self):
        """Let the student's kernel go on, and wait until it does; from one test to the next one it may stay as it is."""
        if self._served is not None:
            self._student.end()
            run_sync(self._until_back)()
            self._served = None

    def _begin(self, resources):
        NotebookClient.__init__(self, nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell()]), None)
        self.kc = None
        self.reset_execution_trackers()
        self._check_assign_resources(resources)
        self._stack.enter_context(self.setup_kernel())
        self._asked(OPEN.format(sorted(self._plan.names)))

    def _begin_anew(self):
        """Go on with another kernel when the one before it has ended, or could not be stopped."""
        self.stopped = None
        try:
            self._stack.close()
            self.rise()
            if self._student.stopped is None:
                self._begin(self.resources)
        except Exception as error:
            self._student.stop("crashed", f"The judge's kernel could not be started again: {error}.")
        if self._student.stopped is not None:
            return
        for code in self._heard:
            self._run(nbformat.v4.new_code_cell(code))

    async def async_execute_cell(self, cell, cell_index, **kwargs):
        if cell.source.strip() and self._served is None:
            self._served = asyncio.ensure_future(self._student.serve())
        return await super().async_execute_cell(cell, cell_index, **kwargs)

    execute_cell = run_sync(async_execute_cell)

    async def _async_handle_timeout(self, timeout, cell=None):
        """Stop the student's function, which the test waits for, as it would be stopped in one kernel."""
        await ensure_async(self._student.km.interrupt_kernel())
        return await super()._async_handle_timeout(timeout, cell)

    async def _until_back(self):
        """Wait until the student's kernel has done with its answers."""
        student, served = self._student, self._served
        for _ in range(2):
            meter = Meter(student.kernels)
            while max(meter.computed, meter.idle) < SECONDS_TO_ANSWER:
                if served.done():
                    return
                await asyncio.wait([served], timeout=SECONDS_BETWEEN_LOOKS)
                meter.look()
                if not served.done() and not await ensure_async(student.kc.is_alive()):
                    served.cancel()
                    student.died_in(self._last)
                    return
            await ensure_async(student.km.interrupt_kernel())
        served.cancel()
        student.stop(
            "timed-out",
            f"{name_of(self._last)} could not be stopped in the notebook's kernel; no cell after it was run.",
        )

    def _asked(self, code, **expressions):
        """The reply to code that is run out of the court's sight."""
        request = self.kc.execute(
            code, silent=True, store_history=False, user_expressions=expressions, allow_stdin=False
        )
        return run_sync(self._reply)(request, None, self.timeout)["content"]

    def _what_was_noticed(self):
        said = self._asked("", noticed=NOTICED)["user_expressions"]["noticed"]
        return ast.literal_eval(said["data"]["text/plain"])


def _stops(cell):
    """What `note_stopped` takes for each error of a cell that is not too long: its code, kind and text of the error, and the line."""
    for output in cell.get("outputs", []):
        if output.output_type == "error" and len(cell.source) < MOST_CHARACTERS_OF_A_CELL:
            line = LINE.search(ANSI.sub("", "\n".join(output.traceback)))
            if line:
                yield cell.source, output.ename, output.evalue[:MOST_CHARACTERS], int(line[1])


def _is_idle(message):
    return message["content"].get("execution_state") == "idle"
