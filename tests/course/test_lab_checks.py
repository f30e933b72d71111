"""What the visible checks of the lab see, and what they say: each is run alone, on one solution."""

import numpy as np
import pytest
from tensorflow import keras

from testing.classroom import solutions, source
from tests.many_seeds import outcome_of

CELLS = {cell.id: cell.source for cell in source("05-mnist-cnn").cells}


def said(task, code, **names):
    """What the visible check of a task prints for this code."""
    space = {"__name__": "__main__", "np": np, "keras": keras, **names}
    exec(code, space)
    return outcome_of(CELLS[f"{task}-check"], space).said


def right(task):
    return solutions("05-mnist-cnn", task)[0].code


def test_a_scaler_for_each_column_is_told_why_it_is_wrong():
    code = """
def minmax_scale(train, test):
    train, test = train.astype("float64"), test.astype("float64")
    low, high = train.min(axis=0), train.max(axis=0)
    width = np.where(high > low, high - low, np.inf)
    return tuple(((each - low) / width).astype("float32") for each in (train, test))
"""
    assert "One minimum and one maximum for the whole training set" in said("minmax_scale", code)


def test_scaling_in_place_changes_what_is_float32_already():
    code = """
def minmax_scale(train, test):
    train, test = np.asarray(train, "float32"), np.asarray(test, "float32")
    low, width = train.min(), (train.max() - train.min()) or np.inf
    for each in (train, test):
        each -= low
        each /= width
    return train, test
"""
    assert "changed its argument" in said("minmax_scale", code)
    assert "minmax_scale: passed" in said("minmax_scale", right("minmax_scale"))


def test_no_classes_are_too_few():
    code = """
def confusion_matrix(labels, predictions, num_classes):
    if not isinstance(num_classes, int):
        raise TypeError("an int, please")
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix
"""
    assert "A number of classes is at least 1" in said("confusion_matrix", code)


@pytest.mark.parametrize("number", ["'255'", "[255.0]", "np.array([255.0])", "None", "True"])
def test_what_is_no_number_is_said_to_be_none(number):
    code = f"notes_expression_at_255 = {number}\ndef notes_expression_fixed(x, x_min, x_max):\n    return x"
    assert "Write the number alone" in said("notes_expression_at_255", code)


@pytest.mark.parametrize(
    "task, leaves",
    [
        ("notes_expression_at_255", "Whether notes_expression_at_255 is the right number is tested when"),
        ("layer_table", "The others are tested when your notebook is graded."),
        ("build_cnn", "Dropout, and how the network is compiled, are tested when"),
    ],
)
def test_a_check_says_what_it_leaves_to_the_hidden_one(task, leaves):
    assert leaves in said(task, f"from tensorflow import keras\n{right(task)}")


def test_a_wrong_first_row_is_not_sent_to_the_row_before():
    table = right("layer_table").replace('"conv1": ((28, 28, 32), 320)', '"conv1": ((26, 26, 32), 320)')
    assert "This row is given" in said("layer_table", table) and "before" not in said("layer_table", table)


SMALL = """
def build_small_cnn():
    layers = [keras.layers.Flatten(), keras.layers.Dense(10, LAST)]
    return keras.Sequential([keras.Input((28, 28, 1)), *layers])
"""


@pytest.mark.parametrize("graded", [False, True])
@pytest.mark.parametrize("small_cnn", ["small_cnn = build_small_cnn()", "small_cnn = None", ""])
def test_the_accuracy_of_a_network_of_ones_own_is_said_while_one_works(small_cnn, graded, monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    if graded:
        monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    text = said("build_small_cnn", SMALL.replace("LAST", "'softmax'") + small_cnn)
    assert "build_small_cnn: passed" in text
    assert ("of the course's validation digits correctly" in text) == ("build" in small_cnn and not graded)


def test_a_sum_of_what_should_be_probabilities_is_rounded():
    text = said("build_small_cnn", SMALL.replace("LAST", "'sigmoid'"))
    sums = text.partition("with the sums ")[2].partition(".\n")[0].split(", ")
    assert len(sums) == 3 and all(len(each.partition(".")[2]) == 2 for each in sums)


def test_a_builder_that_returns_nothing_is_asked_for_its_return():
    assert "does every path end with a return?" in said("build_small_cnn", "def build_small_cnn():\n    pass")
