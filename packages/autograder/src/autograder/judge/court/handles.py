"""How a stand-in is known as one, and which object of the student's it stands for."""

import inspect
from typing import Any

HANDLE = "_stand_in_for"


def handle_of(value: Any) -> Any:
    """The student's handle of what a stand-in stands for, or None."""
    return (
        inspect.getattr_static(value, HANDLE, None)
        if isinstance(value, type)
        else getattr(value, "__dict__", {}).get(HANDLE)
    )
