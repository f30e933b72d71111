"""The same hub for a trial on one's own machine, without root: all servers are processes of one user.

So it keeps nobody from anybody's files, and answers this machine only.
"""

import json
import secrets
import sys
from pathlib import Path

load_subconfig("jupyterhub_config.py", path=str(Path(__file__).parent))  # noqa: F821 (traitlets defines it)
c = get_config()  # noqa: F821 (JupyterHub defines it)

HERE = Path(__file__).resolve().parent
CLASS = json.loads((HERE / "class.json").read_text(encoding="utf-8"))

c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(HERE / "homes" / "{username}")


def before_start(spawner):
    """The instructor begins in the course."""
    if spawner.user.name == CLASS["instructor"]:
        spawner.notebook_dir = CLASS["course"]


c.Spawner.pre_spawn_hook = before_start

# Drawn anew at each start. Whoever logs in as an administrator has a password of their own.
c.JupyterHub.authenticator_class = "shared-password"
c.Authenticator.admin_users = {CLASS["instructor"]}
c.SharedPasswordAuthenticator.user_password = secrets.token_urlsafe(9)
c.SharedPasswordAuthenticator.admin_password = secrets.token_urlsafe(24)
print(
    f"A trial: {CLASS['instructor']} logs in with the password {c.SharedPasswordAuthenticator.admin_password}, "
    f"students with {c.SharedPasswordAuthenticator.user_password}",
    file=sys.stderr,
    flush=True,
)
