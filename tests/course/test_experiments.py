"""Experiments: what a table of ablations holds and shows, and predictions of digits that were not trained on."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest

from cnn_course import experiments
from cnn_course.experiments import Result, Trial, compare, out_of_fold
from cnn_course.progress import Progress, clock_time

TRAIN = np.eye(4, dtype="float32")[np.arange(80) % 4].reshape(80, 2, 2, 1), np.arange(80) % 4


def small():
    last = keras.layers.Dense(4, "softmax", kernel_initializer="zeros")  # the first steps decide
    return keras.Sequential([keras.Input((2, 2, 1)), keras.layers.Flatten(), last])


@pytest.fixture
def shown(monkeypatch):
    """What is displayed, each state after the other."""
    states = []

    class Handle:
        def update(self, what, raw=False):
            states.append(what)

    monkeypatch.setattr(experiments, "display", lambda what, **how: states.append(what) or Handle())
    monkeypatch.setattr(experiments, "STEPS", 30)
    return states


def test_a_table_fills_row_by_row(shown):
    trials = [Trial("all", small), Trial("few", small, digits=20)]
    results = compare(trials, TRAIN, TRAIN, seeds=(0, 1))
    assert list(results) == ["all", "few"] and results["all"].parameters == 20
    assert len(results["all"].accuracies) == 2 and results["all"].accuracies[0] > 0.9
    assert "all" in repr(shown[0]) and "±" not in repr(shown[0])
    assert "training 1 of 4, about" in repr(shown[1]) and "4 trainings in" in repr(shown[-1])
    assert shown[-1]._repr_html_().count("±") == 2
    assert "±" not in repr(shown[1]), "one training has no spread"


def test_curves_hold_the_validation_loss_after_each_epoch(shown):
    with_curves = compare([Trial("all", small)], TRAIN, TRAIN, seeds=(0, 1), curves=True)["all"]
    assert len(with_curves.losses) == 12 and np.all(np.diff(with_curves.losses) < 0)
    assert compare([Trial("all", small)], TRAIN, TRAIN, seeds=(0, 1))["all"].losses == ()


def test_the_same_seed_gives_the_same_row(shown):
    assert len({compare([Trial("all", small)], TRAIN, TRAIN, seeds=[3])["all"].accuracies for _ in range(2)}) == 1


def test_every_row_has_the_same_number_of_steps(shown, monkeypatch):
    steps, fit = [], keras.Model.fit

    def counted(self, images, labels, **how):
        steps.append(-(-len(images) // how["batch_size"]) * how["epochs"])
        return fit(self, images, labels, **how)

    monkeypatch.setattr(keras.Model, "fit", counted)
    compare([Trial("all", small), Trial("half", small, digits=32)], TRAIN, TRAIN, seeds=[0])
    assert steps == pytest.approx([30, 30], abs=8)


def test_while_graded_nothing_is_trained(shown, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert compare([Trial("all", small)], TRAIN, TRAIN) == {} and shown == []


@pytest.fixture
def trainings(shown, monkeypatch, tmp_path):
    """The networks that would be trained while results are kept."""
    trained = []

    def fit(self, *data, **how):
        trained.append(self)
        return SimpleNamespace(history={"val_loss": [0.5, 0.4]})

    monkeypatch.setenv("COURSE_RESULTS", str(tmp_path / "results"))
    monkeypatch.setattr(keras.Model, "fit", fit)
    return trained


def test_a_training_whose_results_are_kept_is_not_repeated(trainings, shown):
    first = compare([Trial("all", small)], TRAIN, TRAIN, seeds=(0, 1), curves=True)
    predicted = out_of_fold(small, TRAIN)
    assert len(trainings) == 7
    assert compare([Trial("all", small)], TRAIN, TRAIN, seeds=(0, 1), curves=True) == first
    assert "2 trainings in" in repr(shown[-1])
    assert np.array_equal(out_of_fold(small, TRAIN), predicted)
    assert len(trainings) == 7


def shuffling(order):
    """A network that differs in what a function takes from around it, and in nothing that Keras can write down."""

    def shuffled(images):
        return keras.ops.take(images, order, axis=1)

    last = keras.layers.Dense(4, "softmax")
    return keras.Sequential([keras.Input((2, 2, 1)), keras.layers.Lambda(shuffled), keras.layers.Flatten(), last])


def dropping(rate):
    return keras.Sequential([keras.Input((2, 2, 1)), keras.layers.Dropout(rate), *small().layers])


@pytest.mark.parametrize(
    "changed",
    [
        lambda: compare([Trial("all", lambda: dropping(0.5))], TRAIN, TRAIN, seeds=[0]),
        lambda: compare([Trial("all", lambda: shuffling([1, 0]))], TRAIN, TRAIN, seeds=[0]),
        lambda: compare([Trial("all", lambda: dropping(0.1))], TRAIN, TRAIN, seeds=[1]),
        lambda: compare([Trial("all", lambda: dropping(0.1))], TRAIN, TRAIN, seeds=[0], curves=True),
        lambda: compare([Trial("all", lambda: dropping(0.1), digits=79)], TRAIN, TRAIN, seeds=[0]),
        lambda: compare([Trial("all", lambda: dropping(0.1))], (TRAIN[0], 3 - TRAIN[1]), TRAIN, seeds=[0]),
        lambda: compare([Trial("all", lambda: dropping(0.1))], TRAIN, (TRAIN[0], 3 - TRAIN[1]), seeds=[0]),
        lambda: out_of_fold(lambda: dropping(0.1), (TRAIN[0] / 2, TRAIN[1]), folds=2),
    ],
    ids=["layer", "function", "seed", "curves", "fewer", "labels", "validation", "images"],
)
def test_a_training_that_differs_in_anything_is_a_new_one(trainings, changed):
    compare([Trial("all", lambda: dropping(0.1))], TRAIN, TRAIN, seeds=[0])
    compare([Trial("all", lambda: shuffling([0, 1]))], TRAIN, TRAIN, seeds=[0])
    out_of_fold(lambda: dropping(0.1), TRAIN, folds=2)
    before = len(trainings)
    changed()
    assert len(trainings) > before


def test_mean_and_spread():
    result = Result(10, (0.9, 1.0, 0.95), 3.0)
    assert (result.mean, result.spread) == (pytest.approx(0.95), pytest.approx(0.05))
    assert Result(10, (0.9,), 3.0).spread == 0


def test_no_digit_is_predicted_by_a_network_that_was_trained_on_it(shown):
    lies = TRAIN[1].copy()
    lies[:5] = (lies[:5] + 1) % 4  # who has seen these names them as they were seen
    seen = []

    def remembering():
        model = small()
        fit = model.fit
        model.fit = lambda x, y, **how: seen.append({image.tobytes() for image in x}) or fit(x, y, **how)
        return model

    images = TRAIN[0] + np.arange(80, dtype="float32").reshape(80, 1, 1, 1) / 1e4
    probabilities = out_of_fold(remembering, (images, lies))
    assert probabilities.shape == (80, 4) and np.allclose(probabilities.sum(axis=1), 1, atol=1e-4)
    assert (probabilities.argmax(axis=1) == TRAIN[1]).mean() > 0.9
    for fold, others in enumerate(seen):
        own = {image.tobytes() for image in images[fold::5]}
        assert len(own) == 16 and not own & others and len(own | others) == 80


def test_a_training_says_how_long_it_takes_and_what_it_reached(monkeypatch, capsys):
    monkeypatch.setattr("cnn_course.progress.SECONDS_BETWEEN_LINES", 0)
    monkeypatch.setattr("cnn_course.progress.STEPS_BEFORE_A_GUESS", 2)
    model = small()
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(*TRAIN, epochs=2, validation_data=TRAIN, callbacks=[Progress()], verbose=0)
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Epoch 1 of 2, about ") and " left." in said[0]
    assert "So far: accuracy " in said[3] and "validation accuracy " in said[4]
    assert said[-1].startswith("2 epochs in ") and "At the end: accuracy " in said[-1]


def test_a_number_of_the_readers_own_is_named_in_the_language_of_the_notebook(monkeypatch):
    progress = Progress()
    for language, said in (
        ("", "nearest 0.900, validation nearest 0.800"),
        ("ko", "nearest 0.900, 검증 nearest 0.800"),
    ):
        monkeypatch.setenv("NOTEBOOK_LANGUAGE", language)
        progress.on_epoch_end(0, {"nearest": 0.9, "val_nearest": 0.8, "learning_rate": 0.1})
        assert progress.reached == said


def test_the_time_left_is_guessed_without_what_keras_prepares(monkeypatch, capsys):
    now = 0.0
    monkeypatch.setattr("cnn_course.progress.time.monotonic", lambda: now)
    progress = Progress()
    progress.set_params({"epochs": 2, "steps": 50})
    progress.on_train_begin()
    progress.on_epoch_begin(0)
    now = 30.0  # TensorFlow traces and compiles
    for step in range(20):
        progress.on_train_batch_end(step)
        now += 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Epoch 1 of 2, about 1 min 30 s left.", "the tenth step, and 90 more of a second each"


def test_durations():
    assert [clock_time(each) for each in (0.4, 59.4, 59.6, 200)] == ["0 s", "59 s", "1 min 0 s", "3 min 20 s"]
