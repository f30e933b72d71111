"""What a failed test knows, as data: one key for one misconception, whatever the numbers, and whoever says it."""

import json
import sqlite3
from dataclasses import replace

import nbformat
import pytest

from autograder.course import findings, results, tasks
from autograder.course.findings import Finding

SAME = [
    ["f(n=7) should be 5, and you returned 4.", "f(n=224, stride=(2, 3)) should be 112, and you returned -3.5e-07."],
    ["g(x) should be [1, 2], and it is [[0.5, nan], [1, 2]].", "g(x) should be 3.0 (float), and it is True (bool)."],
    ["name 'cnt' is not defined", "name 'resultt' is not defined"],
    [
        "Look again. (seed 41: CHECK_SEED=41 replays this)",
        "Look again. (seed 7: CHECK_SEED=7 replays this)",
        "Look again",
    ],
    ["Not equal to tolerance rtol=1e-07\n x: array([1,\n 2])", "Not equal to tolerance rtol=0.1\n x: array([3])"],
    ["<f.<locals>.g at 0x7f00> is no list", "<f.<locals>.g at 0x7fab> is no list"],
]
OTHER = [
    "The first place counts.",
    "The padding counts twice.",
    "It isn't what the student's conv2d gives.",
    "It isn't what the student's conv3d gives.",
    "t['C1'] is wrong.",
    "t['S2'] is wrong.",
]


@pytest.mark.parametrize("texts", SAME)
def test_numbers_values_names_and_seeds_are_not_in_a_key(texts):
    assert len({findings.of_error("AssertionError", text).key for text in texts}) == 1


def test_other_sentences_have_other_keys():
    assert len({findings.normal(text) for text in OTHER}) == len(OTHER)


@pytest.mark.parametrize(
    "text", ["", " ", "((((", "[" * 5000, "'" * 5001, "(" * 3000 + ")" * 3000, "1" * 10_000, "\x1b[31m"]
)
def test_whatever_is_said_has_a_key(text):
    for found in (findings.of_error("E", text), findings.of_error("AssertionError", text), findings.of_text(text)):
        assert 0 < len(found.key) <= findings.MOST_OF_A_KEY


KINDS = [
    ("CheckFailed", "f(3) should be 2, and you returned 4.\nAdd 1.", True, findings.MISCONCEPTION, "Add …"),
    ("Raised", "f(3) should be 2, and it raised TypeError: no 5 (line 3 of its cell: g(x)).\nMake this call.", True,
     findings.ERROR_RAISED, "TypeError: no …"),
    ("Raised", "f(3) raised NoAnswer: A value can't be brought.\nMake this call.", True,
     findings.REFUSED, "NoAnswer: A value can't be brought"),
    ("Unexplained", "f(3) should be 2, and you returned 4.\nLook at section 2.", True,
     findings.WRONG_ANSWER, "f(…) should be …, and you returned …. Look at section …"),
    ("NotWritten", "f is not written yet.\nReplace the line.", True,
     findings.NOT_WRITTEN, "f is not written yet. Replace the line"),
    ("TooSlow", "The check of f was stopped.", True, findings.TOO_SLOW, "The check of f was stopped"),
    ("AssertionError", "wrong for 3", False, findings.MISCONCEPTION, "wrong for …"),
    ("AssertionError", "", False, findings.WRONG_ANSWER, "AssertionError"),
    ("NameError", "name 'f' is not defined", False, findings.ERROR_RAISED, "NameError: name … is not defined"),
    ("NotImplementedError", "", False, findings.NOT_WRITTEN, "NotImplementedError"),
    ("CellTimeoutError", "It used more than 20 s.", True, findings.TOO_SLOW, "It used more than … s"),
    ("NotRun", "The kernel died in f-test.", True, findings.REFUSED, "The kernel died in f-test"),
]  # fmt: skip


@pytest.mark.parametrize("name, text, in_its_own_words, kind, key", KINDS)
def test_kind_and_key_come_from_the_exception(name, text, in_its_own_words, kind, key):
    found = findings.of_error(name, text, in_its_own_words)
    assert (found.kind, found.key) == (kind, key)


def cell(name, *outputs, source="", points=2):
    made = nbformat.v4.new_code_cell(source)
    marks = {"grade": True, "solution": False, "locked": True, "grade_id": name, "points": points, "schema_version": 3}
    made.metadata["nbgrader"] = {**marks, "cell_type": "code"}
    made.outputs = list(outputs)
    return made


def error(name, text, trace=None):
    return nbformat.v4.new_output("error", ename=name, evalue=text, traceback=[text if trace is None else trace])


def printed(text, points):
    return [
        nbformat.v4.new_output("stream", name="stdout", text=text),
        nbformat.v4.new_output("execute_result", data={"text/plain": str(points)}, execution_count=1),
    ]


def found_in(*cells):
    return tasks.findings_in("n", nbformat.v4.new_notebook(cells=list(cells)), "BEGIN HIDDEN TESTS")


def test_a_check_and_a_hidden_test_that_say_the_same_are_one_finding():
    found = found_in(
        cell("f-check", error("CheckFailed", "f(7) should be 5, and you returned 4.\nThe first place counts.")),
        cell(
            "f-hidden",
            error("CheckFailed", "f(9) should be 7, and you returned 6.\nThe first place counts. (seed 41: …)"),
            source="### BEGIN HIDDEN TESTS",
        ),
    )
    assert [each.test for [each] in found.values()] == ["check", "hidden"]
    [one] = findings.together(each for some in found.values() for each in some)
    assert (one.test, one.cells, one.seed) == ("check and hidden", ["f-check", "f-hidden"], 41)
    assert one.sentence == "The first place counts." and one.message.startswith("f(7)")


def test_a_part_of_the_points_says_why_the_rest_is_lost():
    said = "printed by the student: f: passed\nf(0) should raise ValueError, and you returned 0.\nNo 0. (seed 3: …)\n"
    found = found_in(cell("f-check", *printed(f"{said}All cases before this one are right: 1.5 of 2 points.\n", 1.5)))
    [[one]] = found.values()
    assert (one.key, one.sentence, one.seed) == ("No …", "No 0.", 3)
    printed_much = "x" * 10_000 + f"\n{said}All cases before this one are right: 1 of 2 points.\n"
    long = found_in(cell("f-check", *printed(printed_much, 1)))
    assert [each.key for [each] in long.values()] == ["No …"]


def test_what_was_stopped_is_too_slow_and_not_unwritten():
    solution = cell("f", error("CellTimeoutError", "The cell used more than 20 s and was stopped."))
    solution.metadata["nbgrader"].update(grade=False, solution=True)
    test = cell("f-check", error("NotWritten", "f is not defined yet.\nWrite it in its cell."))
    [[one]] = found_in(solution, test).values()
    assert (one.kind, one.sentence) == ("too slow", "The cell used more than 20 s and was stopped.")
    solution.outputs = []
    assert [each.kind for [each] in found_in(solution, test).values()] == ["not written yet"]


def in_english(text):
    return nbformat.v4.new_output("display_data", data={findings.ORIGINAL: text})


def test_what_is_said_in_another_language_has_the_key_of_the_source():
    english = "f(7) should be 5, and you returned 4.\nThe first place counts. (seed 41: CHECK_SEED=41 replays this)"
    korean = "f(7)은 5여야 하는데 4를 돌려주었습니다.\n첫 자리도 셉니다. (seed 41: CHECK_SEED=41로 다시)"
    [[own], [other]] = found_in(
        cell("f-check", error("CheckFailed", english)),
        cell("g-check", in_english(english), error("CheckFailed", korean)),
    ).values()
    assert (other.key, other.kind, other.seed) == (own.key, own.kind, own.seed)
    assert (other.sentence, other.message) == ("첫 자리도 셉니다.", korean)


def test_a_lost_part_has_the_key_of_the_source_too():
    english = "f(0) should raise ValueError, and you returned 0.\nNo 0.\nAll cases before it are right: 1 of 2 points."
    korean = "f(0)은 ValueError를 내야 하는데 0을 돌려주었습니다.\n0은 안 됩니다.\n이 앞은 모두 맞았습니다: 2점 중 1점."
    [[own], [other]] = found_in(
        cell("f-check", *printed(english, 1)),
        cell("g-check", in_english(english), *printed(f"안녕\n{korean}\n", 1)),
    ).values()
    assert (own.key, own.sentence) == ("No …", "No 0.")
    assert (other.key, other.sentence) == ("No …", "0은 안 됩니다.")


def test_a_failed_test_without_points_finds_something():
    assert list(found_in(cell("f-check", error("AssertionError", "no"), points=0))) == [("n", "f-check")]


def test_what_is_passed_finds_nothing():
    assert found_in(cell("f-check", *printed("f(0) should be 3.\nNo.", 2)), cell("g-check")) == {}


def test_old_records_are_read_and_new_ones_keep_findings(tmp_path):
    found = Finding("key", findings.MISCONCEPTION, "It is so.", "f is wrong.\nIt is so.", "hidden", ["f-hidden"], 41)
    task = results.Task("f", 0.0, 2.0, ["f is wrong.\nIt is so."], findings=[found])
    new = results.Submission("kim", "ps1", "graded", "x.", tasks=[task])
    results.save(tmp_path, new)
    results.save(tmp_path, replace(new, student="lee"))
    with sqlite3.connect(tmp_path / results.RECORD) as record:
        [row] = record.execute("SELECT content FROM submissions WHERE student = 'lee'").fetchone()
        old = json.loads(row)
        del old["tasks"][0]["findings"]
        record.execute("UPDATE submissions SET content = ? WHERE student = 'lee'", [json.dumps(old)])
    read = results.load(tmp_path)
    assert read["kim", "ps1"] == new
    assert read["lee", "ps1"].tasks == [replace(task, findings=[])]
    assert json.loads(results.as_json([new]))["submissions"][0]["tasks"][0]["findings"][0]["seed"] == 41
