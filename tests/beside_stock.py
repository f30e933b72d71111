"""Grade any nbgrader course by `autograder grade` and stock `nbgrader autograde`, and print what differs, cell by cell.

    python -m tests.beside_stock COURSE_DIR [ASSIGNMENT ...]

The course directory is copied, and not changed. To what lies in its submitted/ five students are added, who hand in
the source's own solutions, the release as it is, every second solution, solutions that fail, and a notebook that is
cut off.
"""

import argparse
import contextlib
import copy
import json
import re
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbgrader.utils import is_grade, is_solution
from rich.console import Console
from rich.table import Table

from autograder.course.directory import open_course
from autograder.course.findings import ANSI
from testing.commands import run

MARKS = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION.*\n?", re.MULTILINE)
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
FAILING = "raise RuntimeError('this solution fails')"
STUDENTS = ("perfect", "untouched", "half-done", "failing", "cut-off")
MADE_BY_GRADING = ("gradebook.db", "autograder.db", ".git")


@dataclass(frozen=True)
class Outcome:
    """What came of a graded cell: its points, None if nobody gave any; whether a person grades it; and what it said."""

    points: float | None
    by_hand: bool
    said: str

    def __str__(self):
        points = "by hand" if self.by_hand else "ungraded" if self.points is None else f"{self.points:g}"
        return f"{points}. {self.said}".strip()


@dataclass
class Comparison:
    """Outcomes by (assignment, student, notebook, cell), in stock nbgrader and here.

    With them come the assignments that nbgrader refuses, the seconds, and what `autograder grade` printed.
    """

    stock: dict = field(default_factory=dict)
    ours: dict = field(default_factory=dict)
    refused: set = field(default_factory=set)
    seconds: tuple = (0.0, 0.0)
    said: str = ""

    @property
    def differences(self):
        """(assignment, student, notebook, cell) -> the two outcomes, None where there is none."""
        both = {
            cell: (self.stock.get(cell), self.ours.get(cell)) for cell in sorted(self.stock.keys() | self.ours.keys())
        }
        return {cell: pair for cell, pair in both.items() if pair[0] != pair[1]}


def compared(directory, folder, assignments=(), hand_in=None, stock_gave=None):
    """Grade a course in both ways.

    Parameters
    ----------
    directory : Path
        The course; it is not changed.
    folder : Path
        Where two copies of it are made, ``stock`` and ``ours``.
    assignments : sequence of str, optional
        All that have a notebook in the source by default.
    hand_in : callable, optional
        Called with a Course and the name of an assignment that was released, to hand in submissions;
        `hand_in_made_up` by default.
    stock_gave : dict, optional
        What stock nbgrader gave before, as in `Comparison.stock`: then it does not grade.

    Returns
    -------
    Comparison
    """
    stock, ours = (Path(folder) / name for name in ("stock", "ours"))
    shutil.copytree(directory, stock, ignore=shutil.ignore_patterns(*MADE_BY_GRADING))
    course = opened(stock)
    found = Comparison()
    assignments = assignments or course.assignments()
    for assignment in assignments:
        done = run(stock, "nbgrader", "generate_assignment", assignment, "--force")
        found.refused |= {assignment} if done.returncode else set()
        (hand_in or hand_in_made_up)(course, assignment)
    shutil.copytree(stock, ours)
    times = [time.monotonic()]
    for assignment in assignments if stock_gave is None else ():
        run(stock, "nbgrader", "autograde", assignment, "--force")
    times.append(time.monotonic())
    done = run(ours, "autograder", "grade", *assignments)
    found.said = done.stdout + done.stderr
    times.append(time.monotonic())
    found.seconds = times[1] - times[0], times[2] - times[1]
    found.ours = dict(outcomes(opened(ours)))
    found.stock = dict(outcomes(opened(stock))) if stock_gave is None else stock_gave
    return found


def recorded(path):
    """What stock nbgrader gave, from a file that `record` wrote."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {tuple(where): Outcome(*outcome) for where, outcome in rows}


def record(path, given):
    """Write what stock nbgrader gave: see `Comparison.stock`."""
    rows = [[where, [outcome.points, outcome.by_hand, outcome.said]] for where, outcome in sorted(given.items())]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def opened(root):
    """The course in a directory, which need not be the current one."""
    with contextlib.chdir(root):
        return open_course(root)


def hand_in_made_up(course, assignment, students=STUDENTS):
    """Hand in submissions of an assignment that was released."""
    for name, source in course.sources(assignment).items():
        release = course.folder("release", ".", assignment) / f"{name}.ipynb"
        if not release.exists():
            continue
        texts = made_up(source, nbformat.read(release, as_version=4))
        for student in students:
            folder = course.folder("submitted", student, assignment)
            shutil.copytree(release.parent, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.ipynb"))
            (folder / release.name).write_text(texts[student], encoding="utf-8")


def made_up(source, release):
    """What five students hand in, by their names: the texts of notebooks."""
    right = [MARKS.sub("", cell.source) for cell in filter(is_solution, source.cells)]
    stubs = [cell.source for cell in filter(is_solution, release.cells)]
    failing = [FAILING if cell.cell_type == "code" else "I do not know." for cell in filter(is_solution, release.cells)]
    perfect = nbformat.writes(_with(release, right))
    return {
        "perfect": perfect,
        "untouched": nbformat.writes(release),
        "half-done": nbformat.writes(_with(release, [(right, stubs)[place % 2][place] for place in range(len(right))])),
        "failing": nbformat.writes(_with(release, failing)),
        "cut-off": perfect[: len(perfect) // 2],
    }


def _with(release, texts):
    notebook = copy.deepcopy(release)
    for cell, text in zip(filter(is_solution, notebook.cells), texts, strict=True):
        cell.source = text
    return notebook


def outcomes(course):
    """Yield (assignment, student, notebook, cell) and the outcome of each graded cell of a graded course."""
    with contextlib.chdir(course.root), course.gradebook() as gradebook:
        for assignment in gradebook.assignments:
            for submission in assignment.submissions:
                folder = course.folder("autograded", submission.student_id, assignment.name)
                for notebook in submission.notebooks:
                    texts = _said_in(folder / f"{notebook.name}.ipynb")
                    for grade in notebook.grades:
                        where = assignment.name, submission.student_id, notebook.name, grade.name
                        points = grade.score if grade.auto_score is not None or grade.manual_score is not None else None
                        yield where, Outcome(points, bool(grade.needs_manual_grade), texts.get(grade.name, ""))


def _said_in(path):
    """What the errors of an executed notebook's graded cells say, by cell."""
    if not path.exists():
        return {}
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code" and is_grade(cell)]
    return {cell.metadata.nbgrader.grade_id: " ".join(map(_error, cell.outputs)).strip() for cell in cells}


def _error(output):
    if output.output_type != "error":
        return ""
    return ADDRESS.sub("0x…", ANSI.sub("", f"{output.ename}: {output.evalue}"))


def main():
    """Compare a course, print the table, and end with 1 if something differs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("course", type=Path)
    parser.add_argument("assignments", nargs="*")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="beside-stock-") as folder:
        found = compared(arguments.course, folder, arguments.assignments)
    table = Table("assignment", "student", "notebook", "cell", "nbgrader", "autograder")
    for cell, pair in found.differences.items():
        table.add_row(*cell, *("no entry" if each is None else str(each) for each in pair))
    console = Console(markup=False, highlight=False)
    console.print(found.said)
    console.print(table if found.differences else "No difference.")
    stock, ours = found.seconds
    console.print(
        f"{len(found.stock)} cells; nbgrader {stock:.1f} s, autograder {ours:.1f} s: {stock / ours:.1f} times"
    )
    sys.exit(bool(found.differences))


if __name__ == "__main__":
    main()
