"""Run the cells of one notebook in two kernels: the student's, and a judge's for the tests.

The judge's kernel never runs a line of the student's.
"""

import ast
import contextlib
import copy
import functools
import re
import socket
from collections.abc import Callable, Iterator
from typing import Any

import nbformat
from jupyter_core.utils import ensure_async
from nbformat import NotebookNode
from nbgrader.utils import determine_grade, is_locked, is_solution

from autograder.course.findings import ANSI
from autograder.execution.judges_kernel import JudgesRun
from autograder.execution.one_kernel import Lane, Run, name_of
from autograder.execution.settings import Judge
from autograder.judge.planning.names import mentioned, parsed
from autograder.judge.planning.plan import Plan, is_judged
from autograder.judge.planning.shadows import PYTHONS_OWN, may_hide
from autograder.judge.wire import messages

MOST_CHARACTERS = 2000  # of what an error says
MOST_CHARACTERS_OF_A_CELL = 100_000
MOST_TRIALS = 5
WITHOUT = "In this notebook {} had another meaning than Python's own; this cell was run with Python's own.\n"
SERVE = "__import__('autograder.judge.witness.entry').judge.witness.entry.serve()"
HIDE = "__import__('autograder.judge.witness.hiding').judge.witness.hiding.hide({!r}, {!r})"
SHOW = "__import__('autograder.judge.witness.hiding').judge.witness.hiding.show()"
MAGIC = re.compile(r"%{1,2}\w+")
LINE = re.compile(r"Cell In\[\d+\], line ([1-9]\d{0,4})\b")


class HeardRun(Run):
    """The run of a student's notebook, with a judge's kernel beside it that runs the tests.

    Parameters
    ----------
    lane : Lane
    folder, judges_folder : str
        Where the files of the two kernels are.
    plan : Plan
    """

    hides = True

    def __init__(self, lane: Lane, folder: str, judges_folder: str, plan: Plan, **kwargs: Any) -> None:
        ours, theirs = socket.socketpair()
        super().__init__(lane, folder, theirs.fileno(), **kwargs)
        self._sockets = (ours, theirs)
        self.judge = JudgesRun(self, lane, judges_folder, plan, ours.fileno(), **kwargs)

    def preprocess(self, notebook: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        with self._sockets[0], self._sockets[1]:
            done: tuple[NotebookNode, dict[str, Any]] = super().preprocess(notebook, resources)
            return done

    @property
    def noticed(self) -> list[str]:  # type: ignore[override]
        return self.judge.noticed

    @property
    def kernels(self) -> list[int]:
        """Both: what one computes the other waits for."""
        return [*self.own_kernel, *self.judge.own_kernel]

    @contextlib.contextmanager
    def setup_kernel(self, **kwargs: Any) -> Iterator[None]:
        with super().setup_kernel(**kwargs):
            self._sockets[1].close()  # so that the judge sees it when the student's kernel ends
            with self.judge.sitting(self.resources):
                yield

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        if not is_judged(cell):
            if cell.cell_type == "code":
                self.judge.rise()
            cell, resources = super().preprocess_cell(cell, resources, index)
            if cell.cell_type == "code" and is_solution(cell):
                self.try_again(
                    cell, index, lambda again: super(HeardRun, self).preprocess_cell(again, resources, index)
                )
            stops = list(_stops(cell))
            self.judge.stops += [each for each in stops if each[-1]] or stops
            return cell, resources
        self.watch_the_time(cell)
        if self.stopped is None:
            self.judge.hear(cell)
            self.try_again(cell, index, self.judge.test)
        if self.stopped is not None:
            self.mark_unrun(cell)
        return cell, resources

    def try_again(self, cell: NotebookNode, index: int, run: Callable[[NotebookNode], object]) -> None:
        """Run a cell that lost points once more, and keep what is better.

        The second run is without the names of the notebook that hide Python's own.
        """
        if _worth(cell) == _most(cell) or self.stopped is not None or name_of(cell) in dict(self.timed_out):
            return
        if not self._may_hide:
            return
        tasks = sorted(mentioned(parsed(cell.source)) & self.judge.names) if is_judged(cell) else []
        trials = [set(PYTHONS_OWN)]
        while trials:
            hidden = self._in_students_kernel(HIDE.format(tasks, trials.pop(0)), index)
            if not hidden:
                return
            again = copy.deepcopy(cell)
            run(again)
            self.nb.cells[index] = cell
            self._in_students_kernel(SHOW, index)
            if _worth(again) > _worth(cell):
                said = WITHOUT.format(" and ".join(hidden))
                cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=said), *again.outputs]
                return
            trials += [{name} for name in hidden[:MOST_TRIALS]] if len(hidden) > 1 and not trials else []

    @functools.cached_property
    def _may_hide(self) -> bool:
        """Whether it looks as if a cell gave a value to a name of Python's own.

        What is seen without need costs a moment.
        """
        return Judge(config=self.config).restore_builtins and any(
            may_hide(cell.source[:MOST_CHARACTERS_OF_A_CELL])
            for cell in self.nb.cells
            if cell.cell_type == "code" and not is_locked(cell)
        )

    def _in_students_kernel(self, code: str, index: int) -> list[str]:
        """Run code of ours beside the student's; the names that it gives, a list of str."""
        self.judge.rise()
        cell = nbformat.v4.new_code_cell(code)
        there = self.nb.cells[index]
        super().preprocess_cell(cell, self.resources, index)
        self.nb.cells[index] = there  # nbclient puts what it runs into the notebook
        with contextlib.suppress(Exception):
            [output] = cell.outputs
            return [name for name in ast.literal_eval(output.data["text/plain"]) if name in PYTHONS_OWN]
        return []

    async def serve(self) -> None:
        """Let the student's kernel answer the judge, until `end` ends that."""
        request = self.kc.execute(
            "", silent=True, store_history=False, user_expressions={"served": SERVE}, allow_stdin=False
        )
        for channel, is_last in ((self.kc.iopub_channel, _is_idle), (self.kc.shell_channel, bool)):
            message = None
            while message is None or message["parent_header"].get("msg_id") != request or not is_last(message):
                message = await ensure_async(channel.get_msg(timeout=None))

    def end(self) -> None:
        """Let the student's kernel go on, as soon as it reads that."""
        with contextlib.suppress(OSError):  # it is gone, or reads nothing
            self._sockets[0].send(messages.end(), socket.MSG_DONTWAIT)


def _stops(cell: NotebookNode) -> Iterator[tuple[str, str, str, int]]:
    """What `note_stopped` takes for each error of a cell that is not too long.

    That is the cell's code, kind and text of the error, and the line; 0 for an error that is shown without one.
    """
    if len(cell.source) > MOST_CHARACTERS_OF_A_CELL:
        return
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            found = LINE.search(ANSI.sub("", "\n".join(output.traceback)))
            line = int(found[1]) if found else 0
            kind, text = output.ename, output.evalue
        elif output.output_type == "stream" and output.text.startswith("UsageError: "):
            # of a magic that IPython doesn't know
            kind, _, text = output.text.partition(": ")
            magic = MAGIC.search(text)
            if magic is None:
                continue
            line = 1 + cell.source.partition(magic[0])[0].count("\n")
        else:
            continue
        yield cell.source, kind, text[:MOST_CHARACTERS].strip(), line


def _worth(cell: NotebookNode) -> float:
    """The points of a graded cell; of another, whether it ran without an error."""
    if is_judged(cell):
        points: float = determine_grade(cell)[0]
        return points
    return not any(output.output_type == "error" for output in cell.outputs)


def _most(cell: NotebookNode) -> float:
    most: float = determine_grade(cell)[1] if is_judged(cell) else True
    return most


def _is_idle(message: dict[str, Any]) -> bool:
    return bool(message["content"].get("execution_state") == "idle")
