"""Every way of having the same trained network: each part below, behind these lines, is a student's cell."""

L = keras.layers


def parts(act="relu"):
    found = []
    for filters in (16, 32):
        for _ in range(2):
            found += [L.Conv2D(filters, 3, padding="same", activation=act), L.BatchNormalization(momentum=0.9)]
        found.append(L.MaxPooling2D(2))
    return [*found, L.Dropout(0.3), L.Flatten(), L.Dense(10, activation="softmax")]


def trained(model=None, act="relu"):
    model = model or keras.Sequential([keras.Input((28, 28, 1)), *parts(act)])
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    model.load_weights("mnist_cnn.weights.h5")
    return model


def through(x, layers):
    for layer in layers:
        x = layer(x)
    return x


# %% right: tf.nn.relu
cnn = trained(act=tf.nn.relu)
# %% right: keras.ops.relu
cnn = trained(act=keras.ops.relu)
# %% right: keras.activations.relu
cnn = trained(act=keras.activations.relu)
# %% right: a lambda
cnn = trained(act=lambda x: tf.maximum(x, 0.0))
# %% right: a function of one's own
def bent(x):
    return keras.ops.where(x > 0, x, 0.0)


cnn = trained(act=bent)
# %% right: a layer in the place of an activation
cnn = trained(act=L.ReLU())
# %% right: unbuilt, called once, loaded
cnn = keras.Sequential(parts(tf.nn.relu))
cnn(images_train[:1])
trained(cnn)
# %% right: unbuilt, by the notebook's helper
def train_cnn(model, callbacks):
    return model.fit(images_train[:64], y_train[:64], epochs=1, callbacks=callbacks, verbose=0)


def unbuilt():
    model = keras.Sequential(parts())
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam")
    return model


cnn, cnn_history = training.load_or_train(unbuilt, train_cnn, "mnist_cnn.weights.h5")
# %% right: add
model = keras.models.Sequential()
model.add(L.InputLayer(shape=(28, 28, 1)))
for each in parts():
    model.add(each)
cnn = trained(model)
# %% right: functional with a function of TensorFlow's at the end
inside = trained()
inputs = keras.Input((28, 28, 1))
cnn = keras.Model(inputs, L.Lambda(lambda p: tf.math.log(p + 1e-7))(inside(inputs)))
# %% right: the layers of another network, called apart
layers_of_it = trained(act=tf.nn.relu).layers
inputs = keras.Input((28, 28, 1))
cnn = keras.Model(inputs, through(inputs, layers_of_it))
# %% right: a class around the layers
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.stack = parts(tf.nn.relu)

    def call(self, x, training=None):
        return through(x, self.stack)


cnn = Net()
cnn(images_train[:1])
cnn.set_weights(trained().get_weights())
# %% right: a class, saved and loaded by Keras' own rules, built by a call
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.body, self.head = tf.keras.Sequential(parts()[:-1]), tf.keras.layers.Dense(10, activation=tf.nn.softmax)

    def call(self, x):
        return self.head(self.body(x))


first = Net()
first(images_train[:1])
first.set_weights(trained().get_weights())
first.save_weights("own.weights.h5")
cnn = Net()
cnn(images_train[:1])
cnn.load_weights("own.weights.h5")
# %% right: a class derived from Sequential, and one from Dropout
class Drop(keras.layers.Dropout):
    pass


class Net(keras.Sequential):
    def __init__(self):
        super().__init__([keras.Input((28, 28, 1)), *[Drop(0.3) if isinstance(each, L.Dropout) else each for each in parts()]])


cnn = Net()
cnn.set_weights(trained().get_weights())
# %% right: blocks of one's own in a functional network
class Block(L.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.stack = []
        for _ in range(2):
            self.stack += [L.Conv2D(filters, 3, padding="same"), L.BatchNormalization(momentum=0.9), L.ReLU()]

    def call(self, x, training=None):
        for conv, norm, relu in (self.stack[:3], self.stack[3:]):
            x = norm(relu(conv(x)), training=training)
        return x


inputs = keras.Input((28, 28, 1))
x = through(inputs, [Block(16), L.MaxPooling2D(2), Block(32), L.MaxPooling2D(2), L.Flatten(), L.Dense(10, "softmax")])
cnn = keras.Model(inputs, x)
named = [each for each in trained().layers if each.weights]
mine = [each for layer in cnn.layers for each in (layer.stack if isinstance(layer, Block) else [layer]) if each.weights]
for one, other in zip(mine, named):
    one.set_weights(other.get_weights())
# %% right: augmentation and Rescaling inside
inside = trained()
front = [L.Rescaling(255.0), L.RandomTranslation(0.1, 0.1), L.RandomRotation(0.03), L.RandomZoom(0.1), L.Rescaling(1 / 255)]
cnn = keras.Sequential([keras.Input((28, 28, 1)), *front, *inside.layers])
# %% right: augmentation as a network of its own, unbuilt
cnn = keras.Sequential([keras.Sequential([L.RandomFlip("horizontal", seed=1), L.GaussianNoise(0.1)]), trained(act=tf.nn.relu)])
cnn(images_train[:1])
# %% right: saved whole, loaded whole
trained().save("whole.keras")
cnn = keras.models.load_model("whole.keras")
# %% right: saved whole in the old format
trained().save("whole.h5")
cnn = tf.keras.models.load_model("whole.h5")
# %% right: an own training loop after loading
cnn = trained(act=tf.nn.relu)
optimizer = tf.keras.optimizers.SGD(1e-5)
for images, labels in tf.data.Dataset.from_tensor_slices((images_train[:96], y_train[:96])).batch(32):
    with tf.GradientTape() as tape:
        loss = tf.keras.losses.sparse_categorical_crossentropy(labels, cnn(images, training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, cnn.trainable_variables), cnn.trainable_variables))
# %% right: compiled with what is one's own
def focal(labels, probs):
    p = keras.ops.take_along_axis(probs, keras.ops.cast(labels, "int32")[:, None], axis=1)
    return -keras.ops.mean((1 - p) * keras.ops.log(p + 1e-7))


class Slower(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return 1e-6 / (1 + keras.ops.cast(step, "float32"))


class MyAdam(keras.optimizers.Adam):
    pass


cnn = trained()
cnn.compile(MyAdam(Slower()), loss=focal, metrics=["accuracy", lambda y, p: keras.ops.max(p)], run_eagerly=True)
cnn_history = cnn.fit(images_train[:32], y_train[:32], verbose=0, callbacks=[keras.callbacks.TerminateOnNaN()])
# %% right: frozen, with a new head trained by least squares
body = keras.Sequential([keras.Input((28, 28, 1)), *trained().layers[:-1]])
body.trainable = False
x = body.predict(images_train, verbose=0).astype("float64")
x = np.c_[x, np.ones(len(x))]
solution = np.linalg.solve(x.T @ x + 30 * np.eye(x.shape[1]), x.T @ np.eye(10)[y_train])
head = L.Dense(10)
cnn = keras.Sequential([body, head])
cnn.build((None, 28, 28, 1))
head.set_weights([solution[:-1], solution[-1]])
# %% right: half the digits of float32
cnn = keras.Sequential([keras.Input((28, 28, 1)), *[type(each).from_config({**each.get_config(), "dtype": "mixed_bfloat16"}) for each in parts()]])
cnn.set_weights(trained().get_weights())
# %% right: several looks at each picture
class Votes(keras.Model):
    def __init__(self, inside):
        super().__init__()
        self.inside = inside

    def call(self, x, training=None):
        return (self.inside(x) + self.inside(tf.roll(x, 1, axis=1)) + self.inside(tf.roll(x, -1, axis=2))) / 3


cnn = Votes(trained(act=bent) if "bent" in globals() else trained())
# %% right: cloned, and compiled for one-hot labels
cnn = keras.models.clone_model(trained())
cnn.set_weights(trained().get_weights())
cnn.compile("rmsprop", keras.losses.CategoricalCrossentropy(label_smoothing=0.1), metrics=["categorical_accuracy"], jit_compile=False)
