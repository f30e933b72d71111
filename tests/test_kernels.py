"""Forked kernels: fresh each time, confined, restarted when their server dies, and done without where there can be none."""

import os
import shutil
import signal
import subprocess
import time

import nbformat
import pytest
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from autograder.execution import execute
from autograder.kernels import forkserver
from autograder.kernels.settings import Kernels
from autograder.runs import Lane, is_ours
from tests.classroom import compose, course_directory, hand_in, solutions
from tests.conftest import COMMANDS, graded, run

NAME = "02-stride-padding"
NO_NAMESPACES = "echo 0 > /proc/sys/user/max_user_namespaces && exec"


def settings(**changes):
    kernels = Kernels()
    names = kernels.class_own_traits(config=True)
    return {name: getattr(kernels, name) for name in names} | {"confine": True, "require": False} | changes


@pytest.fixture(scope="module")
def server():
    server = forkserver.started(forkserver.start(settings(preload=["numpy"])))
    yield server
    server.stop()


def run_cells(server, *cells, files=None, **changes):
    """Execute cells, and return the execution and what each printed or raised."""
    lane = Lane(settings(**changes), True, "", server)
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    execution = execute(notebook, files or {}, Config(), lane)
    said = [
        "".join(output.get("text", "") or f"{output.get('ename')}: {output.get('evalue')}" for output in cell.outputs)
        for cell in execution.notebook.cells
    ]
    return execution, said


def test_every_notebook_gets_a_fresh_kernel_with_its_files(server):
    first, said = run_cells(
        server, "import numpy\nnumpy.mine = 1\nprint(open('data/x.txt').read())", files={"data/x.txt": b"hello"}
    )
    assert first.status == "graded" and said == ["hello\n"]
    _, said = run_cells(server, "import numpy, os\nprint(hasattr(numpy, 'mine'), os.listdir())")
    assert said == ["False []\n"]


def test_what_was_imported_is_not_imported_again_and_no_two_kernels_draw_the_same(server):
    cell = (
        "import sys\nprint('numpy' in sys.modules)\nimport numpy, random\nprint(numpy.random.rand(), random.random())"
    )
    (_, [one]), (_, [other]) = run_cells(server, cell), run_cells(server, cell)
    assert one.startswith("True\n") and other.startswith("True\n") and one != other


def test_a_kernel_sees_that_it_is_graded_and_nothing_of_the_grader(server, monkeypatch):
    cell = "import os\nprint(os.environ['NBGRADER_EXECUTION'], os.getcwd(), os.environ['HOME'], os.path.exists('/etc/hosts'))"
    _, said = run_cells(server, cell)
    assert said == ["autograde /submission /home/student False\n"]


def test_the_files_of_a_course_can_be_made_readable(tmp_path):
    (tmp_path / "data.txt").write_text("for all")
    own = forkserver.started(forkserver.start(settings(readable=[str(tmp_path)], environment={"LEVEL": "3"})))
    try:
        path = tmp_path / "data.txt"
        _, said = run_cells(
            own, f"import os\nprint(open('{path}').read(), os.environ['LEVEL'])", f"open('{path}', 'w')"
        )
        assert said[0] == "for all 3\n" and "Read-only file system" in said[1]
    finally:
        own.stop()


def test_a_notebook_has_a_limit_of_time_of_its_own(server):
    sleep = "import time\ntime.sleep(0.8)"
    execution, _ = run_cells(server, sleep, sleep, sleep, sleep, notebook_seconds=2)
    assert execution.status == "timed-out" and "longer than 2 s" in execution.reason
    assert [len(cell.outputs) for cell in execution.notebook.cells] == [0, 0, 0, 1]


def test_output_is_cut_and_an_error_is_not(server):
    execution, said = run_cells(
        server, "for _ in range(4):\n    print('x' * 500_000)", "print(1)\n1 / 0", output_megabytes=1
    )
    assert execution.status == "graded"
    assert len(said[0]) < 1.1e6 and "was cut" in said[0] and said[1] == "ZeroDivisionError: division by zero"


def test_a_server_that_was_killed_is_replaced():
    own = forkserver.started(forkserver.start(settings()))
    os.kill(own.process.pid, signal.SIGKILL)
    own.process.wait()
    execution, said = run_cells(own, "print(2)")
    assert (execution.status, execution.open, said) == ("graded", "", ["2\n"])


def test_a_server_that_has_ended_leaves_nothing_behind(tmp_path):
    forkserver.started(forkserver.start(settings(environment={"TMPDIR": str(tmp_path)}))).stop()
    assert not list(tmp_path.iterdir())


def test_a_kernel_ends_with_its_grader(server, tmp_path):
    code = (
        "from traitlets.config import Config; import nbformat, sys, json, tests.test_kernels as t;"
        f"t.run_cells(t.forkserver.ForkServer({server.path!r}, True, True), 'import time\\ntime.sleep(4321)')"
    )
    grader = subprocess.Popen([COMMANDS / "python", "-c", code])
    children = lambda: subprocess.run(["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True).stdout
    deadline = time.monotonic() + 60
    while not children() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert children(), "a kernel runs"
    grader.kill()
    while children() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not children(), "its keeper and the kernel have ended"


@pytest.fixture
def small(tmp_path):
    course = course_directory(tmp_path / "course", cell_seconds=60)
    configured(course, "c.Kernels.preload = []")
    hand_in(course, "kim", NAME, compose(NAME, {"zero_pad": solutions(NAME, "zero_pad")[0].code}))
    return course


def configured(course, line):
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"\n{line}\n")


def test_without_a_fork_server_kernels_are_started_anew_and_it_is_said_once(small):
    configured(small, "c.Kernels.preload = ['no_such_module']")
    done, [submission] = graded(small, "grade", NAME)
    assert (submission["status"], submission["points"]) == ("graded", 4)
    assert done.stdout.count("No module named 'no_such_module'") == 1
    assert done.stdout.count("student code was not confined") == 1


def test_what_must_be_confined_and_cannot_be_is_not_graded(small):
    configured(small, "c.Kernels.preload = ['no_such_module']")
    done = run(small, "autograder", "grade", NAME, "--confine", "require")
    assert done.returncode == 2 and "--confine=require" in done.stderr
    assert not (small / "autograder.db").exists()


def test_confinement_can_be_turned_off_and_the_report_says_so(small):
    done, [submission] = graded(small, "grade", NAME, "--confine", "off")
    assert submission["points"] == 4 and "--confine=off" in done.stdout
    subprocess.run(
        [COMMANDS / "autograder", "report", "--html", "report.html"], cwd=small, check=True, capture_output=True
    )
    assert "--confine=off" in (small / "report.html").read_text()


def test_a_machine_without_namespaces_is_named(small):
    if shutil.which("unshare") is None:
        pytest.skip("no unshare on this machine (Debian: util-linux)")
    secret = small / "secret.txt"
    secret.write_text("x")
    cell = new_code_cell(f"print(open('{secret}').read())")
    notebook = compose(NAME, {"zero_pad": solutions(NAME, "zero_pad")[0].code})
    notebook.cells.insert(2, cell)
    hand_in(small, "kim", NAME, notebook)

    def grade(*words):
        command = f"{NO_NAMESPACES} {COMMANDS / 'autograder'} grade {NAME} {' '.join(words)}"
        words = ["unshare", "--user", "--map-root-user", "sh", "-c", command]
        return subprocess.run(words, cwd=small, capture_output=True, text=True)

    done = grade()
    assert done.returncode == 0, done.stderr
    assert "does not hold it back from the network" in done.stdout and "files" not in done.stdout
    executed = nbformat.read(small / "autograded" / "kim" / NAME / f"{NAME}.ipynb", as_version=4)
    assert executed.cells[2].outputs[0].ename == "PermissionError", "Landlock alone keeps it from other files"
    done = grade("--force", "--confine", "require")
    assert done.returncode == 2 and "--confine=require" in done.stderr


def test_a_kernel_that_is_not_this_python_is_started_anew_and_named(small):
    kernels = small / "kernels" / "kernels" / "other"
    kernels.mkdir(parents=True)
    python = small / "python"
    python.write_text(f'#!/bin/sh\nexec {COMMANDS / "python"} "$@"\n')
    python.chmod(0o755)
    command = f'["{python}", "-m", "ipykernel_launcher", "-f", "{{connection_file}}"]'
    (kernels / "kernel.json").write_text(f'{{"argv": {command}, "display_name": "Other", "language": "python"}}')
    configured(small, "c.ExecutePreprocessor.kernel_name = 'other'")
    environment = {"JUPYTER_PATH": str(small / "kernels")}
    done, [submission] = graded(small, "grade", NAME, **environment)
    assert submission["points"] == 4 and "The kernel other is not this Python itself" in done.stdout
    _, [submission] = graded(small, "grade", NAME, "--force", "--confine", "require", **environment)
    assert submission["status"] == "crashed" and "can't be confined" in submission["reason"]


def test_the_native_kernel_is_this_python():
    assert is_ours(NATIVE_KERNEL_NAME) and not is_ours("no-such-kernel")
