"""Files of weights beside a notebook: found, loaded into a network, and in one sentence why they can't be."""

from __future__ import annotations

import collections
import contextlib
import shutil
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import IO

import h5py
import keras
import numpy as np

from cnn_course.keras_compat import parts_of
from cnn_course.language import N_, _, listed

MOST_MEGABYTES = 100
IMAGES = ((28, 28, 1), (32, 32, 1))  # the course's, for models that do not say theirs
SUFFIXES = (".h5", ".hdf5", ".keras")
IN_A_KERAS_FILE = "model.weights.h5"
NOT_WEIGHTS = ("optimizer", "seed_generator", "metrics")  # what such a file holds besides


def files_like(weights: str) -> list[str]:
    """The files of a name, or else those, here or in a folder here, that were saved or renamed in another way.

    ``mnist_cnn.weights.h5`` may have become ``mnist_cnn-1.weights.h5`` or ``mnist_cnn.weights (1).h5``, or be
    ``mnist_cnn.keras``.
    """
    stem = Path(weights).name.partition(".")[0].lower()
    if Path(weights).exists() or Path(weights).is_symlink():
        return [weights]
    near = [*Path().glob("*"), *Path().glob("*/*")]
    alike = [path for path in near if path.name.lower().startswith(stem) and path.suffix.lower() in SUFFIXES]
    alike = [path for path in alike if path.is_file()]
    return sorted(path.as_posix() for path in [each for each in alike if "weights" in each.name] or alike)


def fault_of(weights: str, model: keras.Model | None = None) -> str | None:
    """Say in one sentence why a file of weights can't be loaded into a model, or return None if it can.

    Parameters
    ----------
    weights : str
        Name of the file.
    model : keras.Model, optional
        The network that the weights are for; it keeps the weights it has. Without it, only the file is looked at.
    """
    fault = _fault_of_file(weights)
    if fault or model is None:
        return fault
    see_an_image(model)
    kept = model.get_weights()
    fault = load_into(model, weights)
    model.set_weights(kept)
    # What holds classes of the student's own may load them where these are known, and not here.
    return fault if _holds_others(weights, model) or _is_all_of_keras(model) else None


def _fault_of_file(weights: str) -> str | None:
    found = files_like(weights)
    if not found or not Path(found[0]).is_file():
        return _("{file} is not beside the notebook: hand in both.", file=weights)
    if len(found) > 1:
        return _(
            "{file} is not beside the notebook, but {others} are: hand in the right one under that name.",
            file=weights,
            others=listed(found),
        )
    name, path = found[0], Path(found[0])
    megabytes = path.stat().st_size / 1e6
    if megabytes > MOST_MEGABYTES:
        return _(
            "{file} has {size} MB, and files over {most} MB are not read: save the weights again.",
            file=name,
            size=f"{megabytes:,.0f}",
            most=MOST_MEGABYTES,
        )
    try:
        _form_of(path)
    except (OSError, zipfile.BadZipFile):
        return _("{file} is damaged or cut off: save the weights again, and copy the whole file.", file=name)
    except ValueError as fault:
        return _(str(fault), file=name, call=f"model.save_weights({weights!r})")
    return None


def _form_of(path: Path) -> str:
    """The ending under which Keras reads a file of this content."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
        if not 0 < parts.get(IN_A_KERAS_FILE, 0) < MOST_MEGABYTES * 1e6:
            raise ValueError(N_("{file} is a zip archive without weights of Keras: save the weights with {call}."))
        return ".keras"
    if not h5py.is_hdf5(path):
        raise ValueError(N_("{file} is not an HDF5 file: save the weights with {call}."))
    with h5py.File(path) as file:
        return ".h5" if "layer_names" in file.attrs or "model_weights" in file else ".weights.h5"


def load_into(model: keras.Model, weights: str, *shapes: tuple[int, ...]) -> str | None:
    """Load weights into a model for images of one of these shapes; say why they can't be, or return None."""
    fault = _fault_of_file(weights)
    if fault:
        return fault
    see_an_image(model, *shapes)
    [name] = files_like(weights)
    with tempfile.TemporaryDirectory() as folder:
        copy = f"{folder}/copy{_form_of(Path(name))}"
        shutil.copyfile(name, copy)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the state of an optimizer, which only a training needs
                model.load_weights(copy)
        except Exception:
            return _(
                "{file} does not fit this network: {why}. If it should be loaded, save it again from this one.",
                file=name,
                why=_holds_others(weights, model)
                or _("the shapes are right, but the layers are put together in another way"),
            )
    return None


def see_an_image(model: keras.Model, *shapes: tuple[int, ...]) -> None:
    """Give a model that was made without the shape of its images all its weights."""
    for shape in shapes or IMAGES:
        with contextlib.suppress(Exception):  # its images have another shape
            model(np.zeros((1, *shape), "float32"), training=False)
            return


def _holds_others(weights: str, model: keras.Model) -> str | None:
    """A clause on a weight that either the file or the model has and the other has not; None if there is none."""
    [name] = files_like(weights)
    ours = collections.Counter(tuple(each.shape) for each in model.weights)
    theirs = collections.Counter(_shapes_in(Path(name)))
    for shape in sorted(theirs - ours, key=len, reverse=True):
        if not ours[shape]:
            return _("it holds weights of shape {shape}, and the network has none of that shape", shape=shape)
        return _(
            "it holds weights of shape {shape}, and the network has {count} of that shape",
            shape=shape,
            count=ours[shape],
        )
    for shape in sorted(ours - theirs, key=len, reverse=True):
        if not theirs[shape]:
            return _("the network has weights of shape {shape}, and the file holds none of that shape", shape=shape)
        return _(
            "the network has weights of shape {shape}, and the file holds {count} of that shape",
            shape=shape,
            count=theirs[shape],
        )
    return None


def _shapes_in(path: Path) -> list[tuple[int, ...]]:
    opened: Path | IO[bytes] = path
    shapes: list[tuple[int, ...]] = []
    with contextlib.ExitStack() as stack:
        if _form_of(path) == ".keras":
            archive = stack.enter_context(zipfile.ZipFile(path))
            opened = stack.enter_context(archive.open(IN_A_KERAS_FILE))
        file = stack.enter_context(h5py.File(opened))

        def note(name: str, part: h5py.Group | h5py.Dataset) -> None:
            if (
                isinstance(part, h5py.Dataset)
                and part.shape is not None
                and not any(word in name for word in NOT_WEIGHTS)
            ):
                shapes.append(part.shape)

        file.visititems(note)
    return shapes


def _is_all_of_keras(model: keras.Model) -> bool:
    return all(type(part).__module__.startswith("keras.") for part in parts_of(model))
