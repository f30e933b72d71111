"""Which released cell a cell of a submission is: by its nbgrader metadata, its id, its text, or its place."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

MOST_COMPARED = 2_000  # characters of a cell
MOST_ALIKE = 20  # cells


def grade_id(cell: NotebookNode) -> str | None:
    """The name that nbgrader's metadata give a cell, or None."""
    marks = cell.metadata.get("nbgrader")
    label = marks.get("grade_id") if isinstance(marks, dict) else None
    return label if isinstance(label, str) else None


def is_fixed(cell: NotebookNode) -> bool:
    """Whether students are not to edit a released cell."""
    marks = cell.metadata.get("nbgrader")
    return not marks or not marks.get("solution")


def graded_cells(release: NotebookNode) -> dict[str, NotebookNode]:
    """The cells of a release that nbgrader knows, by grade_id, in their order."""
    return {label: cell for cell in release.cells if (label := grade_id(cell))}


def shared(notebook: NotebookNode, release: NotebookNode) -> int:
    """How many of the release's nbgrader cells the notebook has, by id or by text."""
    ids = {grade_id(cell) for cell in notebook.cells}
    wanted = graded_cells(release)
    texts = Counter(cell.source.strip() for cell in notebook.cells if grade_id(cell) not in wanted)
    missing = Counter(cell.source.strip() for label, cell in wanted.items() if label not in ids)
    return len(wanted.keys() & ids) + (texts & missing).total()


def given(notebook: NotebookNode, release: NotebookNode) -> int:
    """How many of the release's fixed cells the notebook has with their text."""
    texts = {cell.source.strip() for cell in notebook.cells}
    return sum(is_fixed(cell) and cell.source.strip() in texts for cell in graded_cells(release).values())


def work_in(notebook: NotebookNode, release: NotebookNode) -> int:
    """How many solution cells of the release the notebook has something written in."""
    wanted = graded_cells(release)
    return sum(
        label is not None and not is_fixed(wanted[label]) and _has_lines_of_its_own(cell, wanted[label])
        for cell, label in zip(notebook.cells, recognised(notebook.cells, release)[0])
    )


def _has_lines_of_its_own(cell: NotebookNode, released: NotebookNode) -> bool:
    given = {line.strip() for line in released.source.splitlines()} | {""}
    own = {line.strip() for line in cell.source.splitlines()} - given
    return any(released.cell_type != "code" or not line.startswith("#") for line in own)


def recognised(cells: Sequence[NotebookNode], release: NotebookNode) -> tuple[list[str | None], list[str]]:
    """For each cell the grade_id of the released cell it is, or None; and which were found far from their places."""
    wanted = graded_cells(release)
    labels = [grade_id(cell) if grade_id(cell) in wanted else None for cell in cells]
    missing = set(wanted) - set(labels)
    if not missing:
        return labels, []
    by_id = {cell.get("id"): grade_id(cell) for cell in release.cells if grade_id(cell)}
    by_text = {cell.source.strip(): grade_id(cell) for cell in release.cells if is_fixed(cell)}
    for i, cell in enumerate(cells):
        for label in (by_id.get(cell.get("id")), by_text.get(cell.source.strip())):
            if labels[i] is None and label in missing and cell.cell_type == wanted[label].cell_type:
                labels[i] = label
                missing.remove(label)
    texts = {cell.source.strip() for cell in release.cells if not grade_id(cell)}
    free = {i for i, cell in enumerate(cells) if labels[i] is None and cell.source.strip() not in texts}
    elsewhere: list[str] = []
    for find in (_by_place, _by_name):
        for label in wanted:
            sought = label in missing and not is_fixed(wanted[label])
            place = find(label, cells, labels, wanted, free) if sought else None
            if place is not None:
                labels[place] = label
                missing.remove(label)
                free.remove(place)
                elsewhere += [label] if find is _by_name else []
    return labels, elsewhere


def defines(source: str, released: str, label: str) -> int:
    """How many of the names that a released solution cell is for are defined in a text."""
    names = {label, *re.findall(r"(?m)^(?:def|class)\s+(\w+)", released)}
    return sum(bool(re.search(_definition(name), source)) for name in names)


def _definition(name: str) -> str:
    """The pattern of a line that gives a name a value."""
    name = re.escape(name)
    return (
        rf"(?m)^(?:(?:async +)?def +{name}\b|class +{name}\b|(?:\w+ *, *)*{name} *(?:, *\w+ *)*(?::[^=\n]*)?=(?!=)"
        rf"|(?:from +[\w.]+ +)?import\b[^\n#]*\b{name}\b)"
    )


def _by_place(
    label: str,
    cells: Sequence[NotebookNode],
    labels: Sequence[str | None],
    wanted: dict[str, NotebookNode],
    free: set[int],
) -> int | None:
    """An edited solution cell between its neighbours: the one that defines its names, or is most like it."""
    released, order = wanted[label], list(wanted)
    place = order.index(label)
    earlier, later = set(order[:place]), set(order[place + 1 :])
    after = max((i for i, each in enumerate(labels) if each in earlier), default=-1)
    before = min((i for i, each in enumerate(labels) if each in later), default=len(cells))
    between = [i for i in range(after + 1, before) if i in free and cells[i].cell_type == released.cell_type]
    if not between:
        return None
    found = {i: defines(cells[i].source, released.source, label) for i in between}
    best = [i for i in between if found[i] == max(found.values())][-MOST_ALIKE:]
    # Of equally good ones the last, which stands nearest to the test.
    chosen = max(best, key=lambda i: (_likeness(released.source, cells[i].source), i)) if len(best) > 1 else best[0]
    if found[chosen]:
        return chosen
    return chosen if len(between) == 1 and _by_name(label, cells, labels, wanted, free) is None else None


def _by_name(
    label: str,
    cells: Sequence[NotebookNode],
    labels: Sequence[str | None],
    wanted: dict[str, NotebookNode],
    free: set[int],
) -> int | None:
    """The last cell anywhere that defines the names of a solution cell which was deleted."""
    if wanted[label].cell_type != "code":
        return None
    code = [i for i in sorted(free) if cells[i].cell_type == "code"]
    found = {i: defines(cells[i].source, wanted[label].source, label) for i in code}
    best = max(found.values(), default=0)
    return max(i for i in code if found[i] == best) if best else None


def _likeness(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, a[:MOST_COMPARED], b[:MOST_COMPARED], autojunk=False).ratio()
