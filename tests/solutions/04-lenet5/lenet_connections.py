# %% right: literal
lenet_connections = {"C1": 122304, "S2": 5880, "C3": 151600, "S4": 2000, "C5": 48120, "F6": 10164,
                     "OUTPUT": 840}


# %% right: literal expressions with underscores
lenet_connections = {
    "C1": 28 * 28 * 6 * (5 * 5 + 1),
    "S2": 14 * 14 * 6 * (2 * 2 + 1),
    "C3": 10 * 10 * 1_516,
    "S4": 5 * 5 * 16 * (2 * 2 + 1),
    "C5": 48_120,
    "F6": 10_164,
    "OUTPUT": 84 * 10,
}


# %% right: dict() with helpers
def conv(side, links, maps):
    return side ** 2 * (25 * links + maps)

def pool(side, maps):
    return side ** 2 * maps * 5

lenet_connections = dict(C1=conv(28, 6, 6), S2=pool(14, 6), C3=conv(10, 60, 16), S4=pool(5, 16),
                         C5=conv(1, 16 * 120, 120), F6=121 * 84, OUTPUT=840)


# %% right: NumPy integers
import numpy as np
units = np.array([28 * 28 * 6, 14 * 14 * 6, 0, 5 * 5 * 16, 120, 84, 10])
inputs = np.array([26, 5, 0, 5, 401, 121, 84])
out = units * inputs
out[2] = 100 * np.sum(25 * np.array([3] * 6 + [4] * 9 + [6]) + 1)
lenet_connections = {name: n for name, n in zip(["C1", "S2", "C3", "S4", "C5", "F6", "OUTPUT"], out)}


# %% right: counted unit by unit
lenet_connections = dict.fromkeys(["C1", "S2", "C3", "S4", "C5", "F6", "OUTPUT"], 0)
fed_by = [3] * 6 + [4] * 9 + [6]
for name, side, windows in [("C1", 28, [25] * 6), ("S2", 14, [4] * 6), ("C3", 10, [25 * n for n in fed_by]),
                            ("S4", 5, [4] * 16), ("C5", 1, [400] * 120), ("F6", 1, [120] * 84)]:
    for inputs in windows:
        for row in range(side):
            for column in range(side):
                lenet_connections[name] += inputs + 1
for unit in range(10):
    lenet_connections["OUTPUT"] += 84


# %% wrong: biases not counted
# says: The bias counts as a connection.
lenet_connections = {"C1": 117600, "S2": 4704, "C3": 150000, "S4": 1600, "C5": 48000, "F6": 10080,
                     "OUTPUT": 840}


# %% wrong: subsampling: coefficient and bias per unit
# says: Each unit has four inputs, and each is a connection.
lenet_connections = {"C1": 122304, "S2": 2352, "C3": 151600, "S4": 800, "C5": 48120, "F6": 10164,
                     "OUTPUT": 840}


# %% wrong: C3 fully connected
# says: Not every map of S2 feeds every map of C3: use the table.
lenet_connections = {"C1": 122304, "S2": 5880, "C3": 241600, "S4": 2000, "C5": 48120, "F6": 10164,
                     "OUTPUT": 840}


# %% wrong: OUTPUT with biases
# says: The units of the output have no bias.
lenet_connections = {"C1": 122304, "S2": 5880, "C3": 151600, "S4": 2000, "C5": 48120, "F6": 10164,
                     "OUTPUT": 850}


# %% wrong: OUTPUT missing
# says: Its keys are the seven names of the layers.
lenet_connections = {"C1": 122304, "S2": 5880, "C3": 151600, "S4": 2000, "C5": 48120, "F6": 10164}


# %% wrong: parameters instead of connections
# says: Those are the parameters. Every place has its own connections.
lenet_connections = {"C1": 156, "S2": 12, "C3": 1516, "S4": 32, "C5": 48120, "F6": 10164,
                     "OUTPUT": 840}


# %% wrong: C3 counts one bias per connected map
# says: One bias per unit, not one per kernel.
lenet_connections = {"C1": 122304, "S2": 5880, "C3": 156000, "S4": 2000, "C5": 48120, "F6": 10164,
                     "OUTPUT": 840}


# %% wrong: floats from powers
# says: The numbers are right, and the type is not: it should be an int.
lenet_connections = {"C1": 28 ** 2 * 156 / 1, "S2": 5880, "C3": 151600, "S4": 2000, "C5": 48120, "F6": 10164,
                     "OUTPUT": 840}
