# %% right: literal
layer_table = {
    "conv1": ((28, 28, 32), 320),
    "bn1": ((28, 28, 32), 128),
    "conv2": ((28, 28, 32), 9248),
    "bn2": ((28, 28, 32), 128),
    "pool1": ((14, 14, 32), 0),
    "conv3": ((14, 14, 64), 18496),
    "bn3": ((14, 14, 64), 256),
    "conv4": ((14, 14, 64), 36928),
    "bn4": ((14, 14, 64), 256),
    "pool2": ((7, 7, 64), 0),
    "flatten": ((3136,), 0),
    "dense": ((512,), 1606144),
    "output": ((10,), 5130),
}


# %% right: arithmetic, dict() with keywords in another order
big, small = (28, 28, 32), (14, 14, 64)
layer_table = dict(
    output=((10,), (512 + 1) * 10),
    dense=((512,), (7 * 7 * 64 + 1) * 512),
    flatten=((7 * 7 * 64,), 0),
    pool2=((7, 7, 64), 0),
    pool1=((14, 14, 32), 0),
    conv1=(big, (3 * 3 * 1 + 1) * 32),
    conv2=(big, (3 * 3 * 32 + 1) * 32),
    conv3=(small, (3 * 3 * 32 + 1) * 64),
    conv4=(small, (3 * 3 * 64 + 1) * 64),
    bn1=(big, 4 * 32), bn2=(big, 4 * 32), bn3=(small, 4 * 64), bn4=(small, 4 * 64),
)


# %% right: NumPy integers everywhere, loop over a configuration
layer_table = {}
size, channels = np.int64(28), np.int64(1)
number = 0
for block, filters in enumerate([32, 64], start=1):
    for _ in range(2):
        number += 1
        layer_table[f"conv{number}"] = ((size, size, np.int64(filters)), (9 * channels + 1) * filters)
        layer_table[f"bn{number}"] = ((size, size, np.int64(filters)), np.int32(4 * filters))
        channels = np.int64(filters)
    size = size // 2
    layer_table[f"pool{block}"] = ((size, size, channels), np.int64(0))
units = size * size * channels
layer_table["flatten"] = ((units,), np.int64(0))
for name, x in ("dense", 512), ("output", 10):
    layer_table[name] = ((np.int64(x),), np.int64((units + 1) * x))
    units = x


# %% right: read from a Keras model with named layers
from tensorflow import keras
from tensorflow.keras import layers as L

names = "conv1 bn1 conv2 bn2 pool1 conv3 bn3 conv4 bn4 pool2 flatten dense output".split()
reference = keras.Sequential([keras.Input((28, 28, 1))])
for name in names:
    if name.startswith("conv"):
        reference.add(L.Conv2D(32 if name in ("conv1", "conv2") else 64, 3, padding="same", name=name))
    elif name.startswith("bn"):
        reference.add(L.BatchNormalization(name=name))
    elif name.startswith("pool"):
        reference.add(L.MaxPooling2D(name=name))
    elif name == "flatten":
        reference.add(L.Flatten(name=name))
    else:
        reference.add(L.Dense(512 if name == "dense" else 10, name=name))
layer_table = {layer.name: (layer.output.shape[1:], layer.count_params()) for layer in reference.layers}


# %% right: OrderedDict of named tuples
from collections import OrderedDict, namedtuple

Row = namedtuple("Row", "shape params")
layer_table = OrderedDict(
    conv1=Row((28, 28, 32), 320), bn1=Row((28, 28, 32), 128),
    conv2=Row((28, 28, 32), 9_248), bn2=Row((28, 28, 32), 128), pool1=Row((14, 14, 32), 0),
    conv3=Row((14, 14, 64), 18_496), bn3=Row((14, 14, 64), 256),
    conv4=Row((14, 14, 64), 36_928), bn4=Row((14, 14, 64), 256), pool2=Row((7, 7, 64), 0),
    flatten=Row((3_136,), 0), dense=Row((512,), 1_606_144), output=Row((10,), 5_130))


# %% wrong: BatchNorm with two parameters per channel (the trainable ones)
# says: The moving mean and variance are parameters as well, although they are not trained: four numbers per channel.
layer_table = {
    "conv1": ((28, 28, 32), 320),
    "bn1": ((28, 28, 32), 64),
    "conv2": ((28, 28, 32), 9248),
    "bn2": ((28, 28, 32), 64),
    "pool1": ((14, 14, 32), 0),
    "conv3": ((14, 14, 64), 18496),
    "bn3": ((14, 14, 64), 128),
    "conv4": ((14, 14, 64), 36928),
    "bn4": ((14, 14, 64), 128),
    "pool2": ((7, 7, 64), 0),
    "flatten": ((3136,), 0),
    "dense": ((512,), 1606144),
    "output": ((10,), 5130),
}


# %% wrong: dense layers without bias
# says: Each filter, or unit, has a bias.
layer_table = {
    "conv1": ((28, 28, 32), 320),
    "bn1": ((28, 28, 32), 128),
    "conv2": ((28, 28, 32), 9248),
    "bn2": ((28, 28, 32), 128),
    "pool1": ((14, 14, 32), 0),
    "conv3": ((14, 14, 64), 18496),
    "bn3": ((14, 14, 64), 256),
    "conv4": ((14, 14, 64), 36928),
    "bn4": ((14, 14, 64), 256),
    "pool2": ((7, 7, 64), 0),
    "flatten": ((3136,), 0),
    "dense": ((512,), 1605632),
    "output": ((10,), 5120),
}


# %% wrong: the kernels have no depth: every convolution counted with one input channel
# says: conv2 reads the 32 channels of bn1, not the one of the picture.
layer_table = {
    "conv1": ((28, 28, 32), 320),
    "bn1": ((28, 28, 32), 128),
    "conv2": ((28, 28, 32), 320),
    "bn2": ((28, 28, 32), 128),
    "pool1": ((14, 14, 32), 0),
    "conv3": ((14, 14, 64), 640),
    "bn3": ((14, 14, 64), 256),
    "conv4": ((14, 14, 64), 640),
    "bn4": ((14, 14, 64), 256),
    "pool2": ((7, 7, 64), 0),
    "flatten": ((3136,), 0),
    "dense": ((512,), 1606144),
    "output": ((10,), 5130),
}


# %% wrong: conv3 counted with 64 input channels
# says: The input of conv3 has 32 channels.
layer_table = {
    "conv1": ((28, 28, 32), 320),
    "bn1": ((28, 28, 32), 128),
    "conv2": ((28, 28, 32), 9248),
    "bn2": ((28, 28, 32), 128),
    "pool1": ((14, 14, 32), 0),
    "conv3": ((14, 14, 64), 36928),
    "bn3": ((14, 14, 64), 256),
    "conv4": ((14, 14, 64), 36928),
    "bn4": ((14, 14, 64), 256),
    "pool2": ((7, 7, 64), 0),
    "flatten": ((3136,), 0),
    "dense": ((512,), 1606144),
    "output": ((10,), 5130),
}


# %% wrong: valid padding: every convolution shrinks the image
# says: A convolution with same padding keeps the size, pooling halves it, and each filter makes one channel.
layer_table = {
    "conv1": ((26, 26, 32), 320),
    "bn1": ((26, 26, 32), 128),
    "conv2": ((24, 24, 32), 9248),
    "bn2": ((24, 24, 32), 128),
    "pool1": ((12, 12, 32), 0),
    "conv3": ((10, 10, 64), 18496),
    "bn3": ((10, 10, 64), 256),
    "conv4": ((8, 8, 64), 36928),
    "bn4": ((8, 8, 64), 256),
    "pool2": ((4, 4, 64), 0),
    "flatten": ((1024,), 0),
    "dense": ((512,), 524800),
    "output": ((10,), 5130),
}


# %% wrong: number and shape swapped
# says: A shape with one number is written (512,), with a comma.
layer_table = {
    "conv1": ((28, 28, 32), 320),
    "bn1": ((28, 28, 32), 128),
    "conv2": ((28, 28, 32), 9248),
    "bn2": ((28, 28, 32), 128),
    "pool1": ((14, 14, 32), 0),
    "conv3": ((14, 14, 64), 18496),
    "bn3": ((14, 14, 64), 256),
    "conv4": ((14, 14, 64), 36928),
    "bn4": ((14, 14, 64), 256),
    "pool2": ((7, 7, 64), 0),
    "flatten": ((3136,), 0),
    "dense": ((512,), 1606144),
    "output": ((10,), 5130),
}
layer_table = {name: (params, shape) for name, (shape, params) in layer_table.items()}


# %% wrong: flatten row left out
# says: Its names are conv1, bn1, conv2, bn2, pool1, conv3, bn3, conv4, bn4, pool2, flatten, dense, output.
layer_table = {
    "conv1": ((28, 28, 32), 320),
    "bn1": ((28, 28, 32), 128),
    "conv2": ((28, 28, 32), 9248),
    "bn2": ((28, 28, 32), 128),
    "pool1": ((14, 14, 32), 0),
    "conv3": ((14, 14, 64), 18496),
    "bn3": ((14, 14, 64), 256),
    "conv4": ((14, 14, 64), 36928),
    "bn4": ((14, 14, 64), 256),
    "pool2": ((7, 7, 64), 0),
    "dense": ((512,), 1606144),
    "output": ((10,), 5130),
}


# %% wrong: dense sees only the 64 channels, as after global average pooling
# says: Flatten gives 7·7·64 numbers.
layer_table = {
    "conv1": ((28, 28, 32), 320),
    "bn1": ((28, 28, 32), 128),
    "conv2": ((28, 28, 32), 9248),
    "bn2": ((28, 28, 32), 128),
    "pool1": ((14, 14, 32), 0),
    "conv3": ((14, 14, 64), 18496),
    "bn3": ((14, 14, 64), 256),
    "conv4": ((14, 14, 64), 36928),
    "bn4": ((14, 14, 64), 256),
    "pool2": ((7, 7, 64), 0),
    "flatten": ((3136,), 0),
    "dense": ((512,), 33280),
    "output": ((10,), 5130),
}


# %% wrong: keys in capitals
# says: Its names are conv1, bn1, conv2, bn2, pool1, conv3, bn3, conv4, bn4, pool2, flatten, dense, output.
layer_table = {"CONV1": ((28, 28, 32), 320)}


# %% wrong: shapes with the batch axis
# says: This row is given: look at the comment in the cell, and at the text above it.
layer_table = {name: ((None, 28, 28, 32), 320) for name in "conv1 bn1 conv2 bn2 pool1 conv3 bn3 conv4 bn4 pool2 flatten dense output".split()}


# %% wrong: parameters as floats
# says: The numbers are right, and a type is not: a size is an int, and a tuple is not a list.
layer_table = {"conv1": ((28, 28, 32), 320.0), "bn1": ((28, 28, 32), 128), "conv2": ((28, 28, 32), 9248), "bn2": ((28, 28, 32), 128), "pool1": ((14, 14, 32), 0), "conv3": ((14, 14, 64), 18496), "bn3": ((14, 14, 64), 256), "conv4": ((14, 14, 64), 36928), "bn4": ((14, 14, 64), 256), "pool2": ((7, 7, 64), 0), "flatten": ((3136,), 0), "dense": ((512,), 1606144), "output": ((10,), 5130)}
