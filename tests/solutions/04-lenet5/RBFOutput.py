# %% right: differences in the middle axis
import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, initializer="zeros", trainable=False, name="codes")
        self.codes.assign(codes)

    def call(self, x):
        return keras.ops.sum((keras.ops.expand_dims(x, 1) - self.codes) ** 2, axis=-1)


# %% right: made in build, transposed, TensorFlow
import tensorflow as tf

class RBFOutput(tf.keras.layers.Layer):
    def __init__(self, codes):
        super().__init__()
        self.given = codes

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], len(self.given)), trainable=False)
        self.w.assign(self.given.T)

    def call(self, inputs):
        return tf.reduce_sum(tf.square(inputs[:, :, None] - self.w[None]), axis=1)


# %% right: the square written out
from tensorflow import keras
from keras import ops

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(trainable=False, **kwargs)
        self.kernel = self.add_weight(shape=codes.shape, initializer=keras.initializers.Constant(0.0))
        self.kernel.assign(codes)

    def call(self, x):
        own = ops.sum(x * x, axis=1, keepdims=True)
        codes = ops.sum(self.kernel * self.kernel, axis=1)
        return own - 2 * ops.matmul(x, ops.transpose(self.kernel)) + codes


# %% right: a loop over the codes, each a weight
import keras

class RBFOutput(keras.Layer):
    def __init__(self, codes, name=None, **others):
        super().__init__(name=name, **others)
        self.units = []
        for i, code in enumerate(codes):
            self.units.append(self.add_weight(shape=code.shape, name=f"code_{i}", trainable=False))
            self.units[-1].assign(code)

    def call(self, x):
        return keras.ops.stack([keras.ops.sum(keras.ops.square(x - unit), axis=1) for unit in self.units], axis=1)


# %% right: keras.Variable, norm and its square
import numpy as np
import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = keras.Variable(np.asarray(codes, "float32"), trainable=False)

    def call(self, x):
        return keras.ops.norm(x[:, None, :] - self.codes, axis=2) ** 2


# %% right: an initializer that gives the codes
from tensorflow import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.values = keras.ops.convert_to_tensor(codes)
        self.codes = self.add_weight(shape=self.values.shape, trainable=False,
                                     initializer=lambda shape, dtype=None: keras.ops.cast(self.values, dtype))

    def call(self, x, training=None):
        return keras.ops.einsum("ncd,ncd->nc", x[:, None] - self.codes, x[:, None] - self.codes)


# %% right: a dense layer of its own holds the codes
import tensorflow as tf
from tensorflow import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.product = keras.layers.Dense(len(codes), use_bias=False, trainable=False)
        self.product.build((None, codes.shape[1]))
        self.product.kernel.assign(codes.T)

    def call(self, x):
        squares = tf.reduce_sum(x ** 2, 1, keepdims=True) + tf.reduce_sum(self.product.kernel ** 2, 0)
        return squares - 2 * self.product(x)


# %% wrong: the root taken
# says: The squared distance: no root.
import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False)
        self.codes.assign(codes)

    def call(self, x):
        return keras.ops.sqrt(keras.ops.sum((x[:, None] - self.codes) ** 2, axis=2))


# %% wrong: mean of the squares
# says: Add the squares; do not take their mean.
import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False)
        self.codes.assign(codes)

    def call(self, x):
        return keras.ops.mean((x[:, None] - self.codes) ** 2, axis=2)


# %% wrong: absolute differences
# says: Add the squares, not the absolute differences.
import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False)
        self.codes.assign(codes)

    def call(self, x):
        return keras.ops.sum(keras.ops.abs(x[:, None] - self.codes), axis=2)


# %% wrong: product with the codes
# says: That is a product with the codes: take the distance.
import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False)
        self.codes.assign(codes)

    def call(self, x):
        return keras.ops.matmul(x, keras.ops.transpose(self.codes))


# %% wrong: negative distance, for the largest to win
# says: A distance is not negative.
import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False)
        self.codes.assign(codes)

    def call(self, x):
        return -keras.ops.sum((x[:, None] - self.codes) ** 2, axis=2)


# %% wrong: codes that are trained
# says: The codes are not trained: trainable=False.
import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape)
        self.codes.assign(codes)

    def call(self, x):
        return keras.ops.sum((x[:, None] - self.codes) ** 2, axis=2)


# %% wrong: codes that are no weight
# says: The codes are a weight of the layer, made with add_weight.
import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = keras.ops.convert_to_tensor(codes)

    def call(self, x):
        return keras.ops.sum((x[:, None] - self.codes) ** 2, axis=2)


# %% wrong: 84 for the sum of a code's squares
# says: should be
import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False)
        self.codes.assign(codes)

    def call(self, x):
        own = keras.ops.sum(x ** 2, axis=1, keepdims=True)
        return own - 2 * keras.ops.matmul(x, keras.ops.transpose(self.codes)) + 84


# %% wrong: the sum of the squares as if all were 1
# says: The codes need not be +1 and -1
import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = self.add_weight(shape=codes.shape, trainable=False)
        self.codes.assign(codes)

    def call(self, x):
        own = keras.ops.sum(x ** 2, axis=1, keepdims=True)
        return own - 2 * keras.ops.matmul(x, keras.ops.transpose(self.codes)) + self.codes.shape[1]


# %% wrong: the weight is there and not used
# says: The layer has to compute with its weights: they are the codes.
import keras

class RBFOutput(keras.layers.Layer):
    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        self.given = keras.ops.convert_to_tensor(codes)
        self.codes = self.add_weight(shape=codes.shape, trainable=False)

    def call(self, x):
        return keras.ops.sum((x[:, None] - self.given) ** 2, axis=2)
