"""Odd folders by the thousand, each of which must end in a status.

python -m tests.fuzz_intake [--folders N] [--seconds S]
"""

import argparse
import collections
import io
import json
import os
import shutil
import socket
import tarfile
import tempfile
import time
import warnings
import zipfile
from pathlib import Path

import hypothesis
from hypothesis import strategies as some

from testing.classroom import course_directory
from testing.desk import desk
from tests.submissions.bad import ASSIGNMENT, FILE, perfect, text

BATCH = 1000  # of folders: hypothesis remembers all that it has tried
PERFECT = json.loads(text(perfect()))
NAMES = some.sampled_from(
    [
        FILE,
        FILE.upper(),
        f"{ASSIGNMENT} (1).ipynb",
        f"{FILE}.txt",
        ASSIGNMENT,
        "work.zip",
        "w.tar.gz",
        "timestamp.txt",
        "a.py",
    ]
).map(os.fsencode) | some.binary(min_size=1, max_size=30).map(
    lambda name: name.replace(b"/", b"_").replace(b"\0", b"0")
)
TEXTS = some.text(some.characters(codec=None), max_size=20) | some.sampled_from(
    ["\ud83d", "id", "cells", "nbgrader", "\x1b[2J", "a" * 3000]
)
VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | TEXTS,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@some.composite
def notebooks(draw):
    """The bytes of a perfect notebook in which some parts were put out of shape."""
    content = json.loads(json.dumps(PERFECT))
    for _ in range(draw(some.integers(0, 4))):
        place = [content, content["metadata"]]
        for cell in content["cells"] if isinstance(content.get("cells"), list) else []:
            if isinstance(cell, dict):
                place += [cell, *(each for each in cell.values() if isinstance(each, dict))]
        target = draw(some.sampled_from([each for each in place if isinstance(each, dict)]))
        name = draw(some.sampled_from([*target, "id", "attachments", "x"]) | TEXTS)
        how = draw(some.sampled_from(["put", "drop", "move"]))
        if how == "put":
            target[name] = draw(VALUES)
        elif how == "drop" and name not in ("metadata", "cells"):
            target.pop(name, None)
        elif isinstance(content.get("cells"), list) and content["cells"]:
            there = draw(some.integers(0, len(content["cells"]) - 1))
            content["cells"].append(content["cells"].pop(there))
        if not isinstance(content.get("metadata"), dict):
            break
    written = json.dumps(content, ensure_ascii=draw(some.booleans()))
    made = written.encode(draw(some.sampled_from(["utf-8", "utf-8", "utf-16", "utf-32-le"])), "surrogatepass")
    cut = draw(some.none() | some.integers(0, len(made)))
    return made[:cut] + draw(some.binary(max_size=10))


def zipped(names, contents):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in zip(names, contents):
            archive.writestr(os.fsdecode(name).encode("utf-8", "replace").decode(), content)
    return file.getvalue()


def tarred(names, contents):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, content in zip(names, contents):
            member = tarfile.TarInfo(os.fsdecode(name))
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


PLAIN = (
    notebooks() | some.binary(max_size=200) | VALUES.map(json.dumps).map(lambda value: value.encode("utf-8", "replace"))
)
PATHS = some.tuples(some.sampled_from([b"", b"../", b"/", b"a/b/", b"..\\"]), NAMES).map(b"".join)
PACKED = some.builds(
    lambda pack, names, contents: pack(names, contents),
    some.sampled_from([zipped, tarred]),
    some.lists(PATHS, max_size=3),
    some.lists(PLAIN, max_size=3),
)
CONTENTS = PLAIN | PACKED | some.tuples(PACKED, some.integers(0, 400)).map(lambda pair: pair[0][: -pair[1] or None])
LINKS = some.sampled_from([b".", b"..", b"/etc", b"/dev/zero", b"nowhere", os.fsencode(FILE)])
KINDS = (
    some.tuples(some.just("file"), CONTENTS)
    | some.tuples(some.sampled_from(["pipe", "door"]), some.just(b""))
    | some.tuples(some.just("link"), LINKS)
)
ENTRIES = some.tuples(some.sampled_from([b"", b"", b"work/", b".x/", b"\xff/"]), NAMES, KINDS)
NOTEBOOK = some.tuples(some.just(b""), some.just(os.fsencode(FILE)), some.tuples(some.just("file"), notebooks()))
FOLDERS = some.tuples(some.lists(NOTEBOOK, max_size=1), some.lists(ENTRIES, max_size=4)).map(
    lambda parts: sum(parts, [])
)


def write(folder, entries):
    """Make a submission's folder."""
    for above, name, (kind, content) in entries:
        path = os.fsencode(folder) + b"/" + above + name
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if kind == "file":
                with open(path, "xb") as file:
                    file.write(content)
            elif kind == "pipe":
                os.mkfifo(path)
            elif kind == "link":
                os.symlink(content, path)
            else:
                with socket.socket(socket.AF_UNIX) as door:
                    door.bind(path)
        except OSError:  # a name that is taken, or that can't be
            continue


def fuzz(folders, seconds):
    """Take in so many folders, or as many as a time allows: how many ended in each status."""
    found, end = collections.Counter(), time.monotonic() + seconds
    with (
        tempfile.TemporaryDirectory() as there,
        desk(course_directory(Path(there, "course")), Path(there, "t"), ASSIGNMENT) as made,
    ):
        submitted = made.course.folder("submitted", "kim", ASSIGNMENT)

        def one(entries):
            shutil.rmtree(submitted, ignore_errors=True)
            submitted.mkdir(parents=True)
            write(submitted, entries)
            submission, _ = made.take_in("kim")
            assert submission.status != "crashed" and submission.reason.isprintable(), submission.reason
            found[submission.status] += 1

        while found.total() < folders and time.monotonic() < end:
            hypothesis.settings(
                max_examples=min(folders - found.total(), BATCH),
                deadline=None,
                database=None,
                suppress_health_check=list(hypothesis.HealthCheck),
            )(hypothesis.given(FOLDERS)(one))()
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--folders", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=1800)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    found = fuzz(arguments.folders, arguments.seconds)
    print(f"{found.total()} folders: {', '.join(f'{count} {status}' for status, count in found.most_common())}.")


if __name__ == "__main__":
    main()
