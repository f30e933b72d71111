"""Read a notebook's file, whatever a browser, an editor or a learning platform made of it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from autograder.course.results import NotGradable
from autograder.intake import folders, mending
from autograder.showing import shown

LARGEST_NOTEBOOK_MEGABYTES = 200
MOST_CELLS = 10_000
MOST_PARTS = 10_000_000  # of all lists and objects in the JSON
MOST_DEEP = 100
STRING = r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\Z)'


def read(path: Path) -> tuple[nbformat.NotebookNode, list[str]]:
    """Read a notebook of any format version as version 4.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of (nbformat.NotebookNode, list of str)
        The notebook, and a sentence for each fault of the file that was mended.

    Raises
    ------
    NotGradable
        If it is none; the fault is said in one sentence.
    """
    name = shown(path.name)
    text, repairs = _text(path, name)
    if not text:
        raise NotGradable("not-a-notebook", f"{name} is empty: save it again in JupyterLab and hand it in anew.")
    if text.count(",") + text.count("[") + text.count("{") > MOST_PARTS:
        raise NotGradable("not-a-notebook", f"{name} is too large: clear its outputs and hand it in anew.")
    content, said = _parsed(text, name)
    content = mending.unwrapped(content)
    cells = mending.cells_of(content)
    if cells is None:
        raise NotGradable("not-a-notebook", f"{name} is JSON, but not a Jupyter notebook: it has no cells.")
    if len(cells) > MOST_CELLS:
        raise NotGradable("not-a-notebook", f"{name} has more than {MOST_CELLS:,} cells: hand in fewer.")
    notebook, mended = mending.mended(content)
    return _valid(notebook, mended), repairs + said + mended


def _valid(notebook: dict[str, Any], mended: list[str]) -> nbformat.NotebookNode:
    """The notebook as nbformat has it; what of its metadata the format does not allow is dropped."""
    made: nbformat.NotebookNode = nbformat.from_dict(notebook)
    try:
        nbformat.validate(made)
    except nbformat.ValidationError:
        mending.bare(notebook)
        if mending.METADATA_LEFT_OUT not in mended:
            mended.append(mending.METADATA_LEFT_OUT)
        made = nbformat.from_dict(notebook)
    return made


def _text(path: Path, name: str) -> tuple[str, list[str]]:
    """The text of a file in whatever encoding an editor gave it."""
    if path.is_symlink() or not path.is_file():
        raise NotGradable("not-a-notebook", f"{name} is a link or a folder, not a file: hand in the notebook itself.")
    try:
        content = folders.content(path, LARGEST_NOTEBOOK_MEGABYTES * 10**6 + 1)
    except OSError as error:
        raise NotGradable("not-a-notebook", f"{name} can't be read: {error.strerror}.") from None
    if len(content) > LARGEST_NOTEBOOK_MEGABYTES * 1e6:
        raise NotGradable(
            "not-a-notebook",
            f"{name} has more than {LARGEST_NOTEBOOK_MEGABYTES} MB: clear its outputs and hand it in anew.",
        )
    text, said = _decoded(content, name)
    return text.strip("\0\ufeff \t\r\n"), said


def _decoded(content: bytes, name: str) -> tuple[str, list[str]]:
    encoding = json.detect_encoding(content)
    if encoding != "utf-8":
        kind = "-".join(encoding.upper().split("-")[:2])
        marked = content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
        how = f"{kind} with a byte order mark" if marked else kind
        return content.decode(encoding, errors="replace"), [f"{name} was saved as {how}."]
    try:
        return content.decode(), []
    except UnicodeDecodeError:
        if not content.lstrip().startswith(b"{"):
            return content.decode("latin-1"), []
        return content.decode("cp1252", errors="replace"), [f"{name} was saved in the encoding Windows-1252."]


def _parsed(text: str, name: str) -> tuple[Any, list[str]]:
    """What the JSON of a text says, and a sentence if something had to be left out."""
    decoder = json.JSONDecoder(strict=False, parse_int=_whole_number)
    try:
        try:
            return _unquoted(decoder.decode(text), decoder), []
        except RecursionError:
            return decoder.decode(_shallow(text)), ["What was nested too deeply was left out."]
    except (ValueError, RecursionError) as error:
        fault = error
    changes: tuple[tuple[str, Callable[[str], str]], ...] = (
        (f"What stood before or after the notebook in {name} was left out.", str),
        (f"Comments and spare commas in {name} were left out.", _without_comments),
    )
    for said, change in changes:
        try:
            changed = change(text)
            content, _ = decoder.raw_decode(changed, max(changed.find("{"), 0))
        except (ValueError, RecursionError):
            continue
        if mending.cells_of(content) is not None:
            return content, [said]
    where = f" (line {fault.lineno}: {fault.msg})" if isinstance(fault, json.JSONDecodeError) else ""
    raise NotGradable("not-a-notebook", f"{name} is not valid JSON{where}: {_what_it_is(text)}")


def _unquoted(content: Any, decoder: json.JSONDecoder) -> Any:
    """The JSON that a JSON string holds."""
    for _ in range(3):
        if isinstance(content, str) and content.lstrip().startswith(("{", '"')):
            content = decoder.decode(content)
    return content


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) < 100 else float(digits)


def _shallow(text: str) -> str:
    """The text of JSON without what is nested more deeply than any notebook is."""
    kept, depth, start = [], 0, 0
    for match in re.finditer(rf"{STRING}|[\[{{]|[\]}}]", text, re.S):
        if match[0] in ("[", "{"):
            depth += 1
            if depth == MOST_DEEP:
                kept.append(text[start : match.start()])
        elif match[0] in ("]", "}"):
            if depth == MOST_DEEP:
                kept.append("null")
                start = match.end()
            depth -= 1
    return "".join(kept) + (text[start:] if depth < MOST_DEEP else "")


def _without_comments(text: str) -> str:
    text = re.sub(rf"({STRING})|//[^\n]*|/\*.*?(?:\*/|\Z)|(?<=[\s,\[{{])#[^\n]*", r"\1", text, flags=re.S)
    return re.sub(rf"({STRING})|,(?=\s*[\]}}])", r"\1", text, flags=re.S)


def _what_it_is(text: str) -> str:
    """What a file that is no JSON may be, and the cure."""
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html")):
        return "it is a web page. Download the notebook itself."
    if start.startswith("pk"):
        return "it is a zip or Word file under another name. Hand in the notebook itself."
    if start.startswith("%pdf"):
        return "it is a PDF. Hand in the notebook itself."
    if "<<<<<<<" in text and ">>>>>>>" in text:
        return "it has the marks of a merge conflict. Resolve it, open the notebook in JupyterLab, and hand it in anew."
    return "the file is cut off or not a notebook. Download it again."
