"""What Sphinx needs to build the site in several languages: each page leads to itself in the others."""

import functools
import json
import pickle
import re
from gettext import NullTranslations
from pathlib import Path

from babel.messages.extract import extract_from_dir
from docutils.nodes import section
from sphinx.domains import std
from sphinx.errors import SphinxError
from sphinx.transforms import SphinxTransform
from words import ENGLISH, KOREAN, _, speak

from editions import catalogues

SITE = Path(__file__).parent
LANGUAGES = {ENGLISH: ("English", "en_GB"), "ko": ("한국어", "ko_KR")}  # each in its own, and as OpenGraph names it
# What the theme says, in its pages and its scripts, and Sphinx has no translation for.
OF_THE_THEME = [
    _("Skip to content"),
    _("On this page"),
    _("Back to top"),
    _("Next"),
    _("Previous"),
    _("Home"),
    _("Copyright &#169; %(copyright)s"),
    _("Made with"),
    _("Link to this heading"),
    _("Link to this term"),
    _("Search Results"),
    _("Search finished, found one page matching the search query."),
    _("Copy"),
    _("Copy to clipboard"),
    _("Copied!"),
    _("Failed to copy"),
]

WORDS_OF_SCRIPTS = """{{
  const said = {};
  Documentation.addTranslations({{ messages: said, plural_expr: "0", locale: document.documentElement.lang }});
  for (const [key, message] of Object.entries(messages.en)) messages.en[key] = _(message);
}}"""


def setup(app):
    """Connect all of this."""
    std.make_id = _with_korean(std.make_id)
    app.add_transform(SameAnchors)
    app.connect("config-inited", _speak)
    app.connect("builder-inited", lambda app: app.translator.add_fallback(OfTheTheme()))
    app.connect("html-page-context", _translate_scripts)
    app.connect("html-page-context", _lead_to_others)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _speak(app, config):
    speak(config.language)
    config.author = config.copyright = _("The course team")
    if config.language != ENGLISH and config.html_baseurl:
        config.html_baseurl += f"{config.language}/"


class SameAnchors(SphinxTransform):
    """Gives the sections of a translated page the ids that they have in English: an address leads to the same place.

    It needs the English page as Sphinx has kept it, so the English site is built first.
    """

    default_priority = 850  # once all ids are given, before any is looked up

    def apply(self):
        if self.config.language == ENGLISH:
            return
        english = Path(self.app.doctreedir).parent / f"{self.env.docname}.doctree"
        wanted = [each["ids"] for each in pickle.loads(english.read_bytes()).findall(section)]
        found = list(self.document.findall(section))
        if len(found) != len(wanted):
            raise SphinxError(f"{self.env.docname} has {len(wanted)} headings in English, and here {len(found)}.")
        slugs = self.document.myst_slugs
        titles = {own: (line, title) for line, own, title in slugs.values()}
        slugs.clear()
        for each, ids in zip(found, wanted, strict=True):
            line, title = titles.get(each["ids"][0], (each.line, each[0].astext()))
            slugs.update({name: (line, ids[0], title) for name in [each.get("slug"), *ids]})
            each["ids"] = list(ids)
            self.document.ids.update(dict.fromkeys(ids, each))


class OfTheTheme(NullTranslations):
    """What Sphinx's own catalogue lacks."""

    def gettext(self, message):
        words = " ".join(message.split())
        before, _text, after = message.partition(message.strip())
        return f"{before}{_(words)}{after}" if words in OF_THE_THEME else message


def _translate_scripts(app, name, template, context, doctree):
    """Let the site's scripts, and those of Sphinx and its extensions, speak the language of the site."""
    if app.config.language != ENGLISH:
        said = {message: [_(message)] for message in [*OF_THE_THEME, *_of_scripts()]}
        app.add_js_file(None, body=WORDS_OF_SCRIPTS.format(json.dumps(said, ensure_ascii=False)), priority=900)


@functools.cache
def _of_scripts():
    return [message for _, _, message, _, _ in extract_from_dir(SITE / "static", [("**.js", "javascript")])]


def _lead_to_others(app, name, template, context, doctree):
    """Name the same page in the other languages."""
    context["other_languages"] = others = [
        (language, LANGUAGES[language][0], _address(app, language, name))
        for language in [ENGLISH, *catalogues.languages()]
        if language != app.config.language and _pages_in(app, language).is_dir()
    ]
    links = [f'<link rel="alternate" hreflang="{language}" href="{address}">' for language, name, address in others]
    locale = f'<meta property="og:locale" content="{LANGUAGES[app.config.language][1]}">'
    context["metatags"] = "".join([context.get("metatags", ""), *links, locale])


def _pages_in(app, language):
    """The folder of the pages of a language: they lie side by side."""
    own = Path(app.srcdir)
    name = own.name.removesuffix(f"-{app.config.language}")
    return own.parent / (name if language == ENGLISH else f"{name}-{language}")


def _address(app, language, name):
    """The address of a page in another language; that of the whole site if it has one, else one from page to page."""
    own, there = [("" if each == ENGLISH else f"{each}/") for each in (app.config.language, language)]
    start = app.config.html_baseurl.removesuffix(own) or "../" * bool(own)
    return f"{start}{there}{name}.html"


def _with_korean(make_id):
    """Sphinx's own function, which numbers what has no Latin letters: a number that another entry changes."""

    def made(env, document, prefix="", term=None):
        if not KOREAN.search(term or ""):
            return make_id(env, document, prefix, term)
        return "-".join([prefix, *re.findall(r"\w+", term)])

    return made
