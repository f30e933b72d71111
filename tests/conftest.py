"""What several test modules share: courses graded once, and a browser."""

import os
import sys

import absl.logging
import pytest

from testing.browsing import chromium_path, running
from testing.classroom import ASSIGNMENTS, course_directory, sample_class
from testing.commands import by_student, graded

LONGEST_FIRST = [
    "solutions",
    "corpus",
    "class_on_a_hub",
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
    """Keep TensorFlow's log off pytest's own standard error, also where a test is the first to import TensorFlow.

    It writes to what is standard error when it is imported, and closes that when a program sets up logs.
    """
    absl.logging.get_absl_handler().python_handler.stream = sys.__stderr__


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The sample class, graded: (course directory, finished process, submissions)."""
    course = course_directory(tmp_path_factory.mktemp("sample"), cell_seconds=45)
    sample_class(course)
    done, submissions = graded(course, "grade", *ASSIGNMENTS)
    return course, done, by_student(submissions)


@pytest.fixture(scope="module", autouse=True)
def unchanged_environment():
    """What a module's tests leave in the environment, as nbgrader does when it executes, must not reach the next."""
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
