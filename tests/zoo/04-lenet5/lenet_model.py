"""Every way of training LeNet-5: each part below, behind these lines, is a student's cell."""

L = keras.layers
keras.utils.set_random_seed(1)
wide = np.pad(x_train, ((0, 0), (2, 2), (2, 2), (0, 0)))


def learned(model, images=wide, loss="sparse_categorical_crossentropy", labels=None, optimizer=None, epochs=8, **how):
    model.compile(optimizer or keras.optimizers.Adam(0.003), loss)
    model.fit(images, y_train if labels is None else labels, epochs=epochs, batch_size=50, verbose=0, **how)
    return model


def parts(act="tanh", last="softmax"):
    return [
        L.Conv2D(6, 5, activation=act), L.AveragePooling2D(2), L.Conv2D(16, 5, activation=act), L.AveragePooling2D(2),
        L.Flatten(), L.Dense(120, activation=act), L.Dense(84, activation=act), L.Dense(10, activation=last),
    ]


def through(x, layers):
    for layer in layers:
        x = layer(x)
    return x


# %% right: tf.nn.tanh
lenet_model = learned(keras.Sequential([keras.Input((32, 32, 1)), *parts(tf.nn.tanh)]))
# %% right: without Input, relu of TensorFlow
lenet_model = learned(keras.Sequential(parts(tf.nn.relu)), epochs=10)
# %% right: the paper's squashing function
def squash(x):
    return 1.7159 * tf.tanh(2 * x / 3)


lenet_model = learned(keras.Sequential([keras.Input((32, 32, 1)), *parts(squash)]), optimizer=keras.optimizers.Adam(0.002))
# %% right: a lambda in a functional network
inputs = keras.Input((32, 32, 1))
lenet_model = learned(keras.Model(inputs, through(inputs, parts(lambda x: keras.ops.tanh(x)))))
# %% right: add, for 28×28
lenet_model = tf.keras.Sequential()
lenet_model.add(tf.keras.layers.ZeroPadding2D(2, input_shape=(28, 28, 1)))
for each in parts(tf.math.tanh):
    lenet_model.add(each)
lenet_model = learned(lenet_model, x_train)
# %% right: a class with layers in a dictionary
class LeNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.all = dict(zip(["C1", "S2", "C3", "S4", "flat", "C5", "F6", "OUTPUT"], parts()))

    def call(self, x):
        return through(x, self.all.values())


lenet_model = learned(LeNet())
# %% right: a subsampling of one's own
class Subsampling(L.Layer):
    def build(self, shape):
        self.coefficient = self.add_weight(shape=(shape[-1],), initializer="ones", name="coefficient")
        self.bias = self.add_weight(shape=(shape[-1],), initializer="zeros", name="bias")

    def call(self, x):
        return tf.nn.tanh(tf.nn.avg_pool2d(x, 2, 2, "VALID") * self.coefficient + self.bias)


own = [Subsampling() if isinstance(each, L.AveragePooling2D) else each for each in parts(tf.nn.tanh)]
lenet_model = learned(keras.Sequential([keras.Input((32, 32, 1)), *own]))
# %% right: nested, the padding inside
body = keras.Sequential(parts()[:4])
lenet_model = learned(keras.Sequential([keras.Input((28, 28, 1)), L.Lambda(lambda x: tf.pad(x, [[0, 0], [2, 2], [2, 2], [0, 0]])), body, *parts()[4:]]), x_train)
# %% right: a class derived from Sequential, by another loss
class LeNet(keras.Sequential):
    pass


lenet_model = learned(LeNet([keras.Input((32, 32, 1)), *parts()]), loss=keras.losses.CategoricalFocalCrossentropy(), labels=np.eye(10)[y_train], epochs=10)
# %% right: augmentation inside, callbacks
slower = keras.callbacks.LearningRateScheduler(lambda epoch, rate: 0.003 if epoch < 9 else 0.0005)
moved = [L.RandomTranslation(0.03, 0.03, fill_mode="constant")]
lenet_model = learned(keras.Sequential([keras.Input((32, 32, 1)), *moved, *parts()]), epochs=12, callbacks=[slower])
# %% right: saved and loaded again
learned(keras.Sequential([keras.Input((32, 32, 1)), *parts(tf.nn.tanh)])).save_weights("lenet.weights.h5")
lenet_model = keras.Sequential(parts(tf.nn.tanh))
lenet_model.build((None, 32, 32, 1))
lenet_model.load_weights("lenet.weights.h5")
# %% right: an own training loop on a class
class LeNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.stack = parts(last=None)

    def call(self, x):
        return through(x, self.stack)


lenet_model, optimizer = LeNet(), tf.keras.optimizers.Adam(0.003)
loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function(reduce_retracing=True)
def step(images, labels):
    with tf.GradientTape() as tape:
        loss = loss_of(labels, lenet_model(images))
    optimizer.apply_gradients(zip(tape.gradient(loss, lenet_model.trainable_variables), lenet_model.trainable_variables))


lenet_model(wide[:1])
for epoch in range(8):
    for images, labels in tf.data.Dataset.from_tensor_slices((wide, y_train)).shuffle(4000, seed=epoch).batch(50):
        step(images, labels)
