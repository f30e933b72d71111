# %% right: padding in capitals accepted as well
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    out = np.zeros((n, out_h, out_w, c))
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    total, count = 0.0, 0
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w:
                                total += x[b, r, s, k]
                                count += 1
                    out[b, i, j, k] = total / count
    return out


# %% right: pure loops, sum and count of the places inside
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    out = np.zeros((n, out_h, out_w, c))
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    total, count = 0.0, 0
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w:
                                total += x[b, r, s, k]
                                count += 1
                    out[b, i, j, k] = total / count
    return out


# %% right: sliding_window_view with NaN around and nanmean
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def avg_pool2d(x, size=2, stride=None, padding="valid"):
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


# %% right: averaging matrices and einsum
import numpy as np


def average_matrix(side, size, stride, padding):
    if padding == "valid":
        starts = range(0, side - size + 1, stride)
    else:
        count = -(-side // stride)
        pad = max((count - 1) * stride + size - side, 0)
        starts = range(-(pad // 2), -(pad // 2) + (count - 1) * stride + 1, stride)
    matrix = np.zeros((len(starts), side))
    for row, start in enumerate(starts):
        matrix[row, max(start, 0):start + size] = 1
    return matrix / matrix.sum(axis=1, keepdims=True)


def avg_pool2d(x, size=2, stride=None, padding="valid"):
    if stride is None:
        stride = size
    for v in (size, stride):
        if isinstance(v, (bool, np.bool_)) or not isinstance(v, (int, np.integer)):
            raise TypeError("integers")
        elif v <= 0:
            raise ValueError("positive integers")
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    size, stride = int(size), int(stride)
    _, h, w, _ = x.shape
    if padding == "valid" and size > min(h, w):
        raise ValueError("window")
    rows = average_matrix(h, size, stride, padding)
    cols = average_matrix(w, size, stride, padding)
    return np.einsum("ih,nhwc,jw->nijc", rows, x, cols)


# %% right: tf.nn.avg_pool2d, a tensor returned
import tensorflow as tf
import numpy as np


def avg_pool2d(x, size=2, stride=None, padding="valid"):
    for v in [size] if stride is None else [size, stride]:
        if type(v) in (bool, np.bool_) or not np.issubdtype(type(v), np.integer):
            raise TypeError(type(v))
        if v < 1:
            raise ValueError(v)
    if padding == "valid":
        if size > min(x.shape[1:3]):
            raise ValueError("window too large")
    elif padding != "same":
        raise ValueError(padding)
    strides = size if stride is None else stride
    return tf.nn.avg_pool2d(input=x, ksize=int(size), strides=int(strides), padding=padding.upper())


# %% right: integral image and the number of covered places
import numpy as np


def avg_pool2d(x, size=2, stride=None, padding="valid"):
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

    def edges(side):
        if padding == "valid":
            start = np.arange(0, side - size + 1, stride)
        else:
            out = -(-side // stride)
            start = np.arange(out) * stride - max((out - 1) * stride + size - side, 0) // 2
        return np.clip(start, 0, side), np.clip(start + size, 0, side)

    table = np.zeros((n, h + 1, w + 1, c))
    table[:, 1:, 1:] = np.cumsum(np.cumsum(x, axis=1, dtype=float), axis=2)
    (r0, r1), (c0, c1) = edges(h), edges(w)
    strips = table[:, r1] - table[:, r0]
    total = strips[:, :, c1] - strips[:, :, c0]
    count = (r1 - r0)[:, None] * (c1 - c0)
    return total / count[None, :, :, None]


# %% right: shifted slices of the image and of a mask of ones
import numpy as np


def sizes(**named):
    for name, value in named.items():
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
            raise TypeError(f"{name} has to be an integer")
        if value <= 0:
            raise ValueError(f"{name} has to be 1 or more")
    return [int(v) for v in named.values()]


def avg_pool2d(x, size=2, stride=None, padding="valid"):
    size, stride = sizes(size=size, stride=size if stride is None else stride)
    n, h, w, c = x.shape
    if padding == "same":
        rows, cols = (h - 1) // stride + 1, (w - 1) // stride + 1
        extra_h = max(0, (rows - 1) * stride + size - h)
        extra_w = max(0, (cols - 1) * stride + size - w)
    elif padding == "valid":
        if size > min(h, w):
            raise ValueError("oversized window")
        rows, cols = (h - size) // stride + 1, (w - size) // stride + 1
        extra_h = extra_w = 0
    else:
        raise ValueError("unknown padding")
    top, left = extra_h // 2, extra_w // 2
    pad = np.pad(x, ((0, 0), (top, extra_h - top), (left, extra_w - left), (0, 0)))
    mask = np.pad(np.ones((1, h, w, 1)), ((0, 0), (top, extra_h - top), (left, extra_w - left), (0, 0)))
    total = count = 0
    for i in range(size):
        for j in range(size):
            piece = np.s_[:, i:i + (rows - 1) * stride + 1:stride, j:j + (cols - 1) * stride + 1:stride]
            total = total + pad[piece]
            count = count + mask[piece]
    return (total / count).astype(np.float32)


# %% wrong: padded zeros counted
# says: Padded places are not counted, neither in the sum nor in the number of pixels.
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    return np.nanmean(view, axis=(-2, -1))


# %% wrong: zeros of the image taken for padding
# says: A zero in the image is a pixel like any other, and counted. Only padded places are not.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    out = np.zeros((n, out_h, out_w, c))
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    total, count = 0.0, 0
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w and x[b, r, s, k] != 0:
                                total += x[b, r, s, k]
                                count += 1
                    out[b, i, j, k] = total / max(count, 1)
    return out


# %% wrong: maximum
# says: That is the largest number of each window. Take the mean.
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    return np.nanmax(view, axis=(-2, -1))


# %% wrong: median
# says: That is the median of each window. Take the mean.
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    return np.nanmedian(view, axis=(-2, -1))


# %% wrong: sum
# says: That is the sum of each window. Divide it by the number of pixels.
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    return np.nansum(view, axis=(-2, -1))


# %% wrong: divided by size instead of size squared
# says: A window has size · size pixels.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    out = np.zeros((n, out_h, out_w, c))
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    total, count = 0.0, 0
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w:
                                total += x[b, r, s, k]
                                count += 1
                    out[b, i, j, k] = total / count * size
    return out


# %% wrong: float16 result
# says: The numbers are right, and their dtype is not.
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    return np.nanmean(view, axis=(-2, -1)).astype("float16")


# %% wrong: stride defaults to 1
# says: If no stride is given, it is the size of the window.
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def avg_pool2d(x, size=2, stride=None, padding="valid"):
    stride = 1 if stride is None else stride
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


def average_matrix(side, size, stride, padding):
    if padding == "valid":
        starts = range(0, side - size + 1, stride)
    else:
        count = -(-side // stride)
        pad = max((count - 1) * stride + size - side, 0)
        starts = range(-(pad // 2), -(pad // 2) + (count - 1) * stride + 1, stride)
    matrix = np.zeros((len(starts), side))
    for row, start in enumerate(starts):
        matrix[row, max(start, 0):start + size] = 1
    return matrix / matrix.sum(axis=1, keepdims=True)


def avg_pool2d(x, size=2, stride=None, padding="valid"):
    if stride is None:
        stride = size
    for v in (size, stride):
        if isinstance(v, (bool, np.bool_)) or not isinstance(v, (int, np.integer)):
            raise TypeError("integers")
        elif v <= 0:
            raise ValueError("positive integers")
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    size = stride = int(size)
    _, h, w, _ = x.shape
    if padding == "valid" and size > min(h, w):
        raise ValueError("window")
    rows = average_matrix(h, size, stride, padding)
    cols = average_matrix(w, size, stride, padding)
    return np.einsum("ih,nhwc,jw->nijc", rows, x, cols)


# %% wrong: valid keeps cut-off windows
# says: With valid padding, what does not fill a window is dropped.
import numpy as np


def average_matrix(side, size, stride, padding):
    if padding == "valid":
        starts = range(0, side - size + stride, stride)
    else:
        count = -(-side // stride)
        pad = max((count - 1) * stride + size - side, 0)
        starts = range(-(pad // 2), -(pad // 2) + (count - 1) * stride + 1, stride)
    matrix = np.zeros((len(starts), side))
    for row, start in enumerate(starts):
        matrix[row, max(start, 0):start + size] = 1
    return matrix / matrix.sum(axis=1, keepdims=True)


def avg_pool2d(x, size=2, stride=None, padding="valid"):
    if stride is None:
        stride = size
    for v in (size, stride):
        if isinstance(v, (bool, np.bool_)) or not isinstance(v, (int, np.integer)):
            raise TypeError("integers")
        elif v <= 0:
            raise ValueError("positive integers")
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    size, stride = int(size), int(stride)
    _, h, w, _ = x.shape
    if padding == "valid" and size > min(h, w):
        raise ValueError("window")
    rows = average_matrix(h, size, stride, padding)
    cols = average_matrix(w, size, stride, padding)
    return np.einsum("ih,nhwc,jw->nijc", rows, x, cols)


# %% wrong: 2.0 accepted
# says: 2.0 is a float, and a size is a whole number: an int or a NumPy integer.
import numpy as np


def check(value):
    if isinstance(value, (bool, np.bool_)) or isinstance(value, str) or value != int(value):
        raise TypeError("an integer, please")
    if value < 1:
        raise ValueError("at least 1, please")
    return int(value)


def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    out = np.zeros((n, out_h, out_w, c))
    for b in range(n):
        for i in range(out_h):
            for j in range(out_w):
                for k in range(c):
                    total, count = 0.0, 0
                    for r in range(i * stride - top, i * stride - top + size):
                        for s in range(j * stride - left, j * stride - left + size):
                            if 0 <= r < h and 0 <= s < w:
                                total += x[b, r, s, k]
                                count += 1
                    out[b, i, j, k] = total / count
    return out


# %% right: keras.ops.average_pool
def avg_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    return keras.ops.average_pool(x.astype("float32"), int(size), int(stride), padding)


# %% right: two convolutions by SciPy, sums and counts
from scipy.signal import correlate2d


def avg_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    ones, pads = np.ones((size, size)), [(0, 0), (0, 0)]
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        pads = [(t // 2, t - t // 2) for t in totals]
    elif padding != "valid":
        raise ValueError(padding)
    counts = correlate2d(np.pad(np.ones(x.shape[1:3]), pads), ones, "valid")

    def one(image):
        return (correlate2d(np.pad(image, pads), ones, "valid") / counts)[::stride, ::stride]

    return np.stack([np.stack([one(image[..., c]) for c in range(x.shape[3])], -1) for image in x])


# %% wrong: nothing is refused
# says: All cases before this one are right: 3 of 5 points.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
    return tf.nn.avg_pool2d(x, size, stride or size, padding.upper() if padding in ("same", "valid") else "VALID").numpy() if size > 0 and (stride is None or stride > 0) else x * 0


# %% wrong: mean of the row means
# says: Add up the pixels that lie in the window, and divide by how many there are.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    return (tf.nn.max_pool2d(x, size, stride, padding.upper()).numpy() - tf.nn.max_pool2d(-x, size, stride, padding.upper()).numpy()) / 2


# %% wrong: all padding after
# says: Half of the padded places lie before the image, and this answer puts all of them after it.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(0, t) for t in totals] + [(0, 0)], constant_values=np.nan)
    elif padding != "valid":
        raise ValueError(padding)
    return np.nanmean(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: all padding after, and counted
# says: Half of the padded places lie before the image, this answer puts all of them after it, and none of them is counted.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(0, t) for t in totals] + [(0, 0)], constant_values=0)
    elif padding != "valid":
        raise ValueError(padding)
    return np.mean(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: all padding before
# says: Half of the padded places lie after the image, and this answer puts all of them before it.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t, 0) for t in totals] + [(0, 0)], constant_values=np.nan)
    elif padding != "valid":
        raise ValueError(padding)
    return np.nanmean(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: all padding before, and counted
# says: Half of the padded places lie after the image, this answer puts all of them before it, and none of them is counted.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t, 0) for t in totals] + [(0, 0)], constant_values=0)
    elif padding != "valid":
        raise ValueError(padding)
    return np.mean(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: the odd place before
# says: If the number of padded places is odd, the odd one goes after the image.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t - t // 2, t // 2) for t in totals] + [(0, 0)], constant_values=np.nan)
    elif padding != "valid":
        raise ValueError(padding)
    return np.nanmean(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: padded as for stride 1
# says: How many places are padded depends on the stride, too.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [size - 1 for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)], constant_values=np.nan)
    elif padding != "valid":
        raise ValueError(padding)
    return np.nanmean(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: the border's pixels around, and counted
# says: Padded places are not counted, neither as zeros nor as copies of the border.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    require_size(size, "size")
    require_size(stride, "stride")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + size - side, 0) for side in x.shape[1:3]]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)], mode="edge")
    elif padding != "valid":
        raise ValueError(padding)
    return np.mean(np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))[:, ::stride, ::stride], axis=(-2, -1))


# %% wrong: size handed on to a layer of Keras
# says: A NumPy integer is a size too, but isinstance(size, int) is False for it, and Keras' layers refuse it: check it, then hand on int(size).
def avg_pool2d(x, size=2, stride=None, padding="valid"):
    for each in (size, size if stride is None else stride):
        require_size(each, "size")
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    return keras.layers.AveragePooling2D(size, stride, padding)(x)


# %% wrong: one number for all channels of a window
# says: Each image and each channel is pooled on its own.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    own = np.nanmean(windows, axis=(-2, -1))
    return np.broadcast_to(own.mean(axis=3, keepdims=True), own.shape).copy()
    return np.nanmean(windows, axis=(-2, -1))


# %% wrong: the width padded as the height
# says: The width has padded places of its own: one, after the image.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
        x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=np.nan)
    if size > min(x.shape[1:3]):
        raise ValueError("the window does not fit")
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    return np.nanmean(windows, axis=(-2, -1))


# %% wrong: rows and columns swapped in the result
# says: Rows and columns are swapped: h comes before w.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    return np.nanmean(windows, axis=(-2, -1)).transpose(0, 2, 1, 3)


# %% wrong: windows move by the size, and only their number comes from the stride
# says: The shape is right, and the windows move by size instead of by stride.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
        x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=np.nan)
    n, h, w, c = x.shape
    if size > min(h, w):
        raise ValueError("the window does not fit")
    out = np.zeros((n, (h - size) // stride + 1, (w - size) // stride + 1, c))
    for i, j in np.ndindex(*out.shape[1:3]):
        out[:, i, j] = np.nanmean(x[:, i * size : (i + 1) * size, j * size : (j + 1) * size], axis=(1, 2))
    return out


# %% wrong: one mean for all images and channels
# says: Each image and each channel is pooled on its own.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
    own = np.nanmean(windows, axis=(-2, -1))
    return np.broadcast_to(own.mean(axis=(0, 3), keepdims=True), own.shape).copy()
    return np.nanmean(windows, axis=(-2, -1))


# %% wrong: width and height unpacked in the wrong order
# says: Rows and columns are swapped: h comes before w.
def avg_pool2d(x, size=2, stride=None, padding="valid"):
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
        x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=np.nan)
    n, w, h, c = x.shape
    if size > min(h, w):
        raise ValueError("the window does not fit")
    out = np.zeros((n, (h - size) // stride + 1, (w - size) // stride + 1, c))
    for i, j in np.ndindex(*out.shape[1:3]):
        top, left = i * stride, j * stride
        out[:, i, j] = np.nanmean(x[:, top : top + size, left : left + size], axis=(1, 2))
    return out
