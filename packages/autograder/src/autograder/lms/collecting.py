"""nbgrader's plugin that finds out whose a file of a platform's download is."""

import functools
import os
import re
from pathlib import Path, PurePosixPath, PureWindowsPath

from nbgrader.plugins import FileNameCollectorPlugin

from autograder import showing
from autograder.course import results
from autograder.intake import folders
from autograder.lms import downloads
from autograder.lms.nbgrader_compat import collect_path
from autograder.lms.owners import as_id, folded

NOT_HANDED_IN = ("__MACOSX", ".DS_Store", ".ipynb_checkpoints", "timestamp.txt")  # a student's clock does not count
LONGEST_NAME = 255  # bytes
LARGEST_NOTEBOOK = 50_000_000  # bytes that are looked through for the name of a file


class LmsCollector(FileNameCollectorPlugin):
    """Finds out from a file's path whose it is: Moodle's and Canvas' names, or else the first folder."""

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Return student_id and file_id of a file in the extracted folder, or None if nobody handed it in."""
        raw = self._parts(submitted_file)
        if any(part in NOT_HANDED_IN for part in raw):
            return None
        found = self._whose(raw, Path(submitted_file).parent)
        if found is None:
            return None
        student, names = found
        path = showing.line("/".join(raw))
        for name in dict.fromkeys(names):
            if not _can_be(student, name):
                self.log.warning("%s was left out: a student or a file can't have this name.", path)
                return None
            if self._take(student, name):
                return {"student_id": student, "file_id": name}
        self.log.warning("%s was left out: %s has handed in a file of this name already.", path, student)
        return None

    @functools.cached_property
    def _root(self) -> Path:
        return collect_path(self.parent, self.parent.extracted_directory)

    def _parts(self, path: str | Path) -> list[str]:
        # Some zip files come from Windows.
        return Path(path).relative_to(self._root).as_posix().replace("\\", "/").split("/")

    def _whose(self, raw: list[str], folder: Path) -> tuple[str, tuple[str, ...]] | None:
        """The student, and the names that the file may get in the student's folder, or None."""
        entry = self._entry(raw)
        if entry is not None:
            return self._student(entry), (self._own_name(entry, folder), entry.file)
        parts = [downloads.as_written(part) for part in raw]
        inner = parts[1:] if self._is_archive(raw[0]) else parts
        if len(inner) > 2 and inner[0] == parts[0] and inner is not parts:  # a folder that was zipped with its name
            inner = inner[1:]
        return (inner[0], ("/".join(inner[1:]),)) if len(inner) > 1 else None

    def _entry(self, raw: list[str]) -> downloads.Entry | None:
        def may_be_canvas(place: int) -> bool:
            if place == 0 or (place == 1 and self._is_archive(raw[0])):
                return True
            folder = self._root.joinpath(*raw[:place])
            return folder.is_dir() and all(map(downloads.canvas, os.listdir(folder)))

        return downloads.entry([downloads.as_written(part) for part in raw], may_be_canvas)

    def _take(self, student: str, name: str) -> bool:
        """Whether a student's folder has room for a file of this name, which it has then no more."""
        files, taken = self._taken
        path = PurePosixPath(student, name)
        above = {*path.parents}
        if path in files | taken or above & files:
            return False
        files.add(path)
        taken |= above
        return True

    @functools.cached_property
    def _taken(self) -> tuple[set[PurePosixPath], set[PurePosixPath]]:
        return set(), set()

    def _student(self, entry: downloads.Entry) -> str:
        """The student whom the platform calls so; it is kept which one that is, since numbers say more than names."""
        key = entry.platform, entry.number, entry.name
        if key not in self._students:
            self._students[key] = self._moodle_student(entry) if entry.platform == "moodle" else _canvas_student(entry)
            directory = self.parent.coursedir
            row = map(showing.whole, (*key, self._students[key]))
            results.remember_participant(directory.root, directory.assignment_id, *row)
        return self._students[key]

    @functools.cached_property
    def _students(self) -> dict[tuple[str, str, str], str]:
        return {}

    def _moodle_student(self, entry: downloads.Entry) -> str:
        """The full name, which is the same for all assignments.

        If several have that name, the number is added, which differs between assignments.
        """
        for (number, name), student in self._known.items():
            if number == entry.number and folded(name) == folded(entry.name):
                return student
        student = as_id(entry.name)
        namesakes = {number for number, name in self._known | self._people if as_id(name) == student} - {entry.number}
        if student and not namesakes:
            return student
        student = "-".join(filter(None, (student, entry.number)))
        self.log.warning("Several participants are called %s: one of them is collected as %s.", entry.name, student)
        return student

    @functools.cached_property
    def _known(self) -> dict[tuple[str, str], str]:
        """Whom earlier downloads of this assignment were from."""
        directory = self.parent.coursedir
        return results.participants(directory.root, directory.assignment_id, "moodle")

    @functools.cached_property
    def _people(self) -> dict[tuple[str, str], None]:
        """The numbers and names in this download, as keys of a dict."""
        entries = [self._entry(self._parts(path)) for path in self._root.rglob("*") if path.is_file()]
        return {(each.number, each.name): None for each in entries if each is not None}

    def _own_name(self, entry: downloads.Entry, folder: Path) -> str:
        """Take off the number that Canvas gives to a file that is handed in again, unless the file is known by it."""
        shorter = downloads.without_copy_number(entry.file)
        if entry.file.endswith(".ipynb"):
            known = [path.name for path in self._source.glob("*.ipynb")]
            return shorter if entry.file not in known and shorter in known else entry.file
        if entry.platform == "moodle" or "/" in entry.file or shorter == entry.file:
            return entry.file
        notebooks = [*self._source.glob("*.ipynb"), *folder.glob(f"*_{entry.number}_*.ipynb")]
        return entry.file if any(_names(path, entry.file) for path in notebooks) else shorter

    @functools.cached_property
    def _source(self) -> Path:
        directory = self.parent.coursedir
        return Path(directory.format_path(directory.source_directory, ".", directory.assignment_id))

    def _is_archive(self, name: str) -> bool:
        archives = collect_path(self.parent, self.parent.archive_directory)
        return not (archives / name).exists() and any(path.name.startswith(name) for path in archives.iterdir())


def _names(notebook: Path, file: str) -> bool:
    try:
        return os.fsencode(file) in folders.content(notebook.resolve(), LARGEST_NOTEBOOK)
    except OSError:
        return False


def _can_be(student: str, name: str) -> bool:
    """Whether these are names of a folder and of what lies in it, on any machine."""
    return not student.startswith(".") and all(
        part not in ("", ".", "..")
        and not re.search(r"[/\\\x00-\x1f\x7f-\x9f]", part)
        and len(os.fsencode(part)) <= LONGEST_NAME
        and not PureWindowsPath(part).is_reserved()
        for part in (student, *name.split("/"))
    )


def _canvas_student(entry: downloads.Entry) -> str:
    return f"{entry.name}-{entry.number}".strip("-")
