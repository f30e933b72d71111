"""What `deploy/jupyterhub/set_up.py` lays out, and what it refuses."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from testing.small_courses import make_course, notebook

SET_UP = Path(__file__).resolve().parents[2] / "deploy" / "jupyterhub" / "set_up.py"
LAID_OUT = (
    "import sys; sys.path.insert(0, {folder!r}); import set_up, pathlib; set_up.lay_out(*map(pathlib.Path, {places!r}))"
)


@pytest.fixture
def places(tmp_path):
    """A folder that is not there yet, a course and a list of students."""
    course = make_course(tmp_path / "course", {("ps1", "p"): notebook("f")})
    (tmp_path / "students.csv").write_text("id,first_name\nkim,Kim\n")
    return tmp_path / "class", course, tmp_path / "students.csv"


def lay_out(*places):
    code = LAID_OUT.format(folder=str(SET_UP.parent), places=[*map(str, places)])
    return subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_class_is_open_where_it_must_be_and_closed_elsewhere(places):
    folder, course, students = places
    for _ in range(2):  # again, as after a change
        done = lay_out(*places)
        assert done.returncode == 0, done.stderr
        assert (mode(folder), mode(folder / "exchange"), mode(folder / "hub")) == (0o755, 0o1777, 0o700)
        assert mode(course) & 0o077 == mode(students_there := folder / "students.csv") & 0o077 == 0
        assert students_there.read_text() == students.read_text()
        for name in ("everybody/nbgrader_config.py", "students/labconfig/page_config.json", "jupyterhub_config.py"):
            assert mode(folder / name) & 0o044 == 0o044
        assert json.loads((folder / "class.json").read_text()) == {
            "instructor": course.owner(), "course": str(course)
        }  # fmt: skip
        (folder / "exchange" / "work").write_text("stays")
    assert (folder / "exchange" / "work").read_text() == "stays"


def test_what_cannot_become_a_class_gets_one_sentence(places, tmp_path):
    folder, course, students = places
    empty, nameless = tmp_path / "empty", tmp_path / "nameless.csv"
    empty.mkdir()
    nameless.write_text("name\nkim\n")
    for refused, says in (
        ((folder, empty, students), "has no folder source"),
        ((folder, course, nameless), "needs a column id"),
        ((folder, course, tmp_path / "none.csv"), "none.csv can't be read: No such file or directory."),
    ):
        done = lay_out(*refused)
        assert done.returncode == 1 and says in done.stderr and len(done.stderr.splitlines()) == 1
        assert not folder.exists()
