"""What the class got: a table in the terminal, one HTML page with plots, and a CSV file."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, select_autoescape
from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.table import Table

from autograder import showing
from autograder.course import results
from autograder.grading.standing import Standing, renewed, standing, without_source

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from rich.console import JustifyMethod

    from autograder.course.directory import Course
    from autograder.course.results import Submission, Task

WIDEST = 40  # of a column in the terminal
BETWEEN = 2  # columns
UNITS = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))
COLORS = {"bar": "#1d4ed8", "lost": "#c2410c", "ink": "#1f2933"}


def current(course: Course, assignments: Collection[str] = ()) -> list[Submission]:
    """Return the recorded submissions with the points the gradebook has now, sorted.

    Parameters
    ----------
    course : Course
    assignments : sequence of str, optional
        Only these; all recorded ones by default.
    """
    record = results.load(course.root)
    known = {*course.assignments(), *(assignment for _, assignment in record)}
    course.require(each for each in assignments if each not in known)
    sources = {assignment: course.sources(assignment) for assignment in {each for _, each in record}}
    students, found = course.students(), []
    with course.gradebook() as gradebook:
        in_gradebook = {each.name for each in gradebook.assignments}
        for submission in record.values():
            wanted = not assignments or submission.assignment in assignments
            if not wanted or submission.student not in students:
                continue
            now = standing(gradebook, submission.student, submission.assignment)
            if now is None and submission.status in results.GRADED:
                continue  # it was taken out of the gradebook
            if sources[submission.assignment]:
                found.append(renewed(submission, sources[submission.assignment], now or Standing()))
            elif submission.assignment in in_gradebook:
                found.append(without_source(submission, gradebook, now or Standing()))
    return sorted(found, key=lambda each: (each.assignment, each.student))


def by_assignment(submissions: Iterable[Submission]) -> dict[str, list[Submission]]:
    """Group submissions: a dict assignment -> list of Submission."""
    groups: dict[str, list[Submission]] = {}
    for submission in submissions:
        groups.setdefault(submission.assignment, []).append(submission)
    return groups


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
                "   ".join(f"{place} {names[place - 1]}" for place in range(start + 1, end + 1)),
            )
            columns, start = columns[:1], max(end, 1)


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
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
    )
    for column in columns:
        table.add_column(
            column.title,
            justify=column.justify,
            overflow="fold",
            min_width=column.width,
            max_width=column.width,
        )
    for each, cells in zip(members, zip(*(column.cells for column in columns))):
        table.add_row(*cells, style=_style(each))
    return table


def names_of(tasks: list[Task]) -> list[str]:
    """How tasks are called: by their ids, and by the notebook too where two notebooks have the same."""
    ids = [task.id for task in tasks]
    return [task.id if ids.count(task.id) == 1 else f"{task.notebook}/{task.id}" for task in tasks]


def shown_late(submission: Submission) -> str:
    """How late a submission was, and what it lost by that."""
    if not submission.seconds_late:
        return ""
    size, unit = next((each for each in UNITS if submission.seconds_late >= each[0]), UNITS[-1])
    lost = f" −{submission.late_penalty:g}" if submission.late_penalty else ""
    return f"{submission.seconds_late / size:.0f} {unit}{lost}"


def changes(record: dict[tuple[str, str], Submission], submissions: Iterable[Submission]) -> Iterator[str]:
    """Yield, for each assignment, a sentence on who has other points than in the record before.

    Nobody is named who had handed in nothing.
    """
    for assignment, members in by_assignment(submissions).items():
        known = [(record.get((each.student, assignment)), each) for each in members]
        pairs = [
            (before, now)
            for before, now in known
            if before and not {before.status, now.status}.intersection(results.UNTOUCHED)
        ]
        for word, sign in (("gained", 1), ("lost", -1)):
            moved = [
                f"{showing.line(now.student)} {before.points:g} → {now.points:g}"
                for before, now in pairs
                if sign * (now.points - before.points) > 0
            ]
            if moved:
                yield f"{assignment}: {len(moved)} {word} points since the last time: {', '.join(moved)}."


def shown_points(task: Task) -> str:
    """The points of a task as a table shows them; "…" while a person has still to grade it."""
    return "…" if task.points is None else f"{task.points:g}"


def csv_text(submissions: Iterable[Submission]) -> str:
    """One line for each submission, as a learning management system can read it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["assignment", "student", "status", "points", "max_points", "reason", "seconds_late", "late_penalty"]
    )
    for each in submissions:
        of_outside = [
            showing.cell(showing.line(text)) for text in (each.assignment, each.student, each.status, each.reason)
        ]
        numbers = [f"{number:.12g}" for number in (each.points, each.max_points, each.seconds_late, each.late_penalty)]
        writer.writerow([*of_outside[:3], *numbers[:2], of_outside[3], *numbers[2:]])
    return text.getvalue()


def html_page(submissions: Collection[Submission], title: str) -> str:
    """The class report as one self-contained page."""
    environment = Environment(
        loader=PackageLoader("autograder"),
        autoescape=select_autoescape(),
        finalize=lambda value: showing.lines(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"shown_points": shown_points, "shown_late": shown_late}
    groups = [_Group(assignment, members) for assignment, members in by_assignment(submissions).items()]
    return environment.get_template("report.html").render(
        title=title,
        groups=groups,
        unenforced=sorted({sentence for each in submissions for sentence in (each.unenforced, each.one_kernel)} - {""}),
        made=datetime.now().strftime("%Y-%m-%d %H:%M"),
    )


@dataclass(frozen=True)
class _Group:
    """One assignment of the HTML page."""

    assignment: str
    members: list[Submission]

    @property
    def graded(self) -> list[Submission]:
        return [
            each for each in self.members if each.tasks and each.status in (*results.GRADED, "timed-out", "crashed")
        ]

    @property
    def names(self) -> list[str]:
        return names_of(self.members[0].tasks)

    @property
    def late(self) -> bool:
        return any(each.seconds_late for each in self.members)

    @property
    def counts(self) -> dict[str, int]:
        found = [each.status for each in self.members]
        return {status: found.count(status) for status in results.STATUSES if status in found}

    @property
    def lost(self) -> list[tuple[str, float]]:
        """For each task that the machine grades, the share of its points that was reached, worst first."""
        shares = []
        for place, task in enumerate(self.members[0].tasks):
            given = [each.tasks[place].points for each in self.graded]
            points = [each for each in given if each is not None]
            if points and task.max_points and not task.by_hand:
                shares.append((self.names[place], sum(points) / len(points) / task.max_points))
        return sorted(shares, key=lambda share: share[1])

    @property
    def distribution_svg(self) -> str:
        most = self.members[0].max_points
        figure, axis = _figure(4.6, 2.6)
        axis.hist([each.points for each in self.graded], bins=10, range=(0, most), color=COLORS["bar"], rwidth=0.9)
        axis.set_xlabel(f"points of {most:g}")
        axis.set_ylabel("submissions")
        locator: Any = axis.yaxis.get_major_locator()
        locator.set_params(integer=True)
        return _svg(figure, axis)

    @property
    def tasks_svg(self) -> str:
        names = [name for name, _ in reversed(self.lost)]
        shares = [100 * share for _, share in reversed(self.lost)]
        figure, axis = _figure(5.6, 0.6 + 0.3 * len(names))
        axis.barh(names, shares, color=COLORS["bar"])
        axis.barh(names, [100 - share for share in shares], left=shares, color=COLORS["lost"])
        axis.set_xlim(0, 100)
        axis.set_xlabel("% of the points reached (blue) and lost (orange)")
        return _svg(figure, axis)


def _figure(width: float, height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure  # takes half a second, and grading needs no picture

    figure = Figure(figsize=(width, height))
    return figure, figure.add_subplot()


def _svg(figure: Figure, axis: Axes) -> str:
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    axis.spines[["top", "right"]].set_visible(False)
    axis.tick_params(labelsize=9, colors=COLORS["ink"])
    figure.set_layout_engine("tight")
    text = io.StringIO()
    FigureCanvasSVG(figure).print_svg(text, metadata={"Date": None})
    svg = text.getvalue()
    return svg[svg.index("<svg") :]


def _style(submission: Submission) -> str:
    if submission.status not in results.GRADED:
        return "red"
    return "green" if submission.full_automatic_points else ""
