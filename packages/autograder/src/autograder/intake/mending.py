"""Make a notebook of format 4.5 from parsed JSON, of all that grading needs and all else that the format allows."""

import itertools
import math
import re
from collections.abc import Iterator
from typing import Any, TypeVar

CELL_TYPES = ("code", "markdown", "raw")
MOST_DEEP = 20
CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
ENDS_OF_LINES = tuple("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")  # where nbformat cuts a source into lines
Cell = TypeVar("Cell", bound=dict[str, Any])


def unwrapped(content: Any) -> Any:
    """The notebook in what a server, an assistant or a second saving put around it."""
    for _ in range(3):
        if isinstance(content, list) and len(content) == 1:
            [content] = content
        elif isinstance(content, dict) and "cells" not in content and isinstance(content.get("content"), (dict, str)):
            content = content["content"]
        else:
            break
    return content


def cells_of(content: Any) -> list[Any] | None:
    """The cells of a notebook of any format, or None if it has none."""
    if not isinstance(content, dict):
        return None
    cells = content.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = content.get("worksheets")
    if not isinstance(sheets, list):
        return None
    sheets = [sheet["cells"] for sheet in sheets if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)]
    return [cell for sheet in sheets for cell in sheet]


def mended(content: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Make a notebook without outputs, since all cells are executed anew.

    Parameters
    ----------
    content : dict
        With cells, see `cells_of`.

    Returns
    -------
    tuple of (dict, list of str)
        The notebook, and a sentence for each kind of fault that was mended.
    """
    faults, entries = _Faults(), cells_of(content)
    assert entries is not None
    cells = [_cell(cell, faults) for cell in entries]
    metadata = _metadata(content.get("metadata"), faults)
    language, kernel = metadata.get("language_info"), metadata.pop("kernelspec", None)
    if not (isinstance(language, dict) and isinstance(language.get("name"), str)):
        metadata.pop("language_info", None)
    if isinstance(kernel, dict) and isinstance(kernel.get("name"), str):
        display = kernel.get("display_name")
        metadata["kernelspec"] = kernel | {"display_name": display if isinstance(display, str) else kernel["name"]}
    elif kernel is not None:
        faults.metadata = True
    notebook = {"cells": with_ids([cell for cell in cells if cell]), "metadata": metadata}
    return notebook | {"nbformat": 4, "nbformat_minor": 5}, faults.said()


def bare(notebook: dict[str, Any]) -> None:
    """Leave a notebook no metadata but those that grading needs, in place."""
    notebook["metadata"] = {
        name: notebook["metadata"][name] for name in ("kernelspec",) if name in notebook["metadata"]
    }
    for cell in notebook["cells"]:
        cell["metadata"] = {name: cell["metadata"][name] for name in ("nbgrader", "tags") if name in cell["metadata"]}


class _Faults:
    """What was found amiss, each kind once."""

    none = half = ids = attachments = lines = metadata = False

    def said(self) -> list[str]:
        sentences = {
            "Entries that are not cells were left out.": self.none,
            "Characters that no file can hold were replaced.": self.half,
            "Cell ids that the format does not allow were replaced.": self.ids,
            "Pictures in the text that can't be read were left out.": self.attachments,
            "Line breaks that were missing in cells were added.": self.lines,
            METADATA_LEFT_OUT: self.metadata,
        }
        return [sentence for sentence, found in sentences.items() if found]


METADATA_LEFT_OUT = "Metadata that the format does not allow were left out."


def _cell(cell: Any, faults: _Faults) -> dict[str, Any] | None:
    source = _source(cell.get("source", cell.get("input")), faults) if isinstance(cell, dict) else None
    if source is None:
        faults.none = True
        return None
    kind = str(cell.get("cell_type")).lower()
    if kind == "heading":  # of format 3
        level = cell.get("level")
        kind, source = "markdown", f"{'#' * int(level) if level in range(1, 7) else '#'} {source}"
    elif kind not in CELL_TYPES:
        kind = "code" if "outputs" in cell and "cell_type" not in cell else "markdown"
    clean: dict[str, Any] = {
        "cell_type": kind,
        "source": source,
        "metadata": _cell_metadata(cell.get("metadata"), faults),
    }
    if "id" in cell:
        clean["id"] = cell["id"]
        if not (isinstance(cell["id"], str) and CELL_ID.fullmatch(cell["id"])):
            faults.ids = True
            del clean["id"]
    if kind == "code":
        clean |= {"outputs": [], "execution_count": None}
    elif cell.get("attachments"):
        clean["attachments"] = _attachments(cell["attachments"], faults)
    return clean


def _source(source: object, faults: _Faults) -> str | None:
    """The text of a cell, or None if it has none that could be read."""
    if source is None:
        return ""
    if isinstance(source, list):
        source = _joined(list(_strings(source)), faults)
    if not isinstance(source, str):
        return None
    if not _is_sound(source):
        faults.half = True
        source = source.encode("utf-8", "replace").decode()
    return source.replace("\r\n", "\n")


def _strings(values: list[Any]) -> Iterator[str]:
    """All strings in a list of lists; who nests deeper than the format's own text has none."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (each for each in value if isinstance(each, str))


def _joined(lines: list[str], faults: _Faults) -> str:
    """Join lines; those without an end get one, as the editor gives it that writes such lists."""
    lacking = {i for i, line in enumerate(lines[:-1]) if not line.endswith(ENDS_OF_LINES)}
    if len(lacking) < len(lines) - 1:  # an empty string is a line only where no line has an end
        lacking -= {i for i in lacking if not lines[i]}
    faults.lines = faults.lines or bool(lacking)
    return "".join(f"{line}\n" if i in lacking else line for i, line in enumerate(lines))


def _metadata(metadata: object, faults: _Faults) -> dict[str, Any]:
    """What of metadata the format allows."""
    if not isinstance(metadata, dict):
        faults.metadata = faults.metadata or bool(metadata)
        return {}
    sound = {name: value for name, value in metadata.items() if _is_sound(name) and _is_sound(value)}
    faults.metadata = faults.metadata or len(sound) < len(metadata)
    return sound


def _cell_metadata(metadata: object, faults: _Faults) -> dict[str, Any]:
    if isinstance(metadata, dict) and isinstance(metadata.get("nbgrader"), dict):
        metadata = {**metadata, "nbgrader": _metadata(metadata["nbgrader"], faults)}
    clean = _metadata(metadata, faults)
    if not isinstance(clean.get("nbgrader", {}), dict):
        del clean["nbgrader"]
    if "tags" in clean:
        tags = clean["tags"] if isinstance(clean["tags"], list) else []
        clean["tags"] = list(dict.fromkeys(tag for tag in tags if isinstance(tag, str) and tag and "," not in tag))
    return clean


def _attachments(attachments: object, faults: _Faults) -> dict[str, Any]:
    sound: dict[str, Any] = {}
    if isinstance(attachments, dict):
        for name, bundle in attachments.items():
            if isinstance(bundle, dict) and _is_sound(name) and all(map(_is_picture, bundle.items())):
                sound[name] = bundle
    if sound != attachments:
        faults.attachments = True
    return sound


def _is_picture(item: tuple[object, object]) -> bool:
    kind, data = item
    return (
        _is_sound(kind)
        and (isinstance(data, str) or isinstance(data, list) and all(isinstance(each, str) for each in data))
        and _is_sound(data)
    )


def _is_sound(value: object, levels: int = MOST_DEEP) -> bool:
    """Whether a value can be written to a file as JSON, and is not nested too deeply."""
    if isinstance(value, str):
        return value.isascii() or _can_be_encoded(value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return levels > 0 and all(_is_sound(key) and _is_sound(each, levels - 1) for key, each in value.items())
    if isinstance(value, list):
        return levels > 0 and all(_is_sound(each, levels - 1) for each in value)
    return True


def with_ids(cells: list[Cell]) -> list[Cell]:
    """Give each cell an id of its own."""
    taken, given = {cell.get("id") for cell in cells}, set()
    fresh = (f"cell-{number}" for number in itertools.count(1))
    for cell in cells:
        if cell.get("id") is None or cell["id"] in given:
            cell["id"] = next(name for name in fresh if name not in taken)
        given.add(cell["id"])
    return cells


def _can_be_encoded(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
