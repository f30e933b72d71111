"""What lies beside a notebook, and comes along: under the names that the notebook asks for, and within bounds."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.intake import folders
from autograder.intake.handed import folded, number_of, without_copy_mark
from autograder.showing import listed, shown

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.intake.handed import Candidate, Handed

MOST_MEGABYTES = 100  # of one file
MOST_MEGABYTES_TOGETHER = 500
MOST_FILES = 5_000
LONGEST_NAME = 1_000  # bytes, with its folders
NAME = re.compile(r"""["']((?:[\w .()-]{1,100}/){0,5}[\w .()-]{1,100}\.[A-Za-z]\w{0,9})["']""")


@dataclass
class Beside:
    """The files' content by relative path, and a sentence for each kind of thing that did not come along as it was."""

    files: dict[str, bytes] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def take_along(
    handed: Handed,
    home: Candidate,
    notebooks: Mapping[str, NotebookNode],
    releases: Mapping[str, NotebookNode],
    given: Collection[str] = (),
) -> Beside:
    """Take along what lies beside a submission's notebooks.

    Parameters
    ----------
    handed : autograder.handed.Handed
    home : autograder.handed.Candidate
        The notebook in whose folder the files are.
    notebooks, releases : dict of str to nbformat.NotebookNode
        The student's notebooks by name, and what was released.
    given : collection of str
        The names of the instructor's files, which are put there anyway.

    Returns
    -------
    Beside
    """
    assert home.origin is not None
    taken = Beside()
    prefix = f"{home.file.folder}/" if home.file.folder else ""
    own = [
        (each.name[len(prefix) :], each)
        for each in home.origin.files
        if each.name.startswith(prefix) and each is not home.file and not each.base.lower().endswith(".ipynb")
    ]
    wanted = _asked(releases.values()) - set(given)
    _take(own, [f"{name}.ipynb" for name in notebooks], wanted, taken)
    _find_asked(handed, home, notebooks, wanted, set(given), taken)
    _say_what_is_odd(home.origin.odd, prefix, taken)
    return taken


def without_clashes(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out files that lie in a folder which has the name of a file."""
    return {name: content for name, content in files.items() if not any(above in files for above in _above(name))}


def _take(own: list[tuple[str, folders.File]], notebooks: list[str], wanted: set[str], taken: Beside) -> None:
    """Take the files of the notebook's own folder: first those that the release asks for."""
    left = MOST_MEGABYTES_TOGETHER * 10**6
    too_many: list[str] = []
    unusable: list[str] = []
    odd_names: list[str] = []
    unread: list[str] = []
    for name, file in sorted(own, key=lambda each: each[0] not in wanted):
        plain = _in_utf8(name)
        odd_names += [plain] if plain != name else []
        clash = plain in taken.files or any(above in notebooks for above in (plain, *_above(plain)))
        if len(os.fsencode(name)) > LONGEST_NAME or clash:
            unusable.append(name)
        elif len(taken.files) == MOST_FILES:
            too_many.append(name)
        elif file.size > MOST_MEGABYTES * 10**6:
            taken.files[plain] = b""
            taken.said.append(
                f"{shown(file.base)} has {file.size / 1e6:,.0f} MB, "
                f"and more than {MOST_MEGABYTES} are not taken along: an empty file stood in its place."
            )
        elif file.size > left:
            too_many.append(name)
        else:
            try:
                taken.files[plain] = folders.content(file.path, min(left, MOST_MEGABYTES * 10**6))
                left -= len(taken.files[plain])
            except OSError:
                unread.append(name)
    if odd_names:
        taken.said.append(f"Names that are not in UTF-8 were read as Windows-1252: {listed(odd_names)}.")
    if unread:
        taken.said.append(f"{listed(unread)} can't be read, and did not come along.")
    if unusable:
        taken.said.append(f"{listed(unusable)} did not come along: the name is too long, or taken.")
    if too_many:
        most = f"{MOST_FILES:,} files or {MOST_MEGABYTES_TOGETHER} MB"
        taken.said.append(f"{listed(too_many)} did not come along: there are more than {most}.")


def _asked(notebooks: Iterable[NotebookNode]) -> set[str]:
    """The names of files in the strings of notebooks' code."""
    return {
        name.strip()
        for notebook in notebooks
        for cell in notebook.cells
        if cell.cell_type == "code"
        for name in NAME.findall(cell.source)
        if ".." not in name.split("/") and not name.endswith(".ipynb")
    }


def _find_asked(
    handed: Handed,
    home: Candidate,
    notebooks: Mapping[str, NotebookNode],
    released: set[str],
    given: set[str],
    taken: Beside,
) -> None:
    """Put what a platform has renamed, or a student has put elsewhere, under the name that is asked for."""
    asked = released | (_asked(notebooks.values()) - given)
    missing = {
        name for name in asked if name not in taken.files and not any(each in taken.files for each in _above(name))
    }
    if not missing:
        return
    places = [("", handed.files), *(handed.unpacked.items() if missing & released or home.archive else ())]
    by_name: dict[str, list[tuple[str, folders.File]]] = {}
    for archive, files in places:
        for file in files.files:
            for name in _could_be(file.base, asked) if file.size <= MOST_MEGABYTES * 10**6 else ():
                by_name.setdefault(name, []).append((archive, file))
    by_themselves = {part for name in asked for part in _above(name)} | set(_words(notebooks.values()))
    for name in sorted(missing):
        found = by_name.get(_squeezed(name.rpartition("/")[2]), [])
        if name not in released:  # a program may put the name together with its folder's
            found = [each for each in found if each[1].folder.rpartition("/")[2] not in by_themselves]
        if found:
            _put(name, found, taken)


def _could_be(base: str, asked: set[str]) -> set[str]:
    """The names, squeezed, that a file may have had before a platform renamed it."""
    if base in asked:
        return {_squeezed(base)}
    original = without_copy_mark(base)
    return {_squeezed(each) for each in (base, original, original.rpartition(".")[0]) if each}


def _squeezed(name: str) -> str:
    """A name without what platforms replace: capitals, spaces, points, hyphens."""
    return re.sub(r"[\W_]+", "", folded(name))


def _put(name: str, found: list[tuple[str, folders.File]], taken: Beside) -> None:
    """Put the newest of the files that were found under a name, and say so."""
    base = name.rpartition("/")[2]
    found.sort(key=lambda each: (folded(each[1].base) == folded(base), number_of(each[1].base), each[1].time))
    archive, file = found[-1]
    try:
        taken.files[name] = folders.content(file.path, MOST_MEGABYTES * 10**6)
    except OSError:
        return
    where = f" in {shown(archive)}" if archive else ""
    rest = list(dict.fromkeys(each.name for _, each in found[:-1] if each.name != file.name))
    beside = f"; {listed(rest)} lay beside it" if rest else ""
    what = "was put beside the notebook" if file.name == name and not archive else f"was taken for {name}"
    taken.said.append(f"{shown(file.name)}{where} {what}{beside}.")


def _words(notebooks: Iterable[NotebookNode]) -> Iterator[str]:
    """The words that stand alone in a string, as a folder's name does in a call that joins a path."""
    for notebook in notebooks:
        for cell in notebook.cells:
            yield from re.findall(r"""["'/]([\w .-]{1,100})["'/]""", cell.source)


def _say_what_is_odd(odd: dict[str, str], prefix: str, taken: Beside) -> None:
    """Say what is no plain file, and was therefore left out."""
    for kind in dict.fromkeys(odd.values()):
        names = [name.removeprefix(prefix) for name, each in odd.items() if each == kind and name.startswith(prefix)]
        names = [name for name in names if not any(part.startswith(".") for part in name.split("/"))]
        if names and kind == folders.LINK:
            cure = "hand in the file itself" if len(names) == 1 else "hand in the files themselves"
            taken.said.append(
                f"{listed(names)} {'is a link' if len(names) == 1 else 'are links'}, and did not come along: {cure}."
            )
        elif names:
            taken.said.append(
                f"{listed(names)} did not come along: {'it is' if len(names) == 1 else 'they are'} {kind}."
            )


def _in_utf8(name: str) -> str:
    """A name as text; one whose bytes are not UTF-8 is read as an old Windows would have written it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("cp1252", errors="replace")
    return name


def _above(name: str) -> list[str]:
    """The folders in a relative path, and no more."""
    parts = name.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]
