# %% right: keras Sequential with Input
import keras
from keras import layers


def build_pooled():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
    ])


def build_strided():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.Conv2D(16, 3, strides=2, padding="same"),
    ])


# %% right: tensorflow.keras Sequential with input_shape in the first layer
from tensorflow import keras


def build_pooled():
    model = keras.models.Sequential()
    model.add(keras.layers.Conv2D(16, (3, 3), padding="same", activation="relu", input_shape=(28, 28, 1)))
    model.add(keras.layers.MaxPooling2D(pool_size=(2, 2)))
    return model


def build_strided():
    model = keras.models.Sequential()
    model.add(keras.layers.Conv2D(16, (3, 3), padding="same", activation="relu", input_shape=(28, 28, 1)))
    model.add(keras.layers.Conv2D(16, (3, 3), strides=(2, 2), padding="same"))
    return model


# %% right: Sequential without Input, built afterwards
import keras
from keras.layers import Conv2D, MaxPool2D


def start():
    return keras.Sequential([Conv2D(filters=16, kernel_size=3, padding="same", activation="relu")])


def build_pooled():
    out = start()
    out.add(MaxPool2D(pool_size=2, strides=2, padding="valid"))
    out.build((None, 28, 28, 1))
    return out


def build_strided():
    out = start()
    out.add(Conv2D(filters=16, kernel_size=3, strides=2, padding="same", activation=None))
    out.build(input_shape=(None, 28, 28, 1))
    return out


# %% right: functional, compiled, named layers
from tensorflow import keras
from tensorflow.keras import layers


def build_pooled():
    inputs = keras.Input((28, 28, 1), name="image")
    x = layers.Conv2D(16, 3, padding="same", activation="relu", name="conv")(inputs)
    x = layers.MaxPooling2D(2, name="pool")(x)
    model = keras.Model(inputs, x, name="pooled")
    model.compile(optimizer="adam", loss="mse")
    return model


def build_strided():
    inputs = keras.Input((28, 28, 1), name="image")
    x = layers.Conv2D(16, 3, padding="same", activation="relu", name="conv")(inputs)
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="linear", name="smaller")(x)
    model = keras.Model(inputs=inputs, outputs=x, name="strided")
    model.compile(keras.optimizers.SGD(0.1), keras.losses.MeanSquaredError(), jit_compile=False)
    return model


# %% right: activation as a layer of its own
import keras
from keras import layers


def build_pooled():
    x = inputs = keras.Input(shape=(28, 28, 1), batch_size=None, dtype="float32")
    for layer in (layers.Conv2D(16, 3, padding="same"), layers.ReLU(), layers.MaxPooling2D()):
        x = layer(x)
    return keras.Model(inputs, x)


def build_strided():
    return keras.Sequential([
        layers.InputLayer(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same"),
        layers.Activation("relu"),
        layers.Conv2D(16, 3, strides=(2, 2), padding="same", use_bias=True),
        layers.Activation("linear"),
    ])


# %% right: subclassed keras.Model, not built
import keras
from keras import layers


class Net(keras.Model):
    def __init__(self, last):
        super().__init__()
        self.conv = layers.Conv2D(16, 3, padding="same", activation="relu")
        self.last = last

    def call(self, x):
        return self.last(self.conv(x))


def build_pooled():
    return Net(layers.MaxPooling2D(2))


def build_strided():
    return Net(layers.Conv2D(16, 3, strides=2, padding="same"))


# %% right: padding in capitals, kernel as a pair
import keras
import tensorflow as tf
from keras import layers


def build_pooled():
    return keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(16, (3, 3), padding="SAME", activation="relu"),
                             layers.MaxPooling2D((2, 2), padding="same")])


def build_strided():
    return keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(16, (3, 3), padding="SAME", activation="relu"),
                             layers.Conv2D(16, (3, 3), (2, 2), padding="Same")])


# %% right: add() and a lambda
import keras
import tensorflow as tf
from keras import layers


def build_pooled():
    model = keras.Sequential()
    model.add(keras.Input((28, 28, 1)))
    model.add(layers.Conv2D(16, 3, padding="same", activation=lambda a: keras.ops.maximum(a, 0)))
    model.add(layers.MaxPool2D(pool_size=(2, 2), strides=2))
    return model


def build_strided():
    model = keras.Sequential()
    model.add(keras.Input((28, 28, 1)))
    model.add(layers.Conv2D(16, 3, padding="same", activation=lambda a: tf.nn.relu(a)))
    model.add(layers.Conv2D(16, 3, strides=2, padding="same", activation=lambda a: a))
    return model


# %% right: functions of TensorFlow and Keras as activations
import keras
import tensorflow as tf
from keras import layers


def build_pooled():
    return tf.keras.Sequential([tf.keras.Input((28, 28, 1)), tf.keras.layers.Conv2D(16, 3, padding="same", activation=tf.nn.relu),
                                tf.keras.layers.MaxPool2D(2)])


def build_strided():
    return tf.keras.Sequential([tf.keras.Input((28, 28, 1)), layers.Conv2D(16, 3, padding="same", activation=keras.ops.relu),
                                layers.Conv2D(16, 3, 2, padding="same", activation=keras.activations.linear)])


# %% right: Sequential without Input, not built
import keras
import tensorflow as tf
from keras import layers


def build_pooled():
    return keras.Sequential([layers.Conv2D(16, 3, padding="same", activation="relu"), layers.MaxPooling2D(2)])


def build_strided():
    return keras.Sequential([layers.Conv2D(16, 3, padding="same", activation="relu"), layers.Conv2D(16, 3, strides=2, padding="same")])


# %% right: a class derived from Sequential
import keras
import tensorflow as tf
from keras import layers


class Net(keras.Sequential):
    def __init__(self, end):
        super().__init__([keras.Input((28, 28, 1)), layers.Conv2D(16, 3, padding="same", activation="relu"), *end])


def build_pooled():
    return Net([layers.MaxPooling2D(2)])


def build_strided():
    return Net([layers.Conv2D(16, 3, 2, "same")])


# %% right: subclassed models, built
import keras
import tensorflow as tf
from keras import layers


class Net(keras.Model):
    def __init__(self, second):
        super().__init__()
        self.first, self.second = layers.Conv2D(16, 3, padding="same"), second

    def call(self, x):
        return self.second(tf.nn.relu(self.first(x)))


def make(second):
    model = Net(second)
    model(tf.zeros((1, 28, 28, 1)))
    return model


def build_pooled():
    return make(layers.MaxPooling2D(2))


def build_strided():
    return make(layers.Conv2D(16, 3, 2, "same"))


# %% right: a first model inside a second one
import keras
import tensorflow as tf
from keras import layers


def first():
    return keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(16, 3, padding="same"), layers.ReLU()])


def build_pooled():
    x = inputs = keras.Input((28, 28, 1))
    return keras.Model(inputs, layers.MaxPooling2D(2)(first()(x)))


def build_strided():
    return keras.Sequential([first(), layers.Conv2D(16, 3, strides=(2, 2), padding="same")])


# %% right: keras.ops for pooling and padding
import keras
import tensorflow as tf
from keras import layers


def build_pooled():
    inputs = keras.Input((28, 28, 1))
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
    return keras.Model(inputs, keras.ops.max_pool(x, 2, 2))


def build_strided():
    inputs = keras.Input((28, 28, 1))
    x = keras.ops.relu(layers.Conv2D(16, 3, padding="same")(inputs))
    x = layers.ZeroPadding2D(((0, 1), (0, 1)))(x)
    return keras.Model(inputs, layers.Conv2D(16, 3, strides=2)(x))


# %% right: a pooling and a relu of one's own
import keras
import tensorflow as tf
from keras import layers


class Ramp(layers.Layer):
    def call(self, x):
        return keras.ops.where(x > 0, x, 0.0)


class Largest(layers.Layer):
    def call(self, x):
        rows = keras.ops.maximum(x[:, ::2], x[:, 1::2])
        return keras.ops.maximum(rows[:, :, ::2], rows[:, :, 1::2])


def build_pooled():
    return keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(16, 3, padding="same"), Ramp(), Largest()])


def build_strided():
    return keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(16, 3, padding="same"), Ramp(),
                             layers.Conv2D(16, 3, strides=2, padding="same")])


# %% wrong: average pooling
# says: That is average pooling.
import keras
from keras import layers


def build_pooled():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.AveragePooling2D(2),
    ])


def build_strided():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.Conv2D(16, 3, strides=2, padding="same"),
    ])


# %% wrong: valid padding in the pooled model's convolution
# says: Both networks halve 28 to 14: every convolution has the padding "same".
import keras
from keras import layers


def build_pooled():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(2),
    ])


def build_strided():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.Conv2D(16, 3, strides=2, padding="same"),
    ])


# %% wrong: no activation in the pooled model
# says: The relu after the convolution is missing.
import keras
from keras import layers


def build_pooled():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same"),
        layers.MaxPooling2D(2),
    ])


def build_strided():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.Conv2D(16, 3, strides=2, padding="same"),
    ])


# %% wrong: no activation in the strided model
# says: The relu after the first convolution is missing.
import keras
from keras import layers


def build_pooled():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
    ])


def build_strided():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same"),
        layers.Conv2D(16, 3, strides=2, padding="same"),
    ])


# %% wrong: relu on the strided convolution
# says: The second convolution has no activation: its output may be below zero.
import keras
from keras import layers


def build_pooled():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
    ])


def build_strided():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
    ])


# %% wrong: relu on the strided convolution instead of the first
# says: The relu comes after the first convolution, not after the second.
import keras
from keras import layers


def build_pooled():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
    ])


def build_strided():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same"),
        layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
    ])


# %% wrong: sigmoid instead of relu
# says: The activation is relu.
import keras
from keras import layers


def build_pooled():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="sigmoid"),
        layers.MaxPooling2D(2),
    ])


def build_strided():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.Conv2D(16, 3, strides=2, padding="same"),
    ])


# %% wrong: no bias in the pooled model
# says: Each filter has a bias.
import keras
from keras import layers


def build_pooled():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu", use_bias=False),
        layers.MaxPooling2D(2),
    ])


def build_strided():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.Conv2D(16, 3, strides=2, padding="same"),
    ])


# %% wrong: 5x5 kernel in the pooled model
# says: The filters are 3×3.
import keras
from keras import layers


def build_pooled():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 5, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
    ])


def build_strided():
    return keras.Sequential([
        keras.Input(shape=(28, 28, 1)),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.Conv2D(16, 3, strides=2, padding="same"),
    ])


# %% wrong: one weight of the right size, and zeros
# says: With fixed weights, what build_pooled() gives for a fixed image
import keras


class Junk(keras.layers.Layer):
    def __init__(self, n):
        super().__init__()
        self.n = n

    def build(self, shape):
        self.w = self.add_weight(shape=(self.n,))

    def call(self, x):
        return keras.ops.zeros_like(x[:, ::2, ::2] + keras.ops.zeros((16,)))


def build_pooled():
    return keras.Sequential([keras.Input((28, 28, 1)), Junk(160)])


def build_strided():
    return keras.Sequential([keras.Input((28, 28, 1)), Junk(2_480)])


# %% wrong: pooling first
# says: Convolution first, pooling afterwards.
import keras


def build_pooled():
    return keras.Sequential([keras.Input((28, 28, 1)), keras.layers.MaxPooling2D(2),
                             keras.layers.Conv2D(16, 3, padding="same", activation="relu")])


def build_strided():
    return keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
                             keras.layers.Conv2D(16, 3, strides=2, padding="same")])


# %% wrong: a dropout where none belongs
# says: In training, with the same weights
import keras


def build_pooled():
    return keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
                             keras.layers.MaxPooling2D(2), keras.layers.Dropout(0.25)])


def build_strided():
    return keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
                             keras.layers.Conv2D(16, 3, strides=2, padding="same")])


# %% wrong: the first convolution has the stride
# says: The second convolution has the stride, not the first.
import keras


def build_pooled():
    return keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
                             keras.layers.MaxPooling2D(2)])


def build_strided():
    return keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
                             keras.layers.Conv2D(16, 3, padding="same")])


# %% wrong: no second convolution
# says: The second convolution halves the sides with its stride of 2: is it there, and has it the stride?
def build_pooled():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
        ]
    )


def build_strided():
    return keras.Sequential([keras.Input((28, 28, 1)), keras.layers.Conv2D(16, 3, padding="same", activation="relu")])


# %% wrong: no stride in the second convolution
# says: The second convolution halves the sides with its stride of 2: is it there, and has it the stride?
def build_pooled():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
        ]
    )


def build_strided():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.Conv2D(16, 3, padding="same"),
    ])
