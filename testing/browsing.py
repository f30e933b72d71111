"""A real browser, and what it looks at: pages that are served, and JupyterLab."""

import contextlib
import functools
import http.server
import json
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

SECONDS_TO_START = 120
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def chromium_path():
    """The path of a Chromium on this machine, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextlib.contextmanager
def running(environment):
    """A Chromium, by Playwright, with an environment of its own."""
    from playwright.sync_api import sync_playwright  # who has no browser needs no driver

    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS, env=environment)
        yield browser
        browser.close()


def violations(page, context=None, **options):
    """What axe finds wrong in a page, or in one part of it; the calling test is skipped if there is no axe."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    # or it also describes each of the many elements in which nothing is wrong, for as long again
    return axe.run(page, context, options={"resultTypes": ["violations"]} | options).response["violations"]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(folder):
    """Serve a folder, and yield its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextlib.contextmanager
def jupyterlab(folder, environment, *words):
    """JupyterLab in a folder, started with more words; yields a function that makes a path into an address."""
    token, runtime = secrets.token_hex(), Path(tempfile.mkdtemp(dir=folder.parent))
    server = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0",
            f"--IdentityProvider.token={token}", *words,
        ],
        cwd=folder,
        env={**environment, "JUPYTER_RUNTIME_DIR": str(runtime)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        url = json.loads(_started(server, runtime).read_text())["url"]
        yield lambda path: f"{url}{path}?token={token}"
    finally:
        server.terminate()
        server.wait()


def _started(server, runtime):
    """The file that a Jupyter server writes when it is ready."""
    end = time.monotonic() + SECONDS_TO_START
    while not (found := list(runtime.glob("jpserver-*.json"))):
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError("JupyterLab did not start.")
        time.sleep(0.2)
    return found[0]
