"""What comes from outside, made safe to be shown: in a line of a terminal, on a page, in a cell of a table."""

import re
import unicodedata
from collections.abc import Iterable
from concurrent.futures import BrokenExecutor

from autograder.language import _

MOST_CHARACTERS = 4000
MOST_OF_A_NAME = 80
FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")  # where a spreadsheet begins to compute
PLAIN = {  # what Python says of these in its own words, or not at all
    MemoryError: "there was not enough memory",
    RecursionError: "something is nested too deeply",
    UnicodeError: "there are characters that no file can hold",
    TimeoutError: "it took too long",
    BrokenExecutor: "the process was ended from outside",
}
HARMLESS = re.compile(r"[-+@][\w .,@-]*%?")  # a number, a name, an address


def line(text: object) -> str:
    """The text as one line of what can be seen: control characters, and what turns or hides others, as escapes."""
    text = str(text)
    if len(text) > MOST_CHARACTERS:
        text = f"{text[:MOST_CHARACTERS]} …"
    return text if text.isprintable() else "".join(map(_visible, text))


def lines(text: object) -> str:
    """The text with its lines, each made safe."""
    return "\n".join(map(line, str(text).split("\n")))


def cell(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: a mark stands before it, unless it is harmless."""
    if FORMULA.match(text) and not HARMLESS.fullmatch(text):
        return f"'{text}"
    return text


def shown(name: object) -> str:
    """A name that a student chose, as a sentence can hold it: printable, in one line, and not too long."""
    text = "".join(each if each.isprintable() else "�" for each in str(name)[:10_000])
    return text if len(text) <= MOST_OF_A_NAME else f"{text[: MOST_OF_A_NAME // 2]}…{text[-MOST_OF_A_NAME // 2 :]}"


def listed(names: Iterable[object], most: int = 3) -> str:
    """A few names, and how many there are besides."""
    texts = [shown(each) for each in names]
    if len(texts) <= most + 1:
        first, last = ", ".join(texts[:-1]), "".join(texts[-1:])
        return _("%(first)s and %(last)s", first=first, last=last) if first else last
    return _("%(first)s and %(number)s more", first=", ".join(texts[:most]), number=f"{len(texts) - most:,}")


def whole(text: str) -> str:
    """A text without halves of characters, which no file and no database can hold."""
    return text.encode("utf-8", "replace").decode()


def fault(error: BaseException) -> str:
    """What went wrong, in a few words, without a full stop."""
    plain = next((words for kind, words in PLAIN.items() if isinstance(error, kind)), None)
    said = plain or getattr(error, "strerror", None) or str(error).strip().partition("\n")[0].rstrip(".")
    return line(said) if " " in said else "the grader itself failed" + (f" at {line(said)}" if said else "")


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    if character in "\n\r\t" or unicodedata.category(character) == "Zs":
        return " "
    return character.encode("unicode_escape").decode()
