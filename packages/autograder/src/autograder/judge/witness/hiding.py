"""Take names of a notebook that hide Python's own away for a while.

What is said here decides only how a cell is tried once more.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Set
from typing import Any

from IPython import get_ipython

_away: dict[str, Any] = {}


def hide(tasks: Iterable[str], pythons_own: Set[str]) -> list[str]:
    """Take those of Python's own names away that have another meaning here, and return them.

    What the cell of a task itself defines stays.
    """
    names = get_ipython().user_ns
    own = {_cell_of(names.get(task)) for task in tasks} - {None}
    for name in pythons_own & names.keys():
        if names[name] is not getattr(builtins, name) and _cell_of(names[name]) not in own:
            _away[name] = names.pop(name)
    return sorted(_away)


def show() -> None:
    """Put back what was taken away."""
    get_ipython().user_ns.update(_away)
    _away.clear()


def _cell_of(value: Any) -> str | None:
    """The file in which a function was written, or None."""
    return getattr(getattr(value, "__code__", None), "co_filename", None)
