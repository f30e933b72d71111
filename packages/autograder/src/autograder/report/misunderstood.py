"""What students misunderstood in a task: findings, counted over the class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.course import findings

if TYPE_CHECKING:
    from autograder.course.findings import Finding
    from autograder.course.results import Submission, Task


@dataclass
class Shared:
    """A finding that students share.

    Attributes
    ----------
    first : Finding
        One of them, for an example; of a check if there is one, since its inputs are always the same.
    students : list of str
    sentences : list of str
        In how many words the tests say it: more than one if each test has its own, and all students heard both.
    keys : list of (str, str)
        Kind and key of each.
    """

    first: Finding
    students: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    keys: list[tuple[str, str]] = field(default_factory=list)


def findings_of(task: Task) -> list[Finding]:
    """Why a task has lost points; from what was said, if the record is older than findings.

    What one test could not explain is left out if another has explained it.
    """
    if task.points is not None and task.points >= task.max_points:
        return []
    found = task.findings or findings.together(map(findings.of_text, task.messages))
    explained = any(each.kind == findings.MISCONCEPTION for each in found)
    return [each for each in found if each.kind != findings.WRONG_ANSWER or not explained]


def shared(of_students: Iterable[tuple[str, Task]]) -> list[Shared]:
    """What was found in one task of several students, most frequent first."""
    groups: dict[tuple[str, str], Shared] = {}
    for student, task in of_students:
        for each in findings_of(task):
            group = groups.setdefault(
                (each.kind, each.key), Shared(each, sentences=[each.sentence], keys=[(each.kind, each.key)])
            )
            group.students.append(student)
            if group.first.seed is not None and each.seed is None:
                group.first = each
    joined: dict[tuple[str, ...], Shared] = {}
    for group in groups.values():
        who = (group.first.kind, *group.students) if len(group.students) > 1 else (group.first.kind, group.first.key)
        if who in joined:
            joined[who].sentences += group.sentences
            joined[who].keys += group.keys
        else:
            joined[who] = group
    return sorted(joined.values(), key=lambda each: (-len(each.students), findings.KINDS.index(each.first.kind)))


def in_two_tasks(submissions: Iterable[Submission]) -> Iterator[tuple[str, list[str]]]:
    """Yield what one student has misunderstood in at least two tasks: a sentence, and the tasks."""
    places: dict[str, dict[str, str]] = {}
    for submission in submissions:
        for task in submission.tasks:
            for each in findings_of(task):
                if each.kind in (findings.MISCONCEPTION, findings.ERROR_RAISED):
                    places.setdefault(each.key, {})[f"{submission.assignment} {task.id}"] = each.sentence
    for tasks in places.values():
        if len(tasks) > 1:
            yield next(iter(tasks.values())), list(tasks)
