"""Folders, environments and terminals that are not as on the author's machine."""

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.course import results
from testing.classroom import ROOT
from testing.commands import COMMANDS, graded, run

PACKAGES = ("cnn-course", "autograder")


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


def course_in(folder, student="kim", solution="def f(x):\n    return x + 1"):
    """A course with one small assignment, which one student has solved."""
    for path, made in (
        (
            folder / "source/hw1/hw1.ipynb",
            notebook("def f(x):\n    ### BEGIN SOLUTION\n    return x + 1\n    ### END SOLUTION"),
        ),
        (folder / "submitted" / student / "hw1/hw1.ipynb", notebook(solution)),
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
    results.save(course, results.Submission("kim", "hw1", "graded", "Executed to the end."))
    with contextlib.closing(sqlite3.connect(course / results.RECORD)) as record:
        record.execute("DROP TABLE participants")  # of a version before
    assert results.participants(course, "hw1", "moodle") == {}
    done = where_nothing_can_be_written(course, "check", "submitted/kim/hw1/hw1.ipynb")
    assert done.returncode == 0 and "graded. Executed to the end." in done.stdout, done.stderr


@pytest.mark.parametrize("words", [["grade", "hw1"], ["report"]])
def test_a_course_that_cant_be_written_is_named(tmp_path, words):
    course = course_in(tmp_path / "course")
    done = where_nothing_can_be_written(course, *words)
    assert done.returncode == 2
    assert f"autograder: {course} can't be written: see that you may" in done.stderr


@pytest.fixture(scope="module")
def narrow(tmp_path_factory):
    """A course graded where folders have long names, home can't be written to, and packages are links into a store."""
    folder = tmp_path_factory.mktemp("narrow")
    store, site, long = folder / "store" / "1a2b", folder / "site", folder / ("t" * 100)
    for name in ("lent/__init__.py", "lent-1.dist-info/METADATA"):
        for path in (store / name, site / name):
            path.parent.mkdir(parents=True)
        (store / name).write_text("ONE = 1\n")
        (site / name).symlink_to(store / name)
    long.mkdir()
    course = course_in(folder / "main (1)", "김민지", "import lent\n\ndef f(x):\n    return x + lent.ONE")
    for name in ("IPYTHONDIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "MPLCONFIGDIR", "KERAS_HOME"):
        os.environ.pop(name, None)  # which make sets
    place = {"TMPDIR": str(long), "HOME": "/proc", "PYTHONPATH": str(site)}
    done, submissions = graded(course, "grade", "hw1", **place)
    assert not list(long.iterdir())
    return course, done, submissions


def test_a_course_is_graded_in_narrow_places(narrow):
    _, done, [submission] = narrow
    assert (submission["student"], submission["status"], submission["points"]) == ("김민지", "graded", 2), submission
    assert done.returncode == 0 and "not hold it back" not in done.stdout, done.stdout


@pytest.mark.parametrize(
    "terminal",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""},
    ],
)
def test_a_terminal_shows_what_it_can(narrow, terminal):
    done = run(narrow[0], "autograder", "report", **terminal)
    assert done.returncode == 0 and "\\uae40\\ubbfc\\uc9c0" in done.stdout, done.stderr


def test_what_keeps_kernels_from_being_forked_is_said_in_words(tmp_path):
    course = course_in(tmp_path / "course")
    with open(course / "nbgrader_config.py", "a") as config:
        config.write("c.Kernels.preload = ['nowhere']\n")
    done = run(course, "autograder", "grade", "hw1", "--confine", "require")
    assert done.returncode == 2
    assert "the process that forks kernels could not start (No module named 'nowhere')" in done.stderr


@pytest.mark.skipif(not shutil.which("make"), reason="no make on this machine")
def test_what_make_runs_is_there():
    done = subprocess.run(["make", "-n", "-B", "-C", ROOT, "site"], capture_output=True, text=True, check=True)
    words = done.stdout.split()
    assert [word for word in words if word.endswith(".py") and not (ROOT / word).is_file()] == []
    settings = re.findall(r"sphinx .*-c (\S+)", done.stdout)
    assert len(settings) >= 2 and all((ROOT / each / "conf.py").is_file() for each in settings)


@pytest.mark.skipif(not shutil.which("make"), reason="no make on this machine")
def test_make_works_in_any_folder(tmp_path):
    """Each command that make would run is one for the shell, wherever the checkout lies."""
    checkout = tmp_path / "my course (1) & 'more'"
    programs = checkout / ".venv" / "bin"
    programs.mkdir(parents=True)
    (checkout / "release" / "hw1").mkdir(parents=True)
    (checkout / "source" / "hw1").mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", *(f"packages/{each}/pyproject.toml" for each in PACKAGES)):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, checkout / name)
    for name in ("python", "jupyter", "nbgrader", "autograder", "ruff", "lint-imports", "mypy"):
        (programs / name).write_text('#!/bin/sh\necho "$0 $*"; echo "${PATH%%:*}" "$IPYTHONDIR" >> "$SEEN"\n')
        (programs / name).chmod(0o755)
    seen = tmp_path / "seen"
    for target in ("demo", "check", "test", "test-slow", "lab", "release", "grade", "site", "bench", "lock"):
        command = ["make", "-C", checkout, "PYTHON=true", target]
        done = subprocess.run(command, env={**os.environ, "SEEN": str(seen)}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert all(line.startswith(f"{programs} ") for line in seen.read_text().splitlines())
    assert (checkout / "my-notebooks" / "hw1").is_dir()
