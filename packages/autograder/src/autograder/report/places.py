"""Where more is to be read: the students' feedback pages, and the section of a notebook in which a task stands."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from autograder.course.tasks import tasks_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.course.directory import Course
    from autograder.course.results import Submission

HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$")
FENCE = re.compile(r"^ {0,3}(```|~~~)")
MARKS = re.compile(r"[`*$]|<[^>]*>")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


class Places:
    """Addresses for a page that is written to a file.

    Parameters
    ----------
    course : Course
    page : pathlib.Path
        The file.
    submissions : iterable of Submission
        Those that the page shows.
    """

    def __init__(self, course: Course, page: Path, submissions: Iterable[Submission]) -> None:
        self._course, self._folder = course, page.resolve().parent
        names = {each.assignment for each in submissions}
        self.sections = {
            (assignment, name, task): title
            for assignment in names
            for name, notebook in course.sources(assignment).items()
            for task, title in sections_of(notebook).items()
        }

    def feedback(self, student: str, assignment: str, notebook: str) -> str:
        """The address of a student's feedback page from the page's folder; an empty text if there is none."""
        file = self._course.folder("feedback", student, assignment) / f"{notebook}.html"
        if not file.is_file():
            return ""
        return quote(Path(os.path.relpath(file, self._folder)).as_posix())


def sections_of(notebook: NotebookNode) -> dict[str, str]:
    """For each task of a notebook, the heading that it stands under."""
    first = {task.id: task.id for task in tasks_of(notebook)}
    found, title = {}, ""
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in first and name not in found and title:
            found[name] = title
        if cell.cell_type == "markdown":
            title = _last_heading(cell.source) or title
    return found


def _last_heading(text: str) -> str:
    title, fenced = "", False
    for line in text.splitlines():
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced and (heading := HEADING.match(line)):
            title = MARKS.sub("", LINK.sub(r"\1", heading[1])).strip()
    return title
