"""Prepare an assignment for grading: nbgrader makes its release, and the gradebook gets its cells."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.api import Gradebook

from autograder import showing
from autograder.course.directory import notebook_in
from autograder.course.errors import CourseError
from autograder.grading import amending

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.course.directory import Course

PLAIN_STRUCTURE = "{nbgrader_step}/{student_id}/{assignment_id}"
SAID = re.compile(r"(?m)^\s*(?:\w+\.)*[A-Z]\w*(?:Error|Exception|Entry|Warning): (.+)$")  # the last line of a traceback
LOGGED = re.compile(r"(?m)^\[ERROR\] (?!There was an error processing|Please see the|Traceback)(.+)$")
UNREADABLE = re.compile(r"Error: \[Errno \d+\] (.+): '(.+)'")


def release(course: Course, assignment: str, target: Path) -> dict[str, NotebookNode]:
    """Make the students' version of an assignment in `target` and enter its cells in the gradebook.

    Returns
    -------
    dict of str to nbformat.NotebookNode
        The released notebooks by name.

    Raises
    ------
    CourseError
        If nbgrader can't, or would lose what a person gave; the message says why.
    """
    given, made = Path(target) / "given", Path(target) / "made"
    source = course.folder("source", ".", assignment)
    given.mkdir(parents=True, exist_ok=True)
    (given / assignment).symlink_to(source)
    plainly: dict[str, Any] = {
        "directory_structure": PLAIN_STRUCTURE,
        "source_directory": given,
        "release_directory": made,
    }
    done = course.api(**plainly).generate_assignment(assignment, force=True)
    if not done["success"] and amending.REFUSED in done.get("log", ""):
        _amend(course, assignment, Path(target), plainly)
        done = course.api(**plainly).generate_assignment(assignment, force=True)
    if not done["success"]:
        raise CourseError(
            f"nbgrader could not prepare {assignment}: {why(done).replace(str(given / assignment), str(source))}"
        )
    return {path.stem: notebook_in(path) for path in sorted((made / assignment).glob("*.ipynb"))}


def _amend(course: Course, assignment: str, folder: Path, folders: dict[str, Any]) -> None:
    """Bring the gradebook to a source that has other cells than when students handed in."""
    url = f"sqlite:///{folder / assignment}.db"
    done = course.api(**folders, db_url=url).generate_assignment(assignment, force=True)
    if not done["success"]:
        return  # its own fault, which is said
    with course.gradebook() as gradebook, Gradebook(url) as wanted:
        held = amending.amend(gradebook, wanted, assignment)
    if held:
        raise CourseError(
            f"{course.folder('source', '.', assignment)} no longer has {showing.listed(held)}, "
            "for which points or comments were given by hand: put it back, or take these away in the formgrader first."
        )


def why(done: Mapping[str, Any]) -> str:
    """Why a step of nbgrader failed: what the error behind it said, without its class."""
    text = "\n".join(filter(None, (done.get("log"), done.get("error"))))
    if "nbgrader update ." in text:
        return (
            "its notebooks have nbgrader's metadata of an old version. "
            "Keep a copy of the course directory, and run `nbgrader update .` in the course directory itself."
        )
    if "SchemaTooNewError" in text:
        return "its notebooks have nbgrader's metadata of a newer version. Install that nbgrader here."
    if unreadable := UNREADABLE.findall(text):
        reason, path = unreadable[-1]
        return f"{os.path.normpath(path)} can't be read ({reason}): mend it, or take it away."
    said = [each for each in SAID.findall(text) if not each.startswith("Please see the")] or LOGGED.findall(text)
    return f"{showing.line(said[-1]).rstrip('.')}." if said else "it did not say why."
