"""How tasks, points and lateness are called, in every form of the report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from autograder.language import N_, _

if TYPE_CHECKING:
    from autograder.course.results import Submission, Task

UNITS = ((86400, N_("%(number)s d")), (3600, N_("%(number)s h")), (60, N_("%(number)s min")), (1, N_("%(number)s s")))


def by_assignment(submissions: Iterable[Submission]) -> dict[str, list[Submission]]:
    """Group submissions: a dict assignment -> list of Submission."""
    groups: dict[str, list[Submission]] = {}
    for submission in submissions:
        groups.setdefault(submission.assignment, []).append(submission)
    return groups


def names_of(tasks: list[Task]) -> list[str]:
    """How tasks are called: by their ids, and by the notebook too where two notebooks have the same."""
    ids = [task.id for task in tasks]
    return [task.id if ids.count(task.id) == 1 else f"{task.notebook}/{task.id}" for task in tasks]


def shown_late(submission: Submission) -> str:
    """How late a submission was, and what it lost by that."""
    if not submission.seconds_late:
        return ""
    size, unit = next((each for each in UNITS if submission.seconds_late >= each[0]), UNITS[-1])
    lost = f" −{submission.late_penalty:g}" if submission.late_penalty else ""
    return _(unit, number=f"{submission.seconds_late / size:.0f}") + lost


def shown_points(task: Task) -> str:
    """The points of a task as a table shows them; "…" while a person has still to grade it."""
    return "…" if task.points is None else f"{task.points:g}"
