"""Editions of a course: the same assignments, released in other languages as well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from traitlets import Dict, Unicode
from traitlets.config import Config, Configurable

if TYPE_CHECKING:
    from autograder.course.directory import Course


class Editions(Configurable):
    """The languages, besides the source's own, in which the notebooks of a course are given out."""

    releases = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="For each language, as the metadata `lang` of its notebooks name it, the folder of its releases, "
        "which has a folder for each assignment.",
    ).tag(config=True)


def stay(config: Config, root: Path) -> None:
    """Let the releases of the course directory `root` stay where they are, in settings for a course elsewhere."""
    if "releases" in config.Editions:
        config.Editions.releases = {
            language: str(root / folder) for language, folder in Editions(config=config).releases.items()
        }


def folders(course: Course, assignment: str) -> dict[str, Path]:
    """Where the releases of an assignment in other languages are, by language."""
    named = Editions(config=course.config).releases
    return {language: course.root / folder / assignment for language, folder in named.items()}


def files(course: Course, assignment: str) -> list[Path]:
    """The notebooks of an assignment in other languages."""
    return [path for folder in folders(course, assignment).values() for path in sorted(folder.glob("*.ipynb"))]
