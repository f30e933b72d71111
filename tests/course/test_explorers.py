"""The interactive figures' numbers, which their JavaScript computes, against right solutions of the course's tasks."""

import functools
import json

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py_mini_racer import MiniRacer
from scipy.signal import correlate2d

from cnn_course import digits, explorers
from cnn_course.explorers import lens_network, stills
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


@pytest.mark.parametrize("down, right", [(0, 1), (0, -1), (1, 0), (-1, 0)])
def test_more_than_half_of_the_pooled_places_stay_as_the_notebook_says(javascript, down, right):
    seven = explorers.pooling(size=4).data["digit"]
    settings = {"kind": "max", "size": 4, "row": 0, "column": 0}
    before, after = (
        np.array(javascript("pooling", "numbers", settings | shift, seven)["map"])
        for shift in ({"down": 0, "right": 0}, {"down": down, "right": right})
    )
    ink = (before > 0) | (after > 0)
    assert not (before == after).all() and (before == after)[ink].mean() > 0.5


@given(layers=st.lists(st.tuples(st.integers(1, 7), st.integers(1, 3)), min_size=1, max_size=5), unit=st.integers(0, 2))
@settings(max_examples=50, deadline=None)
def test_receptive_fields_are_those_of_the_task(javascript, layers, unit):
    shown = javascript("field", "numbers", {"layers": [{"f": f, "stride": s} for f, s in layers], "unit": unit})
    field = solved(NUMBERS, "receptive_field")
    assert shown["spans"] == field(layers) == shown["walk"][-1]["after"]
    for level, seen in enumerate(shown["levels"][:-1]):
        assert seen["spans"] == field(layers[level:])


@given(
    layers=st.lists(
        st.fixed_dictionaries(
            {"f": st.integers(1, 4), "stride": st.integers(1, 4)},
            optional={"padding": st.integers(0, 2), "dilation": st.integers(1, 3)},
        ),
        min_size=1,
        max_size=4,
    ),
    unit=st.integers(0, 2),
)
@settings(max_examples=50, deadline=None)
def test_pixels_that_are_read_are_those_that_change_the_unit(javascript, layers, unit):
    shown = javascript("field", "numbers", {"layers": layers, "unit": unit})
    read, zeros = gradient_places(layers, unit, length=1400)
    assert [place for place in shown["levels"][0]["reads"] if place >= 0] == read
    assert (shown["pixels"], shown["zeros"]) == (len(read), zeros)


def gradient_places(layers, unit, length):
    """The pixels of a long row that one unit depends on, by pushing a mark through each layer of ones."""
    marks = np.eye(length, dtype=bool)[:, :, None]  # one row for each pixel, with a mark at it
    for layer in layers:
        f, stride, padding, dilation = layer["f"], layer["stride"], layer.get("padding", 0), layer.get("dilation", 1)
        padded = np.pad(marks, ((0, 0), (padding, padding), (0, 0)))
        count = (padded.shape[1] - (f - 1) * dilation - 1) // stride + 1
        taps = [padded[:, k * dilation : k * dilation + (count - 1) * stride + 1 : stride] for k in range(f)]
        marks = np.logical_or.reduce(taps)
    read = np.flatnonzero(marks[:, unit, 0]).tolist()
    first = layers[0]
    units = {unit}
    for layer in reversed(layers[1:]):
        taps = range(0, layer["f"] * layer.get("dilation", 1), layer.get("dilation", 1))
        units = {u * layer["stride"] - layer.get("padding", 0) + tap for u in units if u >= 0 for tap in taps}
    taps = range(0, first["f"] * first.get("dilation", 1), first.get("dilation", 1))
    below = {u * first["stride"] - first.get("padding", 0) + tap for u in units if u >= 0 for tap in taps}
    return read, sum(place < 0 for place in below)


def test_a_stride_larger_than_the_kernel_leaves_pixels_unread(javascript):
    shown = javascript("field", "numbers", {"layers": [{"f": 2, "stride": 3}, {"f": 3, "stride": 1}], "unit": 0})
    assert (shown["spans"], shown["pixels"]) == (8, 6)
    assert shown["levels"][0]["reads"] == [0, 1, 3, 4, 6, 7]


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


def test_the_lens_names_every_digit_that_it_offers(javascript):
    data = explorers.lens().data
    for label, image in enumerate(data["digits"]):
        found = javascript("lens", "answer", data["network"], image)
        assert found["best"] == label and found["shares"][label] > 0.9


def test_the_lens_says_nothing_of_an_empty_paper(javascript):
    assert javascript("lens", "answer", explorers.lens().data["network"], np.zeros((28, 28)).tolist()) is None


@pytest.mark.parametrize("layer", [0, 1, 2, 3])
def test_a_number_of_a_map_is_made_of_what_the_lens_says(javascript, layer):
    data = explorers.lens().data
    image = data["digits"][5]
    found = javascript("lens", "looked", data["network"], image, {"layer": layer, "map": 3, "row": 2, "column": 4})
    maps = javascript("lens", "outputs", data["network"], image)
    assert found["value"] == pytest.approx(maps[layer][3][2][4])
    window = np.array(found["before"])[found["top"][0] :, found["top"][1] :][: found["size"], : found["size"]]
    if layer in (1, 3):
        assert found["value"] == window.max()
    else:
        assert found["sums"][0] == pytest.approx((window * found["kernel"]).sum())
        assert found["value"] == pytest.approx(max(0, sum(found["sums"]) + found["bias"]))
        assert len(found["sums"]) == found["inputs"] == (1 if layer == 0 else 8)


def test_a_fast_stroke_has_no_gaps(javascript):
    squares = [[3, 3], *javascript("grid", "between", [3, 3], [10, 24])]
    assert squares[-1] == [10, 24]
    assert all(max(abs(a - c), abs(b - d)) == 1 for (a, b), (c, d) in zip(squares, squares[1:]))


def test_what_the_reader_changes_is_convolved(javascript):
    settings = {"n": 5, "weights": {"1,1": 2}, "painted": {"0,4": 7}, "kernel": "horizontal"}
    shown = javascript("convolution", "numbers", settings)
    assert shown["image"][0][4] == 7 and shown["weights"] == [[-1, -1, -1], [0, 2, 0], [1, 1, 1]]
    np.testing.assert_allclose(shown["map"], correlate2d(shown["image"], shown["weights"], "valid"))
    assert shown["sum"] == np.max(shown["map"]), "the window stands first where the sum is largest"


def shown_first(figure):
    """What an output of an explorer says to readers whom no HTML reaches."""
    return figure._repr_mimebundle_()[0]["text/plain"]


@pytest.mark.parametrize(
    "settings", [{}, {"n": 9, "padding": 1, "stride": 2, "dilation": 2, "kernel": "sum"}, {"n": 2, "f": 3}]
)
def test_the_still_of_a_convolution_is_its_first_state(javascript, settings):
    found = javascript("convolution", "numbers", settings)
    words = shown_first(explorers.convolution(**settings))
    side = found["side"]
    assert words.endswith(f"make a feature map {side} by {side}." if side else "the window has no place.")
    n = len(found["image"])
    assert stills._pattern(n).tolist() == found["image"] == javascript("convolution", "pattern", n)


@pytest.mark.parametrize("settings", [{"n": 8, "f": 3, "stride": 2, "padding": 1}, {"n": 6, "f": 3, "stride": 2}])
def test_the_still_of_the_padding_is_its_first_state(javascript, settings):
    words = shown_first(explorers.padding(**settings))
    for row in javascript("padding", "numbers", {"padding": 1} | settings).values():
        assert f"start at {', '.join(map(str, row['starts']))}." in words


@pytest.mark.parametrize("stack", [[(3, 2), (3, 1)], [(2, 3), (3, 1)], [(3, 1, 2), (2, 2)]])
def test_the_still_of_a_receptive_field_is_its_first_state(javascript, stack):
    layers = [dict(zip(("f", "stride", "dilation"), each)) for each in stack]
    found = javascript("field", "numbers", {"layers": layers, "unit": 1})
    words = shown_first(explorers.receptive_field(layers=layers))
    assert words.endswith(f"spans {found['spans']} pixels along an axis and reads {found['pixels']}.")


def test_the_stills_of_the_networks_and_the_pool_are_their_first_states(javascript):
    for layer in javascript("lenet", "layers"):
        shape = "×".join(map(str, layer["shape"]))
        assert f"{layer['name']} {shape.removesuffix('×1')}" in shown_first(explorers.lenet())
    seven = explorers.pooling().data["digit"]
    pooled = javascript("pooling", "numbers", {"kind": "max", "size": 3, "down": 0, "right": 0}, seven)["map"]
    assert f"the map {len(pooled)} by {len(pooled)} that max" in shown_first(explorers.pooling(size=3))
    assert "A handwritten 4, and the 8 feature maps" in shown_first(explorers.lens(digit=4))
