"""What a notebook's tests say of the source's own solutions.

That is tried before a class is graded, and compared with nbgrader's own way.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat
from nbgrader.utils import is_grade, is_solution

from autograder import showing
from autograder.course import tasks
from autograder.execution.specs import is_ours, spec_of
from autograder.grading.memory import brings, sum_of
from autograder.intake.recognising import grade_id
from autograder.judge.planning.plan import Plan, is_judged

if TYPE_CHECKING:
    from autograder.execution.execute import Execution

ASKED = "{}: its tests ran in the student's own kernel, as nbgrader_config.py asks."
UNFIT = "{}: its tests ran in the student's own kernel, since in a judge's the source's solutions fail {}."
UNTRIED = "{}: its tests ran in the student's own kernel, since the source has no solutions to try them with."
LOCKED = (
    "{}: your own solution fails {} here and not under nbgrader: {}. Confined code has no network, and reads no folder "
    "outside of the Python environment: put what it needs beside the notebook, "
    "or name its folder in c.Kernels.readable; --confine=off locks nothing in."
)
NO_MODULE = (
    "{}: the module {} can't be found. Install it in the grader's Python environment, or name its folder in "
    "c.Kernels.readable and in PYTHONPATH of c.Kernels.environment."
)
BROKEN = "{}: your own solution fails {}: {}. {}"
LEFT = "Nobody gets or loses its points until that is mended; --force-broken lets it count."
COUNTED = "It counts all the same, as --force-broken asks."
AGAIN, ALONE, OWN = "in two kernels again", "in one kernel", "in nbgrader's own way"
NOT_FOUND = re.compile(r"No module named '([\w.]+)'")
MOST_CHARACTERS = 300  # of what a test says
NO_KERNEL = "{}: the kernel {} is not installed here. Install it, and grade again."
NOT_CONFINED = "{}: the kernel {} can't be confined, and --confine=require was asked for."
NOT_STARTED = (
    "{}: the kernel {} could not be started. Open a notebook with it in JupyterLab to see why, and grade again."
)


@dataclass(frozen=True)
class Scene:
    """What is rehearsed of a notebook.

    Attributes
    ----------
    name : str
        Of the notebook, for sentences.
    kernel : str
        The name of the kernel that it is for.
    notebook : nbformat.NotebookNode
        With the tests and with the source's solutions in it.
    files : dict of str to bytes
        What lies beside it.
    plan : Plan or None
        How a judge's kernel would run the tests; None if the course asks for one kernel.
    unsolved : frozenset of str
        The graded cells whose solution cell is in the source as students get it.
    """

    name: str
    kernel: str
    notebook: nbformat.NotebookNode
    files: dict[str, bytes]
    plan: Plan | None
    unsolved: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """What came of a rehearsal.

    Attributes
    ----------
    one_kernel : str
        Why the tests run in the student's own kernel, or nothing.
    faults : dict of str to str
        For each graded cell that gives the source's own solution no points, what it said.
    lacking : str
        Why the notebook can't be graded on this machine, or nothing.
    module : str
        The module that was not found, which a submission may bring along, or nothing.
    """

    one_kernel: str = ""
    faults: dict[str, str] = field(default_factory=dict)
    lacking: str = ""
    module: str = ""


@dataclass(frozen=True)
class Outlook:
    """How the notebooks of a class are graded, after what came of the rehearsals.

    Attributes
    ----------
    scenes : dict of (str, str) to Scene
    verdicts : dict of (str, str) to Verdict
        By assignment and name of the notebook, both.
    count_broken : bool
        Whether tests count that the source's own solution fails.
    """

    scenes: dict[tuple[str, str], Scene] = field(default_factory=dict)
    verdicts: dict[tuple[str, str], Verdict] = field(default_factory=dict)
    count_broken: bool = False

    def sentences(self) -> Iterator[str]:
        """What came of the rehearsals, as far as a person must know it."""
        for each, verdict in self.verdicts.items():
            yield from filter(None, (verdict.lacking, verdict.one_kernel))
            for cell, said in verdict.faults.items():
                yield BROKEN.format(self.scenes[each].name, cell, said, COUNTED if self.count_broken else LEFT)

    def plan(self, assignment: str, name: str) -> Plan | None:
        """How a judge's kernel runs the tests of a notebook; None if it doesn't."""
        return None if self._verdict(assignment, name).one_kernel else self.scenes[assignment, name].plan

    def withheld(self, assignment: str, name: str) -> list[str]:
        """The graded cells of a notebook that give and cost no submission a point."""
        return [] if self.count_broken else [*self._verdict(assignment, name).faults]

    def lacking(self, assignment: str, files: Collection[str]) -> str:
        """Why a submission of an assignment, with these files, can't be graded on this machine, or nothing."""
        return " ".join(
            verdict.lacking
            for (each, _), verdict in self.verdicts.items()
            if each == assignment and verdict.lacking and not brings(files, verdict.module)
        )

    def one_kernel(self, assignment: str, names: Iterable[str]) -> str:
        """Why the tests of these notebooks run in the student's own kernel, or nothing."""
        return " ".join(filter(None, (self._verdict(assignment, name).one_kernel for name in names)))

    def _verdict(self, assignment: str, name: str) -> Verdict:
        return self.verdicts.get((assignment, name), Verdict())


def with_solutions(tested: nbformat.NotebookNode, source: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The released notebook with its tests, and with the solutions of the source in their cells."""
    solved, solutions = copy.deepcopy(tested), {grade_id(cell): cell for cell in filter(is_solution, source.cells)}
    for cell in filter(is_solution, solved.cells):
        if grade_id(cell) in solutions:
            cell.source = solutions[grade_id(cell)].source
    return solved


def unsolved(source: nbformat.NotebookNode, release: nbformat.NotebookNode) -> frozenset[str]:
    """The graded cells of a source whose solution cells students get as they are."""
    given = {grade_id(cell): cell.source for cell in release.cells}
    alike = {grade_id(cell) for cell in filter(is_solution, source.cells) if given.get(grade_id(cell)) == cell.source}
    return frozenset(cell for task in tasks.tasks_of(source) if task.id in alike for cell in task.graded)


def rehearse(
    scenes: dict[tuple[str, str], Scene],
    known: dict[str, dict[str, Any]],
    run_all: Callable[[list[tuple[Scene, Plan | None, bool]]], list[Execution]],
    confined_only: bool = False,
) -> tuple[dict[tuple[str, str], Verdict], dict[str, dict[str, Any]]]:
    """Find out how notebooks can be graded.

    Parameters
    ----------
    scenes : dict of (str, str) to Scene
        By assignment and name of the notebook.
    known : dict of str to dict
        What was found before, as `remembered` gives it.
    run_all : callable
        Called with a list of (Scene, plan or None, whether in nbgrader's own way); returns their Executions.
    confined_only : bool, default False
        Whether no kernel may be used that can't be confined.

    Returns
    -------
    tuple of (dict, dict)
        The Verdicts by assignment and name; and what is to be added to `known`. What may be mended outside of the
        notebook is not.
    """
    sums = {each: sum_of(scene) for each, scene in scenes.items()}
    recalled = {each: _recalled(known.get("/".join(each), {}), sums[each]) for each in scenes}
    verdicts = {each: verdict for each, verdict in recalled.items() if verdict is not None}
    for each, scene in scenes.items():
        if spec_of(scene.kernel) is None:
            verdicts[each] = Verdict(lacking=NO_KERNEL.format(scene.name, scene.kernel))
        elif confined_only and not is_ours(scene.kernel):
            verdicts[each] = Verdict(lacking=NOT_CONFINED.format(scene.name, scene.kernel))
    fresh = [each for each in scenes if each not in verdicts]
    first = dict(zip(fresh, run_all([(scenes[each], scenes[each].plan, False) for each in fresh])))
    doubtful = [each for each in fresh if any(map(_is_short, _outcomes(first[each]).values()))]
    ways = [(each, way) for each in doubtful for way in (AGAIN, ALONE, OWN) if way == OWN or scenes[each].plan]
    plans = [scenes[each].plan if way == AGAIN else None for each, way in ways]
    wanted = [(scenes[each], plan, way == OWN) for (each, way), plan in zip(ways, plans)]
    tried = dict(zip(ways, run_all(wanted)))
    for each in fresh:
        verdicts[each] = Verdict()
    for each in doubtful:
        twice = [first[each], tried.get((each, AGAIN), first[each])]  # chance and a busy machine must not decide
        two = min(twice, key=lambda execution: len(_worse(_outcomes(execution), _outcomes(tried[each, OWN]))))
        verdicts[each] = _verdict(scenes[each], two, tried.get((each, ALONE)), tried[each, OWN])
    learned = {
        "/".join(each): {"sum": sums[each], "one_kernel": verdicts[each].one_kernel}
        for each in fresh
        if scenes[each].plan and not verdicts[each].lacking and not verdicts[each].faults
    }
    return {each: _as_asked(scenes[each], verdicts[each]) for each in scenes}, learned


class _Outcome(NamedTuple):
    """What came of a graded cell."""

    points: float
    of: float
    failed: bool
    said: str


def _outcomes(execution: Execution) -> dict[str, _Outcome]:
    """What came of the graded code cells of an executed notebook, by name.

    Of those that a person grades it is only whether they fail.
    """
    said = tasks.messages_in("", execution.notebook)
    found = {}
    for cell in execution.notebook.cells:
        if cell.cell_type != "code" or not is_grade(cell):
            continue
        name = cell.metadata.nbgrader.grade_id
        text = showing.line(" ".join(said.get(("", name), [])))
        text = f"{text[:MOST_CHARACTERS]} …" if len(text) > MOST_CHARACTERS else text
        try:
            points, of = tasks.points_of(cell) if is_judged(cell) else (0.0, 0.0)  # a person gives none here
        except ValueError as error:  # more points than there are
            points, of, text = 0.0, float(cell.metadata.nbgrader.points), showing.fault(error)
        assert points is not None  # of a cell that the machine grades
        failed = any(each.output_type == "error" for each in cell.outputs)
        found[name] = _Outcome(points, of, failed, text.rstrip(" .:") or "it gives no points")
    return found


def _is_short(outcome: _Outcome) -> bool:
    return outcome.points < outcome.of or outcome.failed


def _worse(ours: dict[str, _Outcome], stock: dict[str, _Outcome]) -> list[str]:
    """The graded cells that lose points, or fail, in one way and not in the other."""
    return [name for name, each in ours.items() if each.points < stock[name].points or each.failed > stock[name].failed]


def _verdict(scene: Scene, two: Execution, alone: Execution | None, stock: Execution) -> Verdict:
    """What is to be done, after the executions in two kernels, in one of ours, and in nbgrader's own way."""
    if stock.status == "crashed" and not any(cell.get("execution_count") for cell in stock.notebook.cells):
        return Verdict(lacking=NOT_STARTED.format(scene.name, scene.kernel))
    outcomes, reference = _outcomes(two), _outcomes(stock)
    chosen, one_kernel, worse = two, "", _worse(outcomes, reference)
    if alone is not None and len(_worse(_outcomes(alone), reference)) < len(worse):
        one_kernel = UNFIT.format(scene.name, ", ".join(worse))
        chosen, outcomes = alone, _outcomes(alone)
        worse = _worse(outcomes, reference)
    lost = [name for name, each in outcomes.items() if each.of > each.points == 0]
    module = _missing_module(chosen.notebook)
    if module and (lost or any(each.failed for each in outcomes.values())):
        return Verdict(lacking=NO_MODULE.format(scene.name, module), module=module)
    costly = [name for name in worse if outcomes[name].points == 0 < reference[name].points]
    if costly:
        return Verdict(lacking=LOCKED.format(scene.name, costly[0], outcomes[costly[0]].said))
    if scene.unsolved.intersection(lost):
        return Verdict(one_kernel=UNTRIED.format(scene.name))
    return Verdict(one_kernel, {name: outcomes[name].said for name in lost})


def _as_asked(scene: Scene, verdict: Verdict) -> Verdict:
    return replace(verdict, one_kernel=ASKED.format(scene.name)) if scene.plan is None else verdict


def _missing_module(notebook: nbformat.NotebookNode) -> str:
    """The name of a module that a cell of an executed notebook did not find; "" if there is none."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error" and (found := NOT_FOUND.search(output.evalue)):
                return found[1]
    return ""


def _recalled(entry: dict[str, Any], sum_: str) -> Verdict | None:
    return Verdict(entry.get("one_kernel", "")) if entry.get("sum") == sum_ else None
