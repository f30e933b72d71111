"""The files of a folder that somebody else made: nothing is opened that is no plain file, and no link is followed."""

import os
import stat
from collections import deque
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

MOST_ENTRIES = 100_000
MOST_DEEP = 40
LINK = "a link"
TOO_MUCH = "too much to look through"
UNREADABLE = "not readable here"
NO_FOLDER = "a file, not a folder"
KINDS = {
    stat.S_IFLNK: LINK,
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True)
class File:
    """A plain file: its name is relative to the folder in which it was looked for."""

    name: str
    path: Path
    size: int
    time: float

    @property
    def base(self) -> str:
        """The name without its folder."""
        return self.name.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The folder in the name, "" if there is none."""
        return self.name.rpartition("/")[0]


@dataclass
class Listing:
    """The plain files of a folder, sorted, and what else is in it: relative name -> what it is."""

    files: list[File] = field(default_factory=list)
    odd: dict[str, str] = field(default_factory=dict)


def listing(folder: str | Path, within: str | Path | None = None) -> Listing:
    """List a folder with all that is in it, level by level.

    Parameters
    ----------
    folder : Path
        If it does not exist, nothing is in it.
    within : Path, optional
        A folder above, from which no link may lead to `folder`.
    """
    folder, found = Path(folder), Listing()
    link = _link_between(Path(within), folder) if within else None
    if link is not None:
        found.odd[link] = LINK
        return found
    waiting, seen = deque([("", 0)]), 0
    while waiting:
        inner, depth = waiting.popleft()
        try:
            entries = os.scandir(folder / inner)
        except FileNotFoundError:
            continue
        except OSError as error:
            found.odd[inner or folder.name] = _unreadable(error)
            continue
        with entries:
            for entry in entries:
                seen += 1
                name = f"{inner}/{entry.name}" if inner else entry.name
                if seen > MOST_ENTRIES or depth > MOST_DEEP:
                    found.odd[inner or folder.name] = TOO_MUCH
                    break
                try:
                    about = entry.stat(follow_symlinks=False)
                except OSError as error:
                    found.odd[name] = _unreadable(error)
                    continue
                if stat.S_ISDIR(about.st_mode):
                    waiting.append((name, depth + 1))
                elif stat.S_ISREG(about.st_mode):
                    found.files.append(File(name, folder / name, about.st_size, about.st_mtime))
                else:
                    found.odd[name] = KINDS.get(stat.S_IFMT(about.st_mode), "not a plain file")
    found.files.sort(key=lambda each: each.name.split("/"))
    return found


def opened(path: str | Path) -> BufferedReader:
    """Open a plain file for reading in bytes; what is none raises OSError before it is opened."""
    kind = os.lstat(path).st_mode
    if not stat.S_ISREG(kind):
        raise OSError(0, f"it is {KINDS.get(stat.S_IFMT(kind), 'not a plain file')}")
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "it is not a plain file")
    return open(descriptor, "rb")


def content(path: str | Path, most: int) -> bytes:
    """The first `most` bytes of a plain file."""
    with opened(path) as file:
        return file.read(most)


def _link_between(above: Path, folder: Path) -> str | None:
    """The first link on the way from a folder to one in it, relative to the upper one; None if there is none."""
    way = folder.relative_to(above).parts
    for place in range(len(way)):
        inner = "/".join(way[: place + 1])
        if (above / inner).is_symlink():
            return inner
    return None


def _unreadable(error: OSError) -> str:
    return NO_FOLDER if isinstance(error, NotADirectoryError) else UNREADABLE
