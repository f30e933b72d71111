"""A sum by which a submission is known again: what has not changed since is not graded again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.preprocessors import IncludeHeaderFooter, InstantiateTests

from autograder.course import editions
from autograder.intake import folders

if TYPE_CHECKING:
    from autograder.course.directory import Course

LARGEST_SUMMED = 200 * 10**6  # bytes of a file: of a larger one the size and the time count
INSTALLED = [Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "purelib", "platlib")]
INSTALLED.append(Path(__file__).resolve().parents[1])
ADDRESS = re.compile(r" at 0x\w+")


def fingerprint_of(course: Course, student: str, assignment: str, given: bytes) -> str | None:
    """A sum over everything that a grade depends on; None if it can't be made.

    `given` is the sum over what the course gives to it, see `sum_of_course`.
    """
    sum_ = hashlib.sha256(given)
    try:
        folder = course.folder("submitted", student, assignment)
        submitted = folders.listing(folder, course.home("submitted"))
        for file in submitted.files:
            _add(sum_, course.root, file.path)
        for name, kind in submitted.odd.items():
            sum_.update(os.fsencode(f"{name}\0{kind}\0"))
    except (OSError, ValueError):
        return None
    return sum_.hexdigest()


def sum_of_course(course: Course, assignment: str) -> bytes:
    """A sum over an assignment's source, the course's settings, and the modules they have imported.

    Of the modules, those of the course directory count.
    """
    settings = json.dumps(course.config, default=_said, skipkeys=True)
    sum_ = hashlib.sha256(settings.encode("utf-8", "surrogatepass"))
    shared = IncludeHeaderFooter(config=course.config)
    named = [shared.header, shared.footer, InstantiateTests(config=course.config).autotest_filename]
    for path in (
        *course.config_files,
        *(course.root / name for name in filter(None, named)),
        *_modules(course.root),
        *course.source_files(assignment),
        *editions.files(course, assignment),
    ):
        if path.is_file():
            _add(sum_, course.root, path, path.resolve())  # a link of the instructor's is followed
    return sum_.digest()


def _modules(root: Path) -> list[Path]:
    """The files in a course directory that were imported, by its settings or for them, and are not installed there."""
    files = {Path(file).resolve() for module in [*sys.modules.values()] if (file := getattr(module, "__file__", None))}
    return sorted(file for file in files if file.is_relative_to(root) and not any(map(file.is_relative_to, INSTALLED)))


def _said(value: Any) -> str | list[str]:
    """A setting that is no plain value, as text that is the same in the next process."""
    if isinstance(value, (set, frozenset)):
        return sorted(map(repr, value))
    return getattr(value, "__qualname__", None) or ADDRESS.sub("", repr(value))


def _add(sum_: hashlib._Hash, root: Path, path: Path, opened: Path | None = None) -> None:
    """Add a file to a sum; of one that is never read whole, only how large and how old it is."""
    sum_.update(os.fsencode(os.path.relpath(path, root)) + b"\0")
    try:
        with folders.opened(opened or path) as file:
            about = os.fstat(file.fileno())
            if about.st_size > LARGEST_SUMMED:
                sum_.update(f"{about.st_size} {about.st_mtime_ns}".encode())
            else:
                hashlib.file_digest(file, lambda: sum_)
    except OSError as error:
        sum_.update(f"{error.errno}".encode())
    sum_.update(b"\0")
