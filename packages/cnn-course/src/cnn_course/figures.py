"""Drawings for the notebooks. Each is shown with a sentence (alt text) that says what it shows."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.patches import Rectangle

from cnn_course.checks.saying import is_unwritten
from cnn_course.surroundings import being_graded

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike, NDArray

INK, PAPER, PALE, REST = "#1f2933", "#ffffff", "#fde3cf", "#d5dae1"
FRAME, SECOND = "#c2410c", "#1d4ed8"
MOST_IN_A_ROW = 10


def show(draw: Callable[[], Figure], alt: str) -> None:
    """Show a figure as PNG with alt text, and close it.

    While the notebook is graded, nothing is drawn, and only the alt text is shown.

    Parameters
    ----------
    draw : callable
        Makes the matplotlib.figure.Figure.
    alt : str
        What a reader who can't see the figure needs to know of it.
    """
    shown: dict[str, str | bytes] = {"text/plain": alt}
    if not being_graded():
        shown["image/png"] = png(draw())
    display(shown, metadata={"image/png": {"alt": alt}}, raw=True)


def png(figure: Figure) -> bytes:
    """A figure as PNG; the figure is closed."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=110, bbox_inches="tight", facecolor=PAPER)
    plt.close(figure)
    return file.getvalue()


@contextlib.contextmanager
def once_written(task: str) -> Iterator[None]:
    """Let a cell draw with the student's own function, and say so kindly while that is not written."""
    try:
        yield
    except (NotImplementedError, NameError) as error:
        if not (isinstance(error, NameError) or is_unwritten(error)):
            raise
        print(f"Write {task} first, then run this cell again: it uses what you wrote there.")


def images(pictures: Sequence[ArrayLike], titles: Sequence[str], alt: str, one_scale: bool = False) -> None:
    """Show pictures side by side; more than ten in rows of eight.

    Parameters
    ----------
    pictures : sequence of array_like
        Each `(h, w)`: a digit, or a feature map.
    titles : sequence of str
        One line over each.
    alt : str
        See `show`.

    one_scale : bool, default False
        Whether the ink of all pictures has one scale, from 0 to the largest value of all.

    A picture with values below zero is drawn in colour: orange above zero, purple below, white at zero; all
    such pictures of a figure have one scale. Any other is drawn as ink, dark where it is large, on a scale of its own.
    """
    show(lambda: drawn_images(pictures, titles, one_scale), alt)


def drawn_images(given: Sequence[ArrayLike], titles: Sequence[str], one_scale: bool = False) -> Figure:
    """The figure that `images` shows."""
    pictures = [np.asarray(picture) for picture in given]
    columns = len(pictures) if len(pictures) <= MOST_IN_A_ROW else 8
    rows = -(-len(pictures) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(2.2 * columns, 2.4 * rows), squeeze=False)
    for empty in axes.flat[len(pictures) :]:
        empty.axis("off")
    most = max((np.abs(picture).max() for picture in pictures if picture.min() < 0), default=1)
    ink = {"vmin": 0, "vmax": max(picture.max() for picture in pictures)} if one_scale else {}
    for axis, picture, title in zip(axes.flat, pictures, titles):
        if picture.min() < 0:
            axis.imshow(picture, cmap="PuOr_r", vmin=-most, vmax=most)
        else:
            axis.imshow(picture, cmap="gray_r", **ink)
        axis.set_title(title, fontsize=9, color=INK)
        axis.set_xticks([])
        axis.set_yticks([])
    return figure


def grids(
    tables: Sequence[ArrayLike],
    titles: Sequence[str],
    alt: str,
    windows: Sequence[tuple[int, int, int, int, int]] = (),
    numbered: bool = False,
) -> None:
    """Show small tables of numbers as heat maps with the numbers written in.

    Parameters
    ----------
    tables : sequence of array_like
        Each `(rows, columns)`.
    titles : sequence of str
    alt : str
        See `show`.
    windows : sequence of (int, int, int, int, int)
        Frames to draw: which table, row and column of the top left corner, height, width.
    numbered : bool, default False
        Whether rows and columns carry their numbers, from 0.
    """
    show(lambda: drawn_grids(tables, titles, windows, numbered), alt)


def drawn_grids(
    given: Sequence[ArrayLike],
    titles: Sequence[str],
    windows: Sequence[tuple[int, int, int, int, int]] = (),
    numbered: bool = False,
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
    for axis, table, title in zip(axes[0], tables, titles):
        low, high = min(0, table.min()), max(table.max(), 1)
        axis.imshow(table, cmap="Oranges", vmin=low, vmax=low + 2 * (high - low))
        for (row, column), value in np.ndenumerate(table):
            axis.text(column, row, f"{value:.3g}", ha="center", va="center", fontsize=8, color=INK)
        axis.set_title(title, fontsize=9, color=INK)
        axis.set_xticks(range(table.shape[1]) if numbered else [])
        axis.set_yticks(range(table.shape[0]) if numbered else [])
        axis.tick_params(labelsize=8, length=0)
    for which, row, column, height, width in windows:
        axes[0][which].add_patch(
            Rectangle((column - 0.5, row - 0.5), width, height, fill=False, edgecolor=SECOND, linewidth=2.5)
        )
    return figure


def curves(
    x: Sequence[float] | NDArray[Any],
    lines: Mapping[str, Sequence[float] | NDArray[Any]],
    xlabel: str,
    ylabel: str,
    alt: str,
) -> None:
    """Draw one line for each entry of a dict, all over the same x.

    Parameters
    ----------
    x : sequence of float
    lines : dict of str to sequence of float
        What to call each line in the legend, and its values.
    xlabel, ylabel : str
    alt : str
        See `show`.
    """
    show(lambda: _curves(x, lines, xlabel, ylabel), alt)


def _curves(
    x: Sequence[float] | NDArray[Any], lines: Mapping[str, Sequence[float] | NDArray[Any]], xlabel: str, ylabel: str
) -> Figure:
    figure, axis = plt.subplots(figsize=(5.2, 3))
    for (label, y), color, marker in zip(lines.items(), (FRAME, SECOND, INK, "#0f766e", "#7e22ce"), "os^Dv"):
        axis.plot(x, y, color=color, marker=marker, markersize=4, label=label)
    axis.set_xlabel(xlabel, fontsize=9)
    axis.set_ylabel(ylabel, fontsize=9)
    axis.tick_params(labelsize=8)
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(color=REST, linewidth=0.5)
    axis.legend(fontsize=8, frameon=False)
    return figure


@dataclass(frozen=True)
class Row:
    """A row of `n` pixels with zeros `before` and `after` it, and a window of `f` that moves over it by `stride`."""

    n: int
    f: int
    stride: int = 1
    before: int = 0
    after: int = 0

    @property
    def starts(self) -> range:
        """The pixels at which a window starts; those before the row are negative."""
        return range(-self.before, self.n + self.after - self.f + 1, self.stride)

    @property
    def read(self) -> set[int]:
        """The pixels that some window reads."""
        return {start + k for start in self.starts for k in range(self.f)}

    @property
    def words(self) -> str:
        """What the drawing of this row shows."""
        unread = ", ".join(str(x) for x in range(self.n) if x not in self.read)
        return (
            f"A row of {self.n} pixels with {self.before} zeros before and {self.after} after; "
            f"{len(self.starts)} windows of {self.f}, "
            f"moved by {self.stride}, start at {', '.join(map(str, self.starts))}."
            + (f" No window reads pixel {unread}." if unread else "")
        )


def window_places(rows: Sequence[Row], titles: Sequence[str]) -> None:
    """Draw every place that a window takes along one axis, for each `Row`."""
    show(lambda: drawn_places(rows, titles), " ".join(row.words for row in rows))


def drawn_places(rows: Sequence[Row], titles: Sequence[str]) -> Figure:
    """The figure that `window_places` shows."""
    heights = [0.75 + 0.16 * len(row.starts) for row in rows]
    figure, axes = plt.subplots(len(rows), 1, figsize=(6, sum(heights)), squeeze=False, height_ratios=heights)
    for axis, row, title in zip(axes[:, 0], rows, titles):
        _draw_places(axis, row)
        axis.set_title(title, fontsize=9, color=INK, loc="left")
    figure.tight_layout()
    return figure


def _draw_places(axis: Axes, row: Row) -> None:
    for x in range(-row.before, row.n + row.after):
        padded = not 0 <= x < row.n
        color = REST if x not in row.read else (PAPER if padded else PALE)
        line = ":" if padded else "-"
        axis.add_patch(Rectangle((x, 0), 1, 1, facecolor=color, edgecolor=INK, linestyle=line, linewidth=1))
        label, size = ("zero", 6) if padded else (str(x), 8)
        axis.text(x + 0.5, 0.5, label, ha="center", va="center", fontsize=size, color=INK)
    for number, start in enumerate(row.starts):
        ends, y = [start + 0.08, start + row.f - 0.08], -0.35 - 0.4 * number
        axis.plot(ends, [y, y], color=(FRAME, SECOND)[number % 2], linewidth=4, solid_capstyle="butt")
    axis.set_xlim(-2.2, row.n + max(row.after, 1) + 1.2)
    axis.set_ylim(-0.6 - 0.4 * len(row.starts), 1.2)
    axis.axis("off")


def receptive_fields(layers: Sequence[tuple[int, int]], title: str) -> None:
    """Draw along one axis what one unit of the last layer sees of every layer before it.

    Parameters
    ----------
    layers : sequence of (int, int)
        `(f, stride)` of each layer, from the input on.
    title : str
    """
    counts = [1]
    for f, stride in reversed(layers):
        counts.insert(0, (counts[0] - 1) * stride + f)
    sizes = ", ".join(map(str, reversed(counts)))
    show(
        lambda: _receptive_fields(layers, counts, title),
        f"{title}: counted from one unit of the last layer down to the input, it sees {sizes} places per layer.",
    )


def _receptive_fields(layers: Sequence[tuple[int, int]], counts: list[int], title: str) -> Figure:
    figure, axis = plt.subplots(figsize=(0.38 * counts[0] + 2.6, 0.85 * len(counts)))
    below, jump = np.arange(counts[0]) + 0.5, 1
    _draw_units(axis, below, 0, f"input: {counts[0]}", FRAME)
    for level, (f, stride) in enumerate(layers, start=1):
        centres = below[0] + (f - 1) / 2 * jump + np.arange(counts[level]) * jump * stride
        for i, centre in enumerate(centres):
            for seen in (below[i * stride] - 0.4, below[i * stride + f - 1] + 0.4):
                axis.plot([centre, seen], [level, level - 0.45], color=(FRAME, SECOND)[i % 2], linewidth=1)
        _draw_units(axis, centres, level, f"layer {level} (f {f}, stride {stride}): {counts[level]}", PALE)
        below, jump = centres, jump * stride
    axis.set_xlim(-5.5, counts[0] + 0.2)
    axis.set_ylim(-0.1, len(counts) - 0.3)
    axis.set_title(title, fontsize=9, color=INK, loc="left")
    axis.axis("off")
    return figure


def _draw_units(axis: Axes, centres: NDArray[Any], level: int, label: str, color: str) -> None:
    for centre in centres:
        axis.add_patch(Rectangle((centre - 0.42, level), 0.84, 0.55, facecolor=color, edgecolor=INK))
    axis.text(-0.3, level + 0.27, label, ha="right", va="center", fontsize=8, color=INK)
