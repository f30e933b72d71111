"""A notebook as students get it: in the language of the source, and in those of other editions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode


@dataclass(frozen=True)
class Released:
    """The releases of one notebook.

    Attributes
    ----------
    own : nbformat.NotebookNode
        In the language of the source.
    editions : dict of str to nbformat.NotebookNode
        By language.
    unusable : dict of str to str
        For each language whose release can't be used, why.
    """

    own: NotebookNode
    editions: dict[str, NotebookNode] = field(default_factory=dict)
    unusable: dict[str, str] = field(default_factory=dict)

    @property
    def all(self) -> list[NotebookNode]:
        """In all languages, the source's first."""
        return [self.own, *self.editions.values()]

    def of(self, notebook: NotebookNode) -> NotebookNode:
        """The release that a submission comes from: that of its language, or else the one that it has most texts of."""
        language = language_of(notebook)
        if language in self.editions:
            return self.editions[language]
        texts = {cell.source.strip() for cell in notebook.cells}
        return max(self.all, key=lambda each: sum(cell.source.strip() in texts for cell in each.cells))

    def why_not(self, notebook: NotebookNode) -> str:
        """Why there is no release to compare a submission with, or nothing."""
        return self.unusable.get(language_of(notebook), "")


def language_of(notebook: NotebookNode) -> str:
    """The language that a notebook's metadata name, or nothing."""
    language = notebook.metadata.get("lang")
    return language if isinstance(language, str) else ""
