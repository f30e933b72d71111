# %% right: the notebook's helper, a small convolution
def build_dense():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (8, 16):
        model.add(keras.layers.Conv2D(filters, 5, strides=2, activation="relu"))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def train_dense(model, callbacks):
    return model.fit(x_train, y_train, epochs=15, validation_data=(x_val, y_val), callbacks=callbacks, verbose=0)


dense_model, dense_history = training.load_or_train(build_dense, train_dense, "dense.weights.h5")


# %% right: loaded after a restart, with the history of the file
def build_dense():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (8, 16):
        model.add(keras.layers.Conv2D(filters, 5, strides=2, activation="relu"))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


dense_model = training.load(build_dense, "dense.weights.h5")
dense_history = dense_model.history


# %% right: a training without return, and its weights are there
def build_dense():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (8, 16):
        model.add(keras.layers.Conv2D(filters, 5, strides=2, activation="relu"))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def train_dense(model, callbacks):
    model.fit(x_train, y_train, epochs=15, callbacks=callbacks, verbose=0)


dense_model, dense_history = training.load_or_train(build_dense, train_dense, "dense.weights.h5")


# %% right: no weights: trained while it is graded
def build_dense():
    inputs = keras.Input((28, 28, 1))
    x = keras.layers.Dense(128, activation="relu")(keras.layers.Flatten()(inputs))
    x = keras.layers.Dropout(0.2)(x)
    model = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(x))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def train_dense(model, callbacks):
    keras.utils.set_random_seed(1)
    return model.fit(x_train, y_train, epochs=12, batch_size=50, callbacks=callbacks, verbose=0)


dense_model, dense_history = training.load_or_train(build_dense, train_dense, "flat.weights.h5")


# %% right: random features and least squares, history of one epoch
rng = np.random.default_rng(3)
size = 1500
hidden = keras.layers.Dense(size, activation="relu")
result = keras.layers.Dense(10)
dense_model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten(), hidden, result])
dense_model.compile(optimizer="sgd", loss="mse", metrics=["accuracy"])
expected = np.eye(10, dtype="float32")[y_train]
dense_history = dense_model.fit(x_train, expected, epochs=1, batch_size=500, verbose=0)
pixels = x_train.reshape(len(x_train), -1)
kernel = rng.normal(0, 0.06, (784, size)).astype("float32")
shift = -pixels.mean(axis=0) @ kernel
features = np.maximum(pixels @ kernel + shift, 0)
features = np.concatenate([features, np.ones((len(features), 1), dtype="float32")], axis=1).astype(float)
weights = np.linalg.solve(features.T @ features + 10.0 * np.eye(size + 1), features.T @ expected)
hidden.set_weights([kernel, shift])
result.set_weights([weights[:-1], weights[-1]])


# %% right: the network of the notebook, fifteen epochs
keras.utils.set_random_seed(1)
dense_model = keras.Sequential([
    keras.Input((28, 28, 1)),
    keras.layers.Flatten(),
    keras.layers.Dense(256, activation="relu"),
    keras.layers.BatchNormalization(),
    keras.layers.Dropout(0.2),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.BatchNormalization(),
    keras.layers.Dropout(0.2),
    keras.layers.Dense(10, activation="softmax"),
])
dense_model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
dense_history = dense_model.fit(x_train, keras.utils.to_categorical(y_train, 10), batch_size=128, epochs=15,
                                verbose=0)


# %% right: functional model with a wide path, logits, validation data
from keras import layers

keras.utils.set_random_seed(2)
image = keras.Input((28, 28, 1))
flat = layers.Flatten()(image)
x = layers.Dense(300, activation="relu")(flat)
x = layers.Dropout(0.3)(x)
x = layers.Dense(100, activation="relu")(x)
out = layers.Dense(10)(layers.Concatenate()([x, flat]))
dense_model = keras.Model(image, out)
dense_model.compile(optimizer=keras.optimizers.Adam(2e-3),
                    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
dense_history = dense_model.fit(x_train, y_train, batch_size=64, epochs=10, verbose=0,
                                validation_data=(x_val, y_val))


# %% right: subclass of keras.Model, a small convolution, History as a callback
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.body = [tf.keras.layers.Conv2D(8, 5, strides=2, activation="relu"),
                     tf.keras.layers.Flatten(), tf.keras.layers.Dense(64, activation="relu")]
        self.head = tf.keras.layers.Dense(10, activation="softmax")

    def call(self, inputs):
        for layer in self.body:
            inputs = layer(inputs)
        return self.head(inputs)


tf.keras.utils.set_random_seed(4)
dense_history = tf.keras.callbacks.History()
dense_model = Net()
dense_model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
dense_model.fit(x_train, y_train, epochs=7, batch_size=40, verbose=0, callbacks=[dense_history])


# %% right: builder of its own, label smoothing, early stopping, progress printed
def build(units=(256,)):
    model = keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Flatten()])
    model.add(keras.layers.Rescaling(4.0, offset=-0.5))
    for n in units:
        model.add(keras.layers.Dense(n, activation="relu"))
        model.add(keras.layers.GaussianDropout(0.2))
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(keras.optimizers.AdamW(1e-3, weight_decay=0.01),
                  loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1), metrics=["accuracy"])
    return model


keras.utils.set_random_seed(5)
dense_model = build()
stop = keras.callbacks.EarlyStopping(monitor="val_accuracy", patience=4, restore_best_weights=True)
dense_history = dense_model.fit(x_train, np.eye(10)[y_train], epochs=12, batch_size=100, verbose=2,
                                validation_split=0.05, callbacks=[stop])


# %% wrong: dictionary history.history instead of the History
# says: Let train_dense return what model.fit(...) returns.
keras.utils.set_random_seed(1)
dense_model = keras.Sequential([
    keras.Input((28, 28, 1)),
    keras.layers.Flatten(),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
dense_model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
dense_history = dense_model.fit(x_train, y_train, batch_size=64, epochs=8, verbose=0).history


# %% wrong: never trained, History empty
# says: It is what fit returns: train for at least one epoch.
keras.utils.set_random_seed(1)
dense_model = keras.Sequential([
    keras.Input((28, 28, 1)),
    keras.layers.Flatten(),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
dense_model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
dense_history = keras.callbacks.History()


# %% wrong: trained on pixels from 0 to 255
# says: Look at the learning curves: is the network still learning, or did the last epochs make it worse? Was it trained on pixels from 0 to 1?
keras.utils.set_random_seed(1)
dense_model = keras.Sequential([
    keras.Input((28, 28, 1)),
    keras.layers.Flatten(),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
dense_model.compile(optimizer=keras.optimizers.Adam(0.01),
                    loss="sparse_categorical_crossentropy", metrics=["accuracy"])
dense_history = dense_model.fit(x_train * 255, y_train, batch_size=64, epochs=3, verbose=0)


# %% wrong: trained on labels in another order
# says: Look at the learning curves: is the network still learning, or did the last epochs make it worse? Was it trained on pixels from 0 to 1?
keras.utils.set_random_seed(1)
dense_model = keras.Sequential([
    keras.Input((28, 28, 1)),
    keras.layers.Flatten(),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
dense_model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
dense_history = dense_model.fit(x_train, np.random.default_rng(0).permutation(y_train),
                                batch_size=64, epochs=8, verbose=0)


# %% wrong: learning rate far too large
# says: Look at the learning curves: is the network still learning, or did the last epochs make it worse? Was it trained on pixels from 0 to 1?
keras.utils.set_random_seed(1)
dense_model = keras.Sequential([
    keras.Input((28, 28, 1)),
    keras.layers.Flatten(),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
dense_model.compile(optimizer=keras.optimizers.SGD(50.0),
                    loss="sparse_categorical_crossentropy", metrics=["accuracy"])
dense_history = dense_model.fit(x_train, y_train, batch_size=64, epochs=8, verbose=0)


# %% wrong: sgd, too few epochs
# says: Look at the learning curves: is the network still learning, or did the last epochs make it worse? Was it trained on pixels from 0 to 1?
keras.utils.set_random_seed(1)
dense_model = keras.Sequential([
    keras.Input((28, 28, 1)),
    keras.layers.Flatten(),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
dense_model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
dense_history = dense_model.fit(x_train, y_train, batch_size=256, epochs=2, verbose=0)


# %% wrong: half of the classes only
# says: Look at the learning curves: is the network still learning, or did the last epochs make it worse? Was it trained on pixels from 0 to 1?
keras.utils.set_random_seed(1)
dense_model = keras.Sequential([
    keras.Input((28, 28, 1)),
    keras.layers.Flatten(),
    keras.layers.Dense(128, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
dense_model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
dense_history = dense_model.fit(x_train[y_train < 5], y_train[y_train < 5],
                                batch_size=64, epochs=8, verbose=0)


# %% wrong: changed after the training
# says: dense.weights.h5 does not fit this network: it holds weights of shape
def build_dense():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (8, 12):
        model.add(keras.layers.Conv2D(filters, 5, strides=2, activation="relu"))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def train_dense(model, callbacks):
    return model.fit(x_train, y_train, epochs=15, validation_data=(x_val, y_val), callbacks=callbacks, verbose=0)


dense_model, dense_history = training.load_or_train(build_dense, train_dense, "dense.weights.h5")


# %% wrong: trains another network than it was given
# says: Look at the learning curves: is the network still learning, or did the last epochs make it worse?
def build_dense():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (8, 16):
        model.add(keras.layers.Conv2D(filters, 5, strides=2, activation="relu"))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


def train_dense(model, callbacks):
    return build_dense().fit(x_train, y_train, epochs=1, callbacks=callbacks, verbose=0)


dense_model, dense_history = training.load_or_train(build_dense, train_dense, "left.weights.h5")


# %% wrong: a builder without return
# says: dense_history is not defined: its cell stopped: NotToTrain: build_dense should return a Keras model, and it returned None
def build_dense():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (8, 16):
        model.add(keras.layers.Conv2D(filters, 5, strides=2, activation="relu"))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(10, activation="softmax"))
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])


def train_dense(model, callbacks):
    return model.fit(x_train, y_train, epochs=15, validation_data=(x_val, y_val), callbacks=callbacks, verbose=0)


dense_model, dense_history = training.load_or_train(build_dense, train_dense, "dense.weights.h5")
