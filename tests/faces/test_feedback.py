"""The page of feedback: made by nbgrader for any course, read by a student, and quiet whatever the notebook holds."""

import base64
import os

import nbformat
import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from nbgrader.api import Gradebook
from traitlets.config import Config

from autograder.course.directory import open_course
from autograder.feedback import formulas, harmless, secrets
from autograder.feedback.exporter import FONT
from autograder.grading import batch
from testing.browsing import violations
from testing.commands import run
from testing.small_courses import hand_in, make_course, notebook, put, solved
from testing.without_kernels import command, workers

__all__ = ["command"]

SETTING = 'c.GenerateFeedback.exporter_class = "autograder.feedback.FeedbackExporter"\n'
HIDDEN = "assert f(41) == 42, 'One is missing at 41.'"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
HOSTILE = f"""<script>window.ran = 1</script><img src="x" onerror="window.ran = 1" alt="gone">
<img src="https://example.org/a.png" alt="far away"> <a href="javascript:window.ran=1">press</a>
<a href="data:text/html,<script>1</script>">data</a> <iframe srcdoc="<script>top.ran = 1</script>"></iframe>
<svg onload="window.ran = 1"><script>window.ran = 1</script></svg> <style>body {{ display: none }}</style>
<form action="https://example.org"><button>send</button></form>
<p style="position: fixed; background: url(//a.b)">fixed</p> <details open ontoggle="window.ran = 1">fold</details>
<math><mtext><style><img src=x onerror=window.ran=1></style></mtext></math>
<img src="data:image/png;base64,{PIXEL}" alt="a pixel"> ![$" onerror=window.ran=1 x="$](data:image/png;base64,{PIXEL})

![secret](../../../source/ps1/p.ipynb) [title](https://example.org "x\\" onclick=\\"window.ran=1")

$\\text{{<img src=x onerror=window.ran=1>}}$ `<script>shown</script>`"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="top.ran=1"><script>top.ran=1</script><image href="https://example.org/b.png"/></svg>'


def assignment():
    """A course's notebook with sections, formulas, two tasks and a written answer."""
    made = notebook("f", "g", written=["why"], test="assert {task}(1) == {value}, 'Add one: see section 1.'")
    f_test = made.cells[1]
    hidden = new_code_cell(
        f"### BEGIN HIDDEN TESTS\n{HIDDEN}\n### END HIDDEN TESTS",
        id="f-h",
        metadata={"nbgrader": {**f_test.metadata.nbgrader, "grade_id": "f-h", "points": 3}},
    )
    made.cells[2:2] = [
        hidden,
        new_markdown_cell("### 2. Again\n\n$$\\begin{align} a &= b \\\\ c &= \\dots \\end{align}$$"),
    ]
    made.cells.insert(
        0, new_markdown_cell("# Sums\n\n## 1. Adding\n\nHalf of it is $\\frac{1}{2}$, but $\\nosuch{x}$.")
    )
    return made


def answered():
    """What a student hands in: one task wrong, one right, and a cell with all that is hostile."""
    made = solved(assignment())
    made.cells = [cell for cell in made.cells if cell.get("id") != "f-h"]
    by_id = {cell.id: cell for cell in made.cells}
    by_id["f"].source = "def f(x):\n    return x if x == 41 else x + 1"
    by_id["f-t"].source = "# mine"
    made.cells += [
        new_markdown_cell(HOSTILE),
        new_code_cell("print('assert f' + \"(41) == 42, 'One is missing at 41.'\")"),
    ]
    return made


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Somebody's course, graded in this process; nbgrader itself has made the pages."""
    root = make_course(tmp_path_factory.mktemp("feedback") / "course", {("ps1", "p"): assignment()}, SETTING)
    hand_in(root, "kim", "ps1", "p.ipynb", answered())
    hand_in(root, "lee", "ps1", "p.ipynb", solved(assignment()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "workers_for", workers)
        patch.chdir(root)
        batch.grade(open_course(root), ["ps1"])
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        gradebook.find_grade("why", "p", "ps1", "kim").manual_score = 1.5
        gradebook.find_comment("why", "p", "ps1", "kim").manual_comment = "Good, but **why** not $x^2$?"
        gradebook.db.commit()
    graded = root / "autograded" / "kim" / "ps1" / "p.ipynb"
    made = nbformat.read(graded, as_version=4)
    outputs = [
        {"text/html": HOSTILE, "text/plain": "in words"},
        {"text/html": "<script>draw()</script><div></div>", "text/plain": "A picture that a script draws."},
        {"image/svg+xml": SVG},
        {"image/png": PIXEL, "text/plain": "<Figure>"},
    ]
    made.cells[-1].outputs = [new_output("display_data", data) for data in outputs]
    made.cells[-1].outputs[-1].metadata = {"image/png": {"alt": "One grey pixel."}}
    made.cells[-1].outputs.append(new_output("stream", text=f"{HIDDEN}\n1%\r\x1b[31mred\x1b[0m 2%\n"))
    os.chmod(graded, 0o644)
    nbformat.write(made, graded)
    graded = root / "autograded" / "lee" / "ps1" / "p.ipynb"
    made = nbformat.read(graded, as_version=4)
    made.metadata.lang = "ko"
    made.cells = [cell for cell in made.cells if cell.metadata.get("nbgrader", {}).get("grade_id") != "f-h"]
    os.chmod(graded, 0o644)
    nbformat.write(made, graded)
    done = run(root, "nbgrader", "generate_feedback", "ps1")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def path(course):
    return course / "feedback" / "kim" / "ps1" / "p.html"


@pytest.fixture(scope="module")
def page(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def words(tag):
    return " ".join(tag.get_text(" ").split())


def test_each_task_says_what_it_has_what_failed_first_and_where_to_read_again(page):
    f, g, why = page.select(".tasks > li")
    assert [each["class"] for each in (f, g, why)] == [["part"], ["full"], ["part"]]
    assert "f 2 of 5 points A hidden test: One is missing at 41." in words(f)
    again = f.find("p", class_="again").a
    assert again.get_text() == "section 1. Adding" and page.find(id=again["href"][1:]).get_text() == "1. Adding"
    assert words(g) == "g 2 of 2 points"
    assert words(page.find(class_="total")) == "5.5 of 9 points."
    for link in page.select(".tasks .task a"):
        assert page.find(id=link["href"][1:]), link


def test_a_test_that_is_missing_counts_and_is_named(course):
    text = (course / "feedback" / "lee" / "ps1" / "p.html").read_text(encoding="utf-8")
    missing = BeautifulSoup(text, "html.parser").select(".tasks > li")[-1]
    assert words(missing) == "f-h 3점 중 3점"
    assert "9점 만점에" in words(BeautifulSoup(text, "html.parser").find(class_="total"))


def test_a_message_can_name_the_section(course, command, tmp_path):
    made = solved(assignment())
    made.cells = [cell for cell in made.cells if cell.get("id") != "f-h"]
    next(cell for cell in made.cells if cell.id == "g").source = "def g(x):\n    return x"
    file = put(tmp_path / "p.ipynb", made)
    done = command(course, "check", str(file), "--html", str(tmp_path / "deep" / "page.html"))
    assert done.out.rstrip().endswith("page.html") and done.status == 1
    alone = BeautifulSoup((tmp_path / "deep" / "page.html").read_text(encoding="utf-8"), "html.parser")
    g = alone.select(".tasks > li")[1]
    assert "Add one: see section 1." in words(g) and "Read again: section 1. Adding" in words(g)
    assert "reader" not in words(alone.header) and "not graded yet" in words(alone.select(".tasks > li")[2])


def test_a_page_that_can_not_be_written_is_refused_before_the_work_is_done(course, command, tmp_path):
    file = put(tmp_path / "p.ipynb", solved(assignment()))
    done = command(course, "check", str(file), "--html", str(tmp_path))
    assert done.status == 2 and "can't be written" in done.err and done.out == ""


def test_no_line_of_a_hidden_test_gets_out(path, page):
    text = path.read_text(encoding="utf-8")
    assert "f(41)" not in text and "HIDDEN TESTS" not in text
    assert text.count(secrets.LEFT_OUT) == 1 and "One is missing at 41." in text
    assert "Hidden test of f" in words(page)


def test_comments_stand_with_the_task_and_with_the_answer(page):
    comments = page.find_all(class_="comment")
    assert len(comments) == 2 and all("Good, but why not" in words(each) for each in comments)
    assert comments[0].find("strong").get_text() == "why" and comments[0].find("msup")


def test_formulas_are_mathml_and_what_is_none_stays_as_written(page):
    assert page.find("mfrac") and page.find("mtable") and "…" in page.find("mtable").get_text()
    assert "\\nosuch{x}" in [code.get_text() for code in page.find_all("code")]
    assert "$" not in words(page.find(id="fb.0"))


@pytest.mark.parametrize(
    "tex", [r"\begin{equation*} a = b \label{one} \end{equation*}", r"\big( x \bigr)", r"\dfrac{1}{2}", r"a \dotsc b"]
)
def test_what_other_courses_write_is_a_formula(tex):
    assert formulas.mathml(tex, block=True).startswith("<math")


def _formula(tex):
    return BeautifulSoup(formulas.mathml(tex, block=False), "html.parser").math


@pytest.mark.parametrize(
    "tex, kinds",
    [
        (r"\log 0.7", "mi mo mspace mn"),
        (r"A\tanh(Sa)", "mi mspace mi mo mo mi mi mo"),
        (r"1.7159 \tanh\left(a\right)", "mn mspace mi mo mspace mrow"),
        (r"t_k \log p_k", "msub mspace mi mo mspace msub"),
        (r"a + \log(b)", "mi mo mi mo mo mi mo"),
        (r"2\,\exp x", "mn mspace mi mo mspace mi"),
        (r"\sin^2 x", "msup mspace mi"),
        (r"\max_i x_i", "munder mspace msub"),
        (r"1{,}606{,}144", "mn"),
    ],
)
def test_the_name_of_a_function_stands_apart_and_a_number_together(tex, kinds):
    assert " ".join(each.name for each in _formula(tex)(recursive=False)) == kinds


@pytest.mark.parametrize("tex", ["(0.5, -1, 1)", r"\{-1, 0\}", r"a \cdot -1", r"a = \pm 1", r"b^{-j}"])
def test_a_minus_that_subtracts_nothing_belongs_to_its_number(tex):
    [sign] = [each for each in _formula(tex)("mo") if each.get_text() in "−±"]
    assert sign.get("form") == "prefix"


def test_a_minus_that_subtracts_has_space_on_both_sides():
    assert not [each for each in _formula(r"a - (b) - \sqrt{c} - d_1 - e")("mo") if each.get("form")]


@pytest.mark.parametrize("tex", [r"\lfloor n \rfloor.", r"\max(0, x)", r"y = \min_i x_i"])
def test_browsers_put_no_space_around_a_full_stop_or_a_name(tex):
    [sign] = [each for each in _formula(tex)("mo") if each.get_text() in (".", "max", "min")]
    assert (sign.get("lspace"), sign.get("rspace")) == ("0", "0")


def test_the_font_has_no_wide_signs_for_tall_formulas():
    font = TTFont(FONT)
    signs, widths = font["MATH"].table.MathVariants, font["hmtx"].metrics
    for sign, made in zip(signs.VertGlyphCoverage.glyphs, signs.VertGlyphConstruction, strict=True):
        for each in made.MathGlyphVariantRecord:  # Chromium keeps the room of the widest beside each
            assert widths[each.VariantGlyph][0] <= 1.11 * widths[sign][0], (sign, each.VariantGlyph)


@pytest.mark.parametrize("tex", [r"\nosuch", "{" * 3000, "x" * 10_000, ""])
def test_what_is_no_formula_ends_no_page(tex):
    assert formulas.mathml(tex, block=False) in (None, *filter(None, [formulas.mathml("", False)]))


def test_pictures_keep_their_words_and_what_can_not_be_shown_leaves_its_own(page):
    shown = {image["alt"] for image in page.find_all("img")}
    assert {"One grey pixel.", "a pixel"} <= shown
    assert all(image["src"].startswith("data:image/") for image in page.find_all("img"))
    assert "[far away]" in words(page) and "A picture that a script draws." in words(page)
    assert words(page).endswith("red 2%")


def test_pictures_beside_the_notebook_are_shown_and_no_others(tmp_path):
    folder = tmp_path / "ps1"
    put(folder / "a b.svg", SVG)
    put(folder / "notes.ipynb", "secret")
    put(tmp_path / "other.svg", SVG)
    (folder / "link.svg").symlink_to(tmp_path / "other.svg")
    for name in (
        "../other.svg",
        "notes.ipynb",
        "link.svg",
        "none.svg",
        str(tmp_path / "other.svg"),
        "\0.svg",
        "%00.svg",
    ):
        assert not harmless.harmless(f'<img src="{name}">', folder).img.get("src"), name
    source = harmless.harmless('<img src="a%20b.svg">', folder).img["src"]
    assert base64.b64decode(source.partition(",")[2]).decode() == SVG


def test_nothing_runs_and_nothing_is_asked_elsewhere(browser, path):
    for without_policy in (False, True):
        context = browser.new_context(bypass_csp=without_policy)
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_load_state("networkidle")
        for link in page.locator("#notebook a").all():
            assert (link.get_attribute("href") or "#").startswith(("#", "https://example.org"))
        assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
        assert page.evaluate("window.ran") is None
        assert page.locator("script, iframe, form, svg, #notebook style").count() == 0
        context.close()


@pytest.mark.parametrize("width, scheme", [(1280, "light"), (360, "light"), (1280, "dark")])
def test_every_reader_can_read_it(browser, path, width, scheme):
    size = {"width": width, "height": 740}
    context = browser.new_context(bypass_csp=True, viewport=size, color_scheme=scheme)  # axe is a script
    page = context.new_page()
    page.goto(path.as_uri())
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in violations(page)] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == "en"
    context.close()


def test_on_paper_what_the_tests_said_is_open(browser, path):
    page = browser.new_page()
    page.goto(path.as_uri())
    said = page.locator(".tasks details pre").first
    assert not said.is_visible()
    page.emulate_media(media="print")
    assert said.is_visible()
    page.close()


def test_a_failed_line_is_told_if_a_student_may_read_it():
    cell = new_code_cell("### BEGIN HIDDEN TESTS\nassert f(9) == 1\n### END HIDDEN TESTS\nassert f(3) == 4")
    cell.metadata = {"nbgrader": {"grade_id": "t", "grade": True, "solution": False, "schema_version": 3}}
    made = nbformat.v4.new_notebook(cells=[cell])
    assert secrets.taken_out(made, Config()).cells == {"t"}
    for line, told in (("assert f(3) == 4", "assert f(3) == 4"), ("assert f(9) == 1", "")):
        trace = f"\x1b[31mAssertionError\x1b[0m\n\x1b[32m      1\x1b[39m x\n\x1b[32m----> 2\x1b[39m {line}"
        cell.outputs = [new_output("error", ename="AssertionError", evalue="", traceback=trace.split("\n"))]
        assert secrets.failed_line(cell) == told


def test_the_notebooks_own_language_is_said(course, page):
    assert page.html["lang"] == "en" and "lang" not in page.find(id="notebook").attrs
    korean = (course / "feedback" / "lee" / "ps1" / "p.html").read_text(encoding="utf-8")
    assert BeautifulSoup(korean, "html.parser").html["lang"] == "ko"
