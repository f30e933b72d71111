"""Is this file a gradable submission? If it can be repaired, it is; if not, one sentence says why."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.utils import compute_checksum, is_grade, is_task

from autograder.course.results import NOT_GRADED, NotGradable
from autograder.intake import choosing, handed, mending
from autograder.intake.recognising import defines, grade_id, graded_cells, is_fixed, recognised
from autograder.showing import shown

if TYPE_CHECKING:
    from autograder.intake.choosing import Releases

    Labelled = list[tuple[nbformat.NotebookNode, str | None]]  # each cell with its grade_id

__all__ = ["Intake", "put_in_tests", "repair", "take_in"]
SETTINGS = ("points", "grade", "solution", "locked")
SKIPPED = "skip-execution"  # a tag by which a cell is passed over
ELSEWHERE = "# What belongs here is written in another cell."


@dataclass
class Intake:
    """A notebook ready to be graded, the repairs that made it so, one sentence each, and the file it was in."""

    notebook: nbformat.NotebookNode
    repairs: list[str] = field(default_factory=list)
    candidate: handed.Candidate | None = None


def take_in(
    submission: handed.Handed,
    name: str,
    assignment: str,
    releases: Releases,
    taken: Collection[handed.Candidate] = (),
) -> Intake:
    """Read the notebook `name` of a submission and repair what can be repaired.

    Parameters
    ----------
    submission : autograder.handed.Handed
        What was handed in.
    name : str
        Name of the notebook, without .ipynb.
    assignment : str
        What it was handed in for.
    releases : dict of str to dict of str to autograder.intake.released.Released
        For each assignment the released notebooks by name.
    taken : collection of autograder.handed.Candidate, optional
        Files that are other notebooks.

    Returns
    -------
    Intake

    Raises
    ------
    NotGradable
        If nothing was handed in, or the file is no notebook, or it belongs to another assignment, or to an edition
        that has no release.
    """
    found, said = choosing.choose(submission, name, assignment, releases, taken)
    released, notebook = releases[assignment][name], found.notebook
    assert notebook is not None
    if fault := released.why_not(notebook):
        raise NotGradable(NOT_GRADED, fault)
    release = released.of(notebook)
    if released.editions:
        _set_language(notebook, release)
    repairs = said + found.repairs + _other_kernel(notebook, release) + repair(notebook, release)
    return Intake(notebook, repairs, found)


def repair(notebook: nbformat.NotebookNode, release: nbformat.NotebookNode) -> list[str]:
    """Bring the notebook's graded cells in the order and number of the release, in place.

    A cell is recognised by its nbgrader metadata, by its id, by its text, by its place between cells that are
    recognised, or by the names it defines. What a student wrote in a solution cell, and the cells a student added,
    stay.

    Returns
    -------
    list of str
        One sentence for each repair; empty if there was nothing to do.
    """
    wanted = graded_cells(release)
    had_metadata = not wanted or any(grade_id(cell) in wanted for cell in notebook.cells)
    labels, elsewhere = recognised(notebook.cells, release)
    repairs = [] if had_metadata else ["nbgrader's metadata were lost: the cells were recognised by text and place."]
    cells = _without_duplicates(list(zip(notebook.cells, labels)), wanted, repairs)
    elsewhere += _note_what_is_elsewhere(cells, release, wanted)
    repairs += [f"{label} was not in its place: the cell that defines it counts." for label in elsewhere]
    groups = _groups(wanted)
    without_solution = _restore(cells, wanted, groups, fixed=False)
    moved = _take_out_misplaced(cells, groups)
    restored = _restore(cells, wanted, groups, fixed=True) | without_solution
    for label in wanted:
        if label in moved:
            what = "it tests" if wanted[label].metadata["nbgrader"].get("grade") else "it belongs after"
            repairs.append(f"{label} stood before the cell {what} and was moved back.")
    repairs += [f"{label} was missing and was put back." for label in wanted if label in restored - moved]
    if had_metadata and _other_schema(cells, wanted):
        repairs.append("nbgrader's metadata were of another version and were renewed.")
    for cell, found in cells:
        _mark(cell, wanted.get(found) if found else None, repairs)
    notebook.cells = mending.with_ids([cell for cell, _ in cells])
    return repairs


def put_in_tests(notebook: nbformat.NotebookNode, tested: nbformat.NotebookNode) -> None:
    """Give the fixed cells of a repaired notebook the text that they are graded with, and take off all outputs.

    The notebook is changed in place. `tested` is the released notebook with its hidden tests, in the source's language.
    Text that gives no points stays in the notebook's.
    """
    wanted = graded_cells(tested)
    for cell in notebook.cells:
        label = grade_id(cell)
        model = wanted.get(label) if label else None
        if model is not None:
            given = cell.metadata["nbgrader"].get("checksum")
            cell.metadata = copy.deepcopy(model.metadata)
            if not is_fixed(model):
                cell.metadata["nbgrader"]["checksum"] = given  # of what stood there, in whatever language
            elif cell.cell_type == "code" or is_grade(model) or is_task(model):
                cell.source = model.source
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
    notebook.metadata.pop("kernelspec", None)
    if "kernelspec" in tested.metadata:
        notebook.metadata["kernelspec"] = copy.deepcopy(tested.metadata["kernelspec"])


def _without_duplicates(cells: Labelled, wanted: dict[str, nbformat.NotebookNode], repairs: list[str]) -> Labelled:
    """Of cells with the same grade_id keep the last that the student worked in, as nbgrader keeps the last."""
    places: dict[str | None, list[int]] = {}
    for i, (_, label) in enumerate(cells):
        places.setdefault(label, []).append(i)
    worked_in = {
        label: [i for i in copies if cells[i][0].source.strip() != wanted[label].source.strip()]
        for label, copies in places.items()
        if label and len(copies) > 1
    }
    kept: Labelled = []
    for i, (cell, label) in enumerate(cells):
        if label not in worked_in:
            kept.append((cell, label))
        elif i == (worked_in[label] or places[label])[-1]:
            count = len(places[label])
            repairs.append(f"{label} was there {count:,} times: " + _what_was_kept(worked_in[label], places[label]))
            kept.append((cell, label))
        elif not is_fixed(wanted[label]) and cell.source.strip() != wanted[label].source.strip():
            kept.append((cell, None))
    return kept


def _what_was_kept(worked_in: list[int], copies: list[int]) -> str:
    if 0 < len(worked_in) < len(copies):
        return "the untouched copy was left out."
    return "the last one counts."


def _note_what_is_elsewhere(
    cells: Labelled, release: nbformat.NotebookNode, wanted: dict[str, nbformat.NotebookNode]
) -> list[str]:
    """Put a note behind the cell of the student's that also defines what a missing solution cell is for, in place."""
    there = {label for _, label in cells}
    noted: list[str] = []
    given = {cell.source.strip() for cell in release.cells}
    for label, released in wanted.items():
        if label in there or is_fixed(released) or released.cell_type != "code":
            continue
        own = [i for i, (cell, _) in enumerate(cells) if cell.cell_type == "code" and cell.source.strip() not in given]
        found = [i for i in own if defines(cells[i][0].source, released.source, label)]
        if found:
            note = new_code_cell(ELSEWHERE, id=released.id)
            cells.insert(found[-1] + 1, (note, label))
            noted.append(label)
    return noted


def _groups(wanted: dict[str, nbformat.NotebookNode]) -> dict[str, list[str]]:
    """For each fixed cell of a task the solution cells that it stands behind, by grade_id."""
    groups: dict[str, list[str]] = {}
    solutions: list[str] = []
    waiting: list[tuple[str, list[str]]] = []
    tested = False
    for label, cell in wanted.items():
        is_test = bool(cell.metadata["nbgrader"].get("grade"))
        if not is_fixed(cell):
            if tested:
                solutions, waiting = [], []
            solutions.append(label)
        elif is_test:
            groups |= {each: before for each, before in waiting} | {label: list(solutions)}
            waiting = []
        else:
            waiting.append((label, list(solutions)))
        tested = is_test or (tested and is_fixed(cell))
    return groups


def _take_out_misplaced(cells: Labelled, groups: dict[str, list[str]]) -> set[str]:
    """Take out the fixed cells that stand before a cell they belong behind, in place; return their labels."""
    places = {label: i for i, (_, label) in enumerate(cells) if label}
    moved = {label for label, before in groups.items() if any(places[each] > places.get(label, -1) for each in before)}
    moved &= places.keys()
    cells[:] = [(cell, label) for cell, label in cells if label not in moved]
    return moved


def _restore(
    cells: Labelled, wanted: dict[str, nbformat.NotebookNode], groups: dict[str, list[str]], fixed: bool
) -> set[str]:
    """Put back the cells that are missing, the fixed ones or the others, in place, and return their labels."""
    there = {label for _, label in cells}
    restored: set[str] = set()
    predecessor: str | None = None
    for label, released in wanted.items():
        if label not in there and is_fixed(released) == fixed:
            places = {each: i for i, (_, each) in enumerate(cells) if each}
            make: Callable[..., nbformat.NotebookNode] = (
                new_code_cell if released.cell_type == "code" else new_markdown_cell
            )
            place = _place_for(label, predecessor, places, groups)
            cells.insert(place, (make(released.source, id=released.id), label))
            restored.add(label)
        if label in there | restored:
            predecessor = label
    return restored


def _place_for(label: str, predecessor: str | None, places: dict[str, int], groups: dict[str, list[str]]) -> int:
    """Where a missing cell goes: behind its predecessor in the release, but never to another task that was moved."""
    place = places[predecessor] + 1 if predecessor in places else 0
    if label not in groups:
        return min([place, *(places[each] for each in groups if label in groups[each] and each in places)])
    siblings = [
        each for each in itertools.takewhile(lambda each: each != label, groups) if groups[each] == groups[label]
    ]
    own = [places[each] for each in groups[label] + siblings if each in places]
    return max(own) + 1 if groups[label] and own else place


def _set_language(notebook: nbformat.NotebookNode, release: nbformat.NotebookNode) -> None:
    """Give a notebook the language of its release, whatever it says itself: its kernels are told that."""
    notebook.metadata.pop("lang", None)
    if "lang" in release.metadata:
        notebook.metadata["lang"] = release.metadata["lang"]


def _other_kernel(notebook: nbformat.NotebookNode, release: nbformat.NotebookNode) -> list[str]:
    """A sentence if the notebook asks for a kernel that is not the course's."""
    names = [each.metadata.get("kernelspec", {}).get("name") for each in (notebook, release)]
    if None in names or names[0] == names[1]:
        return []
    return [f"Its kernel {shown(names[0])} is not the course's: it was executed with {names[1]}."]


def _other_schema(cells: Labelled, wanted: dict[str, nbformat.NotebookNode]) -> bool:
    """Whether a cell's nbgrader metadata were written by another version of nbgrader than the release's."""
    pairs = [(cell.metadata.get("nbgrader"), wanted[label].metadata["nbgrader"]) for cell, label in cells if label]
    return any(marks and marks.get("schema_version") != known.get("schema_version") for marks, known in pairs)


def _mark(cell: nbformat.NotebookNode, released: nbformat.NotebookNode | None, repairs: list[str]) -> None:
    """Give a cell the metadata of the released one, and a fixed cell its text."""
    if released is None:
        cell.metadata.pop("nbgrader", None)
        return
    label = grade_id(released)
    marks, known = cell.metadata.get("nbgrader", {}), released.metadata["nbgrader"]
    as_given_out = _is_as_given_out(cell)
    settings = SETTINGS if "checksum" in marks else SETTINGS[1:]  # without it nobody knows who changed the points
    if not as_given_out and any(marks.get(setting, known.get(setting)) != known.get(setting) for setting in settings):
        repairs.append(f"The settings of {label} had been changed and were restored.")
    if SKIPPED in cell.metadata.get("tags", ()):
        repairs.append(f"{label} was marked to be skipped, and was executed.")
    cell.metadata = copy.deepcopy(released.metadata)
    if cell.cell_type != released.cell_type:
        repairs.append(f"{label} had become a {cell.cell_type} cell and was turned back.")
        cell.cell_type = released.cell_type
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
        else:
            for key in ("outputs", "execution_count"):
                cell.pop(key, None)
    if is_fixed(released) and cell.source.strip() != released.source.strip():
        if not as_given_out:
            repairs.append(f"{label} had been edited and was restored.")
        cell.source = released.source


def _is_as_given_out(cell: nbformat.NotebookNode) -> bool:
    """Whether a cell is as some version of the release had it, by the sum that nbgrader puts into each.

    Then the instructor has changed it.
    """
    marks = cell.metadata.get("nbgrader", {})
    try:
        return bool(marks.get("checksum")) and marks["checksum"] == compute_checksum(cell)
    except (AttributeError, KeyError, TypeError, ValueError):  # metadata that are not nbgrader's own
        return False
