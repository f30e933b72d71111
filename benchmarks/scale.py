"""What a submission of 02 costs as a class grows to 2,000, with the gradebook in SQLite and in PostgreSQL; and Dask.

Prints, after so many submissions, seconds and CPU seconds of the whole machine for each since the line before, and the
grader's own memory; then how long a class takes on a Dask cluster of 1, 2 and 4 worker processes on this machine.

    python -m benchmarks.scale [--students N]
"""

import argparse
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.grading import cpu_seconds
from testing import cluster, postgresql
from testing.classroom import compose, course_directory, hand_in, solutions, tasks
from testing.commands import COMMANDS

ASSIGNMENT = "02-stride-padding"
LOOKS = (10, 50, 100, 200, 500, 1000, 1500, 2000)
ON_A_CLUSTER = 80
DONE = re.compile(rf"{ASSIGNMENT}  \S+: graded\n")


def handed_in(course, students):
    """The course directory, with so many perfect submissions."""
    chosen = {task: solutions(ASSIGNMENT, task)[0].code for task in tasks(ASSIGNMENT)}
    perfect = compose(ASSIGNMENT, chosen, whole=True)
    for number in range(students):
        hand_in(course, f"student-{number:04}", ASSIGNMENT, perfect)
    return course


def moments(course, *words):
    """Grade; yield, at the start and as each submission is done, the moment, CPU seconds and the grader's memory."""
    command = [COMMANDS / "autograder", "grade", ASSIGNMENT, *words]
    with subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as grading:
        for line in grading.stdout:
            if DONE.fullmatch(line):
                yield time.monotonic(), cpu_seconds(), psutil.Process(grading.pid).memory_info().rss / 2**20
    if grading.returncode:
        raise SystemExit(f"autograder grade ended with {grading.returncode}.")


def as_it_grows(course, students):
    """Print a line for each of LOOKS."""
    print("| submissions | s each | CPU s each | grader, MB |\n|---|---|---|---|")
    last, before = 1, None
    for number, now in enumerate(moments(course), 1):
        if before and number in (*LOOKS, students):
            seconds, cpu = ((here - there) / (number - last) for here, there in zip(now[:2], before[:2], strict=True))
            print(f"| {last + 1} to {number} | {seconds:.3f} | {cpu:.3f} | {now[2]:.0f} |", flush=True)
            last, before = number, now
        before = before or now


def on_clusters(folder):
    """Print how long the same class takes with more and more workers."""
    course = handed_in(course_directory(folder / "cluster"), ON_A_CLUSTER)
    took = {}
    for workers in (1, 2, 4):
        elsewhere = folder / f"workers-{workers}"
        elsewhere.mkdir()
        with cluster.running(elsewhere, workers) as (address, _):
            first, *_, last = moments(course, "--scheduler", address, "--force")
        took[workers], cpu = last[0] - first[0], last[1] - first[1]
        faster, busy = took[1] / took[workers], cpu / (took[workers] * os.cpu_count())
        print(
            f"{workers} workers: {took[workers]:.1f} s, {faster:.2f} times one worker, {cpu:.1f} CPU s, "
            f"{busy:.0%} of {os.cpu_count()} cores",
            flush=True,
        )


def main():
    """Measure all of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=2000)
    students = parser.parse_args().students
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        print("SQLite")
        as_it_grows(handed_in(course_directory(folder / "sqlite"), students), students)
        if postgresql.programs() is not None:
            (folder / "pg").mkdir()
            with postgresql.empty_database(folder / "pg") as address:
                course = handed_in(course_directory(folder / "postgresql"), students)
                with (course / "nbgrader_config.py").open("a") as config:
                    config.write(f"\nc.CourseDirectory.db_url = {address!r}\n")
                print("PostgreSQL")
                as_it_grows(course, students)
        on_clusters(folder)


if __name__ == "__main__":
    main()
