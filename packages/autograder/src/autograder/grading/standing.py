"""How a submission stands in the gradebook now: its points, also those given by hand, and its late penalty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader.api import Assignment, BaseCell, Grade, MissingEntry, Notebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.orm import contains_eager

from autograder.course import tasks
from autograder.course.results import Task

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

    from autograder.course.directory import Course
    from autograder.course.results import Submission


@dataclass(frozen=True)
class Standing:
    """What the gradebook has of a submission.

    Attributes
    ----------
    scores : dict of (str, str) to float or None
        By notebook and graded cell; None where a person has still to grade.
    seconds_late : float
        How long after its due date it was handed in, extensions counted.
    late_penalty : float
    """

    scores: dict[tuple[str, str], float | None] = field(default_factory=dict)
    seconds_late: float = 0.0
    late_penalty: float = 0.0


def standing(gradebook: Gradebook, student: str, assignment: str) -> Standing | None:
    """How a submission stands, a Standing; None if the gradebook has none."""
    one = SubmittedAssignment.student_id == student, Assignment.name == assignment
    return standings(gradebook, *one).get((student, assignment))


def standings(gradebook: Gradebook, *which: Any) -> dict[tuple[str, str], Standing]:
    """How all submissions stand, or those `which` fulfil conditions, by student and assignment; with three queries."""
    found: dict[str, Standing] = {}
    key_of = {}
    submissions = gradebook.db.query(SubmittedAssignment).join(SubmittedAssignment.assignment).filter(*which)
    for submitted in submissions.options(contains_eager(SubmittedAssignment.assignment)):
        key_of[submitted.id] = submitted.student_id, submitted.assignment.name
        found[submitted.id] = Standing({}, seconds_late(submitted))
    notebooks = gradebook.db.query(
        SubmittedNotebook.id, SubmittedNotebook.assignment_id, Notebook.name, SubmittedNotebook.late_submission_penalty
    ).join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
    place_of = {}
    for notebook, submission, name, penalty in _of(notebooks, which):
        place_of[notebook] = submission, name
        known = found[submission]
        found[submission] = replace(known, late_penalty=known.late_penalty + (penalty or 0.0))
    grades = (
        gradebook.db.query(Grade.notebook_id, BaseCell.name, Grade.auto_score, Grade.manual_score, Grade.score)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .join(Grade.notebook)
    )
    for notebook, cell, by_machine, by_hand, score in _of(grades, which):
        submission, name = place_of[notebook]
        waits = by_machine is None and by_hand is None
        found[submission].scores[name, cell] = None if waits else float(score)
    return {key_of[submission]: each for submission, each in found.items()}


def _of(parts: Any, which: Iterable[Any]) -> Any:
    """The parts of submitted notebooks that are in submissions which fulfil conditions."""
    return parts.join(SubmittedNotebook.assignment).join(SubmittedAssignment.assignment).filter(*which)


def score_of(grade: Grade) -> float | None:
    """The points of a graded cell in the gradebook; None where a person has still to grade."""
    return None if grade.auto_score is None and grade.manual_score is None else float(grade.score)


def seconds_late(submitted: SubmittedAssignment) -> float:
    """How late nbgrader takes a submission of its gradebook to be; without a due date an extension means nothing."""
    late: float = submitted.total_seconds_late if submitted.assignment.duedate else 0.0
    return late


def penalize(course: Course, gradebook: Gradebook, steps: Iterable[type[Any]], student: str, assignment: str) -> None:
    """Enter the late penalties of a submission as nbgrader does now.

    Due dates, extensions and points may have changed since. `steps` are the preprocessors of the course's autograding.
    """
    try:
        submitted = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return
    names = [each.name for each in submitted.notebooks]
    has_penalty = any(each.late_submission_penalty is not None for each in submitted.notebooks)
    if not has_penalty and not seconds_late(submitted):
        return
    gradebook.db.remove()
    names_of = {"student": student, "assignment": assignment, "db_url": course.directory.db_url}
    for step in steps:
        if issubclass(step, AssignLatePenalties):
            for name in names:
                nothing = nbformat.v4.new_notebook()
                step(config=course.config)(nothing, {"nbgrader": {**names_of, "notebook": name}})


def renewed(submission: Submission, groups: Mapping[str, list[tasks.Cells]], now: Standing) -> Submission:
    """The submission as it stands `now`; `groups` are the tasks of the assignment's sources."""
    before = {(task.notebook, task.id): task for task in submission.tasks}
    found = tasks.with_points(groups, now.scores, {}, {})
    for place, task in enumerate(found):
        if (task.notebook, task.id) in before:
            known = before[task.notebook, task.id]
            found[place] = replace(task, messages=known.messages, findings=known.findings)
    return with_tasks(submission, found, now)


def without_source(submission: Submission, gradebook: Gradebook, now: Standing) -> Submission:
    """The submission of an assignment that has no source any more: each graded cell of the gradebook is a task."""
    before = {(task.notebook, task.id): task for task in submission.tasks}
    found = []
    for notebook in gradebook.find_assignment(submission.assignment).notebooks:
        written = {cell.name for cell in [*notebook.solution_cells, *notebook.task_cells]}
        for cell in sorted([*notebook.grade_cells, *notebook.task_cells], key=lambda each: each.name):
            key = notebook.name, cell.name
            known = before.get(key, Task(cell.name, None, cell.max_score))
            found.append(
                replace(
                    known,
                    points=now.scores.get(key, 0.0),
                    max_points=cell.max_score,
                    by_hand=cell.name in written,
                    notebook=notebook.name,
                )
            )
    return with_tasks(submission, found, now)


def with_tasks(submission: Submission, found: list[Task], now: Standing) -> Submission:
    """The submission with tasks and with the points that come of them."""
    total = sum(task.points or 0.0 for task in found)
    return replace(
        submission,
        tasks=found,
        points=max(0.0, total - now.late_penalty),
        max_points=sum(task.max_points for task in found),
        seconds_late=now.seconds_late,
        late_penalty=now.late_penalty,
    )
