# %% right: literal and the plain line
notes_expression_at_255 = 255.0

def notes_expression_fixed(x, x_min, x_max):
    return (x - x_min) / (x_max - x_min)


# %% right: computed from the line itself, asarray in the function
x, x_min, x_max = 255, 0, 255
notes_expression_at_255 = x - x_min / x_max - x_min

def notes_expression_fixed(x, x_min, x_max):
    x = np.asarray(x, dtype=float)
    return (x - x_min) / (x_max - x_min)


# %% right: an int, lambda with a helper
size = lambda a, b: b - a
notes_expression_at_255 = 255
notes_expression_fixed = lambda x, x_min, x_max: size(x_min, x) / size(x_min, x_max)


# %% right: NumPy scalar from uint8, TensorFlow inside
import tensorflow as tf

notes_expression_at_255 = np.uint8(255) - np.uint8(0) / np.uint8(255) - np.uint8(0)

def notes_expression_fixed(x, x_min, x_max):
    lo, hi = tf.cast(x_min, tf.float32), tf.cast(x_max, tf.float32)
    return tf.divide(tf.cast(x, tf.float32) - lo, hi - lo)


# %% right: loops over the numbers of an array
def notes(x, x_min, x_max):
    return x - x_min / x_max - x_min

notes_expression_at_255 = np.float32(notes(x=255, x_min=0, x_max=255))

def notes_expression_fixed(x, x_min, x_max):
    def one(v):
        return float(v - x_min) / float(x_max - x_min)

    if np.ndim(x) == 0:
        return one(float(x))
    out = np.empty(np.shape(x))
    for index in np.ndindex(out.shape):
        out[index] = one(float(x[index]))
    return out


# %% wrong: 1.0, as if the parentheses were there
# says: That is what the line was meant to give. What does it give?
notes_expression_at_255 = 1.0

def notes_expression_fixed(x, x_min, x_max):
    return (x - x_min) / (x_max - x_min)


# %% wrong: 0.0, as if x - x_min / x_max were (x - x_min) / x_max - 1
# says: Only x_min is divided here, and by x_max.
notes_expression_at_255 = 0.0

def notes_expression_fixed(x, x_min, x_max):
    return (x - x_min) / (x_max - x_min)


# %% wrong: 254.0, as if 0 / 255 were 1
# says: x_min / x_max is 0 / 255.
notes_expression_at_255 = 254.0

def notes_expression_fixed(x, x_min, x_max):
    return (x - x_min) / (x_max - x_min)


# %% wrong: the line not fixed at all
# says: That is still the line from the notes.
notes_expression_at_255 = 255.0

def notes_expression_fixed(x, x_min, x_max):
    return x - x_min / x_max - x_min


# %% wrong: parentheses around the first difference only
# says: The divisor needs parentheses too.
notes_expression_at_255 = 255.0

def notes_expression_fixed(x, x_min, x_max):
    return (x - x_min) / x_max - x_min


# %% wrong: divides by the maximum
# says: Divide by the range, not by the maximum.
notes_expression_at_255 = 255.0

def notes_expression_fixed(x, x_min, x_max):
    return (x - x_min) / x_max


# %% wrong: uses the globals 0 and 255, the arguments have no effect
# says: Use x_min and x_max, not 255.
low, high = 0, 255
notes_expression_at_255 = 255.0

def notes_expression_fixed(x, x_min, x_max):
    return (x - low) / (high - low)


# %% wrong: clipped to 0..1
# says: Don't clip: values outside give results outside.
notes_expression_at_255 = 255.0

def notes_expression_fixed(x, x_min, x_max):
    return np.clip((x - x_min) / (x_max - x_min), 0, 1)


# %% right: the line as it stands, and a lambda
x, x_min, x_max = 255, 0, 255
notes_expression_at_255 = x - x_min / x_max - x_min
notes_expression_fixed = lambda x, x_min, x_max: np.subtract(x, x_min) / np.subtract(x_max, x_min)


# %% wrong: the number as text
# says: Write the number alone
notes_expression_at_255 = "255.0"


def notes_expression_fixed(x, x_min, x_max):
    return (x - x_min) / (x_max - x_min)


# %% wrong: an array of one number
# says: Write the number alone
notes_expression_at_255 = np.array([255.0])


def notes_expression_fixed(x, x_min, x_max):
    return (x - x_min) / (x_max - x_min)


# %% wrong: rounded to whole numbers
# says: Which parentheses are missing, and where?
notes_expression_at_255 = 255.0


def notes_expression_fixed(x, x_min, x_max):
    return (x - x_min) // (x_max - x_min)
