"""Nested structures of tensors and constants, as Keras' layers take and return them."""

from collections.abc import Sequence
from typing import Any

import keras
import tensorflow as tf


def taken_apart(structure: Any) -> tuple[Any, list[Any]]:
    """A structure as one of numbers, and what stands at the places in the order of these."""
    flat = tf.nest.flatten(structure)
    return tf.nest.pack_sequence_as(structure, range(len(flat))), flat


def put_together(skeleton: Any, flat: Sequence[Any]) -> Any:
    """The structure of which `taken_apart` gave the parts."""
    return tf.nest.map_structure(lambda place: flat[place], skeleton)


def is_tensor(value: Any) -> bool:
    """Whether a part of a structure is a tensor or an array, symbolic or not, and no constant."""
    return hasattr(value, "shape") and hasattr(value, "dtype")


def spec_of(structure: Any) -> tuple[Any, list[Any]]:
    """A structure as data: how it is nested, and a list of what stands in it.

    The list has the shape and the dtype of each tensor, and constants as they are.
    """
    skeleton, flat = taken_apart(structure)
    return skeleton, [
        [list(each.shape), keras.backend.standardize_dtype(each.dtype)] if is_tensor(each) else each for each in flat
    ]


def symbolic(spec: Any) -> Any:
    """The structure of symbolic tensors of which `spec_of` said this."""
    skeleton, flat = spec
    return put_together(
        skeleton, [keras.KerasTensor(tuple(each[0]), each[1]) if isinstance(each, list) else each for each in flat]
    )
