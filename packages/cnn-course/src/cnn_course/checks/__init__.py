"""Checks that teach: what was expected, for which input, and which known misconception gives the answer received.

A test cell of a notebook reads

    import cnn_course.checks

    @cnn_course.checks.visible("conv_output_size", hint="Count the places of the window in section 4.")
    def check_conv_output_size(check):
        check(conv_output_size, n=7, f=3).equals(5, mistakes=[(4, "The first place counts as well.")])
        check(conv_output_size, n=3, f=5).raises(ValueError, "A window of 5 does not fit in a row of 3.")

The decorator runs the function at once. It sees only the task's own names, so nothing else that stands in
the notebook can disturb it, and it leaves nothing behind that could disturb the student's functions.

A test that can be passed in part returns `check.part(points, sentence)`, and its cell ends with the name of the test:
nbgrader takes a cell's last value for its points. A test that returns nothing gives all of them.
"""

import builtins
import contextlib
import io
import os
import random
import types
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NoReturn

import numpy as np
from IPython.display import publish_display_data

from cnn_course.checks import comparing, shadows, stopped
from cnn_course.checks.answers import Answer, CheckFailed, NotWritten, Raised, TooSlow, Unexplained
from cnn_course.checks.points import Points
from cnn_course.checks.saying import error_text
from cnn_course.language import _, in_a_row, in_english, language, listed, of_a_test
from cnn_course.surroundings import being_graded

Test = Callable[["Check"], float | None]  # gives its points, or None for all of them
WhyMissing = Callable[[], str | Literal[False] | None]  # often `being_graded() and …`, hence the False


def visible(
    *names: str, hint: str, if_missing: WhyMissing | None = None, besides: str | None = None
) -> Callable[[Test], Points | None]:
    """Run the decorated test of the tasks `names` now, and return its points, or None for all of them.

    Parameters
    ----------
    *names : str
        What the student has to define.
    hint : str
        Where to look again when the test fails.
    if_missing : callable, optional
        Gives the sentence that says why a name may not be defined, or None.
    besides : str, optional
        A further name that the test may look at; None stands for it where the student has not defined it.
    """
    return lambda test: _run(test, names, Check(hint, besides=besides), if_missing)


def hidden(
    *names: str, hint: str, if_missing: WhyMissing | None = None, besides: str | None = None
) -> Callable[[Test], Points | None]:
    """Like `visible`, with a seeded `check.rng` to draw inputs from, and without what the solution prints.

    The seed is drawn anew each time, or is what the environment variable CHECK_SEED says; every failure
    names it.
    """
    seed = int(os.environ.get("CHECK_SEED") or random.SystemRandom().randrange(10_000))
    return lambda test: _run(test, names, Check(hint, seed, besides), if_missing)


class Check:
    """One run of one test.

    Attributes
    ----------
    rng : numpy.random.Generator
        Where a hidden test draws its inputs.
    views_allowed : bool
        Whether a function may return an argument, or a view of it; False unless a test says otherwise.
    """

    def __init__(self, hint: str, seed: int | None = None, besides: str | None = None) -> None:
        self.hint = hint
        self.seed = seed
        self.besides = besides
        self.names: dict[int, str] = {}
        self.note: str | None = None
        self.points: float | None = None
        self.lost = self.interrupted = False
        self.views_allowed = False
        self.rng = np.random.default_rng(seed)

    def __call__(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Answer:
        """Call a student's function on copies of the arguments and return the `Answer`."""
        return Answer(self, function, args, kwargs)

    def name_of(self, function: Callable[..., Any]) -> str:
        """The task's name for a student's function, whatever it was made with."""
        return self.names.get(id(function), "") or getattr(function, "__name__", _("the function"))

    def size(self, function: Callable[..., Any], place: Callable[[Any], dict[str, Any]], at_least: int = 1) -> None:
        """Require that `function` treats one of its sizes as every size of the course is treated.

        Parameters
        ----------
        function : callable
            The student's function.
        place : callable
            Puts a value in the place of the size: value -> dict of keyword arguments. 2 must be a valid value.
        at_least : int, default 1
            The smallest value allowed there.
        """
        for low in (at_least - 1, -2):
            why = _("{value} is too small for a size here: at least {least}.", value=low, least=at_least)
            self(function, **place(low)).raises(ValueError, why)
        for wrong, why in (
            (2.0, _("2.0 is a float, and a size is a whole number: an int or a NumPy integer.")),
            (True, _("A bool is not a size, although Python counts True as 1.")),
            ("2", _("A string is not a size.")),
        ):
            self(function, **place(wrong)).raises(TypeError, why)
        same = self(function, **place(2)).value
        self(function, **place(np.int64(2))).equals(
            np.asarray(same) if comparing.is_array(same) else same,
            hint=_("A NumPy integer is a whole number too."),
        )

    def compare(
        self,
        what: str,
        value: object,
        expected: object,
        mistakes: Iterable[tuple[Any, str]] = (),
        hint: str | None = None,
        rtol: float = 1e-4,
        atol: float = 1e-5,
        same_dtype: bool = False,
        returned: bool = False,
    ) -> None:
        """Require that `value` is `expected`.

        Parameters
        ----------
        what : str
            What gave the value, as the failure message is to call it: a noun.
        value, expected : object
            The type of `expected` says what is accepted: for an `int` an int or a NumPy integer, for a float a
            float, for a tuple or list the same with such elements, for an array a NumPy or TensorFlow one of
            the same shape and kind; for one without axes a float as well.
        mistakes : iterable of (object, str)
            Values that known misconceptions give, each with the sentence that names the misconception.
        hint : str, optional
            Where to look again when no misconception fits, in place of the test's own.
        rtol, atol : float
            Tolerances between floats.
        same_dtype : bool, default False
            Whether an array must have the dtype of `expected`.
        returned : bool, default False
            Whether the value came from a call, which `what` names.
        """
        difference = comparing.difference(of_a_test(what), expected, value, rtol, atol, same_dtype, returned)
        if difference is None:
            return
        if comparing.looks_like(expected, value, rtol, atol):
            named = [in_a_row(comparing.type_promise(expected, value), hint and of_a_test(hint))]
        else:
            named = [sentence for wrong, sentence in mistakes if comparing.looks_like(wrong, value, rtol, atol)]
        self.fail(difference, named[0] if named else hint, CheckFailed if named else Unexplained)

    def agrees(
        self,
        function: Callable[..., Any],
        reference: Callable[..., Any],
        cases: Sequence[dict[str, Any]],
        mistakes: Sequence[tuple[Callable[..., Any], str]] = (),
        **how: Any,
    ) -> None:
        """Require that `function` gives what `reference` gives, on every case.

        Parameters
        ----------
        function, reference : callable
            The student's function, and the instructor's.
        cases : sequence of dict
            The keyword arguments of each call. The first call is made once more at the end, since a function
            should not remember earlier ones.
        mistakes : sequence of (callable, str)
            Wrong versions of `reference`, each with the sentence that names its misconception. Where several
            give the answer received, the one that also gives most of the other answers is named.
        **how
            Tolerances and the like, see `compare`.
        """
        cases = [*cases, cases[0]]
        answers = [self(function, **case) for case in cases]
        for answer, case in zip(answers, cases):
            answer.equals(reference(**case), _likeliest_first(mistakes, answers), **how)

    def part(self, points: float, sentence: str) -> float:
        """Return `points`, for a test that gives a part of its points; `sentence` is printed when the test is over."""
        self.note = of_a_test(sentence)
        return points

    def leaves(self, sentence: str) -> None:
        """Print, when the test is passed, a sentence that says what it has not looked at."""
        self.note = of_a_test(sentence)

    @contextlib.contextmanager
    def worth(self, points: float, of: float) -> Iterator[None]:
        """Let what fails in the context cost only `points` of those that the test gives.

        What comes before it keeps the rest. The test's cell ends with the name of the test then.
        """
        try:
            yield
        except CheckFailed as failure:
            self.points, self.lost = of - points, True
            values = {"points": f"{self.points:g}", "most": f"{of:g}"}
            if of == 1:
                reached = _("All cases before this one are right: {points} of {most} point.", **values)
            else:
                reached = _("All cases before this one are right: {points} of {most} points.", **values)
            self.note = in_a_row(failure.args[0], reached, between="\n")

    def fail(self, first_line: str, second_line: str | None = None, kind: type[CheckFailed] | None = None) -> NoReturn:
        """Fail the test with a message of two lines.

        Parameters
        ----------
        first_line : str
            What was expected, for which input, and what came.
        second_line : str, optional
            The misconception; the test's hint if none is given.
        kind : type of CheckFailed, optional
            By its name a class report tells what the second line is: a misconception, if there is such a line.
        """
        kind = kind or (CheckFailed if second_line else Unexplained)
        second_line = of_a_test(second_line or self.hint)
        if self.seed is not None:
            second_line = in_a_row(second_line, _("(seed {seed}: CHECK_SEED={seed} replays this)", seed=self.seed))
        raise kind(in_a_row(of_a_test(first_line), second_line, between="\n"))


def _likeliest_first(
    mistakes: Sequence[tuple[Callable[..., Any], str]], answers: list[Answer]
) -> Iterator[tuple[Callable[..., Any], str]]:
    yield from sorted(mistakes, key=lambda mistake: -sum(answer.looks_like(mistake[0]) for answer in answers))


def _run(test: Test, names: tuple[str, ...], check: Check, if_missing: WhyMissing | None) -> Points | None:
    stopped.listen()
    try:
        points = _attempt(test, names, check, if_missing)
    except (CheckFailed, NotWritten) as failure:
        points, better = _again_with_pythons_own(test, names, check, 0)
        if better is None:
            _hand_on(failure.args[0])
            raise
        check = better
    else:
        if points is not None:
            more, better = _again_with_pythons_own(test, names, check, points)
            points, check = (more, better) if better else (points, check)
    if check.seed is None and not check.lost:
        print(_("{names}: passed.", names=listed(names)))
    if check.note:
        _hand_on(check.note)
        print(check.note)
    return None if points is None else Points(points)


def _hand_on(said: str) -> None:
    """Let a grader know a message by its English, which is the same for a whole class."""
    if language() and being_graded():
        publish_display_data({"application/vnd.autograder.original": in_english(said)})


def _again_with_pythons_own(
    test: Test, names: tuple[str, ...], check: Check, points: float
) -> tuple[float | None, Check | None]:
    """More points than these, and the check that gives them, without names of the notebook that hide Python's own.

    It is None, None if there are none.
    """
    again = check
    for hiding in shadows.trials(test.__globals__, names):
        if again.interrupted:
            break
        again = Check(check.hint, check.seed, check.besides)
        with shadows.taken_away(hiding, test.__globals__), contextlib.suppress(CheckFailed, NotWritten):
            _define_what_is_missing(names, test.__globals__)
            now = _attempt(test, names, again, None)
            if now is None or now > points:
                again.note = f"{_without(hiding)}\n{again.note or ''}".strip()
                return now, again
    return None, None


def _without(hiding: list[str]) -> str:
    if len(hiding) == 1:
        return _("{name} is not Python's own in this notebook. Without it the test passes.", name=hiding[0])
    return _("{names} are not Python's own in this notebook. Without them the test passes.", names=listed(hiding))


def _define_what_is_missing(names: tuple[str, ...], namespace: dict[str, Any]) -> None:
    """Run those cells again that stopped before they had defined a task's names; only where nobody can."""
    for name in names:
        source = stopped.source_of(name) if name not in namespace and being_graded() else None
        if source is not None:
            with _quiet(mute_prints=True), contextlib.suppress(Exception):
                exec(compile(source, "<ipython-input-again>", "exec"), namespace)


def _attempt(test: Test, names: tuple[str, ...], check: Check, if_missing: WhyMissing | None) -> float | None:
    """Run a test and return what it returns."""
    found = {name: test.__globals__[name] for name in names if name in test.__globals__}
    missing = [name for name in names if name not in found]
    if missing:
        raise _missing(missing[0], if_missing and if_missing())
    check.names = {id(value): name for name, value in found.items()}
    if check.besides:
        found[check.besides] = test.__globals__.get(check.besides)
    alone = types.FunctionType(test.__code__, {"__builtins__": builtins, **found})
    with _quiet(mute_prints=check.seed is not None):
        try:
            points = alone(check)
        except (CheckFailed, NotWritten):
            raise
        except KeyboardInterrupt:
            check.interrupted = True
            check.fail(
                _("The check of {name} was stopped: it took too long.", name=names[0]),
                _("Is there a loop that never ends?"),
                TooSlow,
            )
        except Exception as error:
            said = _("{name} gave something that cannot be checked: {error}.", name=names[0], error=error_text(error))
            check.fail(said, None, Raised)
    return check.points if points is None else points


def _missing(name: str, why: str | Literal[False] | None) -> NotWritten | Raised:
    """The end of a test whose task is not defined: its cell stopped, or nobody has written it."""
    found = stopped.why_missing(name)
    why = why and of_a_test(why)
    if found is not None:
        return Raised(in_a_row(found, _("Besides, {why}", why=why) if why else None))
    why = why or _("Write it in its cell, run that cell without an error, then this one.")
    said = _("{name} is not defined yet.", name=name)
    return NotWritten(in_a_row(said, why, between="\n"))


@contextlib.contextmanager
def _quiet(mute_prints: bool) -> Iterator[None]:
    """Keep warnings and log lines off stderr, where nbgrader takes any output for a failure."""
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        if mute_prints:
            stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(nowhere)
