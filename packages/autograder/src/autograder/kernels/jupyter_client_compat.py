"""The private parts of jupyter_client that the manager of a forked kernel sets."""

from typing import Any

from jupyter_client.kernelspec import KernelSpec


def set_kernel_spec(manager: Any, spec: KernelSpec) -> None:
    """Let a manager start this kernel, which is installed nowhere."""
    manager._kernel_spec = spec


def own_context(client: Any) -> None:
    """Let the context of a client end with its channels."""
    client._created_context = True
