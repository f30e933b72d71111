# %% right: literal
lenet_shapes = {
    "C1": (28, 28, 6),
    "S2": (14, 14, 6),
    "C3": (10, 10, 16),
    "S4": (5, 5, 16),
    "C5": (1, 1, 120),
    "F6": (84,),
    "OUTPUT": (10,),
}


# %% right: computed with a running side
lenet_shapes = {}
size = 32
for name, kind, maps in [("C1", "conv", 6), ("S2", "pool", 6), ("C3", "conv", 16), ("S4", "pool", 16),
                         ("C5", "conv", 120)]:
    size = size - 5 + 1 if kind == "conv" else size // 2
    lenet_shapes[name] = (size, size, maps)
lenet_shapes["F6"] = (84,)
lenet_shapes["OUTPUT"] = 10,


# %% right: dict() with NumPy integers from arrays
import numpy as np
sides = np.array([28, 14, 10, 5, 1])
maps = np.array([6, 6, 16, 16, 120])
names = ["C1", "S2", "C3", "S4", "C5"]
lenet_shapes = dict(zip(names, [(s, s, m) for s, m in zip(sides, maps)]), F6=(np.int32(84),),
                    OUTPUT=tuple(np.array([10])))


# %% right: asked of a Keras model
from tensorflow import keras
check = keras.Sequential([
    keras.Input((32, 32, 1)),
    keras.layers.Conv2D(6, 5, name="C1"), keras.layers.AveragePooling2D(2, name="S2"),
    keras.layers.Conv2D(16, 5, name="C3"), keras.layers.AveragePooling2D(2, name="S4"),
    keras.layers.Conv2D(120, 5, name="C5"), keras.layers.Flatten(name="flat"),
    keras.layers.Dense(84, name="F6"), keras.layers.Dense(10, name="OUTPUT")])
lenet_shapes = {layer.name: tuple(layer.output.shape[1:]) for layer in check.layers if layer.name != "flat"}


# %% right: OrderedDict in another order
from collections import OrderedDict
def conv(shape, maps, k=5):
    return shape[0] - k + 1, shape[1] - k + 1, maps
half = lambda shape: (shape[0] // 2, shape[1] // 2, shape[2])
x = (32, 32, 1)
expected = [("OUTPUT", (10,)), ("F6", (84,))]
for name, f in {"C1": lambda s: conv(s, 6), "S2": half, "C3": lambda s: conv(s, 16), "S4": half,
                "C5": lambda s: conv(s, 120)}.items():
    x = f(x)
    expected.append((name, x))
lenet_shapes = OrderedDict(reversed(expected))


# %% wrong: C1 keeps the side, as with same padding
# says: C1 has no padding.
lenet_shapes = {
    "C1": (32, 32, 6),
    "S2": (14, 14, 6),
    "C3": (10, 10, 16),
    "S4": (5, 5, 16),
    "C5": (1, 1, 120),
    "F6": (84,),
    "OUTPUT": (10,),
}


# %% wrong: channels first
# says: The number of maps comes last.
lenet_shapes = {
    "C1": (6, 28, 28),
    "S2": (6, 14, 14),
    "C3": (16, 10, 10),
    "S4": (16, 5, 5),
    "C5": (120, 1, 1),
    "F6": (84,),
    "OUTPUT": (10,),
}


# %% wrong: lists instead of tuples
# says: should be a tuple, and it is [28, 28, 6]
lenet_shapes = {
    "C1": [28, 28, 6],
    "S2": [14, 14, 6],
    "C3": [10, 10, 16],
    "S4": [5, 5, 16],
    "C5": [1, 1, 120],
    "F6": [84],
    "OUTPUT": [10],
}


# %% wrong: parentheses without a comma: F6 and OUTPUT are numbers
# says: One-dimensional layers have a tuple of one number, with a comma: (84,).
lenet_shapes = {
    "C1": (28, 28, 6),
    "S2": (14, 14, 6),
    "C3": (10, 10, 16),
    "S4": (5, 5, 16),
    "C5": (1, 1, 120),
    "F6": (84),
    "OUTPUT": (10),
}


# %% wrong: C5 flattened
# says: C5 is a convolution in the paper: its maps have rows and columns.
lenet_shapes = {
    "C1": (28, 28, 6),
    "S2": (14, 14, 6),
    "C3": (10, 10, 16),
    "S4": (5, 5, 16),
    "C5": (120,),
    "F6": (84,),
    "OUTPUT": (10,),
}


# %% wrong: F6 still has spatial axes
# says: F6 has units, not maps.
lenet_shapes = {
    "C1": (28, 28, 6),
    "S2": (14, 14, 6),
    "C3": (10, 10, 16),
    "S4": (5, 5, 16),
    "C5": (1, 1, 120),
    "F6": (1, 1, 84),
    "OUTPUT": (10,),
}


# %% wrong: pooling with stride 1
# says: The windows lie side by side.
lenet_shapes = {
    "C1": (28, 28, 6),
    "S2": (27, 27, 6),
    "C3": (23, 23, 16),
    "S4": (22, 22, 16),
    "C5": (18, 18, 120),
    "F6": (84,),
    "OUTPUT": (10,),
}


# %% wrong: F6 forgotten
# says: Its keys are the seven names of section 2.
lenet_shapes = {
    "C1": (28, 28, 6),
    "S2": (14, 14, 6),
    "C3": (10, 10, 16),
    "S4": (5, 5, 16),
    "C5": (1, 1, 120),
    "OUTPUT": (10,),
}


# %% right: filled in one after the other
lenet_shapes = dict.fromkeys("C1 S2 C3 S4 C5 F6 OUTPUT".split())
lenet_shapes["C1"] = 28, 28, 6
lenet_shapes["S2"] = 14, 14, 6
lenet_shapes["C3"] = 10, 10, 16
lenet_shapes["S4"] = 5, 5, 16
lenet_shapes["C5"] = 1, 1, 120
lenet_shapes["F6"] = (84,)
lenet_shapes["OUTPUT"] = (10,)


# %% wrong: with the batch axis
# says: Start from the shape before it, and use the formula of notebook 02.
lenet_shapes = {"C1": (None, 28, 28, 6), "S2": (None, 14, 14, 6), "C3": (None, 10, 10, 16), "S4": (None, 5, 5, 16), "C5": (None, 1, 1, 120), "F6": (None, 84), "OUTPUT": (None, 10)}


# %% wrong: small letters
# says: Its keys are the seven names of section 2.
lenet_shapes = {"c1": (28, 28, 6), "s2": (14, 14, 6), "c3": (10, 10, 16), "s4": (5, 5, 16), "c5": (1, 1, 120), "f6": (84,), "output": (10,)}


# %% wrong: six maps to the end
# says: C3 has more maps than S2.
lenet_shapes = {"C1": (28, 28, 6), "S2": (14, 14, 6), "C3": (10, 10, 6), "S4": (5, 5, 6), "C5": (1, 1, 120), "F6": (84,), "OUTPUT": (10,)}
