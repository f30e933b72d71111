"""A class, graded: one process owns the gradebook, workers execute notebooks."""

from __future__ import annotations

import copy
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from nbgrader.preprocessors import Execute
from traitlets.config import Config

from autograder import showing
from autograder.course import results
from autograder.course.directory import CourseError
from autograder.execution.execute import execute
from autograder.execution.lanes import workers_for
from autograder.grading.bench import Bench, Job
from autograder.grading.clerk import Clerk, raise_if_all_are_concerned, recorded
from autograder.grading.memory import remember, remembered
from autograder.grading.rehearsal import Outlook, rehearse
from autograder.grading.standing import Standing, renewed
from autograder.judge.planning.hints import texts

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.course.directory import Course
    from autograder.course.results import Submission
    from autograder.execution.execute import Execution
    from autograder.execution.runs import Lane
    from autograder.grading.rehearsal import Scene, Verdict
    from autograder.judge.planning.plan import Plan

KERNEL_SETTINGS = {each.__name__ for each in Execute.__mro__} | {
    "Judge",
    "KernelManager",
    "AsyncKernelManager",
    "KernelSpecManager",
}
SECONDS_BETWEEN_LOOKS = 0.2  # whether Ctrl-C was pressed


def grade(
    course: Course,
    assignments: Sequence[str],
    students: Sequence[str] = (),
    workers: int | None = None,
    scheduler: str | None = None,
    confine: Literal["auto", "require", "off"] = "auto",
    force: bool = False,
    memory: Path | None = None,
    count_broken: bool = False,
    notice: Callable[[str], None] = lambda sentence: None,
    progress: Callable[[int, int, Submission], None] = lambda done, total, submission: None,
) -> list[Submission]:
    """Grade submissions and enter their points in the gradebook.

    Parameters
    ----------
    course : autograder.course.Course
    assignments : sequence of str
    students : sequence of str, optional
        Only these; without any, everybody in the gradebook or in submitted/.
    workers : int, optional
        How many notebooks are executed at once; as many as the machine has cores by default.
    scheduler : str, optional
        Address of a Dask scheduler, whose workers execute the notebooks in place of processes of this machine.
    confine : {"auto", "require", "off"}, default "auto"
        Lock student code in as far as the machine can; or fully, or not grade at all; or not lock it in.
    force : bool, default False
        Grade also what was graded before and has not changed since.
    memory : Path, optional
        The course directory whose record keeps what came of rehearsals; this one by default.
    count_broken : bool, default False
        Let tests that the source's own solution fails cost points, too; they are left to a person by default.
    notice : callable, optional
        Called with each sentence about all submissions: what student code is not held back from, what came
        of trying the tests.
    progress : callable, optional
        Called after each submission with the number done, the number of all, and the result.

    Returns
    -------
    list of autograder.results.Submission
        One for each student and assignment, sorted.

    Raises
    ------
    autograder.course.CourseError
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
    with course.gradebook() as gradebook, _Interrupt() as interrupt:
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
                now = clerk.as_it_stands(before) if not force and before and before.fingerprint == fingerprint else None
                if now is None:
                    jobs.append(Job(student, assignment, fingerprint))
                else:
                    kept.append(recorded(course, now, before))
        if jobs:
            with (
                tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as temporary,
                workers_for(course.config, Path(temporary), workers, scheduler, confine) as ready,
            ):
                concerned = dict.fromkeys(job.assignment for job in jobs)
                bench = Bench(course, gradebook, Path(temporary), concerned)
                done = 0
                for submission in _graded(
                    bench, jobs, *ready(), memory or course.root, count_broken, notice, interrupt
                ):
                    done += 1
                    fresh.append(recorded(course, submission, record.get((submission.student, submission.assignment))))
                    progress(done, len([job for job in jobs if job.assignment not in bench.unprepared]), fresh[-1])
                unprepared |= bench.unprepared
    found = sorted(kept + fresh, key=lambda each: (each.assignment, each.student))
    if unprepared:
        raise NotAllGraded(" ".join(unprepared.values()), found)
    return found


class NotAllGraded(CourseError):
    """Some assignments could not be prepared; `submissions` are those of the others."""

    def __init__(self, sentence: str, submissions: list[Submission]) -> None:
        super().__init__(sentence)
        self.submissions = submissions


class _Interrupt:
    """Ctrl-C, kept until the step at hand is done: nbgrader would take it for a fault of the submission."""

    def __enter__(self) -> Self:
        self.asked = False
        self._main = threading.current_thread() is threading.main_thread()
        self._before = signal.signal(signal.SIGINT, self._ask) if self._main else None
        return self

    def __exit__(self, *_: object) -> None:
        if self._main:
            signal.signal(signal.SIGINT, self._before)

    def _ask(self, *_: object) -> None:
        self.asked = True

    def obey(self) -> None:
        """Raise CourseError if Ctrl-C was pressed since."""
        if self.asked:
            raise CourseError("stopped. What was graded is kept; the same command goes on from there.")


def _graded(
    bench: Bench,
    jobs: list[Job],
    pool: Executor,
    slots: int,
    lane: Lane,
    memory: Path,
    count_broken: bool,
    notice: Callable[[str], None],
    interrupt: _Interrupt,
) -> Iterator[Submission]:
    """Grade the jobs and yield a Submission for each as soon as it is done."""
    if lane.open:
        notice(lane.open)
    bench.outlook = Outlook(bench.scenes, _rehearsed(bench, pool, lane, memory, notice, interrupt), count_broken)
    for sentence in bench.outlook.sentences():
        notice(sentence)
    jobs = [job for job in jobs if job.assignment not in bench.unprepared]
    said = {lane.open, ""}
    for submission in _run(bench, jobs, pool, slots, lane, interrupt):
        if submission.unenforced not in said:
            said.add(submission.unenforced)
            notice(submission.unenforced)
        yield submission


def _rehearsed(
    bench: Bench, pool: Executor, lane: Lane, memory: Path, notice: Callable[[str], None], interrupt: _Interrupt
) -> dict[tuple[str, str], Verdict]:
    """What came of trying the tests with the source's solutions, for each notebook."""
    nbgraders_own = replace(lane, settings=replace(lane.settings, require=False), forked=False)
    config = _kernel_config(bench)
    told = False

    def run_all(wanted: list[tuple[Scene, Plan | None, bool]]) -> list[Execution]:
        nonlocal told
        if wanted and not told:
            notice("The tests are tried with the source's solutions, once for each version of the source.")
            told = True
        try:
            futures = [
                pool.submit(
                    execute, copy.deepcopy(scene.notebook), scene.files, config, nbgraders_own if own else lane, plan
                )
                for scene, plan, own in wanted
            ]
            while wait(futures, timeout=SECONDS_BETWEEN_LOOKS).not_done:
                interrupt.obey()
            return [future.result() for future in futures]
        except CourseError:
            raise
        except Exception as error:
            sentence = (
                f"The source's solutions could not be tried, since {showing.fault(error)}: run the command again."
            )
            raise CourseError(sentence) from error

    verdicts, learned = rehearse(bench.scenes, remembered(memory), run_all, lane.settings.require)
    if learned and lane.forked and lane.settings.confine:  # what works there works everywhere
        remember(memory, learned)
    return verdicts


def _kernel_config(bench: Bench) -> Config:
    return Config({name: bench.course.config[name] for name in KERNEL_SETTINGS if name in bench.course.config})


def _run(
    bench: Bench, jobs: list[Job], pool: Executor, slots: int, lane: Lane, interrupt: _Interrupt
) -> Iterator[Submission]:
    config = _kernel_config(bench)
    waiting = list(reversed(jobs))
    running: dict[Future[Execution], tuple[Job, str]] = {}
    while waiting or running:
        interrupt.obey()
        if waiting and len(running) < 2 * slots:
            job = waiting.pop()
            for name, notebook, files in _prepared(bench, job):
                plan = bench.outlook.plan(job.assignment, name)
                given = texts(bench.releases[job.assignment][name])
                _submit(running, pool, job, name, (notebook, files, config, lane, plan, given))
            finished = [] if any(other is job for other, _ in running.values()) else [job]
        else:
            done, _ = wait(running, timeout=SECONDS_BETWEEN_LOOKS, return_when=FIRST_COMPLETED)
            interrupt.obey()
            finished = _collected(running, done)
        for job in finished:
            yield _finished(bench, job)


def _submit(
    running: dict[Future[Execution], tuple[Job, str]], pool: Executor, job: Job, name: str, arguments: tuple[Any, ...]
) -> None:
    try:
        running[pool.submit(execute, *arguments)] = job, name
    except BrokenExecutor:
        job.refuse_for_now("The processes that execute notebooks were ended from outside: run the command again.")


def _collected(running: dict[Future[Execution], tuple[Job, str]], done: Iterable[Future[Execution]]) -> list[Job]:
    """Take the executed notebooks of futures that are done, and return the jobs that wait for no more."""
    jobs: list[Job] = []
    for future in done:
        job, name = running.pop(future)
        try:
            job.executions[name] = future.result()
        except Exception as error:
            job.refuse_for_now(f"It could not be executed, since {showing.fault(error)}: run the command again.")
        if not any(other is job for other, _ in running.values()):
            jobs.append(job)
    return jobs


def _prepared(bench: Bench, job: Job) -> Iterator[tuple[str, NotebookNode, dict[str, bytes]]]:
    """Prepare one submission; whatever goes wrong in that is its own affair."""
    try:
        yield from bench.prepared(job)
    except Exception as error:
        job.refuse_for_now(f"It could not be prepared: {showing.fault(error)}.")


def _finished(bench: Bench, job: Job) -> Submission:
    """Record one submission; if the gradebook refuses, the next run tries again."""
    try:
        return bench.finished(job)
    except Exception as error:
        raise_if_all_are_concerned(error)
        job.refuse_for_now(f"Its points could not be recorded: {showing.fault(error)}.")
        job.executions = {}
    try:
        return bench.finished(job)
    except Exception as error:
        raise_if_all_are_concerned(error)
        return _without_points(bench.course, job.student, job.assignment, *job.refusals[-1])


def _is_storable(student: str) -> bool:
    """Whether a student's folder has a name that the gradebook can hold."""
    return showing.whole(student) == student


def _unnamed(course: Course, student: str, assignment: str) -> Submission:
    name = os.fsencode(student).decode(errors="backslashreplace")
    reason = f"The name of the folder {name} in submitted/ is not in UTF-8: rename it, and grade again."
    return _without_points(course, name, assignment, "not-a-notebook", reason)


def _without_points(course: Course, student: str, assignment: str, status: str, reason: str) -> Submission:
    """What came of a submission of which the gradebook holds nothing."""
    submission = results.Submission(student, assignment, status, reason)
    return renewed(submission, course.sources(assignment), Standing())


def _chosen(course: Course, students: Sequence[str]) -> list[str]:
    known = course.students()
    unknown = [student for student in students if student not in known]
    if unknown:
        raise CourseError(
            f"There is no student {showing.shown(unknown[0])} in the gradebook or in submitted/. "
            f"Known: {', '.join(map(showing.whole, known)) or 'none'}."
        )
    return list(dict.fromkeys(students)) or known
