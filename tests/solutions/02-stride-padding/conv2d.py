# %% right: loop over output positions, tensordot
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side_padding(n, f, stride):
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total // 2, total - total // 2


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    stride = size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    kh, kw, c_in, c_out = kernels.shape
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if padding == "same":
        rows = side_padding(x.shape[1], kh, stride)
        cols = side_padding(x.shape[2], kw, stride)
        x = np.pad(x, ((0, 0), rows, cols, (0, 0)))
    n, h, w, depth = x.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((n, out_h, out_w, c_out))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            patch = x[:, top:top + kh, left:left + kw, :]
            out[:, i, j, :] = np.tensordot(patch, kernels, axes=3)
    if bias is not None:
        out = out + bias
    return out


# %% right: sliding_window_view and einsum, float32 result
from numpy.lib.stride_tricks import sliding_window_view
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def prepare(x, kernels, stride, padding):
    stride = size(stride)
    if padding != "valid" and padding != "same":
        raise ValueError(f"unknown padding {padding!r}")
    x, kernels = np.asarray(x), np.asarray(kernels)
    if x.shape[-1] != kernels.shape[2]:
        raise ValueError(f"input depth {x.shape[-1]}, kernel depth {kernels.shape[2]}")
    if padding == "valid" and (kernels.shape[0] > x.shape[1] or kernels.shape[1] > x.shape[2]):
        raise ValueError("kernel larger than the image")
    return x, kernels, stride


def padded(x, kernels, stride):
    pads = [(0, 0)]
    for n, f in zip(x.shape[1:3], kernels.shape[:2]):
        out = (n + stride - 1) // stride
        total = max((out - 1) * stride + f - n, 0)
        pads.append((total // 2, total - total // 2))
    return np.pad(x, pads + [(0, 0)])


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    x, kernels, stride = prepare(x, kernels, stride, padding)
    if padding == "same":
        x = padded(x, kernels, stride)
    windows = sliding_window_view(x, kernels.shape[:2], axis=(1, 2))[:, ::stride, ::stride]
    result = np.einsum("nijcab,abcd->nijd", windows, kernels, optimize=True)
    return (result if bias is None else result + bias).astype(np.float32)


# %% right: tf.nn.conv2d, a tensor is returned
import tensorflow as tf
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def prepare(x, kernels, stride, padding):
    stride = size(stride)
    if padding != "valid" and padding != "same":
        raise ValueError(f"unknown padding {padding!r}")
    x, kernels = np.asarray(x), np.asarray(kernels)
    if x.shape[-1] != kernels.shape[2]:
        raise ValueError(f"input depth {x.shape[-1]}, kernel depth {kernels.shape[2]}")
    if padding == "valid" and (kernels.shape[0] > x.shape[1] or kernels.shape[1] > x.shape[2]):
        raise ValueError("kernel larger than the image")
    return x, kernels, stride


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    x, kernels, stride = prepare(x, kernels, stride, padding)
    x = tf.cast(x, tf.float32)
    out = tf.nn.conv2d(x, tf.cast(kernels, tf.float32), strides=stride, padding=padding.upper())
    if bias is None:
        return out
    return tf.nn.bias_add(out, tf.cast(bias, tf.float32))


# %% right: keras.ops.conv in float64
import keras
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def prepare(x, kernels, stride, padding):
    stride = size(stride)
    if padding != "valid" and padding != "same":
        raise ValueError(f"unknown padding {padding!r}")
    x, kernels = np.asarray(x), np.asarray(kernels)
    if x.shape[-1] != kernels.shape[2]:
        raise ValueError(f"input depth {x.shape[-1]}, kernel depth {kernels.shape[2]}")
    if padding == "valid" and (kernels.shape[0] > x.shape[1] or kernels.shape[1] > x.shape[2]):
        raise ValueError("kernel larger than the image")
    return x, kernels, stride


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    x, kernels, stride = prepare(x, kernels, stride, padding)
    out = keras.ops.conv(x.astype("float64"), kernels.astype("float64"), strides=stride, padding=padding,
                         data_format="channels_last")
    bias = np.zeros(kernels.shape[3]) if bias is None else np.asarray(bias, dtype="float64")
    return keras.ops.convert_to_numpy(out) + bias


# %% right: shift and add over the kernel's pixels
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def prepare(x, kernels, stride, padding):
    stride = size(stride)
    if padding != "valid" and padding != "same":
        raise ValueError(f"unknown padding {padding!r}")
    x, kernels = np.asarray(x), np.asarray(kernels)
    if x.shape[-1] != kernels.shape[2]:
        raise ValueError(f"input depth {x.shape[-1]}, kernel depth {kernels.shape[2]}")
    if padding == "valid" and (kernels.shape[0] > x.shape[1] or kernels.shape[1] > x.shape[2]):
        raise ValueError("kernel larger than the image")
    return x, kernels, stride


def padded(x, kernels, stride):
    pads = [(0, 0)]
    for n, f in zip(x.shape[1:3], kernels.shape[:2]):
        out = (n + stride - 1) // stride
        total = max((out - 1) * stride + f - n, 0)
        pads.append((total // 2, total - total // 2))
    return np.pad(x, pads + [(0, 0)])


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    x, kernels, stride = prepare(x, kernels, stride, padding)
    if padding == "same":
        x = padded(x, kernels, stride)
    kh, kw = kernels.shape[:2]
    rows = (x.shape[1] - kh) // stride * stride + 1
    cols = (x.shape[2] - kw) // stride * stride + 1
    total = 0.0 if bias is None else bias
    for a in range(kh):
        for b in range(kw):
            total = total + x[:, a:a + rows:stride, b:b + cols:stride] @ kernels[a, b]
    return total


# %% right: im2col and one matrix product
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def prepare(x, kernels, stride, padding):
    stride = size(stride)
    if padding != "valid" and padding != "same":
        raise ValueError(f"unknown padding {padding!r}")
    x, kernels = np.asarray(x), np.asarray(kernels)
    if x.shape[-1] != kernels.shape[2]:
        raise ValueError(f"input depth {x.shape[-1]}, kernel depth {kernels.shape[2]}")
    if padding == "valid" and (kernels.shape[0] > x.shape[1] or kernels.shape[1] > x.shape[2]):
        raise ValueError("kernel larger than the image")
    return x, kernels, stride


def padded(x, kernels, stride):
    pads = [(0, 0)]
    for n, f in zip(x.shape[1:3], kernels.shape[:2]):
        out = (n + stride - 1) // stride
        total = max((out - 1) * stride + f - n, 0)
        pads.append((total // 2, total - total // 2))
    return np.pad(x, pads + [(0, 0)])


def im2col(x, kh, kw, stride):
    n, h, w, c = x.shape
    i = np.arange(0, h - kh + 1, stride)[:, None, None, None] + np.arange(kh)[None, None, :, None]
    j = np.arange(0, w - kw + 1, stride)[None, :, None, None] + np.arange(kw)[None, None, None, :]
    patches = x[:, i, j, :]
    return patches.reshape(n, patches.shape[1], patches.shape[2], kh * kw * c)


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    x, kernels, stride = prepare(x, kernels, stride, padding)
    columns = im2col(x if padding == "valid" else padded(x, kernels, stride), *kernels.shape[:2], stride)
    out = columns @ kernels.reshape(-1, kernels.shape[-1])
    if bias is not None:
        out += np.asarray(bias, dtype=out.dtype)
    return out


# %% wrong: flips the kernel, as in mathematics
# says: This is the kernel turned by 180°. Deep learning lays it on the image as it is.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side_padding(n, f, stride):
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total // 2, total - total // 2


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    stride = size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    kh, kw, c_in, c_out = kernels.shape
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if padding == "same":
        rows = side_padding(x.shape[1], kh, stride)
        cols = side_padding(x.shape[2], kw, stride)
        x = np.pad(x, ((0, 0), rows, cols, (0, 0)))
    n, h, w, depth = x.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((n, out_h, out_w, c_out))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            patch = x[:, top:top + kh, left:left + kw, :]
            out[:, i, j, :] = np.tensordot(patch, kernels[::-1, ::-1], axes=3)
    if bias is not None:
        out = out + bias
    return out


# %% wrong: kernel transposed when it is square
# says: Rows and columns of the kernel are swapped.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side_padding(n, f, stride):
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total // 2, total - total // 2


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    stride = size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    kh, kw, c_in, c_out = kernels.shape
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if kh == kw:
        kernels = kernels.transpose(1, 0, 2, 3)
    if padding == "same":
        rows = side_padding(x.shape[1], kh, stride)
        cols = side_padding(x.shape[2], kw, stride)
        x = np.pad(x, ((0, 0), rows, cols, (0, 0)))
    n, h, w, depth = x.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((n, out_h, out_w, c_out))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            patch = x[:, top:top + kh, left:left + kw, :]
            out[:, i, j, :] = np.tensordot(patch, kernels, axes=3)
    if bias is not None:
        out = out + bias
    return out


# %% wrong: bias ignored
# says: The bias is missing: it is added once to every sum.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side_padding(n, f, stride):
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total // 2, total - total // 2


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    stride = size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    kh, kw, c_in, c_out = kernels.shape
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if padding == "same":
        rows = side_padding(x.shape[1], kh, stride)
        cols = side_padding(x.shape[2], kw, stride)
        x = np.pad(x, ((0, 0), rows, cols, (0, 0)))
    n, h, w, depth = x.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((n, out_h, out_w, c_out))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            patch = x[:, top:top + kh, left:left + kw, :]
            out[:, i, j, :] = np.tensordot(patch, kernels, axes=3)
    if bias is not None:
        bias = np.asarray(bias)
    return out


# %% wrong: bias added once per input channel
# says: The bias is added once to the whole sum, not once for each channel.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side_padding(n, f, stride):
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total // 2, total - total // 2


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    stride = size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    kh, kw, c_in, c_out = kernels.shape
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if padding == "same":
        rows = side_padding(x.shape[1], kh, stride)
        cols = side_padding(x.shape[2], kw, stride)
        x = np.pad(x, ((0, 0), rows, cols, (0, 0)))
    n, h, w, depth = x.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((n, out_h, out_w, c_out))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            patch = x[:, top:top + kh, left:left + kw, :]
            out[:, i, j, :] = np.tensordot(patch, kernels, axes=3)
    if bias is not None:
        out = out + c_in * np.asarray(bias)
    return out


# %% wrong: first bias for every filter
# says: Here are 2 · 3 places and two filters. Each filter reads all three channels and has a bias of its own.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side_padding(n, f, stride):
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total // 2, total - total // 2


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    stride = size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    kh, kw, c_in, c_out = kernels.shape
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if padding == "same":
        rows = side_padding(x.shape[1], kh, stride)
        cols = side_padding(x.shape[2], kw, stride)
        x = np.pad(x, ((0, 0), rows, cols, (0, 0)))
    n, h, w, depth = x.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((n, out_h, out_w, c_out))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            patch = x[:, top:top + kh, left:left + kw, :]
            out[:, i, j, :] = np.tensordot(patch, kernels, axes=3)
    if bias is not None:
        out = out + bias[0]
    return out


# %% wrong: bias skipped when its sum is 0
# says: There is a bias unless it is None, whatever its numbers are.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side_padding(n, f, stride):
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total // 2, total - total // 2


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    stride = size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    kh, kw, c_in, c_out = kernels.shape
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if padding == "same":
        rows = side_padding(x.shape[1], kh, stride)
        cols = side_padding(x.shape[2], kw, stride)
        x = np.pad(x, ((0, 0), rows, cols, (0, 0)))
    n, h, w, depth = x.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((n, out_h, out_w, c_out))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            patch = x[:, top:top + kh, left:left + kw, :]
            out[:, i, j, :] = np.tensordot(patch, kernels, axes=3)
    if bias is not None and np.sum(bias):
        out = out + bias
    return out


# %% wrong: same: the extra zero before
# says: The extra zero of `same` goes after the image, below and on the right.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side_padding(n, f, stride):
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total - total // 2, total // 2


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    stride = size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    kh, kw, c_in, c_out = kernels.shape
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if padding == "same":
        rows = side_padding(x.shape[1], kh, stride)
        cols = side_padding(x.shape[2], kw, stride)
        x = np.pad(x, ((0, 0), rows, cols, (0, 0)))
    n, h, w, depth = x.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((n, out_h, out_w, c_out))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            patch = x[:, top:top + kh, left:left + kw, :]
            out[:, i, j, :] = np.tensordot(patch, kernels, axes=3)
    if bias is not None:
        out = out + bias
    return out


# %% wrong: same: total f - 1 whatever the stride
# says: With a stride, same may need fewer zeros: section 4 computes how many, for rows and columns separately.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side_padding(n, f, stride):
    return (f - 1) // 2, f // 2


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    stride = size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    kh, kw, c_in, c_out = kernels.shape
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if padding == "same":
        rows = side_padding(x.shape[1], kh, stride)
        cols = side_padding(x.shape[2], kw, stride)
        x = np.pad(x, ((0, 0), rows, cols, (0, 0)))
    n, h, w, depth = x.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((n, out_h, out_w, c_out))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            patch = x[:, top:top + kh, left:left + kw, :]
            out[:, i, j, :] = np.tensordot(patch, kernels, axes=3)
    if bias is not None:
        out = out + bias
    return out


# %% wrong: same refuses a kernel larger than the image
# says: With "same" a window may be larger than the image.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side_padding(n, f, stride):
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total // 2, total - total // 2


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    stride = size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    kh, kw, c_in, c_out = kernels.shape
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if kh > x.shape[1] or kw > x.shape[2]:
        raise ValueError("kernel too large")
    if padding == "same":
        rows = side_padding(x.shape[1], kh, stride)
        cols = side_padding(x.shape[2], kw, stride)
        x = np.pad(x, ((0, 0), rows, cols, (0, 0)))
    n, h, w, depth = x.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((n, out_h, out_w, c_out))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            patch = x[:, top:top + kh, left:left + kw, :]
            out[:, i, j, :] = np.tensordot(patch, kernels, axes=3)
    if bias is not None:
        out = out + bias
    return out


# %% wrong: computed in float16
# says: The numbers are right, and their dtype is not.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side_padding(n, f, stride):
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total // 2, total - total // 2


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    stride = size(stride)
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    kh, kw, c_in, c_out = kernels.shape
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if padding == "same":
        rows = side_padding(x.shape[1], kh, stride)
        cols = side_padding(x.shape[2], kw, stride)
        x = np.pad(x, ((0, 0), rows, cols, (0, 0)))
    n, h, w, depth = x.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((n, out_h, out_w, c_out))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            patch = x[:, top:top + kh, left:left + kw, :]
            out[:, i, j, :] = np.tensordot(patch, kernels, axes=3)
    if bias is not None:
        out = out + bias
    return out.astype(np.float16)


# %% right: padding in capitals accepted as well
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side_padding(n, f, stride):
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total // 2, total - total // 2


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    stride = size(stride)
    if str(padding).lower() not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    kh, kw, c_in, c_out = kernels.shape
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if padding.lower() == "same":
        rows = side_padding(x.shape[1], kh, stride)
        cols = side_padding(x.shape[2], kw, stride)
        x = np.pad(x, ((0, 0), rows, cols, (0, 0)))
    n, h, w, depth = x.shape
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out_h, out_w = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((n, out_h, out_w, c_out))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            patch = x[:, top:top + kh, left:left + kw, :]
            out[:, i, j, :] = np.tensordot(patch, kernels, axes=3)
    if bias is not None:
        out = out + bias
    return out


# %% right: as_strided windows
def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    require_size(stride, "stride")
    kh, kw, depth, filters = kernels.shape
    if depth != x.shape[3] or padding not in ("valid", "same"):
        raise ValueError("depth or padding")
    if padding == "same":
        pads = []
        for side, f in zip(x.shape[1:3], (kh, kw)):
            total = max((-(-side // stride) - 1) * stride + f - side, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, [(0, 0), *pads, (0, 0)])
    x = np.ascontiguousarray(x)
    n, h, w, _ = x.shape
    if kh > h or kw > w:
        raise ValueError("too large")
    a, b, c, d = x.strides
    shape = n, (h - kh) // stride + 1, (w - kw) // stride + 1, kh, kw, depth
    windows = np.lib.stride_tricks.as_strided(x, shape, (a, b * stride, c * stride, b, c, d))
    out = np.tensordot(windows, kernels, 3)
    return out if bias is None else out + bias


# %% right: scipy correlates each pair of channels, then every stride-th place is kept
from scipy.signal import correlate2d


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    require_size(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    kh, kw, depth, filters = kernels.shape
    if depth != x.shape[-1]:
        raise ValueError("depth")
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + f - side, 0) for side, f in zip(x.shape[1:3], (kh, kw))]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)])
    if kh > x.shape[1] or kw > x.shape[2]:
        raise ValueError("too large")
    out = np.stack([np.stack([sum(correlate2d(image[:, :, c], kernels[:, :, c, k], mode="valid") for c in range(depth))[::stride, ::stride] for k in range(filters)], -1) for image in x])
    return out + (0 if bias is None else bias)


# %% wrong: the depth is not compared
# says: Filters of depth 2 can't read 4 channels.
import tensorflow as tf


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    require_size(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    if padding == "valid" and (kernels.shape[0] > x.shape[1] or kernels.shape[1] > x.shape[2]):
        raise ValueError("too large")
    out = tf.nn.conv2d(x, kernels, stride, padding.upper())
    return out.numpy() + (0 if bias is None else bias)


# %% wrong: the sum over the channels is forgotten
# says: This is the example of section 5: both channels go into one sum.
def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    require_size(stride, "stride")
    if padding not in ("valid", "same") or kernels.shape[2] != x.shape[3]:
        raise ValueError("padding or depth")
    kh, kw, depth, filters = kernels.shape
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + f - side, 0) for side, f in zip(x.shape[1:3], (kh, kw))]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)])
    if kh > x.shape[1] or kw > x.shape[2]:
        raise ValueError("too large")
    windows = np.lib.stride_tricks.sliding_window_view(x[..., 0], (kh, kw), (1, 2))[:, ::stride, ::stride]
    return np.einsum("nijkl,klf->nijf", windows, kernels[:, :, 0]) + (0 if bias is None else bias)


# %% wrong: if bias
# says: An array of several numbers is neither true nor false
def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    require_size(stride, "stride")
    if padding not in ("valid", "same") or kernels.shape[2] != x.shape[3]:
        raise ValueError("padding or depth")
    kh, kw, depth, filters = kernels.shape
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + f - side, 0) for side, f in zip(x.shape[1:3], (kh, kw))]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)])
    if kh > x.shape[1] or kw > x.shape[2]:
        raise ValueError("too large")
    windows = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), (1, 2))[:, ::stride, ::stride]
    out = np.einsum("nijcuv,uvcf->nijf", windows, kernels)
    if bias:
        out = out + bias
    return out


# %% wrong: bias != None
# says: only `is None` can tell.
def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    require_size(stride, "stride")
    if padding not in ("valid", "same") or kernels.shape[2] != x.shape[3]:
        raise ValueError("padding or depth")
    kh, kw, depth, filters = kernels.shape
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + f - side, 0) for side, f in zip(x.shape[1:3], (kh, kw))]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)])
    if kh > x.shape[1] or kw > x.shape[2]:
        raise ValueError("too large")
    windows = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), (1, 2))[:, ::stride, ::stride]
    out = np.einsum("nijcuv,uvcf->nijf", windows, kernels)
    if bias != None:
        out += bias
    return out


# %% wrong: a bias of None is added
# says: What is None there? An argument that the call leaves out
def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    require_size(stride, "stride")
    if padding not in ("valid", "same") or kernels.shape[2] != x.shape[3]:
        raise ValueError("padding or depth")
    kh, kw, depth, filters = kernels.shape
    if padding == "same":
        totals = [max((-(-side // stride) - 1) * stride + f - side, 0) for side, f in zip(x.shape[1:3], (kh, kw))]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in totals] + [(0, 0)])
    if kh > x.shape[1] or kw > x.shape[2]:
        raise ValueError("too large")
    windows = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), (1, 2))[:, ::stride, ::stride]
    out = np.einsum("nijcuv,uvcf->nijf", windows, kernels)
    return out + bias


# %% wrong: slices that forget the stride
# says: Place j reads the window that starts at pixel j · stride.
import numpy as np


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    require_size(stride, "stride")
    kh, kw, c_in, c_out = kernels.shape
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if x.shape[3] != c_in:
        raise ValueError("the kernel has another depth than the input")
    if padding == "same":
        pads = []
        for n, f in zip(x.shape[1:3], (kh, kw)):
            total = max((-(-n // stride) - 1) * stride + f - n, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, [(0, 0), *pads, (0, 0)])
    h, w = x.shape[1:3]
    if kh > h or kw > w:
        raise ValueError("the kernel is larger than the input")
    out = np.zeros((len(x), (h - kh) // stride + 1, (w - kw) // stride + 1, c_out))
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            out[:, i, j] = np.tensordot(x[:, i:i + kh, j:j + kw, :], kernels, axes=3)
    return out if bias is None else out + bias


# %% wrong: TensorFlow is trusted with the depth
# says: Filters of depth 2 can't read 4 channels.
import tensorflow as tf


def conv2d(x, kernels, bias=None, stride=1, padding="valid"):
    require_size(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    if padding == "valid" and (kernels.shape[0] > x.shape[1] or kernels.shape[1] > x.shape[2]):
        raise ValueError("too large")
    y = tf.nn.conv2d(x, kernels, strides=stride, padding=padding.upper()).numpy()
    return y if bias is None else y + bias
