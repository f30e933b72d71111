"""Which kernel a notebook asks for, and whether that is this Python itself."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from IPython.paths import get_ipython_dir
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME, KernelSpec, KernelSpecManager, NoSuchKernel
from nbformat import NotebookNode


def _give_ipython_a_folder() -> None:
    """Have one elsewhere if there can be none in the home directory: Jupyter asks for it when it looks for a kernel."""
    try:
        get_ipython_dir()
    except OSError:
        folder = os.environ["IPYTHONDIR"] = tempfile.mkdtemp(prefix="ipython-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)


def spec_of(kernel_name: str) -> KernelSpec | None:
    """The specification of an installed kernel; None if there is none of this name."""
    _give_ipython_a_folder()
    if kernel_name == "python":  # jupyter_client's other name for the Python it runs in
        kernel_name = NATIVE_KERNEL_NAME
    try:
        return KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return None


def is_ours(kernel_name: str) -> bool:
    """Whether a kernel of this name is this Python itself, so that it can be forked."""
    spec = spec_of(kernel_name)
    if spec is None:
        return False
    command = spec.argv[0] if spec.argv else ""
    return spec.language == "python" and (command.startswith("python") or Path(command) == Path(sys.executable))


def kernel_of(notebook: NotebookNode) -> str:
    """The name of the kernel that a notebook asks for."""
    name: str = notebook.metadata.get("kernelspec", {}).get("name", NATIVE_KERNEL_NAME)
    return name
