"""The pages in another language: nothing is left in English, and English pages know nothing of it."""

import re
import sys
from pathlib import Path

import nbformat
import pytest
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

import autograder
from autograder import language, pages, report
from autograder.course import findings, results
from autograder.course.findings import Finding
from autograder.course.results import Submission, Task
from autograder.feedback import FeedbackExporter, exporter
from autograder.feedback.page import Marks
from autograder.similar import comparing, handed_in, showing_pairs
from testing.browsing import violations
from testing.classroom import ROOT
from testing.small_courses import hand_in, make_course, notebook, put, solved
from testing.without_kernels import command

__all__ = ["command"]

PACKAGE = Path(autograder.__file__).parent
KOREAN = PACKAGE / "locale" / "ko" / "LC_MESSAGES" / "autograder.po"
TEMPLATES = sorted((PACKAGE / "templates").glob("*.html"))
PLACE = re.compile(r"%\(\w+\)s|%%|<[^>]+>")
SAID_BY_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
WORD = re.compile(r"[A-Za-z]{2,}")


def entries(path):
    with path.open("rb") as file:
        return {each.id: each for each in read_po(file) if each.id}


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """All messages of the package, by what pybabel finds."""
    found = tmp_path_factory.mktemp("messages") / "autograder.pot"
    words = ["extract", "-F", f"{ROOT}/packages/autograder/pyproject.toml", "-o", str(found), str(PACKAGE)]
    CommandLineInterface().run(["pybabel", "-q", *words])
    return entries(found)


def test_every_message_is_translated(said):
    korean = entries(KOREAN)
    assert len(said) > 100 and korean.keys() == said.keys()
    for message, each in korean.items():
        assert not each.fuzzy and all(each.string), message
        for own in each.string if each.pluralizable else [each.string]:
            original = message[-1] if each.pluralizable else message
            assert sorted(PLACE.findall(own)) == sorted(PLACE.findall(original)), message


def test_words_that_are_looked_up_later_are_messages(said):
    assert {*results.STATUSES, *findings.KINDS, findings.CHECK, findings.HIDDEN, findings.BOTH} <= said.keys()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_has_words_of_its_own(template):
    text = re.sub(r"{%-? trans\b.*?{%-? endtrans -?%}", "", template.read_text(encoding="utf-8"), flags=re.S)
    strings = re.findall(r"(?<!_\()\"([A-Z][^\"{}]* [^\"{}]*)\"(?=[^{}]*[%}]})", text)
    soup = BeautifulSoup(re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S), "html.parser")
    for tag in soup("style"):
        tag.decompose()
    assert strings + words_in(soup) == []


def words_in(soup):
    """The English words that a reader of a page meets, seen or heard."""
    texts = [*soup.stripped_strings]
    texts += [tag[name] for tag in soup.find_all(True) for name in SAID_BY_ATTRIBUTES if tag.get(name)]
    return [text for text in texts if WORD.search(text)]


def found(sentence, kind=findings.MISCONCEPTION, test=findings.CHECK):
    return Finding(sentence, kind, sentence, f"틀렸습니다.\n{sentence}", test)


def of_class():
    """A class in which everything happens that the report can tell, and whose own words are Korean."""
    made = []
    for number in range(24):
        student = f"학생 {number}"
        shown = [
            found(f"이유 {number % 7}.", kind, test)
            for kind, test in zip(findings.KINDS, (findings.CHECK, findings.HIDDEN, findings.BOTH) * 2)
        ][number % 6 :][:1]
        tasks = [
            Task("가", 2.0 * (number < 11), 2.0, [], notebook="공", findings=[] if number < 11 else shown),
            Task("나", 2.0 * number / 24, 2.0, [], notebook="공", findings=[found("같은 이유.")]),
            Task("다", 0.0, 2.0, [], notebook="공", findings=[found("같은 이유.")]),
            Task("라", None, 1.0, [], by_hand=True, notebook="공"),
        ]
        for assignment in ("과제 1", "과제 2"):
            fallen = [Task(each.id, 0.0 if number == 23 else each.points, each.max_points) for each in tasks]
            made.append(
                Submission(
                    student, assignment, "graded", "It is so.", points=3.0, max_points=7.0,
                    points_before=2.0 + number % 3, tasks=tasks if assignment == "과제 1" else fallen,
                    seconds_late=(0, 40, 400, 4000, 400_000)[number % 5], late_penalty=number % 2,
                    noticed=["Look at it."] * (number < 2), unenforced="It was not confined.",
                )
            )  # fmt: skip
    for number, status in enumerate(results.STATUSES):
        tasks = [Task(name, 0.0, most, notebook="공") for name, most in zip("가나다라", (2.0, 2.0, 2.0, 1.0))]
        for assignment in ("과제 1", "과제 2"):
            made.append(Submission(f"다른 {number}", assignment, status, "It is so.", tasks=tasks, max_points=7.0))
    return made


@pytest.fixture(scope="module")
def korean_report():
    with language.speaking("ko"):
        return report.html_page(of_class(), "보고서")


def test_the_report_leaves_nothing_in_english(korean_report):
    soup = BeautifulSoup(korean_report, "html.parser")
    reasons = soup.find_all("span", lang="en")
    assert {each.get_text() for each in reasons} == {"It is so.", "Look at it.", "It was not confined."}
    for tag in soup(["style", "script"]) + reasons:
        tag.decompose()
    assert words_in(soup) == []
    assert soup.html["lang"] == "ko" and "학급: 학생 32명" in soup.get_text()
    for said in (
        "점이연", "과제에 문제가", "도움이 필요한", "하락", "전부", "점수가 오른", "점수가 내린", "더 보기",
        "−1", "5일", "1시간", "7분", "40초", "직접 확인", "비정상 종료",
    ):  # fmt: skip
        assert said in korean_report, said


def of_similar_work(pairs):
    """The page of two who wrote the same."""
    place = handed_in.Place("공", "가", handed_in.PROSE)
    text = "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 열하나 열둘 열셋 열넷 열다섯"
    works = [handed_in.Work(student, {place: text}) for student in ("김", "이")]
    class_ = handed_in.Class("과제", works, {place: ()}, {"박": "It is empty."})
    with language.speaking("ko"):
        return showing_pairs.html_page(class_, comparing.compare(class_, pairs))


@pytest.mark.parametrize("pairs", [1, 0])
def test_similar_work_leaves_nothing_in_english(pairs):
    page = of_similar_work(pairs)
    soup = BeautifulSoup(page, "html.parser")
    soup.style.decompose()
    soup.find("span", lang="en").decompose()
    assert words_in(soup) == [] and soup.html["lang"] == "ko"
    assert ("제출물이 없습니다" in page) == (not pairs)


def marks(name, **more):
    return {"nbgrader": {"grade_id": name, "schema_version": 3, "locked": False, "task": False, **more}}


def graded(lang="ko"):
    """A graded notebook with a task in each state that a page can tell of."""
    cells = [new_markdown_cell("# 합\n\n## 1. 더하기"), new_markdown_cell("![](http://a.b/c.png)")]
    hidden = "### BEGIN HIDDEN TESTS\n1 / 0\n### END HIDDEN TESTS"
    for name, test, words in (
        ("가", "0 == 1", "2절을 보세요."),
        ("나", hidden, "숨은 이유."),
        ("cell-0123456789abcdef", "0", ""),
        ("마", "0 == 2", ""),
    ):
        cells.append(new_code_cell("0", metadata=marks(name, solution=True, grade=False)))
        checked = new_code_cell(test, metadata=marks(f"{name}-t", solution=False, grade=True, points=2))
        trace = ["", f"----> 1 {test}"] if name == "마" else [words]
        if words or name == "마":
            checked.outputs = [new_output("error", ename="AssertionError", evalue=words, traceback=trace)]
        cells.append(checked)
    for name, kind in (("바", "solution"), ("사", "task")):
        about = marks(name, grade=kind == "solution", points=1)
        about["nbgrader"] |= {"solution": kind == "solution", "task": kind == "task"}
        cells.append(new_markdown_cell("답", metadata=about))
    cells.append(new_markdown_cell("## 2. 곱하기"))
    cells.append(new_code_cell("0", outputs=[new_output("stream", text="가" * 30_000 + "\n")]))
    cells.append(new_code_cell("0", metadata={"jupyter": {"source_hidden": True}}))
    return nbformat.v4.new_notebook(cells=cells, metadata={"lang": lang})


def feedback_page(monkeypatch, made):
    """The page of a notebook, with marks that need no gradebook."""
    points = {"가-t": 0.0, "나-t": 0.0, "cell-0123456789abcdef-t": 0.0, "마-t": 1.0, "바": None, "사": 1.0, "없음": 0.0}
    given = Marks(points, dict.fromkeys(points, 2.0), {"바": "좋습니다."}, 0.5)
    monkeypatch.setattr(exporter, "_marks", lambda whose: given)
    whose = {"student": "김", "assignment": "과제", "notebook": "공"}
    return FeedbackExporter(default_preprocessors=[]).from_notebook_node(made, {"nbgrader": whose})[0]


def test_feedback_leaves_nothing_in_english(monkeypatch):
    page = feedback_page(monkeypatch, graded())
    soup = BeautifulSoup(page, "html.parser")
    for tag in soup(["style", "pre", "code"]):
        tag.decompose()
    assert words_in(soup) == []
    assert soup.html["lang"] == "ko" and "lang" not in soup.find(id="notebook").attrs
    assert [each.a.get_text() for each in soup.select(".again")][:2] == ["2. 곱하기", "1. 더하기"]
    for said in (
        "뺀 점수", "아직 채점되지", "채점 전, 배점", "숨은 테스트:", "다음 줄에서", "모두 보기", "이 셀이",
        "결과가 없는", "다시 읽기: <a", "사람이 채점", "의견:", "내 답: 가", "가 검사", "나 숨은 테스트",
        "점 중", "자 생략", "설명이 없는", ">코드<",
    ):  # fmt: skip
        assert said in page, said


@pytest.mark.parametrize(
    "of_notebook, of_page, of_section",
    [("ko-KR", "ko", "ko-KR"), ("de", "en", "de"), ("en", "en", None), ('ko"><script>', "en", None)],
)
def test_feedback_speaks_the_language_of_the_notebook(monkeypatch, of_notebook, of_page, of_section):
    soup = BeautifulSoup(feedback_page(monkeypatch, graded(of_notebook)), "html.parser")
    assert soup.html["lang"] == of_page and soup.find(id="notebook").get("lang") == of_section
    assert ("내 점수" in soup.get_text()) == (of_page == "ko")
    assert language.spoken() == "en"


def test_an_english_page_reads_no_catalogue(monkeypatch):
    monkeypatch.setitem(sys.modules, "babel.messages.pofile", None)
    language._catalogue.cache_clear()
    assert "What you have" in feedback_page(monkeypatch, graded("en"))
    assert "Who needs help" in report.html_page(of_class(), "x")
    with pytest.raises(ImportError), language.speaking("ko"):
        language._("Task")


def test_values_of_a_sentence_are_made_safe_on_a_page():
    template = pages.environment().from_string("{% trans name %}Similar work: {{ name }}{% endtrans %}")
    assert template.render(name="<b>\x1b[31m%(x)s") == "Similar work: &lt;b&gt;\\x1b[31m%(x)s"


@pytest.fixture
def course(tmp_path, command):
    """A course with a notebook that two have handed in, one of them in Korean; `settings` ask for Korean pages."""

    def made(settings):
        root = make_course(tmp_path / "course", {("ps1", "p"): notebook("f", "g")}, settings)
        for student, spoken in (("kim", "ko"), ("lee", "en")):
            work = solved(notebook("f", "g"))
            work.metadata.lang = spoken
            work.cells[0].source = "def f(x):\n    return [x + 3 for each in range(9) if each % 4 == 1][0]"
            hand_in(root, student, "ps1", "p.ipynb", work)
        command(root, "grade", "ps1")
        return root

    return made


def test_the_course_sets_the_language_of_its_report(course, command):
    root = course('c.Report.language = "ko"\n')
    done = command(root, "report", "--html", "report.html", "--csv", "points.csv", "--findings", "findings.csv")
    page = BeautifulSoup((root / "report.html").read_text(encoding="utf-8"), "html.parser")
    assert page.html["lang"] == "ko" and page.title.get_text() == "학급 보고서: small"
    tables = done.out + (root / "points.csv").read_text() + (root / "findings.csv").read_text()
    assert "ps1,kim,graded,2,4,Executed" in tables and not re.search("[가-힣]", tables)
    assert command(root, "similar", "ps1", "--html", "similar.html").status == 0
    similar = (root / "similar.html").read_text(encoding="utf-8")
    assert "비슷한 제출물: ps1" in similar and "kim, lee" in similar


def test_a_language_that_there_is_not_is_refused(course, command):
    root = course('c.Report.language = "xx"\n')
    for words in (["report", "--html", "report.html"], ["similar", "ps1", "--html", "similar.html"]):
        done = command(root, *words)
        assert done.status == 2 and "nbgrader_config.py is wrong" in done.err and "['en', 'ko']" in done.err
    assert not (root / "report.html").exists() and not (root / "similar.html").exists()


def test_the_language_of_what_was_handed_in_is_that_of_its_feedback(course, command, tmp_path):
    root = course("")
    page = tmp_path / "page.html"
    for student, spoken in (("kim", "ko"), ("lee", "en")):
        command(root, "check", f"submitted/{student}/ps1/p.ipynb", "--html", str(page))
        assert f'<html lang="{spoken}"' in page.read_text(encoding="utf-8")


def test_what_is_no_notebook_has_no_page(course, command, tmp_path):
    root, page = course(""), tmp_path / "page.html"
    put(page, "an old page")
    done = command(root, "check", str(put(tmp_path / "p.ipynb", "no notebook")), "--html", str(page))
    assert done.status == 1 and "not-a-notebook" in done.out
    assert f"{page} is empty, since there is no graded notebook." in done.out and page.read_text() == ""


@pytest.fixture(scope="module")
def shown(korean_report, tmp_path_factory):
    """The Korean pages as files."""
    folder = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        put(folder / "feedback.html", feedback_page(patch, graded()))
    put(folder / "report.html", korean_report)
    put(folder / "similar.html", of_similar_work(1))
    return {path.stem: path for path in folder.iterdir()}


@pytest.mark.parametrize("name", ["report", "similar", "feedback"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_in_korean_pages(browser, shown, name, width):
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 740})
    page = context.new_page()
    page.goto(shown[name].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in violations(page)] == []
    context.close()


def test_what_the_script_says_is_korean(browser, shown):
    page = browser.new_page()
    page.goto(shown["report"].as_uri())
    sort = page.locator("th button[aria-label]").first
    assert sort.get_attribute("aria-label") == "정렬 기준: 과제 1"
    page.locator("#status").select_option("미제출")
    assert page.locator("#shown").inner_text() == "학생 32명 중 1명"
    page.locator("#status").select_option("")
    for place in (0, 30):
        page.locator("table.points td a").nth(place).click()
        dialog = page.locator("#cell[open]")
        assert re.search(r"학생 \d+: [가나다], [\d.]+점", dialog.inner_text())
        assert "(검사)" in dialog.inner_text() or "숨은 테스트)" in dialog.inner_text()
        assert not WORD.search(dialog.inner_text())
        page.get_by_role("button", name="닫기").click()
    page.close()
