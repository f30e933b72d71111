"""What a student's function gave for one call, and the two ways in which a test can end without being passed."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from cnn_course.checks import comparing
from cnn_course.checks.saying import call_text, error_text, is_unwritten, say
from cnn_course.language import N_, Said, _

if TYPE_CHECKING:
    from cnn_course.checks import Check

STOPPED = N_("Make this call in a cell of your own, and look at the line where it stops.")
NEITHER_TRUE_NOR_FALSE = N_(
    "An array of several numbers is neither true nor false, and comparing it gives an array again. "
    "Whether there is an array at all, only `is None` can tell."
)
IS_NONE = N_("What is None there? An argument that the call leaves out, or what a function without `return` gives?")


class CheckFailed(AssertionError):
    """A check that a solution does not pass. Notebooks show its message alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class Unexplained(CheckFailed):
    """A wrong answer that no known misconception gives."""


class Raised(CheckFailed):
    """An exception of the solution's own, where it should have given a value."""


class TooSlow(CheckFailed):
    """A solution that had to be stopped."""


class NotWritten(NotImplementedError):
    """A check of a task that the student has not written yet."""

    _render_traceback_ = CheckFailed._render_traceback_


class Answer:
    """What a student's function gave for one call: a value or an exception."""

    def __init__(
        self, check: Check, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        self._check = check
        self._name = check.name_of(function)
        self._call = call_text(function, self._name, args, kwargs)
        self._args, self._kwargs = args, kwargs
        self._error: BaseException | None = None
        self._value: Any = None
        if not callable(function):
            check.fail(_("{name} should be a function, and it is {value}.", name=self._name, value=say(function)))
        given_args, given_kwargs = copy.deepcopy((args, kwargs))
        try:
            self._value = function(*given_args, **given_kwargs)
        except (Exception, SystemExit) as error:
            if is_unwritten(error):
                raise NotWritten(
                    _(
                        "{name} is not written yet.\n"
                        "Replace the line `raise NotImplementedError(...)` in its cell with your code, "
                        "run that cell, then this one.",
                        name=self._name,
                    )
                ) from error
            self._error = error
        self._leaves_arguments_alone((given_args, given_kwargs))

    def _leaves_arguments_alone(self, given: tuple[tuple[Any, ...], dict[str, Any]]) -> None:
        if not comparing.identical(given, (self._args, self._kwargs)):
            self._check.fail(
                _("{call} changed its argument.", call=self._call), _("The caller still needs it: work on a copy.")
            )
        returned = [] if self._check.views_allowed else list(comparing.arrays_in(self._value))
        if any(np.shares_memory(one, other) for one in returned for other in comparing.arrays_in(given)):
            self._check.fail(
                _("{call} returned its argument itself, or a view of it.", call=self._call),
                _("A change to the result would change the argument too: return a new array."),
            )

    @property
    def value(self) -> Any:
        """What the function returned; the test fails here if it raised an exception."""
        if self._error is not None:
            said = _("{call} raised {error}.", call=self._call, error=error_text(self._error))
            self._check.fail(said, _where_to_look(self._error), Raised)
        return self._value

    def equals(
        self, expected: Any, mistakes: Iterable[tuple[Any, str]] = (), hint: str | None = None, **how: Any
    ) -> None:
        """Require the value `expected`; see `Check.compare`.

        A mistake may also be given as a function of the call's arguments that computes the wrong value.
        """
        if self._error is not None:
            self._check.fail(
                _(
                    "{call} should be {expected}, and it raised {error}.",
                    call=self._call,
                    expected=say(expected),
                    error=error_text(self._error),
                ),
                _where_to_look(self._error, hint),
                Raised,
            )
        self._check.compare(
            Said(self._call), self._value, expected, self._computed(mistakes), hint, returned=True, **how
        )

    def looks_like(self, wrong: Callable[..., Any], rtol: float = 1e-4, atol: float = 1e-5) -> bool:
        """Tell whether the answer is the one that `wrong`, a function of the same arguments, gives."""
        try:
            return self._error is None and comparing.looks_like(
                wrong(*self._args, **self._kwargs), self._value, rtol, atol
            )
        except Exception:
            return False

    def _computed(self, mistakes: Iterable[tuple[Any, str]]) -> Iterator[tuple[Any, str]]:
        for wrong, sentence in mistakes:
            if callable(wrong):
                try:
                    wrong = wrong(*self._args, **self._kwargs)
                except Exception:
                    continue
            yield wrong, sentence

    def raises(self, error_type: type[BaseException], why: str) -> None:
        """Require an exception of `error_type`; `why` says why nothing can be returned."""
        if self._error is None:
            self._check.fail(
                _(
                    "{call} should raise {kind}, and you returned {value}.",
                    call=self._call,
                    kind=error_type.__name__,
                    value=say(self._value),
                ),
                why,
            )
        if not isinstance(self._error, error_type):
            self._check.fail(
                _(
                    "{call} should raise {kind}, and it raised {error}.",
                    call=self._call,
                    kind=error_type.__name__,
                    error=error_text(self._error),
                ),
                why,
            )


def _where_to_look(error: BaseException, hint: str | None = None) -> str:
    """The second line on an exception: Python's own words for some mistakes lead astray, and so would another hint."""
    if "truth value" in str(error) and "array" in str(error):
        return _(NEITHER_TRUE_NOR_FALSE)
    line = IS_NONE if "'NoneType'" in str(error) else STOPPED
    return hint or _(line)
