# %% right: zeros and a slice
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    top, bottom = size(rows[0], 0), size(rows[1], 0)
    left, right = size(cols[0], 0), size(cols[1], 0)
    h, w = image.shape[:2]
    padded = np.zeros((top + h + bottom, left + w + right) + image.shape[2:], dtype=image.dtype)
    padded[top:top + h, left:left + w] = image
    return padded


# %% right: np.pad
import numpy as np


def zero_pad(image, rows, cols):
    for amount in (*rows, *cols):
        if isinstance(amount, bool) or not isinstance(amount, (int, np.integer)):
            raise TypeError("a padding is an integer")
        if amount < 0:
            raise ValueError("a padding is not negative")
    widths = [tuple(rows), tuple(cols)] + [(0, 0)] * (np.ndim(image) - 2)
    return np.pad(image, widths, mode="constant", constant_values=0)


# %% right: tf.pad, a tensor is returned
import numpy as np
import tensorflow as tf


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    paddings = [[size(a, 0) for a in rows], [size(a, 0) for a in cols]]
    x = tf.constant(np.array(image, copy=True))
    if x.shape.rank == 3:
        paddings.append([0, 0])
    return tf.pad(x, paddings)


# %% right: pure Python loops
import numpy as np


def whole(a):
    if isinstance(a, (bool, np.bool_, float, str)) or not hasattr(a, "__index__"):
        raise TypeError(a)
    if a < 0:
        raise ValueError(a)
    return int(a)


def zero_pad(image, rows, cols):
    top, bottom = [whole(a) for a in rows]
    left, right = [whole(a) for a in cols]
    colour = image.ndim == 3
    zero = [0] * image.shape[2] if colour else 0
    out = []
    for i in range(-top, len(image) + bottom):
        line = []
        for j in range(-left, image.shape[1] + right):
            inside = 0 <= i < image.shape[0] and 0 <= j < image.shape[1]
            line.append(image[i, j].tolist() if inside else zero)
        out.append(line)
    return np.array(out, dtype=image.dtype)


# %% right: concatenate blocks of zeros
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    (top, bottom), (left, right) = [[size(a, 0) for a in pair] for pair in (rows, cols)]

    def block(like, axis, amount):
        shape = list(like.shape)
        shape[axis] = amount
        return np.zeros(shape, like.dtype)

    out = np.concatenate([block(image, 0, top), image, block(image, 0, bottom)], axis=0)
    return np.concatenate([block(out, 1, left), out, block(out, 1, right)], axis=1)


# %% right: recursion: one line of zeros at a time, Fortran order
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def grow(image, before, after):
    if before:
        return grow(np.concatenate([np.zeros_like(image[:1]), image]), before - 1, after)
    if after:
        return grow(np.concatenate([image, np.zeros_like(image[:1])]), 0, after - 1)
    return image


def zero_pad(image, rows, cols):
    rows = [size(a, 0) for a in rows]
    cols = [size(a, 0) for a in cols]
    tall = grow(np.array(image), *rows)
    wide = grow(np.swapaxes(tall, 0, 1), *cols)
    return np.array(np.swapaxes(wide, 0, 1), order="F")


# %% wrong: rows and cols swapped
# says: Rows and columns are swapped.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    top, bottom = size(cols[0], 0), size(cols[1], 0)
    left, right = size(rows[0], 0), size(rows[1], 0)
    h, w = image.shape[:2]
    padded = np.zeros((top + h + bottom, left + w + right) + image.shape[2:], dtype=image.dtype)
    padded[top:top + h, left:left + w] = image
    return padded


# %% wrong: top and bottom swapped
# says: rows=(top, bottom): the first number is for the top.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    top, bottom = size(rows[0], 0), size(rows[1], 0)
    left, right = size(cols[0], 0), size(cols[1], 0)
    h, w = image.shape[:2]
    padded = np.zeros((top + h + bottom, left + w + right) + image.shape[2:], dtype=image.dtype)
    padded[bottom:bottom + h, left:left + w] = image
    return padded


# %% wrong: left and right swapped
# says: cols=(left, right): the first number is for the left.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    top, bottom = size(rows[0], 0), size(rows[1], 0)
    left, right = size(cols[0], 0), size(cols[1], 0)
    h, w = image.shape[:2]
    padded = np.zeros((top + h + bottom, left + w + right) + image.shape[2:], dtype=image.dtype)
    padded[top:top + h, right:right + w] = image
    return padded


# %% wrong: uses the first number of each pair on both sides
# says: The two sides may differ: all four numbers are used.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    top, bottom = size(rows[0], 0), size(rows[1], 0)
    left, right = size(cols[0], 0), size(cols[1], 0)
    bottom, right = top, left
    h, w = image.shape[:2]
    padded = np.zeros((top + h + bottom, left + w + right) + image.shape[2:], dtype=image.dtype)
    padded[top:top + h, left:left + w] = image
    return padded


# %% wrong: result is always float64
# says: The numbers are right, and their dtype is not. The result keeps the image's dtype: np.zeros makes float64 unless you tell it.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    top, bottom = size(rows[0], 0), size(rows[1], 0)
    left, right = size(cols[0], 0), size(cols[1], 0)
    h, w = image.shape[:2]
    padded = np.zeros((top + h + bottom, left + w + right) + image.shape[2:])
    padded[top:top + h, left:left + w] = image
    return padded


# %% wrong: float images become float32, others stay
# says: The numbers are right, and their dtype is not.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    top, bottom = size(rows[0], 0), size(rows[1], 0)
    left, right = size(cols[0], 0), size(cols[1], 0)
    h, w = image.shape[:2]
    kind = np.float32 if image.dtype == np.float64 else image.dtype
    padded = np.zeros((top + h + bottom, left + w + right) + image.shape[2:], dtype=kind)
    padded[top:top + h, left:left + w] = image
    return padded


# %% wrong: repeats the edge instead of zeros
# says: The frame is made of zeros, not of copies of the border.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    top, bottom = size(rows[0], 0), size(rows[1], 0)
    left, right = size(cols[0], 0), size(cols[1], 0)
    h, w = image.shape[:2]
    padded = np.zeros((top + h + bottom, left + w + right) + image.shape[2:], dtype=image.dtype)
    pads = [(top, bottom), (left, right)] + [(0, 0)] * (image.ndim - 2)
    padded[:] = np.pad(image, pads, mode="edge")
    return padded


# %% wrong: no padding at all returns the image itself
# says: A change to the result would change the argument too: return a new array.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    top, bottom = size(rows[0], 0), size(rows[1], 0)
    left, right = size(cols[0], 0), size(cols[1], 0)
    if top == bottom == left == right == 0:
        return image
    h, w = image.shape[:2]
    padded = np.zeros((top + h + bottom, left + w + right) + image.shape[2:], dtype=image.dtype)
    padded[top:top + h, left:left + w] = image
    return padded


# %% wrong: channels padded as well
# says: An image with channels keeps its channels: only height and width grow.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    top, bottom = size(rows[0], 0), size(rows[1], 0)
    left, right = size(cols[0], 0), size(cols[1], 0)
    h, w = image.shape[:2]
    padded = np.zeros((top + h + bottom, left + w + right) + image.shape[2:], dtype=image.dtype)
    padded[top:top + h, left:left + w] = image
    if image.ndim == 3:
        padded = np.pad(padded, [(0, 0), (0, 0), (left, right)])
    return padded


# %% wrong: sets the argument's shape to (h, w, 1) in place
# says: The caller still needs it: work on a copy.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    top, bottom = size(rows[0], 0), size(rows[1], 0)
    left, right = size(cols[0], 0), size(cols[1], 0)
    grey = image.ndim == 2
    if grey:
        image.shape = image.shape + (1,)
    h, w = image.shape[:2]
    padded = np.zeros((top + h + bottom, left + w + right) + image.shape[2:], dtype=image.dtype)
    padded[top:top + h, left:left + w] = image
    return padded[..., 0] if grey else padded


# %% wrong: a negative padding crops
# says: There can't be -1 rows of zeros.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def zero_pad(image, rows, cols):
    top, bottom, left, right = [size(a, -9999) for a in (*rows, *cols)]
    image = image[max(-top, 0):image.shape[0] - max(-bottom, 0),
                  max(-left, 0):image.shape[1] - max(-right, 0)]
    top, bottom, left, right = [max(a, 0) for a in (top, bottom, left, right)]
    h, w = image.shape[:2]
    padded = np.zeros((top + h + bottom, left + w + right) + image.shape[2:], dtype=image.dtype)
    padded[top:top + h, left:left + w] = image
    return padded


# %% right: np.block of corners
def zero_pad(image, rows, cols):
    for size in (*rows, *cols):
        require_size(size, "padding", at_least=0)
    rest = image.shape[2:]
    wide = np.concatenate([np.zeros((len(image), cols[0], *rest), image.dtype), image, np.zeros((len(image), cols[1], *rest), image.dtype)], 1)
    return np.vstack([np.zeros((rows[0], *wide.shape[1:]), wide.dtype), wide, np.zeros((rows[1], *wide.shape[1:]), wide.dtype)])


# %% right: an index into a larger zeros_like
def zero_pad(image, rows, cols):
    (t, b), (l, r) = [tuple(pair) for pair in (rows, cols)]
    for size in (t, b, l, r):
        require_size(size, "padding", at_least=0)
    out = np.zeros((image.shape[0] + t + b, image.shape[1] + l + r) + image.shape[2:]).astype(image.dtype)
    out[t : out.shape[0] - b, l : out.shape[1] - r, ...] = image
    return out


# %% wrong: a slice that ends at -0
# says: `out[1:-0]` is empty: say where the image ends, at top + h.
def zero_pad(image, rows, cols):
    for size in (*rows, *cols):
        require_size(size, "padding", at_least=0)
    out = np.zeros((image.shape[0] + sum(rows), image.shape[1] + sum(cols), *image.shape[2:]), image.dtype)
    out[rows[0] : -rows[1], cols[0] : -cols[1]] = image
    return out


# %% wrong: negative numbers are not refused
# says: There can't be -1 rows of zeros.
def zero_pad(image, rows, cols):
    rows, cols = [tuple(max(int(each), 0) for each in pair) for pair in (rows, cols)]
    return np.pad(image, [rows, cols] + [(0, 0)] * (image.ndim - 2))


# %% wrong: images with channels are forgotten
# says: An image with channels keeps its channels: only height and width grow.
def zero_pad(image, rows, cols):
    for size in (*rows, *cols):
        require_size(size, "padding", at_least=0)
    out = np.zeros((image.shape[0] + sum(rows), image.shape[1] + sum(cols)), image.dtype)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            out[rows[0] + i, cols[0] + j] = image[i, j]
    return out
