"""What came of a submission, and the record of it that lies beside the gradebook."""

import contextlib
import dataclasses
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course.errors import CourseError
from autograder.course.findings import Finding
from autograder.language import N_

RECORD = "autograder.db"
SECONDS_TO_WAIT = 60
NOT_GRADED = N_("not-graded")  # for want of a kernel or a package, which is nobody's fault
STATUSES = (
    N_("graded"),
    N_("repaired"),
    N_("timed-out"),
    N_("crashed"),
    N_("not-a-notebook"),
    N_("wrong-assignment"),
    N_("missing"),
    NOT_GRADED,
)
GRADED = ("graded", "repaired")
UNTOUCHED = ("missing", NOT_GRADED)  # nothing of what is in the gradebook is about what was handed in


class NotGradable(Exception):
    """A submission that can't be graded; `status` is one of STATUSES."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Task:
    """The points of one task, what its tests said, and what they found to be wrong.

    `points` is None while a person has still to grade it.
    """

    id: str
    points: float | None
    max_points: float
    messages: list[str] = field(default_factory=list)
    by_hand: bool = False
    notebook: str = ""
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Submission:
    """What came of one student's submission of one assignment.

    `points` are those of the tasks without the `late_penalty`, never below 0; `points_before` those that the record
    had before they changed for the last time. `unenforced` is what its code was not held back from, `one_kernel` why
    its tests ran beside it, and `noticed` what a person should look at: a sentence each. With `try_again` it is graded
    again though nothing has changed.
    """

    student: str
    assignment: str
    status: str
    reason: str
    repairs: list[str] = field(default_factory=list)
    seconds: float = 0.0
    points: float = 0.0
    max_points: float = 0.0
    tasks: list[Task] = field(default_factory=list)
    fingerprint: str = ""
    unenforced: str = ""
    one_kernel: str = ""
    noticed: list[str] = field(default_factory=list)
    seconds_late: float = 0.0
    late_penalty: float = 0.0
    points_before: float | None = None
    try_again: bool = False

    @property
    def waits_for_a_test(self) -> bool:
        """Whether a task that the machine grades has no points yet, since its test is broken."""
        return any(task.points is None and not task.by_hand for task in self.tasks)

    @property
    def full_automatic_points(self) -> bool:
        """Whether every task that the machine grades has all its points."""
        automatic = [task for task in self.tasks if not task.by_hand]
        return bool(automatic) and all(task.points == task.max_points for task in automatic)


def as_json(submissions: Iterable[Submission]) -> str:
    """The submissions as the text that --json writes: without what only the record needs."""
    entries = [dataclasses.asdict(each) for each in submissions]
    for entry in entries:
        for name in ("fingerprint", "try_again", "unenforced"):
            del entry[name]
    return json.dumps({"submissions": entries}, indent=1, ensure_ascii=False)


def load(root: str | Path) -> dict[tuple[str, str], Submission]:
    """Return the record of the course directory `root`, a dict (student, assignment) -> Submission.

    Raises
    ------
    CourseError
        If the record is damaged; the sentence names the file and the cure.
    """
    path = Path(root) / RECORD
    try:
        entries = [json.loads(row) for (row,) in _rows(root, "SELECT content FROM submissions")]
        found = [Submission(**{**entry, "tasks": list(map(_task, entry["tasks"]))}) for entry in entries]
    except (sqlite3.DatabaseError, ValueError, TypeError, KeyError) as error:
        raise CourseError(
            f"{path} is damaged ({error}). Move it away and run `autograder grade` again; "
            "the gradebook keeps all points."
        ) from error
    return {(each.student, each.assignment): each for each in found}


def _task(entry: dict[str, Any]) -> Task:
    """A task of the record; those made before there were findings have none."""
    return Task(**{**entry, "findings": [Finding(**each) for each in entry.get("findings", ())]})


def save(root: str | Path, submission: Submission) -> None:
    """Enter a submission in the record, in place of what was there of it.

    It is in whole or not at all, whatever ends the process.
    """
    path = Path(root) / RECORD
    try:
        with _record(path) as record:
            content = json.dumps(dataclasses.asdict(submission), ensure_ascii=False)
            record.execute(
                "INSERT OR REPLACE INTO submissions VALUES (?, ?, ?)",
                (submission.student, submission.assignment, content),
            )
    except sqlite3.Error as error:
        raise CourseError(f"{path} can't be written ({error}): see that the disk has space, and try again.") from error


def participants(root: str | Path, assignment: str, platform: str) -> dict[tuple[str, str], str]:
    """Whom a platform's downloads of an assignment were from: a dict of (number, name) there to the student here."""
    query = "SELECT number, name, student FROM participants WHERE assignment = ? AND platform = ?"
    return {(number, name): student for number, name, student in _rows(root, query, assignment, platform)}


def remember_participant(
    root: str | Path, assignment: str, platform: str, number: str, name: str, student: str
) -> None:
    """Enter in the record whom a download is from."""
    with _record(Path(root) / RECORD) as record:
        row = (assignment, platform, number, name, student)
        record.execute("INSERT OR REPLACE INTO participants VALUES (?, ?, ?, ?, ?)", row)


def _rows(root: str | Path, query: str, *arguments: str) -> list[tuple[Any, ...]]:
    """What the record says, which need not be writable; nothing where it is absent, or has no such table yet."""
    path = Path(root).resolve() / RECORD
    if not path.exists():
        return []
    mode = "rw" if all(os.access(each, os.W_OK) for each in (path, path.parent)) else "ro"
    with contextlib.closing(
        sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, timeout=SECONDS_TO_WAIT)
    ) as record:
        try:
            return record.execute(query, arguments).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return []
            raise


@contextlib.contextmanager
def _record(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path, timeout=SECONDS_TO_WAIT)) as record, record:
        record.execute(
            "CREATE TABLE IF NOT EXISTS submissions (student, assignment, content, PRIMARY KEY (student, assignment))"
        )
        record.execute(
            "CREATE TABLE IF NOT EXISTS participants"
            " (assignment, platform, number, name, student, PRIMARY KEY (assignment, platform, number, name))"
        )
        yield record
