"""Forked kernels: fresh each time, confined, restarted when their server dies, done without where there can be none."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from jupyter_core.utils import ensure_event_loop
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from autograder.execution.execute import execute
from autograder.execution.one_kernel import Lane, Run
from autograder.execution.specs import is_ours
from autograder.kernels import forkserver
from autograder.kernels.ipykernel_compat import light
from autograder.kernels.provisioner import ForkClient
from autograder.kernels.settings import Enforced
from testing.commands import COMMANDS, graded, run
from testing.kernels import NO_NAMESPACES, run_cells, settings
from testing.small_courses import hand_in, make_course, notebook, solved


@pytest.fixture(scope="module")
def server():
    server = forkserver.started(forkserver.start(settings(preload=["numpy"])))
    yield server
    server.stop()


@pytest.fixture
def server_without_namespaces(tmp_path, monkeypatch):
    """A fork server whose kernels Landlock alone holds."""
    if shutil.which("unshare") is None:
        pytest.skip("no unshare on this machine (Debian: util-linux)")
    python = tmp_path / "python"
    python.write_text(
        f'#!/bin/sh\nexec unshare --user --map-root-user sh -c \'{NO_NAMESPACES} "$0" "$@"\' "{sys.executable}" "$@"\n'
    )
    python.chmod(0o755)
    with monkeypatch.context() as patched:
        patched.setattr(forkserver.sys, "executable", str(python))
        started = forkserver.start(settings())
    server = forkserver.started(started)
    assert server.enforced == Enforced(namespaces=False, landlock=True)
    yield server
    server.stop()


def test_every_notebook_gets_a_fresh_kernel_with_its_files(server):
    first, said = run_cells(
        server, "import numpy\nnumpy.mine = 1\nprint(open('data/x.txt').read())", files={"data/x.txt": b"hello"}
    )
    assert first.status == "graded" and said == ["hello\n"]
    _, said = run_cells(server, "import numpy, os\nprint(hasattr(numpy, 'mine'), os.listdir())")
    assert said == ["False []\n"]


def test_the_grader_does_not_linger_over_messages_for_a_kernel_that_has_ended(server, monkeypatch):
    lingers, stop = [], ForkClient.stop_channels

    def noted(client):
        lingers.extend(channel.socket.linger for channel in (client.shell_channel, client.iopub_channel))
        stop(client)

    monkeypatch.setattr(ForkClient, "stop_channels", noted)
    run_cells(server, "1 + 1")
    assert lingers == [0, 0]


def test_what_was_imported_is_not_imported_again_and_no_two_kernels_draw_the_same(server):
    cell = (
        "import sys\nprint('numpy' in sys.modules)\nimport numpy, random\nprint(numpy.random.rand(), random.random())"
    )
    (_, [one]), (_, [other]) = run_cells(server, cell), run_cells(server, cell)
    assert one.startswith("True\n") and other.startswith("True\n") and one != other


def test_what_the_first_error_needs_is_there_and_nothing_of_the_shell_that_asked_for_it(server):
    _, said = run_cells(
        server,
        "import inspect, sys\nprint('stack_data' in sys.modules, bool(inspect.modulesbyfile))",
        "print(hasattr(sys, 'last_value'), sys.modules['__main__'].__dict__ is globals(), In[1:2] == [In[1]], len(In))",
    )
    assert said == ["True True\n", "False True True 3\n"]


WAYS_TO_PRINT = """
import sys, threading
print({0}, end=" ")
sys.stderr.write("e{0} ")
def later():
    print("thread", {0}, end=" ")
thread = threading.Thread(target=later)
thread.start()
thread.join()
print("end", {0})
"""


def test_all_that_is_printed_belongs_to_its_cell(server):
    cells = [WAYS_TO_PRINT.format(number) if number % 3 else "x = 1" for number in range(30)]
    execution, _ = run_cells(server, *cells)
    assert execution.status == "graded"
    for number, cell in enumerate(execution.notebook.cells):
        printed = {"stdout": "", "stderr": ""}
        for output in cell.outputs:
            printed[output.name] += output.text
        words = [f"{number} thread {number} end {number}\n", f"e{number} "] if number % 3 else ["", ""]
        assert list(printed.values()) == words


def test_what_a_process_prints_that_a_cell_forked_is_there_at_once(server):
    cell = """
import os, time
began = time.monotonic()
if (child := os.fork()) == 0:
    print("from the child", flush=True)
    os._exit(0)
os.waitpid(child, 0)
print(time.monotonic() - began < 3)
time.sleep(1)  # its words take another way
"""
    _, [said] = run_cells(server, cell)
    assert "from the child" in said and "True" in said


def test_an_error_is_formatted_once_and_kept_as_it_was_shown(server):
    execution, said = run_cells(
        server,
        "shell = get_ipython()\nformat, calls = shell.InteractiveTB.structured_traceback, []\n"
        "shell.InteractiveTB.structured_traceback = lambda *one, **two: calls.append(1) or format(*one, **two)",
        "1 / 0",
        "kept = shell.history_manager.exceptions[2]\nprint(len(calls), kept['ename'], kept['evalue'])\n"
        "print(chr(10).join(kept['traceback']))",
    )
    shown = "\n".join(execution.notebook.cells[1].outputs[0].traceback)
    assert said[2] == f"1 ZeroDivisionError division by zero\n{shown}\n"


@pytest.mark.parametrize(
    "cell",
    [
        "x = 1\n\n\ndef f():\n    return x", "files = !ls\nx = 1", "%matplotlib inline\nx = 1", "  x = 1\n  x?",
        "if x:\n    !ls\n", "x = (1\n%3)", '"""\n%x\n!y?\n"""', "x = 10 \\\n%3", "#\x0b!ls\n", "#\x0c%x", r"x = '\d'",
        "if x:\n\t1\n  2", "%%time\nx",
    ],
)  # fmt: skip
def test_cells_are_read_as_ipython_reads_them(cell):
    read = []
    for shell, change in ((InteractiveShell(), lambda shell: None), (InteractiveShell(), light)):
        change(shell)
        try:
            read.append(shell.transform_cell(cell))
        except SyntaxError as error:
            read.append(repr(error))
    assert read[0] == read[1]


def test_code_of_each_cell_has_a_file_of_its_own(server):
    _, said = run_cells(
        server,
        "def f():\n    return 1",
        "def g():\n    return 2",
        "import inspect\nprint(f.__code__.co_filename != g.__code__.co_filename, inspect.getsource(g), sep='\\n')",
    )
    assert said[2] == "True\ndef g():\n    return 2\n\n"


def test_a_kernel_sees_that_it_is_graded_and_nothing_of_the_grader(server, monkeypatch):
    cell = (
        "import os\n"
        "print(os.environ['NBGRADER_EXECUTION'], os.getcwd(), os.environ['HOME'], os.path.exists('/etc/hosts'))"
    )
    _, said = run_cells(server, cell)
    assert said == ["autograde /submission /home/student False\n"]


WAITING = """
import asyncio
async def some(last):
    for number in range(last):
        await asyncio.sleep(0.001)
        yield number
class Door:
    async def __aenter__(self):
        return 7
    async def __aexit__(self, *error):
        await asyncio.sleep(0.001)
async def one():
    await asyncio.sleep(0.001)
    return 1
async def ticks():
    global tick
    for tick in range(100_000):
        await asyncio.sleep(0.01)
"""


def test_a_cell_may_await(server):
    execution, said = run_cells(
        server,
        WAITING,
        "await asyncio.sleep(0.1)\nprint('slept')",
        "print(await asyncio.gather(one(), one()), [each async for each in some(3)])",
        "async with Door() as door:\n    print(door)",
        "task = asyncio.create_task(ticks())",
        "await asyncio.sleep(0.2)\nprint(tick > 2)",
        "print(await asyncio.get_running_loop().run_in_executor(None, lambda: 5))",
        "asyncio.run(one())",
        "await one() / 0",
        "print('ordinary', tick > 2)",
    )
    assert execution.status == "graded"
    assert said == [
        "", "slept\n", "[1, 1] [0, 1, 2]\n", "7\n", "", "True\n", "5\n",
        "RuntimeError: asyncio.run() cannot be called from a running event loop",
        "ZeroDivisionError: division by zero",
        "ordinary True\n",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "endless",
    ["await asyncio.sleep(10**6)", "while True:\n    await asyncio.sleep(0)", "await one()\nwhile True:\n    pass"],
)
def test_an_await_that_never_ends_is_stopped_and_nothing_else_is(server, endless):
    execution, said = run_cells(server, WAITING, endless, "print(await one())", seconds=2)
    assert execution.status == "timed-out" and "CellTimeoutError" in said[1] and said[2] == "1\n"


CLOSING_WHAT_IT_ANSWERS_ON = """
import gc, zmq
for each in gc.get_objects():
    if isinstance(each, zmq.Socket):
        each.close()
"""


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("print('x' * 300_000_000)", "had to be stopped; all other cells ran"),
        (CLOSING_WHAT_IT_ANSWERS_ON, "could not be stopped; no cell after it was run"),
    ],
)
def test_nothing_watches_a_cell_any_more_that_did_not_end_as_cells_do(server, code, reason):
    execution, _ = run_cells(server, code, "print(1)", seconds=1)
    assert execution.status == "timed-out" and reason in execution.reason
    assert not asyncio.all_tasks(ensure_event_loop())


WHILE_THE_NEXT_STEP_IS_PLANNED = """
import signal
loop = asyncio.get_running_loop()
plain = loop.call_soon

def call_soon(*arguments, **options):
    loop.call_soon = plain
    signal.raise_signal(signal.SIGINT)
    return plain(*arguments, **options)

loop.call_soon = call_soon
while True:
    await asyncio.sleep(0)
"""


def test_an_interruption_is_not_lost_in_the_loop_that_plans_the_next_step(server):
    execution, said = run_cells(server, WAITING, WHILE_THE_NEXT_STEP_IS_PLANNED, "print(await one())", seconds=5)
    assert execution.status == "graded" and said[1:] == ["CancelledError: ", "1\n"]


HELPER = b"value = 7\ndef double(x):\n    return 2 * x\n"


def test_what_lies_beside_the_notebook_can_be_imported_and_run(server):
    files = {"helper.py": HELPER, "package/__init__.py": b"", "package/part.py": b"from helper import value\n"}
    execution, said = run_cells(
        server,
        "import helper\nprint(helper.value)\nfrom package.part import value\nprint(value)",
        "import sys\n"
        "print(sys.path.index('') < sys.path.index(next(path for path in sys.path if 'site-packages' in path)))",
        "%run helper.py\nprint(double(4))",
        "%load_ext autoreload\n%autoreload 2\nimport runpy\nprint(runpy.run_module('helper')['value'])",
        "import subprocess\n"
        f"print(subprocess.run(['{sys.executable}', '-c', 'import helper; print(helper.value)'], "
        "capture_output=True, text=True).stdout)",
        f"!{sys.executable} -c 'import helper; print(helper.value)'",
        "import multiprocessing\n"
        "with multiprocessing.get_context('spawn').Pool(1) as pool:\n"
        "    print(pool.map(helper.double, [1, 2]))",
        "import argparse\n"
        "parser = argparse.ArgumentParser()\n"
        "parser.add_argument('-f')\n"
        "print('kernel' in parser.parse_args().f)",
        files=files,
    )
    assert execution.status == "graded"
    assert [text.replace("\r", "").strip() for text in said] == ["7\n7", "True", "8", "7", "7", "7", "[2, 4]", "True"]


def test_a_module_in_the_folder_of_the_grader_is_not_imported_by_the_server(tmp_path, monkeypatch):
    (tmp_path / "numpy.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(tmp_path)
    forkserver.started(forkserver.start(settings(preload=["numpy"]))).stop()


KEYCTL = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
add, keyctl = {"x86_64": (248, 250), "aarch64": (217, 219)}[__import__("os").uname().machine]
def read(key):
    text = ctypes.create_string_buffer(100)
    return text.raw[:max(libc.syscall(keyctl, 11, key, text, 100), 0)]
"""
SESSION, USER = -3, -4


def test_a_kernel_reaches_no_key_of_the_grader_and_leaves_none(server):
    here = {}
    exec(KEYCTL, here)
    call, add, keyctl = here["libc"].syscall, here["add"], here["keyctl"]
    keys = [call(add, b"user", b"of-the-instructor", b"SECRET", 6, ring) for ring in (SESSION, USER)]
    if min(keys) < 0:
        pytest.skip("no keyrings on this machine")
    users = call(keyctl, 0, USER, 0)
    search = "print([libc.syscall(keyctl, 10, ring, b'user', b'{}', 0) for ring in (-3, -4)])"
    try:
        _, said = run_cells(
            server,
            f"{KEYCTL}\nlibc.syscall(keyctl, 8, {users}, -3)\nprint([read(key) for key in {keys}])",
            search.format("of-the-instructor"),
            "print('instructor' in open('/proc/keys').read())",
            "for ring in (-3, -4):\n    libc.syscall(add, b'user', b'left', b'LEFT', 4, ring)",
        )
        _, next_one = run_cells(server, KEYCTL, search.format("left"))
    finally:
        for key, ring in zip(keys, (SESSION, USER), strict=True):
            call(keyctl, 9, key, ring)
    assert said[:3] == ["[b'', b'']\n", "[-1, -1]\n", "False\n"] and next_one[1] == "[-1, -1]\n"


def test_a_kernel_inherits_no_rights_and_no_precedence(server):
    _, said = run_cells(
        server,
        "import os, signal\nstatus = dict(line.split(':', 1) for line in open('/proc/self/status'))\n"
        "print({status[each].strip() for each in ('CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb', 'SigBlk')})",
        "print(status['NoNewPrivs'].strip(), os.sched_getscheduler(0) == os.SCHED_OTHER, os.nice(0) >= 10)",
        "print(open('/proc/self/oom_score_adj').read(), signal.getsignal(signal.SIGCHLD))",
    )
    assert said == [
        "{'0000000000000000'}\n",
        "1 True True\n",
        "1000\n 0\n",
    ]


REPLACES_ITS_SOCKETS = """
import contextlib, glob, os, socket, time
for path in {{*glob.glob("/tmp/**/kernel-*", recursive=True), *glob.glob("../kernel-*"), *glob.glob("../doors-*/*")}}:
    with contextlib.suppress(OSError):
        os.remove(path)
        os.symlink("{target}", path)
for number in map(int, os.listdir("/proc/self/fd")):
    with contextlib.suppress(OSError):
        each = socket.socket(fileno=os.dup(number))
        if "kernel-" in str(each.getsockname()) and not each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            each.shutdown(socket.SHUT_RDWR)
time.sleep(2)
"""


@pytest.mark.parametrize("which", ["server", "server_without_namespaces"])
def test_the_grader_connects_to_nothing_that_a_kernel_puts_in_its_sockets_place(which, request, tmp_path):
    target = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(target))
        listener.listen()
        listener.settimeout(0)
        run_cells(request.getfixturevalue(which), REPLACES_ITS_SOCKETS.format(target=target), "print(1)", seconds=2)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_commands_are_run_without_a_terminal_of_the_host(server_without_namespaces):
    _, said = run_cells(server_without_namespaces, "!echo 3", "found = !echo 4\nprint(found)")
    assert said == ["3\n", "['4']\n"]


def test_nothing_of_a_kernel_stays_behind_in_the_memory_of_the_host(server_without_namespaces):
    before = open("/proc/sysvipc/shm").read()
    _, said = run_cells(
        server_without_namespaces,
        "import ctypes\n"
        "libc = ctypes.CDLL(None)\n"
        "print(libc.shmget(7391, 100, 0o1600), libc.semget(7391, 1, 0o1600), libc.msgget(7391, 0o1600))",
        "from multiprocessing import Lock, get_context\n"
        "with Lock():\n"
        "    print(get_context('fork').Pool(1).map(abs, [-1]))",
    )
    assert said == ["-1 -1 -1\n", "[1]\n"] and open("/proc/sysvipc/shm").read() == before


def test_a_kernel_that_was_not_forked_has_the_same_limits(tmp_path):
    lane = Lane(settings(), False, "not confined")
    cells = [new_code_cell(code) for code in ("import time\ntime.sleep(2.5)", "while True:\n    pass", "print(1)")]
    execution = execute(new_notebook(cells=cells), {}, Config({"ExecutePreprocessor": {"timeout": 2}}), lane)
    assert execution.status == "timed-out" and "used more than 2 s of computing time" in execution.reason
    assert not cells[0].outputs and cells[2].outputs[0].text == "1\n"


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


BUSY = "import time\nbegan = time.process_time()\nwhile time.process_time() < began + {}:\n    pass"


@pytest.fixture
def busy_machine():
    """Twice as many other processes that compute as the machine has processors."""
    loops = [
        subprocess.Popen(
            [sys.executable, "-c", "while True:\n    pass"], start_new_session=True
        )  # Linux shares by session
        for _ in range(2 * os.cpu_count())
    ]
    yield
    for each in loops:
        each.kill()
        each.wait()


def test_what_waits_for_a_processor_is_not_stopped(server, busy_machine):
    began = time.monotonic()
    execution, said = run_cells(server, BUSY.format(1.5), "print(1)", seconds=2)
    assert execution.status == "graded" and said == ["", "1\n"], execution.reason
    assert time.monotonic() - began > 2, "the machine was busy"


IN_A_CHILD = f"import subprocess\nsubprocess.run(['{sys.executable}', '-c', 'while True: pass'])"


@pytest.mark.parametrize("endless", ["while True:\n    pass", IN_A_CHILD])
def test_a_cell_may_compute_for_some_time(server, endless):
    execution, said = run_cells(server, BUSY.format(0.5), endless, "print(1)", seconds=2)
    assert (execution.status, said[2]) == ("timed-out", "1\n")
    name = execution.notebook.cells[1].id
    assert execution.reason.startswith(f"cell {name} used more than 2 s of computing time and had to be stopped;")
    assert "The cell used more than 2 s of computing time and was stopped." in said[1]


def test_a_cell_may_wait_longer_than_it_may_compute_but_not_for_ever(server):
    execution, said = run_cells(
        server, "import time\ntime.sleep(1.6)\nprint(1)", "time.sleep(10**6)", "print(2)", seconds=1
    )
    assert (execution.status, said[0], said[2]) == ("timed-out", "1\n", "2\n")
    assert "did nothing for more than 3 s" in execution.reason and "did nothing for more than 3 s" in said[1]


def test_several_threads_may_compute_as_long_as_one(server):
    threads = (
        "import hashlib, threading, time\n"
        "end = time.monotonic() + 1.5\n"
        "def work():\n"
        "    while time.monotonic() < end:\n"
        "        hashlib.sha256(bytes(10**7))\n"
    )
    threads += (
        "started = [threading.Thread(target=work) for _ in range(4)]\n"
        "[each.start() for each in started]\n"
        "[each.join() for each in started]\n"
        "print(1)"
    )
    execution, said = run_cells(server, threads, seconds=2)
    assert (execution.status, said) == ("graded", ["1\n"])


def test_a_notebook_has_a_limit_of_time_of_its_own(server):
    busy = BUSY.format(0.8)
    execution, _ = run_cells(server, busy, busy, busy, busy, notebook_seconds=2)
    assert execution.status == "timed-out" and "The notebook used more than 2 s of computing time;" in execution.reason
    assert [len(cell.outputs) for cell in execution.notebook.cells] == [0, 0, 0, 1]
    execution, _ = run_cells(server, *6 * ["import time\ntime.sleep(1.6)"], notebook_seconds=1)
    assert execution.status == "timed-out" and "The notebook did nothing for more than 3 s;" in execution.reason
    assert "NotRun" in str(execution.notebook.cells[-1].outputs) and not execution.notebook.cells[1].outputs


HOARDS = {
    "memfd": "import os\nfiles = [os.memfd_create('x') for _ in range(4)]\n"
    "for each in files:\n    os.write(each, part)",
    "memfd that was mapped": "import mmap, os\nkept = []\nfor _ in range(4):\n    file = os.memfd_create('x')\n"
    "    os.write(file, part)\n    kept.append(mmap.mmap(file, len(part)))\n    os.close(file)\n"
    "    kept[-1].madvise(mmap.MADV_DONTNEED)",
    "shared": "import mmap\nkept = [mmap.mmap(-1, len(part)) for _ in range(4)]\n"
    "for each in kept:\n    each.write(part)",
    "shared and put aside": "import mmap\nkept = [mmap.mmap(-1, len(part)) for _ in range(4)]\n"
    "for each in kept:\n    each.write(part)\n    each.madvise(mmap.MADV_DONTNEED)",
    "segments": "import ctypes\nlibc = ctypes.CDLL(None)\nlibc.shmat.restype = ctypes.c_void_p\nfor _ in range(4):\n"
    "    place = libc.shmat(libc.shmget(0, ctypes.c_size_t(len(part)), 0o1600), None, 0)\n"
    "    ctypes.memset(place, 1, len(part))\n    libc.shmdt(ctypes.c_void_p(place))",
}


@pytest.mark.parametrize("which", HOARDS)
def test_memory_counts_whether_it_is_mapped_or_not(server_of_little_memory, which):
    code = f"import time\npart = b'1' * 2**27\n{HOARDS[which]}\ndel part\ntime.sleep(2)\nprint('HELD')"
    execution, said = run_cells(server_of_little_memory, code, seconds=60)
    assert execution.status == "crashed" and "400 MB of memory" in execution.reason, said


SHARED = """
import mmap, os, time
file = os.memfd_create("x")
os.write(file, b"1" * 2**26)
kept = [mmap.mmap(file, 2**26) for _ in range(2)]
def read():
    return sum(each[place] == 49 for each in kept for place in range(0, 2**26, 4096))
print(read())
for _ in range(2):
    if os.fork() == 0:
        read()
        time.sleep(1.5)
        os._exit(0)
time.sleep(1.5)
"""


def test_memory_that_is_shared_counts_once(server_of_little_memory):
    execution, said = run_cells(server_of_little_memory, SHARED, seconds=60)
    assert (execution.status, said) == ("graded", ["32768\n"]), execution.reason


@pytest.fixture(scope="module")
def server_of_little_memory():
    server = forkserver.started(forkserver.start(settings(memory_megabytes=400)))
    yield server
    server.stop()


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
        "from traitlets.config import Config; import nbformat, sys, json, testing.kernels as t; "
        "from autograder.kernels.forkserver import ForkServer; from autograder.kernels.settings import Enforced;"
        f"t.run_cells(ForkServer({server.path!r}, Enforced(True, True)), 'import time\\ntime.sleep(4321)')"
    )
    grader = subprocess.Popen([COMMANDS / "python", "-c", code])
    children = lambda: subprocess.run(["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True).stdout
    deadline = time.monotonic() + 300
    while not children() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert children(), "a kernel runs"
    grader.kill()
    while children() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not children(), "its keeper and the kernel have ended"


@pytest.fixture
def small(tmp_path):
    course = make_course(tmp_path / "course", {("hw", "hw"): notebook("f")})
    hand_in(course, "kim", "hw", "hw.ipynb", solved(notebook("f")))
    return course


def configured(course, line):
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"\n{line}\n")


def test_without_a_fork_server_kernels_are_started_anew_and_it_is_said_once(small):
    configured(small, "c.Kernels.preload = ['no_such_module']")
    done, [submission] = graded(small, "grade", "hw")
    assert (submission["status"], submission["points"]) == ("graded", 2)
    assert done.stdout.count("No module named 'no_such_module'") == 1
    assert done.stdout.count("student code was not confined") == 1


def test_what_must_be_confined_and_cannot_be_is_not_graded(small):
    configured(small, "c.Kernels.preload = ['no_such_module']")
    done = run(small, "autograder", "grade", "hw", "--confine", "require")
    assert done.returncode == 2 and "--confine=require" in done.stderr
    assert not (small / "autograder.db").exists()


def test_confinement_can_be_turned_off_and_the_report_says_so(small):
    done, [submission] = graded(small, "grade", "hw", "--confine", "off")
    assert submission["points"] == 2 and "--confine=off" in done.stdout
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
    looking = solved(notebook("f"))
    looking.cells.insert(0, cell)
    hand_in(small, "kim", "hw", "hw.ipynb", looking)

    def grade(*words):
        alone = ["unshare", "--user", "--map-root-user", "sh", "-c", f'{NO_NAMESPACES} "$0" "$@"']
        command = [*alone, COMMANDS / "autograder", "grade", "hw", *words]
        return subprocess.run(command, cwd=small, capture_output=True, text=True)

    done = grade()
    assert done.returncode == 0, done.stderr
    assert "does not hold it back from the network" in done.stdout and "files" not in done.stdout
    executed = nbformat.read(small / "autograded" / "kim" / "hw" / "hw.ipynb", as_version=4)
    assert executed.cells[0].outputs[0].ename == "PermissionError", "Landlock alone keeps it from other files"
    done = grade("--force", "--confine", "require")
    assert done.returncode == 2 and "--confine=require" in done.stderr


def test_a_kernel_that_is_not_this_python_is_started_anew_and_named(small):
    kernels = small / "kernels" / "kernels" / "other"
    kernels.mkdir(parents=True)
    python = small / "python"
    python.write_text(f'#!/bin/sh\nexec "{COMMANDS / "python"}" "$@"\n')
    python.chmod(0o755)
    command = f'["{python}", "-m", "ipykernel_launcher", "-f", "{{connection_file}}"]'
    (kernels / "kernel.json").write_text(f'{{"argv": {command}, "display_name": "Other", "language": "python"}}')
    configured(small, "c.ExecutePreprocessor.kernel_name = 'other'")
    environment = {"JUPYTER_PATH": str(small / "kernels")}
    done, [submission] = graded(small, "grade", "hw", **environment)
    assert submission["points"] == 2 and "The kernel other is not this Python itself" in done.stdout
    _, [submission] = graded(small, "grade", "hw", "--force", "--confine", "require", **environment)
    assert submission["status"] == "not-graded" and "can't be confined" in submission["reason"]


def test_the_native_kernel_is_this_python():
    assert is_ours(NATIVE_KERNEL_NAME) and not is_ours("no-such-kernel")


def test_a_kernel_that_ends_between_two_cells_holds_nobody_up(server, monkeypatch):
    monkeypatch.setattr(Run, "watch_the_time", lambda run, cell: time.sleep(1))
    ends = "import os, threading\nthreading.Timer(0.3, os._exit, [3]).start()"
    execution, _ = run_cells(server, "print(1)", ends, "print(2)")
    assert execution.status == "crashed" and "died before cell" in execution.reason, execution.reason
