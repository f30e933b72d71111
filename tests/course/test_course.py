"""The digits, the sizes and the drawings."""

import io
import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from cnn_course import digits, figures
from cnn_course.sizes import require_size
from testing.classroom import ROOT

DATA = resources.files("cnn_course") / "data"


@pytest.fixture(autouse=True)
def closed():
    """Drawings that a test made are closed after it."""
    yield
    plt.close("all")


MNIST = Path(os.environ.get("MNIST_NPZ") or ROOT.parent / "shared" / "data" / "mnist.npz")


@pytest.fixture(autouse=True)
def figures_closed():
    yield
    plt.close("all")


def parts():
    """All digits of the package: (images, labels) of the training set, the validation set and the test."""
    return [*digits.load(), digits.held_out()]


@pytest.fixture(scope="module")
def mnist():
    """Keras' mnist.npz, as a dict of arrays."""
    if not MNIST.is_file():
        pytest.skip("full MNIST is not here: set MNIST_NPZ to Keras' mnist.npz")
    with np.load(MNIST) as file:
        return dict(file)


@pytest.mark.parametrize("part, each", [(0, 350), (1, 50), (2, 100)])
def test_every_class_is_in_every_part_equally_often(part, each):
    images, labels = parts()[part]
    assert images.shape == (10 * each, 28, 28) and images.dtype == np.uint8 and labels.dtype == np.int64
    assert np.bincount(labels).tolist() == [each] * 10


def test_no_digit_is_there_twice():
    assert len({image.tobytes() for images, _ in parts() for image in images}) == 5000


def test_the_digits_are_those_of_mnists_training_set(mnist):
    known = {image.tobytes(): label for image, label in zip(mnist["x_train"], mnist["y_train"])}
    for images, labels in parts():
        assert [known[image.tobytes()] for image in images] == labels.tolist()


def test_the_test_is_left_out_of_full_mnist_and_nothing_else(mnist, monkeypatch):
    monkeypatch.setenv("MNIST_NPZ", str(MNIST))
    (x_train, y_train), (x_val, y_val) = digits.load("full")
    left_out = {image.tobytes() for image in digits.held_out()[0]}
    kept = [image.tobytes() not in left_out for image in mnist["x_train"]]
    assert sum(kept) == 59_000
    assert (x_train == mnist["x_train"][kept]).all() and (y_train == mnist["y_train"][kept]).all()
    assert (x_val == mnist["x_test"]).all() and (y_val == mnist["y_test"]).all()


def test_no_label_can_be_read_from_what_is_left_out():
    with (DATA / "left_out.npy").open("rb") as file:
        firsts = np.load(file)
    assert firsts.shape == (1000,) and (np.diff(firsts.astype(object)) > 0).all()


def test_a_process_that_forks_kernels_has_no_digit_of_the_test():
    code = """
import numpy as np
opened = []
load = np.load
np.load = lambda file, **kwargs: (opened.append(file.name), load(file, **kwargs))[1]
import cnn_course.before_fork
print([name.rpartition("/")[2] for name in opened])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['digits.npz']\n"


def test_what_is_done_before_a_fork_leaves_no_thread_behind():
    code = """
import os
import tensorflow as tf
threads = lambda: len(os.listdir("/proc/self/task"))
from cnn_course import figures, network_checks
import matplotlib.pyplot, scipy.signal
before = threads()
import cnn_course.before_fork
from cnn_course import tensorflow_compat
print(tensorflow_compat.multiply(), threads() - before, tf.executing_eagerly())
child = os.fork()
if not child:
    x = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.function(tf.matmul)(x, x, transpose_b=True))
    print(y.numpy(), tape.gradient(y, x).numpy().tolist(), flush=True)
    try:
        tf.matmul(tf.ones((2, 3)), x)
    except tf.errors.InvalidArgumentError as error:
        print("__wrapped__" in error.message, flush=True)
    os._exit(0)
os.waitpid(child, 0)
"""
    done = subprocess.run([sys.executable, "-uc", code], capture_output=True, text=True, check=True, timeout=100)
    assert done.stdout.splitlines() == [
        "['Const', 'Const', 'Const', 'Const'] 0 True", "52.0 [[8.0, 12.0], [8.0, 12.0]]", "False"
    ]  # fmt: skip


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
    (x_train, y_train), (x_val, _) = digits.load("full")
    assert (x_train == whole["x_train"]).all() and (y_train == np.arange(6)).all() and len(x_val) == 2


def test_a_wrong_file_for_full_mnist_gets_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("MNIST_NPZ", str(tmp_path / "absent.npz"))
    with pytest.raises(FileNotFoundError, match="no file there"):
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
    monkeypatch.setattr(
        figures.showing, "display", lambda data, metadata, raw: texts.append(metadata["image/png"]["alt"])
    )
    return texts


def test_the_words_of_a_drawing_of_windows_tell_places_and_the_unread_pixel(shown):
    figures.window_places(
        [figures.Row(n=7, f=3, stride=3), figures.Row(n=6, f=3, stride=2, before=1, after=1)], ["", ""]
    )
    assert "2 windows of 3, moved by 3, start at 0, 3. No window reads pixel 6." in shown[0]
    assert "3 windows of 3, moved by 2, start at -1, 1, 3." in shown[0]


def test_zeros_of_the_padding_are_hatched():
    figure = figures.one_axis.drawn_places([figures.Row(n=6, f=3, stride=2, before=1, after=2)], [""])
    hatched = [patch.get_x() for patch in figure.axes[0].patches if patch.get_hatch()]
    figures.showing.png(figure)
    assert hatched == [-1, 6, 7]


def test_a_table_hatches_the_zeros_of_a_padding_and_gives_them_no_number(shown):
    table = np.pad([[4.0, 6.0]], 1, constant_values=np.nan)
    axis = figures.pictures.drawn_grids([table], ["read"]).axes[0]
    [hatching] = [patch for patch in axis.patches if patch.get_hatch()]
    middles = hatching.get_path().vertices.reshape(-1, 5, 2)[:, :4].mean(axis=1)
    assert set(map(tuple, middles)) == {(x, y) for x in range(4) for y in range(3)} - {(1, 1), (2, 1)}
    assert [text.get_text() for text in axis.texts] == ["4", "6"]
    figures.grids([table], ["read"])
    assert shown[-1] == "read. row 1: 4 in column 1, 6 in column 2."


def test_the_words_of_a_receptive_field_tell_its_sizes(shown):
    figures.receptive_fields([(3, 2), (3, 1)], "two layers")
    assert "it sees 1, 3, 7 places per layer" in shown[0]


def test_every_place_of_a_receptive_field_carries_its_number(monkeypatch):
    drawn = []
    monkeypatch.setattr(figures.one_axis, "show", lambda draw, alt: drawn.append(draw()))
    figures.receptive_fields([(3, 2), (3, 1)], "two layers")
    numbers = [text.get_text() for text in drawn[0].axes[0].texts if text.get_text().isdigit()]
    assert numbers == list("0123456" + "012" + "0")


def test_a_figure_has_more_pixels_than_it_is_wide_and_the_colours_that_were_drawn(monkeypatch):
    shown = []
    monkeypatch.setattr(figures.showing, "display", lambda data, metadata, raw: shown.append((data, metadata)))
    shades = np.arange(28 * 28).reshape(28, 28) / 783
    figures.images([shades - 0.5, shades], ["map", "ink"], "Shades.")
    [(data, metadata)] = shown
    picture, drawn = Image.open(io.BytesIO(data["image/png"])), io.BytesIO()
    width = metadata["image/png"]["width"]
    assert metadata["image/png"] == {"alt": "Shades.", "width": width}
    assert abs(picture.width - 2 * width) <= 1 and 400 < width < 800
    figure = figures.pictures.drawn_images([shades - 0.5, shades], ["map", "ink"])
    figure.savefig(drawn, dpi=220, bbox_inches="tight")
    colours, exact = (np.asarray(each.convert("RGB")).astype(int) for each in (picture, Image.open(drawn)))
    assert np.abs(colours - exact).max() <= 20
    assert len(data["image/png"]) < 0.7 * len(drawn.getvalue())


def test_the_squares_of_a_table_keep_their_colours(monkeypatch):
    shown = []
    monkeypatch.setattr(figures.showing, "display", lambda data, metadata, raw: shown.append(data["image/png"]))
    figures.grids([np.arange(76).reshape(4, 19)], ["numbers"], alt="Numbers.")
    drawn = io.BytesIO()
    figures.pictures.drawn_grids([np.arange(76).reshape(4, 19)], ["numbers"]).savefig(
        drawn, dpi=220, bbox_inches="tight"
    )
    colours, exact = (np.asarray(Image.open(each).convert("RGB")) for each in (io.BytesIO(shown[0]), drawn))
    squares, often = np.unique(exact.reshape(-1, 3), axis=0, return_counts=True)
    kept = {tuple(colour) for colour in np.unique(colours.reshape(-1, 3), axis=0)}
    assert {tuple(square) for square in squares[often > 1000]} <= kept


def test_an_axis_of_whole_numbers_has_no_others():
    figure = figures.lines._curves(range(3), {"accuracy": [0.9, 0.8, 0.7]}, "pixels", "accuracy", ())
    assert all(float(tick).is_integer() for tick in figure.axes[0].get_xticks())


def test_while_graded_only_the_words_of_a_drawing_are_shown(monkeypatch):
    shown = []
    monkeypatch.setattr(figures.showing, "display", lambda data, metadata, raw: shown.append(data))
    figures.curves([1, 2], {"loss": [3, 1]}, "epoch", "loss", "The loss falls.")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setattr(figures.lines, "plt", None)
    figures.curves([1, 2], {"loss": [3, 1]}, "epoch", "loss", "The loss falls.")
    assert [set(each) for each in shown] == [{"text/plain", "image/png"}, {"text/plain"}]


def test_a_cell_that_draws_with_the_students_function_waits_kindly(capsys):
    with figures.once_written("conv2d"):
        raise NotImplementedError
    assert "Write conv2d first" in capsys.readouterr().out
    with pytest.raises(NotImplementedError), figures.once_written("conv2d"):
        raise NotImplementedError("Cannot convert a symbolic tf.Tensor to a numpy array.")


def test_a_cell_that_draws_says_which_name_is_missing_and_where_it_is_made(capsys):
    with figures.once_written("cnn and worst_mistakes", cnn_history=6):
        exec("worst_mistakes", {})
    assert capsys.readouterr().out.startswith("worst_mistakes is not defined yet. Write it and run its cell first")
    with figures.once_written("cnn and worst_mistakes", cnn_history=6):
        exec("cnn_history", {})
    assert "cnn_history is not defined yet. First run the cell in section 6" in capsys.readouterr().out


@pytest.mark.parametrize(
    "code", ["and_", "a", "worst_mistakes()", "def f():\n    cnn += 1\nf()"], ids=["other", "part", "typo", "local"]
)
def test_a_cell_that_draws_shows_every_other_error_as_it_is(code, capsys):
    def worst_mistakes():
        return confidance  # noqa: F821

    names = {"worst_mistakes": worst_mistakes}
    with pytest.raises(NameError), figures.once_written("cnn and worst_mistakes", cnn_history=6):
        exec(code, names)
    assert capsys.readouterr().out == ""


def test_many_pictures_stand_in_rows(monkeypatch):
    drawn = []
    monkeypatch.setattr(figures.pictures, "show", lambda draw, alt: drawn.append(draw()))
    for count in (10, 16):
        figures.images([np.eye(3)] * count, ["one"] * count, "identity matrices")
    places = [[axis.get_subplotspec().colspan.start for axis in figure.axes] for figure in drawn]
    assert [max(columns) + 1 for columns in places] == [5, 4]


def test_a_number_has_the_same_colour_in_all_figures_that_end_at_the_same_number():
    one, other = (
        figures.pictures.drawn_images([picture], ["a"], ends=1.7159).axes[0].images[0]
        for picture in (np.array([[-1, 1]]), np.array([[-1.6, 0.3]]))
    )
    assert one.to_rgba(1.0) == other.to_rgba(1.0)


@pytest.mark.parametrize("values, bars", [([-1, 1], 0), ([-1, 0, 1], 1)])
def test_two_colours_need_no_scale_beside_them(values, bars):
    figure = figures.pictures.drawn_images([np.array([values]), np.array([values[:2]])], ["a", "b"])
    assert len(figure.axes) == 2 + bars


def test_a_title_stands_nearer_to_its_picture_than_to_the_one_above():
    figure = figures.pictures.drawn_images([np.eye(28)] * 10, ["one"] * 10)
    figure.draw_without_rendering()
    above, picture = figure.axes[0].get_window_extent(), figure.axes[5].get_window_extent()
    title = figure.axes[5].title.get_window_extent()
    assert above.y0 - title.y1 > 2 * (title.y0 - picture.y1) > 0
    assert figure.get_figwidth() < 7.5  # wider ones are shrunk on a page, and their letters with them


@pytest.mark.parametrize(
    "title, lines", [("convolution 1, map 24", 2), ("a 4, predicted as 9", 1), ("합성곱 1, 특징 맵 24", 1), ("1, 2", 1)]
)
def test_titles_beside_each_other_dont_touch(title, lines, monkeypatch):
    monkeypatch.setitem(figures.pictures.plt.rcParams, "font.family", ["DejaVu Sans", figures.hangul.NAME])
    figures.hangul.font_manager.fontManager.addfont(figures.hangul.FONT)
    figure = figures.pictures.drawn_images([np.eye(28)] * 5, [title] * 5)
    figure.draw_without_rendering()
    boxes = [axis.title.get_window_extent() for axis in figure.axes]
    assert all(one.x1 + 4 < other.x0 for one, other in zip(boxes, boxes[1:]))
    assert len(figure.axes[0].get_title().split("\n")) == lines


def test_a_frame_at_the_edge_of_a_table_is_seen_whole():
    axis = figures.pictures.drawn_grids([np.eye(3)], ["one"], windows=[(0, 0, 0, 2, 2)]).axes[0]
    [frame] = axis.patches
    assert not frame.get_clip_on() and frame.get_zorder() > axis.spines["top"].get_zorder()


def test_a_picture_may_have_a_caption(shown):
    figures.images([np.eye(3)] * 2, ["before", "after"], captions=["", "norm 1.7"])
    assert shown == ["Pictures: before; after, norm 1.7."]
    figure = figures.pictures.drawn_images([np.eye(3)] * 3, ["one"] * 3, captions=["", "norm 1.7"])
    assert [axis.get_xlabel() for axis in figure.axes[:3]] == ["", "norm 1.7", ""]


def test_places_of_one_value_are_hatched():
    read, unread = np.ones((3, 4), int), np.outer([1, 1, 0], [1, 0, 1, 1])
    figure = figures.pictures.drawn_images([read, unread], ["all", "some"], one_scale=True, hatched=0)
    [hatching] = figure.axes[1].patches
    assert not figure.axes[0].patches and hatching.get_hatch()
    middles = hatching.get_path().vertices.reshape(-1, 5, 2)[:, :4].mean(axis=1)
    assert {(row, column) for column, row in middles} == set(map(tuple, np.argwhere(unread == 0)))


def test_one_scale_of_pictures_with_values_below_zero_is_one_of_colours():
    given = [np.array([[-1, 2]]), np.array([[0, 9]])]
    below, above = (axis.images[0] for axis in figures.pictures.drawn_images(given, "ab", one_scale=True).axes[:2])
    assert below.to_rgba(9) == above.to_rgba(9) and below.get_clim() == (-9, 9)
    ink = figures.pictures.drawn_images(given, "ab").axes[1].images[0]
    assert len(set(ink.to_rgba(4)[:3])) == 1


def test_signs_stand_between_tables(shown):
    figures.grids([[[1, 2]], [[3, 4]], [[11]]], ["x", "weights", "result"], signs=["·", "="])
    assert shown == [
        "x. row 0: 1 in column 0, 2 in column 1. · weights. row 0: 3 in column 0, 4 in column 1. = "
        "result. row 0: 11 in column 0."
    ]
    tables = [np.ones((2, 2)), np.ones((2, 2)), [[4]]]
    figure = figures.pictures.drawn_grids(tables, "abc", windows=[(2, 0, 0, 1, 1)], signs=["·", "="])
    left = [axis.get_position().x0 for axis in figure.axes]
    assert left == sorted(left) and not any(axis.images for axis in figure.axes[1::2])
    assert [axis.texts[0].get_text() for axis in figure.axes[1::2]] == ["·", "="]
    assert [len(axis.patches) for axis in figure.axes] == [0, 0, 0, 0, 1]
    with pytest.raises(ValueError):
        figures.pictures.drawn_grids(tables, "abc", signs=["·"])


def test_no_grid_runs_through_the_words_of_a_legend(monkeypatch):
    drawn = []
    monkeypatch.setattr(figures.lines, "show", lambda draw, alt: drawn.append(draw()))
    figures.curves([1, 2], {"loss": [3, 1]}, "epoch", "loss", "The loss falls.")
    assert drawn[0].axes[0].get_legend().get_frame_on()


def brightness(color):
    """The relative luminance of WCAG."""
    channels = np.asarray(color)[:3]
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4) @ (
        0.2126,
        0.7152,
        0.0722,
    )


def test_a_number_below_zero_has_the_same_colour_in_a_table_and_in_a_map():
    numbers = np.array([[-1, 0, 0.5]])
    [table] = figures.pictures.drawn_grids([numbers, [[9]]], ["kernel", "counts"]).axes[0].images
    picture = figures.pictures.drawn_images([numbers], ["map"]).axes[0].images[0]
    assert (table.to_rgba(numbers) == picture.to_rgba(numbers)).all()


@pytest.mark.parametrize("least", [-40, 0])
def test_numbers_below_zero_are_told_from_zero_in_a_table_and_all_can_be_read(least):
    axis = figures.pictures.drawn_grids([[range(least, 41)]], ["table"]).axes[0]
    [image] = axis.images
    below, zero, above = image.to_rgba(np.array([-40, 0, 40]))
    assert all(np.abs(one - other).max() > 0.3 for one, other in ((below, zero), (zero, above), (below, above)))
    for number in axis.texts:
        value = int(number.get_text().replace("\N{MINUS SIGN}", "-"))
        paper, ink = brightness(image.to_rgba(value)), brightness(to_rgb(number.get_color()))
        assert (max(paper, ink) + 0.05) / (min(paper, ink) + 0.05) > 4.5


def test_the_codes_are_ten_bitmaps():
    from cnn_course.lenet import RBF_CODES

    assert RBF_CODES.shape == (10, 84) and RBF_CODES.dtype == np.float32 and set(RBF_CODES.ravel()) == {-1, 1}
    assert len({code.tobytes() for code in RBF_CODES}) == 10
