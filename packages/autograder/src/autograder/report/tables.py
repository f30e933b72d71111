"""The report as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from autograder import showing
from autograder.report.misunderstood import findings_of

if TYPE_CHECKING:
    from autograder.course.results import Submission


def csv_text(submissions: Iterable[Submission]) -> str:
    """One line for each submission, as a learning management system can read it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["assignment", "student", "status", "points", "max_points", "reason", "seconds_late", "late_penalty"]
    )
    for each in submissions:
        of_outside = [
            showing.cell(showing.line(text)) for text in (each.assignment, each.student, each.status, each.reason)
        ]
        numbers = [f"{number:.12g}" for number in (each.points, each.max_points, each.seconds_late, each.late_penalty)]
        writer.writerow([*of_outside[:3], *numbers[:2], of_outside[3], *numbers[2:]])
    return text.getvalue()


def findings_csv(submissions: Iterable[Submission]) -> str:
    """One line for each finding of each task of each student."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([
        "assignment", "notebook", "task", "student", "points", "max_points",
        "kind", "key", "sentence", "test", "cells", "seed", "message",
    ])  # fmt: skip
    for each in submissions:
        for task in each.tasks:
            points = ["" if task.points is None else f"{task.points:.12g}", f"{task.max_points:.12g}"]
            for found in findings_of(task):
                texts = [found.kind, found.key, found.sentence, found.test, " ".join(found.cells)]
                seed = "" if found.seed is None else str(found.seed)
                row = [each.assignment, task.notebook, task.id, each.student, *points, *texts, seed, found.message]
                writer.writerow(showing.cell(showing.line(value)) for value in row)
    return text.getvalue()
