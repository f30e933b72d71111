"""The class report as one self-contained page."""

from __future__ import annotations

import base64
import json
import statistics
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from autograder import pages, showing
from autograder.course import findings, results
from autograder.language import _
from autograder.report.misunderstood import Shared, findings_of, shared
from autograder.report.statistics import Difficulty, difficulty, handed_in, who_needs_help
from autograder.report.words import by_assignment, names_of, shown_late, shown_points

if TYPE_CHECKING:
    from autograder.course.results import Submission, Task
    from autograder.report.places import Places

SHADES = ((1.0, "s4"), (0.75, "s3"), (0.5, "s2"))  # by the share of the points
BARS = 10  # of a histogram


def html_page(submissions: Collection[Submission], title: str, places: Places | None = None) -> str:
    """The class report as one self-contained page; with `places` it leads to feedback pages and names sections."""
    environment = pages.environment()
    environment.globals |= {"shown_points": shown_points, "shown_late": shown_late, "shade": shade, "change": change}
    page = Page(submissions, places)
    return environment.get_template("report.html").render(
        title=title,
        page=page,
        help=who_needs_help(submissions),
        unenforced=sorted({sentence for each in submissions for sentence in (each.unenforced, each.one_kernel)} - {""}),
        made=datetime.now().strftime("%Y-%m-%d %H:%M"),
    )


def shade(points: float | None, most: float) -> str:
    """The class of a cell in a table: what share of the points it has."""
    if points is None:
        return "wait"
    if not points:
        return "s0" if most else ""
    return next((name for least, name in SHADES if points >= least * most), "s1")


class Page:
    """All that the page shows."""

    def __init__(self, submissions: Collection[Submission], places: Places | None) -> None:
        self.places = places
        self.students = sorted({each.student for each in submissions})
        self.notebooks = [
            Notebook(number, assignment, members, places)
            for number, (assignment, members) in enumerate(by_assignment(submissions).items())
        ]

    @property
    def most(self) -> float:
        return sum(each.most for each in self.notebooks)

    @cached_property
    def rows(self) -> list[Row]:
        return [Row(student, [each.of_student.get(student) for each in self.notebooks]) for student in self.students]

    @cached_property
    def totals(self) -> list[float]:
        return [row.total for row in self.rows if row.total is not None]

    @property
    def mean(self) -> float | None:
        return statistics.fmean(self.totals) if self.totals else None

    @property
    def median(self) -> float | None:
        return statistics.median(self.totals) if self.totals else None

    @property
    def doubts(self) -> list[tuple[str, list[tuple[Notebook, Column]]]]:
        """The tasks that may be at fault, by the reason to think so."""
        found: dict[str, list[tuple[Notebook, Column]]] = {}
        for notebook in self.notebooks:
            for column in notebook.columns:
                if column.difficulty.doubt:
                    found.setdefault(column.difficulty.doubt, []).append((notebook, column))
        return list(found.items())

    @property
    def moved(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Who has other points than before the last grading: those who gained, and those who lost, the most first."""
        known = [each for notebook in self.notebooks for each in notebook.members if change(each)]
        known.sort(key=lambda each: -abs(change(each)))
        words = [(change(each) > 0, each.student, _in_words(each)) for each in known]
        groups = [
            (said, [each[1:] for each in words if each[0] == up])
            for said, up in ((_("Gained points"), True), (_("Lost points"), False))
        ]
        return [(said, some) for said, some in groups if some]

    @property
    def statuses(self) -> list[str]:
        found = {each.status for notebook in self.notebooks for each in notebook.members}
        return [status for status in results.STATUSES if status in found]

    @property
    def data(self) -> str:
        """What a click on a cell shows, packed: every message once."""
        texts: dict[str, int] = {}
        said = [each.said(self.students, texts) for each in self.notebooks]
        content = {"students": self._visible(self.students), "notebooks": said, "texts": self._visible(texts)}
        packed = zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(errors="replace"))
        return base64.b64encode(packed).decode()

    @staticmethod
    def _visible(texts: Iterable[str]) -> list[str]:
        return [showing.lines(text) for text in texts]


@dataclass(frozen=True)
class Row:
    """A student, and what came of each notebook; None where the record has nothing."""

    student: str
    submissions: list[Submission | None]

    @property
    def total(self) -> float | None:
        """The points of all notebooks together; None if nothing was handed in."""
        known = [each for each in self.submissions if each and (each.points or each.status not in results.UNTOUCHED)]
        return sum(each.points for each in known) if known else None


def change(submission: Submission) -> float:
    """How many points a submission has gained when its points changed for the last time."""
    if submission.points_before is None or submission.status in results.UNTOUCHED:
        return 0.0
    return submission.points - submission.points_before


def _in_words(submission: Submission) -> str:
    """The change of a submission's points."""
    return f"{submission.assignment}: {submission.points_before:g} → {submission.points:g}"


class Notebook:
    """An assignment, with what its tasks show of the class."""

    def __init__(self, number: int, assignment: str, members: list[Submission], places: Places | None) -> None:
        self.number, self.assignment, self.members, self.places = number, assignment, members, places
        self.of_student = {each.student: each for each in members}
        self.row_of = {each.student: number for number, each in enumerate(members)}
        self.most = members[0].max_points
        self.late = any(each.seconds_late for each in members)
        self.graded = handed_in(members)

    @property
    def id(self) -> str:
        return f"a{self.number}"

    @cached_property
    def columns(self) -> list[Column]:
        tasks = self.members[0].tasks
        return [
            Column(
                f"{self.id}t{place}",
                name,
                task,
                self._section(task),
                difficulty(self.members, place),
                shared((each.student, each.tasks[place]) for each in self.graded),
            )
            for place, (name, task) in enumerate(zip(names_of(tasks), tasks))
        ]

    @property
    def misunderstood(self) -> list[Column]:
        """The tasks of which there is something to tell."""
        return [column for column in self.columns if column.shared or column.difficulty.doubt]

    def _section(self, task: Task) -> str:
        return self.places.sections.get((self.assignment, task.notebook, task.id), "") if self.places else ""

    @property
    def counts(self) -> list[tuple[str, int]]:
        found = [each.status for each in self.members]
        return [(status, found.count(status)) for status in results.STATUSES if status in found]

    @property
    def mean(self) -> float | None:
        return statistics.fmean(each.points for each in self.graded) if self.graded else None

    @property
    def median(self) -> float | None:
        return statistics.median(each.points for each in self.graded) if self.graded else None

    @property
    def bars(self) -> list[int]:
        """How many of those who handed in have how many points, in equal steps."""
        counts = [0] * BARS
        for each in self.graded:
            counts[min(BARS - 1, int(BARS * each.points / self.most) if self.most else 0)] += 1
        return counts

    @cached_property
    def remarks(self) -> list[tuple[str, str, list[Submission]]]:
        """Why submissions are not simply graded: status, reason and whose they are."""
        groups: dict[tuple[str, str], list[Submission]] = {}
        for each in self.members:
            if each.status != "graded" or each.reason != "Executed to the end.":
                groups.setdefault((each.status, each.reason), []).append(each)
        return [(status, reason, some) for (status, reason), some in groups.items()]

    @property
    def noticed(self) -> list[Submission]:
        return [each for each in self.members if each.noticed]

    def place_of(self, task: Task, place: int) -> str:
        """Where the page tells of what was found in a student's task: an id, or an empty text."""
        found = findings_of(task)
        return self._anchors[place].get((found[0].kind, found[0].key), f"{self.id}t{place}") if found else ""

    @cached_property
    def _anchors(self) -> list[dict[tuple[str, str], str]]:
        return [column.anchors for column in self.columns]

    def feedback(self, submission: Submission) -> str:
        """The address of a student's feedback page, if the assignment has one notebook."""
        names = {task.notebook for task in submission.tasks}
        if not self.places or len(names) != 1:
            return ""
        return self.places.feedback(submission.student, self.assignment, *names)

    def said(self, students: list[str], texts: dict[str, int]) -> dict[str, Any]:
        """What a click on a cell shows: `texts` collects what was said, each once."""
        rows: dict[int, Any] = {}
        for number, student in enumerate(students):
            submission = self.of_student.get(student)
            if submission is None:
                continue
            said = {
                place: [
                    [findings.KINDS.index(each.kind), _(each.test), texts.setdefault(each.message, len(texts))]
                    for each in findings_of(task)
                ]
                for place, task in enumerate(submission.tasks)
            }
            pages = (
                {name: self.places.feedback(student, self.assignment, name) for name in self._names}
                if self.places
                else {}
            )
            rows[number] = [
                {place: some for place, some in said.items() if some},
                {k: v for k, v in pages.items() if v},
            ]
        tasks = [
            [
                showing.line(column.name),
                showing.line(column.task.notebook),
                showing.line(column.section),
                column.fragment,
            ]
            for column in self.columns
        ]
        return {
            "name": showing.line(self.assignment),
            "tasks": tasks,
            "rows": rows,
            "kinds": [_(kind) for kind in findings.KINDS],
        }

    @cached_property
    def _names(self) -> list[str]:
        return sorted({task.notebook for task in self.members[0].tasks})


@dataclass(frozen=True)
class Column:
    """A task of an assignment: how the class did in it, and what it misunderstood."""

    id: str
    name: str
    task: Task
    section: str
    difficulty: Difficulty
    shared: list[Shared]

    @property
    def fragment(self) -> str:
        """The section's place in a feedback page, as nbconvert names it."""
        return quote(self.section.replace(" ", "-"), safe="?/:@!$&'()*+,;=") if self.section else ""

    @cached_property
    def anchors(self) -> dict[tuple[str, str], str]:
        """The places of the findings in the page, by kind and key."""
        return {
            (kind, key): f"{self.id}f{number}" for number, each in enumerate(self.shared) for kind, key in each.keys
        }
