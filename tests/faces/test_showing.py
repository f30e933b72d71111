"""Nothing that comes from outside writes to the terminal but what it says, or becomes a formula."""

import csv
import io
import json
import re
from concurrent.futures.process import BrokenProcessPool

import pytest

from autograder import report, showing
from autograder.course import results
from testing.classroom import compose, course_directory, hand_in
from testing.commands import graded, run

NAME = "03-pooling"
ODD = {
    "a\x1b[31mb": "a\\x1b[31mb",
    "a\nb\r\nc\td": "a b  c d",
    "a\u202egnp.ipynb": "a\\u202egnp.ipynb",
    "a\u200bb\u2066c\ufeff": "a\\u200bb\\u2066c\\ufeff",
    "\x9b31m\x07\x7f\0": "\\x9b31m\\x07\\x7f\\x00",
    "a\u2028b\x85c\x0bd": "a\\u2028b\\x85c\\x0bd",
    "\udcff.ipynb": "\\udcff.ipynb",
    "김민준\u3000é ✓\xa0Zoë": "김민준 é ✓ Zoë",
    ":skull: [bold]": ":skull: [bold]",
}


@pytest.mark.parametrize("text, shown", ODD.items())
def test_a_line_is_one_line_of_what_can_be_seen(text, shown):
    assert showing.line(text) == shown and showing.lines(f"{text}\nx").endswith("\nx")


def test_a_long_line_is_cut():
    assert len(showing.line("x" * 10**7)) < 5000


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "=1",
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
        "-x(1)",
        "\tx",
    ],
)
def test_a_formula_is_marked(text):
    assert showing.cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-5", "+1.5", "-1e-07", "-", "--", "@handle", "+kim@example.org", "-3,5", "", "a=b", "5", "x@y"]
)
def test_what_no_spreadsheet_computes_stays(text):
    assert showing.cell(text) == text


@pytest.mark.parametrize(
    "error, words",
    [
        (MemoryError(), "there was not enough memory"),
        (RecursionError("maximum recursion depth exceeded"), "something is nested too deeply"),
        (BrokenProcessPool("A process in the process pool was terminated"), "the process was ended from outside"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (
            UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed"),
            "there are characters that no file can hold",
        ),
        (KeyError("x"), "the grader itself failed at 'x'"),
        (AssertionError(), "the grader itself failed"),
        (RuntimeError("Kernel died.\nMore"), "Kernel died"),
    ],
)
def test_a_fault_is_said_in_plain_words(error, words):
    assert showing.fault(error) == words


NAMES = ["=HYPERLINK(1)", "kim\nfine: graded", "a\x1b[2Jb", "r\u202etl", "@handle", ":skull:"]


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A class of odd names, of which each handed in a file of the same name: course directory, finished process."""
    course = course_directory(tmp_path_factory.mktemp("odd"))
    for name in NAMES:
        hand_in(course, name, NAME, "{", name=f"{name}.ipynb")
    notebook = compose(NAME, {})
    notebook.metadata["kernelspec"] = {"name": "k\x1b[31m\n03-pooling  kim: graded", "display_name": "x"}
    hand_in(course, "kernel", NAME, notebook)
    done, submissions = graded(course, "grade", NAME)
    assert len(submissions) == len(NAMES) + 1
    return course, done


def test_no_name_writes_to_the_terminal_or_forges_a_line(odd):
    course, done = odd
    again = run(course, "autograder", "report")
    for text in (done.stdout, done.stderr, again.stdout):
        assert re.sub(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u202e]", "", text).strip() == ""
        assert "a\\x1b[2Jb" in text or text == ""
    assert ":skull:" in again.stdout
    assert not re.search(r"(?m)^(fine|03-pooling  kim): graded", done.stdout + again.stdout)


def test_pages_and_tables_are_safe(odd):
    course, _ = odd
    assert run(course, "autograder", "report", "--html", "r.html", "--csv", "r.csv").returncode == 0
    page = (course / "r.html").read_text()
    assert "\x1b" not in page and "\u202e" not in page and "r\\u202etl" in page
    rows = list(csv.reader(io.StringIO((course / "r.csv").read_text())))
    assert {row[1] for row in rows[1:]} >= {"'=HYPERLINK(1)", "@handle", "kim fine: graded"}
    assert not [text for row in rows for text in row if text.startswith(("=", "+", "\t", "\r"))]


def test_what_no_file_can_hold_stops_no_report(tmp_path):
    odd = results.Submission("kim\udcff", NAME, "missing", "=1\udcff", points=-0.5)
    text = results.as_json([odd]).encode(errors="backslashreplace").decode()
    assert json.loads(text)["submissions"][0]["student"] == "kim\udcff"
    row = report.csv_text([odd]).splitlines()[1]
    assert row == f"{NAME},kim\\udcff,missing,-0.5,0,'=1\\udcff,0,0"
    assert "kim\\udcff" in report.html_page([odd], "x")
