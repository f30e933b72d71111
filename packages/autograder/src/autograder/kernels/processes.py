"""What kernels use, seen from outside: the processes that they started, their time and their memory."""

import contextlib
import glob
import os
import time
from collections.abc import Iterable, Iterator

import psutil

PAGE = os.sysconf("SC_PAGE_SIZE")
USUAL_BUFFERS, LARGEST_BUFFER = 100, 2**18  # sockets and pipes of a process, and what one may hold
SECONDS_BETWEEN_LOOKS = 0.5
TIMES_AS_LONG = 3  # may wait what may compute: it holds nobody else up


class Meter:
    """Measures by looks that are a moment apart how long kernels compute, and how long they do nothing.

    What waits for a processor does neither. So work has the same limit on a machine that is busy with other work.

    Parameters
    ----------
    kernels : list of int
        Their processes; they are looked at together with all that they started.

    Attributes
    ----------
    computed, idle : float
        Seconds until the last look. The time until the first one counts as computed.
    """

    def __init__(self, kernels: list[int]) -> None:
        self._kernels = kernels
        self._began = self._last = time.monotonic()
        self._used: float | None = None
        self.computed = self.idle = 0.0

    def look(self) -> None:
        """Look if the last look was a moment ago."""
        now = time.monotonic()
        passed = min(now - self._last, 2 * SECONDS_BETWEEN_LOOKS)  # whoever looks may have waited for a processor, too
        if now - self._last < SECONDS_BETWEEN_LOOKS:
            return
        before, self._used, self._last = self._used, computing_seconds(self._kernels), now
        computed = passed if before is None else max(self._used - before, 0)
        self.computed += computed
        if computed < passed / 2 and not any(map(_wants_a_processor, _families(self._kernels))):
            self.idle += passed

    def excess(self, seconds: float) -> str | None:
        """What is too much if kernels may compute for so many seconds; see `excess`."""
        return excess(seconds, min(self.computed, time.monotonic() - self._began), self.idle)


def excess(seconds: float, computed: float, idle: float) -> str | None:
    """What is too much if a submission may compute for so many seconds, and wait longer; or None.

    It is how the sentence on the submission goes on.
    """
    if computed >= seconds:
        return f"used more than {seconds:g} s of computing time"
    if idle >= seconds * TIMES_AS_LONG:
        return f"did nothing for more than {seconds * TIMES_AS_LONG:g} s"
    return None


def computing_seconds(kernels: Iterable[int]) -> float:
    """The CPU time that kernels have used, and the processes that they started.

    Those that live count, and those that were waited for.
    """
    total = 0.0
    for process in _families(kernels):
        with contextlib.suppress(psutil.Error):
            total += sum(psutil.Process(process).cpu_times()[:4])
    return total


def family(kernel: int) -> list[int]:
    """A kernel and the processes that it started, as numbers, without a look at every process of the machine."""
    found = [kernel]
    for process in found:
        for file in glob.iglob(f"/proc/{process}/task/*/children"):
            with contextlib.suppress(OSError), open(file, encoding="ascii") as children:
                found += map(int, children.read().split())
    return found


def _families(kernels: Iterable[int]) -> list[int]:
    return [process for kernel in kernels for process in family(kernel)]


def _wants_a_processor(process: int) -> bool:
    """Whether a thread of a process runs, or would if a processor were free."""
    for file in glob.iglob(f"/proc/{process}/task/*/stat"):
        with contextlib.suppress(OSError), open(file, "rb") as stat:
            if stat.read().rpartition(b") ")[2].startswith(b"R"):
                return True
    return False


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
