"""The bench of a class: submissions are staged, made safe for nbgrader, and recorded."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute
from nbgrader.utils import rmtree

from autograder import intake, results, tasks
from autograder.course import last_line

MOST_MEGABYTES = 100  # of a file beside a notebook


@dataclass
class Job:
    """One submission on its way through the bench."""

    student: str
    assignment: str
    fingerprint: str
    repairs: list[str] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    executions: dict = field(default_factory=dict)

    def refuse_for_now(self, reason):
        """Refuse for a reason that may be gone in the next run, which therefore tries again."""
        self.refusals.append(("crashed", reason))
        self.fingerprint = ""

    @property
    def seconds(self):
        return sum(execution.seconds for execution in self.executions.values())


class Bench:
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
        """Whether the gradebook and autograded/ still have a submission that was graded before."""
        if submission.status not in results.GRADED:
            return True
        with self.course.gradebook() as gradebook:
            there = tasks.scores_in(gradebook, submission.student, submission.assignment)
        return bool(there) and self.course.folder("autograded", submission.student, submission.assignment).exists()

    def prepared(self, job):
        """Take the submission in and let nbgrader put the tests into it; yield (name, notebook, files)."""
        if set(job.student) & set("*?[]"):
            job.refuse_for_now(f"nbgrader can't take the name {job.student}: rename the folder, without * ? [ and ].")
            return
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
        job.repairs += _copy_files(submitted, staged)
        done = self.sanitizer.autograde(job.assignment, job.student, force=True)
        if not done["success"]:
            job.refuse_for_now(f"nbgrader could not prepare the notebook: {last_line(done)}")
            return
        sanitized = self._folder("sanitized", job)
        files = {
            path.relative_to(sanitized).as_posix(): path.read_bytes()
            for path in files_in(sanitized)
            if path.suffix != ".ipynb"
        }
        for path in sorted(sanitized.glob("*.ipynb")):
            yield path.stem, nbformat.read(path, as_version=4), files

    def finished(self, job):
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
                job.refuse_for_now(f"nbgrader could not record the points: {last_line(done)}")
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
        if status == "missing" and scores:
            reason += " The points are those of an earlier submission."
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


def files_in(folder):
    """All plain files of a folder; links are left out, they could lead anywhere."""
    return sorted(path for path in Path(folder).rglob("*") if path.is_file() and not path.is_symlink())


def _copy_files(source, target):
    """Copy what lies beside the notebooks, and say which files were too large for that."""
    left_out = []
    for path in files_in(source):
        if path.suffix == ".ipynb":
            continue
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        megabytes = path.stat().st_size / 1e6
        if megabytes > MOST_MEGABYTES:
            copy.touch()
            left_out.append(
                f"{path.name} has {megabytes:,.0f} MB, and more than {MOST_MEGABYTES} are not taken along: "
                "an empty file stood in its place."
            )
        else:
            shutil.copyfile(path, copy)
    return left_out
