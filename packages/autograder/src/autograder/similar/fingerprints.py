"""What a solution cell says, whatever its names, comments, numbers and spaces are: as words, in runs of a few."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Name, Number, Punctuation, String, Text
from pygments.util import ClassNotFound

RUN = 5  # words: with fewer, unlike solutions look alike; with more, one changed line hides a copy
LARGEST = 20_000  # characters of a cell that are looked at
NAME, NUMBER, TEXT = "name", "number", "text"
BLANK = re.compile(r"(?<!\s)\s*\n")  # ends of lines and blank ones: of many with spaces in them a lexer takes minutes
BRACKETS = ("(", ")")  # can be put around almost anything


class Word(NamedTuple):
    """A word of a cell, made equal for all who may have written it otherwise, and its place in the cell."""

    text: str
    start: int
    end: int


@functools.lru_cache(maxsize=500)  # equal cells of a place, and both sides of a pair that is shown
def words(source: str, language: str) -> tuple[Word, ...]:
    """The words of a cell.

    Parameters
    ----------
    source : str
    language : str
        As Pygments calls it; of what it does not know, and of a text, each word is one.
    """
    lexer, source = _lexer(language), source[:LARGEST]
    if lexer is None:
        return tuple(Word(each[0].casefold(), *each.span()) for each in re.finditer(r"\w+", source))
    source = BLANK.sub(lambda blank: "\n" * len(blank[0]), source)
    found: list[Word] = []
    behind_a_dot = False
    for start, kind, text in lexer.get_tokens_unprocessed(source):
        end = start + len(text)
        if kind in Comment or kind in Text or kind in String.Doc or (kind in Punctuation and text in BRACKETS):
            continue
        if kind in String:
            if found and found[-1].text == TEXT and found[-1].end == start:
                start = found.pop().start
            found.append(Word(TEXT, start, end))
        elif kind in Number:
            found.append(Word(NUMBER, start, end))
        elif kind in Name and not behind_a_dot and (kind in Name.Builtin.Pseudo or kind not in Name.Builtin):
            found.append(Word(NAME, start, end))
        else:  # also the names that a student does not choose: built-in ones, and those of a library behind a dot
            found.append(Word(text, start, end))
        behind_a_dot = text == "."
    return tuple(found)


def runs(found: tuple[Word, ...]) -> list[int]:
    """A number for each run of words, in their order."""
    texts = [each.text for each in found]
    return [hash(tuple(texts[place : place + RUN])) for place in range(len(texts) - RUN + 1)]


@functools.cache
def _lexer(language: str) -> Lexer | None:
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return None
    return lexer if lexer.name != "Text only" else None
