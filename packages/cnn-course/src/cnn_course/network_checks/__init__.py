"""Checks of Keras models: by shapes and parameters, by what they compute, by how they are compiled, by accuracy.

Each takes the `check` of a test (see `cnn_course.checks`) and fails it with a sentence. None looks at how a student
put a network together.
"""

from cnn_course.network_checks.building import compiled, shapes
from cnn_course.network_checks.learning import accuracy, trained
from cnn_course.network_checks.outputs import numbers, same

__all__ = ["accuracy", "compiled", "numbers", "same", "shapes", "trained"]
