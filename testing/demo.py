"""`make demo`: grade the sample class in a temporary course directory and show where the results are."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.course.directory import open_course
from testing.classroom import ASSIGNMENTS, course_directory, sample_class

CELL_SECONDS = 10
ALL_GRADED, SOME_REFUSED = 0, 1


def main():
    """Make the class, grade it, write feedback and the report."""
    autograder = Path(sys.executable).parent / "autograder"
    course = course_directory(tempfile.mkdtemp(prefix="seeing-with-convolutions-"), CELL_SECONDS)
    sample_class(course)
    print(f"A sample class, graded in {course}. A cell may compute for {CELL_SECONDS} s.\n", flush=True)
    graded = subprocess.run([autograder, "grade", *ASSIGNMENTS], cwd=course)
    if graded.returncode not in (ALL_GRADED, SOME_REFUSED):
        return graded.returncode
    os.chdir(course)
    feedback = [open_course(course).api().generate_feedback(assignment) for assignment in ASSIGNMENTS]
    for made in feedback:
        print(made.get("error", ""), end="")
    done = subprocess.run([autograder, "report", "--html", "report.html"], cwd=course, stdout=subprocess.DEVNULL)
    print(f"\nThe feedback pages:  {course / 'feedback'}\nThe class report:    {course / 'report.html'}")
    return done.returncode or int(not all(made["success"] for made in feedback))


if __name__ == "__main__":
    sys.exit(main())
