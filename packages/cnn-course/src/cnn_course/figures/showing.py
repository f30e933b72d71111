"""How a drawing is shown: as PNG with a sentence (alt text) that says what it shows."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
from IPython.display import display

from cnn_course.alt_texts import ALT_TEXTS
from cnn_course.checks.saying import is_unwritten
from cnn_course.figures.hangul import know_hangul
from cnn_course.language import _
from cnn_course.surroundings import being_graded

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, PAPER, PALE, REST = "#1f2933", "#ffffff", "#fde3cf", "#d5dae1"
FRAME, SECOND = "#c2410c", "#1d4ed8"
HATCH: dict[str, Any] = {"hatch": "////", "edgecolor": (INK, 0.3)}  # of the zeros of a padding


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
