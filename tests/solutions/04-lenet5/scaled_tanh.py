# %% right: one line of NumPy
import numpy as np

def scaled_tanh(x):
    return 1.7159 * np.tanh(2 * x / 3)


# %% right: TensorFlow, returns a tensor
import tensorflow as tf

def scaled_tanh(x):
    out = tf.convert_to_tensor(x)
    if not out.dtype.is_floating:
        out = tf.cast(out, tf.float32)
    return 1.7159 * tf.math.tanh(2.0 / 3.0 * out)


# %% right: loops over a flat copy
import math
import numpy as np

A, S = 1.7159, 2 / 3

def scaled_tanh(x):
    if np.ndim(x) == 0:
        return A * math.tanh(S * float(x))
    result = np.empty(np.shape(x), dtype=np.float32)
    for index in np.ndindex(result.shape):
        result[index] = A * math.tanh(S * x[index])
    return result


# %% right: by the logistic function of SciPy
from scipy.special import expit

def scaled_tanh(x, amplitude=1.7159):
    return amplitude * (2.0 * expit(4.0 * x / 3.0) - 1.0)


# %% right: by exponentials of the absolute value
import numpy as np

def scaled_tanh(x):
    size = np.abs(np.asarray(x, dtype=np.float64))
    e = np.exp(-4 * size / 3)
    return np.sign(x) * 1.7159 * (1 - e) / (1 + e)


# %% wrong: plain tanh
# says: That is the plain tanh.
import numpy as np

def scaled_tanh(x):
    return np.tanh(x)


# %% wrong: amplitude forgotten
# says: The factor A = 1.7159 is missing.
import numpy as np

def scaled_tanh(x):
    return np.tanh(2 * x / 3)


# %% wrong: slope forgotten
# says: The factor S = 2/3 inside is missing.
import numpy as np

def scaled_tanh(x):
    return 1.7159 * np.tanh(x)


# %% wrong: slope upside down
# says: S is 2/3, not 3/2.
import numpy as np

def scaled_tanh(x):
    return 1.7159 * np.tanh(3 * x / 2)


# %% wrong: integer division
# says: 2 // 3 is 0: use a fraction.
import numpy as np

def scaled_tanh(x):
    return 1.7159 * np.tanh(2 * x // 3)


# %% wrong: amplitude and slope exchanged
# says: A = 1.7159 stands outside, S = 2/3 inside.
import numpy as np

def scaled_tanh(x):
    return 2 / 3 * np.tanh(1.7159 * x)


# %% wrong: slope rounded
# says: S is 2/3, not rounded.
import numpy as np

def scaled_tanh(x):
    return 1.7159 * np.tanh(0.67 * x)


# %% wrong: works in place
# says: The caller still needs it: work on a copy.
import numpy as np

def scaled_tanh(x):
    if isinstance(x, np.ndarray):
        x *= 2 / 3
        np.tanh(x, out=x)
        x *= 1.7159
        return x.copy()
    return 1.7159 * np.tanh(2 * x / 3)


# %% right: math.tanh, place by place
import math


def scaled_tanh(x):
    if isinstance(x, float):
        return 1.7159 * math.tanh(x * 2 / 3)
    return 1.7159 * np.vectorize(math.tanh)(np.asarray(x) * 2 / 3)


# %% right: keras.ops
def scaled_tanh(x):
    return 1.7159 * keras.ops.tanh(np.asarray(x) * (2.0 / 3.0))


# %% wrong: a quotient of exponentials, two of them
# says: it overflows for numbers as far from 0 as these, and tanh does not.
def scaled_tanh(x):
    z = 2 * x / 3
    return 1.7159 * (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


# %% wrong: a quotient of exponentials, one of them
# says: it overflows for numbers as far from 0 as these, and tanh does not.
def scaled_tanh(x):
    e = np.exp(4 * x / 3)
    return 1.7159 * (e - 1) / (e + 1)


# %% wrong: math.exp, place by place
# says: it overflows for numbers as far from 0 as these, and tanh does not.
import math


def scaled_tanh(x):
    def one(a):
        return 1.7159 * (1 - math.exp(-4 * a / 3)) / (1 + math.exp(-4 * a / 3))

    return one(x) if np.ndim(x) == 0 else np.array([one(float(a)) for a in np.ravel(x)]).reshape(x.shape)


# %% wrong: the number only
# says: Make this call in a cell of your own, and look at the line where it stops.
import math


def scaled_tanh(x):
    return 1.7159 * math.tanh(2 / 3 * x)
