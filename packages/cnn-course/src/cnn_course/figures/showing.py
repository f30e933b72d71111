"""How a drawing is shown: as PNG with a sentence (alt text) that says what it shows."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.colors import to_rgb
from PIL import Image

from cnn_course.alt_texts import ALT_TEXTS
from cnn_course.checks.saying import is_unwritten
from cnn_course.figures.hangul import know_hangul
from cnn_course.language import _
from cnn_course.surroundings import being_graded

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.typing import ColorType

INK, PAPER, PALE, REST = "#1f2933", "#ffffff", "#fde3cf", "#d5dae1"
FRAME, SECOND = "#c2410c", "#1d4ed8"
DOTS_PER_INCH, SHARPNESS = 110, 2
COLOURS, KEPT = 256, 180  # of a figure


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
    alt = _(ALT_TEXTS[alt]) if alt in ALT_TEXTS else alt
    know_hangul()
    shown: dict[str, str | bytes] = {"text/plain": alt}
    how: dict[str, str | int] = {"alt": alt}
    if not being_graded():
        shown["image/png"], how["width"] = png(draw())
    display(shown, metadata={"image/png": how}, raw=True)


def png(figure: Figure) -> tuple[bytes, int]:
    """A figure as PNG for screens with small pixels, and the width at which it is shown; the figure is closed.

    Its height isn't told, so that where it is made narrower it keeps its form.
    """
    drawn, saved = io.BytesIO(), io.BytesIO()
    dots = DOTS_PER_INCH * SHARPNESS
    figure.savefig(
        drawn, format="png", dpi=dots, bbox_inches="tight", facecolor=PAPER, pil_kwargs={"compress_level": 1}
    )
    plt.close(figure)
    image = Image.open(drawn).convert("RGB")
    in_few_colours(image).save(saved, "PNG", dpi=(dots, dots))  # half of the bytes
    return saved.getvalue(), round(image.width / SHARPNESS)


def in_few_colours(image: Image.Image) -> Image.Image:
    """A picture in 256 colours: the most frequent ones, which fill its squares, as they are; those of edges nearly."""
    pixels = np.asarray(image.convert("RGBA")).view("uint32")[..., 0]
    packed, which, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    colours = packed.view("uint8").reshape(-1, 4)[:, :3].astype(int)
    of_edges = image.quantize(COLOURS - KEPT, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).getpalette() or []
    palette = np.concatenate([colours[np.argsort(-counts)[:KEPT]], np.reshape(of_edges, (-1, 3))])
    nearest = ((colours[:, None] - palette) ** 2).sum(axis=2).argmin(axis=1).astype("uint8")
    drawn = Image.fromarray(nearest[which].reshape(pixels.shape))
    drawn.putpalette(palette.astype("uint8").tobytes())
    return drawn


def readable_on(color: ColorType) -> str:
    """Black or white, whichever stands out more on a colour: at least 4.5 : 1, as WCAG counts it."""
    channels = np.array(to_rgb(color))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    luminance = linear @ (0.2126, 0.7152, 0.0722)
    return "black" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "white"


@contextlib.contextmanager
def once_written(task: str, **sections: int) -> Iterator[None]:
    """Let a cell draw with the student's own work, and say kindly what is still missing.

    Any other error is shown as it is.

    Parameters
    ----------
    task : str
        The names that the student writes, as in a sentence: "cnn and worst_mistakes".
    **sections : int
        Other names that the cell needs, each with the section of the notebook that makes it.
    """
    try:
        yield
    except NotImplementedError as error:
        if not is_unwritten(error):
            raise
        print(_("Write {task} first, then run this cell again: it uses what you wrote there.", task=task))
    except UnboundLocalError:
        raise
    except NameError as error:
        if error.name in re.findall(r"\w+", task):
            print(_("{name} is not defined yet. Write it and run its cell first, then this one.", name=error.name))
        elif error.name in sections:
            print(
                _(
                    "{name} is not defined yet. First run the cell in section {section} that makes it, then this one.",
                    name=error.name,
                    section=sections[error.name],
                )
            )
        else:
            raise
