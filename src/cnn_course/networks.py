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
    seen = {}

    def noting(name, compute):
        def noted(*args, **kwargs):
            seen[name] = compute(*args, **kwargs)
            return seen[name]

        return noted

    with contextlib.ExitStack() as stack:
        for name in names:
            layer = model.get_layer(name)
            stack.enter_context(mock.patch.object(layer, "call", noting(name, layer.call)))
        if given is not None:
            before, values = given
            tensor = keras.ops.convert_to_tensor(values, dtype="float32")
            stack.enter_context(mock.patch.object(model.get_layer(before), "call", lambda *args, **kwargs: tensor))
        model(keras.ops.convert_to_tensor(images, dtype="float32"), training=False)
    return [np.asarray(seen[name]) for name in names]


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
