"""The private part of Keras that tells what a network is made of."""

import keras


def parts_of(layer: keras.Layer) -> list[keras.Layer]:
    """A layer or network and all layers inside it, each before what it holds."""
    parts: list[keras.Layer] = layer._flatten_layers()
    return parts
