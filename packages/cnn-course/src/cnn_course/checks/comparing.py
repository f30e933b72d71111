"""How two values are compared."""

import numbers
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_course.checks.saying import is_small, plain, say


def difference(
    expected: object, value: object, rtol: float, atol: float, same_dtype: bool = False, received: str = "it is"
) -> str | None:
    """Say how `value` differs from `expected`: "should be 3, and it is 3.5 (float)"; None if it does not."""
    if isinstance(expected, np.ndarray):
        said = _array_difference(expected, value, rtol, atol, same_dtype)
        if said and said[0].startswith("should have") and received == "it is":
            received = "it has"
        return said and f"{said[0]}, and {received} {said[1]}"
    if _accepts(expected, value, rtol, atol):
        return None
    return f"should be {say(expected)}, and {received} {say(value)}"


def looks_like(wrong: object, value: object, rtol: float, atol: float) -> bool:
    """Tell whether `value` is the answer `wrong`, whatever the types of its numbers."""
    if isinstance(wrong, (list, tuple)):
        value = value.tolist() if isinstance(value, np.ndarray) else value
        return (
            isinstance(value, (list, tuple))
            and len(value) == len(wrong)
            and all(looks_like(w, v, rtol, atol) for w, v in zip(wrong, value))
        )
    try:
        wrong, value = np.asarray(wrong), np.asarray(value)
        if wrong.dtype.kind in "iu" and value.dtype.kind in "iu":
            rtol = atol = 0
        return wrong.shape == value.shape and bool(np.allclose(wrong, value, rtol, atol, equal_nan=True))
    except (TypeError, ValueError):
        return False


def type_promise(expected: object, value: object) -> str:
    """What to say of an answer whose numbers are right and whose type is not."""
    if isinstance(expected, np.ndarray):
        return "their dtype is not" if is_array(value) else "the type is not: it should be an array"
    if isinstance(expected, (tuple, list)):
        return "a type is not: a size is an int, and a tuple is not a list"
    return f"the type is not: it should be {_article(type(expected).__name__)}"


def _article(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


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
    expected: NDArray[Any], value: object, rtol: float, atol: float, same_dtype: bool
) -> tuple[str, str] | None:
    """What an array should be, and what the value is; None if they are the same."""
    if expected.ndim == 0 and isinstance(value, (float, np.floating)):
        value = np.asarray(value)
    if not isinstance(value, np.ndarray):
        if not is_array(value):
            return f"should be {f'an array of shape {expected.shape}' if expected.ndim else 'one number'}", say(value)
        value = np.asarray(value)
    if value.shape != expected.shape:
        if not expected.ndim:
            return "should be one number", f"an array of shape {value.shape}"
        return f"should have shape {expected.shape}", f"shape {value.shape}"
    wanted = _dtype_wanted(expected, same_dtype)
    if value.dtype.name not in wanted:
        return f"should have dtype {' or '.join(wanted[:2])}", str(value.dtype)
    if expected.dtype.kind == "f":
        differs = ~np.isclose(value, expected, rtol, atol)
    else:
        differs = value != expected
    if not differs.any():
        return None
    if is_small(expected):
        return f"should be {say(expected, with_type=False)}", say(value, with_type=False)
    place = tuple(int(i) for i in np.argwhere(differs)[0])
    return (
        f"should be {plain(expected[place].item())} at {list(place)}",
        f"{plain(value[place].item())} there ({differs.sum()} of {differs.size} values differ)",
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
