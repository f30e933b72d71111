"""The private parts of libraries that this project reaches into stand in modules of their own.

When a library has changed, this says which one is missing.
"""

import ast
from importlib import metadata
from pathlib import Path

import keras
import nbformat
import pytest
import zmq
from ipykernel.iostream import IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.session import Session
from nbclient import NotebookClient
from nbgrader.apps.zipcollectapp import ZipCollectApp
from nbgrader.preprocessors import Execute

PACKAGES = Path(__file__).parent.parent / "packages"
PARTS = {
    "ipykernel": [
        (
            OutStream(Session(), IOPubThread(zmq.Context.instance().socket(zmq.PUB)), "stdout", watchfd=False),
            ["_flush_pending", "_subprocess_flush_pending"],
        ),
        (ZMQInteractiveShell, ["_format_exception_for_storage", "_showtraceback"]),
        (IPythonKernel, ["_supports_kernel_subshells", "_cancel_on_sigint", "_execute_sleep"]),
        (
            IPKernelApp,
            ["_try_bind_socket", "init_heartbeat", "init_control", "init_path", "init_kernel", "parse_command_line"],
        ),
    ],
    "jupyter_client": [(AsyncKernelManager, ["_kernel_spec"]), (AsyncKernelClient, ["_created_context"])],
    "keras": [(keras.Layer, ["_flatten_layers"])],
    "nbclient": [
        (NotebookClient(nbformat.v4.new_notebook()), ["_display_id_map", "process_message", "on_cell_executed"]),
        (NotebookClient, ["_async_poll_for_reply", "_async_handle_timeout", "reset_execution_trackers"]),
    ],
    "nbgrader": [(Execute, ["_check_assign_resources"]), (ZipCollectApp, ["_format_collect_path"])],
}
OF_PYTHON = {"_exit", "_fields", "_Hash", "_ParameterKind"}


@pytest.mark.parametrize("library", PARTS)
def test_it_has_them_still(library):
    missing = [name for of, names in PARTS[library] for name in names if not hasattr(of, name)]
    assert missing == [], f"{library} {metadata.version(library)} no longer has {missing}: see who uses that."


def is_private(name):
    return name.startswith("_") and not name.startswith("__") and not name.endswith("_")


def used(tree):
    """Names of private attributes that are read or set."""
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_private(node.attr)}


def own(tree):
    """Names of private attributes that are made: methods, fields of a class, and what is assigned."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self":
            yield node.attr


@pytest.mark.parametrize("package", ["autograder", "cnn_course"])
def test_they_are_used_in_modules_of_their_own(package):
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGES.glob(f"*/src/{package}/**/*.py")}
    elsewhere = {path: tree for path, tree in trees.items() if not path.stem.endswith("_compat")}
    known = OF_PYTHON.union(*(own(tree) for tree in elsewhere.values()))
    strange = {path.name: used(tree) - known for path, tree in elsewhere.items() if used(tree) - known}
    assert len(trees) > 10 and strange == {}, "move it to a module NAME_compat.py, and into PARTS above"


def test_all_of_them_are_looked_for():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGES.glob("*/src/**/*_compat.py")]
    listed = {name for parts in PARTS.values() for _, names in parts for name in names}
    assert len(trees) > 4 and set().union(*map(used, trees)) <= listed
