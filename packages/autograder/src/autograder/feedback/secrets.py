"""Hidden tests: taken out of a notebook before anybody reads it, and kept out of what it has printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme
from nbgrader.utils import is_grade

from autograder.language import N_, _

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from traitlets.config import Config

FEWEST_CHARACTERS = 8  # of a line that tells something
LEFT_OUT = N_("[a line of a hidden test]")
FAILED = re.compile(r"^-+> *\d+ (.*)$", re.MULTILINE)  # in a traceback of IPython's


@dataclass(frozen=True)
class Secrets:
    """What a student may not read: the lines of hidden tests, and the names of the cells they stood in."""

    lines: frozenset[str]
    cells: frozenset[str]

    def kept_out_of(self, text: str) -> str:
        """The text, with other words in the place of each line that holds one of a hidden test's."""
        return "\n".join(_(LEFT_OUT) if self._in(line) else line for line in text.split("\n"))

    def _in(self, line: str) -> bool:
        return any(secret in line for secret in self.lines)


def taken_out(notebook: NotebookNode, config: Config) -> Secrets:
    """Take hidden tests and marking schemes out of a notebook, and return what they were."""
    before = [cell.source for cell in notebook.cells]
    steps: list[Any] = [ClearHiddenTests(config=config), ClearMarkScheme(config=config)]
    for step in steps:
        step.preprocess(notebook, {})
    after = [cell.source for cell in notebook.cells]
    shown = {line for source in after for line in _lines(source)}
    hidden = {line for one, other in zip(before, after) if one != other for line in _lines(one) if line not in shown}
    names = [
        cell.metadata["nbgrader"]["grade_id"]
        for cell, source in zip(notebook.cells, before)
        if is_grade(cell) and cell.source != source
    ]
    return Secrets(frozenset(line for line in hidden if len(line) >= FEWEST_CHARACTERS), frozenset(names))


def failed_line(cell: NotebookNode) -> str:
    """The line of a test at which it stopped, if a student may read it; the cell's hidden tests are out already."""
    shown = {*_lines(cell.source)}
    for output in cell.outputs:
        if output.output_type == "error":
            for line in FAILED.findall(without_colors("\n".join(output.traceback))):
                if line.strip() in shown:
                    return str(line.strip())
    return ""


def without_colors(text: str) -> str:
    """What a terminal would show, without its colours, and of a line written over the last state."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))


def _lines(source: str) -> Iterable[str]:
    return (line.strip() for line in source.splitlines() if line.strip())
