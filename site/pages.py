"""Make the pages of the reading site: the instructor's notebooks, as somebody reads them who has no grader.

    python site/pages.py FOLDER

A task is shown as students get it, its solution folded under it; hidden tests are left out; the checks are run and folded.
"""

import copy
import re
import shutil
import sys
from pathlib import Path

import nbformat

SITE = Path(__file__).resolve().parent
COURSE = SITE.parent
MARKERS = re.compile(r"^ *### (BEGIN|END) (SOLUTION|HIDDEN TESTS)\n?", re.MULTILINE)
BOLD_TERM = re.compile(r"\*\*([^*\n]+)\*\*(?=,? \((?:[^()]*, )?[가-힣])")
SOLUTION, CHECK = "A solution: open it after you have tried", "The check"


def main(folder):
    """Write all pages into a folder that is made anew."""
    folder = Path(folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for page in SITE.glob("*.md"):
        shutil.copy(page, folder)
    terms = glossary_terms((SITE / "glossary.md").read_text(encoding="utf-8"))
    for path in sorted((COURSE / "source").glob("*/*.ipynb")):
        released = nbformat.read(COURSE / "release" / path.parent.name / path.name, as_version=4)
        notebook = page_of(nbformat.read(path, as_version=4), released, terms)
        nbformat.write(notebook, folder / path.name)
        shutil.copy(COURSE / "release" / path.parent.name / path.name, folder / f"{path.stem}-to-work-in.ipynb")


def glossary_terms(text):
    """The terms of a glossary page, as they are written there."""
    return set(re.findall(r"(?m)^([^\s`#].*)$", text.partition("```{glossary}")[2]))


def page_of(source, released, terms):
    """The page for a notebook: see above.

    Parameters
    ----------
    source, released : nbformat.NotebookNode
        As the instructor has it, and as students get it.
    terms : set of str
        What the glossary explains.
    """
    stubs = {cell.metadata.nbgrader.grade_id: cell.source for cell in released.cells if "nbgrader" in cell.metadata}
    page = copy.deepcopy(source)
    page.cells = []
    for cell in source.cells:
        page.cells += _shown(copy.deepcopy(cell), stubs, terms)
    return page


def _shown(cell, stubs, terms):
    """The cells of the page that stand for one of the notebook."""
    task = cell.metadata.pop("nbgrader", {})
    name = task.get("grade_id", "")
    if cell.cell_type == "markdown":
        if task.get("solution"):
            return [_folded(cell, "A model answer, and how it is graded", terms)]
        cell.source = linked(cell.source, terms)
        return [cell]
    if "BEGIN HIDDEN TESTS" in cell.source:
        return []
    cell.source = MARKERS.sub("", cell.source)
    if task.get("solution"):
        return [nbformat.v4.new_markdown_cell(f"```python\n{stubs[name]}\n```"), _hidden(cell, SOLUTION)]
    return [_hidden(cell, CHECK) if task.get("grade") else cell]


def _hidden(cell, prompt):
    """A code cell whose source is folded under these words."""
    cell.metadata.tags = [*cell.metadata.get("tags", []), "hide-input"]
    cell.metadata.mystnb = {"code_prompt_show": prompt, "code_prompt_hide": prompt}
    return cell


def _folded(cell, words, terms):
    text = linked(MARKERS.sub("", cell.source), terms)
    cell.source = f"<details><summary>{words}</summary>\n\n{text}\n\n</details>"
    return cell


def linked(text, terms):
    """A text in which every bold term that has its Korean equivalent beside it leads to the glossary."""

    def link(found):
        term = next((each for each in (found[1].lower(), found[1].lower().rstrip("s")) if each in terms), None)
        return f"**{{term}}`{found[1]} <{term}>`**" if term else found[0]

    return BOLD_TERM.sub(link, text)


if __name__ == "__main__":
    main(sys.argv[1])
