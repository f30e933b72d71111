"""Make the pages of the reading site: the instructor's notebooks, as somebody reads them who has no grader.

    python book/pages.py FOLDER EXTRA [LANGUAGE]

A task is shown as students get it, under a heading of its own and with its solution folded; hidden tests are left out;
the checks are run and folded. In another language the pages are made from the same English texts, by its catalogues.
"""

import copy
import re
import shutil
import sys
import tomllib
from pathlib import Path
from urllib.parse import quote

import nbformat
from terms import Page, Uses, glossary_terms, spoken_terms, with_uses
from words import ENGLISH, _, speak

from editions import catalogues, markdown, notebooks

SITE = Path(__file__).resolve().parent
COURSE = SITE.parent
MARKERS = re.compile(r"^ *### (BEGIN|END) (SOLUTION|HIDDEN TESTS)\n?", re.MULTILINE)
TASK = re.compile(r"\*\*([^*()\n]+) \(([^*()]*)\)\.\*\* *")  # **Task 1 (8 points).**, in any language
CODE_CELL = "```{code-cell}\n"
NOT_SHOWN = ":tags: [remove-cell]\n"
FOLD, RIGHT = "<details>", "<details data-right>"  # the options of a quiz
DOWNLOADS = "notebooks"


def main(folder, extra, language=ENGLISH):
    """Write all pages into a folder, and what is downloaded from them into another; both are made anew."""
    speak(language)
    folder, extra = Path(folder), Path(extra)
    for each in (folder, extra / DOWNLOADS):
        shutil.rmtree(each, ignore_errors=True)
        each.mkdir(parents=True)
    texts = {path.name: text_of(path, language) for path in {*SITE.glob("*.md")} - {SITE / "README.md"}}
    shutil.copytree(SITE / "images", folder / "images")
    glossary = texts["glossary.md"]
    uses = Uses(glossary_terms((SITE / "glossary.md").read_text(encoding="utf-8")), spoken_terms(glossary))
    sources = sorted((COURSE / "source").glob("*/*.ipynb"))
    if not sources:
        sys.exit(f"There is no notebook in {COURSE / 'source'}: the site would be empty.")
    for path in sources:
        release = COURSE / released_in(language) / path.parent.name / path.name
        if not release.exists():
            edition = "" if language == ENGLISH else f" EDITION={language}"
            sys.exit(f"{release} is missing: make it with `make release{edition}`.")
        page = page_of(notebook_of(path, language), nbformat.read(release, as_version=4), Page(path.name, uses))
        page.cells.insert(1, nbformat.v4.new_markdown_cell(ways_to_open(path, repository(), released_in(language))))
        quiz = _("**Next:** [the quiz]({page}).", page=f"quiz-{path.name[:2]}.md")
        page.cells.append(nbformat.v4.new_markdown_cell(quiz))
        nbformat.write(page, folder / path.name)
        shutil.copy(release, extra / DOWNLOADS)
    for name in sorted(name for name in texts if name.startswith("quiz-")):
        texts[name] = marked(Page(name, uses).linked(texts[name]), (SITE / name).read_text(encoding="utf-8"))
    texts["glossary.md"] = with_uses(glossary, uses)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def text_of(path, language):
    """The text of a page in a language, which the page's code speaks as well."""
    text = path.read_text(encoding="utf-8")
    if language == ENGLISH:
        return text
    known = catalogues.translations("book", language)
    text = markdown.translated(text, lambda message: known.get(message, message))
    speaking = f"{CODE_CELL}{NOT_SHOWN}{notebooks.EDITION.format(language=language)}\n```\n\n"
    return text.replace(CODE_CELL, speaking + CODE_CELL, 1)


def notebook_of(path, language):
    """The instructor's notebook in a language."""
    notebook = nbformat.read(path, as_version=4)
    return notebook if language == ENGLISH else notebooks.edition(notebook, path.stem, language)


def released_in(language):
    """The folder of the notebooks that are downloaded."""
    return "release" if language == ENGLISH else f"release-{language}"


def marked(quiz, english):
    """The text of a quiz, its right options marked for quiz.js: those that are right in English."""
    folds = iter([RIGHT if "**Right.**" in option else FOLD for option in english.split(FOLD)[1:]])
    return re.sub(FOLD, lambda found: next(folds), quiz)


def repository():
    """The address of the course's repository, which pyproject.toml names once there is one; else an empty string."""
    about = (COURSE / "packages" / "cnn-course" / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(about)["project"].get("urls", {}).get("Repository", "").rstrip("/")


def ways_to_open(path, address, folder="release"):
    """Links to download a notebook and, if the course's repository is on GitHub, to open it in Colab and Binder."""
    ways = [(f'"{DOWNLOADS}/{path.name}" download', _("Download this notebook"))]
    if address.startswith("https://github.com/"):
        name, place = address.removeprefix("https://github.com/"), f"{folder}/{path.parent.name}/{path.name}"
        ways += [
            (f'"https://colab.research.google.com/github/{name}/blob/main/{place}"', _("Open in Colab")),
            (f'"https://mybinder.org/v2/gh/{name}/main?labpath={quote(place, safe="")}"', _("Open in Binder")),
        ]
    links = " ".join(f"<a href={goal}>{words}</a>" for goal, words in ways)
    return f'<p class="ways-to-open">{links}</p>'


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
            return [_folded(cell, _("A model answer, and how it is graded"), terms)]
        cell.source = terms.linked(
            cell.source.replace(_("click its dots"), _("open its bar"))
        )  # in JupyterLab, and on a page
        return [cell]
    if "BEGIN HIDDEN TESTS" in cell.source:
        return []
    cell.source = MARKERS.sub("", cell.source)
    if task.get("solution"):
        return [
            nbformat.v4.new_markdown_cell(f"```python\n{stubs[name]}\n```"),
            _hidden(cell, _("A solution: open it after you have tried")),
        ]
    if cell.id == "edition":
        cell.metadata.tags = ["remove-cell"]
    return [_hidden(cell, _("The check"), "check") if task.get("grade") else cell]


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
