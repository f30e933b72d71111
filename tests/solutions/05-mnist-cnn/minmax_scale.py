# %% right: float64 inside, vectorised
def minmax_scale(train, test):
    lo = float(train.min())
    hi = float(train.max())
    if hi == lo:
        return np.zeros(train.shape, np.float32), np.zeros(test.shape, np.float32)

    def scale(x):
        return ((x.astype(np.float64) - lo) / (hi - lo)).astype(np.float32)

    return scale(train), scale(test)


# %% right: everything cast to float32 first
def minmax_scale(train, test):
    train = np.asarray(train).astype("float32")
    test = np.asarray(test).astype("float32")
    x_min, x_max = train.min(), train.max()
    size = x_max - x_min
    if size == 0:
        return np.zeros_like(train), np.zeros_like(test)
    train = (train - x_min) / size
    test = (test - x_min) / size
    return train, test


# %% right: TensorFlow tensors, divide_no_nan
import tensorflow as tf

def minmax_scale(train, test):
    a = tf.cast(tf.convert_to_tensor(train), tf.float32)
    b = tf.cast(tf.convert_to_tensor(test), tf.float32)
    lo = tf.reduce_min(a)
    out = tf.reduce_max(a) - lo
    return tf.math.divide_no_nan(a - lo, out), tf.math.divide_no_nan(b - lo, out)


# %% right: a scaler class with fit and transform
class Scaler:
    def fit(self, x):
        self.low = np.float64(x.min())
        self.range = np.float64(x.max()) - self.low
        return self

    def transform(self, x):
        result = np.zeros(x.shape, dtype=np.float32)
        if self.range > 0:
            result[...] = (np.float64(x) - self.low) / self.range
        return result

    __call__ = transform


def minmax_scale(train, test):
    scaler = Scaler().fit(train)
    return tuple(map(scaler, (train, test)))


# %% right: pure Python loop, returns a list of two arrays
def minmax_scale(train, test):
    flat = train.ravel().tolist()
    lowest, highest = min(flat), max(flat)
    reference = highest - lowest
    expected = []
    for x in (train, test):
        if reference:
            numbers = [(v - lowest) / reference for v in x.ravel().tolist()]
        else:
            numbers = [0.0] * x.size
        expected.append(np.array(numbers, dtype=np.float32).reshape(x.shape))
    return expected


# %% wrong: the test set is scaled by its own minimum and maximum
# says: Scale the test set with the training set's minimum and maximum, not with its own.
def minmax_scale(train, test):
    def scale(x):
        x = x.astype(np.float64)
        lo, hi = x.min(), x.max()
        return ((x - lo) / (hi - lo)).astype(np.float32)

    if train.min() == train.max():
        return np.zeros(train.shape, np.float32), np.zeros(test.shape, np.float32)
    if test.min() == test.max():
        return scale(train), np.zeros(test.shape, np.float32)
    return scale(train), scale(test)


# %% wrong: minimum and maximum over both sets together
# says: Take the minimum and maximum from the training set alone.
def minmax_scale(train, test):
    lo = float(min(train.min(), test.min()))
    hi = float(max(train.max(), test.max()))
    if train.min() == train.max():
        return np.zeros(train.shape, np.float32), np.zeros(test.shape, np.float32)
    return tuple(((x.astype(np.float64) - lo) / (hi - lo)).astype(np.float32) for x in (train, test))


# %% wrong: divides by the maximum only, the minimum is taken for 0
# says: Subtract the minimum first.
def minmax_scale(train, test):
    hi = float(train.max())
    if float(train.min()) == hi:
        return np.zeros(train.shape, np.float32), np.zeros(test.shape, np.float32)
    hi = hi or 1.0
    return tuple((x.astype(np.float64) / hi).astype(np.float32) for x in (train, test))


# %% wrong: divides by 255 whatever the data
# says: Divide by the range of the training set, not by 255.
def minmax_scale(train, test):
    if train.min() == train.max():
        return np.zeros(train.shape, np.float32), np.zeros(test.shape, np.float32)
    return train.astype(np.float32) / 255, test.astype(np.float32) / 255


# %% wrong: subtracts before the cast, uint8 wraps around below the training minimum
# says: Eight bits do not go below 0: convert to floats before you subtract.
def minmax_scale(train, test):
    lo, hi = train.min(), train.max()
    if hi == lo:
        return np.zeros(train.shape, np.float32), np.zeros(test.shape, np.float32)
    span = float(hi) - float(lo)
    return ((train - lo) / span).astype(np.float32), ((test - lo) / span).astype(np.float32)


# %% wrong: an epsilon in the denominator instead of the constant case
# says: If all training values are equal, both results are zeros.
def minmax_scale(train, test):
    lo, hi = float(train.min()), float(train.max())
    eps = 1e-12
    return tuple(((x.astype(np.float64) - lo) / (hi - lo + eps)).astype(np.float32) for x in (train, test))


# %% wrong: zeros_like keeps uint8 for a constant training set
# says: The numbers are right, and their dtype is not. If all training values are equal, both results are zeros.
def minmax_scale(train, test):
    lo, hi = float(train.min()), float(train.max())
    if hi == lo:
        return np.zeros_like(train), np.zeros_like(test)
    return tuple(((x.astype(np.float64) - lo) / (hi - lo)).astype(np.float32) for x in (train, test))


# %% wrong: the parentheses of the notes are missing
# says: Parentheses: division comes before subtraction.
def minmax_scale(train, test):
    lo, hi = float(train.min()), float(train.max())
    if hi == lo:
        return np.zeros(train.shape, np.float32), np.zeros(test.shape, np.float32)
    return tuple((x.astype(np.float64) - lo / (hi or 1.0) - lo).astype(np.float32) for x in (train, test))


# %% right: np.divide where it can be
def minmax_scale(train, test):
    low, width = np.float64(train.min()), np.float64(train.max()) - np.float64(train.min())
    return [np.divide(x - low, width, out=np.zeros(x.shape), where=width != 0).astype(np.float32) for x in (train, test)]


# %% wrong: the constant case as scikit-learn's scaler has it, divided by 1
# says: If all training values are equal, both results are zeros.
def minmax_scale(train, test):
    low = np.float64(train.min())
    width = (np.float64(train.max()) - low) or 1.0
    return tuple(((x - low) / width).astype("float32") for x in (train, test))


# %% wrong: np.interp clips
# says: Don't clip: a test value may lie outside 0 to 1.
def minmax_scale(train, test):
    low, high = float(train.min()), float(train.max())
    if low == high:
        return np.zeros(train.shape, "float32"), np.zeros(test.shape, "float32")
    return tuple(np.interp(x, (low, high), (0, 1)).astype("float32") for x in (train, test))


# %% wrong: a minimum for every pixel
# says: One minimum and one maximum for the whole training set, not for each pixel.
def minmax_scale(train, test):
    low, high = train.min(axis=0).astype("float64"), train.max(axis=0).astype("float64")
    width = np.where(high > low, high - low, 1)
    return tuple(((x - low) / width).astype("float32") for x in (train, test))


# %% wrong: standardised
# says: Subtract the training set's minimum, then divide by its range; floats first.
def minmax_scale(train, test):
    train, test = train.astype("float64"), test.astype("float64")
    deviation = train.std() or 1
    return tuple(((x - train.mean()) / deviation).astype("float32") for x in (train, test))


# %% wrong: only the training set comes back
# says: return train, test
def minmax_scale(train, test):
    train = train.astype("float32")
    return (train - train.min()) / max(train.max() - train.min(), 1e-9)
