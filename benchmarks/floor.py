"""What grading a submission costs beside its cells: CPU seconds for one tiny network, tested once, in two kernels.

To be compared with the same turn's CPU seconds of this course's notebooks in one process. CPU time is that of the
whole machine: nothing else should run meanwhile.

    python -m benchmarks.floor [--copies N] [--turns N]
"""

import argparse
import shutil
import tempfile
from pathlib import Path
from statistics import mean

from benchmarks import turns
from benchmarks.grading import GRADE, timed
from benchmarks.one_process import seconds_in_one_process
from testing.classroom import ASSIGNMENTS, course_directory
from testing.small_courses import hand_in, notebook, put, solved

NAME = "tiny"
SOLUTION = """import keras

def build():
    ### BEGIN SOLUTION
    return keras.Sequential([keras.layers.Input((8,)), keras.layers.Dense(3)])
    ### END SOLUTION"""
TEST = "import numpy as np\nassert build()(np.zeros((2, 8))).shape == (2, 3)"


def prepared(folder, copies):
    """A course directory with this course's settings and so many submissions of a notebook with one task."""
    course = course_directory(Path(folder) / str(copies))
    shutil.rmtree(course / "source")
    made = notebook("build", test=TEST)
    made.cells[0].source = SOLUTION
    put(course / "source" / NAME / f"{NAME}.ipynb", made)
    for number in range(copies):
        hand_in(course, f"student-{number:03}", NAME, f"{NAME}.ipynb", solved(made))
    timed(course, "nbgrader", "generate_assignment", NAME)
    timed(course, *GRADE, NAME)
    return course


def each(seconds, few, many):
    """CPU seconds of one more submission: what a command's start costs is left out."""
    return (seconds(many) - seconds(few)) / (many - few)


def main():
    """Measure in turns, and print the ratio of each turn and their median."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--copies", type=int, default=20)
    parser.add_argument("--turns", type=int, default=3)
    arguments = parser.parse_args()
    few, many = 5, 5 + arguments.copies
    with tempfile.TemporaryDirectory() as folder:
        courses = {number: prepared(folder, number) for number in (few, many)}
        turns.compare(
            (
                "CPU s of a tiny submission",
                lambda: each(lambda n: timed(courses[n], *GRADE, NAME, "--force")[1], few, many),
            ),
            (
                "of a notebook in one process",
                lambda: mean(each(lambda n: seconds_in_one_process([name], n), 1, 3) for name in ASSIGNMENTS),
            ),
            arguments.turns,
        )


if __name__ == "__main__":
    main()
