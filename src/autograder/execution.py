"""Execute one notebook: the one place that decides where and how student code runs."""

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbgrader.preprocessors import Execute


@dataclass(frozen=True)
class Execution:
    """An executed notebook, and how it went: `status` is "graded", "timed-out" or "crashed"."""

    notebook: nbformat.NotebookNode
    status: str
    reason: str
    seconds: float


def execute(notebook, files, config):
    """Run all the cells of a notebook in a fresh kernel, in a temporary folder.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        With the tests in it.
    files : dict of str to bytes
        What lies beside it, by relative path.
    config : traitlets.config.Config
        nbgrader's; the limit of time for a cell is in ExecutePreprocessor.timeout.

    Returns
    -------
    Execution
        Every code cell that could not run carries an error output that says so, and so gets no points.
    """
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        for name, content in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        run = _Run(config=config)
        os.environ["NBGRADER_EXECUTION"] = "autograde"
        try:
            run.preprocess(notebook, {"metadata": {"path": folder}})
        except Exception as error:
            run.stop("crashed", f"The kernel could not be started: {type(error).__name__}: {error}")
            for cell in notebook.cells:
                run.mark_unrun(cell)
        status, reason = run.outcome
    return Execution(notebook, status, reason, time.monotonic() - started)


class _Run(Execute):
    """nbgrader's own execution, which goes on to the end whatever a cell does, as long as the kernel answers."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.timed_out = []
        self.stopped = None

    def preprocess_cell(self, cell, resources, index):
        if self.stopped is None:
            try:
                cell, resources = super().preprocess_cell(cell, resources, index)
            except DeadKernelError:
                self.stop("crashed", f"The kernel died in {_name(cell)}; no cell after it could run.")
            except CellTimeoutError:
                self.stop(
                    "timed-out",
                    f"{_name(cell)} ran longer than {self.timeout} s and could not be stopped; no cell after it was run.",
                )
            if any(output.get("ename") == self.error_on_timeout["ename"] for output in cell.get("outputs", [])):
                self.timed_out.append(_name(cell))
        if self.stopped is not None:
            self.mark_unrun(cell)
        return cell, resources

    def stop(self, status, reason):
        self.stopped = (status, reason)

    def mark_unrun(self, cell):
        """Give a cell that did not run to its end an error, since nbgrader takes no output for full points."""
        if cell.cell_type == "code" and not any(output.output_type == "error" for output in cell.get("outputs", [])):
            reason = self.stopped[1]
            cell.outputs = [
                *cell.get("outputs", []),
                nbformat.v4.new_output("error", ename="NotRun", evalue=reason, traceback=[reason]),
            ]

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


def _name(cell):
    return cell.metadata.get("nbgrader", {}).get("grade_id") or f"cell {cell.get('id', '?')}"
