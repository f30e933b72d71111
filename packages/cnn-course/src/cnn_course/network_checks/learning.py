"""What a network learns in a moment, and how many images a trained one classifies correctly."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf

from cnn_course.checks.saying import error_text, say
from cnn_course.language import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnn_course.checks import Check


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
            with step_by_step(model):
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
def step_by_step(model: keras.Model) -> Iterator[None]:
    """Let a network compute without a graph, which takes longer to trace than a few batches take."""
    kept = model.run_eagerly, model.test_function, model.predict_function
    model.run_eagerly = True
    try:
        yield
    finally:
        model.run_eagerly, model.test_function, model.predict_function = kept
