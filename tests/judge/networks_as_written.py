"""Networks as students write them, for (8, 8, 1) pixels and 10 classes: a function without arguments returns each."""

import functools
import os
import tempfile

import keras
import numpy as np
import tensorflow as tf
from keras import layers

IN = (8, 8, 1)


def bent(x):
    return keras.ops.maximum(0.1 * x, x)


def stack(act="relu", **how):
    return [
        layers.Conv2D(3, 3, padding="same", activation=act, **how),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.3),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ]


def compiled(model, loss="sparse_categorical_crossentropy", optimizer="adam", metrics=("accuracy",), **how):
    model.compile(loss=loss, optimizer=optimizer, metrics=list(metrics), **how)
    return model


def sequential(act="relu", **how):
    return compiled(keras.Sequential([keras.Input(IN), *stack(act, **how)]))


def chained(inputs, parts):
    for part in parts:
        inputs = part(inputs)
    return inputs


def plain():
    return sequential()


def added():
    model = keras.models.Sequential()
    model.add(keras.Input(IN))
    for each in stack():
        model.add(each)
    return compiled(model)


def functional():
    inputs = keras.Input(IN)
    return compiled(keras.Model(inputs, chained(inputs, stack())))


def unbuilt():
    return compiled(keras.Sequential(stack()))


def unbuilt_own_activation():
    return compiled(keras.Sequential(stack(tf.nn.tanh)))


def nested():
    inputs = keras.Input(IN)
    body = keras.Sequential(stack()[:-1])
    return compiled(keras.Model(inputs, layers.Dense(10, "softmax")(body(inputs))))


def nested_in_sequential():
    inputs = keras.Input(IN)
    body = keras.Model(inputs, chained(inputs, stack(tf.nn.relu)[:-1]))
    return compiled(keras.Sequential([keras.Input(IN), body, layers.Dense(10, "softmax")]))


class Net(keras.Model):
    def __init__(self, act="relu"):
        super().__init__()
        self.stack = stack(act)

    def call(self, x, training=False):
        for each in self.stack:
            random = isinstance(each, (layers.Dropout, layers.BatchNormalization))
            x = each(x, training=training) if random else each(x)
        return x


def subclassed():
    return compiled(Net())


def subclassed_tanh():
    return Net(tf.nn.tanh)


def tf_relu():
    return sequential(tf.nn.relu)


def tf_tanh():
    return sequential(tf.nn.tanh)


def tf_math_tanh():
    return sequential(tf.math.tanh)


def ops_relu():
    return sequential(keras.ops.relu)


def activations_relu():
    return sequential(keras.activations.relu)


def by_lambda():
    return sequential(lambda x: keras.ops.maximum(x, 0.0))


def by_function():
    return sequential(bent)


def layer_as_activation():
    return sequential(layers.LeakyReLU(0.2))


def by_partial():
    return sequential(functools.partial(tf.nn.leaky_relu, alpha=0.3))


def by_object():
    class Bent:
        def __call__(self, x):
            return bent(x)

    return sequential(Bent())


def activation_layer():
    return compiled(keras.Sequential([keras.Input(IN), stack(None)[0], layers.Activation(tf.nn.relu), *stack()[1:]]))


def activation_lambda():
    return compiled(
        keras.Sequential([keras.Input(IN), stack(None)[0], layers.Activation(lambda x: x * x), *stack()[1:]])
    )


def lambda_layer():
    return compiled(keras.Sequential([keras.Input(IN), layers.Lambda(lambda x: x / 2), *stack()]))


def lambda_layer_shape():
    return compiled(
        keras.Sequential(
            [keras.Input(IN), layers.Lambda(lambda x: tf.image.resize(x, (4, 4)), output_shape=(4, 4, 1)), *stack()]
        )
    )


def tf_keras():
    inputs = tf.keras.layers.Input(IN)
    body = [
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(5, tf.keras.activations.relu),
        tf.keras.layers.Dense(10, "softmax"),
    ]
    model = tf.keras.models.Model(inputs=inputs, outputs=chained(inputs, body))
    model.compile(
        tf.keras.optimizers.Adam(1e-3),
        tf.keras.losses.SparseCategoricalCrossentropy(),
        metrics=[tf.keras.metrics.SparseCategoricalAccuracy()],
    )
    return model


class Own(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="glorot_uniform")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, x):
        return keras.ops.relu(x @ self.w + self.b)


class Block(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.conv = layers.Conv2D(filters, 3, padding="same")
        self.norm = layers.BatchNormalization()
        self.drop = layers.Dropout(0.2)

    def call(self, x, training=None):
        return self.drop(tf.nn.relu(self.norm(self.conv(x), training=training)), training=training)


def own_layer():
    return compiled(keras.Sequential([keras.Input(IN), layers.Flatten(), Own(6), layers.Dense(10, "softmax")]))


def own_block():
    inputs = keras.Input(IN)
    return compiled(
        keras.Model(
            inputs,
            chained(
                inputs, [Block(3), Block(4, name="second"), layers.GlobalMaxPooling2D(), layers.Dense(10, "softmax")]
            ),
        )
    )


def own_layer_unbuilt():
    return compiled(keras.Sequential([Block(2), layers.Flatten(), Own(6), layers.Dense(10, "softmax")]))


class Drop(layers.Dropout):
    pass


class Conv(layers.Conv2D):
    pass


class Seq(keras.Sequential):
    pass


def own_dropout():
    return compiled(
        keras.Sequential(
            [keras.Input(IN), Conv(3, 3, activation="relu"), Drop(0.5), layers.Flatten(), layers.Dense(10, "softmax")]
        )
    )


def own_sequential():
    return compiled(Seq([keras.Input(IN), *stack()]))


def own_sequential_unbuilt():
    return compiled(Seq(stack()))


class OwnFunctional(keras.Model):
    def __init__(self):
        inputs = keras.Input(IN)
        super().__init__(inputs, chained(inputs, stack(tf.nn.relu)))


def own_functional():
    return compiled(OwnFunctional())


def shared():
    inputs = keras.Input(IN)
    conv = layers.Conv2D(1, 3, padding="same", activation=tf.nn.relu)
    return compiled(keras.Model(inputs, chained(conv(conv(inputs)), [layers.Flatten(), layers.Dense(10, "softmax")])))


def shared_own():
    inputs = keras.Input(IN)
    own = Own(1)
    return compiled(keras.Model(inputs, chained(own(own(inputs)), [layers.Flatten(), layers.Dense(10, "softmax")])))


def same_network_twice():
    inputs = keras.Input(IN)
    body = keras.Sequential([keras.Input(IN), layers.Flatten(), layers.Dense(5, tf.nn.tanh)])
    both = layers.Concatenate()([body(inputs), body(layers.Rescaling(-1.0)(inputs))])
    return compiled(keras.Model(inputs, layers.Dense(10, "softmax")(both)))


def called_on_two_inputs():
    model = functional()
    other = keras.Input(IN)
    model(other)
    return model


def part_of_another():
    whole = functional()
    keras.Model(whole.inputs, whole.layers[2].output)
    return whole


def made_of_layers_of_another():
    whole = sequential(tf.nn.relu)
    inputs = keras.Input(IN)
    return compiled(keras.Model(inputs, chained(inputs, whole.layers)))


def cut_from_another():
    whole = sequential(tf.nn.relu)
    return compiled(keras.Model(whole.inputs, whole.layers[-1].output))


def time_distributed():
    return compiled(
        keras.Sequential(
            [
                keras.Input(IN),
                layers.TimeDistributed(layers.Dense(3, tf.nn.relu)),
                layers.Flatten(),
                layers.Dense(10, "softmax"),
            ]
        )
    )


def time_distributed_plain():
    return compiled(
        keras.Sequential(
            [
                keras.Input(IN),
                layers.TimeDistributed(layers.Dense(3, "relu")),
                layers.Flatten(),
                layers.Dense(10, "softmax"),
            ]
        )
    )


def augmented():
    random = [layers.RandomTranslation(0.1, 0.1), layers.RandomRotation(0.05), layers.RandomZoom(0.1)]
    return compiled(keras.Sequential([keras.Input(IN), layers.Rescaling(0.5), *random, *stack()]))


def augmented_more():
    random = [
        layers.RandomFlip("horizontal"),
        layers.RandomContrast(0.1),
        layers.RandomBrightness(0.1, value_range=(0, 1)),
        layers.GaussianNoise(0.1),
    ]
    return compiled(keras.Sequential([keras.Sequential(random), *stack()]))


def normalization():
    norm = layers.Normalization(axis=None)
    norm.adapt(np.arange(64.0).reshape(1, 8, 8, 1))
    return compiled(keras.Sequential([keras.Input(IN), norm, *stack()]))


def recurrent():
    return compiled(
        keras.Sequential(
            [keras.Input(IN), layers.Reshape((8, 8)), layers.Bidirectional(layers.LSTM(4)), layers.Dense(10, "softmax")]
        )
    )


def attention():
    inputs = keras.Input(IN)
    rows = layers.Reshape((8, 8))(inputs)
    rows = layers.LayerNormalization()(layers.MultiHeadAttention(2, 4)(rows, rows) + rows)
    return compiled(keras.Model(inputs, layers.Dense(10, "softmax")(layers.GlobalAveragePooling1D()(rows))))


def attention_own():
    inputs = keras.Input(IN)
    rows = Own(8)(layers.Reshape((8, 8))(inputs))
    rows = layers.MultiHeadAttention(2, 4)(rows, value=rows) + rows
    return compiled(keras.Model(inputs, layers.Dense(10, "softmax")(layers.GlobalAveragePooling1D()(rows))))


def operations():
    inputs = keras.Input(IN)
    x = keras.ops.reshape(inputs, (-1, 64)) * 2 - 1
    x = keras.ops.relu(layers.Dense(5)(x))
    return compiled(keras.Model(inputs, keras.ops.softmax(layers.Dense(10)(keras.ops.concatenate([x, x], axis=-1)))))


def operations_own():
    inputs = keras.Input(IN)
    x = keras.ops.reshape(inputs, (-1, 64)) * 2 - 1
    x = layers.Dense(5, tf.nn.relu)(x)
    return compiled(keras.Model(inputs, keras.ops.softmax(layers.Dense(10)(keras.ops.concatenate([x, x], axis=-1)))))


def many_activations():
    acts = [
        "elu",
        "selu",
        "gelu",
        "silu",
        "swish",
        "mish",
        "softplus",
        "softsign",
        "hard_sigmoid",
        "leaky_relu",
        "relu6",
        "linear",
    ]
    return compiled(
        keras.Sequential(
            [
                keras.Input(IN),
                layers.Flatten(),
                *[layers.Dense(4, a) for a in acts],
                layers.PReLU(),
                layers.ReLU(),
                layers.Dense(10),
                layers.Softmax(),
            ]
        )
    )


def regularized():
    return sequential(
        kernel_regularizer="l2", bias_regularizer=keras.regularizers.L1L2(0.1, 0.1), kernel_constraint="max_norm"
    )


def own_regularizer():
    return sequential(kernel_regularizer=lambda w: 0.1 * keras.ops.sum(w * w))


def own_constraint():
    return sequential(kernel_constraint=lambda w: keras.ops.clip(w, -1, 1))


def initialized():
    return sequential(kernel_initializer=keras.initializers.HeNormal(seed=1), bias_initializer="ones")


def own_initializer():
    return sequential(kernel_initializer=lambda shape, dtype=None: keras.ops.ones(shape, dtype) / 9)


def own_function_initializer():
    return sequential(kernel_initializer=my_init, bias_initializer=tf.keras.initializers.Constant(0.1))


def my_init(shape, dtype=None):
    return keras.random.normal(shape, dtype=dtype)


class MyInit(keras.initializers.Initializer):
    def __call__(self, shape, dtype=None):
        return keras.ops.ones(shape, dtype) / 9


class MyRegularizer(keras.regularizers.Regularizer):
    def __call__(self, w):
        return 0.01 * keras.ops.sum(w * w)


class MyConstraint(keras.constraints.Constraint):
    def __call__(self, w):
        return keras.ops.clip(w, -1, 1)


def own_classes_in_a_layer():
    return sequential(kernel_initializer=MyInit(), kernel_regularizer=MyRegularizer(), kernel_constraint=MyConstraint())


def compiled_with_lambda():
    model = sequential()
    return compiled(model, loss=lambda y, p: keras.losses.sparse_categorical_crossentropy(y, p))


def compiled_with_class():
    class Loss(keras.losses.Loss):
        def call(self, y, p):
            return keras.losses.sparse_categorical_crossentropy(y, p)

    return compiled(sequential(), loss=Loss())


def compiled_with_tf():
    return compiled(
        sequential(),
        loss=tf.keras.losses.sparse_categorical_crossentropy,
        optimizer=tf.keras.optimizers.RMSprop(),
        metrics=[tf.keras.metrics.sparse_categorical_accuracy],
    )


def own_metric(y, p):
    return keras.ops.mean(
        keras.ops.cast(
            keras.ops.equal(keras.ops.cast(y, "int32"), keras.ops.cast(keras.ops.argmax(p, -1), "int32")), "float32"
        )
    )


def compiled_with_own_metric():
    return compiled(sequential(), metrics=[own_metric, "acc"])


class MyMetric(keras.metrics.Metric):
    def __init__(self):
        super().__init__(name="mine")
        self.n = self.add_weight(name="n", initializer="zeros")

    def update_state(self, y, p, sample_weight=None):
        self.n.assign_add(1.0)

    def result(self):
        return self.n

    def reset_state(self):
        self.n.assign(0.0)


def compiled_with_own_metric_class():
    return compiled(sequential(), metrics=[MyMetric(), "accuracy"])


class MyAdam(keras.optimizers.Adam):
    pass


class MySchedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return 0.01 / (1 + keras.ops.cast(step, "float32"))


def compiled_with_own_optimizer():
    return compiled(sequential(), optimizer=MyAdam(0.01))


def compiled_with_own_schedule():
    return compiled(sequential(tf.nn.relu), optimizer=keras.optimizers.Adam(MySchedule()))


def compiled_with_schedule():
    return compiled(
        sequential(),
        optimizer=keras.optimizers.SGD(
            keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9), momentum=0.9, nesterov=True
        ),
    )


def compiled_with_logits():
    inputs = keras.Input(IN)
    return compiled(
        keras.Model(inputs, chained(inputs, [*stack()[:-1], layers.Dense(10)])),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )


def compiled_eagerly():
    return compiled(sequential(tf.nn.relu), run_eagerly=True)


def compiled_with_jit():
    return compiled(sequential(), jit_compile=True)


def compiled_with_steps():
    return compiled(sequential(), steps_per_execution=4)


def compiled_with_lists():
    return compiled(sequential(), loss=["sparse_categorical_crossentropy"], metrics=[["accuracy"]])


def compiled_with_weights():
    return compiled(sequential(), loss_weights=[0.5], weighted_metrics=["accuracy"])


def mixed():
    return sequential(dtype="mixed_bfloat16")


def half():
    inputs = keras.Input(IN)
    return compiled(keras.Model(inputs, chained(inputs, stack(dtype=keras.dtype_policies.DTypePolicy("float64")))))


def mixed_own():
    return sequential(tf.nn.relu, dtype="mixed_bfloat16")


def float64_all():
    keras.backend.set_floatx("float64")
    try:
        return sequential()
    finally:
        keras.backend.set_floatx("float32")


def uint8_input():
    inputs = keras.Input(IN, dtype="uint8")
    return compiled(keras.Model(inputs, chained(inputs, [layers.Rescaling(1 / 255), *stack()])))


def wrapped():
    class Wrapped(keras.Model):
        def __init__(self, inside):
            super().__init__()
            self.inside = inside

        def call(self, x, training=None):
            return tf.nn.softmax(self.inside(x, training=training))

    return compiled(Wrapped(sequential(tf.nn.relu)))


def committee():
    class Committee(keras.Model):
        def __init__(self):
            super().__init__()
            self.members = {"a": functional(), "b": sequential(bent)}

        def call(self, x):
            return (self.members["a"](x) + self.members["b"](x)) / 2

    return Committee()


def with_own_build():
    class Built(keras.Model):
        def build(self, shape):
            self.dense = layers.Dense(10, activation="softmax")
            self.flat = layers.Flatten()
            self.scale = self.add_weight(shape=(), initializer="ones", name="scale")
            self.dense.build((None, 64))
            self.built = True

        def call(self, x):
            return self.dense(self.flat(x) * self.scale)

    return compiled(Built())


def own_train_step():
    class Stepped(keras.Sequential):
        def train_step(self, data):
            return super().train_step(data)

    return compiled(Stepped([keras.Input(IN), *stack()]))


def with_tf_variable():
    class Scaled(layers.Layer):
        def __init__(self):
            super().__init__()
            self.factor = tf.Variable(2.0)

        def call(self, x):
            return x * self.factor

    return compiled(keras.Sequential([keras.Input(IN), Scaled(), *stack()]))


def with_keras_variable():
    class Scaled(layers.Layer):
        def __init__(self):
            super().__init__()
            self.factor = keras.Variable(2.0)

        def call(self, x):
            return x * self.factor

    return compiled(keras.Sequential([keras.Input(IN), Scaled(), *stack()]))


def named_strangely():
    inputs = keras.Input(IN, name="the_image")
    return compiled(
        keras.Model(
            inputs,
            chained(inputs, [layers.Flatten(name="flat-1"), layers.Dense(10, tf.nn.softmax, name="out-put")]),
            name="My_network-2",
        )
    )


def one_dictionary_in():
    inputs = {"image": keras.Input(IN, name="image")}
    return keras.Model(inputs, chained(inputs["image"], stack()))


def one_list_in():
    inputs = [keras.Input(IN)]
    return compiled(keras.Model(inputs, [chained(inputs[0], stack(tf.nn.relu))]))


def from_config():
    return keras.Sequential.from_config(plain().get_config())


def cloned():
    return compiled(keras.models.clone_model(plain()))


def cloned_own():
    return compiled(keras.models.clone_model(tf_relu()))


def frozen():
    model = sequential(tf.nn.relu)
    model.layers[0].trainable = False
    return compiled(model)


def loaded():
    with tempfile.TemporaryDirectory() as folder:
        model = sequential()
        model.save(os.path.join(folder, "m.keras"))
        return keras.models.load_model(os.path.join(folder, "m.keras"))


def loaded_h5():
    with tempfile.TemporaryDirectory() as folder:
        model = sequential()
        model.save(os.path.join(folder, "m.h5"))
        return keras.models.load_model(os.path.join(folder, "m.h5"))


def spectral():
    return compiled(
        keras.Sequential(
            [
                keras.Input(IN),
                layers.Flatten(),
                layers.SpectralNormalization(layers.Dense(5, "relu")),
                layers.Dense(10, "softmax"),
            ]
        )
    )


@keras.saving.register_keras_serializable()
def registered(x):
    return keras.ops.relu(x) * 2


def registered_function():
    return sequential(registered)


@keras.saving.register_keras_serializable("mine")
class Registered(layers.Layer):
    def call(self, x):
        return x * 3


def registered_layer():
    return compiled(keras.Sequential([keras.Input(IN), Registered(), *stack()]))


def locally():
    return compiled(
        keras.Sequential(
            [
                keras.Input(IN),
                layers.Conv2D(2, 3, activation=tf.nn.relu6),
                layers.DepthwiseConv2D(3, activation=tf.nn.elu),
                layers.SeparableConv2D(3, 2, activation=tf.sigmoid),
                layers.Flatten(),
                layers.Dense(10, tf.nn.softmax),
            ]
        )
    )


def flat_rows():
    return compiled(
        keras.Sequential(
            [
                keras.Input(IN),
                layers.Lambda(lambda x: keras.ops.squeeze(x, -1)),
                layers.SimpleRNN(5, activation=tf.nn.tanh),
                layers.Dense(10, "softmax"),
            ]
        )
    )


def residual():
    inputs = keras.Input(IN)
    x = layers.Conv2D(2, 3, padding="same", activation=tf.nn.relu)(inputs)
    y = layers.Conv2D(2, 3, padding="same")(x)
    x = layers.ReLU()(layers.add([x, y]))
    x = layers.Lambda(lambda pair: pair[0] * pair[1])([x, y])
    return compiled(keras.Model(inputs, chained(x, [layers.Flatten(), layers.Dense(10, "softmax")])))


def training_argument_set():
    inputs = keras.Input(IN)
    x = layers.BatchNormalization()(inputs, training=False)
    x = layers.Dropout(0.5)(Block(2)(x, training=False), training=False)
    return compiled(keras.Model(inputs, chained(x, [layers.Flatten(), layers.Dense(10, "softmax")])))


def own_with_arguments():
    class Mix(layers.Layer):
        def call(self, x, factor=1.0, other=None):
            return x * factor + other

    inputs = keras.Input(IN)
    x = Mix()(inputs, factor=3.0, other=inputs)
    return compiled(keras.Model(inputs, chained(x, stack())))


def own_of_two():
    class Mix(layers.Layer):
        def call(self, x, y):
            return x * 2 + y

    inputs = keras.Input(IN)
    return compiled(keras.Model(inputs, chained(Mix()(inputs, layers.Rescaling(3.0)(inputs)), stack())))


def with_mask():
    class Drops(layers.Layer):
        def __init__(self):
            super().__init__()
            self.seed = keras.random.SeedGenerator(1)

        def call(self, x, training=None):
            return keras.random.dropout(x, 0.5, seed=self.seed) if training else x

    return compiled(keras.Sequential([keras.Input(IN), Drops(), *stack()]))


def tf_softmax():
    return compiled(
        keras.Sequential(
            [
                keras.Input(IN),
                layers.Flatten(),
                layers.Dense(7, tf.nn.swish),
                layers.Dense(10, activation=tf.nn.softmax),
            ]
        )
    )


def ops_gelu():
    return sequential(keras.ops.gelu)


def ops_sin():
    return sequential(keras.ops.sin)


class Residual(layers.Layer):
    def __init__(self, filters):
        super().__init__()
        self.parts = [
            layers.Conv2D(filters, 3, padding="same"),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.Conv2D(filters, 3, padding="same"),
            layers.BatchNormalization(),
        ]

    def call(self, x):
        return tf.nn.relu(x + chained(x, self.parts))


def residual_own():
    inputs = keras.Input(IN)
    x = layers.Conv2D(2, 3, padding="same")(inputs)
    return compiled(
        keras.Model(inputs, chained(x, [Residual(2), Residual(2), layers.Flatten(), layers.Dense(10, "softmax")]))
    )


def bfloat16():
    return sequential(dtype="bfloat16")


class SmallDense(layers.Dense):
    def __init__(self, **kwargs):
        super().__init__(5, activation=tf.nn.relu, **kwargs)


class Made(keras.Sequential):
    def __init__(self):
        super().__init__([keras.Input(IN), layers.Flatten(), SmallDense(), Drop(0.2), layers.Dense(10, "softmax")])

    def helper(self):
        return 1


def own_sequential_made():
    return compiled(Made())


def optimizer_rate_set():
    model = sequential()
    model.optimizer.learning_rate = 0.005
    return model


def late_compile():
    return keras.Sequential([keras.Input(IN), *stack(bent)])


class WithKwargs(keras.Model):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.flat, self.last = layers.Flatten(), layers.Dense(10, tf.nn.softmax)

    def call(self, inputs, *args, **kwargs):
        return self.last(self.flat(inputs))


def with_kwargs():
    return compiled(WithKwargs())


class PassesOn(keras.Model):
    def __init__(self):
        super().__init__()
        self.inside = keras.Sequential(stack(bent))

    def call(self, x):
        return self.inside(x)


def passes_on():
    return compiled(PassesOn())


def nested_three():
    inner = keras.Sequential([layers.Conv2D(2, 3, activation=bent), Block(2)])
    middle = keras.Sequential([inner, layers.Flatten()])
    return compiled(keras.Sequential([keras.Input(IN), middle, layers.Dense(10, "softmax")]))


def rnn_cells():
    return compiled(
        keras.Sequential(
            [
                keras.Input(IN),
                layers.Reshape((8, 8)),
                layers.RNN([layers.GRUCell(4), layers.LSTMCell(3)]),
                layers.Dense(10, "softmax"),
            ]
        )
    )


def normal_attention():
    inputs = keras.Input(IN)
    rows = layers.Reshape((8, 8))(inputs)
    rows = layers.Attention()([rows, rows])
    return compiled(keras.Model(inputs, layers.Dense(10, "softmax")(layers.Flatten()(rows))))
