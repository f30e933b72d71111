# %% right: vectorised
import numpy as np

def sparse_conv_param_count(table, kernel):
    if isinstance(kernel, (bool, np.bool_)) or not isinstance(kernel, (int, np.integer)):
        raise TypeError("kernel must be an integer")
    if kernel < 1:
        raise ValueError("kernel must be at least 1")
    links = int(np.count_nonzero(table))
    maps = table.shape[1]
    return links * int(kernel) ** 2 + maps


# %% right: pure Python loops
import operator
import numpy as np

def sparse_conv_param_count(table, kernel):
    if isinstance(kernel, (bool, np.bool_)):
        raise TypeError("a bool is no size")
    size = operator.index(kernel)
    if size <= 0:
        raise ValueError(f"kernel is {size}")
    total = 0
    for j in range(len(table[0])):
        total += 1
        for i in range(len(table)):
            if table[i][j]:
                total += size * size
    return total


# %% right: TensorFlow, NumPy integer as a result
import numbers
import tensorflow as tf
import numpy as np

def sparse_conv_param_count(table, kernel):
    if not isinstance(kernel, numbers.Integral) or type(kernel) in (bool, np.bool_):
        raise TypeError(kernel)
    if kernel < 1:
        raise ValueError(kernel)
    flags = tf.cast(table, tf.int64)
    per_map = tf.reduce_sum(flags, axis=0) * (int(kernel) * int(kernel)) + 1
    return tf.reduce_sum(per_map).numpy()


# %% right: masked kernel is built and counted
import numpy as np

def check(size):
    if type(size) is not int and not isinstance(size, np.integer):
        raise TypeError
    if size < 1:
        raise ValueError

def sparse_conv_param_count(table, kernel):
    check(kernel)
    pad = np.zeros((kernel, kernel) + np.shape(table), dtype=np.uint8)
    pad[:, :, np.asarray(table, dtype=bool)] = 1
    bias = np.ones(np.shape(table)[1])
    return int(pad.sum(dtype=np.int64)) + bias.size


# %% right: recursion over the columns
import numpy as np

def sparse_conv_param_count(table, kernel, _first=0):
    if isinstance(kernel, (bool, np.bool_, float, np.floating, str)) or not hasattr(kernel, "__index__"):
        raise TypeError("kernel")
    if int(kernel) < 1:
        raise ValueError("kernel")
    if _first == table.shape[1]:
        return 0
    here = sum(bool(flag) for flag in table[:, _first]) * int(kernel) ** 2 + 1
    return here + sparse_conv_param_count(table, kernel, _first + 1)


# %% wrong: one bias per connection
# says: One bias per output map, not one per connection.
import numpy as np

def sparse_conv_param_count(table, kernel):
    if isinstance(kernel, (bool, np.bool_)) or not isinstance(kernel, (int, np.integer)):
        raise TypeError("kernel must be an integer")
    if kernel < 1:
        raise ValueError("kernel must be at least 1")
    links = int(np.count_nonzero(table))
    maps = table.shape[1]
    return links * int(kernel) ** 2 + links


# %% wrong: no bias
# says: Each output map has a bias.
import numpy as np

def sparse_conv_param_count(table, kernel):
    if isinstance(kernel, (bool, np.bool_)) or not isinstance(kernel, (int, np.integer)):
        raise TypeError("kernel must be an integer")
    if kernel < 1:
        raise ValueError("kernel must be at least 1")
    links = int(np.count_nonzero(table))
    return links * int(kernel) ** 2


# %% wrong: one bias per input map
# says: One bias per output map, not per input map.
import numpy as np

def sparse_conv_param_count(table, kernel):
    if isinstance(kernel, (bool, np.bool_)) or not isinstance(kernel, (int, np.integer)):
        raise TypeError("kernel must be an integer")
    if kernel < 1:
        raise ValueError("kernel must be at least 1")
    links = int(np.count_nonzero(table))
    maps = table.shape[0]
    return links * int(kernel) ** 2 + maps


# %% wrong: a single bias for the layer
# says: One bias per output map.
import numpy as np

def sparse_conv_param_count(table, kernel):
    if isinstance(kernel, (bool, np.bool_)) or not isinstance(kernel, (int, np.integer)):
        raise TypeError("kernel must be an integer")
    if kernel < 1:
        raise ValueError("kernel must be at least 1")
    links = int(np.count_nonzero(table))
    maps = table.shape[1]
    return links * int(kernel) ** 2 + 1


# %% wrong: kernel not squared
# says: A kernel has kernel × kernel weights.
import numpy as np

def sparse_conv_param_count(table, kernel):
    if isinstance(kernel, (bool, np.bool_)) or not isinstance(kernel, (int, np.integer)):
        raise TypeError("kernel must be an integer")
    if kernel < 1:
        raise ValueError("kernel must be at least 1")
    links = int(np.count_nonzero(table))
    maps = table.shape[1]
    return links * int(kernel) + maps


# %% wrong: every pair counted, the table ignored
# says: Only the connections that exist have a kernel.
import numpy as np

def sparse_conv_param_count(table, kernel):
    if isinstance(kernel, (bool, np.bool_)) or not isinstance(kernel, (int, np.integer)):
        raise TypeError("kernel must be an integer")
    if kernel < 1:
        raise ValueError("kernel must be at least 1")
    links = table.shape[0] * table.shape[1]
    maps = table.shape[1]
    return links * int(kernel) ** 2 + maps


# %% wrong: output maps without an input lose their bias
# says: An output map without any input still has its bias.
import numpy as np

def sparse_conv_param_count(table, kernel):
    if isinstance(kernel, (bool, np.bool_)) or not isinstance(kernel, (int, np.integer)):
        raise TypeError("kernel must be an integer")
    if kernel < 1:
        raise ValueError("kernel must be at least 1")
    links = int(np.count_nonzero(table))
    maps = int(np.any(table, axis=0).sum())
    return links * int(kernel) ** 2 + maps


# %% wrong: 16 biases hard-coded
# says: The number of output maps is the table's, not always 16.
import numpy as np

def sparse_conv_param_count(table, kernel):
    if isinstance(kernel, (bool, np.bool_)) or not isinstance(kernel, (int, np.integer)):
        raise TypeError("kernel must be an integer")
    if kernel < 1:
        raise ValueError("kernel must be at least 1")
    links = int(np.count_nonzero(table))
    maps = 16
    return links * int(kernel) ** 2 + maps


# %% right: np.count_nonzero
def sparse_conv_param_count(table, kernel):
    require_size(kernel, "kernel")
    inputs, outputs = np.shape(table)
    return np.count_nonzero(table) * kernel * kernel + outputs


# %% wrong: nothing is refused
# says: All cases before this one are right: 2 of 3 points.
def sparse_conv_param_count(table, kernel):
    return int(table.sum()) * kernel**2 + table.shape[1]


# %% wrong: ValueError forgotten
# says: A kernel is at least 1 wide.
def sparse_conv_param_count(table, kernel):
    if isinstance(kernel, bool) or not isinstance(kernel, (int, np.integer)):
        raise TypeError(kernel)
    return int(table.sum()) * kernel**2 + table.shape[1]


# %% wrong: the connections of the first output only
# says: Only the connections that exist have a kernel.
def sparse_conv_param_count(table, kernel):
    require_size(kernel, "kernel")
    return (int(table[:, 0].sum()) * kernel**2 + 1) * table.shape[1]
