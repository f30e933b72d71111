"""Releases in another language, made of an English one by a dictionary of replacements."""

import copy
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell
from nbgrader.utils import compute_checksum

SAYS = 'import os\n\nos.environ["NOTEBOOK_LANGUAGE"] = "{}"'
KOREAN = {  # for notebook 02; each leaves code that runs
    "Your turn: replace this line with your code.": "여러분 차례입니다: 이 줄을 코드로 바꾸세요.",
    "YOUR ANSWER HERE": "여기에 답을 쓰세요",
    "The course package cnn_course is not": "과목 패키지 cnn_course가 없습니다, not",
    'hint="': 'hint="다시 보세요: ',
    "Hidden test": "숨은 테스트",
    '"""Return': '"""돌려주기',
    "**Task": "**과제",
    "**Predict": "**예측",
    "## ": "## 한국어로: ",
    " the ": " 그 ",
}


def translated(release, language, words):
    """A release in a language: words replaced, nbgrader's checksums anew, and a first cell that says the language."""
    made = copy.deepcopy(release)
    for cell in made.cells:
        for english, other in words.items():
            if cell.cell_type == "markdown" or english != " the ":
                cell.source = cell.source.replace(english, other)
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    made.metadata["lang"] = language
    made.cells.insert(0, new_code_cell(SAYS.format(language), id="edition"))
    return made


def add_edition(course, assignment, name, release, language, words):
    """Put an edition of a released notebook into a course directory, and return it."""
    made = translated(release, language, words)
    path = Path(course) / f"release-{language}" / assignment / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)
    return made
