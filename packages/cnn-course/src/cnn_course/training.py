"""Training that happens once: saved beside the notebook, and loaded again while the notebook is graded."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Callable
from typing import Any

import h5py
import keras
import numpy as np
from numpy.typing import NDArray

from cnn_course.checks.saying import say
from cnn_course.language import _
from cnn_course.progress import Progress as Progress  # the notebooks ask for this, and what has two names, here
from cnn_course.progress import TimeLimit
from cnn_course.surroundings import being_graded as being_graded
from cnn_course.weights import IMAGES, files_like, load_into, see_an_image
from cnn_course.weights import fault_of as fault_of

GRADING_SECONDS = 100
HISTORY = "history"  # the attribute of a file of weights that keeps the numbers of their training
MOST_OF_A_HISTORY = 60_000  # bytes: HDF5 takes attributes of up to 64 KB
WITHOUT_WEIGHTS = "without_weights"  # among a History's `params`


class NotToTrain(Exception):
    """What a student's function built can't be trained, or need not be. Notebooks show its message alone."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


def load_or_train(
    build: Callable[[], keras.Model],
    train: Callable[[keras.Model, list[keras.callbacks.Callback]], keras.callbacks.History],
    weights: str,
    most_parameters: int | None = None,
) -> tuple[keras.Model, keras.callbacks.History | None]:
    """Return a trained network and its `History`.

    Trains and saves the weights and the history, unless the training has left the network as it was. While the notebook
    is graded, loads them instead; if there are none, trains for at most `GRADING_SECONDS` of computing time; if they
    can't be loaded, says why and returns the network as it was built.

    Parameters
    ----------
    build : callable
        Returns a new compiled Keras model.
    train : callable
        Takes the model and a list of Keras callbacks to hand on to `fit`, and returns the `History`.
    weights : str
        Name of the file, which ends in .weights.h5.
    most_parameters : int, optional
        How many parameters are allowed: more are not trained, but while the notebook is graded.

    Returns
    -------
    tuple of keras.Model and (keras.callbacks.History or None)
        The history is None if `fit` was not called. That of a network with weights from a file that keeps none has one
        epoch, of which nothing is known: its loss is NaN.

    Raises
    ------
    NotToTrain
        If `build` does not return a Keras model, or one with too many parameters.
    """
    found = files_like(weights) if being_graded() else []
    if len(found) == 1:
        model = load(build, weights)
        return model, model.history
    if found:
        print(fault_of(weights))
    model = _network(build)
    if most_parameters is not None and not being_graded():
        see_an_image(model)
        _require_few_parameters(model, most_parameters, build)
    before = model.get_weights()
    limit = TimeLimit(GRADING_SECONDS)
    history = train(model, [limit] if being_graded() else [Progress()])
    if _are_the_same(before, model.get_weights()):
        print(
            _(
                "{name} has left the network that it was given as it was: train this one, and no other. "
                "No weights were saved.",
                name=_name(train),
            )
        )
        return model, history
    if not being_graded():
        model.save_weights(weights)
    if not isinstance(history, keras.callbacks.History):
        print(
            _(
                "{name} should return what fit returns, and it returned {value}. "
                "The network is trained all the same, and need not be trained again.",
                name=_name(train),
                value=say(history),
            )
        )
        history = getattr(model, "history", None)
    if isinstance(history, keras.callbacks.History):
        if limit.is_over:
            history.params = {**(history.params or {}), WITHOUT_WEIGHTS: True}
        if not being_graded():
            _keep(history, weights)
    return model, history


def load(build: Callable[[], keras.Model], weights: str) -> keras.Model:
    """Return a network with weights that were saved: after a restart, nothing has to be trained again.

    The `history` of the network is that of their training. If they can't be loaded, says why and returns the network as
    it was built.

    Parameters
    ----------
    build : callable
        Returns a new Keras model.
    weights : str
        Name of the file.

    Raises
    ------
    NotToTrain
        If `build` does not return a Keras model.
    """
    model, fault = _loaded(build, weights)
    print(fault or _("{file} was loaded.", file=files_like(weights)[0]))
    if fault:
        model.history = _history({"loss": [math.nan]}, {WITHOUT_WEIGHTS: True})
    else:
        model.history = _history(_kept(weights) or {"loss": [math.nan]}, {})
    return model


def _loaded(build: Callable[[], keras.Model], weights: str) -> tuple[keras.Model, str | None]:
    """A network with saved weights; or as it was built, and why they can't be loaded."""
    tried = []
    for shape in IMAGES:
        model = _network(build)
        says_its_images = model.built
        tried.append((model, load_into(model, weights, shape)))
        if tried[-1][1] is None:
            return tried[-1]
        if says_its_images:
            break
    return tried[0]


def _keep(history: keras.callbacks.History, weights: str) -> None:
    """Put the numbers of a training into the file of its weights, if they fit in."""
    with contextlib.suppress(TypeError, ValueError, OSError):
        text = json.dumps(history.history, default=float).encode()
        if len(text) <= MOST_OF_A_HISTORY:
            with h5py.File(weights, "a") as file:
                file.attrs[HISTORY] = np.bytes_(text)


def _kept(weights: str) -> dict[str, list[float]] | None:
    """The numbers of a training that a file of its weights keeps; None if it keeps none, or something else."""
    [name] = files_like(weights)
    try:
        with h5py.File(name) as file:
            attribute = file.attrs.get_id(HISTORY)
            if attribute.dtype.kind != "S" or attribute.shape or attribute.get_storage_size() > MOST_OF_A_HISTORY:
                return None
            numbers = json.loads(file.attrs[HISTORY])
    except (OSError, KeyError, TypeError, ValueError, RecursionError):  # no HDF5, no history, or no JSON
        return None
    return numbers if _are_of_a_training(numbers) else None


def _are_of_a_training(numbers: Any) -> bool:
    return (
        isinstance(numbers, dict)
        and bool(numbers.get("loss"))
        and all(isinstance(each, list) and len(each) == len(numbers["loss"]) for each in numbers.values())
        and all(type(number) in (int, float) for each in numbers.values() for number in each)
    )


def _history(numbers: dict[str, list[float]], params: dict[str, Any]) -> keras.callbacks.History:
    history = keras.callbacks.History()
    history.history, history.epoch, history.params = numbers, list(range(len(numbers["loss"]))), params
    return history


def _network(build: Callable[[], keras.Model]) -> keras.Model:
    model = build()
    if not isinstance(model, keras.Model):
        said = _("{name} should return a Keras model, and it returned {value}.", name=_name(build), value=say(model))
        raise NotToTrain(said)
    return model


def _require_few_parameters(model: keras.Model, most: int, build: Callable[[], keras.Model]) -> None:
    count = sum(math.prod(weight.shape) for weight in model.weights)
    if count > most:
        raise NotToTrain(
            _(
                "{call} has {count} parameters, and {most} are allowed: it was not trained.",
                call=f"{_name(build)}()",
                count=f"{count:,}",
                most=f"{most:,}",
            )
        )


def _are_the_same(before: list[NDArray[Any]], after: list[NDArray[Any]]) -> bool:
    return len(before) == len(after) and all(map(np.array_equal, before, after))


def _name(function: Callable[..., Any]) -> str:
    return getattr(function, "__name__", _("the function"))


def fault_behind(history: object, weights: str, model: keras.Model) -> str | None:
    """Say why a network is not as it was trained, if `load_or_train` returned it with this history; or return None.

    Parameters
    ----------
    history : object
        What the student has for the history: whoever trains in another way hears nothing of files.
    weights : str
        Name of the file.
    model : keras.Model
        The network that the weights are for.
    """
    params = getattr(history, "params", None)
    return fault_of(weights, model) if isinstance(params, dict) and params.get(WITHOUT_WEIGHTS) else None
