"""The table of a class in a terminal."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.table import Table

from autograder import showing
from autograder.course import results
from autograder.report.words import by_assignment, names_of, shown_late, shown_points

if TYPE_CHECKING:
    from rich.console import JustifyMethod

    from autograder.course.results import Submission, Task

WIDEST = 40  # of a column in the terminal
BETWEEN = 2  # columns
UNBROKEN = "\N{NO-BREAK SPACE}"


def terminal_tables(submissions: Iterable[Submission], width: int) -> Iterator[tuple[Table, str]]:
    """Yield, for each assignment, Rich tables student × task, and lists of what their columns mean.

    No table is wider than a terminal. The first has the status and the points; tasks for which it has no room stand in
    the next.
    """
    for assignment, members in by_assignment(submissions).items():
        columns = _columns_of_all(members)
        tasks = [
            _Column(f"{place}\n/{task.max_points:g}", cells) for place, (task, cells) in enumerate(_by_task(members), 1)
        ]
        names = names_of(members[0].tasks)
        start = 0
        while start < len(tasks) or not start:
            end = start + _fitting(tasks[start:], width - sum(each.width + BETWEEN for each in columns))
            which = f", tasks {start + 1} to {end}" if end - start < len(tasks) else ""
            yield (
                _table(f"{assignment}{which}", columns + tasks[start:end], members),
                _legend({place: names[place - 1] for place in range(start + 1, end + 1)}, width),
            )
            columns, start = columns[:1], max(end, 1)


def _legend(names: dict[int, str], width: int) -> str:
    """What the columns mean; no line ends between a number and its name."""
    listed = "   ".join(f"{place}{UNBROKEN}{name}" for place, name in names.items())
    return textwrap.fill(listed, width, break_on_hyphens=False).replace(UNBROKEN, " ")


@dataclass(frozen=True)
class _Column:
    """A column of a table in the terminal."""

    title: str
    cells: list[str]
    justify: JustifyMethod = "right"

    @property
    def width(self) -> int:
        """What it takes, without the space behind it."""
        return min(WIDEST, max(cell_len(text) for text in [*self.title.split("\n"), *self.cells]))


def _columns_of_all(members: list[Submission]) -> list[_Column]:
    """The columns that stand before the tasks."""
    columns = [
        _Column("student", [showing.line(each.student) for each in members], "left"),
        _Column("status", [each.status for each in members], "left"),
        _Column(f"points\n/{members[0].max_points:g}", [f"{each.points:g}" for each in members]),
    ]
    if any(each.seconds_late for each in members):
        columns.append(_Column("late", [shown_late(each) for each in members]))
    return columns


def _by_task(members: list[Submission]) -> list[tuple[Task, list[str]]]:
    return [
        (task, [shown_points(each.tasks[place]) for each in members]) for place, task in enumerate(members[0].tasks)
    ]


def _fitting(columns: list[_Column], width: int) -> int:
    """How many of the columns have room, but at least one."""
    ends = itertools.accumulate(each.width + BETWEEN for each in columns)
    return max(min(1, len(columns)), sum(end <= width for end in ends))


def _table(title: str, columns: list[_Column], members: list[Submission]) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        header_style="bold",
        box=SIMPLE_HEAD,
        padding=0,  # the space between columns is part of them: Rich takes a third of its time for padding
        pad_edge=False,
        show_edge=False,
    )
    for column in columns:
        table.add_column(
            column.title,
            justify=column.justify,
            overflow="fold",
            width=column.width + BETWEEN - 1,
        )
    for each, cells in zip(members, zip(*(column.cells for column in columns))):
        table.add_row(*cells, style=_style(each))
    return table


def _style(submission: Submission) -> str:
    if submission.status not in results.GRADED:
        return "red"
    return "green" if submission.full_automatic_points else ""
