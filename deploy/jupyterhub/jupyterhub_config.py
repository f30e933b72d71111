"""A class on a JupyterHub: one instructor, and students who are users of this machine. See book/jupyterhub.md.

`set_up.py` puts this file, with all that it reads, into one folder.
"""

import csv
import json
import os
import pwd
import sys
from pathlib import Path

c = get_config()  # noqa: F821 (JupyterHub defines it)

HERE = Path(__file__).resolve().parent
CLASS = json.loads((HERE / "class.json").read_text(encoding="utf-8"))
with open(HERE / "students.csv", encoding="utf-8-sig", newline="") as file:
    STUDENTS = {row["id"].strip() for row in csv.DictReader(file)}

# Who is on the list, and nobody else: who leaves the list can no longer log in. The password is that of this machine.
c.JupyterHub.authenticator_class = "pam"
c.Authenticator.allowed_users = STUDENTS | {CLASS["instructor"]}
c.Authenticator.allow_existing_users = False

# Without a certificate the hub answers this machine only: passwords would be read on the way.
KEY, CERTIFICATE = HERE / "https" / "key.pem", HERE / "https" / "certificate.pem"
if KEY.exists() and CERTIFICATE.exists():
    c.JupyterHub.ssl_key, c.JupyterHub.ssl_cert = str(KEY), str(CERTIFICATE)
    c.JupyterHub.bind_url = "https://:443"
else:
    c.JupyterHub.bind_url = "http://127.0.0.1:8000"

# What the hub keeps to itself.
c.JupyterHub.db_url = f"sqlite:///{HERE}/hub/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(HERE / "hub" / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(HERE / "hub" / "proxy.pid")


def settings(spawner):
    """Where a user's Jupyter and nbgrader find their settings."""
    of_some = "instructor" if spawner.user.name == CLASS["instructor"] else "students"
    return os.pathsep.join(str(HERE / folder) for folder in (of_some, "everybody"))


def before_start(spawner):
    """Nobody reads another's home, whatever this machine's default is; the instructor begins in the course."""
    os.chmod(pwd.getpwnam(spawner.user.name).pw_dir, 0o700)
    if spawner.user.name == CLASS["instructor"]:
        spawner.notebook_dir = CLASS["course"]


# Each server is a process of its user. Programs are looked for beside the one that runs the hub.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.environment = {"JUPYTER_CONFIG_PATH": settings}
c.Spawner.pre_spawn_hook = before_start
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120  # seconds; a whole class may log in at once
