# %% right: list of layers
from tensorflow.keras import layers


def build_sequential():
    model = keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Flatten(),
        layers.Dense(256, activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(0.2),
        layers.Dense(128, activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(0.2),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: activations are layers of their own
from keras import Input, Sequential
from keras.layers import Activation, BatchNormalization, Dense, Dropout, Flatten, ReLU, Softmax


def build_sequential():
    model = Sequential([Input(shape=(28, 28, 1)), Flatten(),
                        Dense(256), ReLU(), BatchNormalization(), Dropout(0.2),
                        Dense(128), Activation("relu"), BatchNormalization(), Dropout(0.2),
                        Dense(10), Softmax()])
    model.compile("adam", "categorical_crossentropy", metrics=[keras.metrics.CategoricalAccuracy()])
    return model


# %% right: blocks are Sequential models themselves
def build_sequential():
    L = keras.layers
    hidden = lambda units: keras.Sequential([L.Dense(units, activation="relu"), L.BatchNormalization(),
                                             L.Dropout(0.2)])
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten(), hidden(256), hidden(128),
                              L.Dense(10, activation="softmax")])
    model.compile(optimizer="Adam", loss="CategoricalCrossentropy", metrics=["accuracy", "mse"])
    return model


# %% right: add() one by one, objects for loss, optimizer and metric
def build_sequential():
    net = keras.models.Sequential(name="mlp")
    net.add(keras.layers.InputLayer(shape=(28, 28, 1)))
    net.add(keras.layers.Flatten(name="pixels"))
    net.add(keras.layers.Dense(units=256, activation=tf.nn.relu, kernel_initializer="he_normal"))
    net.add(keras.layers.BatchNormalization(momentum=0.9))
    net.add(keras.layers.Dropout(rate=0.2, seed=1))
    net.add(keras.layers.Dense(units=128, activation=tf.nn.relu, kernel_initializer="he_normal"))
    net.add(keras.layers.BatchNormalization(momentum=0.9))
    net.add(keras.layers.Dropout(rate=0.2, seed=2))
    net.add(keras.layers.Dense(units=10, activation=tf.nn.softmax))
    net.compile(loss=keras.losses.CategoricalCrossentropy(),
                optimizer=keras.optimizers.Adam(learning_rate=0.002),
                metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")])
    return net


# %% right: loop over a configuration, loss as a function, metric acc
HIDDEN = (256, 128)
RATE = 1 / 5


def block(units):
    yield keras.layers.Dense(units, "relu")
    yield keras.layers.BatchNormalization()
    yield keras.layers.Dropout(RATE)


def build_sequential():
    stack = [keras.Input((28, 28, 1)), keras.layers.Flatten()]
    for size in HIDDEN:
        stack += block(size)
    out = keras.Sequential(stack + [keras.layers.Dense(10, "softmax")])
    out.compile(keras.optimizers.Adam(), loss=keras.losses.categorical_crossentropy, metrics=["acc"])
    return out


# %% right: a dropout of one's own, by keras.random
class MyDropout(keras.layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate
        self.seeds = keras.random.SeedGenerator()

    def call(self, x, training=False):
        if not training:
            return x
        keep = keras.random.uniform(keras.ops.shape(x), seed=self.seeds) >= self.rate
        return x * keras.ops.cast(keep, x.dtype) / (1 - self.rate)


def build_sequential():
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(),
                              keras.layers.Dense(256, "relu"), keras.layers.BatchNormalization(), MyDropout(0.2),
                              keras.layers.Dense(128, "relu"), keras.layers.BatchNormalization(), MyDropout(0.2),
                              keras.layers.Dense(10, "softmax")])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: a dropout of one's own, by tf.nn.dropout
class Forget(keras.layers.Layer):
    def call(self, inputs, training=None):
        return tf.nn.dropout(inputs, rate=0.2) if training else inputs


def build_sequential():
    L = tf.keras.layers
    model = tf.keras.Sequential([L.InputLayer(shape=(28, 28, 1)), L.Flatten()])
    for units in (256, 128):
        model.add(L.Dense(units, activation=tf.nn.relu))
        model.add(L.BatchNormalization())
        model.add(Forget())
    model.add(L.Dense(10, activation=tf.nn.softmax))
    model.compile(tf.keras.optimizers.Adam(), tf.keras.losses.CategoricalCrossentropy(), metrics=["accuracy"])
    return model


# %% right: a class derived from Dropout
class Drop(keras.layers.Dropout):
    pass


def build_sequential():
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten()])
    for units in (256, 128):
        model.add(keras.layers.Dense(units, activation="relu"))
        model.add(keras.layers.BatchNormalization())
        model.add(Drop(0.2))
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


# %% right: a class derived from Sequential
class Net(keras.Sequential):
    def __init__(self):
        super().__init__()
        self.add(keras.Input((28, 28, 1)))
        self.add(keras.layers.Flatten())
        for units in (256, 128):
            self.add(keras.layers.Dense(units, activation="relu"))
            self.add(keras.layers.BatchNormalization())
            self.add(keras.layers.Dropout(0.2))
        self.add(keras.layers.Dense(10, activation="softmax"))


def build_sequential():
    model = Net()
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


# %% right: no Input, built afterwards
def build_sequential():
    L = keras.layers
    model = keras.Sequential([L.Flatten(), L.Dense(256, "relu"), L.BatchNormalization(), L.Dropout(0.2),
                              L.Dense(128, "relu"), L.BatchNormalization(), L.Dropout(0.2), L.Dense(10, "softmax")])
    model.build((None, 28, 28, 1))
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: no Input, not built at all
def build_sequential():
    L = keras.layers
    model = keras.Sequential([L.Flatten(), L.Dense(256, "relu"), L.BatchNormalization(), L.Dropout(0.2),
                              L.Dense(128, "relu"), L.BatchNormalization(), L.Dropout(0.2), L.Dense(10, "softmax")])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: Reshape for Flatten, input_shape in the first layer, another epsilon
def build_sequential():
    model = keras.Sequential()
    model.add(keras.layers.Reshape((784,), input_shape=(28, 28, 1)))
    for units in (256, 128):
        model.add(keras.layers.Dense(units))
        model.add(keras.layers.Activation(keras.activations.relu))
        model.add(keras.layers.BatchNormalization(axis=-1, momentum=0.9, epsilon=1e-5))
        model.add(keras.layers.Dropout(0.2))
    model.add(keras.layers.Dense(10))
    model.add(keras.layers.Activation("softmax"))
    model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="categorical_crossentropy", metrics=["categorical_accuracy"])
    return model


# %% right: functions of keras.ops and lambdas as activations
def build_sequential():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten(),
                              L.Dense(256, keras.ops.relu), L.BatchNormalization(), L.Dropout(0.2),
                              L.Dense(128, lambda a: keras.ops.maximum(a, 0)), L.BatchNormalization(), L.Dropout(0.2),
                              L.Dense(10, keras.activations.softmax)])
    model.compile("adam", keras.losses.CategoricalCrossentropy(), metrics=[keras.metrics.CategoricalAccuracy("acc")])
    return model


# %% right: an activation of one's own, as a function
def ramp(a):
    return tf.where(a > 0, a, 0.0)


def build_sequential():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten()])
    for units in (256, 128):
        for layer in (L.Dense(units, activation=ramp), L.BatchNormalization(), L.Dropout(0.2)):
            model.add(layer)
    model.add(L.Dense(10, activation="softmax"))
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=5e-4), loss=keras.losses.CategoricalCrossentropy(),
                  metrics=["accuracy"])
    return model


# %% right: a dense layer of one's own
class MyDense(keras.layers.Layer):
    def __init__(self, units, activation, **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, keras.activations.get(activation)

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="glorot_uniform", name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")

    def call(self, x):
        return self.activation(keras.ops.matmul(x, self.w) + self.b)


def build_sequential():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten(), MyDense(256, "relu"), L.BatchNormalization(),
                              L.Dropout(0.2), MyDense(128, "relu"), L.BatchNormalization(), L.Dropout(0.2),
                              MyDense(10, "softmax")])
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


# %% right: a block as a layer of one's own
class Block(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.dense = keras.layers.Dense(units, activation="relu")
        self.norm = keras.layers.BatchNormalization()
        self.drop = keras.layers.Dropout(0.2)

    def call(self, x, training=None):
        return self.drop(self.norm(self.dense(x), training=training), training=training)


def build_sequential():
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), Block(256), Block(128),
                              keras.layers.Dense(10, activation="softmax")])
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


# %% wrong: sigmoid in the hidden layers
# says: The activation of the two dense layers is relu, and yours is `sigmoid`.
from tensorflow.keras import layers


def build_sequential():
    model = keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Flatten(),
        layers.Dense(256, activation="sigmoid"),
        layers.BatchNormalization(),
        layers.Dropout(0.2),
        layers.Dense(128, activation="sigmoid"),
        layers.BatchNormalization(),
        layers.Dropout(0.2),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: relu after the batch normalisation
# says: The relu belongs to the dense layer: it comes before the normalisation here.
from tensorflow.keras import layers


def build_sequential():
    model = keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Flatten(),
        layers.Dense(256),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.Dropout(0.2),
        layers.Dense(128),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.Dropout(0.2),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: dropout before the batch normalisation
# says: In this table the dropout comes after the normalisation.
from tensorflow.keras import layers


def build_sequential():
    model = keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Flatten(),
        layers.Dense(256, activation="relu"),
        layers.Dropout(0.2),
        layers.BatchNormalization(),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.2),
        layers.BatchNormalization(),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: second batch normalisation missing
# says: One BatchNormalization layer is missing, the one after 128 units.
from tensorflow.keras import layers


def build_sequential():
    model = keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Flatten(),
        layers.Dense(256, activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(0.2),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.2),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: no batch normalisation
# says: The two BatchNormalization layers are missing.
from tensorflow.keras import layers


def build_sequential():
    model = keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Flatten(),
        layers.Dense(256, activation="relu"),
        layers.Dropout(0.2),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.2),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: layer normalisation
# says: should be 236682, and it is 235914
from tensorflow.keras import layers


def build_sequential():
    model = keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Flatten(),
        layers.Dense(256, activation="relu"),
        layers.LayerNormalization(),
        layers.Dropout(0.2),
        layers.Dense(128, activation="relu"),
        layers.LayerNormalization(),
        layers.Dropout(0.2),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: batch normalisation after the output too
# says: Yours has three BatchNormalization layers, and the table has two.
from tensorflow.keras import layers


def build_sequential():
    model = keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Flatten(),
        layers.Dense(256, activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(0.2),
        layers.Dense(128, activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(0.2),
        layers.Dense(10),
        layers.BatchNormalization(),
        layers.Softmax(),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: dropout rate 0.8, taken for the part that stays
# says: Each block ends with a dropout of rate 0.2.
from tensorflow.keras import layers


def build_sequential():
    model = keras.Sequential([
        layers.Input((28, 28, 1)),
        layers.Flatten(),
        layers.Dense(256, activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(0.8),
        layers.Dense(128, activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(0.8),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: a dropout of 0.9 that cannot be copied
# says: In training, with the same weights
class Drop(keras.layers.Dropout):
    def get_config(self):
        raise NotImplementedError


def build_sequential():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten(), L.Dense(256, "relu"), L.BatchNormalization(), Drop(0.9),
                              L.Dense(128, "relu"), L.BatchNormalization(), Drop(0.9), L.Dense(10, "softmax")])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: a dropout of one's own that does not scale
# says: In training, with the same weights
class Drop(keras.layers.Layer):
    def call(self, x, training=False):
        return x * keras.ops.cast(keras.random.uniform(keras.ops.shape(x)) >= 0.2, x.dtype) if training else x


def build_sequential():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten(), L.Dense(256, "relu"), L.BatchNormalization(), Drop(),
                              L.Dense(128, "relu"), L.BatchNormalization(), Drop(), L.Dense(10, "softmax")])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: a dropout of one's own that drops always
# says: Dropout drops units in training only.
class Drop(keras.layers.Layer):
    def call(self, x):
        return x * keras.ops.cast(keras.random.uniform(keras.ops.shape(x)) >= 0.2, x.dtype) / 0.8


def build_sequential():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten(), L.Dense(256, "relu"), L.BatchNormalization(), Drop(),
                              L.Dense(128, "relu"), L.BatchNormalization(), Drop(), L.Dense(10, "softmax")])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: dropout 0.25
# says: Each block ends with a dropout of rate 0.2.
def build_sequential():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten(), L.Dense(256, "relu"), L.BatchNormalization(), L.Dropout(0.25),
                              L.Dense(128, "relu"), L.BatchNormalization(), L.Dropout(0.25), L.Dense(10, "softmax")])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: the second dropout is missing
# says: Each block ends with a dropout of rate 0.2.
def build_sequential():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten(), L.Dense(256, "relu"), L.BatchNormalization(), L.Dropout(0.2),
                              L.Dense(128, "relu"), L.BatchNormalization(), L.Dense(10, "softmax")])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: a functional model
# says: should be a keras.Sequential, and it is a functional model
def build_sequential():
    L = keras.layers
    x = inputs = keras.Input((28, 28, 1))
    for layer in (L.Flatten(), L.Dense(256, "relu"), L.BatchNormalization(), L.Dropout(0.2), L.Dense(128, "relu"),
                  L.BatchNormalization(), L.Dropout(0.2), L.Dense(10, "softmax")):
        x = layer(x)
    model = keras.Model(inputs, x)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: one weight of the right size, and ten constant probabilities
# says: With fixed weights, what build_sequential() gives for a fixed image
class Junk(keras.layers.Layer):
    def build(self, shape):
        self.learned = self.add_weight(shape=(235_914,))
        self.fixed = self.add_weight(shape=(768,), trainable=False)

    def call(self, x):
        return keras.ops.ones_like(x[:, 0, :10, 0]) / 10


def build_sequential():
    model = keras.Sequential([keras.Input((28, 28, 1)), Junk()])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: all layers are there, and the pixels go around them
# says: gives for a fixed image
class Around(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        L = keras.layers
        self.stack = [L.Dense(256), L.BatchNormalization(), L.Dense(128), L.BatchNormalization(), L.Dense(10)]

    def build(self, shape):
        for layer in self.stack:
            layer.build(shape)
            shape = layer.compute_output_shape(shape)

    def call(self, x):
        return keras.ops.softmax(x[:, :10])


def build_sequential():
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), Around()])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: tanh after 128 units
# says: The activation after 128 units is relu, and yours is `tanh`.
def build_sequential():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten(), L.Dense(256, "relu"), L.BatchNormalization(), L.Dropout(0.2),
                              L.Dense(128, "tanh"), L.BatchNormalization(), L.Dropout(0.2), L.Dense(10, "softmax")])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: no activation after 256 units
# says: The relu after 256 units is missing.
def build_sequential():
    L = keras.layers
    model = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten(), L.Dense(256), L.BatchNormalization(), L.Dropout(0.2),
                              L.Dense(128, "relu"), L.BatchNormalization(), L.Dropout(0.2), L.Dense(10, "softmax")])
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model
