"""What the record holds, as the gradebook has it now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from autograder import showing
from autograder.course import results
from autograder.course.tasks import tasks_by_notebook
from autograder.grading.standing import Standing, renewed, standings, without_source
from autograder.report.words import by_assignment

if TYPE_CHECKING:
    from autograder.course.directory import Course
    from autograder.course.results import Submission


def current(course: Course, assignments: Collection[str] = ()) -> list[Submission]:
    """Return the recorded submissions with the points the gradebook has now, sorted.

    Parameters
    ----------
    course : Course
    assignments : sequence of str, optional
        Only these; all recorded ones by default.
    """
    record = results.load(course.root)
    known = {*course.assignments(), *(assignment for _, assignment in record)}
    course.require(each for each in assignments if each not in known)
    tasks = {assignment: tasks_by_notebook(course.sources(assignment)) for assignment in {each for _, each in record}}
    students, found = set(course.students()), []
    with course.gradebook() as gradebook:
        in_gradebook = {each.name for each in gradebook.assignments}
        standing = standings(gradebook)
        for submission in record.values():
            wanted = not assignments or submission.assignment in assignments
            if not wanted or submission.student not in students:
                continue
            now = standing.get((submission.student, submission.assignment))
            if now is None and submission.status in results.GRADED:
                continue  # it was taken out of the gradebook
            if tasks[submission.assignment]:
                found.append(renewed(submission, tasks[submission.assignment], now or Standing()))
            elif submission.assignment in in_gradebook:
                found.append(without_source(submission, gradebook, now or Standing()))
    return sorted(found, key=lambda each: (each.assignment, each.student))


def changes(record: dict[tuple[str, str], Submission], submissions: Iterable[Submission]) -> Iterator[str]:
    """Yield, for each assignment, a sentence on who has other points than in the record before.

    Nobody is named who had handed in nothing.
    """
    for assignment, members in by_assignment(submissions).items():
        known = [(record.get((each.student, assignment)), each) for each in members]
        pairs = [
            (before, now)
            for before, now in known
            if before and not {before.status, now.status}.intersection(results.UNTOUCHED)
        ]
        for word, sign in (("gained", 1), ("lost", -1)):
            moved = [
                f"{showing.line(now.student)} {before.points:g} → {now.points:g}"
                for before, now in pairs
                if sign * (now.points - before.points) > 0
            ]
            if moved:
                yield f"{assignment}: {len(moved)} {word} points since the last time: {', '.join(moved)}."
