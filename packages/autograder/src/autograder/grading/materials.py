"""What is graded with: the releases of assignments, their tests, and the files that the instructor gives out."""

from __future__ import annotations

import contextlib
import copy
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute, OverwriteCells
from traitlets.utils.importstring import import_item

from autograder.course.errors import CourseError
from autograder.execution.settings import Judge
from autograder.execution.specs import kernel_of
from autograder.grading import preparing
from autograder.grading.editions import released
from autograder.grading.rehearsal import Scene, unsolved, with_solutions
from autograder.judge.planning.plan import plan

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.course.directory import Course
    from autograder.intake.released import Released


class Materials:
    """What the source of some assignments gives.

    Attributes
    ----------
    releases, tested : dict of str to dict of str to nbformat.NotebookNode
        By assignment and name: the notebooks as students get them (of all assignments of the course), and with all
        tests in them.
    sources : dict of str to dict of str to bytes
        By assignment and relative path: the files beside the notebooks.
    released : dict of str to dict of str to Released
        By assignment and name: the releases in all languages, of all assignments of the course.
    unprepared : dict of str to str
        Why an assignment could not be prepared.
    """

    def __init__(self, course: Course, folder: Path, assignments: Iterable[str]) -> None:
        self.course = course
        self.releases: dict[str, dict[str, NotebookNode]] = {}
        self.tested: dict[str, dict[str, NotebookNode]] = {}
        self.sources: dict[str, dict[str, bytes]] = {}
        self.unprepared: dict[str, str] = {}
        for each in course.assignments():
            with contextlib.suppress(CourseError):
                self.releases[each] = course.sources(each)
        for each in assignments:
            try:
                self._prepare(each, folder)
            except CourseError as error:
                self.unprepared[each] = str(error)
        self.released: dict[str, dict[str, Released]] = {
            each: released(course, each, own) for each, own in self.releases.items()
        }

    def _prepare(self, assignment: str, folder: Path) -> None:
        release = preparing.release(self.course, assignment, folder)
        self.tested[assignment] = {name: self._with_tests(assignment, name, each) for name, each in release.items()}
        self.sources[assignment] = self._files_of_source(assignment)
        self.releases[assignment] = release

    def faults(self) -> Iterator[str]:
        """What is amiss with the releases in other languages, of the assignments that are prepared."""
        for assignment in self.sources:
            for each in self.released[assignment].values():
                yield from each.unusable.values()

    @functools.cached_property
    def scenes(self) -> dict[tuple[str, str], Scene]:
        """What is rehearsed, by assignment and name of the notebook."""
        wanted, execute = Judge(config=self.course.config).kernels, Execute(config=self.course.config)
        found = {}
        names = [name for assignment in self.sources for name in self.tested[assignment]]
        for assignment, files in self.sources.items():
            for name, source in self.course.sources(assignment).items():
                tested = self.tested[assignment][name]
                solved = with_solutions(tested, source)
                found[assignment, name] = Scene(
                    name=name if names.count(name) == 1 else f"{assignment}/{name}",
                    kernel=execute.kernel_name or kernel_of(solved),
                    notebook=solved,
                    files=files,
                    plan=plan(source, tested, files) if wanted.get(name) != 1 else None,
                    unsolved=unsolved(source, self.releases[assignment][name]),
                )
        return found

    def _with_tests(self, assignment: str, name: str, release: NotebookNode) -> NotebookNode:
        """The released notebook with the tests, hidden ones too, as the gradebook has them."""
        step = OverwriteCells(config=self.course.config)
        tested: NotebookNode = step.preprocess(copy.deepcopy(release), resources(self.course, "", assignment, name))[0]
        return tested

    def _files_of_source(self, assignment: str) -> dict[str, bytes]:
        """What the instructor gave out beside the notebooks: it stands in the place of a student's version."""
        source = self.course.folder("source", ".", assignment)
        students_own = converter_of(self.course).exclude_overwriting.get(assignment, [])
        paths = [path for path in self.course.source_files(assignment) if path.suffix != ".ipynb"]
        files = {path.relative_to(source).as_posix(): path for path in paths}
        try:
            return {name: path.read_bytes() for name, path in files.items() if name not in students_own}
        except OSError as error:
            raise CourseError(
                f"{error.filename} can't be read ({error.strerror}): mend it, or take it away."
            ) from error


def converter_of(course: Course) -> Autograde:
    """nbgrader's Autograde with the settings of a course."""
    api = course.api()
    return Autograde(api.coursedir, parent=api)


def resources(course: Course, student: str, assignment: str, notebook: str) -> dict[str, Any]:
    """What nbgrader's preprocessors are told beside a notebook."""
    names = {"student": student, "assignment": assignment, "notebook": notebook}
    return {"nbgrader": {**names, "db_url": course.directory.db_url}}


def classes(steps: Iterable[str | type[Any]]) -> list[type[Any]]:
    """nbgrader's preprocessors as classes; a course may name them by their import path."""
    return [import_item(step) if isinstance(step, str) else step for step in steps]
