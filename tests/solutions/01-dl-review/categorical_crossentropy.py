# %% right: vectorised NumPy
def categorical_crossentropy(targets, probs):
    p = np.clip(probs, 1e-7, 1 - 1e-7)
    return -np.mean(np.sum(targets * np.log(p), axis=1))


def sparse_categorical_crossentropy(labels, probs):
    p = np.clip(probs, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(p[np.arange(len(labels)), labels]))


# %% right: loops with math.log, Python floats
import math


def categorical_crossentropy(targets, probs):
    total = 0.0
    for row, expected in zip(probs, targets):
        for p, t in zip(row, expected):
            if t:
                total -= float(t) * math.log(min(max(float(p), 1e-7), 1 - 1e-7))
    return total / len(targets)


def sparse_categorical_crossentropy(labels, probs):
    losses = [-math.log(min(max(float(row[k]), 1e-7), 1 - 1e-7)) for k, row in zip(labels, probs)]
    return math.fsum(losses) / len(losses)


# %% right: Keras loss objects, scalar tensors
def categorical_crossentropy(targets, probs):
    return keras.losses.CategoricalCrossentropy()(targets, probs)


def sparse_categorical_crossentropy(labels, probs):
    return keras.losses.SparseCategoricalCrossentropy()(labels, probs)


# %% right: TensorFlow, float64 scalar tensors
def categorical_crossentropy(targets, probs):
    probs = tf.clip_by_value(tf.cast(probs, tf.float64), 1e-7, 1 - 1e-7)
    return tf.reduce_mean(-tf.reduce_sum(tf.cast(targets, tf.float64) * tf.math.log(probs), axis=-1))


def sparse_categorical_crossentropy(labels, probs):
    x = tf.gather(tf.constant(probs), tf.cast(labels, tf.int32), batch_dims=1)
    return -tf.reduce_mean(tf.math.log(tf.clip_by_value(x, 1e-7, 1 - 1e-7)))


# %% right: each in terms of the other
def categorical_crossentropy(targets, probs):
    return sparse_categorical_crossentropy(np.argmax(targets, axis=-1), probs)


def sparse_categorical_crossentropy(labels, probs):
    picked = np.take_along_axis(probs, np.asarray(labels, dtype=int)[:, None], axis=1)
    return float(np.mean(-np.log(np.clip(picked, 1e-7, 1 - 1e-7))))


# %% wrong: sum over the examples
# says: Take the mean over the rows, not the sum.
def categorical_crossentropy(targets, probs):
    return -np.sum(targets * np.log(np.clip(probs, 1e-7, 1 - 1e-7)))


def sparse_categorical_crossentropy(labels, probs):
    return -np.sum(np.log(np.clip(probs[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)))


# %% wrong: categorical averages over the classes too
# says: Divide by the number of rows only, not by the number of classes as well.
def categorical_crossentropy(targets, probs):
    return -np.mean(targets * np.log(np.clip(probs, 1e-7, 1 - 1e-7)))


def sparse_categorical_crossentropy(labels, probs):
    return -np.mean(np.log(np.clip(probs[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)))


# %% wrong: no clipping
# says: Clip the probabilities to [1e-7, 1 - 1e-7] before the logarithm.
def categorical_crossentropy(targets, probs):
    with np.errstate(all="ignore"):
        return -np.mean(np.sum(np.where(targets > 0, np.log(probs), 0), axis=1))


def sparse_categorical_crossentropy(labels, probs):
    with np.errstate(all="ignore"):
        return -np.mean(np.log(probs[np.arange(len(labels)), labels]))


# %% wrong: base 2
# says: Take the natural logarithm, not the one to the base 2.
def categorical_crossentropy(targets, probs):
    return -np.mean(np.sum(targets * np.log2(np.clip(probs, 1e-7, 1 - 1e-7)), axis=1))


def sparse_categorical_crossentropy(labels, probs):
    return -np.mean(np.log2(np.clip(probs[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)))


# %% wrong: base 10
# says: Take the natural logarithm, not the one to the base 10.
def categorical_crossentropy(targets, probs):
    return -np.mean(np.sum(targets * np.log10(np.clip(probs, 1e-7, 1 - 1e-7)), axis=1))


def sparse_categorical_crossentropy(labels, probs):
    return -np.mean(np.log10(np.clip(probs[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)))


# %% wrong: minus sign forgotten
# says: A loss is positive: the sign is missing.
def categorical_crossentropy(targets, probs):
    return np.mean(np.sum(targets * np.log(np.clip(probs, 1e-7, 1 - 1e-7)), axis=1))


def sparse_categorical_crossentropy(labels, probs):
    return np.mean(np.log(np.clip(probs[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)))


# %% wrong: sparse takes the largest probability
# says: Only the probability of the right class counts, not the highest one.
def categorical_crossentropy(targets, probs):
    return -np.mean(np.sum(targets * np.log(np.clip(probs, 1e-7, 1 - 1e-7)), axis=1))


def sparse_categorical_crossentropy(labels, probs):
    return -np.mean(np.log(np.clip(probs.max(axis=1), 1e-7, 1 - 1e-7)))


# %% wrong: probs clipped in place
# says: The caller still needs it: work on a copy.
def categorical_crossentropy(targets, probs):
    np.clip(probs, 1e-7, 1 - 1e-7, out=probs)
    return -np.mean(np.sum(targets * np.log(probs), axis=1))


def sparse_categorical_crossentropy(labels, probs):
    return -np.mean(np.log(np.clip(probs[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)))


# %% right: take_along_axis, and a product of the arrays
def categorical_crossentropy(targets, probs):
    logs = np.log(np.clip(probs, 1e-7, 1 - 1e-7))
    return -np.sum(np.asarray(targets) * logs) / len(probs)


def sparse_categorical_crossentropy(labels, probs):
    picked = np.take_along_axis(probs, np.asarray(labels).astype(int)[:, None], axis=1)
    return np.mean(-np.log(np.clip(picked, 1e-7, 1 - 1e-7)))


# %% right: keras.ops, scalar tensors
def categorical_crossentropy(targets, probs):
    return keras.ops.mean(keras.ops.categorical_crossentropy(targets.astype("float32"), probs.astype("float32")))


def sparse_categorical_crossentropy(labels, probs):
    return keras.ops.mean(keras.ops.sparse_categorical_crossentropy(labels, probs.astype("float32")))


# %% wrong: one value for each row
# says: Take the natural logarithm of the probability of the right class, change its sign, and take the mean over the rows.
def categorical_crossentropy(targets, probs):
    return -np.sum(targets * np.log(np.clip(probs, 1e-7, 1 - 1e-7)), axis=1)


def sparse_categorical_crossentropy(labels, probs):
    return -np.log(np.clip(probs, 1e-7, 1 - 1e-7)[np.arange(len(labels)), labels])


# %% wrong: log of the mean
# says: First the logarithm of each row's probability, then the mean.
def categorical_crossentropy(targets, probs):
    return float(-np.log(np.clip((targets * probs).sum(1).mean(), 1e-7, 1 - 1e-7)))


def sparse_categorical_crossentropy(labels, probs):
    return float(-np.log(np.clip(probs[np.arange(len(labels)), labels].mean(), 1e-7, 1 - 1e-7)))


# %% wrong: softmax once more
# says: Take the natural logarithm of the probability of the right class, change its sign, and take the mean over the rows.
def categorical_crossentropy(targets, probs):
    e = np.exp(probs)
    return float(-(targets * np.log(e / e.sum(1, keepdims=True))).sum(1).mean())


def sparse_categorical_crossentropy(labels, probs):
    return categorical_crossentropy(np.eye(probs.shape[1])[labels], probs)


# %% wrong: an added 1e-7 in the place of clipping
# says: Clip the probabilities; do not add something to each of them.
def categorical_crossentropy(targets, probs):
    return -np.mean(np.sum(targets * np.log(probs + 1e-7), axis=1))


def sparse_categorical_crossentropy(labels, probs):
    return -np.mean(np.log(probs[np.arange(len(labels)), labels] + 1e-7))


# %% wrong: every row's column for every label
# says: Each row has one right class: yours looks up the labels of all rows in every row.
def categorical_crossentropy(targets, probs):
    clipped = np.clip(probs, 1e-7, 1 - 1e-7)
    return -np.mean(np.sum(targets * np.log(clipped), axis=1))


def sparse_categorical_crossentropy(labels, probs):
    clipped = np.clip(probs, 1e-7, 1 - 1e-7)
    return -np.mean(np.log(clipped[:, labels]))


# %% wrong: only an exact zero is replaced
# says: Clip the probabilities to [1e-7, 1 - 1e-7] before the logarithm.
def categorical_crossentropy(targets, probs):
    return -np.mean(np.sum(targets * np.log(np.where(probs == 0, 1e-7, probs)), axis=1))


def sparse_categorical_crossentropy(labels, probs):
    picked = probs[np.arange(len(labels)), labels]
    return -np.mean(np.log(np.where(picked == 0, 1e-7, picked)))


# %% wrong: clipped at 1e-6
# says: Clip the probabilities to [1e-7, 1 - 1e-7] before the logarithm.
def categorical_crossentropy(targets, probs):
    return -np.mean(np.sum(targets * np.log(np.clip(probs, 1e-6, 1 - 1e-6)), axis=1))


def sparse_categorical_crossentropy(labels, probs):
    return -np.mean(np.log(np.clip(probs, 1e-6, 1 - 1e-6)[np.arange(len(labels)), labels]))


# %% wrong: an added 1e-15
# says: Clip the probabilities to [1e-7, 1 - 1e-7] before the logarithm.
def categorical_crossentropy(targets, probs):
    return -np.mean(np.sum(targets * np.log(probs.astype("float64") + 1e-15), axis=1))


def sparse_categorical_crossentropy(labels, probs):
    return -np.mean(np.log(probs.astype("float64")[np.arange(len(labels)), labels] + 1e-15))


# %% wrong: the sum over the rows divided by the number of classes
# says: Divide by the number of rows, not by the number of classes.
def categorical_crossentropy(targets, probs):
    return float(-np.sum(targets * np.log(np.clip(probs, 1e-7, 1 - 1e-7))) / probs.shape[1])


def sparse_categorical_crossentropy(labels, probs):
    picked = np.clip(probs, 1e-7, 1 - 1e-7)[np.arange(len(labels)), labels]
    return float(-np.log(picked).sum() / probs.shape[1])
