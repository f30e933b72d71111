"""Every solution of a task against its hidden tests, with ten seeds and as many more as a time allows.

    python -m tests.many_seeds --help

A hidden test draws its inputs, so a tolerance or a sentence may be right for nearly every seed. `make test` grades each
solution once; this finds the seed in a thousand. It runs in process, and without nbgrader.
"""

import ast
import contextlib
import io
import itertools
import multiprocessing
import os
import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import NamedTuple

import typer

from testing.classroom import ASSIGNMENTS, GIVEN, files_beside, solutions, source, tasks, zoo

FEWEST = 10


class Outcome(NamedTuple):
    """What came of a cell: what its last expression gives (0 after an error), all that was said, and the error."""

    points: float | None
    said: str
    error: Exception | None = None


def main(
    assignments: list[str] = typer.Argument(None, help="Assignments, or assignment/task; all if none is named."),
    seconds: float = typer.Option(3, help="Time for each solution."),
):
    """Try solutions with many seeds, and name those that failed to get what they must get."""
    every = {f"{assignment}/{task}": (assignment, task) for assignment in ASSIGNMENTS for task in tasks(assignment)}
    named = assignments or ASSIGNMENTS
    for name in {*named} - {*ASSIGNMENTS, *every}:
        raise typer.BadParameter(f"There is no {name}: name {ASSIGNMENTS[0]} or {next(iter(every))}, for example.")
    jobs = [job for name, job in every.items() if name in named or job[0] in named]
    surprises = tried = 0
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1) as pool:
        waiting = {pool.submit(try_task, *job, seconds): "/".join(job) for job in jobs}
        for done in as_completed(waiting):
            for seeds, found in done.result():
                tried += seeds
                surprises += len(found)
                print(*found, sep="\n", end="\n" * bool(found))
            print(f"{waiting[done]}: done, {tried} seeds so far", flush=True)
    print(f"{tried} seeds tried, {surprises} surprises.")
    raise typer.Exit(surprises > 0)


def try_task(assignment, task, seconds):
    """For each solution of a task: how many seeds were tried, and a line for each surprise."""
    tried = []
    for solution in solutions(assignment, task) + zoo(assignment, task):
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            for file in files_beside(assignment):
                shutil.copy(file, folder)
            tried.append(try_solution(assignment, task, solution, seconds))
    return tried


def try_solution(assignment, task, solution, seconds):
    """How many seeds were tried, and a line for each surprise, of which three are enough."""
    space, visible, hidden = prepared(assignment, task, solution)
    before = [outcome_of(cell.source, dict(space)) for cell in visible]
    found, end = [], time.monotonic() + seconds
    for seed in itertools.count(1):
        os.environ["CHECK_SEED"] = str(seed)
        outcomes = before + [outcome_of(cell.source, dict(space)) for cell in hidden]
        surprise = surprising(solution, outcomes, [cell.metadata.nbgrader.points for cell in visible + hidden])
        if surprise:
            found.append(f"{assignment}/{task}, {solution.kind}: {solution.title}, seed {seed}: {surprise}")
        if (time.monotonic() > end and seed >= FEWEST) or len(found) == 3:
            return seed, found


def prepared(assignment, task, solution):
    """The names that a solution and the given cells define, and the cells of the visible and of the hidden test."""
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    space, visible, hidden = {"__name__": "__main__"}, [], []
    for cell in source(assignment).cells:
        name = cell.id
        if name in (*GIVEN, task):
            outcome_of(solution.code if name == task else cell.source, space)
        elif name == f"{task}-check":
            visible.append(cell)
        elif name in (f"{task}-hidden", f"{task}-learns"):
            hidden.append(cell)
    return space, visible, hidden


def outcome_of(code, space):
    """Run a cell, and return its Outcome."""
    *body, last = ast.parse(code).body
    if not isinstance(last, ast.Expr):
        body, last = [*body, last], None
    caught = None
    with contextlib.redirect_stdout(io.StringIO()) as said:
        try:
            exec(compile(ast.Module(body, []), "cell", "exec"), space)
            points = last and eval(compile(ast.Expression(last.value), "cell", "eval"), space)
        except Exception as error:
            print(f"{type(error).__name__}: {error}")
            points, caught = 0, error
    return Outcome(points, said.getvalue(), caught)


def surprising(solution, outcomes, most):
    """What a solution that did not get what it must get was told, or None."""
    said = "\n".join(each.said for each in outcomes)
    got_all = all(each.points is None or each.points == full for each, full in zip(outcomes, most))
    if got_all != solution.right:
        return said or f"points {[each.points for each in outcomes]}"
    wanted = solution.says.partition(": its cell stopped")[0]  # where, only IPython tells
    return None if wanted in said else f"not said: {wanted}; but: {said}"


if __name__ == "__main__":
    typer.run(main)
