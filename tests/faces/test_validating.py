"""What a student reads who validates a notebook with nbgrader."""

import re

import nbformat

from testing.classroom import ROOT, compose, source
from testing.commands import run

ASSIGNMENT = "03-pooling"
READERS = ROOT / "packages" / "cnn-course" / "lab"


def test_a_failed_check_is_named_and_its_code_left_out(tmp_path):
    wrong = "def pool_output_shape(shape, size, strides=None, padding='valid'):\n    return shape"
    notebook = compose(ASSIGNMENT, {"pool_output_shape": wrong})
    _only(notebook, "pool_output_shape")
    said = _validated(tmp_path, notebook, READERS)
    first = re.search(r"The following cell failed:\n\n(.*)\n\nThe error was:\n\n(.*)\n", said)
    assert first, said
    assert first[1].strip() == "pool_output_shape-check"
    assert "should be" in first[2]
    assert "import cnn_course.checks" not in said


def test_a_changed_check_is_still_found(tmp_path):
    notebook = compose(ASSIGNMENT, {})
    _only(notebook, "pool_output_shape")
    notebook.cells[-1].source += "\nraise ValueError"
    said = _validated(tmp_path, notebook, ROOT)
    assert "CONTENTS OF 1 TEST CELL(S) HAVE CHANGED" in said


def test_a_grader_keeps_the_code(monkeypatch):
    from autograder.validating import name_for_code

    cell = next(cell for cell in source(ASSIGNMENT).cells if cell.id == "pool_output_shape-check")
    before = cell.source
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    name_for_code(cell=cell, cell_index=0, execute_reply={})
    assert cell.source == before


def _only(notebook, task):
    """Leave the setup, one task's cell and its check; return the task's cell."""
    wanted = ("setup", task, f"{task}-check")
    notebook.cells = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") in wanted]
    return notebook.cells[1]


def _validated(folder, notebook, config):
    nbformat.write(notebook, folder / f"{ASSIGNMENT}.ipynb")
    done = run(folder, "nbgrader", "validate", f"{ASSIGNMENT}.ipynb", JUPYTER_CONFIG_PATH=str(config))
    assert done.returncode == 0, done.stderr
    return done.stdout
