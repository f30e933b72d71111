"""An nbgrader course directory: its settings, its assignments, and what was handed in."""

import contextlib
import copy
import functools
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.apps.baseapp import NbGrader
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from autograder import showing
from autograder.results import RECORD

SECONDS_TO_WAIT = 60


class CourseError(Exception):
    """The course directory can't be worked with; the message says what is wrong and what to do."""


@dataclass(frozen=True)
class Course:
    """A course directory with nbgrader's configuration of it."""

    root: Path
    config: Config

    def api(self, autograde=(), **folders):
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

    @functools.cached_property
    def directory(self):
        """nbgrader's CourseDirectory."""
        return self.api().coursedir

    def folder(self, step, student, assignment):
        """The path of a submission in one of nbgrader's working folders, such as "submitted"."""
        directory = self.directory
        return Path(directory.format_path(getattr(directory, f"{step}_directory"), student, assignment))

    def assignments(self):
        """Names of all assignments with a notebook in source/."""
        source = self.folder("source", ".", ".")
        return sorted(each.name for each in source.iterdir() if list(each.glob("*.ipynb"))) if source.is_dir() else []

    def require(self, assignments):
        """Raise CourseError if one of the assignments has no notebook in source/."""
        known = self.assignments()
        for assignment in assignments:
            if assignment not in known:
                names = ", ".join(known) or "none"
                raise CourseError(f"There is no assignment {assignment} in {self.root / 'source'}. Known: {names}.")

    def sources(self, assignment):
        """The instructor's notebooks of an assignment by name."""
        folder = self.folder("source", ".", assignment)
        return {path.stem: nbformat.read(path, as_version=4) for path in sorted(folder.glob("*.ipynb"))}

    def gradebook(self):
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
            why = str(error).strip().splitlines()[0].rstrip(".")
            raise CourseError(
                f"The gradebook c.CourseDirectory.db_url in {self.root / 'nbgrader_config.py'} can't be opened: {why}."
            ) from error

    @property
    def _gradebook_file(self):
        """The file of the gradebook, or None if it is no file."""
        url = self.directory.db_url
        path = make_url(url).database if url.startswith("sqlite") else None
        return Path(path) if path else None

    def require_writable(self):
        """Raise CourseError if grading can't write where it has to."""
        gradebook = [self._gradebook_file, self._gradebook_file.parent] if self._gradebook_file else []
        for path in (self.root, *gradebook, self.root / RECORD, self.folder("autograded", ".", ".")):
            if path.exists():
                _require_writable(path)

    def students(self):
        """Ids of all students in the gradebook or in submitted/."""
        with self.gradebook() as gradebook:
            known = {student.id for student in gradebook.students}
        submitted = self.folder("submitted", ".", ".")
        try:
            handed_in = {name for name in os.listdir(submitted) if os.path.isdir(submitted / name)}
        except FileNotFoundError:
            handed_in = set()
        except OSError as error:
            raise CourseError(f"{submitted} can't be read ({error.strerror}): see what it is, and who may.") from error
        return sorted(known | {name for name in handed_in if not name.startswith(".")})

    def release(self, assignment, target):
        """Make the students' version of an assignment in `target` and enter its cells in the gradebook.

        Returns
        -------
        dict of str to nbformat.NotebookNode
            The released notebooks by name.
        """
        done = self.api(release_directory=target).generate_assignment(assignment, force=True)
        if not done["success"]:
            raise CourseError(f"nbgrader could not prepare {assignment}: {last_line(done)}")
        made = Path(target) / assignment
        return {path.stem: nbformat.read(path, as_version=4) for path in sorted(made.glob("*.ipynb"))}


def open_course(root):
    """Open the course directory `root`, the current directory of the process.

    Raises
    ------
    CourseError
        If it has no nbgrader_config.py, or that file can't be read.
    """
    root = Path(root).resolve()
    if not (root / "nbgrader_config.py").is_file():
        raise CourseError(f"{root} has no nbgrader_config.py. Go to the course directory and try again.")
    # A new gradebook is made with the program alembic, which nbgrader looks for on the PATH.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    app = NbGrader()
    app.raise_config_file_errors = True
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            app.initialize([])
    except (Exception, SystemExit) as error:
        raise CourseError(f"{root / 'nbgrader_config.py'} can't be used: {showing.fault(error)}.") from error
    return Course(root, app.config)


def _require_writable(path):
    if not os.access(path, os.W_OK):
        raise CourseError(f"{path} can't be written: see that you may, or work in a copy of the course directory.")


def last_line(done):
    """The last line of what nbgrader said of a step that failed."""
    lines = [line for line in (done.get("error") or done.get("log") or "").splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it did not say why."
