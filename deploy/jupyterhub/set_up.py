"""Put all that a class's JupyterHub needs into one folder. As root, in the course directory:

    python3 deploy/jupyterhub/set_up.py students.csv

Whoever owns the course directory is the instructor. What the folder holds already of students' work stays as it is.
"""

import argparse
import csv
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
SHIPPED = ["jupyterhub_config.py", "trial_config.py", "everybody/**/*.*", "instructor/**/*.*", "students/**/*.*"]
CLOSED, READABLE, EVERYBODYS, ROOTS = 0o700, 0o755, 0o1777, 0o600


def main():
    """Install the environment, and lay out the folder; say how to start the hub."""
    parser = argparse.ArgumentParser(description="Put all that a class's JupyterHub needs into one folder.")
    parser.add_argument("students", type=Path, help="students.csv: a column id with their names on the hub")
    parser.add_argument("--course", type=Path, default=REPOSITORY, help="an nbgrader course directory (this one)")
    parser.add_argument("--folder", type=Path, default=Path("/srv/class"), help="where to (/srv/class)")
    given = parser.parse_args()
    folder = given.folder.resolve()
    os.umask(0o022)
    if os.getuid() == 0:
        check_for_users(given.course.resolve())
    if not shutil.which("npm"):
        sys.exit("npm is missing, which installs the hub's proxy (Debian: apt install npm).")
    try:
        lay_out(folder, given.course, given.students)
    except PermissionError as error:
        sys.exit(f"{error.filename} can't be written: be root, or for a trial name a --folder of your own.")
    install(folder / "env")
    config = "jupyterhub_config.py" if os.getuid() == 0 else "trial_config.py"
    print(f"Start the hub: {folder}/env/bin/jupyterhub -f {folder}/{config}")


def check_for_users(course):
    """Refuse what would keep the instructor or the students from working."""
    if course.owner() == "root":
        sys.exit(f"{course} belongs to root: give it to the instructor (chown -R), who works in it.")
    python = Path(sys.executable).resolve()
    if not all(place.stat().st_mode & stat.S_IXOTH for place in [python, *python.parents]):
        sys.exit(f"Students could not use {python}: take a Python that everybody may, such as /usr/bin/python3.")


def lay_out(folder, course, students):
    """Make the folder, with the exchange, the hub's own place and all settings, and close the course directory.

    Parameters
    ----------
    folder, course, students : pathlib.Path
        The folder, the nbgrader course directory and the list of students.
    """
    course = course.resolve()
    if not (course / "source").is_dir():
        sys.exit(f"{course} has no folder source: name an nbgrader course directory with --course.")
    check(students)
    for place, rights in ((folder, READABLE), (folder / "exchange", EVERYBODYS), (folder / "hub", CLOSED)):
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(rights)
    for path in (path for pattern in SHIPPED for path in HERE.glob(pattern)):
        copy = folder / path.relative_to(HERE)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)  # without its rights, which may be the instructor's alone
    shutil.copyfile(students, folder / "students.csv")
    (folder / "students.csv").chmod(ROOTS)
    about = {"instructor": course.owner(), "course": str(course)}
    (folder / "class.json").write_text(json.dumps(about) + "\n", encoding="utf-8")
    course.chmod(stat.S_IMODE(course.stat().st_mode) & CLOSED)


def check(students):
    """Refuse a list of students that nobody could log in with."""
    try:
        with open(students, encoding="utf-8-sig", newline="") as file:
            columns = csv.DictReader(file).fieldnames or []
    except OSError as error:
        sys.exit(f"{students} can't be read: {error.strerror}.")
    if "id" not in columns:
        sys.exit(f"{students} needs a column id in its first line, as `nbgrader db student import` does.")


def install(environment):
    """Install the course's packages and JupyterHub, as they are locked, and its proxy from npm.

    Parameters
    ----------
    environment : pathlib.Path
        Where to; must be readable by all users.
    """
    run(sys.executable, "-m", "venv", environment)
    pip = [environment / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(*pip, "-r", REPOSITORY / "requirements.txt")
    with tempfile.TemporaryDirectory() as temporary:  # a build leaves nothing in the course directory
        packages = shutil.copytree(REPOSITORY / "packages", Path(temporary) / "packages")
        run(*pip, "--no-deps", "--no-build-isolation", packages / "cnn-course", packages / "autograder")
    run("npm", "install", "--silent", "--global", "--prefix", environment, "configurable-http-proxy@5")


def run(*words):
    """Run a command; if it fails, so does this one."""
    done = subprocess.run([str(word) for word in words])
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))} ended with {done.returncode}.")


if __name__ == "__main__":
    main()
