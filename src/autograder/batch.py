"""A class, graded: one process owns the gradebook, workers execute notebooks."""

import hashlib
import multiprocessing
import os
import shutil
import sys
import tempfile
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute
from nbgrader.utils import rmtree
from traitlets.config import Config

from autograder import intake, results, tasks
from autograder.course import CourseError, last_line
from autograder.execution import execute

KERNEL_SETTINGS = {each.__name__ for each in Execute.__mro__} | {
    "KernelManager",
    "AsyncKernelManager",
    "KernelSpecManager",
}


@dataclass
class _Job:
    """One submission on its way through the bench."""

    student: str
    assignment: str
    fingerprint: str
    repairs: list[str] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    executions: dict = field(default_factory=dict)

    @property
    def seconds(self):
        return sum(execution.seconds for execution in self.executions.values())


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
    record = results.load(course.root)
    with tempfile.TemporaryDirectory(prefix="autograder-") as temporary:
        bench = _Bench(course, Path(temporary), assignments)
        kept, jobs = [], []
        for assignment in assignments:
            for student in _chosen(course, students):
                fingerprint = _fingerprint(course, student, assignment)
                before = record.get((student, assignment))
                if before and before.fingerprint == fingerprint and bench.still_has(before) and not force:
                    kept.append(before)
                else:
                    jobs.append(_Job(student, assignment, fingerprint))
        fresh = []
        for submission in bench.run(jobs, workers or os.cpu_count()):
            fresh.append(submission)
            record[submission.student, submission.assignment] = submission
            results.save(course.root, record)
            progress(len(fresh), len(jobs), submission)
    return sorted(kept + fresh, key=lambda each: (each.assignment, each.student))


class _Bench:
    """The temporary folders where submissions are staged, made safe for nbgrader, executed and recorded."""

    def __init__(self, course, temporary, assignments):
        self.course, self.temporary = course, temporary
        self.releases = {each: course.sources(each) for each in course.assignments()}
        self.releases |= {each: course.release(each, temporary / "release") for each in assignments}
        self.sanitizer = course.api(
            {"autograde_preprocessors": []},
            submitted_directory=temporary / "staged",
            autograded_directory=temporary / "sanitized",
        )
        steps = course.config.Autograde.get(
            "autograde_preprocessors", Autograde.autograde_preprocessors.default_args[0]
        )
        self.recorder = course.api(
            {"sanitize_preprocessors": [], "autograde_preprocessors": [step for step in steps if step is not Execute]},
            submitted_directory=temporary / "executed",
        )

    def still_has(self, submission):
        """Whether the gradebook still has the points of a submission that was graded before."""
        with self.course.gradebook() as gradebook:
            there = tasks.scores_in(gradebook, submission.student, submission.assignment)
        return bool(there) or submission.status not in results.GRADED

    def run(self, jobs, workers):
        """Grade the jobs and yield a Submission for each as soon as it is done."""
        pool = ProcessPoolExecutor(workers, _process_context(), initializer=_be_silent)
        config = Config({name: self.course.config[name] for name in KERNEL_SETTINGS if name in self.course.config})
        running = {}
        try:
            for job in jobs:
                for name, notebook, files in self._prepared(job):
                    running[pool.submit(execute, notebook, files, config)] = job, name
                if not any(other is job for other, _ in running.values()):
                    yield self._finished(job)
            waiting = [job for job, _ in running.values()]
            for future in as_completed(running):
                job, name = running[future]
                try:
                    job.executions[name] = future.result()
                except BrokenExecutor:
                    job.refusals.append(
                        (
                            "crashed",
                            "The process that executed notebooks was ended from outside: run the command again.",
                        )
                    )
                waiting.remove(job)
                if job not in waiting:
                    yield self._finished(job)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _prepared(self, job):
        """Take the submission in and let nbgrader put the tests into it; yield (name, notebook, files)."""
        submitted = self.course.folder("submitted", job.student, job.assignment)
        staged = self._folder("staged", job)
        staged.mkdir(parents=True)
        for name in self.releases[job.assignment]:
            try:
                taken = intake.take_in(submitted, name, job.assignment, self.releases)
            except intake.NotGradable as refusal:
                job.refusals.append((refusal.status, str(refusal)))
            else:
                job.repairs += taken.repairs
                nbformat.write(taken.notebook, staged / f"{name}.ipynb")
        if not list(staged.iterdir()):
            return
        _copy_files(submitted, staged)
        done = self.sanitizer.autograde(job.assignment, job.student, force=True)
        if not done["success"]:
            job.refusals.append(("crashed", f"nbgrader could not prepare the notebook: {last_line(done)}"))
            return
        sanitized = self._folder("sanitized", job)
        files = {
            path.relative_to(sanitized).as_posix(): path.read_bytes()
            for path in _files(sanitized)
            if path.suffix != ".ipynb"
        }
        for path in sorted(sanitized.glob("*.ipynb")):
            yield path.stem, nbformat.read(path, as_version=4), files

    def _finished(self, job):
        """Let nbgrader record the executed notebooks, and say what came of the submission."""
        if job.executions:
            executed = self._folder("executed", job)
            shutil.copytree(self._folder("sanitized", job), executed)
            for name, execution in job.executions.items():
                path = executed / f"{name}.ipynb"
                path.chmod(0o644)
                nbformat.write(execution.notebook, path)
            done = self.recorder.autograde(job.assignment, job.student, force=True)
            if not done["success"]:
                job.refusals.append(("crashed", f"nbgrader could not record the points: {last_line(done)}"))
        if not job.executions or job.refusals:
            self._enter_zeros(job)
        return self._submission(job)

    def _submission(self, job):
        outcomes = job.refusals + [(each.status, each.reason) for each in job.executions.values()]
        status, reason = max(outcomes, key=lambda outcome: results.STATUSES.index(outcome[0]))
        if status == "graded" and job.repairs:
            status, reason = "repaired", " ".join(job.repairs)
        messages = {}
        for execution in job.executions.values():
            messages |= tasks.messages_in(execution.notebook)
        with self.course.gradebook() as gradebook:
            scores = tasks.scores_in(gradebook, job.student, job.assignment)
        graded = tasks.with_points(self.releases[job.assignment].values(), scores, messages)
        return results.Submission(
            student=job.student,
            assignment=job.assignment,
            status=status,
            reason=reason,
            repairs=job.repairs,
            seconds=round(job.seconds, 1),
            points=tasks.total(graded),
            max_points=sum(task.max_points for task in graded),
            tasks=graded,
            fingerprint=job.fingerprint,
        )

    def _enter_zeros(self, job):
        """Make sure that no points of an earlier submission stand for one that could not be graded."""
        if all(status == "missing" for status, _ in job.refusals):
            return
        autograded = self.course.folder("autograded", job.student, job.assignment)
        with self.course.gradebook() as gradebook:
            gradebook.update_or_create_student(job.student)
            submission = gradebook.update_or_create_submission(job.assignment, job.student)
            for notebook in submission.notebooks:
                if notebook.name not in job.executions:
                    for score in notebook.grades:
                        score.auto_score, score.needs_manual_grade = 0, False
            gradebook.db.commit()
        if not job.executions and autograded.exists():
            rmtree(str(autograded))

    def _folder(self, step, job):
        directory = self.course.directory
        return Path(directory.format_path(str(self.temporary / step), job.student, job.assignment))


def _chosen(course, students):
    known = course.students()
    unknown = [student for student in students if student not in known]
    if unknown:
        raise CourseError(f"There is no student {unknown[0]} in the gradebook or in submitted/.")
    return list(students) or known


def _fingerprint(course, student, assignment):
    """A sum over everything that a grade depends on: what was handed in, the source, the settings."""
    sum_ = hashlib.sha256()
    folders = [course.folder("submitted", student, assignment), course.folder("source", ".", assignment)]
    for path in [course.root / "nbgrader_config.py", *(path for folder in folders for path in _files(folder))]:
        sum_.update(f"{path.relative_to(course.root)}\0".encode() + path.read_bytes() + b"\0")
    return sum_.hexdigest()


def _files(folder):
    """All plain files of a folder; links are left out, they could lead anywhere."""
    return sorted(path for path in Path(folder).rglob("*") if path.is_file() and not path.is_symlink())


def _copy_files(source, target):
    for path in _files(source):
        if path.suffix != ".ipynb":
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _process_context():
    """New processes without this one's threads; where the system can, forked from one that has imported everything."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["autograder.execution"])
    return context


def _be_silent():
    """In a worker: kernels write log lines to the process' own stdout and stderr, and nobody reads them."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout.fileno(), sys.stderr.fileno()):
        os.dup2(nowhere, stream)
