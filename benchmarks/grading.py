"""How long `autograder grade` takes beside stock `nbgrader autograde`, on the same submissions in one run.

Machines are noisy: look at the ratio, and run it twice.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.classroom import ASSIGNMENTS, compose, course_directory, hand_in, solutions, tasks

COPIES = 4
COMMANDS = Path(sys.executable).parent


def timed(course, *words):
    """Seconds that a command takes in a course directory."""
    started = time.monotonic()
    subprocess.run([COMMANDS / words[0], *words[1:]], cwd=course, check=True, capture_output=True)
    return time.monotonic() - started


def main():
    """Grade the same perfect submissions both ways and print the ratio, per assignment."""
    for assignment in ASSIGNMENTS:
        perfect = compose(assignment, {task: solutions(assignment, task)[0].code for task in tasks(assignment)})
        with tempfile.TemporaryDirectory() as folder:
            courses = [course_directory(Path(folder) / name) for name in ("stock", "ours")]
            for course in courses:
                for number in range(COPIES):
                    hand_in(course, f"student-{number}", assignment, perfect)
            stock, ours = courses
            subprocess.run(
                [COMMANDS / "nbgrader", "generate_assignment", assignment], cwd=stock, check=True, capture_output=True
            )
            seconds = timed(stock, "nbgrader", "autograde", assignment)
            faster = timed(ours, "autograder", "grade", assignment)
        print(
            f"{assignment}, {COPIES} submissions: nbgrader {seconds:.1f} s, autograder {faster:.1f} s, ratio {seconds / faster:.2f}"
        )


if __name__ == "__main__":
    main()
