"""Stand-ins for layers and networks with code of the student's compute, learn and save as the student's own do."""

import ast
import socket
import subprocess
import sys

import pytest

from autograder.judge.court.court import Court
from autograder.judge.wire import messages, plain
from testing.classroom import ROOT

STUDENTS = """
import keras


class Subsampling(keras.layers.Layer):
    def build(self, shape):
        self.coefficient = self.add_weight(shape=(shape[-1],), initializer="ones", name="coefficient")
        self.bias = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        total = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return squash(self.coefficient * total + self.bias)


def squash(a):
    return 1.7159 * keras.ops.tanh(2 / 3 * a)


def relu(a):
    return a


def sequential():
    layers = [keras.layers.Conv2D(3, 3, padding="same", activation=squash, name="C1"), Subsampling(name="S2")]
    return compiled(keras.Sequential([keras.Input((4, 4, 2)), *layers, keras.layers.Flatten(), keras.layers.Dense(2, "softmax")]))


def functional():
    images = keras.Input((4, 4, 2))
    some = keras.ops.take(Subsampling(name="S2")(images), [0, 1], axis=-1)
    outputs = keras.layers.Dense(3, "softmax", name="D")(keras.layers.Flatten()(some))
    return compiled(keras.Model(images, outputs))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.first, self.flat = Subsampling(name="S2"), keras.layers.Flatten()
        self.last = keras.layers.Dense(3, activation="softmax", name="D")

    def call(self, x):
        return self.last(self.flat(self.first(x)))


class Dropping(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(1, use_bias=False, kernel_initializer="ones")
        self.drop, self.norm = keras.layers.Dropout(0.5), keras.layers.BatchNormalization()

    def call(self, x, training=False):
        return self.drop(self.dense(x), training=training) + 0 * self.norm(x, training=training)[:, :1]


def compiled(model):
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def subclassed():
    return compiled(Net())


def dropping():
    return Dropping()


def own_loss(targets, outputs):
    return keras.ops.mean(keras.ops.square(outputs))


def with_own_loss():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(3)])
    model.compile(loss=own_loss, optimizer="sgd")
    return model


def misnamed():
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(3, activation=relu)])


def normalized():
    return keras.layers.BatchNormalization()


def dense():
    return compiled(keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, use_bias=False)]))


def learn(value):
    network.set_weights([0 * network.get_weights()[0] + value])


def harden():
    network.trainable = False


def learn_more():
    deep.set_weights([1 + each for each in deep.get_weights()])


network, pair, deep = dense(), [dense(), dense()], functional()
"""  # noqa: E501
SERVE = """
import sys, socket
from autograder.judge.witness.answering import Served
names = {}
exec(sys.argv[2], names)
Served(socket.socket(fileno=int(sys.argv[1])), names).serve()
"""


@pytest.fixture(scope="module")
def run():
    """Run a cell of the judge's, in whose names the student's are stand-ins."""
    ours, theirs = socket.socketpair()
    number = str(theirs.fileno())
    child = subprocess.Popen([sys.executable, "-c", SERVE, number, STUDENTS], pass_fds=[theirs.fileno()], cwd=ROOT)
    theirs.close()
    names = {}
    court = Court(ours, names)
    defined = {each.name for each in ast.parse(STUDENTS).body if hasattr(each, "name")}
    court.theirs = frozenset(defined | {"network", "pair", "deep"})
    exec("import keras, numpy as np, tensorflow as tf\nx = np.random.default_rng(0).normal(size=(2, 4, 4, 2))", names)

    def run(code):
        tree = ast.parse(code)
        court.bind(tree)
        exec(compile(tree, "cell", "exec"), names)

    yield run
    messages.send(ours, messages.end())
    assert child.wait(60) == 0
    assert court.noticed == []


def test_a_layer_is_a_layer_with_the_weights_that_the_student_gave_it(run):
    run("""
layer = Subsampling()
assert isinstance(layer, keras.layers.Layer) and isinstance(layer, Subsampling) and layer.weights == []
assert layer(x).shape == (2, 2, 2, 2)
assert [each.name for each in layer.trainable_weights][0] == "coefficient"
for weight in layer.trainable_weights:
    weight.assign([0.5, 0.5])
assert np.allclose(layer(np.ones((1, 2, 2, 2))), 1.7159 * np.tanh(2 / 3 * 2.5))
""")


def test_gradients_are_those_of_the_students_layer(run):
    run("""
layer, inputs = Subsampling(), tf.constant(x)
with tf.GradientTape() as tape:
    tape.watch(inputs)
    outputs = layer(inputs)
slope = 1.7159 * 2 / 3 * (1 - (np.asarray(outputs) / 1.7159) ** 2)
to_inputs, to_coefficient, to_bias = tape.gradient(outputs, [inputs, *layer.weights])
assert np.allclose(to_inputs, slope.repeat(2, 1).repeat(2, 2), atol=1e-5)
assert np.allclose(to_bias, slope.sum((0, 1, 2)), atol=1e-5)
""")


def test_gradients_are_those_of_the_pass_that_dropped(run):
    run("""
model = dropping()
with tf.GradientTape() as tape:
    outputs = model(np.ones((40, 3)), training=True)
kept = (np.asarray(outputs) != 0).sum()
assert 0 < kept < 40
assert np.allclose(tape.gradient(outputs, model.trainable_weights)[0], 2 * kept)
moved = [each for each in model.weights if each.name == "moving_mean"][0]
assert np.allclose(moved, 0.01), "one pass, one step of the moving average"
""")


@pytest.mark.parametrize("make", ["sequential", "functional", "subclassed"])
def test_a_network_computes_evaluates_and_learns(run, make):
    run(f"""
model = {make}()
outputs = np.asarray(model(x))
assert outputs.shape[0] == 2 and np.allclose(model.predict(x, verbose=0), outputs, atol=1e-5)
assert model.evaluate(x, np.array([0, 1]), verbose=0, return_dict=True)["loss"] > 0
before = [each.numpy() for each in model.trainable_weights]
model.fit(x, np.array([0, 1]), epochs=2, verbose=0)
assert before and all((one != other.numpy()).any() for one, other in zip(before, model.trainable_weights))
""")


@pytest.mark.parametrize("make", ["functional", "subclassed"])
def test_outputs_of_layers_inside_can_be_seen_and_replaced(run, make):
    run(f"""
from cnn_course import networks
model = {make}()
first, last = networks.outputs_of(model, x, ["S2", "D"])
assert np.allclose(first, Subsampling()(x), atol=1e-5) and last.shape == (2, 3)
[given] = networks.outputs_of(model, x, ["D"], ("S2", np.zeros((2, 2, 2, 2))))
assert np.allclose(given, given[0]) and not np.allclose(given, last)
""")


def test_a_layer_of_keras_travels_as_itself(run):
    run("assert type(normalized()) is keras.layers.BatchNormalization")
    run("assert [type(each).__name__ for each in sequential().layers[2:]] == ['Flatten', 'Dense']")


def test_a_network_stays_the_same_while_it_learns(run):
    run("first, last = network, network.predict(np.eye(3), verbose=0)\nlearn(4.0)")
    run("assert network is first and (network.get_weights()[0] == 4).all()")
    run("assert (network.predict(np.eye(3), verbose=0) == 4).all() and not (last == 4).all()")


def test_a_network_that_is_made_anew_is_another(run):
    run("first = network\nharden()")
    run("assert network is not first and not network.trainable_weights and network.optimizer.name == 'adam'")


def test_a_functional_network_stays_the_same_while_it_learns(run):
    run("first, before = deep, np.asarray(deep(x))\nlearn_more()")
    run("assert deep is first and not np.allclose(deep(x), before)")


def test_two_networks_in_one_value_are_two(run):
    for _ in range(2):
        run("assert pair[0] is not pair[1] and not np.array_equal(pair[0].get_weights()[0], pair[1].get_weights()[0])")


def test_a_placeholder_hides_nothing():
    honest = {
        "class_name": "Placeholder",
        "config": {"place": 0},
        "registered_name": plain.PLACEHOLDER,
        "name": "S2",
    }
    hidden = {"class_name": "Lambda", "module": "keras.layers", "config": {}, "registered_name": None}
    assert plain.is_plain(honest, 1)
    assert not plain.is_plain(honest)
    assert not plain.is_plain({**honest, "config": {"place": 1}}, 1)
    assert not plain.is_plain({**honest, "compile_config": {"loss": hidden}}, 1)


def test_parameters_are_counted(run):
    run(
        "assert sequential().count_params() == 3 * 3 * 2 * 3 + 3 + 6 + 12 * 2 + 2 "
        "and sequential().output_shape == (None, 2)"
    )


def test_a_network_is_saved_and_loaded(run):
    run("""
import tempfile
model = keras.Sequential([keras.Input((4, 4, 2)), Subsampling()])
model.layers[0].weights[0].assign([3.0, 4.0])
with tempfile.TemporaryDirectory() as folder:
    model.save(f"{folder}/model.keras")
    loaded = keras.models.load_model(f"{folder}/model.keras", custom_objects={"Subsampling": Subsampling})
assert np.allclose(model(x), loaded(x))
""")


def test_a_loss_of_the_students_own_is_asked_for(run):
    run("""
model, ones = with_own_loss(), np.ones((4, 3), "float32")
assert np.isclose(model.evaluate(ones, ones, verbose=0), (np.asarray(model(ones)) ** 2).mean(), rtol=1e-4)
""")


def test_a_function_that_is_named_like_one_of_keras_is_not_taken_for_it(run):
    run("""
model = misnamed()
assert np.allclose(model(-np.ones((1, 3))), -np.ones((1, 3)) @ model.get_weights()[0], atol=1e-5)
""")
