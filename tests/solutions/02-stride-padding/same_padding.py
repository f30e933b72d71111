# %% right: formula of the task
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), size(stride)
    out = -(-n // stride)
    total = max((out - 1) * stride + f - n, 0)
    before = total // 2
    after = total - before
    return before, after


# %% right: smallest total found by search
import numbers

import numpy as np


def is_integer(a):
    return isinstance(a, numbers.Integral) and not isinstance(a, (bool, np.bool_))


def same_padding(n, f, stride=1):
    if not (is_integer(n) and is_integer(f) and is_integer(stride)):
        raise TypeError("n, f and stride are integers")
    n, f, stride = int(n), int(f), int(stride)
    if min(n, f, stride) < 1:
        raise ValueError("n, f and stride are at least 1")
    wanted = len(range(0, n, stride))
    total = 0
    while (n + total - f) // stride + 1 < wanted:
        total += 1
    pad = [0, 0]
    for k in range(total):
        pad[1 - k % 2] += 1
    return tuple(pad)


# %% right: remainder formula of the old TensorFlow guide
import operator


def same_padding(n, f, stride=1):
    for a in (n, f, stride):
        if a is True or a is False:
            raise TypeError("a bool is no size")
    n, f, stride = map(operator.index, (n, f, stride))
    if n < 1 or f < 1 or stride < 1:
        raise ValueError("sizes start at 1")
    rest = n % stride
    if rest == 0:
        total = max(f - stride, 0)
    else:
        total = max(f - rest, 0)
    return (total // 2, (total + 1) // 2)


# %% right: asks TensorFlow: zeros around the ones of the first and last patch
import numpy as np
import tensorflow as tf


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), size(stride)
    ones = tf.ones((1, n, 1, 1))
    patches = tf.image.extract_patches(ones, sizes=[1, f, 1, 1], strides=[1, stride, 1, 1],
                                       rates=[1, 1, 1, 1], padding="SAME")
    first, last = patches.numpy()[0, 0, 0], patches.numpy()[0, -1, 0]
    return int(np.argmax(first)), int(np.argmax(last[::-1]))


# %% right: NumPy integers in the tuple
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = np.array([size(n), size(f), size(stride)], dtype=np.int64)
    starts = np.arange(0, n, stride)
    total = np.clip(starts[-1] + f - n, 0, None)
    return tuple(np.array([total // 2, total - total // 2]))


# %% right: named tuple
from typing import NamedTuple

import numpy as np


class Padding(NamedTuple):
    before: int
    after: int


def same_padding(n, f, stride=1):
    sizes = []
    for given in (n, f, stride):
        if isinstance(given, (bool, float, str)) or not isinstance(given, (int, np.integer)):
            raise TypeError(f"size {given!r}")
        if given <= 0:
            raise ValueError(f"size {given!r}")
        sizes.append(int(given))
    n, f, stride = sizes
    total = max(((n - 1) // stride) * stride + f - n, 0)
    return Padding(before=total // 2, after=total - total // 2)


# %% wrong: the extra zero goes before
# says: If the total is odd, the extra zero goes after the image.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), size(stride)
    out = -(-n // stride)
    total = max((out - 1) * stride + f - n, 0)
    before = (total + 1) // 2
    after = total - before
    return before, after


# %% wrong: total is f - 1 whatever the stride
# says: That is symmetric padding. TensorFlow adds only as many zeros as it needs.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), size(stride)
    out = -(-n // stride)
    total = f - 1
    before = total // 2
    after = total - before
    return before, after


# %% wrong: f // 2 on both sides
# says: That is symmetric padding; TensorFlow adds only as many zeros as it needs.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), size(stride)
    out = -(-n // stride)
    total = max((out - 1) * stride + f - n, 0)
    before = after = f // 2
    return before, after


# %% wrong: half of the total on both sides, the extra zero lost
# says: The total is 3: one zero before, two after.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), size(stride)
    out = -(-n // stride)
    total = max((out - 1) * stride + f - n, 0)
    before = total // 2
    after = total // 2
    return before, after


# %% wrong: half of the total rounded up on both sides
# says: If the total is odd, this is one zero too many: TensorFlow is not symmetric.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), size(stride)
    out = -(-n // stride)
    total = max((out - 1) * stride + f - n, 0)
    before = after = (total + 1) // 2
    return before, after


# %% wrong: total may be negative when the stride is larger than the window
# says: The total is never below 0.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), size(stride)
    out = -(-n // stride)
    total = (out - 1) * stride + f - n
    before = total // 2
    after = total - before
    return before, after


# %% wrong: keeps the input size: pads for n outputs at every stride
# says: That keeps n places. With a stride, same means n / stride places, rounded up.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), size(stride)
    out = n
    total = max((out - 1) * stride + f - n, 0)
    before = total // 2
    after = total - before
    return before, after


# %% wrong: returns a list
# says: The numbers are right, and a type is not: a size is an int, and a tuple is not a list.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), size(stride)
    out = -(-n // stride)
    total = max((out - 1) * stride + f - n, 0)
    before = total // 2
    after = total - before
    return [before, after]


# %% wrong: returns the total only
# says: Return both numbers, (before, after).
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), size(stride)
    out = -(-n // stride)
    total = max((out - 1) * stride + f - n, 0)
    before = total // 2
    after = total - before
    return total


# %% wrong: the stride is not checked for text, floats and bools
# says: 2.0 is a float, and a size is a whole number: an int or a NumPy integer.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), int(stride)
    if stride < 1:
        raise ValueError("stride")
    out = -(-n // stride)
    total = max((out - 1) * stride + f - n, 0)
    before = total // 2
    after = total - before
    return before, after


# %% wrong: True counts as 1
# says: A bool is not a size, although Python counts True as 1.
import numpy as np


def size(v, low=1):
    if not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def same_padding(n, f, stride=1):
    n, f, stride = size(n), size(f), size(stride)
    out = -(-n // stride)
    total = max((out - 1) * stride + f - n, 0)
    before = total // 2
    after = total - before
    return before, after


# %% right: math.ceil of a quotient
from math import ceil


def same_padding(n, f, stride=1):
    for size in (n, f, stride):
        require_size(size, "size")
    total = max(0, (ceil(n / stride) - 1) * stride + f - n)
    return total // 2, total - total // 2


# %% right: divmod
def same_padding(n, f, stride=1):
    for size in (n, f, stride):
        require_size(size, "size")
    half, odd = divmod(max((-(-n // stride) - 1) * stride + f - n, 0), 2)
    return half, half + odd


# %% wrong: floats from a division
# says: The numbers are right, and a type is not: a size is an int, and a tuple is not a list.
def same_padding(n, f, stride=1):
    for size in (n, f, stride):
        require_size(size, "size")
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total / 2, total / 2


# %% wrong: nothing is refused
# says: All cases before this one are right: 3 of 4 points.
def same_padding(n, f, stride=1):
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total // 2, (total + 1) // 2


# %% wrong: all zeros after the image
# says: They are shared: half before the image, half after.
def same_padding(n, f, stride=1):
    for size in (n, f, stride):
        require_size(size, "size")
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return 0, total


# %% wrong: a last place too many
# says: There are ⌈N/S⌉ places, so the last one starts at (⌈N/S⌉ - 1) · S.
def same_padding(n, f, stride=1):
    for size in (n, f, stride):
        require_size(size, "size")
    total = max(-(-n // stride) * stride + f - n, 0)
    return total // 2, total - total // 2


# %% wrong: places rounded down
# says: The number of places is rounded up: ⌈7/2⌉ = 4.
def same_padding(n, f, stride=1):
    for size in (n, f, stride):
        require_size(size, "size")
    total = max((n // stride - 1) * stride + f - n, 0)
    return total // 2, total - total // 2
