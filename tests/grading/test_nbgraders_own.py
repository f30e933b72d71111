"""The notebooks of nbgrader's own test suite.

What it grades gets the same points here, and what it refuses is refused with a sentence.
"""

import importlib.util
import shutil
from pathlib import Path

import pytest

from tests.beside_stock import compared

FILES = Path(importlib.util.find_spec("nbgrader").origin).parent / "tests" / "apps" / "files"
SUBMITTED = (
    "unchanged",
    "changed",
    "cheat-attempt",
    "cheat-attempt-alternative",
    "grade-cell-changed",
    "locked-cell-changed",
)
HANDED_IN = {  # for a source, what is handed in; of every other source, itself
    "submitted-unchanged": [f"submitted-{each}" for each in SUBMITTED],
    "autotest-simple": ["autotest-simple-unchanged", "autotest-simple-changed"],
    "autotest-multi": ["autotest-multi-unchanged", "autotest-multi-changed"],
    "autotest-hashed": ["autotest-hashed-unchanged", "autotest-hashed-changed"],
    "autotest-hidden": [f"autotest-hidden-{each}" for each in ("unchanged", "changed-right", "changed-wrong")],
}
WAITS = "timeout"  # its cell only sleeps, which is let be for three times the limit
CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'own'\nc.ExecutePreprocessor.timeout = 4\n"


def sources():
    """The names of the notebooks that may be an instructor's."""
    submissions = {name for names in HANDED_IN.values() for name in names} - HANDED_IN.keys()
    return sorted(path.stem for path in FILES.glob("*.ipynb") if path.stem not in submissions)


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    course = tmp_path_factory.mktemp("own") / "course"
    for name in sources():
        folder = course / "source" / name
        folder.mkdir(parents=True)
        shutil.copy(FILES / f"{name}.ipynb", folder / "p1.ipynb")
        shutil.copy(FILES / "jupyter.png", folder)
        shutil.copy(FILES / "data.txt", folder)
    (course / "nbgrader_config.py").write_text(CONFIG)
    shutil.copy(FILES / "autotests.yml", course)

    def hand_in(course, assignment):
        for name in HANDED_IN.get(assignment, [assignment]):
            folder = course.folder("submitted", name.removeprefix(assignment) or "self", assignment)
            shutil.copytree(course.folder("source", ".", assignment), folder)
            shutil.copy(FILES / f"{name}.ipynb", folder / "p1.ipynb")

    return compared(course, tmp_path_factory.mktemp("copies"), hand_in=hand_in)


@pytest.mark.slow
@pytest.mark.parametrize("source", sources())
def test_it_gets_what_nbgrader_gives_or_a_sentence(comparison, source):
    refused = f"could not prepare {source}: " in comparison.said
    assert refused == (source in comparison.refused)
    differences = {cell: pair for cell, pair in comparison.differences.items() if cell[0] == source}
    for (*_, cell), (stock, ours) in differences.items():
        broken = ours.by_hand and f"{source}/p1: your own solution fails {cell}: " in comparison.said
        assert broken or (source == WAITS and "CellTimeoutError" in stock.said), cell
