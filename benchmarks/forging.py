"""What submissions that try to get points without a solution get, from `autograder grade` and from stock nbgrader.

Both grade them in the same run. Those that last until a limit of time are left out; a slow test shows that they get
nothing.

python -m benchmarks.forging
"""

import tempfile
from concurrent.futures import ThreadPoolExecutor

from rich.console import Console
from rich.table import Table

from testing.classroom import course_directory, hand_in
from testing.commands import by_student, graded, run, scores
from tests.submissions import forging

CELL_SECONDS = 6


def compare(folder):
    """Grade the forgeries both ways: (name, points from autograder, from stock nbgrader, whether it was noticed)."""
    course = _course(f"{folder}/ours", forging.QUICK)
    done, submissions = graded(course, "grade", forging.ASSIGNMENT)
    ours = {name: each["points"] for (name, _), each in by_student(submissions).items()}
    halves = {f"{folder}/stock-{number}": forging.QUICK[number::2] for number in range(2)}
    with ThreadPoolExecutor(2) as pool:
        stock = {
            name: points
            for found in pool.map(_graded_by_stock, *zip(*halves.items()))
            for name, points in found.items()
        }
    return [(name, ours[name], stock[name], f"{name}: look at it." in done.stdout) for name in forging.QUICK]


def _graded_by_stock(folder, names):
    """Points by name; a forgery whose notebook nbgrader fails on has none."""
    course = _course(folder, names)
    run(course, "nbgrader", "generate_assignment", forging.ASSIGNMENT)
    for name in names:
        run(course, "nbgrader", "autograde", forging.ASSIGNMENT, "--student", name)
    found = dict.fromkeys(names, 0)
    for (_, name, _), score in scores(course).items():
        found[name] += score or 0
    return found


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


def _course(folder, names):
    course = course_directory(folder, cell_seconds=CELL_SECONDS)
    for name in names:
        hand_in(course, name, forging.ASSIGNMENT, forging.notebook(name))
    return course


if __name__ == "__main__":
    main()
