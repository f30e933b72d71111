"""Where nbgrader's directory structure puts students and assignments.

What `CourseDirectory.format_path` names is found again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

PLACEHOLDER = re.compile(r"\{(student_id|assignment_id)\}")


def split(
    directory: CourseDirectory, step: str, student: str = "{student_id}", assignment: str = "{assignment_id}"
) -> tuple[Path, list[str]]:
    """Split the path of one of nbgrader's steps.

    Parameters
    ----------
    directory : nbgrader.coursedir.CourseDirectory
    step : str
        As in "submitted".
    student, assignment : str, optional
        Instead of all.

    Returns
    -------
    tuple of (Path, list of str)
        The folder in which all lie, and the names below it, with placeholders in them.
    """
    step = getattr(directory, f"{step}_directory")
    parts = Path(
        directory.directory_structure.format(nbgrader_step=step, student_id=student, assignment_id=assignment)
    ).parts
    fixed = next((place for place, part in enumerate(parts) if PLACEHOLDER.search(part)), len(parts))
    return Path(directory.root, *parts[:fixed]), list(parts[fixed:])


def found(folder: Path, names: list[str]) -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield (path, dict of placeholder to what stands for it) for each folder below `folder` named as `names` say.

    Raises
    ------
    OSError
        If a folder can't be read.
    """
    if not names:
        yield folder, {}
        return
    called = re.compile("(.+)".join(map(re.escape, PLACEHOLDER.split(names[0])[::2])), re.DOTALL)
    stand_for = PLACEHOLDER.findall(names[0])
    try:
        inner = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in inner:
        if (match := called.fullmatch(name)) and os.path.isdir(folder / name):
            for path, others in found(folder / name, names[1:]):
                yield path, {**dict(zip(stand_for, match.groups())), **others}
