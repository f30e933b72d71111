"""What was found of a course's tests before, and whether it still holds."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import importlib.util
import json
import os
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.judge.planning.names import parsed

if TYPE_CHECKING:
    from autograder.grading.rehearsal import Scene

MEMORY = "rehearsals.json"


def remembered(root: Path) -> dict[str, dict[str, Any]]:
    """What came of the rehearsals of the course directory `root`, by assignment and notebook.

    It is empty if that can't be read.
    """
    with contextlib.suppress(OSError, ValueError):
        found = json.loads((Path(root) / MEMORY).read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return {name: each for name, each in found.items() if isinstance(each, dict)}
    return {}


def remember(root: Path, learned: dict[str, dict[str, Any]]) -> None:
    """Add to what is remembered of a course directory, whole or not at all; not if it can't be written."""
    if not os.access(root, os.W_OK):
        return
    text = json.dumps(remembered(root) | learned, indent=1, sort_keys=True, ensure_ascii=False)
    with tempfile.NamedTemporaryFile("w", dir=root, prefix=f".{MEMORY}", encoding="utf-8", delete=False) as file:
        file.write(f"{text}\n")
    os.chmod(file.name, 0o644)
    os.replace(file.name, Path(root) / MEMORY)


def sum_of(scene: Scene) -> str:
    """A sum over all that a rehearsal's outcome depends on: code, files, kernels, and whether the modules are there."""
    code = [cell for cell in scene.notebook.cells if cell.cell_type == "code"]
    missing = sorted(name for cell in code for name in _imported(cell.source) if not _is_there(name, scene.files))
    about = [scene.kernel, missing, [(cell.source, cell.metadata.get("nbgrader")) for cell in code]]
    sum_ = hashlib.sha256(json.dumps(about, sort_keys=True).encode())
    for name, content in sorted(scene.files.items()):
        sum_.update(f"\0{name}\0".encode() + content)
    return sum_.hexdigest()


def _imported(code: str) -> Iterator[str]:
    """The names of the packages that a cell imports."""
    for node in ast.walk(parsed(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def brings(files: Collection[str], module: str) -> bool:
    """Whether a module is among files, named by relative paths."""
    module = module.partition(".")[0]
    return f"{module}.py" in files or any(name.startswith(f"{module}/") for name in files if module)


def _is_there(module: str, files: Collection[str]) -> bool:
    if brings(files, module):
        return True
    try:
        return importlib.util.find_spec(module) is not None
    except ValueError:  # it is loaded, and hides where from
        return True
