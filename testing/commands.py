"""The commands as a user types them, and what came of them."""

import json
import os
import subprocess
import sys
from pathlib import Path

from nbgrader.api import Gradebook

COMMANDS = Path(sys.executable).parent


def run(course, *words, **environment):
    """Run a command of the environment in a course directory, from a shell that has not activated it."""
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if Path(part) != COMMANDS)
    if words[0] != "autograder":
        path = os.pathsep.join([str(COMMANDS), path])
    return subprocess.run(
        [COMMANDS / words[0], *map(str, words[1:])],
        cwd=course,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
    )


def graded(course, *words, **environment):
    """Run `autograder WORDS --json` and return the finished process and the submissions."""
    file = Path(course) / "results.json"
    done = run(course, "autograder", *words, "--json", file, **environment)
    return done, json.loads(file.read_text(encoding="utf-8"))["submissions"] if file.exists() else None


def by_student(submissions):
    """(student, assignment) -> submission."""
    return {(each["student"], each["assignment"]): each for each in submissions}


def scores(course):
    """All that the gradebook has: (assignment, student, cell) -> score."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {
            (assignment.name, submission.student_id, grade.name): grade.score
            for assignment in gradebook.assignments
            for submission in assignment.submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
