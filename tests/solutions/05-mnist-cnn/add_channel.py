# %% right: newaxis (a view)
def add_channel(images):
    if images.ndim != 3:
        raise ValueError("expected images of shape (n, h, w)")
    return images[..., np.newaxis]


# %% right: expand_dims on asarray
def add_channel(images):
    x = np.asarray(images)
    if np.ndim(x) != 3:
        raise ValueError(f"3 axes expected, got shape {x.shape}")
    return np.expand_dims(x, axis=-1)


# %% right: reshape after unpacking, the unpacking raises
def add_channel(images):
    n, h, w = images.shape
    return images.reshape(n, h, w, 1)


# %% right: TensorFlow tensor
import tensorflow as tf

def add_channel(images):
    out = tf.convert_to_tensor(images)
    if out.shape.rank != 3:
        raise ValueError("rank 3 expected")
    return out[:, :, :, tf.newaxis]


# %% right: copy by loops
def add_channel(images):
    if len(images.shape) != 3:
        raise ValueError("not 3-D")
    size = images.shape
    result = np.zeros((size[0], size[1], size[2], 1), dtype=images.dtype)
    for i in range(size[0]):
        for row in range(size[1]):
            for col in range(size[2]):
                result[i, row, col, 0] = images[i, row, col]
    return result


# %% wrong: new axis in front
# says: The first axis counts the images.
def add_channel(images):
    if images.ndim != 3:
        raise ValueError("expected (n, h, w)")
    return images[np.newaxis]


# %% wrong: channels first
# says: Channels last: (n, h, w, 1).
def add_channel(images):
    if images.ndim != 3:
        raise ValueError("expected (n, h, w)")
    return np.expand_dims(images, 1)


# %% wrong: no ValueError
# says: A single picture (h, w) is not a batch of them.
def add_channel(images):
    return images[..., np.newaxis]


# %% wrong: refuses only fewer than 3 axes, 4-D accepted
# says: It takes images (n, h, w), three axes.
def add_channel(images):
    if images.ndim < 3:
        raise ValueError("expected (n, h, w)")
    return images[..., np.newaxis]


# %% wrong: refuses only more than 3 axes, 2-D accepted
# says: A single picture (h, w) is not a batch of them.
def add_channel(images):
    if images.ndim > 3:
        raise ValueError("expected (n, h, w)")
    return images[..., np.newaxis]


# %% wrong: the shape of the argument itself is changed
# says: The caller still needs it: work on a copy.
import warnings

def add_channel(images):
    if images.ndim != 3:
        raise ValueError("expected (n, h, w)")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        images.shape = images.shape + (1,)
    return images.copy()


# %% wrong: casts to uint8, fractions are lost
# says: The numbers are right, and their dtype is not.
def add_channel(images):
    if images.ndim != 3:
        raise ValueError("expected (n, h, w)")
    return images[..., np.newaxis].astype(np.int64).astype(np.uint8)


# %% right: np.atleast_3d of each
def add_channel(images):
    if len(images.shape) != 3:
        raise ValueError("three axes")
    return np.array([image[:, :, None] for image in images])


# %% right: a Keras layer
def add_channel(images):
    if np.ndim(images) != 3:
        raise ValueError("three axes")
    return keras.layers.Reshape((*images.shape[1:], 1))(images)


# %% wrong: the axis repeated three times
# says: The new axis is the last one, and it has length 1.
def add_channel(images):
    if images.ndim != 3:
        raise ValueError("three axes")
    return np.repeat(images[..., None], 3, axis=-1)


# %% wrong: an assert
# says: A single picture (h, w) is not a batch of them.
def add_channel(images):
    assert images.ndim == 3
    return images[..., None]
