"""One end of the connection between the two kernels."""

from __future__ import annotations

import contextlib
import signal
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from autograder.judge.wire import messages

CHANNEL = 4  # the file of a kernel that leads to the other one
SECONDS_TO_SEND = 60
SECONDS_BETWEEN_LOOKS = 0.1
CHUNK = 2**16  # bytes


class Line:
    """One end of the connection, whose messages are whole whatever interrupts the code that uses it.

    Between `hold` and `release`, an interruption waits until no message is on its way.
    """

    def __init__(self, connection: socket.socket) -> None:
        connection.setblocking(True)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _time(SECONDS_TO_SEND))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _time(SECONDS_BETWEEN_LOOKS))
        self._connection = connection
        self._received = bytearray()
        self._in_use = False
        self._interrupted = False
        self._before: Callable[[int, FrameType | None], Any] | int | None = None

    def hold(self) -> None:
        """Keep interruptions of this process from breaking a message."""
        if self._before is None and threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._note)

    def release(self) -> None:
        """Leave interruptions to whom `hold` took them from."""
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
            self._before = None

    def _note(self, number: int, frame: FrameType | None) -> None:
        if not self._in_use:
            signal.default_int_handler(number, frame)
        self._interrupted = True

    def send(self, message: bytes) -> None:
        """Send a message that `messages.pack` made.

        Raises
        ------
        messages.Closed
            If the other side is gone or does not take it.
        """
        with self._used():
            messages.send(self._connection, message)

    def receive(self) -> tuple[str, list[Any], list[memoryview]]:
        """Wait for a message and take it apart; see `messages.parse`.

        Raises
        ------
        values.WireError
            If it is malformed or oversized, or the other side is gone.
        KeyboardInterrupt
            If this process is interrupted meanwhile; the next call goes on where this one stopped.
        """
        with self._used():
            length, size = messages.lengths(self._first(messages.HEAD.size))
            end = messages.HEAD.size + length + size
            whole = memoryview(self._first(end))[messages.HEAD.size :]
            del self._received[:end]
        return messages.parse(whole[:length], whole[length:])

    def _first(self, size: int) -> bytes:
        """The first bytes of what has come and was not taken yet."""
        while len(self._received) < size:
            if self._interrupted:
                self._interrupted = False
                raise KeyboardInterrupt
            with contextlib.suppress(BlockingIOError):  # nothing has come for a while
                try:
                    part = self._connection.recv(CHUNK)
                except ConnectionError:
                    part = b""
                if not part:
                    raise messages.Closed("the other kernel has ended")
                self._received += part
        return bytes(memoryview(self._received)[:size])

    @contextlib.contextmanager
    def _used(self) -> Iterator[None]:
        self._in_use = True
        try:
            yield
        finally:
            self._in_use = False


def _time(seconds: float) -> bytes:
    """A span of time as socket(7) wants it."""
    return struct.pack("ll", int(seconds), int(seconds % 1 * 1e6))
