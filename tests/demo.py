"""`make demo`: grade the sample class in a temporary course directory and show where the results are."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.classroom import ASSIGNMENTS, course_directory, sample_class

CELL_SECONDS = 10
ALL_GRADED, SOME_REFUSED = 0, 1


def main():
    """Make the class, grade it, write feedback and the report."""
    commands = Path(sys.executable).parent
    course = course_directory(tempfile.mkdtemp(prefix="seeing-with-convolutions-"), CELL_SECONDS)
    sample_class(course)
    print(f"A sample class, graded in {course}. A cell may run {CELL_SECONDS} s.\n", flush=True)
    graded = subprocess.run([commands / "autograder", "grade", *ASSIGNMENTS], cwd=course)
    if graded.returncode not in (ALL_GRADED, SOME_REFUSED):
        return graded.returncode
    steps = [[commands / "nbgrader", "generate_feedback", assignment] for assignment in ASSIGNMENTS]
    steps.append([commands / "autograder", "report", "--html", "report.html"])
    running = [
        subprocess.Popen(step, cwd=course, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for step in steps
    ]
    for process in running:
        said, _ = process.communicate()
        if process.returncode:
            print(said)
            return process.returncode
    print(f"\nThe class report:    {course / 'report.html'}\nThe feedback pages:  {course / 'feedback'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
