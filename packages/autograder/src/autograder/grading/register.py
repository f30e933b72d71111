"""The register of a class: submissions are taken in, given their tests, and recorded."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearHiddenTests,
    ClearOutput,
    DeduplicateIds,
    Execute,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from nbgrader.utils import parse_utc, rmtree

from autograder.course import results, tasks
from autograder.course.results import NotGradable
from autograder.grading.entering import enter
from autograder.grading.materials import Materials, classes, converter_of, resources
from autograder.grading.rehearsal import Outlook
from autograder.grading.standing import Standing, penalize, standing, with_tasks
from autograder.intake import beside, folders, handed, taking_in
from autograder.showing import whole

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from nbgrader.api import Gradebook, SubmittedAssignment

    from autograder.course.findings import Finding
    from autograder.execution.execute import Execution

LEFT_TO_A_PERSON = " Left to a person, since the source's own solution fails it: {}."
DONE_BY_INTAKE = (ClearOutput, DeduplicateIds, OverwriteKernelspec, OverwriteCells, CheckCellMetadata)
NO_TIME = "timestamp.txt holds no time, and was ignored."
TIME = re.compile(r"(?!.*(?:^|\s)/)(?!.*\.\.)[\w :.,+/-]{1,100}")  # and no path, which dateutil would open


@dataclass
class Job:
    """One submission on its way into the register."""

    student: str
    assignment: str
    fingerprint: str | None
    try_again: bool = False  # whatever came of it, in the next run
    repairs: list[str] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    notebooks: dict[str, NotebookNode] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    executions: dict[str, Execution] = field(default_factory=dict)

    def refuse_for_now(self, reason: str) -> None:
        """Refuse for a reason that may be gone in the next run, which therefore tries again."""
        self.refusals.append(("crashed", reason))
        self.try_again = True

    def let_go(self) -> None:
        """Keep only who handed in what: a class has thousands of notebooks."""
        self.notebooks, self.files, self.executions = {}, {}, {}

    @property
    def seconds(self) -> float:
        return sum(execution.seconds for execution in self.executions.values())


class Register:
    """Takes submissions in, gives them their tests and records their points in the one open gradebook.

    It does so with nbgrader's own steps.
    """

    def __init__(self, gradebook: Gradebook, materials: Materials, outlook: Outlook) -> None:
        self.course, self.gradebook, self.materials, self.outlook = materials.course, gradebook, materials, outlook
        self.converter = converter_of(self.course)
        self.sanitize_steps = classes(self.converter.sanitize_preprocessors)
        self.autograde_steps = classes(self.converter.autograde_preprocessors)

    def prepared(self, job: Job) -> Iterator[tuple[str, NotebookNode, dict[str, bytes]]]:
        """Take the submission in and put the tests into it; yield (name, notebook, files)."""
        try:
            with handed.opened(*self._submitted(job), self.materials.sources[job.assignment]) as submission:
                self._take_in(job, submission)
        except NotGradable as refusal:
            job.refusals.append((refusal.status, str(refusal)))
        kept_back = [each for each in job.refusals if each[0] == results.NOT_GRADED]
        lacking = self.outlook.lacking(job.assignment, job.files)
        if lacking and job.notebooks:
            kept_back = [(results.NOT_GRADED, lacking)]
        if kept_back:
            job.notebooks, job.refusals, job.try_again = {}, kept_back[:1], True
        for name, notebook in job.notebooks.items():
            taking_in.put_in_tests(notebook, self.materials.tested[job.assignment][name])
            for step in self.sanitize_steps:
                if step not in DONE_BY_INTAKE:
                    step(config=self.course.config)(notebook, resources(self.course, job.student, job.assignment, name))
            yield name, notebook, job.files

    def _take_in(self, job: Job, submission: handed.Handed) -> None:
        """Read the notebooks that were handed in, and what lies beside them."""
        releases = self.materials.releases[job.assignment]
        taken: list[handed.Candidate] = []
        without_points: list[tuple[str, str]] = []
        for name, release in releases.items():
            try:
                found = taking_in.take_in(submission, name, job.assignment, self.materials.released, taken)
            except NotGradable as refusal:
                refusals = job.refusals if tasks.tasks_of(release) else without_points
                refusals.append((refusal.status, str(refusal)))
            else:
                job.repairs += [each for each in found.repairs if each not in job.repairs]
                job.notebooks[name] = found.notebook
                assert found.candidate is not None  # it was read from a file
                taken.append(found.candidate)
        if not job.notebooks and not job.refusals:
            job.refusals = without_points
        if job.notebooks:
            given = self.materials.sources[job.assignment]
            along = beside.take_along(submission, taken[0], job.notebooks, releases, given)
            job.repairs += along.said
            job.files = beside.without_clashes(along.files | given)

    def finished(self, job: Job) -> results.Submission:
        """Record the executed notebooks, and say what came of the submission."""
        try:
            if job.executions:
                self._record(job)
            if not job.executions or job.refusals:
                self._enter_zeros(job)
            penalize(self.course, self.gradebook, self.autograde_steps, job.student, job.assignment)
            return self._submission(job)
        finally:
            self.gradebook.db.remove()

    def _record(self, job: Job) -> None:
        """Write the executed notebooks to autograded/, and then their points into the gradebook, all at once."""
        folder = self._emptied(job)
        folder.mkdir(parents=True)
        self._entered(job)
        for name, content in job.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name, execution in job.executions.items():
            about = resources(self.course, job.student, job.assignment, name)
            for step in self.autograde_steps:
                if step is SaveAutoGrades:
                    enter(execution.notebook, self.gradebook, job, name, self.outlook.withheld(job.assignment, name))
                elif step not in (Execute, CheckCellMetadata) and not issubclass(step, AssignLatePenalties):
                    step(config=self.course.config)(execution.notebook, about)
            text: str = nbformat.writes(execution.notebook)
            (folder / f"{name}.ipynb").write_text(text + "\n" * (not text.endswith("\n")), "utf-8", "replace")
        self.converter.set_permissions(job.assignment, job.student)

    def _entered(self, job: Job) -> SubmittedAssignment:
        """The submission in the gradebook, made if need be, with the time at which it was handed in."""
        self.gradebook.update_or_create_student(job.student)
        return self.gradebook.update_or_create_submission(job.assignment, job.student, **self._handed_in_at(job))

    def _handed_in_at(self, job: Job) -> dict[str, Any]:
        """The time that nbgrader's collection left beside the submission, if it did."""
        path = self._submitted(job)[0] / "timestamp.txt"
        if not os.path.lexists(path):
            return {}
        try:
            text = folders.content(path, 200).decode("utf-8-sig").strip()
            if TIME.fullmatch(text):
                return {"timestamp": parse_utc(text)}
        except Exception:  # dateutil has many
            pass
        if NO_TIME not in job.repairs:
            job.repairs.append(NO_TIME)
        return {}

    def _submitted(self, job: Job) -> tuple[Path, Path]:
        """The folder of a submission, and the one in which all are."""
        return self.course.folder("submitted", job.student, job.assignment), self.course.home("submitted")

    def _submission(self, job: Job) -> results.Submission:
        outcomes = job.refusals + [(each.status, each.reason) for each in job.executions.values()]
        status, reason = max(outcomes, key=lambda outcome: results.STATUSES.index(outcome[0]))
        if status == "graded" and job.repairs:
            status, reason = "repaired", " ".join(job.repairs)
        messages: dict[tuple[str, str], list[str]] = {}
        found: dict[tuple[str, str], list[Finding]] = {}
        begin_hidden = ClearHiddenTests(config=self.course.config).begin_test_delimeter
        for name, execution in job.executions.items():
            messages |= tasks.messages_in(name, execution.notebook)
            found |= tasks.findings_in(name, execution.notebook, begin_hidden)
        now = standing(self.gradebook, job.student, job.assignment) or Standing()
        if status == "missing" and self._has_earlier_points(job, now.scores):
            reason += " The points are those of an earlier submission."
        withheld = [cell for name in job.executions for cell in self.outlook.withheld(job.assignment, name)]
        if withheld:
            reason += LEFT_TO_A_PERSON.format(", ".join(withheld))
            job.try_again = True
        submission = results.Submission(
            student=job.student,
            assignment=job.assignment,
            status=status,
            reason=whole(reason),
            repairs=[whole(each) for each in job.repairs],
            seconds=round(job.seconds, 1),
            fingerprint=job.fingerprint or "",
            try_again=job.try_again or job.fingerprint is None,
            unenforced=next((each.open for each in job.executions.values() if each.open), ""),
            one_kernel=self.outlook.one_kernel(job.assignment, job.executions),
            noticed=self._noticed(job),
        )
        groups = tasks.tasks_by_notebook(self.materials.releases[job.assignment])
        graded = tasks.with_points(groups, now.scores, messages, found)
        return with_tasks(submission, graded, now)

    def _noticed(self, job: Job) -> list[str]:
        """What a person should look at, with the notebook's name if the assignment has several."""
        several = len(self.materials.releases[job.assignment]) > 1
        return [
            whole(f"{name}: {sentence}" if several else sentence)
            for name, execution in job.executions.items()
            for sentence in execution.noticed
        ]

    def _has_earlier_points(self, job: Job, scores: dict[tuple[str, str], float | None]) -> bool:
        """Whether a notebook that is missing now has points of an earlier submission."""
        missing = self.materials.releases[job.assignment].keys() - job.executions.keys()
        return any(points for (name, _), points in scores.items() if name in missing) or bool(
            scores and not job.executions
        )

    def _enter_zeros(self, job: Job) -> None:
        """Make sure that no points of an earlier submission stand for one that could not be graded.

        A person sees to the written answers. A notebook that is missing keeps what it has.
        """
        only_missing = all(status in results.UNTOUCHED for status, _ in job.refusals)
        if only_missing and not job.executions:
            return
        for notebook in self._entered(job).notebooks:
            if notebook.name not in job.executions:
                found = tasks.tasks_of(self.materials.releases[job.assignment][notebook.name])
                by_hand = {cell for task in found if task.by_hand for cell in task.graded}
                for score in notebook.grades:
                    if not only_missing:
                        score.auto_score = 0
                        score.needs_manual_grade = score.name in by_hand or score.manual_score is not None
                    elif score.auto_score is None and score.manual_score is None:
                        score.auto_score, score.needs_manual_grade = 0, False
        self.gradebook.db.commit()
        if not job.executions:
            self._emptied(job)

    def _emptied(self, job: Job) -> Path:
        folder = self.course.folder("autograded", job.student, job.assignment)
        if folder.exists():
            rmtree(str(folder))
        return folder
