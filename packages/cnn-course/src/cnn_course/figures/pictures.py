"""Pictures side by side, and small tables with their numbers written in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, repeat, zip_longest
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from cnn_course.figures.showing import INK, SECOND, readable_on, show
from cnn_course.language import _

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.typing import ColorType
    from numpy.typing import ArrayLike, NDArray

MOST_IN_A_ROW = 5
SIDE, WIDEST = 2.0, 7.2  # inches: of a picture, and of them all beside each other
WITH_TITLE = 1.4  # of its side
AIR = 0.1  # inches above and below both
LETTER = 0.072  # inches: of a title, on average
ABOVE_THE_BORDER = 3
FOR_A_SIGN = 0.5  # of a square of a table
PALENESS = 1.6  # of the colours of counts
BELOW_AND_ABOVE = LinearSegmentedColormap.from_list(
    "purple below, orange above", plt.get_cmap("PuOr_r")(np.linspace(0.1, 0.9, 256))
)  # without its ends, brown and nearly black


def images(
    pictures: Sequence[ArrayLike],
    titles: Sequence[str],
    alt: str = "",
    one_scale: bool = False,
    ends: float | None = None,
    captions: Sequence[str] = (),
    hatched: float | None = None,
) -> None:
    """Show pictures side by side, in rows of at most five.

    Parameters
    ----------
    pictures : sequence of array_like
        Each `(h, w)`: a digit, or a feature map; or `(h, w, 3)`: red, green and blue, from 0 to 1.
    titles : sequence of str
        One line over each.
    alt : str, optional
        See `show`; the titles and captions by default.
    one_scale : bool, default False
        Whether all pictures have one scale: of colours if any has values below zero, otherwise of ink, from 0 to the
        largest value of all.
    ends : float, optional
        The number, and its negative, where the scale of the colours ends; the largest of all pictures by default.
    captions : sequence of str, optional
        One line under each, such as a number that is measured in it; an empty one leaves its picture without.
    hatched : float, optional
        The value of the places that are hatched, such as 0 where nothing was counted.

    A picture with values below zero is drawn in colour: orange above zero, purple below, white at zero; all
    such pictures of a figure have one scale. Any other is drawn as ink, dark where it is large, on a scale of its own.
    A scale is shown beside them if they have more than two values.
    """
    if len(pictures):
        show(
            lambda: drawn_images(pictures, titles, one_scale, ends, captions, hatched), alt or _named(titles, captions)
        )


def _named(titles: Sequence[str], captions: Sequence[str]) -> str:
    said = [f"{title}, {caption}" if caption else title for title, caption in zip_longest(titles, captions)]
    return _("Pictures: {titles}.", titles="; ".join(said).replace("\n", ", "))


def drawn_images(
    given: Sequence[ArrayLike],
    titles: Sequence[str],
    one_scale: bool = False,
    ends: float | None = None,
    captions: Sequence[str] = (),
    hatched: float | None = None,
) -> Figure:
    """The figure that `images` shows."""
    pictures = [np.asarray(picture) for picture in given]
    rows = -(-len(pictures) // MOST_IN_A_ROW)
    columns = -(-len(pictures) // rows)
    side = min(SIDE, WIDEST / columns)
    size = (side * columns, side * rows * WITH_TITLE)
    layout = ConstrainedLayoutEngine(compress=True, h_pad=AIR)
    figure, axes = plt.subplots(rows, columns, figsize=size, squeeze=False, layout=layout)
    for empty in axes.flat[len(pictures) :]:
        empty.axis("off")
    maps = [picture.ndim == 2 for picture in pictures]
    in_colour = [is_map and picture.min() < 0 for picture, is_map in zip(pictures, maps)]
    if one_scale and any(in_colour):
        in_colour = maps
    most = ends or max((np.abs(picture).max() for picture, is_so in zip(pictures, in_colour) if is_so), default=1)
    ink = {"vmin": 0, "vmax": max(picture.max() for picture in pictures)} if one_scale else {}
    scaled = None
    for axis, picture, title, caption, coloured in zip(
        axes.flat, pictures, titles, chain(captions, repeat("")), in_colour
    ):
        if picture.ndim == 3:
            axis.imshow(picture)
        elif coloured:
            scaled = axis.imshow(picture, cmap=BELOW_AND_ABOVE, vmin=-most, vmax=most)
        else:
            drawn = axis.imshow(picture, cmap="gray_r", **ink)
            scaled = drawn if one_scale else scaled
        if np.any(picture == hatched):
            axis.add_patch(_hatching(np.argwhere(picture == hatched), "///////", INK))
        axis.set_title(_broken(title, side), fontsize=9, color=INK, pad=3)
        axis.set_xlabel(caption, fontsize=9, color=INK)
        axis.set_xticks([])
        axis.set_yticks([])
    if scaled is not None and len(np.unique(np.concatenate([picture.ravel() for picture in pictures]))) > 2:
        bar = figure.colorbar(scaled, ax=axes, shrink=0.8, aspect=30)
        bar.outline.set_visible(False)
        bar.ax.tick_params(labelsize=8, length=0)
    return figure


def _broken(title: str, side: float) -> str:
    """A title, in a new line after each comma if it's about as wide as its picture, or wider."""
    letters = max(sum(1 + (east_asian_width(letter) == "W") for letter in line) for line in title.split("\n"))
    return title.replace(", ", ",\n") if letters * LETTER > side else title


def _hatching(places: NDArray[Any], lines: str, color: ColorType) -> PathPatch:
    """Slanting lines over places, given as (row, column)."""
    corners = np.array([(-0.5, -0.5), (-0.5, 0.5), (0.5, 0.5), (0.5, -0.5), (-0.5, -0.5)])
    squares = [Path(place[::-1] + corners, closed=True) for place in places]
    return PathPatch(Path.make_compound_path(*squares), facecolor="none", edgecolor=color, hatch=lines, linewidth=0)


def grids(
    tables: Sequence[ArrayLike],
    titles: Sequence[str],
    alt: str = "",
    windows: Sequence[tuple[int, int, int, int, int]] = (),
    numbered: bool = False,
    blank: float | None = None,
    signs: Sequence[str] = (),
) -> None:
    """Show small tables of numbers as heat maps with the numbers written in.

    Orange is above zero, purple below, as in `images`; each table has a scale of its own, and one without numbers below
    zero is paler.

    Parameters
    ----------
    tables : sequence of array_like
        Each `(rows, columns)`. A NaN is a zero of a padding: hatched, and without a number.
    titles : sequence of str
    alt : str, optional
        See `show`; the titles and the numbers by default.
    windows : sequence of (int, int, int, int, int)
        Frames to draw: which table, row and column of the top left corner, height, width.
    numbered : bool, default False
        Whether rows and columns carry their numbers, from 0.
    blank : float, optional
        A value that is not written in.
    signs : sequence of str, optional
        What stands between a table and the next one: `["·", "+", "="]` for four tables. A number alone, such as a sum
        behind its "=", is a table of one row and one column.
    """
    show(
        lambda: drawn_grids(tables, titles, windows, numbered, blank, signs),
        alt or _read_out(tables, titles, blank, signs),
    )


def _read_out(tables: Sequence[ArrayLike], titles: Sequence[str], blank: float | None, signs: Sequence[str]) -> str:
    """Tables in words: their titles and what stands in each row, but for what is left blank, and the signs between."""
    said, nothing = [], _("Nothing")
    for table, title in zip(map(np.asarray, tables), titles):
        rows = [
            _("row {number}: {values}", number=number, values=_row_read_out(row, blank))
            for number, row in enumerate(table)
            if np.any((row != blank) & ~np.isnan(row))
        ]
        said.append(f"{title}. {'; '.join(rows) or nothing}.")
    return " ".join(part for pair in zip_longest(said, signs) for part in pair if part)


def _row_read_out(row: NDArray[Any], blank: float | None) -> str:
    return ", ".join(
        _("{value} in column {column}", value=f"{value:.3g}", column=column)
        for column, value in enumerate(row)
        if value != blank and not np.isnan(value)
    )


def drawn_grids(
    given: Sequence[ArrayLike],
    titles: Sequence[str],
    windows: Sequence[tuple[int, int, int, int, int]] = (),
    numbered: bool = False,
    blank: float | None = None,
    signs: Sequence[str] = (),
) -> Figure:
    """The figure that `grids` shows."""
    tables = [np.asarray(table) for table in given]
    widths = [table.shape[1] for table in tables]
    if signs:
        widths = [width for table in widths for width in (table, FOR_A_SIGN)][:-1]
    figure, axes = plt.subplots(
        1,
        len(widths),
        figsize=(0.42 * sum(widths) + 0.8, 0.42 * max(len(t) for t in tables) + 0.5),
        width_ratios=widths,
        squeeze=False,
    )
    places, between = (axes[0][::2], axes[0][1::2]) if signs else (axes[0], [])
    for axis, sign in zip(between, signs, strict=True):
        axis.text(0.5, 0.5, sign, ha="center", va="center", fontsize=14, color=INK)
        axis.axis("off")
    for axis, numbers, title in zip(places, tables, titles):
        padding = np.isnan(numbers)
        table = np.where(padding, 0, numbers)
        end = np.abs(table).max() if table.min() < 0 else PALENESS * max(table.max(), 1)
        drawn = axis.imshow(table, cmap=BELOW_AND_ABOVE, vmin=-end, vmax=end)
        for (row, column), value in np.ndenumerate(table):
            if value != blank and not padding[row, column]:
                color = readable_on(drawn.to_rgba(value))
                said = f"{value:.3g}".replace("-", "\N{MINUS SIGN}")
                axis.text(column, row, said, ha="center", va="center", fontsize=8, color=color)
        if padding.any():
            axis.add_patch(_hatching(np.argwhere(padding), "////", (INK, 0.3)))
        axis.set_title(title, fontsize=9, color=INK)
        axis.set_xticks(range(table.shape[1]) if numbered else [])
        axis.set_yticks(range(table.shape[0]) if numbered else [])
        axis.tick_params(labelsize=8, length=0)
    for which, row, column, height, width in windows:
        places[which].add_patch(
            Rectangle(
                (column - 0.5, row - 0.5),
                width,
                height,
                fill=False,
                edgecolor=SECOND,
                linewidth=2.5,
                clip_on=False,
                zorder=ABOVE_THE_BORDER,
            )
        )
    return figure
