"""Weights that are handed in: used when they fit, and a wrong file costs the points for accuracy and nothing else."""

import shutil

import h5py
import keras
import nbformat
import numpy as np
import pytest

from testing.classroom import SOLUTIONS, compose, course_directory, hand_in, solutions
from testing.commands import by_student, graded, run, scores

LAB, CNN, SMALL = "05-mnist-cnn", "mnist_cnn.weights.h5", "small_cnn.weights.h5"
FULL = {"add_channel": 2, "cnn": 12, "build_small_cnn": 8}
SPOILED = {
    "absent": (lambda path: path.unlink(), "is not beside the notebook"),
    "cut-off": (lambda path: path.open("r+b").truncate(20_000), "is damaged or cut off"),
    "no-hdf5": (lambda path: path.write_text("see my cloud drive"), "is not an HDF5 file"),
    "other-network": (lambda path: path.write_bytes((SOLUTIONS / LAB / "files" / SMALL).read_bytes()), "does not fit"),
    "huge": (lambda path: path.open("r+b").truncate(2_000_000_000), "is not an HDF5 file"),
}
ONE_EPOCH = "epochs=10, validation_data=(images_val, y_val)"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Submissions of the lab, one with good weights and one for each wrong file, graded: student -> submission."""
    course = course_directory(tmp_path_factory.mktemp("weights"))
    texts = {task: solutions(LAB, task)[0].code for task in FULL}
    assert ONE_EPOCH in texts["cnn"]
    texts["cnn"] = texts["cnn"].replace(ONE_EPOCH, "epochs=1, steps_per_epoch=5")
    for student, spoil in [("good", None), *((name, spoil) for name, (spoil, _) in SPOILED.items())]:
        path = hand_in(course, student, LAB, compose(LAB, texts))
        if spoil:
            spoil(path.parent / CNN)
    _, submissions = graded(course, "grade", LAB)
    return {student: each for (student, _), each in by_student(submissions).items()}


def points(submission):
    return {task["id"]: task["points"] for task in submission["tasks"] if task["points"]}


def test_good_weights_are_loaded(lab):
    assert points(lab["good"]) == FULL


@pytest.mark.parametrize("name", SPOILED)
def test_a_wrong_file_costs_the_accuracy_and_says_why(lab, name):
    assert points(lab[name]) == {task: points for task, points in FULL.items() if task != "cnn"}
    [said] = [" ".join(task["messages"]) for task in lab[name]["tasks"] if task["id"] == "cnn"]
    assert SPOILED[name][1] in said and "Traceback" not in said


def test_a_file_that_is_too_large_is_not_taken_along_and_the_reason_says_so(lab):
    assert lab["huge"]["status"] == "repaired"
    assert f"{CNN} has 2,000 MB, and more than 100 are not taken along" in lab["huge"]["reason"]


def test_points_in_part_are_explained_in_the_results(tmp_path):
    course = course_directory(tmp_path / "course")
    part = next(each for each in solutions(LAB, "cnn") if each.title == "trained for 95 %, not for 96.5 %")
    hand_in(course, "part", LAB, compose(LAB, {"cnn": part.code}))
    _, [submission] = graded(course, "grade", LAB)
    assert points(submission) == {"cnn": 8}
    [said] = [task["messages"] for task in submission["tasks"] if task["id"] == "cnn"]
    assert len(said) == 1 and said[0].endswith("4 of 8 points. For all of them it should reach 96.5 %.")


TRAINED = {"01-dl-review": ("dense_history", "dense"), "04-lenet5": ("lenet_model", "lenet")}
ELSEWHERE = SOLUTIONS / LAB / "files" / SMALL
HANDED_IN = {  # name -> what becomes of the folder and of its file of weights, and what is said if that costs points
    "good": (lambda folder, file: None, None),
    "renamed": (lambda folder, file: file.rename(str(file).replace(".weights", "-1.weights")), None),
    "zipped": (lambda folder, file: _zip(folder), None),
    "without-history": (lambda folder, file: _without_history(file), None),
    "absent": (lambda folder, file: file.unlink(), None),
    "cut-off": (lambda folder, file: file.open("r+b").truncate(20_000), "is damaged or cut off"),
    "no-hdf5": (lambda folder, file: file.write_text("see my cloud drive"), "is not an HDF5 file"),
    "other-network": (lambda folder, file: shutil.copy(ELSEWHERE, file), "does not fit this network"),
}


def _zip(folder):
    made = shutil.make_archive(folder.parent / "work", "zip", folder)
    shutil.rmtree(folder)
    folder.mkdir()
    shutil.move(made, folder)


def _without_history(file):
    with h5py.File(file, "a") as opened:
        del opened.attrs["history"]


def handed_in(course, assignment, names):
    """Submissions in which a training is noticed, each of them handed in in another way."""
    task, file = TRAINED[assignment]
    code = solutions(assignment, task)[0].code
    assert code.count("callbacks):\n") == 1
    noticed = code.replace("callbacks):\n", "callbacks):\n    assert AT_ALL\n")
    for name in names:
        text = code if name == "absent" else noticed
        path = hand_in(course, name, assignment, compose(assignment, {task: text}))
        HANDED_IN[name][0](path.parent, path.parent / f"{file}.weights.h5")


@pytest.fixture(scope="module")
def trained_once(tmp_path_factory):
    """The graded submissions: (student, assignment) -> submission."""
    course = course_directory(tmp_path_factory.mktemp("once"))
    for assignment in TRAINED:
        handed_in(course, assignment, HANDED_IN)
    return by_student(graded(course, "grade", *TRAINED)[1])


@pytest.mark.parametrize("assignment", TRAINED)
@pytest.mark.parametrize("name", HANDED_IN)
def test_weights_of_every_trained_network_are_used_or_their_fault_is_said(trained_once, assignment, name):
    task, file = TRAINED[assignment]
    [entry] = [each for each in trained_once[name, assignment]["tasks"] if each["id"] == task]
    says = HANDED_IN[name][1]
    assert entry["points"] == (0 if says else 6), entry["messages"]
    if says:
        said = " ".join(entry["messages"])
        assert f"{file}.weights.h5 {says}" in said and "Traceback" not in said


@pytest.mark.parametrize("assignment", TRAINED)
def test_a_notebook_that_is_checked_alone_takes_its_weights_along(assignment, tmp_path):
    course = course_directory(tmp_path / "course")
    handed_in(course, assignment, ["good"])
    task, file = TRAINED[assignment]
    notebook = shutil.move(course / "submitted" / "good" / assignment, tmp_path / "downloads") / f"{assignment}.ipynb"
    done, [submission] = graded(course, "check", notebook)
    assert f"Taken along with the notebook: {file}.weights.h5." in done.stdout
    assert points(submission) == {task: 6}


BLOCKS = """
keras.layers.Conv2D({}, 3, activation="relu"), keras.layers.BatchNormalization(momentum=0.9),"""
LAYERS = "".join(
    BLOCKS.format(filters) + (" keras.layers.MaxPooling2D(2)," if filters < 32 else "") for filters in (12, 24, 32)
)
END = 'keras.layers.Flatten(), keras.layers.Dropout(0.3), keras.layers.Dense(10, activation="softmax")'
UNBUILT = {
    "class": f"""
class Small(keras.Model):
    def __init__(self):
        super().__init__()
        self.steps = [{LAYERS} {END}]

    def call(self, x, training=False):
        for step in self.steps:
            x = step(x, training=training) if hasattr(step, "rate") or hasattr(step, "momentum") else step(x)
        return x


def build_small_cnn():
    return Small()
""",
    "without-input": f"def build_small_cnn():\n    return keras.Sequential([{LAYERS} {END}])\n",
}
LOADS = """

def train_small_cnn(model, callbacks):
    raise AssertionError("the weights lie beside the notebook")


small_cnn, small_history = training.load_or_train(build_small_cnn, train_small_cnn, "small_cnn.weights.h5")
"""


def test_weights_of_a_network_that_is_not_built_are_loaded(tmp_path):
    course = course_directory(tmp_path / "course")
    known = keras.models.clone_model(_made(UNBUILT["without-input"]))
    known.build((None, 28, 28, 1))
    known.load_weights(SOLUTIONS / LAB / "files" / SMALL)
    for student, code in UNBUILT.items():
        path = hand_in(course, student, LAB, compose(LAB, {"build_small_cnn": code + LOADS}))
        model = _made(code)
        model(np.zeros((1, 28, 28, 1), "float32"))
        model.set_weights(known.get_weights())
        (path.parent / SMALL).unlink()
        model.save_weights(path.parent / SMALL)
    _, submissions = graded(course, "grade", LAB)
    for submission in submissions:
        assert points(submission) == {"build_small_cnn": 8}, submission["tasks"]


def _made(code):
    notebook = {"keras": keras}
    exec(code, notebook)
    return notebook["build_small_cnn"]()


@pytest.mark.slow
@pytest.mark.parametrize("assignment", TRAINED)
def test_stock_nbgrader_gives_the_same_points(assignment, tmp_path):
    course = course_directory(tmp_path / "course")
    names = [name for name in HANDED_IN if name not in ("renamed", "zipped")]
    handed_in(course, assignment, names)
    assert run(course, "nbgrader", "generate_assignment", assignment).returncode == 0
    done = run(course, "nbgrader", "autograde", assignment)
    assert done.returncode == 0, done.stderr
    stock = scores(course)
    graded(course, "grade", "--force", assignment)
    ours = scores(course)
    assert stock == ours
    task, _ = TRAINED[assignment]
    assert {name: stock[assignment, name, f"{task}-check"] for name in names} == {
        name: 0 if HANDED_IN[name][1] else 3 for name in names
    }


@pytest.mark.slow
def test_stock_nbgrader_loads_them_too(tmp_path):
    course = course_directory(tmp_path / "course")
    texts = {task: solutions(LAB, task)[0].code for task in FULL}
    spoiled = hand_in(course, "cut-off", LAB, compose(LAB, texts)).parent / CNN
    SPOILED["cut-off"][0](spoiled)
    hand_in(course, "good", LAB, compose(LAB, texts))
    assert run(course, "nbgrader", "generate_assignment", LAB).returncode == 0
    done = run(course, "nbgrader", "autograde", LAB)
    assert done.returncode == 0, done.stderr
    said = nbformat.read(course / "autograded" / "cut-off" / LAB / f"{LAB}.ipynb", as_version=4)
    assert any(
        "damaged or cut off" in output.get("evalue", "") for cell in said.cells for output in cell.get("outputs", [])
    )
    done = run(course, "nbgrader", "export")
    assert done.returncode == 0, done.stderr
    lines = [line.split(",") for line in (course / "grades.csv").read_text().splitlines()]
    score = {line[lines[0].index("student_id")]: float(line[lines[0].index("score")]) for line in lines[1:]}
    assert score == {"good": 22, "cut-off": 10}
