"""Drawings along one axis: where windows stand, and what a unit of the last layer sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from cnn_course.figures.showing import FRAME, HATCH, INK, PALE, PAPER, REST, SECOND, show
from cnn_course.language import _, in_a_row

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray


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
        said = _(
            "A row of {n} pixels with {before} zeros before and {after} after; "
            "{windows} windows of {f}, moved by {stride}, start at {starts}.",
            n=self.n,
            before=self.before,
            after=self.after,
            windows=len(self.starts),
            f=self.f,
            stride=self.stride,
            starts=", ".join(map(str, self.starts)),
        )
        return in_a_row(said, unread and _("No window reads pixel {pixels}.", pixels=unread))


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
        if padded:
            axis.add_patch(Rectangle((x, 0), 1, 1, facecolor=color, linewidth=0, **HATCH))
            color = "none"
        axis.add_patch(Rectangle((x, 0), 1, 1, facecolor=color, edgecolor=INK, linestyle=line, linewidth=1))
        label, size = (_("zero"), 6) if padded else (str(x), 8)
        axis.text(x + 0.5, 0.5, label, ha="center", va="center", fontsize=size, color=INK)
    for number, start in enumerate(row.starts):
        ends, y = [start + 0.08, start + row.f - 0.08], -0.35 - 0.4 * number
        axis.plot(ends, [y, y], color=(FRAME, SECOND)[number % 2], linewidth=4, solid_capstyle="butt")
    axis.set_xlim(-2.2, row.n + max(row.after, 1) + 1.2)
    axis.set_ylim(-0.6 - 0.4 * len(row.starts), 1.2)
    axis.axis("off")


def receptive_fields(layers: Sequence[tuple[int, int]], title: str) -> None:
    """Draw along one axis what one unit of the last layer sees of every layer before it.

    Pixels, and places of each layer, carry their numbers, from 0.

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
        _(
            "{title}: counted from one unit of the last layer down to the input, it sees {sizes} places per layer.",
            title=title,
            sizes=sizes,
        ),
    )


def _receptive_fields(layers: Sequence[tuple[int, int]], counts: list[int], title: str) -> Figure:
    figure, axis = plt.subplots(figsize=(0.38 * counts[0] + 2.6, 0.85 * len(counts)))
    below, jump = np.arange(counts[0]) + 0.5, 1
    _draw_units(axis, below, 0, _("input: {count} pixels", count=counts[0]), FRAME)
    for level, (f, stride) in enumerate(layers, start=1):
        centres = below[0] + (f - 1) / 2 * jump + np.arange(counts[level]) * jump * stride
        for i, centre in enumerate(centres):
            for seen in (below[i * stride] - 0.4, below[i * stride + f - 1] + 0.4):
                axis.plot([centre, seen], [level, level - 0.45], color=(FRAME, SECOND)[i % 2], linewidth=1)
        values = {"layer": level, "f": f, "stride": stride, "count": counts[level]}
        if counts[level] == 1:
            label = _("layer {layer} (f {f}, stride {stride}): {count} place", **values)
        else:
            label = _("layer {layer} (f {f}, stride {stride}): {count} places", **values)
        _draw_units(axis, centres, level, label, PALE)
        below, jump = centres, jump * stride
    axis.set_xlim(-5.5, counts[0] + 0.2)
    axis.set_ylim(-0.1, len(counts) - 0.3)
    axis.set_title(title, fontsize=9, color=INK, loc="left")
    axis.axis("off")
    return figure


def _draw_units(axis: Axes, centres: NDArray[Any], level: int, label: str, color: str) -> None:
    ink = PAPER if color == FRAME else INK
    for number, centre in enumerate(centres):
        axis.add_patch(Rectangle((centre - 0.42, level), 0.84, 0.55, facecolor=color, edgecolor=INK))
        axis.text(centre, level + 0.27, str(number), ha="center", va="center", fontsize=8, color=ink)
    axis.text(-0.3, level + 0.27, label, ha="right", va="center", fontsize=8, color=INK)
