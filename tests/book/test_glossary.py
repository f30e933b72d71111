"""The terms of book/glossary.md: each is defined once in the notebooks, in bold with its Korean equivalent.

None is used before that.
"""

import functools
import re
from dataclasses import dataclass

import pytest

from testing.classroom import ASSIGNMENTS, ROOT, source

SITE = ROOT / "book"
GLOSSARY = (SITE / "glossary.md").read_text(encoding="utf-8").partition("```{glossary}\n")[2].partition("```")[0]
TERMS = dict(re.findall(r"^(\S.*)\n(\S.*)\n {4}", GLOSSARY, re.M))
KOREAN = "[가-힣]+(?:[ -][가-힣]+)*"
# **stride** (스트라이드); something may stand before or after the Korean: (RBF, 방사 기저 함수), (에지(경계선))
DEFINITION = re.compile(rf"\*\*([^*\n]+)\*\* \((?:[^()]*, )?({KOREAN}(?:\([^()]*\))?)[^()]*\)")
# Code, HTML tags, the addresses of links, alt texts with theirs, and headings, which may name what is to come.
NOT_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`|</?\w[^<>]*>|!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|https?://\S+|^#[^\n]*", re.S | re.M
)
# What may stand before the term's definition, the everyday word or what is explained on the spot:
# (notebook, term, phrase with the term) -> why.
EXCEPTIONS = {
    ("01-dl-review", "overfitting", "Prevent Neural Networks from Overfitting"): "the title of a paper",
    ("01-dl-review", "convolution", "Convolutional networks, from the next notebook on"): "says itself where it comes",
    ("02-stride-padding", "max pooling", "max pooling with size 2 keeps the largest number"): "explained on the spot",
    ("02-stride-padding", "max pooling", "max pooling softens small shifts"): "explained in the question",
    ("03-pooling", "max pooling", "the largest (max pooling)"): "explained on the spot",
    ("03-pooling", "average pooling", "the mean (average pooling)"): "explained on the spot",
    ("03-pooling", "max pooling", "after 2×2 and 4×4 max pooling"): "explained two sentences before",
}


@dataclass(frozen=True)
class Cell:
    """A markdown cell of a notebook; in its prose, spaces stand in the place of what is none."""

    notebook: str
    id: str
    text: str
    prose: str


def read(notebook):
    """The markdown cells of a notebook. The first names what is to come, and so counts as no prose."""
    for place, cell in enumerate(source(notebook).cells):
        if cell.cell_type == "markdown":
            prose = NOT_PROSE.sub(lambda found: " " * len(found[0]), cell.source) if place else ""
            yield Cell(notebook, cell.id, cell.source, prose)


CELLS = [cell for name in ASSIGNMENTS for cell in read(name)]  # in reading order


@functools.cache
def definitions():
    """Terms in lower case -> list of (place in CELLS, offset, Korean)."""
    found = {}
    for place, cell in enumerate(CELLS):
        for each in DEFINITION.finditer(cell.text):
            found.setdefault(each[1].lower(), []).append((place, each.start(), each[2]))
    return found


def forms(term):
    """A pattern for a term in the singular or plural, and with the endings of a verb."""
    *words, last = re.split("[ -]", term)
    if last.endswith("ing"):
        last = re.sub(r"(.)\1$", r"\1\1?", last[:-3]) + "(?:es?|s|ed|ings?)?"
    else:
        last = last.removesuffix("s")
        endings = {"y": "(?:y|ies)", "e": "(?:es?|ed|ing)", "x": "(?:x|xes|ces)"}
        last = last[:-1] + endings[last[-1]] if last[-1] in endings else last + "(?:s|es|ed|ing|al)?"
    return re.compile(rf"(?<!\w){'[ -]'.join([*words, last])}(?!\w)", re.I)


def early_uses(term):
    """The uses of a term before its definition: (cell, start, end)."""
    defined = definitions()[term][0][:2] if term in definitions() else (len(CELLS), 0)
    for place, cell in enumerate(CELLS[: defined[0] + 1]):
        for found in forms(term).finditer(cell.prose):
            if (place, found.start()) < defined:
                yield cell, *found.span()


def allowed(term, cell, start, end):
    """The exceptions that a use of a term falls under."""
    for exception in EXCEPTIONS:
        notebook, of, phrase = exception
        at = cell.text.find(phrase)
        if (notebook, of) == (cell.notebook, term) and 0 <= at <= start and end <= at + len(phrase):
            yield exception


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_defined_in_one_place_with_the_korean_of_the_glossary(term):
    found = [
        (f"{CELLS[place].notebook}, {CELLS[place].id}", korean) for place, _, korean in definitions().get(term, [])
    ]
    assert len(found) == 1, (
        f"**{term}** ({TERMS[term]}) should stand in one place of the notebooks, and it does in {found}."
    )
    assert found[0][1] == TERMS[term], f"{term} is {TERMS[term]} in the glossary and {found[0][1]} in {found[0][0]}."


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_what_stands_in_bold_with_its_korean_is_in_the_glossary(assignment):
    for cell in (each for each in CELLS if each.notebook == assignment):
        unknown = [each[0] for each in DEFINITION.finditer(cell.text) if each[1].lower() not in TERMS]
        assert not unknown, f"{assignment}, {cell.id}: {unknown[0]} is not in book/glossary.md."
        rest = re.search(f".*{KOREAN}.*", DEFINITION.sub("", cell.text))
        assert not rest, (
            f"{assignment}, {cell.id}: the Korean should stand as in **term** (한국어), and not as in {rest[0]!r}."
        )


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_not_used_before_its_definition(term):
    for cell, start, end in early_uses(term):
        around = cell.text[max(0, start - 30) : end + 30].replace("\n", " ")
        assert any(allowed(term, cell, start, end)), (
            f'{cell.notebook}, {cell.id}: {term} is used before it is defined, in "{around}".'
        )


def test_every_exception_is_needed():
    used = {each for term in TERMS for use in early_uses(term) for each in allowed(term, *use)}
    assert not EXCEPTIONS.keys() - used, f"No longer needed: {EXCEPTIONS.keys() - used}."


@pytest.mark.parametrize("page", sorted(SITE.glob("*.md")), ids=lambda page: page.stem)
def test_every_reference_to_a_term_resolves(page):
    for text in re.findall(r"\{term\}`([^`]*)`", page.read_text(encoding="utf-8")):
        named = re.search("<(.*)>", text)
        target = named[1] if named else text
        assert target in TERMS, f"{page.name}: {{term}}`{text}` leads to {target!r}, which the glossary does not have."
