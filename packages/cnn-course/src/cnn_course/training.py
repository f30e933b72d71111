"""Training that happens once: saved beside the notebook, and loaded again while the notebook is graded."""

from __future__ import annotations

import collections
import contextlib
import json
import math
import shutil
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import h5py
import keras
import numpy as np
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import DisplayHandle, display
from numpy.typing import NDArray

from cnn_course.checks.saying import say
from cnn_course.keras_compat import parts_of
from cnn_course.language import N_, _, in_a_row, listed
from cnn_course.surroundings import being_graded as being_graded  # the notebooks ask it here

GRADING_SECONDS = 100
MOST_MEGABYTES = 100
IMAGES = ((28, 28, 1), (32, 32, 1))  # the course's, for models that do not say theirs
SUFFIXES = (".h5", ".hdf5", ".keras")
IN_A_KERAS_FILE = "model.weights.h5"
SECONDS_BETWEEN_LINES = 1.0
NAMES = {
    "loss": N_("loss"),
    "accuracy": N_("accuracy"),
    "val_loss": N_("validation loss"),
    "val_accuracy": N_("validation accuracy"),
}
STEPS_BEFORE_A_GUESS = 10
NOT_WEIGHTS = ("optimizer", "seed_generator", "metrics")  # what such a file holds besides
HISTORY = "history"  # the attribute of a file of weights that keeps the numbers of their training
MOST_OF_A_HISTORY = 60_000  # bytes: HDF5 takes attributes of up to 64 KB
WITHOUT_WEIGHTS = "without_weights"  # among a History's `params`


class NotToTrain(Exception):
    """What a student's function built can't be trained, or need not be. Notebooks show its message alone."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


def load_or_train(
    build: Callable[[], keras.Model],
    train: Callable[[keras.Model, list[keras.callbacks.Callback]], keras.callbacks.History],
    weights: str,
    most_parameters: int | None = None,
) -> tuple[keras.Model, keras.callbacks.History | None]:
    """Return a trained network and its `History`.

    Trains and saves the weights and the history, unless the training has left the network as it was. While the notebook
    is graded, loads them instead; if there are none, trains for at most `GRADING_SECONDS` of computing time; if they
    can't be loaded, says why and returns the network as it was built.

    Parameters
    ----------
    build : callable
        Returns a new compiled Keras model.
    train : callable
        Takes the model and a list of Keras callbacks to hand on to `fit`, and returns the `History`.
    weights : str
        Name of the file, which ends in .weights.h5.
    most_parameters : int, optional
        How many parameters are allowed: more are not trained, but while the notebook is graded.

    Returns
    -------
    tuple of keras.Model and (keras.callbacks.History or None)
        The history is None if `fit` was not called. That of a network with weights from a file that keeps none has one
        epoch, of which nothing is known: its loss is NaN.

    Raises
    ------
    NotToTrain
        If `build` does not return a Keras model, or one with too many parameters.
    """
    found = files_like(weights) if being_graded() else []
    if len(found) == 1:
        model = load(build, weights)
        return model, model.history
    if found:
        print(fault_of(weights))
    model = _network(build)
    if most_parameters is not None and not being_graded():
        _see_an_image(model)
        _require_few_parameters(model, most_parameters, build)
    before = model.get_weights()
    limit = TimeLimit(GRADING_SECONDS)
    history = train(model, [limit] if being_graded() else [Progress()])
    if _are_the_same(before, model.get_weights()):
        print(
            _(
                "{name} has left the network that it was given as it was: train this one, and no other. "
                "No weights were saved.",
                name=_name(train),
            )
        )
        return model, history
    if not being_graded():
        model.save_weights(weights)
    if not isinstance(history, keras.callbacks.History):
        print(
            _(
                "{name} should return what fit returns, and it returned {value}. "
                "The network is trained all the same, and need not be trained again.",
                name=_name(train),
                value=say(history),
            )
        )
        history = getattr(model, "history", None)
    if isinstance(history, keras.callbacks.History):
        if limit.is_over:
            history.params = {**(history.params or {}), WITHOUT_WEIGHTS: True}
        if not being_graded():
            _keep(history, weights)
    return model, history


def load(build: Callable[[], keras.Model], weights: str) -> keras.Model:
    """Return a network with weights that were saved: after a restart, nothing has to be trained again.

    The `history` of the network is that of their training. If they can't be loaded, says why and returns the network as
    it was built.

    Parameters
    ----------
    build : callable
        Returns a new Keras model.
    weights : str
        Name of the file.

    Raises
    ------
    NotToTrain
        If `build` does not return a Keras model.
    """
    model, fault = _loaded(build, weights)
    print(fault or _("{file} was loaded.", file=files_like(weights)[0]))
    if fault:
        model.history = _history({"loss": [math.nan]}, {WITHOUT_WEIGHTS: True})
    else:
        model.history = _history(_kept(weights) or {"loss": [math.nan]}, {})
    return model


def _loaded(build: Callable[[], keras.Model], weights: str) -> tuple[keras.Model, str | None]:
    """A network with saved weights; or as it was built, and why they can't be loaded."""
    tried = []
    for shape in IMAGES:
        model = _network(build)
        says_its_images = model.built
        tried.append((model, _load(model, weights, shape)))
        if tried[-1][1] is None:
            return tried[-1]
        if says_its_images:
            break
    return tried[0]


def _keep(history: keras.callbacks.History, weights: str) -> None:
    """Put the numbers of a training into the file of its weights, if they fit in."""
    with contextlib.suppress(TypeError, ValueError, OSError):
        text = json.dumps(history.history, default=float).encode()
        if len(text) <= MOST_OF_A_HISTORY:
            with h5py.File(weights, "a") as file:
                file.attrs[HISTORY] = np.bytes_(text)


def _kept(weights: str) -> dict[str, list[float]] | None:
    """The numbers of a training that a file of its weights keeps; None if it keeps none, or something else."""
    [name] = files_like(weights)
    try:
        with h5py.File(name) as file:
            attribute = file.attrs.get_id(HISTORY)
            if attribute.dtype.kind != "S" or attribute.shape or attribute.get_storage_size() > MOST_OF_A_HISTORY:
                return None
            numbers = json.loads(file.attrs[HISTORY])
    except (OSError, KeyError, TypeError, ValueError, RecursionError):  # no HDF5, no history, or no JSON
        return None
    return numbers if _are_of_a_training(numbers) else None


def _are_of_a_training(numbers: Any) -> bool:
    return (
        isinstance(numbers, dict)
        and bool(numbers.get("loss"))
        and all(isinstance(each, list) and len(each) == len(numbers["loss"]) for each in numbers.values())
        and all(type(number) in (int, float) for each in numbers.values() for number in each)
    )


def _history(numbers: dict[str, list[float]], params: dict[str, Any]) -> keras.callbacks.History:
    history = keras.callbacks.History()
    history.history, history.epoch, history.params = numbers, list(range(len(numbers["loss"]))), params
    return history


def _network(build: Callable[[], keras.Model]) -> keras.Model:
    model = build()
    if not isinstance(model, keras.Model):
        said = _("{name} should return a Keras model, and it returned {value}.", name=_name(build), value=say(model))
        raise NotToTrain(said)
    return model


def _require_few_parameters(model: keras.Model, most: int, build: Callable[[], keras.Model]) -> None:
    count = sum(math.prod(weight.shape) for weight in model.weights)
    if count > most:
        raise NotToTrain(
            _(
                "{call} has {count} parameters, and {most} are allowed: it was not trained.",
                call=f"{_name(build)}()",
                count=f"{count:,}",
                most=f"{most:,}",
            )
        )


def _are_the_same(before: list[NDArray[Any]], after: list[NDArray[Any]]) -> bool:
    return len(before) == len(after) and all(map(np.array_equal, before, after))


def _name(function: Callable[..., Any]) -> str:
    return getattr(function, "__name__", _("the function"))


def files_like(weights: str) -> list[str]:
    """The files of a name, or else those, here or in a folder here, that were saved or renamed in another way.

    ``mnist_cnn.weights.h5`` may have become ``mnist_cnn-1.weights.h5`` or ``mnist_cnn.weights (1).h5``, or be
    ``mnist_cnn.keras``.
    """
    stem = Path(weights).name.partition(".")[0].lower()
    if Path(weights).exists() or Path(weights).is_symlink():
        return [weights]
    near = [*Path().glob("*"), *Path().glob("*/*")]
    alike = [path for path in near if path.name.lower().startswith(stem) and path.suffix.lower() in SUFFIXES]
    alike = [path for path in alike if path.is_file()]
    return sorted(path.as_posix() for path in [each for each in alike if "weights" in each.name] or alike)


def fault_behind(history: object, weights: str, model: keras.Model) -> str | None:
    """Say why a network is not as it was trained, if `load_or_train` returned it with this history; or return None.

    Parameters
    ----------
    history : object
        What the student has for the history: whoever trains in another way hears nothing of files.
    weights : str
        Name of the file.
    model : keras.Model
        The network that the weights are for.
    """
    params = getattr(history, "params", None)
    return fault_of(weights, model) if isinstance(params, dict) and params.get(WITHOUT_WEIGHTS) else None


def fault_of(weights: str, model: keras.Model | None = None) -> str | None:
    """Say in one sentence why a file of weights can't be loaded into a model, or return None if it can.

    Parameters
    ----------
    weights : str
        Name of the file.
    model : keras.Model, optional
        The network that the weights are for; it keeps the weights it has. Without it, only the file is looked at.
    """
    fault = _fault_of_file(weights)
    if fault or model is None:
        return fault
    _see_an_image(model)
    kept = model.get_weights()
    fault = _load(model, weights)
    model.set_weights(kept)
    # What holds classes of the student's own may load them where these are known, and not here.
    return fault if _holds_others(weights, model) or _is_all_of_keras(model) else None


def _fault_of_file(weights: str) -> str | None:
    found = files_like(weights)
    if not found or not Path(found[0]).is_file():
        return _("{file} is not beside the notebook: hand in both.", file=weights)
    if len(found) > 1:
        return _(
            "{file} is not beside the notebook, but {others} are: hand in the right one under that name.",
            file=weights,
            others=listed(found),
        )
    name, path = found[0], Path(found[0])
    megabytes = path.stat().st_size / 1e6
    if megabytes > MOST_MEGABYTES:
        return _(
            "{file} has {size} MB, and files over {most} MB are not read: save the weights again.",
            file=name,
            size=f"{megabytes:,.0f}",
            most=MOST_MEGABYTES,
        )
    try:
        _form_of(path)
    except (OSError, zipfile.BadZipFile):
        return _("{file} is damaged or cut off: save the weights again, and copy the whole file.", file=name)
    except ValueError as fault:
        return _(str(fault), file=name, call=f"model.save_weights({weights!r})")
    return None


def _form_of(path: Path) -> str:
    """The ending under which Keras reads a file of this content."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
        if not 0 < parts.get(IN_A_KERAS_FILE, 0) < MOST_MEGABYTES * 1e6:
            raise ValueError(N_("{file} is a zip archive without weights of Keras: save the weights with {call}."))
        return ".keras"
    if not h5py.is_hdf5(path):
        raise ValueError(N_("{file} is not an HDF5 file: save the weights with {call}."))
    with h5py.File(path) as file:
        return ".h5" if "layer_names" in file.attrs or "model_weights" in file else ".weights.h5"


def _load(model: keras.Model, weights: str, *shapes: tuple[int, ...]) -> str | None:
    """Load weights into a model for images of one of these shapes; say why they can't be, or return None."""
    fault = _fault_of_file(weights)
    if fault:
        return fault
    _see_an_image(model, *shapes)
    [name] = files_like(weights)
    with tempfile.TemporaryDirectory() as folder:
        copy = f"{folder}/copy{_form_of(Path(name))}"
        shutil.copyfile(name, copy)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the state of an optimizer, which only a training needs
                model.load_weights(copy)
        except Exception:
            return _(
                "{file} does not fit this network: {why}. If it should be loaded, save it again from this one.",
                file=name,
                why=_holds_others(weights, model)
                or _("the shapes are right, but the layers are put together in another way"),
            )
    return None


def _see_an_image(model: keras.Model, *shapes: tuple[int, ...]) -> None:
    """Give a model that was made without the shape of its images all its weights."""
    for shape in shapes or IMAGES:
        with contextlib.suppress(Exception):  # its images have another shape
            model(np.zeros((1, *shape), "float32"), training=False)
            return


def _holds_others(weights: str, model: keras.Model) -> str | None:
    """A clause on a weight that either the file or the model has and the other has not; None if there is none."""
    [name] = files_like(weights)
    ours = collections.Counter(tuple(each.shape) for each in model.weights)
    theirs = collections.Counter(_shapes_in(Path(name)))
    for shape in sorted(theirs - ours, key=len, reverse=True):
        if not ours[shape]:
            return _("it holds weights of shape {shape}, and the network has none of that shape", shape=shape)
        return _(
            "it holds weights of shape {shape}, and the network has {count} of that shape",
            shape=shape,
            count=ours[shape],
        )
    for shape in sorted(ours - theirs, key=len, reverse=True):
        if not theirs[shape]:
            return _("the network has weights of shape {shape}, and the file holds none of that shape", shape=shape)
        return _(
            "the network has weights of shape {shape}, and the file holds {count} of that shape",
            shape=shape,
            count=theirs[shape],
        )
    return None


def _shapes_in(path: Path) -> list[tuple[int, ...]]:
    opened: Path | IO[bytes] = path
    shapes: list[tuple[int, ...]] = []
    with contextlib.ExitStack() as stack:
        if _form_of(path) == ".keras":
            archive = stack.enter_context(zipfile.ZipFile(path))
            opened = stack.enter_context(archive.open(IN_A_KERAS_FILE))
        file = stack.enter_context(h5py.File(opened))

        def note(name: str, part: h5py.Group | h5py.Dataset) -> None:
            if (
                isinstance(part, h5py.Dataset)
                and part.shape is not None
                and not any(word in name for word in NOT_WEIGHTS)
            ):
                shapes.append(part.shape)

        file.visititems(note)
    return shapes


def _is_all_of_keras(model: keras.Model) -> bool:
    return all(type(part).__module__.startswith("keras.") for part in parts_of(model))


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
    return _(NAMES[key]) if key in NAMES else key.replace("val_", "validation ").replace("_", " ")


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
