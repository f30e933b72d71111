"""How two values are compared."""

import numbers
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_course.checks.saying import is_small, plain, say
from cnn_course.language import _


def difference(
    what: str,
    expected: object,
    value: object,
    rtol: float,
    atol: float,
    same_dtype: bool = False,
    returned: bool = False,
) -> str | None:
    """Say how `value` differs from `expected`: "{what} should be 3, and it is 3.5 (float)."; None if it does not.

    If it was `returned`, the sentence is on a call: "{what} should be 3, and you returned 3.5 (float)."
    """
    if isinstance(expected, np.ndarray):
        return _array_difference(what, expected, value, rtol, atol, same_dtype, returned)
    if _accepts(expected, value, rtol, atol):
        return None
    return _should_be(what, say(expected), say(value), returned)


def _should_be(what: str, expected: str, value: str, returned: bool) -> str:
    if returned:
        return _("{call} should be {expected}, and you returned {value}.", call=what, expected=expected, value=value)
    return _("{what} should be {expected}, and it is {value}.", what=what, expected=expected, value=value)


def looks_like(wrong: object, value: object, rtol: float, atol: float) -> bool:
    """Tell whether `value` is the answer `wrong`, whatever the types of its numbers."""
    if isinstance(wrong, (list, tuple)):
        value = value.tolist() if isinstance(value, np.ndarray) else value
        return (
            isinstance(value, (list, tuple))
            and len(value) == len(wrong)
            and all(looks_like(w, v, rtol, atol) for w, v in zip(wrong, value))
        )
    if wrong is None:
        return value is None
    try:
        wrong, value = np.asarray(wrong), np.asarray(value)
        if wrong.dtype.kind in "iu" and value.dtype.kind in "iu":
            rtol = atol = 0
        return wrong.shape == value.shape and bool(np.allclose(wrong, value, rtol, atol, equal_nan=True))
    except (TypeError, ValueError):
        return False


def type_promise(expected: object, value: object) -> str:
    """What to say of an answer whose numbers are right and whose type is not."""
    if isinstance(expected, np.ndarray) and is_array(value):
        return _("The numbers are right, and their dtype is not.")
    if isinstance(expected, np.ndarray):
        return _("The numbers are right, and the type is not: it should be an array.")
    if isinstance(expected, (tuple, list)) and not is_array(value):
        return _("The numbers are right, and a type is not: a size is an int, and a tuple is not a list.")
    name = type(expected).__name__
    if name[0] in "aeiou":
        return _("The numbers are right, and the type is not: it should be an {type}.", type=name)
    return _("The numbers are right, and the type is not: it should be a {type}.", type=name)


def identical(a: object, b: object) -> bool:
    """Tell whether two nested values are the same to the last bit, random generators aside."""
    if isinstance(a, np.random.Generator):
        return True
    if isinstance(a, np.ndarray):
        return isinstance(b, np.ndarray) and a.dtype == b.dtype and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
    if isinstance(a, dict):
        return isinstance(b, dict) and list(a) == list(b) and all(identical(a[key], b[key]) for key in a)
    if isinstance(a, (list, tuple)):
        return type(a) is type(b) and len(a) == len(b) and all(map(identical, a, b))
    return type(a) is type(b) and a == b


def is_array(value: object) -> bool:
    """Tell whether `value` is an array of NumPy or TensorFlow."""
    return isinstance(value, np.ndarray) or (hasattr(value, "numpy") and hasattr(value, "shape"))


def arrays_in(value: object) -> Iterator[NDArray[Any]]:
    """Every NumPy array inside nested tuples, lists and dicts."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        yield from arrays_in(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for element in value:
            yield from arrays_in(element)


def _array_difference(
    what: str,
    expected: NDArray[Any],
    value: object,
    rtol: float,
    atol: float,
    same_dtype: bool,
    returned: bool,
) -> str | None:
    if expected.ndim == 0 and isinstance(value, (float, np.floating)):
        value = np.asarray(value)
    if not is_array(value):
        return _should_be(what, _form(expected.shape), say(value), returned)
    value = np.asarray(value)
    if value.shape != expected.shape:
        if not expected.ndim:
            return _should_be(what, _form(()), _form(value.shape), returned)
        return _other_shape(what, expected.shape, value.shape, returned)
    wanted = _dtype_wanted(expected, same_dtype)
    if value.dtype.name not in wanted:
        return _other_dtype(what, wanted, str(value.dtype), returned)
    if expected.dtype.kind == "f":
        differs = ~np.isclose(value, expected, rtol, atol)
    else:
        differs = value != expected
    if not differs.any():
        return None
    if is_small(expected):
        return _should_be(what, say(expected, with_type=False), say(value, with_type=False), returned)
    return _other_numbers(what, expected, value, differs, returned)


def _form(shape: tuple[int, ...]) -> str:
    return _("an array of shape {shape}", shape=shape) if shape else _("one number")


def _other_shape(what: str, expected: tuple[int, ...], found: tuple[int, ...], returned: bool) -> str:
    if returned:
        return _(
            "{call} should have shape {expected}, and you returned shape {shape}.",
            call=what,
            expected=expected,
            shape=found,
        )
    return _(
        "{what} should have shape {expected}, and it has shape {shape}.", what=what, expected=expected, shape=found
    )


def _other_dtype(what: str, wanted: list[str], found: str, returned: bool) -> str:
    first, *others = wanted
    if len(others) > 1:
        expected = _("{dtype} or another integer dtype", dtype=first)
    else:
        expected = _("{first} or {second}", first=first, second=others[0]) if others else first
    if returned:
        return _(
            "{call} should have dtype {expected}, and you returned {dtype}.", call=what, expected=expected, dtype=found
        )
    return _("{what} should have dtype {expected}, and it has {dtype}.", what=what, expected=expected, dtype=found)


def _other_numbers(
    what: str, expected: NDArray[Any], found: NDArray[Any], differs: NDArray[Any], returned: bool
) -> str:
    """Name the first place at which two large arrays differ."""
    place = tuple(int(i) for i in np.argwhere(differs)[0])
    values = {
        "expected": plain(expected[place].item()),
        "place": list(place),
        "value": plain(found[place].item()),
        "count": differs.sum(),
        "all": differs.size,
    }
    if returned:
        return _(
            "{call} should be {expected} at {place}, and you returned {value} there ({count} of {all} values differ).",
            call=what,
            **values,
        )
    return _(
        "{what} should be {expected} at {place}, and it is {value} there ({count} of {all} values differ).",
        what=what,
        **values,
    )


def _dtype_wanted(expected: NDArray[Any], same_dtype: bool) -> list[str]:
    if same_dtype:
        return [expected.dtype.name]
    if expected.dtype.kind == "f":
        return ["float32", "float64"]
    if expected.dtype.kind in "iu":
        return ["int64", "int32", "int16", "int8", "uint8", "uint16", "uint32", "uint64"]
    return [expected.dtype.name]


def _accepts(expected: object, value: object, rtol: float, atol: float) -> bool:
    if isinstance(expected, bool):
        return value is expected
    if isinstance(expected, numbers.Integral):
        return isinstance(value, (int, np.integer)) and not isinstance(value, bool) and value == expected
    if isinstance(expected, float):
        return isinstance(value, (float, np.floating)) and bool(np.isclose(value, expected, rtol, atol))
    if isinstance(expected, (tuple, list)):
        return (
            isinstance(value, type(expected))
            and len(value) == len(expected)
            and all(_accepts(e, v, rtol, atol) for e, v in zip(expected, value))
        )
    return type(value) is type(expected) and value == expected
