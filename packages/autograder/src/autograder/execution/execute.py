"""Execute one notebook: the one place that decides where and how student code runs."""

import os
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from traitlets.config import Config

from autograder import showing
from autograder.execution.one_kernel import Lane, Run
from autograder.execution.specs import is_ours
from autograder.execution.two_kernels import HeardRun
from autograder.judge.planning.hints import hints
from autograder.judge.planning.plan import Plan
from autograder.kernels import forkserver
from autograder.kernels.provisioner import KernelNotForked


@dataclass(frozen=True)
class Execution:
    """An executed notebook, and how it went.

    Attributes
    ----------
    status : {"graded", "timed-out", "crashed"}
    open : str
        As in Lane.
    noticed : list of str
        A sentence for each thing that a person should look at.
    """

    notebook: NotebookNode
    status: str
    reason: str
    seconds: float
    open: str
    noticed: list[str] = field(default_factory=list)


def execute(
    notebook: NotebookNode,
    files: dict[str, bytes],
    config: Config,
    lane: Lane,
    plan: Plan | None = None,
    given: frozenset[str] = frozenset(),
) -> Execution:
    """Run all the cells of a notebook in a fresh kernel, with its files in a temporary folder.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        With the tests in it.
    files : dict of str to bytes
        What lies beside it, by relative path.
    config : traitlets.config.Config
        nbgrader's; the limit of time for a cell is in ExecutePreprocessor.timeout.
    lane : Lane
        How its kernel is made.
    plan : Plan, optional
        How a judge's kernel runs the tests; without it they run in the student's.
    given : frozenset of str
        The cells that students get; see `judge.planning.hints`.

    Returns
    -------
    Execution
        Every code cell that could not run carries an error output that says so, and so gets no points.
    """
    started = time.monotonic()
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    with tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as folder:
        run = _run(notebook, files, config, lane, plan, folder)
        try:
            try:
                run.preprocess(notebook, _resources(run))
            except KernelNotForked:  # the fork server may have ended; another is started then
                if lane.server is not None and not forkserver.answers(lane.server.path):
                    lane = replace(lane, server=None)
                run = _run(notebook, files, config, lane, plan, f"{folder}/again")
                run.preprocess(notebook, _resources(run))
        except Exception as error:
            run.stop("crashed", f"The notebook could not be executed: {showing.fault(error)}.")
            for cell in notebook.cells:
                run.mark_unrun(cell)
        status, reason = run.outcome
    noticed = [*run.noticed, *hints(notebook, given)]
    return Execution(notebook, status, reason, time.monotonic() - started, run.open, noticed)


def _run(
    notebook: NotebookNode, files: dict[str, bytes], config: Config, lane: Lane, plan: Plan | None, folder: str
) -> Run:
    """The run of a notebook, in one kernel or two, with the files in their places."""
    run = Run(lane, _laid_out(f"{folder}/student", files), config=config)
    run.lane = lane = replace(lane, forked=lane.forked and is_ours(run.wanted_kernel(notebook)))
    if plan is None or not plan.before or not lane.forked:
        return run
    return HeardRun(lane, run.folder, _laid_out(f"{folder}/judge", plan.files_for_judge(files)), plan, config=config)


def _laid_out(folder: str, files: dict[str, bytes]) -> str:
    """Put files into the folder `work` of a kernel's folder, and return that."""
    work = Path(folder) / "work"
    work.mkdir(parents=True)
    for name, content in files.items():
        path = work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def _resources(run: Run) -> dict[str, Any]:
    return {"metadata": {"path": f"{run.folder}/work"}}
