"""Similar work: copies are found whatever their disguise, and shown side by side without a verdict."""

import copy
import re
import time
from dataclasses import replace

import pytest

from autograder.similar import comparing, handed_in, showing_pairs
from testing import small_courses
from testing.browsing import violations
from testing.classroom import (
    ASSIGNMENTS,
    course_directory,
    hand_in,
    released,
    solutions,
    source,
    tasks,
    without_metadata,
)
from testing.commands import run
from testing.disguise import disguised
from testing.lookalikes import asked_for, copies, independent, notebook
from tests.many_seeds import try_solution

LEAST_MARGIN = 0.15
NAME = "02-stride-padding"
HOSTILE = '</pre></mark><script>alert(1)</script><img src="//evil.example/x">\x1b[31m\x07\u202e'
VERDICTS = re.compile(r"plagiari|cheat|guilty|suspect|dishonest|copied|misconduct", re.I)
PHONE = 360
STEPS = """    total = 0
    for each in range(x):
        if each % 3 == 2:
            total += each // 2
    return [total, x][x < 7]
"""
OTHER_STEPS = """    y = abs(x)
    while y > 10 and not y & 1:
        y >>= 1
    z = {"low": y, "high": y ** 2}
    return max(z.values())
"""


def compared(class_, given="", language="python"):
    """Pairs of a class, dict student -> dict task -> code, with what they share, in their order."""
    places = {task: handed_in.Place("p1", task, language) for work in class_.values() for task in work}
    works = [handed_in.Work(who, {places[task]: code for task, code in work.items()}) for who, work in class_.items()]
    found = handed_in.Class("ps", works, dict.fromkeys(places.values(), (given,)))
    return {
        (pair.one.student, pair.other.student): pair.share for pair in comparing.compare(found, len(works) ** 2).pairs
    }


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_all_copies_come_before_any_independent_pair(assignment):
    work = independent(assignment)
    class_ = {f"student-{number:02}": each for number, each in enumerate(work)}
    class_ |= {f"{who} again": each for who, each in zip(list(class_), copies(assignment, work))}
    texts = "\n".join(
        cell.source for cell in released(assignment).cells + source(assignment).cells if cell.cell_type == "code"
    )
    pairs = compared(class_, texts)
    copied = [share for (one, other), share in pairs.items() if other == f"{one} again"]
    others = [share for (one, other), share in pairs.items() if other != f"{one} again"]
    print(f"{assignment}: copies from {min(copied):.2f} on, others up to {max(others):.2f}")
    assert len(copied) == 30 and len(others) > 1000
    assert min(copied) > max(others) + LEAST_MARGIN


@pytest.mark.parametrize("task", [task for task in tasks(NAME)])
def test_a_disguised_solution_means_the_same(task):
    for seed, solution in enumerate(each for each in solutions(NAME, task) if each.right):
        code = disguised(solution.code, seed, asked_for(NAME, task))
        assert code.split() != solution.code.split()
        assert try_solution(NAME, task, replace(solution, code=code), seconds=0)[1] == []


def test_what_all_share_weighs_next_to_nothing():
    common = f"def f(x):\n{STEPS}"
    alone = compared({"kim": {"f": common}, "lee": {"f": common}})["kim", "lee"]
    class_ = {f"student-{number}": {"f": common} for number in range(20)}
    assert alone > 0.6 and max(compared(class_).values()) < alone / 10


def test_what_few_share_weighs_more_than_what_many_share():
    class_ = {
        f"student-{number}": {"f": f"def f(x):\n{STEPS}", "g": "def g(x):\n" + (OTHER_STEPS if number < 2 else "")}
        for number in range(20)
    }
    pairs = compared(class_)
    assert next(iter(pairs)) == ("student-0", "student-1")
    assert pairs["student-0", "student-1"] > 10 * pairs["student-3", "student-4"]


def test_what_was_given_weighs_nothing():
    code = f"def f(x):\n{STEPS}"
    assert compared({"kim": {"f": code}, "lee": {"f": code}}, given=f"import numpy\n{code}\nf(3)") == {}


def test_a_short_formula_gives_no_high_number():
    assert (
        compared({"kim": {"f": "def f(x):\n    return x ** 2 + 1"}, "lee": {"f": "def f(y): return y ** 3 + 2"}})[
            "kim", "lee"
        ]
        < 0.5
    )


@pytest.mark.parametrize(
    "language, text, other",
    [
        ("R", "f <- function(n) { s <- 0; for (i in 1:n) if (i %% 2 == 0) s <- s + i^2; return(s) }", "i|n|s"),
        ("bash", "for each in *.txt; do if [ -s $each ]; then wc -l < $each | sort -n | tail -3; fi; done", "each"),
        ("no such language", "one two three four five six seven eight nine ten eleven twelve", "zero"),
        (
            handed_in.PROSE,
            "Padding keeps the corners, which a window else reads once and the centre nine times.",
            "zero",
        ),
    ],
)
def test_other_languages_are_compared_too(language, text, other):
    again = re.sub(rf"\b(?:{other})\b", "other", text)
    assert compared({"kim": {"f": text}, "lee": {"f": again}}, language=language)["kim", "lee"] > 0.3


@pytest.mark.parametrize("part", ["\n ", "\r\n", "\f\n", "(", "'", '"""', "\\", "f'{", "#", "\0", "\ud800", "x = %("])
def test_no_cell_takes_long(part):
    started = time.process_time()
    code = part * 50_000
    compared({"kim": {"f": code}, "lee": {"f": f"{code} "}})
    assert time.process_time() - started < 2


def test_pieces_are_the_text_and_what_is_shared_is_marked():
    place = handed_in.Place("p1", "f", "python")
    kim, lee = (
        handed_in.Work(who, {place: f"{before}\n{STEPS}"}) for who, before in (("kim", "u = [1]"), ("lee", "import os"))
    )
    comparison = comparing.compare(handed_in.Class("ps", [kim, lee], {place: ()}), 9)
    pieces = comparison.pieces(kim, lee, place)
    assert "".join(text for text, _ in pieces) == kim.cells[place]
    marked = "".join(text for text, weight in pieces if weight)
    assert "each % 3 == 2" in marked and "u = [1]" not in marked
    assert not any(text[0] == " " or "\n" in text for text, weight in pieces if weight)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class of this course: a copy among independent work, and what is hardly a submission."""
    folder = course_directory(tmp_path_factory.mktemp("similar") / "course")
    work = independent(NAME, 5)
    for number, each in enumerate(work):
        hand_in(folder, f"student-{number}", NAME, notebook(NAME, each))
    [copied] = copies(NAME, work[3:4])
    hostile = {task: f"# {HOSTILE}\n{code}" for task, code in copied.items()}
    hand_in(folder, "<b>x\x1b[31m", NAME, without_metadata(notebook(NAME, hostile)), name="my work (1).ipynb")
    hand_in(folder, "student-8", NAME, "<html>")
    hand_in(folder, "student-9", NAME, notebook("03-pooling", {}))
    return folder


@pytest.fixture(scope="module")
def done(course):
    return run(course, "autograder", "similar", NAME, "--html", "pages/similar.html")


def test_the_command_shows_the_copy_first(done):
    assert done.returncode == 1 and done.stderr == ""  # since two are left out
    rows = [line for line in done.stdout.splitlines() if re.match(r" *\d+%", line)]
    assert "student-3" in rows[0] and "<b>x\\x1b[31m" in rows[0]
    assert int(rows[0].split("%")[0]) > int(rows[1].split("%")[0]) + 100 * LEAST_MARGIN
    assert "look at it" in done.stdout and "It is no verdict" in done.stdout and not VERDICTS.search(done.stdout)
    assert "\x1b" not in done.stdout


def test_what_is_no_notebook_is_skipped_with_a_sentence(done):
    assert f"{NAME}  student-8: not compared. {NAME}.ipynb is not valid JSON" in done.stdout
    assert "student-9: not compared. " in done.stdout and "is the notebook of 03-pooling" in done.stdout


def test_nothing_is_graded_or_left_behind(course, done):
    assert {path.name for path in course.iterdir()} == {
        "locale", "nbgrader_config.py", "pages", "rehearsals.json", "release-ko", "source", "submitted"
    }  # fmt: skip


def test_the_page_is_harmless_and_gives_no_verdict(course, done):
    text = (course / "pages" / "similar.html").read_text(encoding="utf-8")
    assert "<script" not in text and "<img" not in text and "<b>" not in text
    assert not set(text) & set("\x1b\x07\u202e") and "\\x1b[31m" in text
    assert "look at it" in text and "no verdict" in text and not VERDICTS.search(text)
    assert "student-8" in text and "is not valid JSON" in text


def test_the_page_in_a_browser(course, done, browser):
    page, asked = browser.new_page(viewport={"width": 1280, "height": 900}), []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.goto((course / "pages" / "similar.html").as_uri())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert [each["id"] for each in violations(page)] == []
    left, right = (page.locator(".sides").first.locator("figure").nth(side).bounding_box() for side in (0, 1))
    assert left["y"] == right["y"] and left["x"] + left["width"] <= right["x"]
    assert page.locator(".sides").first.locator("mark.few").count() > 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#pair-1")
    page.set_viewport_size({"width": PHONE, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert len(asked) == 1
    page.close()


def small(tmp_path, notebooks, works):
    """A small course with an assignment ps, in which students handed in what `works` says: student -> name -> code."""
    folder = small_courses.make_course(tmp_path / "course", {("ps", name): made for name, made in notebooks.items()})
    for student, work in works.items():
        for name, code in work.items():
            made = copy.deepcopy(small_courses.solved(notebooks[name]))
            made.cells[0].source = code
            small_courses.hand_in(folder, student, "ps", f"{name}.ipynb", made)
    return folder


def test_two_students_and_several_notebooks(tmp_path):
    notebooks = {name: small_courses.notebook("f", "g", written=["why"]) for name in ("p1", "p2")}
    code = {"p1": f"def f(x):\n{STEPS}", "p2": f"def f(x):\n{OTHER_STEPS}"}
    folder = small(tmp_path, notebooks, {"kim": code, "lee": {"p2": disguised(code["p2"], 1, "f")}})
    done = run(folder, "autograder", "similar", "ps")
    assert done.returncode == 0
    assert re.search(r"\d%  kim +lee +p2/f", done.stdout)


def test_one_submission_is_not_compared(tmp_path):
    folder = small(tmp_path, {"p1": small_courses.notebook("f")}, {"kim": {"p1": f"def f(x):\n{STEPS}"}})
    done = run(folder, "autograder", "similar", "ps")
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == "autograder: ps can't be compared: there must be two submissions at least, and only one can be read.\n"
    )


def test_an_unknown_assignment_is_named(tmp_path):
    folder = small(tmp_path, {"p1": small_courses.notebook("f")}, {})
    done = run(folder, "autograder", "similar", "p\x1b[31m")
    assert done.returncode == 2 and done.stderr.startswith("autograder: There is no assignment p\\x1b[31m in ")
    done = run(folder, "autograder", "similar", "ps")
    assert done.returncode == 2 and "none can be read" in done.stderr


def test_equal_work_without_anything_of_ones_own_is_no_pair(tmp_path):
    made = small_courses.notebook("f")
    answer = small_courses.solved(made).cells[0].source
    folder = small(tmp_path, {"p1": made}, {"kim": {"p1": answer}, "lee": {"p1": answer}})
    done = run(folder, "autograder", "similar", "ps", "--html", "similar.html")
    assert done.returncode == 0 and "No two submissions share anything that counts." in done.stdout
    assert "No two submissions share anything that counts." in (folder / "similar.html").read_text()


def test_a_share_is_a_percentage():
    assert showing_pairs.percent(0.876) == "88%"
