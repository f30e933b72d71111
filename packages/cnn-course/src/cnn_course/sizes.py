"""One rule for every size in the course: a whole number, and large enough."""

import numbers

import numpy as np

from cnn_course.language import _


def require_size(value: object, name: str, at_least: int = 1) -> None:
    """Raise an error unless `value` is a whole number of at least `at_least`.

    Parameters
    ----------
    value : object
        What was given for the size: a side, a stride, a padding, a number of channels.
    name : str
        What to call it in the error.
    at_least : int, default 1
        The smallest value allowed: 0 for a padding, 1 for every other size.

    Raises
    ------
    TypeError
        If `value` is neither an `int` nor a NumPy integer. A `bool` and a float such as 2.0 are not.
    ValueError
        If `value` is smaller than `at_least`.

    Examples
    --------
    >>> require_size(3, "stride")
    >>> require_size(0, "stride")
    Traceback (most recent call last):
    ...
    ValueError: stride must be at least 1, and it is 0
    """
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        raise TypeError(
            _(
                "{name} must be a whole number, and it is {value} ({type})",
                name=name,
                value=repr(value),
                type=type(value).__name__,
            )
        )
    if value < at_least:
        raise ValueError(
            _("{name} must be at least {least}, and it is {value}", name=name, least=at_least, value=value)
        )
