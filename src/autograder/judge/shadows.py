"""Names of a notebook that hide Python's own, taken away for a while: code that means Python's own is right without them.

`hide` and `show` run in the student's kernel. What is said there decides only how a cell is tried once more.
"""

import builtins
import re

from IPython import get_ipython

OF_IPYTHON = {"open", "exit", "quit", "get_ipython", "display"}
PYTHONS_OWN = frozenset(name for name in dir(builtins) if not name.startswith("_")) - OF_IPYTHON
HIDE = "__import__('autograder.judge.shadows').judge.shadows.hide({!r}, {!r})"
SHOW = "__import__('autograder.judge.shadows').judge.shadows.show()"

OWN = f"(?<![.\\w])(?:{'|'.join(sorted(name for name in PYTHONS_OWN if name.islower()))})"
HIDES = re.compile(
    rf"""(?mx)import[ ]\*|^%pylab
    |^[^#\n("']*{OWN}[ \t]*(?:,[^=\n("']{{0,200}})?=(?!=)|{OWN}[ \t]*:=
    |\b(?:def|class|as|for)[ ]+{OWN}\b|^[ \t]*(?:from|import)\b.*{OWN}\b"""
)

_away = {}


def may_hide(code):
    """Whether a cell looks as if it gave a value to one of Python's own names; what is found without need costs a moment."""
    return HIDES.search(code) is not None


def hide(tasks, only):
    """Take the names away, and return them; `only` this one if it is not None. What the cell of a task itself defines stays."""
    names = get_ipython().user_ns
    own = {_cell_of(names.get(task)) for task in tasks} - {None}
    for name in PYTHONS_OWN & names.keys():
        if only in (None, name) and names[name] is not getattr(builtins, name) and _cell_of(names[name]) not in own:
            _away[name] = names.pop(name)
    return sorted(_away)


def show():
    """Put back what was taken away."""
    get_ipython().user_ns.update(_away)
    _away.clear()


def _cell_of(value):
    """The file in which a function was written, or None."""
    return getattr(getattr(value, "__code__", None), "co_filename", None)
