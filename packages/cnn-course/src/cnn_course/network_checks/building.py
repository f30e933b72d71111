"""What a network is made for and of: the shapes of its images and outputs, its parameters, its loss."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import keras
import numpy as np

from cnn_course.checks.saying import error_text, say
from cnn_course.language import N_, _
from cnn_course.network_checks.learning import step_by_step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnn_course.checks import Check

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


def _evaluated(
    model: keras.Model, images: NDArray[Any], labels: NDArray[Any], targets: NDArray[Any]
) -> tuple[dict[str, float] | Exception, float, float]:
    """What `evaluate` says, or raises, and what the model's outputs give for loss and accuracy."""
    probs = np.asarray(model(images, training=False), dtype="float64")
    cross_entropy = -np.log(np.clip(probs[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)).mean()
    try:
        with step_by_step(model):
            said = model.evaluate(images, targets, batch_size=len(images), verbose=0, return_dict=True)
    except Exception as error:
        said = error
    return said, cross_entropy, (probs.argmax(axis=1) == labels).mean()
