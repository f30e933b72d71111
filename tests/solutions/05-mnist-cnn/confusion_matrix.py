# %% right: pure Python loop
def check_size(n):
    if isinstance(n, (bool, np.bool_)) or not isinstance(n, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if n < 1:
        raise ValueError("num_classes must be at least 1")
    return int(n)

def confusion_matrix(labels, predictions, num_classes):
    size = check_size(num_classes)
    out = [[0] * size for _ in range(size)]
    for true, predicted in zip(labels, predictions):
        out[true][predicted] += 1
    return np.array(out)


# %% right: np.add.at
def confusion_matrix(labels, predictions, num_classes):
    if type(num_classes) is bool or not isinstance(num_classes, (int, np.integer)):
        raise TypeError(type(num_classes))
    if num_classes <= 0:
        raise ValueError(num_classes)
    result = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(result, (labels, predictions), 1)
    return result


# %% right: bincount of the flat index
import operator

def confusion_matrix(labels, predictions, num_classes):
    if isinstance(num_classes, bool):
        raise TypeError("bool")
    n = operator.index(num_classes)
    if n < 1:
        raise ValueError("too small")
    flat = np.asarray(labels, dtype=np.int64) * n + np.asarray(predictions, dtype=np.int64)
    return np.bincount(flat, minlength=n * n).reshape(n, n)


# %% right: TensorFlow's own, an int32 tensor
import numbers
import tensorflow as tf

def confusion_matrix(labels, predictions, num_classes):
    if isinstance(num_classes, (bool, np.bool_)) or not isinstance(num_classes, numbers.Integral):
        raise TypeError("num_classes")
    if num_classes < 1:
        raise ValueError("num_classes")
    return tf.math.confusion_matrix(tf.cast(labels, tf.int64), tf.cast(predictions, tf.int64),
                                    num_classes=int(num_classes))


# %% right: product of one-hot matrices
def confusion_matrix(labels, predictions, num_classes):
    if isinstance(num_classes, (bool, np.bool_)) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("an integer, please")
    if num_classes < 1:
        raise ValueError("at least one class, please")
    eye = np.eye(num_classes, dtype=np.int32)
    return eye[labels].T @ eye[predictions]


# %% wrong: rows predicted, columns true
# says: Rows are the true classes, columns the predicted ones.
def confusion_matrix(labels, predictions, num_classes):
    if isinstance(num_classes, (bool, np.bool_)) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (predictions, labels), 1)
    return matrix


# %% wrong: matrix[labels, predictions] += 1 counts a repeated pair once
# says: Count every picture: in NumPy, m[i, j] += 1 with arrays counts a repeated place only once.
def confusion_matrix(labels, predictions, num_classes):
    if isinstance(num_classes, (bool, np.bool_)) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    matrix[labels, predictions] += 1
    return matrix


# %% wrong: rows divided by their sums
# says: Counts, not shares.
def confusion_matrix(labels, predictions, num_classes):
    if isinstance(num_classes, (bool, np.bool_)) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)


# %% wrong: counts as floats
# says: The numbers are right, and their dtype is not.
def confusion_matrix(labels, predictions, num_classes):
    if isinstance(num_classes, (bool, np.bool_)) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    matrix = np.zeros((num_classes, num_classes))
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


# %% wrong: only the mistakes are counted, the diagonal stays 0
# says: The diagonal counts the correct answers.
def confusion_matrix(labels, predictions, num_classes):
    if isinstance(num_classes, (bool, np.bool_)) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    np.fill_diagonal(matrix, 0)
    return matrix


# %% wrong: sorts the arguments on the way
# says: The caller still needs it: work on a copy.
def confusion_matrix(labels, predictions, num_classes):
    if isinstance(num_classes, (bool, np.bool_)) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    labels.sort()
    return matrix


# %% wrong: no ValueError for 0 classes
# says: 0 is too small for a size here: at least 1.
def confusion_matrix(labels, predictions, num_classes):
    if isinstance(num_classes, (bool, np.bool_)) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    num_classes = max(num_classes, 0)
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


# %% wrong: floats like 3.0 accepted
# says: 3.0 is a float, and a number of classes is an int.
def confusion_matrix(labels, predictions, num_classes):
    if isinstance(num_classes, (bool, np.bool_)) or not isinstance(num_classes, (int, float, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    num_classes = int(num_classes)
    matrix = np.zeros((num_classes, num_classes), dtype=int)
    np.add.at(matrix, (labels, predictions), 1)
    return matrix


# %% right: collections.Counter
from collections import Counter


def confusion_matrix(labels, predictions, num_classes):
    require_size(num_classes, "num_classes")
    counted = Counter(zip(labels.tolist(), predictions.tolist()))
    return np.array([[counted[i, j] for j in range(num_classes)] for i in range(num_classes)])


# %% right: np.histogram2d
def confusion_matrix(labels, predictions, num_classes):
    require_size(num_classes, "num_classes")
    edges = np.arange(num_classes + 1) - 0.5
    return np.histogram2d(labels, predictions, bins=(edges, edges))[0].astype(int)


# %% wrong: nothing is refused
# says: All cases before this one are right: 2 of 3 points.
def confusion_matrix(labels, predictions, num_classes):
    matrix = np.zeros((int(num_classes),) * 2, int)
    for i, j in zip(labels, predictions):
        matrix[i, j] += 1
    return matrix


# %% wrong: a list of lists
# says: The numbers are right, and the type is not: it should be an array.
def confusion_matrix(labels, predictions, num_classes):
    require_size(num_classes, "num_classes")
    matrix = [[0] * num_classes for _ in range(num_classes)]
    for i, j in zip(labels, predictions):
        matrix[i][j] += 1
    return matrix


# %% wrong: only right or wrong
# says: Add 1 in row label and column prediction, for every picture.
def confusion_matrix(labels, predictions, num_classes):
    require_size(num_classes, "num_classes")
    right = int((labels == predictions).sum())
    return np.array([[right, len(labels) - right], [len(labels) - right, right]])
