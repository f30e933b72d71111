"""How much two submissions share that others do not have."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.course.errors import CourseError
from autograder.similar.fingerprints import RUN, Word, runs, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from autograder.similar.handed_in import Class, Place, Work

LITTLE = 10  # runs: who has written no more than that can't share much
Piece = tuple[str, float]  # of a cell's text, and how much it weighs that both have it


@dataclass(frozen=True)
class Pair:
    """Two submissions.

    Attributes
    ----------
    one, other : Work
    share : float
        Of what both have written, weighed by how few have it, the part that stands in both; from 0 to 1.
    places : list of Place
        Where something is shared, first where most of it is.
    """

    one: Work
    other: Work
    share: float
    places: list[Place]


@dataclass(frozen=True)
class Comparison:
    """A class, compared.

    Attributes
    ----------
    pairs : list of Pair
        Those that share most, first those that share more.
    weights : dict of Place to dict of int to float
        How much each run of words weighs that at least two have and that was not given.
    """

    pairs: list[Pair]
    weights: dict[Place, dict[int, float]]

    def pieces(self, work: Work, other: Work, place: Place) -> list[Piece]:
        """The text of a cell, cut where what two submissions share begins and ends."""
        source, found = work.cells[place], words(work.cells[place], place.language)
        both = {*runs(words(other.cells[place], place.language))} & self.weights[place].keys()
        heavy = [0.0] * len(found)
        for start, run in enumerate(runs(found)):
            if run in both:
                for each in range(start, start + RUN):
                    heavy[each] = max(heavy[each], self.weights[place][run])
        return list(_cut(source, found, heavy))


def compare(handed_in: Class, most: int) -> Comparison:
    """Compare each submission of a class with each other.

    A run of words weighs 1 if only two have it, and less the more have it, down to almost nothing if all have.
    What was given, or stands in the source's solution, weighs nothing.

    Parameters
    ----------
    handed_in : Class
    most : int
        How many pairs are wanted.

    Raises
    ------
    CourseError
        If there is nothing to compare.
    """
    works = handed_in.works
    if not handed_in.given:
        raise CourseError(f"{handed_in.assignment} has no solution cells: there is nothing to compare.")
    if len(works) < 2:
        raise CourseError(
            f"{handed_in.assignment} can't be compared: there must be two submissions at least, "
            f"and {'only one' if works else 'none'} can be read."
        )
    shared: dict[Place, NDArray[Any]] = {}
    weights: dict[Place, dict[int, float]] = {}
    written = np.zeros(len(works))
    for place, given in handed_in.given.items():
        known = _runs_of(given, place.language)
        holders: dict[int, list[int]] = {}
        for number, work in enumerate(works):
            for run in {*runs(words(work.cells.get(place, ""), place.language))} - known:
                holders.setdefault(run, []).append(number)
        weights[place] = {run: _weight(len(of), len(works)) for run, of in holders.items() if len(of) > 1}
        has = np.zeros((len(works), len(weights[place])), np.float32)
        for column, run in enumerate(weights[place]):
            has[holders[run], column] = 1
        heavy = np.array([*weights[place].values()], np.float32)
        shared[place] = (has * heavy) @ has.T
        written += has @ heavy + np.bincount([of[0] for of in holders.values() if len(of) == 1], minlength=len(works))
    share = sum(shared.values()) / (LITTLE + (written[:, None] + written) / 2)
    ones, others = np.triu_indices(len(works), 1)
    order = np.argsort(-share[ones, others], kind="stable")[:most]
    pairs = [_pair(works, share, shared, ones[each], others[each]) for each in order]
    return Comparison([each for each in pairs if each.places], weights)


@functools.lru_cache(maxsize=8)  # places of one notebook and kind have the same
def _runs_of(texts: tuple[str, ...], language: str) -> frozenset[int]:
    return frozenset(run for text in texts for run in runs(words(text, language)))


def _weight(holders: int, all_: int) -> float:
    return 1 - math.log(holders - 1) / math.log(all_)


def _pair(works: list[Work], share: NDArray[Any], shared: dict[Place, NDArray[Any]], one: int, other: int) -> Pair:
    places = sorted(
        (place for place in shared if shared[place][one, other] > 0), key=lambda each: -shared[each][one, other]
    )
    return Pair(works[one], works[other], float(share[one, other]), places)


def _cut(source: str, found: tuple[Word, ...], heavy: list[float]) -> Iterable[Piece]:
    """The pieces of a text; what weighs alike stays together, as far as the line goes."""
    end, weight = 0, 0.0
    start = 0
    for word, own in zip(found, heavy):
        between = source[end : word.start]
        if own != weight or between.strip(" ()"):
            yield source[start:end], weight
            yield between, 0.0
            start, weight = word.start, own
        end = word.end
    yield source[start:end], weight
    yield source[end:], 0.0
