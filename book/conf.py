"""How the reading site is built; `make site` runs pages.py first, which makes its pages from the notebooks."""

import os
import re
from pathlib import Path

from docutils.nodes import SkipNode
from docutils.utils.math import latex2mathml
from jupyter_cache import get_cache
from myst_nb.core.render import NbElementRenderer

SITE = Path(__file__).parent
COURSE = SITE.parent
BUILD = SITE / "_build"
FOR_ALL_READERS = {
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer': '<aside aria-label="This page" class="toc-drawer',
    '<div class="highlight"><pre>': '<div class="highlight"><pre tabindex="0">',
}
KOREAN = re.compile(r"[가-힣]+(?: [가-힣]+)*")
TEXT_WITH_KOREAN = re.compile(r'(?<! lang="ko")>[^<>]*[가-힣][^<>]*<')

os.environ["COURSE_PAGE"] = "yes"  # for the kernels: explorers run without one

project = "Seeing with Convolutions"
author = "The course team"
copyright = author
html_title = project
html_theme = "furo"
extensions = ["myst_nb", "sphinx_copybutton"]
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

nb_execution_mode = "cache"
nb_execution_cache_path = str(BUILD / "cache")
nb_execution_timeout = 900
nb_execution_raise_on_error = True
nb_merge_streams = True
nb_render_markdown_format = "myst"

html_math_renderer = "mathml"
html_static_path = [
    str(COURSE / "packages" / "cnn-course" / "src" / "cnn_course" / "explorers" / "static"),
    str(SITE / "static"),
]
html_extra_path = [str(BUILD / "extra")]
html_favicon = "static/favicon.svg"
html_css_files = ["explorers.css", "site.css"]
html_js_files = [("mount.js", {"type": "module"})]
html_copy_source = False
html_show_sphinx = False


def setup(app):
    """Write formulas as MathML, which browsers and screen readers know without a script; give pictures their words."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    NbElementRenderer.render_image = _with_words(NbElementRenderer.render_image)
    app.connect("env-before-read-docs", _make_cache)
    app.connect("env-before-read-docs", _share_out)
    app.connect("build-finished", _make_accessible)


def _make_cache(app, env, names):
    """Make the tables of the cache of executed notebooks, which two processes would else make at once."""
    get_cache(app.config.nb_execution_cache_path).list_cache_records()


def _share_out(app, env, names):
    """Order the pages for two processes, each reading half: the last notebook trains as long as all others run."""
    *others, longest = sorted(path.stem for path in COURSE.glob("source/*/*.ipynb"))
    names.sort(key=lambda name: (name in others, name != longest))


def _make_accessible(app, fault):
    """Mend what Sphinx and its theme leave out.

    That is: levels of headings, names of landmarks, code scrolled by key, the language of words.
    """
    for page in Path(app.outdir).glob("*.html"):
        text = page.read_text(encoding="utf-8")
        for plain, better in FOR_ALL_READERS.items():
            text = text.replace(plain, better)
        head, start, body = text.partition("<body")
        page.write_text(head + start + TEXT_WITH_KOREAN.sub(_in_korean, body), encoding="utf-8")


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
    writer.body.append(latex2mathml.tex2mathml(node.astext()))
    raise SkipNode


def _block(writer, node):
    writer.body.append(f'<div class="math">{latex2mathml.tex2mathml(node.astext(), as_block=True)}</div>')
    raise SkipNode
