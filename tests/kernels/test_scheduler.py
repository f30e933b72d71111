"""A class graded on a Dask cluster: a real scheduler and two worker processes that share no folder with the course."""

import subprocess

import pytest
from traitlets.config import Config

from autograder.course.errors import CourseError
from autograder.execution import workers
from testing.cluster import running
from testing.commands import COMMANDS, by_student, graded
from testing.small_courses import hand_in, make_course, notebook, solved

NAME = "hw"
FILE = "hw.ipynb"


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler with two workers, and the processes."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with running(elsewhere, 2) as started:
        yield started


@pytest.fixture
def course(tmp_path):
    made = notebook("f", "g", "h")
    course = make_course(tmp_path / "course", {(NAME, NAME): made})
    for number in range(3):
        hand_in(course, f"good-{number}", NAME, FILE, solved(made))
    where = "import os, sys\nprint(os.getcwd(), os.path.exists(os.path.expanduser('~/.netrc')))\nos._exit(3)"
    leaves = solved(made)
    leaves.cells[2].source = where
    hand_in(course, "leaves", NAME, FILE, leaves)
    hand_in(course, "broken", NAME, FILE, "{")
    return course


def test_a_cluster_gives_the_same_results(cluster, course):
    address, _ = cluster
    done, submissions = graded(course, "grade", NAME, "--scheduler", address)
    found = by_student(submissions)
    assert done.returncode == 1, done.stderr
    assert {student: found[student, NAME]["points"] for student in ("good-0", "good-1", "good-2")} == dict.fromkeys(
        ("good-0", "good-1", "good-2"), 6
    )
    assert found["broken", NAME]["status"] == "not-a-notebook"
    assert found["leaves", NAME]["status"] == "crashed" and found["leaves", NAME]["points"] == 2
    done, again = graded(course, "grade", NAME)
    assert again == submissions, "nothing is left to be done here"


@pytest.mark.slow
def test_a_worker_that_is_lost_costs_nothing_but_another_run(cluster, course):
    address, (_, first, second) = cluster
    grading = subprocess.Popen(
        [COMMANDS / "autograder", "grade", NAME, "--scheduler", address], cwd=course, stdout=subprocess.PIPE, text=True
    )
    for line in grading.stdout:
        if ": graded" in line:
            first.kill()
            break
    grading.communicate(timeout=600)
    done, submissions = graded(course, "grade", NAME, "--scheduler", address)
    assert second.poll() is None
    assert [each["points"] for each in submissions if each["student"].startswith("good")] == [6] * 3


def test_a_scheduler_that_is_not_there_gets_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "SECONDS_TO_CONNECT", 2)
    with pytest.raises(CourseError, match="The Dask scheduler at tcp://127.0.0.1:9 can't be reached"):
        with workers.workers_for(Config(), tmp_path, None, "tcp://127.0.0.1:9", "auto"):
            pass
