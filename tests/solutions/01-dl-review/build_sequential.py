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


# %% wrong: sigmoid in the hidden layers
# says: The activation of the two dense layers is relu.
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
# says: There are three BatchNormalization layers in yours, and two in the table.
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
