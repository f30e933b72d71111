"""`autograder grade` beside stock `nbgrader autograde`: the same submissions in one run, and the same scores.

Machines are noisy: look at the ratios. Nothing else should run meanwhile, since CPU time is that of the whole machine.

    python -m benchmarks.grading [ASSIGNMENT ...] [--copies N]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nbgrader.api import Gradebook

from benchmarks.one_process import seconds_in_one_process
from tests.classroom import ASSIGNMENTS, compose, course_directory, hand_in, solutions, tasks

COMMANDS = Path(sys.executable).parent
WORKERS = 2


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


def prepared(folder, name, assignment, copies):
    """A course directory with copies of a perfect submission, and the assignment in its gradebook."""
    course = course_directory(Path(folder) / name, cell_seconds=180)
    perfect = compose(assignment, {task: solutions(assignment, task)[0].code for task in tasks(assignment)})
    for number in range(copies):
        hand_in(course, f"student-{number:03}", assignment, perfect)
    timed(course, "nbgrader", "generate_assignment", assignment)
    return course


def scores(course):
    """All that the gradebook has."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {
            (submission.student_id, grade.name): grade.score
            for assignment in gradebook.assignments
            for submission in assignment.submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def main():
    """Grade both ways, and print seconds and ratios: per assignment, and for all together."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignments", nargs="*", default=ASSIGNMENTS)
    parser.add_argument("--copies", type=int, default=20)
    arguments = parser.parse_args()
    print(f"{arguments.copies} submissions each, {WORKERS} workers on {os.cpu_count()} cores")
    print("| | nbgrader, s | autograder, s | times faster | CPU s, one process | CPU s, autograder | CPU ratio |")
    print("|---|---|---|---|---|---|---|")
    rows = []
    for assignment in arguments.assignments:
        with tempfile.TemporaryDirectory() as folder:
            stock, ours = (prepared(folder, name, assignment, arguments.copies) for name in ("stock", "ours"))
            stock_seconds, _ = timed(stock, "nbgrader", "autograde", assignment)
            seconds, used = timed(ours, "autograder", "grade", assignment, "--workers", str(WORKERS))
            least = seconds_in_one_process(assignment, arguments.copies)
            if scores(stock) != scores(ours):
                sys.exit(f"{assignment}: the scores differ.")
        rows.append((stock_seconds, seconds, least, used))
        show(assignment, *rows[-1])
    show("together", *map(sum, zip(*rows)))


def show(name, stock_seconds, seconds, least, used):
    """Print one line of the table."""
    print(
        f"| {name} | {stock_seconds:.1f} | {seconds:.1f} | {stock_seconds / seconds:.1f} "
        f"| {least:.1f} | {used:.1f} | {used / least:.2f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
