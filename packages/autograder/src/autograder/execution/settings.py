"""What a course sets for its kernels in nbgrader_config.py: `c.Kernels.preload = ["tensorflow"]`."""

import os

from traitlets import Bool, Dict, Enum, Integer, List, Unicode
from traitlets.config import Config, Configurable

from autograder.kernels.settings import KernelSettings


class Kernels(Configurable):
    """The kernels that `autograder grade` executes submissions in."""

    preload = List(Unicode(), help="Modules that are imported once, before kernels are forked.").tag(config=True)
    environment = Dict(help="Environment variables of all kernels.").tag(config=True)
    pass_on = List(Unicode(), help="Names of the grader's own environment variables that kernels may see.").tag(
        config=True
    )
    readable = List(Unicode(), help="Folders that student code may read besides the Python environment.").tag(
        config=True
    )
    hidden = List(
        Unicode(),
        help=(
            "Files that a student's kernel can't read while a judge's kernel runs the tests: "
            "paths relative to a folder that Python imports from."
        ),
    ).tag(config=True)
    notebook_seconds = Integer(
        1800,
        min=1,
        help="How long one notebook may compute, all cells together; it may do nothing for three times as long.",
    ).tag(config=True)
    cpu_seconds = Integer(3600, min=1, help="CPU time of one process.").tag(config=True)
    memory_megabytes = Integer(4000, min=100, help="Memory of a kernel and its children together.").tag(config=True)
    disk_megabytes = Integer(1000, min=10, help="Files that one submission may write.").tag(config=True)
    processes = Integer(100, min=10, help="Processes of one kernel.").tag(config=True)
    output_megabytes = Integer(10, min=1, help="What one notebook may print, errors too; the rest is cut.").tag(
        config=True
    )


class Judge(Configurable):
    """The kernel beside a student's in which `autograder grade` runs the tests."""

    kernels = Dict(
        Enum([1, 2]),
        help="In how many kernels the notebooks of these names are graded: 1, with the tests in the student's, or 2. "
        "Others are graded in 2 if that gives the source's own solutions what nbgrader gives them.",
    ).tag(config=True)
    restore_builtins = Bool(
        False,
        help="Run a cell that lost points once more without those names of the notebook that hide Python's own "
        "(`list = [1, 2]`, `from numpy import *`), and give what is better.",
    ).tag(config=True)
    readable = List(
        Unicode(),
        help=(
            "Folders that tests may read and a student's kernel may not while a judge's kernel runs them: "
            "paths relative to the course directory."
        ),
    ).tag(config=True)


def kernel_settings(config: Config, confine: str = "auto") -> KernelSettings:
    """What a course and a command ask of their kernels.

    Parameters
    ----------
    config : traitlets.config.Config
        The course's; its sections Kernels and Judge are used.
    confine : {"auto", "require", "off"}
        Whether student code is locked in.
    """
    kernels = Kernels(config=config)
    asked = {name: getattr(kernels, name) for name in kernels.class_own_traits(config=True)}
    root = config.get("CourseDirectory", {}).get("root", "")
    by_tests = tuple(os.path.abspath(os.path.join(root, path)) for path in Judge(config=config).readable)
    return KernelSettings(**asked, readable_by_tests=by_tests, confine=confine != "off", require=confine == "require")
