"""What came of a submission, and the record of it that lies beside the gradebook."""

import dataclasses
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

RECORD = "autograder.json"
STATUSES = ("graded", "repaired", "timed-out", "crashed", "not-a-notebook", "wrong-assignment", "missing")
GRADED = ("graded", "repaired")


@dataclass(frozen=True)
class Task:
    """The points of one task; `points` is None while a person has still to grade it."""

    id: str
    points: float | None
    max_points: float
    messages: list[str] = field(default_factory=list)
    by_hand: bool = False


@dataclass(frozen=True)
class Submission:
    """What came of one student's submission of one assignment."""

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

    @property
    def full_automatic_points(self):
        """Whether every task that the machine grades has all its points."""
        automatic = [task for task in self.tasks if not task.by_hand]
        return bool(automatic) and all(task.points == task.max_points for task in automatic)


def as_json(submissions):
    """The submissions as the text that --json writes: without what only the record needs."""
    entries = [dataclasses.asdict(each) for each in submissions]
    for entry in entries:
        del entry["fingerprint"]
        for task in entry["tasks"]:
            del task["by_hand"]
    return _text(entries)


def load(root):
    """Return the record of the course directory `root`, a dict (student, assignment) -> Submission.

    Raises
    ------
    ValueError
        If the record is damaged; the sentence names the file and the cure.
    """
    path = Path(root) / RECORD
    if not path.exists():
        return {}
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["submissions"]
        found = [Submission(**{**entry, "tasks": [Task(**task) for task in entry["tasks"]]}) for entry in entries]
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(
            f"{path} is damaged ({error}). Move it away and run `autograder grade` again; the gradebook keeps all points."
        ) from error
    return {(each.student, each.assignment): each for each in found}


def save(root, submissions):
    """Write the record, a dict as `load` returns it, in one step: a reader sees the old or the new one."""
    path = Path(root) / RECORD
    fresh = path.with_suffix(".json.new")
    fresh.write_text(_text([dataclasses.asdict(submissions[key]) for key in sorted(submissions)]), encoding="utf-8")
    os.replace(fresh, path)


def _text(entries):
    return json.dumps({"submissions": entries}, indent=1, ensure_ascii=False)
