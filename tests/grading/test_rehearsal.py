"""Foreign courses: where tests need what can't cross to a judge's kernel, the grader says so and uses the student's."""

import importlib.util
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from testing.commands import by_student, graded, run, scores

EXAMPLE = Path(importlib.util.find_spec("nbgrader").origin).parent / "docs" / "source" / "user_guide"
CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "foreign"\n'
STACK = """
### BEGIN SOLUTION
class Stack:
    def __init__(self):
        self.things = []

    def push(self, thing):
        self.things.append(thing)

    def __len__(self):
        return len(self.things)
### END SOLUTION
"""
DOUBLE = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
WRONG = "def double(x):\n    return x"
FORGED = "from IPython import get_ipython\nget_ipython().set_custom_exc((Exception,), lambda *_: None)"


def notebook(name, solution, test):
    """An instructor's notebook with one task of 2 points."""
    task = {"grade_id": name, "solution": True, "grade": False, "locked": False, "schema_version": 3}
    graded_ = {
        **task,
        "grade_id": f"{name}-test",
        "solution": False,
        "grade": True,
        "locked": True,
        "points": 2,
        "cell_type": "code",
    }
    cells = [new_code_cell(solution, metadata={"nbgrader": {**task, "task": False}})]
    cells.append(new_code_cell(test, metadata={"nbgrader": {**graded_, "task": False}}))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    """A course of two notebooks, one of which tests an object's own `__len__`."""
    course = tmp_path_factory.mktemp("foreign")
    (course / "nbgrader_config.py").write_text(CONFIG)
    sources = {
        "stack": notebook("Stack", STACK, "stack = Stack()\nstack.push(1)\nassert len(stack) == 1"),
        "double": notebook("double", DOUBLE, "import colorsys\n\nassert double(4) == 8"),
    }
    for name, source in sources.items():
        for place in (f"source/{name}", f"submitted/ann/{name}", f"submitted/ben/{name}"):
            (course / place).mkdir(parents=True)
            nbformat.write(source, course / place / f"{name}.ipynb")
    forged = notebook("double", WRONG + "\n\n\nget_ipython().set_custom_exc((Exception,), lambda *_: None)", "pass")
    nbformat.write(forged, course / "submitted" / "ben" / "double" / "double.ipynb")
    (course / "submitted" / "cat" / "double").mkdir(parents=True)
    nbformat.write(notebook("double", WRONG, "pass"), course / "submitted" / "cat" / "double" / "double.ipynb")
    (course / "submitted" / "cat" / "double" / "colorsys.py").write_text(FORGED)
    done, submissions = graded(course, "grade", "stack", "double")
    return course, done, by_student(submissions)


def test_it_says_which_notebook_is_graded_in_one_kernel(foreign):
    course, done, submissions = foreign
    sentence = (
        "stack: its tests ran in the student's own kernel, since in a judge's the source's solutions fail Stack-test."
    )
    assert sentence in done.stdout and "double: its tests" not in done.stdout
    assert run(course, "autograder", "report", "--html", "report.html").returncode == 0
    assert "its tests ran in the student&#39;s own kernel" in (course / "report.html").read_text()
    assert submissions["ann", "stack"]["points"] == submissions["ann", "double"]["points"] == 2


def test_the_other_notebook_has_its_judge(foreign):
    _, done, submissions = foreign
    assert submissions["ben", "double"]["points"] == 0
    assert submissions["cat", "double"]["points"] == 0, "a module beside the notebook was imported by the judge"
    assert "ben: look at it. double takes over the handling of exceptions." in done.stdout


@pytest.mark.slow
def test_a_version_of_the_source_is_tried_once(foreign):
    course, done, _ = foreign
    tried = "The tests are tried with the source's solutions"
    assert tried in done.stdout
    assert tried not in run(course, "autograder", "grade", "stack", "--force").stdout
    checked = run(course, "autograder", "check", "submitted/ann/stack/stack.ipynb").stdout
    assert "its tests ran in the student's own kernel" in checked
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('c.Judge.kernels = {"double": 1}\n')
    done = run(course, "autograder", "grade", "double", "--student", "ben")
    assert "double: its tests ran in the student's own kernel, as nbgrader_config.py asks." in done.stdout


def test_a_wrong_number_of_kernels_is_said(foreign, tmp_path):
    course = tmp_path / "course"
    shutil.copytree(foreign[0], course)
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('c.Judge.kernels = {"double": 3}\n')
    done = run(course, "autograder", "grade", "double")
    assert done.returncode == 2 and "A setting in nbgrader_config.py is wrong" in done.stderr


@pytest.mark.slow
def test_nbgraders_own_example_gets_the_scores_of_stock_nbgrader(tmp_path):
    courses = [tmp_path / name for name in ("ours", "stock")]
    for course in courses:
        for folder in ("source", "submitted"):
            shutil.copytree(EXAMPLE / folder, course / folder)
        (course / "nbgrader_config.py").write_text(CONFIG)
    done, _ = graded(courses[0], "grade", "ps1")
    assert "in the student's own kernel" not in done.stdout and "confined" not in done.stdout
    assert run(courses[1], "nbgrader", "generate_assignment", "ps1").returncode == 0
    assert run(courses[1], "nbgrader", "autograde", "ps1").returncode == 0
    ours, stock = map(scores, courses)
    assert ours == stock and set(ours.values()) == {0.0, 0.5, 1.0}
