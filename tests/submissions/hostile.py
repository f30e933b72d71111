"""Submissions that try to break out, to break the batch, or to stay: the status and points each must get.

Most put their code into the cell of `zero_pad`, before a right solution; `TRY` counts what must not succeed, and prints
ESCAPED if it does. Names in doubled brackets, [[gradebook]] for example, are replaced by what they stand for on the
machine that grades.
"""

import os
import zipfile

import nbformat

from tests.submissions.bad import FILE, FULL, Case, cell

CASES = {}
SOLUTION = 4  # points of zero_pad
BEFORE = 8  # points of what is tested before it
TRY = """
def TRY(action, *arguments, **settings):
    try:
        found = action(*arguments, **settings)
    except BaseException as error:
        print("held:", type(error).__name__)
    else:
        print("ESCAPED", action, arguments, repr(found)[:200])
"""


def attack(code, status="graded", points=FULL, says=""):
    """Make a case of code that stands before the solution in zero_pad's cell."""

    def hand_in(folder, notebook, places):
        for name, value in places.items():
            text[0] = text[0].replace(f"[[{name}]]", str(value))
        target = cell(notebook, "zero_pad")
        target.source = f"{TRY}\n{text[0].strip()}\n\n{target.source}"
        nbformat.write(notebook, folder / FILE)

    text = [code]
    return Case(hand_in, status, points, says)


def register(status="graded", points=FULL, says=""):
    """Register a function (folder, notebook, places) that writes a submission."""

    def keep(function):
        CASES[function.__name__.replace("_", "-")] = Case(function, status, points, says)
        return function

    return keep


# Reading what is not one's own
CASES["reads-the-gradebook"] = attack(
    "TRY(open, '[[gradebook]]', 'rb')\nimport sqlite3\n"
    "TRY(lambda: sqlite3.connect('file:[[gradebook]]?mode=ro', uri=True).execute('SELECT * FROM grade').fetchall())"
)
CASES["reads-the-tests"] = attack(
    "TRY(open, '[[source]]')\nTRY(open, '[[source]]'.replace('/tmp/', '/proc/1/root/tmp/'))"
)
CASES["reads-another-submission"] = attack(
    "TRY(open, '[[other]]')\nimport os\nTRY(os.listdir, os.path.dirname('[[other]]'))"
)
CASES["reads-the-home"] = attack(
    "TRY(open, '[[home]]/.netrc')\nimport os\nprint(os.path.expanduser('~'))\nTRY(open, '/etc/shadow')"
)
CASES["searches-everywhere"] = attack("""
import os

def search():
    for folder, _, names in os.walk("/"):
        if folder.startswith(("/proc", "/sys", "/usr", "/dev")) or "site-packages" in folder or "/lib/python" in folder:
            continue
        for name in names:
            path = os.path.join(folder, name)
            if name in ("gradebook.db", "autograder.db", ".netrc") or (name.endswith(".ipynb") and "HIDDEN" in open(path).read()):
                return path
    raise FileNotFoundError

TRY(search)
""")  # noqa: E501
CASES["reads-the-environment"] = attack("""
import os

def search():
    seen = str(dict(os.environ))
    for process in os.listdir("/proc"):
        for name in ("environ", "cmdline"):
            try:
                seen += open(f"/proc/{process}/{name}", errors="replace").read()
            except OSError:
                pass
    return seen[seen.index("[[secret]]"):]

TRY(search)
""")

# Writing what is not one's own
CASES["writes-the-gradebook"] = attack("""
import os, sqlite3
TRY(open, "[[gradebook]]", "ab")
TRY(os.remove, "[[gradebook]]")
TRY(os.chmod, "[[gradebook]]", 0o777)
TRY(os.rename, "[[gradebook]]", "mine.db")
TRY(os.truncate, "[[gradebook]]", 0)
""")
CASES["writes-another-submission"] = attack(
    "import os\nTRY(open, '[[other]]', 'w')\nTRY(os.chmod, '[[other]]', 0)\n"
    "TRY(os.utime, '[[other]]')\nTRY(os.link, '[[other]]', 'x')"
)
CASES["writes-the-course-package"] = attack("""
import os, sys, cnn_course.checks, numpy
for module in (cnn_course.checks, numpy):
    TRY(open, module.__file__, "a")
    TRY(os.remove, module.__file__)
    TRY(os.chmod, module.__file__, 0)
TRY(open, os.path.join(sys.prefix, "sitecustomize.py"), "w")
""")
CASES["deletes-all-it-finds"] = attack("""
import os, shutil, sys, nbgrader
for folder in (os.path.dirname("[[gradebook]]"), "[[home]]", "/home", "/root", "/etc", os.path.dirname(nbgrader.__file__), os.getcwd()):
    shutil.rmtree(folder, ignore_errors=True)
""")  # noqa: E501
CASES["fills-the-disk"] = attack("""
import os

def fill(folder):
    with open(os.path.join(folder, "big"), "wb") as file:
        for _ in range(400):
            file.write(bytes(2**20))
    return "400 MB in " + folder

for folder in (".", "/tmp", "/dev/shm", "/", os.path.expanduser("~")):
    TRY(fill, folder)
    for each in ("big", "/tmp/big", "/dev/shm/big", os.path.expanduser("~/big")):
        if os.path.exists(each):
            os.remove(each)
""")
CASES["makes-endlessly-many-files"] = attack("""
import os

def fill():
    for number in range(200_000):
        open(f"/tmp/{number}", "w").close()

TRY(fill)
for number in range(200_000):
    if os.path.exists(f"/tmp/{number}"):
        os.remove(f"/tmp/{number}")
""")

# Networks
CASES["calls-loopback"] = attack(
    "import socket\n"
    "TRY(socket.create_connection, ('127.0.0.1', [[port]]), 2)\n"
    "TRY(socket.create_connection, ('localhost', [[port]]), 2)"
)
CASES["calls-the-internet"] = attack("""
import socket, urllib.request
TRY(socket.create_connection, ("1.1.1.1", 443), 2)
TRY(socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto, b"x", ("8.8.8.8", 53))
TRY(urllib.request.urlopen, "http://example.org", timeout=2)
""")
CASES["calls-sockets-of-the-host"] = attack("""
import glob, socket
for path in ["[[socket]]", "/run/docker.sock", *glob.glob("/tmp/forks-*/socket"), *glob.glob("/run/**/*.sock", recursive=True)]:
    for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
        TRY(socket.socket(socket.AF_UNIX, kind).connect, path)
TRY(socket.socket(socket.AF_UNIX).connect, "\\0[[abstract]]")
""")  # noqa: E501

CASES["replaces-its-own-sockets"] = attack("""
import contextlib, glob, os, socket
for path in glob.glob("/tmp/**/kernel-*", recursive=True) + glob.glob("../doors-*/*"):
    with contextlib.suppress(OSError):
        os.remove(path)
        os.symlink("[[socket]]", path)
for number in map(int, os.listdir("/proc/self/fd")):
    with contextlib.suppress(OSError):
        each = socket.socket(fileno=os.dup(number))
        if "kernel-" in str(each.getsockname()) and each.type == socket.SOCK_STREAM:
            TRY(each.connect, "[[socket]]")
""")
CASES["reads-and-leaves-keys"] = attack("""
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
add, request, keyctl = {"x86_64": (248, 249, 250), "aarch64": (217, 218, 219)}[os.uname().machine]

def call(*arguments):
    if (found := libc.syscall(*arguments)) < 0:
        raise OSError(ctypes.get_errno(), "no key")
    return found

for ring in (-3, -4, -5):  # of the session, the user, and both
    TRY(call, keyctl, 0, ring, 1)
    TRY(call, add, b"user", b"left-behind", b"x", 1, ring)
    TRY(call, keyctl, 8, ring, -3)
TRY(call, request, b"user", b"left-behind", None, 0)
TRY(lambda: open("/proc/keys").read()[0])
""")

# Other processes
CASES["kills-others"] = attack("""
import os, signal
TRY(os.kill, [[victim]], signal.SIGKILL)
for number in range(2, 5000):
    try:
        os.kill(number, signal.SIGKILL)
    except OSError:
        pass
os.kill(-1, 0) if False else None
""")
CASES["kills-all"] = attack("import os\ntry:\n    os.kill(-1, 9)\nexcept OSError:\n    pass")
CASES["kills-its-parent"] = attack("import os\nprint(os.getppid())\nTRY(os.kill, os.getppid() or 999999, 9)")
CASES["traces-others"] = attack("""
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)

def trace(process):
    if libc.ptrace(16, process, None, None) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")

TRY(trace, [[victim]])
TRY(open, "/proc/[[victim]]/mem", "rb")
""")
CASES["stops-itself"] = attack("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)")
CASES["stays-behind"] = attack("""
import subprocess, os
subprocess.Popen(["sleep", "[[naptime]]"], start_new_session=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp("sleep", ["sleep", "[[naptime]]"])
    os._exit(0)
""")
CASES["asks-for-more-rights"] = attack("""
import ctypes, os, resource, subprocess
libc = ctypes.CDLL(None, use_errno=True)

def call(name, *arguments):
    if getattr(libc, name)(*arguments) != 0:
        raise OSError(ctypes.get_errno(), name)

libc.unshare(0x10000000)
libc.unshare(0x00020000)
TRY(call, "mount", b"proc", b"/tmp", b"proc", 0, None)
TRY(call, "mount", None, b"/usr", None, 32 | 4096, None)
TRY(call, "umount2", b"/usr", 2)
TRY(call, "setns", os.open("/proc/1/ns/net", os.O_RDONLY), 0) if False else None
TRY(resource.setrlimit, resource.RLIMIT_DATA, (resource.RLIM_INFINITY,) * 2)
TRY(open, "/usr/new", "w")
TRY(open, "/dev/mem", "rb")
TRY(os.mknod, "/tmp/disk", 0o60600, os.makedev(254, 0))
""")

# Too much of something
CASES["forks-endlessly"] = attack("import os\nwhile True:\n    os.fork()", "crashed", BEFORE, "processes")
CASES["takes-all-memory"] = attack(
    "kept = []\nwhile True:\n    kept.append(bytearray(2**24))", "crashed", BEFORE, "MB of memory"
)
CASES["takes-all-memory-in-children"] = attack(
    """
import os, time
for _ in range(12):
    if os.fork() == 0:
        kept = bytearray(200 * 2**20)
        time.sleep(600)
time.sleep(600)
""",
    "crashed",
    BEFORE,
    "MB of memory",
)
CASES["takes-all-memory-in-files-without-a-name"] = attack(
    """
import os, time
files = [os.memfd_create("x") for _ in range(8)]
for each in files:
    os.truncate(each, 200 * 2**20)
    os.posix_fallocate(each, 0, 200 * 2**20)
time.sleep(60)
""",
    "crashed",
    BEFORE,
    "MB of memory",
)
CASES["takes-all-memory-in-segments"] = attack(
    """
import ctypes, time
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
for _ in range(8):
    place = libc.shmat(libc.shmget(0, ctypes.c_size_t(200 * 2**20), 0o1600), None, 0)
    ctypes.memset(place, 1, 200 * 2**20)
    libc.shmdt(ctypes.c_void_p(place))
time.sleep(60)
""",
    "crashed",
    BEFORE,
    "MB of memory",
)
CASES["sleeps"] = attack("import time\ntime.sleep(10**6)", "timed-out", FULL - SOLUTION, "did nothing for more than")
CASES["asks-for-a-huge-array"] = attack("import numpy as np\nnp.ones(10**12)", "graded", FULL - SOLUTION)
CASES["starts-endlessly-many-threads"] = attack("""
import threading, time

def start():
    for _ in range(5000):
        threading.Thread(target=time.sleep, args=(1,), daemon=True).start()

TRY(start)
time.sleep(2)
""")
CASES["prints-endlessly"] = attack("while True:\n    print('x' * 1000)", "timed-out", FULL - SOLUTION)
CASES["prints-one-huge-line"] = attack("print('x' * 200_000_000)")
CASES["shows-endlessly-many-pictures"] = attack(
    "from IPython.display import HTML, display\nfor _ in range(300):\n    display(HTML('x' * 1_000_000))"
)
CASES["raises-a-huge-error"] = attack("raise ValueError('x' * 50_000_000)", "timed-out", FULL - SOLUTION, "zero_pad")
CASES["never-stops"] = attack(
    """
import time
while True:
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        pass
""",
    "timed-out",
    BEFORE,
    "could not be stopped",
)
CASES["uses-up-its-time"] = attack("""
import os
for _ in range(3):
    if os.fork() == 0:
        while True:
            pass
""")
CASES["falls-down-the-stack"] = attack(
    """
import sys
sys.setrecursionlimit(10**9)

def fall(x):
    return repr([fall(x + 1)])

eval("fall(0)")
""",
    "crashed",
    BEFORE,
    "The kernel died in zero_pad",
)

# Ends of its own
CASES["leaves"] = attack("import os\nos._exit(0)", "crashed", BEFORE, "The kernel died in zero_pad")
CASES["crashes"] = attack("import ctypes\nctypes.string_at(0)", "crashed", BEFORE, "SIGSEGV")
CASES["closes-all-files"] = attack("import os\nos.closerange(0, 65536)", "crashed", BEFORE)


@register("graded", FULL - SOLUTION)
def breaks_the_page(folder, notebook, places):
    markup = "</pre></td></table><script>document.title = 'ESCAPED'</script>"
    cell(notebook, "zero_pad").source = f"def zero_pad(image, rows, cols):\n    raise ValueError({markup!r})"
    nbformat.write(notebook, folder / FILE)


# What lies beside the notebook


@register("repaired", FULL, "are links, and did not come along")
def links_to_the_gradebook(folder, notebook, places):
    os.symlink(places["gradebook"], folder / "data.db")
    os.symlink(os.path.dirname(places["gradebook"]), folder / "all")
    target = cell(notebook, "zero_pad")
    target.source = f"{TRY}\nTRY(open, 'data.db')\nimport os\nTRY(os.listdir, 'all')\n\n{target.source}"
    nbformat.write(notebook, folder / FILE)


@register("not-a-notebook", 0, "link")
def a_link_to_the_source(folder, notebook, places):
    os.symlink(places["source"], folder / FILE)


@register("repaired", FULL, "unpacked")
def a_zip_that_leads_outside(folder, notebook, places):
    with zipfile.ZipFile(folder / "work.zip", "w") as file:
        file.writestr(FILE, nbformat.writes(notebook))
        file.writestr("../../../../[[escaped]]".replace("[[escaped]]", "ESCAPED.txt"), "x")
        file.writestr(f"{os.path.dirname(places['gradebook'])}/ESCAPED.txt", "x")


@register("not-a-notebook", 0, "too large when unpacked")
def a_zip_bomb(folder, notebook, places):
    with zipfile.ZipFile(folder / "work.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(FILE, nbformat.writes(notebook))
        for number in range(6):
            file.writestr(f"zeros-{number}", bytes(100_000_000))
