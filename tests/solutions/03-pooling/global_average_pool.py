# %% right: mean over two axes
import numpy as np


def global_average_pool(x):
    return np.mean(x, axis=(1, 2))


# %% right: pure loops
import numpy as np


def global_average_pool(x):
    n, h, w, c = x.shape
    out = np.zeros((n, c))
    for b in range(n):
        for k in range(c):
            total = 0.0
            for i in range(h):
                for j in range(w):
                    total += float(x[b, i, j, k])
            out[b, k] = total / (h * w)
    return out


# %% right: tf.reduce_mean, a tensor returned
import tensorflow as tf


def global_average_pool(x):
    x = tf.convert_to_tensor(x)
    return tf.reduce_mean(x, axis=[1, 2])


# %% right: matrix product with a row of equal weights
import numpy as np


def global_average_pool(x):
    n, h, w, c = x.shape
    flat = x.reshape(n, h * w, c)
    weights = np.full((1, h * w), 1 / (h * w))
    result = weights @ flat
    return result.reshape(n, c).astype(np.float32)


# %% right: lambda
global_average_pool = lambda x: x.reshape(x.shape[0], -1, x.shape[-1]).mean(axis=1)


# %% right: math.fsum and a nested list
import math
import numpy as np


def mean(values):
    values = list(values)
    return math.fsum(values) / len(values)


def global_average_pool(x):
    return np.array([[mean(image[:, :, k].ravel().tolist()) for k in range(image.shape[2])] for image in x])


# %% wrong: axes kept, (n, 1, 1, c)
# says: The result is (n, c), without axes of length 1.
import numpy as np


def global_average_pool(x):
    return np.mean(x, axis=(1, 2), keepdims=True)


# %% wrong: global maximum
# says: That is the maximum of each channel. Take the mean.
import numpy as np


def global_average_pool(x):
    return np.max(x, axis=(1, 2))


# %% wrong: sum instead of mean
# says: That is the sum of each channel. Divide it by the number of places.
import numpy as np


def global_average_pool(x):
    return np.sum(x, axis=(1, 2))


# %% wrong: mean over the batch and the rows
# says: Every image of the batch keeps its own means.
import numpy as np


def global_average_pool(x):
    return np.mean(x, axis=(0, 1))


# %% wrong: mean over width and channels
# says: The mean goes over rows and columns; the channels are the last axis.
import numpy as np


def global_average_pool(x):
    return np.mean(x, axis=(2, 3))


# %% wrong: mean over everything but the batch
# says: Each channel keeps a mean of its own.
import numpy as np


def global_average_pool(x):
    return np.mean(x, axis=(1, 2, 3))


# %% wrong: divided by the height squared
# says: Divide by rows times columns, 5·3.
import numpy as np


def global_average_pool(x):
    n, h, w, c = x.shape
    return np.sum(x, axis=(1, 2)) / (h * h)


# %% wrong: nested lists
# says: The numbers are right, and the type is not: it should be an array.
import numpy as np


def global_average_pool(x):
    return np.mean(x, axis=(1, 2)).tolist()


# %% wrong: float16 arithmetic
# says: The numbers are right, and their dtype is not.
import numpy as np


def global_average_pool(x):
    return np.mean(x.astype("float16"), axis=(1, 2))


# %% wrong: centred in place
# says: The caller still needs it: work on a copy.
import numpy as np


def global_average_pool(x):
    means = np.mean(x, axis=(1, 2), keepdims=True)
    x -= means
    return means[:, 0, 0, :]


# %% right: average pooling with one window
def global_average_pool(x):
    return np.stack([[channel.sum() / channel.size for channel in np.moveaxis(image, -1, 0)] for image in x])


# %% wrong: the median
# says: One number for each image and channel: the mean over all rows and columns.
def global_average_pool(x):
    return np.median(x, axis=(1, 2))


# %% wrong: one number for each image
# says: Each channel keeps a mean of its own.
def global_average_pool(x):
    return x.mean(axis=(1, 2, 3))


# %% wrong: divided by the width squared
# says: Divide by rows times columns, 5·3.
def global_average_pool(x):
    return x.sum(axis=(1, 2)) / x.shape[2] ** 2
