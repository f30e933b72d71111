"""What was handed in: the files of a folder, those in its archives, and which of them may be notebooks."""

from __future__ import annotations

import contextlib
import functools
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from autograder.course.results import NotGradable
from autograder.intake import archives, folders, reading

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOT_HANDED_IN = (".ipynb_checkpoints", "__MACOSX")
MOST_CANDIDATES = 30
MOST_LOOKED_INTO = 500  # files under other names than a notebook's
MOST_ARCHIVES = 10
MOST_MEGABYTES_OF_CANDIDATES = 500
COPY = re.compile(r"(?: ?\((\d+)\)|[-_ ](\d+)| ?[-_ ] ?(?:Copy|Kopie|copie|copia)[ _-]?\(?(\d*)\)?)+(?=\.|$)", re.I)
COPY_OF = re.compile(r"^(?:Copy of|Kopie von|Copie de|Copia de)[ _]", re.I)


class Candidate:
    """A file that may be a notebook, read when it is asked for."""

    def __init__(self, file: folders.File, archive: str = "", origin: folders.Listing | None = None) -> None:
        self.file, self.archive, self.origin = file, archive, origin

    @functools.cached_property
    def _read(self) -> tuple[NotebookNode | None, list[str], NotGradable | None]:
        try:
            return (*reading.read(self.file.path), None)
        except NotGradable as refusal:
            return None, [], refusal

    @property
    def notebook(self) -> NotebookNode | None:
        """The notebook, or None if it is none."""
        return self._read[0]

    @property
    def repairs(self) -> list[str]:
        """What had to be mended in the file."""
        return self._read[1]

    @property
    def refusal(self) -> NotGradable | None:
        """Why it is none, or None."""
        return self._read[2]


@dataclass
class Handed:
    """All that was handed in: the files of a folder, and, once somebody asks for them, those of the archives in it.

    Attributes
    ----------
    folder : Path
    files : autograder.folders.Listing
    refusals : list of NotGradable
        One for each archive that can't be unpacked.
    damaged : dict of str to list of str
        For each archive the names of files in it that can't be unpacked.
    """

    folder: Path
    files: folders.Listing
    temporary: Path
    refusals: list[NotGradable] = field(default_factory=list)
    damaged: dict[str, list[str]] = field(default_factory=dict)
    unpacked_bytes: int = 0

    @functools.cached_property
    def unpacked(self) -> dict[str, folders.Listing]:
        """What the archives hold: a dict name of the archive -> Listing."""
        found: dict[str, folders.Listing] = {}
        for file in [each for each in self.files.files if archives.is_archive(each) and not is_aside(each)]:
            if len(found) < MOST_ARCHIVES:
                found |= self._unpack(file, file.name)
        return found

    def _unpack(self, file: folders.File, name: str, nested: bool = False) -> dict[str, folders.Listing]:
        if self.unpacked_bytes > archives.MOST_MEGABYTES * 10**6:
            return {}
        target = Path(tempfile.mkdtemp(dir=self.temporary))
        try:
            self.damaged[name] = archives.unpack(file, target)
        except NotGradable as refusal:
            self.refusals.append(refusal)
            return {}
        found = {name: folders.listing(target)}
        self.unpacked_bytes += sum(each.size for each in found[name].files)
        for inner in (
            [] if nested else [each for each in found[name].files if archives.is_archive(each)][:MOST_ARCHIVES]
        ):
            found |= self._unpack(inner, f"{name}/{inner.name}", nested=True)
        return found

    @functools.cached_property
    def notebooks(self) -> list[Candidate]:
        """The files of the folder that are called notebooks, those that lie highest first."""
        return _candidates(self.files, "", called_notebooks)

    @functools.cached_property
    def others(self) -> list[list[Candidate]]:
        """What may be a notebook as well: in the archives, or under a name that is not a notebook's."""
        packed = [each for name, files in self.unpacked.items() for each in _candidates(files, name, called_notebooks)]
        loose = _candidates(self.files, "", under_other_names)
        both = [each for name, files in self.unpacked.items() for each in _candidates(files, name, under_other_names)]
        return [packed, loose, both]


@contextlib.contextmanager
def opened(
    folder: str | Path, within: str | Path | None = None, given: Mapping[str, bytes] | None = None
) -> Iterator[Handed]:
    """Look at what was handed in, as long as the context lasts.

    Parameters
    ----------
    folder : Path
    within : Path, optional
        A folder above, from which no link may lead to `folder`.
    given : dict of str to bytes, optional
        What was given out with the assignment: nobody hands in work that way.

    Yields
    ------
    Handed
    """
    with tempfile.TemporaryDirectory(prefix="unpacked-", ignore_cleanup_errors=True) as temporary:
        files = folders.listing(folder, within)
        files.files = [each for each in files.files if not _was_given(each, given or {})]
        yield Handed(Path(folder), files, Path(temporary))


def _was_given(file: folders.File, given: Mapping[str, bytes]) -> bool:
    """Whether a file is one that was given out, unchanged."""
    alike = [given[name] for name in given if PurePosixPath(name).name == file.base and len(given[name]) == file.size]
    try:
        return bool(alike) and folders.content(file.path, file.size) in alike
    except OSError:
        return False


def without_copy_mark(base: str) -> str:
    """A file's name without the mark that a browser or a platform gives to copies."""
    return COPY.sub("", COPY_OF.sub("", base))


def folded(name: str) -> str:
    """A name without what file systems write differently."""
    return unicodedata.normalize("NFC", name).casefold()


def number_of(base: str) -> int:
    """The number that a browser or a platform gave a copy; 0 if it has none."""
    found = COPY.search(base)
    digits = next((each for each in found.groups() if each), "") if found else ""
    return int(digits[:9] or 0)


def called_notebooks(files: folders.Listing) -> list[folders.File]:
    """The files of a listing that are called notebooks, those that lie highest first."""
    return [each for each in _highest_first(files) if is_notebook(each)]


def _candidates(
    files: folders.Listing, archive: str, find: Callable[[folders.Listing], list[folders.File]]
) -> list[Candidate]:
    found = find(files)
    chosen: list[Candidate] = []
    left = MOST_MEGABYTES_OF_CANDIDATES * 1e6
    for file in found[:MOST_CANDIDATES]:
        left -= file.size
        if left > 0 or not chosen:
            chosen.append(Candidate(file, archive, files))
    return chosen


def under_other_names(files: folders.Listing) -> list[folders.File]:
    """The files of a listing that may be notebooks, and are not called so."""
    others = [each for each in _highest_first(files) if not is_notebook(each)]
    return [each for each in others[:MOST_LOOKED_INTO] if _begins_as_a_notebook(each)]


def _highest_first(files: folders.Listing) -> list[folders.File]:
    return sorted((each for each in files.files if not is_aside(each)), key=lambda each: each.name.count("/"))


def is_notebook(file: folders.File) -> bool:
    return file.base.lower().endswith(".ipynb") and not file.base.startswith(".")


def _begins_as_a_notebook(file: folders.File) -> bool:
    try:
        start = folders.content(file.path, 1000)
    except OSError:
        return False
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"{")


def is_aside(file: folders.File) -> bool:
    return any(part in NOT_HANDED_IN or part.startswith(".") for part in PurePosixPath(file.name).parts)
