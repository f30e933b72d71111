"""Two networks, compared by what they compute: the same weights in both, and the same outputs must come out."""

import contextlib
import zlib
from unittest import mock

import keras
import numpy as np


class NotAlike(Exception):
    """Two networks do not have the same weights, so that no weights can be carried from one to the other."""


def draw_weights(model, rng):
    """Give a network weights of ordinary size, different in every layer, moving averages included."""
    for variable in model.variables:
        if not np.issubdtype(np.dtype(variable.dtype), np.floating):
            continue  # the state of a random generator
        shape, role = tuple(variable.shape), _role(variable)
        if role in ("gamma", "moving_variance"):
            values = rng.uniform(0.5, 1.5, shape)
        else:
            values = rng.normal(size=shape) / np.sqrt(max(1, np.prod(shape[:-1])))
        variable.assign(values.astype("float32"))


def carry_weights(source, target):
    """Copy all weights of `source` into `target`, by role (kernel, bias, gamma …), shape, and order among equals.

    Raises
    ------
    NotAlike
        If one of the two has other weights than the other.
    """
    found = _by_role(source)
    wanted = _by_role(target)
    if {key: len(group) for key, group in found.items()} != {key: len(group) for key, group in wanted.items()}:
        raise NotAlike
    for key, group in wanted.items():
        for ours, theirs in zip(group, found[key]):
            ours.assign(theirs)


def with_masks(model):
    """A copy of a Sequential or functional model in which each Dropout is a fixed mask.

    The mask depends on the shape that it meets and on the rate. So two copies give the same outputs only if
    their dropouts have the same rates and stand in the same places.
    """

    def copied(layer):
        if type(layer) is keras.layers.Dropout:
            return _Mask(layer.rate)
        return layer.__class__.from_config(layer.get_config())

    copy = keras.models.clone_model(model, clone_function=copied, recursive=True)
    carry_weights(model, copy)
    return copy


def outputs_of(model, images, names, given=None):
    """What the layers of these names put out in one pass of a model.

    Parameters
    ----------
    model : keras.Model
    images : array_like
        Input of the model.
    names : iterable of str
        Layers'.
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
    layers = [model.get_layer(name) for name in names]
    first = given and model.get_layer(given[0])
    tensor = keras.ops.convert_to_tensor(given[1] if given else images, dtype="float32")
    try:
        inputs = model.inputs  # a class of the student's own has none, though its layers may stand in a graph
        part = keras.Model(first.output if given else inputs, [layer.output for layer in layers])
    except (AttributeError, ValueError):  # no graph, a layer in several places of it, or a way around the first one
        return _noted(model, images, layers, first, tensor)
    return [np.asarray(each) for each in keras.tree.flatten(part(tensor, training=False))]


def _noted(model, images, layers, first, instead):
    """The same from a pass of the whole model, in which the `first` layer, if there is one, puts out what is given."""
    seen = {}

    def noting(layer, compute):
        def noted(*args, **kwargs):
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


class _Mask(keras.layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def call(self, x):
        shape = tuple(x.shape[1:])
        rng = np.random.default_rng(zlib.crc32(repr(shape).encode()))
        return x * (rng.uniform(0, 2, shape).astype("float32") + self.rate)


def _by_role(model):
    groups = {}
    for variable in model.weights:
        groups.setdefault((_role(variable), tuple(variable.shape)), []).append(variable)
    return groups


def _role(variable):
    return variable.path.split("/")[-1]
