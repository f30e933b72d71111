"""How near grading comes to its least cost, in CPU seconds: one kernel and two, beside the same cells in one process.

CPU time is that of the whole machine: nothing else should run meanwhile.

    python -m benchmarks.limit [ASSIGNMENT ...] [--copies N] [--turns N] [--without-weights]
"""

import argparse
import tempfile

from benchmarks import turns
from benchmarks.grading import GRADE, in_kernels, prepared, timed
from benchmarks.one_process import seconds_in_one_process
from testing.classroom import ASSIGNMENTS


def main():
    """Measure in turns, and print the ratio of each turn and their median."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignments", nargs="*", default=ASSIGNMENTS)
    parser.add_argument("--copies", type=int, default=20)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--without-weights", action="store_true", help="networks are trained while they are graded")
    arguments = parser.parse_args()
    names, copies, weights = arguments.assignments, arguments.copies, not arguments.without_weights
    with tempfile.TemporaryDirectory() as folder:
        for number in (1, 2):
            course = in_kernels(number, prepared(folder, f"kernels-{number}", names, copies, weights), names)
            turns.compare(
                (f"CPU s in {number} kernel(s) each", lambda: timed(course, *GRADE, *names, "--force")[1]),
                ("in one process", lambda: seconds_in_one_process(names, copies, weights)),
                arguments.turns,
            )


if __name__ == "__main__":
    main()
