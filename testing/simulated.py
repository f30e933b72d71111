"""A large class that nobody has to grade: its students gave solutions of tests/solutions/, whose findings are recorded.

Of the wrong solutions of a task one is planted most.
"""

import collections
import contextlib
import math
import multiprocessing
import os
import random
import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from typing import NamedTuple

from autograder.course import findings, tasks
from autograder.course.results import Submission, Task
from autograder.report.misunderstood import shared
from testing.classroom import files_beside, solutions, source
from testing.classroom import tasks as tasks_with_solutions
from tests.many_seeds import outcome_of, prepared

SHARE_OF_THE_MOST_PLANTED = 0.45
REASONS = {
    "graded": "Executed to the end.",
    "repaired": "The file was a zip archive: the notebook in it was graded.",
    "timed-out": "conv2d used more than 20 s of computing time and had to be stopped; all other cells ran.",
    "not-a-notebook": "The file holds no notebook.",
    "missing": "Nothing was handed in.",
}


class Recorded(NamedTuple):
    """What the tests of a task say of a solution, with one seed: its share of the points, and the findings."""

    share: float
    findings: list[findings.Finding]


def record(assignment, task, seeds):
    """What the tests say of each wrong solution of a task, with a few seeds: title -> list of Recorded."""
    found = {}
    for solution in solutions(assignment, task):
        if solution.right:
            continue
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            for file in files_beside(assignment):
                shutil.copy(file, folder)
            found[solution.title] = list(record_solution(assignment, task, solution, seeds))
    return found


def record_solution(assignment, task, solution, seeds):
    """Yield what the tests say of a solution, a Recorded for each of so many seeds."""
    space, visible, hidden = prepared(assignment, task, solution)
    os.environ["CHECK_SEED"] = ""
    checked = [(cell, outcome_of(cell.source, dict(space))) for cell in visible]
    for seed in range(1, seeds + 1):
        os.environ["CHECK_SEED"] = str(seed)
        both = checked + [(cell, outcome_of(cell.source, dict(space))) for cell in hidden]
        most = sum(cell.metadata.nbgrader.points for cell, _ in both)
        got = sum(
            cell.metadata.nbgrader.points if outcome.points is None else float(outcome.points) for cell, outcome in both
        )
        yield Recorded(got / most, findings.together(each for pair in both for each in _found(*pair)))


def _found(cell, outcome):
    if outcome.points is None or (outcome.points == cell.metadata.nbgrader.points and not outcome.error):
        return
    error = outcome.error
    own_words = hasattr(error, "_render_traceback_")
    found = findings.of_error(type(error).__name__, str(error), own_words) if error else findings.of_text(outcome.said)
    yield replace(found, test=findings.CHECK if cell.id.endswith("-check") else findings.HIDDEN, cells=[cell.id])


def record_all(assignments, seeds=3, processes=2):
    """What the tests say of all wrong solutions: (assignment, task) -> title -> list of Recorded."""
    jobs = [(assignment, task) for assignment in assignments for task in tasks_with_solutions(assignment)]
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1) as pool:
        done = [pool.submit(record, *job, seeds) for job in jobs]
        return {job: each.result() for job, each in zip(jobs, done)}


def simulated(recorded, students=300, seed=0):
    """A class of so many: its submissions, and how often each wrong solution was planted.

    Parameters
    ----------
    recorded : dict
        As `record_all` gives it.
    students, seed : int

    Returns
    -------
    tuple of (list of Submission, dict of (str, str) to Counter)
    """
    rng = random.Random(seed)
    planted = {job: collections.Counter() for job in recorded}
    hardness = {job: rng.gauss(-0.8, 0.7) for job in recorded}
    favourite = {job: rng.choice(list(wrong)) for job, wrong in recorded.items()}
    made = []
    assignments = sorted({assignment for assignment, _ in recorded})
    groups = {
        assignment: [(name, task) for name, notebook in sources.items() for task in tasks.tasks_of(notebook)]
        for assignment in assignments
        for sources in [{assignment: source(assignment)}]
    }
    for number in range(students):
        strength, diligence = rng.gauss(0, 1), rng.random()
        for assignment in assignments:
            status = _status(rng, diligence)
            found = [
                _task(rng, recorded, planted, favourite, hardness, strength, status, assignment, *each)
                for each in groups[assignment]
            ]
            points = sum(task.points or 0.0 for task in found)
            before = max(0.0, points - rng.choice([0, 0, 0, 2, 4, -3])) if status in ("graded", "repaired") else None
            made.append(
                Submission(
                    f"student-{number + 1:03}", assignment, status, REASONS[status], points=points,
                    max_points=sum(task.max_points for task in found), tasks=found, fingerprint="simulated",
                    points_before=None if before == points else before,
                )
            )  # fmt: skip
    return made, planted


def _status(rng, diligence):
    if rng.random() < (0.5 if diligence < 0.06 else 0.02):
        return "missing"
    return rng.choices(["graded", "repaired", "timed-out", "not-a-notebook"], [95, 3, 1, 1])[0]


def _task(rng, recorded, planted, favourite, hardness, strength, status, assignment, notebook, group):
    most = sum(group.graded.values())
    job = (assignment, group.id)
    handed_in = status in ("graded", "repaired", "timed-out")
    if group.by_hand or job not in recorded:
        points = None if group.by_hand and handed_in and rng.random() < 0.5 else most * rng.random() // 1 * handed_in
        return Task(group.id, points, most, by_hand=group.by_hand, notebook=notebook)
    if not handed_in:
        return Task(group.id, 0.0, most, notebook=notebook)
    if rng.random() < 1 / (1 + math.exp(hardness[job] - 1.6 * strength)):
        return Task(group.id, most, most, notebook=notebook)
    wrong = recorded[job]
    others = [title for title in wrong if title != favourite[job]]
    title = favourite[job] if rng.random() < SHARE_OF_THE_MOST_PLANTED or not others else rng.choice(others)
    planted[job][title] += 1
    chosen = rng.choice(wrong[title])
    messages = [each.message for each in chosen.findings]
    return Task(group.id, chosen.share * most, most, messages, notebook=notebook, findings=chosen.findings)


def surprises(recorded, submissions, planted):
    """Yield the tasks in which the report names first what is not what was planted most."""
    for (assignment, task), counts in planted.items():
        [[most, _]] = counts.most_common(1)
        keys = {(each.kind, each.key) for one in recorded[assignment, task][most] for each in one.findings}
        members = [each for each in submissions if each.assignment == assignment]
        found = shared((each.student, own) for each in members for own in each.tasks if own.id == task)
        if not found or not keys.intersection(found[0].keys):
            yield f"{assignment}/{task}", most, found[:1]
