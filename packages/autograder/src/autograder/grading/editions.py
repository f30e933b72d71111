"""The releases of a course in other languages, beside those of the source."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.utils import compute_checksum

from autograder.course import editions
from autograder.course.directory import notebook_in
from autograder.course.errors import CourseError
from autograder.intake.recognising import graded_cells
from autograder.intake.released import Released
from autograder.showing import listed

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.course.directory import Course

CURE = "Nothing was entered for submissions in this language: run `make release EDITION={}`, and grade again."


def released(course: Course, assignment: str, own: Mapping[str, NotebookNode]) -> dict[str, Released]:
    """The notebooks of an assignment in all languages, by name; `own` are those in the source's."""
    found = {name: Released(notebook) for name, notebook in own.items()}
    for language, folder in editions.folders(course, assignment).items():
        for name, notebook in own.items():
            try:
                found[name].editions[language] = _edition(folder / f"{name}.ipynb", language, notebook)
            except CourseError as fault:
                found[name].unusable[language] = f"{fault} {CURE.format(language)}"
    return found


def _edition(path: Path, language: str, own: NotebookNode) -> NotebookNode:
    """The release in a file, of which the texts count; all else is as in the source's language.

    Raises
    ------
    CourseError
        If there is none, or it has other cells.
    """
    if not path.is_file():
        raise CourseError(f"There is no {path}.")
    edition = notebook_in(path)
    cells, wanted = graded_cells(edition), graded_cells(own)
    there, needed = ({label: cell.cell_type for label, cell in each.items()} for each in (cells, wanted))
    if [*there.items()] != [*needed.items()]:
        differ = dict.fromkeys(label for label in [*needed, *there] if there.get(label) != needed.get(label))
        raise CourseError(f"{path} has other cells than the source: {listed(differ or needed)}.")
    for label, cell in cells.items():
        cell.metadata = copy.deepcopy(wanted[label].metadata)
        cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    edition.metadata["lang"] = language
    return edition
