"""Stand-ins for layers and networks that hold code of the student's.

Such a stand-in is a layer of Keras' in the judge's kernel. It has the weights of the student's; what it computes, and the gradients of
that, the student's kernel computes, with the weights as they are here.
"""

from types import SimpleNamespace

import keras
import tensorflow as tf

from autograder.judge import networks
from autograder.judge.stand_ins import handle_of
from autograder.judge.structures import put_together, spec_of, symbolic, taken_apart


class _Remote:
    """What stand-ins for layers and for networks have in common."""

    def stand_for(self, court, handle, facts, parts):
        """Take in what the student's kernel says of the layer, and the stand-ins for the layers in it."""
        if "_far" not in vars(self):
            # Keras makes the parts' weights the layer's own, and leaves alone what is in a namespace
            self._far = SimpleNamespace(court=court, handle=handle, facts=facts, weights={})
            self._parts = parts
            self.built = True
        self.learn(facts["weights"])
        return self

    def learn(self, weights):
        """Have the weights of the student's layer, with their values."""
        for handle, name, trainable, value in weights:
            if handle not in self._far.weights:
                self._tracker.unlock()
                self._far.weights[handle] = self.add_weight(
                    shape=value.shape,
                    dtype=value.dtype.name,
                    trainable=trainable,
                    initializer=lambda shape, dtype, value=value: tf.constant(value),
                    name=name,
                )
            else:
                self._far.weights[handle].assign(value)

    def inside(self):
        """The stand-ins for the layer itself and for all in it, by the student's handle."""
        found = {self._far.handle: self}
        for part in self._parts:
            found |= part.inside()
        return found

    def as_it_is(self):
        """The handle; the values of the weights; and the functions that a test has put in the place of what a layer inside computes."""
        inside = self.inside()
        values = [
            [handle, keras.ops.convert_to_numpy(weight)]
            for layer in inside.values()
            for handle, weight in layer._far.weights.items()
        ]
        replaced = [[handle, vars(layer)["call"]] for handle, layer in inside.items() if "call" in vars(layer)]
        return self._far.handle, values, [each for each in replaced if each[0] != self._far.handle]

    def call(self, inputs, training=None):
        skeleton, flat = taken_apart(inputs)
        found = []  # by the pass that was made last: how the outputs are nested, the outputs, and the states of random layers before

        def compute(*given):
            found[:] = self._ask("compute", skeleton, list(given), training)
            return found[1]

        def gradients(*given):
            given, upstream = list(given[: len(flat)]), list(given[len(flat) :])
            return self._ask("gradients", skeleton, given, training, found[2], upstream, handles)

        def gradients_in_graph(*given):
            return [
                tf.zeros_like(here) if each is None else each
                for each, here in zip(gradients(*given), [*given[: len(flat)], *self._what_learns()[1]])
            ]

        if tf.executing_eagerly():
            outputs = compute(*flat)
            kept = found[0]
        else:
            kept, specs = taken_apart(self.compute_output_spec(inputs, training))
            outputs = tf.py_function(compute, flat, [each.dtype for each in specs])
            for output, spec in zip(outputs, specs):
                output.set_shape(spec.shape)
        handles, weights = self._what_learns()  # now that the layer has been called, and so has its weights

        @tf.custom_gradient
        def differentiable(*values):
            def backward(*upstream):
                if tf.executing_eagerly():
                    return gradients(*flat, *upstream)
                return tf.py_function(gradients_in_graph, [*flat, *upstream], [each.dtype for each in values])

            return [tf.identity(each) for each in outputs], backward

        return put_together(kept, differentiable(*flat, *weights))

    def compute_output_spec(self, inputs, training=None):
        spec, known = spec_of(inputs), self._far.facts["spec"]
        return symbolic(known[1] if known and known[0] == spec else self._ask("spec", spec, training))

    def _what_learns(self):
        pairs = [
            (handle, weight)
            for layer in self.inside().values()
            for handle, weight in layer._far.weights.items()
            if weight.trainable
        ]
        return [handle for handle, _ in pairs], [tf.convert_to_tensor(weight) for _, weight in pairs]

    def _ask(self, word, *fields):
        """Ask for something that depends on the weights, and take in what became of them."""
        with tf.init_scope():  # out of the graph that is being made, if one is
            result, changed = self._far.court.ask_layer(word, self, *fields)
            inside = self.inside()
            for layer, *weight in changed:
                inside[layer].learn([weight])
        return result

    def get_config(self):
        return self._far.court.get(self._far.handle, "get_config")()

    @classmethod
    def from_config(cls, config):
        return cls._court.get(handle_of(cls), "from_config")(config)

    def get_build_config(self):
        return None

    def __deepcopy__(self, memo):
        return self


class RemoteLayer(_Remote, keras.layers.Layer):
    """Stands for a layer."""


class RemoteModel(_Remote, keras.Model):
    """Stands for a network of a class that is not Keras' own."""

    def stand_for(self, court, handle, facts, parts):
        super().stand_for(court, handle, facts, parts)
        if facts["compiled"]:
            networks.compile_as(self, facts["compiled"])
        return self

    input_shape = property(lambda self: self._far.facts["input_shape"])
    output_shape = property(lambda self: self._far.facts["output_shape"])
