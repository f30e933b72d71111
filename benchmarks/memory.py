"""What an idle forked kernel adds to the machine's memory: proportional set size, so that shared pages count once."""

import tempfile
import time
from pathlib import Path

import psutil
from jupyter_core.utils import run_sync

from autograder.course.directory import open_course
from autograder.execution.settings import kernel_settings
from autograder.kernels import forkserver
from autograder.kernels.provisioner import ForkManager
from testing.classroom import ROOT

KERNELS = 8


def megabytes(process):
    """PSS of a process and all that it has started."""
    family = [process, *process.children(recursive=True)]
    return sum(each.memory_full_info().pss for each in family) / 2**20


def main():
    """Fork kernels one after the other, and print what each adds."""
    server = forkserver.started(forkserver.start(kernel_settings(open_course(ROOT).config)))
    process = psutil.Process(server.process.pid)
    managers, before = [], megabytes(process)
    print(f"the fork server alone: {before:.0f} MB")
    for _ in range(KERNELS):
        folder = tempfile.mkdtemp()
        (Path(folder) / "work").mkdir()
        manager = ForkManager(server.path, folder, server.enforced.namespaces)
        run_sync(manager.start_kernel)()
        client = manager.client()
        client.start_channels()
        run_sync(client.wait_for_ready)()
        managers.append((manager, client))
    time.sleep(1)
    after = megabytes(process)
    print(f"with {KERNELS} idle kernels: {after:.0f} MB, so {(after - before) / KERNELS:.0f} MB for each")
    for manager, client in managers:
        client.stop_channels()
        run_sync(manager.shutdown_kernel)(now=True)
    server.stop()


if __name__ == "__main__":
    main()
