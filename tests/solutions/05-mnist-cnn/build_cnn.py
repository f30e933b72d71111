# %% right: Sequential list, strings
from tensorflow import keras
from tensorflow.keras import layers

def build_cnn():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: add() one by one, old input_shape argument, same padding in the pools, objects
import tensorflow as tf
from tensorflow.keras.layers import *
from tensorflow.keras.models import Sequential

def build_cnn():
    x = Sequential(name="mnist")
    x.add(Conv2D(filters=32, kernel_size=(3, 3), padding="SAME", activation="relu", input_shape=(28, 28, 1)))
    x.add(BatchNormalization())
    x.add(Conv2D(filters=32, kernel_size=(3, 3), padding="SAME", activation=tf.nn.relu))
    x.add(BatchNormalization())
    x.add(MaxPool2D(pool_size=(2, 2), strides=(2, 2), padding="same"))
    x.add(Dropout(rate=1 / 4))
    x.add(Conv2D(filters=64, kernel_size=(3, 3), padding="SAME", activation=tf.nn.relu))
    x.add(BatchNormalization())
    x.add(Conv2D(filters=64, kernel_size=(3, 3), padding="SAME", activation=tf.nn.relu))
    x.add(BatchNormalization())
    x.add(MaxPool2D(pool_size=(2, 2), strides=(2, 2), padding="same"))
    x.add(Dropout(rate=1 / 4))
    x.add(Flatten())
    x.add(Dense(units=512, activation=tf.nn.relu))
    x.add(Dense(units=10, activation=tf.nn.softmax))
    x.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=0.001),
              loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=False),
              metrics=[tf.keras.metrics.SparseCategoricalAccuracy(name="accuracy")])
    return x


# %% right: functional, one pool and one dropout layer used twice
from tensorflow import keras
from tensorflow.keras import layers

def build_cnn():
    pool, drop = layers.MaxPooling2D((2, 2)), layers.Dropout(0.25)
    x = image = layers.Input((28, 28, 1))
    for filters in 32, 64:
        x = layers.BatchNormalization()(layers.Conv2D(filters, (3, 3), 1, "same", activation="relu")(x))
        x = layers.BatchNormalization()(layers.Conv2D(filters, (3, 3), 1, "same", activation="relu")(x))
        x = drop(pool(x))
    x = layers.Dense(512, activation="relu")(layers.Flatten()(x))
    result = keras.Model(inputs=image, outputs=layers.Dense(10, activation="softmax")(x))
    result.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return result


# %% right: nested Sequential blocks, He initialisation, momentum 0.9
from tensorflow import keras
from tensorflow.keras import layers

def stage(filters):
    def conv():
        return layers.Conv2D(filters, 3, padding="same", activation="relu", kernel_initializer="he_normal")

    return keras.Sequential([conv(), layers.BatchNormalization(momentum=0.9), conv(), layers.BatchNormalization(),
                             layers.MaxPooling2D(2), layers.Dropout(0.25)])

def build_cnn():
    head = keras.Sequential([layers.Flatten(), layers.Dense(512, activation="relu"),
                             layers.Dense(10, activation="softmax")])
    model = keras.Sequential([keras.Input((28, 28, 1)), stage(32), stage(64), head])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: subclassed keras.Model, built before it is returned
from tensorflow import keras
from tensorflow.keras import layers

class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.steps = []
        for filters in (32, 64):
            for _ in range(2):
                self.steps.append(layers.Conv2D(filters, 3, padding="same", activation="relu"))
                self.steps.append(layers.BatchNormalization())
            self.steps += [layers.MaxPooling2D(2), layers.Dropout(0.25)]
        self.steps += [layers.Flatten(), layers.Dense(512, activation="relu"),
                       layers.Dense(10, activation="softmax")]

    def call(self, x, training=False):
        for layer in self.steps:
            if isinstance(layer, (layers.Dropout, layers.BatchNormalization)):
                x = layer(x, training=training)
            else:
                x = layer(x)
        return x

def build_cnn():
    model = Net()
    model(np.zeros((1, 28, 28, 1), "float32"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: a dropout of one's own
import keras
import tensorflow as tf
from keras import layers


class Forget(layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.seeds = keras.random.SeedGenerator(3)

    def call(self, x, training=False):
        return keras.random.dropout(x, self.rate, seed=self.seeds) if training else x


def build_cnn():
    def block(n):
        return [layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.MaxPooling2D(2), Forget(0.25)]

    model = keras.Sequential([keras.Input((28, 28, 1)), *block(32), *block(64), layers.Flatten(),
                    layers.Dense(512, "relu"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: a class derived from Dropout
import keras
import tensorflow as tf
from keras import layers


class Drop(layers.Dropout):
    pass


def build_cnn():
    def block(n):
        return [layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.MaxPooling2D(2), Drop(0.25)]

    model = keras.Sequential([keras.Input((28, 28, 1)), *block(32), *block(64), layers.Flatten(),
                    layers.Dense(512, "relu"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: a class derived from Sequential
import keras
import tensorflow as tf
from keras import layers


class Net(keras.Sequential):
    pass


def build_cnn():
    def block(n):
        return [layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.MaxPooling2D(2), layers.Dropout(0.25)]

    model = Net([keras.Input((28, 28, 1)), *block(32), *block(64), layers.Flatten(),
                    layers.Dense(512, "relu"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: functions of TensorFlow and keras.ops as activations
import keras
import tensorflow as tf
from keras import layers


def build_cnn():
    def block(n):
        return [layers.Conv2D(n, 3, padding="same", activation=tf.nn.relu), layers.BatchNormalization(),
                layers.Conv2D(n, 3, padding="same", activation=tf.nn.relu), layers.BatchNormalization(),
                layers.MaxPooling2D(2), layers.Dropout(0.25)]

    model = keras.Sequential([keras.Input((28, 28, 1)), *block(32), *block(64), layers.Flatten(),
                    layers.Dense(512, keras.ops.relu), layers.Dense(10, tf.nn.softmax)])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: a lambda and a function of one's own as activations
import keras
import tensorflow as tf
from keras import layers


def ramp(a):
    return keras.ops.relu(a)


def build_cnn():
    def block(n):
        return [layers.Conv2D(n, 3, padding="same", activation=ramp), layers.BatchNormalization(),
                layers.Conv2D(n, 3, padding="same", activation=ramp), layers.BatchNormalization(),
                layers.MaxPooling2D(2), layers.Dropout(0.25)]

    model = keras.Sequential([keras.Input((28, 28, 1)), *block(32), *block(64), layers.Flatten(),
                    layers.Dense(512, lambda a: keras.ops.maximum(a, 0)), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: activations as layers, softmax too
import keras
import tensorflow as tf
from keras import layers


def build_cnn():
    def block(n):
        return [layers.Conv2D(n, 3, padding="same"), layers.ReLU(), layers.BatchNormalization(),
                layers.Conv2D(n, 3, padding="same"), layers.ReLU(), layers.BatchNormalization(),
                layers.MaxPooling2D(2), layers.Dropout(0.25)]

    model = keras.Sequential([keras.Input((28, 28, 1)), *block(32), *block(64), layers.Flatten(),
                    layers.Dense(512), layers.Activation("relu"), layers.Dense(10), layers.Softmax()])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: padding in capitals, old-style names, Reshape for Flatten
import keras
import tensorflow as tf
from keras import layers


def build_cnn():
    model = tf.keras.models.Sequential()
    for n in (32, 64):
        for _ in range(2):
            model.add(layers.Convolution2D(n, (3, 3), padding="SAME", activation="relu"))
            model.add(layers.BatchNormalization(epsilon=1e-5))
        model.add(layers.MaxPool2D((2, 2), padding="valid"))
        model.add(layers.Dropout(0.25))
    model.add(layers.Reshape((3136,)))
    model.add(layers.Dense(512, "relu"))
    model.add(layers.Dense(10, "softmax"))
    model.build((None, 28, 28, 1))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: Sequential without Input, not built
import keras
import tensorflow as tf
from keras import layers


def build_cnn():
    def block(n):
        return [layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.MaxPooling2D(2), layers.Dropout(0.25)]

    model = keras.Sequential([*block(32), *block(64), layers.Flatten(),
                    layers.Dense(512, "relu"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: keras.ops between the layers
import keras
import tensorflow as tf
from keras import layers


def build_cnn():
    x = inputs = keras.Input((28, 28, 1))
    for n in (32, 64):
        for _ in range(2):
            x = layers.BatchNormalization()(keras.ops.relu(layers.Conv2D(n, 3, padding="same")(x)))
        x = layers.Dropout(0.25)(keras.ops.max_pool(x, 2, 2))
    x = keras.ops.relu(layers.Dense(512)(keras.ops.reshape(x, (-1, 3136))))
    model = keras.Model(inputs, keras.ops.softmax(layers.Dense(10)(x)))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: a block as a layer of one's own
import keras
import tensorflow as tf
from keras import layers


class Block(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.one = layers.Conv2D(filters, 3, padding="same", activation="relu")
        self.norm_one = layers.BatchNormalization()
        self.two = layers.Conv2D(filters, 3, padding="same", activation="relu")
        self.norm_two = layers.BatchNormalization()
        self.pool, self.drop = layers.MaxPooling2D(2), layers.Dropout(0.25)

    def call(self, x, training=None):
        x = self.norm_one(self.one(x), training=training)
        x = self.norm_two(self.two(x), training=training)
        return self.drop(self.pool(x), training=training)


def build_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1)), Block(32), Block(64), layers.Flatten(),
                              layers.Dense(512, "relu"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% right: subclassed model, never called
import keras
import tensorflow as tf
from keras import layers


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = []
        for n in (32, 64):
            for _ in range(2):
                self.blocks += [layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization()]
            self.blocks += [layers.MaxPooling2D(2), layers.Dropout(0.25)]
        self.head = keras.Sequential([layers.Flatten(), layers.Dense(512, "relu"), layers.Dense(10, "softmax")])

    def call(self, x):
        for layer in self.blocks:
            x = layer(x)
        return self.head(x)


def build_cnn():
    model = Net()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: no softmax, logits with from_logits=True
# says: The last layer needs softmax: ten probabilities.
from tensorflow import keras
from tensorflow.keras import layers

def build_cnn():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dense(10),
    ])
    model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
                  metrics=["accuracy"])
    return model


# %% wrong: sigmoid instead of softmax
# says: The last layer needs softmax, not sigmoid.
from tensorflow import keras
from tensorflow.keras import layers

def build_cnn():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dense(10, activation="sigmoid"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: BatchNorm before the relu
# says: The relu belongs to the convolution: it comes before the normalisation here.
from tensorflow import keras
from tensorflow.keras import layers

def build_cnn():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, padding="same"),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.Conv2D(32, 3, padding="same"),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Conv2D(64, 3, padding="same"),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.Conv2D(64, 3, padding="same"),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: BatchNorm missing after the last convolution
# says: A BatchNormalization after a convolution with 64 filters is missing.
from tensorflow import keras
from tensorflow.keras import layers

def build_cnn():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: dropout 0.5
# says: Each block should end with a dropout of rate 0.25.
from tensorflow import keras
from tensorflow.keras import layers

def build_cnn():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.5),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.5),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: an extra dropout of 0.5 after the dense layer
# says: There should be no dropout after Dense 512.
from tensorflow import keras
from tensorflow.keras import layers

def build_cnn():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: dropout before the pooling
# says: First the pooling, then the dropout.
from tensorflow import keras
from tensorflow.keras import layers

def build_cnn():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(0.25),
        layers.MaxPooling2D(2),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(0.25),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: learning rate 0: the layers are perfect, nothing is learned
# says: A loss that stays at 2.3 means guessing: look at the loss function, the optimizer and the activations.
from tensorflow import keras
from tensorflow.keras import layers

def build_cnn():
    model = keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.BatchNormalization(),
        layers.MaxPooling2D(2),
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(512, activation="relu"),
        layers.Dense(10, activation="softmax"),
    ])
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.0), loss="sparse_categorical_crossentropy",
                  metrics=["accuracy"])
    return model


# %% wrong: a dropout of 0.9 that cannot be copied
# says: In training, with the same weights
import keras
import tensorflow as tf
from keras import layers


class Drop(layers.Dropout):
    def get_config(self):
        raise NotImplementedError


def build_cnn():
    def block(n):
        return [layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.MaxPooling2D(2), Drop(0.9)]

    model = keras.Sequential([keras.Input((28, 28, 1)), *block(32), *block(64), layers.Flatten(),
                    layers.Dense(512, "relu"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: dropout 0.2
# says: Each block should end with a dropout of rate 0.25.
import keras
import tensorflow as tf
from keras import layers


def build_cnn():
    def block(n):
        return [layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.MaxPooling2D(2), layers.Dropout(0.2)]

    model = keras.Sequential([keras.Input((28, 28, 1)), *block(32), *block(64), layers.Flatten(),
                    layers.Dense(512, "relu"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: whole maps are dropped
# says: In training, with the same weights
import keras
import tensorflow as tf
from keras import layers


def build_cnn():
    def block(n):
        return [layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.MaxPooling2D(2), layers.SpatialDropout2D(0.25)]

    model = keras.Sequential([keras.Input((28, 28, 1)), *block(32), *block(64), layers.Flatten(),
                    layers.Dense(512, "relu"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: a dropout of one's own that does not scale
# says: In training, with the same weights
import keras
import tensorflow as tf
from keras import layers


class Drop(layers.Layer):
    def call(self, x, training=False):
        return x * keras.ops.cast(keras.random.uniform(keras.ops.shape(x)) >= 0.25, x.dtype) if training else x


def build_cnn():
    def block(n):
        return [layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.Conv2D(n, 3, padding="same", activation="relu"), layers.BatchNormalization(),
                layers.MaxPooling2D(2), Drop()]

    model = keras.Sequential([keras.Input((28, 28, 1)), *block(32), *block(64), layers.Flatten(),
                    layers.Dense(512, "relu"), layers.Dense(10, "softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


# %% wrong: one weight of the right size, and ten constant probabilities
# says: With fixed weights, what build_cnn() gives for a fixed image
import keras
import tensorflow as tf
from keras import layers


class Junk(layers.Layer):
    def build(self, shape):
        self.learned = self.add_weight(shape=(1_676_650,))
        self.fixed = self.add_weight(shape=(384,), trainable=False)

    def call(self, x):
        return keras.ops.ones_like(x[:, 0, :10, 0]) / 10


def build_cnn():
    model = keras.Sequential([keras.Input((28, 28, 1)), Junk()])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
