"""The gradebook follows a source that has got other tasks since students handed in, and keeps all points.

nbgrader itself refuses such a source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbgrader.api import Comment, Grade, Notebook, SubmittedNotebook
from sqlalchemy import inspect

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

REFUSED = "there are submissions associated with"  # nbgrader's words
KINDS = {"source_cells": (), "solution_cells": (Comment,), "grade_cells": (Grade,), "task_cells": (Grade, Comment)}


def amend(gradebook: Gradebook, wanted: Gradebook, assignment: str) -> list[str]:
    """Give an assignment the notebooks and cells that it has in another gradebook, in all submissions too.

    Returns
    -------
    list of str
        Cells that would be lost with what a person gave for them; then nothing is changed.
    """
    there, model = (
        {each.name: each for each in book.find_assignment(assignment).notebooks} for book in (gradebook, wanted)
    )
    gone = [
        (notebook, cell, of)
        for notebook in there.values()
        for kind, of in KINDS.items()
        for cell in getattr(notebook, kind)
        if notebook.name not in model or cell.name not in {each.name for each in getattr(model[notebook.name], kind)}
    ]
    held = sorted(
        {
            cell.name
            for _, cell, of in gone
            if any(_is_by_hand(row) for each in of for row in _rows(gradebook, each, cell))
        }
    )
    if held:
        return held
    for _, cell, of in gone:
        for each in of:
            _rows(gradebook, each, cell).delete()
        gradebook.db.delete(cell)
    gradebook.db.commit()
    for name in there.keys() - model.keys():
        gradebook.remove_notebook(name, assignment)
    for name, notebook in model.items():
        _add_what_is_new(gradebook, notebook, there.get(name) or _added(gradebook, notebook, assignment))
    gradebook.db.commit()
    return []


def _rows(gradebook: Gradebook, table: type[Comment] | type[Grade], cell: Any) -> Any:
    return gradebook.db.query(table).filter(table.cell_id == cell.id)


def _is_by_hand(row: Comment | Grade) -> bool:
    given = (row.manual_comment,) if isinstance(row, Comment) else (row.manual_score, row.extra_credit)
    return any(each is not None for each in given)


def _added(gradebook: Gradebook, model: Notebook, assignment: str) -> Notebook:
    notebook = Notebook(name=model.name, kernelspec=model.kernelspec, assignment=gradebook.find_assignment(assignment))
    gradebook.db.add(notebook)
    for submission in notebook.assignment.submissions:
        gradebook.db.add(SubmittedNotebook(notebook=notebook, assignment=submission))
    gradebook.db.commit()
    return notebook


def _add_what_is_new(gradebook: Gradebook, model: Notebook, notebook: Notebook) -> None:
    for kind, of in KINDS.items():
        known = {each.name for each in getattr(notebook, kind)}
        for cell in getattr(model, kind):
            if cell.name not in known:
                columns = [column.key for column in inspect(type(cell)).columns]
                values = {key: getattr(cell, key) for key in columns if key not in ("id", "notebook_id", "type")}
                new = type(cell)(notebook=notebook, **values)
                gradebook.db.add(new)
                gradebook.db.flush()
                for each in of:
                    gradebook.db.add_all(each(cell_id=new.id, notebook=submitted) for submitted in notebook.submissions)
