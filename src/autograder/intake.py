"""Is this file a gradable submission? If it can be repaired, it is; if not, one sentence says why."""

import difflib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbformat.validator import normalize


class NotGradable(Exception):
    """A submission that can't be graded; `status` is one of results.STATUSES."""

    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status


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
        The submission's folder.
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
    path, repairs = _find(Path(folder), name)
    notebook = read(path)
    _require_assignment(notebook, path, assignment, releases)
    return Intake(notebook, repairs + repair(notebook, releases[assignment][name]))


def read(path):
    """Read a notebook of any format version as version 4, or raise NotGradable with the fault in one sentence."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise NotGradable(
            "not-a-notebook", f"{path.name} is not a text file in UTF-8: save it again in JupyterLab."
        ) from None
    except OSError as error:
        raise NotGradable("not-a-notebook", f"{path.name} can't be read: {error.strerror}.") from None
    if not text.strip():
        raise NotGradable("not-a-notebook", f"{path.name} is empty: save it again in JupyterLab and hand it in anew.")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno}: {error.msg})" if isinstance(error, json.JSONDecodeError) else ""
        raise NotGradable(
            "not-a-notebook",
            f"{path.name} is not valid JSON{where}: the file is cut off or not a notebook. Download it again.",
        ) from None
    if (
        not isinstance(content, dict)
        or "nbformat" not in content
        or not ("cells" in content or "worksheets" in content)
    ):
        raise NotGradable("not-a-notebook", f"{path.name} is JSON, but not a Jupyter notebook: it has no cells.")
    try:
        _, notebook = normalize(nbformat.reads(text, as_version=4), strip_invalid_metadata=True)
        nbformat.validate(notebook)
    except Exception as error:
        fault = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise NotGradable("not-a-notebook", f"{path.name} is not a valid notebook: {fault}") from None
    return notebook


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
    for cell, label in cells:
        _mark(cell, wanted.get(label), repairs)
    notebook.cells = [cell for cell, _ in cells]
    return repairs


def _find(folder, name):
    path = folder / f"{name}.ipynb"
    if path.is_file():
        return path, []
    others = sorted(folder.glob("*.ipynb")) if folder.is_dir() else []
    if not others:
        above = folder.parent / path.name
        cure = (
            f" There is one in {folder.parent.name}/: move it into {folder.parent.name}/{folder.name}/."
            if above.is_file()
            else ""
        )
        raise NotGradable("missing", f"No {path.name} was handed in.{cure}")
    close = difflib.get_close_matches(path.name, [each.name for each in others], n=1, cutoff=0)
    return folder / close[0], [f"{close[0]} was taken for {path.name}."]


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
            "wrong-assignment", f"{path.name} has none of the cells of {assignment}: is it another notebook?"
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


def _mark(cell, released, repairs):
    """Give a cell the metadata of the released one, and a fixed cell its text."""
    if released is None:
        cell.metadata.pop("nbgrader", None)
        return
    label = _grade_id(released)
    cell.metadata["nbgrader"] = released.metadata["nbgrader"]
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
