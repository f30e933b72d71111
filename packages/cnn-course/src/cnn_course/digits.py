"""Handwritten digits: a small real set that is always there, and full MNIST where it can be had."""

import functools
import hashlib
import os
import zipfile
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_course.language import _

_DATA = resources.files("cnn_course") / "data"

Digits = tuple[NDArray[Any], NDArray[Any]]  # images, and their labels


def load(which: str = "embedded") -> tuple[Digits, Digits]:
    """Return the digits as `(x_train, y_train), (x_val, y_val)`: some to learn from, and others for validation.

    Parameters
    ----------
    which : {"embedded", "full"}, default "embedded"
        "embedded" is 4,000 real digits of MNIST that come with the package, split once and for all into
        3,500 to learn from and 500 for validation, every class equally often. "full" is all of MNIST, from
        the file that the environment variable MNIST_NPZ names, or else from where Keras keeps or downloads
        it: 59,000 to learn from, and the official 10,000 test digits for validation. The 1,000 digits
        that the course is graded with are in neither.

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
        parts = _embedded()
    elif which == "full":
        train, validation = _full()
        parts = _without_left_out(*train), validation
    else:
        raise ValueError(_('which must be "embedded" or "full", and it is {value}', value=repr(which)))
    train, validation = ((images.copy(), labels.copy()) for images, labels in parts)
    return train, validation


def example(label: int, index: int = 0) -> NDArray[Any]:
    """Return one embedded digit as a float32 image `(28, 28)` between 0 and 1.

    Parameters
    ----------
    label : int
        Which digit, 0 to 9.
    index : int, default 0
        Which of its 350 training examples.
    """
    images, labels = _embedded()[0]
    image: NDArray[Any] = images[labels == label][index].astype("float32") / 255
    return image


def held_out() -> Digits:
    """Return the images and labels of the test, 1,000 digits: for hidden tests and nothing else.

    What has been looked at is no test any more. While a submission is graded, its own code can't read them.
    """
    images, labels = _read("test.npz", "x_test", "y_test")
    return images, labels


@functools.cache
def _embedded() -> tuple[Digits, Digits]:
    x_train, y_train, x_val, y_val = _read("digits.npz", "x_train", "y_train", "x_val", "y_val")
    return (x_train, y_train), (x_val, y_val)


def _read(file: str, *names: str) -> tuple[NDArray[Any], ...]:
    """Arrays of a data file, labels as int64.

    Nothing of it is kept: a process that forks kernels hands on what it keeps.
    """
    with (_DATA / file).open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        return tuple(arrays[name].astype("int64") if name.startswith("y") else arrays[name] for name in names)


def _without_left_out(images: NDArray[Any], labels: NDArray[Any]) -> Digits:
    """The digits that are not of the test."""
    firsts = [int.from_bytes(hashlib.sha256(image.tobytes()).digest()[:8], "big") for image in images]
    with (_DATA / "left_out.npy").open("rb") as file:
        kept = ~np.isin(np.array(firsts, "uint64"), np.load(file, allow_pickle=False))
    return images[kept], labels[kept]


def _full() -> tuple[Digits, Digits]:
    path = os.environ.get("MNIST_NPZ")
    if path:
        return _read_npz(Path(path))
    from tensorflow import keras

    try:
        (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
    except Exception as error:
        raise FileNotFoundError(
            _(
                "Full MNIST is not on this machine and could not be downloaded. Put Keras' mnist.npz somewhere "
                "and set MNIST_NPZ to its path, or stay with the embedded digits. ({error})",
                error=error,
            )
        ) from error
    return (x_train, y_train.astype("int64")), (x_test, y_test.astype("int64"))


def _read_npz(path: Path) -> tuple[Digits, Digits]:
    if not path.is_file():
        raise FileNotFoundError(
            _("MNIST_NPZ names {path}, but there is no file there: correct it or unset it.", path=path)
        )
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            parts = [file[name] for name in ("x_train", "y_train", "x_test", "y_test")]
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise ValueError(
            _(
                "{path} is not MNIST in Keras' layout (arrays x_train, y_train, x_test, y_test): {error}",
                path=path,
                error=error,
            )
        ) from error
    x_train, y_train, x_test, y_test = parts
    return (x_train, y_train.astype("int64")), (x_test, y_test.astype("int64"))
