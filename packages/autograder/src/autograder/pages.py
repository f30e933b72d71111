"""How a page is made of a template: what comes from outside is escaped, and nothing in it is invisible."""

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from autograder import language, showing


def environment() -> Environment:
    """The environment of this package's templates."""
    made = Environment(
        loader=PackageLoader("autograder"),
        autoescape=select_autoescape(),
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.newstyle_gettext = True  # type: ignore[attr-defined]  # of the extension: values are given to the functions
    made.globals |= {"gettext": _said, "ngettext": _said_of, "language": language.spoken(), "recorded": _recorded}
    return made


def _recorded(sentence: str) -> str:
    """A sentence of the record, which is English on every page."""
    if language.spoken() == language.ENGLISH:
        return sentence
    return Markup('<span lang="en">{}</span>').format(_visible(sentence))


def _said(message: str, /, **values: object) -> Markup:
    return Markup(language.translation(message)) % _safe(values)


def _said_of(one: str, many: str, number: int, /, **values: object) -> Markup:
    return Markup(language.translation(one, many, number)) % _safe(values)


def _safe(values: dict[str, object]) -> dict[str, object]:
    return {name: _visible(value) for name, value in values.items()}


def _visible(value: object) -> object:
    """A text as it can be shown; most are short and printable, and are not looked at further."""
    if type(value) is not str or (len(value) < showing.MOST_CHARACTERS and value.isprintable()):
        return value
    return showing.lines(value)
