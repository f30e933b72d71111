"""What a page says, in its language. English is written where it is said, the rest in the catalogues of `locale/`.

A message has its values as `%(name)s`, and `%%` for a sign of percent, in Python as in templates.
"""

from __future__ import annotations

import contextlib
import functools
import gettext
import io
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

HOME = Path(__file__).parent / "locale"
ENGLISH = "en"

_spoken = ContextVar("language", default=ENGLISH)


def known() -> list[str]:
    """The languages that pages can have."""
    return [ENGLISH, *sorted(path.parents[1].name for path in HOME.glob("*/LC_MESSAGES/autograder.po"))]


def closest(wanted: str) -> str:
    """The language for a reader of this one, such as "ko-KR"; English where there is none."""
    name = wanted.partition("-")[0].lower()
    return name if name in known() else ENGLISH


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say all that is said meanwhile in one of the known languages."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """The language of what is said now."""
    return _spoken.get()


def _(message: str, /, **values: object) -> str:
    """Say a message with its values."""
    return translation(message) % values


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Say one of two messages, as a number asks, with their values."""
    return translation(one, many, number) % values


def N_(message: str) -> str:
    """Mark a word that is said later, by `_`."""
    return message


def translation(message: str, many: str = "", number: int = 1) -> str:
    """A message, or one of two, before its values are put in."""
    catalogue = _catalogue(spoken())
    return catalogue.ngettext(message, many, number) if many else catalogue.gettext(message)


@functools.cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == ENGLISH:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # takes longer than an English page has time for
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with (HOME / language / "LC_MESSAGES" / "autograder.po").open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
