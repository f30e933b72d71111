# %% right: the notebook's helper, compiled in the training
def build_small_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (12, 24, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


def train_small_cnn(model, callbacks):
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model.fit(images_train, y_train, epochs=15, callbacks=callbacks, verbose=2)


small_cnn, small_history = training.load_or_train(build_small_cnn, train_small_cnn, "small_cnn.weights.h5")


# %% right: loaded by hand
def build_small_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (12, 24, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


small_cnn = build_small_cnn()
small_cnn.load_weights("small_cnn.weights.h5")


# %% right: loaded after a restart
def build_small_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (12, 24, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


small_cnn = training.load(build_small_cnn, "small_cnn.weights.h5")


# %% right: functional, every layer named
def build_small_cnn():
    x = inputs = keras.Input((28, 28, 1), name="digit")
    for number, filters in enumerate((12, 24, 32)):
        x = keras.layers.Conv2D(filters, 3, activation="relu", name=f"conv{number}")(x)
        x = keras.layers.BatchNormalization(momentum=0.9, name=f"norm{number}")(x)
        x = x if filters == 32 else keras.layers.MaxPooling2D(2, name=f"pool{number}")(x)
    x = keras.layers.Dropout(0.3)(keras.layers.Flatten()(x))
    model = keras.Model(inputs, keras.layers.Dense(10, activation="softmax", name="classes")(x))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
    return model


small_cnn = build_small_cnn()
small_cnn.load_weights("small_cnn.weights.h5")


# %% right: trained in the cell, without a file
def build_small_cnn():
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(16, 5, strides=2, activation="relu"),
            layers.Conv2D(32, 5, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )


small_cnn = build_small_cnn()
small_cnn.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
small_history = small_cnn.fit(images_train, y_train, epochs=8, verbose=0)


# %% right: subclassed model
def layers_of_it():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (12, 24, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model.layers


class Small(keras.Model):
    def __init__(self):
        super().__init__()
        self.stack = layers_of_it()

    def call(self, x, training=False):
        for layer in self.stack:
            x = layer(x, training=training) if isinstance(layer, keras.layers.Dropout | keras.layers.BatchNormalization) else layer(x)
        return x


def build_small_cnn():
    return Small()


small_cnn = build_small_cnn()
small_cnn(images_val[:1])
plain = keras.Sequential([keras.Input((28, 28, 1)), *layers_of_it()])
plain.load_weights("small_cnn.weights.h5")
small_cnn.set_weights(plain.get_weights())


# %% wrong: more than 20,000 parameters
# says: 20,000 are allowed
def build_small_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (16, 32, 40):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


small_cnn = build_small_cnn()


# %% wrong: only the trainable parameters counted
# says: 20,000 are allowed
def build_small_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (12, 24, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(60, activation="relu", trainable=False))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


small_cnn = build_small_cnn()


# %% wrong: builds a small one, hands in a large one
# says: small_cnn has 203,530 parameters
def build_small_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (12, 24, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


small_cnn = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(256, "relu"), keras.layers.Dense(10)])


# %% wrong: never trained
# says: 90 % of the test digits
def build_small_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (12, 24, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


small_cnn = build_small_cnn()


# %% wrong: logits instead of probabilities
# says: ten probabilities for each image
def build_small_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (12, 24, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10))
    return model


small_cnn = build_small_cnn()
small_cnn.load_weights("small_cnn.weights.h5")


# %% wrong: trained for 90 %, not for 93 %
# says: 3 of 6 points
def build_small_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (12, 24, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


small_cnn = build_small_cnn()
small_cnn.load_weights("small_cnn.weights.h5")
rng = np.random.default_rng(0)
kept = small_cnn.get_weights()
small_cnn.set_weights([w + 0.225 * np.abs(w).mean() * rng.normal(size=w.shape) if w.ndim > 1 else w for w in kept])


# %% wrong: weights of another network
# says: does not fit this network
def build_small_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (12, 20, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


def train_small_cnn(model, callbacks):
    return model.fit(images_train, y_train, epochs=15, callbacks=callbacks, verbose=2)


small_cnn, small_history = training.load_or_train(build_small_cnn, train_small_cnn, "small_cnn.weights.h5")


# %% wrong: made for 32×32 pixels
# says: does not take images of shape (28, 28, 1)
def build_small_cnn():
    model = keras.Sequential([keras.Input((32, 32, 1))])
    for filters in (12, 24, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model


small_cnn = build_small_cnn()


# %% wrong: small_cnn missing
# says: small_cnn is not defined yet
def build_small_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (12, 24, 32):
        model.add(keras.layers.Conv2D(filters, 3, activation="relu"))
        model.add(keras.layers.BatchNormalization(momentum=0.9))
        if filters < 32:
            model.add(keras.layers.MaxPooling2D(2))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dropout(0.3))
    model.add(keras.layers.Dense(10, activation="softmax"))
    return model
