"""Pictures side by side, and small tables with their numbers written in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Rectangle

from cnn_course.figures.showing import HATCH, INK, PAPER, SECOND, show
from cnn_course.language import _

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike, NDArray

MOST_IN_A_ROW = 5
SIDE, WIDEST = 2.0, 7.2  # inches: of a picture, and of them all beside each other
WITH_TITLE = 1.4  # of its side
AIR = 0.1  # inches above and below both
ABOVE_THE_BORDER = 3
PALENESS = 2  # of a table's colours: the numbers in it must be read


def images(
    pictures: Sequence[ArrayLike],
    titles: Sequence[str],
    alt: str = "",
    one_scale: bool = False,
    ends: float | None = None,
    crossed: float | None = None,
) -> None:
    """Show pictures side by side, in rows of at most five.

    Parameters
    ----------
    pictures : sequence of array_like
        Each `(h, w)`: a digit, or a feature map; or `(h, w, 3)`: red, green and blue, from 0 to 1.
    titles : sequence of str
        One line over each.
    alt : str, optional
        See `show`; the titles by default.
    one_scale : bool, default False
        Whether the ink of all pictures has one scale, from 0 to the largest value of all.
    ends : float, optional
        The number, and its negative, where the scale of the colours ends; the largest of all pictures by default.
    crossed : float, optional
        A value whose pixels are crossed out.

    A picture with values below zero is drawn in colour: orange above zero, purple below, white at zero; all
    such pictures of a figure have one scale. Any other is drawn as ink, dark where it is large, on a scale of its own.
    A scale is shown beside them if they have more than two values.
    """
    if len(pictures):
        show(lambda: drawn_images(pictures, titles, one_scale, ends, crossed), alt or _named(titles))


def _named(titles: Sequence[str]) -> str:
    return _("Pictures: {titles}.", titles="; ".join(titles).replace("\n", ", "))


def drawn_images(
    given: Sequence[ArrayLike],
    titles: Sequence[str],
    one_scale: bool = False,
    ends: float | None = None,
    crossed: float | None = None,
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
    most = ends or max((np.abs(picture).max() for picture in pictures if picture.min() < 0), default=1)
    ink = {"vmin": 0, "vmax": max(picture.max() for picture in pictures)} if one_scale else {}
    scaled = None
    for axis, picture, title in zip(axes.flat, pictures, titles):
        if picture.ndim == 3:
            axis.imshow(picture)
        elif picture.min() < 0:
            scaled = axis.imshow(picture, cmap="PuOr_r", vmin=-most, vmax=most)
        else:
            drawn = axis.imshow(picture, cmap="gray_r", **ink)
            scaled = drawn if one_scale else scaled
        if crossed is not None:
            y, x = np.nonzero(picture == crossed)
            axis.plot(x, y, "x", color=INK, markersize=2.5, markeredgewidth=0.5)
        axis.set_title(title, fontsize=9, color=INK, pad=3)
        axis.set_xticks([])
        axis.set_yticks([])
    if scaled is not None and len(np.unique(np.concatenate([picture.ravel() for picture in pictures]))) > 2:
        bar = figure.colorbar(scaled, ax=axes, shrink=0.8, aspect=30)
        bar.outline.set_visible(False)
        bar.ax.tick_params(labelsize=8, length=0)
    return figure


def grids(
    tables: Sequence[ArrayLike],
    titles: Sequence[str],
    alt: str = "",
    windows: Sequence[tuple[int, int, int, int, int]] = (),
    numbered: bool = False,
    blank: float | None = None,
) -> None:
    """Show small tables of numbers as heat maps with the numbers written in.

    Orange is above zero, purple below, as in `images`; each table has a scale of its own.

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
    """
    show(lambda: drawn_grids(tables, titles, windows, numbered, blank), alt or _read_out(tables, titles, blank))


def _read_out(tables: Sequence[ArrayLike], titles: Sequence[str], blank: float | None) -> str:
    """Tables in words: their titles and what stands in each row, but for what is left blank."""
    said, nothing = [], _("Nothing")
    for table, title in zip(map(np.asarray, tables), titles):
        rows = [
            _("row {number}: {values}", number=number, values=_row_read_out(row, blank))
            for number, row in enumerate(table)
            if np.any((row != blank) & ~np.isnan(row))
        ]
        said.append(f"{title}. {'; '.join(rows) or nothing}.")
    return " ".join(said)


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
) -> Figure:
    """The figure that `grids` shows."""
    tables = [np.asarray(table) for table in given]
    widths = [table.shape[1] for table in tables]
    figure, axes = plt.subplots(
        1,
        len(tables),
        figsize=(0.42 * sum(widths) + 0.8, 0.42 * max(len(t) for t in tables) + 0.5),
        width_ratios=widths,
        squeeze=False,
    )
    for axis, numbers, title in zip(axes[0], tables, titles):
        padding = np.isnan(numbers)
        table = np.where(padding, 0, numbers)
        end = PALENESS * max(np.abs(table).max(), 1)
        axis.imshow(table, cmap="PuOr_r", vmin=-end, vmax=end)
        for (row, column), value in np.ndenumerate(table):
            if padding[row, column]:
                axis.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=PAPER, linewidth=0, **HATCH))
            elif value != blank:
                axis.text(column, row, f"{value:.3g}", ha="center", va="center", fontsize=8, color=INK)
        axis.set_title(title, fontsize=9, color=INK)
        axis.set_xticks(range(table.shape[1]) if numbered else [])
        axis.set_yticks(range(table.shape[0]) if numbered else [])
        axis.tick_params(labelsize=8, length=0)
    for which, row, column, height, width in windows:
        axes[0][which].add_patch(
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
