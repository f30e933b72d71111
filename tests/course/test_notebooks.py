"""The notebooks as files: what the course promises of every task, and that release/ is what source/ gives."""

import importlib.util
import os
import re
import shutil
import symtable

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.nbgraderformat import MetadataValidator

from cnn_course.alt_texts import ALT_TEXTS
from testing.classroom import (
    ASSIGNMENTS,
    ROOT,
    compose,
    course_directory,
    files_beside,
    released,
    solutions,
    source,
    tasks,
)
from testing.commands import run

POINTS = {
    "01-dl-review": {
        "one_hot": 4, "dense_param_count": 2, "categorical_crossentropy": 6, "batch_norm": 6,
        "batchnorm_param_count": 2, "bn_statistics_over": 2, "dropout": 6, "build_sequential": 8,
        "build_functional": 8, "dense_history": 6, "dl-review-written": 4,
    },
    "02-stride-padding": {
        "conv_output_size": 8, "zero_pad": 4, "window_visits": 6, "same_padding": 6, "correlate": 3, "conv2d": 9,
        "conv_param_count": 3, "conv_mac_count": 5, "receptive_field": 6, "trace_shapes": 8,
        "stride-padding-written": 4,
    },
    "03-pooling": {
        "pool_output_shape": 5, "max_pool2d": 10, "avg_pool2d": 8, "global_average_pool": 3, "shift_similarity": 6,
        "pooling_changes_depth": 2, "max_pool_backward": 8, "build_pooled": 8, "pooling-written": 4,
    },
    "04-lenet5": {
        "pad_to_32": 3, "lenet_shapes": 7, "scaled_tanh": 3, "Subsampling": 8, "c3_table": 5,
        "sparse_conv_param_count": 4, "lenet_params": 8, "lenet_connections": 8, "RBFOutput": 4,
        "build_lenet5_1998": 6, "build_lenet5": 8, "lenet_model": 6, "lenet5-written": 4,
    },
    "05-mnist-cnn": {
        "minmax_scale": 6, "notes_expression_at_255": 4, "add_channel": 2, "layer_table": 6, "build_cnn": 14, "cnn": 12,
        "confusion_matrix": 4, "worst_mistakes": 4, "build_small_cnn": 8, "mnist-cnn-written": 4,
    },
}  # fmt: skip
FILES = [ROOT / folder / name / f"{name}.ipynb" for folder in ("source", "release") for name in ASSIGNMENTS]
MOST_LINES = 60
# Minutes of training, which need no student; a slow test runs them.
MINUTES = ("ablation", "out-of-fold", "shuffled-trained", "strided-measured")
NOT_GRADED = "not-when-graded"


def marks(cell):
    return cell.metadata.get("nbgrader", {})


EXECUTED = [pytest.param((each, ""), id=each) for each in ASSIGNMENTS] + [
    pytest.param((each, "ko"), id=f"{each}-ko", marks=[] if each == "03-pooling" else pytest.mark.slow)
    for each in ASSIGNMENTS
]


@pytest.fixture(scope="module", params=EXECUTED)
def executed(request):
    """A released notebook, executed as it is."""
    notebook = released(*request.param)
    notebook.cells = [cell for cell in notebook.cells if cell.id not in MINUTES]
    NotebookClient(notebook, timeout=120, allow_errors=True, kernel_name="python3").execute()
    return notebook


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """A course directory in which nbgrader has made release/ anew."""
    course = course_directory(tmp_path_factory.mktemp("generated"))
    for assignment in ASSIGNMENTS:
        done = run(course, "nbgrader", "generate_assignment", assignment)
        assert done.returncode == 0, done.stderr
    return course


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_file_is_clean(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not cell.outputs and cell.execution_count is None, cell.id
            assert len(cell.source.splitlines()) <= MOST_LINES, cell.id
        if marks(cell):
            assert cell.id == marks(cell)["grade_id"], (
                "a cell's id is its grade_id, so that a lost one can be recognised"
            )


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_task_has_its_cells_and_points(assignment):
    cells = [
        marks(cell)
        for cell in source(assignment).cells
        if marks(cell) and not (marks(cell)["locked"] and not marks(cell)["grade"])
    ]
    found = {}
    while cells:
        first = cells.pop(0)
        if first["grade"]:
            found[first["grade_id"]] = first["points"]
            assert first["solution"] and first["grade_id"].endswith("-written")
            continue
        check, hidden = cells.pop(0), cells.pop(0)
        assert check["grade_id"] == f"{first['grade_id']}-check" and hidden["grade_id"] == f"{first['grade_id']}-hidden"
        assert all(each["grade"] and each["locked"] and not each["solution"] for each in (check, hidden))
        found[first["grade_id"]] = check["points"] + hidden["points"]
        if cells and cells[0]["grade_id"] == "build_cnn-learns":
            found["build_cnn"] += cells.pop(0)["points"]
    assert found == POINTS[assignment]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_first_page_gives_the_points(assignment):
    title = source(assignment).cells[0].source
    listed = sum(int(points) for points in re.findall(r"\((\d+)\)", title))
    assert listed == sum(POINTS[assignment].values())
    hours, quarters = divmod(round(sum(int(minutes) for minutes in re.findall(r"\| (\d+) min \|", title)) / 15), 4)
    assert f"About {hours}{['', '¼', '½', '¾'][quarters]} hours, and {listed} points in all" in title


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_release_is_what_source_gives(generated, assignment):
    path = f"release/{assignment}/{assignment}.ipynb"
    assert (generated / path).read_text() == (ROOT / path).read_text(), "run `make release` and commit"


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_nothing_of_the_solutions_is_released(assignment):
    text = "\n".join(cell.source for cell in released(assignment).cells)
    assert "SOLUTION" not in text and "HIDDEN TESTS" not in text
    hidden = [cell.source for cell in released(assignment).cells if cell.id.endswith(("-hidden", "-learns"))]
    assert all(line.startswith("#") for source in hidden for line in source.splitlines() if line)
    assert len(set(hidden)) == len(hidden), "each hidden cell can be told from the others by its text"


def test_an_untouched_release_shows_only_what_is_still_to_do(executed):
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            assert output.get("name") != "stderr", (cell.id, output.text)
            if output.output_type == "error":
                assert output.ename in ("NotImplementedError", "NotWritten"), (cell.id, output.evalue)
                assert marks(cell), cell.id
                assert len(output.evalue) > 15


def test_every_figure_has_a_sentence_for_those_who_cannot_see_it(executed):
    figures = [
        output for cell in executed.cells for output in cell.get("outputs", []) if "image/png" in output.get("data", {})
    ]
    assert figures
    for output in figures:
        assert len(output.metadata["image/png"]["alt"]) > 20
        assert output.data["text/plain"] == output.metadata["image/png"]["alt"]


def test_scaffolding_is_out_of_sight():
    """Checks and drawings are folded, and no cell that students read has more of them than it needs."""
    named = set()
    for path in FILES:
        for cell in nbformat.read(path, as_version=4).cells:
            folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
            assert folded == (cell.metadata.get("cellView") == "form"), cell.id
            assert folded or not cell.id.endswith("-check"), cell.id
            if cell.cell_type == "code" and not marks(cell).get("grade"):
                assert "being_graded" not in cell.source, cell.id
                sentences = re.findall(r'alt=(f?"[^"]*")(?:,|\))', cell.source)
                assert len(sentences) == cell.source.count("alt="), f"{cell.id}: an alt text of several lines"
                named |= {each.strip('"') for each in sentences if " " not in each}
    assert named == set(ALT_TEXTS)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_what_is_not_run_when_graded_defines_nothing_that_is(assignment):
    cells = [cell for cell in source(assignment).cells if cell.cell_type == "code"]
    skipped = [cell for cell in cells if NOT_GRADED in cell.metadata.get("tags", [])]
    assert all(not marks(cell) for cell in skipped), "a graded cell is always run"
    lost = {name for cell in skipped for name in names_bound(cell.source)}
    lost -= {name for cell in cells if cell not in skipped for name in names_bound(cell.source)}
    used = {(cell.id, name) for cell in cells if cell not in skipped for name in lost & names_used(cell.source)}
    assert not used


def names_bound(code):
    """The names of the notebook that a cell gives a value to."""
    return {each.get_name() for each in symtable.symtable(code, "cell", "exec").get_symbols() if each.is_assigned()}


def names_used(code):
    """The names of the notebook whose value a cell asks for, at once or in a function."""

    def within(table):
        yield from (each.get_name() for each in table.get_symbols() if each.is_referenced() and each.is_global())
        for inner in table.get_children():
            yield from within(inner)

    top = symtable.symtable(code, "cell", "exec")
    return {each.get_name() for each in top.get_symbols() if each.is_referenced()} | set(within(top))


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_opened_alone_it_says_what_to_install(assignment, monkeypatch):
    first = next(cell for cell in released(assignment).cells if cell.cell_type == "code")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="cnn_course is not installed.*pip install"):
        exec(first.source, {})


@pytest.mark.slow
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_validate_fails_politely_on_a_fresh_release_and_passes_on_a_solved_one(assignment, tmp_path):
    def validate(path):
        return run(path.parent, "nbgrader", "validate", path.name).stdout

    said = validate(next(path for path in FILES if path.parts[-3:-1] == ("release", assignment)))
    assert "VALIDATION FAILED" in said and "is not written yet" in said and "Traceback" not in said
    said = validate(solved_notebook(assignment, tmp_path))
    assert "Success" in said, said


def solved_notebook(assignment, folder):
    """The source notebook; of the lab one with saved weights, since its own training takes minutes."""
    path = folder / f"{assignment}.ipynb"
    if not files_beside(assignment):
        shutil.copy(ROOT / "source" / assignment / path.name, path)
        return path
    texts = {task: solutions(assignment, task)[0].code for task in tasks(assignment)}
    written = next(name for name in POINTS[assignment] if name.endswith("-written"))
    nbformat.write(compose(assignment, texts | {written: "Fours and nines."}, whole=True), path)
    for file in files_beside(assignment):
        shutil.copy(file, folder)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("which", ["embedded", "full"])
def test_the_lab_trains_and_passes_its_own_checks(which, tmp_path):
    if which == "full" and not os.environ.get("MNIST_NPZ"):
        pytest.skip("full MNIST is not here: set MNIST_NPZ to Keras' mnist.npz")
    notebook = source("05-mnist-cnn")
    switch = next(cell for cell in notebook.cells if cell.id == "switch")
    switch.source = switch.source.replace('"embedded"  #', f'"{which}"  #')
    NotebookClient(notebook, timeout=3600, resources={"metadata": {"path": str(tmp_path)}}).execute()
    said = "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", []))
    accuracy = float(re.search(rf"{which} digits: validation accuracy (\S+)", said)[1])
    assert accuracy >= {"embedded": 0.965, "full": 0.99}[which]
