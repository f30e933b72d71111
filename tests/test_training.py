"""Saved weights: loaded while a notebook is graded, and each way a file can be wrong has its sentence."""

import keras
import numpy as np
import pytest

from cnn_course import training

NAME = "net.weights.h5"


def build(units=3):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units), keras.layers.Dense(1)])
    model.compile("sgd", loss="mse")
    return model


def train(model, callbacks):
    return model.fit(np.ones((64, 2)), np.ones((64, 1)), epochs=2, batch_size=8, callbacks=callbacks, verbose=0)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    return tmp_path


@pytest.fixture
def graded(monkeypatch):
    return lambda: monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")


def test_what_was_trained_is_saved_and_loaded_when_graded(graded, capsys):
    trained, history = training.load_or_train(build, train, NAME)
    assert history.history["loss"]
    graded()

    def never(model, callbacks):
        raise AssertionError("trained again")

    loaded, history = training.load_or_train(build, never, NAME)
    assert history is None
    assert all(np.array_equal(*pair) for pair in zip(trained.get_weights(), loaded.get_weights()))
    assert "was loaded" in capsys.readouterr().out


def test_without_a_file_the_grading_machine_trains_for_a_limited_time(graded, folder, monkeypatch):
    graded()
    monkeypatch.setattr(training, "GRADING_SECONDS", 0)
    _, history = training.load_or_train(build, train, NAME)
    assert len(history.epoch) == 1, "stopped in the first epoch"
    assert not (folder / NAME).exists(), "and nothing is written while grading"


@pytest.mark.parametrize("sleeps, computes, stopped", [(5, 0, False), (0, 5, False), (5, 5, True)])
def test_a_training_is_limited_by_what_it_computes(monkeypatch, sleeps, computes, stopped):
    """Threads that compute at once, or a machine with other work, do not shorten it."""
    limit = training.TimeLimit(3)
    limit.set_model(build())
    limit.on_train_begin()
    monkeypatch.setattr(training, "_clocks", lambda: (limit.began[0] + computes, limit.began[1] + sleeps))
    limit.on_train_batch_end(0)
    assert bool(getattr(limit.model, "stop_training", False)) is stopped


@pytest.mark.parametrize(
    "spoil, says",
    [
        (lambda path: path.unlink(), "does not lie beside the notebook"),
        (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), "damaged or cut off"),
        (lambda path: path.write_bytes(b""), "is not an HDF5 file"),
        (lambda path: path.write_text("my weights"), "is not an HDF5 file"),
        (lambda path: build(4).save_weights(path), "does not fit this network"),
        (lambda path: path.open("r+b").truncate(2_000_000_000), "has 2,000 MB, and more than 100 are not read"),
        (lambda path: (path.unlink(), path.mkdir()), "does not lie beside the notebook"),
    ],
)
def test_a_wrong_file_has_its_sentence_and_stops_nothing(spoil, says, folder, graded, capsys):
    training.load_or_train(build, train, NAME)
    spoil(folder / NAME)
    model = build()
    before = model.get_weights()
    assert says in training.fault_of(NAME, model)
    assert all(np.array_equal(*pair) for pair in zip(before, model.get_weights())), "the model keeps its weights"
    graded()
    if (folder / NAME).exists():
        model, history = training.load_or_train(build, train, NAME)
        assert history is None and says in capsys.readouterr().out
        assert model.count_params() == build().count_params()


def test_a_good_file_has_no_fault():
    training.load_or_train(build, train, NAME)
    assert training.fault_of(NAME) is None and training.fault_of(NAME, build()) is None
