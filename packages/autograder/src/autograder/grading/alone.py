"""One notebook without a class: which assignment it is of, and a course directory that holds it alone."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from autograder import showing
from autograder.course import results
from autograder.course.errors import CourseError
from autograder.grading.editions import released
from autograder.intake import choosing, reading
from autograder.intake.beside import MOST_MEGABYTES

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.course.directory import Course

READER = "reader"
MOST_NEIGHBOURS = 10_000  # of a notebook in its folder
QUOTED = re.compile(r"""["']([^"'\n\\]{1,200})["']""")
IMPORT = re.compile(r"(?m)^[ \t]*(?:from|import)[ \t]+(.+)")
COPY_MARK = re.compile(r"[ _-]?\(\d+\)|[ _-]\d+(?=\.)|[ _-]copy(?=\.)", re.IGNORECASE)


def assignment_of(course: Course, notebook: Path) -> str:
    """The assignment that a notebook belongs to: by its name, or else by its cells."""
    known = {each: course.sources(each) for each in course.assignments()}
    by_name = {each: sources for each, sources in known.items() if notebook.stem in sources}
    folder = notebook.resolve().parent.name
    if len(by_name) == 1 or folder in by_name:
        return folder if folder in by_name else [*by_name][0]
    try:
        releases = {each: released(course, each, own) for each, own in (by_name or known).items()}
        found = choosing.closest_assignment(reading.read(notebook)[0], releases)
    except results.NotGradable as refusal:
        raise CourseError(str(refusal)) from refusal
    if found is None:
        raise CourseError(f"{notebook.name} has no cells of any assignment in source/.")
    return found


def course_for_one(course: Course, folder: Path, assignment: str, notebook: Path) -> tuple[Course, str]:
    """A temporary course directory with one assignment and one submission, and a sentence on what came along.

    What comes along with the notebook is all that lies beside it if the folder is the assignment's own, and otherwise
    what the notebook or its source names.
    """
    alone = course.elsewhere(folder)
    source = alone.folder("source", ".", assignment)
    shutil.copytree(course.folder("source", ".", assignment), source, ignore_dangling_symlinks=True)
    submitted = alone.folder("submitted", READER, assignment)
    submitted.mkdir(parents=True)
    shutil.copyfile(notebook, submitted / notebook.name)
    beside, taken, left = notebook.resolve().parent, [], []
    for name in sorted(_files_for(notebook, beside, [*course.sources(assignment).values()], beside.name == assignment)):
        path = beside / name
        if path.stat().st_size > MOST_MEGABYTES * 1e6:
            left.append(name)
            continue
        (submitted / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, submitted / name)
        taken.append(name)
    said = [f"Taken along with the notebook: {showing.listed(taken, most=20)}."] if taken else []
    if left:
        said.append(f"Not taken along, with more than {MOST_MEGABYTES} MB: {showing.listed(left, most=20)}.")
    return alone, " ".join(said)


def _files_for(notebook: Path, beside: Path, sources: Iterable[NotebookNode], all_of_folder: bool) -> set[str]:
    """The relative paths of the plain files in the folder `beside` that go with a notebook.

    Links are left out: they could lead anywhere.
    """
    with contextlib.suppress(results.NotGradable):
        sources = [*sources, reading.read(notebook)[0]]
    code = "\n".join(cell.source for each in sources for cell in each.cells if cell.cell_type == "code")
    named = {name for name in QUOTED.findall(code) if "." in name}
    imported = {f"{name}.py" for line in IMPORT.findall(code) for name in re.findall(r"\w+", line)}
    near = [path.name for path in itertools.islice(beside.iterdir(), MOST_NEIGHBOURS)]
    wanted = {os.path.normpath(name) for name in named | imported}
    wanted |= {name for name in near if all_of_folder or any(_may_be(name, each) for each in named)}
    return {name for name in wanted if not name.endswith(".ipynb") and _is_plain(beside, name)}


def _may_be(name: str, wanted: str) -> bool:
    """Whether a file may be `wanted`, saved or renamed in another way.

    For ``net.weights.h5`` that may be ``net-1.weights.h5`` or ``net.keras``.
    """
    one, other = (COPY_MARK.sub("", each).partition(".")[0].lower() for each in (name, wanted))
    return one == other


def _is_plain(folder: Path, name: str) -> bool:
    """Whether `name` is a plain file in a folder, with no link and nothing above the folder on the way to it."""
    path = folder / name
    try:
        return path.is_relative_to(folder) and path.is_file() and path.resolve() == path and os.access(path, os.R_OK)
    except (OSError, ValueError):  # no name of a file
        return False
