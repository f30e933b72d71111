"""The interactive figures' numbers, which their JavaScript computes, against right solutions of the course's tasks."""

import functools
import json

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py_mini_racer import MiniRacer

from cnn_course import digits, explorers
from cnn_course.explorers import lens_network
from testing.classroom import solutions, source

NUMBERS, LENET = "02-stride-padding", "04-lenet5"
PIXELS = st.floats(-9, 9).map(lambda x: round(x, 2))
SIDES = st.integers(1, 9)


@pytest.fixture(scope="module")
def javascript():
    """Calls a function of one of the modules with plain values, and returns what it returns."""
    machine = MiniRacer()
    machine.eval(explorers.one_module().replace("export default", "const standard ="))

    def call(module, function, *arguments):
        return json.loads(machine.eval(f"JSON.stringify(module_{module}.{function}(...{json.dumps(arguments)}))"))

    return call


@functools.cache
def solved(assignment, task):
    """What a right solution of a task defines under the task's name."""
    names = {}
    setup = next(
        cell for cell in source(assignment).cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "setup"
    )
    for code in (setup.source, solutions(assignment, task)[0].code):
        exec(code, names)
    return names[task]


@given(n=SIDES, f=st.integers(1, 5), stride=st.integers(1, 4), padding=st.integers(0, 4), dilation=st.integers(1, 3))
@settings(max_examples=200, deadline=None)
def test_sizes_are_those_of_the_tasks(javascript, n, f, stride, padding, dilation):
    size = solved(NUMBERS, "conv_output_size")
    along = {"stride": stride, "before": padding, "after": padding, "dilation": dilation}
    try:
        expected = size(n, f, stride, padding, dilation)
    except ValueError:
        expected = 0
    assert javascript("arithmetic", "places", n, f, along) == expected
    assert javascript("arithmetic", "samePadding", n, f, {"stride": stride}) == list(
        solved(NUMBERS, "same_padding")(n, f, stride)
    )


@given(n=SIDES, f=st.integers(1, 5), stride=st.integers(1, 4), padding=st.integers(0, 3))
@settings(max_examples=50, deadline=None)
def test_visits_are_those_of_the_task(javascript, n, f, stride, padding):
    settings = {
        "n": n,
        "f": f,
        "stride": stride,
        "padding": padding,
        "dilation": 1,
        "kernel": "sum",
        "row": 0,
        "column": 0,
    }
    if f <= n + 2 * padding:
        shown = javascript("convolution", "numbers", settings)
        assert shown["reads"] == solved(NUMBERS, "window_visits")(n, f, stride, padding).tolist()


@given(
    image=st.integers(2, 7).flatmap(
        lambda n: st.lists(st.lists(PIXELS, min_size=n, max_size=n), min_size=n, max_size=n)
    ),
    data=st.data(),
)
@settings(max_examples=50, deadline=None)
def test_feature_maps_are_those_of_the_task(javascript, image, data):
    f, stride, padding = (data.draw(st.integers(*bounds)) for bounds in ((1, len(image)), (1, 3), (0, 2)))
    kernel = data.draw(st.lists(st.lists(PIXELS, min_size=f, max_size=f), min_size=f, max_size=f))
    shown = javascript("arithmetic", "convolve", image, kernel, {"stride": stride, "padding": padding})
    padded = np.pad(np.array(image, float), padding)[None, :, :, None]
    expected = solved(NUMBERS, "conv2d")(padded, np.array(kernel, float)[:, :, None, None], stride=stride)
    np.testing.assert_allclose(shown, np.asarray(expected)[0, :, :, 0], atol=1e-4)


def test_the_sum_at_a_place_is_the_number_of_the_map_there(javascript):
    settings = {"n": 8, "f": 3, "stride": 2, "padding": 1, "dilation": 2, "kernel": "vertical", "row": 1, "column": 2}
    shown = javascript("convolution", "numbers", settings)
    assert shown["sum"] == shown["map"][1][2] == sum(pixel * weight for pixel, weight in shown["terms"])
    assert len(shown["terms"]) == 9 and np.shape(shown["map"]) == (shown["side"],) * 2


@pytest.mark.parametrize("kind, task", [("max", "max_pool2d"), ("average", "avg_pool2d")])
@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pooled_maps_are_those_of_the_task(javascript, kind, task, size):
    seven = digits.example(7)
    expected = solved("03-pooling", task)(seven[None, :, :, None], size)
    shown = javascript("arithmetic", "pool", seven.tolist(), size, kind)
    np.testing.assert_allclose(shown, np.asarray(expected)[0, :, :, 0], atol=1e-6)


@pytest.mark.parametrize("down, right, size", [(0, 0, 2), (1, 0, 2), (-2, 3, 1), (6, -6, 7)])
def test_similarity_under_a_shift_is_that_of_the_task(javascript, down, right, size):
    seven = digits.example(7)
    settings = {"kind": "max", "size": size, "down": down, "right": right, "row": 0, "column": 0}
    shown = javascript("pooling", "numbers", settings, seven.tolist())
    similarity = solved("03-pooling", "shift_similarity")
    assert shown["maps"] == pytest.approx(float(similarity(seven, right, down, size)))
    assert shown["pixels"] == pytest.approx(float(similarity(seven, right, down, 1)))


@given(layers=st.lists(st.tuples(st.integers(1, 7), st.integers(1, 3)), min_size=1, max_size=5), unit=st.integers(0, 2))
@settings(max_examples=50, deadline=None)
def test_receptive_fields_are_those_of_the_task(javascript, layers, unit):
    shown = javascript("field", "numbers", {"layers": [{"f": f, "stride": s} for f, s in layers], "unit": unit})
    field = solved(NUMBERS, "receptive_field")
    assert shown["field"] == field(layers)
    for level, seen in enumerate(shown["levels"]):
        assert seen["last"] - seen["first"] + 1 == field(layers[level:])


def test_lenet_is_that_of_the_paper(javascript):
    layers = {layer["name"]: layer for layer in javascript("lenet", "layers")}
    parameters, connections = solved(LENET, "lenet_params"), solved(LENET, "lenet_connections")
    assert {name: layers[name]["parameters"] for name in parameters} == parameters
    assert {name: layers[name]["connections"] for name in connections} == connections
    shapes = solved(LENET, "lenet_shapes")
    assert {name: tuple(layers[name]["shape"]) for name in shapes} == shapes
    table = np.zeros((6, 16), bool)
    for output, inputs in enumerate(javascript("lenet", "c3Inputs")):
        table[inputs, output] = True
    assert (table == solved(LENET, "c3_table")()).all()


def test_the_lens_computes_what_keras_computes(javascript):
    network = keras.Sequential(
        [
            keras.Input((12, 12, 1)),
            keras.layers.Conv2D(3, 3, activation="relu", bias_initializer="normal"),
            keras.layers.MaxPool2D(2),
            keras.layers.Conv2D(4, 2, activation="relu", bias_initializer="normal"),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    network.set_weights([weights.round(lens_network.DECIMALS) for weights in network.get_weights()])
    image = np.random.default_rng(5).random((12, 12)).round(3)
    probes = keras.Model(network.inputs, [layer.output for layer in network.layers if layer.name[:3] != "fla"])
    *maps, answer = javascript("lens", "outputs", lens_network.exported(network), image.tolist())
    *expected, probabilities = probes.predict(image[None, :, :, None], verbose=0)
    for shown, layer in zip(maps, expected, strict=True):
        np.testing.assert_allclose(np.moveaxis(shown, 0, -1), layer[0], atol=1e-5)
    np.testing.assert_allclose(answer, probabilities[0], atol=1e-5)
