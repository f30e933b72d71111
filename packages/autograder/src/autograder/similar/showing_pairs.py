"""Pairs of similar submissions, as a table in the terminal and as a page with both sides beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from autograder import pages, showing
from autograder.language import N_, _

if TYPE_CHECKING:
    from autograder.similar.comparing import Comparison, Pair
    from autograder.similar.handed_in import Class, Place

MOST = 30  # pairs on a page
MOST_IN_TABLE = 15
RARE = 0.5  # the weight of a piece from which on few have it
WIDEST = 48  # of a column in the terminal
NOTHING = N_("No two submissions share anything that counts.")
LEGEND = (
    "Shared: of what both wrote, weighed by how few others have it, the part that stands in both. "
    "It is no verdict: two honest students may write the same."
)


def table(handed_in: Class, comparison: Comparison) -> Table:
    """The pairs that share most, as a Rich table."""
    made = Table(
        title=f"{handed_in.assignment}: look at it",
        title_justify="left",
        header_style="bold",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
    )
    made.add_column("shared", justify="right")
    for title in ("student", "and", "most of it in"):
        made.add_column(title, overflow="fold", max_width=WIDEST)
    for pair in comparison.pairs[:MOST_IN_TABLE]:
        names = [showing.line(each.student) for each in (pair.one, pair.other)]
        made.add_row(percent(pair.share), *names, ", ".join(showing.line(each) for each in tasks(pair, handed_in)[:2]))
    return made


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{100 * share:.0f}%"


def tasks(pair: Pair, handed_in: Class) -> list[str]:
    """The tasks in which a pair shares something, with their notebooks where there are several."""
    return [_name(place, handed_in) for place in pair.places]


def _name(place: Place, handed_in: Class) -> str:
    several = len({each.notebook for each in handed_in.given}) > 1
    return f"{place.notebook}/{place.task}" if several else place.task


def html_page(handed_in: Class, comparison: Comparison) -> str:
    """The pairs side by side, as one self-contained page."""
    return (
        pages.environment()
        .get_template("similar.html")
        .render(
            assignment=handed_in.assignment,
            made=datetime.now().strftime("%Y-%m-%d %H:%M"),
            compared=len(handed_in.works),
            skipped=handed_in.skipped,
            nothing=_(NOTHING),
            pairs=[_Shown(pair, handed_in, comparison) for pair in comparison.pairs],
        )
    )


@dataclass(frozen=True)
class _Shown:
    """A pair on the page."""

    pair: Pair
    handed_in: Class
    comparison: Comparison

    @property
    def students(self) -> tuple[str, str]:
        return self.pair.one.student, self.pair.other.student

    @property
    def share(self) -> str:
        return percent(self.pair.share)

    @property
    def tasks(self) -> list[str]:
        return tasks(self.pair, self.handed_in)

    def cells(self) -> Iterator[tuple[str, list[list[tuple[str, str]]]]]:
        """For each task its name, and both cells, in pieces of text and class."""
        one, other = self.pair.one, self.pair.other
        for name, place in zip(self.tasks, self.pair.places):
            sides = (self.comparison.pieces(*works, place) for works in ((one, other), (other, one)))
            yield name, [[(text, _kind(weight)) for text, weight in side if text] for side in sides]


def _kind(weight: float) -> str:
    return "" if not weight else "few" if weight >= RARE else "many"
