"""What a judge's kernel costs: the time of grading in two kernels beside that in one, in turns.

python -m benchmarks.judge [ASSIGNMENT ...] [--copies N] [--turns N]
"""

import argparse
import tempfile

from benchmarks import turns
from benchmarks.grading import GRADE, in_kernels, prepared, timed
from testing.classroom import ASSIGNMENTS


def main():
    """Measure in turns, and print the ratio of each turn and their median."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignments", nargs="*", default=ASSIGNMENTS)
    parser.add_argument("--copies", type=int, default=8)
    parser.add_argument("--turns", type=int, default=4)
    arguments = parser.parse_args()
    names = arguments.assignments
    with tempfile.TemporaryDirectory() as folder:
        courses = {
            number: in_kernels(number, prepared(folder, f"kernels-{number}", names, arguments.copies), names)
            for number in (1, 2)
        }
        turns.compare(
            ("two kernels", lambda: timed(courses[2], *GRADE, *names, "--force")[0]),
            ("one kernel", lambda: timed(courses[1], *GRADE, *names, "--force")[0]),
            arguments.turns,
        )


if __name__ == "__main__":
    main()
