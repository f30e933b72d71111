"""Interactive figures, for JupyterLab and for the site: the same JavaScript in both."""

from __future__ import annotations

import base64
import html
import json
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import uuid4

import anywidget
from IPython.display import HTML, Markdown
from traitlets import Dict, Unicode

from cnn_course import digits
from cnn_course.explorers.joining import STATIC, code_of, one_module, one_script
from cnn_course.explorers.stills import still
from cnn_course.figures.hangul import know_hangul
from cnn_course.figures.showing import png
from cnn_course.language import _, language, translations
from cnn_course.surroundings import being_graded, for_a_page, unattended

__all__ = ["Explorer", "convolution", "lenet", "lens", "one_module", "padding", "pooling", "receptive_field"]

Bundle: TypeAlias = tuple[dict[str, Any], dict[str, Any]]  # what an output holds, and its metadata
NETWORK = STATIC / "lens.json"
CLEAR = [0, 4, 7, 3, 1, 12, 5, 72, 3, 4]
"""Which of the embedded digits is shown of each class: one that everybody reads at once."""


class Explorer(anywidget.AnyWidget):
    """An interactive figure.

    What an output keeps of it is HTML that works without a kernel, and no widget, whose model ends with the kernel;
    the widget in the notebook's page only hears what the reader sets there.

    Attributes
    ----------
    kind : str
        Which one.
    settings : dict
        What the reader has set, by name; it can be set from Python before the figure is shown.
    data : dict
        Images and weights that it shows.
    place : str
        What tells its outputs from those of others.
    translation : dict
        The notebook's language, and what the figure's JavaScript says in it, by the English words; empty in English.
    """

    _esm = one_module()
    _css = STATIC / "explorers.css"
    kind = Unicode().tag(sync=True)
    settings = Dict().tag(sync=True)
    data = Dict().tag(sync=True)
    place = Unicode().tag(sync=True)
    translation = Dict().tag(sync=True)

    def __init__(self, words: str = "", **traits: Any) -> None:
        self.words = words
        super().__init__(place=uuid4().hex, **traits)

    def _repr_mimebundle_(self, **how: Any) -> Bundle:
        traits = {"kind": self.kind, "settings": self.settings, "data": self.data, "place": self.place}
        if self.translation:
            traits["translation"] = self.translation
        return _output(self.words, **traits)


@dataclass(frozen=True)
class Kept:
    """An explorer without its widget: only what an output keeps."""

    words: str
    traits: dict[str, Any]

    def _repr_mimebundle_(self, **how: Any) -> Bundle:
        return _output(self.words, **self.traits)


Figure: TypeAlias = Explorer | Kept | HTML | Markdown


def convolution(**settings: int | str) -> Figure:
    """A window that walks over an image, with the sum at each place and the size of the feature map.

    Parameters
    ----------
    **settings : int or str
        What it shows first: `n`, `f`, `stride`, `padding`, `dilation`, `kernel` ("vertical", "horizontal" or "sum").

    Returns
    -------
    Explorer, Kept, IPython.display.HTML or IPython.display.Markdown
        While the notebook is graded, only its words; for a page without a kernel, its HTML; without a reader,
        no widget.
    """
    words = _(
        "A window that you move over an image by arrow keys: the sum at each place, and the size of the feature map."
    )
    return _figure(kind="convolution", settings=settings, data={"digit": _clear(7)}, words=words)


def padding(**settings: int | str) -> Figure:
    """TensorFlow's `same` beside symmetric padding, along one axis; settings: `n`, `f`, `stride`, `padding`."""
    words = _("One axis of pixels twice: with the zeros of TensorFlow's same, and with as many zeros on both sides.")
    return _figure(kind="padding", settings=settings, words=words)


def pooling(**settings: int | str) -> Figure:
    """A pool over a digit that can be shifted; settings: `kind` ("max" or "average"), `size`, `down`, `right`."""
    words = _("A handwritten seven that you shift, and the map that a pool makes of it.")
    return _figure(kind="pooling", settings=settings, data={"digit": _clear(7)}, words=words)


def receptive_field(**settings: list[dict[str, int]]) -> Figure:
    """A stack of layers to build; settings: `layers`, a list of {"f": …, "stride": …}, `unit`.

    A layer may have "padding" and "dilation" too.
    """
    words = _("A stack of layers that you build: how many pixels one unit of the last layer spans, and which it reads.")
    return _figure(kind="field", settings=settings, words=words)


def lenet(**settings: str) -> Figure:
    """LeNet-5 as in its paper: each layer's shape, parameters and connections; settings: `layer`, its name."""
    words = _(
        "The eight layers of LeNet-5: touch one to see its shape, its parameters and its connections, "
        "and how they are counted."
    )
    return _figure(kind="lenet", settings=settings, words=words)


def lens(**settings: int | str) -> Figure:
    """A small trained network on a digit that is drawn or chosen; settings: `digit`, `layer`."""
    words = _(
        "A digit that you draw or choose, the feature maps of a small trained network, and what it takes the digit for."
    )
    data = {
        "network": json.loads(NETWORK.read_text(encoding="utf-8")),
        "digits": [_clear(label) for label in range(10)],
    }
    return _figure(kind="lens", settings=settings, data=data, words=words)


def _figure(words: str, **traits: Any) -> Figure:
    if being_graded():
        return Markdown(words)
    known = translations(code_of(traits["kind"]))
    if known:
        traits["translation"] = {"language": language(), "words": known}
    if for_a_page():
        return HTML(_place(words, *_still(**traits), **traits))
    if unattended():
        return Kept(words, traits)
    return Explorer(words, **traits)


def _output(words: str, **traits: Any) -> Bundle:
    """What an output keeps: HTML that fills itself, and a picture and a sentence for who takes no HTML."""
    picture, width, shown = _still(**traits)
    style = (STATIC / "explorers.css").read_text(encoding="utf-8")
    script = one_script(traits["kind"])
    data = {
        "text/html": f"{_place(words, picture, width, shown, **traits)}<script>{script}</script><style>{style}</style>",
        "image/png": picture,
        "text/plain": f"{words} {shown}",
    }
    return data, {"image/png": {"alt": data["text/plain"], "width": width}}


def _still(
    kind: str, settings: dict[str, Any], data: dict[str, Any] | None = None, **others: Any
) -> tuple[str, int, str]:
    """The first state: a PNG in base64, its width, and what it shows."""
    know_hangul()
    figure, shown = still(kind, settings, data or {})
    picture, width = png(figure)
    return base64.b64encode(picture).decode("ascii"), width, shown


def _place(words: str, picture: str, width: int, shown: str, **traits: Any) -> str:
    """A place that JavaScript fills; until then, and for readers without it, a picture and words."""
    lang = f' lang="{html.escape(traits["translation"]["language"])}"' if traits.get("translation") else ""
    return (
        f'<div class="explorer"{lang} data-explorer="{html.escape(json.dumps(traits))}"><p>{html.escape(words)}</p>'
        f'<img src="data:image/png;base64,{picture}" width="{width}" alt="{html.escape(shown)}">'
        f"<p>{html.escape(shown)}</p></div>"
    )


def _clear(label: int) -> list[list[float]]:
    rows: list[list[float]] = digits.example(label, CLEAR[label]).round(3).tolist()
    return rows
