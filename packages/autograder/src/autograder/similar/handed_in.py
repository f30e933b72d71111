"""What students wrote in the solution cells of an assignment, and what they were given."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograder import showing
from autograder.course.errors import CourseError
from autograder.course.results import NotGradable
from autograder.grading.materials import Materials
from autograder.intake import handed, taking_in
from autograder.intake.recognising import grade_id, graded_cells, is_fixed

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.course.directory import Course

PROSE = "text"


@dataclass(frozen=True)
class Place:
    """A solution cell of an assignment, by its notebook and its grade_id, and the language that is written there."""

    notebook: str
    task: str
    language: str


@dataclass(frozen=True)
class Work:
    """What a student wrote in each solution cell."""

    student: str
    cells: dict[Place, str]


@dataclass
class Class:
    """What was handed in for an assignment.

    Attributes
    ----------
    assignment : str
    works : list of Work
    given : dict of Place to tuple of str
        The texts of all cells that are of the same kind in the same notebook, as released and as in the source.
    skipped : dict of str to str
        For each student whose work can't be compared, why.
    """

    assignment: str
    works: list[Work] = field(default_factory=list)
    given: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)


def read(course: Course, assignment: str) -> Class:
    """Take in the submissions of an assignment as the grader does, without its gradebook.

    Raises
    ------
    CourseError
        If the assignment is unknown or can't be prepared.
    """
    course.require([assignment])
    with tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as temporary:
        config = copy.deepcopy(course.config)
        config.CourseDirectory.db_url = f"sqlite:///{temporary}/gradebook.db"
        materials = Materials(replace(course, config=config), Path(temporary), [assignment])
    if fault := materials.unprepared.get(assignment):
        raise CourseError(fault)
    releases, found = materials.releases[assignment], Class(assignment)
    for name, source in course.sources(assignment).items():
        notebooks = [*materials.released[assignment][name].all, source]
        for place in _places(name, releases[name]):
            cells = (cell for notebook in notebooks for cell in notebook.cells)
            of_kind = (each for each in cells if _language(each, source) == place.language)
            found.given[place] = tuple(each.source for each in of_kind)
    for student, folder in course.submitted(assignment).items():
        try:
            with handed.opened(folder, course.home("submitted"), materials.sources[assignment]) as submission:
                found.works.append(Work(student, _cells(submission, assignment, materials, found.given)))
        except NotGradable as refusal:
            found.skipped[student] = str(refusal)
        except Exception as error:
            found.skipped[student] = f"It could not be read: {showing.fault(error)}."
    return found


def _places(name: str, release: NotebookNode) -> list[Place]:
    """The solution cells of a released notebook."""
    cells = {label: cell for label, cell in graded_cells(release).items() if not is_fixed(cell)}
    return [Place(name, label, _language(cell, release)) for label, cell in cells.items()]


def _language(cell: NotebookNode, notebook: NotebookNode) -> str:
    if cell.cell_type != "code":
        return PROSE
    about = notebook.metadata
    return str(about.get("kernelspec", {}).get("language") or about.get("language_info", {}).get("name") or "python")


def _cells(
    submission: handed.Handed, assignment: str, materials: Materials, places: Iterable[Place]
) -> dict[Place, str]:
    """What stands in the solution cells of a submission.

    Raises
    ------
    NotGradable
        If none of its notebooks can be read.
    """
    sources: dict[tuple[str, str | None], str] = {}
    taken: list[handed.Candidate] = []
    refusals: list[NotGradable] = []
    for name in materials.releases[assignment]:
        try:
            found = taking_in.take_in(submission, name, assignment, materials.released, taken)
        except NotGradable as refusal:
            refusals.append(refusal)
            continue
        sources |= {(name, grade_id(cell)): cell.source for cell in found.notebook.cells}
        taken += [found.candidate] if found.candidate else []
    if not sources and refusals:
        raise refusals[0]
    return {place: sources[key] for place in places if (key := (place.notebook, place.task)) in sources}
