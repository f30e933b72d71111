"""A class of 500, one in twenty handed in something odd, graded by a command killed ten times at random moments.

Prints how many seconds a submission takes as the class goes on, and fails if one is lost, has no status or has other
points than it should.
"""

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course import results
from testing.classroom import compose, course_directory, hand_in, solutions
from tests.submissions import bad

ASSIGNMENT = bad.ASSIGNMENT
STUDENTS, KILLS = 500, 10
POINTS = 8  # of the one task that each has solved


def hand_in_all(course):
    """Hand in the class, and return what each must get: student -> (status, points)."""
    honest = compose(ASSIGNMENT, {"conv_output_size": solutions(ASSIGNMENT, "conv_output_size")[0].code}, whole=True)
    odd = [case for case in bad.CASES.values() if case.status in ("not-a-notebook", "wrong-assignment")]
    expected = {}
    for number in range(STUDENTS):
        student = f"student-{number:03}"
        if number % 20 == 7:
            case = odd[number // 20 % len(odd)]
            folder = course / "submitted" / student / ASSIGNMENT
            folder.mkdir(parents=True)
            case.hand_in(folder, bad.perfect())
            expected[student] = (case.status, case.points)
        else:
            hand_in(course, student, ASSIGNMENT, honest)
            expected[student] = ("graded", POINTS)
    return expected


def grade(course, kill_after=None):
    """Grade, until done or killed; return the moments at which submissions were done, and the exit status."""
    command = [Path(sys.executable).parent / "autograder", "grade", ASSIGNMENT]
    process = subprocess.Popen(command, cwd=course, stdout=subprocess.PIPE, text=True, start_new_session=True)
    moments, started = [], time.monotonic()
    for line in process.stdout:
        if re.fullmatch(rf"{ASSIGNMENT}  \S+: \S+\n", line):
            moments.append(time.monotonic())
        if kill_after and time.monotonic() - started > kill_after:
            os.kill(process.pid, signal.SIGKILL)
            break
    return moments, process.wait()


def main():
    """Grade, kill, grade on, and check."""
    with tempfile.TemporaryDirectory() as folder:
        course = course_directory(Path(folder) / "course")
        expected = hand_in_all(course)
        done = 0
        for turn in range(KILLS + 1):
            moments, status = grade(course, random.uniform(3, 40) if turn < KILLS else None)
            if len(moments) > 1:
                pace = (moments[-1] - moments[0]) / (len(moments) - 1)
                print(
                    f"submissions {done} to {done + len(moments)}: {pace:.2f} s each; exit status {status}", flush=True
                )
            done = len(results.load(course))
        found = {student: (each.status, each.points) for (student, _), each in results.load(course).items()}
        with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
            entered = {each.student_id: each.score for each in gradebook.assignment_submissions(ASSIGNMENT)}
        wrong = {student for student in expected if found.get(student) != expected[student]}
        wrong |= {student for student, (_, points) in expected.items() if entered.get(student, 0) != points}
        print(f"{len(found)} of {STUDENTS} have a status; {len(wrong)} are not as they should be {sorted(wrong)[:5]}")
        sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
