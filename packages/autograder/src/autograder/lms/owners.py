"""Whose a line of a platform's table is: one person's, for certain, or nobody's."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

LETTERS = "LMN"  # and the marks on them, and numbers: Unicode's categories


@dataclass
class Owners:
    """The student of each line that has one, and the lines that may be a student's, where that can't be decided."""

    found: dict[int, str] = field(default_factory=dict)
    disputed: dict[str, set[int]] = field(default_factory=dict)


def settled(ways: Sequence[Sequence[set[str]]]) -> Owners:
    """Decide whose the lines are.

    Parameters
    ----------
    ways : sequence of list of set of str
        For each way to tell, the surest first: whose each line may be. What one way has decided, or left open between
        several, no later one decides.
    """
    owners = Owners()
    closed: set[int] = set()
    for lines in ways:
        taken = set(owners.found.values()) | set(owners.disputed)
        claims = {place: each - taken for place, each in enumerate(lines) if place not in closed and each - taken}
        places = {
            student: {place for place in claims if student in claims[place]}
            for student in set().union(*claims.values())
        }
        for place, students in claims.items():
            if len(students) == 1 and len(places[min(students)]) == 1:
                owners.found[place] = min(students)
            else:
                owners.disputed |= {student: places[student] for student in students}
            closed.add(place)
    return owners


def among(
    students: Iterable[str], keys_of: Callable[[str], Iterable[str | None]]
) -> Callable[[Iterable[str]], set[str]]:
    """Who has which key: a function from keys to the students of them."""
    known: dict[str, set[str]] = {}
    for student in students:
        for key in filter(None, keys_of(student)):
            known.setdefault(key, set()).add(student)
    return lambda keys: set().union(*(known.get(key, set()) for key in keys))


def folded(name: str) -> str:
    """The letters and digits of a name, which are the same however a platform, a file system or a person writes it."""
    return re.sub("[-_]", "", as_id(name)).casefold()


def normal(name: str) -> str:
    """A name with its letters in one piece; macOS takes them apart."""
    return unicodedata.normalize("NFC", name)


def as_id(name: str) -> str:
    """A name as the name of a folder: its words, with a hyphen between them."""
    kept = (each if each == "_" or unicodedata.category(each)[0] in LETTERS else " " for each in normal(name))
    return "-".join("".join(kept).split())
