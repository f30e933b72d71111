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
