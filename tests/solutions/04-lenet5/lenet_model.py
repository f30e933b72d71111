# %% right: the notebook's helper, smaller
def build_lenet():
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (6, 16):
        model.add(keras.layers.Conv2D(filters, 5, activation="tanh"))
        model.add(keras.layers.AveragePooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def train_lenet(model, callbacks):
    wide = np.pad(x_train, [(0, 0), (2, 2), (2, 2), (0, 0)])
    return model.fit(wide, y_train, epochs=15, batch_size=25, callbacks=callbacks, verbose=0)


lenet_model, lenet_history = training.load_or_train(build_lenet, train_lenet, "lenet.weights.h5")


# %% right: loaded by hand
def build_lenet():
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (6, 16):
        model.add(keras.layers.Conv2D(filters, 5, activation="tanh"))
        model.add(keras.layers.AveragePooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


lenet_model = build_lenet()
lenet_model.load_weights("lenet.weights.h5")


# %% right: no weights: a class for 28x28, trained while it is graded
class Small(keras.Model):
    def __init__(self):
        super().__init__()
        self.first, self.second = (keras.layers.Conv2D(maps, 5, activation="tanh") for maps in (6, 16))
        self.pool, self.flatten = keras.layers.AveragePooling2D(2), keras.layers.Flatten()
        self.last = keras.layers.Dense(10, activation="softmax")

    def call(self, x):
        return self.last(self.flatten(self.pool(self.second(self.pool(self.first(x))))))


def build_lenet():
    model = Small()
    model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.Adam(0.003))
    return model


def train_lenet(model, callbacks):
    keras.utils.set_random_seed(2)
    return model.fit(x_train, y_train, epochs=9, batch_size=50, callbacks=callbacks, verbose=0)


lenet_model, lenet_history = training.load_or_train(build_lenet, train_lenet, "small.weights.h5")


# %% right: random patches and least squares, scores without softmax
import numpy as np
import tensorflow as tf
from tensorflow import keras

rng = np.random.default_rng(0)
pad = np.zeros((len(x_train), 32, 32, 1), dtype="float32")
pad[:, 2:-2, 2:-2] = x_train
features = keras.Sequential([
    keras.Input((32, 32, 1)),
    keras.layers.Conv2D(100, 7, activation="relu"),
    keras.layers.AveragePooling2D(4),
    keras.layers.Flatten()])
patches = np.stack([pad[k, i:i + 7, j:j + 7, 0] for k, i, j in zip(
    rng.integers(0, len(pad), 100), rng.integers(6, 19, 100), rng.integers(6, 19, 100))], axis=-1)
patches = patches - patches.mean(axis=(0, 1))
patches = patches / (np.sqrt((patches ** 2).sum(axis=(0, 1))) + 1e-3)
features.set_weights([patches[:, :, None, :].astype("float32"), np.full(100, -0.3, dtype="float32")])
F = features.predict(pad, verbose=0).astype("float64")
F = np.c_[F, np.ones(len(F))]
T = np.eye(10)[y_train]
A = F.T @ F + 10 * np.eye(F.shape[1])
solution = np.linalg.solve(A, F.T @ T)
last = keras.layers.Dense(10)
lenet_model = keras.Sequential([features, last])
lenet_model.build((None, 32, 32, 1))
last.set_weights([solution[:-1], solution[-1]])


# %% right: LeNet-5, Adam
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(3)
x = np.pad(x_train, ((0, 0), (2, 2), (2, 2), (0, 0)))
lenet_model = keras.Sequential([
    keras.Input((32, 32, 1)),
    keras.layers.Conv2D(6, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(16, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(120, 5, activation="tanh"), keras.layers.Flatten(),
    keras.layers.Dense(84, activation="tanh"), keras.layers.Dense(10, activation="softmax")])
lenet_model.compile(optimizer=keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy")
lenet_model.fit(x, y_train, epochs=7, batch_size=64, verbose=0)


# %% right: subclassed model for 28x28 with logits, never built by hand
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(1)

class Digits(keras.Model):
    def __init__(self):
        super().__init__()
        self.c1 = keras.layers.Conv2D(6, 5, padding="same", activation="tanh")
        self.c3 = keras.layers.Conv2D(16, 5, activation="tanh")
        self.pool = keras.layers.AveragePooling2D(2)
        self.head = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(120, activation="tanh"),
                                      keras.layers.Dense(84, activation="tanh"), keras.layers.Dense(10)])

    def call(self, x):
        return self.head(self.pool(self.c3(self.pool(self.c1(x)))))

lenet_model = Digits()
lenet_model.compile("nadam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["acc"])
lenet_model.optimizer.learning_rate = 0.003
history = lenet_model.fit(x_train, y_train, epochs=7, batch_size=50, verbose=2)


# %% right: own training loop
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(0)
inputs = keras.Input((32, 32, 1))
x = inputs
for maps in (6, 16):
    x = keras.layers.Conv2D(maps, 5, activation="tanh")(x)
    x = keras.layers.AveragePooling2D(2)(x)
x = keras.layers.Flatten()(x)
x = keras.layers.Dense(120, activation="tanh")(x)
x = keras.layers.Dense(84, activation="tanh")(x)
lenet_model = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(x))
optimizer = keras.optimizers.Adam(0.004)
images = tf.pad(tf.constant(x_train), [[0, 0], [2, 2], [2, 2], [0, 0]])
labels = tf.constant(y_train, tf.int32)

@tf.function(autograph=False)
def step(a, b):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(b, lenet_model(a, training=True)))
    optimizer.apply_gradients(zip(tape.gradient(loss, lenet_model.trainable_variables),
                                  lenet_model.trainable_variables))

for epoch in range(7):
    optimizer.learning_rate = 0.004 if epoch < 5 else 0.001
    order = np.random.default_rng(epoch).permutation(len(x_train))
    for start in range(0, len(order), 80):
        part = order[start:start + 80]
        step(tf.gather(images, part), tf.gather(labels, part))


# %% right: another convolutional network, one-hot labels, crops the padding again
from tensorflow.keras import layers, Sequential, utils
import numpy as np

utils.set_random_seed(7)
lenet_model = Sequential([
    layers.Input((32, 32, 1)), layers.Cropping2D(2),
    layers.Conv2D(16, 5, strides=2, activation="relu"), layers.Conv2D(32, 3, strides=2, activation="relu"),
    layers.Flatten(), layers.Dropout(0.3), layers.Dense(10, activation="softmax")])
lenet_model.compile(loss="categorical_crossentropy", optimizer="adam")
lenet_model.optimizer.learning_rate.assign(0.004)
lenet_model.fit(np.pad(x_train[..., 0], [(0, 0), (2, 2), (2, 2)])[..., None], np.eye(10)[y_train],
                batch_size=64, epochs=8, verbose=0)


# %% wrong: not trained
# says: Is the loss still falling after the last epoch? Do the pictures go in with 32×32 pixels from 0 to 1?
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(3)
x = np.pad(x_train, ((0, 0), (2, 2), (2, 2), (0, 0)))
lenet_model = keras.Sequential([
    keras.Input((32, 32, 1)),
    keras.layers.Conv2D(6, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(16, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(120, 5, activation="tanh"), keras.layers.Flatten(),
    keras.layers.Dense(84, activation="tanh"), keras.layers.Dense(10, activation="softmax")])
lenet_model.compile(optimizer=keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy")


# %% wrong: the History is kept instead of the model
# says: Is the loss still falling after the last epoch? Do the pictures go in with 32×32 pixels from 0 to 1?
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(3)
x = np.pad(x_train, ((0, 0), (2, 2), (2, 2), (0, 0)))
lenet_model = keras.Sequential([
    keras.Input((32, 32, 1)),
    keras.layers.Conv2D(6, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(16, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(120, 5, activation="tanh"), keras.layers.Flatten(),
    keras.layers.Dense(84, activation="tanh"), keras.layers.Dense(10, activation="softmax")])
lenet_model.compile(optimizer=keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy")
lenet_model = lenet_model.fit(x, y_train, epochs=1, batch_size=64, verbose=0)


# %% wrong: trained on pixels of 0..255
# says: Is the loss still falling after the last epoch? Do the pictures go in with 32×32 pixels from 0 to 1?
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(3)
x = np.pad(x_train * 255, ((0, 0), (2, 2), (2, 2), (0, 0)))
lenet_model = keras.Sequential([
    keras.Input((32, 32, 1)),
    keras.layers.Conv2D(6, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(16, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(120, 5, activation="tanh"), keras.layers.Flatten(),
    keras.layers.Dense(84, activation="tanh"), keras.layers.Dense(10, activation="softmax")])
lenet_model.compile(optimizer=keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy")
lenet_model.fit(x, y_train, epochs=2, batch_size=64, verbose=0)


# %% wrong: one epoch of slow gradient descent
# says: Is the loss still falling after the last epoch? Do the pictures go in with 32×32 pixels from 0 to 1?
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(3)
x = np.pad(x_train, ((0, 0), (2, 2), (2, 2), (0, 0)))
lenet_model = keras.Sequential([
    keras.Input((32, 32, 1)),
    keras.layers.Conv2D(6, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(16, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(120, 5, activation="tanh"), keras.layers.Flatten(),
    keras.layers.Dense(84, activation="tanh"), keras.layers.Dense(10, activation="softmax")])
lenet_model.compile(optimizer=keras.optimizers.SGD(0.01), loss="sparse_categorical_crossentropy")
lenet_model.fit(x, y_train, epochs=1, batch_size=64, verbose=0)


# %% wrong: learning rate too high
# says: Is the loss still falling after the last epoch? Do the pictures go in with 32×32 pixels from 0 to 1?
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(3)
x = np.pad(x_train, ((0, 0), (2, 2), (2, 2), (0, 0)))
lenet_model = keras.Sequential([
    keras.Input((32, 32, 1)),
    keras.layers.Conv2D(6, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(16, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(120, 5, activation="tanh"), keras.layers.Flatten(),
    keras.layers.Dense(84, activation="tanh"), keras.layers.Dense(10, activation="softmax")])
lenet_model.compile(optimizer=keras.optimizers.Adam(0.3), loss="sparse_categorical_crossentropy")
lenet_model.fit(x, y_train, epochs=2, batch_size=64, verbose=0)


# %% wrong: labels in another order than the images
# says: Is the loss still falling after the last epoch? Do the pictures go in with 32×32 pixels from 0 to 1?
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(3)
x = np.pad(x_train, ((0, 0), (2, 2), (2, 2), (0, 0)))
lenet_model = keras.Sequential([
    keras.Input((32, 32, 1)),
    keras.layers.Conv2D(6, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(16, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(120, 5, activation="tanh"), keras.layers.Flatten(),
    keras.layers.Dense(84, activation="tanh"), keras.layers.Dense(10, activation="softmax")])
lenet_model.compile(optimizer=keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy")
wrong = np.random.default_rng(0).permutation(y_train)
lenet_model.fit(x, wrong, epochs=2, batch_size=64, verbose=0)


# %% wrong: sees the first hundred images only
# says: Is the loss still falling after the last epoch? Do the pictures go in with 32×32 pixels from 0 to 1?
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(3)
x = np.pad(x_train, ((0, 0), (2, 2), (2, 2), (0, 0)))
lenet_model = keras.Sequential([
    keras.Input((32, 32, 1)),
    keras.layers.Conv2D(6, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(16, 5, activation="tanh"), keras.layers.AveragePooling2D(2),
    keras.layers.Conv2D(120, 5, activation="tanh"), keras.layers.Flatten(),
    keras.layers.Dense(84, activation="tanh"), keras.layers.Dense(10, activation="softmax")])
lenet_model.compile(optimizer=keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy")
lenet_model.fit(x[:100], y_train[:100], epochs=7, batch_size=64, verbose=0)


# %% wrong: changed after the training
# says: lenet.weights.h5 does not fit this network: it holds weights of shape
def build_lenet():
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (6, 12):
        model.add(keras.layers.Conv2D(filters, 5, activation="tanh"))
        model.add(keras.layers.AveragePooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def train_lenet(model, callbacks):
    wide = np.pad(x_train, [(0, 0), (2, 2), (2, 2), (0, 0)])
    return model.fit(wide, y_train, epochs=15, batch_size=25, callbacks=callbacks, verbose=0)


lenet_model, lenet_history = training.load_or_train(build_lenet, train_lenet, "lenet.weights.h5")


# %% wrong: a training that never calls fit
# says: Is the loss still falling after the last epoch?
def build_lenet():
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (6, 16):
        model.add(keras.layers.Conv2D(filters, 5, activation="tanh"))
        model.add(keras.layers.AveragePooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def train_lenet(model, callbacks):
    return keras.callbacks.History()


lenet_model, lenet_history = training.load_or_train(build_lenet, train_lenet, "none.weights.h5")


# %% wrong: a builder that returns a pair
# says: lenet_model is not defined
def build_lenet():
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (6, 16):
        model.add(keras.layers.Conv2D(filters, 5, activation="tanh"))
        model.add(keras.layers.AveragePooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model, 15


def train_lenet(model, callbacks):
    wide = np.pad(x_train, [(0, 0), (2, 2), (2, 2), (0, 0)])
    return model.fit(wide, y_train, epochs=15, batch_size=25, callbacks=callbacks, verbose=0)


lenet_model, lenet_history = training.load_or_train(build_lenet, train_lenet, "lenet.weights.h5")
