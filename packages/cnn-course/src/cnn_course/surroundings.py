"""Where a notebook runs."""

import os


def being_graded() -> bool:
    """Whether the notebook is executed by nbgrader: then what only shows something can be left out."""
    return "NBGRADER_EXECUTION" in os.environ


def for_a_page() -> bool:
    """Whether the notebook is executed for a page that will have no kernel."""
    return "COURSE_PAGE" in os.environ
