"""Notebooks in another language."""

import copy
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbgrader.utils import compute_checksum

from editions import catalogues, markdown, python
from editions.catalogues import COURSE

EDITION = 'import os\n\nos.environ["NOTEBOOK_LANGUAGE"] = "{language}"'


def translated(notebook: nbformat.NotebookNode, translate: Callable[[str], str]) -> nbformat.NotebookNode:
    """The notebook with all its texts, comments and shown strings translated; nbgrader finds its cells unchanged."""
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        cell.source = (markdown if cell.cell_type == "markdown" else python).translated(cell.source, translate)
        if "checksum" in cell.metadata.get("nbgrader", {}):
            cell.metadata.nbgrader.checksum = compute_checksum(cell)
    return made


def edition(notebook: nbformat.NotebookNode, name: str, language: str) -> nbformat.NotebookNode:
    """A released notebook in a language: it says so in its metadata, and its first code cell says so to the kernel."""
    known = catalogues.translations(name, language)
    made = translated(notebook, lambda message: known.get(message, message))
    made.metadata["lang"] = language
    first = next(i for i, cell in enumerate(made.cells) if cell.cell_type == "code")
    made.cells.insert(first, nbformat.v4.new_code_cell(EDITION.format(language=language), id="edition"))
    return made


def release(language: str) -> Path:
    """Make the release of a language anew from release/; returns its folder."""
    target = COURSE / f"release-{language}"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(COURSE / "release", target)
    for path in sorted(target.glob("*/*.ipynb")):
        made = edition(nbformat.read(path, as_version=4), path.stem, language)
        nbformat.write(made, path)
    return target
