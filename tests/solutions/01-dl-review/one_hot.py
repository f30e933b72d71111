# %% right: rows of the identity matrix
def one_hot(labels, num_classes):
    if isinstance(num_classes, (bool, np.bool_)) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError(f"num_classes must be an integer, not {num_classes!r}")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    labels = np.asarray(labels)
    if np.any(labels < 0) or np.any(labels >= num_classes):
        raise ValueError("a label is outside 0..num_classes-1")
    return np.eye(num_classes, dtype=np.float32)[labels]


# %% right: pure Python loops with a helper named check
def check(size):
    if type(size) is bool or not isinstance(size, (int, np.integer)):
        raise TypeError("not an integer")
    if size < 1:
        raise ValueError("must be positive")
    return int(size)


def one_hot(labels, num_classes):
    size = check(num_classes)
    result = []
    for label in labels:
        if not 0 <= label < size:
            raise ValueError(f"label {label} is outside 0..{size - 1}")
        row = [0.0] * size
        row[int(label)] = 1.0
        result.append(row)
    return np.array(result, dtype="float32").reshape(len(labels), size)


# %% right: comparison with broadcasting
import operator


def one_hot(labels, num_classes):
    num_classes = operator.index(num_classes) if not isinstance(num_classes, bool) else operator.index(0.5)
    if num_classes <= 0:
        raise ValueError("at least one class")
    out = (labels[:, None] == np.arange(num_classes)[None, :]).astype(np.float32)
    if not (out.sum(axis=1) == 1).all():
        raise ValueError("label out of range")
    return out


# %% right: tf.one_hot, returns a tensor
def one_hot(labels, num_classes):
    if isinstance(num_classes, bool) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes has to be an integer")
    if num_classes < 1:
        raise ValueError("num_classes has to be at least 1")
    expected = tf.constant(np.asarray(labels, dtype=np.int64))
    if bool(tf.reduce_any((expected < 0) | (expected >= int(num_classes)))):
        raise ValueError("label out of range")
    return tf.one_hot(expected, int(num_classes), dtype=tf.float32)


# %% right: keras.utils.to_categorical
def one_hot(labels, num_classes):
    if isinstance(num_classes, (bool, np.bool_)):
        raise TypeError("bool")
    if not isinstance(num_classes, (int, np.integer)):
        raise TypeError(type(num_classes).__name__)
    if num_classes < 1 or (len(labels) and not 0 <= min(labels) <= max(labels) < num_classes):
        raise ValueError("out of range")
    x = np.array(labels, dtype="int64")
    out = np.asarray(keras.utils.to_categorical(x, num_classes=int(num_classes)), dtype="float32")
    return out.reshape(len(x), int(num_classes))


# %% wrong: negative labels wrap around
# says: -1 is not a class, although NumPy can use it as an index.
def one_hot(labels, num_classes):
    if isinstance(num_classes, bool) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    if np.any(np.asarray(labels) >= num_classes):
        raise ValueError("label too large")
    return np.eye(num_classes, dtype=np.float32)[labels]


# %% wrong: IndexError instead of ValueError for a label too large
# says: With 4 classes the labels are 0 to 3.
def one_hot(labels, num_classes):
    if isinstance(num_classes, bool) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    if np.any(labels < 0):
        raise ValueError("label is negative")
    return np.eye(num_classes, dtype=np.float32)[labels]


# %% wrong: counts the classes from one
# says: The first class is 0, not 1.
def one_hot(labels, num_classes):
    if isinstance(num_classes, bool) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    labels = np.asarray(labels, dtype=np.int64)
    if np.any(labels < 0) or np.any(labels >= num_classes):
        raise ValueError("label out of range")
    return np.eye(num_classes, dtype=np.float32)[labels - 1]


# %% wrong: transposed, one row for each class
# says: One row for each label, one column for each class.
def one_hot(labels, num_classes):
    if isinstance(num_classes, bool) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    if np.any(labels < 0) or np.any(labels >= num_classes):
        raise ValueError("label out of range")
    return (np.arange(num_classes)[:, None] == labels).astype(np.float32)


# %% wrong: as many columns as the largest label asks for
# says: There are num_classes columns, even when the highest class does not occur.
def one_hot(labels, num_classes):
    if isinstance(num_classes, bool) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    if np.any(labels < 0) or np.any(labels >= num_classes):
        raise ValueError("label out of range")
    width = int(np.max(labels)) + 1 if len(labels) else num_classes
    return np.eye(width, dtype=np.float32)[labels]


# %% wrong: num_classes 0 not refused when there are no labels
# says: There is at least one class, even when there are no labels.
def one_hot(labels, num_classes):
    if isinstance(num_classes, bool) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 0:
        raise ValueError("num_classes must not be negative")
    if np.any(labels < 0) or np.any(labels >= num_classes):
        raise ValueError("label out of range")
    out = np.zeros((len(labels), num_classes), dtype=np.float32)
    out[np.arange(len(labels)), labels] = 1
    return out


# %% wrong: only the first and the last label are checked
# says: With 5 classes the labels are 0 to 4.
def one_hot(labels, num_classes):
    if isinstance(num_classes, bool) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    if len(labels) and not (0 <= labels[0] < num_classes and 0 <= labels[-1] < num_classes):
        raise ValueError("label out of range")
    return (labels[:, None] == np.arange(num_classes)).astype(np.float32)


# %% wrong: sorts the labels in place
# says: The caller still needs it: work on a copy.
def one_hot(labels, num_classes):
    if isinstance(num_classes, bool) or not isinstance(num_classes, (int, np.integer)):
        raise TypeError("num_classes must be an integer")
    if num_classes < 1:
        raise ValueError("num_classes must be at least 1")
    out = np.eye(num_classes, dtype=np.float32)
    result = out[np.array(labels) % num_classes]
    labels.sort()
    if len(labels) and (labels[0] < 0 or labels[-1] >= num_classes):
        raise ValueError("label out of range")
    return result


# %% right: put_along_axis on a frame of zeros
def one_hot(labels, num_classes):
    require_size(num_classes, "num_classes")
    if len(labels) and (labels.min() < 0 or labels.max() > num_classes - 1):
        raise ValueError("no such class")
    coded = np.zeros((len(labels), num_classes), np.float32)
    np.put_along_axis(coded, labels.astype(int)[:, None], 1, axis=1)
    return coded


# %% right: keras.ops
def one_hot(labels, num_classes):
    require_size(num_classes, "num_classes")
    for label in labels:
        if label not in range(num_classes):
            raise ValueError(f"{label} is no class")
    return keras.ops.one_hot(labels.astype("int32"), int(num_classes), dtype="float32")


# %% wrong: float64, NumPy's own choice
# says: should have dtype float32
def one_hot(labels, num_classes):
    require_size(num_classes, "num_classes")
    if any(label < 0 or label >= num_classes for label in labels):
        raise ValueError("no such class")
    coded = np.zeros((len(labels), num_classes))
    coded[np.arange(len(labels)), labels] = 1
    return coded


# %% wrong: nothing is refused
# says: All cases before this one are right: 2 of 3 points.
def one_hot(labels, num_classes):
    return (np.asarray(labels).reshape(-1, 1) == np.arange(num_classes)).astype(np.float32)


# %% wrong: a label that is too large is cut off
# says: With 4 classes the labels are 0 to 3.
def one_hot(labels, num_classes):
    require_size(num_classes, "num_classes")
    return np.eye(num_classes, dtype="float32")[np.clip(labels, 0, num_classes - 1)]


# %% wrong: a negative label is found only where it outweighs the others
# says: With 5 classes the labels are 0 to 4.
def one_hot(labels, num_classes):
    require_size(num_classes, "num_classes")
    if np.sum(labels) < 0 or np.any(np.asarray(labels) >= num_classes):
        raise ValueError(labels)
    return np.eye(num_classes, dtype="float32")[labels]
