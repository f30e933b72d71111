"""A class, graded: one process owns the gradebook, workers execute notebooks."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from nbgrader.preprocessors import Execute

from autograder import showing
from autograder.course import results
from autograder.course.errors import CourseError
from autograder.execution.workers import workers_for
from autograder.grading.clerk import Clerk, recorded
from autograder.grading.materials import Materials
from autograder.grading.register import Job
from autograder.grading.running import Interrupt, Workshop, graded, without_points

if TYPE_CHECKING:
    from autograder.course.directory import Course
    from autograder.course.results import Submission


@dataclass(frozen=True)
class Options:
    """How a class is graded.

    Attributes
    ----------
    workers : int, optional
        How many notebooks are executed at once; as many as the machine has cores by default.
    scheduler : str, optional
        Address of a Dask scheduler, whose workers execute the notebooks in place of processes of this machine.
    confine : {"auto", "require", "off"}, default "auto"
        Lock student code in as far as the machine can; or fully, or not grade at all; or not lock it in.
    force : bool, default False
        Grade also what was graded before and has not changed since.
    count_broken : bool, default False
        Let tests that the source's own solution fails cost points, too; they are left to a person by default.
    memory : Path, optional
        The course directory whose record keeps what came of rehearsals; the course's own by default.
    """

    workers: int | None = None
    scheduler: str | None = None
    confine: Literal["auto", "require", "off"] = "auto"
    force: bool = False
    count_broken: bool = False
    memory: Path | None = None


def grade(
    course: Course,
    assignments: Sequence[str],
    students: Sequence[str] = (),
    options: Options = Options(),
    notice: Callable[[str], None] = lambda sentence: None,
    progress: Callable[[int, int, Submission], None] = lambda done, total, submission: None,
) -> list[Submission]:
    """Grade submissions and enter their points in the gradebook.

    Parameters
    ----------
    course : Course
    assignments : sequence of str
    students : sequence of str, optional
        Only these; without any, everybody in the gradebook or in submitted/.
    options : Options, optional
    notice : callable, optional
        Called with each sentence about all submissions: what student code is not held back from, what came
        of trying the tests.
    progress : callable, optional
        Called after each submission with the number done, the number of all, and the result.

    Returns
    -------
    list of Submission
        One for each student and assignment, sorted.

    Raises
    ------
    CourseError
        If an assignment or a student is unknown, the course directory can't be written, the scheduler can't be
        reached, or student code must be confined and can't be.
    NotAllGraded
        If an assignment can't be prepared, after all others were graded.
    """
    course.require(assignments)
    course.require_writable()
    chosen = _chosen(course, students)
    record = results.load(course.root)
    Execute(config=course.config)  # a wrong setting shows here, once, and not in every worker
    unprepared: dict[str, str] = {}
    with course.gradebook() as gradebook, Interrupt() as interrupt:
        kept: list[Submission] = []
        jobs: list[Job] = []
        fresh: list[Submission] = []
        for assignment in assignments:
            try:
                clerk = Clerk(course, gradebook, assignment)
            except CourseError as error:
                unprepared[assignment] = str(error)
                continue
            for student in chosen:
                if not _is_storable(student):
                    fresh.append(_unnamed(course, student, assignment))
                    continue
                fingerprint = clerk.fingerprint(student)
                before = record.get((student, assignment))
                now = (
                    clerk.as_it_stands(before)
                    if not options.force and before and before.fingerprint == fingerprint
                    else None
                )
                if now is None:
                    jobs.append(Job(student, assignment, fingerprint))
                else:
                    kept.append(recorded(course, now, before))
        if jobs:
            with (
                tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as temporary,
                workers_for(
                    course.config, Path(temporary), options.workers, options.scheduler, options.confine
                ) as ready,
            ):
                concerned = dict.fromkeys(job.assignment for job in jobs)
                materials = Materials(course, Path(temporary) / "release", concerned)
                done = 0
                workshop = Workshop(*ready(), interrupt, notice)
                for submission in graded(
                    gradebook, materials, jobs, workshop, options.memory or course.root, options.count_broken
                ):
                    done += 1
                    fresh.append(recorded(course, submission, record.get((submission.student, submission.assignment))))
                    progress(done, len([job for job in jobs if job.assignment not in materials.unprepared]), fresh[-1])
                unprepared |= materials.unprepared
    found = sorted(kept + fresh, key=lambda each: (each.assignment, each.student))
    if unprepared:
        raise NotAllGraded(" ".join(unprepared.values()), found)
    return found


class NotAllGraded(CourseError):
    """Some assignments could not be prepared; `submissions` are those of the others."""

    def __init__(self, sentence: str, submissions: list[Submission]) -> None:
        super().__init__(sentence)
        self.submissions = submissions


def _is_storable(student: str) -> bool:
    """Whether a student's folder has a name that the gradebook can hold."""
    return showing.whole(student) == student


def _unnamed(course: Course, student: str, assignment: str) -> Submission:
    name = os.fsencode(student).decode(errors="backslashreplace")
    reason = f"The name of the folder {name} in submitted/ is not in UTF-8: rename it, and grade again."
    return without_points(course, name, assignment, "not-a-notebook", reason)


def _chosen(course: Course, students: Sequence[str]) -> list[str]:
    known = course.students()
    unknown = [student for student in students if student not in known]
    if unknown:
        raise CourseError(
            f"There is no student {showing.shown(unknown[0])} in the gradebook or in submitted/. "
            f"Known: {', '.join(map(showing.whole, known)) or 'none'}."
        )
    return list(dict.fromkeys(students)) or known
