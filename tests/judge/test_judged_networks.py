"""Whatever network Keras accepts: the judge finds in it what the student's kernel does, at first and after a change."""

import ast
import socket
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from autograder.judge.court.court import Court
from autograder.judge.wire import compiling, messages, plain
from testing.classroom import ROOT

# Keras, in both kernels
pytestmark = pytest.mark.filterwarnings(r"ignore:The structure of `inputs` doesn't match:UserWarning")
WRITTEN = Path(__file__).with_name("networks_as_written.py").read_text(encoding="utf-8")
KINDS = [each.name for each in ast.parse(WRITTEN).body if isinstance(each, ast.FunctionDef) and not each.args.args]
UNBUILT = ("unbuilt", "unbuilt_own_activation", "own_sequential_unbuilt", "augmented_more")
PENALIZED = (
    "own_regularizer",
    "own_classes_in_a_layer",
)  # by a function of the student's, which the judge's loss leaves out
BOTH = """
X = np.random.default_rng(0).uniform(size=(6, 8, 8, 1)).astype("float32")
Y = np.arange(6)


def measured(net, thoroughly):
    # Keras' augmentation draws unless it is told not to
    draws = any(type(each).__name__.startswith("Random") for each in net._flatten_layers())
    found = {"outputs": np.asarray(net(X, training=False if draws else None), "float64"), "count": net.count_params()}
    found["trainable"] = sum(int(np.prod(each.shape)) for each in net.trainable_variables)
    with tf.GradientTape() as tape:
        x = tf.constant(X)
        tape.watch(x)
        out = tf.cast(net(x, training=False), "float64")[:, 0]
    to_input, *to_weights = tape.gradient(out, [x, *net.trainable_weights])
    found["to input"] = 0.0 if to_input is None else np.asarray(to_input, "float64")
    found["to weights"] = sum(float(np.square(np.asarray(each, "float64")).sum()) for each in to_weights if each is not None)
    if thoroughly:
        found["predicted"] = np.asarray(net.predict(X, verbose=0), "float64")
        if getattr(net, "optimizer", None) is not None:
            found["loss"] = net.evaluate(X, Y, verbose=0, return_dict=True)["loss"]
    return found
"""  # noqa: E501
THEIRS = f"""
{BOTH}
def make(kind):
    globals()["network_" + kind] = globals()[kind]()


def learn(kind):
    network, rng = globals()["network_" + kind], np.random.default_rng(1)
    network(X)
    network.set_weights([
        (each + 0.1 * rng.normal(size=each.shape) ** 2).astype(each.dtype) if each.dtype.kind in "fV" else each
        for each in network.get_weights()
    ])


def measured_there(kind, thoroughly):
    return measured(globals()["network_" + kind], thoroughly)


def save(kind, file):
    globals()["network_" + kind].save_weights(file)
"""
SERVE = """
import sys, socket
from autograder.judge.witness.answering import Served
names = {"__name__": "__main__"}
exec(sys.argv[2], names)
Served(socket.socket(fileno=int(sys.argv[1])), names).serve()
"""


@pytest.fixture(scope="module")
def judged():
    """The judge's names, and a function that runs a cell there."""
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-c", SERVE, str(theirs.fileno()), WRITTEN + THEIRS]
    child = subprocess.Popen(command, pass_fds=[theirs.fileno()], cwd=ROOT)
    theirs.close()
    names = {}
    exec(f"import keras, numpy as np, tensorflow as tf\n{BOTH}", names)
    court = Court(ours, names)
    court.theirs = frozenset(
        {"make", "learn", "measured_there", "save", *KINDS, *(f"network_{kind}" for kind in KINDS)}
    )

    def run(code):
        tree = ast.parse(code)
        court.bind(tree)
        exec(compile(tree, "cell", "exec"), names)
        return names

    yield run
    messages.send(ours, messages.end())
    child.wait()


@pytest.mark.parametrize("optimizer", [object(), "sgd", None])
def test_what_is_no_optimizer_travels_as_the_plainest(optimizer):
    network = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    network.compile("adam", "mse")
    network._tracker.unlock()
    network.optimizer = optimizer
    assert compiling.compiled(network)["optimizer"][1]["class_name"] == "SGD"


def compare(run, kind, thoroughly):
    names = run(f"here, there = measured(network_{kind}, {thoroughly}), measured_there({kind!r}, {thoroughly})")
    here, there = names["here"], names["there"]
    assert here.keys() == there.keys()
    for name in here.keys() - ({"loss"} if kind in PENALIZED else set()):
        assert np.allclose(here[name], there[name], rtol=2e-3, atol=1e-4), name


def look_twice(run, kind, thoroughly=False):
    run(f"make({kind!r})")
    if kind in UNBUILT:
        run(f"network_{kind}(X)")
    else:
        compare(run, kind, thoroughly)
    run(f"first = network_{kind}\nlearn({kind!r})")
    compare(run, kind, thoroughly)


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[pytest.mark.slow] if place % 3 else []) for place, kind in enumerate(KINDS)]
)
def test_the_judge_finds_what_the_students_kernel_does(judged, kind):
    look_twice(judged, kind)
    names = judged(f"new = {kind}()\nnew(X)\nassert new.count_params() == here['count']")
    assert names["new"] is not names["first"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_it_predicts_and_evaluates_alike(judged, kind):
    look_twice(judged, kind, thoroughly=True)


@pytest.mark.parametrize("kind", ["plain", "functional", "tf_relu", "own_dropout", "own_sequential_made", "tf_softmax"])
def test_a_network_that_computes_as_keras_own_do_is_made_of_these(judged, kind):
    judged(f"make({kind!r})")
    names = judged(f"network = network_{kind}")
    assert type(names["network"]).__module__.startswith("keras.")
    assert all(type(each).__module__.startswith("keras.") for each in names["network"].layers)


def test_a_network_is_not_made_anew_for_other_weights(judged):
    for kind in ("plain", "functional", "residual_own", "subclassed"):
        judged(f"make({kind!r})\nlearn({kind!r})")
        judged(f"first = network_{kind}\nlearn({kind!r})")
        judged(f"assert network_{kind} is first")


@pytest.mark.parametrize("kind", ["plain", "subclassed", "residual_own", "by_lambda"])
def test_weights_are_loaded_as_the_students_kernel_loads_them(judged, kind, tmp_path):
    file = f"{tmp_path}/of.weights.h5"
    judged(
        f"make({kind!r})\nkept = measured_there({kind!r}, False)['outputs']\nsave({kind!r}, {file!r})\nlearn({kind!r})"
    )
    judged(f"network = network_{kind}\nassert not np.allclose(network(X), kept)")
    judged(f"network.load_weights({file!r})\nassert np.allclose(network(X), kept, atol=1e-5)")


def test_functions_with_two_names_compute_the_same():
    import keras
    import tensorflow as tf  # noqa: F401

    x = np.linspace(-4, 9, 40, dtype="float32").reshape(4, 10)
    for function, name in plain._same_elsewhere().items():
        assert np.allclose(function(x), keras.activations.get(name)(x), atol=1e-6), name
    assert plain.name_of(keras.ops.gelu) is None
