# %% right: sixteen convolutions and a Concatenate
import tensorflow as tf
from tensorflow import keras

FEEDS = ["012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345", "0145", "0125",
         "0134", "1245", "0235", "012345"]

def squash(a):
    return 1.7159 * tf.tanh(2 * a / 3)

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, x):
        total = 4 * tf.nn.avg_pool2d(x, 2, 2, "VALID")
        return squash(total * self.w + self.b)

class RBF(keras.layers.Layer):
    def build(self, input_shape):
        self.codes = self.add_weight(shape=(10, 84), initializer="zeros", trainable=False)
        self.codes.assign(RBF_CODES)

    def call(self, x):
        return tf.reduce_sum((x[:, None, :] - self.codes) ** 2, axis=-1)

def build_lenet5_1998():
    image = keras.Input((32, 32, 1))
    x = keras.layers.Conv2D(6, 5, activation=squash, name="C1")(image)
    x = Subsampling(name="S2")(x)
    maps = []
    for feeds in FEEDS:
        some = keras.layers.Concatenate()([x[..., int(i):int(i) + 1] for i in feeds])
        maps.append(keras.layers.Conv2D(1, 5, activation=squash)(some))
    x = keras.layers.Concatenate(name="C3")(maps)
    x = Subsampling(name="S4")(x)
    x = keras.layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(84, activation=squash, name="F6")(x)
    return keras.Model(image, RBF(name="OUTPUT")(x))


# %% right: squashing layers carry the names, distances from a frozen dense layer
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

rows = ["X...XXX..XXXX.XX", "XX...XXX..XXXX.X", "XXX...XXX..X.XXX", ".XXX..XXXX..X.XX", "..XXX..XXXX.XX.X",
        "...XXX..XXXX.XXX"]
table = np.array([[mark == "X" for mark in row] for row in rows])

class Squash(layers.Layer):
    def call(self, a):
        return 1.7159 * tf.math.tanh(a * 2 / 3)

def pool(x, name):
    x = layers.AveragePooling2D(2)(x)
    x = layers.Rescaling(4.0)(x)
    x = layers.DepthwiseConv2D(1)(x)
    return Squash(name=name)(x)

class Gather(layers.Layer):
    def __init__(self, which):
        super().__init__()
        self.which = which

    def call(self, x):
        return tf.gather(x, self.which, axis=-1)

class Last(layers.Layer):
    def call(self, pair):
        f6, product = pair
        return tf.reduce_sum(f6 ** 2, axis=1, keepdims=True) - 2 * product + 84

def build_lenet5_1998():
    inputs = layers.Input(shape=(32, 32, 1))
    x = layers.Conv2D(6, 5)(inputs)
    x = Squash(name="C1")(x)
    x = pool(x, "S2")
    x = layers.Concatenate()([layers.Conv2D(1, 5)(Gather(np.flatnonzero(table[:, j]))(x)) for j in range(16)])
    x = Squash(name="C3")(x)
    x = pool(x, "S4")
    x = layers.Conv2D(120, 5)(x)
    x = Squash(name="C5")(x)
    x = layers.Dense(84)(layers.Reshape((120,))(x))
    f6 = Squash(name="F6")(x)
    fixed = layers.Dense(10, use_bias=False, trainable=False)
    product = fixed(f6)
    fixed.set_weights([RBF_CODES.T])
    result = models.Model(inputs, Last(name="OUTPUT")([f6, product]))
    result.compile(optimizer="sgd", loss=lambda y, d: tf.gather(d, tf.cast(y, tf.int32), batch_dims=1))
    return result


# %% right: every layer written by hand
import numpy as np
import tensorflow as tf
import keras

class Layer98(keras.layers.Layer):
    def squash(self, a):
        return tf.cast(1.7159, a.dtype) * tf.tanh(a * (2.0 / 3.0))

class Conv(Layer98):
    def __init__(self, maps, feeds=None, **kwargs):
        super().__init__(**kwargs)
        self.maps, self.feeds = maps, feeds

    def build(self, shape):
        feeds = self.feeds or [list(range(shape[-1]))] * self.maps
        self.table = [np.array(f) for f in feeds]
        self.kernel = self.add_weight(shape=(25 * sum(map(len, feeds)),), initializer="random_normal")
        self.bias = self.add_weight(shape=(self.maps,), initializer="zeros")

    def call(self, x):
        side, out, start = x.shape[1] - 4, [], 0
        patches = tf.stack([x[:, i:i + side, j:j + side] for i in range(5) for j in range(5)], axis=3)
        if self.feeds is None:
            k = tf.reshape(self.kernel, (25, x.shape[-1], self.maps))
            return self.squash(tf.einsum("nhwpc,pcm->nhwm", patches, k) + self.bias)
        for j, feed in enumerate(self.table):
            k = tf.reshape(self.kernel[start:start + 25 * len(feed)], (25, len(feed)))
            out.append(tf.einsum("nhwpc,pc->nhw", tf.gather(patches, feed, axis=4), k) + self.bias[j])
            start += 25 * len(feed)
        return self.squash(tf.stack(out, axis=-1))

class Pool(Layer98):
    def build(self, shape):
        self.slope = self.add_weight(shape=(1, 1, 1, shape[-1]), initializer="ones")
        self.level = self.add_weight(shape=(1, 1, 1, shape[-1]), initializer="zeros")

    def call(self, x):
        n, h, w, c = x.shape
        return self.squash(tf.reduce_sum(tf.reshape(x, (-1, h // 2, 2, w // 2, 2, c)), (2, 4)) * self.slope
                           + self.level)

class Full(Layer98):
    def build(self, shape):
        self.kernel = self.add_weight(shape=(120, 84), initializer="glorot_normal")
        self.bias = self.add_weight(shape=(84,), initializer="zeros")

    def call(self, x):
        return self.squash(tf.reshape(x, (-1, 120)) @ self.kernel + self.bias)

class Euclidean(Layer98):
    def build(self, shape):
        self.codes = keras.Variable(RBF_CODES, trainable=False, name="codes")

    def call(self, x):
        return tf.norm(tf.expand_dims(x, 1) - self.codes, axis=2) ** 2

def build_lenet5_1998():
    text = "012 123 234 345 045 015 0123 1234 2345 0345 0145 0125 0134 1245 0235 012345"
    feeds = [[int(i) for i in f] for f in text.split()]
    model = keras.models.Sequential(name="paper")
    for layer in (keras.layers.InputLayer(shape=(32, 32, 1)), Conv(6, name="C1"), Pool(name="S2"),
                  Conv(16, feeds, name="C3"), Pool(name="S4"), Conv(120, name="C5"), Full(name="F6"),
                  Euclidean(name="OUTPUT")):
        model.add(layer)
    return model


# %% right: Sequential, kernels scattered into a masked kernel
import numpy as np
import keras
from keras import ops, layers

def c3_table():
    t = np.zeros((6, 16), dtype=bool)
    for j in range(6):
        t[np.arange(j, j + 3) % 6, j] = True
        t[np.arange(j, j + 4) % 6, 6 + j] = True
    for j in range(3):
        t[np.array([0, 1, 3, 4]) + j - 6 * (np.array([0, 1, 3, 4]) + j > 5), 12 + j] = True
    t[:, 15] = True
    return t

class Squash(layers.Layer):
    def call(self, a):
        return 1.7159 * ops.tanh(2 / 3 * a)

class Subsample(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.squash = Squash()

    def build(self, shape):
        self.params = self.add_weight(shape=(2, shape[-1]), initializer="random_uniform", name="params")

    def call(self, x):
        out = x[:, ::2] + x[:, 1::2]
        out = out[:, :, ::2] + out[:, :, 1::2]
        return self.squash(out * self.params[0] + self.params[1])

class SparseConv(layers.Layer):
    """The 60 kernels lie in one weight of (60, 25) and are placed in a kernel that is zero elsewhere."""
    def __init__(self, table, **kwargs):
        super().__init__(**kwargs)
        self.table = np.asarray(table)
        self.where = np.argwhere(self.table)

    def build(self, shape):
        self.kernels = self.add_weight(shape=(len(self.where), 25), initializer="glorot_uniform")
        self.bias = self.add_weight(shape=(self.table.shape[1],), initializer="zeros")

    def call(self, x):
        full = ops.scatter(self.where, self.kernels, self.table.shape + (25,))
        kernel = ops.reshape(ops.transpose(full, (2, 0, 1)), (5, 5) + self.table.shape)
        return 1.7159 * ops.tanh(2 / 3 * (ops.conv(x, kernel) + self.bias))

class Distances(layers.Layer):
    def build(self, shape):
        start = lambda shape, dtype=None: ops.convert_to_tensor(RBF_CODES.T, dtype)
        self.codes = self.add_weight(shape=(84, 10), initializer=start, trainable=False)

    def call(self, x):
        return ops.sum(ops.square(ops.expand_dims(x, 2) - self.codes), axis=1)

def build_lenet5_1998():
    act = lambda a: 1.7159 * ops.tanh(2 / 3 * a)
    return keras.Sequential([
        keras.Input((32, 32, 1)),
        layers.Conv2D(6, 5, activation=act, name="C1"),
        Subsample(name="S2"),
        SparseConv(c3_table(), name="C3"),
        Subsample(name="S4"),
        layers.Conv2D(120, (5, 5), activation=act, name="C5"),
        layers.Flatten(),
        layers.Dense(84, activation=act, name="F6"),
        Distances(name="OUTPUT")])


# %% right: classes inside the builder, C5 dense and reshaped
import numpy as np
import tensorflow as tf
from tensorflow import keras
K = keras.layers

def build_lenet5_1998():
    amplitude, slope = 1.7159, 2 / 3

    @keras.utils.register_keras_serializable(package="student")
    def squash(a):
        return amplitude * keras.ops.tanh(slope * a)

    class Subsampling(K.Layer):
        def build(self, shape):
            c = shape[-1]
            self.coefficient = self.add_weight(shape=(c, 1), initializer="ones")
            self.bias = self.add_weight(shape=(1, c), initializer="zeros")

        def call(self, x):
            k = tf.tile(tf.reshape(self.coefficient, (1, 1, -1, 1)), (2, 2, 1, 1))
            return squash(tf.nn.depthwise_conv2d(x, k, [1, 2, 2, 1], "VALID") + self.bias[0])

    class Map(K.Layer):
        def __init__(self, maps, **kwargs):
            super().__init__(**kwargs)
            self.maps, self.conv = list(maps), K.Conv2D(1, 5)

        def build(self, shape):
            self.conv.build(tuple(shape[:-1]) + (len(self.maps),))

        def call(self, x):
            return squash(self.conv(tf.gather(x, self.maps, axis=3)))

    class Euclid(K.Layer):
        def __init__(self, codes, **kwargs):
            super().__init__(**kwargs)
            self.codes = self.add_weight(shape=codes.shape, initializer="zeros", trainable=False)
            self.codes.assign(codes)

        def call(self, x):
            return tf.stack([tf.reduce_sum(tf.math.squared_difference(x, self.codes[k]), axis=1)
                             for k in range(10)], axis=1)

    three = [sorted((j + d) % 6 for d in range(3)) for j in range(6)]
    four = [sorted((j + d) % 6 for d in range(4)) for j in range(6)]
    pairs = [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5]]
    inp = keras.Input(shape=(32, 32, 1), name="INPUT")
    s2 = Subsampling(name="S2")(K.Conv2D(6, 5, activation=squash, name="C1")(inp))
    c3 = K.Concatenate(axis=-1, name="C3")([Map(m)(s2) for m in three + four + pairs + [range(6)]])
    s4 = Subsampling(name="S4")(c3)
    flat = K.Dense(120, activation=squash)(K.Flatten()(s4))
    c5 = K.Reshape((1, 1, 120), name="C5")(flat)
    f6 = K.Dense(84, activation=squash, name="F6")(K.Flatten()(c5))
    model = keras.Model(inputs=inp, outputs=Euclid(RBF_CODES, name="OUTPUT")(f6), name="lenet5_1998")
    model.compile(optimizer=keras.optimizers.SGD(0.01), loss="mse")
    return model


# %% right: the layers of the tasks before
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

READS = [sorted((j + k) % 6 for k in range(n)) for n in (3, 4) for j in range(6)]
READS += [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]


def squash(a):
    return 1.7159 * ops.tanh(2 / 3 * a)


class Subsampling(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return squash(self.w * four + self.b)


class RBFOutput(layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False, initializer="zeros")
        self.codes.assign(codes)

    def call(self, x):
        return ops.sum((x[:, None] - self.codes) ** 2, axis=2)


def build_lenet5_1998():
    inputs = keras.Input((32, 32, 1))
    x = Subsampling(name="S2")(layers.Conv2D(6, 5, activation=squash, name="C1")(inputs))
    maps = [layers.Conv2D(1, 5, activation=squash)(ops.take(x, np.array(reads), axis=-1)) for reads in READS]
    x = Subsampling(name="S4")(layers.Concatenate(name="C3")(maps))
    x = layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = layers.Dense(84, activation=squash, name="F6")(layers.Flatten()(x))
    return keras.Model(inputs, RBFOutput(RBF_CODES, name="OUTPUT")(x))


# %% right: Sequential, C3 a layer of sixteen convolutions
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

READS = [sorted((j + k) % 6 for k in range(n)) for n in (3, 4) for j in range(6)]
READS += [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]


def squash(a):
    return 1.7159 * ops.tanh(2 / 3 * a)


class Subsampling(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return squash(self.w * four + self.b)


class RBFOutput(layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False, initializer="zeros")
        self.codes.assign(codes)

    def call(self, x):
        return ops.sum((x[:, None] - self.codes) ** 2, axis=2)


class C3(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.convs = [layers.Conv2D(1, 5, activation=squash) for _ in READS]

    def build(self, shape):
        for conv, reads in zip(self.convs, READS):
            conv.build((*shape[:-1], len(reads)))

    def call(self, x):
        return ops.concatenate([conv(ops.take(x, np.array(reads), axis=-1)) for conv, reads in zip(self.convs, READS)], -1)


def build_lenet5_1998():
    return keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, activation=squash, name="C1"), Subsampling(name="S2"),
                             C3(name="C3"), Subsampling(name="S4"), layers.Conv2D(120, 5, activation=squash, name="C5"),
                             layers.Flatten(), layers.Dense(84, activation=squash, name="F6"),
                             RBFOutput(RBF_CODES, name="OUTPUT")])


# %% right: maps chosen by Lambda layers
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

READS = [sorted((j + k) % 6 for k in range(n)) for n in (3, 4) for j in range(6)]
READS += [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]


def squash(a):
    return 1.7159 * ops.tanh(2 / 3 * a)


class Subsampling(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return squash(self.w * four + self.b)


class RBFOutput(layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False, initializer="zeros")
        self.codes.assign(codes)

    def call(self, x):
        return ops.sum((x[:, None] - self.codes) ** 2, axis=2)


def build_lenet5_1998():
    inputs = keras.Input((32, 32, 1))
    x = Subsampling(name="S2")(layers.Conv2D(6, 5, activation=squash, name="C1")(inputs))
    maps = []
    for reads in READS:
        some = layers.Lambda(lambda x, reads=reads: tf.gather(x, reads, axis=-1))(x)
        maps.append(layers.Conv2D(1, (5, 5), padding="VALID", activation=squash)(some))
    x = Subsampling(name="S4")(layers.Concatenate(axis=-1, name="C3")(maps))
    x = layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = layers.Dense(84, activation=squash, name="F6")(layers.Flatten()(x))
    return keras.Model(inputs, RBFOutput(RBF_CODES, name="OUTPUT")(x))


# %% right: lambdas as activations
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

READS = [sorted((j + k) % 6 for k in range(n)) for n in (3, 4) for j in range(6)]
READS += [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]


class Subsampling(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return 1.7159 * ops.tanh(2 / 3 * (self.w * four + self.b))


class RBFOutput(layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False, initializer="zeros")
        self.codes.assign(codes)

    def call(self, x):
        return ops.sum((x[:, None] - self.codes) ** 2, axis=2)


def build_lenet5_1998():
    inputs = keras.Input((32, 32, 1))
    x = Subsampling(name="S2")(layers.Conv2D(6, 5, activation=lambda a: 1.7159 * ops.tanh(2 / 3 * a), name="C1")(inputs))
    maps = [layers.Conv2D(1, 5, activation=lambda a: 1.7159 * tf.tanh(2 / 3 * a))(ops.take(x, np.array(reads), axis=-1)) for reads in READS]
    x = Subsampling(name="S4")(layers.Concatenate(name="C3")(maps))
    x = layers.Conv2D(120, 5, activation=lambda a: 1.7159 * ops.tanh(a / 1.5), name="C5")(x)
    x = layers.Dense(84, activation=lambda a: 1.7159 * ops.tanh(a / 1.5), name="F6")(layers.Flatten()(x))
    return keras.Model(inputs, RBFOutput(RBF_CODES, name="OUTPUT")(x))


# %% right: subsampling by pooling and a depthwise convolution
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

READS = [sorted((j + k) % 6 for k in range(n)) for n in (3, 4) for j in range(6)]
READS += [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]


def squash(a):
    return 1.7159 * ops.tanh(2 / 3 * a)


class RBFOutput(layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False, initializer="zeros")
        self.codes.assign(codes)

    def call(self, x):
        return ops.sum((x[:, None] - self.codes) ** 2, axis=2)


def subsampled(x, name):
    four = layers.Rescaling(4.0)(layers.AveragePooling2D(2)(x))
    return layers.DepthwiseConv2D(1, activation=squash, name=name)(four)


def build_lenet5_1998():
    inputs = keras.Input((32, 32, 1))
    x = subsampled(layers.Conv2D(6, 5, activation=squash, name="C1")(inputs), "S2")
    maps = [layers.Conv2D(1, 5, activation=squash)(ops.take(x, np.array(reads), axis=-1)) for reads in READS]
    x = subsampled(layers.Concatenate(name="C3")(maps), "S4")
    x = layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = layers.Dense(84, activation=squash, name="F6")(layers.Flatten()(x))
    return keras.Model(inputs, RBFOutput(RBF_CODES, name="OUTPUT")(x))


# %% right: F6 a convolution of 1×1, compiled with a loss
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

READS = [sorted((j + k) % 6 for k in range(n)) for n in (3, 4) for j in range(6)]
READS += [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]


def squash(a):
    return 1.7159 * ops.tanh(2 / 3 * a)


class Subsampling(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return squash(self.w * four + self.b)


class RBFOutput(layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False, initializer="zeros")
        self.codes.assign(codes)

    def call(self, x):
        return ops.sum((x[:, None] - self.codes) ** 2, axis=2)


def build_lenet5_1998():
    inputs = keras.Input((32, 32, 1))
    x = Subsampling(name="S2")(layers.Conv2D(6, 5, activation=squash, name="C1")(inputs))
    maps = [layers.Conv2D(1, 5, activation=squash)(ops.take(x, np.array(reads), axis=-1)) for reads in READS]
    x = Subsampling(name="S4")(layers.Concatenate(name="C3")(maps))
    x = layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = layers.Conv2D(84, 1, activation=squash, name="F6")(x)
    model = keras.Model(inputs, RBFOutput(RBF_CODES, name="OUTPUT")(layers.Flatten()(x)))
    model.compile("adam", loss=lambda labels, distances: ops.sum(distances * ops.one_hot(ops.cast(labels, "int32"), 10), -1))
    return model


# %% right: subclassed model with named layers
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

READS = [sorted((j + k) % 6 for k in range(n)) for n in (3, 4) for j in range(6)]
READS += [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]


def squash(a):
    return 1.7159 * ops.tanh(2 / 3 * a)


class Subsampling(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return squash(self.w * four + self.b)


class RBFOutput(layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False, initializer="zeros")
        self.codes.assign(codes)

    def call(self, x):
        return ops.sum((x[:, None] - self.codes) ** 2, axis=2)


class C3(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.convs = [layers.Conv2D(1, 5, activation=squash) for _ in READS]

    def build(self, shape):
        for conv, reads in zip(self.convs, READS):
            conv.build((*shape[:-1], len(reads)))

    def call(self, x):
        return ops.concatenate([conv(ops.take(x, np.array(reads), axis=-1)) for conv, reads in zip(self.convs, READS)], -1)


class LeNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.c1, self.s2 = layers.Conv2D(6, 5, activation=squash, name="C1"), Subsampling(name="S2")
        self.c3, self.s4 = C3(name="C3"), Subsampling(name="S4")
        self.c5, self.flat = layers.Conv2D(120, 5, activation=squash, name="C5"), layers.Flatten()
        self.f6, self.out = layers.Dense(84, activation=squash, name="F6"), RBFOutput(RBF_CODES, name="OUTPUT")

    def call(self, x):
        for layer in (self.c1, self.s2, self.c3, self.s4, self.c5, self.flat, self.f6, self.out):
            x = layer(x)
        return x


def build_lenet5_1998():
    model = LeNet()
    model(np.zeros((1, 32, 32, 1), "float32"))
    return model


# %% right: layers made first and linked later
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

READS = [sorted((j + k) % 6 for k in range(n)) for n in (3, 4) for j in range(6)]
READS += [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]


def squash(a):
    return 1.7159 * ops.tanh(2 / 3 * a)


class Subsampling(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return squash(self.w * four + self.b)


class RBFOutput(layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False, initializer="zeros")
        self.codes.assign(codes)

    def call(self, x):
        return ops.sum((x[:, None] - self.codes) ** 2, axis=2)


def build_lenet5_1998():
    output, f6, c5 = RBFOutput(RBF_CODES, name="OUTPUT"), layers.Dense(84, squash, name="F6"), layers.Conv2D(120, 5, activation=squash, name="C5")
    s4, join, s2 = Subsampling(name="S4"), layers.Concatenate(name="C3"), Subsampling(name="S2")
    sixteen = [layers.Conv2D(1, 5, activation=squash) for _ in range(16)]
    inputs = keras.Input((32, 32, 1))
    x = s2(layers.Conv2D(6, 5, activation=squash, name="C1")(inputs))
    x = join([conv(ops.take(x, np.array(reads), axis=-1)) for conv, reads in zip(sixteen, READS)])
    return keras.Model(inputs, output(f6(layers.Flatten()(c5(s4(x))))))


# %% right: squashing layers of one class, Activation for C3
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

READS = [sorted((j + k) % 6 for k in range(n)) for n in (3, 4) for j in range(6)]
READS += [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]


def squash(a):
    return 1.7159 * ops.tanh(2 / 3 * a)


class Subsampling(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return squash(self.w * four + self.b)


class RBFOutput(layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False, initializer="zeros")
        self.codes.assign(codes)

    def call(self, x):
        return ops.sum((x[:, None] - self.codes) ** 2, axis=2)


def build_lenet5_1998():
    inputs = keras.Input((32, 32, 1))
    x = Subsampling(name="S2")(layers.Conv2D(6, 5, activation=squash, name="C1")(inputs))
    sums = [layers.Conv2D(1, 5)(ops.take(x, np.array(reads), axis=-1)) for reads in READS]
    x = layers.Activation(squash, name="C3")(ops.concatenate(sums, axis=-1))
    x = Subsampling(name="S4")(x)
    x = layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = layers.Dense(84, activation=squash, name="F6")(layers.Flatten()(x))
    return keras.Model(inputs, RBFOutput(RBF_CODES, name="OUTPUT")(x))


# %% right: a class derived from Sequential, capitals
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

READS = [sorted((j + k) % 6 for k in range(n)) for n in (3, 4) for j in range(6)]
READS += [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]


def squash(a):
    return 1.7159 * ops.tanh(2 / 3 * a)


class Subsampling(layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return squash(self.w * four + self.b)


class RBFOutput(layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False, initializer="zeros")
        self.codes.assign(codes)

    def call(self, x):
        return ops.sum((x[:, None] - self.codes) ** 2, axis=2)


class C3(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.convs = [layers.Conv2D(1, 5, activation=squash) for _ in READS]

    def build(self, shape):
        for conv, reads in zip(self.convs, READS):
            conv.build((*shape[:-1], len(reads)))

    def call(self, x):
        return ops.concatenate([conv(ops.take(x, np.array(reads), axis=-1)) for conv, reads in zip(self.convs, READS)], -1)


class LeNet(keras.Sequential):
    pass


def build_lenet5_1998():
    return LeNet([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, padding="VALID", activation=squash, name="C1"), Subsampling(name="S2"),
                  C3(name="C3"), Subsampling(name="S4"), layers.Conv2D(120, 5, activation=squash, name="C5"),
                  layers.Reshape((120,)), layers.Dense(84, activation=squash, name="F6"), RBFOutput(RBF_CODES, name="OUTPUT")])


# %% wrong: C3 fully connected
# says: C3 is connected by the table, not to all maps of S2.
import tensorflow as tf
from tensorflow import keras

FEEDS = ["012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345", "0145", "0125",
         "0134", "1245", "0235", "012345"]

def squash(a):
    return 1.7159 * tf.tanh(2 * a / 3)

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, x):
        total = 4 * tf.nn.avg_pool2d(x, 2, 2, "VALID")
        return squash(total * self.w + self.b)

class RBF(keras.layers.Layer):
    def build(self, input_shape):
        self.codes = self.add_weight(shape=(10, 84), initializer="zeros", trainable=False)
        self.codes.assign(RBF_CODES)

    def call(self, x):
        return tf.reduce_sum((x[:, None, :] - self.codes) ** 2, axis=-1)

def build_lenet5_1998():
    image = keras.Input((32, 32, 1))
    x = keras.layers.Conv2D(6, 5, activation=squash, name="C1")(image)
    x = Subsampling(name="S2")(x)
    x = keras.layers.Conv2D(16, 5, activation=squash, name="C3")(x)
    x = Subsampling(name="S4")(x)
    x = keras.layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(84, activation=squash, name="F6")(x)
    return keras.Model(image, RBF(name="OUTPUT")(x))


# %% wrong: last three fours contiguous in the table, count still right
# says: Compare the maps that each convolution gets with section 5.
import tensorflow as tf
from tensorflow import keras

FEEDS = ["012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345", "0145", "0125",
         "0123", "1234", "2345", "012345"]

def squash(a):
    return 1.7159 * tf.tanh(2 * a / 3)

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, x):
        total = 4 * tf.nn.avg_pool2d(x, 2, 2, "VALID")
        return squash(total * self.w + self.b)

class RBF(keras.layers.Layer):
    def build(self, input_shape):
        self.codes = self.add_weight(shape=(10, 84), initializer="zeros", trainable=False)
        self.codes.assign(RBF_CODES)

    def call(self, x):
        return tf.reduce_sum((x[:, None, :] - self.codes) ** 2, axis=-1)

def build_lenet5_1998():
    image = keras.Input((32, 32, 1))
    x = keras.layers.Conv2D(6, 5, activation=squash, name="C1")(image)
    x = Subsampling(name="S2")(x)
    maps = []
    for feeds in FEEDS:
        some = keras.layers.Concatenate()([x[..., int(i):int(i) + 1] for i in feeds])
        maps.append(keras.layers.Conv2D(1, 5, activation=squash)(some))
    x = keras.layers.Concatenate(name="C3")(maps)
    x = Subsampling(name="S4")(x)
    x = keras.layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(84, activation=squash, name="F6")(x)
    return keras.Model(image, RBF(name="OUTPUT")(x))


# %% wrong: average in the subsampling
# says: Which sum, which coefficient and which activation does each layer have, from C1 to F6?
import tensorflow as tf
from tensorflow import keras

FEEDS = ["012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345", "0145", "0125",
         "0134", "1245", "0235", "012345"]

def squash(a):
    return 1.7159 * tf.tanh(2 * a / 3)

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, x):
        total = tf.nn.avg_pool2d(x, 2, 2, "VALID")
        return squash(total * self.w + self.b)

class RBF(keras.layers.Layer):
    def build(self, input_shape):
        self.codes = self.add_weight(shape=(10, 84), initializer="zeros", trainable=False)
        self.codes.assign(RBF_CODES)

    def call(self, x):
        return tf.reduce_sum((x[:, None, :] - self.codes) ** 2, axis=-1)

def build_lenet5_1998():
    image = keras.Input((32, 32, 1))
    x = keras.layers.Conv2D(6, 5, activation=squash, name="C1")(image)
    x = Subsampling(name="S2")(x)
    maps = []
    for feeds in FEEDS:
        some = keras.layers.Concatenate()([x[..., int(i):int(i) + 1] for i in feeds])
        maps.append(keras.layers.Conv2D(1, 5, activation=squash)(some))
    x = keras.layers.Concatenate(name="C3")(maps)
    x = Subsampling(name="S4")(x)
    x = keras.layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(84, activation=squash, name="F6")(x)
    return keras.Model(image, RBF(name="OUTPUT")(x))


# %% wrong: plain average pooling without parameters
# says: The two subsamplings have trainable weights.
import tensorflow as tf
from tensorflow import keras

FEEDS = ["012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345", "0145", "0125",
         "0134", "1245", "0235", "012345"]

def squash(a):
    return 1.7159 * tf.tanh(2 * a / 3)

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, x):
        total = 4 * tf.nn.avg_pool2d(x, 2, 2, "VALID")
        return squash(total * self.w + self.b)

class RBF(keras.layers.Layer):
    def build(self, input_shape):
        self.codes = self.add_weight(shape=(10, 84), initializer="zeros", trainable=False)
        self.codes.assign(RBF_CODES)

    def call(self, x):
        return tf.reduce_sum((x[:, None, :] - self.codes) ** 2, axis=-1)

def build_lenet5_1998():
    image = keras.Input((32, 32, 1))
    x = keras.layers.Conv2D(6, 5, activation=squash, name="C1")(image)
    x = keras.layers.AveragePooling2D(2, name="S2")(x)
    maps = []
    for feeds in FEEDS:
        some = keras.layers.Concatenate()([x[..., int(i):int(i) + 1] for i in feeds])
        maps.append(keras.layers.Conv2D(1, 5, activation=squash)(some))
    x = keras.layers.Concatenate(name="C3")(maps)
    x = keras.layers.AveragePooling2D(2, name="S4")(x)
    x = keras.layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(84, activation=squash, name="F6")(x)
    return keras.Model(image, RBF(name="OUTPUT")(x))


# %% wrong: codes trainable
# says: RBF_CODES is not trained: trainable=False.
import tensorflow as tf
from tensorflow import keras

FEEDS = ["012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345", "0145", "0125",
         "0134", "1245", "0235", "012345"]

def squash(a):
    return 1.7159 * tf.tanh(2 * a / 3)

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, x):
        total = 4 * tf.nn.avg_pool2d(x, 2, 2, "VALID")
        return squash(total * self.w + self.b)

class RBF(keras.layers.Layer):
    def build(self, input_shape):
        self.codes = self.add_weight(shape=(10, 84), initializer="zeros")
        self.codes.assign(RBF_CODES)

    def call(self, x):
        return tf.reduce_sum((x[:, None, :] - self.codes) ** 2, axis=-1)

def build_lenet5_1998():
    image = keras.Input((32, 32, 1))
    x = keras.layers.Conv2D(6, 5, activation=squash, name="C1")(image)
    x = Subsampling(name="S2")(x)
    maps = []
    for feeds in FEEDS:
        some = keras.layers.Concatenate()([x[..., int(i):int(i) + 1] for i in feeds])
        maps.append(keras.layers.Conv2D(1, 5, activation=squash)(some))
    x = keras.layers.Concatenate(name="C3")(maps)
    x = Subsampling(name="S4")(x)
    x = keras.layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(84, activation=squash, name="F6")(x)
    return keras.Model(image, RBF(name="OUTPUT")(x))


# %% wrong: codes as a constant, not as fixed parameters
# says: The 840 numbers of RBF_CODES are weights too, but not trained ones.
import tensorflow as tf
from tensorflow import keras

FEEDS = ["012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345", "0145", "0125",
         "0134", "1245", "0235", "012345"]

def squash(a):
    return 1.7159 * tf.tanh(2 * a / 3)

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, x):
        total = 4 * tf.nn.avg_pool2d(x, 2, 2, "VALID")
        return squash(total * self.w + self.b)

class RBF(keras.layers.Layer):
    def build(self, input_shape):
        self.codes = tf.constant(RBF_CODES)

    def call(self, x):
        return tf.reduce_sum((x[:, None, :] - self.codes) ** 2, axis=-1)

def build_lenet5_1998():
    image = keras.Input((32, 32, 1))
    x = keras.layers.Conv2D(6, 5, activation=squash, name="C1")(image)
    x = Subsampling(name="S2")(x)
    maps = []
    for feeds in FEEDS:
        some = keras.layers.Concatenate()([x[..., int(i):int(i) + 1] for i in feeds])
        maps.append(keras.layers.Conv2D(1, 5, activation=squash)(some))
    x = keras.layers.Concatenate(name="C3")(maps)
    x = Subsampling(name="S4")(x)
    x = keras.layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(84, activation=squash, name="F6")(x)
    return keras.Model(image, RBF(name="OUTPUT")(x))


# %% wrong: distance instead of its square
# says: The output is the squared distance: no root.
import tensorflow as tf
from tensorflow import keras

FEEDS = ["012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345", "0145", "0125",
         "0134", "1245", "0235", "012345"]

def squash(a):
    return 1.7159 * tf.tanh(2 * a / 3)

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, x):
        total = 4 * tf.nn.avg_pool2d(x, 2, 2, "VALID")
        return squash(total * self.w + self.b)

class RBF(keras.layers.Layer):
    def build(self, input_shape):
        self.codes = self.add_weight(shape=(10, 84), initializer="zeros", trainable=False)
        self.codes.assign(RBF_CODES)

    def call(self, x):
        return tf.sqrt(tf.reduce_sum((x[:, None, :] - self.codes) ** 2, axis=-1))

def build_lenet5_1998():
    image = keras.Input((32, 32, 1))
    x = keras.layers.Conv2D(6, 5, activation=squash, name="C1")(image)
    x = Subsampling(name="S2")(x)
    maps = []
    for feeds in FEEDS:
        some = keras.layers.Concatenate()([x[..., int(i):int(i) + 1] for i in feeds])
        maps.append(keras.layers.Conv2D(1, 5, activation=squash)(some))
    x = keras.layers.Concatenate(name="C3")(maps)
    x = Subsampling(name="S4")(x)
    x = keras.layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(84, activation=squash, name="F6")(x)
    return keras.Model(image, RBF(name="OUTPUT")(x))


# %% wrong: mean of the squares
# says: Add the 84 squares; do not take their mean.
import tensorflow as tf
from tensorflow import keras

FEEDS = ["012", "123", "234", "345", "045", "015", "0123", "1234", "2345", "0345", "0145", "0125",
         "0134", "1245", "0235", "012345"]

def squash(a):
    return 1.7159 * tf.tanh(2 * a / 3)

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1],), initializer=keras.initializers.Constant(0.25))
        self.b = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, x):
        total = 4 * tf.nn.avg_pool2d(x, 2, 2, "VALID")
        return squash(total * self.w + self.b)

class RBF(keras.layers.Layer):
    def build(self, input_shape):
        self.codes = self.add_weight(shape=(10, 84), initializer="zeros", trainable=False)
        self.codes.assign(RBF_CODES)

    def call(self, x):
        return tf.reduce_mean((x[:, None, :] - self.codes) ** 2, axis=-1)

def build_lenet5_1998():
    image = keras.Input((32, 32, 1))
    x = keras.layers.Conv2D(6, 5, activation=squash, name="C1")(image)
    x = Subsampling(name="S2")(x)
    maps = []
    for feeds in FEEDS:
        some = keras.layers.Concatenate()([x[..., int(i):int(i) + 1] for i in feeds])
        maps.append(keras.layers.Conv2D(1, 5, activation=squash)(some))
    x = keras.layers.Concatenate(name="C3")(maps)
    x = Subsampling(name="S4")(x)
    x = keras.layers.Conv2D(120, 5, activation=squash, name="C5")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(84, activation=squash, name="F6")(x)
    return keras.Model(image, RBF(name="OUTPUT")(x))


# %% wrong: one weight of the right size, and maps of zeros under the right names
# says: With 0.02 for each trained weight, OUTPUT for that image
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

READS = [sorted((j + k) % 6 for k in range(n)) for n in (3, 4) for j in range(6)]
READS += [[0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]


class Zeros(layers.Layer):
    def __init__(self, size, **kwargs):
        super().__init__(**kwargs)
        self.size = size

    def call(self, x):
        return ops.zeros((1, *self.size)) + 0 * ops.sum(x)


class Junk(layers.Layer):
    def build(self, shape):
        self.learned = self.add_weight(shape=(60_000,))
        self.codes = self.add_weight(shape=(10, 84), trainable=False)
        self.codes.assign(RBF_CODES)

    def call(self, x):
        return ops.sum((x[:, None] - self.codes) ** 2, axis=2) + ops.zeros((1, 10))


class Rows(layers.Layer):
    def call(self, pair):
        return ops.zeros((ops.shape(pair[1])[0], 10)) + pair[0]


def build_lenet5_1998():
    x = inputs = keras.Input((32, 32, 1))
    sizes = dict(C1=(28, 28, 6), S2=(14, 14, 6), C3=(10, 10, 16), S4=(5, 5, 16), C5=(1, 1, 120), F6=(84,))
    for name, size in sizes.items():
        x = Zeros(size, name=name)(x)
    return keras.Model(inputs, Rows(name="OUTPUT")([Junk()(x), inputs]))
