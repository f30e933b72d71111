"""Every way of having the same small network: each part below, behind these lines, is a student's cell."""

L = keras.layers


def parts(act="relu", last="softmax"):
    found = []
    for filters in (12, 24, 32):
        found += [L.Conv2D(filters, 3, activation=act), L.BatchNormalization(momentum=0.9)]
        found += [] if filters == 32 else [L.MaxPooling2D(2)]
    return [*found, L.Flatten(), L.Dropout(0.3), L.Dense(10, activation=last)]


def train_small_cnn(model, callbacks):
    return model.fit(images_train[:64], y_train[:64], epochs=1, callbacks=callbacks, verbose=0)


def through(x, layers):
    for layer in layers:
        x = layer(x)
    return x


def loaded(model):
    model(images_train[:1])
    plain = keras.Sequential([keras.Input((28, 28, 1)), *parts()])
    plain.load_weights("small_cnn.weights.h5")
    model.set_weights(plain.get_weights())
    return model


# %% right: tf.nn.relu
def build_small_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1)), *parts(tf.nn.relu)])
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


small_cnn, small_history = training.load_or_train(build_small_cnn, train_small_cnn, "small_cnn.weights.h5")
# %% right: without Input, by the notebook's helper
def build_small_cnn():
    model = keras.Sequential(parts())
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


small_cnn, small_history = training.load_or_train(build_small_cnn, train_small_cnn, "small_cnn.weights.h5")
# %% right: without Input, tanh of TensorFlow in a softmax of TensorFlow
def build_small_cnn():
    return keras.Sequential(parts(tf.nn.relu, tf.nn.softmax))


small_cnn = loaded(build_small_cnn())
# %% right: a class, by the notebook's helper
class Small(keras.Model):
    def __init__(self):
        super().__init__()
        self.stack = keras.Sequential(parts())

    def call(self, x, training=None):
        return self.stack(x, training=training)


def build_small_cnn():
    model = Small()
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


loaded(build_small_cnn()).save_weights("small_cnn.weights.h5")
small_cnn, small_history = training.load_or_train(build_small_cnn, train_small_cnn, "small_cnn.weights.h5")
# %% right: a class that is not called before it is judged
class Small(keras.Model):
    def __init__(self):
        super().__init__()
        self.stack = parts(tf.nn.relu)

    def call(self, x):
        return through(x, self.stack)


def build_small_cnn():
    return Small()


small_cnn = loaded(build_small_cnn())
# %% right: add
def build_small_cnn():
    model = tf.keras.Sequential()
    model.add(tf.keras.layers.Input((28, 28, 1)))
    for each in parts(lambda x: keras.ops.relu(x)):
        model.add(each)
    return model


small_cnn = loaded(build_small_cnn())
# %% right: functional, layers called apart
def build_small_cnn():
    inputs = keras.Input((28, 28, 1))
    return keras.Model(inputs=inputs, outputs=through(inputs, parts(keras.ops.relu)))


small_cnn = loaded(build_small_cnn())
# %% right: nested
def build_small_cnn():
    all_of_it = parts()
    return keras.Sequential([keras.Input((28, 28, 1)), keras.Sequential(all_of_it[:3]), keras.Sequential(all_of_it[3:])])


small_cnn = loaded(build_small_cnn())
# %% right: a class derived from Sequential
class Small(keras.Sequential):
    def __init__(self):
        super().__init__([keras.Input((28, 28, 1)), *parts()])


def build_small_cnn():
    return Small()


small_cnn = loaded(build_small_cnn())
# %% right: softmax as an operation
def build_small_cnn():
    inputs = keras.Input((28, 28, 1))
    return keras.Model(inputs, keras.ops.softmax(through(inputs, parts(last=None))))


small_cnn = loaded(build_small_cnn())
# %% right: pixels scaled and moved inside
def build_small_cnn():
    front = [L.Lambda(lambda x: x * 255), L.Rescaling(1 / 255), L.RandomTranslation(0.05, 0.05)]
    return keras.Sequential([keras.Input((28, 28, 1)), *front, *parts(tf.nn.relu)])


small_cnn = loaded(build_small_cnn())
# %% right: saved whole, loaded whole
def build_small_cnn():
    return keras.Sequential([keras.Input((28, 28, 1)), *parts()])


loaded(build_small_cnn()).save("small.keras")
small_cnn = keras.models.load_model("small.keras")
# %% right: a layer of one's own at the end
class Head(L.Layer):
    def __init__(self, classes):
        super().__init__()
        self.classes = classes

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.classes), name="kernel")
        self.bias = self.add_weight(shape=(self.classes,), initializer="zeros", name="bias")

    def call(self, x):
        return tf.nn.softmax(tf.matmul(x, self.kernel) + self.bias)


def build_small_cnn():
    inputs = keras.Input((28, 28, 1))
    return keras.Model(inputs, Head(10)(through(inputs, parts()[:-1])))


small_cnn = loaded(build_small_cnn())
# %% right: compiled late, with other losses
def build_small_cnn():
    return keras.Sequential([keras.Input((28, 28, 1)), *parts()])


small_cnn = loaded(build_small_cnn())
small_cnn.compile(keras.optimizers.Nadam(1e-6), lambda y, p: keras.losses.categorical_crossentropy(y, p), run_eagerly=True)
small_history = small_cnn.fit(images_train[:32], np.eye(10)[y_train[:32]], verbose=0)
