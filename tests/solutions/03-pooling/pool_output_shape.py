# %% right: padding in capitals accepted as well
import numpy as np


def check(value, name):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")
    return int(value)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = [check(v, "a side") for v in input_shape]
    size = check(size, "size")
    stride = size if stride is None else check(stride, "stride")
    padding = str(padding).lower()
    if padding not in ("valid", "same"):
        raise ValueError(f"unknown padding {padding!r}")
    if padding == "same":
        return (h + stride - 1) // stride, (w + stride - 1) // stride, c
    if size > h or size > w:
        raise ValueError(f"a window of {size} does not fit into {h} x {w}")
    return (h - size) // stride + 1, (w - size) // stride + 1, c


# %% right: closed formulas with a helper called check
import numpy as np


def check(value, name):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")
    return int(value)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = [check(v, "a side") for v in input_shape]
    size = check(size, "size")
    stride = size if stride is None else check(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(f"unknown padding {padding!r}")
    if padding == "same":
        return (h + stride - 1) // stride, (w + stride - 1) // stride, c
    if size > h or size > w:
        raise ValueError(f"a window of {size} does not fit into {h} x {w}")
    return (h - size) // stride + 1, (w - size) // stride + 1, c


# %% right: counts the window starts with range
import numbers


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    if stride is None:
        stride = size
    for number in list(input_shape) + [size, stride]:
        if isinstance(number, bool) or not isinstance(number, numbers.Integral):
            raise TypeError(number)
        if number <= 0:
            raise ValueError(number)
    if padding != "valid" and padding != "same":
        raise ValueError(padding)
    result = []
    for side in input_shape[:2]:
        if padding == "same":
            starts = range(0, int(side), int(stride))
        else:
            starts = range(0, int(side) - int(size) + 1, int(stride))
        if len(starts) == 0:
            raise ValueError("window larger than the input")
        result.append(len(starts))
    result.append(input_shape[2])
    return tuple(result)


# %% right: recursion over the axes, operator.index
import operator


def size_of(value):
    if type(value).__name__ in ("bool", "bool_"):
        raise TypeError("bool")
    value = operator.index(value)
    if value < 1:
        raise ValueError(value)
    return value


def walk(sides, size, stride, padding):
    if len(sides) == 1:
        return (size_of(sides[0]),)
    n = size_of(sides[0])
    if padding == "same":
        head = -(-n // stride)
    elif n < size:
        raise ValueError("oversized window")
    else:
        head = 1 + (n - size) // stride
    return (head,) + walk(sides[1:], size, stride, padding)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    size = size_of(size)
    stride = size if stride is None else size_of(stride)
    if not (padding == "valid" or padding == "same"):
        raise ValueError(padding)
    return walk(tuple(input_shape), size, stride, padding)


# %% right: asks a Keras layer with compute_output_shape
import os
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
from tensorflow import keras

REFUSED = (bool, np.bool_, float, str)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = input_shape
    stride = size if stride is None else stride
    for v in (h, w, c, size, stride):
        if isinstance(v, REFUSED) or not np.issubdtype(type(v), np.integer):
            raise TypeError(f"{v!r} is no whole number")
        if v < 1:
            raise ValueError(f"{v!r} is too small")
    if padding not in ("same", "valid"):
        raise ValueError("padding")
    if padding == "valid" and size > min(h, w):
        raise ValueError("the window is larger than the image")
    layer = keras.layers.MaxPooling2D(pool_size=int(size), strides=int(stride), padding=padding)
    return tuple(layer.compute_output_shape((None, int(h), int(w), int(c)))[1:])


# %% right: a dataclass that validates itself
from dataclasses import dataclass
from typing import Any
import numpy as np


@dataclass
class Pooling:
    size: Any = 2
    stride: Any = None
    padding: str = "valid"

    def __post_init__(self):
        self.size = self.whole(self.size)
        self.stride = self.size if self.stride is None else self.whole(self.stride)
        if self.padding not in ("valid", "same"):
            raise ValueError("padding must be 'valid' or 'same'")

    @staticmethod
    def whole(value):
        if type(value) is bool or not isinstance(value, (int, np.integer)):
            raise TypeError(f"{value!r}")
        if not value >= 1:
            raise ValueError(f"{value!r}")
        return int(value)

    def side(self, n):
        n = self.whole(n)
        if self.padding == "valid" and n < self.size:
            raise ValueError("the window does not fit")
        reach = n if self.padding == "same" else n - self.size + 1
        return (reach - 1) // self.stride + 1

    def __call__(self, input_shape):
        height, width, channels = input_shape
        return self.side(height), self.side(width), self.whole(channels)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    return Pooling(size=size, stride=stride, padding=padding)(input_shape)


# %% right: a while loop moves the window, with print
import numpy as np


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    def expected(value, name="value"):
        if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
            if value < 1:
                raise ValueError(name)
            return int(value)
        raise TypeError(name)

    sides = [expected(v, "input_shape") for v in input_shape]
    size = expected(size, "size")
    if stride is None:
        stride = size
    stride = expected(stride, "stride")
    match padding:
        case "valid":
            last = size
        case "same":
            last = 1
        case _:
            raise ValueError("padding")
    for axis in (0, 1):
        if sides[axis] < last:
            raise ValueError("size is larger than the input")
        count, start = 0, 0
        while start + last <= sides[axis]:
            count += 1
            start += stride
        sides[axis] = count
    print("pooled to", sides)
    return (*sides,)


# %% wrong: valid rounds up, as if a cut-off window counted
# says: What does not fill a window is dropped: round down.
import numpy as np


def check(value, name):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")
    return int(value)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = [check(v, "a side") for v in input_shape]
    size = check(size, "size")
    stride = size if stride is None else check(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(f"unknown padding {padding!r}")
    if padding == "same":
        return (h + stride - 1) // stride, (w + stride - 1) // stride, c
    if size > h or size > w:
        raise ValueError(f"a window of {size} does not fit into {h} x {w}")
    return -(-(h - size) // stride) + 1, -(-(w - size) // stride) + 1, c


# %% wrong: same rounds down
# says: With "same" the places are rounded up.
import numpy as np


def check(value, name):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")
    return int(value)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = [check(v, "a side") for v in input_shape]
    size = check(size, "size")
    stride = size if stride is None else check(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(f"unknown padding {padding!r}")
    if padding == "same":
        return max(h // stride, 1), max(w // stride, 1), c
    if size > h or size > w:
        raise ValueError(f"a window of {size} does not fit into {h} x {w}")
    return (h - size) // stride + 1, (w - size) // stride + 1, c


# %% wrong: valid divides the side by the stride, right only for stride = size
# says: With valid padding the windows must lie inside: subtract the size first.
import numpy as np


def check(value, name):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")
    return int(value)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = [check(v, "a side") for v in input_shape]
    size = check(size, "size")
    stride = size if stride is None else check(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(f"unknown padding {padding!r}")
    if padding == "same":
        return (h + stride - 1) // stride, (w + stride - 1) // stride, c
    if size > h or size > w:
        raise ValueError(f"a window of {size} does not fit into {h} x {w}")
    return h // stride, w // stride, c


# %% wrong: divides by the window, stride ignored
# says: The stride is given here: it is 2, not 3.
import numpy as np


def check(value, name):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")
    return int(value)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = [check(v, "a side") for v in input_shape]
    size = check(size, "size")
    if stride is not None:
        check(stride, "stride")
    stride = size
    if padding not in ("valid", "same"):
        raise ValueError(f"unknown padding {padding!r}")
    if padding == "same":
        return (h + stride - 1) // stride, (w + stride - 1) // stride, c
    if size > h or size > w:
        raise ValueError(f"a window of {size} does not fit into {h} x {w}")
    return (h - size) // stride + 1, (w - size) // stride + 1, c


# %% wrong: stride defaults to 1 as in a convolution
# says: If no stride is given, it is the size of the window.
import numbers


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    if stride is None:
        stride = 1
    for number in list(input_shape) + [size, stride]:
        if isinstance(number, bool) or not isinstance(number, numbers.Integral):
            raise TypeError(number)
        if number <= 0:
            raise ValueError(number)
    if padding != "valid" and padding != "same":
        raise ValueError(padding)
    result = []
    for side in input_shape[:2]:
        if padding == "same":
            starts = range(0, int(side), int(stride))
        else:
            starts = range(0, int(side) - int(size) + 1, int(stride))
        if len(starts) == 0:
            raise ValueError("window larger than the input")
        result.append(len(starts))
    result.append(input_shape[2])
    return tuple(result)


# %% wrong: stride defaults to 2 whatever the window
# says: If no stride is given, it is the size of the window, not 2.
import numbers


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    if stride is None:
        stride = 2
    for number in list(input_shape) + [size, stride]:
        if isinstance(number, bool) or not isinstance(number, numbers.Integral):
            raise TypeError(number)
        if number <= 0:
            raise ValueError(number)
    if padding != "valid" and padding != "same":
        raise ValueError(padding)
    result = []
    for side in input_shape[:2]:
        if padding == "same":
            starts = range(0, int(side), int(stride))
        else:
            starts = range(0, int(side) - int(size) + 1, int(stride))
        if len(starts) == 0:
            raise ValueError("window larger than the input")
        result.append(len(starts))
    result.append(input_shape[2])
    return tuple(result)


# %% wrong: same keeps the side at every stride
# says: "same" keeps the size only if the stride is 1.
import numpy as np


def check(value, name):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")
    return int(value)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = [check(v, "a side") for v in input_shape]
    size = check(size, "size")
    stride = size if stride is None else check(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(f"unknown padding {padding!r}")
    if padding == "same":
        return h, w, c
    if size > h or size > w:
        raise ValueError(f"a window of {size} does not fit into {h} x {w}")
    return (h - size) // stride + 1, (w - size) // stride + 1, c


# %% wrong: width computed from the height
# says: The image is not square: compute height and width separately.
import numpy as np


def check(value, name):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")
    return int(value)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = [check(v, "a side") for v in input_shape]
    size = check(size, "size")
    stride = size if stride is None else check(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(f"unknown padding {padding!r}")
    if padding == "same":
        return (h + stride - 1) // stride, (w + stride - 1) // stride, c
    if size > h or size > w:
        raise ValueError(f"a window of {size} does not fit into {h} x {w}")
    return (h - size) // stride + 1, (h - size) // stride + 1, c


# %% wrong: channels forgotten in the result
# says: The shape has three numbers: (h, w, c).
import numpy as np


def check(value, name):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")
    return int(value)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = [check(v, "a side") for v in input_shape]
    size = check(size, "size")
    stride = size if stride is None else check(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(f"unknown padding {padding!r}")
    if padding == "same":
        return (h + stride - 1) // stride, (w + stride - 1) // stride
    if size > h or size > w:
        raise ValueError(f"a window of {size} does not fit into {h} x {w}")
    return (h - size) // stride + 1, (w - size) // stride + 1


# %% wrong: sides of the input are not checked
# says: 2.0 is a float, and a size is a whole number: an int or a NumPy integer.
import numpy as np


def check(value, name):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")
    return int(value)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = [int(v) for v in input_shape]
    size = check(size, "size")
    stride = size if stride is None else check(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(f"unknown padding {padding!r}")
    if padding == "same":
        return (h + stride - 1) // stride, (w + stride - 1) // stride, c
    if size > h or size > w:
        raise ValueError(f"a window of {size} does not fit into {h} x {w}")
    return (h - size) // stride + 1, (w - size) // stride + 1, c


# %% wrong: 2.0 accepted
# says: 2.0 is a float, and a size is a whole number.
import numpy as np


def check(value, name):
    if isinstance(value, (bool, np.bool_, str)) or value != int(value):
        raise TypeError(f"{name} must be an integer, not {value!r}")
    if value < 1:
        raise ValueError(f"{name} must be at least 1, not {value}")
    return int(value)


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = [check(v, "a side") for v in input_shape]
    size = check(size, "size")
    stride = size if stride is None else check(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(f"unknown padding {padding!r}")
    if padding == "same":
        return (h + stride - 1) // stride, (w + stride - 1) // stride, c
    if size > h or size > w:
        raise ValueError(f"a window of {size} does not fit into {h} x {w}")
    return (h - size) // stride + 1, (w - size) // stride + 1, c


# %% right: math.ceil and floor
import math


def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    stride = stride if stride is not None else size
    for each in (*input_shape, size, stride):
        require_size(each, "size")
    *sides, depth = input_shape
    if padding == "same":
        return tuple(math.ceil(side / stride) for side in sides) + (depth,)
    if padding == "valid" and size <= min(sides):
        return tuple(math.floor((side - size) / stride + 1) for side in sides) + (depth,)
    raise ValueError("padding or size")


# %% wrong: nothing is refused
# says: All cases before this one are right: 2 of 3 points.
def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    h, w, c = input_shape
    if padding == "same":
        return -(-h // stride), -(-w // stride), c
    return (h - size) // stride + 1, (w - size) // stride + 1, c


# %% wrong: stride or size, so that stride=0 passes
# says: 0 is too small for a size here: at least 1.
def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    stride = stride or size
    for each in (*input_shape, size, stride):
        require_size(each, "size")
    h, w, c = input_shape
    if padding == "same":
        return -(-h // stride), -(-w // stride), c
    if padding != "valid" or size > min(h, w):
        raise ValueError("padding or size")
    return (h - size) // stride + 1, (w - size) // stride + 1, c


# %% wrong: only Python's own integers are sizes
# says: A NumPy integer is a size too, but isinstance(size, int) is False for it, and Keras' layers refuse it: check it, then hand on int(size).
def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    stride = size if stride is None else stride
    for number in (*input_shape, size, stride):
        if not isinstance(number, int) or isinstance(number, bool):
            raise TypeError(number)
        require_size(number, "a size")
    h, w, c = input_shape
    if padding == "same":
        return -(-h // stride), -(-w // stride), c
    if padding != "valid" or size > min(h, w):
        raise ValueError(padding)
    return (h - size) // stride + 1, (w - size) // stride + 1, c


# %% wrong: both sides from the height
# says: The width has places of its own: it is 9, not 7.
def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = input_shape
    stride = size if stride is None else stride
    for number in (h, w, c, size, stride):
        require_size(number, "a size")
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    if padding == "valid" and size > min(h, w):
        raise ValueError("the window does not fit")
    places = -(-h // stride) if padding == "same" else (h - size) // stride + 1
    return places, places, c


# %% wrong: both sides from the width
# says: The height has places of its own: it is 7, not 9.
def pool_output_shape(input_shape, size=2, stride=None, padding="valid"):
    h, w, c = input_shape
    stride = size if stride is None else stride
    for number in (h, w, c, size, stride):
        require_size(number, "a size")
    if padding not in ("valid", "same"):
        raise ValueError("padding")
    if padding == "valid" and size > min(h, w):
        raise ValueError("the window does not fit")
    places = -(-w // stride) if padding == "same" else (w - size) // stride + 1
    return places, places, c
