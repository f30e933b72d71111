"""A real PostgreSQL server, in a folder of its own, that only listens to a socket there."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

USER = "nobody"  # the server refuses to run as root


def programs():
    """The folder with PostgreSQL's programs, which Debian keeps off the PATH; None if there is none."""
    found = shutil.which("initdb") or max(Path("/usr/lib/postgresql").glob("*/bin/initdb"), default=None)
    return found and Path(found).resolve().parent


@contextlib.contextmanager
def empty_database(folder):
    """The address of an empty database, whose files are in a folder below the system's temporary one."""
    commands, as_user = programs(), {}
    if os.getuid() == 0:
        as_user = {"user": USER, "group": "nogroup", "extra_groups": []}
        shutil.chown(folder, USER)
        for each in folder.parents[:3]:  # pytest keeps its folders to their owner
            if each != Path("/"):
                each.chmod(each.stat().st_mode | 0o011)

    def call(program, *words):
        subprocess.run(
            [commands / program, *words],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            cwd=folder,
            **as_user,
        )

    call("initdb", "-D", folder / "data", "-U", "course", "-A", "trust")
    options = f"-k {folder} -c listen_addresses="
    call("pg_ctl", "-D", folder / "data", "-w", "-t", "600", "-l", folder / "log", "-o", options, "start")
    try:
        call("createdb", "-h", folder, "-U", "course", "gradebook")
        yield f"postgresql://course@/gradebook?host={folder}"
    finally:
        call("pg_ctl", "-D", folder / "data", "-w", "-t", "600", "-m", "immediate", "stop")
