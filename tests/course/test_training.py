"""Saved weights: loaded while a notebook is graded, and each way a file can be wrong has its sentence."""

import io
import json
import os
import zipfile

import h5py
import keras
import numpy as np
import pytest

from cnn_course import progress, training

NAME = "net.weights.h5"


def build(units=3):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units), keras.layers.Dense(1)])
    model.compile("sgd", loss="mse")
    return model


def damaged_archive():
    """A zip file whose end is whole, and whose list of contents is not."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("model.weights.h5", b"some weights")
    return file.getvalue().replace(b"PK\x01\x02", b"PK\x00\x00")


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

    loaded, again = training.load_or_train(build, never, NAME)
    assert again.history == history.history and again.epoch == history.epoch == [0, 1]
    assert all(np.array_equal(*pair) for pair in zip(trained.get_weights(), loaded.get_weights()))
    assert "was loaded" in capsys.readouterr().out


def test_after_a_restart_weights_are_loaded_without_a_training(capsys, recwarn):
    def build_net():
        model = build()
        model.compile("adam", loss="mse")  # the file holds its state, and a new one has none
        return model

    trained, history = training.load_or_train(build_net, train, NAME)
    loaded = training.load(build_net, NAME)
    assert loaded.history.history == history.history
    assert capsys.readouterr().out.endswith(f"{NAME} was loaded.\n")
    assert not [each for each in recwarn if "Skipping variable" in str(each.message)]
    assert all(np.array_equal(*pair) for pair in zip(trained.get_weights(), loaded.get_weights()))
    os.remove(NAME)
    training.load(build_net, NAME)
    assert "is not beside the notebook" in capsys.readouterr().out


@pytest.mark.parametrize("returned", [None, {"loss": [1.0]}, "history"])
def test_who_forgets_to_return_the_history_need_not_train_again(returned, folder, capsys):
    def train_net(model, callbacks):
        train(model, callbacks)
        return returned

    _, history = training.load_or_train(build, train_net, NAME)
    assert "train_net should return what fit returns, and it returned" in capsys.readouterr().out
    assert len(history.history["loss"]) == 2 and (folder / NAME).exists()


def test_who_trains_another_network_is_told_so_and_loses_no_file(folder, capsys):
    training.load_or_train(build, train, NAME)
    before = (folder / NAME).read_bytes()
    capsys.readouterr()

    def train_net(model, callbacks):
        return train(build(), callbacks)

    training.load_or_train(build, train_net, NAME)
    assert "train_net has left the network that it was given as it was" in capsys.readouterr().out
    assert (folder / NAME).read_bytes() == before


def test_a_builder_without_return_has_one_sentence_and_trains_nothing():
    def build_net():
        build()

    with pytest.raises(training.NotToTrain) as stop:
        training.load_or_train(build_net, never, NAME)
    [said] = stop.value._render_traceback_()
    assert said.startswith("build_net should return a Keras model, and it returned None")


@pytest.mark.parametrize("layers", [[keras.Input((28, 28, 1))], []], ids=["built", "without input"])
def test_parameters_are_counted_before_the_training(layers, graded):
    def build_net():
        return keras.Sequential([*layers, keras.layers.Flatten(), keras.layers.Dense(3)])

    def train_net(model, callbacks):
        trained.append(model)

    trained = []
    with pytest.raises(training.NotToTrain, match=r"build_net\(\) has 2,355 parameters, and 2,000 are allowed"):
        training.load_or_train(build_net, train_net, NAME, most_parameters=2000)
    training.load_or_train(build_net, train_net, NAME, most_parameters=2355)
    assert len(trained) == 1
    graded()
    training.load_or_train(build_net, train_net, NAME, most_parameters=2000)
    assert len(trained) == 2, "who is graded keeps the points of the network's other tests"


def test_without_a_file_the_grading_machine_trains_for_a_limited_time(graded, folder, monkeypatch):
    graded()
    monkeypatch.setattr(training, "GRADING_SECONDS", 0)
    model, history = training.load_or_train(build, train, NAME)
    assert len(history.epoch) == 1, "stopped in the first epoch"
    assert "is not beside the notebook" in training.fault_behind(history, NAME, model)
    assert not (folder / NAME).exists(), "and nothing is written while grading"


@pytest.mark.parametrize("sleeps, computes, stopped", [(5, 0, False), (0, 5, False), (5, 5, True)])
def test_a_training_is_limited_by_what_it_computes(monkeypatch, sleeps, computes, stopped):
    """Threads that compute at once, or a machine with other work, do not shorten it."""
    limit = progress.TimeLimit(3)
    limit.set_model(build())
    limit.on_train_begin()
    monkeypatch.setattr(progress, "_clocks", lambda: (limit.began[0] + computes, limit.began[1] + sleeps))
    limit.on_train_batch_end(0)
    assert bool(getattr(limit.model, "stop_training", False)) is stopped


@pytest.mark.parametrize(
    "spoil, says",
    [
        (lambda path: path.unlink(), "is not beside the notebook"),
        (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), "damaged or cut off"),
        (lambda path: path.write_bytes(b""), "is not an HDF5 file"),
        (lambda path: path.write_text("my weights"), "is not an HDF5 file"),
        (lambda path: build(4).save_weights(path), "does not fit this network: it holds weights of shape (2, 4)"),
        (lambda path: path.write_bytes(damaged_archive()), "damaged or cut off"),
        (lambda path: h5py.File(path, "w").create_dataset("a", data=h5py.Empty("f")).file.close(), "does not fit this"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "is a zip archive without weights of Keras"),
        (
            lambda path: keras.Sequential([keras.Input((2,)), build()]).save_weights(path),
            "the layers are put together in another way",
        ),
        (lambda path: os.truncate(path, 2_000_000_000), "has 2,000 MB, and files over 100 MB are not read"),
        (lambda path: (path.unlink(), path.mkdir()), "is not beside the notebook"),
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
        assert np.isnan(history.history["loss"]).all(), "it is not the history of this network"
        assert says in capsys.readouterr().out and says in training.fault_behind(history, NAME, model)
        assert model.count_params() == build().count_params()


def test_who_trains_in_time_or_without_the_helper_hears_nothing_of_files(graded):
    graded()
    model, history = training.load_or_train(build, train, NAME)
    for each in (history, train(model, []), None, keras.callbacks.History()):
        assert training.fault_behind(each, NAME, model) is None


KEPT = {"loss": [2.0, 1.5], "val_accuracy": [0.5, 1]}


@pytest.mark.parametrize(
    "kept, known",
    [
        (np.bytes_(json.dumps(KEPT)), True),
        (None, False),
        (np.bytes_(b""), False),
        (np.bytes_(json.dumps(KEPT)[:-1]), False),
        (np.bytes_(b"\xff"), False),
        (np.bytes_(b"[" * 50_000), False),
        (np.bytes_(json.dumps(KEPT).encode() + 60_000 * b" "), False),
        (np.full(2, json.dumps(KEPT), "S"), False),
        (json.dumps(KEPT), False),
        (np.float64(3), False),
        *[
            (np.bytes_(json.dumps(each)), False)
            for each in (
                [1, 2],
                {},
                {"loss": []},
                {"loss": 1},
                {"accuracy": [0.5]},
                {"loss": [1], "accuracy": [1, 2]},
                {"loss": [True]},
                {"loss": ["low"]},
                {"loss": [[1]]},
            )
        ],
    ],
)
def test_a_history_that_is_none_costs_no_weights(kept, known, graded, capsys):
    trained, _ = training.load_or_train(build, train, NAME)
    with h5py.File(NAME, "a", libver="latest") as file:
        del file.attrs["history"]
        if kept is not None:
            file.attrs["history"] = kept
    graded()
    loaded, history = training.load_or_train(build, never, NAME)
    assert all(np.array_equal(*pair) for pair in zip(trained.get_weights(), loaded.get_weights()))
    assert history.history == KEPT if known else np.isnan(history.history["loss"]).all()
    assert training.fault_behind(history, NAME, loaded) is None and "was loaded" in capsys.readouterr().out


@pytest.mark.parametrize("numbers", [{"loss": [1.0] * 50_000}, {"loss": [object()]}, {("loss",): [1.0]}])
def test_a_history_that_can_not_be_kept_costs_no_weights(numbers, graded):
    def train_net(model, callbacks):
        history = train(model, callbacks)
        history.history = numbers
        return history

    trained, _ = training.load_or_train(build, train_net, NAME)
    graded()
    loaded, history = training.load_or_train(build, never, NAME)
    assert np.isnan(history.history["loss"]).all()
    assert all(np.array_equal(*pair) for pair in zip(trained.get_weights(), loaded.get_weights()))


def test_a_good_file_has_no_fault():
    training.load_or_train(build, train, NAME)
    assert training.fault_of(NAME) is None and training.fault_of(NAME, build()) is None


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv, self.norm = keras.layers.Conv2D(4, 3), keras.layers.BatchNormalization()
        self.flatten, self.out = keras.layers.Flatten(), keras.layers.Dense(10)

    def call(self, x, training=False):
        return self.out(self.flatten(self.norm(self.conv(x), training=training)))


class Deep(keras.Model):
    """One whose layers are made in the first call."""

    def __init__(self):
        super().__init__()
        self.body = keras.Sequential([keras.layers.Conv2D(4, 3), keras.layers.Flatten(), keras.layers.Dense(10)])

    def call(self, x):
        return self.body(x)


def without_input():
    layers = keras.layers
    return keras.Sequential([layers.Conv2D(4, 3), layers.BatchNormalization(), layers.Flatten(), layers.Dense(10)])


def nested():
    inputs = keras.Input((28, 28, 1))
    return keras.Model(inputs, without_input()(inputs))


def compiled(make):
    model = make()
    model.compile("sgd", loss="mse")
    return model


IMAGES = np.random.default_rng(0).uniform(size=(8, 28, 28, 1)).astype("float32")


def train_on_images(model, callbacks):
    return model.fit(IMAGES, np.ones((8, 10)), epochs=1, callbacks=callbacks, verbose=0)


def never(model, callbacks):
    raise AssertionError("trained again")


@pytest.mark.parametrize("make", [Net, Deep, without_input, nested])
def test_a_network_that_is_not_built_is_built_before_its_weights_are_loaded(make, graded, capsys):
    trained, _ = training.load_or_train(lambda: compiled(make), train_on_images, NAME)
    graded()
    assert training.fault_of(NAME, compiled(make)) is None
    capsys.readouterr()
    loaded, _ = training.load_or_train(lambda: compiled(make), never, NAME)
    assert capsys.readouterr().out == f"{NAME} was loaded.\n"
    assert np.allclose(trained.predict(IMAGES, verbose=0), loaded.predict(IMAGES, verbose=0))


def test_an_unbuilt_network_of_other_sizes_is_told_what_does_not_fit(graded, capsys):
    training.load_or_train(lambda: compiled(Net), train_on_images, NAME)
    graded()
    training.load_or_train(lambda: compiled(Deep), never, NAME)
    assert (
        "the file" not in (said := capsys.readouterr().out)
        and "it holds weights of shape (4,), and the network has 1" in said
    )


@pytest.mark.parametrize("side", [28, 32])
def test_a_network_that_does_not_say_its_images_is_built_for_those_of_the_course(side, graded, capsys):
    images = np.zeros((8, side, side, 1))

    def train_net(model, callbacks):
        return model.fit(images, np.ones((8, 10)), callbacks=callbacks, verbose=0)

    trained, _ = training.load_or_train(lambda: compiled(Net), train_net, NAME)
    graded()
    loaded, _ = training.load_or_train(lambda: compiled(Net), never, NAME)
    assert capsys.readouterr().out.endswith(f"{NAME} was loaded.\n")
    assert np.allclose(trained.predict(images, verbose=0), loaded.predict(images, verbose=0))


@pytest.mark.parametrize(
    "save",
    [
        lambda model: model.save(NAME),
        lambda model: model.save("net.keras"),
        lambda model: model.save("net.h5"),
        lambda model: (model.save("net.keras"), os.rename("net.keras", NAME)),
        lambda model: model.save_weights("net-1.weights.h5"),
        lambda model: (model.save_weights(NAME), os.rename(NAME, "Net.weights (1).h5")),
        lambda model: (os.mkdir("net"), model.save_weights(f"net/{NAME}")),
    ],
)
@pytest.mark.parametrize("make", [Net, without_input])
def test_weights_are_found_and_loaded_however_keras_saved_them(save, make, graded, capsys):
    trained = compiled(make)
    train_on_images(trained, [])
    save(trained)
    graded()
    loaded, _ = training.load_or_train(lambda: compiled(make), never, NAME)
    assert "was loaded" in capsys.readouterr().out
    assert np.allclose(trained.predict(IMAGES, verbose=0), loaded.predict(IMAGES, verbose=0))
    assert training.fault_of(NAME, compiled(make)) is None


def test_of_two_renamed_files_none_is_taken_by_chance(graded, capsys, monkeypatch):
    for name in ("net-1.weights.h5", "net-2.weights.h5"):
        build().save_weights(name)
    graded()
    monkeypatch.setattr(training, "GRADING_SECONDS", 0)
    _, history = training.load_or_train(build, train, NAME)
    assert history is not None
    assert "but net-1.weights.h5 and net-2.weights.h5 are" in capsys.readouterr().out
