# %% right: layers called one after the other
from tensorflow.keras import layers


def build_functional():
    inputs = keras.Input(shape=(28, 28, 1))
    flat = layers.Flatten()(inputs)
    x = layers.Dense(256, activation="relu")(flat)
    x = layers.BatchNormalization()(x)
    x = layers.Dropout(0.2)(x)
    x = layers.Dense(128, activation="relu")(x)
    merged = layers.Concatenate()([x, flat])
    outputs = layers.Dense(10, activation="softmax")(merged)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: pixels first, layers.concatenate, sgd, no metric
def build_functional():
    L = keras.layers
    image = keras.layers.Input((28, 28, 1), name="image")
    wide = L.Flatten()(image)
    deep = L.Dropout(0.2)(L.BatchNormalization()(L.Dense(256, "relu")(wide)))
    deep = L.Dense(128, "relu")(deep)
    out = L.Dense(10, "softmax", name="digit")(L.concatenate([wide, deep], axis=1))
    model = keras.models.Model(inputs=[image], outputs=[out], name="wide_and_deep")
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy())
    return model


# %% right: subclass of Model made of functional parts
class Wide(keras.Model):
    def __init__(self, hidden=(256, 128), rate=0.2, classes=10, **kwargs):
        first, second = hidden
        inputs = keras.Input((28, 28, 1))
        flat = keras.layers.Flatten()(inputs)
        x = keras.layers.Dense(first, activation=tf.nn.relu)(flat)
        x = keras.layers.BatchNormalization()(x)
        x = keras.layers.Dropout(rate)(x)
        x = keras.layers.Dense(second, activation=tf.nn.relu)(x)
        x = keras.layers.concatenate([x, flat])
        x = keras.layers.Dense(classes, activation=tf.nn.softmax)(x)
        super().__init__(inputs=inputs, outputs=x, **kwargs)


def build_functional():
    model = Wide(name="wide")
    model.compile(optimizer="nadam", loss="sparse_categorical_crossentropy",
                  metrics=[keras.metrics.SparseCategoricalAccuracy()])
    return model


# %% right: the deep path is a Sequential model
def build_functional():
    deep = keras.Sequential([
        keras.Input((784,)),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(128, activation="relu"),
    ], name="deep")
    inputs = keras.Input((28, 28, 1))
    flat = keras.layers.Flatten()(inputs)
    merged = keras.layers.Concatenate()([deep(flat), flat])
    model = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(merged))
    model.compile(optimizer="adamw", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: activations are layers of their own, two Flatten layers, tf.keras
def build_functional():
    x = inputs = tf.keras.Input((28, 28, 1))
    for layer in (tf.keras.layers.Flatten(), tf.keras.layers.Dense(256), tf.keras.layers.ReLU(),
                  tf.keras.layers.BatchNormalization(), tf.keras.layers.Dropout(0.2),
                  tf.keras.layers.Dense(128), tf.keras.layers.Activation("relu")):
        x = layer(x)
    pad = tf.keras.layers.Flatten()(inputs)
    x = tf.keras.layers.Concatenate(axis=-1)([x, pad])
    x = tf.keras.layers.Softmax()(tf.keras.layers.Dense(10)(x))
    model = tf.keras.Model(inputs=inputs, outputs=x)
    model.compile(optimizer=tf.keras.optimizers.RMSprop(1e-3),
                  loss=tf.keras.losses.sparse_categorical_crossentropy, metrics=["acc"])
    return model


# %% wrong: no wide path
# says: The wide path is missing: the last layer sees 784 pixels more.
from tensorflow.keras import layers


def build_functional():
    inputs = keras.Input(shape=(28, 28, 1))
    flat = layers.Flatten()(inputs)
    x = layers.Dense(256, activation="relu")(flat)
    x = layers.BatchNormalization()(x)
    x = layers.Dropout(0.2)(x)
    x = layers.Dense(128, activation="relu")(x)
    outputs = layers.Dense(10, activation="softmax")(x)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: wide path from the first hidden layer
# says: The wide path is made of the 784 pixels, not of the 256 units.
from tensorflow.keras import layers


def build_functional():
    inputs = keras.Input(shape=(28, 28, 1))
    flat = layers.Flatten()(inputs)
    hidden = layers.Dense(256, activation="relu")(flat)
    x = layers.BatchNormalization()(hidden)
    x = layers.Dropout(0.2)(x)
    x = layers.Dense(128, activation="relu")(x)
    merged = layers.Concatenate()([x, hidden])
    outputs = layers.Dense(10, activation="softmax")(merged)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: dropout before the batch normalisation
# says: The dropout comes after the normalisation.
from tensorflow.keras import layers


def build_functional():
    inputs = keras.Input(shape=(28, 28, 1))
    flat = layers.Flatten()(inputs)
    x = layers.Dense(256, activation="relu")(flat)
    x = layers.Dropout(0.2)(x)
    x = layers.BatchNormalization()(x)
    x = layers.Dense(128, activation="relu")(x)
    merged = layers.Concatenate()([x, flat])
    outputs = layers.Dense(10, activation="softmax")(merged)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: no dropout
# says: The dropout of rate 0.2 is missing.
from tensorflow.keras import layers


def build_functional():
    inputs = keras.Input(shape=(28, 28, 1))
    flat = layers.Flatten()(inputs)
    x = layers.Dense(256, activation="relu")(flat)
    x = layers.BatchNormalization()(x)
    x = layers.Dense(128, activation="relu")(x)
    merged = layers.Concatenate()([x, flat])
    outputs = layers.Dense(10, activation="softmax")(merged)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: dropout rate 0.5
# says: The rate of the dropout is 0.2.
from tensorflow.keras import layers


def build_functional():
    inputs = keras.Input(shape=(28, 28, 1))
    flat = layers.Flatten()(inputs)
    x = layers.Dense(256, activation="relu")(flat)
    x = layers.BatchNormalization()(x)
    x = layers.Dropout(0.5)(x)
    x = layers.Dense(128, activation="relu")(x)
    merged = layers.Concatenate()([x, flat])
    outputs = layers.Dense(10, activation="softmax")(merged)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: no batch normalisation
# says: The BatchNormalization is missing.
from tensorflow.keras import layers


def build_functional():
    inputs = keras.Input(shape=(28, 28, 1))
    flat = layers.Flatten()(inputs)
    x = layers.Dense(256, activation="relu")(flat)
    x = layers.Dropout(0.2)(x)
    x = layers.Dense(128, activation="relu")(x)
    merged = layers.Concatenate()([x, flat])
    outputs = layers.Dense(10, activation="softmax")(merged)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: second batch normalisation
# says: There is one BatchNormalization, on the 256 units.
from tensorflow.keras import layers


def build_functional():
    inputs = keras.Input(shape=(28, 28, 1))
    flat = layers.Flatten()(inputs)
    x = layers.Dense(256, activation="relu")(flat)
    x = layers.BatchNormalization()(x)
    x = layers.Dropout(0.2)(x)
    x = layers.Dense(128, activation="relu")(x)
    x = layers.BatchNormalization()(x)
    merged = layers.Concatenate()([x, flat])
    outputs = layers.Dense(10, activation="softmax")(merged)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: batch normalisation after the second hidden layer
# says: The BatchNormalization stands after the 256 units, not after the 128.
from tensorflow.keras import layers


def build_functional():
    inputs = keras.Input(shape=(28, 28, 1))
    flat = layers.Flatten()(inputs)
    x = layers.Dense(256, activation="relu")(flat)
    x = layers.Dropout(0.2)(x)
    x = layers.Dense(128, activation="relu")(x)
    x = layers.BatchNormalization()(x)
    merged = layers.Concatenate()([x, flat])
    outputs = layers.Dense(10, activation="softmax")(merged)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
