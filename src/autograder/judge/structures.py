"""Nested structures of tensors, as Keras' layers take and return them."""

import keras
import tensorflow as tf


def taken_apart(structure):
    """A structure of tensors as one of numbers, and the tensors in the order of these."""
    flat = tf.nest.flatten(structure)
    return tf.nest.pack_sequence_as(structure, range(len(flat))), flat


def put_together(skeleton, flat):
    """The structure of which `taken_apart` gave the parts."""
    return tf.nest.map_structure(lambda place: flat[place], skeleton)


def spec_of(structure):
    """A structure of tensors as data: how it is nested, and the shape and the dtype of each."""
    skeleton, flat = taken_apart(structure)
    return skeleton, [[list(each.shape), keras.backend.standardize_dtype(each.dtype)] for each in flat]


def symbolic(spec):
    """The structure of symbolic tensors of which `spec_of` said this."""
    skeleton, symbols = spec
    return put_together(skeleton, [keras.KerasTensor(tuple(shape), dtype) for shape, dtype in symbols])
