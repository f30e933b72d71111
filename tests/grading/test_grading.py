"""A class, graded: statuses, points, the record, the report, and the same scores as stock nbgrader."""

import csv
import gc
import html
import os
import re
import shutil
import signal
import subprocess

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.course import results
from autograder.course.directory import open_course
from autograder.grading import batch
from autograder.grading.register import Job
from testing import small_courses
from testing.classroom import ASSIGNMENTS, ROOT, compose, course_directory, hand_in, sample_class, solutions, tasks
from testing.commands import COMMANDS, by_student, graded, run, scores

ONE, TWO, LAB = "02-stride-padding", "03-pooling", "05-mnist-cnn"
STUDENTS = [f"student-0{number}" for number in range(1, 9)]
STATUSES = {(student, assignment): "missing" for student in STUDENTS for assignment in ASSIGNMENTS} | {
    **{("student-01", assignment): "graded" for assignment in ASSIGNMENTS},
    ("student-02", ONE): "graded",
    ("student-03", TWO): "graded",
    ("student-04", TWO): "graded",
    ("student-05", ONE): "timed-out",
    ("student-06", ONE): "not-a-notebook",
    ("student-07", ONE): "repaired",
    ("student-07", TWO): "wrong-assignment",
    ("student-07", LAB): "graded",
}


@pytest.fixture
def copied(sample, tmp_path):
    """A copy of the graded sample class, for tests that change it: (course directory, submissions)."""
    course, _, submissions = sample
    return shutil.copytree(course, tmp_path / "copied"), submissions


def points(submission):
    return {task["id"]: task["points"] for task in submission["tasks"]}


def test_every_submission_has_its_status_and_a_sentence(sample):
    _, done, submissions = sample
    assert {key: each["status"] for key, each in submissions.items()} == STATUSES
    assert all(each["reason"].endswith(".") for each in submissions.values())
    assert done.returncode == 1, "something is wrong with a submission, and the table says what"
    assert "used more than 45 s of computing time" in submissions["student-05", ONE]["reason"]


def test_the_rehearsals_are_those_of_the_source(sample):
    _, done, _ = sample
    assert "The tests are tried" not in done.stdout, (
        "run `autograder check source/NAME/NAME.ipynb`, and commit rehearsals.json"
    )


def test_the_points_are_those_that_were_earned(sample):
    _, _, submissions = sample
    earned = {assignment: submissions["student-01", assignment]["points"] for assignment in ASSIGNMENTS}
    assert earned == {"01-dl-review": 50, ONE: 58, TWO: 50, "04-lenet5": 70, LAB: 60}
    assert points(submissions["student-01", ONE])["stride-padding-written"] is None, "a person has still to grade it"
    assert submissions["student-03", TWO]["points"] == 0
    assert points(submissions["student-04", TWO]) == {
        "pool_output_shape": 5, "max_pool2d": 0, "avg_pool2d": 0, "global_average_pool": 3, "shift_similarity": 6,
        "pooling_changes_depth": 2, "max_pool_backward": 0, "build_pooled": 3.5, "pooling-written": 0,
    }  # fmt: skip
    assert submissions["student-05", ONE]["points"] == 49, "all but conv2d, which never stopped"
    assert submissions["student-07", ONE]["points"] == 50, (
        "all but the wrong trace_shapes, although the metadata were lost"
    )


def test_cells_that_only_show_something_are_passed_over(sample):
    course, _, _ = sample
    for path in sorted(course.glob("autograded/student-01/*/*.ipynb")):
        cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        shows = [cell for cell in cells if "not-when-graded" in cell.metadata.get("tags", [])]
        assert all(cell.execution_count is None for cell in shows), path.name
        assert all(cell.execution_count for cell in cells if cell not in shows and cell.source.strip()), path.name
    assert shows, "the lab comes last, and has some"


def test_what_the_checks_said_is_in_the_results(sample):
    _, _, submissions = sample
    said = {task["id"]: "\n".join(task["messages"]) for task in submissions["student-04", TWO]["tasks"]}
    assert "a padded place must never win" in said["max_pool2d"]
    assert not re.search("Traceback|AssertionError|CheckFailed", "".join(said.values()))


def test_the_results_have_the_promised_form(sample):
    _, _, submissions = sample
    for each in submissions.values():
        assert set(each) == {
            "student",
            "assignment",
            "status",
            "reason",
            "repairs",
            "seconds",
            "points",
            "max_points",
            "tasks",
            "noticed",
            "one_kernel",
            "seconds_late",
            "late_penalty",
            "points_before",
        }
        keys = {"id", "points", "max_points", "messages", "by_hand", "notebook", "findings"}
        assert all(set(task) == keys for task in each["tasks"])
        found = [finding for task in each["tasks"] for finding in task["findings"]]
        assert all(set(finding) == {"key", "kind", "sentence", "message", "test", "cells", "seed"} for finding in found)


def test_a_failed_check_is_a_finding(sample):
    _, _, submissions = sample
    found = {task["id"]: task["findings"] for task in submissions["student-04", TWO]["tasks"]}
    assert [(each["kind"], each["test"]) for each in found["max_pool2d"]] == [
        ("misconception", "check"),
        ("misconception", "hidden"),
    ]
    assert found["max_pool2d"][0]["seed"] is None and found["max_pool2d"][1]["seed"] is not None
    untouched = [each for task in submissions["student-03", TWO]["tasks"] for each in task["findings"]]
    assert untouched and {each["kind"] for each in untouched} == {"not written yet"}
    assert not any(task["findings"] for task in submissions["student-01", TWO]["tasks"])
    stopped = [each for task in submissions["student-05", ONE]["tasks"] for each in task["findings"]]
    assert [each["kind"] for each in stopped] == ["too slow"]


def test_the_terminal_shows_the_table_and_the_reasons(sample):
    _, done, submissions = sample
    for (student, _), each in submissions.items():
        assert student in done.stdout and each["status"] in done.stdout
        if each["status"] != "graded":
            assert each["reason"][:60] in done.stdout
    assert "1 conv_output_size" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    "assignment", [each if each == TWO else pytest.param(each, marks=pytest.mark.slow) for each in ASSIGNMENTS]
)
def test_stock_nbgrader_gives_the_same_scores(sample, tmp_path, assignment):
    course = course_directory(tmp_path, cell_seconds=45)
    sample_class(course)
    assert run(course, "nbgrader", "generate_assignment", assignment).returncode == 0
    gradable = [key for key, status in STATUSES.items() if status in ("graded", "timed-out") and key[1] == assignment]
    for folder in course.glob(f"submitted/*/{assignment}"):
        if (folder.parent.name, assignment) not in gradable:
            shutil.rmtree(folder)
    done = run(course, "nbgrader", "autograde", assignment)
    assert done.returncode == 0, done.stderr
    ours = {key: score for key, score in scores(sample[0]).items() if (key[1], key[0]) in gradable}
    assert ours and ours == scores(course)


def test_feedback_shows_messages_and_no_hidden_test(copied):
    course, _ = copied
    done = run(course, "nbgrader", "generate_feedback", TWO, "--student", "student-04")
    assert done.returncode == 0, done.stderr
    page = html.unescape((course / "feedback" / "student-04" / TWO / f"{TWO}.html").read_text())
    assert "a padded place must never win" in page and "CHECK_SEED" in page
    assert "def hidden_" not in page and "BEGIN HIDDEN" not in page


def test_the_report_is_one_page_with_everything(copied):
    course, _ = copied
    done = run(course, "autograder", "report", "--html", "out/report.html", "--csv", "out/points.csv")
    assert done.returncode == 0, done.stderr
    page = (course / "out" / "report.html").read_text()
    assert page.count("<svg") == len(ASSIGNMENTS) and "aria-label" in page
    assert not re.search(r"(src|href)=\"http", page), "nothing is loaded from elsewhere"
    for (student, assignment), status in STATUSES.items():
        assert student in page and assignment in page and status in page
    with open(course / "out" / "points.csv", newline="") as file:
        rows = {(row["student"], row["assignment"]): row for row in csv.DictReader(file)}
    assert {key: row["status"] for key, row in rows.items()} == STATUSES
    assert rows["student-01", ONE]["points"] == "58"


def test_a_second_run_grades_only_what_changed(copied):
    course, before = copied
    hand_in(course, "student-08", TWO, compose(TWO, {}))
    done, after = graded(course, "grade", *ASSIGNMENTS)
    assert re.findall(r"(?m)^(\S+)  (\S+): \S+$", done.stdout) == [(TWO, "student-08")]
    after = by_student(after)
    assert after.pop(("student-08", TWO))["status"] == "graded"
    assert all(after[key] == before[key] for key in after)


def test_points_by_hand_appear_in_the_report(copied):
    course, _ = copied
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.find_grade("pooling-written", TWO, TWO, "student-01").manual_score = 3.5
        gradebook.db.commit()
    run(course, "autograder", "report", TWO, "--csv", "by_hand.csv")
    assert f"{TWO},student-01,graded,53.5,54" in (course / "by_hand.csv").read_text()


@pytest.fixture
def small(tmp_path):
    return course_directory(tmp_path / "course", cell_seconds=20)


def test_a_failed_submission_leaves_no_older_points(small):
    hand_in(small, "student-01", TWO, compose(TWO, {"pooling_changes_depth": "pooling_changes_depth = False"}))
    _, [first] = graded(small, "grade", TWO)
    assert first["points"] == 2
    hand_in(small, "student-01", TWO, "{")
    done, [second] = graded(small, "grade", TWO)
    assert (done.returncode, second["status"], second["points"]) == (1, "not-a-notebook", 0)
    assert set(scores(small).values()) == {0}
    assert not (small / "autograded" / "student-01" / TWO).exists()


def test_a_kernel_that_dies_or_cannot_be_stopped_costs_only_what_comes_after(tmp_path):
    dies = "import os\n\ndef g(x):\n    os._exit(1)"
    stuck = "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except KeyboardInterrupt:\n        pass"
    made = small_courses.notebook("f", "g", "h")
    course = small_courses.make_course(tmp_path, {("hw", "hw"): made}, "c.ExecutePreprocessor.timeout = 3\n")
    for student, code in (("dies", dies), ("stuck", stuck), ("fine", None)):
        notebook = small_courses.solved(made)
        notebook.cells[2].source = code or notebook.cells[2].source
        small_courses.hand_in(course, student, "hw", "hw.ipynb", notebook)
    done, submissions = graded(course, "grade", "hw")
    found = by_student(submissions)
    assert done.returncode == 1
    assert found["fine", "hw"]["status"] == "graded" and found["fine", "hw"]["points"] == 6
    for student, status in (("dies", "crashed"), ("stuck", "timed-out")):
        assert found[student, "hw"]["status"] == status
        assert found[student, "hw"]["points"] == 2, "what was tested before has its points, and nothing after"
        assert re.search(r"\bg\b", found[student, "hw"]["reason"])


def test_ctrl_c_loses_nothing_and_the_next_run_goes_on(tmp_path):
    small = small_courses.make_course(tmp_path / "course", {("hw", "hw"): small_courses.notebook("f")})
    waits = small_courses.solved(small_courses.notebook("f"))
    waits.cells.insert(0, nbformat.v4.new_code_cell("import time\ntime.sleep(1)"))
    for number in range(6):
        small_courses.hand_in(small, f"student-{number}", "hw", "hw.ipynb", waits)
    grading = subprocess.Popen(
        [COMMANDS / "autograder", "grade", "hw"], cwd=small, start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    for line in grading.stdout:
        if ": graded" in line:
            break
    os.killpg(grading.pid, signal.SIGINT)
    _, said = grading.communicate(timeout=600)
    assert (
        grading.returncode == 2
        and said == "autograder: stopped. What was graded is kept; the same command goes on from there.\n"
    )
    kept = results.load(small)
    assert 0 < len(kept) < 6 and all(each.status == "graded" for each in kept.values())
    done, submissions = graded(small, "grade", "hw")
    assert [each["points"] for each in submissions] == [2] * 6
    again = re.findall(r"(?m)^hw  (\S+): graded$", done.stdout)
    assert len(again) == 6 - len(kept)


def test_a_class_takes_no_more_memory_the_longer_it_is(tmp_path):
    made = small_courses.notebook("f")
    course = small_courses.make_course(tmp_path / "course", {("hw", "hw"): made})
    for number in range(10):
        small_courses.hand_in(course, f"student-{number}", "hw", "hw.ipynb", small_courses.solved(made))
    kept = []

    def count(*_):
        kept.append(sum(bool(job.executions) for job in gc.get_objects() if isinstance(job, Job)))

    assert len(batch.grade(open_course(course), ["hw"], options=batch.Options(workers=1), progress=count)) == 10
    assert max(kept) <= 2


@pytest.mark.slow
def test_one_odd_submission_stops_no_other(small):
    notebook = compose(TWO, {"pooling_changes_depth": "pooling_changes_depth = False"})
    hand_in(small, "fine", TWO, notebook)
    for student, marks in (("null", None), ("list", {"grade_id": ["x"]}), ("word", "nbgrader")):
        odd = nbformat.from_dict(notebook)
        odd.cells[-1].metadata["nbgrader"] = marks
        odd.cells[3].metadata["nbgrader"] = marks
        hand_in(small, student, TWO, odd)
    hand_in(small, "s[1]", TWO, notebook)
    (small / "submitted" / "above").mkdir()
    nbformat.write(notebook, small / "submitted" / "above" / f"{TWO}.ipynb")
    _, submissions = graded(small, "grade", TWO, f"{TWO}/")
    found = by_student(submissions)
    assert {
        student: found[student, TWO]["points"] for student in ("fine", "null", "list", "word", "s[1]")
    } == dict.fromkeys(("fine", "null", "list", "word", "s[1]"), 2)
    assert "move it into above/03-pooling/" in found["above", TWO]["reason"]

    shutil.rmtree(small / "submitted" / "fine")
    shutil.rmtree(small / "autograded" / "null")
    done, submissions = graded(small, "grade", TWO, "--student", "fine", "--student", "null", "--student", "null")
    found = by_student(submissions)
    assert found["fine", TWO]["status"] == "missing" and "an earlier submission" in found["fine", TWO]["reason"]
    assert (small / "autograded" / "null" / TWO).exists(), "what was deleted from autograded/ is made again"


@pytest.mark.parametrize(
    "file, text, says",
    [
        ("nbgrader_config.py", "c.Foo = = 1", "nbgrader_config.py can't be used: invalid syntax"),
        (
            "nbgrader_config.py",
            "c = get_config()\nc.ExecutePreprocessor.timeout = 'soon'",
            "A setting in nbgrader_config.py is wrong",
        ),
        ("gradebook.db", "no database " * 100, "The gradebook can't be used"),
    ],
)
def test_a_damaged_course_gets_one_sentence(small, file, text, says):
    hand_in(small, "student-01", TWO, compose(TWO, {}))
    (small / file).write_text(text)
    done = run(small, "autograder", "grade", TWO)
    assert done.returncode == 2 and says in done.stderr, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert (small / file).read_text() == text


def test_a_file_that_cannot_be_written_is_refused_before_the_work(small):
    hand_in(small, "student-01", TWO, compose(TWO, {}))
    (small / "taken").write_text("")
    done = run(small, "autograder", "grade", TWO, "--json", "taken/results.json")
    assert done.returncode == 2 and "taken/results.json can't be written" in done.stderr
    assert not (small / "autograder.db").exists()


@pytest.mark.parametrize(
    "words, says",
    [
        (["grade", "07-none"], "There is no assignment 07-none"),
        (["grade", TWO, "--student", "nobody"], "There is no student nobody"),
        (["report"], "Nothing was graded yet"),
        (["report", "07-none"], "There is no assignment 07-none"),
        (["check", "absent.ipynb"], "There is no file absent.ipynb"),
    ],
)
def test_what_cannot_be_done_gets_one_sentence_and_status_2(small, words, says):
    done = run(small, "autograder", *words)
    assert done.returncode == 2
    assert says in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_outside_a_course_directory(tmp_path):
    done = run(tmp_path, "autograder", "grade", TWO)
    assert done.returncode == 2 and "has no nbgrader_config.py" in done.stderr
    assert "Go to the course directory, which holds one of the two, and try again." in done.stderr


def test_outside_a_course_directory_check_names_the_one_that_holds_the_notebook(tmp_path):
    course = course_directory(tmp_path / "course")
    notebook = course / "source" / TWO / f"{TWO}.ipynb"
    for place in (tmp_path, notebook.parent):
        done = run(place, "autograder", "check", notebook)
        assert done.returncode == 2 and f"Go to the course directory {course} and try again." in done.stderr


def test_a_damaged_record_is_named_and_nothing_is_lost(small):
    (small / "autograder.db").write_text("no record " * 100)
    done = run(small, "autograder", "grade", TWO)
    assert done.returncode == 2 and "autograder.db is damaged" in done.stderr
    assert (small / "autograder.db").read_text() == "no record " * 100


def test_check_gives_a_reader_table_and_messages(tmp_path):
    texts = {task: solutions(TWO, task)[0].code for task in tasks(TWO)}
    texts["avg_pool2d"] = next(
        each.code for each in solutions(TWO, "avg_pool2d") if each.title == "padded zeros counted"
    )
    nbformat.write(compose(TWO, texts), tmp_path / "my own name.ipynb")
    course = course_directory(tmp_path / "course")
    before = sorted(path.name for path in course.iterdir())
    done, [submission] = graded(course, "check", tmp_path / "my own name.ipynb")
    (course / "results.json").unlink()
    assert done.returncode == 1
    assert points(submission)["avg_pool2d"] == 0 and submission["points"] == 42
    assert "Padded places are not counted" in done.stdout
    assert sorted(path.name for path in course.iterdir()) == before, "no gradebook and no folder is left"


def test_check_is_content_with_full_automatic_points(tmp_path):
    texts = {task: solutions(TWO, task)[1].code for task in tasks(TWO)}
    nbformat.write(compose(TWO, texts), tmp_path / f"{TWO}.ipynb")
    done = run(ROOT, "autograder", "check", tmp_path / f"{TWO}.ipynb")
    assert done.returncode == 0, done.stdout
    assert "Graded by a person: pooling-written" in done.stdout


def test_check_takes_along_what_the_notebook_or_its_source_names_wherever_it_lies(tmp_path):
    course, far, home = tmp_path / "course", tmp_path / "far", tmp_path / "Downloads"
    (course / "source" / "tiny").mkdir(parents=True)
    (course / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text())
    code = "import os, sys\nn = sorted(os.listdir())\nsys.path.insert(0, '')\nimport helper\nopen('data/a.txt')"
    test = "assert n == ['data', 'helper.py', 'net.weights.h5'], n"
    marks = {"schema_version": 3, "solution": False, "locked": True}
    cells = [
        nbformat.v4.new_code_cell(
            "open('net.weights.h5')", metadata={"nbgrader": {**marks, "grade": False, "grade_id": "given"}}
        ),
        nbformat.v4.new_code_cell(
            f"{code}\n# '../far/secret.txt', '{far}/secret.txt' and 'link.txt'",
            metadata={"nbgrader": {**marks, "grade": False, "grade_id": "n", "solution": True, "locked": False}},
        ),
        nbformat.v4.new_code_cell(
            test, metadata={"nbgrader": {**marks, "grade": True, "points": 1, "grade_id": "n-check"}}
        ),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), course / "source" / "tiny" / "tiny.ipynb")
    (home / "data").mkdir(parents=True)
    far.mkdir()
    (far / "secret.txt").write_text("secret")
    for name in ("data/a.txt", "net.weights.h5", "letter.txt"):
        (home / name).write_text("1")
    (home / "helper.py").write_text("n = 1")
    (home / "link.txt").symlink_to(far / "secret.txt")
    nbformat.write(nbformat.v4.new_notebook(cells=cells), home / "tiny (1).ipynb")
    done = run(course, "autograder", "check", home / "tiny (1).ipynb")
    assert "Taken along with the notebook: data/a.txt, helper.py and net.weights.h5.\n" in done.stdout
    assert done.returncode == 0, done.stdout


def test_check_of_a_broken_file(tmp_path):
    (tmp_path / f"{TWO}.ipynb").write_text('{"cells": [')
    done = run(ROOT, "autograder", "check", tmp_path / f"{TWO}.ipynb")
    assert done.returncode == 1 and "is not valid JSON" in done.stdout
