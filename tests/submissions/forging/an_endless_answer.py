"""Announce a message of the largest size, and send it byte by byte."""
from autograder.judge.wire import line, messages


def send(self, message):
    self._connection.setblocking(True)
    self._connection.sendall(messages.HEAD.pack(messages.MOST_BYTES_OF_STRUCTURE, messages.MOST_BYTES_OF_BLOBS))
    while True:
        self._connection.send(b"\x90")


line.Line.send = send
