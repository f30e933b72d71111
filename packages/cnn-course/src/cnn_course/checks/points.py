"""The points of a test that is passed in part."""

from cnn_course.language import _


class Points(float):
    """Points as a cell's last value: a notebook shows them in words, and nbgrader reads the number beside these."""

    def _repr_html_(self) -> str:
        return _("Points of this cell: {points}", points=f"{self:g}")
