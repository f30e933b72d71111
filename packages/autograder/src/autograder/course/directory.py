"""An nbgrader course directory: its settings, its assignments, and what was handed in."""

from __future__ import annotations

import contextlib
import copy
import functools
import io
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.apps.baseapp import NbGrader
from nbgrader.utils import find_all_files
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from autograder import showing
from autograder.course import editions, structure
from autograder.course.errors import CourseError
from autograder.course.results import RECORD

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

SECONDS_TO_WAIT = 60
PLACES = ("root", "db_url", "directory_structure")  # and what ends in "_directory"
CONFIG_FILES = ("nbgrader_config.py", "nbgrader_config.json")


@dataclass(frozen=True)
class Course:
    """A course directory with nbgrader's configuration of it."""

    root: Path
    config: Config
    config_files: tuple[Path, ...] = ()

    def api(self, autograde: Any = (), **folders: str | Path) -> NbGraderAPI:
        """nbgrader's own interface to the course.

        Parameters
        ----------
        autograde : mapping, optional
            Settings of nbgrader's Autograde that differ from the course's.
        **folders : Path
            Folders to take in place of nbgrader's working folders, such as `submitted_directory`.
        """
        config = copy.deepcopy(self.config)
        config.CourseDirectory.root = str(self.root)
        config.CourseDirectory.update({name: str(path) for name, path in folders.items()})
        config.Autograde.update(dict(autograde))
        return NbGraderAPI(config=config)

    def elsewhere(self, root: str | Path) -> Course:
        """A course with the same settings in another folder, with a gradebook of its own."""
        config = copy.deepcopy(self.config)
        for name in [*config.CourseDirectory]:
            if name in PLACES or name.endswith("_directory"):
                del config.CourseDirectory[name]
        editions.stay(config, self.root)
        return Course(Path(root), config, self.config_files)

    @functools.cached_property
    def directory(self) -> CourseDirectory:
        """nbgrader's CourseDirectory."""
        return self.api().coursedir

    def folder(self, step: str, student: str, assignment: str) -> Path:
        """The path of a submission in one of nbgrader's working folders, such as "submitted"."""
        directory = self.directory
        return Path(directory.format_path(getattr(directory, f"{step}_directory"), student, assignment))

    def home(self, step: str) -> Path:
        """The folder in which all that nbgrader keeps of a step lies, such as "submitted"."""
        return structure.split(self.directory, step)[0]

    def submitted(self, assignment: str) -> dict[str, Path]:
        """The folders in which an assignment was handed in, by student."""
        folders = self._folders("submitted", assignment=assignment)
        return {names["student_id"]: folder for folder, names in folders}

    def assignments(self) -> list[str]:
        """Names of all assignments with a notebook in source/."""
        folders = self._folders("source", student=".")
        return sorted(names["assignment_id"] for folder, names in folders if list(folder.glob("*.ipynb")))

    def _folders(self, step: str, upto: str | None = None, **known: str) -> list[tuple[Path, dict[str, str]]]:
        home, names = structure.split(self.directory, step, **known)
        if upto is not None:
            names = names[: 1 + max(place for place, name in enumerate(names) if upto in name)]
        try:
            return list(structure.found(home, names))
        except OSError as error:
            raise CourseError(
                f"{error.filename} can't be read ({error.strerror}): see what it is, and who may."
            ) from error

    def require(self, assignments: Iterable[str]) -> None:
        """Raise CourseError if one of the assignments has no notebook in source/."""
        known = self.assignments()
        for assignment in assignments:
            if assignment not in known:
                names = ", ".join(known) or "none"
                raise CourseError(f"There is no assignment {assignment} in {self.home('source')}. Known: {names}.")

    def sources(self, assignment: str) -> dict[str, nbformat.NotebookNode]:
        """The instructor's notebooks of an assignment by name."""
        folder = self.folder("source", ".", assignment)
        return {path.stem: notebook_in(path) for path in sorted(folder.glob("*.ipynb"))}

    def source_files(self, assignment: str) -> list[Path]:
        """The paths of what the instructor gives out, notebooks too, as nbgrader finds it."""
        directory = self.directory
        return sorted(map(Path, find_all_files(str(self.folder("source", ".", assignment)), directory.ignore)))

    def gradebook(self) -> Gradebook:
        """nbgrader's gradebook, to be used in a with statement.

        Raises
        ------
        CourseError
            If the database can't be reached or made, or Python's driver of it is missing.
        """
        directory = self.directory
        url = directory.db_url
        file = self._gradebook_file
        if file and not file.exists():
            _require_writable(file.parent)  # for a new one
        if url.startswith("sqlite") and "?" not in url:
            url += f"?timeout={SECONDS_TO_WAIT}"  # for whoever is writing just now, the formgrader for example
        try:
            return Gradebook(url, directory.course_id)
        except (ImportError, SQLAlchemyError) as error:
            if url.startswith("sqlite"):
                raise
            why = showing.fault(error)
            raise CourseError(
                f"The gradebook that c.CourseDirectory.db_url in {_named(self.config_files)} names "
                f"can't be opened: {why}."
            ) from error

    @property
    def _gradebook_file(self) -> Path | None:
        """The file of the gradebook, or None if it is no file."""
        url = self.directory.db_url
        path = make_url(url).database if url.startswith("sqlite") else None
        return Path(path) if path else None

    def require_writable(self) -> None:
        """Raise CourseError if grading can't write where it has to."""
        gradebook = [self._gradebook_file, self._gradebook_file.parent] if self._gradebook_file else []
        for path in (self.root, *gradebook, self.root / RECORD, self.home("autograded")):
            if path.exists():
                _require_writable(path)

    def students(self) -> list[str]:
        """Ids of all students in the gradebook or in submitted/."""
        with self.gradebook() as gradebook:
            known = {student.id for student in gradebook.students}
        return sorted(known | {names["student_id"] for _, names in self._folders("submitted", upto="{student_id}")})


def open_course(root: str | Path, notebook: Path | None = None) -> Course:
    """Open the course directory `root`, the current directory of the process.

    Parameters
    ----------
    root : str or pathlib.Path
    notebook : pathlib.Path, optional
        One that is to be read: if `root` is no course directory, the one around it may be meant.

    Raises
    ------
    CourseError
        If it has neither settings of nbgrader's nor assignments in source/, or its settings can't be read.
    """
    root = Path(root).resolve()
    own = [root / name for name in CONFIG_FILES if (root / name).is_file()]
    # A new gradebook is made with the program alembic, which nbgrader looks for on the PATH.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    app = NbGrader()
    app.raise_config_file_errors = True
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            app.initialize([])
    except (Exception, SystemExit) as error:
        raise CourseError(f"{_named(own)} can't be used: {showing.fault(error)}.") from error
    set_there = app.config.CourseDirectory.get("root", str(root))
    course = Course(Path(set_there).resolve(), app.config, tuple(map(Path, app.loaded_config_files)))
    if not own and not course.assignments():
        raise CourseError(
            f"{root} has no nbgrader_config.py and no assignments in source/. "
            f"Go to {_course_around(root, notebook)} and try again."
        )
    return course


def _course_around(*places: Path | None) -> str:
    """What to call the course directory in which one of these lies, or any if none does."""
    for folder in (each for place in places if place for each in place.resolve().parents):
        if any((folder / name).is_file() for name in CONFIG_FILES):
            return f"the course directory {folder}"
    return "the course directory, which holds one of the two,"


def _named(config_files: Iterable[Path]) -> str:
    """Files of settings, for a sentence."""
    return " or ".join(map(str, config_files)) or "nbgrader_config.py"


def notebook_in(path: Path) -> nbformat.NotebookNode:
    """The instructor's notebook in a file, whose cells have ids, as those of older ones have not."""
    try:
        written = nbformat.read(path, as_version=4)
        notebook: nbformat.NotebookNode = nbformat.v4.upgrade(written)
    except Exception as error:  # nbformat has many
        raise CourseError(f"{path} can't be read as a notebook ({showing.fault(error)}): mend it.") from error
    return notebook


def _require_writable(path: Path) -> None:
    if not os.access(path, os.W_OK):
        raise CourseError(f"{path} can't be written: see that you may, or work in a copy of the course directory.")
