"""Stand-ins for layers and networks that hold code of the student's.

Such a stand-in is a layer of Keras' in the judge's kernel. It has the weights of the student's; what it computes, and the gradients of
that, the student's kernel computes, with the weights as they are here.
"""

from types import SimpleNamespace

import keras
import numpy as np
import tensorflow as tf

from autograder.judge import networks
from autograder.judge.structures import put_together, taken_apart


class _Remote:
    """What stand-ins for layers and for networks have in common."""

    def _stand_for(self, court, handle, facts, parts):
        """Take in what the student's kernel says of the layer, and the stand-ins for the layers in it."""
        if "_far" not in vars(self):
            self._far = SimpleNamespace(
                court=court, handle=handle, facts=facts, here={}, sent={}
            )  # Keras tracks what is not hidden
            self._parts = parts
            self.built = True
        self._learn(facts["variables"])
        return self

    def _learn(self, variables):
        """Have the variables of the student's layer, with their values."""
        for handle, shape, dtype, trainable, value in variables:
            if handle not in self._far.here:
                self._tracker.unlock()
                weight = self.add_weight(shape=tuple(shape), dtype=dtype, trainable=trainable, initializer="zeros")
                self._far.here[handle] = weight
            self._far.here[handle].assign(value)
            self._far.sent[handle] = value

    def _ask(self, word, *fields):
        """Ask for something that depends on the weights, and take in what became of them."""
        replaced = [(each._far.handle, vars(each)["call"]) for each in self._inside()[1:] if "call" in vars(each)]
        result, variables = self._far.court.ask_layer(word, self._far.handle, self._assigned(), replaced, *fields)
        inside = {each._far.handle: each for each in self._inside()}
        for layer, *variable in variables:
            inside[layer]._learn([variable])
        return result

    def _assigned(self):
        """The variables that were assigned to since the student's kernel knew them."""
        found = []
        for layer in self._inside():
            for handle, variable in layer._far.here.items():
                value = keras.ops.convert_to_numpy(variable)
                if not np.array_equal(value, layer._far.sent[handle], equal_nan=True):
                    layer._far.sent[handle] = value
                    found.append([handle, value])
        return found

    def _inside(self):
        return [self, *(each for part in self._parts for each in part._inside())]

    def call(self, inputs, training=None):
        skeleton, flat = taken_apart(inputs)
        if all(hasattr(each, "numpy") for each in flat):
            return self._computed(skeleton, flat, training)
        spec = self.compute_output_spec(inputs, training)  # in a graph
        types = tf.nest.map_structure(lambda each: each.dtype, spec)
        outputs = tf.py_function(lambda *given: self._computed(skeleton, given, training), flat, types)
        tf.nest.map_structure(lambda output, each: output.set_shape(each.shape), outputs, spec)
        return outputs

    def compute_output_spec(self, inputs, training=None):
        skeleton, flat = taken_apart(inputs)
        symbols = [[list(each.shape), keras.backend.standardize_dtype(each.dtype)] for each in flat]
        skeleton, symbols = self._ask("spec", skeleton, symbols, training)
        return put_together(skeleton, [keras.KerasTensor(tuple(shape), dtype) for shape, dtype in symbols])

    def _computed(self, skeleton, flat, training):
        places = {id(variable): handle for layer in self._inside() for handle, variable in layer._far.here.items()}
        weights = list(self.trainable_variables)
        found = []

        @tf.custom_gradient
        def run(*values):
            given = list(values[: len(flat)])
            outputs_skeleton, outputs = self._ask("compute", skeleton, given, training)
            found.append(outputs_skeleton)

            def backward(*upstream):
                handles = [places[id(each)] for each in weights]
                asked = self._ask("gradients", skeleton, given, training, list(upstream), handles)
                return [tf.zeros_like(here) if each is None else each for each, here in zip(asked, values, strict=True)]

            return [tf.convert_to_tensor(each) for each in outputs], backward

        outputs = run(*flat, *[tf.convert_to_tensor(each) for each in weights])
        return put_together(found[-1], outputs)

    def get_config(self):
        return self._far.court.get(self._far.handle, "get_config")()

    def get_build_config(self):
        return None

    def __deepcopy__(self, memo):
        return self


class RemoteLayer(_Remote, keras.layers.Layer):
    """Stands for a layer."""


class RemoteModel(_Remote, keras.Model):
    """Stands for a network."""

    def _stand_for(self, court, handle, facts, parts):
        super()._stand_for(court, handle, facts, parts)
        networks.compile_as(self, facts["compiled"])
        return self

    def compile(self, **how):
        super().compile(**{**how, "run_eagerly": True, "jit_compile": False})

    input_shape = property(lambda self: self._far.facts["input_shape"])
    output_shape = property(lambda self: self._far.facts["output_shape"])
