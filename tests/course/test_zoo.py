"""Trained networks in every form in which they are honestly handed in get their points."""

import pytest

from testing.classroom import ZOO, compose, course_directory, hand_in, zoo
from testing.commands import by_student, graded

TASKS = sorted((path.parent.name, path.stem) for path in ZOO.glob("*/*.py"))
CASES = [
    pytest.param(assignment, task, number, id=f"{assignment}-{task}-{each.title}")
    for assignment, task in TASKS
    for number, each in enumerate(zoo(assignment, task))
]


@pytest.fixture(scope="module")
def submissions(tmp_path_factory):
    course = course_directory(tmp_path_factory.mktemp("zoo"))
    for assignment, task in TASKS:
        for number, each in enumerate(zoo(assignment, task)):
            hand_in(course, f"{task}-{number}", assignment, compose(assignment, {task: each.code}))
    done, submissions = graded(course, "grade", *{assignment for assignment, _ in TASKS})
    assert done.returncode in (0, 1), done.stderr
    return by_student(submissions)


@pytest.mark.slow
@pytest.mark.parametrize("assignment, task, number", CASES)
def test_it_gets_all_points(submissions, assignment, task, number):
    [entry] = [each for each in submissions[f"{task}-{number}", assignment]["tasks"] if each["id"] == task]
    assert entry["points"] == entry["max_points"], "\n".join(entry["messages"])
