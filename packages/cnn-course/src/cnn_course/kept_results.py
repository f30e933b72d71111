"""What a training gave, kept in a folder for whoever trains the same network again."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

FOLDER = "COURSE_RESULTS"  # in the environment: where they are kept; without it nothing is
LOOKED_AT = 10  # images
NUMBERED = re.compile(r'_\d+"')  # Keras counts the layers that a process makes

Outcome = dict[str, NDArray[Any]]


def outcome(
    network: keras.Model, settings: Sequence[int], data: Sequence[NDArray[Any]], train: Callable[[], dict[str, Any]]
) -> Outcome:
    """Return what `train` returns, and as `seconds` how long that took; or what is kept of the same training.

    The same is a training of a network with the same layers, that answers alike before it is trained, with the same
    settings and the same data.

    Parameters
    ----------
    network : keras.Model
        Not compiled.
    settings : sequence of int
        The seed that the network was built with, and whatever else decides its training.
    data : sequence of numpy.ndarray
        What it is trained and measured on, its images first.
    train : callable
        Returns what there is to keep: numbers or arrays, by their names.
    """
    if FOLDER not in os.environ:
        return _timed(train)
    path = Path(os.environ[FOLDER]) / f"{_name(network, settings, data)}.npz"
    answers = np.asarray(network(data[0][:LOOKED_AT], training=False))
    if path.exists():
        with np.load(path) as file:
            kept = dict(file)
        if np.allclose(kept.pop("untrained"), answers, atol=1e-4):
            return kept
    made = _timed(train)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.npz")  # whole at once, or not there
    np.savez_compressed(half, allow_pickle=False, untrained=answers, **made)
    half.replace(path)
    return made


def _timed(train: Callable[[], dict[str, Any]]) -> Outcome:
    began = time.monotonic()
    made = {name: np.asarray(value) for name, value in train().items()}
    return {**made, "seconds": np.asarray(time.monotonic() - began)}


def _name(network: keras.Model, settings: Sequence[int], data: Sequence[NDArray[Any]]) -> str:
    digest = hashlib.sha256(NUMBERED.sub('"', network.to_json()).encode())
    digest.update(repr(list(settings)).encode())
    for array in data:
        digest.update(f"{array.dtype}{array.shape}".encode() + np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()[:16]
