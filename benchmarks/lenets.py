"""Both LeNets of notebook 04 on full MNIST, for the 20 passes of the paper: their errors after each.

Keras' mnist.npz must be to be had: where it is, the environment variable MNIST_NPZ may say.

    python -m benchmarks.lenets [--seeds N] [--passes N]
"""

import argparse
import os

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0")

import numpy as np
from tensorflow import keras

from cnn_course import digits
from testing.classroom import source

NETWORKS = ("build_lenet5", "build_lenet5_1998")
SKIPPED = ("-check", "-hidden", "-learns", "lenet_model")


def notebook():
    """The names of notebook 04 after its own solutions have run, without any training."""
    os.environ["NBGRADER_EXECUTION"] = "autograde"  # nothing is drawn
    names = {"__name__": "__main__"}
    for cell in source("04-lenet5").cells:
        if cell.cell_type == "code" and not cell.id.endswith(SKIPPED) and "tags" not in cell.metadata:
            exec(compile(cell.source, cell.id, "exec"), names)
    return names


def errors(names, build, seed, passes):
    """The share of the 10,000 test digits that a network gets wrong after each pass over the 59,000."""
    (train, y_train), (test, y_test) = digits.load("full")
    train, test = (x[..., None].astype("float32") / 255 for x in (train, test))
    keras.utils.set_random_seed(seed)
    network = names[build]()
    if build == "build_lenet5_1998":
        train, test = map(names["to_paper_scale"], (train, test))
        network.compile("adam", loss=names["paper_loss"], metrics=[names["nearest"]])
    else:
        train, test = (np.pad(x, [(0, 0), (2, 2), (2, 2), (0, 0)]) for x in (train, test))
        network.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    slower = keras.callbacks.LearningRateScheduler(lambda epoch, rate: 1e-3 if epoch < 0.7 * passes else 1e-4)
    history = network.fit(
        train, y_train, epochs=passes, validation_data=(test, y_test), callbacks=[slower], verbose=0
    ).history
    measured = next(values for name, values in history.items() if name in ("val_accuracy", "val_nearest"))
    return 1 - np.array(measured)


def main():
    """Print a line for each network and seed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--passes", type=int, default=20)
    given = parser.parse_args()
    names = notebook()
    for build in NETWORKS:
        for seed in range(given.seeds):
            found = errors(names, build, seed, given.passes)
            shown = ", ".join(f"{100 * each:.2f}" for each in found)
            print(f"{build}, seed {seed}: error on the test digits after each pass, in %: {shown}", flush=True)


if __name__ == "__main__":
    main()
