"""How the reading site is built; `make site` runs pages.py first, which makes its pages from the notebooks."""

import json
import os
import re
import sys
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote

from docutils.nodes import (
    SkipNode,
    Text,
    entry,
    image,
    inline,
    literal,
    literal_block,
    math,
    math_block,
    paragraph,
    raw,
)
from jupyter_cache import get_cache
from myst_nb.core.render import NbElementRenderer
from PIL import Image
from sphinx.search.en import SearchEnglish

from autograder.feedback.formulas import mathml

SITE = Path(__file__).parent
sys.path.insert(0, str(SITE))

from pages import repository  # noqa: E402
from words import ENGLISH, KOREAN, PARTICLES, _  # noqa: E402

from editions import catalogues  # noqa: E402

COURSE = SITE.parent
BUILD = SITE / "_build"
# British spelling -> US spelling, by which words are kept in the search's index, and looked up in it (spelling.js).
SPELLINGS = [
    ("is(e|ed|es|er|ers|ing|ation|ations)$", r"iz\1"),
    ("(?<=..[a-z])our(?=$|s|ed|ing|able)", "or"),
    ("^grey", "gray"),
    ("^centr(e|ed|es)$", r"center\1"),
]
DESCRIPTION_LENGTH = 160
PICTURE = re.compile(r'(?<!class="whole-picture">)<img [^>]*src="(_images/[^"]+)"[^>]*>')
TEXT_WITH_KOREAN = re.compile(r'(?<! lang="ko")>[^<>]*[가-힣][^<>]*<')
ENGLISH_TERM = re.compile(r'<dt id="term-[^"]*"(?=>[A-Za-z])')
AS_WRITTEN = (literal, literal_block, math, math_block, raw)
TOGETHER = re.compile(
    r"(?<=[\d½¼¾]) (?=(?:%|min|h|s|ms|[kMG]B)(?![a-zA-Z]))|(?<=\b\d\d) (?=to \d\d\b)|(?<=\b\d\d to) (?=\d\d\b)"
    r"|(?<=\d) (?=± \d)|(?<=\d ±) (?=\d)"
)
CUT_OFF = re.compile(r"(?<=[%)\]-])(?=[가-힣])")  # where a line would end before a Korean particle
STOP, PARTICLE = re.compile(r"[.,;:!?)]"), re.compile(r"[.,;:!?]|\)?[가-힣]+|\)")  # behind a formula, without a space
FITS = 30  # characters of code in a line on a phone
WORD_OF_CODE = re.compile(r'<span class="pre">([^<]+)</span>')
TYPED = re.compile(r"(?<=<pre>).*?(?=</pre>)", re.DOTALL)
WITH_HYPHENS = re.compile(r"(?<![^\s>])(?=\S*-)[^\s<>&]{2,%d}(?![^\s<])" % FITS)
LONG = 50  # characters of a formula in TeX, with which a particle may not fit in a line on a phone
WRITTEN_IN_THE_THEME = [  # without gettext
    _("Toggle site navigation sidebar"),
    _("Toggle table of contents sidebar"),
    _("Toggle Light / Dark / Auto color theme"),
    _("Contents"),
    _("Menu"),
    _("Expand"),
    _("Light mode"),
    _("Dark mode"),
    _("Auto light/dark, in light mode"),
    _("Auto light/dark, in dark mode"),
]

os.environ["COURSE_PAGE"] = "yes"  # for the kernels: explorers run without one
os.environ.setdefault("COURSE_RESULTS", str(SITE / "results"))  # of experiments, for the kernels too

project = "Seeing with Convolutions"  # in every language
html_title = project
html_baseurl = ""  # where the site stands, with a slash at its end; then the pages say so to those that link to them
html_theme = "furo"
extensions = ["myst_nb", "sphinx_copybutton", "languages"]
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

nb_execution_mode = "cache"
nb_execution_cache_path = str(BUILD / "cache")
nb_execution_timeout = 900
nb_execution_raise_on_error = True
nb_merge_streams = True
nb_render_markdown_format = "myst"

html_math_renderer = "mathml"
templates_path = ["templates"]
html_static_path = [
    str(COURSE / "packages" / "cnn-course" / "src" / "cnn_course" / "explorers" / "static"),
    str(SITE / "static"),
    str(COURSE / "packages" / "autograder" / "src" / "autograder" / "templates" / "noto-sans-math.woff"),
]
html_extra_path = [str(BUILD / "extra")]
html_favicon = "static/favicon.svg"
html_css_files = ["explorers.css", "site.css"]
html_js_files = [
    (name, {"type": "module"}) for name in ("mount.js", "terms.js", "pictures.js", "print.js", "languages.js")
]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "languages.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_scaled_image_link = False  # pictures.js and pages have links of their own
html_copy_source = False
html_show_sphinx = False


class SearchBothSpellings(SearchEnglish):
    """The words of the index in US spelling."""

    spellings = SPELLINGS

    def stem(self, word):
        word = word.lower()
        for spelling, kept in self.spellings:
            word = re.sub(spelling, kept, word)
        return super().stem(word)


class SearchKorean(SearchBothSpellings):
    """Korean words without the particles behind them, and English ones between them."""

    lang = "ko"
    spellings = [(f"{PARTICLES}+$", ""), *SPELLINGS]


def setup(app):
    """Write formulas as MathML, which browsers and screen readers know without a script; give pictures their words."""
    app.add_config_value("course_repository", repository(), "html")
    app.add_search_language(SearchBothSpellings)
    app.add_search_language(SearchKorean)
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    NbElementRenderer.render_image = _with_words(NbElementRenderer.render_image)
    app.connect("env-before-read-docs", _make_cache)
    app.connect("env-before-read-docs", _share_out)
    app.connect("doctree-resolved", _keep_together)
    app.connect("doctree-resolved", _keep_room)
    app.connect("html-page-context", _keep_words_whole)
    app.connect("html-page-context", _add_scripts)
    app.connect("html-page-context", _introduce)
    app.connect("html-page-context", _ask_for_reports)
    app.connect("build-finished", _make_accessible)
    app.connect("build-finished", _link_pictures)


def _make_cache(app, env, names):
    """Make the tables of the cache of executed notebooks, which two processes would else make at once."""
    get_cache(app.config.nb_execution_cache_path).list_cache_records()


def _share_out(app, env, names):
    """Order the pages for two processes, each reading half: the last notebook trains as long as all others run."""
    *others, longest = sorted(path.stem for path in COURSE.glob("source/*/*.ipynb"))
    names.sort(key=lambda name: (name in others, name != longest))


def _keep_together(app, doctree, name):
    """Let no line begin with a unit, nor with a full stop or a Korean particle behind a formula or code."""
    for text in list(doctree.findall(Text)):
        if not isinstance(text.parent, AS_WRITTEN):
            whole = CUT_OFF.sub("\N{WORD JOINER}", TOGETHER.sub("\N{NO-BREAK SPACE}", text))
            text.parent.replace(text, Text(whole))
    for code in doctree.findall(literal):
        behind = code.next_node(descend=False, siblings=True)
        if isinstance(behind, Text) and KOREAN.match(behind):
            behind.parent.replace(behind, Text(f"\N{WORD JOINER}{behind}"))
    for formula in list(doctree.findall(math)):
        behind = formula.next_node(descend=False, siblings=True)
        if isinstance(behind, Text) and (found := (PARTICLE if len(formula.astext()) < LONG else STOP).match(behind)):
            whole = inline(classes=["together"])  # beside a formula, browsers pass over a joiner
            formula.parent.replace(formula, whole)
            whole += [formula, Text(found[0])]
            behind.parent.replace(behind, Text(behind[found.end() :]))


def _keep_words_whole(app, name, template, context, doctree):
    """Let code in a text, and what is typed in a terminal, be broken at spaces, not behind the hyphens of an option."""
    typed = lambda block: WITH_HYPHENS.sub(r'<span class="together">\g<0></span>', block[0])
    context["body"] = WORD_OF_CODE.sub(_word_of_code, TYPED.sub(typed, context.get("body", "")))


def _word_of_code(found):
    """A word of code; one that must be broken, in a table on a phone, is broken behind an underscore or a slash."""
    classes = "pre together" if len(found[1]) <= FITS else "pre"
    return f'<span class="{classes}">{re.sub("(?<=[_/])(?=.)", "<wbr>", found[1])}</span>'


def _keep_room(app, doctree, name):
    """Say how large each picture is, so that nothing moves under a reader when it has come."""
    for picture in doctree.findall(image):
        width, height = Image.open(Path(app.srcdir) / picture["uri"]).size
        shown = int(picture.get("width", width))
        picture["width"], picture["height"] = str(shown), str(round(height * shown / width))


def _add_scripts(app, name, template, context, doctree):
    """Add what only some pages need."""
    if name.startswith("quiz-"):
        app.add_js_file("quiz.js", type="module")
    if name == "search":
        spellings = json.dumps(_for_javascript(app.builder.indexer.lang.spellings))
        app.add_js_file(None, body=f"const SPELLINGS = {spellings};", priority=100)
        app.add_js_file("spelling.js", type="module")


def _for_javascript(spellings):
    return [(spelling, kept.replace("\\1", "$1")) for spelling, kept in spellings]


def _introduce(app, name, template, context, doctree):
    """Say to search engines, and where a link is shared, what a page is about: its first sentences."""
    prose = [each for each in doctree.findall(paragraph) if not isinstance(each.parent, entry)] if doctree else []
    text = " ".join(" ".join(each.astext() for each in prose).split()) or project
    if len(text) > DESCRIPTION_LENGTH:
        text = text[:DESCRIPTION_LENGTH].rpartition(" ")[0] + " …"
    title = unescape(re.sub("<[^>]*>", "", context.get("title", project)))
    properties = {"title": title, "description": text, "type": "article", "site_name": project}
    if address := app.config.html_baseurl:
        properties["url"] = f"{address}{name}.html"
    tags = f'<meta name="description" content="{escape(text)}">'
    for key, value in properties.items():
        tags += f'<meta property="og:{key}" content="{escape(value)}">'
    base = f'<base href="{address}">' if name == "404" and address else ""  # it stands for pages of any folder
    context["metatags"] = base + context.get("metatags", "") + tags


def _ask_for_reports(app, name, template, context, doctree):
    """Lead from a page to its source, and to where faults are reported, once the repository has an address."""
    address = app.config.course_repository
    if doctree and address.startswith("https://github.com/"):
        report, source = f"{address}/issues/new?title={quote(name)}", f"{address}/blob/main/{_source(app, name)}"
        said = _(
            'Is something wrong on this page? <a href="{report}">Report it</a>, '
            'or <a href="{source}">mend its source</a>.',
            report=report,
            source=source,
        )
        context["body"] += f'<p class="report">{said}</p>'


def _source(app, name):
    """Where what is wrong on a page can be mended: in a translation, in the catalogue."""
    is_notebook = (COURSE / "source" / name).is_dir()
    if app.config.language != ENGLISH:
        return catalogues.path_of(name if is_notebook else "book", app.config.language).relative_to(COURSE).as_posix()
    return f"source/{name}/{name}.ipynb" if is_notebook else f"book/{name}.md"


def _make_accessible(app, fault):
    """Mend what Sphinx and its theme leave out.

    That is: levels of headings, names of landmarks, code scrolled by key, the language of words.
    """
    better = _for_all_readers()
    for page in Path(app.outdir).glob("*.html"):
        text = page.read_text(encoding="utf-8")
        for plain, mended in better.items():
            text = text.replace(plain, mended)
        if app.config.language == "ko":
            text = ENGLISH_TERM.sub(r'\g<0> lang="en"', text)
        else:
            head, start, body = text.partition("<body")
            text = head + start + TEXT_WITH_KOREAN.sub(_in_korean, body)
        page.write_text(text, encoding="utf-8")


def _for_all_readers():
    """What stands in the pages, and what is better."""
    pages, contents = _("All pages"), _("This page")
    return {
        '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
        '<aside class="sidebar-drawer">': f'<aside class="sidebar-drawer" aria-label="{pages}">',
        '<aside class="toc-drawer': f'<aside aria-label="{contents}" class="toc-drawer',
        '<div class="highlight"><pre>': '<div class="highlight"><pre tabindex="0">',
        '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
        '<div class="math">': '<div class="math" tabindex="0">',
        '<summary aria-label="Toggle hidden content">': "<summary>",
        **{f'aria-label="{words}"': f'aria-label="{_(words)}"' for words in WRITTEN_IN_THE_THEME},
        **{f"<title>{words}</title>": f"<title>{_(words)}</title>" for words in WRITTEN_IN_THE_THEME},
    }


def _link_pictures(app, fault):
    """Let pictures lead to themselves, which a phone shows larger; not on paper, which singlehtml is made for."""
    for page in Path(app.outdir).glob("*.html") if app.builder.name == "html" else ():
        text = page.read_text(encoding="utf-8")
        page.write_text(PICTURE.sub(r'<a href="\1" class="whole-picture">\g<0></a>', text), encoding="utf-8")


def _in_korean(text):
    """Some text between two tags, its Korean words marked, so that they are read aloud as such."""
    return KOREAN.sub(r'<span lang="ko">\g<0></span>', text[0])


def _with_words(render_image):
    """MyST-NB's own method, which takes no alt text from the metadata of an output."""

    def rendered(self, data):
        [picture] = render_image(self, data)
        words = data.output_metadata.get(data.mime_type, {}).get("alt")
        if words:
            picture["alt"] = words
        return [picture]

    return rendered


def _inline(writer, node):
    writer.body.append(_formula(node, block=False))
    raise SkipNode


def _block(writer, node):
    writer.body.append(f'<div class="math">{_formula(node, block=True)}</div>')
    raise SkipNode


def _formula(node, block):
    made = mathml(node.astext(), block)
    if made is None:
        raise ValueError(f"This can't be read as a formula: {node.astext()}")
    return made
