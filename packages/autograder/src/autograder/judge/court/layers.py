"""Stand-ins for layers and networks that hold code of the student's.

Such a stand-in is a layer of Keras' in the judge's kernel. It has the weights of the student's; what it computes, and
the gradients of that, the student's kernel computes, with the weights as they are here.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar

import keras
import tensorflow as tf

from autograder.judge.court.handles import HANDLE, handle_of
from autograder.judge.wire import networks
from autograder.judge.wire.compiling import compile_as
from autograder.judge.wire.structures import is_tensor, put_together, spec_of, symbolic, taken_apart
from autograder.judge.wire.values import known_to_numpy

if TYPE_CHECKING:
    import inspect

    from autograder.judge.court.court import Court

ORIGINAL = "autograder>original"
ORIGINALS: weakref.WeakValueDictionary[int, _Remote] = weakref.WeakValueDictionary()


class _Remote:
    """What stand-ins for layers and for networks have in common."""

    _court: ClassVar[Court]  # of the class of a stand-in; what follows is Keras'
    name: str
    add_weight: Callable[..., Any]
    _tracker: Any
    _get_call_context: Callable[..., Any]

    def stand_for(self, court: Court, handle: int, facts: dict[str, Any], parts: Sequence[_Remote]) -> _Remote:
        """Take in what the student's kernel says of the layer, and the stand-ins for the layers in it."""
        if "_far" not in vars(self):
            # Keras makes the parts' weights the layer's own, and leaves alone what is in a namespace
            self._far = SimpleNamespace(court=court, handle=handle, facts=facts, weights={})
            self._parts: list[_Remote] = []
            self.built = True
        self._far.facts = facts
        self._have(parts)
        self.learn(facts["weights"])
        return self

    def twin(self, known: dict[int, _Remote] | None = None) -> _Remote:
        """Another stand-in for the same layer, with weights of its own: one that is in no network yet."""
        known = {} if known is None else known
        if self._far.handle not in known:
            made = known[self._far.handle] = new(type(self), self.name, self._far.handle)
            parts = [each.twin(known) for each in self._parts]
            made.stand_for(self._far.court, self._far.handle, self._far.facts, parts).follow(self)
        return known[self._far.handle]

    def follow(self, other: _Remote) -> None:
        """Have the layers inside and the values of the weights that another stand-in for the same layer has."""
        if other is self:
            return
        here = {each._far.handle: each for each in self._parts}
        self._have([here.get(each._far.handle) or each.twin() for each in other._parts])
        self._take(other._far.weights)
        for mine, theirs in zip(self._parts, other._parts):
            mine.follow(theirs)

    def _have(self, parts: Sequence[_Remote]) -> None:
        if [id(each) for each in parts] != [id(each) for each in self._parts]:
            self._tracker.unlock()
            self._parts = list(parts)

    def _take(self, weights: dict[int, Any]) -> None:
        self.learn([handle, each.name, each.trainable, each.dtype, each.numpy()] for handle, each in weights.items())

    def learn(self, weights: Iterable[Any]) -> None:
        """Have the weights of the student's layer, with their values."""
        for handle, name, trainable, dtype, value in weights:
            if handle not in self._far.weights:
                self._tracker.unlock()
                self._far.weights[handle] = self.add_weight(
                    shape=value.shape,
                    dtype=dtype,
                    trainable=trainable,
                    initializer=lambda shape, dtype, value=value: tf.cast(tf.constant(value), dtype),
                    name=name,
                )
            else:
                self._far.weights[handle].assign(value)
                self._far.weights[handle].trainable = trainable

    def inside(self) -> dict[int, _Remote]:
        """The stand-ins for the layer itself and for all in it, by the student's handle."""
        found = {self._far.handle: self}
        for part in self._parts:
            found |= part.inside()
        return found

    def as_it_is(self) -> tuple[int, list[list[Any]], list[list[Any]]]:
        """The handle; the values of the weights; and the functions that a test has put in place.

        Each such function stands in the place of what a layer inside computes.
        """
        inside = self.inside()
        values = [
            [handle, known_to_numpy(keras.ops.convert_to_numpy(weight))]
            for layer in inside.values()
            for handle, weight in layer._far.weights.items()
        ]
        replaced = [[handle, vars(layer)["call"]] for handle, layer in inside.items() if "call" in vars(layer)]
        return self._far.handle, values, [each for each in replaced if each[0] != self._far.handle]

    def load_weights(self, filepath: Any, **settings: Any) -> None:
        """Have the weights that a file beside the notebook has for the student's layer."""
        load_weights(self._far.court, self._far.handle, self, [self], filepath)

    def assign_by_handle(self, values: dict[int, Any]) -> None:
        """Have these values of the weights, by the student's handle."""
        for layer in self.inside().values():
            for handle, weight in layer._far.weights.items():
                weight.assign(values[handle])

    def _compute(self, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """What the student's layer gives for these arguments; what `call` of a stand-in's class is."""
        training = self._training(keywords)
        skeleton, flat = taken_apart((arguments, keywords))
        places = [place for place, each in enumerate(flat) if is_tensor(each)]
        tensors = [tf.convert_to_tensor(flat[place]) for place in places]
        # by the pass that was made last: how the outputs are nested, the outputs,
        # and the states of random layers before
        found: list[Any] = []

        def with_constants(given: Sequence[Any]) -> list[Any]:
            return [given[places.index(place)] if place in places else each for place, each in enumerate(flat)]

        def compute(*given: Any) -> Any:
            found[:] = self._ask("compute", skeleton, with_constants(given), training)
            return found[1]

        def gradients(*given: Any) -> Any:
            given, upstream = given[: len(places)], list(given[len(places) :])
            return self._ask("gradients", skeleton, with_constants(given), training, found[2], upstream, handles)

        def gradients_in_graph(*given: Any) -> list[Any]:
            return [
                tf.zeros_like(here) if each is None else each
                for each, here in zip(gradients(*given), [*given[: len(places)], *self._what_learns()[1]])
            ]

        if tf.executing_eagerly():
            outputs = compute(*tensors)
            kept = found[0]
        else:
            kept, specs = taken_apart(self._spec(arguments, keywords, training))
            outputs = tf.py_function(compute, tensors, [each.dtype for each in specs])
            for output, spec in zip(outputs, specs):
                output.set_shape(spec.shape)
        handles, weights = self._what_learns()  # now that the layer has been called, and so has its weights

        def differentiable(*values: Any) -> tuple[list[Any], Callable[..., Any]]:
            def backward(*upstream: Any) -> Any:
                if tf.executing_eagerly():
                    return gradients(*tensors, *upstream)
                return tf.py_function(gradients_in_graph, [*tensors, *upstream], [each.dtype for each in values])

            return [tf.identity(each) for each in outputs], backward

        return put_together(kept, tf.custom_gradient(differentiable)(*tensors, *weights))

    def compute_output_spec(self, *arguments: Any, **keywords: Any) -> Any:
        training = self._training(keywords)
        return self._spec(arguments, keywords, training)

    def _spec(self, arguments: tuple[Any, ...], keywords: dict[str, Any], training: bool | None) -> Any:
        spec, known = spec_of((arguments, keywords)), self._far.facts["spec"]
        return symbolic(known[1] if known and known[0] == spec else self._ask("spec", spec, training))

    def _training(self, keywords: dict[str, Any]) -> Any:
        """Whether the pass is one of training, as an argument says, or a layer around this one."""
        training = keywords.pop("training", None)
        return self._get_call_context().get_value("training") if training is None else training

    def _what_learns(self) -> tuple[list[int], list[Any]]:
        pairs = [
            (handle, weight)
            for layer in self.inside().values()
            for handle, weight in layer._far.weights.items()
            if weight.trainable
        ]
        return [handle for handle, _ in pairs], [tf.convert_to_tensor(weight) for _, weight in pairs]

    def _ask(self, word: str, *fields: Any) -> Any:
        """Ask for something that depends on the weights, and take in what became of the layer."""
        with tf.init_scope():  # out of the graph that is being made, if one is
            result, grown, changed = self._far.court.ask_layer(word, self, *fields)
            for layer in grown:
                self.follow(layer)
            inside = self.inside()
            for layer, *weight in changed:
                inside[layer].learn([weight])
        return result

    def get_config(self) -> Any:
        if self._far.facts["own"]:
            return self._far.court.get(self._far.handle, "get_config")()
        ORIGINALS[id(self)] = self  # a layer of Keras' own with a function that is none: another of the kind is a twin
        return {ORIGINAL: id(self)}

    @classmethod
    def from_config(cls, config: Any) -> Any:
        if ORIGINAL in config:
            return ORIGINALS[config[ORIGINAL]].twin()
        return cls._court.get(handle_of(cls), "from_config")(config)

    def get_build_config(self) -> None:
        return None

    def __deepcopy__(self, memo: Any) -> _Remote:
        return self


class RemoteLayer(_Remote, keras.layers.Layer):
    """Stands for a layer."""

    def call(self, inputs: Any, training: Any = None) -> Any:
        return self._compute((inputs,), {"training": training})


class RemoteModel(_Remote, keras.Model):
    """Stands for a network of a class that is not Keras' own."""

    def call(self, inputs: Any, training: Any = None) -> Any:
        return self._compute((inputs,), {"training": training})

    def stand_for(self, court: Court, handle: int, facts: dict[str, Any], parts: Sequence[_Remote]) -> _Remote:
        compiled = vars(self)["_far"].facts["compiled"] if "_far" in vars(self) else None
        super().stand_for(court, handle, facts, parts)
        if facts["compiled"] not in (None, compiled):
            compile_as(self, facts["compiled"])
        return self

    input_shape = property(lambda self: self._far.facts["input_shape"])
    output_shape = property(lambda self: self._far.facts["output_shape"])


def new(kind: type[_Remote], name: str, handle: int) -> Any:
    """A stand-in of this class for the layer of this handle and name, which stands for nothing yet."""
    made: Any = kind.__new__(kind)
    made.__init__(name=name, autocast=False)
    vars(made)[HANDLE] = handle
    return made


def call_like(signature: inspect.Signature) -> Callable[..., Any]:
    """A `call` for a class of stand-ins that takes the arguments of the student's."""

    def call(self: _Remote, *arguments: Any, **keywords: Any) -> Any:
        return self._compute(arguments, keywords)

    parameters = [_optional(each) for each in signature.parameters.values()]
    setattr(call, "__signature__", signature.replace(parameters=parameters))
    return call


def _optional(parameter: inspect.Parameter) -> inspect.Parameter:
    """The same parameter, with None for a default that is not known here: then the student's layer takes its own."""
    return parameter if parameter.default is parameter.empty else parameter.replace(default=None)


def load_weights(court: Court, handle: int, network: Any, inside: Sequence[_Remote], file: Any) -> None:
    """Load a file of weights, as the student's kernel does, into a network in which these stand-ins are."""
    values, by_handle = court.load_weights(handle, str(file))
    networks.with_weights(network, values, inside)
    for layer in inside:
        layer.assign_by_handle(dict(by_handle))
