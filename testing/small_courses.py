"""Small courses of other people's, without TensorFlow: for tests of what concerns any nbgrader course."""

import copy
import functools

import nbformat
import nbgrader.api
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions, ComputeChecksums

nbgrader.api.get_alembic_version = functools.cache(nbgrader.api.get_alembic_version)  # a process for each new gradebook
CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'small'\n"
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
MARKS = {"schema_version": 3, "task": False}


def notebook(*tasks, points=2, adds=1, written=(), test="assert {task}(1) == {value}"):
    """An instructor's notebook with tasks of an autograded function each, and with written answers."""
    cells = []
    for task in tasks:
        solution = f"def {task}(x):\n    ### BEGIN SOLUTION\n    return x + {adds}\n    ### END SOLUTION"
        cells.append(new_code_cell(solution, id=task, metadata=_marks(task, solution=True)))
        text = test.format(task=task, value=1 + adds)
        cells.append(
            new_code_cell(text, id=f"{task}-t", metadata=_marks(f"{task}-t", grade=True, locked=True, points=points))
        )
    for task in written:
        marks = _marks(task, grade=True, solution=True, points=points)
        cells.append(new_markdown_cell("YOUR ANSWER HERE", id=task, metadata=marks))
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


def _marks(name, grade=False, solution=False, locked=False, **points):
    marks = {"grade_id": name, "grade": grade, "solution": solution, "locked": locked}
    return {"nbgrader": {**MARKS, **marks, **points}}


def solved(made):
    """What a student hands in who has found the solutions."""
    made = copy.deepcopy(made)
    for cell in made.cells:
        cell.source = cell.source.replace("### BEGIN SOLUTION\n", "").replace("\n    ### END SOLUTION", "")
        cell.source = cell.source.replace("YOUR ANSWER HERE", "Because it is so.")
    return made


def released(made):
    """What students get of an instructor's notebook."""
    made = copy.deepcopy(made)
    for step in (ClearSolutions, ClearHiddenTests, ComputeChecksums):
        step().preprocess(made, {})
    return made


def make_course(root, notebooks, config=""):
    """Make a course directory of notebooks by assignment and name, and return its path."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "nbgrader_config.py").write_text(CONFIG + config)
    for (assignment, name), made in notebooks.items():
        put(root / "source" / assignment / f"{name}.ipynb", made)
    return root


def hand_in(root, student, assignment, name, made):
    """Put a notebook, or the text of a file, into submitted/ and return its path."""
    return put(root / "submitted" / student / assignment / name, made)


def put(path, made):
    """Write a notebook or a text to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(made) if isinstance(made, str) else nbformat.write(made, path)
    return path
