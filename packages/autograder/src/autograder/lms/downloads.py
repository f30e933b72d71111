"""The paths in what Moodle and Canvas let an instructor download: whose a file is, and what it is called."""

import contextlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from autograder.lms.owners import normal

# A team may have no number.
MOODLE = re.compile(r"(?P<name>.+?)(?:_(?P<number>\d+))?_assignsubmission_[a-z]+_?(?P<file>.*)")
CANVAS_FILE = r"_(?:\d+_(?P<file>.+)|(?P<page>(?:text|link)\.html))"
CANVAS = re.compile(rf"(?P<name>.*?)_(?:LATE_)?(?P<number>\d+){CANVAS_FILE}")
CANVAS_ANONYMOUS = re.compile(rf"(?:LATE_)?(?P<name>anon)_(?P<number>[^_]+){CANVAS_FILE}")
COPY_NUMBER = re.compile(r"-\d+(?=\.)")
DEEPEST = 3  # a zip file of a folder that holds the download


@dataclass(frozen=True)
class Entry:
    """A file of a download: the platform, the name and the number of the person, and the file's name."""

    platform: str
    name: str
    number: str
    file: str


def entry(parts: Sequence[str], may_be_canvas: Callable[[int], bool]) -> Entry | None:
    """What the path of a file says, or None if it is of no platform known here.

    Parameters
    ----------
    parts : sequence of str
        Of the path.
    may_be_canvas : callable
        Called with the place of a part; says whether one that looks like Canvas' may be. Names that students choose may
        look so, too.
    """
    for place, part in enumerate(parts[:DEEPEST]):
        if match := MOODLE.fullmatch(part):
            platform, file = "moodle", match["file"]
        elif (match := canvas(part)) and may_be_canvas(place):
            platform = "canvas" if match.re is CANVAS else "canvas, anonymous"  # where the number is of the submission
            file = match["page"] or match["file"]
        else:
            continue
        if place < len(parts) - 1:  # a folder: Moodle's, or one that was made of a student's archive
            file = PurePosixPath(file).stem
        return Entry(
            platform, match["name"], match["number"] or "", "/".join(filter(None, (file, *parts[place + 1 :])))
        )
    return None


def canvas(part: str) -> re.Match[str] | None:
    """The match of a name that looks like Canvas', or None."""
    return CANVAS_ANONYMOUS.fullmatch(part) or CANVAS.fullmatch(part)


def as_written(name: str) -> str:
    """A name as a person wrote it.

    macOS does not say in a zip file that its names are in UTF-8, and takes letters apart.
    """
    with contextlib.suppress(UnicodeError):
        name = name.encode("cp437").decode()
    return normal(name)


def without_copy_number(file: str) -> str:
    """The name of a file without the number that Canvas puts before its first dot when it is handed in again."""
    return COPY_NUMBER.sub("", file, count=1)
