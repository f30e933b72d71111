"""The changeable objects in the arguments of a call, which both sides know by number, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.judge.wire.values import WireError

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHANGEABLE = (list, dict, set, bytearray, np.ndarray, np.random.Generator)


class Slots:
    """The changeable objects in the arguments of a call, numbered in the order in which either side meets them."""

    def __init__(self) -> None:
        self.objects: list[Any] = []
        self.is_open = True
        self._numbers: dict[int, int] = {}

    def meet(self, value: Any) -> None:
        """Give an object the next number, while the arguments are written or read."""
        if self.is_open and isinstance(value, CHANGEABLE):
            self._numbers[id(value)] = len(self.objects)
            self.objects.append(value)

    def number(self, value: Any) -> int | None:
        """The number of an object, or None."""
        return self._numbers.get(id(value))

    def around(self, part: NDArray[Any]) -> tuple[int, int] | None:
        """Of which array `part` is a view: its number, and the offset in bytes; None if it is of none."""
        for number, whole in enumerate([] if self.is_open else self.objects):
            if isinstance(whole, np.ndarray) and np.may_share_memory(part, whole) and np.shares_memory(part, whole):
                return number, _address(part) - _address(whole)
        return None


def change(value: Any, content: Any) -> None:
    """Make the changeable object `value` what `content`, another of its kind, is."""
    if type(content) is not type(value):
        raise WireError("an argument was replaced by one of another kind")
    if isinstance(value, np.ndarray):
        if value.size != content.size or value.dtype != content.dtype or not value.flags.writeable:
            raise WireError("an argument was replaced by one of another kind")
        if value.shape != content.shape:
            value.shape = content.shape
        value[...] = content
    elif isinstance(value, np.random.Generator):
        if type(value.bit_generator) is not type(content.bit_generator):
            raise WireError("an argument was replaced by one of another kind")
        value.bit_generator.state = content.bit_generator.state
    elif isinstance(value, (list, bytearray)):
        value[:] = content
    else:
        value.clear()
        value.update(content)


def _address(array: NDArray[Any]) -> int:
    address: int = array.__array_interface__["data"][0]
    return address
