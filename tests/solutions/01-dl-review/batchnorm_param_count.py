# %% right: closed formula
def batchnorm_param_count(n_features):
    if isinstance(n_features, (bool, np.bool_)) or not isinstance(n_features, (int, np.integer)):
        raise TypeError("n_features must be an integer")
    if n_features < 1:
        raise ValueError("n_features must be at least 1")
    return 2 * int(n_features), 2 * int(n_features)


# %% right: counts the weights of the Keras layer
def batchnorm_param_count(n_features):
    if isinstance(n_features, bool) or not isinstance(n_features, (int, np.integer)):
        raise TypeError("integer")
    if n_features < 1:
        raise ValueError("positive")
    layer = keras.layers.BatchNormalization()
    layer.build((None, int(n_features)))
    size = lambda weights: sum(int(np.prod(w.shape)) for w in weights)
    return size(layer.trainable_weights), size(layer.non_trainable_weights)


# %% right: NumPy integers in the tuple
def batchnorm_param_count(n_features):
    if not np.issubdtype(type(n_features), np.integer):
        raise TypeError("integer")
    if n_features <= 0:
        raise ValueError("positive")
    parameters = np.ones((2, 2, n_features), dtype=np.int64)
    return tuple(parameters.sum(axis=(1, 2)))


# %% right: operator.index, a dictionary of arrays and a helper named check
import operator


def check(size):
    if isinstance(size, bool):
        raise TypeError("bool is no size")
    size = operator.index(size)
    if size < 1:
        raise ValueError(f"{size} < 1")
    return size


def batchnorm_param_count(n_features):
    size = check(n_features)
    trainable = dict(gamma=np.ones(size), beta=np.zeros(size))
    moving = dict(mean=np.zeros(size), variance=np.ones(size))
    return tuple(sum(len(value) for value in group.values()) for group in (trainable, moving))


# %% right: NamedTuple
from typing import NamedTuple


class Count(NamedTuple):
    trainable: int
    non_trainable: int


def batchnorm_param_count(n_features):
    if type(n_features) is not int and not isinstance(n_features, np.integer):
        raise TypeError(type(n_features))
    if n_features < 1:
        raise ValueError(n_features)
    n = int(n_features)
    return Count(trainable=n + n, non_trainable=n + n)


# %% wrong: everything counted as trainable
# says: Two of the four numbers per feature are not trained.
def batchnorm_param_count(n_features):
    if isinstance(n_features, bool) or not isinstance(n_features, (int, np.integer)):
        raise TypeError("n_features must be an integer")
    if n_features < 1:
        raise ValueError("n_features must be at least 1")
    return 4 * int(n_features), 0


# %% wrong: forgets the moving statistics
# says: The moving averages are parameters too, although no gradient touches them.
def batchnorm_param_count(n_features):
    if isinstance(n_features, bool) or not isinstance(n_features, (int, np.integer)):
        raise TypeError("n_features must be an integer")
    if n_features < 1:
        raise ValueError("n_features must be at least 1")
    return 2 * int(n_features), 0


# %% wrong: one parameter of each kind
# says: There are two of each: gamma and beta, mean and variance.
def batchnorm_param_count(n_features):
    if isinstance(n_features, bool) or not isinstance(n_features, (int, np.integer)):
        raise TypeError("n_features must be an integer")
    if n_features < 1:
        raise ValueError("n_features must be at least 1")
    return int(n_features), int(n_features)


# %% wrong: the sum instead of the pair
# says: Give both numbers: a tuple (trainable, non_trainable).
def batchnorm_param_count(n_features):
    if isinstance(n_features, bool) or not isinstance(n_features, (int, np.integer)):
        raise TypeError("n_features must be an integer")
    if n_features < 1:
        raise ValueError("n_features must be at least 1")
    return 4 * int(n_features)


# %% wrong: a list
# says: The numbers are right, and a type is not: a size is an int, and a tuple is not a list.
def batchnorm_param_count(n_features):
    if isinstance(n_features, bool) or not isinstance(n_features, (int, np.integer)):
        raise TypeError("n_features must be an integer")
    if n_features < 1:
        raise ValueError("n_features must be at least 1")
    return [2 * int(n_features), 2 * int(n_features)]


# %% wrong: zero features accepted
# says: A layer has at least one feature.
def batchnorm_param_count(n_features):
    if isinstance(n_features, bool) or not isinstance(n_features, (int, np.integer)):
        raise TypeError("n_features must be an integer")
    if n_features < 0:
        raise ValueError("n_features must not be negative")
    return 2 * int(n_features), 2 * int(n_features)


# %% wrong: whole floats accepted
# says: 2.0 is a float, and a size is a whole number.
def batchnorm_param_count(n_features):
    if isinstance(n_features, (bool, np.bool_, str)) or n_features != int(n_features):
        raise TypeError("n_features must be an integer")
    if n_features < 1:
        raise ValueError("n_features must be at least 1")
    return 2 * int(n_features), 2 * int(n_features)


# %% wrong: bools accepted
# says: A bool is not a size, although Python counts True as 1.
def batchnorm_param_count(n_features):
    if not isinstance(n_features, (int, np.integer)):
        raise TypeError("n_features must be an integer")
    if n_features < 1:
        raise ValueError("n_features must be at least 1")
    return 2 * int(n_features), 2 * int(n_features)
