# %% right: output size times products per output
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = [size(a) for a in input_shape]
    kh, kw = [size(a) for a in kernel]
    c_out, stride = size(c_out), size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        out_h, out_w = -(-h // stride), -(-w // stride)
    else:
        if kh > h or kw > w:
            raise ValueError("the kernel is larger than the input")
        out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    return out_h * out_w * kh * kw * c_in * c_out


# %% right: visits every output and adds
import numpy as np


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    for a in (*input_shape, *kernel, c_out, stride):
        if isinstance(a, bool) or not isinstance(a, (int, np.integer)):
            raise TypeError("sizes are integers")
        if a < 1:
            raise ValueError("sizes are at least 1")
    h, w, c_in, kh, kw, c_out, stride = [int(a) for a in (*input_shape, *kernel, c_out, stride)]
    if padding == "valid":
        if h < kh or w < kw:
            raise ValueError("kernel too large")
        tops, lefts = range(0, h - kh + 1, stride), range(0, w - kw + 1, stride)
    elif padding == "same":
        tops, lefts = range(0, h, stride), range(0, w, stride)
    else:
        raise ValueError("padding")
    macs = 0
    for top in tops:
        for left in lefts:
            macs += kh * kw * c_in
    return macs * c_out


# %% right: output shape from Keras
import keras
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    shape = tuple(size(a) for a in input_shape)
    kernel = tuple(size(a) for a in kernel)
    c_out, stride = size(c_out), size(stride)
    if padding not in {"valid", "same"}:
        raise ValueError(padding)
    if padding == "valid" and (kernel[0] > shape[0] or kernel[1] > shape[1]):
        raise ValueError("kernel too large")
    layer = keras.layers.Conv2D(c_out, kernel, strides=stride, padding=padding)
    out = layer.compute_output_shape((1,) + shape)
    return int(np.prod(out, dtype=np.int64)) * kernel[0] * kernel[1] * shape[2]


# %% right: ones with sliding_window_view count the products
from numpy.lib.stride_tricks import sliding_window_view
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    height, width, depth = (size(a) for a in input_shape)
    kernel = tuple(size(a) for a in kernel)
    c_out, stride = size(c_out), size(stride)
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    plane = np.broadcast_to(np.int8(1), (height, width))
    if padding == "same":
        totals = [max((-(-n // stride) - 1) * stride + f - n, 0) for n, f in zip(plane.shape, kernel)]
        plane = np.pad(plane, [(t // 2, t - t // 2) for t in totals])
    windows = sliding_window_view(plane, kernel)[::stride, ::stride]
    return windows.size * depth * c_out


# %% right: parameters times output pixels, NumPy integer
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    x = np.array([size(a) for a in input_shape], dtype=np.int64)
    k = np.array([size(a) for a in kernel], dtype=np.int64)
    c_out, stride = size(c_out), size(stride)
    check = {"valid": x[:2] - k, "same": x[:2] - 1}
    if not isinstance(padding, str) or padding not in check:
        raise ValueError("unknown padding")
    if check[padding].min() < 0:
        raise ValueError("kernel too large")
    out = check[padding] // stride + 1
    return np.prod(out) * (np.prod(k) * x[2] * c_out)


# %% right: shape of a TensorFlow convolution with one channel
import tensorflow as tf
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = map(size, input_shape)
    kh, kw = map(size, kernel)
    c_out = size(c_out)
    stride = size(stride)
    if padding != "same" and padding != "valid":
        raise ValueError("padding")
    if padding == "valid" and not (kh <= h and kw <= w):
        raise ValueError("kernel")
    result = tf.nn.conv2d(tf.zeros((1, h, w, 1)), tf.zeros((kh, kw, 1, 1)), stride, padding.upper())
    return tf.size(result).numpy().item() * kh * kw * c_in * c_out


# %% wrong: bias counted
# says: The bias is not counted.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = [size(a) for a in input_shape]
    kh, kw = [size(a) for a in kernel]
    c_out, stride = size(c_out), size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        out_h, out_w = -(-h // stride), -(-w // stride)
    else:
        if kh > h or kw > w:
            raise ValueError("the kernel is larger than the input")
        out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    return out_h * out_w * (kh * kw * c_in + 1) * c_out


# %% wrong: multiplications and additions counted apart
# says: A product and its sum are one MAC here.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = [size(a) for a in input_shape]
    kh, kw = [size(a) for a in kernel]
    c_out, stride = size(c_out), size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        out_h, out_w = -(-h // stride), -(-w // stride)
    else:
        if kh > h or kw > w:
            raise ValueError("the kernel is larger than the input")
        out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    return 2 * out_h * out_w * kh * kw * c_in * c_out


# %% wrong: depth forgotten
# says: A filter takes all the channels of its input.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = [size(a) for a in input_shape]
    kh, kw = [size(a) for a in kernel]
    c_out, stride = size(c_out), size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        out_h, out_w = -(-h // stride), -(-w // stride)
    else:
        if kh > h or kw > w:
            raise ValueError("the kernel is larger than the input")
        out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    return out_h * out_w * kh * kw * c_out


# %% wrong: filters forgotten
# says: Six filters: every one of them does this work.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = [size(a) for a in input_shape]
    kh, kw = [size(a) for a in kernel]
    c_out, stride = size(c_out), size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        out_h, out_w = -(-h // stride), -(-w // stride)
    else:
        if kh > h or kw > w:
            raise ValueError("the kernel is larger than the input")
        out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    return out_h * out_w * kh * kw * c_in


# %% wrong: input pixels instead of output pixels
# says: The window has 24 · 24 places, not 28 · 28.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = [size(a) for a in input_shape]
    kh, kw = [size(a) for a in kernel]
    c_out, stride = size(c_out), size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        out_h, out_w = -(-h // stride), -(-w // stride)
    else:
        if kh > h or kw > w:
            raise ValueError("the kernel is larger than the input")
        out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    return h * w * kh * kw * c_in * c_out


# %% wrong: square kernel assumed
# says: Rows: (28 - 3) // 2 + 1 places. Columns: (20 - 5) // 2 + 1. Each place costs 3 · 5 products, twice.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = [size(a) for a in input_shape]
    kh, kw = [size(a) for a in kernel]
    c_out, stride = size(c_out), size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        out_h, out_w = -(-h // stride), -(-w // stride)
    else:
        if kh > h or kw > w:
            raise ValueError("the kernel is larger than the input")
        out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    return out_h * out_w * kh * kh * c_in * c_out


# %% wrong: stride ignored
# says: With a stride the window has fewer places.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = [size(a) for a in input_shape]
    kh, kw = [size(a) for a in kernel]
    c_out, stride = size(c_out), size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        out_h, out_w = h, w
    else:
        if kh > h or kw > w:
            raise ValueError("the kernel is larger than the input")
        out_h, out_w = h - kh + 1, w - kw + 1
    return out_h * out_w * kh * kw * c_in * c_out


# %% wrong: stride divided out of the total
# says: The places of "same" are rounded up.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = [size(a) for a in input_shape]
    kh, kw = [size(a) for a in kernel]
    c_out, stride = size(c_out), size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        out_h, out_w = h, w
    else:
        if kh > h or kw > w:
            raise ValueError("the kernel is larger than the input")
        out_h, out_w = h - kh + 1, w - kw + 1
    return out_h * out_w * kh * kw * c_in * c_out // stride ** 2


# %% wrong: padding ignored: same computed like valid
# says: With "same" the window has 14 · 14 places.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = [size(a) for a in input_shape]
    kh, kw = [size(a) for a in kernel]
    c_out, stride = size(c_out), size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        out_h, out_w = max(h - kh, 0) // stride + 1, max(w - kw, 0) // stride + 1
    else:
        if kh > h or kw > w:
            raise ValueError("the kernel is larger than the input")
        out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    return out_h * out_w * kh * kw * c_in * c_out


# %% right: padding in capitals accepted as well
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = [size(a) for a in input_shape]
    kh, kw = [size(a) for a in kernel]
    c_out, stride = size(c_out), size(stride)
    padding = str(padding).lower()
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        out_h, out_w = -(-h // stride), -(-w // stride)
    else:
        if kh > h or kw > w:
            raise ValueError("the kernel is larger than the input")
        out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    return out_h * out_w * kh * kw * c_in * c_out


# %% wrong: numbers inside input_shape not checked
# says: 2.0 is a float, and a size is a whole number: an int or a NumPy integer.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    h, w, c_in = [int(a) for a in input_shape]
    kh, kw = [size(a) for a in kernel]
    c_out, stride = size(c_out), size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        out_h, out_w = -(-h // stride), -(-w // stride)
    else:
        if kh > h or kw > w:
            raise ValueError("the kernel is larger than the input")
        out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    return out_h * out_w * kh * kw * c_in * c_out


# %% right: ceil and floor from math
import math


def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    for size in (*input_shape, *kernel, c_out, stride):
        require_size(size, "size")
    if padding not in {"valid", "same"}:
        raise ValueError(padding)
    out = []
    for side, window in zip(input_shape, kernel):
        if padding == "same":
            out.append(math.ceil(side / stride))
        elif window > side:
            raise ValueError("too large")
        else:
            out.append(len(range(0, side - window + 1, stride)))
    return math.prod(out) * math.prod(kernel) * input_shape[2] * c_out


# %% wrong: nothing is refused
# says: All cases before this one are right: 2 of 3 points.
def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    (h, w, c), (kh, kw) = input_shape, kernel
    if padding == "same":
        h, w = -(-h // stride), -(-w // stride)
    else:
        h, w = (h - kh) // stride + 1, (w - kw) // stride + 1
    return h * w * kh * kw * c * c_out


# %% wrong: same rounded down
# says: The places of "same" are rounded up.
def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    for size in (*input_shape, *kernel, c_out, stride):
        require_size(size, "size")
    (h, w, c), (kh, kw) = input_shape, kernel
    if padding == "same":
        h, w = h // stride, w // stride
    elif padding == "valid":
        if kh > h or kw > w:
            raise ValueError("too large")
        h, w = (h - kh) // stride + 1, (w - kw) // stride + 1
    else:
        raise ValueError(padding)
    return h * w * kh * kw * c * c_out


# %% wrong: the same zeros on both sides
# says: With an even window the zeros are not the same on both sides.
def conv_mac_count(input_shape, kernel, c_out, stride=1, padding="valid"):
    for size in (*input_shape, *kernel, c_out, stride):
        require_size(size, "size")
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    places = 1
    for side, f in zip(input_shape, kernel):
        room = side - f + 2 * ((f - 1) // 2 if padding == "same" else 0)
        if room < 0 and padding == "valid":
            raise ValueError("too large")
        places *= room // stride + 1
    return places * kernel[0] * kernel[1] * input_shape[2] * c_out
