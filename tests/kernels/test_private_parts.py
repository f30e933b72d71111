"""The private parts of libraries that the grader reaches into: which one is missing when a library has changed."""

from importlib import metadata

import keras
import nbformat
import pytest
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbgrader.preprocessors import Execute, SaveAutoGrades

PARTS = {
    "ipykernel": [
        (IPythonKernel, ["_supports_kernel_subshells", "_cancel_on_sigint"]),
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
    "nbgrader": [(Execute, ["_check_assign_resources"]), (SaveAutoGrades, ["preprocess_cell"])],
}


@pytest.mark.parametrize("library", PARTS)
def test_it_has_them_still(library):
    missing = [name for of, names in PARTS[library] for name in names if not hasattr(of, name)]
    assert missing == [], f"{library} {metadata.version(library)} no longer has {missing}: see who uses that."
