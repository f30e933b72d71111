"""Late submissions: what nbgrader takes off is taken off everywhere, and goes when the due date moves."""

import csv
import sys

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.plugins.export import CsvExportPlugin
from traitlets.config import Config

from autograder.course.directory import Course, open_course
from autograder.lms import exports
from testing.small_courses import hand_in, make_course, notebook, put, solved
from testing.without_kernels import command

__all__ = ["command"]
PLUGIN = """
from nbgrader.plugins import BasePlugin

class Part(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score * {share}
"""
CONFIG = """
import sys
sys.path.insert(0, {root!r})
sys.modules.pop("taking_part", None)
from taking_part import Part
c.AssignLatePenalties.plugin_class = Part
"""


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course in which "late" has handed in a day late, and "punctual" has not; both have 4 points."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    root = make_course(
        tmp_path / "course", {("hw", "p"): notebook("f", written=("w",))}, CONFIG.format(root=str(tmp_path / "course"))
    )
    put(root / "taking_part.py", PLUGIN.format(share=0.5))
    for student, day in (("late", 2), ("punctual", 1)):
        hand_in(root, student, "hw", "p.ipynb", solved(notebook("f", written=("w",))))
        hand_in(root, student, "hw", "timestamp.txt", f"2026-03-0{day} 12:00:00 UTC")
    due(root, "2026-03-01 12:00:00 UTC")
    return root


def gradebook(root):
    return Gradebook(f"sqlite:///{root}/gradebook.db")


def due(root, when):
    with gradebook(root) as book:
        book.update_or_create_assignment("hw", duedate=when)


def everywhere(root, command, student="late"):
    """The points of a student by each way that shows them."""
    found, files = {}, {}
    for name, exporter in (
        ("nbgrader", CsvExportPlugin),
        ("canvas", exports.CanvasExport),
        ("moodle", exports.MoodleExport),
    ):
        files[name] = root / f"{name}.csv"
        with gradebook(root) as book:
            exporter(to=str(files[name]), parent=Course(root, Config()).api()).export(book)
        rows = list(csv.reader(files[name].open()))
        [row] = [row for row in rows if student in row]
        found[name] = float(row[rows[0].index("score")] if name == "nbgrader" else row[-1])
    done = command(root, "report", "hw", "--csv", "p.csv", "--html", "r.html")
    [row] = [row for row in csv.DictReader((root / "p.csv").open()) if row["student"] == student]
    found["csv"] = float(row["points"])
    [line] = [line for line in done.out.splitlines() if line.startswith(f"{student} ")]
    found["table"] = float(line.split()[2])
    [place] = [
        place
        for place in (root / "r.html").read_text().split("<tr>")
        if place.startswith(f'<th scope="row">{student}<')
    ]
    found["html"] = float(place.partition('<td class="total">')[2].partition("<")[0])
    return found


def test_a_penalty_is_everywhere_and_goes_with_the_due_date(course, command):
    done = command(course, "grade", "hw")
    of_late = done.of["late", "hw"]
    assert (of_late["points"], of_late["late_penalty"], of_late["seconds_late"]) == (1, 1, 86400)
    assert (done.of["punctual", "hw"]["points"], done.of["punctual", "hw"]["late_penalty"]) == (2, 0)
    assert "1 d −1" in done.out
    assert set(everywhere(course, command).values()) == {1}
    due(course, "2026-03-02 12:00:00 UTC")
    done = command(course, "grade", "hw")
    assert done.of["late", "hw"]["points"] == 2 and "late: graded" not in done.out, "nothing is executed again"
    assert "hw: 1 gained points since the last time: late 1 → 2." in done.out
    assert done.of["late", "hw"]["points_before"] == 1
    assert set(everywhere(course, command).values()) == {2}
    done = command(course, "grade", "hw")
    assert "gained" not in done.out and done.of["late", "hw"]["points_before"] == 1


def test_an_extension_takes_a_penalty_off_also_with_force(course, command):
    command(course, "grade", "hw")
    with gradebook(course) as book:
        book.grant_extension("hw", "late", days=2)
    assert command(course, "grade", "hw", "--force").of["late", "hw"]["points"] == 2
    assert set(everywhere(course, command).values()) == {2}


def test_another_penalty_and_points_by_hand_count_at_once(course, command):
    command(course, "grade", "hw")
    put(course / "taking_part.py", PLUGIN.format(share=0.25))
    done = command(course, "grade", "hw")
    assert done.of["late", "hw"]["points"] == 1.5
    assert "punctual: graded" in done.out, "a module that the settings import is part of what a grade depends on"
    with gradebook(course) as book:
        book.find_grade("w", "p", "hw", "late").manual_score = 2
        book.db.commit()
    done = command(course, "grade", "hw")
    assert done.of["late", "hw"]["points"] == 3 and "late: graded" not in done.out
    assert [(task["id"], task["points"]) for task in done.of["late", "hw"]["tasks"]] == [("f", 2), ("w", 2)]
    assert set(everywhere(course, command).values()) == {3}


def test_stock_nbgrader_takes_off_the_same(course, command):
    command(course, "grade", "hw")
    with gradebook(course) as book:
        ours = {
            each.student_id: (each.score, each.late_submission_penalty)
            for each in book.find_assignment("hw").submissions
        }
    api = NbGraderAPI(config=open_course(course).config)
    for student in ours:
        assert api.autograde("hw", student)["success"]
    with gradebook(course) as book:
        assert ours == {
            each.student_id: (each.score, each.late_submission_penalty)
            for each in book.find_assignment("hw").submissions
        }


def test_an_extension_without_a_due_date_means_nothing(course, command):
    due(course, None)
    command(course, "grade", "hw")
    with gradebook(course) as book:
        book.grant_extension("hw", "late", days=2)
    assert command(course, "grade", "hw", "--force").of["late", "hw"]["points"] == 2
