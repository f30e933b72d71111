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

from cnn_course.alt_texts import ALT_TEXTS
from cnn_course.checks.saying import is_unwritten
from cnn_course.surroundings import being_graded

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike, NDArray

INK, PAPER, PALE, REST = "#1f2933", "#ffffff", "#fde3cf", "#d5dae1"
FRAME, SECOND = "#c2410c", "#1d4ed8"
MOST_IN_A_ROW = 5


def show(draw: Callable[[], Figure], alt: str) -> None:
    """Show a figure as PNG with alt text, and close it.

    While the notebook is graded, nothing is drawn, and only the alt text is shown.

    Parameters
    ----------
    draw : callable
        Makes the matplotlib.figure.Figure.
    alt : str
        What a reader who can't see the figure needs to know of it: a sentence, or the name of one in `ALT_TEXTS`.
    """
    alt = ALT_TEXTS.get(alt, alt)
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


def images(pictures: Sequence[ArrayLike], titles: Sequence[str], alt: str = "", one_scale: bool = False) -> None:
    """Show pictures side by side, in rows of at most five.

    Parameters
    ----------
    pictures : sequence of array_like
        Each `(h, w)`: a digit, or a feature map.
    titles : sequence of str
        One line over each.
    alt : str, optional
        See `show`; the titles by default.
    one_scale : bool, default False
        Whether the ink of all pictures has one scale, from 0 to the largest value of all.

    A picture with values below zero is drawn in colour: orange above zero, purple below, white at zero; all
    such pictures of a figure have one scale. Any other is drawn as ink, dark where it is large, on a scale of its own.
    """
    if len(pictures):
        show(lambda: drawn_images(pictures, titles, one_scale), alt or _named(titles))


def _named(titles: Sequence[str]) -> str:
    return f"Pictures: {'; '.join(titles)}.".replace("\n", ", ")


def drawn_images(given: Sequence[ArrayLike], titles: Sequence[str], one_scale: bool = False) -> Figure:
    """The figure that `images` shows."""
    pictures = [np.asarray(picture) for picture in given]
    rows = -(-len(pictures) // MOST_IN_A_ROW)
    columns = -(-len(pictures) // rows)
    figure, axes = plt.subplots(rows, columns, figsize=(2.0 * columns, 2.2 * rows), squeeze=False, layout="constrained")
    for empty in axes.flat[len(pictures) :]:
        empty.axis("off")
    most = max((np.abs(picture).max() for picture in pictures if picture.min() < 0), default=1)
    ink = {"vmin": 0, "vmax": max(picture.max() for picture in pictures)} if one_scale else {}
    scaled = None
    for axis, picture, title in zip(axes.flat, pictures, titles):
        if picture.min() < 0:
            scaled = axis.imshow(picture, cmap="PuOr_r", vmin=-most, vmax=most)
        else:
            drawn = axis.imshow(picture, cmap="gray_r", **ink)
            scaled = drawn if one_scale else scaled
        axis.set_title(title, fontsize=9, color=INK)
        axis.set_xticks([])
        axis.set_yticks([])
    if scaled is not None:
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

    Parameters
    ----------
    tables : sequence of array_like
        Each `(rows, columns)`.
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
    said = []
    for table, title in zip(map(np.asarray, tables), titles):
        rows = [
            f"row {number}: "
            + ", ".join(f"{value:.3g} in column {place}" for place, value in enumerate(row) if value != blank)
            for number, row in enumerate(table)
            if np.any(row != blank)
        ]
        said.append(f"{title}. {'; '.join(rows) or 'Nothing'}.")
    return " ".join(said)


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
    for axis, table, title in zip(axes[0], tables, titles):
        low, high = min(0, table.min()), max(table.max(), 1)
        axis.imshow(table, cmap="Oranges", vmin=low, vmax=low + 2 * (high - low))
        for (row, column), value in np.ndenumerate(table):
            if value != blank:
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
    alt: str = "",
    points: Sequence[tuple[float, float]] = (),
) -> None:
    """Draw one line for each entry of a dict, all over the same x.

    Parameters
    ----------
    x : sequence of float
    lines : dict of str to sequence of float
        What to call each line in the legend, and its values.
    xlabel, ylabel : str
    alt : str, optional
        See `show`; where each line begins and ends, and its extremes, by default.
    points : sequence of (float, float)
        Points to mark with their coordinates.
    """
    show(lambda: _curves(x, lines, xlabel, ylabel, points), alt or _course_of(x, lines, xlabel, ylabel))


def learning_curves(history: Mapping[str, Sequence[float]]) -> None:
    """Draw loss and accuracy over the epochs, side by side, for training and validation.

    Parameters
    ----------
    history : dict of str to sequence of float
        The attribute `history` of what Keras' `fit` returns. What is neither a loss nor an accuracy is left out.
    """
    panels = {
        quantity: {
            "validation" if name.startswith("val_") else "training": values
            for name, values in history.items()
            if word in name
        }
        for quantity, word in (("loss", "loss"), ("accuracy", "acc"))
    }
    panels = {quantity: lines for quantity, lines in panels.items() if lines}
    if not panels:
        return
    epochs = range(1, len(next(iter(history.values()))) + 1)
    alt = " ".join(_course_of(epochs, lines, "epoch", quantity) for quantity, lines in panels.items())

    def draw() -> Figure:
        figure, axes = plt.subplots(1, len(panels), figsize=(3.8 * len(panels), 3), squeeze=False, layout="constrained")
        for axis, (quantity, lines) in zip(axes[0], panels.items()):
            _draw_curves(axis, epochs, lines, "epoch", quantity)
        return figure

    show(draw, alt)


def _course_of(
    x: Sequence[float] | NDArray[Any], lines: Mapping[str, Sequence[float] | NDArray[Any]], xlabel: str, ylabel: str
) -> str:
    """What lines do, in words: their ends, and their extremes if these lie between."""
    said = []
    for name, given in lines.items():
        y = np.asarray(given)
        between = [
            f"{word} {y[place]:.3g} at {x[place]:.3g}"
            for word, place in (("lowest", int(y.argmin())), ("highest", int(y.argmax())))
            if 0 < place < len(y) - 1
        ]
        ends = f"from {y[0]:.3g} at {x[0]:.3g} to {y[-1]:.3g} at {x[-1]:.3g}"
        said.append(f"{name}: {', '.join([ends, *between])}")
    return f"{ylabel.capitalize()} against {xlabel}. {'; '.join(said)}."


def _curves(
    x: Sequence[float] | NDArray[Any],
    lines: Mapping[str, Sequence[float] | NDArray[Any]],
    xlabel: str,
    ylabel: str,
    points: Sequence[tuple[float, float]],
) -> Figure:
    figure, axis = plt.subplots(figsize=(5.2, 3))
    _draw_curves(axis, x, lines, xlabel, ylabel)
    for point in points:
        axis.plot(*point, color=INK, marker="o", markersize=7, markerfacecolor=PAPER, linestyle="none")
        above = point[1] >= 0  # the label lies outside of a rising curve
        axis.annotate(
            f"({point[0]:g}, {point[1]:g})",
            point,
            (-8, 6) if above else (8, -10),
            textcoords="offset points",
            ha="right" if above else "left",
            fontsize=8,
            color=INK,
        )
    return figure


def _draw_curves(
    axis: Axes,
    x: Sequence[float] | NDArray[Any],
    lines: Mapping[str, Sequence[float] | NDArray[Any]],
    xlabel: str,
    ylabel: str,
) -> None:
    for (label, y), color, marker in zip(lines.items(), (FRAME, SECOND, INK, "#0f766e", "#7e22ce"), "os^Dv"):
        axis.plot(x, y, color=color, marker=marker, markersize=4, label=label)
    axis.set_xlabel(xlabel, fontsize=9)
    axis.set_ylabel(ylabel, fontsize=9)
    axis.tick_params(labelsize=8)
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(color=REST, linewidth=0.5)
    axis.legend(fontsize=8, frameon=False)


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
