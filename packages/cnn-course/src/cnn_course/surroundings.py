"""Where a notebook runs."""

import os

from IPython import get_ipython


def being_graded() -> bool:
    """Whether the notebook is executed by nbgrader: then what only shows something can be left out."""
    return "NBGRADER_EXECUTION" in os.environ


def for_a_page() -> bool:
    """Whether the notebook is executed for a page that will have no kernel."""
    return "COURSE_PAGE" in os.environ


def unattended() -> bool:
    """Whether a program executes the notebook, as nbconvert does: a front end with a reader takes input, it doesn't."""
    kernel = getattr(get_ipython(), "kernel", None)
    return kernel is not None and not kernel.get_parent("shell").get("content", {}).get("allow_stdin", True)
