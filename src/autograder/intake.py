"""Is this file a gradable submission? If it can be repaired, it is; if not, one sentence says why."""

import copy
import difflib
import re
from dataclasses import dataclass, field

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder import reading
from autograder.reading import NotGradable

SETTINGS = ("points", "grade", "solution", "locked")
SKIPPED = "skip-execution"  # a tag by which a cell is passed over


@dataclass
class Intake:
    """A notebook ready to be graded, and the repairs that made it so, one sentence each."""

    notebook: nbformat.NotebookNode
    repairs: list[str] = field(default_factory=list)


def take_in(folder, name, assignment, releases):
    """Read the notebook `name` of a submission and repair what can be repaired.

    Parameters
    ----------
    folder : Path
        Where its notebooks lie; see `reading.opened`.
    name : str
        Name of the notebook, without .ipynb.
    assignment : str
        What the folder was handed in for.
    releases : dict of str to dict of str to nbformat.NotebookNode
        For each assignment the released notebooks by name.

    Returns
    -------
    Intake

    Raises
    ------
    NotGradable
        If nothing was handed in, or the file is no notebook, or it belongs to another assignment.
    """
    path, renamed = reading.find(folder, name)
    notebook, mended = reading.read(path)
    _require_assignment(notebook, path, assignment, releases)
    release = releases[assignment][name]
    return Intake(notebook, renamed + mended + _other_kernel(notebook, release) + repair(notebook, release))


def repair(notebook, release):
    """Bring the notebook's graded cells in the order and number of the release, in place.

    A cell is recognised by its nbgrader metadata, by its id, by its text, or by its place between cells
    that are recognised. What a student wrote in a solution cell, and the cells a student added, stay.

    Returns
    -------
    list of str
        One sentence for each repair; empty if there was nothing to do.
    """
    wanted = {_grade_id(cell): cell for cell in release.cells if _grade_id(cell)}
    had_metadata = any(_grade_id(cell) in wanted for cell in notebook.cells)
    labels = _recognise(notebook.cells, release.cells, wanted)
    repairs = [] if had_metadata else ["nbgrader's metadata were lost: the cells were recognised by text and place."]
    cells = _without_duplicates(list(zip(notebook.cells, labels)), wanted, repairs)
    cells, moved = _without_misplaced_tests(cells, wanted)
    restored = _restore_missing(cells, wanted)
    repairs += [f"{label} stood before the cell it tests and was moved back." for label in restored if label in moved]
    repairs += [f"{label} was missing and was put back." for label in restored if label not in moved]
    if had_metadata and _other_schema(cells, wanted):
        repairs.append("nbgrader's metadata were of another version and were renewed.")
    for cell, label in cells:
        _mark(cell, wanted.get(label), repairs)
    notebook.cells = [cell for cell, _ in cells]
    return repairs


def put_in_tests(notebook, tested):
    """Give the fixed cells of a repaired notebook the text that they are graded with, in place, and take off all outputs.

    `tested` is the released notebook with its hidden tests.
    """
    wanted = {_grade_id(cell): cell for cell in tested.cells if _grade_id(cell)}
    for cell in notebook.cells:
        model = wanted.get(_grade_id(cell))
        if model is not None:
            cell.metadata = copy.deepcopy(model.metadata)
            if _is_fixed(model):
                cell.source = model.source
        if cell.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
    notebook.metadata.pop("kernelspec", None)
    if "kernelspec" in tested.metadata:
        notebook.metadata["kernelspec"] = copy.deepcopy(tested.metadata["kernelspec"])


def closest_assignment(notebook, releases):
    """The assignment whose cells the notebook has, by id or by text; None if it has none of any."""
    found = {
        each: max(_share_recognised(notebook, release) for release in notebooks.values())
        for each, notebooks in releases.items()
    }
    best = max(found, key=found.get)
    return best if found[best] else None


def _require_assignment(notebook, path, assignment, releases):
    best = closest_assignment(notebook, releases)
    if best is None:
        raise NotGradable(
            "wrong-assignment", f"{path.name} has none of the cells of {assignment}: it is another notebook."
        )
    if best != assignment:
        raise NotGradable("wrong-assignment", f"{path.name} is the notebook of {best}, not of {assignment}.")


def _share_recognised(notebook, release):
    """Share of the release's nbgrader cells that the notebook has, by id or by text."""
    ids = {_grade_id(cell) for cell in notebook.cells}
    texts = {cell.source.strip() for cell in notebook.cells}
    wanted = [cell for cell in release.cells if _grade_id(cell)]
    known = [cell for cell in wanted if _grade_id(cell) in ids or cell.source.strip() in texts]
    return len(known) / max(len(wanted), 1)


def _recognise(cells, released, wanted):
    """For each cell the grade_id of the released cell it is, or None."""
    labels = [_grade_id(cell) if _grade_id(cell) in wanted else None for cell in cells]
    if set(wanted) <= set(labels):
        return labels
    by_id = {cell.get("id"): _grade_id(cell) for cell in released if _grade_id(cell)}
    by_text = {cell.source.strip(): _grade_id(cell) for cell in released if _is_fixed(cell)}
    for i, cell in enumerate(cells):
        for label in (by_id.get(cell.get("id")), by_text.get(cell.source.strip())):
            if labels[i] is None and label not in labels and label and cell.cell_type == wanted[label].cell_type:
                labels[i] = label
    texts = {cell.source.strip() for cell in released if not _grade_id(cell)}
    for label in wanted:
        if label not in labels:
            _recognise_by_place(label, cells, labels, wanted, texts)
    return labels


def _recognise_by_place(label, cells, labels, wanted, texts):
    """Find an edited solution cell between its neighbours: the one that defines its names, or is most like it.

    `texts` are those of the release's other cells, which no student wrote.
    """
    released = wanted[label]
    if _is_fixed(released):
        return
    order = list(wanted)
    place = order.index(label)
    after = max((i for i, each in enumerate(labels) if each in order[:place]), default=-1)
    before = min((i for i, each in enumerate(labels) if each in order[place + 1 :]), default=len(cells))
    free = [i for i in range(after + 1, before) if labels[i] is None and cells[i].cell_type == released.cell_type]
    free = [i for i in free if cells[i].source.strip() not in texts]
    if free:
        # Of equally good ones the last, which stands nearest to the test.
        best = max(
            free,
            key=lambda i: (
                _defines(cells[i].source, label, released.source),
                _likeness(released.source, cells[i].source),
                i,
            ),
        )
        if len(free) == 1 or _defines(cells[best].source, label, released.source):
            labels[best] = label


def _defines(source, label, released):
    """How many of the names that the released cell is for are defined in a cell's source."""
    names = {label, *re.findall(r"(?m)^(?:def|class)\s+(\w+)", released)}
    return sum(bool(re.search(rf"(?m)^(?:(?:def|class)\s+)?{re.escape(name)}\b\s*[=(:]", source)) for name in names)


def _likeness(a, b):
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def _without_duplicates(cells, wanted, repairs):
    """Of cells with the same grade_id keep the last that the student worked in, as nbgrader keeps the last."""
    kept = []
    for i, (cell, label) in enumerate(cells):
        copies = [j for j, (_, other) in enumerate(cells) if other == label]
        if label is None or len(copies) == 1:
            kept.append((cell, label))
            continue
        worked_in = [j for j in copies if cells[j][0].source.strip() != wanted[label].source.strip()]
        chosen = (worked_in or copies)[-1]
        if i == chosen:
            repairs.append(f"{label} was there {len(copies)} times: " + _what_was_kept(worked_in, copies))
            kept.append((cell, label))
        elif i in worked_in and not _is_fixed(wanted[label]):
            kept.append((cell, None))
    return kept


def _what_was_kept(worked_in, copies):
    if 0 < len(worked_in) < len(copies):
        return "the untouched copy was left out."
    return "the last one counts."


def _without_misplaced_tests(cells, wanted):
    """Leave out fixed cells that stand before a cell they belong behind; return the rest and their labels."""
    order = {label: place for place, label in enumerate(wanted)}
    kept, moved = [], set()
    for i, (cell, label) in enumerate(cells):
        later = [other for _, other in cells[i + 1 :] if other and not _is_fixed(wanted[other])]
        if label and _is_fixed(wanted[label]) and any(order[other] < order[label] for other in later):
            moved.add(label)
        else:
            kept.append((cell, label))
    return kept, moved


def _restore_missing(cells, wanted):
    """Put what is missing behind its predecessor, in place, and return the labels."""
    there = {label for _, label in cells}
    place, restored = 0, []
    for label, released in wanted.items():
        if label in there:
            place = next(i for i, (_, other) in enumerate(cells) if other == label) + 1
            continue
        make = new_code_cell if released.cell_type == "code" else new_markdown_cell
        cells.insert(place, (make(released.source, id=released.id), label))
        place += 1
        restored.append(label)
    return restored


def _other_kernel(notebook, release):
    """A sentence if the notebook asks for a kernel that is not the course's."""
    names = [each.metadata.get("kernelspec", {}).get("name") for each in (notebook, release)]
    if None in names or names[0] == names[1]:
        return []
    return [f"Its kernel {names[0]} is not the course's: it was executed with {names[1]}."]


def _other_schema(cells, wanted):
    """Whether a cell's nbgrader metadata were written by another version of nbgrader than the release's."""
    pairs = [(cell.metadata.get("nbgrader"), wanted[label].metadata["nbgrader"]) for cell, label in cells if label]
    return any(marks and marks.get("schema_version") != known.get("schema_version") for marks, known in pairs)


def _mark(cell, released, repairs):
    """Give a cell the metadata of the released one, and a fixed cell its text."""
    if released is None:
        cell.metadata.pop("nbgrader", None)
        return
    label = _grade_id(released)
    marks, known = cell.metadata.get("nbgrader", {}), released.metadata["nbgrader"]
    if any(marks.get(setting, known.get(setting)) != known.get(setting) for setting in SETTINGS):
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
    if _is_fixed(released) and cell.source.strip() != released.source.strip():
        repairs.append(f"{label} had been edited and was restored.")
        cell.source = released.source


def _grade_id(cell):
    marks = cell.metadata.get("nbgrader")
    label = marks.get("grade_id") if isinstance(marks, dict) else None
    return label if isinstance(label, str) else None


def _is_fixed(cell):
    """Whether students are not to edit a released cell."""
    marks = cell.metadata.get("nbgrader")
    return not marks or not marks.get("solution")
