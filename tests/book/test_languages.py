"""The reading site in Korean: made from the same pages, with the same anchors; each leads to the other language.

No notebook is executed here; the pages with figures of their own are.
"""

import re
import shutil
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from bs4 import BeautifulSoup

from testing.browsing import served
from tests.book.test_site import COURSE, NOTEBOOKS, PAGES, PHONE, SITE, WIDE, made, module, serious_faults, written

HANGUL = re.compile("[가-힣]")
ENGLISH_WORD = re.compile("[A-Za-z]{3}")
NAMES = {"English", "Furo", "Seeing with Convolutions"}
TITLES = ".sidebar-tree, .toc-tree, .related-pages .title"  # the pages' own texts


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the whole site, the Korean one in it."""
    folder = tmp_path_factory.mktemp("site")
    for language in ("en", "ko"):
        made(folder, NOTEBOOKS, language)
    english, _ = [written(folder, "html", language) for language in ("en", "ko")]
    return english


@pytest.fixture(scope="module")
def address(site):
    with served(site) as url:
        yield url


@pytest.fixture
def page(browser, address):
    """A page of the site, in which nothing may go wrong."""
    page, faults = browser.new_page(viewport={"width": WIDE, "height": 740}), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield page
    page.close()
    assert faults == []


def read(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_both_sites_are_whole(site):
    for folder in (site, site / "ko"):
        assert {path.stem for path in folder.glob("*.html")} == set(PAGES)
        faults = set(module("whole").faults_of(folder))
        assert faults == {f"{name}.html has no picture: its notebook was not executed." for name in NOTEBOOKS}


@pytest.mark.parametrize("name", PAGES)
def test_what_is_bold_in_a_text_is_bold_on_its_page(site, name):
    for folder in (site, site / "ko"):
        page = read(folder / f"{name}.html")
        for code in page.select("pre, code, script"):
            code.decompose()
        assert re.findall(r".{0,20}\*\*.{0,20}", page.body.get_text()) == []


@pytest.mark.parametrize("name", PAGES)
def test_no_particle_is_cut_off(site, name):
    article = read(site / "ko" / f"{name}.html").article
    for each in article(["pre", "script"]):
        each.decompose()
    assert re.findall(r".{0,20}[%)\]][가-힣]+", article.get_text()) == []
    for each in article(["math", "code"]):
        behind = each.next_sibling if isinstance(each.next_sibling, str) and len(each.get_text()) < 20 else ""
        assert not HANGUL.match(behind) or each.parent.get("class") == ["together"], each


@pytest.mark.parametrize("language", ["", "ko/"])
def test_tables_of_names_fit(page, address, language):
    cut = "all => all.filter(it => it.scrollWidth > it.clientWidth).length"
    page.goto(f"{address}/{language}instructors.html")
    assert page.locator("article .table-wrapper").evaluate_all(cut) == 0
    page.set_viewport_size({"width": PHONE, "height": 740})
    for name in NOTEBOOKS:
        page.goto(f"{address}/{language}{name}.html")
        assert page.locator("article .table-wrapper").first.evaluate_all(cut) == 0, name


@pytest.mark.parametrize("language", ["", "ko/"])
def test_an_option_is_never_torn_apart(page, address, language):
    page.set_viewport_size({"width": PHONE, "height": 740})
    page.goto(f"{address}/{language}instructors.html")
    torn = """all => all.filter(it => !it.closest("td")
        && new Set([...it.getClientRects()].map(each => each.top)).size > 1).map(it => it.innerText)"""
    whole = page.locator("article .together")
    assert {"--confine", "--csv"} <= set(whole.all_inner_texts())
    assert whole.evaluate_all(torn) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_the_same_anchors_in_both_languages(site, name):
    english, korean = [
        [tag["id"] for tag in read(folder / f"{name}.html").find_all(id=True)] for folder in (site, site / "ko")
    ]
    assert sorted(english) == sorted(korean)


def test_headings_have_the_anchors_of_their_english_ones_in_their_order(site):
    headings = [read(folder / "02-stride-padding.html").select("article section") for folder in (site, site / "ko")]
    assert [each["id"] for each in headings[0]] == [each["id"] for each in headings[1]]
    assert headings[1][2]["id"] == "what-a-filter-sees" and HANGUL.search(headings[1][2].h2.get_text())


def test_a_page_with_other_headings_than_in_english_is_refused(site, tmp_path):
    shutil.copytree(site.parent, tmp_path, dirs_exist_ok=True)
    page = tmp_path / "pages-ko" / "quiz-01.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n## 하나 더\n", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"quiz-01 has \d+ headings in English, and here \d+"):
        written(tmp_path, "html", "ko")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_leads_to_itself_in_the_other_language(site, name):
    for folder, lang, other, words in ((site, "en", "ko", "한국어"), (site / "ko", "ko", "en", "English")):
        page = read(folder / f"{name}.html")
        goal = f"ko/{name}.html" if other == "ko" else f"../{name}.html"
        assert page.html["lang"] == lang
        assert page.head.find("link", hreflang=other)["href"] == goal
        links = page.body.find_all("a", hreflang=other)
        assert {(link["href"], link["lang"], link.get_text()) for link in links} == {(goal, other, words)}
        assert len(links) == 2  # beside the list of pages, and over the text where there is none
        assert page.head.find("meta", property="og:locale")["content"] == {"en": "en_GB", "ko": "ko_KR"}[lang]


def test_the_other_language_has_a_whole_address_once_the_site_has_one():
    languages = module("languages")
    for language, own, goal in (("en", "", "ko/"), ("ko", "ko/", "")):
        config = SimpleNamespace(language=language, html_baseurl=f"https://course.example/{own}")
        other = "ko" if language == "en" else "en"
        address = languages._address(SimpleNamespace(config=config), other, "glossary")
        assert address == f"https://course.example/{goal}glossary.html"


def test_without_korean_pages_nothing_leads_to_them(tmp_path):
    context = {}
    app = SimpleNamespace(srcdir=tmp_path / "pages", config=SimpleNamespace(language="en", html_baseurl=""))
    module("languages")._lead_to_others(app, "glossary", "page.html", context, None)
    assert context["other_languages"] == [] and "alternate" not in context["metatags"]


def test_the_link_keeps_the_place_of_the_reader(page, address):
    link = page.get_by_role("link", name="한국어").and_(page.locator(":visible"))
    page.goto(f"{address}/02-stride-padding.html")
    link.click()
    page.wait_for_url(f"{address}/ko/02-stride-padding.html")
    for asked, scrolled in (("the-formula", None), ("the-formula", "how-to-work-here")):
        page.goto(f"{address}/02-stride-padding.html#{asked}")
        page.wait_for_function(f"Math.abs(document.getElementById('{asked}').getBoundingClientRect().top) < 200")
        if scrolled:
            page.evaluate(f"document.getElementById('{scrolled}').scrollIntoView({{ behavior: 'instant' }})")
        link.click()
        page.wait_for_url(f"{address}/ko/02-stride-padding.html#{scrolled or asked}")


def test_on_a_phone_the_link_stands_over_the_text(page, address):
    page.set_viewport_size({"width": PHONE, "height": 740})
    page.goto(f"{address}/02-stride-padding.html")
    box = page.locator(".content-icon-container a.other-language").bounding_box()
    assert box["height"] >= 24 and box["x"] + box["width"] <= PHONE and 0 < box["y"] < 200


@pytest.mark.parametrize("name", PAGES)
def test_around_a_korean_page_nothing_is_said_in_english(site, name):
    page = read(site / "ko" / f"{name}.html")
    for each in page.body.select("script, style"):
        each.decompose()
    names = [
        tag[key] for tag in page.body.find_all(True) for key in ("aria-label", "title", "placeholder") if tag.get(key)
    ]
    for each in page.body.select(f"article, {TITLES}"):
        each.decompose()
    words = [text.strip() for text in page.body.find_all(string=True)]
    assert {each for each in [*names, *words] if ENGLISH_WORD.search(each) and not HANGUL.search(each)} <= NAMES


def test_the_fixed_words_of_the_pages_are_korean(site):
    for name in NOTEBOOKS:
        page, english = read(site / "ko" / f"{name}.html"), read(site / f"{name}.html")
        folds = [each.get_text(strip=True) for each in page.select("article details.hide > summary")]
        assert folds and all(HANGUL.search(each) for each in folds)
        contents = [each.get_text(strip=True) for each in page.select(".toc-tree a")]
        tasks = [each for each in contents if re.match(r"과제 \d+|서술형 답", each)]
        written = [
            each.get_text() for each in english.select(".toc-tree a") if re.match("Task |Written ", each.get_text())
        ]
        assert len(tasks) == len(written) >= 9, name
        assert not any(re.match("Task |Written ", each) for each in contents), name
        assert page.select_one(".ways-to-open a").get_text() == "이 노트북 내려받기"
        assert "읽어 보려면 막대를 여세요" in page.get_text(), "that is how a check is opened on a page"
        assert page.select("article a[href^=quiz-]")[-1].get_text() == "퀴즈"


def test_what_is_downloaded_is_the_korean_release(site):
    for name in NOTEBOOKS:
        notebook = nbformat.read(site / "ko" / "notebooks" / f"{name}.ipynb", as_version=4)
        assert notebook.metadata.lang == "ko" and notebook == nbformat.read(
            COURSE / "release-ko" / name / f"{name}.ipynb", as_version=4
        )


def test_without_the_korean_release_there_is_a_sentence(tmp_path):
    for name in ("book", "editions", "source", "release", "locale"):
        (tmp_path / name).symlink_to(COURSE / name)
    (tmp_path / "packages").symlink_to(COURSE / "packages")
    code = "import sys, pathlib, pages; pages.COURSE = pathlib.Path(sys.argv[1]); pages.main(*sys.argv[2:])"
    words = [tmp_path, tmp_path / "pages", tmp_path / "extra", "ko"]
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=SITE, capture_output=True, text=True)
    assert done.returncode == 1 and "make it with `make release EDITION=ko`" in done.stderr


def test_the_code_of_a_page_speaks_its_language_and_does_not_show_how(site):
    pages = site.parent / "pages-ko"
    assert 'os.environ["NOTEBOOK_LANGUAGE"] = "ko"' in (pages / "explorers.md").read_text(encoding="utf-8")
    [cell] = [cell for cell in nbformat.read(pages / "03-pooling.ipynb", as_version=4).cells if cell.id == "edition"]
    assert "NOTEBOOK_LANGUAGE" in cell.source
    for path in (site / "ko").glob("*.html"):
        assert "NOTEBOOK_LANGUAGE" not in path.read_text(encoding="utf-8")


def test_what_is_executed_for_one_language_stays_for_the_other(site):
    """A page in the cache of executed ones is not executed again: that of each language has its own."""
    written(site.parent, "html")
    kept = {
        path.parent.name: path.stat().st_mtime_ns for path in (site.parent / "cache" / "executed").glob("*/base.ipynb")
    }
    pages = [path for path in SITE.glob("*.md") if "{code-cell}" in path.read_text(encoding="utf-8")]
    assert len(kept) == 2 * len(pages)


def test_a_term_is_defined_in_both_languages_and_leads_to_the_glossary(site):
    for name in NOTEBOOKS:
        english, korean = [read(folder / f"{name}.html").select("article strong") for folder in (site, site / "ko")]
        links = [
            {each.a["href"] for each in bold if each.a and re.match(r",? ?\(", each.next_sibling or "")}
            for bold in (english, korean)
        ]
        assert links[0] and links[0] <= links[1], name


def test_the_glossary_begins_with_the_korean_term(site):
    names = [
        [each.get_text() for each in read(folder / "glossary.html").select("dt")] for folder in (site, site / "ko")
    ]
    english, korean = [set(zip(each[::2], each[1::2], strict=True)) for each in names]
    strip = lambda words: words.replace("¶", "")
    assert {(strip(other), strip(one)) for one, other in english} == {tuple(map(strip, each)) for each in korean}
    first = names[1][::2]
    assert first == sorted(first) and all(HANGUL.match(each) for each in first)
    assert all(each["lang"] == "en" for each in read(site / "ko" / "glossary.html").select("dt")[1::2])


def test_a_korean_term_is_explained_where_it_is_used_and_leads_back(page, address):
    page.goto(f"{address}/ko/02-stride-padding.html")
    link, preview = page.locator("article p a[href$='#term-padding']").first, page.get_by_role("tooltip")
    link.scroll_into_view_if_needed()
    link.focus()
    preview.wait_for()
    assert preview.locator("strong").inner_text() == "패딩 · padding"
    page.goto(f"{address}/ko/glossary.html")
    back = page.locator("dt#term-padding + dd a").filter(has_text="02")
    back.first.click()
    assert re.search(r"/ko/02-stride-padding\.html#padding", page.url)


def test_a_reminder_in_korean_leaves_the_particle_alone():
    terms = module("terms")
    uses = terms.Uses(
        {"padding", "max pooling", "pooling"}, {"패딩": "padding", "최대 풀링": "max pooling", "풀링": "pooling"}
    )
    first = terms.Page("02.ipynb", uses)
    text = "## 1. 자리\n\n**패딩**(padding)은 0, **최대 풀링**(max pooling, 최댓값)과 **풀링**(pooling)"
    assert first.linked(text).count("{term}") == 3
    later = terms.Page("03.ipynb", uses)
    assert later.linked("## 1. 창\n\n`패딩` 제로패딩 패딩된 패딩에서는 최대 풀링입니다. 풀링의 패딩을") == (
        "## 1. 창\n\n`패딩` 제로패딩 패딩된 {term}`패딩 <padding>`에서는 {term}`최대 풀링 <max pooling>`입니다. "
        "{term}`풀링 <pooling>`의 패딩을"
    )
    bold = "## 1. 창\n\n**맞댄 패딩**은 *최대 풀링*이고 "
    assert terms.Page("04.ipynb", uses).linked(f"{bold}**패딩**") == f"{bold}**{{term}}`패딩 <padding>`**"


def test_the_right_options_of_a_quiz_are_those_of_the_english_one():
    fold = "<details><summary>{}</summary>\n\n{}\n\n</details>\n\n"
    english = fold.format(1, "**No.** A") + fold.format(2, "**Right.** B")
    korean = english.replace("**No.**", "**아닙니다.**").replace("**Right.**", "**정답입니다.**")
    assert module("pages").marked(korean, english) == "<details data-right>".join(korean.rsplit("<details>", 1))


def test_a_quiz_speaks_korean_and_its_answers_stay_in_the_other_language(page, address):
    page.goto(f"{address}/ko/quiz-05.html")
    question = page.locator("article section section").first
    assert question.locator("legend").inner_text() == "답을 고르세요"
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="답하기").click()
    assert question.locator("details.wrong .verdict").inner_text().strip() == "✗ 고른 답"
    assert question.locator("details.right .verdict").inner_text().strip() == "✓ 정답"
    assert page.get_by_role("status").inner_text() == "8문제 중 1개 답함, 0개 맞음"
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/quiz-05.html*")
    assert page.get_by_role("status").inner_text() == "1 of 8 answered, 0 right"
    page.get_by_role("button", name="Start again").click()
    page.goto(f"{address}/ko/quiz-05.html")
    assert question.get_by_role("radio").count() == 4
    assert page.get_by_role("button", name="처음부터 다시").count() == 0


def test_a_picture_is_shown_at_its_full_size_in_korean(page, address):
    page.goto(f"{address}/ko/index.html")
    page.locator("a.whole-picture").first.click()
    dialog = page.get_by_role("dialog", name="원래 크기의 그림")
    dialog.get_by_role("button", name="닫기").click()
    assert dialog.count() == 0


def found(page, address, word):
    """What the Korean search finds."""
    page.goto(f"{address}/ko/search.html?q={word}")
    page.wait_for_function("document.querySelector('.search-summary')?.innerText.includes('검색을 마쳤습니다')")
    page.wait_for_timeout(300)  # results are listed one after another
    return set(page.locator("#search-results li a").evaluate_all("all => all.map(each => each.pathname)"))


@pytest.mark.parametrize("word", ["합성곱", "스트라이드", "패딩"])
def test_the_search_finds_a_korean_word_whatever_follows_it(page, address, word):
    plain = found(page, address, word)
    assert "/ko/02-stride-padding.html" in plain and page.locator(".corrected").count() == 0
    for particle in ("을", "은", "의", "에서는", "입니다"):
        assert found(page, address, word + particle) == plain, particle


@pytest.mark.parametrize(
    ("typed", "meant"), [("스트라이두를", "스트라이드"), ("합성굽", "합성곱"), ("dilatoin", "dilation")]
)
def test_the_korean_search_forgives_a_typo_and_says_so(page, address, typed, meant):
    assert found(page, address, typed) == found(page, address, meant)
    found(page, address, typed)
    assert (
        page.locator(".corrected").inner_text() == f"“{typed}”에 맞는 페이지가 없어 “{meant}”의 결과를 보여 드립니다:"
    )


def test_the_index_and_the_search_take_the_same_from_a_word(page, address):
    texts = [path.read_text(encoding="utf-8") for path in (COURSE / "locale" / "ko" / "LC_MESSAGES").glob("*.po")]
    words = sorted({word for text in texts for word in re.findall(r"\w*[가-힣]\w*", text)})
    search = module("conf").SearchKorean({})
    page.goto(f"{address}/ko/search.html")
    stems = page.evaluate("words => words.map((word) => new Stemmer().stemWord(word.toLowerCase()))", words)
    assert len(words) > 1000 and dict(zip(words, stems, strict=True)) == {word: search.stem(word) for word in words}


@pytest.mark.parametrize("name", ["index", "02-stride-padding", "quiz-02", "glossary", "search", "404"])
@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_nothing_serious_stands_in_the_way_of_a_korean_reader(page, address, name, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}/ko/{name}.html")
    assert serious_faults(page, schemes=2 if width == WIDE else 1) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
