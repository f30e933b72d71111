"""A class, graded: one process owns the gradebook, workers execute notebooks."""

import os
import signal
import tempfile
import threading
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from pathlib import Path

from nbgrader.preprocessors import Execute
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError
from traitlets.config import Config

from autograder import folders, results, showing, tasks
from autograder.bench import Bench, Job, still_has
from autograder.course import CourseError
from autograder.execution import execute
from autograder.fingerprint import fingerprint_of
from autograder.kernels.settings import Judge
from autograder.lanes import workers_for
from autograder.rehearsal import rehearse

KERNEL_SETTINGS = {each.__name__ for each in Execute.__mro__} | {
    "Judge",
    "KernelManager",
    "AsyncKernelManager",
    "KernelSpecManager",
}
SECONDS_BETWEEN_LOOKS = 0.2  # whether Ctrl-C was pressed
OF_ONE_SUBMISSION = (DataError, IntegrityError, ProgrammingError)  # what the gradebook refuses, and not that it fails


def grade(
    course,
    assignments,
    students=(),
    workers=None,
    scheduler=None,
    confine="auto",
    force=False,
    memory=None,
    notice=lambda sentence: None,
    progress=lambda done, total, submission: None,
):
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
    notice : callable, optional
        Called with each sentence about all submissions: what student code is not held back from, which tests run beside it.
    progress : callable, optional
        Called after each submission with the number done, the number of all, and the result.

    Returns
    -------
    list of autograder.results.Submission
        One for each student and assignment, sorted.

    Raises
    ------
    autograder.course.CourseError
        If an assignment or a student is unknown, the course directory can't be written, nbgrader can't prepare an assignment, the scheduler can't be reached, or
        student code must be confined and can't be.
    """
    course.require(assignments)
    course.require_writable()
    chosen = _chosen(course, students)
    record = results.load(course.root)
    Execute(config=course.config)  # a wrong setting shows here, once, and not in every worker
    with course.gradebook() as gradebook, _Interrupt() as interrupt:
        kept, jobs = [], []
        fresh = []
        for assignment in assignments:
            source = folders.listing(course.folder("source", ".", assignment))
            for student in chosen:
                if not _is_storable(student):
                    fresh.append(_unnamed(course, student, assignment))
                    continue
                fingerprint = fingerprint_of(course, student, assignment, source)
                before = record.get((student, assignment))
                if not force and _is_as_before(course, gradebook, before, fingerprint):
                    kept.append(before)
                else:
                    jobs.append(Job(student, assignment, fingerprint))
        if jobs:
            with (
                tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as temporary,
                workers_for(course.config, Path(temporary), workers, scheduler, confine) as ready,
            ):
                bench = Bench(course, gradebook, Path(temporary), assignments)
                graded = _graded(bench, jobs, *ready(), memory or course.root, notice, interrupt)
                for done, submission in enumerate(graded, start=1):
                    fresh.append(submission)
                    results.save(course.root, submission)
                    progress(done, len(jobs), submission)
    return sorted(kept + fresh, key=lambda each: (each.assignment, each.student))


class _Interrupt:
    """Ctrl-C, kept until the step at hand is done: nbgrader would take it for a fault of the submission."""

    def __enter__(self):
        self.asked = False
        self._main = threading.current_thread() is threading.main_thread()
        self._before = signal.signal(signal.SIGINT, self._ask) if self._main else None
        return self

    def __exit__(self, *_):
        if self._main:
            signal.signal(signal.SIGINT, self._before)

    def _ask(self, *_):
        self.asked = True

    def obey(self):
        """Raise CourseError if Ctrl-C was pressed since."""
        if self.asked:
            raise CourseError("stopped. What was graded is kept; the same command goes on from there.")


def _graded(bench, jobs, pool, slots, lane, memory, notice, interrupt):
    """Grade the jobs and yield a Submission for each as soon as it is done."""
    if lane.open:
        notice(lane.open)
    if lane.forked:
        _decide_on_judges(bench, pool, lane, memory, notice, interrupt)
    said = {lane.open, ""}
    for submission in _run(bench, jobs, pool, slots, lane, interrupt):
        if submission.unenforced not in said:
            said.add(submission.unenforced)
            notice(submission.unenforced)
        yield submission


def _decide_on_judges(bench, pool, lane, memory, notice, interrupt):
    """Find out for which notebooks a judge's kernel runs the tests."""

    def run_all(notebooks):
        if notebooks:
            notice("The tests are tried with the source's solutions, once for each version of the source.")
        config = _kernel_config(bench)
        try:
            futures = [pool.submit(execute, notebook, files, config, lane, plan) for notebook, files, plan in notebooks]
            while wait(futures, timeout=SECONDS_BETWEEN_LOOKS).not_done:
                interrupt.obey()
            return [future.result().notebook for future in futures]
        except CourseError:
            raise
        except Exception as error:
            sentence = (
                f"The source's solutions could not be tried, since {showing.fault(error)}: run the command again."
            )
            raise CourseError(sentence) from error

    candidates = bench.to_rehearse()
    kernels = Judge(config=bench.course.config).kernels
    bench.one_kernel, learned = rehearse(candidates, kernels, results.rehearsals(memory), run_all)
    if learned:
        results.remember(memory, learned)
    bench.plans = {each: plan for each, (_, _, plan) in candidates.items() if not bench.one_kernel[each]}
    for sentence in filter(None, bench.one_kernel.values()):
        notice(sentence)


def _kernel_config(bench):
    return Config({name: bench.course.config[name] for name in KERNEL_SETTINGS if name in bench.course.config})


def _run(bench, jobs, pool, slots, lane, interrupt):
    config = _kernel_config(bench)
    waiting, running = list(reversed(jobs)), {}
    while waiting or running:
        interrupt.obey()
        if waiting and len(running) < 2 * slots:
            job = waiting.pop()
            for name, notebook, files in _prepared(bench, job):
                plan = bench.plans.get((job.assignment, name))
                _submit(running, pool, job, name, (notebook, files, config, lane, plan))
            finished = [] if any(other is job for other, _ in running.values()) else [job]
        else:
            done, _ = wait(running, timeout=SECONDS_BETWEEN_LOOKS, return_when=FIRST_COMPLETED)
            interrupt.obey()
            finished = _collected(running, done)
        for job in finished:
            yield _finished(bench, job)


def _submit(running, pool, job, name, arguments):
    try:
        running[pool.submit(execute, *arguments)] = job, name
    except BrokenExecutor:
        job.refuse_for_now("The processes that execute notebooks were ended from outside: run the command again.")


def _collected(running, done):
    """Take the executed notebooks of futures that are done, and return the jobs that wait for no more."""
    jobs = []
    for future in done:
        job, name = running.pop(future)
        try:
            job.executions[name] = future.result()
        except Exception as error:
            job.refuse_for_now(f"It could not be executed, since {showing.fault(error)}: run the command again.")
        if not any(other is job for other, _ in running.values()):
            jobs.append(job)
    return jobs


def _prepared(bench, job):
    """Prepare one submission; whatever goes wrong in that is its own affair."""
    try:
        yield from bench.prepared(job)
    except Exception as error:
        job.refuse_for_now(f"It could not be prepared: {showing.fault(error)}.")


def _finished(bench, job):
    """Record one submission; if the gradebook refuses, the next run tries again."""
    try:
        return bench.finished(job)
    except Exception as error:
        _raise_if_all_are_concerned(error)
        job.refuse_for_now(f"Its points could not be recorded: {showing.fault(error)}.")
        job.executions = {}
    try:
        return bench.finished(job)
    except Exception as error:
        _raise_if_all_are_concerned(error)
        return _without_points(bench.course, job.student, job.assignment, *job.refusals[-1])


def _raise_if_all_are_concerned(error):
    if isinstance(error, DatabaseError) and not isinstance(error, OF_ONE_SUBMISSION):
        raise error


def _is_as_before(course, gradebook, before, fingerprint):
    return bool(before and fingerprint and before.fingerprint == fingerprint and still_has(course, gradebook, before))


def _is_storable(student):
    """Whether a student's folder has a name that the gradebook can hold."""
    return showing.whole(student) == student


def _unnamed(course, student, assignment):
    name = os.fsencode(student).decode(errors="backslashreplace")
    reason = f"The name of the folder {name} in submitted/ is not in UTF-8: rename it, and grade again."
    return _without_points(course, name, assignment, "not-a-notebook", reason)


def _without_points(course, student, assignment, status, reason):
    """What came of a submission of which the gradebook holds nothing."""
    found = tasks.with_points(course.sources(assignment).values(), {}, {})
    maximum = sum(task.max_points for task in found)
    return results.Submission(student, assignment, status, reason, max_points=maximum, tasks=found)


def _chosen(course, students):
    known = course.students()
    unknown = [student for student in students if student not in known]
    if unknown:
        raise CourseError(
            f"There is no student {showing.shown(unknown[0])} in the gradebook or in submitted/. "
            f"Known: {', '.join(map(showing.whole, known)) or 'none'}."
        )
    return list(dict.fromkeys(students)) or known
