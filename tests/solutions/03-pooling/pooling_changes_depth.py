# %% right: the literal
pooling_changes_depth = False


# %% right: not True
pooling_changes_depth = not True


# %% right: comparison of two integers
channels_before, channels_after = 16, 16
pooling_changes_depth = channels_before != channels_after


# %% right: two names at once, with a type
answer: bool = False
pooling_changes_depth = answer
depth = pooling_changes_depth


# %% right: measured with NumPy
import numpy as np

x = np.arange(2 * 4 * 6 * 5).reshape(2, 4, 6, 5)
out = x.reshape(2, 2, 2, 3, 2, 5).max(axis=(2, 4))
pooling_changes_depth = out.shape[-1] != x.shape[-1]


# %% right: measured with a Keras layer
import keras

layer = keras.layers.MaxPooling2D(2)
expected = layer.compute_output_shape((None, 28, 28, 16))
pooling_changes_depth = expected[-1] != 16


# %% wrong: True: pooling halves everything
# says: Count the weights of one of the 64 filters, once without the pooling and once with it.
pooling_changes_depth = True


# %% wrong: True from halving all three numbers of the shape
# says: Count the weights of one of the 64 filters, once without the pooling and once with it.
shape = (28, 28, 16)
pooled = tuple(side // 2 for side in shape)
pooling_changes_depth = pooled[2] != shape[2]


# %% wrong: True, thought of as the height
# says: Count the weights of one of the 64 filters, once without the pooling and once with it.
import numpy as np

x = np.zeros((1, 4, 4, 3))
out = x.reshape(1, 2, 2, 2, 2, 3).max(axis=(2, 4))
pooling_changes_depth = out.shape[1] != x.shape[1]


# %% wrong: the text False
# says: Write just True or just False, Python's own, without quotation marks.
pooling_changes_depth = "False"


# %% wrong: the text no
# says: Write just True or just False, Python's own, without quotation marks.
pooling_changes_depth = "no"


# %% wrong: the text false in lower case
# says: Write just True or just False, Python's own, without quotation marks.
pooling_changes_depth = "false"


# %% wrong: an empty text
# says: Write just True or just False, Python's own, without quotation marks.
pooling_changes_depth = ""


# %% wrong: 0
# says: Write just True or just False, Python's own, without quotation marks.
pooling_changes_depth = 0


# %% wrong: compared instead of assigned
# says: Write it in its cell, run that cell without an error, then this one.
try:
    pooling_changes_depth == False
except NameError:
    pass
