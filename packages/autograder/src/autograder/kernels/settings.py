"""What is asked of kernels, and what a machine can enforce of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class KernelSettings:
    """What a course and a command ask of their kernels.

    Attributes
    ----------
    preload, environment, pass_on, readable, hidden
        As in `execution.settings.Kernels`.
    readable_by_tests : tuple of str
        As `readable` in `execution.settings.Judge`.
    notebook_seconds, cpu_seconds, memory_megabytes, disk_megabytes, processes, output_megabytes
        As there.
    confine : bool
        Whether student code is locked in as far as the machine can.
    require : bool
        Whether nothing is graded where it can't be.
    """

    preload: tuple[str, ...]
    environment: dict[str, str]
    pass_on: tuple[str, ...]
    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    readable_by_tests: tuple[str, ...]
    notebook_seconds: int
    cpu_seconds: int
    memory_megabytes: int
    disk_megabytes: int
    processes: int
    output_megabytes: int
    confine: bool
    require: bool


@dataclass(frozen=True)
class Enforced:
    """What a machine can enforce: namespaces of a kernel's own, and Landlock's rules for files."""

    namespaces: bool = False
    landlock: bool = False


@dataclass(frozen=True)
class Host:
    """What a fork server, its keepers and its kernels go by.

    Attributes
    ----------
    asked : KernelSettings
    socket : str
        Path at which the fork server listens.
    enforced : Enforced
    """

    asked: KernelSettings
    socket: str
    enforced: Enforced = Enforced()

    def packed(self) -> str:
        """All of it as text, for the command line of the fork server."""
        return json.dumps(asdict(self))

    @classmethod
    def unpacked(cls, text: str) -> Host:
        """What `packed` made a text of."""
        fields = json.loads(text)
        return cls(KernelSettings(**fields["asked"]), fields["socket"], Enforced(**fields["enforced"]))
