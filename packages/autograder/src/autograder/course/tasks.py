"""Tasks: a solution cell with the graded cells behind it, their points, and what their tests said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nbgrader.utils import determine_grade, is_grade, is_solution, is_task

from autograder.course import findings
from autograder.course.results import Task

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.course.findings import Finding


@dataclass(frozen=True)
class Cells:
    """The graded cells of one task, with their points: grade_id -> maximum."""

    id: str
    graded: dict[str, float]
    by_hand: bool


def tasks_of(notebook: NotebookNode) -> list[Cells]:
    """Group the graded cells of a source or release notebook into tasks, in their order."""
    groups: list[Cells] = []
    solution: str | None = None
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        name, by_hand = marks.get("grade_id"), (is_grade(cell) and is_solution(cell)) or is_task(cell)
        if by_hand:
            groups.append(Cells(name, {name: float(marks["points"])}, True))
        elif is_solution(cell):
            solution = name
        elif is_grade(cell):
            if not groups or groups[-1].id != (solution or name):
                groups.append(Cells(solution or name, {}, False))
            groups[-1].graded[name] = float(marks["points"])
    return groups


def tasks_by_notebook(notebooks: Mapping[str, NotebookNode]) -> dict[str, list[Cells]]:
    """The tasks of an assignment's source or release notebooks, by the notebooks' names."""
    return {name: tasks_of(notebook) for name, notebook in notebooks.items()}


def with_points(
    groups: Mapping[str, list[Cells]],
    scores: Mapping[tuple[str, str], float | None],
    messages: Mapping[tuple[str, str], list[str]],
    found: Mapping[tuple[str, str], list[Finding]],
) -> list[Task]:
    """Return the tasks of an assignment with their points.

    Parameters
    ----------
    groups : dict of str to list of Cells
        The assignment's tasks; see `tasks_by_notebook`.
    scores : dict of (str, str) to float or None
        What the gradebook has for each graded cell, by notebook and cell, None where a person has to grade;
        see `autograder.grading.standing`.
    messages : dict of (str, str) to list of str
        What the tests said, by notebook and graded cell; see `messages_in`.
    found : dict of (str, str) to list of Finding
        What failed tests found, likewise; see `findings_in`.
    """
    return [
        Task(
            id=group.id,
            points=_sum(scores.get((name, cell), 0.0) for cell in group.graded),
            max_points=sum(group.graded.values()),
            messages=[message for cell in group.graded for message in messages.get((name, cell), [])],
            by_hand=group.by_hand,
            notebook=name,
            findings=findings.together(each for cell in group.graded for each in found.get((name, cell), [])),
        )
        for name, of_notebook in groups.items()
        for group in of_notebook
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
    return {
        (name, cell.metadata["nbgrader"]["grade_id"]): [each.message for each in findings.said_in(cell.outputs)]
        for cell in notebook.cells
        if cell.cell_type == "code" and is_grade(cell)
    }


def findings_in(name: str, notebook: NotebookNode, begin_hidden: str) -> dict[tuple[str, str], list[Finding]]:
    """What the failed tests of an executed notebook found, by its name and the cell's grade_id.

    `begin_hidden` is what stands before hidden tests: a cell that holds it is one of them.
    """
    found: dict[tuple[str, str], list[Finding]] = {}
    stopped: Finding | None = None
    for cell in notebook.cells:
        if cell.cell_type == "code" and is_solution(cell):
            slow = [each for each in findings.said_in(cell.outputs) if each.kind == findings.TOO_SLOW]
            stopped = slow[-1] if slow else None
        elif cell.cell_type == "code" and is_grade(cell) and has_failed(cell):
            test = findings.HIDDEN if begin_hidden in cell.source else findings.CHECK
            cell_id = cell.metadata["nbgrader"]["grade_id"]
            found[name, cell_id] = [
                replace(each, test=test, cells=[cell_id])
                for each in findings.where_stopped(findings.said_in(cell.outputs), stopped)
            ]
    return found


def has_failed(cell: NotebookNode) -> bool:
    """Whether an executed test gives less than it is worth, or ends with an error."""
    try:
        points, most = points_of(cell)
    except ValueError:
        return True
    return points != most or any(output.output_type == "error" for output in cell.outputs)


def _sum(points: Iterable[float | None]) -> float | None:
    points = list(points)
    known = [each for each in points if each is not None]
    return sum(known) if len(known) == len(points) else None
