"""Tasks: a solution cell with the graded cells behind it, their points, and what their tests said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nbgrader.utils import determine_grade, is_grade, is_solution, is_task

from autograder.course.results import Task
from autograder.showing import whole

if TYPE_CHECKING:
    from nbformat import NotebookNode

ANSI = re.compile(r"\x1b\[[0-9;]*m")
MOST_CHARACTERS = 2000


@dataclass(frozen=True)
class _Cells:
    """The graded cells of one task, with their points: grade_id -> maximum."""

    id: str
    graded: dict[str, float]
    by_hand: bool


def tasks_of(notebook: NotebookNode) -> list[_Cells]:
    """Group the graded cells of a source or release notebook into tasks, in their order."""
    groups: list[_Cells] = []
    solution: str | None = None
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        name, by_hand = marks.get("grade_id"), (is_grade(cell) and is_solution(cell)) or is_task(cell)
        if by_hand:
            groups.append(_Cells(name, {name: float(marks["points"])}, True))
        elif is_solution(cell):
            solution = name
        elif is_grade(cell):
            if not groups or groups[-1].id != (solution or name):
                groups.append(_Cells(solution or name, {}, False))
            groups[-1].graded[name] = float(marks["points"])
    return groups


def with_points(
    notebooks: Mapping[str, NotebookNode],
    scores: Mapping[tuple[str, str], float | None],
    messages: Mapping[tuple[str, str], list[str]],
) -> list[Task]:
    """Return the tasks of an assignment with their points.

    Parameters
    ----------
    notebooks : dict of str to nbformat.NotebookNode
        The assignment's source or released notebooks by name.
    scores : dict of (str, str) to float or None
        What the gradebook has for each graded cell, by notebook and cell, None where a person has to grade;
        see `autograder.grading.standing`.
    messages : dict of (str, str) to list of str
        What the tests said, by notebook and graded cell; see `messages_in`.
    """
    return [
        Task(
            id=group.id,
            points=_sum(scores.get((name, cell), 0.0) for cell in group.graded),
            max_points=sum(group.graded.values()),
            messages=[message for cell in group.graded for message in messages.get((name, cell), [])],
            by_hand=group.by_hand,
            notebook=name,
        )
        for name, notebook in notebooks.items()
        for group in tasks_of(notebook)
    ]


def points_of(cell: NotebookNode) -> tuple[float | None, float]:
    """nbgrader's points of an executed graded cell, None where a person has to grade, and the most that it is worth.

    Raises
    ------
    ValueError
        If the test gives more than that, or its result shows nothing.
    """
    marks = cell.metadata["nbgrader"]
    try:
        points, most = determine_grade(cell)
    except ValueError as error:
        sentence = f"the test {marks['grade_id']} gives more than the {marks['points']:g} points that it is worth"
        raise ValueError(f"{sentence}: mend it in the source") from error
    except KeyError as error:  # an object that shows itself as no text
        sentence = (
            f"the test {marks['grade_id']} ends with a value that shows nothing, from which no points can be read"
        )
        raise ValueError(f"{sentence}: mend it in the source") from error
    return points, most


def messages_in(name: str, notebook: NotebookNode) -> dict[tuple[str, str], list[str]]:
    """What each graded code cell of an executed notebook said of points that were not given.

    The keys are the notebook's name and the cell's grade_id.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and is_grade(cell):
            outputs = cell.get("outputs", [])
            in_part = any(output.output_type == "execute_result" for output in outputs)
            texts = [whole(text) for output in outputs for text in _said(output, in_part)]
            found[name, cell.metadata["nbgrader"]["grade_id"]] = texts
    return found


def _sum(points: Iterable[float | None]) -> float | None:
    points = list(points)
    known = [each for each in points if each is not None]
    return sum(known) if len(known) == len(points) else None


def _said(output: NotebookNode, in_part: bool) -> Iterator[str]:
    if output.output_type == "error":
        trace = ANSI.sub("", "\n".join(output.traceback)).strip()
        text = output.evalue if trace == output.evalue.strip() else f"{output.ename}: {output.evalue}"
        yield ANSI.sub("", text).strip()[:MOST_CHARACTERS]
    elif output.output_type == "stream" and output.name == "stderr":
        yield f"Written to stderr: {output.text.strip()}"[:MOST_CHARACTERS]
    elif output.output_type == "stream" and in_part:
        yield output.text.strip()[:MOST_CHARACTERS]
