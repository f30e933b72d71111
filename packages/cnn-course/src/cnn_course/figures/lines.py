"""Lines over an axis, such as a loss over the epochs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np

from cnn_course.figures.showing import FRAME, INK, PAPER, REST, SECOND, show
from cnn_course.language import _

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray


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
            _("validation") if name.startswith("val_") else _("training"): values
            for name, values in history.items()
            if word in name
        }
        for quantity, word in ((_("loss"), "loss"), (_("accuracy"), "acc"))
    }
    panels = {quantity: lines for quantity, lines in panels.items() if lines}
    if not panels:
        return
    epochs = range(1, len(next(iter(history.values()))) + 1)
    alt = " ".join(_course_of(epochs, lines, _("epoch"), quantity) for quantity, lines in panels.items())

    def draw() -> Figure:
        figure, axes = plt.subplots(1, len(panels), figsize=(3.8 * len(panels), 3), squeeze=False, layout="constrained")
        for axis, (quantity, lines) in zip(axes[0], panels.items()):
            _draw_curves(axis, epochs, lines, _("epoch"), quantity)
        return figure

    show(draw, alt)


def _course_of(
    x: Sequence[float] | NDArray[Any], lines: Mapping[str, Sequence[float] | NDArray[Any]], xlabel: str, ylabel: str
) -> str:
    """What lines do, in words: their ends, and their extremes if these lie between."""
    said = []
    for name, given in lines.items():
        y = np.asarray(given)
        values = {"first": y[0], "last": y[-1], "start": x[0], "end": x[-1]}
        parts = [
            _(
                "from {first} at {start} to {last} at {end}",
                **{name: f"{value:.3g}" for name, value in values.items()},
            )
        ]
        low, high = int(y.argmin()), int(y.argmax())
        if 0 < low < len(y) - 1:
            parts.append(_("lowest {value} at {place}", value=f"{y[low]:.3g}", place=f"{x[low]:.3g}"))
        if 0 < high < len(y) - 1:
            parts.append(_("highest {value} at {place}", value=f"{y[high]:.3g}", place=f"{x[high]:.3g}"))
        said.append(f"{name}: {', '.join(parts)}")
    return _("{y} against {x}. {lines}.", y=ylabel.capitalize(), x=xlabel, lines="; ".join(said))


def _curves(
    x: Sequence[float] | NDArray[Any],
    lines: Mapping[str, Sequence[float] | NDArray[Any]],
    xlabel: str,
    ylabel: str,
    points: Sequence[tuple[float, float]],
) -> Figure:
    figure, axis = plt.subplots(figsize=(5.2, 3))
    _draw_curves(axis, x, lines, xlabel, ylabel)
    if all(float(each).is_integer() for each in x):
        axis.locator_params(axis="x", integer=True)
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
    axis.legend(fontsize=8, facecolor=PAPER, edgecolor="none", framealpha=0.9)
