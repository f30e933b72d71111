"""`autograder grade` beside stock `nbgrader autograde`: the same submissions in one run, and the same scores.

Machines are noisy: look at the ratios. Nothing else should run meanwhile.

    python -m benchmarks.grading [ASSIGNMENT ...] [--copies N]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from testing.classroom import ASSIGNMENTS, compose, course_directory, files_beside, hand_in, solutions, tasks
from testing.commands import scores

COMMANDS = Path(sys.executable).parent
WORKERS = 2
GRADE = ("autograder", "grade", "--workers", str(WORKERS))


def cpu_seconds():
    """CPU time that the whole machine has used."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def timed(course, *words):
    """Seconds and CPU seconds that a command takes in a course directory."""
    started, used = time.monotonic(), cpu_seconds()
    environment = {**os.environ, "PATH": os.pathsep.join([str(COMMANDS), os.environ["PATH"]])}
    subprocess.run([COMMANDS / words[0], *words[1:]], cwd=course, check=True, capture_output=True, env=environment)
    return time.monotonic() - started, cpu_seconds() - used


def prepared(folder, name, assignments, copies, weights=True):
    """A course directory with copies of a perfect submission per assignment, and the assignments in its gradebook.

    Without weights, networks are trained while they are graded.
    """
    course = course_directory(Path(folder) / name, cell_seconds=180)
    for assignment in assignments:
        perfect = compose(
            assignment, {task: solutions(assignment, task)[0].code for task in tasks(assignment)}, whole=True
        )
        for number in range(copies):
            path = hand_in(course, f"student-{number:03}", assignment, perfect)
            for file in () if weights else files_beside(assignment):
                path.with_name(file.name).unlink()
        timed(course, "nbgrader", "generate_assignment", assignment)
    return course


def in_kernels(number, course, assignments):
    """The course directory, whose settings now ask for one kernel or two for each submission."""
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Judge.kernels = dict.fromkeys({assignments}, {number})\n")
    return course


def compare(assignments, copies):
    """Grade in both ways, print what it took, and require the same scores."""
    with tempfile.TemporaryDirectory() as folder:
        stock, ours = (prepared(folder, name, assignments, copies) for name in ("stock", "ours"))
        slow, fast = {}, {}
        for assignment in assignments:
            slow[assignment], _ = timed(stock, "nbgrader", "autograde", assignment)
            fast[assignment], _ = timed(ours, *GRADE, assignment)
            print(line(assignment, slow[assignment], fast[assignment]), flush=True)
        seconds, _ = timed(ours, *GRADE, "--force", *assignments)
        print(line("all in one command", sum(slow.values()), seconds))
        if scores(stock) != scores(ours):
            sys.exit("The scores differ.")


def line(name, slow, fast):
    """One line of the table."""
    return f"| {name} | {slow:.1f} | {fast:.1f} | {slow / fast:.1f} |"


def main():
    """Print seconds and ratios: per assignment, and for all assignments in one command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignments", nargs="*", default=ASSIGNMENTS)
    parser.add_argument("--copies", type=int, default=20)
    arguments = parser.parse_args()
    print(f"{arguments.copies} submissions each, {WORKERS} workers on {os.cpu_count()} cores")
    print("| | nbgrader, s | autograder, s | times faster |")
    print("|---|---|---|---|")
    compare(arguments.assignments, arguments.copies)


if __name__ == "__main__":
    main()
