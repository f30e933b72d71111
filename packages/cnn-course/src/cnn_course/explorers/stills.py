"""What an explorer shows first, as a picture and a sentence: for readers whom no JavaScript reaches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle
from scipy.signal import correlate2d

from cnn_course.figures.one_axis import Row, drawn_places
from cnn_course.figures.pictures import drawn_grids, drawn_images
from cnn_course.figures.showing import FRAME, INK, PALE, PAPER
from cnn_course.language import _

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

Still = tuple["Figure", str]  # a picture, and what it shows


def still(kind: str, settings: Mapping[str, Any], data: Mapping[str, Any]) -> Still:
    """The first state of the explorer `kind`, as a picture and the sentence that says what it shows."""
    return STILLS[kind](**settings, data=data)


def _convolution(
    data: Mapping[str, Any],
    n: int = 7,
    f: int = 3,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    kernel: str = "vertical",
    **others: Any,
) -> Still:
    image = np.array(data["digit"]) if n == 28 else _pattern(n)
    weights = np.ones((f, f), int)
    if kernel != "sum":
        weights = np.subtract.outer(np.zeros(f, int), (np.arange(f) == 0).astype(int) - (np.arange(f) == f - 1))
        weights = weights if kernel == "vertical" else weights.T
    spread = np.zeros((dilation * (f - 1) + 1,) * 2)
    spread[::dilation, ::dilation] = weights
    sizes = {"n": n, "padding": padding, "f": f, "stride": stride, "dilation": dilation}
    if len(spread) > n + 2 * padding:
        words = _(
            "An input {n} by {n} with padding {padding}, and a kernel {f} by {f}, stride {stride}, "
            "dilation {dilation}: the window has no place.",
            **sizes,
        )
        return drawn_grids([image, weights], [_("input"), _("kernel")]), words
    found = correlate2d(np.pad(image, padding), spread, "valid")[::stride, ::stride]
    draw: Callable[..., Figure] = drawn_grids if n <= 16 else drawn_images
    words = _(
        "An input {n} by {n} with padding {padding}, and a kernel {f} by {f}, stride {stride}, "
        "dilation {dilation}, make a feature map {side} by {side}.",
        side=len(found),
        **sizes,
    )
    return draw([image, weights, found], [_("input"), _("kernel"), _("feature map")]), words


def _pattern(n: int) -> NDArray[Any]:
    row, column = np.indices((n, n))
    bright = column * 2 >= n
    return np.where(bright, np.where((row + column) % 5 == 0, 5, 9), 0)


def _padding(data: Mapping[str, Any], n: int = 8, f: int = 3, stride: int = 2, padding: int = 1) -> Still:
    zeros = max((-(-n // stride) - 1) * stride + f - n, 0)
    rows = [Row(n, f, stride, zeros // 2, zeros - zeros // 2), Row(n, f, stride, padding, padding)]
    words = _(
        "With TensorFlow's same: {same} With symmetric padding: {symmetric}",
        same=rows[0].words,
        symmetric=rows[1].words,
    )
    return drawn_places(rows, [_("TensorFlow's same"), _("symmetric padding")]), words


def _pooling(
    data: Mapping[str, Any], kind: str = "max", size: int = 2, down: int = 0, right: int = 0, **others: Any
) -> Still:
    digit = np.array(data["digit"])
    canvas = np.pad(digit, 6)
    moved = canvas[6 - down : 34 - down, 6 - right : 34 - right]
    side = len(moved) // size
    windows = moved[: side * size, : side * size].reshape(side, size, side, size)
    pooled = windows.max(axis=(1, 3)) if kind == "max" else windows.mean(axis=(1, 3))
    name = _("max pooling") if kind == "max" else _("average pooling")
    words = _(
        "A handwritten seven, and the map {side} by {side} that {pooling} with windows of {size} makes of it.",
        side=side,
        pooling=name,
        size=size,
    )
    return drawn_images([moved, pooled], [_("digit"), name]), words


def _field(data: Mapping[str, Any], layers: list[dict[str, int]] | None = None, **others: Any) -> Still:
    layers = layers or [{"f": 3, "stride": 2}, {"f": 3, "stride": 1}]
    levels = [{0}]
    for layer in reversed(layers):
        taps = range(0, layer["f"] * layer.get("dilation", 1), layer.get("dilation", 1))
        levels.insert(0, {unit * layer["stride"] + tap for unit in levels[0] for tap in taps})
    spans = [max(level) + 1 for level in levels]
    figure, axis = plt.subplots(figsize=(0.3 * spans[0] + 2, 0.6 * len(levels)))
    first, jump = 0.5, 1
    for place, (read, span) in enumerate(zip(levels, spans)):
        if place:
            layer = layers[place - 1]
            first += (layer["f"] - 1) * layer.get("dilation", 1) * jump / 2
            jump *= layer["stride"]
        for unit in range(span):
            _box(axis, first + unit * jump - 0.42, place, 0.84, 0.55, FRAME if unit in read else PAPER)
        name = _("layer {number}", number=place) if place else _("input")
        axis.text(-0.3, place + 0.27, name, ha="right", va="center", fontsize=8, color=INK)
    _frame(axis, -2.5, spans[0] + 0.2, len(levels))
    words = _(
        "One unit of layer {layer} spans {pixels} pixels along an axis and reads {read}.",
        layer=len(layers),
        pixels=spans[0],
        read=len(levels[0]),
    )
    return figure, words


LENET = {
    "INPUT": (32, 1), "C1": (28, 6), "S2": (14, 6), "C3": (10, 16), "S4": (5, 16), "C5": (1, 120), "F6": (0, 84),
    "OUTPUT": (0, 10),
}  # fmt: skip


def _lenet(data: Mapping[str, Any], **others: Any) -> Still:
    shapes = {
        name: _("{count} units", count=maps) if not side else f"{side}×{side}×{maps}" if maps > 1 else f"{side}×{side}"
        for name, (side, maps) in LENET.items()
    }
    figure, axis = plt.subplots(figsize=(8, 1.6))
    for place, (name, (side, _maps)) in enumerate(LENET.items()):
        height = max(side, 3) / 32
        _box(axis, place + 0.45 - 0.4 * height, 0, 0.8 * height, height, PALE)
        axis.text(place + 0.45, -0.1, f"{name}\n{shapes[name]}", ha="center", va="top", fontsize=8, color=INK)
    _frame(axis, 0, len(LENET), 1)
    axis.set_ylim(-0.5, 1.1)
    listed = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
    return figure, _("The layers of LeNet-5: {layers}.", layers=listed)


def _lens(data: Mapping[str, Any], digit: int = 7, **others: Any) -> Still:
    image, layer = np.array(data["digits"][digit]), data["network"][0]
    weights, bias = np.array(layer["weights"])[:, :, 0], layer["bias"]
    maps = [np.maximum(correlate2d(image, weights[..., place], "valid") + bias[place], 0) for place in range(len(bias))]
    titles = [_("digit"), *(_("map {number}", number=place) for place in range(len(maps)))]
    words = _(
        "A handwritten {digit}, and the {count} feature maps that the first layer makes of it.",
        digit=digit,
        count=len(maps),
    )
    return drawn_images([image, *maps], titles), words


def _box(axis: Axes, x: float, y: float, width: float, height: float, color: str) -> None:
    axis.add_patch(Rectangle((x, y), width, height, facecolor=color, edgecolor=INK))


def _frame(axis: Axes, left: float, right: float, height: float) -> None:
    axis.set_xlim(left, right)
    axis.set_ylim(-0.1, height - 0.3)
    axis.axis("off")


STILLS: dict[str, Callable[..., Still]] = {
    "convolution": _convolution,
    "padding": _padding,
    "pooling": _pooling,
    "field": _field,
    "lenet": _lenet,
    "lens": _lens,
}
