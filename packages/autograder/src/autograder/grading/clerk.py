"""Which submissions are as they were when they were graded, and what the record and the gradebook have of these."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from nbgrader.converters import Autograde
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError

from autograder.course import results
from autograder.course.tasks import tasks_by_notebook
from autograder.grading.fingerprint import fingerprint_of, sum_of_course
from autograder.grading.materials import classes
from autograder.grading.standing import Standing, penalize, renewed, standing

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

    from autograder.course.directory import Course
    from autograder.course.results import Submission

OF_ONE_SUBMISSION = (DataError, IntegrityError, ProgrammingError)  # what the gradebook refuses, and not that it fails


class Clerk:
    """Knows which submissions of an assignment are as they were, and how these stand in the gradebook now."""

    def __init__(self, course: Course, gradebook: Gradebook, assignment: str) -> None:
        self.course, self.gradebook, self.assignment = course, gradebook, assignment
        self.tasks = tasks_by_notebook(course.sources(assignment))
        self.steps = classes(Autograde(config=course.config).autograde_preprocessors)
        self.given = sum_of_course(course, assignment)

    def fingerprint(self, student: str) -> str | None:
        """The sum over everything that the grade of a student's submission depends on; None if it can't be made."""
        return fingerprint_of(self.course, student, self.assignment, self.given)

    def as_it_stands(self, before: Submission) -> Submission | None:
        """A submission that was graded before, with what it has now; None if it must be graded again."""
        if before.try_again:
            return None
        try:
            penalize(self.course, self.gradebook, self.steps, before.student, self.assignment)
        except Exception as error:  # of the course's own plugin: it is said when the submission is graded again
            raise_if_all_are_concerned(error)
            return None
        now = standing(self.gradebook, before.student, self.assignment)
        folder = self.course.folder("autograded", before.student, self.assignment)
        if before.status in results.GRADED and not (now and folder.exists()):
            return None
        return renewed(before, self.tasks, now or Standing())


def recorded(course: Course, now: Submission, before: Submission | None) -> Submission:
    """Enter a submission in the record, with the points that it had there before if they were others."""
    if before and before.status not in results.UNTOUCHED:
        changed = before.points != now.points
        now = dataclasses.replace(now, points_before=before.points if changed else before.points_before)
    if now != before:
        results.save(course.root, now)
    return now


def raise_if_all_are_concerned(error: Exception) -> None:
    """Raise an error of the gradebook again, unless it is about the one submission at hand."""
    if isinstance(error, DatabaseError) and not isinstance(error, OF_ONE_SUBMISSION):
        raise error
