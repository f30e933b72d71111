"""How long `autograder similar` takes for a large class.

python -m benchmarks.similar [--students N]
"""

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from testing.classroom import ASSIGNMENTS, ROOT, course_directory
from testing.disguise import disguised
from testing.lookalikes import asked_for, independent, notebook

ALL = "all-five"


def main():
    """Print seconds for one notebook each, and for an assignment of all five."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=300)
    students = parser.parse_args().students
    with tempfile.TemporaryDirectory() as folder:
        course = course_directory(Path(folder) / "course")
        (course / "source" / ALL).mkdir()
        for name in ASSIGNMENTS:
            shutil.copy(ROOT / "source" / name / f"{name}.ipynb", course / "source" / ALL)
            hand_in(course, name, students)
        for name in (*ASSIGNMENTS, ALL):
            print(f"{name}, {students} students: {seconds(course, name):.1f} s", flush=True)


def hand_in(course, assignment, students):
    """Hand in a class in which each has somebody's solution of each task, written anew: no two cells are equal."""
    chance, work = random.Random(assignment), independent(assignment)
    for number in range(students):
        code = {task: disguised(chance.choice(work)[task], number, asked_for(assignment, task)) for task in work[0]}
        made = notebook(assignment, code)
        for name in (assignment, ALL):
            path = course / "submitted" / f"student-{number:03}" / name / f"{assignment}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(made, path)


def seconds(course, assignment):
    """How long the command takes, with its page."""
    command = [Path(sys.executable).parent / "autograder", "similar", assignment, "--html", "similar.html"]
    started = time.monotonic()
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=True)
    assert re.search(r"\d+%", done.stdout), done.stdout
    return time.monotonic() - started


if __name__ == "__main__":
    main()
