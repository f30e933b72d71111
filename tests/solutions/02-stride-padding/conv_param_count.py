# %% right: weights plus biases
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    kernel_h, kernel_w, c_in, c_out = size(kernel_h), size(kernel_w), size(c_in), size(c_out)
    weights = kernel_h * kernel_w * c_in * c_out
    biases = c_out if use_bias else 0
    return weights + biases


# %% right: (kh * kw * c_in + 1) * c_out in one line
import numpy as np


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    sizes = [kernel_h, kernel_w, c_in, c_out]
    if any(isinstance(s, bool) or not isinstance(s, (int, np.integer)) for s in sizes):
        raise TypeError("sizes are integers")
    if min(sizes) < 1:
        raise ValueError("sizes are at least 1")
    a, b, c, d = map(int, sizes)
    return (a * b * c + bool(use_bias)) * d


# %% right: np.prod, a NumPy integer is returned
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    shape = np.array([size(kernel_h), size(kernel_w), size(c_in), size(c_out)], dtype=np.int64)
    return np.prod(shape) + np.where(use_bias, shape[-1], 0)[()]


# %% right: counts the parameters of a Keras layer
import keras
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    kernel = (size(kernel_h), size(kernel_w))
    layer = keras.layers.Conv2D(size(c_out), kernel, use_bias=bool(use_bias), kernel_initializer="zeros")
    layer.build((None, None, None, size(c_in)))
    return layer.count_params()


# %% right: size of arrays that broadcast, without memory
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    shape = [size(x) for x in (kernel_h, kernel_w, c_in, c_out)]
    out = [np.broadcast_to(0.0, shape)]
    if use_bias:
        out.append(np.broadcast_to(0.0, shape[-1:]))
    return sum(x.size for x in out)


# %% right: one filter at a time
import operator

import numpy as np

pad, check, out, expected, result = 0, 1, 2, 3, 4


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    for x in (kernel_h, kernel_w, c_in, c_out):
        if isinstance(x, (bool, np.bool_)):
            raise TypeError("a bool is no size")
        if operator.index(x) <= 0:
            raise ValueError("a size is positive")
    total = 0
    for _ in range(int(c_out)):
        for _ in range(int(c_in)):
            total += int(kernel_h) * int(kernel_w)
        if use_bias:
            total += 1
    return total


result = conv_param_count(5, 5, 1, 6)
print(result)


# %% wrong: one bias for the whole layer
# says: One bias for each filter, so for each output channel.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    kernel_h, kernel_w, c_in, c_out = size(kernel_h), size(kernel_w), size(c_in), size(c_out)
    weights = kernel_h * kernel_w * c_in * c_out
    biases = 1 if use_bias else 0
    return weights + biases


# %% wrong: a bias per input channel
# says: One bias for each filter, so for each output channel.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    kernel_h, kernel_w, c_in, c_out = size(kernel_h), size(kernel_w), size(c_in), size(c_out)
    weights = kernel_h * kernel_w * c_in * c_out
    biases = c_in if use_bias else 0
    return weights + biases


# %% wrong: a bias per kernel slice: c_in * c_out
# says: One bias for each filter, so for each output channel.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    kernel_h, kernel_w, c_in, c_out = size(kernel_h), size(kernel_w), size(c_in), size(c_out)
    weights = kernel_h * kernel_w * c_in * c_out
    biases = c_in * c_out if use_bias else 0
    return weights + biases


# %% wrong: no bias ever
# says: Each filter has a bias as well.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    kernel_h, kernel_w, c_in, c_out = size(kernel_h), size(kernel_w), size(c_in), size(c_out)
    weights = kernel_h * kernel_w * c_in * c_out
    biases = 0
    return weights + biases


# %% wrong: always with bias
# says: use_bias=False: no bias.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    kernel_h, kernel_w, c_in, c_out = size(kernel_h), size(kernel_w), size(c_in), size(c_out)
    weights = kernel_h * kernel_w * c_in * c_out
    biases = c_out
    return weights + biases


# %% wrong: square kernel assumed
# says: The kernel is not square: 3 · 5 weights.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    kernel_h, kernel_w, c_in, c_out = size(kernel_h), size(kernel_w), size(c_in), size(c_out)
    weights = kernel_h ** 2 * c_in * c_out
    biases = c_out if use_bias else 0
    return weights + biases


# %% wrong: depth of the kernel forgotten
# says: A filter takes the whole depth of the layer before.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    kernel_h, kernel_w, c_in, c_out = size(kernel_h), size(kernel_w), size(c_in), size(c_out)
    weights = kernel_h * kernel_w * c_out
    biases = c_out if use_bias else 0
    return weights + biases


# %% wrong: float result
# says: The numbers are right, and the type is not: it should be an int.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    kernel_h, kernel_w, c_in, c_out = size(kernel_h), size(kernel_w), size(c_in), size(c_out)
    weights = kernel_h * kernel_w * c_in * c_out
    biases = c_out if use_bias else 0
    return float(weights + biases)


# %% wrong: c_out not checked
# says: 0 is too small for a size here: at least 1.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    kernel_h, kernel_w, c_in, c_out = size(kernel_h), size(kernel_w), size(c_in), int(c_out)
    weights = kernel_h * kernel_w * c_in * c_out
    biases = c_out if use_bias else 0
    return weights + biases


# %% right: math.prod
import math


def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    sides = kernel_h, kernel_w, c_in, c_out
    for side in sides:
        require_size(side, "size")
    return math.prod(int(side) for side in sides) + int(use_bias) * c_out


# %% wrong: nothing is refused
# says: All cases before this one are right: 1 of 2 points.
def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    return kernel_h * kernel_w * c_in * c_out + (c_out if use_bias else 0)


# %% wrong: the maps are added
# says: Count the weights of one filter, add its bias, and multiply by the number of filters.
def conv_param_count(kernel_h, kernel_w, c_in, c_out, use_bias=True):
    for side in (kernel_h, kernel_w, c_in, c_out):
        require_size(side, "size")
    return kernel_h * kernel_w * (c_in + c_out) + (c_out if use_bias else 0)
