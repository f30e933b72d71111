"""Values as trees of what msgpack knows, with the elements of arrays in blobs as NumPy's .npy.

They are read as if an enemy had written them.

A tree is None, a bool, an int of 64 bits, a float, a str or bytes, or a list whose first element is a tag and says how
to read the rest. No tree holds code.
"""

from __future__ import annotations

import functools
import io
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from autograder.judge.wire.slots import Slots

    Tree = Any  # as said above
    OutsideOfWriter = Callable[["Writer", Any, int], list[Tree]]
    OutsideOfReader = Callable[["Reader", str, list[Tree], int], Any]

Value = TypeVar("Value")

MOST_DEPTH = 40
MOST_VALUES = 1_000_000  # besides the elements of arrays
MOST_DIGITS = 4000
KINDS = "biufcSUMm"  # of array elements: numbers, strings and times, never objects or records
SHORT = ("bfloat16", "float8_e4m3fn", "float8_e5m2")
AS_THEY_ARE = (bool, float, str, bytes)
LEAST, MOST = -(2**63), 2**64 - 1  # integers of msgpack
BIT_GENERATORS = ("MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64")


class WireError(Exception):
    """A value that can't travel, or a message that is none; the text says why in a clause."""


class NotAnAnswer(WireError):
    """A message that is none."""

    def __init__(self) -> None:
        super().__init__("it does not have the form of an answer")


class Writer:
    """Turns values into trees of what msgpack writes, and arrays into blobs."""

    def __init__(self, outside: OutsideOfWriter | None = None, slots: Slots | None = None) -> None:
        self._outside, self._slots = outside, slots
        self._values_left = MOST_VALUES
        self.blobs: list[bytes] = []

    def trees(self, values: Iterable[Any], depth: int) -> list[Tree]:
        """One tree for each value."""
        return [self.tree(each, depth) for each in values]

    def tree(self, value: Any, depth: int) -> Tree:
        """The tree of one value."""
        if depth > MOST_DEPTH:
            raise WireError("it is nested too deep")
        self._values_left -= 1
        if self._values_left < 0:
            raise WireError(f"it holds more than {MOST_VALUES:,} values")
        if value is None or type(value) in AS_THEY_ARE or type(value) is int and LEAST <= value <= MOST:
            return value
        if self._slots is not None:
            number = self._slots.number(value)
            if number is not None:
                return ["ref", number]
            if isinstance(value, np.ndarray) and (place := self._slots.around(value)):
                return ["view", *place, list(value.shape), list(value.strides), self.content(value, depth)]
            self._slots.meet(value)
        return self.content(value, depth)

    def content(self, value: Any, depth: int) -> Tree:
        """The tree of a value in full, also if it is one that both sides know by number."""
        if value is None or type(value) in AS_THEY_ARE:
            return value
        write = _WRITER_OF.get(type(value)) or next((each for kind, each in _WRITERS if isinstance(value, kind)), None)
        if write is not None:
            return write(self, value, depth + 1)
        tensor = _as_array(value)
        if tensor is not None:
            known = known_to_numpy(tensor)
            return ["tensor", self.blob(known), *([] if known is tensor else [tensor.dtype.name])]
        return self.outside(value, depth + 1)

    def outside(self, value: Any, depth: int) -> list[Tree]:
        """The tree that stands for a value that is no plain data."""
        if self._outside is None:
            raise WireError(f"a value of type {type(value).__name__} can't be sent")
        return self._outside(self, value, depth)

    def aside(self, value: Any, depth: int) -> Tree:
        """The tree of a value in which no object is known by number."""
        kept, self._slots = self._slots, None
        try:
            return self.tree(value, depth)
        finally:
            self._slots = kept

    def array(self, value: NDArray[Any] | np.generic, depth: int) -> list[Tree]:
        """The tree of an array or a NumPy scalar."""
        if value.dtype.kind == "O" and isinstance(value, np.ndarray):
            return ["objects", list(value.shape), self.trees(value.ravel().tolist(), depth)]
        if value.dtype.kind not in KINDS:
            return self.outside(value, depth)
        return ["array" if isinstance(value, np.ndarray) else "scalar", self.blob(value)]

    def blob(self, array: NDArray[Any] | np.generic) -> int:
        """Put an array among the blobs and return its place there."""
        array = np.asarray(array)
        fortran = array.flags.fnc
        self.blobs.append(_header(array.dtype, array.shape, fortran) + array.tobytes("F" if fortran else "C"))
        return len(self.blobs) - 1


@functools.lru_cache(maxsize=500)  # most arrays of a test are alike, and NumPy writes a header slowly
def _header(dtype: np.dtype[Any], shape: tuple[int, ...], fortran: bool) -> bytes:
    """All that stands before the elements of such an array in a file."""
    file = io.BytesIO()
    described = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": fortran, "shape": shape}
    np.lib.format.write_array_header_1_0(file, described)
    return file.getvalue()


def _write_int(writer: Writer, value: int, depth: int) -> Tree:
    value = int.__index__(value)
    if LEAST <= value <= MOST:
        return value
    if value.bit_length() > 4 * MOST_DIGITS:
        raise WireError("it is an integer of too many digits")
    return ["int", hex(value)]


def _write_state(writer: Writer, value: np.random.Generator, depth: int) -> Tree:
    state = value.bit_generator.state
    if state["bit_generator"] not in BIT_GENERATORS:
        raise WireError(f"a generator of type {state['bit_generator']} can't be sent")
    return ["generator", writer.aside(state, depth)]


# A subclass travels as what it is derived from, by that class' own methods:
# what a student's class says of itself does not count.
_WRITERS: tuple[tuple[type, Callable[[Writer, Any, int], Tree]], ...] = (
    (bool, lambda writer, value, depth: bool(value)),
    (np.generic, lambda writer, value, depth: writer.array(value, depth)),
    (int, _write_int),
    (float, lambda writer, value, depth: float.__float__(value)),
    (
        complex,
        lambda writer, value, depth: ["complex", complex.__complex__(value).real, complex.__complex__(value).imag],
    ),
    (str, lambda writer, value, depth: str.__str__(value)),
    (bytes, lambda writer, value, depth: bytes.__getitem__(value, slice(None))),
    (bytearray, lambda writer, value, depth: ["bytearray", bytes(value)]),
    (np.ndarray, lambda writer, value, depth: writer.array(value.view(np.ndarray), depth)),
    (list, lambda writer, value, depth: ["list", writer.trees(list.__iter__(value), depth)]),
    (tuple, lambda writer, value, depth: ["tuple", writer.trees(tuple.__iter__(value), depth)]),
    (dict, lambda writer, value, depth: ["dict", [writer.trees(pair, depth) for pair in dict.items(value)]]),
    (set, lambda writer, value, depth: ["set", writer.trees(set.__iter__(value), depth)]),
    (frozenset, lambda writer, value, depth: ["frozenset", writer.trees(frozenset.__iter__(value), depth)]),
    (range, lambda writer, value, depth: ["range", *writer.trees((value.start, value.stop, value.step), depth)]),
    (slice, lambda writer, value, depth: ["slice", *writer.trees((value.start, value.stop, value.step), depth)]),
    (type(...), lambda writer, value, depth: ["ellipsis"]),
    (np.random.Generator, _write_state),
)  # fmt: skip
_WRITER_OF = dict(_WRITERS)


def _as_array(value: Any) -> Any:
    """The numbers of a TensorFlow tensor or variable, or of one of Keras; None if the value is none of these."""
    tensorflow, keras = sys.modules.get("tensorflow"), sys.modules.get("keras")
    if tensorflow is not None and isinstance(value, (tensorflow.Tensor, tensorflow.Variable)):
        array = value.numpy() if hasattr(value, "numpy") else None
    elif keras is not None and isinstance(value, keras.Variable):
        array = keras.ops.convert_to_numpy(value)
    else:
        return None
    known = isinstance(array, (np.ndarray, np.generic)) and (array.dtype.kind in KINDS or array.dtype.name in SHORT)
    return array if known else None


def known_to_numpy(array: Any) -> Any:
    """The same array; in float32, if its numbers are of a kind that networks know and NumPy does not."""
    return array.astype("float32") if array.dtype.name in SHORT else array


class Reader:
    """Turns the fields of a message into values.

    Parameters
    ----------
    blobs : list of memoryview
        As `parse` returns them.
    outside : callable, optional
        Called as outside(reader, tag, rest of the fields, depth) for a tag that is not of plain data.
    slots : Slots, optional
        The objects that the message may refer to; or, while it is open, that are met in reading.
    """

    def __init__(
        self, blobs: Sequence[memoryview], outside: OutsideOfReader | None = None, slots: Slots | None = None
    ) -> None:
        self._blobs, self._outside, self._slots = blobs, outside, slots
        self._values_left = MOST_VALUES

    def values(self, trees: Tree, depth: int = 0) -> list[Any]:
        """One value for each tree.

        Raises
        ------
        WireError
            If a tree is malformed.
        """
        if type(trees) is not list:
            raise NotAnAnswer()
        return [self.value(each, depth) for each in trees]

    def value(self, tree: Tree, depth: int = 0) -> Any:
        """The value of one tree; see `values`."""
        self._values_left -= 1
        if self._values_left < 0:
            raise WireError(f"a message holds more than {MOST_VALUES:,} values")
        if tree is None or type(tree) in (bool, int, float, str, bytes):
            return tree
        if depth > MOST_DEPTH or type(tree) is not list or not tree or type(tree[0]) is not str:
            raise NotAnAnswer()
        tag, *rest = tree
        read = _READERS.get(tag)
        try:
            if read is not None:
                return read(self, depth + 1, *rest)
            if self._outside is not None:
                return self._outside(self, tag, rest, depth + 1)
        except WireError:
            raise
        except Exception:  # whatever a library makes of what an enemy wrote
            raise NotAnAnswer() from None
        raise NotAnAnswer()

    def aside(self, tree: Tree, depth: int) -> Any:
        """The value of a tree in which no object is known by number."""
        return Reader(self._blobs, self._outside).value(tree, depth)

    def met(self, value: Value) -> Value:
        """Note a new value as one that both sides know by number, if it is."""
        if self._slots is not None:
            self._slots.meet(value)
        return value

    def array(self, place: Any) -> NDArray[Any]:
        """The array of a blob."""
        if type(place) is not int or place < 0:
            raise NotAnAnswer()
        blob = self._blobs[place]
        start = np.lib.format.MAGIC_LEN + 2 + int.from_bytes(blob[8:10], "little")
        shape, fortran, dtype = _array_header(bytes(blob[:start]))
        if dtype.kind not in KINDS or dtype.hasobject or math.prod(shape) * dtype.itemsize != len(blob) - start:
            raise NotAnAnswer()
        if dtype.itemsize == 0:
            return np.zeros(shape, dtype)
        flat = np.frombuffer(blob, dtype, offset=start)
        return flat.reshape(shape, order="F" if fortran else "C").copy(order="K")

    def slot(self, number: Any) -> Any:
        if self._slots is None or type(number) is not int or number < 0:
            raise NotAnAnswer()
        return self._slots.objects[number]


@functools.lru_cache(maxsize=500)  # most arrays of a test are alike, and NumPy takes a header apart slowly
def _array_header(header: bytes) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Shape, whether it is in Fortran's order, and dtype of an array.

    They are read from all that stands before its elements in a file.
    """
    file = io.BytesIO(header)
    if np.lib.format.read_magic(file) != (1, 0):
        raise NotAnAnswer()
    return np.lib.format.read_array_header_1_0(file)


def _read_int(reader: Reader, depth: int, text: Any) -> int:
    if type(text) is not str or len(text) > MOST_DIGITS + 3:
        raise NotAnAnswer()
    return int(text, 16)


def _read_list(reader: Reader, depth: int, trees: Tree) -> list[Any]:
    value: list[Any] = reader.met([])
    value.extend(reader.values(trees, depth))
    return value


def _read_dict(reader: Reader, depth: int, pairs: Tree) -> dict[Any, Any]:
    value: dict[Any, Any] = reader.met({})
    for key, each in pairs:
        key = reader.value(key, depth)
        value[key] = reader.value(each, depth)
    return value


def _read_set(reader: Reader, depth: int, trees: Tree) -> set[Any]:
    value: set[Any] = reader.met(set())
    value.update(reader.values(trees, depth))
    return value


def _read_objects(reader: Reader, depth: int, shape: Any, trees: Tree) -> NDArray[Any]:
    if math.prod(_sizes(shape)) != len(trees):
        raise NotAnAnswer()
    value = reader.met(np.empty(shape, object))
    for place, each in enumerate(reader.values(trees, depth)):
        value.flat[place] = each
    return value


def _read_view(
    reader: Reader, depth: int, number: Any, offset: Any, shape: Any, strides: Any, content: Tree
) -> NDArray[Any]:
    """A part of an array that both sides know; if that is scattered in memory here, a copy of the part."""
    whole, part = reader.slot(number), reader.aside(content, depth)
    if not isinstance(whole, np.ndarray) or not isinstance(part, np.ndarray) or part.shape != tuple(_sizes(shape)):
        raise NotAnAnswer()
    if not (whole.flags.c_contiguous or whole.flags.f_contiguous):
        return part
    return np.ndarray(shape, part.dtype, whole if whole.flags.c_contiguous else whole.T, offset, strides)


def _read_generator(reader: Reader, depth: int, state: Tree) -> np.random.Generator:
    state = reader.aside(state, depth)
    name = state["bit_generator"]
    if name not in BIT_GENERATORS:
        raise NotAnAnswer()
    bits = getattr(np.random, name)()
    bits.state = state
    return reader.met(np.random.Generator(bits))


def _read_tensor(reader: Reader, depth: int, place: Any, short: Any = None) -> Any:
    import tensorflow

    tensor = tensorflow.constant(reader.array(place))
    if short is None:
        return tensor
    if short not in SHORT:
        raise NotAnAnswer()
    return tensorflow.cast(tensor, short)


def _read_span(kind: type[range] | type[slice]) -> Callable[..., range | slice]:
    def read(reader: Reader, depth: int, *ends: Tree) -> range | slice:
        return kind(*reader.values(list(ends), depth))

    return read


_READERS: dict[str, Callable[..., Any]] = {
    "ref": lambda reader, depth, number: reader.slot(number),
    "view": _read_view,
    "int": _read_int,
    "complex": lambda reader, depth, real, imaginary: complex(float(real), float(imaginary)),
    "bytearray": lambda reader, depth, content: reader.met(bytearray(bytes(memoryview(content)))),
    "array": lambda reader, depth, place: reader.met(reader.array(place)),
    "scalar": lambda reader, depth, place: reader.array(place)[()],
    "objects": _read_objects,
    "list": _read_list,
    "tuple": lambda reader, depth, trees: tuple(reader.values(trees, depth)),
    "dict": _read_dict,
    "set": _read_set,
    "frozenset": lambda reader, depth, trees: frozenset(reader.values(trees, depth)),
    "range": _read_span(range),
    "slice": _read_span(slice),
    "ellipsis": lambda reader, depth: ...,
    "generator": _read_generator,
    "tensor": _read_tensor,
}


TAGS = frozenset(_READERS)


def _sizes(shape: Any) -> list[int]:
    if type(shape) is not list or not all(type(each) is int and each >= 0 for each in shape):
        raise NotAnAnswer()
    return shape
