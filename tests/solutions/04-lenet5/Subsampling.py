# %% right: slices
import tensorflow as tf
from tensorflow import keras

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        maps = input_shape[-1]
        self.coefficient = self.add_weight(shape=(maps,), initializer="ones", name="w")
        self.bias = self.add_weight(shape=(maps,), initializer="zeros", name="b")
        self.built = True

    def call(self, x):
        total = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return 1.7159 * tf.tanh(2 / 3 * (self.coefficient * total + self.bias))


# %% right: four times the average
import tensorflow as tf
import keras

class Subsampling(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.pool = keras.layers.AveragePooling2D(pool_size=2)

    def build(self, shape):
        c = shape[-1]
        self.b = self.add_weight(name="b", shape=(1, 1, 1, c), initializer="zeros", trainable=True)
        self.w = self.add_weight(name="w", shape=(1, 1, 1, c), initializer="random_normal", trainable=True)

    def call(self, inputs):
        a = 4.0 * self.pool(inputs) * self.w + self.b
        return keras.ops.multiply(1.7159, keras.ops.tanh(2.0 * a / 3.0))

    def compute_output_shape(self, shape):
        return (shape[0], shape[1] // 2, shape[2] // 2, shape[3])


# %% right: depthwise convolution with a kernel of the coefficient
import tensorflow as tf

class Subsampling(tf.keras.Layer):
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(1, 1, input_shape[-1], 1), initializer="glorot_uniform")
        self.offset = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, x, training=None):
        k = tf.tile(self.kernel, (2, 2, 1, 1))
        out = tf.nn.depthwise_conv2d(x, k, strides=[1, 2, 2, 1], padding="VALID")
        out = tf.nn.bias_add(out, self.offset)
        return 1.7159 * tf.nn.tanh(out * (2 / 3))


# %% right: one weight of two rows
import keras
from keras import ops

@keras.saving.register_keras_serializable("lenet")
class Subsampling(keras.layers.Layer):
    """S2 and S4 of the paper."""
    def __init__(self, name=None, **rest):
        super().__init__(name=name, **rest)

    def build(self, input_shape):
        self.both = self.add_weight(shape=(2, input_shape[-1]), name="coefficient_and_bias",
                                    initializer=keras.initializers.RandomUniform(-0.6, 0.6, seed=3))
        super().build(input_shape)

    def call(self, x):
        n, h, w, c = ops.shape(x)
        sums = ops.sum(ops.reshape(x, (-1, h // 2, 2, w // 2, 2, c)), axis=(2, 4))
        return 1.7159 * ops.tanh((sums * self.both[0] + self.both[1]) * 2 / 3)


# %% right: sub-layer EinsumDense holds the parameters
from tensorflow import keras

def squash(a):
    return 1.7159 * keras.ops.tanh(a * (2 / 3))

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        n, h, w, c = input_shape
        self.affine = keras.layers.EinsumDense("nhwc,c->nhwc", output_shape=(h // 2, w // 2, c),
                                               bias_axes="c", activation=squash)
        self.affine.build((n, h // 2, w // 2, c))

    def call(self, x):
        return self.affine(keras.ops.average_pool(x, 2, 2) * 4)


# %% right: rows and columns kept from build
import keras

class Subsampling(keras.layers.Layer):
    def build(self, shape):
        self.rows, self.columns, self.maps = shape[1] // 2, shape[2] // 2, shape[3]
        self.w = self.add_weight(shape=(self.maps,), initializer="ones")
        self.b = self.add_weight(shape=(self.maps,), initializer="zeros")

    def call(self, x):
        four = keras.ops.reshape(x, (-1, self.rows, 2, self.columns, 2, self.maps))
        return 1.7159 * keras.ops.tanh(2 / 3 * (self.w * keras.ops.sum(four, axis=(2, 4)) + self.b))


# %% right: convolution with a fixed kernel of ones
import keras
import tensorflow as tf

class Subsampling(keras.layers.Layer):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)

    def build(self, shape):
        self.gain = self.add_weight(shape=(1, 1, 1, shape[-1]), initializer="ones")
        self.level = self.add_weight(shape=(1, 1, 1, shape[-1]), initializer="zeros")
        self.window = tf.ones((2, 2, shape[-1], 1))

    def call(self, x):
        four = tf.nn.depthwise_conv2d(x, self.window, [1, 2, 2, 1], "VALID")
        return 1.7159 * tf.math.tanh((self.gain * four + self.level) / 1.5)


# %% right: the bias first, tanh by exp
import keras

class Subsampling(keras.layers.Layer):
    def build(self, shape):
        self.level = self.add_weight(shape=(shape[-1],), name="level")
        self.gain = self.add_weight(shape=(shape[-1],), name="gain")

    def call(self, x):
        rows = x[:, ::2] + x[:, 1::2]
        a = self.gain * (rows[:, :, ::2] + rows[:, :, 1::2]) + self.level
        return 1.7159 * (2 * keras.ops.sigmoid(4 / 3 * a) - 1)


# %% right: a pooling layer of Keras and a depthwise one inside
from tensorflow import keras

class Subsampling(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.mean, self.scale = keras.layers.AveragePooling2D(2), keras.layers.DepthwiseConv2D(1)

    def build(self, shape):
        self.scale.build((shape[0], shape[1] // 2, shape[2] // 2, shape[3]))

    def call(self, x):
        return 1.7159 * keras.ops.tanh(self.scale(4 * self.mean(x)) * (2 / 3))

    def compute_output_shape(self, shape):
        return shape[0], shape[1] // 2, shape[2] // 2, shape[3]


# %% right: one scalar weight for each number
import keras

class Subsampling(keras.layers.Layer):
    def build(self, shape):
        self.w = [self.add_weight(shape=(), initializer="ones", name=f"w{i}") for i in range(shape[-1])]
        self.b = [self.add_weight(shape=(), initializer="zeros", name=f"b{i}") for i in range(shape[-1])]

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        maps = [w * four[..., i] + b for i, (w, b) in enumerate(zip(self.w, self.b))]
        return 1.7159 * keras.ops.tanh(2 / 3 * keras.ops.stack(maps, axis=-1))


# %% wrong: average instead of sum
# says: The sum of the four, not their mean; times the coefficient, then plus the bias; then f(a) = 1.7159 tanh(2a/3).
import tensorflow as tf
from tensorflow import keras

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        maps = input_shape[-1]
        self.coefficient = self.add_weight(shape=(maps,), initializer="ones", name="w")
        self.bias = self.add_weight(shape=(maps,), initializer="zeros", name="b")
        self.built = True

    def call(self, x):
        total = (x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]) / 4
        return 1.7159 * tf.tanh(2 / 3 * (self.coefficient * total + self.bias))


# %% wrong: maximum instead of sum
# says: The four inputs are added; do not take the largest.
import tensorflow as tf
from tensorflow import keras

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        maps = input_shape[-1]
        self.coefficient = self.add_weight(shape=(maps,), initializer="ones", name="w")
        self.bias = self.add_weight(shape=(maps,), initializer="zeros", name="b")
        self.built = True

    def call(self, x):
        total = tf.nn.max_pool2d(x, 2, 2, 'VALID')
        return 1.7159 * tf.tanh(2 / 3 * (self.coefficient * total + self.bias))


# %% wrong: overlapping windows, stride 1
# says: The windows lie side by side: the stride is 2.
import tensorflow as tf
from tensorflow import keras

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        maps = input_shape[-1]
        self.coefficient = self.add_weight(shape=(maps,), initializer="ones", name="w")
        self.bias = self.add_weight(shape=(maps,), initializer="zeros", name="b")
        self.built = True

    def call(self, x):
        total = 4 * tf.nn.avg_pool2d(x, 2, 1, 'VALID')
        return 1.7159 * tf.tanh(2 / 3 * (self.coefficient * total + self.bias))


# %% wrong: no squashing function
# says: The squashing function is missing.
import tensorflow as tf
from tensorflow import keras

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        maps = input_shape[-1]
        self.coefficient = self.add_weight(shape=(maps,), initializer="ones", name="w")
        self.bias = self.add_weight(shape=(maps,), initializer="zeros", name="b")
        self.built = True

    def call(self, x):
        total = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return self.coefficient * total + self.bias


# %% wrong: plain tanh
# says: The squashing function is 1.7159 tanh(2a/3), not tanh.
import tensorflow as tf
from tensorflow import keras

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        maps = input_shape[-1]
        self.coefficient = self.add_weight(shape=(maps,), initializer="ones", name="w")
        self.bias = self.add_weight(shape=(maps,), initializer="zeros", name="b")
        self.built = True

    def call(self, x):
        total = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return tf.tanh(self.coefficient * total + self.bias)


# %% wrong: no bias
# says: Two per map: a coefficient and a bias.
import tensorflow as tf
from tensorflow import keras

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        maps = input_shape[-1]
        self.coefficient = self.add_weight(shape=(maps,), initializer="ones", name="w")
        self.built = True

    def call(self, x):
        total = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return 1.7159 * tf.tanh(2 / 3 * (self.coefficient * total))


# %% wrong: one coefficient and one bias for all maps
# says: Each map has its own coefficient and bias.
import tensorflow as tf
from tensorflow import keras

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        maps = input_shape[-1]
        self.coefficient = self.add_weight(shape=(1,), initializer="ones", name="w")
        self.bias = self.add_weight(shape=(1,), initializer="zeros", name="b")
        self.built = True

    def call(self, x):
        total = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return 1.7159 * tf.tanh(2 / 3 * (self.coefficient * total + self.bias))


# %% wrong: sides exchanged in the reshape
# says: Height and width are halved: windows of 2×2, side by side.
import tensorflow as tf
from tensorflow import keras

class Subsampling(keras.layers.Layer):
    def build(self, input_shape):
        maps = input_shape[-1]
        self.coefficient = self.add_weight(shape=(maps,), initializer="ones", name="w")
        self.bias = self.add_weight(shape=(maps,), initializer="zeros", name="b")
        self.built = True

    def call(self, x):
        n, h, w, c = x.shape
        total = tf.reduce_sum(tf.reshape(x, (-1, w // 2, 2, h // 2, 2, c)), axis=(2, 4))
        return 1.7159 * tf.tanh(2 / 3 * (self.coefficient * total + self.bias))


# %% wrong: an __init__ that takes nothing
# says: super().__init__(**kwargs)
import keras

class Subsampling(keras.layers.Layer):
    def __init__(self):
        super().__init__()

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1],), initializer="ones")
        self.b = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return 1.7159 * keras.ops.tanh(2 / 3 * (self.w * four + self.b))


# %% wrong: an __init__ that takes a name only
# says: 3 of 5 points
import keras

class Subsampling(keras.layers.Layer):
    def __init__(self, name=None):
        super().__init__(name=name)

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1],), initializer="ones")
        self.b = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        four = x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]
        return 1.7159 * keras.ops.tanh(2 / 3 * (self.w * four + self.b))


# %% wrong: weights that are there and not used
# says: The inputs are 1, 0, 1, 0 and all weights 0.5
import keras

class Subsampling(keras.layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(2 * shape[-1],))

    def call(self, x):
        return 0 * x[:, ::2, ::2]
