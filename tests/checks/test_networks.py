"""Networks are judged by what they compute: the same weights, the same outputs."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from cnn_course import checks, network_checks, networks
from testing.classroom import GIVEN, solutions, source
from tests.checks.test_checks import failure
from tests.many_seeds import outcome_of


@pytest.fixture
def check():
    return checks.Check("Look at section 1.", seed=1)


def network(act="relu", rate=0.5, order="norm drop", last="softmax"):
    parts = {"norm": layers.BatchNormalization(), "drop": layers.Dropout(rate)}
    middle = [layers.Dense(7, activation=act), *(parts[name] for name in order.split())]
    model = keras.Sequential([keras.Input((4, 4, 1)), layers.Flatten(), *middle, layers.Dense(10, activation=last)])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def functional():
    inputs = keras.Input((4, 4, 1))
    inner = keras.Sequential([layers.Dense(7), layers.ReLU(), layers.BatchNormalization(), layers.Dropout(0.5)])
    logits = layers.Dense(10)(inner(layers.Reshape((16,))(inputs)))
    return keras.Model(inputs, keras.ops.softmax(logits))


class Subclassed(keras.Model):
    def __init__(self, rate=0.5):
        super().__init__()
        self.one, self.norm, self.two = layers.Dense(7), layers.BatchNormalization(), layers.Dense(10)
        self.drop = layers.Dropout(rate)

    def call(self, x, training=False):
        x = self.norm(keras.ops.relu(self.one(keras.ops.reshape(x, (-1, 16)))), training=training)
        return keras.ops.softmax(self.two(self.drop(x, training=training)))


# What reaches the softmax: of each of the seven units before it what the dropout makes of 3.
READING = [np.eye(7, 10) * (np.arange(10) < 9), np.zeros(10)]
WEIGHTS = [np.zeros((16, 7)), np.ones(7), np.ones(7), np.full(7, 3), np.full(7, 0.3), np.full(7, 2), *READING]
DROPOUTS = WEIGHTS, 2000, [slice(0, 7)]


class Own(layers.Layer):
    """A dropout as students write it, right unless it is told otherwise."""

    def __init__(self, rate=0.5, scale=2, together=False, always=False):
        super().__init__()
        self.rate, self.scale, self.together, self.always = rate, scale, together, always

    def call(self, x, training=False):
        if not (training or self.always):
            return x
        shape = (1, x.shape[1]) if self.together else keras.ops.shape(x)
        kept = keras.random.uniform(shape) >= self.rate
        return self.scale * x * keras.ops.cast(kept, "float32")

    def get_config(self):
        raise NotImplementedError("not to be copied")


class Derived(layers.Dropout):
    pass


class DerivedNetwork(keras.Sequential):
    pass


def with_dropout(drop, kind=keras.Sequential):
    middle = [layers.Dense(7, "relu"), layers.BatchNormalization(), drop, layers.Dense(10, "softmax")]
    return kind([keras.Input((4, 4, 1)), layers.Flatten(), *middle])


@pytest.mark.parametrize(
    "build",
    [lambda: with_dropout(Own()), lambda: with_dropout(Derived(0.5)), lambda: with_dropout(Own(), DerivedNetwork)],
)
def test_a_dropout_may_be_written_in_any_way(check, build):
    network_checks.same(check, build, build(), [network], dropouts=DROPOUTS)


@pytest.mark.parametrize(
    "drop",
    [
        layers.Dropout(0.45),
        layers.Dropout(0.9),
        layers.GaussianDropout(0.5),
        layers.AlphaDropout(0.5),
        layers.Identity(),
        Own(0.9, 10),
        Own(scale=1),
        Own(scale=1.8),
        Own(together=True),
    ],
)
def test_how_often_a_dropout_drops_and_how_it_scales_is_measured(check, drop):
    def build():
        return with_dropout(drop)

    message = failure(network_checks.same, check, build, build(), [network], dropouts=DROPOUTS)
    assert message.startswith("In training, ")


def test_a_dropout_that_always_drops(check):
    def build():
        return with_dropout(Own(always=True))

    message = failure(network_checks.same, check, build, build(), [network], dropouts=DROPOUTS)
    assert "Dropout drops units in training only." in message


@pytest.mark.parametrize("change", [dict(), dict(rate=0.4)])
def test_two_networks_are_alike_in_training_for_every_seed(change):
    right, other = network(), network(**change)
    for each in (right, other):
        each.set_weights(WEIGHTS)
    images = np.zeros((2000, 4, 4, 1), "float32")
    alike = [
        networks.alike_by_chance(*(networks.readings(each, images) for each in (right, other)), [slice(0, 7)])
        for _ in range(20)
    ]
    assert alike == [not change] * 20


def test_a_dropout_is_missed_in_a_class_too(check):
    assert "gives different outputs" in failure(
        network_checks.same, check, Subclassed, Subclassed(rate=0), [network], dropouts=DROPOUTS
    )


def test_a_dropout_where_none_belongs(check):
    def build():
        return keras.Sequential([keras.Input((4, 4, 1)), layers.Flatten(), layers.Dropout(0.3), layers.Dense(10)])

    def right():
        return keras.Sequential([keras.Input((4, 4, 1)), layers.Flatten(), layers.Dense(10)])

    network_checks.same(check, right, right(), [right])
    assert failure(network_checks.same, check, build, build(), [right]).startswith("In training, ")


def test_weights_are_drawn_by_what_they_are_and_not_by_where_they_stand():
    class Plain(layers.Layer):
        def build(self, shape):
            self.b, self.w = self.add_weight(shape=(3,), name="b"), self.add_weight(shape=(shape[-1], 3), name="w")

        def call(self, x):
            return x @ self.w + self.b

    found = []
    for layer in (layers.Dense(3), Plain()):
        model = keras.Sequential([keras.Input((2,)), layer])
        networks.draw_weights(model, 5)
        found.append(np.asarray(model(np.ones((1, 2)))))
    assert np.allclose(*found)


def test_the_numbers_of_a_network_are_what_they_are_and_its_weights_stay(check):
    model = network()
    before = model.get_weights()
    networks.draw_weights(model, 0)
    image = np.random.default_rng(0).uniform(size=(1, 4, 4, 1)).astype("float32")
    numbers = np.asarray(model(image))[0].round(4)
    model.set_weights(before)
    network_checks.numbers(check, network, model, (4, 4, 1), np.zeros(10), numbers)
    assert all(np.array_equal(*pair) for pair in zip(model.get_weights(), before))
    for wrong in (network(act="tanh"), network(act="linear")):
        assert "the number of parameters are right" in failure(
            network_checks.numbers, check, network, wrong, (4, 4, 1), numbers
        )
    for wrong in (network(last="linear"), network(last="sigmoid")):
        said = failure(network_checks.numbers, check, network, wrong, (4, 4, 1), numbers)
        assert "should be 10 probabilities that add up to 1, and they add up to" in said
        assert "Is the softmax of the last layer missing?" in said


@pytest.mark.parametrize("build", [network, functional, Subclassed])
def test_it_does_not_matter_how_a_network_is_put_together(check, build):
    model = build()
    model(np.zeros((1, 4, 4, 1)))
    before = model.get_weights()
    network_checks.same(check, build, model, [network], dropouts=DROPOUTS)
    assert all(np.array_equal(*pair) for pair in zip(model.get_weights(), before))


@pytest.mark.parametrize(
    "change, says",
    [
        (dict(act="tanh"), "not tanh"),
        (dict(rate=0.4), "rate"),
        (dict(order="drop norm"), "order"),
        (dict(last="sigmoid"), "Look at section 1."),
    ],
)
def test_what_differs_is_named(check, change, says):
    mistakes = [
        (lambda: network(act="tanh"), "relu, not tanh"),
        (lambda: network(order="drop norm"), "mind the order"),
        (lambda: network(rate=0.4), "another rate"),
    ]
    message = failure(network_checks.same, check, network, network(**change), [network], mistakes, DROPOUTS)
    assert "gives different outputs" in message and says in message


def test_other_weights_of_the_same_number_are_noticed(check):
    def other():
        return keras.Sequential([keras.Input((4, 4, 1)), layers.Flatten(), layers.Dense(1), layers.Dense(115)])

    assert "have other weights" in failure(network_checks.same, check, other, other(), [network])


@pytest.mark.parametrize(
    "compiled, says",
    [
        (dict(), None),
        (dict(loss=keras.losses.SparseCategoricalCrossentropy(), metrics=["acc"]), None),
        (dict(loss=keras.losses.sparse_categorical_crossentropy, optimizer=keras.optimizers.Adam(0.1)), None),
        (dict(loss="categorical_crossentropy"), "should be for integer labels, and it is for one-hot ones"),
        (dict(loss="mse"), "can't be evaluated with integer labels"),
        (dict(loss=lambda y, p: keras.ops.mean(p) + 0 * y), "should be the mean cross-entropy"),
        (dict(optimizer="sgd"), "should be Adam, and it is SGD"),
        (dict(metrics=[]), "does not measure the accuracy"),
    ],
)
def test_how_it_is_compiled(check, compiled, says):
    settings = dict(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"]) | compiled

    def build():
        model = network()
        model.compile(**settings)
        return model

    if says is None:
        network_checks.compiled(check, build, build(), (4, 4, 1), "integer", adam=True, accuracy=True)
    else:
        assert says in failure(
            network_checks.compiled, check, build, build(), (4, 4, 1), "integer", adam=True, accuracy=True
        )


def test_a_model_that_is_not_compiled(check):
    assert "is not compiled" in failure(network_checks.compiled, check, functional, functional(), (4, 4, 1), "integer")


def test_the_accuracy_is_measured_on_what_the_model_takes(check):
    model = network()
    images = np.random.default_rng(0).uniform(size=(50, 4, 4, 1)).astype("float32")
    labels = np.asarray(model(images)).argmax(axis=1)
    labels[:10] = (labels[:10] + 1) % 10
    wide = np.pad(images, [(0, 0), (2, 2), (2, 2), (0, 0)])
    assert network_checks.accuracy(check, "model", model, [wide, images], labels) == 0.8
    assert "does not take images of shape (8, 8, 1)" in failure(
        network_checks.accuracy, check, "model", model, wide, labels
    )
    assert "should be a Keras model" in failure(network_checks.accuracy, check, "model", print, images, labels)


def test_the_outputs_of_a_layer_can_be_seen_and_replaced():
    model = keras.Sequential()
    model.add(keras.Input((3,)))
    for name in ("double", "triple"):
        model.add(layers.Rescaling({"double": 2, "triple": 3}[name], name=name))
    x = np.ones((1, 3))
    assert (networks.outputs_of(model, x, ["triple"])[0] == 6).all()
    assert (networks.outputs_of(model, x, ["triple"], ("double", np.full((1, 3), 5)))[0] == 15).all()
    assert (np.asarray(model(x)) == 6).all(), "and afterwards it is as before"
    with pytest.raises(ValueError):
        networks.outputs_of(model, x, ["absent"])


def nested():
    inside = keras.Sequential([layers.Conv2D(2, 3, name="inside"), layers.ReLU()])
    model = keras.Sequential([layers.Conv2D(4, 3, name="first"), inside, layers.Flatten()])
    model.build((None, 8, 8, 1))
    return model


class Holding(keras.Model):
    def __init__(self):
        super().__init__()
        self.first, self.rest = layers.Conv2D(4, 3, name="first"), [layers.Conv2D(2, 3, name="inside")]

    def call(self, x):
        return self.rest[0](self.first(x))


@pytest.mark.parametrize("make", [nested, Holding])
def test_convolutions_inside_of_models_are_found_and_what_they_put_out(make):
    model = make()
    x = np.random.default_rng(0).uniform(size=(1, 8, 8, 1)).astype("float32")
    model(x)
    found = networks.convolutions(model)
    assert [layer.name for layer in found] == ["first", "inside"]
    one, two = networks.outputs_of(model, x, found)
    assert one.shape == (1, 6, 6, 4) and np.allclose(np.asarray(found[1](one)), two)


def test_a_short_training_is_traced_once_and_leaves_no_trace(check):
    traced = []

    class Counting(keras.Sequential):
        def train_step(self, data):
            traced.append(data)
            return super().train_step(data)

    model = Counting(network().layers)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    before = tf.config.optimizer.get_experimental_options().get("disable_meta_optimizer", False)
    network_checks.trained(check, model, np.zeros((8, 4, 4, 1), "float32"), np.arange(8), batch_size=4, epochs=2)
    assert len(traced) == 1
    assert tf.config.optimizer.get_experimental_options()["disable_meta_optimizer"] == before


def test_what_a_network_is_not_compiled_for_is_said_by_fit(check):
    model = network()
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    with pytest.raises(AssertionError, match="rank|shape"):
        network_checks.trained(check, model, np.zeros((8, 4, 4, 1), "float32"), np.arange(8), batch_size=4, epochs=2)


def test_a_network_without_convolutions_is_said_to_have_none(capsys):
    assert networks.convolutions(keras.Sequential([keras.Input((4,)), layers.Dense(2)])) == []
    assert "no Conv2D layer" in capsys.readouterr().out


def test_what_goes_around_a_layer_is_not_replaced_with_it():
    inputs = keras.Input((3,))
    double = layers.Rescaling(2, name="double")(inputs)
    model = keras.Model(inputs, layers.Add(name="sum")([double, layers.Rescaling(10)(inputs)]))
    x = np.ones((1, 3))
    assert (networks.outputs_of(model, x, ["double", "sum"])[1] == 12).all()
    assert (networks.outputs_of(model, x, ["sum"], ("double", np.full((1, 3), 5)))[0] == 15).all()


def test_a_class_of_ones_own_is_asked_itself_and_not_the_graph_that_its_layers_stand_in():
    class Doubled(keras.Model):
        def __init__(self):
            super().__init__()
            self.one, self.two = layers.Rescaling(3, name="one"), layers.Rescaling(5, name="two")
            self.two(self.one(keras.Input((3,))))

        def call(self, x):
            return self.two(2 * self.one(x))

    x = np.ones((1, 3))
    assert (networks.outputs_of(Doubled(), x, ["two"])[0] == 30).all()
    assert (networks.outputs_of(Doubled(), x, ["two"], ("one", np.full((1, 3), 4)))[0] == 40).all()


@pytest.mark.parametrize(
    "assignment, task",
    [
        ("01-dl-review", "build_sequential"),
        ("01-dl-review", "build_functional"),
        ("03-pooling", "build_pooled"),
        ("04-lenet5", "build_lenet5"),
        ("04-lenet5", "build_lenet5_1998"),
        ("05-mnist-cnn", "build_cnn"),
    ],
)
def test_one_weight_of_the_right_size_earns_nothing(assignment, task, monkeypatch):
    """Neither in the visible test nor in a hidden one."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    junk = next(each for each in solutions(assignment, task) if each.title.startswith("one weight of the right size"))
    space, points = {"__name__": "__main__"}, []
    for cell in source(assignment).cells:
        if cell.id in (*GIVEN, task):
            outcome_of(junk.code if cell.id == task else cell.source, space)
        elif cell.id.startswith(f"{task}-") and cell.metadata.get("nbgrader"):
            points.append(outcome_of(cell.source, dict(space))[0])
    assert len(points) >= 2 and not any(each is None or each for each in points)
