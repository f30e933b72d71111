"""Training that happens once: saved beside the notebook, and loaded again while the notebook is graded."""

import os
import time
from pathlib import Path

import h5py
import keras

from cnn_course.surroundings import being_graded

GRADING_SECONDS = 100
MOST_MEGABYTES = 100


def load_or_train(build, train, weights):
    """Return a trained network and its `History`.

    Trains and saves the weights. While the notebook is graded, loads the saved ones instead; if there are none, trains
    for at most `GRADING_SECONDS` of computing time; if they can't be loaded, says why and returns the network as it was built.

    Parameters
    ----------
    build : callable
        Returns a new compiled Keras model.
    train : callable
        Takes the model and a list of Keras callbacks to hand on to `fit`, and returns the `History`.
    weights : str
        Name of the file, which ends in .weights.h5.

    Returns
    -------
    tuple of keras.Model and (keras.callbacks.History or None)
        The history is None if nothing was trained.
    """
    model = build()
    if being_graded() and os.path.lexists(weights):
        fault = fault_of(weights, model)
        if fault is None:
            model.load_weights(weights)
            fault = f"{weights} was loaded."
        print(fault)
        return model, None
    history = train(model, [TimeLimit(GRADING_SECONDS)] if being_graded() else [])
    if not being_graded():
        model.save_weights(weights)
    return model, history


def fault_of(weights, model=None):
    """Say in one sentence why a file of weights can't be loaded into a model, or return None if it can.

    Parameters
    ----------
    weights : str
        Name of the file.
    model : keras.Model, optional
        The network that the weights are for; it keeps the weights it has. Without it, only the file is looked at.
    """
    path = Path(weights)
    if not path.is_file():
        return f"{weights} does not lie beside the notebook: hand in both."
    megabytes = path.stat().st_size / 1e6
    if megabytes > MOST_MEGABYTES:
        return (
            f"{weights} has {megabytes:,.0f} MB, and more than {MOST_MEGABYTES} are not read: save the weights again."
        )
    if not h5py.is_hdf5(path):
        return f"{weights} is not an HDF5 file: save the weights with model.save_weights({weights!r})."
    try:
        h5py.File(path).close()
    except OSError:
        return f"{weights} is damaged or cut off: save the weights again, and copy the whole file."
    return _misfit(path, model) if model is not None else None


def _misfit(path, model):
    kept = model.get_weights()
    try:
        model.load_weights(path)
    except Exception:
        return f"{path.name} does not fit this network. If it was to be loaded: it was saved from another one."
    finally:
        model.set_weights(kept)
    return None


class TimeLimit(keras.callbacks.Callback):
    """Ends a training after the epoch or step in which its time is over.

    Time counts while the training computes, so that what it reaches does not depend on what else the machine does; and no more of it than
    has passed, however many threads compute.
    """

    def __init__(self, seconds):
        super().__init__()
        self.seconds = seconds

    def on_train_begin(self, logs=None):
        self.began = _clocks()

    def on_train_batch_end(self, batch, logs=None):
        if min(now - before for now, before in zip(_clocks(), self.began, strict=True)) > self.seconds:
            self.model.stop_training = True


def _clocks():
    return time.process_time(), time.monotonic()
