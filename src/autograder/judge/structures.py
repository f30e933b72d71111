"""Nested structures of tensors, as Keras' layers take and return them."""

import tensorflow as tf


def taken_apart(structure):
    """A structure of tensors as one of numbers, and the tensors in the order of these."""
    flat = tf.nest.flatten(structure)
    return tf.nest.pack_sequence_as(structure, range(len(flat))), flat


def put_together(skeleton, flat):
    """The structure of which `taken_apart` gave the parts."""
    return tf.nest.map_structure(lambda place: flat[place], skeleton)
