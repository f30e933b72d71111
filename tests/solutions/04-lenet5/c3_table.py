# %% right: loops with modulo
import numpy as np

def c3_table():
    table = np.zeros((6, 16), dtype=bool)
    for j in range(6):
        for step in range(3):
            table[(j + step) % 6, j] = True
    for j in range(6):
        for step in range(4):
            table[(j + step) % 6, 6 + j] = True
    for j, maps in enumerate([(0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)]):
        table[list(maps), 12 + j] = True
    table[:, 15] = True
    return table


# %% right: lists of maps
import numpy as np

def c3_table():
    feeds = [
        [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
        [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
        [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
        [0, 1, 2, 3, 4, 5],
    ]
    table = np.zeros((6, 16), dtype=bool)
    for j, maps in enumerate(feeds):
        table[maps, j] = True
    return table


# %% right: rows of the printed table as text
import numpy as np

ROWS = """
X...XXX..XXXX.XX
XX...XXX..XXXX.X
XXX...XXX..X.XXX
.XXX..XXXX..X.XX
..XXX..XXXX.XX.X
...XXX..XXXX.XXX
"""

def c3_table():
    return np.array([[mark == "X" for mark in row] for row in ROWS.split()])


# %% right: TensorFlow constant
import tensorflow as tf

def c3_table():
    bits = [0b000111, 0b001110, 0b011100, 0b111000, 0b110001, 0b100011, 0b001111, 0b011110,
            0b111100, 0b111001, 0b110011, 0b100111, 0b011011, 0b110110, 0b101101, 0b111111]
    i = tf.range(6)[:, None]
    return tf.cast(tf.bitwise.bitwise_and(tf.bitwise.right_shift(tf.constant(bits)[None], i), 1), tf.bool)


# %% right: rolls of three first columns
from numpy import *

def c3_table():
    three = column_stack([roll([1, 1, 1, 0, 0, 0], k) for k in range(6)])
    four = column_stack([roll([1, 1, 1, 1, 0, 0], k) for k in range(6)])
    pairs = column_stack([roll([1, 1, 0, 1, 1, 0], k) for k in range(3)])
    return hstack([three, four, pairs, ones((6, 1), int)]) == 1


# %% wrong: zeros and ones as integers
# says: Make it with dtype=bool.
import numpy as np

def c3_table():
    feeds = [
        [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
        [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
        [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
        [0, 1, 2, 3, 4, 5],
    ]
    table = np.zeros((6, 16), dtype=bool)
    for j, maps in enumerate(feeds):
        table[maps, j] = True
    return table.astype(int)


# %% wrong: one row per map of C3
# says: Rows are maps of S2, columns maps of C3.
import numpy as np

def c3_table():
    feeds = [
        [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
        [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
        [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
        [0, 1, 2, 3, 4, 5],
    ]
    table = np.zeros((6, 16), dtype=bool)
    for j, maps in enumerate(feeds):
        table[maps, j] = True
    return table.T


# %% wrong: nested list
# says: Make it with np.zeros((6, 16), dtype=bool).
import numpy as np

def c3_table():
    feeds = [
        [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
        [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
        [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
        [0, 1, 2, 3, 4, 5],
    ]
    table = np.zeros((6, 16), dtype=bool)
    for j, maps in enumerate(feeds):
        table[maps, j] = True
    return table.tolist()


# %% wrong: fully connected
# says: It follows the first rule: three neighbours; after 5 comes 0 again.
import numpy as np

def c3_table():
    table = np.ones((6, 16), dtype=bool)
    for j in range(6):
        for step in range(3):
            table[(j + step) % 6, j] = True
    for j in range(6):
        for step in range(4):
            table[(j + step) % 6, 6 + j] = True
    for j, maps in enumerate([(0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)]):
        table[list(maps), 12 + j] = True
    table[:, 15] = True
    return table


# %% wrong: last three fours contiguous as well
# says: It follows the third rule: it names them.
import numpy as np

def c3_table():
    feeds = [
        [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
        [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
        [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5],
        [0, 1, 2, 3, 4, 5],
    ]
    table = np.zeros((6, 16), dtype=bool)
    for j, maps in enumerate(feeds):
        table[maps, j] = True
    return table


# %% wrong: nobody sees all six
# says: It follows the last rule: all six.
import numpy as np

def c3_table():
    feeds = [
        [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
        [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
        [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
    ]
    table = np.zeros((6, 16), dtype=bool)
    for j, maps in enumerate(feeds):
        table[maps, j] = True
    return table


# %% wrong: three marks only, also in the second block
# says: It follows the second rule: four neighbours; after 5 comes 0 again.
import numpy as np

def c3_table():
    table = np.zeros((6, 16), dtype=bool)
    for j in range(6):
        for step in range(3):
            table[(j + step) % 6, j] = True
    for j in range(6):
        for step in range(3):
            table[(j + step) % 6, 6 + j] = True
    for j, maps in enumerate([(0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)]):
        table[list(maps), 12 + j] = True
    table[:, 15] = True
    return table


# %% right: sets in a comprehension
def c3_table():
    columns = [{j, (j + 1) % 6, (j + 2) % 6} for j in range(6)]
    columns += [{(j + k) % 6 for k in range(4)} for j in range(6)]
    columns += [{0, 1, 3, 4}, {1, 2, 4, 5}, {0, 2, 3, 5}, {0, 1, 2, 3, 4, 5}]
    return np.array([[i in column for column in columns] for i in range(6)])


# %% wrong: the last three fours in another order
# says: Go through the four rules of section 5, column by column.
def c3_table():
    columns = [{j, (j + 1) % 6, (j + 2) % 6} for j in range(6)]
    columns += [{(j + k) % 6 for k in range(4)} for j in range(6)]
    columns += [{0, 2, 3, 5}, {0, 1, 3, 4}, {1, 2, 4, 5}, {0, 1, 2, 3, 4, 5}]
    return np.array([[i in column for column in columns] for i in range(6)])


# %% wrong: does not go round
# says: Go through the four rules of section 5, column by column.
def c3_table():
    table = np.zeros((6, 16), bool)
    for j in range(6):
        table[j : j + 3, j] = True
        table[j : j + 4, j + 6] = True
    return table
