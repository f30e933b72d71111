"""How long kernels compute, and how long they do nothing: what limits of time count."""

import contextlib
import glob
import time
from collections.abc import Iterable

import psutil

from autograder.kernels.processes import family

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


def _families(kernels: Iterable[int]) -> list[int]:
    return [process for kernel in kernels for process in family(kernel)]


def _wants_a_processor(process: int) -> bool:
    """Whether a thread of a process runs, or would if a processor were free."""
    for file in glob.iglob(f"/proc/{process}/task/*/stat"):
        with contextlib.suppress(OSError), open(file, "rb") as stat:
            if stat.read().rpartition(b") ")[2].startswith(b"R"):
                return True
    return False
