"""The same training with one thing changed, from several seeds: what a part of a network is worth."""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from IPython.display import DisplayHandle, display
from numpy.typing import NDArray

from cnn_course.digits import Digits
from cnn_course.kept_results import Outcome, outcome
from cnn_course.language import _
from cnn_course.progress import clock_time, line_to_update, write_over
from cnn_course.surroundings import being_graded

STEPS = 600
BATCH = 32


@dataclass(frozen=True)
class Trial:
    """A row of the table: what to call it, what builds its network, and how many digits this is trained on.

    Attributes
    ----------
    name : str
    build : callable
        Returns a new Keras model from `(28, 28, 1)` to class probabilities, not compiled.
    digits : int, optional
        How many of the training digits, from the first on; all by default.
    """

    name: str
    build: Callable[[], keras.Model]
    digits: int | None = None


@dataclass(frozen=True)
class Result:
    """What came of a trial: its parameters, the validation accuracy for each seed, and the seconds of all trainings.

    `losses` holds the validation loss after each epoch, its mean over the seeds, if `compare` was asked for curves.
    """

    parameters: int
    accuracies: tuple[float, ...]
    seconds: float
    losses: tuple[float, ...] = ()

    @property
    def mean(self) -> float:
        """The mean of the accuracies."""
        return float(np.mean(self.accuracies))

    @property
    def spread(self) -> float:
        """The standard deviation of the accuracies over the seeds (n - 1 in the divisor)."""
        return float(np.std(self.accuracies, ddof=1)) if len(self.accuracies) > 1 else 0.0


def compare(
    trials: Sequence[Trial], train: Digits, validation: Digits, seeds: Sequence[int] = (0, 1, 2), curves: bool = False
) -> dict[str, Result]:
    """Train each trial's network from each seed, and show a table that fills.

    Every training has the same number of steps, `STEPS` mini-batches of `BATCH`, with Adam: with fewer digits it has
    more epochs. While the notebook is graded nothing is trained.

    Parameters
    ----------
    trials : sequence of Trial
    train, validation : tuple of numpy.ndarray
        Images `(n, 28, 28, 1)`, from 0 to 1, and labels.
    seeds : sequence of int, default (0, 1, 2)
    curves : bool, default False
        Whether to measure the validation loss after each epoch, which takes longer.

    Returns
    -------
    dict of str to Result
        By the trials' names; empty while the notebook is graded.
    """
    results: dict[str, Result] = {}
    if being_graded():
        return results
    began, done, of = time.monotonic(), 0, len(trials) * len(seeds)
    shown = display(_Shown(trials, results, ""), display_id=True)
    for trial in trials:
        images, labels = train
        given = images[: trial.digits], labels[: trial.digits]
        outcomes: list[Outcome] = []
        for seed in seeds:
            keras.utils.set_random_seed(seed)
            network = trial.build()
            outcomes.append(_measured(network, seed, given, validation, curves))
            results[trial.name] = _result(network, outcomes)
            done += 1
            left = clock_time((time.monotonic() - began) / done * (of - done))
            state = _("training {done} of {all}, about {left} left", done=done, all=of, left=left)
            _update(shown, _Shown(trials, results, state))
    seconds = sum(result.seconds for result in results.values())
    state = _("{done} trainings in {time}", done=done, time=clock_time(seconds))
    _update(shown, _Shown(trials, results, state))
    return results


def out_of_fold(build: Callable[[], keras.Model], train: Digits, folds: int = 5) -> NDArray[Any]:
    """Predict every training digit with a network that was trained without it.

    The digits are cut into folds of equal size. For each fold a network is trained on all the others, as `compare` does
    it, and predicts this one.

    Parameters
    ----------
    build : callable
        As in `Trial`.
    train : tuple of numpy.ndarray
        Images `(n, 28, 28, 1)`, from 0 to 1, and labels.
    folds : int, default 5

    Returns
    -------
    numpy.ndarray
        Probabilities `(n, classes)`, in the order of the digits.
    """
    images, labels = train
    fold_of = np.arange(len(images)) % folds
    probabilities, began = [], time.monotonic()
    line = line_to_update(_("The training begins."))
    for fold in range(folds):
        keras.utils.set_random_seed(fold)
        own = fold_of == fold
        probabilities.append(_predicted(build(), fold, (images[~own], labels[~own]), images[own]))
        spent = time.monotonic() - began
        if fold + 1 < folds:
            left = clock_time(spent / (fold + 1) * (folds - fold - 1))
            write_over(line, _("Fold {fold} of {folds}, about {left} left.", fold=fold + 1, folds=folds, left=left))
        else:
            write_over(line, _("Fold {fold} of {folds}, done.", fold=folds, folds=folds))
    found = np.empty((len(images), probabilities[0].shape[1]), "float32")
    for fold, predicted in enumerate(probabilities):
        found[fold_of == fold] = predicted
    return found


def _measured(network: keras.Model, seed: int, train: Digits, validation: Digits, curves: bool) -> Outcome:
    def measure() -> dict[str, Any]:
        history = _train(network, train, validation if curves else None)
        accuracy = network.evaluate(*validation, batch_size=500, verbose=0)[1]
        return {"accuracy": accuracy, "losses": history.history.get("val_loss", [])}

    return outcome(network, (seed, STEPS, BATCH, curves), (*train, *validation), measure)


def _result(network: keras.Model, outcomes: Sequence[Outcome]) -> Result:
    return Result(
        network.count_params(),
        tuple(float(each["accuracy"]) for each in outcomes),
        sum(float(each["seconds"]) for each in outcomes),
        tuple(np.mean([each["losses"] for each in outcomes], axis=0).tolist()),
    )


def _predicted(network: keras.Model, seed: int, train: Digits, images: NDArray[Any]) -> NDArray[Any]:
    def predict() -> dict[str, Any]:
        _train(network, train)
        return {"probabilities": network(images, training=False)}

    return outcome(network, (seed, STEPS, BATCH), (*train, images), predict)["probabilities"]


def _train(network: keras.Model, train: Digits, validation: Digits | None = None) -> keras.callbacks.History:
    images, labels = train
    network.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    epochs = round(STEPS * BATCH / len(images))
    return network.fit(
        images,
        labels,
        batch_size=BATCH,
        epochs=epochs,
        validation_data=validation,
        validation_batch_size=500,
        verbose=0,
    )


def _update(shown: DisplayHandle | None, table: _Shown) -> None:
    if shown is not None:  # None outside of a notebook
        shown.update(table)


class _Shown:
    """The table as it stands, as HTML and as text."""

    def __init__(self, trials: Sequence[Trial], results: dict[str, Result], state: str) -> None:
        self.head = "", _("parameters"), _("validation accuracy"), _("seconds")
        self.rows = [(trial.name, *_cells(results.get(trial.name))) for trial in trials]
        self.state = state

    def __repr__(self) -> str:
        lines = [self.head, *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines)]
        table = [
            f"{name:<{widths[0]}}  " + "  ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths[1:]))
            for name, *cells in lines
        ]
        return "\n".join([*table, self.state])

    def _repr_html_(self) -> str:
        def line(tag: str, name: str, *cells: str) -> str:
            right = "".join(f'<{tag} style="text-align: right">{html.escape(cell)}</{tag}>' for cell in cells)
            return f'<tr><th style="text-align: left">{html.escape(name)}</th>{right}</tr>'

        body = "".join(line("td", *row) for row in self.rows)
        return (
            f"<table><thead>{line('th', *self.head)}</thead><tbody>{body}</tbody></table>"
            f"<p>{html.escape(self.state)}</p>"
        )


def _cells(result: Result | None) -> tuple[str, str, str]:
    if result is None:
        return "", "", ""
    spread = f" ± {100 * result.spread:.1f}" if len(result.accuracies) > 1 else ""
    accuracy = f"{100 * result.mean:.1f}{spread} %".replace(" ", "\N{NO-BREAK SPACE}")
    return f"{result.parameters:,}", accuracy, f"{result.seconds:.0f}"
