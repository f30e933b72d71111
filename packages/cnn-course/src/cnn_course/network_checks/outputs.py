"""What a network computes, beside what a right one does."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from cnn_course import networks
from cnn_course.checks import comparing
from cnn_course.checks.answers import Unexplained
from cnn_course.language import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnn_course.checks import Check

AS_PRINTED = 2e-3, 2e-4  # tolerances, relative and absolute, to numbers with four decimals
IMAGES = 4  # drawn for a comparison of outputs


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
            "look at the activations and the order of the layers, and at pooling if there is any."
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
