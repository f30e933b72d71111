"""Lock the requirements for every platform, with the hashes and names of all files that may be installed: make lock.

`requirements.txt` is for this repository, `requirements-course.txt` for a student, and `requirements-files.txt` names
the files of both, so that a test can tell for which platforms they can be installed.
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from testing.classroom import ROOT

PACKAGES = ["packages/cnn-course/pyproject.toml", "packages/autograder/pyproject.toml"]
LOCKED = {
    "requirements.txt": [*PACKAGES, "--extra=lab", "--group=dev", "--group=book"],
    "requirements-course.txt": [PACKAGES[0], "--extra=lab"],
}
FILES = "requirements-files.txt"


def main():
    """Write the three files; what is locked already stays as it is, unless `--upgrade` is given."""
    files = set()
    for name, sources in LOCKED.items():
        _compile(
            name,
            sources,
            "--generate-hashes",
            "--no-annotate",
            "--no-emit-index-url",
            "--custom-compile-command=make lock",
            *sys.argv[1:],
        )
        with tempfile.TemporaryDirectory() as folder:
            lock = Path(folder) / "pylock.toml"
            _compile(lock, sources, "--format=pylock.toml", f"--constraints={name}")
            files |= set(_files(tomllib.loads(lock.read_text(encoding="utf-8"))))
    (ROOT / FILES).write_text("".join(f"{hash_} {name}\n" for name, hash_ in sorted(files)), encoding="utf-8")


def _compile(output, sources, *options):
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version=3.11", f"--output-file={output}"]
    subprocess.run([*command, *options, *sources], cwd=ROOT, check=True)


def _files(lock):
    """The name and the hash of each file."""
    for package in lock["packages"]:
        for each in [*package.get("wheels", []), *filter(None, [package.get("sdist")])]:
            yield each.get("name") or each["url"].rpartition("/")[2], each["hashes"]["sha256"]


if __name__ == "__main__":
    main()
