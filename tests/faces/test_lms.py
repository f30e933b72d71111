"""Downloads of learning platforms are taken in, and grades go back in the form that they import."""

import csv
import io
import json
import shutil
import zipfile

import nbformat
import pytest
from nbgrader.api import Gradebook

from testing.classroom import compose, course_directory
from testing.commands import run

NAME = "03-pooling"
DOWNLOADS = {
    "moodle": {
        "Kim Park_1234567_assignsubmission_file_/03-pooling.ipynb": "Kim-Park-1234567/03-pooling.ipynb",
        "Kim Park_1234567_assignsubmission_file_/data/weights.h5": "Kim-Park-1234567/data/weights.h5",
        "Zoë Ångström_1234568_assignsubmission_file_/03-pooling (1).ipynb": "Zoë-Ångström/03-pooling (1).ipynb",
        "Kim Park_1234569_assignsubmission_file_/03-pooling.ipynb": "Kim-Park-1234569/03-pooling.ipynb",
        "Jo O'Neil_1234570_assignsubmission_file_/__MACOSX/03-pooling.ipynb": None,
    },
    "moodle-without-folders": {
        "Kim Park_1234567_assignsubmission_file_03-pooling.ipynb": "Kim-Park/03-pooling.ipynb",
        "Al_ex Li_1234568_assignsubmission_file_my_work.ipynb": "Al_ex-Li/my_work.ipynb",
    },
    "canvas": {
        "parkkim_12345_678901_03-pooling.ipynb": "parkkim-12345/03-pooling.ipynb",
        "parkkim_12345_678902_mnist.weights.h5": "parkkim-12345/mnist.weights.h5",
        "liAlex_LATE_12346_678903_03-pooling-2.ipynb": "liAlex-12346/03-pooling.ipynb",
        "oneiljo_12347_678904_my_work-3.ipynb": "oneiljo-12347/my_work-3.ipynb",
    },
    "generic": {
        "kim/03-pooling.ipynb": "kim/03-pooling.ipynb",
        "alex li/work/03-pooling.ipynb": "alex li/work/03-pooling.ipynb",
        "readme.txt": None,
    },
}


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A course that has released its assignment."""
    course = course_directory(tmp_path_factory.mktemp("released") / "course")
    assert run(course, "nbgrader", "generate_assignment", NAME).returncode == 0
    return course


@pytest.fixture
def course(released, tmp_path):
    return shutil.copytree(released, tmp_path / "course")


def download(course, files):
    path = course / "downloaded" / NAME / "archive" / "submissions.zip"
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as file:
        for name, content in files.items():
            file.writestr(name, content)


@pytest.mark.parametrize("platform", DOWNLOADS)
def test_a_download_is_taken_apart(course, platform):
    download(course, dict.fromkeys(DOWNLOADS[platform], "content"))
    done = run(course, "nbgrader", "zip_collect", NAME, "--collector=autograder.lms.LmsCollector")
    assert done.returncode == 0, done.stderr
    found = {path.relative_to(course / "submitted") for path in (course / "submitted").rglob("*") if path.is_file()}
    wanted = {target.replace("/", f"/{NAME}/", 1) for target in DOWNLOADS[platform].values() if target}
    assert {str(path) for path in found} == wanted


ODD = {
    "x_1_assignsubmission_file_../03-pooling.ipynb": None,
    "y_2_assignsubmission_file_..": None,
    "z_3_assignsubmission_file_./03-pooling.ipynb": "z/03-pooling.ipynb",
    "w_4_assignsubmission_file_..\\..\\kim\\03-pooling.ipynb": None,
    "v_5_assignsubmission_file_/CON/03-pooling.ipynb": None,
    "???_6_assignsubmission_file_/03-pooling.ipynb": "6/03-pooling.ipynb",
    "u_7_assignsubmission_file_/a\x1bb.ipynb": None,
    "t_8_assignsubmission_file_/work\\03-pooling.ipynb": "t/work/03-pooling.ipynb",
    ".git/config": None,
    "s_9_assignsubmission_file_/" + "n" * 240 + ".ipynb": "s/" + "n" * 240 + ".ipynb",
    "nul/03-pooling.ipynb": None,
    "Kim Park_10_assignsubmission_file_/03-pooling.ipynb": "Kim-Park/03-pooling.ipynb",
    "Kim Park_10_assignsubmission_file_03-pooling.ipynb": None,
    "parkkim_12345_678901_03-pooling-1.ipynb": "parkkim-12345/03-pooling.ipynb",
    "parkkim_12345_678902_03-pooling-2.ipynb": "parkkim-12345/03-pooling-2.ipynb",
    "parkkim_12345_678903_03-pooling.ipynb": None,
    "liAlex_12346_678904_data": "liAlex-12346/data",
    "liAlex_12346_678905_data.zip/weights.h5": None,
}


def test_odd_names_are_left_out_and_the_others_collected(course):
    archive = course / "downloaded" / NAME / "archive"
    for name in ODD:
        path = archive / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("content")
    before = {path for path in course.rglob("*") if path.is_file()}
    done = run(course, "nbgrader", "zip_collect", NAME, "--collector=autograder.lms.LmsCollector")
    assert done.returncode == 0, done.stderr
    extracted = course / "downloaded" / NAME / "extracted"
    made = {path for path in course.rglob("*") if path.is_file() and extracted not in path.parents} - before
    found = {str(path.relative_to(course / "submitted")) for path in made if path.suffix not in (".log", ".db")}
    assert found == {target.replace("/", f"/{NAME}/", 1) for target in ODD.values() if target}
    assert done.stderr.count("was left out: ") == len([target for target in ODD.values() if not target])


def test_a_zip_that_a_student_made_is_taken_in_and_graded(course):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr(
            f"work/{NAME}.ipynb",
            nbformat.writes(compose(NAME, {"pooling_changes_depth": "pooling_changes_depth = False"})),
        )
    download(course, {"parkkim_12345_678901_work.zip": inner.getvalue()})
    assert run(course, "nbgrader", "zip_collect", NAME, "--collector=autograder.lms.LmsCollector").returncode == 0
    done = run(course, "autograder", "grade", NAME, "--json", "results.json")
    [submission] = json.loads((course / "results.json").read_text())["submissions"]
    assert done.returncode == 0 and (submission["student"], submission["points"]) == ("parkkim-12345", 2), submission


@pytest.fixture
def graded(course):
    """A course in whose gradebook three students have points, one of them of two assignments."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        for student, points, names in (
            ("Kim-Park", 5, {"first_name": "Kim", "last_name": 'Park, "KP"', "email": "kim@example.org"}),
            ("parkkim-12345", 2.5, {"email": "alex@example.org"}),
            ("jo-07", None, {"last_name": "O'Neil"}),
        ):
            gradebook.update_or_create_student(student, **names)
            if points is not None:
                submission = gradebook.update_or_create_submission(NAME, student)
                submission.notebooks[0].grades[0].manual_score = points
        gradebook.db.commit()
    return course


def exported(course, exporter, *words):
    done = run(course, "nbgrader", "export", f"--exporter=autograder.lms.{exporter}", "--to=out.csv", *words)
    assert done.returncode == 0, done.stderr
    with open(course / "out.csv", newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))


def test_canvas_gets_its_columns(graded):
    assert exported(graded, "CanvasExport") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", NAME],
        ["    Points Possible", "", "", "", "", "54"],
        ['Park, "KP", Kim', "", "", "Kim-Park", "", "5"],
        ["O'Neil", "", "", "jo-07", "", ""],
        ["parkkim-12345", "12345", "", "parkkim-12345", "", "2.5"],
    ]


def test_a_canvas_gradebook_is_filled_in_and_otherwise_kept(graded):
    rows = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Essay (7)", f"{NAME} (8)", "Final Score"],
        ["    Points Possible", "", "", "", "", "10", "", "(read only)"],
        ["Park, Kim", "12345", "s1", "kpark", "A, B", "9", "", "90"],
        ["Nobody, Ann", "1", "s2", "Kim-Park", "A", "8", "", "80"],
        ["Li, Alex", "2345", "s3", "ali", "A", "7", "1", "70"],
    ]
    with open(graded / "roster.csv", "w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(rows)
    for row, points in zip(rows[1:], ("54", "2.5", "5", "1")):
        row[6] = points
    assert exported(graded, "CanvasExport", "--CanvasExport.roster=roster.csv") == rows


def test_a_moodle_worksheet_is_filled_in_and_otherwise_kept(graded):
    rows = [
        ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed"]
        + ["Last modified (submission)", "Last modified (grade)", "Feedback comments"],
        [
            "Participant 1234567",
            "Kim Park",
            "",
            "Submitted",
            "",
            "54.00",
            "Yes",
            "Monday, 2 March 2026, 9:15 AM",
            "-",
            "",
        ],
        ["Participant 1234568", "Someone Else", "alex@example.org", "Submitted", "", "54.00", "Yes", "-", "-", "a, b"],
        ["Participant 1234569", "Ann Nobody", "", "No submission", "", "54.00", "Yes", "-", "-", ""],
    ]
    with open(graded / "worksheet.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    rows[1][4], rows[2][4] = "5", "2.5"
    words = ["--MoodleExport.worksheet=worksheet.csv", f'--assignment=["{NAME}"]']
    assert exported(graded, "MoodleExport", *words) == rows


def test_moodles_grade_import_gets_a_column_for_each_assignment(graded):
    found = exported(graded, "MoodleExport")
    assert found[:2] == [
        ["ID number", "First name", "Last name", "Email address", f"Assignment: {NAME} (Real)"],
        ["Kim-Park", "Kim", 'Park, "KP"', "kim@example.org", "5"],
    ]


def test_no_formula_goes_back(graded):
    rows = [
        ["Identifier", "Full name", "Email address", "Grade", "Feedback comments", "Online text"],
        ["Participant 1", '=HYPERLINK("x")', "kim@example.org", "", "- well done (mostly)", "-2+3"],
        ["Participant 2", "@handle", "+a@example.org", "", "", "-"],
    ]
    with open(graded / "worksheet.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    rows[1][1], rows[1][3], rows[1][5] = "'" + rows[1][1], "5", "'-2+3"
    words = ["--MoodleExport.worksheet=worksheet.csv", f'--assignment=["{NAME}"]']
    assert exported(graded, "MoodleExport", *words) == rows
    with Gradebook(f"sqlite:///{graded}/gradebook.db") as gradebook:
        gradebook.update_or_create_student("=1+1", last_name="@SUM(1)")
    for exporter in ("CanvasExport", "MoodleExport"):
        row = next(row for row in exported(graded, exporter) if "'=1+1" in row)
        assert "'@SUM(1)" in row and not any(text.startswith(("=", "@")) for text in row)


@pytest.mark.parametrize("words, says", [(["--CanvasExport.roster=roster.csv"], "has no column ID")])
def test_a_file_of_something_else_is_refused(graded, words, says):
    (graded / "roster.csv").write_text("Name,Points\nKim,3\n")
    done = run(graded, "nbgrader", "export", "--exporter=autograder.lms.CanvasExport", *words)
    assert done.returncode != 0 and says in done.stderr
