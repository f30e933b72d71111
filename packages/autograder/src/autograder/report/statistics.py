"""How hard a task is, how well it tells strong students from weak ones, and who needs help."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autograder import showing
from autograder.course import results
from autograder.language import _
from autograder.report.misunderstood import in_two_tasks

if TYPE_CHECKING:
    from autograder.course.results import Submission

COUNTED = (*results.GRADED, "timed-out", "crashed")
FEWEST = 10  # students on whom a correlation, or a doubt about a task, rests
NEARLY_NOBODY = 0.1
SURELY = 1.645  # standard errors: one in twenty by chance
FALLEN = 0.2  # of all points, beyond what the class has fallen


@dataclass(frozen=True)
class Difficulty:
    """How hard a task was for those who handed in.

    Attributes
    ----------
    reached : float or None
        The share of its points that was reached; None while nobody has any.
    answers, full : int
        How many have points, and how many all of them.
    correlation : float or None
        Between having all points (1 or 0) and the share of points in the assignment's other tasks: the point-biserial
        correlation. None if it can't be computed.
    rests_on : int
        How many students it rests on.
    by_hand : bool
        Whether a person grades it.
    """

    reached: float | None
    answers: int
    full: int
    correlation: float | None
    rests_on: int
    by_hand: bool

    @property
    def doubt(self) -> str:
        """Why the task itself may be at fault, or an empty text."""
        if self.by_hand or self.answers < FEWEST:
            return ""
        if self.full <= NEARLY_NOBODY * self.answers:
            return _("Nearly everybody loses points here.")
        if self.correlation is not None and self.correlation < -SURELY / self.answers**0.5:
            return _("Strong students fail here more often than weak ones.")
        return ""


def handed_in(members: Iterable[Submission]) -> list[Submission]:
    """Those of whom something was graded."""
    return [each for each in members if each.tasks and each.status in COUNTED]


def difficulty(members: Sequence[Submission], place: int) -> Difficulty:
    """How hard the task at a place of an assignment was."""
    passed, rests, shares = [], [], []
    for each in handed_in(members):
        task = each.tasks[place]
        if task.points is None or not task.max_points:
            continue
        shares.append(task.points / task.max_points)
        others = share(each, without=place)
        if others is not None:
            passed.append(float(task.points >= task.max_points))
            rests.append(others)
    full = sum(each >= 1 for each in shares)
    reached = statistics.fmean(shares) if shares else None
    return Difficulty(
        reached, len(shares), full, _correlation(passed, rests), len(passed), members[0].tasks[place].by_hand
    )


def share(submission: Submission, without: int = -1) -> float | None:
    """The share of points in the tasks that the machine grades, or all but one; None if there are none."""
    counted = [
        task
        for place, task in enumerate(submission.tasks)
        if place != without and not task.by_hand and task.points is not None
    ]
    most = sum(task.max_points for task in counted)
    return sum(task.points or 0.0 for task in counted) / most if most else None


def _correlation(passed: list[float], rests: list[float]) -> float | None:
    if len(passed) < FEWEST:
        return None
    try:
        return statistics.correlation(passed, rests)
    except statistics.StatisticsError:  # all alike
        return None


@dataclass(frozen=True)
class Help:
    """Who needs help, and why: pairs of a student and a few words."""

    nothing: list[tuple[str, str]]
    falling: list[tuple[str, str]]
    stuck: list[tuple[str, str]]


def who_needs_help(submissions: Iterable[Submission]) -> Help:
    """Who handed in nothing, falls behind, or has misunderstood the same in two tasks; the worst first."""
    of_student: dict[str, list[Submission]] = {}
    for each in submissions:
        of_student.setdefault(each.student, []).append(each)
    means = _means(submission for each in of_student.values() for submission in each)
    nothing, falling, stuck = [], [], []
    for student, own in of_student.items():
        missing = [each.assignment for each in own if each.status == "missing"]
        if missing:
            said = _("everything") if len(missing) == len(own) > 1 else ", ".join(missing)
            nothing.append((-len(missing), student, said))
        fallen = _fallen(own, means)
        if fallen:
            falling.append((-fallen[0], student, fallen[1]))
        again = [(sentence, tasks) for sentence, tasks in in_two_tasks(own)]
        if again:
            sentence, tasks = max(again, key=lambda each: len(each[1]))
            stuck.append((-len(tasks), student, f"{sentence} {showing.listed(tasks, 2)}."))
    return Help(*([each[1:] for each in sorted(some)] for some in (nothing, falling, stuck)))


def _means(submissions: Iterable[Submission]) -> dict[str, float]:
    shares: dict[str, list[float]] = {}
    for each in handed_in(submissions):
        own = share(each)
        if own is not None:
            shares.setdefault(each.assignment, []).append(own)
    return {assignment: statistics.fmean(own) for assignment, own in shares.items()}


def _fallen(own: Iterable[Submission], means: dict[str, float]) -> tuple[float, str] | None:
    """How far a student's last submission lies below the ones before, and that in words; None if it doesn't."""
    shares = [(own_share, means[each.assignment]) for each in handed_in(own) if (own_share := share(each)) is not None]
    if len(shares) < 2:
        return None
    before, last = statistics.fmean(own for own, mean in shares[:-1]), shares[-1][0]
    of_class = shares[-1][1] - statistics.fmean(mean for own, mean in shares[:-1])
    fall = before - last
    if fall < FALLEN or fall + of_class < FALLEN:
        return None
    return fall, _("from %(before)s to %(last)s", before=f"{before:.0%}", last=f"{last:.0%}")
