"""A class made from the released notebooks and the solutions in tests/solutions/: for the tests and for the demo."""

import copy
import re
import shutil
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat

from autograder.grading.memory import MEMORY
from autograder.judge.planning.names import bound, parsed, used

ROOT = Path(__file__).resolve().parent.parent
SOLUTIONS = ROOT / "tests" / "solutions"
ZOO = ROOT / "tests" / "zoo"
SUBMISSIONS = ROOT / "tests" / "submissions"
GIVEN = ("setup", "switch")  # cells that prepare what tasks share
ASSIGNMENTS = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())


@dataclass(frozen=True)
class Solution:
    """What a student could write into one task's cell; a wrong one has the phrase its message must hold."""

    kind: str
    title: str
    says: str
    code: str

    @property
    def right(self):
        """Whether it deserves the task's points."""
        return self.kind == "right"


def solutions(assignment, task):
    """All solutions of a task in tests/solutions/, right ones first."""
    return parts_of((SOLUTIONS / assignment / f"{task}.py").read_text(encoding="utf-8"))


def zoo(assignment, task):
    """The right solutions of a task in tests/zoo/, if there are any."""
    path = ZOO / assignment / f"{task}.py"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    before, _, _ = text.partition("# %% ")  # belongs to each
    return [replace(each, code=f"{before}\n\n{each.code}") for each in parts_of(text)]


def parts_of(text):
    """The solutions in a text, right ones first."""
    parts = re.split(r"(?m)^# %% (right|wrong): (.*)\n", text)
    found = []
    for kind, title, body in zip(parts[1::3], parts[2::3], parts[3::3]):
        says = re.match(r"# says: (.*)\n", body)
        found.append(Solution(kind, title, says[1] if says else "", body[says.end() if says else 0 :].strip("\n")))
    return sorted(found, key=lambda each: each.kind)


def tasks(assignment):
    """Names of an assignment's tasks that have solutions, in the order of the notebook."""
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in released(assignment).cells]
    return [name for name in names if name and (SOLUTIONS / assignment / f"{name}.py").exists()]


def source(assignment):
    """The instructor's notebook."""
    return nbformat.read(ROOT / "source" / assignment / f"{assignment}.ipynb", as_version=4)


def released(assignment, language=""):
    """The notebook as students get it, in English or in another language."""
    folder = ROOT / (f"release-{language}" if language else "release")
    return nbformat.read(folder / assignment / f"{assignment}.ipynb", as_version=4)


def compose(assignment, texts, whole=False, language=""):
    """The released notebook with `texts`, a dict grade_id -> source, written into its solution cells.

    Unless it is to be `whole`, the code that only shows something, and that a student may delete, is left out.
    """
    notebook = released(assignment, language)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    for name, text in texts.items():
        cells[name].source = text
    return notebook if whole else _without_shows(notebook)


def _without_shows(notebook):
    """A notebook without the code cells that are not nbgrader's and define nothing that another cell uses."""
    kept, wanted = [], set()
    for cell in reversed(notebook.cells):
        tree = parsed(cell.source) if cell.cell_type == "code" else None
        if tree is None or "nbgrader" in cell.metadata or bound(tree) & wanted:
            kept.insert(0, cell)
            wanted |= used(tree) if tree else set()
    notebook.cells = kept
    return notebook


def without_metadata(notebook):
    """What an editor that knows nothing of nbgrader makes of a notebook: metadata and cell ids are gone."""
    notebook = copy.deepcopy(notebook)
    notebook.metadata.clear()
    notebook.nbformat_minor = 0
    for cell in notebook.cells:
        cell.metadata.clear()
        cell.pop("id", None)
    return notebook


def course_directory(folder, cell_seconds=120):
    """Make a course directory with this course's source, settings and rehearsals, and return its path."""
    folder = Path(folder)
    shutil.copytree(ROOT / "source", folder / "source")
    for edition in [*ROOT.glob("release-*"), *ROOT.glob("locale")]:
        shutil.copytree(edition, folder / edition.name)
    shutil.copy(ROOT / MEMORY, folder)
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    (folder / "nbgrader_config.py").write_text(
        f"{config}\nc.ExecutePreprocessor.timeout = {cell_seconds}\n", encoding="utf-8"
    )
    return folder


def hand_in(course, student, assignment, notebook, name=None):
    """Put a notebook, with the files that belong to it, or the text of a file into submitted/; return its path."""
    path = Path(course) / "submitted" / student / assignment / (name or f"{assignment}.ipynb")
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(notebook, str):
        path.write_text(notebook, encoding="utf-8")
    else:
        nbformat.write(notebook, path)
        for file in files_beside(assignment):
            shutil.copy(file, path.parent)
    return path


def files_beside(assignment):
    """What a student hands in together with the notebook: saved weights."""
    return sorted((SOLUTIONS / assignment / "files").glob("*"))


def sample_class(course):
    """Hand in everything that tests/submissions/ has."""
    recipe = tomllib.loads((SUBMISSIONS / "class.toml").read_text(encoding="utf-8"))
    for student, assignments in recipe.items():
        (Path(course) / "submitted" / student).mkdir(parents=True, exist_ok=True)
        for assignment, entries in assignments.items():
            hand_in(course, student, assignment, _from_recipe(entries.get("notebook", assignment), entries))
    shutil.copytree(SUBMISSIONS / "files", Path(course) / "submitted", dirs_exist_ok=True)


def _from_recipe(assignment, entries):
    texts = {}
    for task in tasks(assignment):
        wanted = entries.get(task, entries.get("all"))
        if wanted is not None:
            texts[task] = _text(assignment, task, wanted)
    texts |= {name: text for name, text in entries.items() if name.endswith("-written")}
    notebook = compose(assignment, texts, whole=True)
    return without_metadata(notebook) if entries.get("metadata") == "lost" else notebook


def _text(assignment, task, wanted):
    if "\n" in wanted:
        return wanted.strip("\n")
    kind, _, title = wanted.partition(": ")
    return next(each.code for each in solutions(assignment, task) if each.kind == kind and title in ("", each.title))
