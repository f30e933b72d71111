"""The private part of Keras that tells what a network is made of."""

from typing import Any


def parts_of(layer: Any) -> list[Any]:
    """A layer or network and all layers inside it, each before what it holds."""
    parts: list[Any] = layer._flatten_layers()
    return parts
