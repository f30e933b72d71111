"""Lock a process in: called in a forked kernel before any student code, while it has one thread only.

Two layers that do not depend on each other. Namespaces (user_namespaces(7)) leave the kernel a file system in which
there is nothing but the Python environment, read-only, and a small disk of its own; no network, and no other process.
Landlock (by sandlock) allows reading and writing in these places only, no signals to others and no tracing. A filter
(seccomp(2)) keeps from calls that reach past both: keys of the user's, which no namespace parts. The limits of
setrlimit(2) bound time and memory.
"""

import contextlib
import ctypes
import errno
import fcntl
import glob
import os
import resource
import shutil
import socket
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sandlock

NEWNS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x00020000, 0x08000000, 0x10000000, 0x20000000, 0x40000000
NOSUID, NODEV, NOEXEC, BIND, RECURSIVE, PRIVATE = 0x2, 0x4, 0x8, 0x1000, 0x4000, 0x40000
MOUNT_ATTR_READ_ONLY, AT_RECURSIVE, AT_FDCWD, MNT_DETACH = 0x1, 0x8000, -100, 2
SET_FLAGS_OF_INTERFACE, INTERFACE_UP = 0x8914, 0x1
SYS_MOUNT_SETATTR = 442
SYS_LANDLOCK_CREATE_RULESET, SYS_LANDLOCK_ADD_RULE, SYS_LANDLOCK_RESTRICT_SELF = 444, 445, 446
LANDLOCK_READ_FILE = 0x4
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, CAPABILITY_VERSION_3 = 24, 38, 0x20080522
PR_SET_SECCOMP, SECCOMP_MODE_FILTER, SECCOMP_ERRNO, SECCOMP_ALLOW = 22, 2, 0x00050000, 0x7FFF0000
LOAD, IF_EQUAL, IF_AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # of Berkeley's packet filters
OTHER_NUMBERING = 0x40000000  # x32's, on x86_64
AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
SYS_KEYCTL = {"x86_64": 250, "aarch64": 219}
KEYS = {"x86_64": [248, 249, 250], "aarch64": [217, 218, 219]}  # add_key, request_key, keyctl
SYSTEM_V = {
    "x86_64": [29, 64, 68, 240],
    "aarch64": [194, 190, 186, 180],
}  # shmget, semget, msgget, mq_open: they stay behind
IO_URING_SETUP = 425  # what it holds is seen in no list of files
KEYCTL_JOIN_SESSION_KEYRING = 1
SYSTEM = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store"]
SETTINGS = ["/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/alternatives", "/etc/mime.types"]
DEVICES = ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"]
LISTS_OF_KEYS = ["/proc/keys", "/proc/key-users"]
SUBMISSION, HOME, TEMPORARY = "/submission", "/home/student", "/tmp"
OPEN_FILES = 4096
RESERVED_PIDS = 300  # Linux gives each of these numbers once only
MEGABYTE = 2**20

_libc = ctypes.CDLL(None, use_errno=True)


def leave_host() -> None:
    """Part from the host's users, network and shared memory; what is forked from now on sees no process of the host.

    Raises
    ------
    OSError
        If the machine forbids it.
    """
    uid, gid = os.getuid(), os.getgid()
    _call(_libc.unshare, NEWUSER | NEWPID | NEWNET | NEWIPC)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        Path(f"/proc/self/{name}").write_text(text)
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        # its own loopback: by this way ipykernel gets what a process prints that a cell forked
        fcntl.ioctl(any_socket, SET_FLAGS_OF_INTERFACE, struct.pack("16sH", b"lo", INTERFACE_UP))


def enter(folder: str, readable: Iterable[str], megabytes: int, tasks: int, hidden: Iterable[str] = ()) -> None:
    """Go into a file system of one's own, for which `leave_host` was called in the parent process.

    Parameters
    ----------
    folder : str
        A folder of the host; what lies in its folder `work` is copied to `SUBMISSION`, the new working directory.
    readable : iterable of str
        What else to take along of the host's file system, read-only.
    megabytes : int
        Size of the disk.
    tasks : int
        How many processes and threads there may be.
    hidden : iterable of str
        Files of the host that are not to be seen.

    Raises
    ------
    OSError
        If the machine forbids it, or the files don't fit on the disk.
    """
    work = os.open(f"{folder}/work", os.O_RDONLY | os.O_DIRECTORY)
    _call(_libc.unshare, NEWNS)
    _mount("none", "/", None, RECURSIVE | PRIVATE)
    _mount("tmpfs", folder, "tmpfs", NOSUID | NODEV, f"size={megabytes}m,nr_inodes=100000,mode=755")
    brought = _outermost(host_paths(readable))
    for path in brought:
        _bring(path, folder)
    _cover([folder + place for path in hidden for place in _places(path, brought)], f"{folder}/nothing")
    for path in (SUBMISSION, HOME, TEMPORARY, "/proc", "/dev/shm", "/dev/pts"):
        os.makedirs(folder + path, exist_ok=True)
    shutil.copytree(f"/proc/self/fd/{work}", folder + SUBMISSION, dirs_exist_ok=True)
    os.close(work)
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink(f"/proc/self/fd{target}", f"{folder}/dev/{name}")
    with contextlib.suppress(OSError):  # `!command` does without a terminal, too
        _mount("devpts", f"{folder}/dev/pts", "devpts", NOSUID | NOEXEC, "newinstance,ptmxmode=666")
        os.symlink("pts/ptmx", f"{folder}/dev/ptmx")
    Path(f"{folder}/etc/passwd").write_text(f"student:x:{os.getuid()}:{os.getgid()}::{HOME}:/bin/sh\n")
    _mount("proc", f"{folder}/proc", "proc", NOSUID | NODEV | NOEXEC)
    for path in filter(os.path.exists, LISTS_OF_KEYS):
        _mount("/dev/null", folder + path, None, BIND)
    with contextlib.suppress(OSError):  # Linux before 6.14 has one bound for the whole machine; RLIMIT_NPROC is left
        Path(f"{folder}/proc/sys/kernel/pid_max").write_text(str(RESERVED_PIDS + tasks))
    os.chdir(folder)
    _call(_libc.syscall, SYS_PIVOT_ROOT.get(os.uname().machine, -1), b".", b".")
    _call(_libc.umount2, b".", MNT_DETACH)
    os.chdir(SUBMISSION)
    resource.setrlimit(resource.RLIMIT_NPROC, (tasks, tasks))


def give_up_rights(shares_memory: bool) -> None:
    """Give up capabilities for good, the grader session's keyring, and the calls that reach past all confinement.

    Parameters
    ----------
    shares_memory : bool
        Whether what System V calls make would be the host's.
    """
    _drop_capabilities()
    machine = os.uname().machine
    _libc.syscall(SYS_KEYCTL.get(machine, -1), KEYCTL_JOIN_SESSION_KEYRING, None)  # fails where Linux has no keyrings
    if machine in AUDIT_ARCH:
        withheld = [IO_URING_SETUP, *KEYS[machine], *(SYSTEM_V[machine] if shares_memory else [])]
        steps = _steps(AUDIT_ARCH[machine], withheld)
        code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
        program = struct.pack("HP", len(steps), ctypes.addressof(code))
        with contextlib.suppress(OSError):  # Linux may be built without
            _call(_libc.prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0)


def _steps(architecture: int, withheld: list[int]) -> list[tuple[int, int, int, int]]:
    """A filter for which the system has none of these calls, and none of another architecture's: see seccomp(2)."""
    checks = [(IF_AT_LEAST, OTHER_NUMBERING), *((IF_EQUAL, number) for number in withheld)]
    to_refuse = [len(checks) - place for place in range(len(checks))]
    return [
        (LOAD, 0, 0, 4),
        (IF_EQUAL, 0, len(checks) + 2, architecture),
        (LOAD, 0, 0, 0),
        *((kind, ahead, 0, number) for (kind, number), ahead in zip(checks, to_refuse, strict=True)),
        (RETURN, 0, 0, SECCOMP_ALLOW),
        (RETURN, 0, 0, SECCOMP_ERRNO | errno.ENOSYS),
    ]


def hide(paths: list[str]) -> None:
    """Forbid this process and its children to read these files, for good.

    This is for where `enter` can't put something else in their places. Landlock allows what lies below a folder, and
    takes nothing out again. So a set of rules of its own allows to read all that lies beside the way to each file.

    Raises
    ------
    OSError
        If the machine has no Landlock.
    """
    ways = {str(folder) for path in paths for folder in Path(path).parents}
    handled = ctypes.c_uint64(LANDLOCK_READ_FILE)
    rules = _call(_libc.syscall, SYS_LANDLOCK_CREATE_RULESET, ctypes.byref(handled), 8, 0)
    for way in ways:
        with contextlib.suppress(PermissionError):
            for beside in {entry.path for entry in os.scandir(way)} - ways - set(paths):
                with contextlib.suppress(OSError):  # it is gone, or of a kind that has no rules
                    place = os.open(beside, os.O_PATH | os.O_NOFOLLOW)
                    rule = struct.pack("=Qi", LANDLOCK_READ_FILE, place)
                    _libc.syscall(SYS_LANDLOCK_ADD_RULE, rules, 1, rule, 0)
                    os.close(place)
    _call(_libc.prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _call(_libc.syscall, SYS_LANDLOCK_RESTRICT_SELF, rules, 0)
    os.close(rules)


def lock_files(readable: list[str], writable: list[str]) -> None:
    """Let this process and its children read and write in these folders only, and signal and trace only each other.

    Raises
    ------
    sandlock.SandlockError
        If the machine has no Landlock.
    """
    sandlock.confine(
        sandlock.Sandbox(
            fs_readable=[path for path in readable if os.path.exists(path)],
            fs_writable=[path for path in writable if os.path.exists(path)],
            allow_degraded=list(sandlock.Protection),
        )
    )


def limit(cpu_seconds: int, memory_megabytes: int, disk_megabytes: int) -> None:
    """Bound the CPU time and the memory of this process and of each of its children, and the size of a file."""
    bounds = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_DATA: 2 * memory_megabytes * MEGABYTE,
        resource.RLIMIT_FSIZE: disk_megabytes * MEGABYTE,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
    }
    for what, bound in bounds.items():
        _, hardest = resource.getrlimit(what)
        bound = bound if hardest == resource.RLIM_INFINITY else min(bound, hardest)
        resource.setrlimit(what, (bound, bound))


def python_environment() -> list[str]:
    """Folders that Python reads: its own, and those that it imports from."""
    paths = [sys.prefix, sys.base_prefix, *(path for path in sys.path if os.path.isdir(path))]
    return [path for path in {*paths, *map(os.path.realpath, paths)} if path != "/"]


def linked_packages() -> list[str]:
    """Folders of packages to which Python's own have links only, as some installers make them."""
    stores = set()
    for folder in filter(os.path.isdir, sys.path):
        for about in glob.iglob(f"{glob.escape(folder)}/*.dist-info/METADATA"):
            store = os.path.dirname(os.path.dirname(os.path.realpath(about)))
            if store != os.path.realpath(folder):
                stores.add(store)
    return sorted(stores)


def imported_files(names: Iterable[str]) -> list[str]:
    """The files of these names, relative to a folder that Python imports from; no symbolic links are in their paths."""
    paths = {os.path.realpath(f"{folder}/{name}") for folder in sys.path if folder for name in names}
    return [path for path in paths if os.path.exists(path)]


def host_paths(readable: Iterable[str]) -> list[str]:
    """What a kernel may read of the host's file system."""
    return [*SYSTEM, *SETTINGS, *DEVICES, *python_environment(), *readable]


def _outermost(paths: Iterable[str]) -> list[str]:
    """The paths that exist, without those that lie in others of them."""
    kept: list[str] = []
    for path in sorted({os.path.abspath(path) for path in paths if os.path.lexists(path)}):
        if not any(path.startswith(f"{other}/") for other in kept):
            kept.append(path)
    return kept


def _places(file: str, paths: Iterable[str]) -> Iterator[str]:
    """Where a file is to be seen in these paths, of which some may be symbolic links, or hold the same."""
    for path in paths:
        real = os.path.realpath(path)
        if file == real or file.startswith(f"{real}/"):
            yield path + file[len(real) :]


def _cover(places: Iterable[str], cover: str) -> None:
    """Put a file that is empty, and that nobody may open, in the places of others."""
    Path(cover).touch(mode=0)
    for place in places:
        _mount(cover, place, None, BIND)
        _make_read_only(place)
    os.unlink(cover)


def _bring(path: str, root: str) -> None:
    """Show `path` of the host at the same place under `root`, read-only."""
    target = root + path
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.islink(path) and os.path.dirname(path) == "/":
        os.symlink(os.readlink(path), target)
        return
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    else:
        Path(target).touch()
    _mount(path, target, None, BIND | RECURSIVE)
    if path not in DEVICES:
        _make_read_only(target)


def _make_read_only(target: str) -> None:
    attributes = (ctypes.c_uint64 * 4)(MOUNT_ATTR_READ_ONLY | NOSUID | NODEV, 0, 0, 0)
    _call(_libc.syscall, SYS_MOUNT_SETATTR, AT_FDCWD, target.encode(), AT_RECURSIVE, attributes, 32)


def _drop_capabilities() -> None:
    """Give up the rights over the namespaces, and root's."""
    for capability in range(64):
        _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # fails for those that this Linux does not have
    _call(_libc.prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    header, none = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    _call(_libc.capset, header, none)


def _mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    _call(_libc.mount, source.encode(), target.encode(), kind and kind.encode(), flags, options.encode())


def _call(function: Any, *arguments: Any) -> int:
    result: int = function(*arguments)
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
