"""Which of the files that were handed in is a certain notebook.

That is told by what is in it, then by how much is written in it, then by its name.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from autograder.course.results import NotGradable
from autograder.intake import archives, folders
from autograder.intake.handed import folded, is_aside, is_notebook, number_of, under_other_names, without_copy_mark
from autograder.intake.recognising import given, graded_cells, shared, work_in
from autograder.showing import listed, shown

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.intake.handed import Candidate, Handed
    from autograder.intake.released import Released

    Releases = Mapping[str, Mapping[str, Released]]  # by assignment and by name


def choose(
    handed: Handed, name: str, assignment: str, releases: Releases, taken: Collection[Candidate] = ()
) -> tuple[Candidate, list[str]]:
    """Find the notebook `name` among the files that are not `taken` for other notebooks.

    Returns
    -------
    tuple of (Candidate, list of str)
        The file, and sentences about where it was, and what it was called.

    Raises
    ------
    NotGradable
        If there is none.
    """
    released = releases[assignment][name]
    seen: list[Candidate] = []
    able: list[Candidate] = []
    best: Candidate | None = None
    for tier in _tiers(handed):
        seen += tier
        able += [each for each in tier if each not in taken and _belongs(each, name, assignment, releases)]
        if able:
            best = max(able, key=lambda each: _rank(each, name, released)) if len(able) > 1 else able[0]
            assert best.notebook is not None
            if len(able) == 1 and not _has_more(handed) or _work_in(best.notebook, released):
                break
    if best is None:
        raise _refusal(handed, [each for each in seen if each not in taken], name, assignment, releases)
    return best, _where(best, name, handed) + _beside(best, able, seen, name, released)


def closest_assignment(notebook: NotebookNode, releases: Releases) -> str | None:
    """The assignment whose cells the notebook has, by id or by text, and which has fewest others.

    It is None if the notebook has none of any.
    """
    closest = _closest(notebook, releases)
    return min(closest, key=lambda each: len(graded_cells(releases[each[0]][each[1]].own)), default=(None,))[0]


def _tiers(handed: Handed) -> Iterator[list[Candidate]]:
    """Where to look for a notebook, the likeliest places first; archives are not unpacked before that is needed."""
    yield handed.notebooks
    yield from handed.others


def _has_more(handed: Handed) -> bool:
    return any(map(archives.is_archive, handed.files.files)) or bool(under_other_names(handed.files))


def _closest(notebook: NotebookNode, releases: Releases) -> list[tuple[str, str]]:
    """The assignments and names of the releases that the notebook has most cells of; none if it has none of any."""
    counts = {
        (assignment, name): shared(notebook, released.of(notebook))
        for assignment, notebooks in releases.items()
        for name, released in notebooks.items()
    }
    most = max(counts.values(), default=0)
    return [each for each, count in counts.items() if count == most > 0]


def _belongs(candidate: Candidate, name: str, assignment: str, releases: Releases) -> bool:
    """Whether a file may be the notebook.

    Of notebooks of the assignment with equal cells it is the one that it is called.
    """
    if not candidate.notebook:
        return False
    here = [each for of, each in _closest(candidate.notebook, releases) if of == assignment]
    if not graded_cells(releases[assignment][name].own):
        return not here and name in _called(candidate, releases[assignment])
    return name in (_called(candidate, here) or here)


def _called(candidate: Candidate, names: Collection[str]) -> list[str]:
    """Which of the names a file has, exactly or else as a copy."""
    base = candidate.file.base
    found = (
        [each for each in names if folded(f"{each}.ipynb") == folded(own)] for own in (base, without_copy_mark(base))
    )
    return next(filter(None, found), [])


def _work_in(notebook: NotebookNode, released: Released) -> int:
    return work_in(notebook, released.of(notebook))


def _rank(candidate: Candidate, name: str, released: Released) -> tuple[int, bool, int, int, int, float]:
    file, notebook = candidate.file, candidate.notebook
    assert notebook is not None
    return (
        _work_in(notebook, released),
        folded(file.base) == folded(f"{name}.ipynb"),
        given(notebook, released.of(notebook)),
        -file.name.count("/"),
        number_of(file.base),
        file.time,
    )


def _where(candidate: Candidate, name: str, handed: Handed) -> list[str]:
    """Sentences about where a notebook was, and what it was called."""
    said: list[str] = []
    file = candidate.file
    if candidate.archive:
        said.append(f"{shown(candidate.archive)} was unpacked.")
        if damaged := handed.damaged.get(candidate.archive):
            said.append(f"{listed(damaged)} in it can't be unpacked, and did not come along.")
    if file.folder:
        said.append(f"The notebook lay in the folder {shown(file.folder)}.")
    if file.base != f"{name}.ipynb":
        said.append(f"{shown(file.base)} was taken for {name}.ipynb.")
    return said


def _beside(
    chosen: Candidate, able: list[Candidate], seen: list[Candidate], name: str, released: Released
) -> list[str]:
    """A sentence about the other files that could have been meant."""
    rest = [
        each
        for each in seen
        if each is not chosen
        and each.file.name != chosen.archive
        and (each in able or folded(each.file.base).startswith(folded(name)))
    ]
    if not rest:
        return []
    names = listed([_name_beside(each, chosen) for each in rest])
    if chosen.file.name == f"{name}.ipynb" and not chosen.archive:
        return [f"{names} lay beside {name}.ipynb, which counts."]
    if not any(each.notebook for each in rest):
        return [f"{names} lay beside it, and can't be read."]
    assert chosen.notebook is not None
    written = max(_work_in(each.notebook, released) for each in rest if each.notebook)
    less = ", with less written in it" if written < _work_in(chosen.notebook, released) else ""
    return [f"{names} lay beside it{less}."]


def _name_beside(candidate: Candidate, chosen: Candidate) -> str:
    """The name of another file, with its place if that is what tells it from the chosen one."""
    if candidate.archive != chosen.archive and candidate.archive:
        return f"{candidate.file.name} in {candidate.archive}"
    return candidate.file.base if candidate.file.base != chosen.file.base else candidate.file.name


def _refusal(handed: Handed, seen: list[Candidate], name: str, assignment: str, releases: Releases) -> NotGradable:
    """Why there is no notebook `name`: the fault of the file that was meant for it, or that nothing was."""
    wanted = f"{name}.ipynb"
    meant = [each for each in seen if is_notebook(each.file) or each.notebook]
    meant = [each for each in meant if not _is_another(each, name, assignment, releases)]
    exact = [each for each in meant if folded(each.file.base) == folded(wanted)]
    odd = [each for each in handed.files.odd if _could_hold(each, handed.files.odd[each])]
    odd = [each for each in odd if folded(PurePosixPath(each).name) == folded(wanted)] or ([] if meant else odd)
    if odd and not exact:
        return NotGradable("not-a-notebook", _sentence_about(odd[0], handed.files.odd[odd[0]]))
    if not meant:
        if (handed.folder / wanted).is_dir():
            return NotGradable("not-a-notebook", f"{wanted} is a folder, not a file: hand in the notebook itself.")
        if handed.refusals:
            return handed.refusals[0]
        return NotGradable("missing", f"No {wanted} was handed in.{_hint(handed, wanted)}")
    close = difflib.get_close_matches(wanted, [each.file.base for each in exact or meant], n=1, cutoff=0)
    [found, *_] = [each for each in exact or meant if each.file.base == close[0]]
    if found.refusal:
        return found.refusal
    assert found.notebook is not None
    other = closest_assignment(found.notebook, releases)
    base = shown(found.file.base)
    if other is None:
        return NotGradable("wrong-assignment", f"{base} has none of the cells of {assignment}: it is another notebook.")
    return NotGradable("wrong-assignment", f"{base} is the notebook of {other}, not of {assignment}.")


def _is_another(candidate: Candidate, name: str, assignment: str, releases: Releases) -> bool:
    """Whether it is another notebook of the same assignment."""
    return any(_belongs(candidate, each, assignment, releases) for each in releases[assignment] if each != name)


def _could_hold(name: str, kind: str) -> bool:
    """Whether what is no plain file may have been meant as the notebook, or as what holds it."""
    file = folders.File(name, Path(name), 0, 0)
    if is_aside(file):
        return False
    is_kind = kind in (folders.LINK, *folders.KINDS.values())
    return not is_kind or is_notebook(file) or archives.is_archive(file) or "." not in file.base


def _sentence_about(name: str, kind: str) -> str:
    cures = {
        folders.LINK: "hand in the file itself",
        folders.UNREADABLE: "see who may read it, and grade again",
        folders.NO_FOLDER: "put the notebook into a folder of this name",
    }
    return f"{shown(name)} is {kind}: {cures.get(kind, 'hand in the notebook as a file')}."


def _hint(handed: Handed, wanted: str) -> str:
    folder = handed.folder
    if not (folder.parent / wanted).is_symlink() and (folder.parent / wanted).is_file():
        return (
            f" There is one in {shown(folder.parent.name)}/: move it into {shown(folder.parent.name)}/{folder.name}/."
        )
    top = [each.base for each in handed.files.files if not each.folder]
    packed = [each for each in top if each.lower().endswith((".rar", ".7z"))]
    if packed:
        return f" {shown(packed[0])} can't be opened: hand in the notebook itself, or a zip file."
    return f" There is only {listed(top)}." if top else ""
