"""Run the tests of one notebook in a judge's kernel, while the student's answers."""

from __future__ import annotations

import ast
import asyncio
import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import nbformat
from jupyter_core.utils import ensure_async, run_sync
from nbformat import NotebookNode

from autograder.execution.one_kernel import SECONDS_TO_ANSWER, Lane, Run, name_of
from autograder.judge.planning.plan import Plan
from autograder.kernels.computing_time import Meter

if TYPE_CHECKING:
    from autograder.execution.two_kernels import HeardRun

SECONDS_BETWEEN_LOOKS = 0.05
MOST_STOPS = 20
OPEN = "__import__('autograder.judge.court.sitting').judge.court.sitting.open_court({!r}, {!r})"
NOTICED = "__import__('autograder.judge.court.sitting').judge.court.sitting.noticed()"
STOPPED = "__import__('autograder.judge.court.sitting').judge.court.sitting.note_stopped({!r}, {!r}, {!r}, {!r})"


class JudgesRun(Run):
    """The run of the tests, which is begun anew if its kernel ends.

    It begins with the instructor's cells before the first test.
    """

    def __init__(self, student: HeardRun, lane: Lane, folder: str, plan: Plan, channel: int, **kwargs: Any) -> None:
        super().__init__(lane, folder, channel, **kwargs)
        self._student, self._plan = student, plan
        self._stack = contextlib.ExitStack()
        self._served: asyncio.Future[None] | None = None  # while the student's kernel answers
        self._heard: list[str] = []
        self._waiting = dict(plan.before)
        self.names = plan.names
        self.stops: list[tuple[str, str, str, int]] = []  # of cells of the student's, since the last test
        self.noticed = []

    @property
    def environment(self) -> dict[str, str]:
        return self._student.environment

    @property
    def kernels(self) -> list[int]:
        return self._student.kernels

    def watch_the_time(self, cell: NotebookNode) -> None:
        """The student's run does."""

    @contextlib.contextmanager
    def sitting(self, resources: dict[str, Any]) -> Iterator[None]:
        """Have a kernel for as long as the context lasts."""
        with self._stack:
            self._begin(resources)
            yield
            self.rise()
            self.noticed += self._what_was_noticed()

    def hear(self, cell: NotebookNode) -> None:
        """Run a test, after the instructor's cells that come before it."""
        for stop in self.stops[-MOST_STOPS:]:
            self._asked(STOPPED.format(*stop))
        self.stops = []
        while name_of(cell) in self._waiting:  # a submission may have its tests in another order
            for code in self._waiting.pop(next(iter(self._waiting))):
                self._run(nbformat.v4.new_code_cell(code))
                self._heard.append(code)
        self.test(cell)

    def test(self, cell: NotebookNode) -> None:
        """Run a test."""
        self._run(cell)
        self._student.timed_out += self.timed_out
        self._student.idle += self.idle
        self.idle = 0.0
        self.timed_out = []

    def _run(self, cell: NotebookNode) -> None:
        self._last = cell
        self.preprocess_cell(cell, self.resources, 0)
        if self.stopped is not None:
            self._begin_anew()
        elif any(output.output_type == "error" for output in cell.outputs):
            self.rise()  # the student's kernel may have died of it, or still be busy with it

    def rise(self) -> None:
        """Let the student's kernel go on, and wait until it does; from one test to the next it may stay as it is."""
        if self._served is not None:
            self._student.end()
            run_sync(self._until_back)()
            self._served = None

    def _begin(self, resources: dict[str, Any]) -> None:
        self.take_up(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell()]), resources)
        self._stack.enter_context(self.setup_kernel())
        self._asked(OPEN.format(sorted(self._plan.names), sorted(self._plan.imported)))

    def _begin_anew(self) -> None:
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

    async def async_execute_cell(self, cell: NotebookNode, cell_index: int, **kwargs: Any) -> Any:
        if cell.source.strip() and self._served is None:
            self._served = asyncio.ensure_future(self._student.serve())
        return await super().async_execute_cell(cell, cell_index, **kwargs)

    execute_cell = run_sync(async_execute_cell)

    async def stop_cell(self, seconds: float, cell: NotebookNode | None) -> Any:
        """Stop the student's function, which the test waits for, as it would be stopped in one kernel."""
        await ensure_async(self._student.km.interrupt_kernel())
        return await super().stop_cell(seconds, cell)

    async def _until_back(self) -> None:
        """Wait until the student's kernel has done with its answers."""
        student, served = self._student, self._served
        assert served is not None
        for _ in range(2):
            meter = Meter(student.kernels)
            while max(meter.computed, meter.idle) < SECONDS_TO_ANSWER:
                if served.done() and served.exception() is None:
                    return
                await asyncio.wait([served], timeout=SECONDS_BETWEEN_LOOKS)
                meter.look()
                if (not served.done() or served.exception()) and not await ensure_async(student.kc.is_alive()):
                    served.cancel()
                    student.died_in(self._last)
                    return
            await ensure_async(student.km.interrupt_kernel())
        served.cancel()
        student.stop(
            "timed-out",
            f"{name_of(self._last)} could not be stopped in the notebook's kernel; no cell after it was run.",
        )

    def _asked(self, code: str, **expressions: str) -> Any:
        """The reply to code that is run out of the court's sight."""
        request = self.kc.execute(
            code, silent=True, store_history=False, user_expressions=expressions, allow_stdin=False
        )
        return run_sync(self._reply)(request, None, self.timeout)["content"]

    def _what_was_noticed(self) -> list[str]:
        said = self._asked("", noticed=NOTICED)["user_expressions"]["noticed"]
        sentences: list[str] = ast.literal_eval(said["data"]["text/plain"])
        return sentences
