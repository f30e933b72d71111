"""Interactive figures, for JupyterLab and for the site: the same JavaScript in both."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import anywidget
from IPython.display import HTML, Markdown
from traitlets import Dict, Unicode

from cnn_course import digits
from cnn_course.surroundings import being_graded, for_a_page

STATIC = Path(__file__).with_name("static")
NETWORK = STATIC / "lens.json"
MODULES = ["arithmetic", "elements", "grid", "convolution", "padding", "pooling", "field", "lenet", "lens", "explorers"]


def one_module() -> str:
    """The JavaScript of all explorers as one module, since a widget is given one.

    Each module has its own scope in a page, so each is a function here that returns what it exports.
    """
    scopes = [_scope(name, (STATIC / f"{name}.js").read_text(encoding="utf-8")) for name in MODULES]
    return "\n".join([*scopes, "export default module_explorers.standard;"])


def _scope(name: str, code: str) -> str:
    exported = re.findall(r"^export (?:const|function) (\w+)", code, re.MULTILINE)
    code = re.sub(r'^import (\{[^}]*\}) from "\./(\w+)\.js";', r"const \1 = module_\2;", code, flags=re.MULTILINE)
    code = re.sub(r"^export default ", "const standard = ", code, flags=re.MULTILINE)
    code = re.sub(r"^export ", "", code, flags=re.MULTILINE)
    if "const standard = " in code:
        exported.append("standard")
    return f"const module_{name} = (() => {{\n{code}\nreturn {{ {', '.join(exported)} }};\n}})();"


class Explorer(anywidget.AnyWidget):
    """An interactive figure.

    Attributes
    ----------
    kind : str
        Which one.
    settings : dict
        What the reader has set, by name; it can be set from Python before the figure is shown.
    data : dict
        Images and weights that it shows.
    """

    _esm = one_module()
    _css = STATIC / "explorers.css"
    kind = Unicode().tag(sync=True)
    settings = Dict().tag(sync=True)
    data = Dict().tag(sync=True)


def convolution(**settings: int | str) -> Explorer | HTML | Markdown:
    """A window that walks over an image, with the sum at each place and the size of the feature map.

    Parameters
    ----------
    **settings : int or str
        What it shows first: `n`, `f`, `stride`, `padding`, `dilation`, `kernel` ("vertical", "horizontal" or "sum").

    Returns
    -------
    Explorer
        While the notebook is graded, only its words; for a page without a kernel, its HTML.
    """
    words = (
        "A window that you move over an image by arrow keys: the sum at each place, and the size of the feature map."
    )
    return _figure(kind="convolution", settings=settings, data={"digit": _seven()}, words=words)


def padding(**settings: int | str) -> Explorer | HTML | Markdown:
    """TensorFlow's `same` beside symmetric padding, along one axis; settings: `n`, `f`, `stride`, `padding`."""
    words = "One axis of pixels twice: with the zeros of TensorFlow's same, and with as many zeros on both sides."
    return _figure(kind="padding", settings=settings, words=words)


def pooling(**settings: int | str) -> Explorer | HTML | Markdown:
    """A pool over a digit that can be shifted; settings: `kind` ("max" or "average"), `size`, `down`, `right`."""
    words = "A handwritten seven that you shift, and the map that a pool makes of it."
    return _figure(kind="pooling", settings=settings, data={"digit": _seven()}, words=words)


def receptive_field(**settings: list[dict[str, int]]) -> Explorer | HTML | Markdown:
    """A stack of layers to build; settings: `layers`, a list of {"f": …, "stride": …}."""
    words = "A stack of layers that you build: which pixels one unit of the last layer sees."
    return _figure(kind="field", settings=settings, words=words)


def lenet(**settings: str) -> Explorer | HTML | Markdown:
    """LeNet-5 as in its paper: each layer's shape, parameters and connections; settings: `layer`, its name."""
    words = (
        "The eight layers of LeNet-5: touch one to see its shape, its parameters and its connections, "
        "and how they are counted."
    )
    return _figure(kind="lenet", settings=settings, words=words)


def lens(**settings: int | str) -> Explorer | HTML | Markdown:
    """A small trained network on a digit that is drawn or chosen; settings: `digit`, `layer`."""
    words = (
        "A digit that you draw or choose, the feature maps of a small trained network, and what it takes the digit for."
    )
    data = {
        "network": json.loads(NETWORK.read_text(encoding="utf-8")),
        "digits": [digits.example(label).round(2).tolist() for label in range(10)],
    }
    return _figure(kind="lens", settings=settings, data=data, words=words)


def _figure(words: str, **traits: Any) -> Explorer | HTML | Markdown:
    if being_graded():
        return Markdown(words)
    if for_a_page():
        return HTML(place(words, **traits))
    return Explorer(**traits)


def place(words: str, **traits: Any) -> str:
    """HTML for a page without a kernel: a place that the same JavaScript fills, and `words` for readers without it."""
    return f'<div class="explorer" data-explorer="{html.escape(json.dumps(traits))}"><p>{html.escape(words)}</p></div>'


def _seven() -> list[list[float]]:
    rows: list[list[float]] = digits.example(7).round(3).tolist()
    return rows
