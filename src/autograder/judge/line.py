"""One end of the connection between the two kernels."""

import contextlib
import select
import signal
import threading

from autograder.judge import wire

SECONDS_TO_SEND = 60
SECONDS_BETWEEN_LOOKS = 0.1


class Line:
    """One end of the connection, whose messages are whole whatever interrupts the code that uses it."""

    def __init__(self, connection):
        self._connection = connection
        connection.settimeout(SECONDS_TO_SEND)
        self._received = bytearray()
        self._interrupted = False

    def send(self, message):
        """Send a message that `wire.pack` made.

        Raises
        ------
        wire.Closed
            If the other side is gone or does not take it.
        """
        with self._uninterrupted():
            wire.send(self._connection, message)

    def receive(self):
        """Wait for a message and take it apart; see `wire.parse`.

        Raises
        ------
        values.WireError
            If it is malformed or oversized, or the other side is gone.
        KeyboardInterrupt
            If this process is interrupted meanwhile; the next call goes on where this one stopped.
        """
        with self._uninterrupted():
            length, size = wire.lengths(self._first(wire.HEAD.size))
            whole = memoryview(self._first(wire.HEAD.size + length + size))[wire.HEAD.size :]
            self._received.clear()
        return wire.parse(whole[:length], whole[length:])

    def _first(self, size):
        """The first bytes of the message that is being received."""
        while len(self._received) < size:
            if self._interrupted:
                self._interrupted = False
                raise KeyboardInterrupt
            ready, _, _ = select.select([self._connection], [], [], SECONDS_BETWEEN_LOOKS)
            if ready:
                try:
                    part = self._connection.recv(min(wire.CHUNK, size - len(self._received)))
                except OSError:
                    part = b""
                if not part:
                    raise wire.Closed("the other side is gone")
                self._received += part
        return bytes(self._received)

    @contextlib.contextmanager
    def _uninterrupted(self):
        """Keep an interruption for a moment at which it breaks no message."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def note(*_):
            self._interrupted = True

        before = signal.signal(signal.SIGINT, note)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
