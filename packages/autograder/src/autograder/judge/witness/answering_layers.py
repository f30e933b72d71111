"""The student's side of layers and networks that hold code of the student's.

It says what they are, and computes with them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from unittest import mock

import keras
import numpy as np
import tensorflow as tf

from autograder.judge.wire import networks
from autograder.judge.wire.compiling import compiled
from autograder.judge.wire.plain import is_plain
from autograder.judge.wire.structures import is_tensor, put_together, spec_of, symbolic, taken_apart
from autograder.judge.wire.values import known_to_numpy

Target = tuple[Any, Sequence[tuple[Any, Callable[..., Any]]]]  # a layer, and functions in the place of its layers'
Became = tuple[Any, list[Any], list[list[Any]]]  # what was asked for, and what became of the layer meanwhile


class ServedLayers:
    """Layers that the judge has stand-ins for.

    Parameters
    ----------
    handle_of : callable
        Gives the handle of an object.
    objects : dict
        The objects by handle.
    """

    def __init__(self, handle_of: Callable[[Any], int], objects: dict[int, Any]) -> None:
        self._handle_of, self._objects = handle_of, objects
        self._originals: dict[int, Callable[..., Any]] = {}

    def facts(self, layer: Any) -> tuple[dict[str, Any], list[Any]]:
        """What the judge is told of a layer, and the layers in it.

        Returns
        -------
        tuple of (dict, list of keras.layers.Layer)
        """
        parts = _parts(layer)
        facts: dict[str, Any] = {"name": layer.name, "weights": [self._weight(each) for each in _own(layer)]}
        facts["own"] = not type(layer).__module__.startswith("keras.")
        for name in ("input_shape", "output_shape"):
            facts[name] = None
            with contextlib.suppress(AttributeError, ValueError, TypeError):
                facts[name] = getattr(layer, name)
        facts["spec"] = None  # of inputs and outputs, of a layer that is called at one place of a graph
        with contextlib.suppress(AttributeError, ValueError):
            facts["spec"] = spec_of(((layer.input,), {})), spec_of(layer.output)
        facts["compiled"] = compiled(layer)
        return facts, parts

    @staticmethod
    def with_placeholders(network: Any) -> tuple[dict[str, Any], list[Any]] | None:
        """The configuration of a Sequential or functional network, with placeholders in it.

        They stand for the layers that hold code of the student's.

        Returns
        -------
        tuple of (dict, list of keras.layers.Layer), or None
            The configuration, and the layers; None if it is no such network.
        """
        if not networks.has_graph(network) or not network.built:
            return None
        layers = list({id(layer): layer for layer in _strange(network)}.values())
        try:
            config = networks.configuration(network, layers)
            return (config, layers) if is_plain(config, len(layers)) else None
        except Exception:  # layers that are called in a way of their own
            return None

    def as_the_judge_has_it(
        self, handle: int, values: Iterable[Any], replaced: Iterable[Any]
    ) -> tuple[Any, list[tuple[Any, Callable[..., Any]]]]:
        """The layer of a handle, with the values of its weights, and functions with their layers.

        Each function stands in the place of what its layer, which is inside the first one, computes.
        """
        for weight, value in values:
            if not np.array_equal(self._objects[weight], value):
                self._objects[weight].assign(value)
        return self._objects[handle], [(self._objects[layer], function) for layer, function in replaced]

    def compute(self, target: Target, skeleton: Any, flat: list[Any], training: bool | None) -> Became:
        """How the outputs of a layer are nested, the outputs, and the states of random layers before.

        What became of the layer comes with them.
        """

        def computed(layer: Any) -> tuple[Any, list[Any], list[Any]]:
            seeds = [[self._handle_of(each), each.numpy()] for each in _seeds(layer)]
            return *taken_apart(self._outputs(layer, put_together(skeleton, flat), training)), seeds

        return self._run(target, computed)

    def spec(self, target: Target, inputs: Any, training: bool | None) -> Became:
        """The shapes and dtypes of the outputs for inputs of certain shapes."""
        return self._run(target, lambda layer: spec_of(self._outputs(layer, symbolic(inputs), training)))

    def gradients(
        self,
        target: Target,
        skeleton: Any,
        flat: list[Any],
        training: bool | None,
        seeds: Iterable[Any],
        upstream: Iterable[Any],
        handles: Iterable[int],
    ) -> Became:
        """The gradients of the outputs of an earlier pass, weighted by `upstream`.

        There is one for each tensor put in and for each weight.
        """

        def differentiated(layer: Any) -> list[Any]:
            before = [(each, each.numpy()) for each in layer.variables]
            for handle, value in seeds:
                self._objects[handle].assign(value)
            inputs = [tf.convert_to_tensor(each) if is_tensor(each) else each for each in flat]
            tensors = [each for each in inputs if is_tensor(each)]
            with tf.GradientTape() as tape:
                tape.watch(tensors)
                _, outputs = taken_apart(self._outputs(layer, put_together(skeleton, inputs), training))
            for variable, value in before:
                variable.assign(value)
            sources = [*tensors, *[self._objects[handle].value for handle in handles]]
            found = tape.gradient(outputs, sources, output_gradients=[tf.convert_to_tensor(each) for each in upstream])
            return [None if each is None else tf.convert_to_tensor(each) for each in found]

        return self._run(target, differentiated)

    def load_weights(self, network: Any, file: str) -> tuple[list[Any], list[list[Any]]]:
        """The weights of a network as they are in a file.

        Those that the judge has itself come first, in order; then all of them, by handle. The network keeps its own.
        """
        kept = [(each, each.numpy()) for each in network.weights]
        try:
            network.load_weights(file)
            others = list(_strange(network)) if networks.has_graph(network) else [network]
            by_handle = [[self._handle_of(each), known_to_numpy(np.asarray(each.numpy()))] for each in network.weights]
            return networks.weights_of(network, others), by_handle
        finally:
            for weight, value in kept:
                weight.assign(value)

    def _outputs(self, layer: Any, inputs: Any, training: bool | None) -> Any:
        arguments, keywords = inputs
        original = self._originals.get(id(layer))  # a test has put a function in its place, which asks for it
        if original:
            return original(*arguments, **keywords)
        return layer(*arguments, **keywords, **({} if training is None else {"training": training}))

    def _run(self, target: Target, run: Callable[[Any], Any]) -> Became:
        layer, replaced = target
        before, kept = dict(self._originals), {id(weight): weight.numpy() for weight in layer.weights}
        inside = {id(each) for each in _all_in(layer)}
        with contextlib.ExitStack() as stack:
            for part, function in replaced:
                self._originals.setdefault(id(part), part.call)
                stack.enter_context(mock.patch.object(part, "call", function))
            try:
                result = run(layer)
            finally:
                self._originals = before
        grown = [layer] if any(id(each) not in inside for each in _all_in(layer)) else []
        return result, grown, self._changed(layer, kept)

    def _changed(self, layer: Any, before: dict[int, Any]) -> list[list[Any]]:
        """The weights that are new, or not what they were, each with the handle of the layer whose it is."""
        found = [
            [self._handle_of(layer), *self._weight(weight)]
            for weight in _own(layer)
            if id(weight) not in before or (before[id(weight)] != weight.numpy()).any()
        ]
        return found + [each for part in _parts(layer) for each in self._changed(part, before)]

    def _weight(self, weight: Any) -> list[Any]:
        dtype = keras.backend.standardize_dtype(weight.dtype)
        return [
            self._handle_of(weight),
            weight.name,
            weight.trainable,
            dtype,
            known_to_numpy(np.asarray(weight.numpy())),
        ]


def _strange(network: Any) -> Iterator[Any]:
    """The layers in a Sequential or functional network, and in those in it, that hold code of the student's."""
    for layer in network.layers:
        if networks.has_graph(layer):
            yield from _strange(layer)
        elif networks.own_configuration(layer) is None:
            yield layer


def _parts(layer: Any) -> list[Any]:
    return list(layer.layers) if isinstance(layer, keras.Model) else []


def _own(layer: Any) -> list[Any]:
    in_parts = {id(weight) for part in _parts(layer) for weight in part.weights}
    return [weight for weight in layer.weights if id(weight) not in in_parts]


def _seeds(layer: Any) -> list[Any]:
    weights = {id(each) for each in layer.weights}
    return [each for each in layer.variables if id(each) not in weights]


def _all_in(layer: Any) -> list[Any]:
    return [layer, *(each for part in _parts(layer) for each in _all_in(part))]
