"""The catalogues of a language: made from what the course says, kept up to date, and compared with it."""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import nbformat
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po
from markdown_it import MarkdownIt

from editions import markdown, python

COURSE = Path(__file__).resolve().parent.parent
LOCALE = COURSE / "locale"
PACKAGES = {
    "cnn_course": COURSE / "packages" / "cnn-course" / "src" / "cnn_course",
    "autograder": COURSE / "packages" / "autograder" / "src" / "autograder",
}
HEADER = "# `make catalogues` brings this file up to date with the English texts."
NOT_A_PAGE = "README.md"
OF_THE_SITE = [("*.py", "python"), ("static/*.js", "javascript")]
KEPT = re.compile(r"`[^`]+`|\$[^$]+\$|<[^>]+>|(?<=\]\()[^)]+")  # code, formulas, tags, where links lead
PERCENT = re.compile(r"%\(\w+\)[a-z]")
FORMULA = re.compile(r"\$[^$]+\$")
NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")


def domains() -> list[str]:
    """The names of all catalogues: one for each notebook, for the site's pages, and for each package."""
    return [*sorted(path.stem for path in (COURSE / "source").glob("*/*.ipynb")), "book", *PACKAGES]


def path_of(domain: str, language: str) -> Path:
    """The file of a catalogue."""
    folder = PACKAGES[domain] / "locale" if domain in PACKAGES else LOCALE
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def languages() -> list[str]:
    """The languages that the course has been translated to."""
    return sorted(path.name for path in LOCALE.iterdir() if path.is_dir())


def read(domain: str, language: str) -> Catalog:
    """A catalogue as it is in its file; an empty one if there is none."""
    path = path_of(domain, language)
    if not path.exists():
        return Catalog(language, domain, header_comment="", project="Seeing with Convolutions", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=domain)


def translations(domain: str, language: str) -> dict[str, str]:
    """What is translated, and up to date, by its English text."""
    entries = [each for each in read(domain, language) if isinstance(each.id, str) and each.id and not each.fuzzy]
    return {each.id: each.string for each in entries if each.string}


def template(domain: str) -> Catalog:
    """What the course says in a domain, without translations."""
    if domain in PACKAGES:
        return _of_package(PACKAGES[domain])
    catalogue = Catalog(domain=domain)
    for place, message in _said(domain):
        catalogue.add(message, locations=[(place, None)])
    return catalogue


def _of_package(package: Path) -> Catalog:
    """What a package says, as its pyproject.toml tells Babel to find it."""
    settings = str(package.parents[1] / "pyproject.toml")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.pot"
        command = ["pybabel", "--quiet", "extract", "--mapping-file", settings, "--add-location", "file"]
        CommandLineInterface().run([*command, "--output-file", str(made), "--keywords", "N_", str(package)])
        with made.open("rb") as file:
            found = read_po(file)
    for message in found:
        message.locations = [(Path(place).relative_to(package).as_posix(), None) for place, _ in message.locations]
    return found


def update(domain: str, language: str) -> None:
    """Bring a catalogue up to date; a translation whose English text has changed becomes fuzzy."""
    catalogue, path = read(domain, language), path_of(domain, language)
    catalogue.update(template(domain), update_creation_date=False)
    catalogue.msgid_bugs_address, catalogue.last_translator = "see CONTRIBUTING.md", "The course team"
    catalogue.header_comment, catalogue.revision_date = HEADER, catalogue.creation_date
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, omit_header=False, include_lineno=False)


def faults(domain: str, language: str) -> Iterator[str]:
    """What is missing in a catalogue or wrong, a sentence for each, with its place."""
    catalogue = read(domain, language)
    for wanted in template(domain):
        if wanted.id:
            place, found = wanted.locations[0][0], catalogue.get(wanted.id)
            said = _longest(found.string) if found else ""
            why = _fault(_longest(wanted.id), said)
            if found and found.fuzzy:
                why = "has changed in English since it was translated"
            if why:
                yield f"{path_of(domain, language).relative_to(COURSE)}, {place}: {wanted.id!r} {why}"


def _longest(forms: str | tuple[str, ...]) -> str:
    """A message, or of the singular and the plural the one that has all values."""
    return forms if isinstance(forms, str) else max(forms, key=len)


def _fault(message: str, said: str) -> str | None:
    """What is wrong with a translation, or None."""
    if not said:
        return "has no translation"
    for what, parts in (
        ("values", lambda text: PERCENT.findall(text) or python.places(FORMULA.sub("", text))),
        ("code, formulas, tags or links", _kept),
        ("numbers", NUMBERS.findall),
        ("words in bold or italics", _emphasised),
    ):
        lost = Counter(parts(message)) - Counter(parts(said))
        if lost:
            return f"loses {what}: {', '.join(lost)}"
    return None


def _kept(text: str) -> list[str]:
    """What stays as it is: formulas without the words in them, and of a link to the glossary where it leads."""
    text = re.sub(r"(?<=\\text\{)[^{}]*", "", text)
    return KEPT.findall(re.sub(r"\{term\}`[^`<]*<([^>]+)>`", r"{term}`\1`", text))


def _emphasised(text: str) -> list[str]:
    """The kinds of emphasis that a text has as it is rendered: a `**` before a particle may not end anything."""
    inline = [each for token in MarkdownIt().parse(text) for each in token.children or ()]
    return [each.type.removesuffix("_open") for each in inline if each.type in ("strong_open", "em_open")]


def _said(domain: str) -> Iterator[tuple[str, str]]:
    """The messages of a domain, each with its place."""
    if domain == "book":
        for path in sorted((COURSE / "book").glob("*.md")):
            if path.name != NOT_A_PAGE:
                yield from ((path.name, each) for each in markdown.messages(path.read_text(encoding="utf-8")))
        for name, _, message, _, _ in extract_from_dir(COURSE / "book", OF_THE_SITE):
            yield name, message
    else:
        for folder in ("source", "release"):
            for cell in nbformat.read(COURSE / folder / domain / f"{domain}.ipynb", as_version=4).cells:
                read_as = markdown if cell.cell_type == "markdown" else python
                yield from ((cell.id, each) for each in read_as.messages(cell.source))
