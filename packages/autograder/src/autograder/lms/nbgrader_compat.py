"""The private part of nbgrader's collecting that tells where its folders are."""

from pathlib import Path
from typing import Any


def collect_path(collecting: Any, folder: str) -> Path:
    """Where `nbgrader zip_collect` has this folder of the assignment at hand."""
    return Path(collecting._format_collect_path(folder))
