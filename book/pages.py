"""Make the pages of the reading site: the instructor's notebooks, as somebody reads them who has no grader.

    python book/pages.py FOLDER EXTRA

A task is shown as students get it, under a heading of its own and with its solution folded; hidden tests are left out;
the checks are run and folded.
"""

import copy
import re
import shutil
import sys
import tomllib
from pathlib import Path
from urllib.parse import quote

import nbformat
from terms import Page, Uses, glossary_terms, with_uses

SITE = Path(__file__).resolve().parent
COURSE = SITE.parent
MARKERS = re.compile(r"^ *### (BEGIN|END) (SOLUTION|HIDDEN TESTS)\n?", re.MULTILINE)
TASK = re.compile(r"\*\*(Task \d+|Written answer) \(([^)]*)\)\.\*\* *")
SOLUTION, CHECK = "A solution: open it after you have tried", "The check"
DOWNLOADS = "notebooks"
FOLDED = ("click its dots", "open its bar")  # in JupyterLab, and on a page


def main(folder, extra):
    """Write all pages into a folder, and what is downloaded from them into another; both are made anew."""
    folder, extra = Path(folder), Path(extra)
    for each in (folder, extra / DOWNLOADS):
        shutil.rmtree(each, ignore_errors=True)
        each.mkdir(parents=True)
    for page in {*SITE.glob("*.md")} - {SITE / "README.md"}:
        shutil.copy(page, folder)
    shutil.copytree(SITE / "images", folder / "images")
    glossary = (SITE / "glossary.md").read_text(encoding="utf-8")
    uses = Uses(glossary_terms(glossary))
    notebooks = sorted((COURSE / "source").glob("*/*.ipynb"))
    if not notebooks:
        sys.exit(f"There is no notebook in {COURSE / 'source'}: the site would be empty.")
    for path in notebooks:
        release = COURSE / "release" / path.parent.name / path.name
        if not release.exists():
            sys.exit(f"{release} is missing: make it with `make release`.")
        page = page_of(nbformat.read(path, as_version=4), nbformat.read(release, as_version=4), Page(path.name, uses))
        page.cells.insert(1, nbformat.v4.new_markdown_cell(ways_to_open(path, repository())))
        page.cells.append(nbformat.v4.new_markdown_cell(f"**Next:** [the quiz](quiz-{path.name[:2]}.md)."))
        nbformat.write(page, folder / path.name)
        shutil.copy(release, extra / DOWNLOADS)
    for path in sorted(SITE.glob("quiz-*.md")):
        quiz = Page(path.name, uses).linked(path.read_text(encoding="utf-8"))
        (folder / path.name).write_text(quiz, encoding="utf-8")
    (folder / "glossary.md").write_text(with_uses(glossary, uses), encoding="utf-8")


def repository():
    """The address of the course's repository, which pyproject.toml names once there is one; else an empty string."""
    about = (COURSE / "packages" / "cnn-course" / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(about)["project"].get("urls", {}).get("Repository", "").rstrip("/")


def ways_to_open(path, address):
    """Links to download a notebook and, if the course's repository is on GitHub, to open it in Colab and Binder."""
    links = [f'<a href="{DOWNLOADS}/{path.name}" download>Download this notebook</a>']
    if address.startswith("https://github.com/"):
        name, place = address.removeprefix("https://github.com/"), f"release/{path.parent.name}/{path.name}"
        links += [
            f'<a href="https://colab.research.google.com/github/{name}/blob/main/{place}">Open in Colab</a>',
            f'<a href="https://mybinder.org/v2/gh/{name}/main?labpath={quote(place, safe="")}">Open in Binder</a>',
        ]
    return f'<p class="ways-to-open">{" ".join(links)}</p>'


def page_of(source, released, terms):
    """The page for a notebook: see above.

    Parameters
    ----------
    source, released : nbformat.NotebookNode
        As the instructor has it, and as students get it.
    terms : terms.Page
        What links its texts to the glossary.
    """
    stubs = {cell.metadata.nbgrader.grade_id: cell.source for cell in released.cells if "nbgrader" in cell.metadata}
    page = copy.deepcopy(source)
    page.cells = []
    names = iter([_task_name(cell) for cell in source.cells if cell.metadata.get("nbgrader", {}).get("solution")])
    for cell in source.cells:
        cell = copy.deepcopy(cell)
        if cell.cell_type == "markdown":
            cell.source = TASK.sub(lambda found: _task_heading(found, next(names)), cell.source)
        page.cells += _shown(cell, stubs, terms)
    return page


def _task_name(cell):
    """What a task's cell defines; an empty string where the answer is written in words."""
    return cell.metadata.nbgrader.grade_id if cell.cell_type == "code" else ""


def _task_heading(found, name):
    """The heading of a task, by which the page's contents lead to it, and its points."""
    title = f"{found[1]}: `{name}`" if name else found[1]
    return f"\n\n### {title}\n\n**{found[2]}.** "


def _shown(cell, stubs, terms):
    """The cells of the page that stand for one of the notebook."""
    task = cell.metadata.pop("nbgrader", {})
    name = task.get("grade_id", "")
    if cell.cell_type == "markdown":
        if task.get("solution"):
            return [_folded(cell, "A model answer, and how it is graded", terms)]
        cell.source = terms.linked(cell.source.replace(*FOLDED))
        return [cell]
    if "BEGIN HIDDEN TESTS" in cell.source:
        return []
    cell.source = MARKERS.sub("", cell.source)
    if task.get("solution"):
        return [nbformat.v4.new_markdown_cell(f"```python\n{stubs[name]}\n```"), _hidden(cell, SOLUTION)]
    return [_hidden(cell, CHECK, "check") if task.get("grade") else cell]


def _hidden(cell, prompt, *tags):
    """A code cell whose source is folded under these words."""
    cell.metadata.tags = [*cell.metadata.get("tags", []), "hide-input", *tags]
    cell.metadata.mystnb = {"code_prompt_show": prompt, "code_prompt_hide": prompt}
    return cell


def _folded(cell, words, terms):
    text = terms.linked(MARKERS.sub("", cell.source))
    cell.source = f"<details><summary>{words}</summary>\n\n{text}\n\n</details>"
    return cell


if __name__ == "__main__":
    main(*sys.argv[1:])
