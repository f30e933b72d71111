"""Names of a notebook that hide Python's own: code that means Python's own is right without them."""

import builtins
import re

OF_IPYTHON = {"open", "exit", "quit", "get_ipython", "display"}
PYTHONS_OWN = frozenset(name for name in dir(builtins) if not name.startswith("_")) - OF_IPYTHON

OWN = f"(?<![.\\w])(?:{'|'.join(sorted(name for name in PYTHONS_OWN if name.islower()))})"
HIDES = re.compile(
    rf"""(?mx)import[ ]\*|^%pylab
    |^[^#\n("']*{OWN}[ \t]*(?:,[^=\n("']{{0,200}})?=(?!=)|{OWN}[ \t]*:=
    |\b(?:def|class|as|for)[ ]+{OWN}\b|^[ \t]*(?:from|import)\b.*{OWN}\b"""
)


def may_hide(code: str) -> bool:
    """Whether a cell looks as if it gave a value to one of Python's own names.

    What is found without need costs a moment.
    """
    return HIDES.search(code) is not None
