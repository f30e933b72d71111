"""Coverage-guided fuzzing of the reader of messages.

pip install atheris; python -m tests.fuzz_wire -max_total_time=60
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["autograder.judge"]):
    from autograder.judge.wire import messages

import numpy as np

from tests.judge.test_wire import parts, swallow

SEEDS = [
    [1, 2.5, "a", b"b", None],
    {"a": (1, {2}), 3: frozenset([4])},
    np.arange(3, dtype="i1"),
    np.array([1, "a"], object),
    np.random.default_rng(0),
    range(3),
    2**70,
]


def one(data):
    """Read one message: the first byte says how many of the next are blobs, and the rest is the structure."""
    size = data[0] if data else 0
    swallow(data[1 + size :], data[1 : 1 + size])


def main():
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS):
            structure, blobs = parts(messages.pack("word", seed))
            Path(folder, str(number)).write_bytes(bytes([len(blobs)]) + blobs + structure)
        atheris.Setup([*sys.argv, folder, "-max_len=4096"], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
