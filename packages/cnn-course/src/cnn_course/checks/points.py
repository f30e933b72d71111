"""The points of a test that is passed in part."""


class Points(float):
    """Points as a cell's last value: a notebook shows them in words, and nbgrader reads the number beside these."""

    def _repr_html_(self) -> str:
        return f"Points of this cell: {self:g}"
