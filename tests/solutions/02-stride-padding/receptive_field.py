# %% right: forward: field and jump
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    field, jump = 1, 1
    for f, stride in layers:
        f, stride = size(f), size(stride)
        field += (f - 1) * jump
        jump *= stride
    return field


# %% right: backward from one output unit
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    checked = [(size(f), size(s)) for f, s in layers]
    seen = 1
    for f, s in reversed(checked):
        seen = (seen - 1) * s + f
    return seen


# %% right: recursion on the first layer
import numpy as np


def check(x):
    if isinstance(x, bool) or not isinstance(x, (int, np.integer)):
        raise TypeError("integer expected")
    if x < 1:
        raise ValueError("at least 1 expected")
    return int(x)


def receptive_field(layers):
    if len(layers) == 0:
        return 1
    (f, stride), rest = layers[0], layers[1:]
    f, stride = check(f), check(stride)
    return f + stride * (receptive_field(rest) - 1)


# %% right: closed formula with cumprod, NumPy integer result
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    table = np.array([(size(f), size(s)) for f, s in layers], dtype=np.int64).reshape(-1, 2)
    jumps = np.concatenate([[1], np.cumprod(table[:, 1])[:-1]])[:len(table)].astype(np.int64)
    return np.int64(1) + np.dot(table[:, 0] - 1, jumps)


# %% right: first and last pixel that the unit reads
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    first = last = 10
    sizes = []
    for layer in layers:
        sizes.append([size(a) for a in layer])
    while sizes:
        f, stride = sizes.pop()
        first, last = first * stride, last * stride + f - 1
    return last - first + 1


# %% right: input needed for two neighbouring outputs minus their distance
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


expected = result = out = pad = None


def needed(outputs, layers):
    for f, stride in layers[::-1]:
        outputs = (outputs - 1) * stride + f
    return outputs


def receptive_field(layers):
    layers = [tuple(map(size, layer)) for layer in layers]
    jump = 1
    for _, stride in layers:
        jump *= stride
    return needed(outputs=2, layers=layers) - jump


result = receptive_field([(3, 1), (3, 1)])
print("two 3x3 layers see", result)


# %% wrong: strides ignored
# says: After a stride of 2, neighbouring units lie 2 pixels apart.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    field, jump = 1, 1
    for f, stride in layers:
        f, stride = size(f), size(stride)
        field += (f - 1) * jump
        jump *= 1
    return field


# %% wrong: a layer's own stride already widens it
# says: A stride affects only the layers after it, not its own window.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    field, jump = 1, 1
    for f, stride in layers:
        f, stride = size(f), size(stride)
        jump *= stride
        field += (f - 1) * jump
    return field


# %% wrong: window sizes multiplied
# says: The windows of neighbouring units overlap: each further unit adds one pixel.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    field, jump = 1, 1
    for f, stride in layers:
        f, stride = size(f), size(stride)
        field *= f
    return field


# %% wrong: starts from 0
# says: Without any layer a unit is a pixel: begin with r = 1.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    field, jump = 0, 1
    for f, stride in layers:
        f, stride = size(f), size(stride)
        field += (f - 1) * jump
        jump *= stride
    return field or 1


# %% wrong: no layers give 0
# says: Without any layer a unit is a pixel, and it sees itself.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    field, jump = 1, 1
    for f, stride in layers:
        f, stride = size(f), size(stride)
        field += (f - 1) * jump
        jump *= stride
    if not layers:
        return 0
    return field


# %% wrong: no layers are refused
# says: Make this call in a cell of your own, and look at the line where it stops.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    if not layers:
        raise ValueError("no layers")
    field, jump = 1, 1
    for f, stride in layers:
        f, stride = size(f), size(stride)
        field += (f - 1) * jump
        jump *= stride
    return field


# %% wrong: only the last stride counts
# says: The jump is the product of all the strides before, not just the last of them.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    field, jump = 1, 1
    for f, stride in layers:
        f, stride = size(f), size(stride)
        field += (f - 1) * jump
        jump = stride
    return field


# %% wrong: float result
# says: The numbers are right, and the type is not: it should be an int.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    field, jump = 1.0, 1
    for f, stride in layers:
        f, stride = size(f), size(stride)
        field += (f - 1) * jump
        jump *= stride
    return field


# %% wrong: reverses the caller's list
# says: The caller still needs it: work on a copy.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    layers.reverse()
    field = 1
    for f, stride in layers:
        field = (field - 1) * size(stride) + size(f)
    return field


# %% wrong: stride of the last layer not checked
# says: 0 is too small for a size here: at least 1.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def receptive_field(layers):
    field, jump = 1, 1
    for k, (f, stride) in enumerate(layers):
        field += (size(f) - 1) * jump
        if k < len(layers) - 1:
            jump *= size(stride)
    return field


# %% right: functools.reduce
from functools import reduce


def receptive_field(layers):
    for pair in layers:
        for size in pair:
            require_size(size, "size")
    return reduce(lambda seen, layer: (seen - 1) * layer[1] + layer[0], reversed(layers), 1)


# %% right: math.prod of the strides before
import math


def receptive_field(layers):
    [require_size(size, "size") for layer in layers for size in layer]
    return 1 + sum((f - 1) * math.prod(s for _, s in layers[:i]) for i, (f, _) in enumerate(layers))


# %% wrong: nothing is refused
# says: All cases before this one are right: 3 of 4 points.
def receptive_field(layers):
    field = jump = 1
    for f, stride in layers:
        field, jump = field + (f - 1) * jump, jump * stride
    return field


# %% wrong: the strides add up
# says: Go through the layers with the formula of section 7, one at a time.
def receptive_field(layers):
    field, jump = 1, 1
    for f, stride in layers:
        require_size(f, "f")
        require_size(stride, "stride")
        field += (f - 1) * jump
        jump += stride - 1
    return field


# %% wrong: a list of fields
# says: Go through the two drawings of section 7 with the formula, layer by layer.
def receptive_field(layers):
    fields, jump = [1], 1
    for f, stride in layers:
        require_size(f, "f")
        require_size(stride, "stride")
        fields.append(fields[-1] + (f - 1) * jump)
        jump *= stride
    return fields


# %% wrong: the jump grows by the stride
# says: The jump is multiplied by the stride.
def receptive_field(layers):
    field, jump = 1, 1
    for f, stride in layers:
        require_size(f, "f")
        require_size(stride, "stride")
        field += (f - 1) * jump
        jump += stride
    return field


# %% wrong: f jumps for each layer
# says: A window of f adds f - 1 jumps, not f.
def receptive_field(layers):
    field, jump = 1, 1
    for f, stride in layers:
        require_size(f, "f")
        require_size(stride, "stride")
        field += f * jump
        jump *= stride
    return field
