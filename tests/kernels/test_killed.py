"""A grader killed at any moment loses nothing: the next run goes on, the gradebook is as if nothing had happened."""

import os
import random
import signal
import sqlite3
import subprocess
import time

import psutil
import pytest

from autograder.course import results
from testing.commands import COMMANDS, graded
from testing.small_courses import hand_in, make_course, notebook, solved

NAME = "hw"
FILE = "hw.ipynb"
STUDENTS = [f"student-{number}" for number in range(6)]


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_a_grader_that_is_killed_loses_nothing(tmp_path, seed):
    course = make_course(tmp_path / "course", {(NAME, NAME): notebook("f")})
    for student in STUDENTS:
        hand_in(course, student, NAME, FILE, solved(notebook("f")))
    hand_in(course, "broken", NAME, FILE, "{")
    grading = subprocess.Popen([COMMANDS / "autograder", "grade", NAME], cwd=course, stdout=subprocess.PIPE, text=True)
    next(line for line in grading.stdout if line.startswith(NAME))
    time.sleep(random.Random(seed).uniform(0, 2))
    family = psutil.Process(grading.pid).children(recursive=True)
    os.kill(grading.pid, signal.SIGKILL)
    grading.wait()
    kept = results.load(course)
    done, submissions = graded(course, "grade", NAME)
    assert done.returncode == 1, done.stderr
    assert {each["student"]: (each["status"], each["points"]) for each in submissions} == {
        **dict.fromkeys(STUDENTS, ("graded", 2)),
        "broken": ("not-a-notebook", 0),
    }
    assert sum(done.stdout.count(f"{student}: graded\n") for student in STUDENTS) + len(kept) >= len(STUDENTS)
    with sqlite3.connect(course / "gradebook.db") as gradebook:
        assert gradebook.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert gradebook.execute("SELECT count(*) FROM submitted_assignment").fetchone() == (len(STUDENTS) + 1,)
    _, alive = psutil.wait_procs(family, timeout=300)
    assert not alive, "what the killed grader had started has ended"
