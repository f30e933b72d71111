# %% right: literal
lenet_params = {"C1": 156, "S2": 12, "C3": 1516, "S4": 32, "C5": 48120, "F6": 10164}


# %% right: literal expressions
lenet_params = {
    "C1": (5 * 5 * 1 + 1) * 6,
    "S2": 6 * 2,
    "C3": 6 * (5 * 5 * 3 + 1) + 9 * (5 * 5 * 4 + 1) + 1 * (5 * 5 * 6 + 1),
    "S4": 16 * 2,
    "C5": (5 * 5 * 16 + 1) * 120,
    "F6": (120 + 1) * 84,
}


# %% right: dict() with helpers
def conv(links, out, k=5):
    return links * k ** 2 + out

def pool(maps):
    return 2 * maps

lenet_params = dict(C1=conv(6, 6), S2=pool(6), C3=conv(60, 16), S4=pool(16), C5=conv(16 * 120, 120),
                    F6=conv(120 * 84, 84, k=1))


# %% right: NumPy integers
import numpy as np
fan_in = np.array([25, 1, 0, 1, 400, 120], dtype=np.int64)
units = np.array([6, 6, 16, 16, 120, 84], dtype=np.int64)
total = (fan_in + 1) * units
total[2] = 25 * np.repeat([3, 4, 6], [6, 9, 1]).sum() + 16
lenet_params = dict(zip("C1 S2 C3 S4 C5 F6".split(), total))
print(sum(lenet_params.values()))


# %% right: counted by Keras
from tensorflow import keras
result = keras.Sequential([keras.Input((32, 32, 1)),
                           keras.layers.Conv2D(6, 5), keras.layers.AveragePooling2D(2),
                           keras.layers.Conv2D(16, 5), keras.layers.AveragePooling2D(2),
                           keras.layers.Conv2D(120, 5), keras.layers.Flatten(), keras.layers.Dense(84)])
c1, _, full, _, c5, _, f6 = [layer.count_params() for layer in result.layers]
lenet_params = {"C1": c1, "S2": 12, "C3": full - 36 * 25, "S4": 32, "C5": c5, "F6": f6}


# %% wrong: C3 fully connected
# says: Not every map of S2 feeds every map of C3: use the table.
lenet_params = {"C1": 156, "S2": 12, "C3": 2416, "S4": 32, "C5": 48120, "F6": 10164}


# %% wrong: subsampling has no parameters, as today
# says: This subsampling has trainable weights.
lenet_params = {"C1": 156, "S2": 0, "C3": 1516, "S4": 0, "C5": 48120, "F6": 10164}


# %% wrong: subsampling without a bias
# says: A coefficient and a bias for each map.
lenet_params = {"C1": 156, "S2": 6, "C3": 1516, "S4": 16, "C5": 48120, "F6": 10164}


# %% wrong: subsampling with a 2x2 kernel per map
# says: The four inputs share one coefficient.
lenet_params = {"C1": 156, "S2": 30, "C3": 1516, "S4": 80, "C5": 48120, "F6": 10164}


# %% wrong: one coefficient and bias for the whole layer
# says: Each of the 6 maps has its own.
lenet_params = {"C1": 156, "S2": 2, "C3": 1516, "S4": 2, "C5": 48120, "F6": 10164}


# %% wrong: no biases in the convolutions
# says: Each map has a bias.
lenet_params = {"C1": 150, "S2": 12, "C3": 1500, "S4": 32, "C5": 48000, "F6": 10164}


# %% wrong: no bias in F6
# says: Each unit has a bias.
lenet_params = {"C1": 156, "S2": 12, "C3": 1516, "S4": 32, "C5": 48120, "F6": 10080}


# %% wrong: one bias per connection in C3
# says: One bias per map, not one per connection.
lenet_params = {"C1": 156, "S2": 12, "C3": 1560, "S4": 32, "C5": 48120, "F6": 10164}


# %% right: by a loop over the layers
lenet_params = {}
for name, connections, maps in (("C1", 25, 6), ("S2", 1, 6), ("S4", 1, 16), ("C5", 16 * 25, 120), ("F6", 120, 84)):
    lenet_params[name] = (connections + 1) * maps
lenet_params["C3"] = sum(each * 25 + 1 for each in [3] * 6 + [4] * 9 + [6])


# %% wrong: OUTPUT as well
# says: The output's parameters are not trained, so they are not counted here.
lenet_params = {"C1": 156, "S2": 12, "C3": 1516, "S4": 32, "C5": 48120, "F6": 10164, "OUTPUT": 840}


# %% wrong: floats
# says: The numbers are right, and the type is not: it should be an int.
lenet_params = {"C1": 156.0, "S2": 12.0, "C3": 1516.0, "S4": 32.0, "C5": 48120.0, "F6": 10164.0}


# %% wrong: C5 without its depth
# says: Count weights and biases of one map, then multiply by the number of maps.
lenet_params = {"C1": 156, "S2": 12, "C3": 1516, "S4": 32, "C5": 26 * 120, "F6": 10164}
