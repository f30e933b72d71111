"""The task without points of notebook 01: what its cell says to answers, and to none."""

import numpy as np
import pytest

from cnn_course import figures
from testing.classroom import source

CELLS = {cell.id: cell.source for cell in source("01-dl-review").cells}


def said(code, capsys):
    names = {"figures": figures, "np": np}
    exec(code, names)
    exec(CELLS["local_param_count-tried"], names)
    return capsys.readouterr().out


def test_left_open_it_does_no_harm(capsys):
    assert said(CELLS["local_param_count"], capsys).startswith("Write local_param_count first")
    assert said("", capsys).startswith("local_param_count is not defined yet.")


@pytest.mark.parametrize(
    "formula, wanted",
    [
        ("(h - size + 1) * (w - size + 1) * (size**2 * c_in + 1) * filters", "right."),
        ("(size**2 * c_in + 1) * filters", "the parameters of one place"),
        ("(h - size + 1) * (w - size + 1) * size**2 * c_in * filters", "The biases are missing."),
        ("(h - size + 1) * (w - size + 1) * size**2 * c_in * filters + filters", "One bias for each filter is too few"),
        ("(h - size + 1) * (w - size + 1) * (size**2 * c_in * filters + 1)", "One bias for each place is too few"),
        ("(h - size + 1) * (w - size + 1) * (size**2 * c_in + 1)", "as many units at each place"),
        ("(h - size + 1) * (w - size + 1) * (size**2 + 1) * filters", "sees all c_in numbers"),
        ("h * w * (size**2 * c_in + 1) * filters", "inside the picture"),
        ("(h - size) * (w - size) * (size**2 * c_in + 1) * filters", "one more place along each side"),
        ("7", "Count the places first"),
        ("912", "with other sizes it is not"),
        ("[912]", "should return an int"),
        ("None", "should return an int"),
    ],
)
def test_it_names_the_misconception(formula, wanted, capsys):
    code = f"def local_param_count(h, w, c_in, size, filters):\n    return {formula}"
    assert wanted in said(code, capsys)
