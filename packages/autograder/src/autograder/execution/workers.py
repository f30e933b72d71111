"""Where notebooks are executed: processes of this machine, or the workers of a Dask cluster.

Both are a `concurrent.futures.Executor`.
"""

import contextlib
import gc
import multiprocessing
import multiprocessing.util
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing.context import BaseContext
from pathlib import Path
from unittest import mock

from traitlets.config import Config

from autograder.course.errors import CourseError
from autograder.execution.one_kernel import Lane
from autograder.execution.settings import kernel_settings
from autograder.kernels import forkserver
from autograder.kernels.forkserver import ForkServer
from autograder.kernels.settings import KernelSettings

SECONDS_TO_CONNECT = 60
OFF = "Student code was not confined, because --confine=off was asked for."
COLD = "Kernels were started anew for every submission, student code was not confined, and tests ran beside it: {}."
Ready = Callable[[], tuple[Executor, int, Lane]]
OPEN = "Student code could not be confined fully: this machine does not hold it back from {}."


@contextlib.contextmanager
def workers_for(
    config: Config, temporary: Path, workers: int | None, scheduler: str | None, confine: str
) -> Iterator[Ready]:
    """Make ready what executes notebooks.

    Parameters
    ----------
    config : traitlets.config.Config
        The course's; its section Kernels is used.
    temporary : Path
        Where the workers of this machine put their files.
    workers : int or None
        How many notebooks are executed at once; None for one per core, or as many as the cluster has threads.
    scheduler : str or None
        Address of a Dask scheduler.
    confine : {"auto", "require", "off"}

    Yields
    ------
    callable
        Waits until they are ready, and returns an Executor, how many it runs at once, and the Lane by which they make
        kernels.
    """
    settings = kernel_settings(config, confine)
    make = _cluster(scheduler, workers, settings) if scheduler else _processes(temporary, workers, settings)

    def checked() -> tuple[Executor, int, Lane]:
        pool, slots, lane = ready()
        if lane.open and settings.require:
            raise CourseError(f"{lane.open} So nothing was graded: --confine=require was asked for.")
        return pool, slots, lane

    with make as ready:
        yield checked


@contextlib.contextmanager
def _processes(temporary: Path, workers: int | None, settings: KernelSettings) -> Iterator[Ready]:
    slots = workers or os.cpu_count() or 1
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(slots, _process_context(), initializer=_start_worker, initargs=(str(temporary),))
    server = forkserver.start(settings)
    pool.submit(os.getpid)  # so that the first worker imports what it needs while the fork server does

    def ready() -> tuple[Executor, int, Lane]:
        try:
            found = forkserver.started(server)
        except forkserver.NoForkServer as error:
            return pool, slots, Lane(settings, False, COLD.format(error))
        return pool, slots, Lane(settings, True, _what_is_open(found, settings), found)

    try:
        yield ready
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()
        if server is not None:
            server.stop()


@contextlib.contextmanager
def _cluster(scheduler: str, workers: int | None, settings: KernelSettings) -> Iterator[Ready]:
    from distributed import Client  # takes a second, and only who asks for it needs it

    try:
        client = Client(scheduler, timeout=SECONDS_TO_CONNECT)
    except (OSError, ValueError) as error:
        raise CourseError(f"The Dask scheduler at {scheduler} can't be reached ({error}): is it running?") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise CourseError(f"The Dask scheduler at {scheduler} has no workers: start some, and try again.")
        found = client.run(_tried, settings).values()
        forked = all(each for each, _ in found)
        lane = Lane(settings, forked, next((sentence for _, sentence in found if sentence), ""))
        yield lambda: (client.get_executor(pure=False), min(workers or threads, threads), lane)


def _tried(settings: KernelSettings) -> tuple[bool, str]:
    """Whether a worker of a cluster can fork kernels, and what it can't enforce: a sentence, or an empty one."""
    try:
        return True, _what_is_open(forkserver.usable(None, settings), settings)
    except forkserver.NoForkServer as fault:
        return False, COLD.format(fault)


def _what_is_open(server: ForkServer, settings: KernelSettings) -> str:
    if not settings.confine:
        return OFF
    if server.enforced.namespaces:
        return ""
    return OPEN.format(
        "the network, other processes and a full disk" + ("" if server.enforced.landlock else ", and from all files")
    )


def _process_context() -> BaseContext:
    """New processes without this one's threads; where the system can, forked from one that has imported everything."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    with mock.patch.object(tempfile, "tempdir", forkserver.place_for_sockets(tempfile.gettempdir())):
        multiprocessing.util.get_temp_dir()  # where its own sockets will be
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["autograder.startup", "autograder.execution.execute"])
    return context


def _start_worker(temporary: str) -> None:
    """Make a process ready for notebooks: deaf to Ctrl-C in the terminal, and silent.

    Its files go where they are cleared away. Kernels write log lines to the process' own stdout and stderr, and nobody
    reads them.
    """
    gc.freeze()
    gc.enable()
    if hasattr(os, "setsid"):
        os.setsid()
    tempfile.tempdir = temporary
    threading.Thread(target=_end_with_the_grader, args=[temporary], daemon=True).start()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout.fileno(), sys.stderr.fileno()):
        os.dup2(nowhere, stream)


def _end_with_the_grader(temporary: str) -> None:
    """End this process when the grader is killed, and clear away what it could not.

    An executor's processes wait for ever otherwise.
    """
    grader = multiprocessing.parent_process()
    assert grader is not None
    grader.join()
    shutil.rmtree(temporary, ignore_errors=True)
    os._exit(1)
