"""The class report: who needs help, how tasks do, what was misunderstood; and the page that shows it."""

import csv
import html
import io
import os
import re
from dataclasses import replace

import pytest

from autograder import report
from autograder.course import findings
from autograder.course.results import Submission, Task
from autograder.report import misunderstood, statistics
from autograder.report.places import sections_of
from testing.browsing import chromium_path, running, violations
from testing.classroom import ASSIGNMENTS, solutions, source
from testing.simulated import record, record_all, simulated, surprises

QUICK = [
    ("02-stride-padding", "zero_pad"),
    ("02-stride-padding", "conv_param_count"),
    ("02-stride-padding", "receptive_field"),
    ("05-mnist-cnn", "add_channel"),
    ("03-pooling", "pool_output_shape"),
]
SEEDS, OF_ALL = 2, 4
SAID_IN_TWO_WAYS = 0.05  # of the wrong solutions, with other inputs: the check itself names another fault then


def finding(sentence, kind=findings.MISCONCEPTION, message="", **more):
    return findings.Finding(findings.normal(sentence), kind, sentence, message or f"f is wrong.\n{sentence}", **more)


def submission(student, *points, assignment="hw", status="graded", most=2.0, **more):
    found = [
        Task(f"t{place}", *(each if isinstance(each, tuple) else (each,)), max_points=most, notebook="p")
        if not isinstance(each, Task)
        else each
        for place, each in enumerate(points)
    ]
    total = sum(task.points or 0 for task in found)
    maximum = sum(task.max_points for task in found)
    return Submission(student, assignment, status, "x.", tasks=found, points=total, max_points=maximum, **more)


def task(points, *found, name="t0", most=2.0, **more):
    return Task(name, points, most, [each.message for each in found], notebook="p", findings=list(found), **more)


@pytest.fixture(scope="module")
def recorded():
    return {job: record(*job, SEEDS) for job in QUICK}


@pytest.fixture(scope="module")
def made(recorded):
    return simulated(recorded, 30)


def unstable(recorded):
    """The wrong solutions that do not get the same keys with all seeds."""
    keys = {
        (job, title): {frozenset((each.kind, each.key) for each in one.findings) for one in runs}
        for job, wrong in recorded.items()
        for title, runs in wrong.items()
    }
    assert all(each and frozenset() not in each for each in keys.values())
    return [name for name, each in keys.items() if len(each) > 1]


def confused(recorded):
    """Pairs of wrong solutions that are told different things, and have the same keys all the same."""
    found = []
    for (assignment, name), wrong in recorded.items():
        seen = {}
        for solution in solutions(assignment, name):
            if solution.title not in wrong:
                continue
            said = {findings.REPLAY.sub("", each.message) for each in wrong[solution.title][0].findings}
            keys = frozenset((each.kind, each.key) for each in wrong[solution.title][0].findings)
            lines = frozenset(text.splitlines()[-1] for text in said)
            other = seen.setdefault(keys, (solution.title, lines))
            if other[1] != lines and not all(kind == findings.WRONG_ANSWER for kind, _ in keys):
                found.append((name, other[0], solution.title))
    return found


def test_a_wrong_solution_has_one_key_and_another_one_has_another(recorded):
    assert unstable(recorded) == [] and confused(recorded) == []


def test_the_report_names_first_what_was_planted_most(recorded):
    submissions, planted = simulated(recorded)
    assert all(sum(counts.values()) for counts in planted.values())
    assert list(surprises(recorded, submissions, planted)) == []


@pytest.mark.slow
def test_all_solutions_have_their_keys_and_the_report_finds_what_was_planted():
    recorded = record_all(ASSIGNMENTS, OF_ALL)
    number = sum(map(len, recorded.values()))
    assert len(unstable(recorded)) <= SAID_IN_TWO_WAYS * number, unstable(recorded)
    assert len(confused(recorded)) <= 2, confused(recorded)  # logarithms to the base 2 and 10
    assert list(surprises(recorded, *simulated(recorded))) == []


def test_findings_are_counted_by_student_and_the_most_frequent_comes_first():
    one, other = finding("Add 1 to it."), finding("Divide by 3.")
    members = [("a", task(0, one)), ("b", task(1, other)), ("c", task(0, replace(one, seed=41))), ("d", task(2, other))]
    found = misunderstood.shared(members)
    assert [(each.first.key, each.students) for each in found] == [(one.key, ["a", "c"]), (other.key, ["b"])]


def test_what_a_test_explains_another_need_not():
    unexplained, named = finding("Look again.", findings.WRONG_ANSWER), finding("Add 1.")
    assert misunderstood.findings_of(task(0, unexplained, named)) == [named]
    assert misunderstood.findings_of(task(0, unexplained)) == [unexplained]


def test_two_tests_that_say_it_in_their_own_words_are_one_row():
    check, hidden = (
        finding("With dilation 2 the window is 5 long."),
        finding("Dilation makes it longer.", test="hidden"),
    )
    [row] = misunderstood.shared([("a", task(0, check, hidden)), ("b", task(0, check, hidden))])
    assert row.students == ["a", "b"] and row.sentences == [check.sentence, hidden.sentence]


def test_a_record_without_findings_falls_back_on_messages():
    old = Task("t0", 0.0, 2.0, ["f(3) should be 2, and you returned 4.\nAdd 1. (seed 41: …)"], notebook="p")
    [found] = misunderstood.findings_of(old)
    assert (found.key, found.sentence, found.seed) == ("Add …", "Add 1.", 41)
    assert "Add 1." in report.html_page([submission("kim", old)], "x")


def test_how_hard_a_task_is_rests_on_those_who_handed_in():
    members = [submission(f"s{n}", 2.0 * (n >= 6), 2.0 * n / 12) for n in range(12)]
    members += [submission("gone", 0, 0, status="missing"), submission("odd", 0, 0, status="not-a-notebook")]
    hard = statistics.difficulty(members, 0)
    assert (hard.reached, hard.answers, hard.full, hard.rests_on) == (0.5, 12, 6, 12)
    assert hard.correlation == pytest.approx(0.8696, abs=1e-3) and not hard.doubt
    assert statistics.difficulty(members[:9], 0).correlation is None, "too few"


def test_a_task_that_strong_students_fail_or_nobody_passes_is_doubted():
    reversed_ = [submission(f"s{n}", 2.0 * (n < 10), 2.0 * n / 20) for n in range(20)]
    assert "Strong students" in statistics.difficulty(reversed_, 0).doubt
    assert "Nearly everybody" in statistics.difficulty([submission(f"s{n}", 1, 2.0) for n in range(20)], 0).doubt
    by_hand = [submission(f"s{n}", task(0, by_hand=True), 2.0) for n in range(20)]
    assert not statistics.difficulty(by_hand, 0).doubt
    assert not statistics.difficulty([submission(f"s{n}", 1, 2.0) for n in range(9)], 0).doubt, "too few"


def test_who_needs_help_is_named_with_the_reason():
    again = finding("A size is at least 1.")
    of_three = [
        submission("gone", 0, status="missing"),
        submission("gone", 0, status="missing", assignment="hw2"),
        submission("falls", 2, 2),
        submission("falls", 0, 0, assignment="hw2"),
        submission("stuck", task(1.8, again), task(2, name="t1")),
        submission("stuck", task(2), task(1.8, again, name="t1"), assignment="hw2"),
        submission("fine", 2, 2),
        submission("fine", 2, 2, assignment="hw2"),
    ]
    found = statistics.who_needs_help(of_three)
    assert found.nothing == [("gone", "everything")]
    assert found.falling == [("falls", "from 100% to 0%")]
    assert found.stuck == [("stuck", "A size is at least 1. hw t0 and hw2 t1.")]


def test_nobody_falls_who_falls_with_the_class():
    members = [submission(f"s{n}", 2) for n in range(5)] + [submission(f"s{n}", 1, assignment="hw2") for n in range(5)]
    assert statistics.who_needs_help(members).falling == []


def test_the_page_holds_all_and_every_link_leads_somewhere(made):
    submissions, _ = made
    page = report.html_page(submissions, "Class report")
    ids = re.findall(r'\sid="?([\w-]+)', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([\w-]+)"', page)) <= set(ids)
    assert not re.search(r"(?:src|href)=.?https?:|@import|url\(", page)
    assert len(page.encode()) < 2_000_000
    for each in submissions:
        assert each.student in page
    for name in (task.id for each in submissions for task in each.tasks):
        assert name in page


def test_missing_is_no_zero():
    page = report.html_page([submission("kim", 0, 0, status="missing"), submission("lee", 0, 2)], "x")
    [row] = re.findall(r'<tr id="a0r0">.*?</tr>', page)
    assert "s0" not in row and row.count('<td class="gone">–</td>') == 2 and "missing" in row
    [row] = re.findall(r'<tr id="a0r1">.*?</tr>', page)
    assert row.count('class="s0"') == 1


def test_who_gained_and_who_lost_is_said():
    page = report.html_page([submission("kim", 2, points_before=1.0), submission("lee", 1, points_before=2.0)], "x")
    text = html.unescape(re.sub(r"<[^>]*>", "", page))
    assert re.search(r"Gained points: 1\s+kim hw: 1 → 2", text) and re.search(r"Lost points: 1\s+lee hw: 2 → 1", text)
    assert "▲1" in text and "▼1" in text


HOSTILE = "<script>document.title = 'x'</script>"


def test_nothing_from_outside_becomes_markup():
    found = finding(HOSTILE, message=f"{HOSTILE}\n</script>{HOSTILE}\x1b[2J\u202e")
    odd = submission(HOSTILE, task(0, found, name=f'"{HOSTILE}'), assignment=f"'{HOSTILE}", points_before=1.0)
    page = report.html_page([odd, replace(odd, student="b", noticed=[HOSTILE], unenforced=HOSTILE)], HOSTILE)
    assert "<script>document" not in page and "\x1b" not in page and "\u202e" not in page
    assert html.escape("<script>document") in page


def test_a_row_for_each_finding():
    found = finding("=1+1", message="@SUM(1)", test="hidden", cells=["t0-hidden"], seed=41)
    rows = list(
        csv.DictReader(io.StringIO(report.findings_csv([submission("=kim", task(0.5, found), task(2, found))])))
    )
    assert rows == [
        {
            "assignment": "hw", "notebook": "p", "task": "t0", "student": "'=kim", "points": "0.5", "max_points": "2",
            "kind": "misconception", "key": "'=…", "sentence": "'=1+1", "test": "hidden", "cells": "t0-hidden",
            "seed": "41", "message": "'@SUM(1)",
        }
    ]  # fmt: skip


def test_a_task_stands_under_the_last_heading_before_it():
    found = sections_of(source("02-stride-padding"))
    assert found["zero_pad"] and not any("#" in title for title in found.values())


@pytest.fixture(scope="module")
def browser():
    if chromium_path() is None:
        pytest.skip("there is no Chromium (Debian: apt install chromium)")
    with running({**os.environ}) as chromium:
        yield chromium


@pytest.fixture
def page(browser, made, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(report.html_page(made[0], "Class report"), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.set_default_timeout(10_000)
    errors = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("request", lambda request: request.url.startswith("file:") or errors.append(request.url))
    tab.goto(path.as_uri())
    yield tab
    assert errors == []
    tab.close()


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 1280), ("light", 360)])
def test_axe_finds_nothing(page, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for step in ("page", "dialog"):
        found = violations(page)
        assert [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found] == [], step
        if step == "page":
            page.locator("table.points td a").first.click()
            page.locator("#cell[open]").wait_for()


def names(page, selector):
    return page.evaluate(
        "selector => [...document.querySelectorAll(selector)].filter(row => !row.hidden)"
        ".map(row => row.cells[0].textContent)",
        selector,
    )


def test_rows_are_sorted_searched_and_filtered(page, made):
    submissions, _ = made
    totals = {}
    for each in submissions:
        if each.status not in ("missing", "not-graded") or each.points:
            totals[each.student] = totals.get(each.student, 0) + each.points
    page.get_by_role("button", name="Total").click()
    shown = [totals[name] for name in names(page, "#matrix tbody tr") if name in totals]
    assert shown == sorted(totals.values())
    page.get_by_role("button", name="Total").click()
    assert [totals[name] for name in names(page, "#matrix tbody tr") if name in totals] == shown[::-1]
    page.get_by_label("Student", exact=True).fill("-01")
    assert len(names(page, "#matrix tbody tr")) == 10 and page.locator("#shown").inner_text() == "10 of 30 students"
    page.get_by_label("Student", exact=True).fill("")
    page.get_by_label("Status").select_option("missing")
    missing = {each.student for each in submissions if each.status == "missing"}
    assert set(names(page, "#matrix tbody tr")) == missing != set()
    page.get_by_label("Status").select_option("")
    page.get_by_label("Lost points in").select_option(label="zero_pad")
    lost = {
        each.student
        for each in submissions
        for own in each.tasks
        if own.id == "zero_pad" and own.points < own.max_points and each.status in ("graded", "repaired", "timed-out")
    }
    assert set(names(page, "#matrix tbody tr")) == lost != set()


def test_a_cell_leads_to_its_message_and_from_there_to_the_misconception(page, made):
    submissions, _ = made
    one = next(each for each in submissions for own in each.tasks if own.id == "zero_pad" and own.findings)
    said = next(own.findings[0].message for own in one.tasks if own.id == "zero_pad")
    number = sorted({each.assignment for each in submissions}).index(one.assignment)
    row = page.locator(f"table.points[data-notebook='{number}'] tbody tr").filter(has_text=one.student)
    column = [own.id for own in one.tasks].index("zero_pad") - len(one.tasks)
    row.locator("td").nth(column).locator("a").focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#cell[open]")
    assert one.student in dialog.inner_text() and said.splitlines()[0][:30] in dialog.inner_text()
    dialog.get_by_text("How many have this").click()
    assert page.evaluate("document.querySelector(location.hash).getBoundingClientRect().top") < 900
    assert page.locator("#cell[open]").count() == 0


def test_arrow_keys_go_from_cell_to_cell(page):
    first = page.locator("#matrix tbody a").first
    first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") > first.evaluate(
        "it => it.closest('tr').rowIndex"
    )


def test_without_scripts_all_is_there(browser, made, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(report.html_page(made[0], "Class report"), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(path.as_uri())
    assert tab.locator(".tools").is_hidden() and tab.locator("#matrix tbody tr").count() == 30
    tab.locator("table.points td a").first.click()
    assert re.search(r"#a\d+t\d+f\d+$", tab.url)
    context.close()
