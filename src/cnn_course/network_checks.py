"""Checks of Keras models: by shapes and parameters, by what they compute, by how they are compiled, by accuracy.

Each takes the `check` of a test (see `cnn_course.checks`) and fails it with a sentence. None looks at how a student
put a network together.
"""

import keras
import numpy as np

from cnn_course import networks
from cnn_course.saying import error_text, say

IMAGES = 4  # drawn for a comparison of outputs


def shapes(check, build, input_shape, output_shape, params, mistakes=(), trainable=None):
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
        check.fail(f"The model of {call} does not take images of shape {input_shape}: {error_text(error)}.")
    if not _takes(model, input_shape):
        check.fail(
            f"{call} should be made for images of shape {input_shape}, and its input is {model.input_shape[1:]}."
        )
    check.compare(f"For 2 images of {input_shape}, the output shape of {call}", shape, (2, *output_shape), mistakes)
    check.compare(f"The number of parameters of {call}", int(model.count_params()), params, mistakes)
    if trainable is not None:
        found = sum(int(np.prod(variable.shape)) for variable in model.trainable_variables)
        frozen = "All layers learn; only the moving averages of a normalisation are not trained."
        check.compare(f"The number of trainable parameters of {call}", found, trainable, hint=frozen)
    return model


def same(check, build, model, references, mistakes=()):
    """Require that a network computes what a reference network computes with the same weights.

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
    """
    first = references[0]()
    images = check.rng.normal(size=(IMAGES, *first.input_shape[1:])).astype("float32")
    model(images)
    kept = model.get_weights()
    networks.draw_weights(model, check.rng)
    if any(_like(model, reference(), images) for reference in references):
        model.set_weights(kept)
        return
    name = check.name_of(build)
    if not any(_alike(model, reference()) for reference in references):
        check.fail(f"The layers of {name}() have other weights than they should have, although their number is right.")
    named = [sentence for wrong, sentence in mistakes if _like(model, wrong(), images)]
    check.fail(
        f"With the same weights, {name}() gives other outputs than the network that is asked for.",
        named[0] if named else None,
    )


def compiled(check, build, model, input_shape, targets, adam=False, accuracy=False):
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
        check.fail(f"The model of {call} is not compiled.", "End with model.compile(...), and then return the model.")
    if adam and not isinstance(model.optimizer, keras.optimizers.Adam):
        kind = type(model.optimizer).__name__
        check.fail(f"The optimizer of {call} should be Adam, and it is {kind}.", 'It is called "adam" in compile.')
    images = np.random.default_rng(0).uniform(size=(40, *input_shape)).astype("float32")
    labels = np.arange(40) % 10
    given = {"one-hot": np.eye(10, dtype="float32")[labels], "integer": labels}
    said, cross_entropy, share = _evaluated(model, images, labels, given[targets])
    if isinstance(said, Exception) or abs(said["loss"] - cross_entropy) > 1e-3:
        other = {"one-hot": "integer", "integer": "one-hot"}[targets]
        swapped, cross_entropy, _ = _evaluated(_built(check, build), images, labels, given[other])
        if not isinstance(swapped, Exception) and abs(swapped["loss"] - cross_entropy) < 1e-3:
            check.fail(f"The loss of {call} should be for {targets} labels, and it is for {other} ones.")
        if isinstance(said, Exception):
            check.fail(f"{call} can't be evaluated with {targets} labels: {error_text(said)}.")
        check.fail(f"The loss of {call} should be the mean cross-entropy of its outputs, and it is another number.")
    accuracies = [value for name, value in said.items() if "acc" in name]
    if accuracy and not any(abs(value - share) < 1e-3 for value in accuracies):
        check.fail(f"{call} does not measure the accuracy.", 'Hand metrics=["accuracy"] to compile.')


def accuracy(check, name, model, images, labels):
    """The share of `images` that a trained model of 10 classes names rightly.

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
        check.fail(f"{name} should be a Keras model, and it is {say(model)}.")
    for form in images if isinstance(images, list) else [images]:
        try:
            probs = np.asarray(model.predict(form, batch_size=250, verbose=0))
            break
        except Exception as caught:
            error = caught
    else:
        check.fail(f"{name} does not take images of shape {form.shape[1:]}: {error_text(error)}.")
    if probs.shape != (len(labels), 10):
        check.fail(f"For {len(labels)} images, {name} gives shape {probs.shape}, and it should be {(len(labels), 10)}.")
    return float((probs.argmax(axis=1) == labels).mean())


def _built(check, build):
    model = check(build).value
    if not isinstance(model, keras.Model):
        check.fail(f"{check.name_of(build)}() should be a Keras model, and you returned {say(model)}.")
    return model


def _takes(model, input_shape):
    """Whether the input that a Keras model declares, if it declares one, is `input_shape`."""
    try:
        declared = model.input_shape[1:]
    except (AttributeError, TypeError, ValueError):
        return True
    return len(declared) == len(input_shape) and all(d in (None, n) for d, n in zip(declared, input_shape))


def _alike(model, reference):
    try:
        networks.carry_weights(model, reference)
    except networks.NotAlike:
        return False
    return True


def _like(model, reference, images):
    """Whether both give the same outputs with the same weights, also with a mask in the place of each dropout."""
    if not _alike(model, reference):
        return False
    if not _same_outputs(model, reference, images):
        return False
    try:
        masked = networks.with_masks(model)
    except Exception:  # a student's own class can't be copied
        return _is_random(model, images) == _is_random(reference, images)
    return _same_outputs(masked, networks.with_masks(reference), images)


def _same_outputs(one, other, images):
    ours, theirs = (np.asarray(each(images, training=False)) for each in (one, other))
    return ours.shape == theirs.shape and np.allclose(ours, theirs, rtol=1e-3, atol=1e-5)


def _is_random(model, images):
    """Whether two passes in training mode differ, as they do with a dropout."""
    one, other = (np.asarray(model(images, training=True)) for _ in range(2))
    return not np.allclose(one, other)


def _evaluated(model, images, labels, targets):
    """What `evaluate` says, or raises, and what the model's outputs give for loss and accuracy."""
    probs = np.asarray(model(images, training=False), dtype="float64")
    cross_entropy = -np.log(np.clip(probs[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)).mean()
    try:
        said = model.evaluate(images, targets, batch_size=len(images), verbose=0, return_dict=True)
    except Exception as error:
        said = error
    return said, cross_entropy, (probs.argmax(axis=1) == labels).mean()
