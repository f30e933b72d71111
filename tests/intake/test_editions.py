"""Submissions in another language are recognised, repaired and left alone as those in the source's are."""

import nbformat
import pytest
from nbgrader.utils import determine_grade

from autograder.intake import handed, taking_in
from autograder.intake.released import Released
from testing.classroom import compose, released, solutions, tasks, without_metadata
from testing.editions import KOREAN, translated

NAME = "02-stride-padding"
OWN = released(NAME)
EDITION = translated(OWN, "ko", KOREAN)
OTHER = "03-pooling"
RELEASES = {NAME: {NAME: Released(OWN, {"ko": EDITION})}, OTHER: {OTHER: Released(released(OTHER))}}
WRITTEN = {task: solutions(NAME, task)[0].code for task in tasks(NAME)}


def english():
    return compose(NAME, WRITTEN, whole=True)


def korean():
    made = nbformat.from_dict(EDITION)
    for task, code in WRITTEN.items():
        cell(made, task).source = code
    return made


def cell(notebook, grade_id):
    return notebook.cells[place(notebook, grade_id)]


def place(notebook, grade_id):
    return next(
        i for i, each in enumerate(notebook.cells) if each.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def taken_in(folder, notebook):
    nbformat.write(notebook, folder / f"{NAME}.ipynb")
    with handed.opened(folder) as submission:
        return taking_in.take_in(submission, NAME, NAME, RELEASES)


def delete(notebook):
    for grade_id in ("conv2d-check", "zero_pad-hidden", "setup"):
        del notebook.cells[place(notebook, grade_id)]


def edit(notebook):
    cell(notebook, "conv2d-check").source = "assert True"


def move(notebook):
    moved = notebook.cells.pop(place(notebook, "conv2d-check"))
    notebook.cells.insert(place(notebook, "zero_pad"), moved)


def split(notebook):
    first, where = cell(notebook, "conv2d-check"), place(notebook, "conv2d-check")
    first.source, _, rest = first.source.rpartition("\n\n")
    notebook.cells.insert(where + 1, nbformat.v4.new_code_cell(rest))


def double(notebook):
    where = place(notebook, "conv2d")
    of = OWN if "lang" not in notebook.metadata else EDITION
    notebook.cells.insert(where + 1, nbformat.from_dict({**cell(of, "conv2d"), "id": "twice"}))


def nothing(notebook):
    pass


DAMAGES = [nothing, delete, edit, move, split, double]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
@pytest.mark.parametrize("loss", [nbformat.from_dict, without_metadata], ids=["metadata", "without"])
def test_the_same_is_repaired_and_said(tmp_path, damage, loss):
    found = {}
    for language, made in (("en", english()), ("ko", korean())):
        (tmp_path / language).mkdir()
        damage(made)
        found[language] = taken_in(tmp_path / language, loss(made))
    assert found["ko"].repairs == found["en"].repairs
    assert [each for each in labels(found["ko"].notebook) if each] == [each for each in labels(OWN) if each]
    written = {each: [cell(found[each].notebook, task).source for task in WRITTEN] for each in found}
    stubs = {each: [cell(release, task).source for task in WRITTEN] for each, release in (("en", OWN), ("ko", EDITION))}
    assert [stubs["en"][i] if code == stubs["ko"][i] else code for i, code in enumerate(written["ko"])] == written["en"]
    fixed = [each for each in labels(OWN) if each and (each == "setup" or each.endswith(("-check", "-hidden")))]
    for language, release in (("en", OWN), ("ko", EDITION)):
        notebook = found[language].notebook
        assert all(cell(notebook, each).source == cell(release, each).source for each in fixed)
        assert notebook.metadata.get("lang") == release.metadata.get("lang")


def labels(notebook):
    return [each.metadata.get("nbgrader", {}).get("grade_id") for each in notebook.cells]


def test_an_edition_is_left_as_it_is(tmp_path):
    taken = taken_in(tmp_path, korean())
    assert taken.repairs == []
    assert [each.source for each in taken.notebook.cells] == [each.source for each in korean().cells]


def test_untouched_cells_stay_untouched_when_the_tests_are_put_in(tmp_path):
    notebook = taken_in(tmp_path, without_metadata(EDITION)).notebook
    taking_in.put_in_tests(notebook, OWN)
    assert cell(notebook, "conv2d-check").source == cell(OWN, "conv2d-check").source
    written = cell(notebook, "stride-padding-written")
    assert written.source == KOREAN["YOUR ANSWER HERE"]
    assert determine_grade(written) == (0, 4)
    written.source = "풀링은 …"
    assert determine_grade(written) == (None, 4)


@pytest.mark.parametrize("said", ["de", "../ko", "", None, ["ko"], {"ko": 1}, 3])
def test_a_language_that_is_no_edition_counts_for_nothing(tmp_path, said):
    for made, language in ((korean(), "ko"), (english(), None)):
        made.metadata["lang"] = said
        assert taken_in(tmp_path, made).notebook.metadata.get("lang") == language


def test_a_kept_name_of_the_language_counts_more_than_texts(tmp_path):
    made = english()
    made.metadata["lang"] = "ko"
    taken = taken_in(tmp_path, made)
    assert taken.notebook.metadata["lang"] == "ko" and taken.repairs == []


def test_of_two_notebooks_the_one_with_work_in_it_counts(tmp_path):
    nbformat.write(korean(), tmp_path / "done.ipynb")
    taken = taken_in(tmp_path, EDITION)
    assert taken.repairs[0] == f"done.ipynb was taken for {NAME}.ipynb."
    assert cell(taken.notebook, "conv2d").source == WRITTEN["conv2d"]


def test_locked_text_stays_in_the_language_and_what_gives_points_does_not():
    marks = {"grade": False, "solution": False, "locked": True, "schema_version": 3, "task": False}
    texts = {"read": marks, "draw": {**marks, "task": True, "points": 2}, "code": marks}
    own = nbformat.v4.new_notebook()
    for name, settings in texts.items():
        make = nbformat.v4.new_code_cell if name == "code" else nbformat.v4.new_markdown_cell
        own.cells.append(make(f"# {name} the", metadata={"nbgrader": {**settings, "grade_id": name}}))
    notebook = translated(own, "ko", {"the": "그"})
    taking_in.put_in_tests(notebook, own)
    assert [each.source for each in notebook.cells[1:]] == ["# read 그", "# draw the", "# code the"]
