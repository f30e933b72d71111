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


# %% right: subclassed model, called once
class WideAndDeep(keras.Model):
    def __init__(self):
        super().__init__()
        L = keras.layers
        self.flat, self.hidden, self.norm, self.drop = L.Flatten(), L.Dense(256, "relu"), L.BatchNormalization(), L.Dropout(0.2)
        self.second, self.join, self.last = L.Dense(128, "relu"), L.Concatenate(), L.Dense(10, "softmax")

    def call(self, images, training=None):
        pixels = self.flat(images)
        deep = self.drop(self.norm(self.hidden(pixels), training=training), training=training)
        return self.last(self.join([pixels, self.second(deep)]))


def build_functional():
    model = WideAndDeep()
    model(np.zeros((1, 28, 28, 1), "float32"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


# %% right: a dropout of one's own
class MyDropout(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, x, training=None):
        if training:
            keep = tf.cast(tf.random.uniform(tf.shape(x)) > self.rate, x.dtype)
            x = x * keep / (1 - self.rate)
        return x


def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Flatten()(inputs)
    deep = MyDropout(0.2)(L.BatchNormalization()(L.Dense(256, "relu")(pixels)))
    joined = L.Concatenate()([pixels, L.Dense(128, "relu")(deep)])
    model = keras.Model(inputs, L.Dense(10, "softmax")(joined))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: a class derived from Dropout, Reshape for Flatten
class Drop(keras.layers.Dropout):
    """The dropout of this notebook."""


def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Reshape((784,))(inputs)
    deep = Drop(0.2)(L.BatchNormalization()(L.Dense(256, "relu")(pixels)))
    joined = L.concatenate([L.Dense(128, "relu")(deep), pixels])
    model = keras.Model(inputs, L.Dense(10, "softmax")(joined))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: keras.ops between the layers
def build_functional():
    L, ops = keras.layers, keras.ops
    inputs = keras.Input((28, 28, 1))
    pixels = ops.reshape(inputs, (-1, 784))
    deep = L.Dropout(0.2)(L.BatchNormalization()(ops.relu(L.Dense(256)(pixels))))
    deep = ops.relu(L.Dense(128)(deep))
    outputs = ops.softmax(L.Dense(10)(ops.concatenate([pixels, deep], axis=-1)))
    model = keras.Model(inputs, outputs)
    model.compile("rmsprop", keras.losses.SparseCategoricalCrossentropy())
    return model


# %% right: functions of one's own and of TensorFlow as activations
def ramp(a):
    return keras.ops.maximum(a, 0)


def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Flatten()(inputs)
    deep = L.Dropout(0.2)(L.BatchNormalization()(L.Dense(256, ramp)(pixels)))
    deep = L.Dense(128, tf.nn.relu)(deep)
    model = keras.Model(inputs, L.Dense(10, keras.ops.softmax)(L.Concatenate()([deep, pixels])))
    model.compile("adamax", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: lambdas as activations
def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Flatten()(inputs)
    deep = L.Dropout(0.2)(L.BatchNormalization()(L.Dense(256, lambda a: tf.nn.relu(a))(pixels)))
    deep = L.Dense(128, lambda a: keras.ops.relu(a))(deep)
    model = keras.Model(inputs, L.Dense(10, lambda a: tf.nn.softmax(a))(L.Concatenate()([pixels, deep])))
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: both paths are models themselves
def build_functional():
    L = keras.layers
    wide = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten()], name="wide")
    deep = keras.Sequential([keras.Input((28, 28, 1)), L.Flatten(), L.Dense(256, "relu"), L.BatchNormalization(),
                             L.Dropout(0.2), L.Dense(128, "relu")], name="deep")
    image = keras.Input((28, 28, 1))
    outputs = L.Dense(10, "softmax")(L.Concatenate()([wide(image), deep(image)]))
    model = keras.Model(image, outputs)
    model.compile(keras.optimizers.Adam(), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: layers made first, linked later
def build_functional():
    L = keras.layers
    last, second, first = L.Dense(10, "softmax", name="last"), L.Dense(128, "relu"), L.Dense(256, "relu")
    drop, norm, flat, join = L.Dropout(0.2), L.BatchNormalization(), L.Flatten(), L.Concatenate()
    inputs = keras.Input((28, 28, 1))
    outputs = last(join([flat(inputs), second(drop(norm(first(flat(inputs)))))]))
    model = keras.Model(inputs=inputs, outputs=outputs)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: a class derived from keras.Model with a graph, and a block as a layer
class Deep(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        L = keras.layers
        self.stack = [L.Dense(256, "relu"), L.BatchNormalization(), L.Dropout(0.2), L.Dense(128, "relu")]

    def call(self, x, training=None):
        for layer in self.stack:
            x = layer(x, training=training) if layer in self.stack[1:3] else layer(x)
        return x


def build_functional():
    inputs = keras.Input((28, 28, 1))
    pixels = keras.layers.Flatten()(inputs)
    outputs = keras.layers.Dense(10, "softmax")(keras.layers.Concatenate()([Deep()(pixels), pixels]))
    model = keras.Model(inputs, outputs)
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=False), metrics=["accuracy"])
    return model


# %% right: subclassed model, never called
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.deep = tf.keras.Sequential([tf.keras.layers.Dense(256, "relu"), tf.keras.layers.BatchNormalization(),
                                         tf.keras.layers.Dropout(0.2), tf.keras.layers.Dense(128, "relu")])
        self.out = tf.keras.layers.Dense(10, "softmax")

    def call(self, x, training=False):
        x = tf.reshape(x, (-1, 784))
        return self.out(tf.concat([x, self.deep(x, training=training)], axis=1))


def build_functional():
    model = Net()
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% wrong: no wide path
# says: The wide path is missing: the last layer sees the 784 pixels as well.
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
# says: The BatchNormalization comes after the 256 units, not after the 128.
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


# %% wrong: a dropout of 0.9 that cannot be copied
# says: In training, with the same weights
class Drop(keras.layers.Dropout):
    def get_config(self):
        raise NotImplementedError


def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Flatten()(inputs)
    deep = L.Dense(128, "relu")(Drop(0.9)(L.BatchNormalization()(L.Dense(256, "relu")(pixels))))
    model = keras.Model(inputs, L.Dense(10, "softmax")(L.Concatenate()([pixels, deep])))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% wrong: dropout rate 0.25
# says: The rate of the dropout is 0.2.
def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Flatten()(inputs)
    deep = L.Dense(128, "relu")(L.Dropout(0.25)(L.BatchNormalization()(L.Dense(256, "relu")(pixels))))
    model = keras.Model(inputs, L.Dense(10, "softmax")(L.Concatenate()([pixels, deep])))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% wrong: another dropout after the join
# says: The join goes straight into the last layer, without another dropout.
def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Flatten()(inputs)
    deep = L.Dense(128, "relu")(L.Dropout(0.2)(L.BatchNormalization()(L.Dense(256, "relu")(pixels))))
    model = keras.Model(inputs, L.Dense(10, "softmax")(L.Dropout(0.2)(L.Concatenate()([pixels, deep]))))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% wrong: a tanh after the join
# says: The join goes straight into the last layer: there is no tanh between them.
def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Flatten()(inputs)
    deep = L.Dense(128, "relu")(L.Dropout(0.2)(L.BatchNormalization()(L.Dense(256, "relu")(pixels))))
    model = keras.Model(inputs, L.Dense(10, "softmax")(L.Activation("tanh")(L.Concatenate()([pixels, deep]))))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% wrong: a mask that a whole batch shares
# says: In training, with the same weights
class Drop(keras.layers.Layer):
    def call(self, x, training=False):
        return x * keras.ops.cast(keras.random.uniform((1, 256)) >= 0.2, x.dtype) / 0.8 if training else x


def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Flatten()(inputs)
    deep = L.Dense(128, "relu")(Drop()(L.BatchNormalization()(L.Dense(256, "relu")(pixels))))
    model = keras.Model(inputs, L.Dense(10, "softmax")(L.Concatenate()([pixels, deep])))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% wrong: one weight of the right size, and ten constant probabilities
# says: With fixed weights, what build_functional() gives for a fixed image
class Junk(keras.layers.Layer):
    def build(self, shape):
        self.learned = self.add_weight(shape=(243_498,))
        self.fixed = self.add_weight(shape=(512,), trainable=False)

    def call(self, x):
        return keras.ops.ones_like(x[:, 0, :10, 0]) / 10


def build_functional():
    inputs = keras.Input((28, 28, 1))
    model = keras.Model(inputs, Junk()(inputs))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: tanh in the deep path
# says: The activation of the deep path is relu, and yours is `tanh`.
def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Flatten()(inputs)
    deep = L.Dense(128, "tanh")(L.Dropout(0.2)(L.BatchNormalization()(L.Dense(256, "tanh")(pixels))))
    model = keras.Model(inputs, L.Dense(10, "softmax")(L.Concatenate()([deep, pixels])))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% wrong: tanh after 256 units
# says: The activation after 256 units is relu, and yours is `tanh`.
def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Flatten()(inputs)
    deep = L.Dense(128, "relu")(L.Dropout(0.2)(L.BatchNormalization()(L.Dense(256, "tanh")(pixels))))
    model = keras.Model(inputs, L.Dense(10, "softmax")(L.Concatenate()([deep, pixels])))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% wrong: leaky relu after 128 units
# says: The activation after 128 units is relu, and yours is `leaky_relu`.
def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Flatten()(inputs)
    deep = L.Dense(128, "leaky_relu")(L.Dropout(0.2)(L.BatchNormalization()(L.Dense(256, "relu")(pixels))))
    model = keras.Model(inputs, L.Dense(10, "softmax")(L.Concatenate()([deep, pixels])))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model


# %% wrong: no activation in the deep path
# says: The relu is missing after both dense layers of the deep path.
def build_functional():
    L = keras.layers
    inputs = keras.Input((28, 28, 1))
    pixels = L.Flatten()(inputs)
    deep = L.Dense(128, "linear")(L.Dropout(0.2)(L.BatchNormalization()(L.Dense(256, "linear")(pixels))))
    model = keras.Model(inputs, L.Dense(10, "softmax")(L.Concatenate()([deep, pixels])))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model
