"""Folders, environments and terminals that are not as on the author's machine."""

import contextlib
import shutil
import sqlite3
import subprocess

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder import results
from tests.conftest import COMMANDS, graded


def cell(name, source, points=None):
    marks = {
        "grade_id": name,
        "schema_version": 3,
        "task": False,
        "grade": points is not None,
        "locked": points is not None,
    }
    marks |= {"solution": points is None} | ({} if points is None else {"points": points})
    return new_code_cell(source, id=name, metadata={"nbgrader": marks})


def notebook(solution):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [cell("f", solution), cell("f-t", "assert f(1) == 2", 2)]
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def course_in(folder, student="kim"):
    """A course with one small assignment, which one student has solved."""
    for path, made in (
        (
            folder / "source/hw1/hw1.ipynb",
            notebook("def f(x):\n    ### BEGIN SOLUTION\n    return x + 1\n    ### END SOLUTION"),
        ),
        (folder / "submitted" / student / "hw1/hw1.ipynb", notebook("def f(x):\n    return x + 1")),
    ):
        path.parent.mkdir(parents=True)
        nbformat.write(made, path)
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'toy'\n")
    return folder


def where_nothing_can_be_written(course, *words):
    """Run the grader in a course directory on a disk that can't be written."""
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"'
    in_its_own_mounts = ["unshare", "-rm", "sh", "-c", script, course]
    if not shutil.which("unshare") or subprocess.run([*in_its_own_mounts, "true"], capture_output=True).returncode:
        pytest.skip("nothing can be mounted on this machine")
    return subprocess.run([*in_its_own_mounts, COMMANDS / "autograder", *words], capture_output=True, text=True)


def test_a_check_needs_no_course_that_can_be_written(tmp_path):
    course = course_in(tmp_path / "course")
    done = where_nothing_can_be_written(course, "check", "submitted/kim/hw1/hw1.ipynb")
    assert done.returncode == 0 and "graded. Executed to the end." in done.stdout, done.stderr


@pytest.mark.parametrize("words", [["grade", "hw1"], ["report"]])
def test_a_course_that_cant_be_written_is_named(tmp_path, words):
    course = course_in(tmp_path / "course")
    done = where_nothing_can_be_written(course, *words)
    assert done.returncode == 2
    assert f"autograder: {course} can't be written: see that you may" in done.stderr


def test_a_record_is_read_where_it_cant_be_written(tmp_path):
    course = course_in(tmp_path / "course")
    results.save(course, results.Submission("kim", "hw1", "graded", "Executed to the end."))
    with contextlib.closing(sqlite3.connect(course / results.RECORD)) as record:
        record.execute("DROP TABLE participants")  # of a version before
    done = where_nothing_can_be_written(course, "check", "submitted/kim/hw1/hw1.ipynb")
    assert done.returncode == 0, done.stderr
    assert results.participants(course, "hw1", "moodle") == {}
