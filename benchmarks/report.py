"""The class report of 300 students × 5 notebooks: how long it takes, how large it is, how fast a browser opens it.

Each wrong solution of tests/solutions/ is recorded first, with three seeds; that takes some minutes. No notebook is
executed. Fails if the misconception that was planted most in a task is not the one that the report names first.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nbgrader.api import Grade, Gradebook, SubmittedAssignment, SubmittedNotebook

from autograder.course import results
from autograder.course.directory import open_course
from autograder.report import html_page
from testing.browsing import chromium_path, running
from testing.classroom import ASSIGNMENTS, course_directory
from testing.simulated import record_all, simulated, surprises

STUDENTS, TURNS = 300, 5
LOADED = "(() => { const n = performance.getEntriesByType('navigation')[0]; return n.loadEventEnd })()"


def fill(course, submissions):
    """Enter a class in the record and in the gradebook of a course directory."""
    for assignment in ASSIGNMENTS:
        made = open_course(course).api().generate_assignment(assignment)
        assert made["success"], made["log"]
    for each in submissions:
        results.save(course, each)
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook, gradebook.db.no_autoflush:
        students = {name: gradebook.add_student(name) for name in sorted({each.student for each in submissions})}
        for each in submissions:
            assignment = gradebook.find_assignment(each.assignment)
            submitted = SubmittedAssignment(assignment=assignment, student=students[each.student])
            for notebook in assignment.notebooks:
                entered = SubmittedNotebook(assignment=submitted, notebook=notebook)
                left = {task.id: task.points for task in each.tasks}
                for cell in notebook.grade_cells:
                    task = next(name for name in left if cell.name == name or cell.name.startswith(f"{name}-"))
                    part = None if left[task] is None else min(left[task], cell.max_score)
                    left[task] = None if part is None else left[task] - part
                    Grade(cell=cell, notebook=entered, auto_score=part)
            gradebook.db.add(submitted)
        gradebook.db.commit()


def main():
    """Record, simulate, and measure."""
    recorded = record_all(ASSIGNMENTS)
    submissions, planted = simulated(recorded, STUDENTS)
    wrong = list(surprises(recorded, submissions, planted))
    print(f"{len(planted)} tasks; the report names another misconception first in {len(wrong)} {wrong}")
    for _ in range(TURNS):
        start = time.perf_counter()
        page = html_page(submissions, "Class report")
        print(f"the page: {time.perf_counter() - start:.2f} s, {len(page.encode()) / 1e6:.2f} MB", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        course = course_directory(Path(folder) / "course")
        fill(course, submissions)
        command = [Path(sys.executable).parent / "autograder", "report", "--html", "report.html"]
        for _ in range(TURNS):
            start = time.perf_counter()
            subprocess.run(command, cwd=course, check=True, stdout=subprocess.DEVNULL)
            print(f"autograder report --html: {time.perf_counter() - start:.2f} s", flush=True)
        if chromium_path():
            with running(None) as browser:
                for _ in range(TURNS):
                    tab = browser.new_page(viewport={"width": 1280, "height": 900})
                    tab.goto((course / "report.html").as_uri())
                    height = tab.evaluate("document.documentElement.scrollHeight")
                    print(f"opened: {tab.evaluate(LOADED) / 1000:.2f} s; {height} pixels high", flush=True)
                    tab.close()
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
