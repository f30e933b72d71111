# %% right: two loops
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result


# %% right: sliding_window_view and einsum
import numpy as np


def correlate(image, kernel):
    # a window larger than the image raises ValueError by itself
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijuv,uv->ij", windows, kernel)


# %% right: scipy.signal.correlate2d
from scipy.signal import correlate2d as of_scipy


def correlate(image, kernel):
    if any(k > n for k, n in zip(kernel.shape, image.shape)):
        raise ValueError("the kernel is larger than the image")
    return of_scipy(image, kernel, mode="valid")


# %% right: scipy.signal.convolve2d with the kernel turned beforehand
from scipy.signal import convolve2d


def correlate(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError("the kernel is larger than the image")
    return convolve2d(image, kernel[::-1, ::-1], mode="valid")


# %% right: tf.nn.conv2d, a float32 tensor is returned
import tensorflow as tf


def correlate(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError("the kernel is larger than the image")
    x = tf.cast(image, tf.float32)[None, :, :, None]
    k = tf.cast(kernel, tf.float32)[:, :, None, None]
    return tf.nn.conv2d(x, k, strides=1, padding="VALID")[0, :, :, 0]


# %% right: four loops and a list of rows, a float32 result
import numpy as np


def correlate(image, kernel):
    h, w = image.shape
    kh, kw = kernel.shape
    if kh > h or kw > w:
        raise ValueError("too large")
    rows = []
    for i in range(h - kh + 1):
        row = []
        for j in range(w - kw + 1):
            total = 0.0
            for u in range(kh):
                for v in range(kw):
                    total += float(image[i + u][j + v]) * float(kernel[u][v])
            row.append(total)
        rows.append(row)
    return np.array(rows, dtype="float32")


# %% right: shift and add, in place
import numpy as np


def correlate(image, kernel):
    (h, w), (kh, kw) = image.shape, kernel.shape
    if not (kh <= h and kw <= w):
        raise ValueError(f"{kernel.shape} does not fit in {image.shape}")
    total = np.zeros((h - kh + 1, w - kw + 1), dtype=image.dtype)
    for u, v in np.ndindex(kh, kw):
        total += kernel[u, v] * image[u:u + h - kh + 1, v:v + w - kw + 1]
    return total


# %% wrong: the kernel turned, as in mathematics
# says: This is the kernel turned by 180°. Deep learning lays it on the image as it is.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel[::-1, ::-1])
    return result


# %% wrong: scipy.signal.convolve2d
# says: This is the kernel turned by 180°. Deep learning lays it on the image as it is.
from scipy.signal import convolve2d


def correlate(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError("the kernel is larger than the image")
    return convolve2d(image, kernel, mode="valid")


# %% wrong: kernel transposed when it is square
# says: Rows and columns of the kernel are swapped.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    if kh == kw:
        kernel = kernel.T
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result


# %% wrong: square images only: one side for both
# says: A kernel of 1×2 has two rows and two columns of places in 2×3 pixels.
import numpy as np


def correlate(image, kernel):
    n, f = image.shape[1], kernel.shape[1]
    if kernel.shape[0] > image.shape[0] or f > n:
        raise ValueError("the kernel is larger than the image")
    side = n - f + 1
    result = np.zeros((min(side, image.shape[0] - f + 1), side))
    for i in range(result.shape[0]):
        for j in range(side):
            result[i, j] = np.sum(image[i:i + f, j:j + f] * kernel)
    return result


# %% wrong: a place too few along each axis
# says: The first place needs no step, but it counts: + 1.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh, image.shape[1] - kw
    if rows < 0 or cols < 0:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result


# %% wrong: padded to the size of the image, zeros after it
# says: There is no padding here: the window stays inside the image.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    image = np.pad(image, ((0, kh - 1), (0, kw - 1)))
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result


# %% wrong: scipy's mode same
# says: There is no padding here: the window stays inside the image.
from scipy.signal import correlate2d as of_scipy


def correlate(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError("the kernel is larger than the image")
    return of_scipy(image, kernel, mode="same")


# %% wrong: scipy's default mode, full
# says: There is no padding here: the window stays inside the image.
from scipy.signal import correlate2d as of_scipy


def correlate(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError("the kernel is larger than the image")
    return of_scipy(image, kernel)


# %% wrong: the sum of the window, without the weights
# says: Multiply each pixel by its weight before you add up.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw])
    return result


# %% wrong: the mean of the products
# says: The products are added up, not averaged.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.mean(image[i:i + kh, j:j + kw] * kernel)
    return result


# %% wrong: only the positive sums
# says: There is no activation here: sums below zero stay.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = max(0, np.sum(image[i:i + kh, j:j + kw] * kernel))
    return result


# %% wrong: changes the image
# says: argument
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    image -= image.min()
    image += 1
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result


# %% wrong: no ValueError
# says: A window 4 high does not fit in 3 rows.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    result = np.zeros((max(rows, 0), max(cols, 0)))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result


# %% wrong: ValueError only when both sides are larger
# says: A window 4 high does not fit in 3 rows.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 and cols < 1:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((max(rows, 0), max(cols, 0)))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result


# %% wrong: ValueError for what is too high, not for what is too wide
# says: A window 5 wide does not fit in 4 columns.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((rows, max(cols, 0)))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result


# %% wrong: ValueError also for a kernel as wide as the image
# says: A kernel as wide as the image has one place along that axis.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 2:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result


# %% wrong: sums cut to whole numbers
# says: The sums are cut to whole numbers: give the result a dtype with fractions.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((rows, cols), dtype=int)
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result.astype(float)


# %% wrong: whole numbers of dtype int
# says: dtype
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((rows, cols), dtype=int)
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result


# %% wrong: rows and columns of the result swapped
# says: Rows and columns of the result are swapped.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result.T


# %% wrong: a stride of the kernel's size
# says: Lay the kernel on the image, multiply each pixel by its weight, and add up: section 5 does it by hand.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    rows, cols = -(-rows // kh), -(-cols // kw)
    result = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            result[i, j] = np.sum(image[i * kh:i * kh + kh, j * kw:j * kw + kw] * kernel)
    return result


# %% wrong: SciPy's valid mode, which swaps the two
# says: A window 4×5 does not fit in 3×4 pixels.
from scipy.signal import correlate2d as of_scipy


def correlate(image, kernel):
    return of_scipy(image, kernel, mode="valid")


# %% wrong: ranges that stop before the last place
# says: The last row and column of places were never filled: range leaves out its end.
import numpy as np


def correlate(image, kernel):
    kh, kw = kernel.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    result = np.zeros((rows, cols))
    for i in range(rows - 1):
        for j in range(cols - 1):
            result[i, j] = np.sum(image[i:i + kh, j:j + kw] * kernel)
    return result
