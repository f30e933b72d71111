"""Values, calls and errors as words: short enough to stand in a sentence."""

import inspect
import numbers
import re
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_course.language import N_, _, in_every_language, listed

SMALL = 16  # arrays of up to this many values are printed whole
STUB = "Your turn"  # how the message of an unwritten task begins in English
WHOLE_STUB = N_("Your turn: replace this line with your code.")


def say(value: object, with_type: bool = True) -> str:
    """A value as part of a sentence, short enough to read."""
    if value is None:
        return _("None (does every path end with a return?)") if with_type else "None"
    if isinstance(value, np.ndarray):
        if not is_small(value):
            return _("an array of shape {shape}", shape=value.shape)
        if value.ndim > 2:
            return _("{numbers} in shape {shape}", numbers=_numbers(value.squeeze()), shape=value.shape)
        return _numbers(value)
    if isinstance(value, (np.generic, float, bool)) and with_type:
        return f"{plain(value.item() if isinstance(value, np.generic) else value)} ({type(value).__name__})"
    if isinstance(value, (tuple, list, dict, str, numbers.Number)):
        return shorten(plain(value))
    return shorten(repr(value)) if with_type else type(value).__name__


def call_text(function: Callable[..., Any], name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """The call as a student can write it; a large array stands under its name, with its shape behind."""
    try:
        parameters = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        parameters = []
    shown, large = [], []
    given: list[tuple[int | str, Any]] = [*enumerate(args), *kwargs.items()]
    for place, value in given:
        keyword = f"{place}=" if isinstance(place, str) else ""
        if isinstance(value, np.ndarray) and not is_small(value):
            if isinstance(place, str):
                label = place
            else:
                label = parameters[place] if place < len(parameters) else _("argument {number}", number=place + 1)
            large.append(_("{name} of shape {shape}", name=label, shape=value.shape))
            shown.append(label)
        else:
            shown.append(keyword + (_as_code(value) if isinstance(value, np.ndarray) else say(value, with_type=False)))
    call = f"{name}({', '.join(shown)})"
    return _("{call}, with {arrays},", call=call, arrays=listed(large)) if large else call


def _as_code(array: NDArray[Any]) -> str:
    if array.ndim <= 2:
        return f"np.array({_numbers(array)})"
    return f"np.array({_numbers(array.squeeze())}).reshape{array.shape}"


def is_unwritten(error: BaseException) -> bool:
    """Whether an exception comes from a task's stub; TensorFlow raises NotImplementedError for reasons of its own."""
    said = str(error)
    return type(error) is NotImplementedError and (
        not said or said.startswith(STUB) or said in in_every_language(WHOLE_STUB)
    )


def error_text(error: BaseException) -> str:
    """Type, message and, where it arose in a cell of the notebook, the line."""
    said = first_clause(str(error))
    text = f"{type(error).__name__}: {said}" if said else type(error).__name__
    frames = inspect.getinnerframes(error.__traceback__) if error.__traceback__ else []
    lines = [frame for frame in frames if "ipykernel" in frame.filename]
    own = [frame for frame in lines if not frame.function.startswith(("check_", "hidden_", "learns_"))]
    source = (own[-1].code_context or [""])[0].strip() if own else ""
    if not source:
        return text
    return _("{error} (line {line} of its cell: {code})", error=text, line=own[-1].lineno, code=source)


def first_clause(text: str) -> str:
    """The part of an error's message that says what is wrong, without TensorFlow's account of where."""
    text = re.sub(r"\{\{.*?\}\}\s*", "", text).partition("\n")[0].partition(" ; NodeDef")[0].partition(" [Op:")[0]
    return shorten(text.strip(" ."), 140)


def is_small(array: NDArray[Any]) -> bool:
    """Tell whether an array can be printed whole: few values, in no more than two long axes."""
    return array.size <= SMALL and array.squeeze().ndim <= 2


def _numbers(array: NDArray[Any]) -> str:
    if array.ndim:
        return f"[{', '.join(map(_numbers, array))}]"
    return f"{array:.6g}" if array.dtype.kind == "f" else str(array)


def plain(value: object) -> str:
    """`value` as Python writes it, with floats to six digits."""
    if isinstance(value, float):
        return f"{value:.1f}" if value.is_integer() and abs(value) < 1e6 else f"{value:.6g}"
    if isinstance(value, list):
        return f"[{', '.join(map(plain, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(plain, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {plain(each)}" for key, each in value.items()) + "}"
    return repr(value)


def shorten(text: str, most: int = 200) -> str:
    """The beginning of a text that is too long."""
    return text if len(text) <= most else text[: most - 1] + "…"
