"""The small network behind the lens.

`python -m cnn_course.explorers.lens_network` trains it on the embedded digits and writes its weights anew. What readers
draw lies and leans otherwise than MNIST's digits do: so it learns from digits that are moved, turned and scaled.
"""

from __future__ import annotations

import json
from typing import Any

import keras

from cnn_course import digits
from cnn_course.explorers import NETWORK

DECIMALS = 3
EPOCHS = 40


def trained() -> tuple[keras.Sequential, float]:
    """Train the network.

    Returns
    -------
    keras.Sequential
        It takes digits `(n, 28, 28, 1)` with pixels from 0 to 1.
    float
        Its accuracy on the validation digits.
    """
    keras.utils.set_random_seed(3)
    (x_train, y_train), (x_val, y_val) = ((images[..., None] / 255, labels) for images, labels in digits.load())
    altered = [
        keras.layers.RandomTranslation(0.1, 0.1, fill_mode="constant"),
        keras.layers.RandomRotation(0.05, fill_mode="constant"),
        keras.layers.RandomZoom(0.2, 0.2, fill_mode="constant"),
    ]
    network = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(8, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(16, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    learner = keras.Sequential([keras.Input((28, 28, 1)), *altered, network])
    for each in (learner, network):
        each.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    learner.fit(x_train, y_train, batch_size=32, epochs=EPOCHS, verbose=0)
    return network, network.evaluate(x_val, y_val, verbose=0)[1]


def exported(network: keras.Sequential) -> list[dict[str, Any]]:
    """The weights of a network of convolutions with relu, max pools and one dense layer, as the lens takes them.

    Parameters
    ----------
    network : keras.Sequential

    Returns
    -------
    list of dict
        Plain lists and numbers, rounded to 3 decimals.
    """
    layers = []
    for layer in network.layers:
        if isinstance(layer, keras.layers.MaxPooling2D):
            layers.append({"kind": "pool", "size": layer.pool_size[0]})
        elif not isinstance(layer, keras.layers.Flatten):
            kind = "conv" if isinstance(layer, keras.layers.Conv2D) else "dense"
            weights, bias = (each.astype(float).round(DECIMALS).tolist() for each in layer.get_weights())
            layers.append({"kind": kind, "weights": weights, "bias": bias})
    return layers


if __name__ == "__main__":
    network, accuracy = trained()
    NETWORK.write_text(json.dumps(exported(network), separators=(",", ":")), encoding="utf-8")
    print(f"{accuracy:.1%} of the validation digits are classified correctly.")
