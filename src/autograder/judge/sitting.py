"""What the grader calls in the two kernels of a submission."""

import functools
import socket

from IPython import get_ipython
from IPython.core.error import InputRejected

from autograder.judge import CHANNEL
from autograder.judge.court import Court
from autograder.judge.served import Served

SERVE = "__import__('autograder.judge.sitting').judge.sitting.serve()"
OPEN = "__import__('autograder.judge.sitting').judge.sitting.open_court({!r})"
NOTICED = "__import__('autograder.judge.sitting').judge.sitting.noticed()"


def serve():
    """In the student's kernel: answer the judge until the grader sends `wire.end()`."""
    _end(Served).serve()


def open_court(names):
    """In the judge's kernel: put stand-ins in the place of these names, in every cell that is run from now on."""
    court, shell = _end(Court), get_ipython()
    court.theirs = frozenset(names)
    shell.ast_transformers.append(_Bailiff(court))
    shell.events.register("post_run_cell", lambda result: court.rest())


def noticed():
    """In the judge's kernel: what no honest kernel does, a list of sentences."""
    return _end(Court).noticed


@functools.cache
def _end(kind):
    """This kernel's end of the connection."""
    return kind(socket.socket(fileno=CHANNEL), get_ipython().user_ns)


class _Bailiff:
    """Calls on the court before a cell is run; IPython calls this with the syntax tree of each."""

    def __init__(self, court):
        self._court = court

    def visit(self, tree):
        try:
            self._court.bind(tree)
        except KeyboardInterrupt:
            raise InputRejected("The notebook's kernel did not answer in time.") from None
        except Exception as fault:  # IPython would do without this transformer from now on
            raise InputRejected(str(fault)) from None
        return tree
