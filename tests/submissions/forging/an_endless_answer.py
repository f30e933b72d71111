"""Announce a message of the largest size, and send it byte by byte."""
from autograder.judge import line, wire


def send(self, message):
    self._connection.setblocking(True)
    self._connection.sendall(wire.HEAD.pack(wire.MOST_BYTES_OF_STRUCTURE, wire.MOST_BYTES_OF_BLOBS))
    while True:
        self._connection.send(b"\x90")


line.Line.send = send
