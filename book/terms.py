"""The glossary and the other pages: they lead to it where a term is used, and it leads back to them."""

import re
from dataclasses import dataclass, field

from mdit_py_plugins.anchors.index import slugify
from words import PARTICLES, _

FIRST_SECTION = re.compile(r"1\. ")
BOLD_TERM = r"\*\*(?P<bold>[^*\n]+)\*\*(?=,? \((?:[^()]*, )?[가-힣]|\((?P<english>[a-z][^(),]*))"
HEADING = r"^\#{1,3}\ (?P<heading>.+?)$"
NOT_PROSE = r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$|<summary>.*?</summary>|</?\w[^<>]*>|!?\[[^\]]*\]\([^)]*\)|https?://\S+"
EVERYDAY = {"edges"}  # an everyday word as well: of a window, of the picture
ENTRY = re.compile(r"(?m)^(\S.*)\n(\S.*)\n(?: {4}.*\n)+")
GLOSSARY = "```{glossary}\n"


@dataclass(frozen=True)
class Use:
    """A section of a page in which a term is used."""

    page: str
    title: str

    @property
    def anchor(self):
        """The link to it, as MyST-NB resolves it."""
        return f"{self.page}#{slugify(re.sub('[`*]', '', self.title))}"


@dataclass
class Uses:
    """Where the terms of a glossary are defined, and where else they are used first in a page.

    In another language, `spoken` says what stands for which of the terms.
    """

    terms: set[str]
    spoken: dict[str, str] = field(default_factory=dict)
    defined: dict[str, Use] = field(default_factory=dict)
    others: dict[str, list[Use]] = field(default_factory=dict)


class Page:
    """A page of which the texts are linked in their order.

    A bold term with its equivalent in the other language is a definition, and always leads to the glossary:
    **stride** (스트라이드), **스트라이드**(stride). Besides, the first use of each term does that was defined in an
    earlier page; what stands before section 1 is no such use.
    """

    def __init__(self, name, uses):
        self.name, self.uses = name, uses
        self.due = set(uses.defined) - EVERYDAY
        self.title = ""
        self.begun = False

    def linked(self, text):
        """A text whose terms lead to the glossary; their places are kept in `uses`."""
        parts = f"{HEADING}|{BOLD_TERM}|{NOT_PROSE}|(?P<term>{_pattern(self.due, self.uses.spoken)})"
        return re.sub(parts, self._replaced, text, flags=re.DOTALL | re.MULTILINE | re.IGNORECASE)

    def _replaced(self, found):
        if found["heading"]:
            self._enter(found["heading"])
        if found["bold"]:
            return self._definition(found["bold"], found["english"])
        return self._reminder(found["term"]) if found["term"] else found[0]

    def _enter(self, title):
        self.begun = self.begun or bool(FIRST_SECTION.match(title))
        if not title.startswith((_("Task"), _("Written answer"))):
            self.title = title

    def _definition(self, words, english):
        term = _term(english or words, self.uses.terms)
        if term is None:
            return f"**{words}**"
        self.uses.defined[term] = Use(self.name, self.title)
        return f"**{_reference(words, term)}**"

    def _reminder(self, words):
        term = _term(self.uses.spoken.get(words, words), self.due)
        if not self.begun or term is None:
            return words
        self.due.remove(term)
        self.uses.others.setdefault(term, []).append(Use(self.name, self.title))
        return _reference(words, term)


def with_uses(glossary, uses):
    """The text of the glossary page, each of its terms with links to where it is explained and used."""
    said = lambda entry: entry[0] + _where(entry[1] if entry[1].isascii() else entry[2], uses)
    if not uses.spoken:
        return ENTRY.sub(said, glossary)
    head, start, entries = glossary.partition(GLOSSARY)
    entries = sorted(_spoken_first(said(entry)) for entry in ENTRY.finditer(entries))
    return "".join([head, start, "\n".join(entries), "```\n"])


def glossary_terms(text):
    """The terms of a glossary page, as they are written there."""
    return set(re.findall(r"(?m)^([^\s`#].*)$", text.partition(GLOSSARY)[2]))


def spoken_terms(text):
    """What stands for which English term in a glossary page that is in Korean; nothing if it is in English."""
    entries = [_spoken_first(entry[0]).split("\n")[:2] for entry in ENTRY.finditer(text.partition(GLOSSARY)[2])]
    is_korean = re.search(r"(?m)^ {4}.*[가-힣]", text)
    return {spoken.partition("(")[0]: term for spoken, term in entries} if is_korean else {}


def _spoken_first(entry):
    """An entry whose term is followed by its English one."""
    one, other, meaning = entry.split("\n", 2)
    return "\n".join([*sorted((one, other), key=str.isascii), meaning])


def _where(term, uses):
    if term not in uses.defined:
        return ""
    first = uses.defined[term]
    title = re.sub(r"^\d+(\.| ·) ", "", first.title)  # of a section or of the page
    place = f"[{_short(first.page)}, “{title}”]({first.anchor})"
    others = ", ".join(f"[{_short(use.page)}]({use.anchor})" for use in uses.others.get(term, []))
    said = _("In {place}; then in {others}.", place=place, others=others) if others else _("In {place}.", place=place)
    return f"\n    {said}\n"


def _short(page):
    """What a page is called in a list: 02, or quiz 02."""
    quiz, number = re.match(r"(quiz-)?(\d+)", page).groups()
    return _("quiz {number}", number=number) if quiz else number


def _reference(words, term):
    return f"{{term}}`{words} <{term}>`"


def _term(words, terms):
    """The term that words stand for, in the singular or plural."""
    words = words.lower()
    return next((each for each in (words, words.removesuffix("s"), f"{words}s") if each in terms), None)


def _pattern(terms, spoken):
    """What finds one of the terms, the longest first, in the language that is spoken.

    Not one with which bold text ends before a particle: behind a link Markdown would not end it there.
    """
    end = rf"(?!\*+\w)(?={PARTICLES}*(?![\w-]))" if spoken else r"s?(?![\w-])"
    names = (
        [name for name, term in spoken.items() if term in terms]
        if spoken
        else [each.removesuffix("s") for each in terms]
    )
    each = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return rf"(?<![\w-])(?:{each}){end}" if names else "(?!)"
