"""The reading site: whole, accessible, without a request to anywhere else.

Two of the notebooks are executed here, all of them in the slow test.
"""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup

from testing.browsing import served
from testing.driving import DRIVES

COURSE = Path(__file__).resolve().parents[2]
SITE = COURSE / "book"
NOTEBOOKS = sorted(path.stem for path in COURSE.glob("source/*/*.ipynb"))
QUIZZES = sorted(SITE.glob("quiz-*.md"))
PAGES = [
    "index", *NOTEBOOKS, *sorted({path.stem for path in SITE.glob("*.md")} - {"index", "README"}), "genindex", "search"
]  # fmt: skip
NOT_EXECUTED = [name for name in NOTEBOOKS if name[:2] not in ("02", "03")]  # their trainings take minutes
FIGURES = ["convolution", "padding", "pooling", "field", "lenet", "lens"]  # in their order on the page of explorers
LARGEST_FIRST_PAGE = 500_000


def built(folder, left_out=()):
    """Build the site in a folder, as `make site` does; the notebooks that are left out are not executed."""
    run = [sys.executable, SITE / "pages.py", folder / "pages", folder / "extra"]
    subprocess.run(run, check=True, capture_output=True, text=True)
    for name in left_out:
        path = folder / "pages" / f"{name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata.mystnb = {"execution_mode": "off"}
        nbformat.write(notebook, path)
    settings = {"nb_execution_cache_path": folder / "cache", "html_extra_path": folder / "extra"}
    words = [word for name, value in settings.items() for word in ("-D", f"{name}={value}")]
    sphinx = [sys.executable, "-m", "sphinx", "-W", "-q", "-j", "2", "-c", SITE, "-d", folder / "doctrees", *words]
    done = subprocess.run([*sphinx, folder / "pages", folder / "html"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder / "html"


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
    spec = importlib.util.spec_from_file_location(name, SITE / f"{name}.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


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
    shutil.copytree(SITE, tmp_path / "book", ignore=shutil.ignore_patterns("_build"))
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
    module("conf")._make_accessible(SimpleNamespace(outdir=tmp_path), None)
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


@pytest.mark.parametrize("name", [name for name in PAGES if name not in NOT_EXECUTED])
def test_nothing_serious_stands_in_the_way_of_any_reader(page, address, name):
    page.goto(f"{address}/{name}.html")
    assert serious_faults(page) == []


def serious_faults(page):
    """What axe finds in a page, in light and, for its colours, in the dark."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = []
    for scheme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
        page.emulate_media(color_scheme=scheme)
        found += axe.run(page, options=rules).response["violations"]
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in serious]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone(page, address, name):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}/{name}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_quiz_and_a_solution_are_opened_by_key(page, address):
    for name, summary in [("quiz-02", "article summary"), ("02-stride-padding", "summary:has-text('A solution')")]:
        page.goto(f"{address}/{name}.html")
        wanted = page.locator(summary).first
        for _ in range(400):
            page.keyboard.press("Tab")
            if wanted.evaluate("it => it === document.activeElement"):
                break
        page.keyboard.press("Enter")
        assert wanted.evaluate("it => it.parentElement.open && it === document.activeElement")


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


@pytest.mark.slow
def test_the_whole_site_is_whole_and_for_all_readers(tmp_path, browser):
    site = built(tmp_path)
    assert module("whole").faults_of(site) == []
    page = browser.new_page()
    with served(site) as url:
        for name in NOT_EXECUTED:
            page.goto(f"{url}/{name}.html")
            assert serious_faults(page) == [], name
    page.close()
