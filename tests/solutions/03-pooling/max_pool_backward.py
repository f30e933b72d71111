# %% right: pure loops, first maximum kept by a strict comparison
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool_backward(x, upstream, size=2):
    size = check(size)
    n, h, w, c = x.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    grad = np.zeros((n, h, w, c))
    for b in range(n):
        for i in range(h // size):
            for j in range(w // size):
                for k in range(c):
                    best, row, col = x[b, i * size, j * size, k], i * size, j * size
                    for r in range(i * size, (i + 1) * size):
                        for s in range(j * size, (j + 1) * size):
                            if x[b, r, s, k] > best:
                                best, row, col = x[b, r, s, k], r, s
                    grad[b, row, col, k] = upstream[b, i, j, k]
    return grad


# %% right: argmax over reshaped windows, put_along_axis
import numpy as np


def max_pool_backward(x, upstream, size=2):
    if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
        raise TypeError("size must be an integer")
    if size < 1:
        raise ValueError("size must be at least 1")
    size = int(size)
    n, h, w, c = x.shape
    rows, cols = h // size, w // size
    if rows == 0 or cols == 0:
        raise ValueError("no window fits")
    windows = x[:, :rows * size, :cols * size].reshape(n, rows, size, cols, size, c)
    windows = windows.transpose(0, 1, 3, 5, 2, 4).reshape(n, rows, cols, c, size * size)
    out = np.zeros(windows.shape, upstream.dtype)
    place = windows.argmax(axis=-1)[..., None]
    np.put_along_axis(out, place, upstream[..., None], axis=-1)
    out = out.reshape(n, rows, cols, c, size, size).transpose(0, 1, 4, 2, 5, 3)
    result = np.zeros(x.shape)
    result[:, :rows * size, :cols * size] = out.reshape(n, rows * size, cols * size, c)
    return result


# %% right: gradient tape over a stack of slices with argmax and one_hot
import numpy as np
import tensorflow as tf


def max_pool_backward(x, upstream, size=2):
    if type(size) is bool or not isinstance(size, (int, np.integer)):
        raise TypeError(size)
    if size < 1:
        raise ValueError(size)
    size = int(size)
    h, w = x.shape[1] // size * size, x.shape[2] // size * size
    if not (h and w):
        raise ValueError("window")
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        parts = [x[:, i:h:size, j:w:size] for i in range(size) for j in range(size)]
        stack = tf.stack(parts, axis=-1)
        first = tf.one_hot(tf.argmax(stack, axis=-1), size * size, dtype=x.dtype)
        pooled = tf.reduce_sum(stack * tf.stop_gradient(first), axis=-1)
    return tape.gradient(pooled, x, output_gradients=tf.constant(upstream, x.dtype))


# %% right: mask of the maxima, ties cut by a running count
import numpy as np


def max_pool_backward(x, upstream, size=2):
    if not isinstance(size, (int, np.integer)) or isinstance(size, (bool, np.bool_)):
        raise TypeError("size")
    if size <= 0:
        raise ValueError("size")
    n, h, w, c = x.shape
    a, b = h // size, w // size
    if a * b == 0:
        raise ValueError("size")
    grad = np.zeros(x.shape, np.float64)
    for i in range(a):
        for j in range(b):
            rows, cols = slice(i * size, (i + 1) * size), slice(j * size, (j + 1) * size)
            window = x[:, rows, cols].reshape(n, -1, c)
            hit = window == window.max(axis=1, keepdims=True)
            hit &= np.cumsum(hit, axis=1) == 1
            grad[:, rows, cols] = (hit * upstream[:, i, j][:, None]).reshape(n, size, size, c)
    return grad


# %% right: np.add.at with unravel_index, float32 result
import numpy as np


def size_check(size):
    try:
        number = size.__index__()
    except AttributeError:
        raise TypeError("the size is an integer") from None
    if isinstance(size, bool):
        raise TypeError("the size is no bool")
    if number < 1:
        raise ValueError("the size is positive")
    return number


def max_pool_backward(x, upstream, size=2):
    size = size_check(size)
    n, h, w, c = x.shape
    if min(h, w) < size:
        raise ValueError("oversized")
    result = np.zeros_like(x, dtype="float32")
    for b, i, j, k in np.ndindex(n, h // size, w // size, c):
        window = x[b, i * size:i * size + size, j * size:j * size + size, k]
        row, col = np.unravel_index(np.argmax(window), window.shape)
        np.add.at(result, (b, i * size + row, j * size + col, k), upstream[b, i, j, k])
    return result


# %% right: tf.scatter_nd, a tensor returned
import numpy as np
import tensorflow as tf


def max_pool_backward(x, upstream, size=2):
    if isinstance(size, (bool, np.bool_, float, str)) or not isinstance(size, (int, np.integer)):
        raise TypeError("size")
    if size < 1:
        raise ValueError("size")
    size = int(size)
    n, h, w, c = x.shape
    rows, cols = h // size, w // size
    if not rows or not cols:
        raise ValueError("size")
    view = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(1, 2))[:, ::size, ::size]
    place = view.reshape(n, rows, cols, c, -1).argmax(-1)
    b, i, j, k = np.indices(place.shape)
    where = np.stack([b, i * size + place // size, j * size + place % size, k], axis=-1)
    return tf.scatter_nd(where.astype("int32"), tf.convert_to_tensor(upstream), x.shape)


# %% wrong: every maximum of a tie gets the gradient
# says: Among equal numbers the first one takes it all, reading row by row.
import numpy as np


def max_pool_backward(x, upstream, size=2):
    if not isinstance(size, (int, np.integer)) or isinstance(size, (bool, np.bool_)):
        raise TypeError("size")
    if size <= 0:
        raise ValueError("size")
    n, h, w, c = x.shape
    a, b = h // size, w // size
    if a * b == 0:
        raise ValueError("size")
    grad = np.zeros(x.shape, np.float64)
    for i in range(a):
        for j in range(b):
            rows, cols = slice(i * size, (i + 1) * size), slice(j * size, (j + 1) * size)
            window = x[:, rows, cols].reshape(n, -1, c)
            hit = window == window.max(axis=1, keepdims=True)
            grad[:, rows, cols] = (hit * upstream[:, i, j][:, None]).reshape(n, size, size, c)
    return grad


# %% wrong: first maximum column by column
# says: Among equal numbers the first one takes it all, reading row by row, not column by column.
import numpy as np


def max_pool_backward(x, upstream, size=2):
    if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
        raise TypeError("size must be an integer")
    if size < 1:
        raise ValueError("size must be at least 1")
    size = int(size)
    n, h, w, c = x.shape
    rows, cols = h // size, w // size
    if rows == 0 or cols == 0:
        raise ValueError("no window fits")
    windows = x[:, :rows * size, :cols * size].reshape(n, rows, size, cols, size, c)
    windows = windows.transpose(0, 1, 3, 5, 4, 2).reshape(n, rows, cols, c, size * size)
    out = np.zeros(windows.shape, upstream.dtype)
    place = windows.argmax(axis=-1)[..., None]
    np.put_along_axis(out, place, upstream[..., None], axis=-1)
    out = out.reshape(n, rows, cols, c, size, size).transpose(0, 1, 5, 2, 4, 3)
    result = np.zeros(x.shape)
    result[:, :rows * size, :cols * size] = out.reshape(n, rows * size, cols * size, c)
    return result


# %% wrong: spread evenly over the window, as for average pooling
# says: That is average pooling. Only the largest number gets the gradient.
import numpy as np


def max_pool_backward(x, upstream, size=2):
    if not isinstance(size, (int, np.integer)) or isinstance(size, (bool, np.bool_)):
        raise TypeError("size")
    if size <= 0:
        raise ValueError("size")
    n, h, w, c = x.shape
    a, b = h // size, w // size
    if a * b == 0:
        raise ValueError("size")
    grad = np.zeros(x.shape, np.float64)
    for i in range(a):
        for j in range(b):
            rows, cols = slice(i * size, (i + 1) * size), slice(j * size, (j + 1) * size)
            window = x[:, rows, cols].reshape(n, -1, c)
            hit = window == window.max(axis=1, keepdims=True)
            hit = np.full(hit.shape, 1 / (size * size))
            grad[:, rows, cols] = (hit * upstream[:, i, j][:, None]).reshape(n, size, size, c)
    return grad


# %% wrong: every place of the window gets the gradient
# says: Only the largest number of a window gets the gradient.
import numpy as np


def max_pool_backward(x, upstream, size=2):
    if not isinstance(size, (int, np.integer)) or isinstance(size, (bool, np.bool_)):
        raise TypeError("size")
    if size <= 0:
        raise ValueError("size")
    n, h, w, c = x.shape
    a, b = h // size, w // size
    if a * b == 0:
        raise ValueError("size")
    grad = np.zeros(x.shape, np.float64)
    for i in range(a):
        for j in range(b):
            rows, cols = slice(i * size, (i + 1) * size), slice(j * size, (j + 1) * size)
            window = x[:, rows, cols].reshape(n, -1, c)
            hit = window == window.max(axis=1, keepdims=True)
            hit[:] = True
            grad[:, rows, cols] = (hit * upstream[:, i, j][:, None]).reshape(n, size, size, c)
    return grad


# %% wrong: gradient at the largest magnitude
# says: The largest number wins, not the largest absolute value.
import numpy as np


def max_pool_backward(x, upstream, size=2):
    if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
        raise TypeError("size must be an integer")
    if size < 1:
        raise ValueError("size must be at least 1")
    size = int(size)
    n, h, w, c = x.shape
    rows, cols = h // size, w // size
    if rows == 0 or cols == 0:
        raise ValueError("no window fits")
    windows = x[:, :rows * size, :cols * size].reshape(n, rows, size, cols, size, c)
    windows = windows.transpose(0, 1, 3, 5, 2, 4).reshape(n, rows, cols, c, size * size)
    out = np.zeros(windows.shape, upstream.dtype)
    place = np.abs(windows).argmax(axis=-1)[..., None]
    np.put_along_axis(out, place, upstream[..., None], axis=-1)
    out = out.reshape(n, rows, cols, c, size, size).transpose(0, 1, 4, 2, 5, 3)
    result = np.zeros(x.shape)
    result[:, :rows * size, :cols * size] = out.reshape(n, rows * size, cols * size, c)
    return result


# %% wrong: search starts from 0, all-negative windows go wrong
# says: Windows of negative numbers have a maximum as well.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool_backward(x, upstream, size=2):
    size = check(size)
    n, h, w, c = x.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    grad = np.zeros((n, h, w, c))
    for b in range(n):
        for i in range(h // size):
            for j in range(w // size):
                for k in range(c):
                    best, row, col = 0.0, i * size, j * size
                    for r in range(i * size, (i + 1) * size):
                        for s in range(j * size, (j + 1) * size):
                            if x[b, r, s, k] > best:
                                best, row, col = x[b, r, s, k], r, s
                    grad[b, row, col, k] = upstream[b, i, j, k]
    return grad


# %% wrong: times the maximum
# says: The winner gets what came back, not its product with the number.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool_backward(x, upstream, size=2):
    size = check(size)
    n, h, w, c = x.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    grad = np.zeros((n, h, w, c))
    for b in range(n):
        for i in range(h // size):
            for j in range(w // size):
                for k in range(c):
                    best, row, col = x[b, i * size, j * size, k], i * size, j * size
                    for r in range(i * size, (i + 1) * size):
                        for s in range(j * size, (j + 1) * size):
                            if x[b, r, s, k] > best:
                                best, row, col = x[b, r, s, k], r, s
                    grad[b, row, col, k] = upstream[b, i, j, k] * best
    return grad


# %% wrong: upstream ignored, ones
# says: The winner gets what came back to its window, not 1.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool_backward(x, upstream, size=2):
    size = check(size)
    n, h, w, c = x.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    grad = np.zeros((n, h, w, c))
    for b in range(n):
        for i in range(h // size):
            for j in range(w // size):
                for k in range(c):
                    best, row, col = x[b, i * size, j * size, k], i * size, j * size
                    for r in range(i * size, (i + 1) * size):
                        for s in range(j * size, (j + 1) * size):
                            if x[b, r, s, k] > best:
                                best, row, col = x[b, r, s, k], r, s
                    grad[b, row, col, k] = 1.0
    return grad


# %% wrong: rows and columns outside the windows cut off
# says: The last row and column lie in no window: their gradient is 0, and the result has the shape of x.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool_backward(x, upstream, size=2):
    size = check(size)
    n, h, w, c = x.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    grad = np.zeros((n, h, w, c))
    for b in range(n):
        for i in range(h // size):
            for j in range(w // size):
                for k in range(c):
                    best, row, col = x[b, i * size, j * size, k], i * size, j * size
                    for r in range(i * size, (i + 1) * size):
                        for s in range(j * size, (j + 1) * size):
                            if x[b, r, s, k] > best:
                                best, row, col = x[b, r, s, k], r, s
                    grad[b, row, col, k] = upstream[b, i, j, k]
    return grad[:, :h // size * size, :w // size * size]


# %% wrong: 2.0 accepted
# says: 2.0 is a float, and a size is a whole number: an int or a NumPy integer.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or isinstance(value, str) or value != int(value):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool_backward(x, upstream, size=2):
    size = check(size)
    n, h, w, c = x.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    grad = np.zeros((n, h, w, c))
    for b in range(n):
        for i in range(h // size):
            for j in range(w // size):
                for k in range(c):
                    best, row, col = x[b, i * size, j * size, k], i * size, j * size
                    for r in range(i * size, (i + 1) * size):
                        for s in range(j * size, (j + 1) * size):
                            if x[b, r, s, k] > best:
                                best, row, col = x[b, r, s, k], r, s
                    grad[b, row, col, k] = upstream[b, i, j, k]
    return grad


# %% wrong: bools accepted
# says: A bool is not a size, although Python counts True as 1.
import numpy as np


def check(value):
    if not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool_backward(x, upstream, size=2):
    size = check(size)
    n, h, w, c = x.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    grad = np.zeros((n, h, w, c))
    for b in range(n):
        for i in range(h // size):
            for j in range(w // size):
                for k in range(c):
                    best, row, col = x[b, i * size, j * size, k], i * size, j * size
                    for r in range(i * size, (i + 1) * size):
                        for s in range(j * size, (j + 1) * size):
                            if x[b, r, s, k] > best:
                                best, row, col = x[b, r, s, k], r, s
                    grad[b, row, col, k] = upstream[b, i, j, k]
    return grad


# %% right: where the window equals its maximum first, by argmax of a flat window
def max_pool_backward(x, upstream, size=2):
    require_size(size, "size")
    gradient = np.zeros(x.shape)
    for n in range(upstream.shape[0]):
        for c in range(upstream.shape[3]):
            for i in range(upstream.shape[1]):
                for j in range(upstream.shape[2]):
                    place = int(np.argmax(x[n, i * size : i * size + size, j * size : j * size + size, c]))
                    gradient[n, i * size + place // size, j * size + place % size, c] += upstream[n, i, j, c]
    return gradient


# %% wrong: nothing is refused
# says: All cases before this one are right: 3 of 5 points.
def max_pool_backward(x, upstream, size=2):
    gradient = np.zeros(x.shape)
    if not isinstance(size, (int, np.integer)) or size < 1:
        return gradient
    for n, i, j, c in np.ndindex(*upstream.shape):
        place = int(np.argmax(x[n, i * size : i * size + size, j * size : j * size + size, c]))
        gradient[n, i * size + place // size, j * size + place % size, c] += upstream[n, i, j, c]
    return gradient


# %% wrong: one maximum for all channels
# says: Find the largest number of each window: the gradient goes to its place, and nowhere else.
def max_pool_backward(x, upstream, size=2):
    require_size(size, "size")
    gradient = np.zeros(x.shape)
    for n, i, j, c in np.ndindex(*upstream.shape):
        place = int(np.argmax(x[n, i * size : i * size + size, j * size : j * size + size].sum(-1)))
        gradient[n, i * size + place // size, j * size + place % size, c] += upstream[n, i, j, c]
    return gradient


# %% wrong: row and column of the place in each other's place
# says: Find the largest number of each window: the gradient goes to its place, and nowhere else.
def max_pool_backward(x, upstream, size=2):
    require_size(size, "size")
    gradient = np.zeros(x.shape)
    for n, i, j, c in np.ndindex(*upstream.shape):
        place = int(np.argmax(x[n, i * size : i * size + size, j * size : j * size + size, c]))
        gradient[n, i * size + place % size, j * size + place // size, c] += upstream[n, i, j, c]
    return gradient


# %% wrong: only Python's own integers are sizes
# says: A NumPy integer is a size too, but isinstance(size, int) is False for it, and Keras' layers refuse it: check it, then hand on int(size).
def max_pool_backward(x, upstream, size=2):
    if not isinstance(size, int) or isinstance(size, bool):
        raise TypeError(size)
    require_size(size, "size")
    gradient = np.zeros_like(x)
    for n, i, j, c in np.ndindex(*upstream.shape):
        window = x[n, i * size : (i + 1) * size, j * size : (j + 1) * size, c]
        row, column = np.unravel_index(window.argmax(), window.shape)
        gradient[n, i * size + row, j * size + column, c] = upstream[n, i, j, c]
    return gradient


# %% wrong: the first number that is close to the maximum
# says: Numbers that are nearly equal are not equal: one of them is the largest.
def max_pool_backward(x, upstream, size=2):
    require_size(size, "size")
    gradient = np.zeros_like(x)
    for n, i, j, c in np.ndindex(*upstream.shape):
        window = x[n, i * size : (i + 1) * size, j * size : (j + 1) * size, c]
        row, column = np.argwhere(np.isclose(window, window.max(), rtol=0, atol=1e-6))[0]
        gradient[n, i * size + row, j * size + column, c] = upstream[n, i, j, c]
    return gradient


# %% wrong: the winner gets its own number
# says: The winner gets what came back, not its own number.
def max_pool_backward(x, upstream, size=2):
    require_size(size, "size")
    gradient = np.zeros_like(x)
    for n, i, j, c in np.ndindex(*upstream.shape):
        window = x[n, i * size : (i + 1) * size, j * size : (j + 1) * size, c]
        row, column = np.unravel_index(window.argmax(), window.shape)
        gradient[n, i * size + row, j * size + column, c] = window.max()
    return gradient


# %% wrong: upstream read by columns
# says: The rows and columns of upstream are swapped.
def max_pool_backward(x, upstream, size=2):
    require_size(size, "size")
    gradient = np.zeros_like(x)
    for n, i, j, c in np.ndindex(*upstream.shape):
        window = x[n, i * size : (i + 1) * size, j * size : (j + 1) * size, c]
        row, column = np.unravel_index(window.argmax(), window.shape)
        gradient[n, i * size + row, j * size + column, c] = upstream[n, j, i, c]
    return gradient


# %% wrong: the winners of the first image for all
# says: Each image and each channel is treated on its own.
def max_pool_backward(x, upstream, size=2):
    require_size(size, "size")
    gradient = np.zeros_like(x)
    for n, i, j, c in np.ndindex(*upstream.shape):
        window = x[0, i * size : (i + 1) * size, j * size : (j + 1) * size, c]
        row, column = np.unravel_index(window.argmax(), window.shape)
        gradient[n, i * size + row, j * size + column, c] = upstream[n, i, j, c]
    return gradient


# %% wrong: the winners of the first channel for all
# says: Each image and each channel is treated on its own.
def max_pool_backward(x, upstream, size=2):
    require_size(size, "size")
    gradient = np.zeros_like(x)
    for n, i, j, c in np.ndindex(*upstream.shape):
        window = x[n, i * size : (i + 1) * size, j * size : (j + 1) * size, 0]
        row, column = np.unravel_index(window.argmax(), window.shape)
        gradient[n, i * size + row, j * size + column, c] = upstream[n, i, j, c]
    return gradient
