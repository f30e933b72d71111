"""The two packages: each is a wheel that works alone, and the locked requirements install wherever the README says."""

import ast
import functools
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.tags import compatible_tags, cpython_tags, mac_platforms
from packaging.utils import canonicalize_name, parse_wheel_filename

from testing.classroom import ROOT

PACKAGES = {"cnn-course": "cnn_course", "autograder": "autograder"}
# What the judge's kernel and the student's need, for a course that has networks.
OF_THE_COURSE = {"keras", "tensorflow"}
PYTHONS = [(3, 11), (3, 12), (3, 13)]
PLATFORMS = {
    "Linux on x86-64": (
        {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64", "os_name": "posix"},
        [f"manylinux_2_{minor}_x86_64" for minor in range(36, 4, -1)]
        + [f"manylinux{year}_x86_64" for year in (2014, 2010, 1)],
    ),
    "Linux on aarch64": (
        {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "aarch64", "os_name": "posix"},
        [f"manylinux_2_{minor}_aarch64" for minor in range(36, 16, -1)] + ["manylinux2014_aarch64"],
    ),
    "macOS on arm64": (
        {"sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64", "os_name": "posix"},
        list(mac_platforms((15, 0), "arm64")),
    ),
    "Windows on x86-64": (
        {"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64", "os_name": "nt"},
        ["win_amd64"],
    ),
}


@functools.cache
def locked(name):
    """The requirements of a file, with the tags of their wheels by file name."""
    lines = (ROOT / "requirements-files.txt").read_text(encoding="utf-8").splitlines()
    names = dict(line.split(" ", 1) for line in lines)  # by hash
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8"))
    return [(Requirement(entry.partition(" \\\n")[0]), _wheels(entry, names)) for entry in entries if entry[0] != "#"]


def _wheels(entry, names):
    files = [names.get(each, "") for each in re.findall(r"sha256:(\w+)", entry)]
    return {file: parse_wheel_filename(file)[3] for file in files if file.endswith(".whl")}


def tags_of(python, platforms):
    """All tags of wheels that a Python on a platform can install."""
    interpreter = f"cp{python[0]}{python[1]}"
    return {*cpython_tags(python, platforms=platforms), *compatible_tags(python, interpreter, platforms)}


def needed(requirements, platform, python):
    """What a Python on a platform needs of the requirements: name -> whether one of its wheels can be installed."""
    facts, platforms = PLATFORMS[platform]
    version = ".".join(map(str, python))
    facts = facts | {
        "python_version": version, "python_full_version": f"{version}.9",
        "implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": "",
    }  # fmt: skip
    fitting = tags_of(python, platforms)
    return {
        canonicalize_name(requirement.name): any(fitting & tags for tags in wheels.values())
        for requirement, wheels in requirements
        if requirement.marker is None or requirement.marker.evaluate(facts)
    }


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-course.txt"])
@pytest.mark.parametrize("python", PYTHONS, ids=lambda python: ".".join(map(str, python)))
@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_locked_can_be_installed(lock, platform, python):
    found = needed(locked(lock), platform, python)
    assert [name for name, fits in found.items() if not fits] == []
    assert {"keras", "numpy"} < found.keys()
    assert ("sandlock" in found) == (lock == "requirements.txt" and "Linux" in platform)
    of_the_processor = "tensorflow-cpu" if platform == "Linux on x86-64" else "tensorflow"
    assert found.keys() & {"tensorflow", "tensorflow-cpu"} == {of_the_processor}


@pytest.mark.parametrize("platform, part", [("Linux on aarch64", "aarch64"), ("Windows on x86-64", "win_amd64")])
def test_a_wheel_that_is_not_there_is_missed(platform, part):
    without = [
        (requirement, {name: tags for name, tags in wheels.items() if requirement.name != "numpy" or part not in name})
        for requirement, wheels in locked("requirements-course.txt")
    ]
    found = needed(without, platform, (3, 12))
    assert [name for name, fits in found.items() if not fits] == ["numpy"]


def test_no_lock_names_an_index():
    for file in ROOT.glob("requirements*.txt"):
        assert "://" not in file.read_text(encoding="utf-8"), file.name


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Each package as a wheel, unpacked into a folder of its own."""
    folders = {}
    for name in PACKAGES:
        folder = tmp_path_factory.mktemp(name)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
        copy = folder / "copy"
        subprocess.run(["cp", "-RL", ROOT / "packages" / name, copy], check=True)  # a build writes beside its source
        subprocess.run([*command, "--no-build-isolation", f"--wheel-dir={folder}", copy], check=True)
        [wheel] = folder.glob("*.whl")
        zipfile.ZipFile(wheel).extractall(folder / "installed")
        folders[name] = folder / "installed"
    return folders


def python_with(folder, code, cwd):
    """Run code with a package from its folder, outside of the repository; of this environment come its requirements."""
    others = [path for path in sys.path if path.endswith("site-packages")]
    start = f"import sys\nsys.path[:0] = [{str(folder)!r}]\nsys.path += {others!r}\n"
    return subprocess.run([sys.executable, "-I", "-S", "-c", start + code], cwd=cwd, capture_output=True, text=True)


def test_the_wheels_hold_what_they_need(installed):
    course, grader = installed["cnn-course"] / "cnn_course", installed["autograder"] / "autograder"
    for file in (
        course / "py.typed", grader / "py.typed", grader / "templates" / "report.html", course / "data" / "digits.npz",
        course / "explorers" / "static" / "explorers.js",
        course / "figures" / "hangul.ttf", course / "figures" / "OFL.txt",
        course / "locale" / "ko" / "LC_MESSAGES" / "cnn_course.po", *map(
            (grader / "templates").joinpath, ["feedback.html", "feedback.css", "noto-sans-math.woff"]
        ),
    ):  # fmt: skip
        assert file.is_file()
    for name, package in PACKAGES.items():
        assert [path.name for path in installed[name].iterdir() if path.suffix != ".dist-info"] == [package]
        sources = ROOT / "packages" / name / "src" / package
        built = {path.relative_to(installed[name] / package) for path in (installed[name] / package).rglob("*.*")}
        assert {path.relative_to(sources) for path in sources.rglob("*.*") if "__pycache__" not in path.parts} == built


@pytest.mark.parametrize("name", PACKAGES)
def test_every_module_can_be_imported_without_the_other_package(installed, name, tmp_path):
    package = PACKAGES[name]
    [other] = {*PACKAGES.values()} - {package}
    code = f"""
import importlib, pkgutil
sys.modules[{other!r}] = None
import {package}
assert {package}.__file__.startswith({str(installed[name])!r})
for module in pkgutil.walk_packages({package}.__path__, "{package}."):
    importlib.import_module(module.name)
"""
    done = python_with(installed[name], code, tmp_path)
    assert done.returncode == 0, done.stderr


def test_they_work_outside_of_the_repository(installed, tmp_path):
    course = (
        "from cnn_course import digits, explorers\nprint(digits.example(3).shape, type(explorers.padding()).__name__)"
    )
    assert python_with(installed["cnn-course"], course, tmp_path).stdout.split("\n")[0] == "(28, 28) Explorer"
    grader = "sys.argv = ['autograder', 'grade', 'ps1']\nfrom autograder import cli\ncli.main()"
    done = python_with(installed["autograder"], grader, tmp_path)
    assert done.returncode == 2 and "has no nbgrader_config.py" in done.stderr


@pytest.mark.parametrize("name", PACKAGES)
def test_what_a_package_imports_it_requires(name):
    about = tomllib.loads((ROOT / "packages" / name / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {canonicalize_name(Requirement(each).name) for each in about["dependencies"]}
    owners = metadata.packages_distributions()
    sources = ROOT / "packages" / name / "src"
    imported = {module for path in sources.rglob("*.py") for module in _imported(path)} - {*sys.stdlib_module_names}
    by_the_course = OF_THE_COURSE if name == "autograder" else set()
    for module in imported - {PACKAGES[name]} - by_the_course:
        assert required & {canonicalize_name(each) for each in owners[module]}, module
    if name == "cnn-course":
        assert not required & {"nbgrader", "distributed", "sqlalchemy", "sandlock", "pandas", "scikit-learn", "mlxtend"}
    assert about["requires-python"] == ">=3.11,<3.14"


def _imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


def test_tensorflows_log_can_not_close_what_pytest_captures():
    import absl.logging  # as if this test were the first to import TensorFlow

    assert absl.logging.get_absl_handler().python_handler.stream is sys.__stderr__
