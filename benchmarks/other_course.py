"""`autograder grade`, rehearsal included, beside stock `nbgrader autograde` on the course of nbgrader's documentation.

Both grade a class of 100, in one run.

python -m benchmarks.other_course
"""

import importlib.util
import shutil
import sys
import tempfile
from pathlib import Path

from tests.beside_stock import compared

STUDENTS = 100
EXAMPLE = Path(importlib.util.find_spec("nbgrader").origin).parent / "docs" / "source" / "user_guide"


def hand_in(course, assignment):
    """Hand in the two submissions of the documentation in turn."""
    given = sorted((EXAMPLE / "submitted").iterdir())
    for number in range(STUDENTS):
        folder = course.folder("submitted", f"student-{number:02}", assignment)
        shutil.copytree(given[number % len(given)] / assignment, folder)


def main():
    """Print seconds and the ratio, and require the same outcomes."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        shutil.copytree(EXAMPLE / "source", course / "source", ignore=shutil.ignore_patterns("ps1_autotest"))
        found = compared(course, folder, ["ps1"], hand_in)
    slow, fast = found.seconds
    print(f"{STUDENTS} students, {len(found.stock)} graded cells")
    print("| nbgrader, s | autograder, s | times faster |\n|---|---|---|")
    print(f"| {slow:.1f} | {fast:.1f} | {slow / fast:.1f} |")
    if found.differences:
        sys.exit(f"The outcomes differ: {found.differences}")


if __name__ == "__main__":
    main()
