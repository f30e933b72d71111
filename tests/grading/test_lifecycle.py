"""nbgrader's own life cycle of an assignment, with its stock commands and an exchange in a temporary folder."""

import csv
import os
import re
import socket
import subprocess
import time
import urllib.request

import nbformat
import pytest
from nbgrader.api import Gradebook

from testing.classroom import compose, course_directory, solutions, tasks
from testing.commands import COMMANDS, run

NAME, STUDENT = "03-pooling", "student-01"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course whose assignment was released, fetched, submitted, collected and autograded.

    Student and instructor are one user.
    """
    folder = tmp_path_factory.mktemp("lifecycle")
    exchange = folder / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    course = course_directory(folder / "course")
    student = folder / "student"
    student.mkdir()
    settings = (
        f"\nc.Exchange.root = {str(exchange)!r}\n"
        f"c.Exchange.cache = {str(folder / 'cache')!r}\n"
        "c.Exchange.path_includes_course = False\n"
    )
    with open(course / "nbgrader_config.py", "a") as file:
        file.write(settings)
    (student / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.course_id = 'seeing-with-convolutions'\n{settings}"
    )
    for place, *words in [
        (course, "generate_assignment", NAME),
        (course, "release_assignment", NAME),
        (student, "list"),
        (student, "fetch_assignment", NAME),
    ]:
        step(place, *words)
    fetched = student / NAME / f"{NAME}.ipynb"
    text = {task: solutions(NAME, task)[0].code for task in tasks(NAME)}
    nbformat.write(compose(NAME, text | {"pooling-written": "A robot's grip needs the place."}), fetched)
    step(student, "submit", NAME)
    step(course, "collect", NAME)
    [collected] = (course / "submitted").iterdir()
    step(course, "autograde", NAME)
    return course, student, collected.name


def step(place, *words):
    done = run(place, "nbgrader", *words)
    assert done.returncode == 0, f"nbgrader {' '.join(words)}\n{done.stdout}{done.stderr}"
    return done


def test_the_stock_commands_grade_a_solved_notebook_in_full(course):
    folder, _, student = course
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        submission = gradebook.find_submission(NAME, student)
        assert submission.score == 50 and submission.max_score == 54
        assert submission.needs_manual_grade


@pytest.fixture(scope="module")
def server(course):
    """A Jupyter server with the formgrader in the course directory; its address."""
    folder, _, _ = course
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = folder.parent / "home"
    home.mkdir()
    places = {"HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "config"), "JUPYTER_DATA_DIR": str(home / "data")}
    process = subprocess.Popen(
        [
            COMMANDS / "jupyter",
            "lab",
            "--no-browser",
            "--allow-root",
            f"--port={port}",
            "--ServerApp.port_retries=0",
            "--IdentityProvider.token=",
        ],
        cwd=folder,
        env={**os.environ, **places, "PATH": f"{COMMANDS}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/formgrader/").close()
                break
            except OSError:
                assert process.poll() is None, "the server ended"
                time.sleep(0.5)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def test_a_person_grades_the_written_answer_in_the_formgrader(course, server, browser):
    folder, _, student = course
    page = browser.new_page()
    page.goto(f"{server}/formgrader/gradebook/{NAME}/{NAME}")
    page.get_by_role("link", name=re.compile("Submission #")).first.click()
    box = page.locator("input.score[type=number]").last
    box.wait_for()
    page.wait_for_load_state("networkidle")  # the boxes listen only when the page has the grades
    for _ in range(10):  # the page may still be filling in what it had
        with page.expect_response(lambda each: "/api/grade/" in each.url and each.request.method == "PUT") as answer:
            box.fill("3")
            box.dispatch_event("change")
        if answer.value.json()["manual_score"] == 3:
            break
    page.close()
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        assert gradebook.find_grade("pooling-written", NAME, NAME, student).manual_score == 3
        assert gradebook.find_submission(NAME, student).score == 53


def test_feedback_reaches_the_student_and_the_export_has_the_points(course):
    folder, student, name = course
    step(folder, "generate_feedback", NAME)
    step(folder, "release_feedback", NAME)
    step(student, "fetch_feedback", NAME)
    [page] = (student / NAME).rglob("*.html")
    assert "A robot's grip" in page.read_text().replace("&#39;", "'")
    step(folder, "export", "--to", "points.csv")
    with open(folder / "points.csv", newline="") as file:
        [row] = [row for row in csv.DictReader(file) if row["student_id"] == name]
    assert float(row["score"]) >= 50 and float(row["max_score"]) == 54
