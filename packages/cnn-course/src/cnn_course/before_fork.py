"""What every notebook of the course needs first, done on import.

A process that forks kernels does it once for all of them. No TensorFlow operation is run that needs threads: they would
not survive the fork.
"""

import contextlib
import io

import babel.messages.pofile  # noqa: F401
import matplotlib.pyplot as plt
import scipy.signal  # noqa: F401

from cnn_course import digits, explorers, figures, network_checks  # noqa: F401


def _draw() -> None:
    """Make Matplotlib load its fonts and writers."""
    figure, axis = plt.subplots()
    axis.set_title("digit $7$")
    axis.imshow(digits.example(7))
    figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
    plt.close(figure)


_draw()
with contextlib.suppress(ImportError, AttributeError, TypeError):  # another TensorFlow: each kernel does it for itself
    from cnn_course import tensorflow_compat

    tensorflow_compat.multiply()
    tensorflow_compat.run_directly()
