"""What travels between the student's kernel and the judge's: plain data in bounded messages.

The messages are read as if an enemy had written them.

A message is a frame: two lengths of four bytes, a structure in msgpack, and blobs. The structure is
``[lengths of the blobs, word, field, …]``; a field is a tree (see `values`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgpack
import numpy as np

from autograder.judge.wire.slots import change
from autograder.judge.wire.values import KINDS, NotAnAnswer, Reader, WireError, Writer

if TYPE_CHECKING:
    import socket

    from autograder.judge.wire.slots import Slots
    from autograder.judge.wire.values import OutsideOfReader, OutsideOfWriter

MOST_BYTES_OF_STRUCTURE = 8 * 2**20
MOST_BYTES_OF_BLOBS = 256 * 2**20
HEAD = struct.Struct(">II")


class Closed(WireError):
    """The connection can't be used any more."""


def send(connection: socket.socket, message: bytes) -> None:
    """Send a message that `pack` made."""
    try:
        connection.sendall(message)
    except OSError:
        raise Closed("the other kernel has ended") from None


def lengths(head: bytes) -> tuple[int, int]:
    """How many bytes of structure and of blobs follow the first bytes of a message.

    Raises
    ------
    Closed
        If they are more than the bounds: what follows can't be read then.
    """
    length, size = HEAD.unpack(head)
    if length > MOST_BYTES_OF_STRUCTURE or size > MOST_BYTES_OF_BLOBS:
        raise Closed(f"a message of {(length + size) / 1e6:,.0f} MB was announced")
    return length, size


def pack(word: str, *fields: Any, outside: OutsideOfWriter | None = None, slots: Slots | None = None) -> bytes:
    """Make a message.

    Parameters
    ----------
    word : str
        What the message is.
    *fields : object
        The values that go with it.
    outside : callable, optional
        Called as outside(writer, value, depth) for a value that is no plain data; returns a list, its tag first, that
        stands for it, or raises WireError.
    slots : Slots, optional
        The changeable objects that both sides know by number: an object that is one of them travels as that number.

    Raises
    ------
    WireError
        If a value can't travel, or is too large.
    """
    writer = Writer(outside, slots)
    return _framed(writer, [word, *writer.trees(fields, 0)])


def end() -> bytes:
    """The message after which the student's kernel has no more questions to wait for."""
    return pack("end")


def pack_answer(
    word: str, token: Any, result: Any, changed: Iterable[int], slots: Slots, outside: OutsideOfWriter | None = None
) -> bytes:
    """Make the answer to the question with this token.

    It holds the result, and what the arguments with the numbers `changed` have become.
    """
    writer = Writer(outside, slots)
    result = writer.tree(result, 0)
    return _framed(
        writer, [word, token, result, [[number, writer.content(slots.objects[number], 0)] for number in changed]]
    )


def read_answer(fields: Any, blobs: Sequence[memoryview], slots: Slots, outside: OutsideOfReader | None = None) -> Any:
    """Change the arguments of a call as the fields of its answer, after the token, say, and return the result.

    Raises
    ------
    WireError
        If the answer is malformed; the arguments may be changed in part then.
    """
    reader = Reader(blobs, outside, slots)
    try:
        result, changes = fields
        for number, content in [(number, reader.value(tree)) for number, tree in changes]:
            change(reader.slot(number), content)
    except (TypeError, ValueError, IndexError, AttributeError):
        raise NotAnAnswer() from None
    return reader.value(result)


def snapshot(value: Any, slots: Slots, outside: OutsideOfWriter | None = None) -> tuple[object, ...]:
    """What a changeable object holds, to be compared with what it holds later."""
    if type(value) is np.ndarray and value.dtype.kind in KINDS:
        return value.dtype, value.shape, value.tobytes()
    writer = Writer(outside, slots)
    return _packed([writer.content(value, 0)], writer.blobs), writer.blobs


def _packed(tree: list[Any], blobs: list[bytes]) -> bytes:
    try:
        packed: bytes = msgpack.packb([[len(blob) for blob in blobs], *tree])
        return packed
    except (ValueError, OverflowError, UnicodeEncodeError) as error:
        raise WireError(f"it can't be written ({error})") from None


def _framed(writer: Writer, tree: list[Any]) -> bytes:
    structure = _packed(tree, writer.blobs)
    size = sum(map(len, writer.blobs))
    if len(structure) > MOST_BYTES_OF_STRUCTURE or size > MOST_BYTES_OF_BLOBS:
        raise WireError(f"it is too large ({(len(structure) + size) / 1e6:,.0f} MB)")
    return b"".join([HEAD.pack(len(structure), size), structure, *writer.blobs])


def parse(structure: bytes | memoryview, blobs: bytes | memoryview) -> tuple[str, list[Any], list[memoryview]]:
    """Take a message apart.

    Returns
    -------
    tuple of (str, list, list of memoryview)
        Its word, its fields as they travelled, for a `Reader`, and the blobs that they refer to.

    Raises
    ------
    WireError
        If it is malformed.
    """
    try:
        sizes, word, *fields = msgpack.unpackb(structure, max_map_len=0, max_ext_len=0)
        well_formed = type(word) is str and type(sizes) is list and all(type(n) is int and n >= 0 for n in sizes)
    except (ValueError, TypeError, RecursionError, msgpack.UnpackException):
        well_formed = False
    if not well_formed or sum(sizes) != len(blobs):
        raise NotAnAnswer()
    parts, rest = [], memoryview(blobs)
    for length in sizes:
        parts.append(rest[:length])
        rest = rest[length:]
    return word, fields, parts
