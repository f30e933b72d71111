"""The student's side of layers and networks that hold code of the student's: says what they are, and computes with them."""

import contextlib
import inspect
from unittest import mock

import keras
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
        self._originals = {}

    def facts(self, layer):
        """What the judge is told of a layer, and the layers in it.

        Returns
        -------
        tuple of (dict, list of keras.layers.Layer)
        """
        parts = _parts(layer)
        facts = {"name": layer.name, "weights": [self._weight(each) for each in _own(layer)]}
        for name in ("input_shape", "output_shape"):
            facts[name] = None
            with contextlib.suppress(AttributeError, ValueError, TypeError):
                facts[name] = getattr(layer, name)
        facts["compiled"] = networks.compiled(layer)
        return facts, parts

    @staticmethod
    def with_placeholders(network):
        """A copy of a Sequential or functional network with placeholders for the layers that hold code of the student's.

        Returns
        -------
        tuple of (keras.Model, list of keras.layers.Layer), or None
            The copy, without the weights, and the layers; None if it is no such network.
        """
        found = []

        def copied(layer):
            if not networks.is_layer(layer) or networks.is_own(layer):
                return layer.__class__.from_config(layer.get_config())
            found.append(layer)
            return Placeholder(layer, len(found) - 1)

        if not networks.has_graph(network):
            return None
        try:
            # or the copy would be compiled, too, with what Keras does not find by its name
            with mock.patch.object(network, "compiled", False):
                return keras.models.clone_model(network, clone_function=copied, recursive=True), found
        except Exception:  # a network that was not built yet, or layers that are called in a way of their own
            return None

    def as_the_judge_has_it(self, handle, values, replaced):
        """The layer of a handle, with the values of its weights, and functions in the place of what layers in it compute."""
        for weight, value in values:
            self._objects[weight].assign(value)
        return self._objects[handle], [(self._objects[layer], function) for layer, function in replaced]

    def compute(self, target, skeleton, flat, training):
        """How the outputs of a layer are nested, the outputs, and the states of random layers before; and what became of its weights."""

        def computed(layer):
            seeds = [[self._handle_of(each), each.numpy()] for each in _seeds(layer)]
            return *taken_apart(self._outputs(layer, put_together(skeleton, flat), training)), seeds

        return self._run(target, computed)

    def spec(self, target, skeleton, symbols, training):
        """The shapes and dtypes of the outputs for inputs of certain shapes."""
        tensors = [keras.KerasTensor(tuple(shape), dtype) for shape, dtype in symbols]

        def described(layer):
            kept, outputs = taken_apart(self._outputs(layer, put_together(skeleton, tensors), training))
            return kept, [[list(each.shape), keras.backend.standardize_dtype(each.dtype)] for each in outputs]

        return self._run(target, described)

    def gradients(self, target, skeleton, flat, training, seeds, upstream, handles):
        """The gradients of the outputs of an earlier pass, weighted by `upstream`, for each input and each weight."""

        def differentiated(layer):
            before = [(each, each.numpy()) for each in layer.variables]
            for handle, value in seeds:
                self._objects[handle].assign(value)
            inputs = [tf.convert_to_tensor(each) for each in flat]
            with tf.GradientTape() as tape:
                tape.watch(inputs)
                _, outputs = taken_apart(self._outputs(layer, put_together(skeleton, inputs), training))
            for variable, value in before:
                variable.assign(value)
            sources = [*inputs, *[self._objects[handle].value for handle in handles]]
            found = tape.gradient(outputs, sources, output_gradients=[tf.convert_to_tensor(each) for each in upstream])
            return [None if each is None else tf.convert_to_tensor(each) for each in found]

        return self._run(target, differentiated)

    def _outputs(self, layer, inputs, training):
        original = self._originals.get(id(layer))  # a test has put a function in its place, which asks for it
        return original(inputs) if original else layer(inputs, **_training(layer, training))

    def _run(self, target, run):
        layer, replaced = target
        before, kept = dict(self._originals), {id(weight): weight.numpy() for weight in layer.weights}
        with contextlib.ExitStack() as stack:
            for part, function in replaced:
                self._originals.setdefault(id(part), part.call)
                stack.enter_context(mock.patch.object(part, "call", function))
            try:
                result = run(layer)
            finally:
                self._originals = before
        return result, self._changed(layer, kept)

    def _changed(self, layer, before):
        """The weights that are new, or not what they were, each with the handle of the layer whose it is."""
        found = [
            [self._handle_of(layer), *self._weight(weight)]
            for weight in _own(layer)
            if id(weight) not in before or (before[id(weight)] != weight.numpy()).any()
        ]
        return found + [each for part in _parts(layer) for each in self._changed(part, before)]

    def _weight(self, weight):
        return [self._handle_of(weight), weight.name, weight.trainable, weight.numpy()]


@keras.saving.register_keras_serializable(package="autograder")
class Placeholder(keras.layers.Layer):
    """Holds the place of a layer, in a copy of a network, that does not travel as a configuration."""

    def __init__(self, layer, place):
        super().__init__(name=layer.name)
        self._layer, self._place = layer, place

    def call(self, inputs):
        return self._layer(inputs)

    def compute_output_spec(self, inputs):
        return self._layer.compute_output_spec(inputs)

    def get_config(self):
        return {"place": self._place}

    def get_build_config(self):
        return None


def _parts(layer):
    return list(layer.layers) if isinstance(layer, keras.Model) else []


def _own(layer):
    in_parts = {id(weight) for part in _parts(layer) for weight in part.weights}
    return [weight for weight in layer.weights if id(weight) not in in_parts]


def _seeds(layer):
    weights = {id(each) for each in layer.weights}
    return [each for each in layer.variables if id(each) not in weights]


def _training(layer, training):
    takes_it = training is not None and "training" in inspect.signature(layer.call).parameters
    return {"training": training} if takes_it else {}
