"""A class, graded: one process owns the gradebook, workers execute notebooks."""

import hashlib
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, ProcessPoolExecutor, wait
from pathlib import Path

from nbgrader.preprocessors import Execute
from traitlets.config import Config

from autograder import results
from autograder.bench import Bench, Job, files_in
from autograder.course import CourseError
from autograder.execution import execute

KERNEL_SETTINGS = {each.__name__ for each in Execute.__mro__} | {
    "KernelManager",
    "AsyncKernelManager",
    "KernelSpecManager",
}
SECONDS_BETWEEN_LOOKS = 0.2  # whether Ctrl-C was pressed


def grade(course, assignments, students=(), workers=None, force=False, progress=lambda done, total, submission: None):
    """Grade submissions and enter their points in the gradebook.

    Parameters
    ----------
    course : autograder.course.Course
    assignments : sequence of str
    students : sequence of str, optional
        Only these; without any, everybody in the gradebook or in submitted/.
    workers : int, optional
        How many notebooks are executed at once; as many as the machine has cores by default.
    force : bool, default False
        Grade also what was graded before and has not changed since.
    progress : callable, optional
        Called after each submission with the number done, the number of all, and the result.

    Returns
    -------
    list of autograder.results.Submission
        One for each student and assignment, sorted.

    Raises
    ------
    autograder.course.CourseError
        If an assignment or a student is unknown, or nbgrader can't prepare an assignment.
    """
    chosen = _chosen(course, students)
    record = results.load(course.root)
    with (
        tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as temporary,
        _Interrupt() as interrupt,
    ):
        bench = Bench(course, Path(temporary), assignments)
        kept, jobs = [], []
        for assignment in assignments:
            for student in chosen:
                fingerprint = _fingerprint(course, student, assignment)
                before = record.get((student, assignment))
                if before and before.fingerprint == fingerprint and bench.still_has(before) and not force:
                    kept.append(before)
                else:
                    jobs.append(Job(student, assignment, fingerprint))
        fresh = []
        for submission in _run(bench, jobs, workers or os.cpu_count(), interrupt):
            fresh.append(submission)
            record[submission.student, submission.assignment] = submission
            results.save(course.root, record)
            progress(len(fresh), len(jobs), submission)
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


def _run(bench, jobs, workers, interrupt):
    """Grade the jobs and yield a Submission for each as soon as it is done."""
    Execute(config=bench.course.config)  # a wrong setting shows here, once, and not in every worker
    others = set(multiprocessing.active_children())
    context = _process_context()
    pool = ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=[str(bench.temporary)])
    config = Config({name: bench.course.config[name] for name in KERNEL_SETTINGS if name in bench.course.config})
    waiting, running = list(reversed(jobs)), {}
    try:
        while waiting or running:
            interrupt.obey()
            if waiting and len(running) < 2 * workers:
                job = waiting.pop()
                for name, notebook, files in _prepared(bench, job):
                    _submit(running, pool, job, name, (notebook, files, config))
                finished = [] if any(other is job for other, _ in running.values()) else [job]
            else:
                done, _ = wait(running, timeout=SECONDS_BETWEEN_LOOKS, return_when=FIRST_COMPLETED)
                interrupt.obey()
                finished = _collected(running, done)
            for job in finished:
                yield bench.finished(job)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()


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
            job.refuse_for_now(f"The process that executed it failed ({type(error).__name__}): run the command again.")
        if not any(other is job for other, _ in running.values()):
            jobs.append(job)
    return jobs


def _prepared(bench, job):
    """Prepare one submission; whatever goes wrong in that is its own affair."""
    try:
        yield from bench.prepared(job)
    except Exception as error:
        job.refuse_for_now(f"It could not be prepared: {type(error).__name__}: {error}.")


def _chosen(course, students):
    known = course.students()
    unknown = [student for student in students if student not in known]
    if unknown:
        raise CourseError(
            f"There is no student {unknown[0]} in the gradebook or in submitted/. Known: {', '.join(known) or 'none'}."
        )
    return list(dict.fromkeys(students)) or known


def _fingerprint(course, student, assignment):
    """A sum over everything that a grade depends on: what was handed in, the source, the settings."""
    sum_ = hashlib.sha256()
    folders = [course.folder("submitted", student, assignment), course.folder("source", ".", assignment)]
    for path in [course.root / "nbgrader_config.py", *(path for folder in folders for path in files_in(folder))]:
        sum_.update(f"{path.relative_to(course.root)}\0".encode())
        with path.open("rb") as file:
            hashlib.file_digest(file, lambda: sum_)
        sum_.update(b"\0")
    return sum_.hexdigest()


def _process_context():
    """New processes without this one's threads; where the system can, forked from one that has imported everything."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["autograder.execution"])
    return context


def _start_worker(temporary):
    """Make a process ready for notebooks: deaf to Ctrl-C in the terminal, silent, and with its files where they are cleared away.

    Kernels write log lines to the process' own stdout and stderr, and nobody reads them.
    """
    if hasattr(os, "setsid"):
        os.setsid()
    tempfile.tempdir = temporary
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout.fileno(), sys.stderr.fileno()):
        os.dup2(nowhere, stream)
