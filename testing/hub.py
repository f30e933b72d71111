"""A JupyterHub on this machine, and people who use their servers on it as a browser does: over HTTP."""

import asyncio
import contextlib
import json
import os
import re
import secrets
import signal
import socket
import stat
import subprocess
import sys
import time
import uuid
from pathlib import Path
from types import SimpleNamespace

import requests
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

SECONDS = 120
LAST = 8000  # characters of a log
SHOW = """set -e
mount --bind "$1" /mnt
mount -t tmpfs -o mode=755 tmpfs "$0"
mkdir -p "$1"
mount --move /mnt "$1"
shift
exec "$@"
"""
PORTS = """load_subconfig({config!r}, path={folder!r})
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{public}"
c.JupyterHub.hub_port = {hub}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy}"
c.Spawner.args = {words!r}
"""


@contextlib.contextmanager
def hub(folder, config, proxy, before=()):
    """A hub with one of the configurations in a folder that `set_up.py` has laid out.

    Parameters
    ----------
    folder : pathlib.Path
        The folder; the hub's log is `hub.log` in it.
    config : str
        Name of the configuration.
    proxy : pathlib.Path
        configurable-http-proxy.
    before : sequence of str
        See `for_everybody`.

    Yields
    ------
    str
        Its address.
    """
    public, private, api = free_ports(3)
    ports = folder / "ports_config.py"
    words = ["--allow-root"] if config.startswith("trial") and os.getuid() == 0 else []  # as in a container
    ports.write_text(
        PORTS.format(config=config, folder=str(folder), public=public, hub=private, proxy=api, words=words)
    )
    names = [name for name in os.environ if name.startswith(("JUPYTER", "IPYTHON"))]
    path = os.pathsep.join([str(proxy.parent), os.environ["PATH"]])
    with open(folder / "hub.log", "wb") as log:
        process = subprocess.Popen(
            [*before, sys.executable, "-m", "jupyterhub", "-f", ports],
            cwd=folder,
            env={**{name: each for name, each in os.environ.items() if name not in names}, "PATH": path},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{public}"
    try:
        wait_for(lambda: process.poll() is not None or answers(f"{address}/hub/health"), "the hub")
        assert process.poll() is None, "the hub has ended"
        yield address
    except Exception:
        print((folder / "hub.log").read_text()[-LAST:])
        raise
    finally:
        process.send_signal(signal.SIGTERM)  # it ends the servers and the proxy
        try:
            process.wait(SECONDS)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def free_ports(number):
    """Ports that nobody listens at."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def answers(address):
    """Whether there is a page at an address."""
    try:
        return requests.get(address, timeout=SECONDS).ok
    except requests.ConnectionError:
        return False


def wait_for(what, name):
    """Ask until the answer is true."""
    end = time.monotonic() + SECONDS
    while not (found := what()):
        assert time.monotonic() < end, f"{name} took longer than {SECONDS} seconds"
        time.sleep(0.2)
    return found


class Person:
    """Somebody with a browser: logged in at a hub, in their own server."""

    def __init__(self, address, name, password):
        self.hub, self.name, self.session = address, name, requests.Session()
        self.session.get(f"{address}/hub/login")
        form = {"username": name, "password": password, "_xsrf": self._xsrf("/hub/")}
        self.login = self.session.post(f"{address}/hub/login", data=form, params={"next": "/hub/home"})

    def start(self):
        """Start the server, and go there."""
        self.session.get(f"{self.hub}/hub/spawn")
        wait_for(lambda: "/hub/" not in self.get("lab").url, f"the server of {self.name}")
        return self

    def get(self, path, of=None, **query):
        """The answer to a GET of one's own server, or of somebody else's."""
        return self.session.get(f"{self.hub}/user/{of or self.name}/{path}", params=query)

    def post(self, path, **body):
        """The answer to a POST of one's own server."""
        headers = {"X-XSRFToken": self._xsrf(f"/user/{self.name}/")}
        return self.session.post(f"{self.hub}/user/{self.name}/{path}", json=body, headers=headers)

    def put(self, path, **body):
        """The answer to a PUT of one's own server."""
        headers = {"X-XSRFToken": self._xsrf(f"/user/{self.name}/")}
        return self.session.put(f"{self.hub}/user/{self.name}/{path}", json=body, headers=headers)

    def python(self, code):
        """What code prints in a new kernel of one's own server."""
        kernel = self.post("api/kernels", name="python3").json()["id"]
        try:
            return asyncio.run(asyncio.wait_for(self._printed(kernel, code), 2 * SECONDS))
        finally:
            headers = {"X-XSRFToken": self._xsrf(f"/user/{self.name}/")}
            self.session.delete(f"{self.hub}/user/{self.name}/api/kernels/{kernel}", headers=headers)

    def shell(self, command):
        """The exit status and the output of a command that is typed in a terminal of one's own server."""
        name = self.post("api/terminals").json()["name"]
        return asyncio.run(asyncio.wait_for(self._typed(name, command), 2 * SECONDS))

    def _xsrf(self, path):
        found = {cookie.path: cookie.value for cookie in self.session.cookies if cookie.name == "_xsrf"}
        return found.get(path, "")

    async def _socket(self, path):
        address = f"{self.hub}/user/{self.name}/{path}"
        cookies = requests.cookies.get_cookie_header(self.session.cookies, requests.Request("GET", address).prepare())
        return await websocket_connect(
            HTTPRequest(address.replace("http", "ws", 1), headers={"Cookie": cookies, "Origin": self.hub})
        )

    async def _printed(self, kernel, code):
        connection = await self._socket(f"api/kernels/{kernel}/channels")
        number = uuid.uuid4().hex
        await connection.write_message(json.dumps(_request(number, code)))
        printed = []
        while message := json.loads(await connection.read_message()):
            if message["parent_header"].get("msg_id") == number:
                content = message["content"]
                if message["msg_type"] == "status" and content["execution_state"] == "idle":
                    break
                printed += [content["text"]] if message["msg_type"] == "stream" else content.get("traceback", [])
        connection.close()
        return "".join(printed)

    async def _typed(self, name, command):
        connection = await self._socket(f"terminals/websocket/{name}")
        end = uuid.uuid4().hex  # is not typed as it is printed: the terminal shows both
        await connection.write_message(json.dumps(["stdin", f"{command}; echo {end[:9]}''{end[9:]} $?\r"]))
        said = ""
        while not (done := re.search(rf"{end} (\d+)", said)):
            kind, *text = json.loads(await connection.read_message())
            said += text[0] if kind == "stdout" else ""
        connection.close()
        return SimpleNamespace(status=int(done[1]), said=said)


def _request(number, code):
    content = {"code": code, "silent": False, "allow_stdin": False, "stop_on_error": True, "user_expressions": {}}
    header = {"msg_id": number, "msg_type": "execute_request", "version": "5.3", "username": "", "session": number}
    return {
        "header": header,
        "parent_header": {},
        "metadata": {},
        "channel": "shell",
        "content": content,
        "buffers": [],
    }


def for_everybody():
    """What to put before a command, so that all users of this machine can run this Python in it; or None.

    A Python in a home that is closed (root's, say) is shown in a file system of the command's own.
    """
    python = Path(sys.base_prefix)
    closed = [place for place in python.parents if not place.stat().st_mode & stat.S_IXOTH]
    before = ["unshare", "--mount", "sh", "-c", SHOW, closed[-1], python] if closed else []
    everybody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    tried = [*before, *everybody, sys.executable, "-c", "import autograder, jupyterhub"]
    return before if subprocess.run(tried, cwd="/").returncode == 0 else None


@contextlib.contextmanager
def users(*names):
    """Users of this machine, with homes that everybody may read; yields their password. They go again."""
    password = secrets.token_urlsafe()
    try:
        for name in names:
            words = ["useradd", "--create-home", "--key", "HOME_MODE=0755", "--shell", "/bin/bash", name]
            subprocess.run(words, check=True)
            subprocess.run(["chpasswd"], input=f"{name}:{password}", text=True, check=True)
        yield password
    finally:
        for name in names:
            subprocess.run(["userdel", "--remove", name], capture_output=True)
