"""How a page is made of a template: what comes from outside is escaped, and nothing in it is invisible."""

from jinja2 import Environment, PackageLoader, select_autoescape

from autograder import showing


def environment() -> Environment:
    """The environment of this package's templates."""
    return Environment(
        loader=PackageLoader("autograder"),
        autoescape=select_autoescape(),
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _visible(value: object) -> object:
    """A text as it can be shown; most are short and printable, and are not looked at further."""
    if type(value) is not str or (len(value) < showing.MOST_CHARACTERS and value.isprintable()):
        return value
    return showing.lines(value)
