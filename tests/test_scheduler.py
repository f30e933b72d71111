"""A class graded on a Dask cluster: a real scheduler and two worker processes, which share no folder with the course."""

import os
import socket
import subprocess
import time

import pytest

from tests.classroom import compose, course_directory, hand_in, solutions, tasks
from tests.conftest import COMMANDS, by_student, graded, run

NAME = "03-pooling"
SECONDS_TO_START = 300


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler with two workers, and the processes."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    commands = [["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]]
    commands += [
        [
            "worker",
            address,
            "--nthreads",
            "1",
            "--no-dashboard",
            "--no-nanny",
            "--local-directory",
            str(elsewhere / number),
        ]
        for number in "12"
    ]
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    processes = []
    for words in commands:
        with (elsewhere / f"{len(processes)}.log").open("w") as log:
            processes.append(
                subprocess.Popen([COMMANDS / "dask", *words], cwd=elsewhere, env=environment, stdout=log, stderr=log)
            )
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and socket.socket().connect_ex(("127.0.0.1", port)):
        time.sleep(0.2)
    yield address, processes
    for process in processes:
        process.kill()
        process.wait()


@pytest.fixture
def course(tmp_path):
    course = course_directory(tmp_path / "course", cell_seconds=60)
    good = {task: solutions(NAME, task)[0].code for task in tasks(NAME)}
    for number in range(3):
        hand_in(course, f"good-{number}", NAME, compose(NAME, good))
    where = "import os, sys\nprint(os.getcwd(), os.path.exists(os.path.expanduser('~/.netrc')))\nos._exit(3)"
    hand_in(course, "leaves", NAME, compose(NAME, good | {"global_average_pool": where}))
    hand_in(course, "broken", NAME, "{")
    return course


def test_a_cluster_gives_the_same_results(cluster, course):
    address, _ = cluster
    done, submissions = graded(course, "grade", NAME, "--scheduler", address)
    found = by_student(submissions)
    assert done.returncode == 1, done.stderr
    assert {student: found[student, NAME]["points"] for student in ("good-0", "good-1", "good-2")} == dict.fromkeys(
        ("good-0", "good-1", "good-2"), 50
    )
    assert found["broken", NAME]["status"] == "not-a-notebook"
    assert found["leaves", NAME]["status"] == "crashed" and found["leaves", NAME]["points"] == 23
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
    assert [each["points"] for each in submissions if each["student"].startswith("good")] == [50] * 3


def test_a_scheduler_that_is_not_there_gets_one_sentence(course):
    done = run(
        course,
        "autograder",
        "grade",
        NAME,
        "--scheduler",
        "tcp://127.0.0.1:9",
        DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT="2s",
    )
    assert done.returncode == 2
    assert "The Dask scheduler at tcp://127.0.0.1:9 can't be reached" in done.stderr.splitlines()[-1]
