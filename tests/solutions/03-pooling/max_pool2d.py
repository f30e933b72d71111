# %% right: padding in capitals accepted as well
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool2d(x, size=2, stride=None, padding="valid"):
    size = check(size)
    stride = size if stride is None else check(stride)
    padding = str(padding).lower()
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    n, h, w, c = x.shape
    if padding == "valid":
        if size > h or size > w:
            raise ValueError("window larger than the image")
        out_h, out_w, top, left = (h - size) // stride + 1, (w - size) // stride + 1, 0, 0
    else:
        out_h, out_w = -(-h // stride), -(-w // stride)
        top = max((out_h - 1) * stride + size - h, 0) // 2
        left = max((out_w - 1) * stride + size - w, 0) // 2
    out = np.empty((n, out_h, out_w, c), x.dtype)
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    best = None
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w and (best is None or x[b, r, s, k] > best):
                                best = x[b, r, s, k]
                    out[b, i, j, k] = best
    return out


# %% right: pure loops, windows clipped at the border, no padding at all
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool2d(x, size=2, stride=None, padding="valid"):
    size = check(size)
    stride = size if stride is None else check(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    n, h, w, c = x.shape
    if padding == "valid":
        if size > h or size > w:
            raise ValueError("window larger than the image")
        out_h, out_w, top, left = (h - size) // stride + 1, (w - size) // stride + 1, 0, 0
    else:
        out_h, out_w = -(-h // stride), -(-w // stride)
        top = max((out_h - 1) * stride + size - h, 0) // 2
        left = max((out_w - 1) * stride + size - w, 0) // 2
    out = np.empty((n, out_h, out_w, c), x.dtype)
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    best = None
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w and (best is None or x[b, r, s, k] > best):
                                best = x[b, r, s, k]
                    out[b, i, j, k] = best
    return out


# %% right: sliding_window_view with minus infinity around
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    for value in (size, stride):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise TypeError("size and stride are integers")
        if value < 1:
            raise ValueError("size and stride are at least 1")
    size, stride = int(size), int(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        pads = []
        for side in x.shape[1:3]:
            total = max((-(-side // stride) - 1) * stride + size - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, ((0, 0), *pads, (0, 0)), constant_values=-np.inf)
    if size > x.shape[1] or size > x.shape[2]:
        raise ValueError("the window does not fit")
    view = sliding_window_view(x, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    return view.max(axis=(-2, -1))


# %% right: tf.nn.max_pool2d, a tensor returned
import tensorflow as tf
import numpy as np


def max_pool2d(x, size=2, stride=None, padding="valid"):
    for v in [size] if stride is None else [size, stride]:
        if type(v) in (bool, np.bool_) or not np.issubdtype(type(v), np.integer):
            raise TypeError(type(v))
        if v < 1:
            raise ValueError(v)
    if padding == "valid":
        if max(size, 1) > min(x.shape[1:3]):
            raise ValueError("window too large")
    elif padding != "same":
        raise ValueError(padding)
    strides = size if stride is None else stride
    return tf.nn.max_pool2d(x, ksize=int(size), strides=int(strides), padding=padding.upper())


# %% right: np.maximum of shifted slices
import functools
import numpy as np


def sizes(**named):
    for name, value in named.items():
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
            raise TypeError(f"{name} has to be an integer")
        if value <= 0:
            raise ValueError(f"{name} has to be 1 or more")
    return [int(v) for v in named.values()]


def max_pool2d(x, size=2, stride=None, padding="valid"):
    size, stride = sizes(size=size, stride=size if stride is None else stride)
    n, h, w, c = x.shape
    if padding == "same":
        rows, cols = (h - 1) // stride + 1, (w - 1) // stride + 1
        extra_h = max(0, (rows - 1) * stride + size - h)
        extra_w = max(0, (cols - 1) * stride + size - w)
        top, left = extra_h // 2, extra_w // 2
    elif padding == "valid":
        if size > min(h, w):
            raise ValueError("oversized window")
        rows, cols = (h - size) // stride + 1, (w - size) // stride + 1
        extra_h = extra_w = top = left = 0
    else:
        raise ValueError("unknown padding")
    pad = np.full((n, h + extra_h, w + extra_w, c), -np.inf)
    pad[:, top:top + h, left:left + w] = x
    parts = []
    for i in range(size):
        for j in range(size):
            parts.append(pad[:, i:i + (rows - 1) * stride + 1:stride, j:j + (cols - 1) * stride + 1:stride])
    return functools.reduce(np.maximum, parts).astype(np.float64)


# %% right: scipy maximum_filter, then every stride-th value
import numpy as np
from scipy import ndimage


def max_pool2d(x, size=2, stride=None, padding="valid"):
    expected = []
    for value in (size, size if stride is None else stride):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise TypeError("integer expected")
        if value < 1:
            raise ValueError("positive integer expected")
        expected.append(int(value))
    size, stride = expected
    n, h, w, c = x.shape
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    if padding == "valid" and size > min(h, w):
        raise ValueError("size")
    filtered = ndimage.maximum_filter(x, size=(1, size, size, 1), mode="constant", cval=-np.inf)

    def starts(side):
        if padding == "valid":
            return np.arange(0, side - size + 1, stride)
        out = -(-side // stride)
        return np.arange(out) * stride - max((out - 1) * stride + size - side, 0) // 2

    rows, cols = starts(h) + size // 2, starts(w) + size // 2
    wide = np.pad(filtered, ((0, 0), (0, size), (0, size), (0, 0)), constant_values=-np.inf)
    inside = wide[:, :h + size, :w + size]
    if rows.max() < h and cols.max() < w:
        return inside[:, rows][:, :, cols]
    big = np.pad(x, ((0, 0), (0, size), (0, size), (0, 0)), constant_values=-np.inf)
    big = ndimage.maximum_filter(big, size=(1, size, size, 1), mode="constant", cval=-np.inf)
    return big[:, rows][:, :, cols]


# %% right: np.nanmax over a NaN border
import numpy as np


def max_pool2d(x, size=2, stride=None, padding="valid"):
    size, stride = [v if v is not None else size for v in (size, stride)]
    if not (isinstance(size, (int, np.integer)) and isinstance(stride, (int, np.integer))):
        raise TypeError
    if isinstance(size, bool) or isinstance(stride, bool):
        raise TypeError
    if not (size >= 1 and stride >= 1):
        raise ValueError
    size, stride = int(size), int(stride)
    if padding not in ("valid", "same"):
        raise ValueError
    n, h, w, c = x.shape
    if padding == "same":
        th = max(int(np.ceil(h / stride) - 1) * stride + size - h, 0)
        tw = max(int(np.ceil(w / stride) - 1) * stride + size - w, 0)
        border = [(0, 0), (th // 2, (th + 1) // 2), (tw // 2, (tw + 1) // 2), (0, 0)]
        x = np.pad(x, border, constant_values=np.nan)
    elif size > h or size > w:
        raise ValueError
    rows = np.arange(0, x.shape[1] - size + 1, stride)[:, None] + np.arange(size)
    cols = np.arange(0, x.shape[2] - size + 1, stride)[:, None] + np.arange(size)
    patches = x[:, rows[:, None, :, None], cols[None, :, None, :], :]
    return np.nanmax(patches, axis=(3, 4)).astype(np.float32)


# %% wrong: zeros around with same padding
# says: A zero of the padding has won. All numbers here are negative, and a padded place must never win.
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    for value in (size, stride):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise TypeError("size and stride are integers")
        if value < 1:
            raise ValueError("size and stride are at least 1")
    size, stride = int(size), int(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        pads = []
        for side in x.shape[1:3]:
            total = max((-(-side // stride) - 1) * stride + size - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, ((0, 0), *pads, (0, 0)))
    if size > x.shape[1] or size > x.shape[2]:
        raise ValueError("the window does not fit")
    view = sliding_window_view(x, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    return view.max(axis=(-2, -1))


# %% wrong: zeros around in a loop that starts from 0
# says: Lay each window on the table by hand, and take its largest number.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool2d(x, size=2, stride=None, padding="valid"):
    size = check(size)
    stride = size if stride is None else check(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    n, h, w, c = x.shape
    if padding == "valid":
        if size > h or size > w:
            raise ValueError("window larger than the image")
        out_h, out_w, top, left = (h - size) // stride + 1, (w - size) // stride + 1, 0, 0
    else:
        out_h, out_w = -(-h // stride), -(-w // stride)
        top = max((out_h - 1) * stride + size - h, 0) // 2
        left = max((out_w - 1) * stride + size - w, 0) // 2
    out = np.empty((n, out_h, out_w, c), x.dtype)
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    best = 0
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w and x[b, r, s, k] > best:
                                best = x[b, r, s, k]
                    out[b, i, j, k] = best
    return out


# %% wrong: average
# says: That is the mean of each window. Max pooling keeps the largest number.
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    for value in (size, stride):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise TypeError("size and stride are integers")
        if value < 1:
            raise ValueError("size and stride are at least 1")
    size, stride = int(size), int(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        pads = []
        for side in x.shape[1:3]:
            total = max((-(-side // stride) - 1) * stride + size - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, ((0, 0), *pads, (0, 0)), constant_values=np.nan)
    if size > x.shape[1] or size > x.shape[2]:
        raise ValueError("the window does not fit")
    view = sliding_window_view(x, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    return np.nanmean(view, axis=(-2, -1))


# %% wrong: stride checked, then ignored
# says: The stride is given here: the windows overlap.
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    for value in (size, stride):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise TypeError("size and stride are integers")
        if value < 1:
            raise ValueError("size and stride are at least 1")
    size, stride = int(size), int(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        pads = []
        for side in x.shape[1:3]:
            total = max((-(-side // size) - 1) * size + size - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, ((0, 0), *pads, (0, 0)), constant_values=-np.inf)
    if size > x.shape[1] or size > x.shape[2]:
        raise ValueError("the window does not fit")
    view = sliding_window_view(x, (size, size), axis=(1, 2))[:, ::size, ::size]
    return view.max(axis=(-2, -1))


# %% wrong: valid keeps cut-off windows
# says: With valid padding, what does not fill a window is dropped.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool2d(x, size=2, stride=None, padding="valid"):
    size = check(size)
    stride = size if stride is None else check(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    n, h, w, c = x.shape
    if padding == "valid":
        if size > h or size > w:
            raise ValueError("window larger than the image")
        out_h, out_w, top, left = -(-(h - size) // stride) + 1, -(-(w - size) // stride) + 1, 0, 0
    else:
        out_h, out_w = -(-h // stride), -(-w // stride)
        top = max((out_h - 1) * stride + size - h, 0) // 2
        left = max((out_w - 1) * stride + size - w, 0) // 2
    out = np.empty((n, out_h, out_w, c), x.dtype)
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    best = None
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w and (best is None or x[b, r, s, k] > best):
                                best = x[b, r, s, k]
                    out[b, i, j, k] = -np.inf if best is None else best
    return out


# %% wrong: a stride larger than the window is cut down
# says: The stride is given here, and this answer uses the size instead.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool2d(x, size=2, stride=None, padding="valid"):
    size = check(size)
    stride = size if stride is None else check(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    n, h, w, c = x.shape
    stride = min(stride, size)
    if padding == "valid":
        if size > h or size > w:
            raise ValueError("window larger than the image")
        out_h, out_w, top, left = (h - size) // stride + 1, (w - size) // stride + 1, 0, 0
    else:
        out_h, out_w = -(-h // stride), -(-w // stride)
        top = max((out_h - 1) * stride + size - h, 0) // 2
        left = max((out_w - 1) * stride + size - w, 0) // 2
    out = np.empty((n, out_h, out_w, c), x.dtype)
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    best = None
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w and (best is None or x[b, r, s, k] > best):
                                best = x[b, r, s, k]
                    out[b, i, j, k] = best
    return out


# %% wrong: first image only
# says: Each image and each channel is pooled on its own.
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    for value in (size, stride):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise TypeError("size and stride are integers")
        if value < 1:
            raise ValueError("size and stride are at least 1")
    size, stride = int(size), int(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        pads = []
        for side in x.shape[1:3]:
            total = max((-(-side // stride) - 1) * stride + size - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, ((0, 0), *pads, (0, 0)), constant_values=-np.inf)
    if size > x.shape[1] or size > x.shape[2]:
        raise ValueError("the window does not fit")
    view = sliding_window_view(x, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    return view[:1].max(axis=(-2, -1))


# %% wrong: result cut to integers
# says: The numbers are right, and their dtype is not.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool2d(x, size=2, stride=None, padding="valid"):
    size = check(size)
    stride = size if stride is None else check(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    n, h, w, c = x.shape
    if padding == "valid":
        if size > h or size > w:
            raise ValueError("window larger than the image")
        out_h, out_w, top, left = (h - size) // stride + 1, (w - size) // stride + 1, 0, 0
    else:
        out_h, out_w = -(-h // stride), -(-w // stride)
        top = max((out_h - 1) * stride + size - h, 0) // 2
        left = max((out_w - 1) * stride + size - w, 0) // 2
    out = np.empty((n, out_h, out_w, c), int)
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    best = None
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w and (best is None or x[b, r, s, k] > best):
                                best = x[b, r, s, k]
                    out[b, i, j, k] = best
    return out


# %% wrong: size 1 returns the argument itself
# says: A change to the result would change the argument too: return a new array.
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    for value in (size, stride):
        if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
            raise TypeError("size and stride are integers")
        if value < 1:
            raise ValueError("size and stride are at least 1")
    size, stride = int(size), int(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if size == 1 and stride == 1:
        return x
    if padding == "same":
        pads = []
        for side in x.shape[1:3]:
            total = max((-(-side // stride) - 1) * stride + size - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, ((0, 0), *pads, (0, 0)), constant_values=-np.inf)
    if size > x.shape[1] or size > x.shape[2]:
        raise ValueError("the window does not fit")
    view = sliding_window_view(x, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    return view.max(axis=(-2, -1))


# %% wrong: 2.0 accepted
# says: 2.0 is a float, and a size is a whole number.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or isinstance(value, str) or value != int(value):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool2d(x, size=2, stride=None, padding="valid"):
    size = check(size)
    stride = size if stride is None else check(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    n, h, w, c = x.shape
    if padding == "valid":
        if size > h or size > w:
            raise ValueError("window larger than the image")
        out_h, out_w, top, left = (h - size) // stride + 1, (w - size) // stride + 1, 0, 0
    else:
        out_h, out_w = -(-h // stride), -(-w // stride)
        top = max((out_h - 1) * stride + size - h, 0) // 2
        left = max((out_w - 1) * stride + size - w, 0) // 2
    out = np.empty((n, out_h, out_w, c), x.dtype)
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    best = None
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w and (best is None or x[b, r, s, k] > best):
                                best = x[b, r, s, k]
                    out[b, i, j, k] = best
    return out


# %% wrong: bools accepted
# says: A bool is not a size, although Python counts True as 1.
import numpy as np


def check(value):
    if not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def max_pool2d(x, size=2, stride=None, padding="valid"):
    size = check(size)
    stride = size if stride is None else check(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    n, h, w, c = x.shape
    if padding == "valid":
        if size > h or size > w:
            raise ValueError("window larger than the image")
        out_h, out_w, top, left = (h - size) // stride + 1, (w - size) // stride + 1, 0, 0
    else:
        out_h, out_w = -(-h // stride), -(-w // stride)
        top = max((out_h - 1) * stride + size - h, 0) // 2
        left = max((out_w - 1) * stride + size - w, 0) // 2
    out = np.empty((n, out_h, out_w, c), x.dtype)
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    best = None
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w and (best is None or x[b, r, s, k] > best):
                                best = x[b, r, s, k]
                    out[b, i, j, k] = best
    return out


# %% right: a Keras layer
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    return keras.layers.MaxPooling2D(int(size), int(stride), padding)(x)


# %% right: windows as slices, cut at the border
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    for each in (size, stride):
        require_size(each, "size")
    n, h, w, c = x.shape

    def windows(side):
        if padding == "same":
            places = -(-side // stride)
            before = max((places - 1) * stride + size - side, 0) // 2
        elif padding == "valid":
            places, before = (side - size) // stride + 1, 0
        else:
            raise ValueError(padding)
        return [slice(max(i * stride - before, 0), i * stride - before + size) for i in range(places)]

    return np.stack([np.stack([x[:, rows, columns].max(axis=(1, 2)) for columns in windows(w)], 1) for rows in windows(h)], 1)


# %% wrong: nothing is refused
# says: All cases before this one are right: 4 of 6 points.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    return tf.nn.max_pool2d(x, size, stride or size, padding.upper() if padding in ("same", "valid") else "VALID").numpy() if size > 0 and (stride is None or stride > 0) else x * 0


# %% wrong: a very small number around, -1
# says: Lay each window on the table by hand, and take its largest number.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)], constant_values=-1)
    elif padding != "valid":
        raise ValueError(padding)
    return np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride].max((-1, -2))


# %% wrong: all padding before
# says: Half of the padded places lie after the image, and this answer puts all of them before it.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t, 0) for t in totals] + [(0, 0)], constant_values=-np.inf)
    elif padding != "valid":
        raise ValueError(padding)
    return np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride].max((-1, -2))


# %% wrong: all padding after
# says: Half of the padded places lie before the image, and this answer puts all of them after it.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(0, t) for t in totals] + [(0, 0)], constant_values=-np.inf)
    elif padding != "valid":
        raise ValueError(padding)
    return np.max(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: all padding after, and zeros
# says: Half of the padded places lie before the image, this answer puts all of them after it, and none of them may win.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(0, t) for t in totals] + [(0, 0)], constant_values=0)
    elif padding != "valid":
        raise ValueError(padding)
    return np.max(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: all padding before, and zeros
# says: Half of the padded places lie after the image, this answer puts all of them before it, and none of them may win.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t, 0) for t in totals] + [(0, 0)], constant_values=0)
    elif padding != "valid":
        raise ValueError(padding)
    return np.max(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: the odd place before
# says: If the number of padded places is odd, the odd one goes after the image.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t - t // 2, t // 2) for t in totals] + [(0, 0)], constant_values=-np.inf)
    elif padding != "valid":
        raise ValueError(padding)
    return np.max(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: padded as for stride 1
# says: How many places are padded depends on the stride, too.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [size - 1 for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)], constant_values=-np.inf)
    elif padding != "valid":
        raise ValueError(padding)
    return np.max(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: -1000 around
# says: Here every number lies far below zero, and the largest one of its window still wins.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)], constant_values=-1000)
    elif padding != "valid":
        raise ValueError(padding)
    return np.max(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% right: -1e9 around
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)], constant_values=-1e9)
    elif padding != "valid":
        raise ValueError(padding)
    return np.max(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: a search that starts at -1000
# says: Here every number lies far below zero, and the largest one of its window still wins.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)], constant_values=-np.inf)
    elif padding != "valid":
        raise ValueError(padding)
    return np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride].max((-1, -2), initial=-1000)


# %% wrong: size handed on to a layer of Keras
# says: A NumPy integer is a size too, but isinstance(size, int) is False for it, and Keras' layers refuse it: check it, then hand on int(size).
def max_pool2d(x, size=2, stride=None, padding="valid"):
    for each in (size, size if stride is None else stride):
        require_size(each, "size")
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    return keras.layers.MaxPooling2D(size, stride, padding)(x)


# %% right: a layer of Keras, with Python's own integers
def max_pool2d(x, size=2, stride=None, padding="valid"):
    for each in (size, size if stride is None else stride):
        require_size(each, "size")
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    return keras.layers.MaxPooling2D(int(size), None if stride is None else int(stride), padding, dtype=x.dtype)(x)


# %% right: the border's own pixels around, which win nothing new
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)], mode="edge")
    elif padding != "valid":
        raise ValueError(padding)
    return np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride].max((-1, -2))


# %% wrong: one number for all channels of a window
# says: Each image and each channel is pooled on its own.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    n, h, w, c = x.shape
    if padding == "same":
        pads = []
        for side in (h, w):
            total = max((-(-side // stride) - 1) * stride + size - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=-np.inf)
    if size > min(x.shape[1:3]):
        raise ValueError("the window does not fit")
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    windows = np.broadcast_to(windows.max(axis=3, keepdims=True), windows.shape)
    return np.max(windows, axis=(-2, -1))


# %% wrong: the width padded as the height
# says: The width has padded places of its own: one, after the image.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    n, h, w, c = x.shape
    if padding == "same":
        pads = []
        for side in (h, h):
            total = max((-(-side // stride) - 1) * stride + size - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=-np.inf)
    if size > min(x.shape[1:3]):
        raise ValueError("the window does not fit")
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    return np.max(windows, axis=(-2, -1))


# %% wrong: rows and columns swapped in the result
# says: Rows and columns are swapped: h comes before w.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    n, h, w, c = x.shape
    if padding == "same":
        pads = []
        for side in (h, w):
            total = max((-(-side // stride) - 1) * stride + size - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=-np.inf)
    if size > min(x.shape[1:3]):
        raise ValueError("the window does not fit")
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    return np.max(windows, axis=(-2, -1)).transpose(0, 2, 1, 3)


# %% wrong: windows move by the size, and only their number comes from the stride
# says: The shape is right, and the windows move by size instead of by stride.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    if padding == "same":
        pads = []
        for side in x.shape[1:3]:
            total = max((-(-side // stride) - 1) * stride + size - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=-np.inf)
    n, h, w, c = x.shape
    if size > min(h, w):
        raise ValueError("the window does not fit")
    out = np.zeros((n, (h - size) // stride + 1, (w - size) // stride + 1, c))
    for i, j in np.ndindex(*out.shape[1:3]):
        out[:, i, j] = np.max(x[:, i * size : (i + 1) * size, j * size : (j + 1) * size], axis=(1, 2))
    return out


# %% wrong: padded with nan
# says: A nan wins every maximum.
def max_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    n, h, w, c = x.shape
    if padding == "same":
        pads = []
        for side in (h, w):
            total = max((-(-side // stride) - 1) * stride + size - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=np.nan)
    if size > min(x.shape[1:3]):
        raise ValueError("the window does not fit")
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    return np.max(windows, axis=(-2, -1))
