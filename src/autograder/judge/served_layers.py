"""The student's side of layers and networks that hold code of the student's: says what they are, and computes with them."""

import contextlib
import inspect
from unittest import mock

import keras
import numpy as np
import tensorflow as tf

from autograder.judge import networks
from autograder.judge.structures import put_together, taken_apart


class ServedLayers:
    """Layers that the judge has stand-ins for.

    Parameters
    ----------
    handle_of : callable
        Gives the handle of an object.
    objects : dict
        The objects by handle.
    """

    def __init__(self, handle_of, objects):
        self._handle_of, self._objects = handle_of, objects
        self._sent = {}
        self._originals = {}

    def facts(self, layer):
        """What the judge is told of a layer, and the layers in it.

        Returns
        -------
        tuple of (dict, list of keras.layers.Layer)
        """
        parts = _parts(layer)
        facts = {"name": layer.name, "variables": [self._fact(each) for each in _own(layer)]}
        for name in ("input_shape", "output_shape"):
            with contextlib.suppress(AttributeError, ValueError, TypeError):
                facts[name] = getattr(layer, name)
        facts["compiled"] = networks.compiled(layer)
        return facts, parts

    def call(self, target, values, replaced, skeleton, flat, training):
        """The outputs of a layer, and what became of its variables."""
        compute = lambda: taken_apart(self._outputs(target, put_together(skeleton, flat), training))
        return self._with_values(target, values, replaced, compute)

    def spec(self, target, values, replaced, skeleton, symbols, training):
        """The shapes and dtypes of the outputs for inputs of certain shapes."""
        tensors = [keras.KerasTensor(tuple(shape), dtype) for shape, dtype in symbols]

        def compute():
            skeleton_, outputs = taken_apart(target(put_together(skeleton, tensors), **_training(target, training)))
            return skeleton_, [[list(each.shape), keras.backend.standardize_dtype(each.dtype)] for each in outputs]

        return self._with_values(target, values, replaced, compute)

    def gradients(self, target, values, replaced, skeleton, flat, training, upstream, handles):
        """The gradients of the outputs, weighted by `upstream`, for each input and each variable."""

        def compute():
            inputs = [tf.convert_to_tensor(each) for each in flat]
            with tf.GradientTape() as tape:
                tape.watch(inputs)
                _, outputs = taken_apart(self._outputs(target, put_together(skeleton, inputs), training))
            sources = [*inputs, *[self._objects[handle].value for handle in handles]]
            found = tape.gradient(outputs, sources, output_gradients=[tf.convert_to_tensor(each) for each in upstream])
            return [None if each is None else tf.convert_to_tensor(each) for each in found]

        return self._with_values(target, values, replaced, compute)

    def _outputs(self, target, inputs, training):
        original = self._originals.get(id(target))  # the judge has put a function in its place, which asks for it
        return original(inputs) if original else target(inputs, **_training(target, training))

    def _with_values(self, target, values, replaced, compute):
        for handle, value in values:
            self._objects[handle].assign(value)
            self._sent[handle] = value
        before = dict(self._originals)
        with contextlib.ExitStack() as stack:
            for layer, function in replaced:
                self._originals[id(layer)] = layer.call
                stack.enter_context(mock.patch.object(layer, "call", function))
            try:
                result = compute()
            finally:
                self._originals = before
        return result, self._changed(target)

    def _changed(self, layer):
        found = [
            [self._handle_of(layer), *self._fact(variable)]
            for variable in _own(layer)
            if not np.array_equal(self._sent.get(self._handle_of(variable)), variable.numpy(), equal_nan=True)
        ]
        return found + [each for part in _parts(layer) for each in self._changed(part)]

    def _fact(self, variable):
        handle = self._handle_of(variable)
        self._sent[handle] = variable.numpy()
        return [handle, list(variable.shape), variable.dtype, variable.trainable, self._sent[handle]]


def _parts(layer):
    return list(layer.layers) if isinstance(layer, keras.Model) else []


def _own(layer):
    in_parts = {id(variable) for part in _parts(layer) for variable in part.weights}
    return [variable for variable in layer.weights if id(variable) not in in_parts]


def _training(layer, training):
    takes_it = training is not None and "training" in inspect.signature(layer.call).parameters
    return {"training": training} if takes_it else {}
