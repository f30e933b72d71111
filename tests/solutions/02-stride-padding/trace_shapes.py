# %% right: padding in capitals accepted as well
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    padding = str(padding).lower()
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1 if kind == "conv" else f))
            padding = layer.get("padding", "valid")
            channels = size(layer["filters"]) if kind == "conv" else c
            shape = (output_side(h, f, stride, padding), output_side(w, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(shape)
    return shapes


# %% right: one loop with if and elif
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1 if kind == "conv" else f))
            padding = layer.get("padding", "valid")
            channels = size(layer["filters"]) if kind == "conv" else c
            shape = (output_side(h, f, stride, padding), output_side(w, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(shape)
    return shapes


# %% right: dictionary of functions
from math import prod
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def side(n, f, stride, padding):
    count = {"same": n, "valid": n - f + 1}
    if not isinstance(padding, str) or padding not in count:
        raise ValueError("unknown padding")
    if count[padding] < 1:
        raise ValueError("window too large")
    return len(range(0, count[padding], stride))


def slide(shape, f, stride, padding):
    if len(shape) == 1:
        raise ValueError("input is flattened")
    f, stride = size(f), size(stride)
    return tuple(side(n, f, stride, padding) for n in shape[:2])


def conv(shape, filters, kernel, stride=1, padding="valid"):
    return slide(shape, kernel, stride, padding) + (size(filters),)


def pool(shape, padding="valid", **options):
    window = options["size"]
    return slide(shape, window, options.get("stride", window), padding) + shape[2:]


def flatten(shape):
    return (prod(shape),)


def dense(shape, units):
    if len(shape) > 1:
        raise ValueError("flatten first")
    return (size(units),)


def trace_shapes(input_shape, layers):
    known = dict(conv=conv, pool=pool, flatten=flatten, dense=dense)
    shape, out = tuple(map(size, input_shape)), []
    for layer in layers:
        options = dict(layer)
        name = options.pop("type")
        if name not in known:
            raise ValueError(f"type {name!r}")
        shape = known[name](shape, **options)
        out += [shape]
    return out


# %% right: match statement
import operator

import numpy as np


def number(a):
    if isinstance(a, (bool, np.bool_)):
        raise TypeError("bool")
    a = operator.index(a)
    if a < 1:
        raise ValueError(a)
    return a


def windows(shape, f, stride, padding):
    f, stride = number(f), number(stride)
    match padding:
        case "same":
            return [(n + stride - 1) // stride for n in shape]
        case "valid":
            if f > min(shape):
                raise ValueError("too large")
            return [(n - f + stride) // stride for n in shape]
        case _:
            raise ValueError("unknown padding")


def step(shape, layer):
    padding = layer.get("padding", "valid")
    match layer["type"], len(shape):
        case "conv", 3:
            sides = windows(shape[:2], layer["kernel"], layer.get("stride", 1), padding)
            return *sides, number(layer["filters"])
        case "pool", 3:
            sides = windows(shape[:2], layer["size"], layer.get("stride", layer["size"]), padding)
            return *sides, shape[2]
        case "flatten", _:
            return int(np.prod(shape)),
        case "dense", 1:
            return number(layer["units"]),
    raise ValueError("this layer is unknown or does not fit its input")


def trace_shapes(input_shape, layers):
    result = [tuple(number(a) for a in input_shape)]
    for layer in layers:
        result.append(step(result[-1], layer))
    return result[1:]


# %% right: recursion over the layers
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def sides(shape, f, stride, padding):
    if len(shape) < 3:
        raise ValueError("flattened")
    if padding == "valid":
        if f > shape[0] or f > shape[1]:
            raise ValueError("too large")
        return (1 + (shape[0] - f) // stride, 1 + (shape[1] - f) // stride)
    if padding == "same":
        return (1 + (shape[0] - 1) // stride, 1 + (shape[1] - 1) // stride)
    raise ValueError("padding")


def trace_shapes(input_shape, layers):
    x = tuple(size(a) for a in input_shape)
    if not layers:
        return []
    layer, rest = layers[0], layers[1:]
    if layer["type"] == "conv":
        f, stride = size(layer["kernel"]), size(layer.get("stride", 1))
        out = sides(x, f, stride, layer.get("padding", "valid")) + (size(layer["filters"]),)
    elif layer["type"] == "pool":
        f = size(layer["size"])
        out = sides(x, f, size(layer.get("stride", f)), layer.get("padding", "valid")) + (x[2],)
    elif layer["type"] == "flatten":
        out = (x[0] * x[1] * x[2] if len(x) == 3 else x[0],)
    elif layer["type"] == "dense" and len(x) == 1:
        out = (size(layer["units"]),)
    else:
        raise ValueError(layer["type"])
    return [out] + trace_shapes(out, rest)


# %% right: classes with a method, NumPy integers in the tuples
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


class Shape:
    def __init__(self, sides):
        self.sides = tuple(np.int64(size(a)) for a in sides)

    def slide(self, f, stride, padding):
        if len(self.sides) != 3:
            raise ValueError("not an image")
        if padding not in ("valid", "same"):
            raise ValueError("padding")
        new = []
        for n in self.sides[:2]:
            positions = n if padding == "same" else n - f + 1
            if positions < 1:
                raise ValueError("too large")
            new.append((positions - 1) // stride + 1)
        return new

    def conv(self, layer):
        f, stride, filters = size(layer["kernel"]), size(layer.get("stride", 1)), layer["filters"]
        return Shape(self.slide(f, stride, layer.get("padding", "valid")) + [filters])

    def pool(self, layer):
        f = size(layer["size"])
        stride = size(layer["stride"]) if "stride" in layer else f
        return Shape(self.slide(f, stride, layer.get("padding", "valid")) + [self.sides[2]])

    def flatten(self, layer):
        return Shape([np.prod(self.sides)])

    def dense(self, layer):
        if len(self.sides) != 1:
            raise ValueError("not flattened")
        return Shape([layer["units"]])


def trace_shapes(input_shape, layers):
    expected, result = Shape(input_shape), []
    for layer in layers:
        if layer["type"] not in {"conv", "pool", "flatten", "dense"}:
            raise ValueError(layer["type"])
        expected = getattr(expected, layer["type"])(layer)
        result.append(expected.sides)
    return result


# %% right: asks Keras layers for their output shape
import keras
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def build(layer, rank):
    kind = layer["type"]
    if kind == "flatten":
        return keras.layers.Flatten()
    if kind == "dense":
        if rank != 1:
            raise ValueError("dense on an image")
        return keras.layers.Dense(size(layer["units"]))
    if kind not in ("conv", "pool"):
        raise ValueError(kind)
    if rank != 3:
        raise ValueError("not an image")
    padding = layer.get("padding", "valid")
    if padding not in ("valid", "same"):
        raise ValueError(padding)
    if kind == "pool":
        window = size(layer["size"])
        return keras.layers.MaxPooling2D(window, strides=size(layer.get("stride", window)), padding=padding)
    return keras.layers.Conv2D(size(layer["filters"]), size(layer["kernel"]),
                               strides=size(layer.get("stride", 1)), padding=padding)


def trace_shapes(input_shape, layers):
    x = tuple(size(a) for a in input_shape)
    out = []
    for layer in layers:
        keras_layer = build(layer, len(x))
        window = layer.get("kernel", layer.get("size", 1))
        if layer.get("padding", "valid") == "valid" and len(x) == 3 and window > min(x[:2]):
            raise ValueError("window larger than the input")
        x = tuple(int(a) for a in keras_layer.compute_output_shape((None,) + x)[1:])
        out.append(x)
    return out


# %% wrong: a pool's stride defaults to 1
# says: A pool's stride is its size, unless another is given.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1))
            padding = layer.get("padding", "valid")
            channels = size(layer["filters"]) if kind == "conv" else c
            shape = (output_side(h, f, stride, padding), output_side(w, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(shape)
    return shapes


# %% wrong: a pool's padding is ignored
# says: The places of "same" are rounded up.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1 if kind == "conv" else f))
            padding = layer.get("padding", "valid")
            if padding not in ("valid", "same"):
                raise ValueError("padding")
            channels = size(layer["filters"]) if kind == "conv" else c
            padding = padding if kind == "conv" or f > min(h, w) else "valid"
            shape = (output_side(h, f, stride, padding), output_side(w, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(shape)
    return shapes


# %% wrong: width computed from the height
# says: The image is not square: compute height and width separately.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1 if kind == "conv" else f))
            padding = layer.get("padding", "valid")
            channels = size(layer["filters"]) if kind == "conv" else c
            shape = (output_side(h, f, stride, padding), output_side(h, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(shape)
    return shapes


# %% wrong: a conv keeps the input's channels
# says: The depth after a convolution is its number of filters: a filter reads all the channels.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1 if kind == "conv" else f))
            padding = layer.get("padding", "valid")
            channels = c if kind == "pool" or size(layer["filters"]) else 0
            shape = (output_side(h, f, stride, padding), output_side(w, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(shape)
    return shapes


# %% wrong: a pool leaves one channel
# says: Pooling works on each channel on its own: the depth stays.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1 if kind == "conv" else f))
            padding = layer.get("padding", "valid")
            channels = size(layer["filters"]) if kind == "conv" else 1
            shape = (output_side(h, f, stride, padding), output_side(w, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(shape)
    return shapes


# %% wrong: flatten forgets the channels
# says: The channels count as well.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1 if kind == "conv" else f))
            padding = layer.get("padding", "valid")
            channels = size(layer["filters"]) if kind == "conv" else c
            shape = (output_side(h, f, stride, padding), output_side(w, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape[:2]:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(shape)
    return shapes


# %% wrong: flatten as an int
# says: A shape is a tuple, even when it has only one number: (24,).
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1 if kind == "conv" else f))
            padding = layer.get("padding", "valid")
            channels = size(layer["filters"]) if kind == "conv" else c
            shape = (output_side(h, f, stride, padding), output_side(w, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(shape[0] if kind == "flatten" else shape)
    return shapes


# %% wrong: lists instead of tuples
# says: The numbers are right, and a type is not: a size is an int, and a tuple is not a list.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1 if kind == "conv" else f))
            padding = layer.get("padding", "valid")
            channels = size(layer["filters"]) if kind == "conv" else c
            shape = (output_side(h, f, stride, padding), output_side(w, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(list(shape))
    return shapes


# %% wrong: writes the defaults into the layers
# says: The caller still needs it: work on a copy.
import numpy as np


def size(v, low=1):
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1 if kind == "conv" else f))
            padding = layer.setdefault("padding", "valid")
            channels = size(layer["filters"]) if kind == "conv" else c
            shape = (output_side(h, f, stride, padding), output_side(w, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(shape)
    return shapes


# %% wrong: floats like 2.0 accepted
# says: 2.0 is a float, and a size is a whole number: an int or a NumPy integer.
import numpy as np


def size(v, low=1):
    if isinstance(v, float) and v == int(v):
        v = int(v)
    if isinstance(v, bool) or not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1 if kind == "conv" else f))
            padding = layer.get("padding", "valid")
            channels = size(layer["filters"]) if kind == "conv" else c
            shape = (output_side(h, f, stride, padding), output_side(w, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(shape)
    return shapes


# %% wrong: True counts as 1
# says: A bool is not a size, although Python counts True as 1.
import numpy as np


def size(v, low=1):
    if not isinstance(v, (int, np.integer)):
        raise TypeError(f"{v!r} is not an integer")
    if v < low:
        raise ValueError(f"{v} is below {low}")
    return int(v)


def output_side(n, f, stride, padding):
    if padding not in ("valid", "same"):
        raise ValueError("padding is valid or same")
    if padding == "same":
        return -(-n // stride)
    if f > n:
        raise ValueError("the window is larger than its input")
    return (n - f) // stride + 1


def trace_shapes(input_shape, layers):
    shape = tuple([size(a) for a in input_shape])
    shapes = []
    for layer in layers:
        kind = layer["type"]
        if kind in ("conv", "pool"):
            if len(shape) != 3:
                raise ValueError(f"{kind} on a flattened input")
            h, w, c = shape
            f = size(layer["kernel"] if kind == "conv" else layer["size"])
            stride = size(layer.get("stride", 1 if kind == "conv" else f))
            padding = layer.get("padding", "valid")
            channels = size(layer["filters"]) if kind == "conv" else c
            shape = (output_side(h, f, stride, padding), output_side(w, f, stride, padding), channels)
        elif kind == "flatten":
            total = 1
            for a in shape:
                total *= a
            shape = (total,)
        elif kind == "dense":
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            shape = (size(layer["units"]),)
        else:
            raise ValueError(f"unknown layer type {kind!r}")
        shapes.append(shape)
    return shapes


# %% wrong: nothing is refused
# says: All cases before this one are right: 3 of 5 points.
def trace_shapes(input_shape, layers):
    shape, shapes = tuple(input_shape), []
    for layer in layers:
        if layer["type"] in ("conv", "pool"):
            f = layer["kernel"] if layer["type"] == "conv" else layer["size"]
            s = layer.get("stride", 1 if layer["type"] == "conv" else f)
            out = [-(-n // s) if layer.get("padding") == "same" else (n - f) // s + 1 for n in shape[:2]]
            shape = (*out, layer.get("filters", shape[-1]))
        elif layer["type"] == "flatten":
            shape = (int(np.prod(shape)),)
        else:
            shape = (layer.get("units", 0),)
        shapes.append(shape)
    return shapes


# %% right: a generator
def trace_shapes(input_shape, layers):
    def steps(shape):
        for layer in layers:
            kind, padding = layer["type"], layer.get("padding", "valid")
            if kind == "conv" or kind == "pool":
                f = layer["kernel"] if kind == "conv" else layer["size"]
                s = layer.get("stride", f if kind == "pool" else 1)
                depth = layer["filters"] if kind == "conv" else shape[-1]
                for size in (f, s, depth):
                    require_size(size, "size")
                if len(shape) != 3 or padding not in ("same", "valid") or (padding == "valid" and f > min(shape[:2])):
                    raise ValueError(layer)
                shape = tuple(len(range(0, n if padding == "same" else n - f + 1, s)) for n in shape[:2]) + (depth,)
            elif kind == "flatten":
                shape = (int(np.prod(shape)),)
            elif kind == "dense" and len(shape) == 1:
                require_size(layer["units"], "units")
                shape = (layer["units"],)
            else:
                raise ValueError(layer)
            yield shape

    for side in input_shape:
        require_size(side, "side")
    return list(steps(tuple(input_shape)))


# %% wrong: one shape, the last
# says: Write one row for each layer, as in the table of section 8.
def trace_shapes(input_shape, layers):
    shape = tuple(input_shape)
    for layer in layers:
        if layer["type"] == "flatten":
            shape = (int(np.prod(shape)),)
        elif layer["type"] == "dense":
            shape = (layer["units"],)
        else:
            f = layer.get("kernel", layer.get("size"))
            s = layer.get("stride", 1 if "kernel" in layer else f)
            shape = tuple(-(-n // s) if layer.get("padding") == "same" else (n - f) // s + 1 for n in shape[:2]) + (layer.get("filters", shape[2]),)
    return shape


# %% wrong: valid windows rounded up
# says: A window that does not fit completely is not used: round down.
def trace_shapes(input_shape, layers):
    """Return the list of output shapes, one tuple of int for each layer, channels last and without the batch axis."""

    def places(size, window, stride, padding):
        if padding == "same":
            return -(-size // stride)
        if padding != "valid":
            raise ValueError(f'padding must be "valid" or "same", and it is {padding!r}')
        if window > size:
            raise ValueError(f"a window of {window} does not fit in {size}")
        return -(-(size - window) // stride) + 1

    for size in input_shape:
        require_size(size, "a side of the input")
    shape, shapes = tuple(input_shape), []
    for layer in layers:
        kind = layer["type"]
        if kind not in ("conv", "pool", "flatten", "dense"):
            raise ValueError(f"unknown type of layer: {kind!r}")
        if kind in ("conv", "pool"):
            if len(shape) == 1:
                raise ValueError(f"a {kind} layer needs rows and columns, and its input is flattened")
            window = layer["kernel" if kind == "conv" else "size"]
            stride = layer.get("stride", 1 if kind == "conv" else window)
            depth = layer["filters"] if kind == "conv" else shape[2]
            for size in (window, stride, depth):
                require_size(size, f"a size of a {kind} layer")
            shape = tuple(places(side, window, stride, layer.get("padding", "valid")) for side in shape[:2]) + (
                depth,
            )
        elif kind == "flatten":
            total = 1
            for side in shape:
                total *= side
            shape = (total,)
        else:
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            require_size(layer["units"], "units")
            shape = (layer["units"],)
        shapes.append(shape)
    return shapes


# %% wrong: a pool's stride is always its size
# says: A pool's stride is its size only where no other is given, and here one is.
def trace_shapes(input_shape, layers):
    """Return the list of output shapes, one tuple of int for each layer, channels last and without the batch axis."""

    def places(size, window, stride, padding):
        if padding == "same":
            return -(-size // stride)
        if padding != "valid":
            raise ValueError(f'padding must be "valid" or "same", and it is {padding!r}')
        if window > size:
            raise ValueError(f"a window of {window} does not fit in {size}")
        return (size - window) // stride + 1

    for size in input_shape:
        require_size(size, "a side of the input")
    shape, shapes = tuple(input_shape), []
    for layer in layers:
        kind = layer["type"]
        if kind not in ("conv", "pool", "flatten", "dense"):
            raise ValueError(f"unknown type of layer: {kind!r}")
        if kind in ("conv", "pool"):
            if len(shape) == 1:
                raise ValueError(f"a {kind} layer needs rows and columns, and its input is flattened")
            window = layer["kernel" if kind == "conv" else "size"]
            stride = layer.get("stride", 1) if kind == "conv" else window
            depth = layer["filters"] if kind == "conv" else shape[2]
            for size in (window, stride, depth):
                require_size(size, f"a size of a {kind} layer")
            shape = tuple(places(side, window, stride, layer.get("padding", "valid")) for side in shape[:2]) + (
                depth,
            )
        elif kind == "flatten":
            total = 1
            for side in shape:
                total *= side
            shape = (total,)
        else:
            if len(shape) != 1:
                raise ValueError("a dense layer needs a flattened input")
            require_size(layer["units"], "units")
            shape = (layer["units"],)
        shapes.append(shape)
    return shapes


# %% wrong: the input's shape comes first
# says: One shape for each layer: the input's own shape is not among them.
def trace_shapes(input_shape, layers):
    shape, shapes = tuple(input_shape), []
    for layer in layers:
        if layer["type"] == "flatten":
            shape = (int(np.prod(shape)),)
        elif layer["type"] == "dense":
            shape = (layer["units"],)
        else:
            f = layer.get("kernel", layer.get("size"))
            s = layer.get("stride", 1 if "kernel" in layer else f)
            sides = (-(-n // s) if layer.get("padding") == "same" else (n - f) // s + 1 for n in shape[:2])
            shape = (*sides, layer.get("filters", shape[2]))
        shapes.append(shape)
    return [tuple(input_shape), *shapes]


# %% wrong: with the batch axis
# says: Give the shapes without the batch axis.
def trace_shapes(input_shape, layers):
    shape, shapes = tuple(input_shape), []
    for layer in layers:
        if layer["type"] == "flatten":
            shape = (int(np.prod(shape)),)
        elif layer["type"] == "dense":
            shape = (layer["units"],)
        else:
            f = layer.get("kernel", layer.get("size"))
            s = layer.get("stride", 1 if "kernel" in layer else f)
            sides = (-(-n // s) if layer.get("padding") == "same" else (n - f) // s + 1 for n in shape[:2])
            shape = (*sides, layer.get("filters", shape[2]))
        shapes.append(shape)
    return [(None, *each) for each in shapes]


# %% wrong: same is ignored
# says: The first layer pads with "same": read the key "padding".
def trace_shapes(input_shape, layers):
    shape, shapes = tuple(input_shape), []
    for layer in layers:
        if layer["type"] == "flatten":
            shape = (int(np.prod(shape)),)
        elif layer["type"] == "dense":
            shape = (layer["units"],)
        else:
            f = layer.get("kernel", layer.get("size"))
            s = layer.get("stride", 1 if "kernel" in layer else f)
            sides = ((n - f) // s + 1 for n in shape[:2])
            shape = (*sides, layer.get("filters", shape[2]))
        shapes.append(shape)
    return shapes
