"""What travels between two kernels: every value arrives as it was, and no bytes whatever harm the reader."""

import math
import socket
import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.judge.wire import messages, values
from autograder.judge.wire.line import Line
from autograder.judge.wire.slots import Slots
from autograder.judge.wire.values import BIT_GENERATORS, Reader, WireError

KEYS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.binary(max_size=5))
ELEMENTS = st.one_of(
    KEYS,
    st.floats(),
    st.complex_numbers(),
    st.builds(range, st.integers(-5, 5), st.integers(-5, 5), st.integers(1, 3)),
    st.frozensets(KEYS, max_size=3),
    arrays.arrays(
        st.one_of(arrays.scalar_dtypes(), arrays.unicode_string_dtypes(max_len=4)),
        arrays.array_shapes(min_dims=0, min_side=0),
    ),
)
VALUES = st.recursive(
    ELEMENTS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
    ),
    max_leaves=12,
)


def same(one, other):
    """Whether two values are the same to the last bit."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(map(repr, one)) == list(map(repr, other)) and all(map(same, one.values(), other.values()))
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    return one == other or (one != one and other != other) and math.copysign(1, one) == math.copysign(1, other)


def parts(message):
    """The structure and the blobs of a packed message."""
    start, length = messages.HEAD.size, messages.HEAD.unpack(message[: messages.HEAD.size])[0]
    return message[start : start + length], message[start + length :]


def travelled(*values, outside=None):
    """What arrives at the other end."""
    _, fields, blobs = messages.parse(*parts(messages.pack("word", *values)))
    return Reader(blobs, outside).values(fields)


@given(VALUES)
def test_a_value_arrives_as_it_was(value):
    assert same(travelled(value), [value])


@pytest.mark.parametrize("kind", BIT_GENERATORS)
def test_a_generator_goes_on_where_it_was(kind):
    rng = np.random.Generator(getattr(np.random, kind)(5))
    rng.random(3)
    [arrived] = travelled(rng)
    assert arrived.random() == rng.random()


def test_tensors_arrive_as_tensors():
    import keras
    import tensorflow as tf

    for value in (tf.constant([[1.5]]), tf.Variable([2.5]), keras.Variable([1.0])):
        [arrived] = travelled(value)
        assert isinstance(arrived, tf.Tensor) and arrived.dtype == value.dtype
        assert np.array_equal(arrived, np.asarray(value))


class EqualToAll(int):
    """What a student may return in order to pass every comparison."""

    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


def test_a_subclass_arrives_as_what_it_is_derived_from():
    [arrived] = travelled([EqualToAll(3)])
    assert type(arrived[0]) is int and arrived != [4]


@pytest.mark.parametrize(
    "value", [object(), len, pytest.param(1 << 20_000, id="long"), np.zeros(2, "i4,f4"), "\ud800", EqualToAll]
)
def test_what_is_no_data_does_not_travel(value):
    with pytest.raises(WireError):
        messages.pack("word", value)


def test_what_is_nested_without_end_does_not_travel():
    endless = []
    endless.append(endless)
    with pytest.raises(WireError, match="nested too deep"):
        messages.pack("word", endless)


def called(function, *arguments):
    """Send arguments to another side, call `function` on them there, and bring back the result and what was changed."""
    ours = Slots()
    sent = messages.pack("call", list(arguments), slots=ours)
    ours.is_open = False
    theirs = Slots()
    _, fields, blobs = messages.parse(*parts(sent))
    received = Reader(blobs, slots=theirs).values(fields)[0]
    theirs.is_open = False
    before = [messages.snapshot(each, theirs) for each in theirs.objects]
    result = function(*received)
    changed = [n for n, each in enumerate(theirs.objects) if messages.snapshot(each, theirs) != before[n]]
    message = messages.pack_answer("value", b"token", result, changed, theirs)
    _, fields, blobs = messages.parse(*parts(message))
    return messages.read_answer(fields[1:], blobs, ours)


def test_a_result_that_is_an_argument_or_a_part_of_one_is_so_on_this_side_as_well():
    whole, columns = np.arange(12.0).reshape(3, 4), np.asfortranarray(np.arange(12.0).reshape(3, 4))
    assert called(lambda a: a, whole) is whole
    for array in (whole, columns):
        part = called(lambda a: a[1:, ::2], array)
        assert np.shares_memory(part, array) and np.array_equal(part, array[1:, ::2])
    assert not np.shares_memory(called(lambda a: a + 0, whole), whole)
    scattered = whole[:, ::2]
    assert np.array_equal(called(lambda a: a[::2], scattered), scattered[::2])


def test_what_was_changed_is_changed_on_this_side_as_well():
    numbers, table, rng, array, twice = [3, [1, 2]], {"a": 1}, np.random.default_rng(1), np.zeros(3), []

    def change(numbers, table, rng, array, one, other):
        numbers.sort(key=str)
        numbers[-1] = 7
        table["b"] = numbers
        array[1] = rng.random()
        one.append(1)
        return other

    expected = np.random.default_rng(1).random()
    assert called(change, numbers, table, rng, array, twice, twice) is twice and twice == [1]
    assert array[1] == expected and rng.random() != expected
    assert table == {"a": 1, "b": numbers} and table["b"] is numbers and numbers[-1] == 7


def swallow(structure, blobs):
    """Read a message as the judge does; only WireError may come of it."""
    slots = Slots()
    for each in ([1], {"a": 2}, np.zeros((3, 4)), np.random.default_rng(0)):
        slots.meet(each)
    slots.is_open = False
    try:
        _, fields, blobs = messages.parse(structure, blobs)
        Reader(blobs, slots=slots).values(fields)
    except WireError:
        pass


TAGS = st.sampled_from(sorted(values.TAGS))
TREES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**63), 2**64 - 1),
        st.floats(),
        st.text(max_size=8),
        st.binary(max_size=8),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5), st.builds(lambda tag, rest: [tag, *rest], TAGS, st.lists(inner, max_size=6))
    ),
    max_leaves=25,
)


@settings(max_examples=200)
@given(st.lists(TREES, max_size=4), st.binary(max_size=200))
def test_no_tree_harms_the_reader(trees, blob):
    swallow(messages.msgpack.packb([[len(blob)], "word", *trees]), blob)


@settings(max_examples=150)
@given(st.binary(max_size=300), st.binary(max_size=100))
def test_no_bytes_harm_the_reader(structure, blobs):
    swallow(structure, blobs)


@settings(max_examples=150)
@given(VALUES, st.data())
def test_no_spoilt_message_harms_the_reader(value, data):
    structure, blobs = map(bytearray, parts(messages.pack("word", value)))
    for _ in range(data.draw(st.integers(1, 4))):
        target = data.draw(st.sampled_from([each for each in (structure, blobs) if each] or [bytearray(1)]))
        target[data.draw(st.integers(0, len(target) - 1))] = data.draw(st.integers(0, 255))
    swallow(bytes(structure), bytes(blobs))


@pytest.mark.parametrize(
    "tree",
    [
        ["view", 2, 2**40, [3, 4], [32, 8], ["array", 0]],
        ["view", 2, 0, [2**40], [0], ["array", 0]],
        ["objects", [2**60], []],
        ["int", "0x" + "f" * 100_000],
        ["array", 0],
        ["ref", -1],
        ["ref", 99],
        ["range", "a", 1, 1],
        ["dict", [[["list", []], 1]]],
        ["set", [["list", []]]],
        ["generator", ["dict", [["bit_generator", "__import__"]]]],
        ["unheard of"],
    ],
)
def test_a_malformed_tree_is_refused(tree):
    slots = Slots()
    for each in ([], {}, np.zeros((3, 4))):
        slots.meet(each)
    slots.is_open = False
    with pytest.raises(WireError):
        Reader([memoryview(b"no array")], slots=slots).value(tree)


def test_an_array_that_says_it_is_larger_than_its_blob_is_refused():
    blob = parts(messages.pack("word", np.zeros(4)))[1].replace(b"(4,)", b"(9,)")
    with pytest.raises(WireError):
        Reader([memoryview(blob)]).value(["array", 0])


@pytest.mark.parametrize("bytes_sent", [b"", b"\0\0", b"\xff" * 8, b"\0\0\0\5\0\0\0\0abc"])
def test_a_cut_or_oversized_message_is_refused(bytes_sent):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(bytes_sent)
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(messages.Closed):
            Line(ours).receive()


def test_a_large_message_arrives():
    ours, theirs = socket.socketpair()
    value = np.arange(3e6)
    with ours, theirs:
        sender = threading.Thread(target=messages.send, args=(theirs, messages.pack("word", value)))
        sender.start()
        _, fields, blobs = Line(ours).receive()
        sender.join()
    assert np.array_equal(Reader(blobs).value(fields[0]), value)


@pytest.mark.slow
def test_fuzzing_finds_nothing(tmp_path):
    pytest.importorskip("atheris", reason="no fuzzer here: pip install atheris")
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz_wire", "-max_total_time=120", f"-artifact_prefix={tmp_path}/"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
