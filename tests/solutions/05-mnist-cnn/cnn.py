# %% right: a network of one's own, loaded by the notebook's helper
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def train_cnn(model, callbacks):
    return model.fit(images_train, y_train, epochs=10, validation_data=(images_val, y_val), callbacks=callbacks, verbose=2)


cnn, cnn_history = training.load_or_train(network, train_cnn, "mnist_cnn.weights.h5")


# %% right: loaded after a restart
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


cnn = training.load(network, "mnist_cnn.weights.h5")


# %% right: saved weights loaded by hand, else trained
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


cnn = network()
if os.path.exists("mnist_cnn.weights.h5"):
    cnn.load_weights("mnist_cnn.weights.h5")
else:
    cnn.fit(images_train, y_train, batch_size=32, epochs=10, validation_data=(images_val, y_val))
    cnn.save_weights("mnist_cnn.weights.h5")


# %% right: logits instead of probabilities, functional
def trained():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


trained_model = trained()
trained_model.load_weights("mnist_cnn.weights.h5")
inputs = x = keras.Input((28, 28, 1))
for layer in trained_model.layers[:-1]:
    x = layer(x)
kernel, bias = trained_model.layers[-1].get_weights()
last = keras.layers.Dense(10)
cnn = keras.Model(inputs, last(x))
last.set_weights([kernel, bias])


# %% right: a class of one's own around two networks
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


class Committee(keras.Model):
    def __init__(self):
        super().__init__()
        self.members = [network(), network()]
        for member in self.members:
            member.load_weights("mnist_cnn.weights.h5")

    def call(self, x, training=False):
        return sum(member(x, training=training) for member in self.members) / 2


cnn = Committee()


# %% right: warnings and log lines on the way
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


import logging
import sys
import warnings

warnings.warn("the weights come from another machine")
print("loading", file=sys.stderr)


class Noisy(keras.layers.Layer):
    def call(self, x):
        warnings.warn("called once more")
        print("called once more", file=sys.stderr)
        logging.getLogger("tensorflow").warning("called once more")
        return x


inside = network()
inside.load_weights("mnist_cnn.weights.h5")
cnn = keras.Sequential([keras.Input((28, 28, 1)), Noisy(), inside])


# %% wrong: never trained
# says: 93 % of the validation digits
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


cnn = network()


# %% wrong: a file that is not there
# says: cnn is not defined: its cell stopped at line 16
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


other = network()
other.load_weights("cnn.weights.h5")
cnn = other


# %% wrong: the test pictures scaled twice
# says: Train on images_train: pixels from 0 to 1.
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


inside = network()
inside.load_weights("mnist_cnn.weights.h5")
cnn = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Rescaling(1 / 255), inside])


# %% wrong: trained for 95 %, not for 96.5 %
# says: 4 of 8 points
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


cnn = network()
cnn.load_weights("mnist_cnn.weights.h5")
rng = np.random.default_rng(0)
kept = cnn.get_weights()
cnn.set_weights([w + 0.28 * np.abs(w).mean() * rng.normal(size=w.shape) if w.ndim > 1 else w for w in kept])


# %% wrong: trained for 93 %, not for 95 %
# says: For more points cnn should classify 95 %
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


cnn = network()
cnn.load_weights("mnist_cnn.weights.h5")
rng = np.random.default_rng(0)
kept = cnn.get_weights()
cnn.set_weights([w + 0.345 * np.abs(w).mean() * rng.normal(size=w.shape) if w.ndim > 1 else w for w in kept])


# %% wrong: the weights of another network
# says: does not fit this network
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (8, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def train_cnn(model, callbacks):
    return model.fit(images_train, y_train, epochs=10, validation_data=(images_val, y_val), callbacks=callbacks, verbose=2)


cnn, cnn_history = training.load_or_train(network, train_cnn, "mnist_cnn.weights.h5")


# %% wrong: a function instead of a model
# says: should be a Keras model
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


inside = network()
inside.load_weights("mnist_cnn.weights.h5")


def cnn(images):
    return inside(images)


# %% wrong: two classes only
# says: it should be (1000, 10)
def network():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32):
        for _ in range(2):
            model.add(keras.layers.Conv2D(filters, 3, padding="same", activation="relu"))
            model.add(keras.layers.BatchNormalization(momentum=0.9))
        model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(2, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


cnn = network()
