# %% right: plain arithmetic, keeps NumPy integers
def dense_param_count(n_in, n_out, use_bias=True):
    for size in (n_in, n_out):
        if isinstance(size, (bool, np.bool_)) or not isinstance(size, (int, np.integer)):
            raise TypeError(f"{size!r} is not an integer")
        if size < 1:
            raise ValueError(f"{size} is below 1")
    return n_in * n_out + (n_out if use_bias else 0)


# %% right: closed formula with operator.index
import operator


def check(size):
    if isinstance(size, bool):
        raise TypeError("bool")
    size = operator.index(size)
    if size < 1:
        raise ValueError("size below 1")
    return size


def dense_param_count(n_in, n_out, use_bias=True):
    return (check(n_in) + bool(use_bias)) * check(n_out)


# %% right: builds the Keras layer and counts
def dense_param_count(n_in, n_out, use_bias=True):
    for n in [n_in, n_out]:
        if isinstance(n, (bool, float, str)) or not np.issubdtype(type(n), np.integer):
            raise TypeError("integers only")
        if n < 1:
            raise ValueError("positive only")
    layer = keras.layers.Dense(int(n_out), use_bias=bool(use_bias))
    layer.build((None, int(n_in)))
    return layer.count_params()


# %% right: sizes of the weight arrays, returns numpy.int64
from math import prod


def dense_param_count(n_in, n_out, use_bias=True):
    def size(n):
        if isinstance(n, (int, np.integer)) and not isinstance(n, bool):
            if n >= 1:
                return int(n)
            raise ValueError(n)
        raise TypeError(n)

    shapes = [(size(n_in), size(n_out))] + [(size(n_out),)] * bool(use_bias)
    return np.sum([prod(shape) for shape in shapes], dtype=np.int64)


# %% right: class with match statement
class Dense:
    def __init__(self, n_in, n_out, use_bias):
        self.n_in, self.n_out, self.use_bias = self.integer(n_in), self.integer(n_out), use_bias

    @staticmethod
    def integer(n):
        match n:
            case bool():
                raise TypeError("bool")
            case int() | np.integer():
                if n <= 0:
                    raise ValueError("not positive")
                return int(n)
            case _:
                raise TypeError("no integer")

    @property
    def count(self):
        kernel = self.n_in * self.n_out
        if self.use_bias:
            return kernel + self.n_out
        return kernel


def dense_param_count(n_in, n_out, use_bias=True):
    return Dense(n_in=n_in, n_out=n_out, use_bias=use_bias).count


# %% wrong: never counts the bias
# says: Each unit has a bias.
def dense_param_count(n_in, n_out, use_bias=True):
    for size in (n_in, n_out):
        if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
            raise TypeError("integers only")
        if size < 1:
            raise ValueError("at least 1")
    return int(n_in) * int(n_out)


# %% wrong: one bias for each input
# says: One bias per unit, not one per input.
def dense_param_count(n_in, n_out, use_bias=True):
    for size in (n_in, n_out):
        if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
            raise TypeError("integers only")
        if size < 1:
            raise ValueError("at least 1")
    return int(n_in) * int(n_out) + (int(n_in) if use_bias else 0)


# %% wrong: a single bias for the whole layer
# says: Each unit has a bias of its own.
def dense_param_count(n_in, n_out, use_bias=True):
    for size in (n_in, n_out):
        if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
            raise TypeError("integers only")
        if size < 1:
            raise ValueError("at least 1")
    return int(n_in) * int(n_out) + (1 if use_bias else 0)


# %% wrong: ignores use_bias
# says: use_bias=False: there are no biases here.
def dense_param_count(n_in, n_out, use_bias=True):
    for size in (n_in, n_out):
        if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
            raise TypeError("integers only")
        if size < 1:
            raise ValueError("at least 1")
    return (int(n_in) + 1) * int(n_out)


# %% wrong: result is a float
# says: The numbers are right, and the type is not: it should be an int.
def dense_param_count(n_in, n_out, use_bias=True):
    for size in (n_in, n_out):
        if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
            raise TypeError("integers only")
        if size < 1:
            raise ValueError("at least 1")
    return np.prod([n_in, n_out], dtype=float) + (n_out if use_bias else 0)


# %% wrong: zero and negative sizes not refused
# says: A layer has at least one input.
def dense_param_count(n_in, n_out, use_bias=True):
    for size in (n_in, n_out):
        if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
            raise TypeError("integers only")
    return int(n_in) * int(n_out) + (int(n_out) if use_bias else 0)


# %% wrong: two negative sizes accepted, only the product is checked
# says: Both sizes are too small.
def dense_param_count(n_in, n_out, use_bias=True):
    for size in (n_in, n_out):
        if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
            raise TypeError("integers only")
    if int(n_in) * int(n_out) < 1:
        raise ValueError("at least 1")
    return int(n_in) * int(n_out) + (int(n_out) if use_bias else 0)


# %% wrong: only n_in is checked for its range
# says: 0 is too small for a size here: at least 1.
def dense_param_count(n_in, n_out, use_bias=True):
    for size in (n_in, n_out):
        if isinstance(size, bool) or not isinstance(size, (int, np.integer)):
            raise TypeError("integers only")
    if n_in < 1:
        raise ValueError("at least 1")
    return int(n_in) * int(n_out) + (int(n_out) if use_bias else 0)


# %% right: a sum over the units
def dense_param_count(n_in, n_out, use_bias=True):
    for size in (n_in, n_out):
        require_size(size, "size")
    return sum(int(n_in) + bool(use_bias) for unit in range(n_out))


# %% right: the size of a random matrix
def dense_param_count(n_in, n_out, use_bias=True):
    require_size(n_in, "inputs")
    require_size(n_out, "units")
    return np.ones((n_in + use_bias, n_out)).size


# %% wrong: nothing is refused
# says: All cases before this one are right: 0.5 of 1 point.
def dense_param_count(n_in, n_out, use_bias=True):
    return (n_in + 1) * n_out if use_bias else n_in * n_out


# %% wrong: whole floats are made integers
# says: 2.0 is a float, and a size is a whole number
def dense_param_count(n_in, n_out, use_bias=True):
    n_in, n_out = int(n_in), int(n_out)
    if n_in < 1 or n_out < 1:
        raise ValueError("at least 1")
    return n_in * n_out + n_out * use_bias


# %% wrong: three sizes added
# says: There are 3 · 2 = 6 weights, and a bias for each of the 2 units.
def dense_param_count(n_in, n_out, use_bias=True):
    for size in (n_in, n_out):
        require_size(size, "size")
    return n_in + n_out + n_out if use_bias else n_in * n_out
