# %% right: pure loops
import math
import numpy as np


def check(size):
    if isinstance(size, (bool, np.bool_)) or not isinstance(size, (int, np.integer)):
        raise TypeError("size is an integer")
    if size < 1:
        raise ValueError("size is at least 1")
    return int(size)


def shift_similarity(image, dx, dy, size):
    size = check(size)
    h, w = image.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    moved = [[0.0] * w for _ in range(h)]
    for i in range(h):
        for j in range(w):
            if 0 <= i - dy < h and 0 <= j - dx < w:
                moved[i][j] = float(image[i - dy, j - dx])
    dot = aa = bb = 0.0
    for i in range(0, h - size + 1, size):
        for j in range(0, w - size + 1, size):
            places = [(r, s) for r in range(i, i + size) for s in range(j, j + size)]
            a = max(float(image[p]) for p in places)
            b = max(moved[r][s] for r, s in places)
            dot += a * b
            aa += a * a
            bb += b * b
    if aa == 0 or bb == 0:
        return 0.0
    return dot / math.sqrt(aa) / math.sqrt(bb)


# %% right: np.pad and slices, reshape pooling
import numpy as np


def shift_similarity(image, dx, dy, size):
    if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
        raise TypeError("size must be an integer")
    if size < 1:
        raise ValueError("size must be at least 1")
    size = int(size)
    h, w = image.shape
    if size > min(h, w):
        raise ValueError("size must not exceed the image")
    dx, dy = int(np.clip(dx, -w, w)), int(np.clip(dy, -h, h))
    pad = np.pad(image, ((h, h), (w, w)))
    moved = pad[h - dy:2 * h - dy, w - dx:2 * w - dx]

    def pool(x):
        x = x[:h - h % size, :w - w % size]
        return x.reshape(h // size, size, w // size, size).max(axis=(1, 3)).ravel().astype(float)

    a, b = pool(image), pool(moved)
    norms = np.linalg.norm(a) * np.linalg.norm(b)
    if norms == 0:
        return 0.0
    return float(a @ b / norms)


# %% right: np.roll with the wrapped part zeroed, a NumPy float returned
import numpy as np


def shift_similarity(image, dx, dy, size):
    if type(size) in (bool, np.bool_) or not np.issubdtype(type(size), np.integer):
        raise TypeError("size")
    if not size >= 1:
        raise ValueError("size")
    h, w = image.shape
    if h < size or w < size:
        raise ValueError("size")
    moved = np.roll(image, (dy, dx), axis=(0, 1))
    rows, cols = np.arange(h) - dy, np.arange(w) - dx
    inside = ((rows >= 0) & (rows < h))[:, None] & ((cols >= 0) & (cols < w))
    moved = np.where(inside, moved, 0)
    view = np.lib.stride_tricks.sliding_window_view(np.stack([image, moved]), (size, size), axis=(1, 2))
    out = view[:, ::size, ::size].max(axis=(3, 4)).reshape(2, -1).astype(np.float64)
    a, b = out
    if not a.any() or not b.any():
        return np.float64(0)
    return np.sum(a * b) / np.sqrt(np.sum(a ** 2) * np.sum(b ** 2))


# %% right: TensorFlow pooling and translation by padding, float32 inside
import numpy as np
import tensorflow as tf


def shift_similarity(image, dx, dy, size):
    if isinstance(size, (bool, float, str)) or not isinstance(size, (int, np.integer)):
        raise TypeError(size)
    if size < 1 or size > min(image.shape):
        raise ValueError(size)
    h, w = image.shape
    x = tf.constant(image, tf.float32)
    if abs(dx) >= w or abs(dy) >= h:
        return 0.0
    kept = x[max(0, -dy):h - max(0, dy), max(0, -dx):w - max(0, dx)]
    moved = tf.pad(kept, [[max(0, dy), max(0, -dy)], [max(0, dx), max(0, -dx)]])
    both = tf.stack([x, moved])[..., None]
    pooled = tf.reshape(tf.nn.max_pool2d(both, int(size), int(size), "VALID"), (2, -1))
    norms = tf.norm(pooled, axis=1)
    if float(tf.reduce_min(norms)) == 0.0:
        return 0.0
    return float(tf.tensordot(pooled[0], pooled[1], 1) / norms[0] / norms[1])


# %% right: scipy shift and cosine distance
import numpy as np
from scipy import ndimage
from scipy.spatial.distance import cosine


def shift_similarity(image, dx, dy, size):
    expected = (int, np.integer)
    if isinstance(size, bool) or not isinstance(size, expected):
        raise TypeError("an integer size")
    if size < 1:
        raise ValueError("a positive size")
    if size > image.shape[0] or size > image.shape[1]:
        raise ValueError("a size that fits")
    x = image.astype(np.float64)
    out = ndimage.shift(x, shift=(int(dy), int(dx)), order=0, mode="constant", cval=0.0, prefilter=False)
    pooled = []
    for picture in (x, out):
        starts = [np.arange(0, side - size + 1, size) for side in picture.shape]
        inner = picture[:starts[0][-1] + size, :starts[1][-1] + size]
        result = np.maximum.reduceat(np.maximum.reduceat(inner, starts[0], axis=0), starts[1], axis=1)
        pooled.append(result.ravel())
    if not np.any(pooled[0]) or not np.any(pooled[1]):
        return 0.0
    return float(1.0 - cosine(*pooled))


# %% right: a class, dictionary of pixels, normalised vectors
import numpy as np


class Picture:
    def __init__(self, pixels, height, width):
        self.pixels, self.height, self.width = pixels, height, width

    @classmethod
    def read(cls, image):
        pixels = {(i, j): float(v) for (i, j), v in np.ndenumerate(image)}
        return cls(pixels, *image.shape)

    def move(self, dx, dy):
        return Picture({(i + dy, j + dx): v for (i, j), v in self.pixels.items()}, self.height, self.width)

    def pool(self, size):
        result = []
        for i in range(self.height // size):
            for j in range(self.width // size):
                block = [(i * size + r, j * size + s) for r in range(size) for s in range(size)]
                result.append(max(self.pixels.get(p, 0.0) for p in block))
        return result


def unit(values):
    norm = sum(v * v for v in values) ** 0.5
    return [v / norm if norm else 0.0 for v in values]


def shift_similarity(image, dx, dy, size):
    if isinstance(size, (bool, np.bool_)) or not isinstance(size, (int, np.integer)):
        raise TypeError("size")
    if size < 1:
        raise ValueError("size")
    if size > min(image.shape):
        raise ValueError("size")
    picture = Picture.read(image)
    dx, dy, size = int(dx), int(dy), int(size)
    a, b = unit(picture.pool(size)), unit(picture.move(dx, dy).pool(size))
    return sum(p * q for p, q in zip(a, b))


# %% wrong: what leaves on one side comes back on the other
# says: Zeros move in; what leaves on the right does not come back on the left.
import numpy as np


def shift_similarity(image, dx, dy, size):
    if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
        raise TypeError("size must be an integer")
    if size < 1:
        raise ValueError("size must be at least 1")
    size = int(size)
    h, w = image.shape
    if size > min(h, w):
        raise ValueError("size must not exceed the image")
    dx, dy = int(np.clip(dx, -w, w)), int(np.clip(dy, -h, h))
    pad = np.pad(image, ((h, h), (w, w)))
    moved = np.roll(image, (dy, dx), axis=(0, 1))

    def pool(x):
        x = x[:h - h % size, :w - w % size]
        return x.reshape(h // size, size, w // size, size).max(axis=(1, 3)).ravel().astype(float)

    a, b = pool(image), pool(moved)
    norms = np.linalg.norm(a) * np.linalg.norm(b)
    if norms == 0:
        return 0.0
    return float(a @ b / norms)


# %% wrong: border pixels repeated
# says: Zeros move in, not copies of the border.
import numpy as np


def shift_similarity(image, dx, dy, size):
    if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
        raise TypeError("size must be an integer")
    if size < 1:
        raise ValueError("size must be at least 1")
    size = int(size)
    h, w = image.shape
    if size > min(h, w):
        raise ValueError("size must not exceed the image")
    dx, dy = int(np.clip(dx, -w, w)), int(np.clip(dy, -h, h))
    pad = np.pad(image, ((h, h), (w, w)), mode="edge")
    moved = pad[h - dy:2 * h - dy, w - dx:2 * w - dx]

    def pool(x):
        x = x[:h - h % size, :w - w % size]
        return x.reshape(h // size, size, w // size, size).max(axis=(1, 3)).ravel().astype(float)

    a, b = pool(image), pool(moved)
    norms = np.linalg.norm(a) * np.linalg.norm(b)
    if norms == 0:
        return 0.0
    return float(a @ b / norms)


# %% wrong: the image's minimum moved in
# says: A similarity may be below zero, and so may a maximum: zeros that moved in count like other pixels.
import numpy as np


def shift_similarity(image, dx, dy, size):
    if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
        raise TypeError("size must be an integer")
    if size < 1:
        raise ValueError("size must be at least 1")
    size = int(size)
    h, w = image.shape
    if size > min(h, w):
        raise ValueError("size must not exceed the image")
    dx, dy = int(np.clip(dx, -w, w)), int(np.clip(dy, -h, h))
    pad = np.pad(image, ((h, h), (w, w)), constant_values=image.min())
    moved = pad[h - dy:2 * h - dy, w - dx:2 * w - dx]

    def pool(x):
        x = x[:h - h % size, :w - w % size]
        return x.reshape(h // size, size, w // size, size).max(axis=(1, 3)).ravel().astype(float)

    a, b = pool(image), pool(moved)
    norms = np.linalg.norm(a) * np.linalg.norm(b)
    if norms == 0:
        return 0.0
    return float(a @ b / norms)


# %% wrong: dx and dy swapped
# says: dx counts columns, dy counts rows.
import numpy as np


def shift_similarity(image, dx, dy, size):
    if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
        raise TypeError("size must be an integer")
    if size < 1:
        raise ValueError("size must be at least 1")
    size = int(size)
    h, w = image.shape
    if size > min(h, w):
        raise ValueError("size must not exceed the image")
    dx, dy = int(np.clip(dx, -w, w)), int(np.clip(dy, -h, h))
    pad = np.pad(image, ((h, h), (w, w)))
    moved = pad[h - np.clip(dx, -h, h):, w - np.clip(dy, -w, w):][:h, :w]

    def pool(x):
        x = x[:h - h % size, :w - w % size]
        return x.reshape(h // size, size, w // size, size).max(axis=(1, 3)).ravel().astype(float)

    a, b = pool(image), pool(moved)
    norms = np.linalg.norm(a) * np.linalg.norm(b)
    if norms == 0:
        return 0.0
    return float(a @ b / norms)


# %% wrong: moved to the left and up
# says: dx > 0 moves the image to the right.
import math
import numpy as np


def check(size):
    if isinstance(size, (bool, np.bool_)) or not isinstance(size, (int, np.integer)):
        raise TypeError("size is an integer")
    if size < 1:
        raise ValueError("size is at least 1")
    return int(size)


def shift_similarity(image, dx, dy, size):
    size = check(size)
    h, w = image.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    moved = [[0.0] * w for _ in range(h)]
    for i in range(h):
        for j in range(w):
            if 0 <= i + dy < h and 0 <= j + dx < w:
                moved[i][j] = float(image[i + dy, j + dx])
    dot = aa = bb = 0.0
    for i in range(0, h - size + 1, size):
        for j in range(0, w - size + 1, size):
            places = [(r, s) for r in range(i, i + size) for s in range(j, j + size)]
            a = max(float(image[p]) for p in places)
            b = max(moved[r][s] for r, s in places)
            dot += a * b
            aa += a * a
            bb += b * b
    if aa == 0 or bb == 0:
        return 0.0
    return dot / math.sqrt(aa) / math.sqrt(bb)


# %% wrong: dy counted upwards
# says: dy > 0 moves the image down.
import math
import numpy as np


def check(size):
    if isinstance(size, (bool, np.bool_)) or not isinstance(size, (int, np.integer)):
        raise TypeError("size is an integer")
    if size < 1:
        raise ValueError("size is at least 1")
    return int(size)


def shift_similarity(image, dx, dy, size):
    size = check(size)
    h, w = image.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    moved = [[0.0] * w for _ in range(h)]
    for i in range(h):
        for j in range(w):
            if 0 <= i + dy < h and 0 <= j - dx < w:
                moved[i][j] = float(image[i + dy, j - dx])
    dot = aa = bb = 0.0
    for i in range(0, h - size + 1, size):
        for j in range(0, w - size + 1, size):
            places = [(r, s) for r in range(i, i + size) for s in range(j, j + size)]
            a = max(float(image[p]) for p in places)
            b = max(moved[r][s] for r, s in places)
            dot += a * b
            aa += a * a
            bb += b * b
    if aa == 0 or bb == 0:
        return 0.0
    return dot / math.sqrt(aa) / math.sqrt(bb)


# %% wrong: dx ignored
# says: Move the image first, then compare it with the original.
import math
import numpy as np


def check(size):
    if isinstance(size, (bool, np.bool_)) or not isinstance(size, (int, np.integer)):
        raise TypeError("size is an integer")
    if size < 1:
        raise ValueError("size is at least 1")
    return int(size)


def shift_similarity(image, dx, dy, size):
    size = check(size)
    dx = 0
    h, w = image.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    moved = [[0.0] * w for _ in range(h)]
    for i in range(h):
        for j in range(w):
            if 0 <= i - dy < h and 0 <= j - dx < w:
                moved[i][j] = float(image[i - dy, j - dx])
    dot = aa = bb = 0.0
    for i in range(0, h - size + 1, size):
        for j in range(0, w - size + 1, size):
            places = [(r, s) for r in range(i, i + size) for s in range(j, j + size)]
            a = max(float(image[p]) for p in places)
            b = max(moved[r][s] for r, s in places)
            dot += a * b
            aa += a * a
            bb += b * b
    if aa == 0 or bb == 0:
        return 0.0
    return dot / math.sqrt(aa) / math.sqrt(bb)


# %% wrong: negative shifts lose their sign
# says: dx < 0 moves the image to the left.
import math
import numpy as np


def check(size):
    if isinstance(size, (bool, np.bool_)) or not isinstance(size, (int, np.integer)):
        raise TypeError("size is an integer")
    if size < 1:
        raise ValueError("size is at least 1")
    return int(size)


def shift_similarity(image, dx, dy, size):
    size = check(size)
    dx, dy = abs(dx), abs(dy)
    h, w = image.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    moved = [[0.0] * w for _ in range(h)]
    for i in range(h):
        for j in range(w):
            if 0 <= i - dy < h and 0 <= j - dx < w:
                moved[i][j] = float(image[i - dy, j - dx])
    dot = aa = bb = 0.0
    for i in range(0, h - size + 1, size):
        for j in range(0, w - size + 1, size):
            places = [(r, s) for r in range(i, i + size) for s in range(j, j + size)]
            a = max(float(image[p]) for p in places)
            b = max(moved[r][s] for r, s in places)
            dot += a * b
            aa += a * a
            bb += b * b
    if aa == 0 or bb == 0:
        return 0.0
    return dot / math.sqrt(aa) / math.sqrt(bb)


# %% wrong: a shift beyond the border is refused
# says: Make this call in a cell of your own, and look at the line where it stops.
import numpy as np


def shift_similarity(image, dx, dy, size):
    if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
        raise TypeError("size must be an integer")
    if size < 1:
        raise ValueError("size must be at least 1")
    size = int(size)
    h, w = image.shape
    if size > min(h, w):
        raise ValueError("size must not exceed the image")
    if abs(dx) >= w or abs(dy) >= h:
        raise ValueError("the shift is too large")
    dx, dy = int(np.clip(dx, -w, w)), int(np.clip(dy, -h, h))
    pad = np.pad(image, ((h, h), (w, w)))
    moved = pad[h - dy:2 * h - dy, w - dx:2 * w - dx]

    def pool(x):
        x = x[:h - h % size, :w - w % size]
        return x.reshape(h // size, size, w // size, size).max(axis=(1, 3)).ravel().astype(float)

    a, b = pool(image), pool(moved)
    norms = np.linalg.norm(a) * np.linalg.norm(b)
    if norms == 0:
        return 0.0
    return float(a @ b / norms)


# %% wrong: 2.0 accepted
# says: 2.0 is a float, and a size is a whole number: an int or a NumPy integer.
import math
import numpy as np


def check(size):
    if isinstance(size, (bool, np.bool_)) or isinstance(size, str) or size != int(size):
        raise TypeError("size is an integer")
    if size < 1:
        raise ValueError("size is at least 1")
    return int(size)


def shift_similarity(image, dx, dy, size):
    size = check(size)
    h, w = image.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    moved = [[0.0] * w for _ in range(h)]
    for i in range(h):
        for j in range(w):
            if 0 <= i - dy < h and 0 <= j - dx < w:
                moved[i][j] = float(image[i - dy, j - dx])
    dot = aa = bb = 0.0
    for i in range(0, h - size + 1, size):
        for j in range(0, w - size + 1, size):
            places = [(r, s) for r in range(i, i + size) for s in range(j, j + size)]
            a = max(float(image[p]) for p in places)
            b = max(moved[r][s] for r, s in places)
            dot += a * b
            aa += a * a
            bb += b * b
    if aa == 0 or bb == 0:
        return 0.0
    return dot / math.sqrt(aa) / math.sqrt(bb)


# %% wrong: bools accepted
# says: A bool is not a size, although Python counts True as 1.
import math
import numpy as np


def check(size):
    if not isinstance(size, (int, np.integer)):
        raise TypeError("size is an integer")
    if size < 1:
        raise ValueError("size is at least 1")
    return int(size)


def shift_similarity(image, dx, dy, size):
    size = check(size)
    h, w = image.shape
    if size > h or size > w:
        raise ValueError("window larger than the image")
    moved = [[0.0] * w for _ in range(h)]
    for i in range(h):
        for j in range(w):
            if 0 <= i - dy < h and 0 <= j - dx < w:
                moved[i][j] = float(image[i - dy, j - dx])
    dot = aa = bb = 0.0
    for i in range(0, h - size + 1, size):
        for j in range(0, w - size + 1, size):
            places = [(r, s) for r in range(i, i + size) for s in range(j, j + size)]
            a = max(float(image[p]) for p in places)
            b = max(moved[r][s] for r, s in places)
            dot += a * b
            aa += a * a
            bb += b * b
    if aa == 0 or bb == 0:
        return 0.0
    return dot / math.sqrt(aa) / math.sqrt(bb)


# %% right: an index of the shifted place, and np.vdot
def shift_similarity(image, dx, dy, size):
    require_size(size, "size")
    h, w = image.shape
    moved = np.zeros_like(image)
    for i in range(h):
        for j in range(w):
            if 0 <= i - dy < h and 0 <= j - dx < w:
                moved[i, j] = image[i - dy, j - dx]

    def pooled(a):
        a = a[: h // size * size, : w // size * size]
        return a.reshape(h // size, size, w // size, size).max((1, 3)).ravel()

    a, b = pooled(image), pooled(moved)
    if not a.any() or not b.any():
        return 0.0
    return float(np.vdot(a, b) / np.sqrt(np.vdot(a, a) * np.vdot(b, b)))


# %% wrong: an epsilon instead of the 0.0
# says: Write down the image, the moved image and both pooled maps, then the cosine.
def shift_similarity(image, dx, dy, size):
    require_size(size, "size")
    h, w = image.shape
    moved = np.pad(image, ((abs(dy), abs(dy)), (abs(dx), abs(dx))))[abs(dy) - dy : abs(dy) - dy + h, abs(dx) - dx : abs(dx) - dx + w]

    def pooled(a):
        return a[: h // size * size, : w // size * size].reshape(h // size, size, w // size, size).max((1, 3))

    a, b = pooled(image), pooled(moved)
    return float((a * b).sum() / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-2))


# %% wrong: pooled first, then moved
# says: Pool both maps before you compare them.
def shift_similarity(image, dx, dy, size):
    require_size(size, "size")
    h, w = image.shape
    a = image[: h // size * size, : w // size * size].reshape(h // size, size, w // size, size).max((1, 3))
    padded = np.pad(a, ((abs(dy), abs(dy)), (abs(dx), abs(dx))))
    b = padded[abs(dy) - dy : abs(dy) - dy + a.shape[0], abs(dx) - dx : abs(dx) - dx + a.shape[1]]
    norm = np.linalg.norm(a) * np.linalg.norm(b)
    return float((a * b).sum() / norm) if norm else 0.0


# %% wrong: a correlation coefficient
# says: Write down the image, the moved image and both pooled maps, then the cosine.
def shift_similarity(image, dx, dy, size):
    require_size(size, "size")
    h, w = image.shape
    moved = np.pad(image, ((abs(dy), abs(dy)), (abs(dx), abs(dx))))[abs(dy) - dy : abs(dy) - dy + h, abs(dx) - dx : abs(dx) - dx + w]

    def pooled(a):
        return a[: h // size * size, : w // size * size].reshape(h // size, size, w // size, size).max((1, 3)).ravel()

    a, b = pooled(image), pooled(moved)
    if not a.any() or not b.any():
        return 0.0
    return float(np.nan_to_num(np.corrcoef(a, b)[0, 1]))


# %% wrong: size handed on to a layer of Keras
# says: A NumPy integer is a size too, but isinstance(size, int) is False for it, and Keras' layers refuse it: check it, then hand on int(size).
def shift_similarity(image, dx, dy, size):
    require_size(size, "size")
    h, w = image.shape
    frame = np.pad(image, ((abs(dy), abs(dy)), (abs(dx), abs(dx))))
    moved = frame[abs(dy) - dy :, abs(dx) - dx :][:h, :w]
    a, b = keras.layers.MaxPooling2D(size)(np.stack([image, moved])[..., None]).numpy().reshape(2, -1).astype(float)
    lengths = np.linalg.norm(a) * np.linalg.norm(b)
    return float(a @ b / lengths) if lengths > 0 else 0.0


# %% right: a layer of Keras, with Python's own integer
def shift_similarity(image, dx, dy, size):
    require_size(size, "size")
    h, w = image.shape
    frame = np.pad(image, ((abs(dy), abs(dy)), (abs(dx), abs(dx))))
    moved = frame[abs(dy) - dy :, abs(dx) - dx :][:h, :w]
    a, b = keras.layers.MaxPooling2D(int(size))(np.stack([image, moved])[..., None]).numpy().reshape(2, -1).astype(float)
    lengths = np.linalg.norm(a) * np.linalg.norm(b)
    return float(a @ b / lengths) if lengths > 0 else 0.0


# %% wrong: zeros that moved in never win
# says: A similarity may be below zero, and so may a maximum: zeros that moved in count like other pixels.
def shift_similarity(image, dx, dy, size):
    require_size(size, "size")
    h, w = image.shape
    moved = np.full((h, w), -np.inf)
    for row in range(max(dy, 0), min(h + dy, h)):
        for column in range(max(dx, 0), min(w + dx, w)):
            moved[row, column] = image[row - dy, column - dx]

    def pooled(picture):
        maxima = picture[: h // size * size, : w // size * size].reshape(h // size, size, w // size, size).max(axis=(1, 3))
        return np.where(np.isinf(maxima), 0, maxima)

    a, b = pooled(image), pooled(moved)
    lengths = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / lengths) if lengths > 0 else 0.0


# %% wrong: slices that cannot move an image out to the left
# says: Make this call in a cell of your own, and look at the line where it stops.
def shift_similarity(image, dx, dy, size):
    require_size(size, "size")
    h, w = image.shape
    moved = np.zeros((h, w))
    rows, columns = [], []
    for by, side, place in ((dy, h, rows), (dx, w, columns)):
        place += [slice(by, None), slice(0, max(side - by, 0))] if by >= 0 else [slice(0, side + by), slice(-by, None)]
    if dy < h and dx < w:
        moved[rows[0], columns[0]] = image[rows[1], columns[1]]

    def pooled(picture):
        return picture[: h // size * size, : w // size * size].reshape(h // size, size, w // size, size).max(axis=(1, 3))

    a, b = pooled(image), pooled(moved)
    lengths = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / lengths) if lengths > 0 else 0.0


# %% wrong: the pixels made whole numbers
# says: These pixels are fractions. Do they become whole numbers on the way?
def shift_similarity(image, dx, dy, size):
    require_size(size, "size")
    h, w = image.shape
    image = image.astype(int)
    frame = np.pad(image, ((abs(dy), abs(dy)), (abs(dx), abs(dx))))
    moved = frame[abs(dy) - dy :, abs(dx) - dx :][:h, :w]

    def pooled(picture):
        picture = picture[: h // size * size, : w // size * size]
        return picture.reshape(h // size, size, w // size, size).max(axis=(1, 3))

    a, b = pooled(image), pooled(moved)
    lengths = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / lengths) if lengths > 0 else 0.0


# %% wrong: cut-off windows kept
# says: With valid padding, what does not fill a window is dropped.
def shift_similarity(image, dx, dy, size):
    require_size(size, "size")
    h, w = image.shape
    frame = np.pad(image, ((abs(dy), abs(dy)), (abs(dx), abs(dx))))
    moved = frame[abs(dy) - dy :, abs(dx) - dx :][:h, :w]

    def pooled(picture):
        picture = np.pad(picture, ((0, -h % size), (0, -w % size)))
        return picture.reshape(-(-h // size), size, -(-w // size), size).max(axis=(1, 3))

    a, b = pooled(image), pooled(moved)
    lengths = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / lengths) if lengths > 0 else 0.0
