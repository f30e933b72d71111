"""What the site says itself, in the language that it is built in: English is written where it is said."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from editions import catalogues  # noqa: E402

ENGLISH = "en"
KOREAN = re.compile(r"[가-힣]+(?: [가-힣]+)*")
PARTICLES = (
    "(?:(?<=.)(?:은|는|을|를|에서|에게|으로|부터|까지|처럼|보다|마다|이란|이라는|입니다|이며|이고|이다)"
    "|(?<=..)(?:이|가|의|에|로|와|과|도|만|들|란|나|인))"
)  # what follows a Korean word without a space; those that many words end with need a longer word
_said: dict[str, str] = {}


def speak(language):
    """From now on, say everything in a language."""
    _said.clear()
    _said.update(catalogues.translations("book", language))


def _(message, **values):
    """Say something; the values stand in its braces."""
    said = _said.get(message, message)
    return said.format(**values) if values else said
