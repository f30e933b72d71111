"""Drawings for the notebooks. Each is shown with a sentence (alt text) that says what it shows."""

from cnn_course.figures.hangul import know_hangul
from cnn_course.figures.lines import curves, learning_curves
from cnn_course.figures.one_axis import Row, receptive_fields, window_places
from cnn_course.figures.pictures import grids, images
from cnn_course.figures.showing import once_written, show

__all__ = [
    "Row",
    "curves",
    "grids",
    "images",
    "learning_curves",
    "once_written",
    "receptive_fields",
    "show",
    "window_places",
]

know_hangul()  # for a reader's own drawings as well
