# %% right: vectorised NumPy
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean = x.mean(axis=0)
    var = x.var(axis=0)
    return gamma * (x - mean) / np.sqrt(var + epsilon) + beta


# %% right: pure Python loops, float64
from math import sqrt, fsum


def batch_norm(x, gamma, beta, epsilon=1e-3):
    n, d = x.shape
    out = [[0.0] * d for _ in range(n)]
    for j in range(d):
        column = [float(x[i, j]) for i in range(n)]
        mean = fsum(column) / n
        variance = fsum((value - mean) ** 2 for value in column) / n
        for i in range(n):
            out[i][j] = float(gamma[j]) * (column[i] - mean) / sqrt(variance + epsilon) + float(beta[j])
    return np.array(out)


# %% right: the Keras layer itself, returns a tensor
def batch_norm(x, gamma, beta, epsilon=1e-3):
    layer = keras.layers.BatchNormalization(epsilon=epsilon)
    layer.build(x.shape)
    size = x.shape[1]
    layer.set_weights([gamma, beta, np.zeros(size), np.ones(size)])
    return layer(x, training=True)


# %% right: tf.nn.moments and tf.nn.batch_normalization
def batch_norm(x, gamma, beta, epsilon=1e-3):
    x = tf.constant(x, dtype=tf.float64)
    mean, variance = tf.nn.moments(x, axes=[0])
    scale, offset = tf.cast(gamma, tf.float64), tf.cast(beta, tf.float64)
    return tf.nn.batch_normalization(x, mean, variance, offset, scale, variance_epsilon=epsilon)


# %% right: centring matrix and einsum
def batch_norm(x, gamma, beta, epsilon=1e-3):
    n = len(x)
    centre = np.eye(n) - np.ones((n, n)) / n
    residual = centre @ x.astype(np.float64)
    var = np.einsum("nd,nd->d", residual, residual) / n
    result = np.einsum("nd,d,d->nd", residual, gamma, 1 / np.sqrt(var + epsilon))
    result += beta[np.newaxis, :]
    return result.astype(x.dtype)


# %% wrong: unbiased variance
# says: The variance is the biased one: divide by n, not by n - 1.
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean = x.mean(axis=0)
    var = x.var(axis=0, ddof=1) if len(x) > 1 else np.zeros(x.shape[1])
    return gamma * (x - mean) / np.sqrt(var + epsilon) + beta


# %% wrong: epsilon added to the standard deviation
# says: epsilon goes inside the root: sqrt(variance + epsilon).
def batch_norm(x, gamma, beta, epsilon=1e-3):
    return gamma * (x - x.mean(axis=0)) / (x.std(axis=0) + epsilon) + beta


# %% wrong: default epsilon 1e-5
# says: If no epsilon is given, it is 1e-3.
def batch_norm(x, gamma, beta, epsilon=1e-5):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + epsilon) + beta


# %% wrong: epsilon ignored
# says: epsilon is an argument: use what is given.
def batch_norm(x, gamma, beta, epsilon=1e-3):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-3) + beta


# %% wrong: no epsilon, constant columns guarded
# says: epsilon is missing in the sum under the root.
def batch_norm(x, gamma, beta, epsilon=1e-3):
    std = x.std(axis=0)
    std = np.where(std == 0, 1, std)
    return gamma * (x - x.mean(axis=0)) / std + beta


# %% wrong: layer normalisation, statistics of each row
# says: Take a unit's mean over the examples (axis 0), not over the units of one example.
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean = x.mean(axis=1, keepdims=True)
    var = x.var(axis=1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(var + epsilon) + beta


# %% wrong: one mean and variance for the whole batch
# says: Each unit has its own mean and variance.
def batch_norm(x, gamma, beta, epsilon=1e-3):
    return gamma * (x - x.mean()) / np.sqrt(x.var() + epsilon) + beta


# %% wrong: gamma and beta swapped
# says: gamma is the scale, and beta the centre.
def batch_norm(x, gamma, beta, epsilon=1e-3):
    return beta * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + epsilon) + gamma


# %% right: in two lines, float32 throughout
def batch_norm(x, gamma, beta, epsilon=1e-3):
    centred = x - np.mean(x, 0)
    return gamma * centred * (np.mean(centred**2, 0) + epsilon) ** -0.5 + beta


# %% right: keras.ops.moments
def batch_norm(x, gamma, beta, epsilon=1e-3):
    mean, variance = keras.ops.moments(x.astype("float64"), axes=0)
    return np.asarray((x - np.asarray(mean)) / np.sqrt(np.asarray(variance) + epsilon)) * gamma + beta


# %% wrong: beta added before gamma
# says: First multiply by gamma, then add beta.
def batch_norm(x, gamma, beta, epsilon=1e-3):
    return gamma * ((x - x.mean(0)) / np.sqrt(x.var(0) + epsilon) + beta)


# %% wrong: divided by the variance
# says: Divide by the root of the variance.
def batch_norm(x, gamma, beta, epsilon=1e-3):
    return gamma * (x - x.mean(0)) / (x.var(0) + epsilon) + beta


# %% wrong: inference mode
# says: That is what a new layer does in inference. In training the mean and the variance are those of x.
def batch_norm(x, gamma, beta, epsilon=1e-3):
    layer = keras.layers.BatchNormalization(epsilon=epsilon)
    layer.build(x.shape)
    layer.gamma.assign(gamma)
    layer.beta.assign(beta)
    return np.asarray(layer(x, training=False))


# %% wrong: gamma forgotten
# says: gamma is missing.
def batch_norm(x, gamma, beta, epsilon=1e-3):
    return (x - x.mean(0)) / np.sqrt(x.var(0) + epsilon) + beta


# %% wrong: beta forgotten
# says: beta is missing.
def batch_norm(x, gamma, beta, epsilon=1e-3):
    return gamma * (x - x.mean(0)) / np.sqrt(x.var(0) + epsilon)


# %% wrong: default epsilon of the paper's implementations, 1e-8
# says: epsilon is missing in the sum under the root.
def batch_norm(x, gamma, beta, epsilon=1e-8):
    return gamma * (x - x.mean(0)) / np.sqrt(x.var(0) + epsilon) + beta


# %% wrong: the mean is not subtracted
# says: The mean is not subtracted.
def batch_norm(x, gamma, beta, epsilon=1e-3):
    return gamma * x / np.sqrt(x.var(axis=0) + epsilon) + beta
