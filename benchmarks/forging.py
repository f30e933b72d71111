"""What submissions that try to get points without a solution get: from `autograder grade`, and from stock nbgrader in the same run.

python -m benchmarks.forging
"""

import tempfile

from rich.console import Console
from rich.table import Table

from tests.classroom import course_directory, hand_in
from tests.conftest import by_student, graded, run, scores
from tests.submissions import forging

CELL_SECONDS = 6


def compare(folder):
    """Grade all forgeries both ways: (name, points from autograder, points from stock nbgrader, what was noticed)."""
    course = _course(f"{folder}/ours")
    done, submissions = graded(course, "grade", forging.ASSIGNMENT)
    ours = {name: each["points"] for (name, _), each in by_student(submissions).items()}
    stock = _course(f"{folder}/stock")
    run(stock, "nbgrader", "generate_assignment", forging.ASSIGNMENT)
    for name in forging.CASES:
        run(stock, "nbgrader", "autograde", forging.ASSIGNMENT, "--student", name)
    found = dict.fromkeys(forging.CASES, 0)
    for (_, name, _), score in scores(stock).items():
        found[name] += score or 0
    return [(name, ours[name], found[name], f"{name}: look at it." in done.stdout) for name in forging.CASES]


def main():
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        rows = compare(folder)
    table = Table("forgery", "autograder grade", "stock nbgrader", "marked in the report")
    for name, ours, stock, noticed in rows:
        table.add_row(forging.title(name), f"{ours:g}", f"{stock:g}", "yes" if noticed else "")
    console = Console(width=120)
    console.print(table)
    got = sum(stock > 0 for _, _, stock, _ in rows)
    console.print(
        f"{len(rows)} forgeries: {sum(row[1] > 0 for row in rows)} got points here, {got} from stock nbgrader."
    )


def _course(folder):
    course = course_directory(folder, cell_seconds=CELL_SECONDS)
    for name in forging.CASES:
        hand_in(course, name, forging.ASSIGNMENT, forging.notebook(name))
    return course


if __name__ == "__main__":
    main()
