"""How accurate the trained networks of the notebooks' own solutions are, over several seeds.

The thresholds of their tests come from here.

python -m benchmarks.trainings [TASK…]     a quarter of an hour for all but the lab's network, half an hour for that
"""

import os
import statistics
import sys
from types import SimpleNamespace

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}
import numpy as np
import tensorflow as tf
from tensorflow import keras

from cnn_course import digits
from testing.classroom import source

SEEDS = range(10)
# Solution cell -> its notebook, the cells it needs, and the name of the network.
TASKS = {
    "dense_history": ("01-dl-review", [], "dense_model"),
    "lenet_model": ("04-lenet5", [], "lenet_model"),
    "cnn": ("05-mnist-cnn", ["build_cnn"], "cnn"),
    "build_small_cnn": ("05-mnist-cnn", [], "small_cnn"),
}


def accuracies(task, seed):
    """Train the solution of a task: its accuracy on the validation set and on the test."""
    notebook, needed, network = TASKS[task]
    (x_train, y_train), (x_val, y_val) = [(_scaled(images), labels) for images, labels in digits.load()]
    names = {
        "np": np, "tf": tf, "keras": keras, "WHICH": "embedded", "training": SimpleNamespace(load_or_train=_train),
        "x_train": x_train, "y_train": y_train, "x_val": x_val, "y_val": y_val,
        "images_train": x_train, "images_val": x_val,
    }  # fmt: skip
    keras.utils.set_random_seed(seed)
    for cell in source(notebook).cells:
        if cell.id in (*needed, task):
            exec(cell.source.replace("verbose=2", "verbose=0"), names)
    model, (x_test, y_test) = names[network], digits.held_out()
    return [_accuracy(model, images, labels) for images, labels in ((x_val, y_val), (_scaled(x_test), y_test))]


def _train(build, train, weights, **limits):
    model = build()
    return model, train(model, [])


def _scaled(images):
    return images[..., None].astype("float32") / 255


def _accuracy(model, images, labels):
    rim = (model.input_shape[1] - images.shape[1]) // 2
    images = np.pad(images, [(0, 0), (rim, rim), (rim, rim), (0, 0)])
    return float(np.mean(model.predict(images, verbose=0).argmax(axis=1) == labels))


if __name__ == "__main__":
    for task in sys.argv[1:] or TASKS:
        found = []
        for seed in SEEDS:
            found.append(accuracies(task, seed))
            print(f"{task}, seed {seed}: validation {found[-1][0]:.3f}, test {found[-1][1]:.3f}", flush=True)
        for which, values in zip(("validation", "test"), zip(*found)):
            mean, deviation = statistics.mean(values), statistics.stdev(values)
            print(
                f"{task}, {which}: mean {mean:.4f}, standard deviation {deviation:.4f}, "
                f"three below {mean - 3 * deviation:.4f}"
            )
