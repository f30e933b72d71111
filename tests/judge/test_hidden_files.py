"""Files that only tests may read: a student's kernel beside a judge finds them nowhere, and every other kernel does."""

import os
import shutil

import pytest

from autograder.execution.one_kernel import Run
from autograder.kernels import forkserver
from autograder.kernels.settings import Enforced
from testing.commands import COMMANDS
from testing.kernels import NO_NAMESPACES, run_cells, settings

SECRET = "what is graded: 3, 1, 4, 1, 5"
READ = "print({}.read_text())"
SEARCH = """
import os
found = []
for folder, _, names in os.walk({root!r}):
    for name in names:
        path = os.path.join(folder, name)
        try:
            with open(path, "rb") as file:
                found += [path] if {start!r} + {rest!r} in file.read(100) else []
        except OSError:
            pass
print(found, len(os.listdir({root!r} + "/graded")) >= 4)
"""
UNCOVER = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
view = os.environ["TMPDIR"] + "/view"
os.makedirs(view, exist_ok=True)
CLONE_NEWNS, CLONE_NEWUSER, BIND, RECURSIVE, DETACH = 0x00020000, 0x10000000, 0x1000, 0x4000, 2
done = []
for _ in range(2):
    done.append(libc.umount2({path!r}.encode(), DETACH))
    for flags in (BIND, BIND | RECURSIVE):
        done.append(libc.mount({root!r}.encode(), view.encode(), None, flags, None))
    done.append(libc.unshare(CLONE_NEWUSER | CLONE_NEWNS))
for path in ({path!r}, view + "/graded/secret.txt", "/proc/self/root" + {path!r}, "/proc/1/root" + {path!r}):
    try:
        os.chmod(path, 0o644)
    except OSError:
        pass
    try:
        print("read:", open(path).read())
    except OSError as error:
        print(type(error).__name__)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder that Python imports from, a symbolic link, with a module, a hidden file and one that is not."""
    folder = tmp_path_factory.mktemp("imports")
    (folder / "real" / "graded").mkdir(parents=True)
    (folder / "real" / "graded" / "__init__.py").write_text("")
    (folder / "real" / "graded" / "late.py").write_text("VALUE = 7")
    (folder / "real" / "graded" / "secret.txt").write_text(SECRET)
    (folder / "real" / "graded" / "open.txt").write_text("for all")
    (folder / "link").symlink_to(folder / "real")
    (folder / "words").mkdir()
    (folder / "words" / "of_tests.txt").write_text(SECRET)
    return folder


@pytest.fixture(scope="module")
def server(place):
    os.environ["PYTHONPATH"] = str(place / "link")
    how = settings(hidden=["graded/secret.txt", "graded/absent.txt"], readable_by_tests=[str(place / "words")])
    server = forkserver.started(forkserver.start(how))
    yield server
    server.stop()


@pytest.fixture(params=["namespaces", "Landlock alone"])
def kernels(request, server, place):
    """A server with namespaces, and one on a machine that has none."""
    if request.param == "namespaces":
        if not server.enforced.namespaces:
            pytest.skip("this machine has no namespaces")
        yield server
        return
    if shutil.which("unshare") is None or not server.enforced.landlock:
        pytest.skip("no unshare on this machine (Debian: util-linux), or no Landlock")
    yield from _without_namespaces(server, place)


def _without_namespaces(server, place):
    folder = os.path.dirname(server.path)
    wrapper = f"{folder}/python"
    with open(wrapper, "w") as file:
        file.write(
            "#!/bin/sh\n"
            f'exec unshare --user --map-root-user sh -c \'{NO_NAMESPACES} "$0" "$@"\' "{COMMANDS}/python" "$@"\n'
        )
    os.chmod(wrapper, 0o755)
    patch = pytest.MonkeyPatch()
    patch.setattr(forkserver.sys, "executable", wrapper)
    how = settings(hidden=["graded/secret.txt"], readable_by_tests=[str(place / "words")])
    own = forkserver.started(forkserver.start(how))
    patch.undo()
    assert own.enforced == Enforced(namespaces=False, landlock=True)
    yield own
    own.stop()


@pytest.fixture(autouse=True)
def no_server_of_another_module(monkeypatch):
    monkeypatch.setattr(forkserver, "_own", None)


@pytest.fixture
def beside_a_judge(monkeypatch):
    monkeypatch.setattr(Run, "hides", True)


def test_it_can_be_read_in_one_kernel(kernels, place):
    _, [said] = run_cells(kernels, f"print(open('{place}/link/graded/secret.txt').read())")
    assert said == f"{SECRET}\n"


@pytest.mark.usefixtures("beside_a_judge")
def test_it_can_not_beside_a_judge_by_any_of_its_names(kernels, place):
    names = [f"{place}/link/graded/secret.txt", f"{place}/real/graded/secret.txt"]
    cells = [
        f"print(open('{root}{name}').read())"
        for name in names
        for root in ("", "/proc/self/root", "/proc/self/cwd/../..")
    ]
    _, said = run_cells(
        kernels, *cells, f"import subprocess\nprint(subprocess.run(['cat', {names[0]!r}], capture_output=True).stdout)"
    )
    assert (
        all("PermissionError" in each or "FileNotFoundError" in each for each in said[:-1])
        and "PermissionError" in said[0]
    )
    assert said[-1] == "b''\n"


@pytest.mark.usefixtures("beside_a_judge")
def test_what_lies_beside_it_can_be_read_and_imported(kernels, place):
    _, said = run_cells(
        kernels,
        f"print(open('{place}/real/graded/open.txt').read())\nfrom graded import late\nprint(late.VALUE)",
        "import tempfile, colorsys, subprocess, sys\n"
        "file = tempfile.NamedTemporaryFile('w+')\n"
        "print(file.write('x'), file.flush(), open(file.name).read())",
        "open('mine.txt', 'w').write('mine')\nprint(open('mine.txt').read())",
        "print(subprocess.run([sys.executable, '-c', 'import graded.late, numpy; print(1)'], "
        "capture_output=True, text=True).stdout)",
    )
    assert said == ["for all\n7\n", "1 None x\n", "mine\n", "1\n\n"]


def test_a_search_does_not_find_it(kernels, place, monkeypatch):
    start, rest = SECRET[:9].encode(), SECRET[9:].encode()
    search = SEARCH.format(root=f"{place}/real", start=start, rest=rest)
    assert run_cells(kernels, search)[1] == [f"['{place}/real/graded/secret.txt'] True\n"]
    monkeypatch.setattr(Run, "hides", True)
    assert run_cells(kernels, search)[1] == ["[] True\n"]


@pytest.mark.usefixtures("beside_a_judge")
def test_it_can_not_be_uncovered(kernels, place):
    path = f"{place}/real/graded/secret.txt"
    _, [said] = run_cells(kernels, UNCOVER.format(path=path, root=f"{place}/real"))
    assert "read:" not in said and said.count("Error") == 4


def test_what_tests_may_read_a_student_beside_a_judge_may_not(kernels, place, monkeypatch):
    look = f"print(open('{place}/words/of_tests.txt').read())"
    assert run_cells(kernels, look)[1] == [f"{SECRET}\n"]
    monkeypatch.setattr(Run, "hides", True)
    assert "Error" in run_cells(kernels, look)[1][0]
