"""What several test modules share: courses graded once, and the commands as a user types them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tests.browsing import chromium_path, running
from tests.classroom import ASSIGNMENTS, course_directory, sample_class

COMMANDS = Path(sys.executable).parent


LONGEST_FIRST = [
    "solutions",
    "corpus",
    "grading",
    "site",
    "forging",
    "notebooks",
    "kernels",
    "saved_weights",
    "scheduler",
    "killed",
    "rehearsal",
    "explorers_in_lab",
    "numbers",
]


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest, so that two workers end at about the same time."""
    places = {f"test_{name}.py": place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


def pytest_collection_finish():
    """TensorFlow's log writes to what was standard error while tests were collected, and closes it, pytest's own, when a program sets up logs."""
    if "absl.logging" in sys.modules:
        sys.modules["absl.logging"].get_absl_handler().python_handler.stream = sys.__stderr__


def run(course, *words, **environment):
    """Run a command of the environment in a course directory, from a shell that has not activated it."""
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if Path(part) != COMMANDS)
    if words[0] != "autograder":
        path = os.pathsep.join([str(COMMANDS), path])
    return subprocess.run(
        [COMMANDS / words[0], *map(str, words[1:])],
        cwd=course,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
    )


def graded(course, *words, **environment):
    """Run `autograder WORDS --json` and return the finished process and the submissions."""
    file = Path(course) / "results.json"
    done = run(course, "autograder", *words, "--json", file, **environment)
    return done, json.loads(file.read_text(encoding="utf-8"))["submissions"] if file.exists() else None


def by_student(submissions):
    """(student, assignment) -> submission."""
    return {(each["student"], each["assignment"]): each for each in submissions}


def scores(course):
    """All that the gradebook has: (assignment, student, cell) -> score."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {
            (assignment.name, submission.student_id, grade.name): grade.score
            for assignment in gradebook.assignments
            for submission in assignment.submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The sample class, graded: (course directory, finished process, submissions)."""
    course = course_directory(tmp_path_factory.mktemp("sample"), cell_seconds=45)
    sample_class(course)
    done, submissions = graded(course, "grade", *ASSIGNMENTS)
    return course, done, by_student(submissions)


@pytest.fixture(scope="module", autouse=True)
def unchanged_environment():
    """What a module's tests leave in the environment, as nbgrader does when it executes a notebook, must not reach the next."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium on this machine; without one, tests in a browser are skipped."""
    if chromium_path() is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    return chromium_path()


@pytest.fixture(scope="module")
def browser(chromium, tmp_path_factory):
    """A running Chromium, by Playwright, whose event loop must end with the module: others run loops of their own."""
    pytest.importorskip("playwright.sync_api")
    with running({**os.environ, "HOME": str(tmp_path_factory.mktemp("home"))}) as browser:
        yield browser
