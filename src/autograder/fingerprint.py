"""A sum by which a submission is known again: what has not changed since is not graded again."""

import hashlib
import os

from autograder import folders

LARGEST_SUMMED = 200 * 10**6  # bytes of a file: of a larger one the size and the time count


def fingerprint_of(course, student, assignment, source):
    """A sum over everything that a grade depends on: what was handed in, the source, the settings; "" if it can't be made.

    `source` is the listing of the source's folder.
    """
    sum_ = hashlib.sha256()
    try:
        folder = course.folder("submitted", student, assignment)
        submitted = folders.listing(folder, course.home("submitted"))
        for path in course.config_files:
            sum_.update(os.fsencode(path.name) + b"\0" + path.read_bytes() + b"\0")
        for path in (file.path for files in (submitted, source) for file in files.files):
            sum_.update(os.fsencode(path.relative_to(course.root)) + b"\0")
            _add(sum_, path)
            sum_.update(b"\0")
        for name, kind in submitted.odd.items():
            sum_.update(os.fsencode(f"{name}\0{kind}\0"))
    except (OSError, ValueError):
        return ""
    return sum_.hexdigest()


def _add(sum_, path):
    """Add a file to a sum; of one that is never read whole, only how large and how old it is."""
    try:
        with folders.opened(path) as file:
            about = os.fstat(file.fileno())
            if about.st_size > LARGEST_SUMMED:
                sum_.update(f"{about.st_size} {about.st_mtime_ns}".encode())
            else:
                hashlib.file_digest(file, lambda: sum_)
    except OSError as error:
        sum_.update(f"{error.errno}".encode())
