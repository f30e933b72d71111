"""Every way of training a network of dense layers: each part below, behind these lines, is a student's cell."""

L = keras.layers
keras.utils.set_random_seed(1)
INTEGER = "sparse_categorical_crossentropy"


def learned(model, loss=INTEGER, optimizer="adam", labels=None, epochs=12, **how):
    model.compile(loss=loss, optimizer=optimizer, metrics=["accuracy"])
    return model, model.fit(x_train, y_train if labels is None else labels, epochs=epochs, batch_size=50, verbose=0, **how)


def parts(act="relu", last="softmax"):
    return [L.Flatten(), L.Dense(128, activation=act), L.Dropout(0.2), L.Dense(10, activation=last)]


def through(x, layers):
    for layer in layers:
        x = layer(x)
    return x


# %% right: tf.nn.relu
dense_model, dense_history = learned(keras.Sequential([keras.Input((28, 28, 1)), *parts(tf.nn.relu)]))
# %% right: tf.nn.tanh, without Input
dense_model, dense_history = learned(keras.Sequential([L.GaussianNoise(0.1), *parts(tf.nn.tanh)]), epochs=20)
# %% right: a lambda, and logits
logits = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
dense_model, dense_history = learned(keras.Sequential([keras.Input((28, 28, 1)), *parts(lambda x: keras.ops.relu(x), None)]), logits)
# %% right: a function of one's own
def bent(x):
    return tf.maximum(x, 0.1 * x)


dense_model, dense_history = learned(keras.Sequential([keras.Input((28, 28, 1)), *parts(bent)]))
# %% right: add
dense_model = tf.keras.models.Sequential()
dense_model.add(tf.keras.Input(shape=(28, 28, 1)))
for each in parts(keras.ops.relu):
    dense_model.add(each)
dense_model, dense_history = learned(dense_model)
# %% right: functional, layers called apart, one-hot labels
inputs = keras.Input(shape=(28, 28, 1))
dense_model = keras.Model(inputs=[inputs], outputs=[through(inputs, parts())])
dense_model, dense_history = learned(dense_model, "categorical_crossentropy", labels=keras.utils.to_categorical(y_train))
# %% right: a class, never built by hand
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.flatten, self.hidden, self.drop, self.last = parts(tf.nn.relu)

    def call(self, x, training=False):
        return self.last(self.drop(self.hidden(self.flatten(x)), training=training))


dense_model, dense_history = learned(Net())
# %% right: nested, with augmentation inside
moved = keras.Sequential([L.RandomTranslation(0.03, 0.03), L.RandomRotation(0.01)])
dense_model, dense_history = learned(keras.Sequential([keras.Input((28, 28, 1)), moved, *parts()]), epochs=16)
# %% right: a layer of one's own
class Linear(L.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], self.units), initializer="he_normal", trainable=True)
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True)

    def call(self, x):
        return tf.matmul(x, self.w) + self.b


dense_model, dense_history = learned(keras.Sequential([L.Flatten(), Linear(128), L.Activation(tf.nn.relu), Linear(10), L.Softmax()]))
# %% right: classes derived from Keras'
class Net(keras.Sequential):
    pass


class Drop(keras.layers.Dropout):
    pass


dense_model, dense_history = learned(Net([keras.Input((28, 28, 1)), L.Flatten(), L.Dense(128, "relu"), Drop(0.2), L.Dense(10, "softmax")]))
# %% right: an own training loop, and a History filled by hand
dense_model = keras.Sequential([keras.Input((28, 28, 1)), *parts()])
optimizer, dense_history = keras.optimizers.Adam(), keras.callbacks.History()
dense_history.history = {"loss": []}


@tf.function(autograph=False)
def step(images, labels):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(labels, dense_model(images, training=True)))
    optimizer.apply_gradients(zip(tape.gradient(loss, dense_model.trainable_variables), dense_model.trainable_variables))
    return loss


for epoch in range(12):
    order = np.random.default_rng(epoch).permutation(len(x_train) // 50 * 50).reshape(-1, 50)
    dense_history.history["loss"].append(float(np.mean([step(x_train[each], y_train[each]) for each in order])))
# %% right: callbacks, another optimizer, a schedule
rate = keras.optimizers.schedules.CosineDecay(0.1, 12 * len(x_train) // 50)
stop = [keras.callbacks.EarlyStopping("loss", patience=3), keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: None)]
model = keras.Sequential([keras.Input((28, 28, 1)), *parts()])
dense_model, dense_history = learned(model, optimizer=keras.optimizers.SGD(rate, momentum=0.9, nesterov=True), callbacks=stop)
# %% right: a loss and a metric of one's own
def cross_entropy(labels, probs):
    hot = keras.ops.one_hot(keras.ops.cast(keras.ops.reshape(labels, (-1,)), "int32"), 10)
    return -keras.ops.sum(hot * keras.ops.log(probs + 1e-7), axis=-1)


dense_model, dense_history = learned(keras.Sequential([keras.Input((28, 28, 1)), *parts()]), cross_entropy)
# %% right: scaled inside, weights saved and loaded
first, dense_history = learned(keras.Sequential([keras.Input((28, 28, 1)), L.Normalization(mean=0.13, variance=0.1), *parts()]))
first.save_weights("dense.weights.h5")
dense_model = keras.Sequential([keras.Input((28, 28, 1)), L.Normalization(mean=0.13, variance=0.1), *parts()])
dense_model.load_weights("dense.weights.h5")
# %% right: an adapted normalisation
scale = L.Normalization(axis=None)
scale.adapt(x_train)
dense_model, dense_history = learned(keras.Sequential([keras.Input((28, 28, 1)), scale, *parts()]))
