"""Submissions with something wrong: what was done to a perfect notebook, and the status and points it must get."""

import json
import zipfile
from dataclasses import dataclass
from typing import Callable

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from testing.classroom import compose, released, solutions, tasks, without_metadata

ASSIGNMENT = "02-stride-padding"
FILE = f"{ASSIGNMENT}.ipynb"
FULL = 58
CASES = {}


@dataclass(frozen=True)
class Case:
    """A way to hand in, and what must come of it."""

    hand_in: Callable
    status: str
    points: float
    says: str


def case(status, points=0, says=""):
    """Register a function (folder, notebook) that writes a submission."""

    def register(function):
        CASES[function.__name__.replace("_", "-")] = Case(function, status, points, says)
        return function

    return register


def change(status="repaired", points=FULL, says=""):
    """Register a function (notebook) that changes the notebook in place; the rest is as it should be."""

    def register(function):
        def hand_in(folder, notebook):
            function(notebook)
            (folder / FILE).write_text(json.dumps(notebook))

        hand_in.__name__ = function.__name__
        case(status, points, says)(hand_in)
        return function

    return register


def perfect():
    """The notebook with a right solution in every cell."""
    right = {task: solutions(ASSIGNMENT, task)[0].code for task in tasks(ASSIGNMENT)}
    return compose(ASSIGNMENT, right)


def place(notebook, grade_id):
    """Index of a graded cell."""
    return next(
        i for i, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def cell(notebook, grade_id):
    """A graded cell."""
    return notebook.cells[place(notebook, grade_id)]


def text(notebook):
    """The notebook as a file holds it."""
    return nbformat.writes(notebook)


# What is no notebook


@case("not-a-notebook", says="is empty")
def an_empty_file(folder, notebook):
    (folder / FILE).write_text("")


@case("not-a-notebook", says="cut off")
def cut_off(folder, notebook):
    (folder / FILE).write_text(text(notebook)[:5000])


@case("not-a-notebook", says="has no cells")
def some_other_json(folder, notebook):
    (folder / FILE).write_text('{"name": "kim", "grades": [1, 2]}')


@case("not-a-notebook", says="has no cells")
def null(folder, notebook):
    (folder / FILE).write_text("null")


@case("not-a-notebook", says="not valid JSON")
def endless_brackets(folder, notebook):
    (folder / FILE).write_text("[" * 200_000)


@case("not-a-notebook", says="web page")
def a_login_page(folder, notebook):
    (folder / FILE).write_text("<!DOCTYPE html><html><title>Sign in</title></html>")


@case("not-a-notebook", says="PDF")
def a_pdf(folder, notebook):
    (folder / FILE).write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")


@case("not-a-notebook", says="zip or Word")
def a_word_file(folder, notebook):
    with zipfile.ZipFile(folder / FILE, "w") as file:
        file.writestr("word/document.xml", "<w:document/>")


@case("not-a-notebook", says="merge conflict")
def a_merge_conflict(folder, notebook):
    (folder / FILE).write_text(
        text(notebook).replace(' "cells": [', '<<<<<<< HEAD\n "cells": [\n=======\n>>>>>>> mine', 1)
    )


@case("not-a-notebook", says="not valid JSON")
def a_picture(folder, notebook):
    (folder / FILE).write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")


@case("not-a-notebook", says="unpacked")
def a_zip_cut_off(folder, notebook):
    with zipfile.ZipFile(folder / "work.zip", "w") as file:
        file.writestr(FILE, text(notebook))
    content = (folder / "work.zip").read_bytes()
    (folder / "work.zip").write_bytes(content[: len(content) // 2])


# What is not there, or of another assignment


@case("missing", says="No 02-stride-padding.ipynb was handed in.")
def an_empty_folder(folder, notebook):
    pass


@case("missing", says="There is only 02-stride-padding.py.")
def a_script(folder, notebook):
    (folder / f"{ASSIGNMENT}.py").write_text("import numpy as np\n")


@case("missing", says="can't be opened")
def a_rar(folder, notebook):
    (folder / "work.rar").write_bytes(b"Rar!\x1a\x07")


@case("missing")
def only_a_checkpoint(folder, notebook):
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / f"{ASSIGNMENT}-checkpoint.ipynb").write_text(text(notebook))


@case("wrong-assignment", says="is the notebook of 03-pooling")
def another_assignment(folder, notebook):
    nbformat.write(released("03-pooling"), folder / FILE)


@case("wrong-assignment", says="none of the cells")
def a_notebook_of_ones_own(folder, notebook):
    nbformat.write(nbformat.v4.new_notebook(cells=[new_code_cell("print('hello')")]), folder / FILE)


@case("wrong-assignment", says="none of the cells")
def a_notebook_without_cells(folder, notebook):
    (folder / FILE).write_text('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}')


# Where the file lies, what it is called, how it is written


@case("repaired", FULL, "was taken for")
def renamed_by_a_browser(folder, notebook):
    nbformat.write(notebook, folder / f"{ASSIGNMENT} (1).ipynb")


@case("repaired", FULL, "was taken for")
def a_name_of_ones_own(folder, notebook):
    nbformat.write(notebook, folder / "Übung zwei – final.ipynb")


@case("repaired", FULL, "lay beside")
def two_copies(folder, notebook):
    nbformat.write(notebook, folder / FILE)
    nbformat.write(released(ASSIGNMENT), folder / f"{ASSIGNMENT}-Copy1.ipynb")


@case("repaired", FULL, "was unpacked")
def zipped(folder, notebook):
    with zipfile.ZipFile(folder / "work.zip", "w") as file:
        file.writestr(FILE, text(notebook))


@case("repaired", FULL, "lay in the folder")
def zipped_with_a_folder_inside(folder, notebook):
    with zipfile.ZipFile(folder / "work.zip", "w") as file:
        file.writestr(f"work/{ASSIGNMENT}/{FILE}", text(notebook))
        file.writestr(f"__MACOSX/work/{ASSIGNMENT}/._{FILE}", "\0\0")
        file.writestr(f"work/.ipynb_checkpoints/{ASSIGNMENT}-checkpoint.ipynb", "{}")


@case("repaired", FULL, "lay in the folder")
def in_a_folder_of_its_own(folder, notebook):
    (folder / "my work").mkdir()
    nbformat.write(notebook, folder / "my work" / FILE)


@case("repaired", FULL, "byte order mark")
def with_a_byte_order_mark(folder, notebook):
    (folder / FILE).write_text(text(notebook), encoding="utf-8-sig")


@case("repaired", FULL, "byte order mark")
def in_utf_16(folder, notebook):
    (folder / FILE).write_text(text(notebook), encoding="utf-16")


@case("repaired", FULL, "Windows-1252")
def in_windows_1252(folder, notebook):
    cell(notebook, "zero_pad").source += "\n# Größe"
    (folder / FILE).write_text(text(notebook), encoding="cp1252", errors="replace")


# What an editor or a platform left of the notebook


@change(says="metadata were lost")
def lost_metadata(notebook):
    notebook.update(without_metadata(notebook))


@change(says="metadata were lost")
def a_colab_export(notebook):
    for each in notebook.cells:
        each.metadata = {"id": "aB3dE5fG7hI9"} | (
            {"colab": {"base_uri": "https://example.org/"}} if each.cell_type == "code" else {}
        )
        each.pop("id", None)
        if each.cell_type == "code":
            each.update(outputs=[{"output_type": "stream", "name": "stdout", "text": ["1\n"]}], execution_count=3)
    notebook.metadata = {"colab": {"provenance": []}, "kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook.nbformat_minor = 0


@change("graded")
def a_vscode_export(notebook):
    for each in notebook.cells:
        each.metadata["vscode"] = {"languageId": "python"}
    notebook.metadata = {
        "kernelspec": {"display_name": ".venv (3.11.7)", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "version": "3.11.7"},
    }


@change(says="metadata were lost")
def a_kaggle_export(notebook):
    for each in notebook.cells:
        each.metadata = {"trusted": True, "_uuid": "8f2839f25d086af736a60e9eeb907d3b93b6e0e5", "_kg_hide-input": False}
    notebook.metadata["kaggle"] = {"accelerator": "none", "dataSources": []}


@change(says="my-env")
def a_kernel_of_ones_own(notebook):
    notebook.metadata["kernelspec"] = {"name": "my-env", "display_name": "My environment", "language": "python"}


@change(says="ir")
def a_kernel_of_another_language(notebook):
    notebook.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}


@change("graded")
def no_metadata_of_the_notebook(notebook):
    notebook.metadata = {}


@change(says="another version")
def an_older_schema(notebook):
    for each in notebook.cells:
        if "nbgrader" in each.metadata:
            del each.metadata["nbgrader"]["schema_version"]


@change(says="another version")
def a_newer_schema(notebook):
    for each in notebook.cells:
        if "nbgrader" in each.metadata:
            each.metadata["nbgrader"]["schema_version"] = 99


@change("graded")
def odd_metadata(notebook):
    notebook.metadata["language_info"] = "python"
    for each in notebook.cells:
        if "nbgrader" not in each.metadata:
            each.metadata = None


@change(says="not cells were left out")
def cells_that_are_none(notebook):
    notebook.cells += [None, 3, {"cell_type": "code", "source": 7}]


@change("graded")
def missing_keys(notebook):
    for each in notebook.cells:
        for key in ("outputs", "execution_count", "id"):
            each.pop(key, None)


@change("graded")
def one_id_for_all_cells(notebook):
    for each in notebook.cells:
        each.id = "cell"


@change("graded")
def broken_outputs(notebook):
    for each in notebook.cells:
        if each.cell_type == "code":
            each.outputs = [{"output_type": "sound", "data": 3}, "text"]


@case("repaired", FULL, "metadata were lost")
def of_format_3(folder, notebook):
    nbformat.write(nbformat.convert(without_metadata(notebook), 3), folder / FILE)


@change(says="Characters that no file can hold")
def half_a_character(notebook):
    cell(notebook, "zero_pad").source += "\n# \ud83d"


@change("graded")
def twenty_megabytes_of_outputs(notebook):
    cell(notebook, "zero_pad").outputs = [nbformat.v4.new_output("stream", text="0123456789" * 2_000_000)]


# What a student did to graded cells


@change(says="conv2d-check was missing")
def a_deleted_visible_test(notebook):
    del notebook.cells[place(notebook, "conv2d-check")]


@change(says="conv2d-hidden was missing")
def a_deleted_hidden_test(notebook):
    del notebook.cells[place(notebook, "conv2d-hidden")]


@change(points=FULL - 9, says="conv2d was missing")
def a_deleted_solution(notebook):
    del notebook.cells[place(notebook, "conv2d")]


@change(says="conv2d-check had been edited")
def an_edited_test(notebook):
    cell(notebook, "conv2d-check").source = "assert True"


@change(says="settings of conv2d-check")
def points_of_ones_own(notebook):
    cell(notebook, "conv2d-check").metadata["nbgrader"]["points"] = 1000


@change(says="settings of conv2d-hidden")
def a_test_that_is_graded_by_hand(notebook):
    cell(notebook, "conv2d-hidden").metadata["nbgrader"]["solution"] = True


@change(points=FULL - 9, says="marked to be skipped")
def tests_marked_to_be_skipped(notebook):
    cell(notebook, "conv2d").source = "conv2d = None"
    for grade_id in ("conv2d-check", "conv2d-hidden"):
        cell(notebook, grade_id).metadata["tags"] = ["skip-execution", "raises-exception"]


@change(points=FULL - 9, says="become a raw cell")
def tests_turned_into_text(notebook):
    cell(notebook, "conv2d").source = "conv2d = None"
    for grade_id in ("conv2d-check", "conv2d-hidden"):
        cell(notebook, grade_id).cell_type = "raw"


@change(says="become a markdown cell")
def a_solution_turned_into_text(notebook):
    cell(notebook, "conv2d").cell_type = "markdown"


@change(says="the last one counts")
def a_doubled_solution(notebook):
    first = nbformat.from_dict(cell(notebook, "conv2d"))
    first.source = "def conv2d(*arguments):\n    return 0"
    notebook.cells.insert(place(notebook, "conv2d"), first)


@change(says="2 times")
def a_doubled_test(notebook):
    where = place(notebook, "conv2d-check")
    notebook.cells.insert(where, nbformat.from_dict(notebook.cells[where]))


@change(says="2 times")
def a_split_solution(notebook):
    where = place(notebook, "zero_pad")
    second = nbformat.from_dict(notebook.cells[where])
    notebook.cells[where].source = "def padded(values):\n    return values"
    notebook.cells.insert(where + 1, second)


@change(says="conv2d-check was missing")
def a_solution_and_its_test_in_one_cell(notebook):
    test = notebook.cells.pop(place(notebook, "conv2d-check"))
    cell(notebook, "conv2d").source += "\n\n" + test.source


@change(says="moved back")
def a_test_before_its_solution(notebook):
    test = notebook.cells.pop(place(notebook, "conv2d-check"))
    notebook.cells.insert(place(notebook, "conv2d"), test)


@change("graded")
def many_cells_of_ones_own(notebook):
    for i in range(0, 40, 2):
        notebook.cells.insert(i, new_markdown_cell(f"note {i}"))
        notebook.cells.insert(i, new_code_cell(f"note_{i} = {i}"))


# What goes wrong while it is executed


@change("graded", FULL - 9)
def a_syntax_error(notebook):
    cell(notebook, "conv2d").source = "def conv2d(x, kernels"


@change("graded", FULL - 4)
def a_null_byte(notebook):
    cell(notebook, "zero_pad").source += "\n\0"


@change("timed-out", FULL - 4, "zero_pad")
def an_endless_loop(notebook):
    cell(notebook, "zero_pad").source = "while True:\n    pass"


@change("graded")
def a_question_to_the_reader(notebook):
    notebook.cells.insert(3, new_code_cell("name = input('Who are you? ')"))


@change("graded")
def commands_of_the_shell(notebook):
    notebook.cells.insert(3, new_code_cell("!ls -la\n%cd ..\n%pip install torch\n!git clone https://example.org/x.git"))


@change("graded")
def a_failing_cell_of_ones_own(notebook):
    notebook.cells.insert(3, new_code_cell("1 / 0"))
    notebook.cells.insert(5, new_code_cell("import sys\nsys.exit(3)"))


@change("crashed", 0, "quit() or exit()")
def a_quit_at_the_start(notebook):
    notebook.cells.insert(3, new_code_cell("quit()"))
