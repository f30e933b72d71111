"""Enter the points of one executed notebook in nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader.api import BaseCell, Comment, Grade
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import is_grade

from autograder.course import tasks
from autograder.intake.recognising import grade_id

if TYPE_CHECKING:
    from nbgrader.api import Gradebook, SubmittedNotebook

    from autograder.grading.register import Job


class _CellsOfOne:
    """Stands for the gradebook while SaveAutoGrades enters one notebook.

    Its cells are known, and are committed later, all together.
    """

    def __init__(self, grades: dict[str, Any], comments: dict[str, Any]) -> None:
        self._grades, self._comments = grades, comments
        self.db = self

    def find_grade(self, cell: str, *_: str) -> Any:
        return self._grades[cell]

    def find_comment(self, cell: str, *_: str) -> Any:
        return self._comments[cell]

    def commit(self) -> None:
        """`enter` does that."""


def _by_name(gradebook: Gradebook, table: type[Grade] | type[Comment], submitted: SubmittedNotebook) -> dict[str, Any]:
    """The rows of a submitted notebook by the name of their cell, with one query; nbgrader has one for each name."""
    rows = gradebook.db.query(BaseCell.name, table).join(BaseCell, table.cell_id == BaseCell.id)
    return {name: row for name, row in rows.filter(table.notebook_id == submitted.id)}


def enter(
    notebook: nbformat.NotebookNode, gradebook: Gradebook, job: Job, name: str, withheld: Collection[str]
) -> None:
    """nbgrader's SaveAutoGrades in one transaction.

    nbgrader's own looks up and commits every cell alone, which takes most of its time. The graded cells that are
    `withheld` get no points, and are left to a person.
    """
    submitted = gradebook.find_submission_notebook(name, job.assignment, job.student)
    grades, comments = (_by_name(gradebook, each, submitted) for each in (Grade, Comment))
    counted = [cell for cell in notebook.cells if grade_id(cell) not in withheld]
    for cell in filter(is_grade, counted):
        tasks.points_of(cell)
    saver = SaveAutoGrades()
    saver.notebook_id, saver.assignment_id, saver.student_id = name, job.assignment, job.student
    saver.gradebook = _CellsOfOne(grades, comments)
    for index, cell in enumerate(counted):
        saver.preprocess_cell(cell, {}, index)
    for cell in withheld:
        grades[cell].auto_score, grades[cell].needs_manual_grade = None, True
    gradebook.db.commit()
