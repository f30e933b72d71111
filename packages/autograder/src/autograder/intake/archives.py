"""Unpack what a student packed: plain files only, under names that stay inside, and never more than a bound."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import re
import shutil
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

from autograder.course.results import NotGradable
from autograder.intake import folders
from autograder.showing import shown

MOST_MEGABYTES = 500
MOST_FILES = 1000
MOST_IN_ONE_READ = 20_000_000  # of a table of contents, or a long name
SUFFIXES = (".zip", ".tar", ".tgz", ".tbz2", ".txz", ".gz", ".bz2", ".xz")
DECOMPRESSORS: dict[bytes, Callable[[io.BufferedReader], io.BufferedIOBase]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
}
Member = tuple[str, Callable[[], "IO[bytes] | _Bounded"], float]  # its name, what opens it, and its time


class TooLarge(Exception):
    """More would come out of an archive than is unpacked."""


def is_archive(file: folders.File) -> bool:
    """Whether a file of a listing can be unpacked here, as far as its name says, or its start if that says nothing."""
    name = file.base.lower()
    return name.endswith(SUFFIXES) or ((name.endswith(".ipynb") or "." not in name) and _begins_as_a_zip(file))


def unpack(file: folders.File, target: str | Path) -> list[str]:
    """Unpack an archive into a new folder.

    Parameters
    ----------
    file : autograder.folders.File
    target : Path

    Returns
    -------
    list of str
        The names of files that can't be unpacked.

    Raises
    ------
    NotGradable
        If nothing could be unpacked, or it is too large.
    """
    target = Path(target)
    faults: list[Exception] = []
    damaged: list[str] = []
    count = 0
    try:
        for name, read, when in _members(file):
            try:
                count += _write(target, name, read(), when)
            except TooLarge:
                raise
            except Exception as error:  # of this one: encrypted, damaged, under a name that can't be
                faults.append(error)
                damaged.append(name)
    except TooLarge:
        raise NotGradable(
            "not-a-notebook", f"{shown(file.base)} is too large when unpacked: hand in the notebook itself."
        ) from None
    except Exception as error:
        faults.append(error)
    if faults and not count:
        why = shown(getattr(faults[0], "strerror", None) or str(faults[0]) or "it is damaged")
        raise NotGradable(
            "not-a-notebook", f"{shown(file.base)} can't be unpacked ({why}): hand in the notebook itself."
        ) from None
    return damaged


def _begins_as_a_zip(file: folders.File) -> bool:
    try:
        return folders.content(file.path, 4) == b"PK\x03\x04"
    except OSError:
        return False


def _members(file: folders.File) -> Iterator[Member]:
    """Yield the name of each plain file, a function that opens it, and its time."""
    with folders.opened(file.path) as raw:
        start = raw.read(6)
        raw.seek(0)
        if start.startswith(b"PK") or file.base.lower().endswith(".zip"):
            yield from _of_zip(raw)
            return
        for mark, decompress in DECOMPRESSORS.items():
            if start.startswith(mark):
                with decompress(raw) as plain:
                    yield from _of_tar_or_one(_Bounded(plain), file)
                return
        yield from _of_tar(_Bounded(raw))


def _of_zip(raw: io.BufferedReader) -> Iterator[Member]:
    with zipfile.ZipFile(_Bounded(raw, None)) as content:
        members = [each for each in content.infolist() if not each.is_dir()]
        if len(members) > MOST_FILES or sum(each.file_size for each in members) > MOST_MEGABYTES * 1e6:
            raise TooLarge
        for member in members:
            yield member.filename.replace("\\", "/"), lambda: content.open(member), _zip_time(member)


def _of_tar_or_one(plain: _Bounded, file: folders.File) -> Iterator[Member]:
    """What a compressed file holds: a tar archive, or one file, whose name then lacks the last suffix."""
    start = plain.read(tarfile.BLOCKSIZE)
    rest = _Bounded(_Again(start, plain))
    if start[257:262] == b"ustar":
        yield from _of_tar(rest)
    else:
        yield re.sub(r"\.\w+$", "", file.base), lambda: rest, file.time


def _of_tar(plain: _Bounded) -> Iterator[Member]:
    with tarfile.open(fileobj=plain, mode="r|") as content:
        for count, member in enumerate(content, 1):
            if count > MOST_FILES or member.size > MOST_MEGABYTES * 1e6:
                raise TooLarge
            if member.isreg():
                yield member.name, lambda: cast(IO[bytes], content.extractfile(member)), member.mtime


def _write(target: Path, name: str, source: IO[bytes] | _Bounded, when: float) -> int:
    """Write a file under its name, without what leads outside of the target; return whether it was written."""
    parts = [part for part in re.sub(r"^\w:", "", name).split("/") if part not in ("", ".", "..")]
    path = target.joinpath(*parts)
    if path == target or path.exists():
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        os.utime(path, (when, when))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return 1


def _zip_time(member: zipfile.ZipInfo) -> float:
    try:
        return time.mktime((*member.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0


class _Bounded(io.RawIOBase):
    """A file of which no read may ask for much at once, nor, if it has no end of its own, more than a bound in all."""

    def __init__(self, file: io.BufferedIOBase | _Again, most: int | None = MOST_MEGABYTES * 10**6) -> None:
        self._file, self._left = file, most

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._left is None

    def read(self, size: int | None = -1) -> bytes:
        if self._left is None:
            if size is not None and size > MOST_IN_ONE_READ:
                raise TooLarge
            return self._file.read(-1 if size is None else size)
        size = MOST_IN_ONE_READ if size is None or size < 0 else size
        if size > MOST_IN_ONE_READ:
            raise TooLarge
        block = self._file.read(size)
        self._left -= len(block)
        if self._left < 0:
            raise TooLarge
        return block

    def seek(self, *place: int) -> int:
        return self._file.seek(*place)

    def tell(self) -> int:
        return self._file.tell()


class _Again(io.RawIOBase):
    """A file whose first bytes were read already."""

    def __init__(self, start: bytes, file: _Bounded) -> None:
        self._start, self._file = start, file

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self._start:
            block, self._start = self._start[:size], self._start[size:] if size >= 0 else b""
            return block
        return self._file.read(size)
