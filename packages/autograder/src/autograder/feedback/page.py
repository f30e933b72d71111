"""What stands on a page of feedback: the tasks with what became of them, and the notebook's cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from markupsafe import Markup
from nbgrader.utils import is_grade, is_solution, is_task

from autograder.course import findings
from autograder.course.tasks import tasks_of
from autograder.feedback.secrets import Secrets, failed_line
from autograder.feedback.writing import Section, Writer
from autograder.language import _

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.course.findings import Finding

NAMED_BY_NBGRADER = re.compile(r"cell-[0-9a-f]{16}")
SECTION = re.compile(r"\bsection (\d+(?:\.\d+)*)|(\d+(?:\.\d+)*)절", re.IGNORECASE)
FULL, PART, NONE, WAITING = "full", "part", "none", "waiting"


@dataclass(frozen=True)
class Marks:
    """What the gradebook has of a notebook: points and comments by cell, and what it lost by being late."""

    scores: Mapping[str, float | None] = field(default_factory=dict)
    most: Mapping[str, float] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    late_penalty: float = 0.0


@dataclass(frozen=True)
class Said:
    """What a failed test said: its finding, and the line at which it stopped, where a student may read that."""

    finding: Finding
    line: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, unless that is only that something is."""
        return "" if self.finding.kind == findings.WRONG_ANSWER and self.line else self.finding.sentence

    @property
    def is_hidden(self) -> bool:
        """Whether hidden tests alone say so."""
        return self.finding.test == findings.HIDDEN

    @property
    def who(self) -> str:
        """Which tests say so."""
        return {findings.CHECK: _("The check"), findings.HIDDEN: _("A hidden test")}.get(
            self.finding.test, _("The check and a hidden test")
        )


@dataclass(frozen=True)
class Row:
    """A task, as the top of the page shows it; without an anchor if the notebook has no such cell any more."""

    name: str
    anchor: str
    points: float | None
    most: float
    by_hand: bool
    said: list[Said]
    section: Section | None
    again: Section | None
    comments: list[Markup]

    @property
    def state(self) -> str:
        if self.points is None:
            return WAITING
        return FULL if self.points >= self.most else PART if self.points > 0 else NONE

    @property
    def told(self) -> list[Said]:
        """What stands at the top: what failed first, and what only a hidden test knows."""
        return [each for place, each in enumerate(self.said) if not place or each.is_hidden]


@dataclass(frozen=True)
class Cell:
    """A cell of the notebook, as the page shows it; `label` says what it is to nbgrader, if it is anything."""

    anchor: str
    kind: str
    label: str = ""
    points: str = ""
    text: Markup = Markup()
    folded: bool = False
    said: list[Said] = field(default_factory=list)
    outputs: list[Markup] = field(default_factory=list)
    comment: Markup = Markup()


@dataclass(frozen=True)
class Page:
    """All of it."""

    title: str
    rows: list[Row]
    cells: list[Cell]
    late_penalty: float
    has_formulas: bool

    @property
    def most(self) -> float:
        return sum(row.most for row in self.rows)

    @property
    def points(self) -> float:
        return max(0.0, sum(row.points or 0.0 for row in self.rows) - self.late_penalty)

    @property
    def waiting(self) -> float:
        """Points of which nobody has decided yet."""
        return sum(row.most for row in self.rows if row.state == WAITING)


def page_of(
    notebook: NotebookNode,
    marks: Marks,
    secrets: Secrets,
    found: Mapping[str, list[Finding]],
    writer: Writer,
    name: str,
) -> Page:
    """The page of an executed notebook whose hidden tests are out; `found` is what they found, by cell."""
    said = _said(notebook, secrets, found)
    comments = {cell: writer.markdown(text, is_text=False) for cell, text in marks.comments.items()}
    names = {cell: task.id for task in tasks_of(notebook) for cell in task.graded}
    cells, before = [], {}
    for place, cell in enumerate(notebook.cells):
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        cells.append(_cell(cell, place, names, marks, said.get(grade_id, []), comments.get(grade_id), secrets, writer))
        before[grade_id] = (cells[-1].anchor, writer.sections[-1] if writer.sections else None)
    return Page(
        title=writer.sections[0].title if writer.sections and writer.sections[0].level == 2 else name,
        rows=_rows(notebook, marks, said, comments, before, writer.sections),
        cells=[each for each in cells if each.text or each.outputs or each.label],
        late_penalty=marks.late_penalty,
        has_formulas=writer.has_formulas,
    )


def _said(notebook: NotebookNode, secrets: Secrets, found: Mapping[str, list[Finding]]) -> dict[str, list[Said]]:
    """What the failed tests said, by cell, without a line of a hidden test."""
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id", ""): cell for cell in notebook.cells}
    return {
        name: [Said(_kept(each, secrets), failed_line(cells[name])) for each in of_cell]
        for name, of_cell in found.items()
    }


def _kept(finding: Finding, secrets: Secrets) -> Finding:
    return replace(
        finding, sentence=secrets.kept_out_of(finding.sentence), message=secrets.kept_out_of(finding.message)
    )


def _rows(
    notebook: NotebookNode,
    marks: Marks,
    said: Mapping[str, list[Said]],
    comments: Mapping[str, Markup],
    before: Mapping[str, tuple[str, Section | None]],
    sections: list[Section],
) -> list[Row]:
    rows = []
    for number, task in enumerate(tasks_of(notebook), 1):
        scores = [marks.scores.get(cell, 0.0) for cell in task.graded]
        known = [each for each in scores if each is not None]
        anchor, section = before[task.id]
        of_task = _together([each for cell in task.graded for each in said.get(cell, [])])
        rows.append(
            Row(
                name=_name(task.id, number, task.by_hand, section),
                anchor=anchor,
                points=sum(known) if len(known) == len(scores) else None,
                most=sum(task.graded.values()),
                by_hand=task.by_hand,
                said=of_task,
                section=section,
                again=_again(of_task, sections) or section,
                comments=[comments[cell] for cell in dict.fromkeys([task.id, *task.graded]) if cell in comments],
            )
        )
    there = {cell for task in tasks_of(notebook) for cell in task.graded}
    return rows + [
        Row(cell, "", points, marks.most[cell], False, [], None, None, [])
        for cell, points in marks.scores.items()
        if cell not in there
    ]


def _together(said: list[Said]) -> list[Said]:
    """What a task's tests said; what two of them say in the same way stands once."""
    lines = {each.finding.message: each.line for each in reversed(said)}
    found = findings.together(each.finding for each in said)
    found.sort(key=lambda each: each.message.startswith(findings.TO_STDERR))  # warnings say less than errors
    return [Said(each, lines[each.message]) for each in found]


def _name(task: str, number: int, by_hand: bool, section: Section | None) -> str:
    """What a task is called: nbgrader's own names of cells tell a student nothing."""
    if section and by_hand:
        return section.title
    return _("Task %(number)s", number=number) if NAMED_BY_NBGRADER.fullmatch(task) else task


def _again(said: list[Said], sections: list[Section]) -> Section | None:
    """The section that the first message names."""
    named = SECTION.search(said[0].finding.message) if said else None
    return next((each for each in sections if named and each.number == (named[1] or named[2])), None)


def _cell(
    cell: NotebookNode,
    place: int,
    names: Mapping[str, str],
    marks: Marks,
    said: list[Said],
    comment: Markup | None,
    secrets: Secrets,
    writer: Writer,
) -> Cell:
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
    is_test = is_grade(cell) and not is_solution(cell)
    hidden = grade_id in secrets.cells
    is_code = cell.cell_type == "code"
    is_text = cell.cell_type == "markdown"
    text = writer.markdown(cell.source, cell.get("attachments")) if is_text else writer.code(cell.source)
    return Cell(
        anchor=f"fb.{place}",
        kind="text" if is_text else "code",
        label=_label(cell, names, is_test, hidden),
        points=_points(marks.scores[grade_id], cell) if grade_id in marks.scores else "",
        text=text if cell.source.strip() else Markup(),
        folded=is_test or bool(cell.metadata.get("jupyter", {}).get("source_hidden")),
        said=said,
        outputs=writer.outputs(cell) if is_code and not (is_test and (hidden or said)) else [],
        comment=comment or Markup(),
    )


def _label(cell: NotebookNode, names: Mapping[str, str], is_test: bool, hidden: bool) -> str:
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
    if is_test:
        task = names.get(grade_id, grade_id)
        if NAMED_BY_NBGRADER.fullmatch(task):
            return _("Hidden test") if hidden else _("Check")
        return _("Hidden test of %(task)s", task=task) if hidden else _("Check of %(task)s", task=task)
    if is_solution(cell):
        unnamed = NAMED_BY_NBGRADER.fullmatch(grade_id)
        return _("Your answer") if unnamed else _("Your answer: %(task)s", task=grade_id)
    return _("Task") if is_task(cell) else ""


def _points(points: float | None, cell: NotebookNode) -> str:
    most = f"{cell.metadata['nbgrader'].get('points', 0):g}"
    if points is None:
        return _("%(most)s points, not graded yet", most=most)
    return _("%(points)s of %(most)s points", points=f"{points:g}", most=most)
