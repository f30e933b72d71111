"""What the course says, in the language of the notebook. English is written where it is said, the rest in catalogues.

A notebook in another language sets NOTEBOOK_LANGUAGE in its first code cell. The package's own sentences stand in
`locale/` beside this module, those of the notebooks' tests in the folder that COURSE_LOCALE names: students don't get
it. What has no translation is said in English.
"""

import functools
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from cnn_course.particles import with_particles

OWN = Path(__file__).parent / "locale"
PLACE = re.compile(r"\{([^{}]+)\}")  # in a message of a test: an expression in the braces of an f-string
ENGLISH = re.compile(r"[a-z]{2,}")


class Said(str):
    """A sentence in the notebook's language, and what it is in English."""

    english: str

    def __new__(cls, text: str, english: str | None = None) -> Self:
        made = super().__new__(cls, text)
        made.english = text if english is None else english
        return made


def language() -> str:
    """The language of the notebook that runs, as gettext names it; an empty string for English."""
    return os.environ.get("NOTEBOOK_LANGUAGE", "")


def _(message: str, /, **values: object) -> str:
    """Say a sentence of the package.

    A sentence is written whole, since words have another order in other languages.

    Parameters
    ----------
    message : str
        The English sentence, as `str.format` takes it.
    **values
        What stands in its braces.
    """
    wanted = language()
    if not wanted:
        return message.format(**values)
    english = message.format(**{name: in_english(value) for name, value in values.items()})
    return Said(with_particles(_catalogue(OWN, wanted).get(message, message).format(**values)), english)


def in_english(said: object) -> object:
    """A sentence of the course in English; anything else as it is."""
    return said.english if isinstance(said, Said) else said


def N_(message: str) -> str:
    """Mark a sentence, for the catalogue, that `_` is given when it is said: the language isn't known on import."""
    return message


def in_every_language(message: str) -> set[str]:
    """A sentence of the package, in English and as each catalogue has it."""
    return {message} | {_catalogue(OWN, home.name).get(message, message) for home in OWN.iterdir()}


def translations(code: str) -> dict[str, str]:
    """What code in JavaScript says, by its English sentences: those that stand in it in double quotes."""
    known = _catalogue(OWN, language())
    return {message: said for message, said in known.items() if json.dumps(message, ensure_ascii=False) in code}


def listed(items: Iterable[str]) -> str:
    """Several things in one sentence."""
    return functools.reduce(lambda first, second: _("{first} and {second}", first=first, second=second), items)


def in_a_row(*sentences: str | None, between: str = " ") -> str:
    """Sentences in the notebook's language, one after the other."""
    told = [each for each in sentences if each]
    return Said(between.join(told), between.join(str(in_english(each)) for each in told))


def of_a_test(said: str) -> str:
    """Say what a notebook's test says: `said` has its values in it already, or is a sentence of the package.

    Of several messages that `said` could be, the one is taken whose values have the fewest English words in them.
    """
    wanted, folder = language(), os.environ.get("COURSE_LOCALE", "")
    if isinstance(said, Said) or not (wanted and folder and said):
        return said
    known = _catalogue(Path(folder), wanted)
    if said in known:
        return Said(known[said], said)
    readings = [
        (translated, dict(zip(places, map(_value, found.groups()), strict=True)))
        for pattern, places, translated in _with_values(Path(folder), wanted)
        if (found := pattern.fullmatch(said))
    ]
    if not readings:
        return said
    translated, values = min(readings, key=lambda reading: len(ENGLISH.findall(" ".join(reading[1].values()))))
    return Said(with_particles(PLACE.sub(lambda place: values[place[1]], translated)), said)


def _value(text: str) -> str:
    """A value of a test's sentence: one of several words may be a sentence of its own."""
    return of_a_test(text) if " " in text else text


@functools.cache
def _catalogue(folder: Path, wanted: str) -> dict[str, str]:
    """The translations into a language, by their English messages."""
    home = folder / wanted / "LC_MESSAGES"
    if not wanted.isidentifier() or not home.is_dir():
        return {}
    from babel.messages.pofile import read_po

    found: dict[str, str] = {}
    for path in sorted(home.glob("*.po")):
        with path.open("rb") as file:
            entries = [each for each in read_po(file) if each.id and each.string and not each.fuzzy]
        found |= {str(each.id): str(each.string) for each in entries}
    return found


@functools.cache
def _with_values(folder: Path, wanted: str) -> list[tuple[re.Pattern[str], list[str], str]]:
    """Messages with values in them, as patterns, those with the most words of their own first."""
    found = []
    for message, translated in _catalogue(folder, wanted).items():
        pieces = PLACE.split(message)
        if len(pieces) > 1 and "".join(pieces[::2]):
            pattern = "(.+?)".join(map(re.escape, pieces[::2]))
            found.append((re.compile(pattern, re.DOTALL), pieces[1::2], translated, len("".join(pieces[::2]))))
    return [each[:3] for each in sorted(found, key=lambda each: -each[3])]
