"""Keras networks as data: a configuration of Keras' own layers, and the weights.

From these the other side builds its own.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any
from unittest import mock

import numpy as np

from autograder.judge.wire.compiling import compile_as, compiled
from autograder.judge.wire.keras_compat import parts_of
from autograder.judge.wire.plain import PLACEHOLDER, is_plain, is_strange, with_names
from autograder.judge.wire.values import WireError, known_to_numpy

TAGS = ("network", "history")
BASE = "autograder>Base"
HARMLESS = frozenset(  # what a class may define anew, and still compute what that computes which it is derived from
    """__module__ __qualname__ __doc__ __init__ __firstlineno__ __static_attributes__ __annotations__ __abstractmethods__
    _abc_impl __classcell__ get_config from_config""".split()  # noqa: E501
)


def described(value: Any) -> tuple[str, list[Any]] | None:
    """The tag and the fields that a network or a history travels as.

    None if the value is neither, or holds other code than Keras'.
    """
    keras = sys.modules.get("keras")
    if keras is None:
        return None
    if isinstance(value, keras.callbacks.History):
        return "history", [value.history, getattr(value, "epoch", None), value.params]  # no epoch before training
    config = own_configuration(value) if is_layer(value) else None
    return ("network", fields_of(value, config)) if config else None


def fields_of(network: Any, config: dict[str, Any], without: Sequence[Any] = ()) -> list[Any]:
    """What a network of this configuration travels as.

    That is the configuration, the weights but for those of some layers, and how the network was compiled.
    """
    return [config, weights_of(network, without), compiled(network)]


def weights_of(network: Any, without: Sequence[Any] = ()) -> list[Any]:
    """The values of a network's weights, but for those of some layers."""
    return [known_to_numpy(np.asarray(each.numpy())) for each in _weights(network, without)]


def _weights(network: Any, without: Sequence[Any]) -> list[Any]:
    others = {id(weight) for layer in without for weight in layer.weights}
    return [each for each in network.weights if id(each) not in others]


def configuration(network: Any, placeholders: Sequence[Any] = ()) -> dict[str, Any]:
    """Keras' configuration of a network, without how it was compiled.

    Each of `placeholders`, which are layers in it, has only a place there.

    A layer of a class that is derived from Keras' own, and computes as that does, is of Keras' class there.
    """
    import keras

    places = {id(layer): place for place, layer in enumerate(placeholders)}
    with contextlib.ExitStack() as stack:
        for layer in reversed([*parts_of(network), *placeholders]):  # what is inside before that in which it is
            base: Any = base_of(type(layer))
            if id(layer) in places:
                found = {PLACEHOLDER: places[id(layer)]}
            elif base not in (None, type(layer)):
                found = {BASE: base.__name__} | base.get_config(layer)
            else:
                continue
            stack.enter_context(mock.patch.object(layer, "get_config", functools.partial(dict, found)))
        config: dict[str, Any] = _replaced(with_names(keras.saving.serialize_keras_object(network)))
    config.pop("compile_config", None)
    return config


def _replaced(config: Any) -> Any:
    """A configuration in which the layers that gave `PLACEHOLDER` or `BASE` as their own are what these say."""
    if isinstance(config, (list, tuple)):
        return type(config)(map(_replaced, config))
    if not isinstance(config, dict):
        return config
    inner = config["config"] if isinstance(config.get("config"), dict) else {}
    if PLACEHOLDER in inner:
        kept = {name: config[name] for name in ("name", "inbound_nodes") if name in config}
        place = {"place": inner[PLACEHOLDER]}
        return {
            "module": "autograder",
            "class_name": "Placeholder",
            "config": place,
            "registered_name": PLACEHOLDER,
        } | kept
    if BASE in inner:
        name = inner.pop(BASE)
        module = "keras" if name == "Sequential" else "keras.layers"
        config = config | {"module": module, "class_name": name, "registered_name": None}
    return {name: _replaced(each) for name, each in config.items()}


def base_of(kind: type) -> type | None:
    """The class of Keras' that an object of this class computes as, or None.

    It is this class, or the one that it is derived from.
    """
    own: list[type] = []
    for each in kind.__mro__:
        if each.__module__.startswith("keras."):
            new = {name for one in own for name in vars(one)} - HARMLESS
            strange = any(hasattr(each, name) or name.startswith("__") for name in new)
            return None if strange or (own and each.__name__ == "Functional") else each
        own.append(each)
    return None


def own_configuration(layer: Any) -> dict[str, Any] | None:
    """The configuration of a layer that is, with all in it, of Keras' own classes and functions; else None."""
    import keras

    try:
        strange = any(
            is_strange(each)
            for part in parts_of(layer)
            if not isinstance(part, keras.Model)
            for each in vars(part).values()
        )
        config = None if strange else configuration(layer)
        return config if is_plain(config) else None
    except Exception:  # a student's own class need not know how
        return None


def has_graph(network: Any) -> bool:
    """Whether a network is a Sequential or functional one, or of a class that computes as these do."""
    return getattr(base_of(type(network)), "__name__", None) in ("Sequential", "Functional")


def is_layer(value: Any) -> bool:
    """Whether a value is a layer or a network of Keras'."""
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(value, keras.layers.Layer)


def kind_of_class(kind: type) -> str | None:
    """ "network" or "layer" if a class is one of these, else None."""
    keras = sys.modules.get("keras")
    if keras is None or not issubclass(kind, keras.layers.Layer):
        return None
    return "network" if issubclass(kind, keras.Model) else "layer"


def rebuilt(tag: str, fields: Any) -> Any:
    """What `described` described.

    Raises
    ------
    WireError
        If that is no network of Keras' own layers.
    Exception
        If Keras can't make it, or the weights don't fit it.
    """
    import keras

    if tag == "history":
        history = keras.callbacks.History()
        history.history, history.epoch, history.params = map(_plain, fields)
        return history
    config, weights, how, layers = fields
    if not is_plain(config, len(layers)) or not all(isinstance(each, keras.layers.Layer) for each in layers):
        raise WireError("a network holds something that is not Keras' own")
    config = copy.deepcopy(config)  # Keras takes parts of it away, and `config` may be kept for a comparison
    network = _made(config, {PLACEHOLDER: SimpleNamespace(from_config=lambda config: layers[config["place"]])})
    if not isinstance(network, keras.layers.Layer):
        raise WireError("it describes no network")
    if how is not None:
        compile_as(network, how)
    return with_weights(network, weights, layers)


def with_weights(network: Any, weights: Any, without: Sequence[Any] = ()) -> Any:
    """The network, with these values of its weights, but for those of some layers."""
    here = _weights(network, without)
    if not weights:  # a network that is not built there, and may be so here
        return network
    if len(here) != len(weights) or not all(isinstance(each, (np.ndarray, np.generic)) for each in weights):
        raise ValueError("the weights are not those of the network")
    for weight, value in zip(here, weights):
        weight.assign(value)
    return network


def _made(config: dict[str, Any], known: dict[str, Any]) -> Any:
    """The layer of a configuration, as Keras makes it.

    A Sequential network, however, is built once, and not again after each of its layers.
    """
    import keras

    parts: Any = config.get("config")
    if config.get("class_name") != "Sequential" or "build_input_shape" not in parts:
        return keras.saving.deserialize_keras_object(config, known, safe_mode=True)
    return keras.Sequential([_made(each, known) for each in parts["layers"]], name=parts["name"])


def _plain(value: Any) -> Any:
    if type(value) not in (dict, list, type(None)):
        raise WireError("it describes no history of a training")
    return value
