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


def prepared(folder, name, assignments, copies):
    """A course directory with copies of a perfect submission of each assignment, and the assignments in its gradebook."""
    course = course_directory(Path(folder) / name, cell_seconds=180)
    for assignment in assignments:
        perfect = compose(assignment, {task: solutions(assignment, task)[0].code for task in tasks(assignment)})
        for number in range(copies):
            hand_in(course, f"student-{number:03}", assignment, perfect)
        timed(course, "nbgrader", "generate_assignment", assignment)
    return course


def scores(course):
    """All that the gradebook has."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {
            (assignment.name, submission.student_id, grade.name): grade.score
            for assignment in gradebook.assignments
            for submission in assignment.submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def grade(assignments, copies):
    """Seconds and CPU seconds that `autograder grade` takes for all copies of the assignments, and the scores."""
    with tempfile.TemporaryDirectory() as folder:
        course = prepared(folder, "ours", assignments, copies)
        seconds, used = timed(course, "autograder", "grade", *assignments, "--workers", str(WORKERS))
        return seconds, used, scores(course)


def compare(assignment, copies):
    """Grade one assignment in both ways: seconds of both, CPU seconds of one process and of ours, and the scores."""
    with tempfile.TemporaryDirectory() as folder:
        course = prepared(folder, "stock", [assignment], copies)
        stock_seconds, _ = timed(course, "nbgrader", "autograde", assignment)
        stock_scores = scores(course)
    seconds, used, our_scores = grade([assignment], copies)
    if stock_scores != our_scores:
        sys.exit(f"{assignment}: the scores differ.")
    return stock_seconds, seconds, seconds_in_one_process(assignment, copies), used, stock_scores


def main():
    """Print seconds and ratios: per assignment, and for all assignments in one command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignments", nargs="*", default=ASSIGNMENTS)
    parser.add_argument("--copies", type=int, default=20)
    arguments = parser.parse_args()
    print(f"{arguments.copies} submissions each, {WORKERS} workers on {os.cpu_count()} cores")
    print("| | nbgrader, s | autograder, s | times faster | CPU s, one process | CPU s, autograder | CPU ratio |")
    print("|---|---|---|---|---|---|---|")
    stock_total, least_total, stock_scores = 0, 0, {}
    for assignment in arguments.assignments:
        stock_seconds, seconds, least, used, entered = compare(assignment, arguments.copies)
        show(assignment, stock_seconds, seconds, least, used)
        stock_total, least_total, stock_scores = (
            stock_total + stock_seconds,
            least_total + least,
            stock_scores | entered,
        )
    seconds, used, our_scores = grade(arguments.assignments, arguments.copies)
    if stock_scores != our_scores:
        sys.exit("All in one command: the scores differ.")
    show("all in one command", stock_total, seconds, least_total, used)


def show(name, stock_seconds, seconds, least, used):
    """Print one line of the table."""
    print(
        f"| {name} | {stock_seconds:.1f} | {seconds:.1f} | {stock_seconds / seconds:.1f} "
        f"| {least:.1f} | {used:.1f} | {used / least:.2f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
