"""The reading site: whole, accessible, without a request to anywhere else.

Two of the notebooks are executed here, all of them in the slow test.
"""

import importlib.util
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from PIL import Image

from testing.browsing import served, violations
from testing.driving import DRIVES

COURSE = Path(__file__).resolve().parents[2]
SITE = COURSE / "book"
NOTEBOOKS = sorted(path.stem for path in COURSE.glob("source/*/*.ipynb"))
QUIZZES = sorted(SITE.glob("quiz-*.md"))
PAGES = [
    "index", *NOTEBOOKS, *sorted({path.stem for path in SITE.glob("*.md")} - {"index", "README"}), "genindex", "search"
]  # fmt: skip
RESULTS = SITE / "results"
NOT_EXECUTED = [name for name in NOTEBOOKS if name[:2] not in ("02", "03")]  # their trainings take minutes
FIGURES = ["convolution", "padding", "pooling", "field", "lenet", "lens"]  # in their order on the page of explorers
WIDE, PHONE = 1280, 360
LEAST_SHEETS = 80
LEAST_PICTURES = 20  # of the notebooks that are executed, and of the instructors' page
APPLY = "\N{FUNCTION APPLICATION}"  # is heard and not seen
LARGEST_FIRST_PAGE = 500_000


def built(folder, left_out=()):
    """Build the site in a folder, as `make site` does; the notebooks that are left out are not executed."""
    made(folder, left_out)
    shutil.copytree(RESULTS, folder / "results")
    return written(folder, "html")


def made(folder, left_out=(), language="en"):
    """Make the pages of a language in a folder."""
    edition = "" if language == "en" else f"-{language}"
    run = [sys.executable, SITE / "pages.py", folder / f"pages{edition}", folder / f"extra{edition}", language]
    subprocess.run(run, check=True, capture_output=True, text=True)
    for path in (folder / f"pages{edition}").glob("*.ipynb") if left_out else ():
        notebook = nbformat.read(path, as_version=4)
        if path.stem in left_out:
            notebook.metadata.mystnb = {"execution_mode": "off"}
        nbformat.write(notebook, path)


def written(folder, builder, language="en"):
    """What one of Sphinx's builders makes of the pages in a folder, with the experiments' results beside them."""
    edition, own = ("", "") if language == "en" else (f"-{language}", language)
    settings = {"nb_execution_cache_path": folder / "cache", "html_extra_path": folder / f"extra{edition}"}
    settings["language"] = language
    words = [word for name, value in settings.items() for word in ("-D", f"{name}={value}")]
    sphinx = [sys.executable, "-m", "sphinx", "-W", "-q", "-j", "2", "-b", builder, "-c", SITE]
    paths = ["-d", folder / "doctrees" / own, folder / f"pages{edition}", folder / builder / own]
    results = {"COURSE_RESULTS": str(folder / "results")}
    done = subprocess.run([*sphinx, *words, *paths], capture_output=True, text=True, env=os.environ | results)
    assert done.returncode == 0, done.stderr
    return folder / builder / own


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return built(tmp_path_factory.mktemp("site"), NOT_EXECUTED)


@pytest.fixture(scope="module")
def address(site):
    with served(site) as url:
        yield url


@pytest.fixture
def page(browser, address):
    """A page of the site, in which nothing may go wrong, and from which nothing else is asked."""
    page, faults = browser.new_page(viewport={"width": 1000, "height": 800}), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on(
        "request", lambda request: None if request.url.startswith((address, "data:")) else faults.append(request.url)
    )
    yield page
    page.close()
    assert faults == []


def module(name):
    """A module of the folder book/."""
    if str(SITE) not in sys.path:
        sys.path.append(str(SITE))  # they import each other
    spec = importlib.util.spec_from_file_location(name, SITE / f"{name}.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def names_in(results):
    return {path.name for path in results.iterdir()}


def test_no_experiment_was_run_anew(site):
    new = names_in(site.parent / "results") - names_in(RESULTS)
    assert new == set(), "an experiment has changed: run `make site`, and commit book/results/"


def test_the_site_is_whole(site):
    assert {path.stem for path in site.glob("*.html")} == set(PAGES)
    assert sorted(module("whole").faults_of(site)) == [
        f"{name}.html has no picture: its notebook was not executed." for name in NOT_EXECUTED
    ]
    for name in NOTEBOOKS:
        assert (site / "notebooks" / f"{name}.ipynb").read_bytes() == (
            COURSE / "release" / name / f"{name}.ipynb"
        ).read_bytes()


def test_a_site_that_is_not_whole_is_refused(site, tmp_path):
    broken = tmp_path / "html"
    shutil.copytree(site, broken)
    (broken / "03-pooling.html").unlink()
    text = (broken / "02-stride-padding.html").read_text(encoding="utf-8")
    text = re.sub(r'<img alt="[^"]*"', '<img alt=""', text, count=1)
    (broken / "02-stride-padding.html").write_text(
        text.replace('href="#how-to-work-here"', 'href="#gone"'), encoding="utf-8"
    )
    faults = " ".join(module("whole").faults_of(broken))
    assert "03-pooling.html is missing." in faults
    assert "has no words (alt)" in faults and "#gone leads nowhere." in faults
    assert subprocess.run([sys.executable, SITE / "whole.py", broken], capture_output=True).returncode == 1


def test_an_empty_course_gives_no_site(tmp_path):
    for name in ("book", "editions"):
        shutil.copytree(COURSE / name, tmp_path / name, ignore=shutil.ignore_patterns("_build"))
    (tmp_path / "source").mkdir()
    run = [sys.executable, tmp_path / "book" / "pages.py", tmp_path / "pages", tmp_path / "extra"]
    done = subprocess.run(run, capture_output=True, text=True)
    assert done.returncode == 1 and "There is no notebook in" in done.stderr and "Traceback" not in done.stderr


def test_colab_and_binder_are_offered_once_the_repository_has_an_address():
    ways_to_open, path = module("pages").ways_to_open, COURSE / "source" / "03-pooling" / "03-pooling.ipynb"
    assert re.findall('href="([^"]+)"', ways_to_open(path, "")) == ["notebooks/03-pooling.ipynb"]
    assert re.findall('href="([^"]+)"', ways_to_open(path, "https://github.com/kim/course")) == [
        "notebooks/03-pooling.ipynb",
        "https://colab.research.google.com/github/kim/course/blob/main/release/03-pooling/03-pooling.ipynb",
        "https://mybinder.org/v2/gh/kim/course/main?labpath=release%2F03-pooling%2F03-pooling.ipynb",
    ]


def test_solutions_are_folded_and_hidden_tests_left_out(site):
    for name in NOTEBOOKS:
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        assert "HIDDEN TESTS" not in text and "checks.hidden" not in text and "BEGIN SOLUTION" not in text
        assert text.count("A solution: open it after you have tried") >= 5
        assert "NotImplementedError" in text


def test_every_bold_term_leads_to_the_glossary(site):
    for name in NOTEBOOKS:
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        assert re.findall(r"<strong>([^<]+)</strong>\s*\([^()]*[가-힣]", text) == []
        assert 'href="glossary.html#term-' in text


@pytest.mark.parametrize("name", ["02-stride-padding", "glossary"])
def test_korean_words_are_marked_as_such(site, name):
    page = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    words = page.body.find_all(string=re.compile("[가-힣]"))
    assert len(words) > 10 and all(each.parent.get("lang") == "ko" for each in words)


def test_what_is_mended_once_is_not_mended_again(site, tmp_path):
    """Pages that a second build leaves alone are mended again with the others."""
    shutil.copytree(site, tmp_path, dirs_exist_ok=True)
    conf, app = module("conf"), SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(name="html"))
    app.config = SimpleNamespace(language="en")
    conf._make_accessible(app, None)
    conf._link_pictures(app, None)
    assert [path.name for path in tmp_path.glob("*.html") if path.read_bytes() != (site / path.name).read_bytes()] == []


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda path: path.stem)
def test_every_option_of_a_quiz_is_explained(quiz):
    _, *questions = re.split(r"(?m)^## ", quiz.read_text(encoding="utf-8"))
    assert len(questions) >= 6
    for question in questions:
        options = re.findall(
            r"<details><summary>[^<]+</summary>\n\n(\*\*[^*]+\*\*) (.+?)\n\n</details>", question, re.S
        )
        assert len(options) == question.count("<details>") >= 3, question
        assert [verdict for verdict, _ in options].count("**Right.**") == 1, question
        assert all(len(reason.split()) >= 5 for _, reason in options), question


def test_a_page_says_how_its_own_folds_are_opened(site):
    for name in NOTEBOOKS:
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        assert "open its bar if you want to read it" in text and "dots if" not in text


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("name", [name for name in PAGES if name not in NOT_EXECUTED])
def test_nothing_serious_stands_in_the_way_of_any_reader(page, address, name, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}/{name}.html")
    assert serious_faults(page, schemes=2 if width == WIDE else 1) == []


def serious_faults(page, schemes=2):
    """What axe finds in a page, in light and, for its colours, in the dark."""
    found = []
    for scheme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]}))[:schemes]:
        page.emulate_media(color_scheme=scheme)
        found += violations(page, **rules)
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in serious]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone(page, address, name):
    page.set_viewport_size({"width": PHONE, "height": 740})
    page.goto(f"{address}/{name}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("name", ["instructors", *(name for name in NOTEBOOKS if name not in NOT_EXECUTED)])
def test_what_is_printed_and_typed_is_seen_whole(page, address, name, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}/{name}.html")
    printed = page.locator(":is(.cell_output, .highlight-text, .highlight-bash) pre:visible")
    assert printed.count() > 5
    assert (
        printed.evaluate_all("all => all.filter(it => it.scrollWidth > it.clientWidth).map(it => it.innerText)") == []
    )


@pytest.mark.parametrize(("width", "what"), [(WIDE, ".cell_input pre"), (PHONE, "div.math")])
def test_what_goes_on_says_so_at_its_edge(page, address, width, what):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}/02-stride-padding.html")
    code = page.locator(what).filter(visible=True)
    code = code.nth(code.evaluate_all("all => all.findIndex(it => it.scrollWidth > it.clientWidth)"))
    at_the_edge = []
    for place in (0, 10_000):
        code.evaluate("(it, place) => { it.scrollLeft = place; }", place)
        picture = Image.open(io.BytesIO(code.screenshot())).convert("L")
        at_the_edge.append(picture.getpixel((picture.width - 3, picture.height - 8)))
    assert at_the_edge[0] < at_the_edge[1] - 20


def test_no_line_ends_between_a_number_and_its_unit(site):
    for name in ("01-dl-review", "05-mnist-cnn", "index", "notation"):
        text = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser").article
        for code in text(["pre", "code", "math", "script"]) + text.select(".explorer, .cell_output"):
            code.decompose()
        said = text.get_text()
        assert re.search(r"\d\N{NO-BREAK SPACE}(%|min|h|to)", said)
        assert re.findall(r"[\d½¾] (?:%|(?:min|h|s|GB)\b)|\b\d\d to \d\d\b", said) == [], name


def tab_to(page, wanted):
    """Press Tab until something has the focus."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if wanted.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {wanted}.")


def test_a_solution_is_opened_by_key(page, address):
    page.goto(f"{address}/02-stride-padding.html")
    wanted = page.locator("summary:has-text('A solution')").first
    tab_to(page, wanted)
    page.keyboard.press("Enter")
    assert wanted.evaluate("it => it.parentElement.open && it === document.activeElement")


def test_a_quiz_is_answered_by_key_before_it_explains_anything(page, address):
    page.goto(f"{address}/quiz-05.html")
    question = page.locator("article section section").first
    assert question.locator("details:visible").count() == 0
    tab_to(page, question.get_by_role("radio").first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen = question.locator("details").nth(1)
    assert chosen.locator("summary").evaluate("it => it === document.activeElement")
    assert "Not quite." in chosen.inner_text() and "your answer" in chosen.inner_text()
    assert chosen.get_attribute("class") == "wrong"
    assert question.locator("details.right summary").inner_text() == "1.25 ✓ right"
    assert page.get_by_role("status").inner_text() == "1 of 8 answered, 0 right"


def test_a_quiz_counts_what_is_right_and_remembers_it_until_it_begins_again(page, address):
    page.goto(f"{address}/quiz-05.html")
    first = page.locator("article section section").first
    first.get_by_role("button", name="Answer").click()
    assert first.get_by_role("radio").count() == 4, "nothing is told before something is chosen"
    first.get_by_role("radio", name="1.25").check()
    first.get_by_role("button", name="Answer").click()
    assert page.get_by_role("status").inner_text() == "1 of 8 answered, 1 right"
    page.reload()
    assert first.locator("details.right[open] summary").inner_text() == "1.25 ✓ your answer"
    assert page.get_by_role("status").inner_text() == "1 of 8 answered, 1 right"
    page.get_by_role("button", name="Start again").click()
    page.reload()
    assert first.get_by_role("radio").count() == 4
    assert page.get_by_role("status").inner_text() == "0 of 8 answered, 0 right"


def test_every_quiz_counts_all_its_questions(page, address):
    for quiz in QUIZZES:
        page.goto(f"{address}/{quiz.stem}.html")
        questions = quiz.read_text(encoding="utf-8").count("**Right.**")
        assert page.get_by_role("status").inner_text() == f"0 of {questions} answered, 0 right"


def test_the_quiz_on_two_networks_counts_where_they_disagree():
    text = (SITE / "quiz-05.md").read_text(encoding="utf-8").partition("## 6.")[2].partition("## 7.")[0]
    digits, of_a, of_b, only_b, only_a = map(int, re.findall(r"\d+", text.partition("\n\n")[2].replace(",", ""))[:5])
    both_wrong = digits - of_a - only_b
    assert of_b - of_a == only_b - only_a and both_wrong == digits - of_b - only_a == 17
    assert "McNemar" in text.partition("**Right.**")[2]


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_link_to_a_term_shows_what_it_means(page, address, way):
    page.goto(f"{address}/quiz-02.html")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Answer").first.click()
    link, preview = page.locator("article p a[href*='#term-']").first, page.get_by_role("tooltip")
    link.scroll_into_view_if_needed()
    getattr(link, way)()
    preview.wait_for()
    assert "feature map · 특징 맵" in preview.inner_text() and "one number for each place" in preview.inner_text()
    assert link.get_attribute("aria-describedby") == "preview"
    page.keyboard.press("Escape")
    assert preview.count() == 0 and link.get_attribute("aria-describedby") is None


def test_a_preview_stays_while_it_is_pointed_at(page, address):
    page.goto(f"{address}/notation.html")
    page.locator("article a[href*='#term-']").first.hover()
    preview = page.get_by_role("tooltip")
    preview.hover()
    page.wait_for_timeout(400)
    assert preview.is_visible()
    page.mouse.move(1, 1)
    preview.wait_for(state="hidden")


@pytest.fixture
def phone(browser, address):
    """A page of the site on a phone, for fingers."""
    context = browser.new_context(viewport={"width": PHONE, "height": 740}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def test_a_tap_on_a_term_shows_what_it_means_and_a_second_one_leads_to_the_glossary(phone, address):
    phone.goto(f"{address}/notation.html")
    link, preview = phone.locator("article a[href*='#term-']").first, phone.get_by_role("tooltip")
    link.tap()
    phone.get_by_text("Tap the word again for the glossary.").wait_for()
    assert "stride" in preview.inner_text() and phone.url.endswith("/notation.html")
    phone.locator("h1").tap()
    assert not preview.is_visible()
    link.tap()
    phone.get_by_text("Tap the word again for the glossary.").wait_for()
    link.tap()
    phone.wait_for_url("**/glossary.html#term-stride")


def test_what_a_finger_must_hit_is_not_small_and_nothing_touches(phone, address):
    phone.goto(f"{address}/02-stride-padding.html")
    theme, contents = phone.locator(".theme-toggle:visible"), phone.locator(".toc-header-icon:visible")
    left, right = theme.bounding_box(), contents.bounding_box()
    assert left["x"] + left["width"] + 4 <= right["x"] and right["x"] + right["width"] <= PHONE
    contents.tap()
    phone.wait_for_timeout(400)
    boxes = [link.bounding_box() for link in phone.locator(".toc-tree a:visible").all()]
    assert len(boxes) > 10 and min(box["height"] for box in [left, right, *boxes]) >= 24
    assert all(one["y"] + one["height"] + 2 <= other["y"] for one, other in zip(boxes, boxes[1:]))


BEGINS_A_LINE = """formula => {
    const behind = formula.nextSibling, place = document.createRange();
    if (behind?.nodeType !== Node.TEXT_NODE || !".,;:!?)".includes(behind.data[0])) return null;
    place.setStart(behind, 0);
    place.setEnd(behind, 1);
    return place.getBoundingClientRect().top > formula.getBoundingClientRect().bottom - 2;
}"""


def test_no_line_begins_with_the_full_stop_behind_a_formula(phone, address):
    phone.goto(f"{address}/04-lenet5.html")
    phone.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = [each.evaluate(BEGINS_A_LINE) for each in phone.locator("article math:not([display=block])").all()]
    assert found.count(False) > 20 and True not in found


def test_a_table_that_a_cell_gives_is_seen_whole_on_a_phone(phone, address):
    phone.goto(f"{address}/02-stride-padding.html")
    [table] = phone.locator(".cell_output .output > table").all()
    box = table.bounding_box()
    assert "seconds" in table.inner_text() and box["x"] + box["width"] <= PHONE


def test_a_tapped_picture_is_shown_at_its_full_size(phone, address):
    phone.goto(f"{address}/02-stride-padding.html")
    small = phone.locator("a.whole-picture img").first
    small.tap()
    dialog = phone.get_by_role("dialog")
    large = dialog.get_by_role("img")
    assert large.get_attribute("alt") == small.get_attribute("alt")
    assert large.bounding_box()["width"] == int(small.get_attribute("width")) > 1.5 * small.bounding_box()["width"]
    assert dialog.bounding_box()["width"] <= PHONE
    assert serious_faults(phone) == []
    dialog.get_by_role("button", name="Close").tap()
    assert not dialog.is_visible()


def test_room_is_kept_for_each_picture(site):
    """Else a page that scrolls to a section while its pictures come ends above it."""
    pictures = {}
    for path in site.glob("*.html"):
        for each in BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select("img[src^=_images]"):
            pictures[each["src"]] = (int(each["width"]), int(each["height"]))
    assert len(pictures) > LEAST_PICTURES
    for source, (width, height) in pictures.items():
        whole = Image.open(site / source)
        assert abs(height - whole.height * width / whole.width) <= 0.5, source


def test_a_picture_leads_to_itself_without_javascript(site):
    page = BeautifulSoup((site / "02-stride-padding.html").read_text(encoding="utf-8"), "html.parser")
    pictures = page.select("article img[src^=_images]")
    assert len(pictures) > 5 and all(each.parent.get("href") == each["src"] for each in pictures)


def test_an_answer_has_an_edge(phone, address):
    phone.goto(f"{address}/02-stride-padding.html")
    answers = phone.locator("article details:not(.hide)")
    assert answers.count() > 3
    for width in answers.evaluate_all("all => all.map(it => parseFloat(getComputedStyle(it).borderLeftWidth))"):
        assert width >= 3


def test_the_picture_of_many_layers_stays_in_sight_on_a_phone(phone, address):
    phone.goto(f"{address}/explorers.html")
    figure = phone.locator(".explorer", has=phone.locator(".layers"))
    for _ in range(3):
        figure.get_by_role("button", name="add a layer").dispatch_event("click")
    figure.evaluate("it => it.scrollIntoView({ behavior: 'instant' })")
    picture = figure.locator(".axis").bounding_box()
    assert picture["y"] > 300 and picture["y"] + picture["height"] <= 740


def test_the_glossary_leads_back_to_where_a_term_is_used(page, address):
    page.goto(f"{address}/glossary.html")
    entry = page.locator("dt#term-stride ~ dd").first
    assert re.search("In 02, “Stride: the step”; then in 03, .*quiz 02", entry.inner_text())
    entry.get_by_text("02, “Stride: the step”").click()
    assert page.url.endswith("/02-stride-padding.html#stride-the-step")


def test_a_reminder_stands_once_in_a_page_in_prose_and_not_before_its_first_section():
    terms = module("terms")
    uses = terms.Uses({"stride", "edges", "feature map"})
    first = terms.Page("02.ipynb", uses)
    text = "## 1. Places\n\nThe **stride** (스트라이드): a stride of 2. **Feature maps** (특징 맵), **edges** (에지)"
    assert first.linked(text).count("{term}") == 3, "a definition always leads there; what follows it does not"
    later = terms.Page("03.ipynb", uses)
    assert later.linked("# Title\n\nA stride.") == "# Title\n\nA stride."
    assert later.linked("## 1. A stride\n\n`stride` $stride$ [stride](x) the edge: **Strides**, stride.") == (
        "## 1. A stride\n\n`stride` $stride$ [stride](x) the edge: **{term}`Strides <stride>`**, stride."
    )
    assert uses.others == {"stride": [terms.Use("03.ipynb", "1. A stride")]}
    glossary = "```{glossary}\nstride\n스트라이드\n    How far.\n```\n"
    assert "How far.\n\n    In [02, “Places”](02.ipynb#1-places); then in [03](03.ipynb#1-a-stride).\n```" in (
        terms.with_uses(glossary, uses)
    )


@pytest.mark.parametrize("title, place", [("# 02 · Steps", "In 02, “Steps”."), ("## 7. Why?", "In 02, “Why?”.")])
def test_a_place_in_the_glossary_is_named_once_and_keeps_its_question_mark(title, place):
    terms = module("terms")
    uses = terms.Uses({"stride"})
    terms.Page("02.ipynb", uses).linked(f"{title}\n\nThe **stride** (스트라이드)")
    linked = terms.with_uses("```{glossary}\nstride\n스트라이드\n    How far.\n```\n", uses)
    assert re.sub(r"\[(.*)\]\(.*\)", r"\1", linked.split("\n")[-3].strip()) == place


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_the_contents_stand_beside_the_text_and_lead_to_every_task(page, address, name):
    page.set_viewport_size({"width": WIDE, "height": 740})
    page.goto(f"{address}/{name}.html")
    tasks = page.locator(".toc-tree a").filter(has_text=re.compile("Task |Written answer"))
    source = nbformat.read(COURSE / "source" / name / f"{name}.ipynb", as_version=4)
    assert tasks.count() == sum(bool(cell.metadata.get("nbgrader", {}).get("solution")) for cell in source.cells)
    text, contents = page.locator("article").bounding_box(), page.locator(".toc-tree").bounding_box()
    assert text["x"] + text["width"] <= contents["x"] and contents["x"] + contents["width"] <= WIDE
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE


def test_the_first_page_has_a_picture_and_a_figure_that_answers(page, address):
    page.goto(f"{address}/index.html")
    assert page.locator("article img").first.evaluate("it => it.naturalWidth") > 300
    DRIVES["convolution"](page.locator(".explorer[data-explorer]").first)


def printed(page, address, name):
    """Show a page as it is printed."""
    page.goto(f"{address}/{name}.html")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


def test_a_printed_page_is_open_and_holds_nothing_of_the_screen(page, address):
    printed(page, address, "02-stride-padding")
    solution = page.locator("details:has-text('A solution') pre").first
    assert solution.is_visible()
    assert page.locator(".tag_check > details:visible").count() == 0
    for gone in (".skip-to-content", ".sidebar-drawer", ".toc-drawer", ".copybtn", ".headerlink", ".ways-to-open"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    assert page.evaluate("[...document.querySelectorAll('pre')].every(it => it.scrollWidth <= it.clientWidth + 1)")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not solution.is_visible()


def test_a_printed_quiz_shows_what_each_option_is(page, address):
    printed(page, address, "quiz-05")
    assert page.locator("form:visible").count() == 0
    assert page.locator("article details p:visible").count() >= 30


def test_the_whole_course_is_printed(site, tmp_path, browser):
    path = tmp_path / "book.pdf"
    run = [sys.executable, SITE / "pdf.py", written(site.parent, "singlehtml"), path]
    done = subprocess.run(run, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert f"The whole course is in {path}" in done.stdout
    text = path.read_bytes()
    assert len(re.findall(rb"/Type /Page\b", text)) > LEAST_SHEETS and b"/Outlines" in text


def test_without_chromium_there_is_a_sentence_and_no_pdf(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    run = [sys.executable, SITE / "pdf.py", tmp_path, tmp_path / "book.pdf"]
    done = subprocess.run(run, capture_output=True, text=True)
    assert done.returncode == 1 and "There is no Chromium to print with" in done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / "book.pdf").exists()


def test_brackets_grow_with_what_they_hold(page, address):
    page.goto(f"{address}/02-stride-padding.html")
    page.wait_for_function("document.fonts.check('16px \"Noto Sans Math\"')")
    heights = page.evaluate("""() => [...document.querySelectorAll('math[display] mrow:has(mfrac) > mo:first-child')]
        .map(it => it.getBoundingClientRect().height / parseFloat(getComputedStyle(it).fontSize))""")
    assert heights and min(heights) > 1.8


def test_the_font_of_formulas_has_every_sign_they_use(site):
    known = TTFont(site / "_static" / "noto-sans-math.woff").getBestCmap()
    for path in site.glob("*.html"):
        for formula in BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").find_all("math"):
            signs = {sign for sign in formula.get_text() if sign.isprintable() and sign != APPLY}
            assert signs <= set(map(chr, known)), (path.name, signs - set(map(chr, known)))


def test_a_solution_is_as_large_as_other_code(page, address):
    page.goto(f"{address}/02-stride-padding.html")
    page.locator("summary:has-text('A solution')").first.click()
    sizes = page.evaluate("[...document.querySelectorAll('article pre')].map(it => getComputedStyle(it).fontSize)")
    assert len(set(sizes)) == 1


def test_the_focus_is_seen_in_the_search_and_on_copy_buttons(page, address):
    page.set_viewport_size({"width": WIDE, "height": 740})
    page.goto(f"{address}/instructors.html")
    for each in (page.locator(".sidebar-search").first, page.locator(".copybtn").first):
        tab_to(page, each)
        style = each.evaluate("it => [getComputedStyle(it).outlineStyle, getComputedStyle(it).outlineWidth]")
        assert style == ["solid", "3px"]
        page.wait_for_timeout(500)  # a copy button fades in
        assert each.evaluate("it => getComputedStyle(it).opacity") == "1"


def test_every_page_says_what_it_is_about(site):
    for name in PAGES:
        page = BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
        tags = {
            tag.get("name") or tag.get("property"): tag["content"] for tag in page.head.find_all("meta", content=True)
        }
        assert 15 <= len(tags["description"]) <= 165 and tags["og:description"] == tags["description"], name
        assert tags["og:title"] and tags["og:site_name"] == "Seeing with Convolutions"


def test_a_page_leads_to_its_source_once_the_repository_has_an_address():
    conf, repository = module("conf"), "https://github.com/kim/course"
    sources = {
        ("en", "03-pooling"): "source/03-pooling/03-pooling.ipynb",
        ("en", "glossary"): "book/glossary.md",
        ("ko", "03-pooling"): "locale/ko/LC_MESSAGES/03-pooling.po",
        ("ko", "glossary"): "locale/ko/LC_MESSAGES/book.po",
    }

    def links(language, name, address):
        context, app = (
            {"body": ""},
            SimpleNamespace(config=SimpleNamespace(course_repository=address, language=language)),
        )
        conf._ask_for_reports(app, name, "page.html", context, doctree=object())
        return re.findall('href="([^"]+)"', context["body"])

    for (language, name), source in sources.items():
        assert links(language, name, "") == []
        assert links(language, name, repository) == [
            f"{repository}/issues/new?title={name}",
            f"{repository}/blob/main/{source}",
        ]


def test_the_page_for_what_is_not_there_leads_on(page, address):
    page.goto(f"{address}/404.html")
    assert page.get_by_role("link", name="the first page").get_attribute("href") == "index.html"


def test_every_explorer_answers_on_the_site(page, address):
    page.goto(f"{address}/explorers.html")
    page.wait_for_function(f"document.querySelectorAll('.explorer[data-explorer] .control').length >= {len(FIGURES)}")
    figures = page.locator(".explorer[data-explorer]")
    assert figures.count() == len(FIGURES)
    for place, name in enumerate(FIGURES):
        DRIVES[name](figures.nth(place))


def test_the_site_is_read_without_javascript(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/index.html")
    assert page.get_by_role("link", name="Pooling").first.is_visible()
    page.goto(f"{address}/quiz-01.html")
    page.locator("article summary").first.click()
    assert page.locator("article details[open] p").first.is_visible()
    page.goto(f"{address}/explorers.html")
    assert "arrow keys" in page.locator(".explorer").first.inner_text()
    context.close()


def test_the_first_page_is_light(page, address):
    sizes = []
    page.on("response", lambda it: None if it.request.resource_type == "image" else sizes.append(len(it.body())))
    page.goto(f"{address}/index.html")
    page.wait_for_load_state("networkidle")
    assert 10_000 < sum(sizes) < LARGEST_FIRST_PAGE


def test_the_search_finds_a_term(page, address):
    page.goto(f"{address}/search.html?q=dilation")
    page.wait_for_selector("#search-results li a")
    assert "02-stride-padding" in " ".join(
        page.locator("#search-results li a").evaluate_all("all => all.map(each => each.href)")
    )


def test_the_search_leads_to_the_section_that_it_found(page, address):
    page.goto(f"{address}/search.html?q=overlapping")
    found = page.locator("#search-results li", has=page.locator("a[href*='03-pooling.html#']")).first
    assert "overlap" in found.locator(".context").inner_text().lower()
    found.locator("a").click()
    section = page.locator(":target")
    assert "overlap" in section.inner_text().lower() and not section.locator("h1").count()
    page.wait_for_function("document.querySelector(':target').getBoundingClientRect().top < 200")


@pytest.mark.parametrize(
    ("typed", "meant"), [("dialtion", "dilation"), ("poling", "pooling"), ("convolucion", "convolution")]
)
def test_the_search_forgives_a_typo_and_says_so(page, address, typed, meant):
    page.goto(f"{address}/search.html?q={typed}")
    page.wait_for_selector("#search-results li a")
    assert page.locator(".corrected").inner_text() == f"No page has “{typed}”. Here is “{meant}”:"


SPELLINGS = [("normalisation", "normalization"), ("neighbour", "neighbor"), ("grey", "gray"), ("colour", "color")]


@pytest.mark.parametrize(("british", "us"), SPELLINGS)
def test_the_search_finds_both_spellings(page, address, british, us):
    found = []
    for word in (british, us):
        page.goto(f"{address}/search.html?q={word}")
        page.wait_for_function("document.querySelector('.search-summary')?.innerText.includes('found')")
        page.wait_for_timeout(300)  # results are listed one after another
        links = page.locator("#search-results li a")
        found.append(set(links.evaluate_all("all => all.map(each => each.pathname)")))
    assert found[0] == found[1] and found[0] and page.locator(".corrected").count() == 0


def test_what_is_like_nothing_is_not_corrected(page, address):
    page.goto(f"{address}/search.html?q=xyzzyplugh")
    page.get_by_text("did not match any documents").wait_for()
    assert page.locator(".corrected").count() == 0


@pytest.mark.slow
def test_the_whole_site_is_whole_and_for_all_readers(tmp_path, browser):
    for language in ("en", "ko"):
        made(tmp_path, language=language)
    sites = [written(tmp_path, "html", language) for language in ("en", "ko")]
    assert [fault for site in sites for fault in module("whole").faults_of(site)] == []
    assert names_in(tmp_path / "results") == names_in(RESULTS), "delete book/results/, and run `make site`"
    for kept, new in [(np.load(RESULTS / name), np.load(tmp_path / "results" / name)) for name in names_in(RESULTS)]:
        if "accuracy" in kept:
            assert abs(kept["accuracy"] - new["accuracy"]) < 0.03
    page = browser.new_page()
    for site in sites:
        with served(site) as url:
            for name in NOT_EXECUTED:
                page.goto(f"{url}/{name}.html")
                assert serious_faults(page) == [], name
    page.close()
