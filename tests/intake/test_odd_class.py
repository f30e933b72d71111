"""A class with odd folders, in a small foreign course whose tests need an instructor's cell.

The command grades it in one batch.
"""

import os

import nbformat
import pytest

from testing.commands import by_student, graded, run
from tests.grading.test_rehearsal import CONFIG, DOUBLE, notebook

NAME, FULL = "numbers", 4
HALF = "def half(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION"
WANTED = {
    "honest": ("graded", FULL, ""),
    "moved": ("graded", FULL, ""),
    "a\nb\x1b[2J": ("graded", FULL, ""),
    "clash": ("graded", FULL, ""),
    "bytes": ("repaired", FULL, "were read as Windows-1252: né.csv."),
    "k\\xedm": ("not-a-notebook", 0, "The name of the folder k\\xedm in submitted/ is not in UTF-8"),
    "linked": ("not-a-notebook", 0, "linked is a link: hand in the file itself."),
    "linked-inside": ("not-a-notebook", 0, "linked-inside/numbers is a link: hand in the file itself."),
    "file": ("not-a-notebook", 0, "numbers is a file, not a folder: put the notebook into a folder of this name."),
    "nothing": ("missing", 0, "No numbers.ipynb was handed in."),
}


def instructors():
    """Two tasks whose tests use what a locked cell before both of them imports."""
    first = notebook("double", DOUBLE, "assert math.ceil(double(4)) == 8")
    second = notebook("half", HALF, "assert math.ceil(half(4)) == 2")
    given = nbformat.from_dict(first.cells[1])
    given.metadata.nbgrader.update(grade_id="given", grade=False, points=0)
    given.source = "import math"
    first.cells = [given, *first.cells, *second.cells]
    for cell in first.cells:
        cell.id = cell.metadata.nbgrader.grade_id
    return first


@pytest.fixture(scope="module")
def odd_class(tmp_path_factory):
    course = tmp_path_factory.mktemp("odd")
    (course / "nbgrader_config.py").write_text(CONFIG + 'c.Judge.kernels = {"numbers": 2}\n')
    source = course / "source" / NAME
    source.mkdir(parents=True)
    nbformat.write(instructors(), source / f"{NAME}.ipynb")
    (source / "data.csv").write_text("1")
    text, submitted = nbformat.writes(instructors()), course / "submitted"

    def hand_in(student, content=text):
        folder = submitted / student / NAME
        folder.mkdir(parents=True)
        (folder / f"{NAME}.ipynb").write_text(content)
        return folder

    for student in ("honest", "a\nb\x1b[2J", os.fsdecode(b"k\xedm")):
        hand_in(student)
    moved = instructors()
    moved.cells = [moved.cells[0], *moved.cells[3:], *moved.cells[1:3]]
    hand_in("moved", nbformat.writes(moved))
    (hand_in("bytes") / os.fsdecode(b"n\xe9.csv")).write_text("1")
    (hand_in("clash") / "data.csv").mkdir()
    (submitted / "clash" / NAME / "data.csv" / "x").write_text("1")
    (submitted / "linked").symlink_to(submitted / "honest")
    for student in ("linked-inside", "file", "nothing"):
        (submitted / student).mkdir()
    (submitted / "linked-inside" / NAME).symlink_to(submitted / "honest" / NAME)
    (submitted / "file" / NAME).write_text(text)
    (submitted / "loop").symlink_to("loop")
    (submitted / "notes.txt").write_text("x")
    os.mkfifo(submitted / "pipe")
    done, submissions = graded(course, "grade", NAME)
    return course, done, by_student(submissions)


def test_each_folder_gets_its_status_and_its_points(odd_class):
    _, done, submissions = odd_class
    assert (done.returncode, done.stderr) == (1, "")
    assert {student for student, _ in submissions} == WANTED.keys()
    for student, (status, points, says) in WANTED.items():
        found = submissions[student, NAME]
        assert (found["status"], found["points"], says in found["reason"]) == (status, points, True), found


def test_what_has_not_changed_is_not_graded_again_and_the_report_has_all(odd_class):
    course, _, _ = odd_class
    again = run(course, "autograder", "grade", NAME)
    assert again.returncode == 1 and "grading" not in again.stdout
    report = run(course, "autograder", "report", "--csv", "points.csv")
    assert report.returncode == 0 and (course / "points.csv").read_text().count("honest") == 1
