"""What it costs to lock student code in: the same class graded in turns with and without, in CPU seconds.

python -m benchmarks.confinement [ASSIGNMENT] [--copies N] [--turns N]
"""

import argparse
import statistics
import tempfile

from benchmarks.grading import WORKERS, prepared, timed


def main():
    """Grade in turns, and print the ratio of each turn and their median."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignment", nargs="?", default="02-stride-padding")
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--turns", type=int, default=6)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        course = prepared(folder, "course", [arguments.assignment], arguments.copies)
        command = ["autograder", "grade", arguments.assignment, "--force", "--workers", str(WORKERS)]
        ratios = []
        for turn in range(arguments.turns):
            used = {}
            for confine in ("require", "off") if turn % 2 else ("off", "require"):
                _, used[confine] = timed(course, *command, "--confine", confine)
            ratios.append(used["require"] / used["off"])
            print(f"CPU s locked in {used['require']:.1f}, not {used['off']:.1f}: {ratios[-1]:.3f} times", flush=True)
    print(f"median {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main()
