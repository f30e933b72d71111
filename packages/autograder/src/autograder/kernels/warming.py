"""What every kernel does for the first time, done once in the process that forks them."""

import contextlib
import io
import sys
import tempfile
from unittest import mock

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from traitlets.config import Config

CELLS = ["print(1)\n2", "def half(number):\n    return number / 0\n\nhalf(1)"]


def warm_up() -> None:
    """Run cells in a shell that is thrown away, the last one to an error.

    What Python and IPython import, compile and look up for that they have then. For the first error they look at the
    file of every module there is: half of what a short notebook with an error costs.
    """
    main = sys.modules["__main__"]
    config = Config({"HistoryManager": {"enabled": False}})
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.redirect_stdout(io.StringIO()),
        mock.patch("atexit.register"),
    ):
        profile = ProfileDir.create_profile_dir(folder)
        shell = InteractiveShell(config=config, ipython_dir=folder, profile_dir=profile)
        for cell in CELLS:
            shell.run_cell(cell, store_history=True)
    sys.modules["__main__"] = main
    del sys.last_type, sys.last_value, sys.last_traceback
