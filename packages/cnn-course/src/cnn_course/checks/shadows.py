"""Names of a notebook that hide Python's own, taken away for a while.

Code that means Python's own is right without them.
"""

import builtins
import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

OF_IPYTHON = {"open", "exit", "quit", "get_ipython", "display"}
PYTHONS_OWN = frozenset(name for name in dir(builtins) if not name.startswith("_")) - OF_IPYTHON
MOST_TRIALS = 5


def trials(namespace: dict[str, Any], tasks: Iterable[str]) -> Iterator[list[str]]:
    """Sets of names to be taken away, all of them first; what the cell of a task itself defines is not among them."""
    own = {_cell_of(namespace.get(task)) for task in tasks} - {None}
    hiding = sorted(
        name
        for name in PYTHONS_OWN & namespace.keys()
        if namespace[name] is not getattr(builtins, name) and _cell_of(namespace[name]) not in own
    )
    if hiding:
        yield hiding
    if len(hiding) > 1:
        yield from ([name] for name in hiding[:MOST_TRIALS])


@contextlib.contextmanager
def taken_away(names: list[str], namespace: dict[str, Any]) -> Iterator[None]:
    """Take names out of a namespace for as long as the context lasts."""
    away = {name: namespace.pop(name) for name in names}
    try:
        yield
    finally:
        namespace.update(away)


def _cell_of(value: object) -> str | None:
    """The file in which a function was written, or None."""
    return getattr(getattr(value, "__code__", None), "co_filename", None)
