"""What intake makes of files that are not as they were released."""

import json

import nbformat
import pytest

from autograder.intake import handed, taking_in
from autograder.intake.reading import NotGradable, read
from autograder.intake.released import Released
from autograder.intake.taking_in import repair
from testing.classroom import ASSIGNMENTS, compose, course_directory, released, solutions, tasks, without_metadata
from testing.desk import desk
from tests import fuzz_intake
from tests.submissions import odd
from tests.submissions.bad import perfect as odd_perfect

NAME = "02-stride-padding"
RELEASES = {assignment: {assignment: Released(released(assignment))} for assignment in ASSIGNMENTS}


def solved(**texts):
    return compose(NAME, {task: solutions(NAME, task)[0].code for task in tasks(NAME)} | texts)


def take_in(folder, name, assignment, releases):
    with handed.opened(folder) as submission:
        return taking_in.take_in(submission, name, assignment, releases)


def ids(notebook):
    return [cell.metadata["nbgrader"]["grade_id"] for cell in notebook.cells if "nbgrader" in cell.metadata]


def place(notebook, grade_id):
    return next(
        i for i, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


@pytest.mark.parametrize("level, marks", [(2, "##"), (2.0, "##"), (9, "#"), ("2", "#"), (None, "#")])
def test_a_heading_of_format_3_becomes_one_of_markdown(tmp_path, level, marks):
    cells = [{"cell_type": "heading", "level": level, "source": "Pooling", "metadata": {}}]
    (tmp_path / "a.ipynb").write_text(
        json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]})
    )
    [cell] = read(tmp_path / "a.ipynb")[0].cells
    assert (cell.cell_type, cell.source) == ("markdown", f"{marks} Pooling")


def same_cells(notebook, other):
    return [(cell.source, cell.metadata.get("nbgrader")) for cell in notebook.cells] == [
        (cell.source, cell.metadata.get("nbgrader")) for cell in other.cells
    ]


def test_an_honest_notebook_is_left_as_it_is():
    notebook = solved()
    notebook.cells.insert(20, nbformat.v4.new_code_cell("my_helper = 3"))
    before = nbformat.from_dict(notebook)
    assert repair(notebook, released(NAME)) == []
    assert same_cells(notebook, before)


@pytest.mark.parametrize("which", range(2))
def test_lost_metadata_are_found_again_by_text_and_place(which):
    found = {task: solutions(NAME, task)[which].code for task in tasks(NAME)}
    notebook = without_metadata(compose(NAME, found))
    repairs = repair(notebook, released(NAME))
    assert repairs == ["nbgrader's metadata were lost: the cells were recognised by text and place."]
    assert same_cells(notebook, compose(NAME, found))


def test_lost_metadata_and_a_cell_of_ones_own_between():
    notebook = without_metadata(solved())
    where = next(
        i
        for i, cell in enumerate(notebook.cells)
        if cell.source.startswith("import cnn_course.checks") and "conv2d" in cell.source
    )
    notebook.cells.insert(where, nbformat.v4.new_code_cell("print('trying things')"))
    repair(notebook, released(NAME))
    assert notebook.cells[place(notebook, "conv2d")].source == solutions(NAME, "conv2d")[0].code
    assert ids(notebook) == ids(released(NAME))


def test_a_deleted_test_and_a_deleted_solution_are_put_back_in_their_places():
    notebook = solved()
    for grade_id in ("conv2d-check", "conv2d-hidden", "same_padding", "setup", "stride-padding-written"):
        del notebook.cells[place(notebook, grade_id)]
    repairs = repair(notebook, released(NAME))
    assert ids(notebook) == ids(released(NAME))
    assert "conv2d-check was missing and was put back." in repairs and len(repairs) == 5


def test_an_untouched_copy_of_a_solution_cell_behind_the_real_one_does_not_count():
    notebook = solved()
    copy = nbformat.from_dict(released(NAME).cells[place(released(NAME), "conv2d")])
    notebook.cells.insert(place(notebook, "conv2d") + 1, copy)
    repairs = repair(notebook, released(NAME))
    assert repairs == ["conv2d was there 2 times: the untouched copy was left out."]
    assert same_cells(notebook, solved())


def test_of_two_versions_of_a_solution_the_later_one_counts_and_both_run():
    notebook = solved()
    second = nbformat.from_dict(notebook.cells[place(notebook, "conv2d")])
    second.source = "conv2d = None"
    notebook.cells.insert(place(notebook, "conv2d") + 1, second)
    assert repair(notebook, released(NAME)) == ["conv2d was there 2 times: the last one counts."]
    assert notebook.cells[place(notebook, "conv2d")].source == "conv2d = None"
    assert notebook.cells[place(notebook, "conv2d") - 1].source == solutions(NAME, "conv2d")[0].code


def test_a_test_moved_before_its_solution_is_moved_back():
    notebook = solved()
    moved = notebook.cells.pop(place(notebook, "conv2d-check"))
    notebook.cells.insert(place(notebook, "zero_pad"), moved)
    assert repair(notebook, released(NAME)) == ["conv2d-check stood before the cell it tests and was moved back."]
    assert same_cells(notebook, solved())


def test_an_edited_test_is_restored():
    notebook = solved()
    notebook.cells[place(notebook, "conv2d-check")].source = "assert True"
    assert repair(notebook, released(NAME)) == ["conv2d-check had been edited and was restored."]
    assert same_cells(notebook, solved())


def test_a_code_cell_turned_into_text_is_turned_back():
    notebook = solved()
    cell = notebook.cells[place(notebook, "conv2d")]
    cell.cell_type = "markdown"
    del cell["outputs"], cell["execution_count"]
    assert repair(notebook, released(NAME)) == ["conv2d had become a markdown cell and was turned back."]
    nbformat.validate(notebook)


@pytest.mark.parametrize(
    "text, status, says",
    [
        ("", "not-a-notebook", "is empty"),
        ('{"cells": [', "not-a-notebook", "is not valid JSON"),
        ("[" * 100_000, "not-a-notebook", "is not valid JSON"),
        ("[1, 2]", "not-a-notebook", "is JSON, but not a Jupyter notebook"),
        (
            '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 3}',
            "not-a-notebook",
            "it has no cells",
        ),
        (b"\xff\x00\x9d", "not-a-notebook", "is not valid JSON"),
    ],
    ids=["empty", "cut-off", "deep", "list", "no-cells", "binary"],
)
def test_what_is_no_notebook_gets_its_sentence(tmp_path, text, status, says):
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(NotGradable, match=says) as caught:
        read(path)
    assert caught.value.status == status and path.name in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_of_an_editor_does_not_matter(tmp_path, encoding):
    path = tmp_path / "notebook.ipynb"
    text = json.dumps(solved(zero_pad="# é"), ensure_ascii=False)
    path.write_text("".join(letter for letter in text if letter == "é" or ord(letter) < 128), encoding=encoding)
    notebook, said = read(path)
    assert ids(notebook) == ids(released(NAME)) and len(said) == 1
    assert notebook.cells[place(notebook, "zero_pad")].source == "# é"


def test_a_renamed_notebook_is_taken(tmp_path):
    nbformat.write(solved(), tmp_path / f"{NAME} (1).ipynb")
    taken = take_in(tmp_path, NAME, NAME, RELEASES)
    assert taken.repairs == [f"{NAME} (1).ipynb was taken for {NAME}.ipynb."]


def test_nothing_handed_in(tmp_path):
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(NotGradable) as caught:
            take_in(folder, NAME, NAME, RELEASES)
        assert caught.value.status == "missing"


@pytest.mark.parametrize("change", [lambda notebook: notebook, without_metadata], ids=["as-is", "metadata-lost"])
def test_the_notebook_of_another_assignment_is_named(tmp_path, change):
    nbformat.write(change(released("03-pooling")), tmp_path / f"{NAME}.ipynb")
    with pytest.raises(NotGradable, match="is the notebook of 03-pooling, not of 02-stride-padding") as caught:
        take_in(tmp_path, NAME, NAME, RELEASES)
    assert caught.value.status == "wrong-assignment"


def test_a_notebook_of_no_assignment(tmp_path):
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")]), tmp_path / f"{NAME}.ipynb")
    with pytest.raises(NotGradable, match="none of the cells") as caught:
        take_in(tmp_path, NAME, NAME, RELEASES)
    assert caught.value.status == "wrong-assignment"


@pytest.fixture(scope="module")
def intake_desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    with desk(course_directory(folder / "course"), folder / "temporary", NAME) as made:
        yield made


@pytest.mark.parametrize("name", odd.CASES)
def test_what_is_handed_in_in_an_odd_form(intake_desk, name):
    case, perfect = odd.CASES[name], odd_perfect()
    folder = intake_desk.course.folder("submitted", name, NAME)
    folder.mkdir(parents=True)
    case.hand_in(folder, odd_perfect())
    submission, notebooks = intake_desk.take_in(name)
    assert (submission.status, case.says in submission.reason) == (case.status, True), submission.reason
    assert submission.reason.isprintable() and submission.reason.endswith(".")
    if case.status in ("graded", "repaired"):
        code = "\n".join(cell.source for cell in notebooks[NAME].cells)
        for task in tasks(NAME):
            assert perfect.cells[place(perfect, task)].source in code
        assert sorted(ids(notebooks[NAME])) == sorted(ids(released(NAME)))


def test_a_hundred_odd_folders_end_in_a_hundred_statuses(monkeypatch):
    monkeypatch.setattr(fuzz_intake, "BATCH", 60)
    assert fuzz_intake.fuzz(100, 600).total() == 100
