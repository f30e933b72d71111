"""Two networks, compared by what they compute: the same weights in both, and the same outputs must come out."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from unittest import mock

import keras
import numpy as np

from cnn_course.keras_compat import parts_of
from cnn_course.language import _

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

ROLES = ("kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance")
LARGE = {"gamma": 3, "moving_variance": 10}  # beside which an epsilon of any usual size does not count
CHANCE = 7  # standard errors between two means: less than one time in 10^10
SLACK = 0.05  # of a mean, since a batch's normalisation makes images depend on each other
DROPPED = 0.05  # the reading of a unit that is not 0 is well above


def draw_weights(model: keras.Model, seed: int) -> None:
    """Give a network weights of ordinary size: to equal weights of two networks the same.

    The order in which they were made does not matter. Weights are equal if they have the same role (kernel, bias,
    gamma …), the same shape and the same place among such weights of their network.

    Parameters
    ----------
    model : keras.Model
    seed : int
    """
    for (role, shape), group in _by_role(model).items():
        for place, variable in enumerate(group):
            rng = np.random.default_rng([seed, zlib.crc32(role.encode()), *shape, place])
            if role in LARGE:
                values = rng.uniform(LARGE[role] / 2, LARGE[role] * 3 / 2, shape)
            else:
                values = rng.normal(size=shape) / np.sqrt(max(1, int(np.prod(shape[:-1]))))
            variable.assign(values.astype("float32"))


def have_equal_weights(one: keras.Model, other: keras.Model) -> bool:
    """Whether two networks have as many weights of each role and shape."""
    counts = [{key: len(group) for key, group in _by_role(each).items()} for each in (one, other)]
    return counts[0] == counts[1]


def carry_weights(source: keras.Model, target: keras.Model) -> None:
    """Copy all weights of `source` into `target`, which has equal ones."""
    found = _by_role(source)
    for key, group in _by_role(target).items():
        for ours, theirs in zip(group, found[key]):
            ours.assign(theirs)


def readings(model: keras.Model, images: NDArray[Any]) -> NDArray[Any]:
    """What reaches the softmax of a network in one pass in training.

    It is given for each image and each unit but the last, less the last one's.
    """
    logs = np.log(np.maximum(np.asarray(model(images, training=True), dtype="float64"), 1e-30))
    read: NDArray[Any] = logs[:, :-1] - logs[:, -1:]
    return read


def alike_by_chance(ours: NDArray[Any], theirs: NDArray[Any], groups: Sequence[slice]) -> bool:
    """Whether the readings of two networks that drop units at random have one distribution.

    Compared are means over the images: of the readings and their spread, and how often they are positive and not 0.

    Parameters
    ----------
    ours, theirs : numpy.ndarray
        What `readings` gives.
    groups : sequence of slice
        Units whose readings have one distribution, group by group.
    """
    if not np.isfinite(ours).all():
        return False
    for group in groups:
        for (one, slack), (other, __) in zip(_features(ours[:, group]), _features(theirs[:, group])):
            chance = np.sqrt(one.var() / len(one) + other.var() / len(other))
            if abs(one.mean() - other.mean()) > CHANCE * chance + slack * abs(other.mean()) + 1e-3:
                return False
    return True


def convolutions(model: keras.Model) -> list[keras.layers.Conv2D]:
    """The convolutions of a model, those in models and layers inside it too, in their order.

    Says so if there is none.
    """
    found = [part for part in parts_of(model) if isinstance(part, keras.layers.Conv2D)]
    if not found:
        print(_("There is nothing to see here: this network has no Conv2D layer."))
    return found


def outputs_of(
    model: keras.Model,
    images: ArrayLike,
    names: Iterable[str | keras.layers.Layer],
    given: tuple[str, ArrayLike] | None = None,
) -> list[NDArray[Any]]:
    """What the layers of these names put out in one pass of a model.

    Parameters
    ----------
    model : keras.Model
    images : array_like
        Input of the model.
    names : iterable of str or keras.layers.Layer
        Layers'; in the place of a name the layer itself, which may lie in a model inside this one.
    given : tuple of (str, array_like), optional
        A layer before these, and what that one is to put out instead of what it computes.

    Returns
    -------
    list of numpy.ndarray

    Raises
    ------
    ValueError
        If the model has no layer of one of the names.
    """
    layers = [each if isinstance(each, keras.layers.Layer) else model.get_layer(each) for each in names]
    first = given and model.get_layer(given[0])
    tensor = keras.ops.convert_to_tensor(given[1] if given else images, dtype="float32")
    try:
        inputs = model.inputs  # a class of the student's own has none, though its layers may stand in a graph
        part = keras.Model(inputs if first is None else first.output, [layer.output for layer in layers])
    except (AttributeError, ValueError):  # no graph, a layer in several places of it, or a way around the first one
        return _noted(model, images, layers, first, tensor)
    return [np.asarray(each) for each in keras.tree.flatten(part(tensor, training=False))]


def _noted(
    model: keras.Model,
    images: ArrayLike,
    layers: list[keras.layers.Layer],
    first: keras.layers.Layer | None,
    instead: Any,
) -> list[NDArray[Any]]:
    """The same from a pass of the whole model, in which the `first` layer, if there is one, puts out what is given."""
    seen: dict[keras.layers.Layer, Any] = {}

    def noting(layer: keras.layers.Layer, compute: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*args: Any, **kwargs: Any) -> Any:
            seen[layer] = compute(*args, **kwargs)
            return seen[layer]

        return noted

    with contextlib.ExitStack() as stack:
        for layer in layers:
            stack.enter_context(mock.patch.object(layer, "call", noting(layer, layer.call)))
        if first is not None:
            stack.enter_context(mock.patch.object(first, "call", lambda *args, **kwargs: instead))
        model(keras.ops.convert_to_tensor(images, dtype="float32"), training=False)
    return [np.asarray(seen[layer]) for layer in layers]


def _features(part: NDArray[Any]) -> Iterator[tuple[NDArray[Any], float]]:
    """What is compared of readings, for every image, and by what part of its mean each may differ besides by chance."""
    yield part.mean(axis=1), SLACK
    yield ((part - part.mean(axis=0)) ** 2).mean(axis=1), SLACK
    yield (part > DROPPED).mean(axis=1), 0
    yield (np.abs(part) > DROPPED).mean(axis=1), 0


def _by_role(model: keras.Model) -> dict[tuple[str, tuple[int, ...]], list[keras.Variable]]:
    groups: dict[tuple[str, tuple[int, ...]], list[keras.Variable]] = {}
    for variable in model.weights:
        groups.setdefault((_role(variable), tuple(variable.shape)), []).append(variable)
    return groups


def _role(variable: keras.Variable) -> str:
    name: str = variable.path.split("/")[-1]
    if name in ROLES:
        return name
    return "kernel" if len(variable.shape) > 1 else "bias"  # of a layer of one's own
