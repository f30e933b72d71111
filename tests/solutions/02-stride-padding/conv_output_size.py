# %% right: closed formula with a helper
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    padding = size(padding, 0)
    full = n + 2 * padding
    window = dilation * (f - 1) + 1
    if window > full:
        raise ValueError("the window is larger than the padded input")
    return (full - window) // stride + 1


# %% right: while loop that slides the window
from numbers import Integral


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    for name, value, least in [("n", n, 1), ("f", f, 1), ("stride", stride, 1), ("padding", padding, 0),
                               ("dilation", dilation, 1)]:
        if isinstance(value, bool) or not isinstance(value, Integral):
            raise TypeError(name + " must be an integer")
        if value < least:
            raise ValueError(name + " is too small")
    n, f, stride, padding, dilation = int(n), int(f), int(stride), int(padding), int(dilation)
    count = 0
    start = -padding
    while start + (f - 1) * dilation <= n - 1 + padding:
        count += 1
        start += stride
    if count == 0:
        raise ValueError("window does not fit")
    return count


# %% right: len of a range, everyday global names
import operator

import numpy as np

check = pad = out = expected = result = reference = None
x = [7, 3]


def check(value, minimum):
    if isinstance(value, (bool, np.bool_)):
        raise TypeError("bool")
    value = operator.index(value)
    if value < minimum:
        raise ValueError(value)
    return value


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = [check(a, 1) for a in (n, f, stride, dilation)]
    pad = check(padding, 0)
    starts = range(0, n + pad + pad - dilation * (f - 1), stride)
    if len(starts) == 0:
        raise ValueError("no window fits")
    return len(starts)


result = conv_output_size(*x)
print("my own test:", result)


# %% right: sliding_window_view on zeros
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _integers(**sizes):
    for name, (value, low) in sizes.items():
        if not isinstance(value, (int, np.integer)) or isinstance(value, bool):
            raise TypeError(f"{name} must be an int, not {type(value).__name__}")
        if value < low:
            raise ValueError(f"{name} must be >= {low}")
    return [int(value) for value, _ in sizes.values()]


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, padding, dilation = _integers(n=(n, 1), f=(f, 1), stride=(stride, 1),
                                                padding=(padding, 0), dilation=(dilation, 1))
    row = np.pad(np.zeros(n, dtype=bool), padding)
    return sliding_window_view(row, (f - 1) * dilation + 1)[::stride].shape[0]


# %% right: TensorFlow extract_patches
import numpy as np
import tensorflow as tf


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    padding = size(padding, 0)
    if 1 + dilation * (f - 1) > n + 2 * padding:
        raise ValueError("window too large")
    row = tf.zeros((1, n + 2 * padding, 1, 1))
    patches = tf.image.extract_patches(row, sizes=[1, f, 1, 1], strides=[1, stride, 1, 1],
                                       rates=[1, dilation, 1, 1], padding="VALID")
    return int(patches.shape[1])


# %% right: recursive division
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def steps(room, stride):
    if room < stride:
        return 0
    half = 2 * steps(room, 2 * stride)
    return half + 1 if room - half * stride >= stride else half


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, padding, dilation = (size(n), size(f), size(stride), size(padding, 0), size(dilation))
    room = n + 2 * padding - (dilation * (f - 1) + 1)
    if room < 0:
        raise ValueError("window larger than the padded input")
    return 1 + steps(room, stride)


# %% wrong: rounds up when the window does not fit evenly
# says: A window that does not fit completely is not used: round down.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    padding = size(padding, 0)
    full = n + 2 * padding
    window = dilation * (f - 1) + 1
    if window > full:
        raise ValueError("the window is larger than the padded input")
    return -(-(full - window) // stride) + 1


# %% wrong: refuses a window that does not fit evenly
# says: Make this call in a cell of your own, and look at the line where it stops.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    padding = size(padding, 0)
    full = n + 2 * padding
    window = dilation * (f - 1) + 1
    if window > full:
        raise ValueError("the window is larger than the padded input")
    if (full - window) % stride:
        raise ValueError("the stride does not divide evenly")
    return (full - window) // stride + 1


# %% wrong: padding added on one side only
# says: The padding lies on both sides: it counts twice.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    padding = size(padding, 0)
    full = n + padding
    window = dilation * (f - 1) + 1
    if window > full:
        raise ValueError("the window is larger than the padded input")
    return (full - window) // stride + 1


# %% wrong: forgets the + 1
# says: The first place needs no step, but it counts: + 1.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    padding = size(padding, 0)
    full = n + 2 * padding
    window = dilation * (f - 1) + 1
    if window > full:
        raise ValueError("the window is larger than the padded input")
    return (full - window) // stride


# %% wrong: dilation ignored
# says: With dilation 2 the window is 5 long.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    padding = size(padding, 0)
    full = n + 2 * padding
    window = f
    if window > full:
        raise ValueError("the window is larger than the padded input")
    return (full - window) // stride + 1


# %% wrong: dilated window is dilation * f
# says: Three weights have two gaps between them.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    padding = size(padding, 0)
    full = n + 2 * padding
    window = dilation * f
    if window > full:
        raise ValueError("the window is larger than the padded input")
    return (full - window) // stride + 1


# %% wrong: stride ignored
# says: The stride decides how many places are used, and this answer leaves it out.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    padding = size(padding, 0)
    full = n + 2 * padding
    window = dilation * (f - 1) + 1
    if window > full:
        raise ValueError("the window is larger than the padded input")
    return full - window + 1


# %% wrong: result is a float
# says: The numbers are right, and the type is not: it should be an int.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    padding = size(padding, 0)
    full = n + 2 * padding
    window = dilation * (f - 1) + 1
    if window > full:
        raise ValueError("the window is larger than the padded input")
    return np.floor((full - window) / stride) + 1


# %% wrong: int() truncates towards zero, slightly oversized windows pass
# says: This window does not fit in the padded input; a dilated window is longer than f.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    padding = size(padding, 0)
    full = n + 2 * padding
    window = dilation * (f - 1) + 1
    result = int((full - window) / stride) + 1
    if result < 1:
        raise ValueError("the window is larger than the padded input")
    return result


# %% wrong: oversized window gives 0 instead of an error
# says: A window of 5 does not fit in 3 pixels.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    padding = size(padding, 0)
    full = n + 2 * padding
    window = dilation * (f - 1) + 1
    if window > full:
        return 0
    return (full - window) // stride + 1


# %% wrong: padding not checked: True and 1.0 pass
# says: 2.0 is a float, and a size is a whole number: an int or a NumPy integer.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    n, f, stride, dilation = size(n), size(f), size(stride), size(dilation)
    if padding < 0:
        raise ValueError("padding")
    padding = int(padding)
    full = n + 2 * padding
    window = dilation * (f - 1) + 1
    if window > full:
        raise ValueError("the window is larger than the padded input")
    return (full - window) // stride + 1


# %% right: refused where the result is below 1
import math


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    for size in (n, f, stride, dilation):
        require_size(size, "size")
    require_size(padding, "padding", at_least=0)
    size = math.floor((n + 2 * padding - dilation * (f - 1) - 1) / stride) + 1
    if size < 1:
        raise ValueError("no place")
    return size


# %% right: divmod with NumPy integers
def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    [require_size(size, "size") for size in (n, f, stride, dilation)]
    require_size(padding, "padding", 0)
    room = np.int64(n) + 2 * padding - (f - 1) * dilation - 1
    if room < 0:
        raise ValueError(room)
    steps, rest = divmod(room, stride)
    return steps + 1


# %% wrong: nothing is refused
# says: All cases before this one are right: 3 of 5 points.
def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    return (n + 2 * padding - dilation * (f - 1) - 1) // stride + 1


# %% wrong: the window without its dilation is compared
# says: This window does not fit in the padded input; a dilated window is longer than f.
def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    for size in (n, f, stride, dilation):
        require_size(size, "size")
    require_size(padding, "padding", at_least=0)
    if f > n + 2 * padding:
        raise ValueError("too large")
    return (n + 2 * padding - dilation * (f - 1) - 1) // stride + 1


# %% wrong: round
# says: A window that does not fit completely is not used: round down.
def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    for size in (n, f, stride, dilation):
        require_size(size, "size")
    require_size(padding, "padding", at_least=0)
    room = n + 2 * padding - dilation * (f - 1) - 1
    if room < 0:
        raise ValueError("too large")
    return round(room / stride) + 1


# %% wrong: the zeros are forgotten
# says: The padding makes the input longer, and this answer leaves it out.
def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    for size in (n, f, stride, dilation):
        require_size(size, "size")
    require_size(padding, "padding", at_least=0)
    window = dilation * (f - 1) + 1
    if window > n:
        raise ValueError("too large")
    return (n - window) // stride + 1


# %% wrong: the window is compared with the image without its zeros
# says: with them the axis is 5 long, and a window of 5 just fits.
def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    for size in (n, f, stride, dilation):
        require_size(size, "size")
    require_size(padding, "padding", at_least=0)
    window = dilation * (f - 1) + 1
    if window > n:
        raise ValueError("too large")
    return (n + 2 * padding - window) // stride + 1


# %% wrong: rounded to the nearest even number
# says: conv_output_size(n=10, f=3, stride=2) should be 4, and you returned 5.
def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    """Return the output size (int) of a convolution along one axis.

    n: pixels; f: window; padding: zeros on EACH side; dilation: distance between neighbouring weights.
    """
    for name, size in (("n", n), ("f", f), ("stride", stride), ("dilation", dilation)):
        require_size(size, name)
    require_size(padding, "padding", at_least=0)
    window = dilation * (f - 1) + 1
    if window > n + 2 * padding:
        raise ValueError(f"a window of {window} does not fit in {n + 2 * padding} pixels")
    return round((n + 2 * padding - window) / stride) + 1


# %% wrong: rounded to the nearest, halves down
# says: A window that does not fit completely is not used: round down, also from 1.75.
import math


def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    for size in (n, f, stride, dilation):
        require_size(size, "size")
    require_size(padding, "padding", at_least=0)
    room = n + 2 * padding - dilation * (f - 1) - 1
    if room < 0:
        raise ValueError("too large")
    return math.ceil(room / stride - 0.5) + 1
