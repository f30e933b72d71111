"""A real Dask cluster on this machine: a scheduler, and workers of one thread that share no folder with a course."""

import contextlib
import os
import socket
import subprocess
import time

from testing.commands import COMMANDS

SECONDS_TO_START = 300


@contextlib.contextmanager
def running(elsewhere, workers):
    """The address of a scheduler with some workers, whose files are in a folder, and the processes."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    alone = ["--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory"]
    commands = [
        ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
        *(["worker", address, *alone, str(elsewhere / str(number))] for number in range(workers)),
    ]
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    processes = []
    try:
        for words in commands:
            with (elsewhere / f"{len(processes)}.log").open("w") as log:
                processes.append(
                    subprocess.Popen(
                        [COMMANDS / "dask", *words], cwd=elsewhere, env=environment, stdout=log, stderr=log
                    )
                )
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.2)
        yield address, processes
    finally:
        for process in processes:
            process.kill()
            process.wait()
