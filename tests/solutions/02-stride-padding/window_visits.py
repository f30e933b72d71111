# %% right: slide over a padded counter
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    side = n + 2 * padding
    if f > side:
        raise ValueError("the window is larger than the padded image")
    visits = np.zeros((side, side), dtype=int)
    for i in range(0, side - f + 1, stride):
        for j in range(0, side - f + 1, stride):
            visits[i:i + f, j:j + f] += 1
    return visits[padding:padding + n, padding:padding + n]


# %% right: outer product of the counts along one axis
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    if f > n + 2 * padding:
        raise ValueError("window too large")
    starts = np.arange(-padding, n + padding - f + 1, stride)
    pixels = np.arange(n)[:, None]
    line = np.sum((starts <= pixels) & (pixels < starts + f), axis=1)
    return np.outer(line, line)


# %% right: closed formula per pixel, int16
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    room = n + 2 * padding - f
    if room < 0:
        raise ValueError("window too large")
    p = np.arange(n) + padding
    last = np.minimum(p // stride, room // stride)
    first = np.maximum(-((f - 1 - p) // stride), 0)
    line = np.maximum(last - first + 1, 0).astype(np.int32)
    out = line.reshape(-1, 1) * line
    return out.astype(np.int16) if out.max() < 32768 else out


# %% right: pure Python dictionary of pixels
from collections import Counter

import numpy as np


def window_visits(n, f, stride=1, padding=0):
    for a in (n, f, stride, padding):
        if isinstance(a, bool) or not isinstance(a, (int, np.integer)):
            raise TypeError("sizes are integers")
    n, f, stride, padding = int(n), int(f), int(stride), int(padding)
    if n < 1 or f < 1 or stride < 1 or padding < 0:
        raise ValueError("out of range")
    if n + 2 * padding < f:
        raise ValueError("too large")
    seen = Counter()
    top = -padding
    while top + f <= n + padding:
        left = -padding
        while left + f <= n + padding:
            seen.update((top + i, left + j) for i in range(f) for j in range(f))
            left += stride
        top += stride
    return np.array([[seen[i, j] for j in range(n)] for i in range(n)])


# %% right: difference array and cumsum, unsigned integers
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    side = n + 2 * padding
    if side < f:
        raise ValueError("too large")
    change = np.zeros(side + 1, dtype=np.int64)
    starts = np.arange(0, side - f + 1, stride)
    np.add.at(change, starts, 1)
    np.add.at(change, starts + f, -1)
    line = np.cumsum(change)[padding:padding + n].astype(np.uint64)
    return line[:, np.newaxis] * line[np.newaxis, :]


# %% right: TensorFlow int32 tensor
import tensorflow as tf
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    if f > n + 2 * padding:
        raise ValueError("too large")
    starts = tf.range(0, n + 2 * padding - f + 1, stride)
    pixel = tf.range(n) + padding
    distance = pixel[:, None] - starts[None, :]
    inside = tf.cast((distance >= 0) & (distance < f), tf.int32)
    line = tf.reduce_sum(inside, axis=1)
    return tf.einsum("i,j->ij", line, line)


# %% wrong: every pixel f * f times
# says: Near the border fewer windows read a pixel: only one reaches the corner.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    side = n + 2 * padding
    if f > side:
        raise ValueError("the window is larger than the padded image")
    visits = np.full((side, side), f * f)
    return visits[padding:padding + n, padding:padding + n]


# %% wrong: padded counts not cropped
# says: Only the pixels of the image are counted, not the zeros around it.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    side = n + 2 * padding
    if f > side:
        raise ValueError("the window is larger than the padded image")
    visits = np.zeros((side, side), dtype=int)
    for i in range(0, side - f + 1, stride):
        for j in range(0, side - f + 1, stride):
            visits[i:i + f, j:j + f] += 1
    return visits


# %% wrong: padding ignored
# says: With a zero before the image, a window can also start there.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    side = n + 2 * padding
    padded = side
    if f > side:
        raise ValueError("the window is larger than the padded image")
    visits = np.zeros((side, side), dtype=int)
    for i in range(0, max(n, f) - f + 1, stride):
        for j in range(0, max(n, f) - f + 1, stride):
            visits[i:i + f, j:j + f] += 1
    return visits[:n, :n]


# %% wrong: padding on one side only
# says: Make this call in a cell of your own, and look at the line where it stops.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    side = n + padding
    if f > side:
        raise ValueError("the window is larger than the padded image")
    visits = np.zeros((side, side), dtype=int)
    for i in range(0, side - f + 1, stride):
        for j in range(0, side - f + 1, stride):
            visits[i:i + f, j:j + f] += 1
    return visits[padding:padding + n, padding:padding + n]


# %% wrong: stride ignored
# says: The window moves by the stride.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    side = n + 2 * padding
    if f > side:
        raise ValueError("the window is larger than the padded image")
    visits = np.zeros((side, side), dtype=int)
    for i in range(0, side - f + 1):
        for j in range(0, side - f + 1):
            visits[i:i + f, j:j + f] += 1
    return visits[padding:padding + n, padding:padding + n]


# %% wrong: counts along the axes added instead of multiplied
# says: Three windows along each axis in the middle, so 3 · 3 windows.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    side = n + 2 * padding
    if f > side:
        raise ValueError("the window is larger than the padded image")
    starts = np.arange(0, side - f + 1, stride)
    pixel = np.arange(side)[:, None]
    line = ((starts <= pixel) & (pixel < starts + f)).sum(axis=1)
    visits = line[:, None] + line[None, :]
    return visits[padding:padding + n, padding:padding + n]


# %% wrong: float result
# says: The numbers are right, and their dtype is not.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    side = n + 2 * padding
    if f > side:
        raise ValueError("the window is larger than the padded image")
    visits = np.zeros((side, side), dtype=float)
    for i in range(0, side - f + 1, stride):
        for j in range(0, side - f + 1, stride):
            visits[i:i + f, j:j + f] += 1
    return visits[padding:padding + n, padding:padding + n]


# %% wrong: visited or not, as bool
# says: Count the windows: += 1, not = 1.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    side = n + 2 * padding
    if f > side:
        raise ValueError("the window is larger than the padded image")
    visits = np.zeros((side, side), dtype=int)
    for i in range(0, side - f + 1, stride):
        for j in range(0, side - f + 1, stride):
            visits[i:i + f, j:j + f] += 1
    return visits[padding:padding + n, padding:padding + n] > 0


# %% wrong: windows that stick out at the end are counted
# says: A window that does not fit completely is not used.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    side = n + 2 * padding
    if f > side:
        raise ValueError("the window is larger than the padded image")
    visits = np.zeros((side, side), dtype=int)
    for i in range(0, side, stride):
        for j in range(0, side, stride):
            visits[i:i + f, j:j + f] += 1
    return visits[padding:padding + n, padding:padding + n]


# %% wrong: oversized window gives zeros
# says: A window of 5 does not fit in 3 pixels.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def window_visits(n, f, stride=1, padding=0):
    n, f, stride, padding = size(n), size(f), size(stride), size(padding, 0)
    side = n + 2 * padding
    visits = np.zeros((side, side), dtype=int)
    for i in range(0, side - f + 1, stride):
        for j in range(0, side - f + 1, stride):
            visits[i:i + f, j:j + f] += 1
    return visits[padding:padding + n, padding:padding + n]


# %% right: a comparison of starts and pixels
def window_visits(n, f, stride=1, padding=0):
    for size in (n, f, stride):
        require_size(size, "size")
    require_size(padding, "padding", at_least=0)
    starts = np.arange(0, n + 2 * padding - f + 1, stride)
    if not len(starts):
        raise ValueError("too large")
    pixels = np.arange(n)[:, None] + padding
    along = ((starts <= pixels) & (pixels < starts + f)).sum(1)
    return along[:, None] * along


# %% right: convolved starts
def window_visits(n, f, stride=1, padding=0):
    for size in (n, f, stride):
        require_size(size, "size")
    require_size(padding, "padding", 0)
    if f > n + 2 * padding:
        raise ValueError("too large")
    starts = np.zeros(n + 2 * padding - f + 1, int)
    starts[::stride] = 1
    along = np.convolve(starts, np.ones(f, int))[padding : padding + n]
    return np.outer(along, along).astype("uint16")


# %% wrong: one row only
# says: Draw the image, lay every window on it, and add 1 to each pixel under it.
def window_visits(n, f, stride=1, padding=0):
    for size in (n, f, stride):
        require_size(size, "size")
    require_size(padding, "padding", 0)
    if f > n + 2 * padding:
        raise ValueError("too large")
    along = np.zeros(n + 2 * padding, int)
    for start in range(0, n + 2 * padding - f + 1, stride):
        along[start : start + f] += 1
    return along[padding : padding + n]


# %% wrong: the last place is left out
# says: The last window is missing: range leaves out its end.
def window_visits(n, f, stride=1, padding=0):
    for size in (n, f, stride):
        require_size(size, "size")
    require_size(padding, "padding", 0)
    if f > n + 2 * padding:
        raise ValueError("too large")
    side = n + 2 * padding
    count = np.zeros((side, side), int)
    for i in range(0, side - f, stride):
        for j in range(0, side - f, stride):
            count[i : i + f, j : j + f] += 1
    return count[padding : side - padding, padding : side - padding]


# %% wrong: nothing is refused
# says: All cases before this one are right: 3 of 4 points.
def window_visits(n, f, stride=1, padding=0):
    along = np.zeros(max(n + 2 * padding, 0), int)
    for start in range(0, n + 2 * padding - f + 1, stride):
        along[start : start + f] += 1
    along = along[padding : padding + n]
    return np.outer(along, along)


# %% wrong: windows may stick out at the end, counted along one axis
# says: A window that does not fit completely is not used.
def window_visits(n, f, stride=1, padding=0):
    for size in (n, f, stride):
        require_size(size, "size")
    require_size(padding, "padding", 0)
    if f > n + 2 * padding:
        raise ValueError("too large")
    line = np.zeros(n + 2 * padding, int)
    for start in range(0, len(line), stride):
        line[start : start + f] += 1
    line = line[padding : padding + n]
    return np.outer(line, line)
