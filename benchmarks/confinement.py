"""What it costs to lock student code in: the same class graded in turns with and without, in CPU seconds.

python -m benchmarks.confinement [ASSIGNMENT] [--copies N] [--turns N]
"""

import argparse
import tempfile

from benchmarks import turns
from benchmarks.grading import GRADE, prepared, timed


def main():
    """Grade in turns, and print the ratio of each turn and their median."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignment", nargs="?", default="02-stride-padding")
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--turns", type=int, default=6)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        course = prepared(folder, "course", [arguments.assignment], arguments.copies)

        def graded(confine):
            return timed(course, *GRADE, arguments.assignment, "--force", "--confine", confine)[1]

        turns.compare(("CPU s locked in", lambda: graded("require")), ("not", lambda: graded("off")), arguments.turns)


if __name__ == "__main__":
    main()
