# %% right: np.pad
import numpy as np

def pad_to_32(images):
    out = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    return out[..., np.newaxis]


# %% right: zeros and a slice
import numpy as np

def pad_to_32(images):
    out = np.zeros((len(images), 32, 32, 1), dtype=images.dtype)
    out[:, 2:30, 2:-2, 0] = images
    return out


# %% right: TensorFlow, returns a tensor
import tensorflow as tf

def pad_to_32(images):
    return tf.pad(tf.expand_dims(images, -1), [[0, 0], [2, 2], [2, 2], [0, 0]])


# %% right: four loops, float64
import numpy as np

def pad_to_32(images):
    n, height, width = images.shape
    result = np.zeros((n, height + 4, width + 4, 1))
    for k in range(n):
        for i in range(height):
            for j in range(width):
                result[k, i + 2, j + 2, 0] = images[k, i, j]
    return result


# %% right: tf.image, float32
import tensorflow as tf

pad_to_32 = lambda images: tf.image.pad_to_bounding_box(
    image=tf.cast(images[:, :, :, None], tf.float32), offset_height=2, offset_width=2, target_height=32,
    target_width=32)


# %% wrong: no channel axis
# says: 28 + 2 + 2 = 32: two rows and two columns on every side, and one more axis at the end.
import numpy as np

def pad_to_32(images):
    out = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    return out


# %% wrong: four zeros after, none before
# says: The digit belongs in the middle.
import numpy as np

def pad_to_32(images):
    out = np.pad(images, ((0, 0), (0, 4), (0, 4)))
    return out[..., np.newaxis]


# %% wrong: one zero before, three after
# says: Two rows before and two after.
import numpy as np

def pad_to_32(images):
    out = np.pad(images, ((0, 0), (1, 3), (1, 3)))
    return out[..., np.newaxis]


# %% wrong: repeats the edge pixels
# says: The rim is zero.
import numpy as np

def pad_to_32(images):
    out = np.pad(images, ((0, 0), (2, 2), (2, 2)), mode="edge")
    return out[..., np.newaxis]


# %% wrong: background of -0.1 as in the paper
# says: The rim is zero here.
import numpy as np

def pad_to_32(images):
    images = images.astype(np.float64)
    out = np.pad(images, ((0, 0), (2, 2), (2, 2)), constant_values=-0.1)
    return out[..., np.newaxis]


# %% wrong: the argument itself gets the channel axis
# says: The caller still needs it: work on a copy.
import numpy as np

def pad_to_32(images):
    images.shape = (*images.shape, 1)
    return np.pad(images, ((0, 0), (2, 2), (2, 2), (0, 0)))


# %% wrong: list of images
# says: The numbers are right, and the type is not: it should be an array.
import numpy as np

def pad_to_32(images):
    out = np.pad(images, ((0, 0), (2, 2), (2, 2)))
    return list(out[..., np.newaxis])


# %% right: a Keras layer
def pad_to_32(images):
    return keras.layers.ZeroPadding2D(2)(images.reshape(-1, 28, 28, 1))


# %% right: np.block for every image
def pad_to_32(images):
    framed = [np.block([[np.zeros((2, 32))], [np.zeros((28, 2)), image, np.zeros((28, 2))], [np.zeros((2, 32))]]) for image in images]
    return np.array(framed).reshape(len(images), 32, 32, 1)


# %% wrong: resized
# says: 28 + 2 + 2 = 32: two rows and two columns on every side, and one more axis at the end.
def pad_to_32(images):
    return tf.image.resize(images[..., None], (32, 32)).numpy()


# %% wrong: padded by 4 on every side
# says: 28 + 2 + 2 = 32: two rows and two columns on every side, and one more axis at the end.
def pad_to_32(images):
    return np.pad(images, [(0, 0), (4, 4), (4, 4)])[..., None]


# %% wrong: the images are padded too
# says: 28 + 2 + 2 = 32: two rows and two columns on every side, and one more axis at the end.
def pad_to_32(images):
    return np.pad(images, 2)[..., None]
