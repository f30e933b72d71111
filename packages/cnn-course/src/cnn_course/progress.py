"""A line that says how far a training is, and a limit of the time that it may take."""

from __future__ import annotations

import time
from typing import Any

import keras
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import DisplayHandle, display

from cnn_course.language import N_, _, in_a_row

SECONDS_BETWEEN_LINES = 1.0
NAMES = {
    "loss": N_("loss"),
    "accuracy": N_("accuracy"),
    "val_loss": N_("validation loss"),
    "val_accuracy": N_("validation accuracy"),
}
STEPS_BEFORE_A_GUESS = 10


class TimeLimit(keras.callbacks.Callback):
    """Ends a training after the epoch or step in which its time is over.

    Time counts while the training computes, so that what it reaches does not depend on what else the machine does; and
    no more of it than has passed, however many threads compute.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self.is_over = False

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        self.began = _clocks()

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        if min(now - before for now, before in zip(_clocks(), self.began, strict=True)) > self.seconds:
            self.model.stop_training = self.is_over = True


class Progress(keras.callbacks.Callback):
    """One line that says how far a training is and how long it still takes, and at its end what it reached."""

    def on_train_begin(self, logs: dict[str, Any] | None = None) -> None:
        self.began = self.said = time.monotonic()
        self.epoch, self.steps, self.reached = 0, 0, ""
        self.line = line_to_update(_("The training begins."))

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self.epoch = epoch

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        now, steps = time.monotonic(), self.params.get("steps")
        self.steps += 1
        if self.steps == 1:
            self.first = now  # until here Keras has prepared what it computes
        elif steps and self.steps >= STEPS_BEFORE_A_GUESS and now - self.said >= SECONDS_BETWEEN_LINES:
            self.said = now
            to_do = self.params["epochs"] * steps - self.steps
            said = _(
                "Epoch {epoch} of {epochs}, about {left} left.",
                epoch=self.epoch + 1,
                epochs=self.params["epochs"],
                left=clock_time((now - self.first) / (self.steps - 1) * to_do),
            )
            write_over(self.line, in_a_row(said, self.reached and _("So far: {numbers}", numbers=self.reached)))

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        self.reached = ", ".join(
            f"{_called(key)} {value:.3f}" for key, value in (logs or {}).items() if key != "learning_rate"
        )

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        spent = clock_time(time.monotonic() - self.began)
        if self.epoch:
            said = _("{epochs} epochs in {time}.", epochs=self.epoch + 1, time=spent)
        else:
            said = _("1 epoch in {time}.", time=spent)
        write_over(self.line, in_a_row(said, self.reached and _("At the end: {numbers}", numbers=self.reached)))


def _called(key: str) -> str:
    """What to call one of the numbers that Keras logs."""
    if key in NAMES:
        return _(NAMES[key])
    name = key.removeprefix("val_").replace("_", " ")
    return _("validation {name}", name=name) if key.startswith("val_") else name


def line_to_update(text: str) -> DisplayHandle | None:
    """Show a line that can be written over; None outside of a notebook, where nothing is shown."""
    return display({"text/plain": text}, raw=True, display_id=True) if InteractiveShell.initialized() else None


def write_over(line: DisplayHandle | None, text: str) -> None:
    """Put another text in the place of a line that `line_to_update` showed; print it outside of a notebook."""
    if line is None:
        print(text)
    else:
        line.update({"text/plain": text}, raw=True)


def clock_time(seconds: float) -> str:
    """A duration in words: 48 s, 3 min 20 s."""
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return _("{minutes} min {seconds} s", minutes=minutes, seconds=rest)
    return _("{seconds} s", seconds=rest)


def _clocks() -> tuple[float, float]:
    return time.process_time(), time.monotonic()
