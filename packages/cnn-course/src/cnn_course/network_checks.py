"""Checks of Keras models: by shapes and parameters, by what they compute, by how they are compiled, by accuracy.

Each takes the `check` of a test (see `cnn_course.checks`) and fails it with a sentence. None looks at how a student
put a network together.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import keras
import numpy as np
import tensorflow as tf

from cnn_course import networks
from cnn_course.checks import comparing
from cnn_course.checks.answers import Unexplained
from cnn_course.checks.saying import error_text, say
from cnn_course.language import N_, _

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnn_course.checks import Check

AS_PRINTED = 2e-3, 2e-4  # tolerances, relative and absolute, to numbers with four decimals
IMAGES = 4  # drawn for a comparison of outputs
LABELS = {"one-hot": N_("one-hot"), "integer": N_("integer")}


def shapes(
    check: Check,
    build: Callable[[], keras.Model],
    input_shape: tuple[int, ...],
    output_shape: tuple[int, ...],
    params: int,
    mistakes: Sequence[tuple[int | tuple[int, ...], str]] = (),
    trainable: int | None = None,
) -> keras.Model:
    """Build a Keras model, require its shapes and its number of parameters, and return it.

    Parameters
    ----------
    check : cnn_course.checks.Check
    build : callable
        The student's function; it takes no argument.
    input_shape, output_shape : tuple of int
        Without the batch axis.
    params : int
        All parameters, trainable or not.
    mistakes : sequence of (int or tuple, str)
        Numbers of parameters, and output shapes for 2 images, that known misconceptions give, each with its sentence.
    trainable : int, optional
        How many of the parameters must be trainable.
    """
    model = _built(check, build)
    call = f"{check.name_of(build)}()"
    try:
        shape = tuple(model(np.zeros((2, *input_shape), "float32"), training=False).shape)
    except Exception as error:
        check.fail(
            _(
                "The model of {call} does not take images of shape {shape}: {error}.",
                call=call,
                shape=input_shape,
                error=error_text(error),
            )
        )
    if not _takes(model, input_shape):
        check.fail(
            _(
                "{call} should be made for images of shape {shape}, and its input is {found}.",
                call=call,
                shape=input_shape,
                found=model.input_shape[1:],
            )
        )
    what = _("For 2 images of {shape}, the output shape of {call}", shape=input_shape, call=call)
    check.compare(what, shape, (2, *output_shape), mistakes)
    what = _("The number of parameters of {call}", call=call)
    check.compare(what, int(model.count_params()), params, mistakes)
    if trainable is not None:
        found = sum(int(np.prod(variable.shape)) for variable in model.trainable_variables)
        frozen = _("All layers learn; only the moving averages of a normalisation are not trained.")
        what = _("The number of trainable parameters of {call}", call=call)
        check.compare(what, found, trainable, hint=frozen)
    return model


def numbers(
    check: Check,
    build: Callable[[], keras.Model],
    model: keras.Model,
    input_shape: tuple[int, ...],
    *expected: Sequence[float],
    place: tuple[int, int] | None = None,
) -> None:
    """Require the numbers that a network gives for one image, where image and weights are the same in every run.

    Parameters
    ----------
    check : cnn_course.checks.Check
    build : callable
        The student's function.
    model : keras.Model
        What that returned.
    input_shape : tuple of int
        Without the batch axis.
    *expected : sequence of float
        What right networks give; more than one if they may differ in how their weights are laid out.
    place : (int, int), optional
        Row and column of the numbers, in the first maps of an output that is made of maps.
    """
    kept = model.get_weights()
    networks.draw_weights(model, seed=0)
    image = np.random.default_rng(0).uniform(size=(1, *input_shape)).astype("float32")
    found = np.asarray(model(image, training=False))[0]
    model.set_weights(kept)
    call = f"{check.name_of(build)}()"
    if place:
        found = found[place][: len(expected[0])]
        what = _(
            "With fixed weights, what {call} gives for a fixed image, at {place} in the first {count} maps,",
            call=call,
            place=list(place),
            count=len(found),
        )
    else:
        what = _("With fixed weights, what {call} gives for a fixed image", call=call)
    if not any(comparing.looks_like(each, found, *AS_PRINTED) for each in expected):
        if _add_to_one(np.asarray(expected[0])) and not _add_to_one(found):
            check.fail(
                _(
                    "{what} should be {count} probabilities that add up to 1, and they add up to {total}.",
                    what=what,
                    count=len(found),
                    total=f"{found.sum():.4g}",
                ),
                _("Is the softmax of the last layer missing?"),
                Unexplained,
            )
        hint = _(
            "Its shape and the number of parameters are right: "
            "look at activations, pooling and the order of the layers."
        )
        check.compare(what, found, np.array(expected[0]), hint=hint)


def _add_to_one(found: NDArray[Any]) -> bool:
    return found.ndim == 1 and abs(float(found.sum()) - 1) < 1e-2


def same(
    check: Check,
    build: Callable[[], keras.Model],
    model: keras.Model,
    references: Sequence[Callable[[], keras.Model]],
    mistakes: Sequence[tuple[Callable[[], keras.Model], str]] = (),
    dropouts: tuple[list[NDArray[Any]], int, Sequence[slice]] | None = None,
) -> None:
    """Require that a network computes what a reference network with the same weights does, in inference and training.

    Parameters
    ----------
    check : cnn_course.checks.Check
    build : callable
        The student's function.
    model : keras.Model
        What that returned.
    references : sequence of callable
        Each returns a right network; the student's has to be like one of them.
    mistakes : sequence of (callable, str)
        Builders of wrong networks with the same weights, each with the sentence that names its misconception.
    dropouts : tuple of (list of numpy.ndarray, int, sequence of slice), optional
        For a network with dropouts that ends in a softmax: weights, in the order of the first reference's, with which
        what reaches the softmax says what was dropped; of how many black images; and the units of the
        softmax, but the last, whose readings have one distribution, group by group.
    """
    call = f"{check.name_of(build)}()"
    rights = [reference() for reference in references]
    images = check.rng.normal(size=(IMAGES, *rights[0].input_shape[1:])).astype("float32")
    model(images)
    rights = [right for right in rights if networks.have_equal_weights(model, right)]
    if not rights:
        check.fail(
            _(
                "The layers of {call} have other weights than they should, although the total number is right.",
                call=call,
            )
        )
    compare = _Comparison(model, images, int(check.rng.integers(2**32)), dropouts, rights[0])
    right = next(filter(compare.in_inference, rights), None)
    wrongs = ((wrong(), sentence) for wrong, sentence in mistakes)
    if right is None:
        if not compare.is_settled():
            check.fail(
                _("{call} gives a different output each time, with the same weights and the same image.", call=call),
                _("Dropout drops units in training only."),
            )
        named = (sentence for wrong, sentence in wrongs if compare.in_inference(wrong))
        check.fail(
            _("With the same weights, {call} gives different outputs from the network in the task.", call=call),
            next(named, None),
        )
    if not compare.in_training(right):
        named = (sentence for wrong, sentence in wrongs if compare.in_inference(wrong) and compare.in_training(wrong))
        check.fail(
            _(
                "In training, with the same weights, {call} gives different outputs from the network in the task.",
                call=call,
            ),
            next(named, None),
        )
    model.set_weights(compare.kept)


def compiled(
    check: Check,
    build: Callable[[], keras.Model],
    model: keras.Model,
    input_shape: tuple[int, ...],
    targets: Literal["one-hot", "integer"],
    adam: bool = False,
    accuracy: bool = False,
) -> None:
    """Require that a network is compiled with the cross-entropy for `targets`.

    Parameters
    ----------
    check : cnn_course.checks.Check
    build : callable
        The student's function.
    model : keras.Model
        What that returned.
    input_shape : tuple of int
        Without the batch axis.
    targets : {"one-hot", "integer"}
        What kind of labels the loss takes.
    adam : bool, default False
        Whether the optimizer must be Adam.
    accuracy : bool, default False
        Whether the accuracy must be among the metrics.
    """
    call = f"{check.name_of(build)}()"
    if getattr(model, "optimizer", None) is None:
        check.fail(
            _("The model of {call} is not compiled.", call=call),
            _("End with model.compile(...), and then return the model."),
        )
    if adam and not isinstance(model.optimizer, keras.optimizers.Adam):
        kind = type(model.optimizer).__name__
        check.fail(
            _("The optimizer of {call} should be Adam, and it is {kind}.", call=call, kind=kind),
            _('It is called "adam" in compile.'),
        )
    images = np.random.default_rng(0).uniform(size=(40, *input_shape)).astype("float32")
    labels = np.arange(40) % 10
    given = {"one-hot": np.eye(10, dtype="float32")[labels], "integer": labels}
    said, cross_entropy, share = _evaluated(model, images, labels, given[targets])
    if isinstance(said, Exception) or abs(said["loss"] - cross_entropy) > 1e-3:
        other = {"one-hot": "integer", "integer": "one-hot"}[targets]
        swapped, cross_entropy = _evaluated(_built(check, build), images, labels, given[other])[:2]
        if not isinstance(swapped, Exception) and abs(swapped["loss"] - cross_entropy) < 1e-3:
            check.fail(
                _(
                    "The loss of {call} should be for {expected} labels, and it is for {found} ones.",
                    call=call,
                    expected=_(LABELS[targets]),
                    found=_(LABELS[other]),
                )
            )
        if isinstance(said, Exception):
            check.fail(
                _(
                    "{call} can't be evaluated with {kind} labels: {error}.",
                    call=call,
                    kind=_(LABELS[targets]),
                    error=error_text(said),
                )
            )
        check.fail(
            _(
                "The loss of {call} should be the mean cross-entropy of its outputs, and it is another number.",
                call=call,
            )
        )
    accuracies = [value for name, value in said.items() if "acc" in name]
    if accuracy and not any(abs(value - share) < 1e-3 for value in accuracies):
        check.fail(_("{call} does not measure the accuracy.", call=call), _('Pass metrics=["accuracy"] to compile.'))


def trained(
    check: Check, model: keras.Model, images: NDArray[Any], labels: NDArray[Any], batch_size: int, epochs: int
) -> None:
    """Train a compiled model for a moment.

    Parameters
    ----------
    check : cnn_course.checks.Check
    model : keras.Model
    images, labels : numpy.ndarray
        As its `fit` takes them.
    batch_size, epochs : int
        As in `fit`.
    """
    _prepare(model, images[:1], labels[:1])
    with _graphs_as_traced():
        check(model.fit, images, labels, batch_size=batch_size, epochs=epochs, verbose=0).value


def _prepare(model: keras.Model, images: NDArray[Any], labels: NDArray[Any]) -> None:
    """Make what Keras would make while it traces a first step, which takes longer and has it traced twice."""
    optimizer = model.optimizer
    with contextlib.suppress(Exception):  # `fit` will say what is wrong
        model.compute_metrics(images, labels, model(images, training=False))
    model.reset_metrics()
    if isinstance(optimizer, keras.optimizers.Optimizer) and model.built and not optimizer.built:
        optimizer.build(model.trainable_variables)


def accuracy(
    check: Check,
    name: str,
    model: keras.Model,
    images: NDArray[Any] | list[NDArray[Any]],
    labels: NDArray[Any],
) -> float:
    """The share of `images` that a trained model of 10 classes classifies correctly.

    Parameters
    ----------
    check : cnn_course.checks.Check
    name : str
        The student's variable.
    model : keras.Model
    images : numpy.ndarray, or list of numpy.ndarray
        float32, in the shape that the model takes; of several shapes, the first that it takes.
    labels : numpy.ndarray of int
    """
    if not isinstance(model, keras.Model):
        check.fail(_("{name} should be a Keras model, and it is {value}.", name=name, value=say(model)))
    for form in images if isinstance(images, list) else [images]:
        try:
            with _step_by_step(model):
                probs = np.asarray(model.predict(form, batch_size=250, verbose=0))
            break
        except Exception as caught:
            error = caught
    else:
        check.fail(
            _(
                "{name} does not take images of shape {shape}: {error}.",
                name=name,
                shape=form.shape[1:],
                error=error_text(error),
            )
        )
    if probs.shape != (len(labels), 10):
        check.fail(
            _(
                "For {count} images, {name} gives shape {shape}, and it should be {expected}.",
                count=len(labels),
                name=name,
                shape=probs.shape,
                expected=(len(labels), 10),
            )
        )
    return float((probs.argmax(axis=1) == labels).mean())


def _built(check: Check, build: Callable[[], keras.Model]) -> keras.Model:
    model = check(build).value
    if not isinstance(model, keras.Model):
        call = f"{check.name_of(build)}()"
        check.fail(_("{call} should be a Keras model, and you returned {value}.", call=call, value=say(model)))
    return model


def _takes(model: keras.Model, input_shape: tuple[int, ...]) -> bool:
    """Whether the input that a Keras model declares, if it declares one, is `input_shape`."""
    try:
        declared = model.input_shape[1:]
    except (AttributeError, TypeError, ValueError):
        return True
    return len(declared) == len(input_shape) and all(d in (None, n) for d, n in zip(declared, input_shape))


class _Comparison:
    """What a student's network computes, beside what others do with the same weights."""

    def __init__(
        self,
        model: keras.Model,
        images: NDArray[Any],
        seed: int,
        dropouts: tuple[list[NDArray[Any]], int, Sequence[slice]] | None,
        right: keras.Model,
    ) -> None:
        self.kept = model.get_weights()
        self._model, self._images, self._seed, self._dropouts = model, images, seed, dropouts
        networks.draw_weights(model, seed)
        self._outputs = self._computed(model)
        self._telling = right  # its weights are to tell what was dropped

    def is_settled(self) -> bool:
        """Whether a further pass in inference gives the same."""
        return _close(self._outputs, self._computed(self._model))

    def in_inference(self, other: keras.Model) -> bool:
        """Whether another network computes the same."""
        if not networks.have_equal_weights(self._model, other):
            return False
        networks.draw_weights(other, self._seed)
        return _close(self._outputs, self._computed(other))

    def in_training(self, other: keras.Model) -> bool:
        """Whether another network, which computes the same in inference, does so in training."""
        if self._dropouts is None:
            return _close(*(np.asarray(each(self._images, training=True)) for each in (self._model, other)))
        return networks.alike_by_chance(self._readings, self._read(other), self._dropouts[2])

    @functools.cached_property
    def _readings(self) -> NDArray[Any]:
        assert self._dropouts is not None
        self._telling.set_weights(self._dropouts[0])
        return self._read(self._model)

    def _read(self, network: keras.Model) -> NDArray[Any]:
        assert self._dropouts is not None
        networks.carry_weights(self._telling, network)
        return networks.readings(network, np.zeros((self._dropouts[1], *self._images.shape[1:]), "float32"))

    def _computed(self, network: keras.Model) -> NDArray[Any]:
        return np.asarray(network(self._images, training=False))


def _close(one: NDArray[Any], other: NDArray[Any]) -> bool:
    return one.shape == other.shape and np.allclose(one, other, rtol=1e-3, atol=1e-5)


def _evaluated(
    model: keras.Model, images: NDArray[Any], labels: NDArray[Any], targets: NDArray[Any]
) -> tuple[dict[str, float] | Exception, float, float]:
    """What `evaluate` says, or raises, and what the model's outputs give for loss and accuracy."""
    probs = np.asarray(model(images, training=False), dtype="float64")
    cross_entropy = -np.log(np.clip(probs[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)).mean()
    try:
        with _step_by_step(model):
            said = model.evaluate(images, targets, batch_size=len(images), verbose=0, return_dict=True)
    except Exception as error:
        said = error
    return said, cross_entropy, (probs.argmax(axis=1) == labels).mean()


@contextlib.contextmanager
def _graphs_as_traced() -> Iterator[None]:
    """Let TensorFlow run graphs as they are: to optimise one takes longer than a short training gains."""
    kept = {"disable_meta_optimizer": False} | tf.config.optimizer.get_experimental_options()
    tf.config.optimizer.set_experimental_options(kept | {"disable_meta_optimizer": True})
    try:
        yield
    finally:
        tf.config.optimizer.set_experimental_options(kept)


@contextlib.contextmanager
def _step_by_step(model: keras.Model) -> Iterator[None]:
    """Let a network compute without a graph, which takes longer to trace than a few batches take."""
    kept = model.run_eagerly, model.test_function, model.predict_function
    model.run_eagerly = True
    try:
        yield
    finally:
        model.run_eagerly, model.test_function, model.predict_function = kept
