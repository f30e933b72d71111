"""What a student reads who validates a notebook: the name of a failed test and its message, not its code."""

import os
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader import utils


def name_for_code(cell: NotebookNode, **_: Any) -> None:
    """Let `nbgrader validate` show a failed test's name where it shows the test's code, long as that may be.

    It is a hook for nbgrader's settings, `c.ExecutePreprocessor.on_cell_error = name_for_code`. Nothing happens when a
    notebook is graded, nor to a test that was changed, of which nbgrader warns.
    """
    if os.environ.get("NBGRADER_EXECUTION") != "validate" or not utils.is_grade(cell):
        return
    if cell.metadata.nbgrader.get("checksum", "") in ("", utils.compute_checksum(cell)):
        cell.source = cell.metadata.nbgrader.grade_id
        cell.metadata.nbgrader.pop("checksum", None)
