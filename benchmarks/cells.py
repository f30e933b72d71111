"""Where the seconds of one submission go: CPU seconds of both kernels and of the grader, for each of the dearest cells.

python -m benchmarks.cells [ASSIGNMENT ...]
"""

import copy
import sys
from pathlib import Path
from unittest import mock

from autograder.course.directory import open_course
from autograder.execution import execute
from autograder.execution.one_kernel import Lane, name_of
from autograder.execution.settings import kernel_settings
from autograder.execution.two_kernels import HeardRun
from autograder.judge.planning.plan import plan
from autograder.kernels import forkserver
from autograder.kernels.computing_time import computing_seconds
from testing.classroom import ASSIGNMENTS, ROOT, compose, files_beside, solutions, source, tasks

MOST = 12


class Measured(HeardRun):
    """A run that notes what each cell costs."""

    def preprocess_cell(self, cell, resources, index):
        before = self._used()
        done = super().preprocess_cell(cell, resources, index)
        ROWS[name_of(cell)] = [now - then for now, then in zip(self._used(), before, strict=True)]
        return done

    def _used(self):
        return [computing_seconds(self.own_kernel), computing_seconds(self.judge.own_kernel)]


ROWS = {}


def perfect(assignment):
    """A perfect notebook with the tests in it, and the files beside it."""
    made = compose(assignment, {task: solutions(assignment, task)[0].code for task in tasks(assignment)}, whole=True)
    instructors = {cell.id: cell.source for cell in source(assignment).cells}
    for cell in made.cells:
        if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = instructors[cell.id]
    return made, {Path(file).name: Path(file).read_bytes() for file in files_beside(assignment)}


def main(assignments):
    """Run each notebook twice, since the first one warms the machine up, and print what the second one took."""
    config = open_course(ROOT).config
    settings = kernel_settings(config)
    lane = Lane(settings, True, "", forkserver.start(settings))
    for assignment in assignments:
        notebook, files = perfect(assignment)
        instructors = source(assignment)
        for _ in range(2):
            ROWS.clear()
            with mock.patch.object(execute, "HeardRun", Measured):
                execute.execute(copy.deepcopy(notebook), files, config, lane, plan(instructors, instructors))
        total = [sum(column) for column in zip(*ROWS.values(), strict=True)]
        print(f"\n| {assignment} | student's kernel, s | judge's, s |\n|---|---|---|")
        for name, (students, judges) in sorted(ROWS.items(), key=lambda row: -sum(row[1]))[:MOST]:
            print(f"| {name} | {students:.2f} | {judges:.2f} |")
        print(f"| all {len(ROWS)} cells | {total[0]:.2f} | {total[1]:.2f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ASSIGNMENTS)
