# %% right: Sequential
from tensorflow import keras

def build_lenet5():
    model = keras.Sequential([
        keras.Input(shape=(32, 32, 1)),
        keras.layers.Conv2D(6, 5, activation="tanh"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(16, 5, activation="tanh"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(120, 5, activation="tanh"),
        keras.layers.Flatten(),
        keras.layers.Dense(84, activation="tanh"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: functional, loss as an object
from tensorflow.keras import layers, losses, optimizers, Model, Input

def build_lenet5():
    inputs = Input((32, 32, 1), name="image")
    x = layers.Conv2D(6, (5, 5), activation="tanh", name="C1")(inputs)
    x = layers.AveragePooling2D((2, 2), name="S2")(x)
    x = layers.Conv2D(16, (5, 5), activation="tanh", name="C3")(x)
    x = layers.AveragePooling2D((2, 2), name="S4")(x)
    x = layers.Flatten()(x)
    x = layers.Dense(120, activation="tanh", name="C5")(x)
    x = layers.Dense(84, activation="tanh", name="F6")(x)
    out = layers.Dense(10, activation="softmax", name="OUTPUT")(x)
    model = Model(inputs=inputs, outputs=out, name="lenet5")
    model.compile(loss=losses.SparseCategoricalCrossentropy(from_logits=False),
                  optimizer=optimizers.SGD(learning_rate=0.1, momentum=0.9))
    return model


# %% right: add() in a loop over a configuration, activations as layers of their own, loss as a function
import tensorflow as tf

CONFIG = [("conv", 6), ("pool", 2), ("conv", 16), ("pool", 2), ("conv", 120), ("flat", None), ("dense", 84)]

def build_lenet5():
    net = tf.keras.Sequential()
    net.add(tf.keras.layers.InputLayer(shape=(32, 32, 1)))
    for kind, size in CONFIG:
        if kind == "conv":
            net.add(tf.keras.layers.Conv2D(filters=size, kernel_size=5, strides=1, padding="valid"))
        elif kind == "pool":
            net.add(tf.keras.layers.AvgPool2D(pool_size=size, strides=2))
        elif kind == "flat":
            net.add(tf.keras.layers.Flatten())
        else:
            net.add(tf.keras.layers.Dense(units=size))
        if kind in ("conv", "dense"):
            net.add(tf.keras.layers.Activation("tanh"))
    net.add(tf.keras.layers.Dense(10))
    net.add(tf.keras.layers.Softmax())
    net.compile("rmsprop", tf.keras.losses.sparse_categorical_crossentropy, metrics=["acc"])
    return net


# %% right: subclassed model, built
import keras
from keras import layers

class LeNet5(keras.Model):
    def __init__(self):
        super().__init__()
        self.c1 = layers.Conv2D(6, 5, activation="tanh")
        self.c3 = layers.Conv2D(16, 5, activation="tanh")
        self.c5 = layers.Conv2D(120, 5, activation="tanh")
        self.pool = layers.AveragePooling2D(2)
        self.flat = layers.Flatten()
        self.f6 = layers.Dense(84, activation="tanh")
        self.out = layers.Dense(10, activation="softmax")

    def call(self, x):
        x = self.pool(self.c1(x))
        x = self.pool(self.c3(x))
        return self.out(self.f6(self.flat(self.c5(x))))

def build_lenet5():
    model = LeNet5()
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(), optimizer=keras.optimizers.Adam(1e-3),
                  metrics=[keras.metrics.SparseCategoricalAccuracy()])
    model.build((None, 32, 32, 1))
    return model


# %% right: subclassed model, built by its first call, functions of TensorFlow between the layers
import numpy as np
import tensorflow as tf
from tensorflow import keras

class Net(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.convs = [keras.layers.Conv2D(n, 5) for n in (6, 16)]
        self.dense = [keras.layers.Dense(n) for n in (120, 84, 10)]

    def call(self, x, training=False):
        for conv in self.convs:
            x = tf.nn.avg_pool2d(tf.tanh(conv(x)), ksize=2, strides=2, padding="VALID")
        x = tf.reshape(x, (-1, 400))
        for dense in self.dense[:-1]:
            x = tf.tanh(dense(x))
        return tf.nn.softmax(self.dense[-1](x))

def build_lenet5():
    net = Net(name="lenet")
    net(np.zeros((1, 32, 32, 1), dtype="float32"))
    net.compile(optimizer=keras.optimizers.SGD(0.05), loss="sparse_categorical_crossentropy")
    return net


# %% right: functions of TensorFlow as activations
import keras
import tensorflow as tf
from keras import layers


def build_lenet5():
    model = tf.keras.Sequential([tf.keras.Input((32, 32, 1)),
                                 layers.Conv2D(6, (5, 5), activation=tf.nn.tanh), layers.AvgPool2D((2, 2)),
                                 layers.Conv2D(16, (5, 5), activation=tf.tanh), layers.AvgPool2D((2, 2)),
                                 layers.Conv2D(120, (5, 5), activation=tf.math.tanh), layers.Flatten(),
                                 layers.Dense(84, activation=tf.nn.tanh), layers.Dense(10, activation=tf.nn.softmax)])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: lambdas and functions of one's own
import keras
import tensorflow as tf
from keras import layers


def squash(a):
    return 1 - 2 / (keras.ops.exp(2 * a) + 1)


def build_lenet5():
    model = keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, activation=squash), layers.AveragePooling2D(2),
                              layers.Conv2D(16, 5, activation=lambda a: keras.ops.tanh(a)), layers.AveragePooling2D(2),
                              layers.Conv2D(120, 5, activation=keras.ops.tanh), layers.Flatten(),
                              layers.Dense(84, keras.activations.tanh), layers.Dense(10, keras.activations.softmax)])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: Dense 120 on the flattened maps
import keras
import tensorflow as tf
from keras import layers


def build_lenet5():
    model = keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, activation="tanh"), layers.AveragePooling2D(2),
                              layers.Conv2D(16, 5, activation="tanh"), layers.AveragePooling2D(2), layers.Flatten(),
                              layers.Dense(120, "tanh"), layers.Dense(84, "tanh"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: padding in capitals, strides written out
import keras
import tensorflow as tf
from keras import layers


def build_lenet5():
    model = keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, strides=1, padding="VALID", activation="tanh"),
                              layers.AveragePooling2D(2, 2, padding="valid"), layers.Conv2D(16, 5, 1, "Valid", activation="tanh"),
                              layers.AveragePooling2D(2, 2, padding="same"), layers.Conv2D(120, 5, activation="tanh"),
                              layers.Flatten(), layers.Dense(84, "tanh"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: Reshape for Flatten, softmax as a layer
import keras
import tensorflow as tf
from keras import layers


def build_lenet5():
    model = keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(6, 5), layers.Activation("tanh"), layers.AveragePooling2D(2),
                              layers.Conv2D(16, 5), layers.Activation(keras.ops.tanh), layers.AveragePooling2D(2),
                              layers.Conv2D(120, 5, activation="tanh"), layers.Reshape((120,)),
                              layers.Dense(84, "tanh"), layers.Dense(10), layers.Softmax()])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: GlobalAveragePooling2D for Flatten, input_shape
import keras
import tensorflow as tf
from keras import layers


def build_lenet5():
    model = keras.Sequential()
    model.add(layers.Conv2D(6, 5, activation="tanh", input_shape=(32, 32, 1)))
    model.add(layers.AveragePooling2D(2))
    model.add(layers.Conv2D(16, 5, activation="tanh"))
    model.add(layers.AveragePooling2D(2))
    model.add(layers.Conv2D(120, 5, activation="tanh"))
    model.add(layers.GlobalAveragePooling2D())
    model.add(layers.Dense(84, "tanh"))
    model.add(layers.Dense(10, "softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: Sequential without Input, not built
import keras
import tensorflow as tf
from keras import layers


def build_lenet5():
    model = keras.Sequential([layers.Conv2D(6, 5, activation="tanh"), layers.AveragePooling2D(2),
                              layers.Conv2D(16, 5, activation="tanh"), layers.AveragePooling2D(2),
                              layers.Conv2D(120, 5, activation="tanh"), layers.Flatten(),
                              layers.Dense(84, "tanh"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: a class derived from Sequential
import keras
import tensorflow as tf
from keras import layers


class LeNet(keras.Sequential):
    def __init__(self):
        super().__init__([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, activation="tanh"), layers.AveragePooling2D(2),
                          layers.Conv2D(16, 5, activation="tanh"), layers.AveragePooling2D(2),
                          layers.Conv2D(120, 5, activation="tanh"), layers.Flatten(), layers.Dense(84, "tanh"),
                          layers.Dense(10, "softmax")])


def build_lenet5():
    model = LeNet()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: two models, one after the other
import keras
import tensorflow as tf
from keras import layers


def build_lenet5():
    maps = keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, activation="tanh"), layers.AveragePooling2D(2),
                             layers.Conv2D(16, 5, activation="tanh"), layers.AveragePooling2D(2)])
    head = keras.Sequential([layers.Conv2D(120, 5, activation="tanh"), layers.Flatten(), layers.Dense(84, "tanh"),
                             layers.Dense(10, "softmax")])
    image = keras.Input((32, 32, 1))
    model = keras.Model(image, head(maps(image)))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: keras.ops for pooling and activations, loss as an object
import keras
import tensorflow as tf
from keras import layers


def build_lenet5():
    x = inputs = keras.Input((32, 32, 1))
    for filters in (6, 16):
        x = keras.ops.average_pool(keras.ops.tanh(layers.Conv2D(filters, 5)(x)), 2, 2)
    x = keras.ops.reshape(keras.ops.tanh(layers.Conv2D(120, 5)(x)), (-1, 120))
    x = keras.ops.tanh(layers.Dense(84)(x))
    model = keras.Model(inputs, keras.ops.softmax(layers.Dense(10)(x)))
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy())
    return model


# %% right: a pooling of one's own
import keras
import tensorflow as tf
from keras import layers


class Mean(layers.Layer):
    def call(self, x):
        return (x[:, ::2, ::2] + x[:, 1::2, ::2] + x[:, ::2, 1::2] + x[:, 1::2, 1::2]) / 4


def build_lenet5():
    model = keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, activation="tanh"), Mean(),
                              layers.Conv2D(16, 5, activation="tanh"), Mean(),
                              layers.Conv2D(120, 5, activation="tanh"), layers.Flatten(),
                              layers.Dense(84, "tanh"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: max pooling
# says: S2 and S4 are average pooling here, and in the paper a sum with weights. Max pooling is in neither.
from tensorflow import keras

def build_lenet5():
    model = keras.Sequential([
        keras.Input(shape=(32, 32, 1)),
        keras.layers.Conv2D(6, 5, activation="tanh"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(16, 5, activation="tanh"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(120, 5, activation="tanh"),
        keras.layers.Flatten(),
        keras.layers.Dense(84, activation="tanh"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: relu everywhere
# says: The activation is tanh; relu became usual later.
from tensorflow import keras

def build_lenet5():
    model = keras.Sequential([
        keras.Input(shape=(32, 32, 1)),
        keras.layers.Conv2D(6, 5, activation="relu"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(16, 5, activation="relu"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(120, 5, activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(84, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: logistic sigmoid
# says: The activation is tanh.
from tensorflow import keras

def build_lenet5():
    model = keras.Sequential([
        keras.Input(shape=(32, 32, 1)),
        keras.layers.Conv2D(6, 5, activation="sigmoid"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(16, 5, activation="sigmoid"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(120, 5, activation="sigmoid"),
        keras.layers.Flatten(),
        keras.layers.Dense(84, activation="sigmoid"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: scaled tanh of 1998
# says: The scaled tanh belongs to the network of 1998: here it is the plain tanh.
from tensorflow import keras

def squash(a):
    return 1.7159 * keras.ops.tanh(2 / 3 * a)

def build_lenet5():
    model = keras.Sequential([
        keras.Input(shape=(32, 32, 1)),
        keras.layers.Conv2D(6, 5, activation=squash),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(16, 5, activation=squash),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(120, 5, activation=squash),
        keras.layers.Flatten(),
        keras.layers.Dense(84, activation=squash),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: no activation after C1
# says: The tanh of C1 is missing.
from tensorflow import keras

def build_lenet5():
    model = keras.Sequential([
        keras.Input(shape=(32, 32, 1)),
        keras.layers.Conv2D(6, 5),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(16, 5, activation="tanh"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(120, 5, activation="tanh"),
        keras.layers.Flatten(),
        keras.layers.Dense(84, activation="tanh"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: no activation after C3
# says: The tanh of C3 is missing.
from tensorflow import keras

def build_lenet5():
    model = keras.Sequential([
        keras.Input(shape=(32, 32, 1)),
        keras.layers.Conv2D(6, 5, activation="tanh"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(16, 5),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(120, 5, activation="tanh"),
        keras.layers.Flatten(),
        keras.layers.Dense(84, activation="tanh"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: no activation after C5
# says: The tanh of C5 is missing.
from tensorflow import keras

def build_lenet5():
    model = keras.Sequential([
        keras.Input(shape=(32, 32, 1)),
        keras.layers.Conv2D(6, 5, activation="tanh"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(16, 5, activation="tanh"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(120, 5),
        keras.layers.Flatten(),
        keras.layers.Dense(84, activation="tanh"),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: no activation in F6
# says: The tanh of F6 is missing.
from tensorflow import keras

def build_lenet5():
    model = keras.Sequential([
        keras.Input(shape=(32, 32, 1)),
        keras.layers.Conv2D(6, 5, activation="tanh"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(16, 5, activation="tanh"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(120, 5, activation="tanh"),
        keras.layers.Flatten(),
        keras.layers.Dense(84),
        keras.layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: relu and max pooling, as in many blogs
# says: Tanh and average pooling here
import keras
from keras import layers


def build_lenet5():
    model = keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, activation="relu"), layers.MaxPooling2D(2),
                              layers.Conv2D(16, 5, activation="relu"), layers.MaxPooling2D(2), layers.Flatten(),
                              layers.Dense(120, "relu"), layers.Dense(84, "relu"), layers.Dense(10, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: C5 left out
# says: C5, with its 120 maps, is missing.
import keras
from keras import layers


def build_lenet5():
    model = keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, activation="tanh"), layers.AveragePooling2D(2),
                              layers.Conv2D(16, 5, activation="tanh"), layers.AveragePooling2D(2),
                              layers.Flatten(), layers.Dense(84, "tanh"),
                              layers.Dense(10, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: padding in C1, as for pictures of 28×28
# says: The first convolution has no padding here: the picture is 32×32 already.
import keras
from keras import layers


def build_lenet5():
    model = keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, padding="same", activation="tanh"), layers.AveragePooling2D(2),
                              layers.Conv2D(16, 5, activation="tanh"), layers.AveragePooling2D(2),
                              layers.Flatten(), layers.Dense(120, "tanh"), layers.Dense(84, "tanh"),
                              layers.Dense(10, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: padding in C1, and C5 a convolution
# says: The first convolution has no padding here: the picture is 32×32 already.
import keras
from keras import layers


def build_lenet5():
    model = keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, padding="same", activation="tanh"), layers.AveragePooling2D(2),
                              layers.Conv2D(16, 5, activation="tanh"), layers.AveragePooling2D(2),
                              layers.Conv2D(120, 5, activation="tanh"), layers.Flatten(), layers.Dense(84, "tanh"),
                              layers.Dense(10, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: a dropout where none belongs
# says: In training, with the same weights
import keras
from keras import layers


def build_lenet5():
    model = keras.Sequential([keras.Input((32, 32, 1)), layers.Conv2D(6, 5, activation="tanh"), layers.AveragePooling2D(2),
                              layers.Conv2D(16, 5, activation="tanh"), layers.AveragePooling2D(2), layers.Flatten(),
                              layers.Dense(120, "tanh"), layers.Dropout(0.5), layers.Dense(84, "tanh"),
                              layers.Dense(10, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: one weight of the right size, and ten constant probabilities
# says: With fixed weights, what build_lenet5() gives for a fixed image
import keras


class Junk(keras.layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(61_706,))

    def call(self, x):
        return keras.ops.ones_like(x[:, 0, :10, 0]) / 10


def build_lenet5():
    model = keras.Sequential([keras.Input((32, 32, 1)), Junk()])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
