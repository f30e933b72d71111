"""Carry the grading of a class out: the tests are rehearsed, then each submission goes through its steps."""

from __future__ import annotations

import copy
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from nbgrader.preprocessors import Execute
from traitlets.config import Config

from autograder import showing
from autograder.course import results
from autograder.course.errors import CourseError
from autograder.course.tasks import tasks_by_notebook
from autograder.execution.execute import execute
from autograder.grading.clerk import raise_if_all_are_concerned
from autograder.grading.memory import remember, remembered
from autograder.grading.register import Job, Register
from autograder.grading.rehearsal import Outlook, rehearse
from autograder.grading.standing import Standing, renewed
from autograder.judge.planning.hints import texts

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from nbgrader.api import Gradebook

    from autograder.course.directory import Course
    from autograder.course.results import Submission
    from autograder.execution.execute import Execution
    from autograder.execution.one_kernel import Lane
    from autograder.grading.materials import Materials
    from autograder.grading.rehearsal import Scene, Verdict
    from autograder.judge.planning.plan import Plan

KERNEL_SETTINGS = {each.__name__ for each in Execute.__mro__} | {
    "Judge",
    "KernelManager",
    "AsyncKernelManager",
    "KernelSpecManager",
}
SECONDS_BETWEEN_LOOKS = 0.2  # whether Ctrl-C was pressed


class Interrupt:
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


@dataclass(frozen=True)
class Workshop:
    """What executes notebooks, how many at once and in which kernels; who stops it, and who is told."""

    pool: Executor
    slots: int
    lane: Lane
    interrupt: Interrupt
    notice: Callable[[str], None]


def graded(
    gradebook: Gradebook,
    materials: Materials,
    jobs: list[Job],
    workshop: Workshop,
    memory: Path,
    count_broken: bool,
) -> Iterator[Submission]:
    """Grade the jobs and yield a Submission for each as soon as it is done."""
    if workshop.lane.open:
        workshop.notice(workshop.lane.open)
    verdicts = _rehearsed(materials, memory, workshop)
    outlook = Outlook(materials.scenes, verdicts, count_broken)
    for sentence in (*materials.faults(), *outlook.sentences()):
        workshop.notice(sentence)
    jobs = [job for job in jobs if job.assignment not in materials.unprepared]
    said = {workshop.lane.open, ""}
    for submission in _run(Register(gradebook, materials, outlook), jobs, workshop):
        if submission.unenforced not in said:
            said.add(submission.unenforced)
            workshop.notice(submission.unenforced)
        yield submission


def _rehearsed(materials: Materials, memory: Path, workshop: Workshop) -> dict[tuple[str, str], Verdict]:
    """What came of trying the tests with the source's solutions, for each notebook."""
    lane = workshop.lane
    nbgraders_own = replace(lane, settings=replace(lane.settings, require=False), forked=False)
    config = _kernel_config(materials.course)
    told = False

    def run_all(wanted: list[tuple[Scene, Plan | None, bool]]) -> list[Execution]:
        nonlocal told
        if wanted and not told:
            workshop.notice("The tests are tried with the source's solutions, once for each version of the source.")
            told = True
        try:
            futures = [
                workshop.pool.submit(
                    execute, copy.deepcopy(scene.notebook), scene.files, config, nbgraders_own if own else lane, plan
                )
                for scene, plan, own in wanted
            ]
            while wait(futures, timeout=SECONDS_BETWEEN_LOOKS).not_done:
                workshop.interrupt.obey()
            return [future.result() for future in futures]
        except CourseError:
            raise
        except Exception as error:
            sentence = (
                f"The source's solutions could not be tried, since {showing.fault(error)}: run the command again."
            )
            raise CourseError(sentence) from error

    verdicts, learned = rehearse(materials.scenes, remembered(memory), run_all, lane.settings.require)
    if learned and lane.forked and lane.settings.confine:  # what works there works everywhere
        remember(memory, learned)
    return verdicts


def _kernel_config(course: Course) -> Config:
    return Config({name: course.config[name] for name in KERNEL_SETTINGS if name in course.config})


def _run(register: Register, jobs: list[Job], workshop: Workshop) -> Iterator[Submission]:
    config, interrupt = _kernel_config(register.course), workshop.interrupt
    waiting = list(reversed(jobs))
    running: dict[Future[Execution], tuple[Job, str]] = {}
    while waiting or running:
        interrupt.obey()
        if waiting and len(running) < 2 * workshop.slots:
            job = waiting.pop()
            for name, notebook, files in prepared(register, job):
                plan = register.outlook.plan(job.assignment, name)
                given = texts(*register.materials.released[job.assignment][name].all)
                _submit(running, workshop.pool, job, name, (notebook, files, config, workshop.lane, plan, given))
            through = [] if any(other is job for other, _ in running.values()) else [job]
        else:
            done, _ = wait(running, timeout=SECONDS_BETWEEN_LOOKS, return_when=FIRST_COMPLETED)
            interrupt.obey()
            through = _collected(running, done)
        for job in through:
            yield finished(register, job)
            job.let_go()


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


def prepared(register: Register, job: Job) -> Iterator[tuple[str, NotebookNode, dict[str, bytes]]]:
    """Prepare one submission; whatever goes wrong in that is its own affair."""
    try:
        yield from register.prepared(job)
    except Exception as error:
        job.refuse_for_now(f"It could not be prepared: {showing.fault(error)}.")


def finished(register: Register, job: Job) -> Submission:
    """Record one submission; if the gradebook refuses, the next run tries again."""
    try:
        return register.finished(job)
    except Exception as error:
        raise_if_all_are_concerned(error)
        job.refuse_for_now(f"Its points could not be recorded: {showing.fault(error)}.")
        job.executions = {}
    try:
        return register.finished(job)
    except Exception as error:
        raise_if_all_are_concerned(error)
        return without_points(register.course, job.student, job.assignment, *job.refusals[-1])


def without_points(course: Course, student: str, assignment: str, status: str, reason: str) -> Submission:
    """What came of a submission of which the gradebook holds nothing."""
    submission = results.Submission(student, assignment, status, reason)
    return renewed(submission, tasks_by_notebook(course.sources(assignment)), Standing())
