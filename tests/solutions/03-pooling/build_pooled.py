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
# says: The relu stands after the first convolution, not after the second.
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
# says: The filters have a bias each.
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
