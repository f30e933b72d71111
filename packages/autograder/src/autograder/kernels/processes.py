"""What kernels use, seen from outside: the processes that they started, and their memory."""

import contextlib
import glob
import os
from collections.abc import Iterable, Iterator

PAGE = os.sysconf("SC_PAGE_SIZE")
USUAL_BUFFERS, LARGEST_BUFFER = 100, 2**18  # sockets and pipes of a process, and what one may hold


def family(kernel: int) -> list[int]:
    """A kernel and the processes that it started, as numbers, without a look at every process of the machine."""
    found = [kernel]
    for process in found:
        for file in glob.iglob(f"/proc/{process}/task/*/children"):
            with contextlib.suppress(OSError), open(file, encoding="ascii") as children:
                found += map(int, children.read().split())
    return found


def own_bytes(process: int) -> int:
    """The memory of a process that it does not share with files or other processes by intent."""
    _, resident, shared = _pages(process)
    return (resident - shared) * PAGE


def address_bytes(process: int) -> int:
    """The size of all that a process has mapped."""
    return _pages(process)[0] * PAGE


def _pages(process: int) -> list[int]:
    try:
        with open(f"/proc/{process}/statm", encoding="ascii") as pages:
            return list(map(int, pages.read().split()[:3]))
    except OSError:
        return [0, 0, 0]


def weight(process: int) -> int:
    """The memory of a process, of what it shares its part only; without shared memory, which `shared_bytes` counts."""
    try:
        with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as lines:
            parts = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith("Pss")}
    except OSError:
        return 0
    return (parts["Pss"] - parts.get("Pss_Shmem", 0)) * 1024


def shared_bytes(processes: Iterable[int], apart: bool, with_mapped: bool) -> int:
    """The shared memory that processes hold, whether any of them has it mapped or not.

    Parameters
    ----------
    processes : list of int
    apart : bool
        Whether they, and this process, are in a namespace of their own, so that all System V shared memory there is
        theirs.
    with_mapped : bool
        Whether to look at what they have mapped as well, which takes longer and counts each mapping as full.
    """
    found: dict[int, int] = {}
    buffers = 0
    for process in processes:
        open_files = 0
        for file in glob.iglob(f"/proc/{process}/fd/*"):
            with contextlib.suppress(OSError):
                target = os.readlink(file)
                open_files += target.startswith(("socket:", "pipe:"))
                if target.startswith("/memfd:"):
                    what = os.stat(file)
                    found[what.st_ino] = what.st_blocks * 512
        buffers += max(open_files - USUAL_BUFFERS, 0) * LARGEST_BUFFER
        if with_mapped:
            for inode, size in _mapped(process):
                found.setdefault(inode, size)
    return sum(found.values()) + buffers + (_system_v_bytes() if apart else 0)


def _mapped(process: int) -> Iterator[tuple[int, int]]:
    """Number and size of each piece of shared memory that a process has mapped."""
    with contextlib.suppress(OSError), open(f"/proc/{process}/maps", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            addresses, rights, _, _, inode, *name = line.split(maxsplit=5)
            if rights.endswith("s") and name and name[0].startswith(("/dev/zero", "/memfd:")):
                start, end = (int(each, 16) for each in addresses.split("-"))
                yield int(inode), end - start


def _system_v_bytes() -> int:
    try:
        with open("/proc/sysvipc/shm", encoding="ascii") as lines:
            names, *rows = [line.split() for line in lines]
    except OSError:
        return 0
    segments = [dict(zip(names, map(int, each), strict=True)) for each in rows]
    return sum(each["rss"] + each["swap"] for each in segments)
