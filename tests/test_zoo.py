"""Trained networks in every form in which they are honestly handed in get their points."""

import functools

import pytest

from tests.classroom import ROOT, compose, course_directory, hand_in, parts_of
from tests.conftest import by_student, graded

ZOO = ROOT / "tests" / "zoo"
TASKS = sorted((path.parent.name, path.stem) for path in ZOO.glob("*/*.py"))


@functools.cache
def zoo(assignment, task):
    """The cells of a file: what stands before the first of them belongs to each."""
    text = (ZOO / assignment / f"{task}.py").read_text(encoding="utf-8")
    before, _, _ = text.partition("# %% ")
    return {each.title: f"{before}\n\n{each.code}" for each in parts_of(text)}


CASES = [
    pytest.param(assignment, task, title, id=f"{assignment}-{task}-{title}")
    for assignment, task in TASKS
    for title in zoo(assignment, task)
]


@pytest.fixture(scope="module")
def submissions(tmp_path_factory):
    course = course_directory(tmp_path_factory.mktemp("zoo"))
    for assignment, task in TASKS:
        for number, code in enumerate(zoo(assignment, task).values()):
            hand_in(course, f"{task}-{number}", assignment, compose(assignment, {task: code}))
    done, submissions = graded(course, "grade", *{assignment for assignment, _ in TASKS})
    assert done.returncode in (0, 1), done.stderr
    return by_student(submissions)


@pytest.mark.slow
@pytest.mark.parametrize("assignment, task, title", CASES)
def test_it_gets_all_points(submissions, assignment, task, title):
    student = f"{task}-{list(zoo(assignment, task)).index(title)}"
    [entry] = [each for each in submissions[student, assignment]["tasks"] if each["id"] == task]
    assert entry["points"] == entry["max_points"], "\n".join(entry["messages"])
