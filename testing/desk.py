"""Submissions taken in and recorded as by `autograder grade`, but not executed: to test the intake, and to fuzz it."""

import contextlib
import json

from autograder.course import results
from autograder.course.directory import open_course
from autograder.execution.execute import Execution
from autograder.grading import running
from autograder.grading.fingerprint import fingerprint_of, sum_of_course
from autograder.grading.materials import Materials
from autograder.grading.register import Job, Register
from autograder.grading.rehearsal import Outlook


class Desk:
    """Takes in what lies in submitted/ of a course directory."""

    def __init__(self, course, gradebook, temporary, assignment):
        self.course, self.assignment = course, assignment
        materials = Materials(course, temporary / "release", [assignment])
        self.register = Register(gradebook, materials, Outlook())
        self.given = sum_of_course(course, assignment)

    def take_in(self, student):
        """What came of a submission, and its notebooks by name."""
        job = Job(student, self.assignment, fingerprint_of(self.course, student, self.assignment, self.given))
        for name, notebook, _ in running.prepared(self.register, job):
            job.executions[name] = Execution(notebook, "graded", "Executed to the end.", 0.0, "")
        submission = running.finished(self.register, job)
        results.save(self.course.root, submission)
        json.loads(results.as_json([submission]).encode())
        assert submission.status in results.STATUSES and submission.reason
        return submission, job.notebooks


@contextlib.contextmanager
def desk(directory, temporary, assignment):
    """Have a desk for a course directory, as long as the context lasts."""
    course = open_course(directory)
    with course.gradebook() as gradebook:
        yield Desk(course, gradebook, temporary, assignment)
