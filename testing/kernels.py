"""Kernels without a class: settings as a course has them, and cells that are executed with them."""

from dataclasses import replace

from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from autograder.execution.execute import execute
from autograder.execution.one_kernel import Lane
from autograder.execution.settings import kernel_settings

NO_NAMESPACES = "echo 0 > /proc/sys/user/max_user_namespaces && exec"


def settings(**changes):
    return replace(kernel_settings(Config()), **changes)


def run_cells(server, *cells, files=None, seconds=30, **changes):
    """Execute cells, and return the execution and what each printed or raised."""
    lane = Lane(settings(**changes), True, "", server)
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    execution = execute(notebook, files or {}, Config({"ExecutePreprocessor": {"timeout": seconds}}), lane)
    said = [
        "".join(output.get("text", "") or f"{output.get('ename')}: {output.get('evalue')}" for output in cell.outputs)
        for cell in execution.notebook.cells
    ]
    return execution, said
