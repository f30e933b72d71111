"""The interactive figures in a real browser, on a page without a kernel: driven by mouse and keyboard, read as text."""

import shutil

import nbformat
import numpy as np
import pytest
from nbconvert import HTMLExporter
from nbconvert.preprocessors import ExecutePreprocessor
from scipy.signal import correlate2d

from cnn_course import explorers
from testing.browsing import served, violations
from testing.driving import DRIVES, text

FIGURES = {
    "convolution": explorers.convolution,
    "padding": explorers.padding,
    "pooling": explorers.pooling,
    "field": explorers.receptive_field,
    "lenet": explorers.lenet,
    "lens": explorers.lens,
}
ORANGE, PURPLE = [217, 105, 20], [132, 96, 202]
PIXELS = "it => [...it.getContext('2d').getImageData(0, 0, it.width, it.height).data]"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">\
<meta name="viewport" content="width=device-width"><title>Explorers</title>
<link rel="stylesheet" href="explorers.css"><link rel="icon" href="data:,"><main>{}</main>
<script type="module">import {{ mountAll }} from "./explorers.js"; \
mountAll(); document.body.dataset.ready = "";</script></html>"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(explorers.STATIC, folder, dirs_exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_PAGE", "yes")
        for name, make in FIGURES.items():
            (folder / f"{name}.html").write_text(PAGE.format(make().data), encoding="utf-8")
    with served(folder) as url:
        yield url


@pytest.fixture
def figure(browser, address):
    """Opens a figure's page, and fails if anything goes wrong in it."""
    pages, faults = [], []

    def opened(name, width=1000):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(f"{address}/{name}" if "?" in name else f"{address}/{name}.html")
        page.wait_for_selector("body[data-ready]")
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()
    assert faults == []


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_answers(figure, name):
    DRIVES[name](figure(name).locator(".explorer"))


def test_the_window_walks_by_itself_until_it_is_stopped(figure):
    page = figure("convolution")
    page.get_by_role("button", name="walk").click()
    page.wait_for_function("document.querySelector('.sum').textContent.startsWith('Row 0, column 1:')")
    page.get_by_role("button", name="stop").click()
    stopped = text(page, ".sum")
    page.wait_for_timeout(1000)
    assert text(page, ".sum") == stopped


def test_a_large_table_is_painted_a_pixel_for_each_number(figure):
    page = figure("convolution")
    page.get_by_label("input size N").fill("28")
    page.get_by_label("stride S").fill("1")
    seven = np.array(explorers.convolution().data["digit"])
    edges = correlate2d(seven, [[-1, 0, 1]] * 3, mode="valid")
    for place, numbers in ((0, seven), (2, edges)):
        canvas = page.locator("canvas").nth(place)
        painted = np.array(canvas.evaluate(PIXELS)).reshape(*numbers.shape, 4)
        strength = np.abs(numbers) / np.abs(numbers).max()
        np.testing.assert_allclose(painted[..., 3], 255 * strength, atol=0.51)
        strong = strength > 0.9
        full = np.where(numbers[..., None] < 0, PURPLE, ORANGE)
        np.testing.assert_allclose(painted[strong][:, :3], full[strong], atol=1)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_fits_a_phone_and_is_reached_by_key(figure, name):
    page = figure(name, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    controls = page.locator(".explorer :is(input, select, button:enabled:not(.step), [tabindex='0']):visible").count()
    reached = set()
    for _ in range(controls):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("[...document.querySelectorAll('.explorer *')].indexOf(document.activeElement)"))
    assert -1 not in reached and len(reached) == controls
    for picture in page.locator(".explorer svg[role=img]").all():
        assert len(picture.get_attribute("aria-label")) > 20


def test_a_link_reopens_what_was_set_and_reset_forgets_it(figure):
    page = figure("convolution")
    page.get_by_label("stride S").fill("2")
    page.locator(".stage figure").first.locator("svg .square").nth(2).click()
    page.wait_for_function("location.search.includes('stride')")
    again = figure(page.url.rsplit("/", 1)[1])
    assert again.get_by_label("stride S").input_value() == "2"
    assert text(again, ".sum") == text(page, ".sum")
    assert again.locator(".value").nth(2).text_content() == "9"
    again.get_by_role("button", name="reset").click()
    assert again.get_by_label("stride S").input_value() == "1"
    again.wait_for_function("location.search === ''")
    broken = figure("convolution.html?convolution={%22stride")
    assert broken.get_by_label("stride S").input_value() == "1"


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_figure_can_be_read_in_light_and_dark(figure, name, theme):
    page = figure(name)
    page.emulate_media(color_scheme=theme)
    paper = page.locator(".explorer").evaluate("it => getComputedStyle(it).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (theme == "light")
    assert axe_faults(page) == []


def test_the_theme_of_the_surroundings_decides_before_the_system(figure):
    page = figure("padding")
    for attribute, light, dark in [("data-theme", "light", "dark"), ("data-jp-theme-light", "true", "false")]:
        for system in ("light", "dark"):
            page.emulate_media(color_scheme=system)
            for value, red in [(light, 255), (dark, 27)]:
                page.evaluate("([name, value]) => document.body.setAttribute(name, value)", [attribute, value])
                paper = page.locator(".explorer").evaluate("it => getComputedStyle(it).backgroundColor")
                assert paper.startswith(f"rgb({red}, ")
        page.evaluate("name => document.body.removeAttribute(name)", attribute)


@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize(
    "name, values",
    [
        ("padding", {"pixels N": "1", "window F": "7", "symmetric padding P": "0"}),
        ("convolution", {"input size N": "1", "kernel size F": "7"}),
    ],
)
def test_captions_are_whole_where_no_window_fits(figure, name, values, width):
    page = figure(name, width=width)
    for label, value in values.items():
        page.get_by_label(label).fill(value)
    assert "no place" in text(page, ".sum") if name == "convolution" else "0 windows" in text(page, ".verdict")
    for caption in page.locator("figcaption").all():
        assert caption.bounding_box()["width"] > 80 and caption.bounding_box()["height"] < 45


def test_the_layers_of_lenet_are_drawn_equally_wide(figure):
    for width in (360, 1280):
        page = figure("lenet", width=width)
        widths = {round(layer.bounding_box()["width"]) for layer in page.locator(".layer").all()}
        assert len(widths) == 1 and widths.pop() < width / 2


@pytest.fixture
def touched(browser, address):
    """Opens a figure's page on a device without mouse and keyboard."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)

    def opened(name):
        page = context.new_page()
        page.goto(f"{address}/{name}.html")
        page.wait_for_selector("body[data-ready]")
        return page

    yield opened
    context.close()


def test_a_finger_moves_the_window_paints_and_chooses_weights(touched):
    page = touched("convolution")
    inputs, weights, places = (page.locator(".stage figure").nth(which).locator(".square") for which in range(3))
    places.nth(0).tap()
    assert text(page, ".sum").startswith("Row 0, column 0:") and text(page, ".sum").endswith(" = 0")
    inputs.nth(2).tap()
    assert text(page, ".sum").endswith(" = 9")
    weights.nth(2).tap()
    assert page.get_by_label("weight in row 0, column 2").input_value() == "1"


def test_a_finger_chooses_units_layers_and_windows(touched):
    page = touched("field")
    page.locator("svg .square").nth(-1).tap(force=True)
    assert page.get_by_label("unit of the last layer", exact=True).input_value() == "2"
    page = touched("lenet")
    page.get_by_role("button", name="F6").tap()
    assert text(page, ".facts").startswith("F6: 84 units")
    page = touched("pooling")
    page.locator(".stage figure").nth(1).locator(".square").nth(0).tap()
    assert text(page, ".sum").startswith("Row 0, column 0: the largest of 0, 0, 0, 0 is 0.")


@pytest.mark.parametrize("name", FIGURES)
def test_what_is_touched_is_not_small(touched, name):
    for control in touched(name).locator(".explorer :is(button, select, input)").all():
        if control.is_visible():
            box = control.bounding_box()
            assert min(box["width"], box["height"]) >= 24, control.evaluate("it => it.outerHTML")


def test_a_finger_steps_by_buttons_which_a_mouse_does_not_need(touched, figure):
    page = touched("padding")
    stride = page.locator(".control", has_text="stride S")
    for _ in range(2):
        stride.get_by_role("button", name="one less").tap()
    assert page.get_by_label("stride S").input_value() == "1"
    assert text(page, ".verdict").startswith("Every window stands at the same place")
    stride.get_by_role("button", name="one more").tap()
    assert text(page, ".verdict").startswith("As many windows in both rows, but at other places")
    assert not figure("padding").locator(".step:visible").count()


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("convolution", ".controls", ".formula"),
        ("convolution", ".stage", ".sum"),
        ("padding", ".controls", ".verdict"),
        ("pooling", ".controls", ".verdict"),
        ("field", ".layers", ".sum"),
        ("lenet", ".network", ".facts"),
        ("lens", ".stage", ".answers"),
    ],
)
def test_a_phone_shows_what_is_set_and_what_comes_of_it_at_once(touched, name, first, last):
    page = touched(name)
    above, below = (page.locator(part).first.bounding_box() for part in (first, last))
    assert below["y"] + below["height"] - above["y"] < 680  # of 740, the rest being the site's header


def test_the_picture_of_many_layers_stays_in_sight_of_their_controls(touched):
    page = touched("field")
    for _ in range(3):
        page.get_by_role("button", name="add a layer").tap()
    page.evaluate("scrollTo(0, 0)")
    assert page.locator(".layers").bounding_box()["height"] > 480
    picture = page.locator(".axis").bounding_box()
    assert picture["y"] > 300 and picture["y"] + picture["height"] <= 740


def swiped(page, part):
    """Move a finger upwards over a part of a page, and say by how much that scrolls it."""
    part.scroll_into_view_if_needed()
    box, before = part.bounding_box(), page.evaluate("scrollY")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 2
    device = page.context.new_cdp_session(page)
    steps = [("touchStart", [y]), *(("touchMove", [y - far]) for far in range(10, 100, 10)), ("touchEnd", [])]
    for kind, points in steps:
        device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for y in points]})
    page.wait_for_timeout(300)
    return page.evaluate("scrollY") - before


@pytest.mark.parametrize("name", ["convolution", "lens"])
def test_a_finger_paints_where_a_frame_says_so_and_scrolls_beside_it(touched, name):
    page = touched(name)
    page.add_style_tag(content="body { padding-bottom: 800px }")
    [surface] = page.locator(".painted svg").all()
    assert surface.evaluate("it => getComputedStyle(it).outlineStyle") == "dashed"
    assert surface.bounding_box()["width"] < 0.6 * 360
    before = page.locator(".painted").inner_html()
    assert swiped(page, surface) == 0
    assert swiped(page, page.locator(".answers" if name == "lens" else ".stage figure").last) > 50
    painted = (
        page.locator(".painted canvas").evaluate(PIXELS) if name == "lens" else page.locator(".painted").inner_html()
    )
    assert painted != before


def test_no_line_crosses_the_name_of_a_layer(figure):
    page = figure("field", width=360)
    covered = page.locator("svg .name").evaluate_all("""all => all.map(name => {
        const [paper, text] = [name.previousElementSibling, name].map(each => each.getBoundingClientRect());
        const lines = [...name.parentNode.querySelectorAll("line")];
        const above = lines.every(line => line.compareDocumentPosition(name) & Node.DOCUMENT_POSITION_FOLLOWING);
        return above && paper.left <= text.left + 1 && paper.right >= text.right - 1 && paper.height >= text.height - 1;
    })""")
    assert covered == [True, True, True]


def test_the_caption_of_a_wide_table_is_whole(touched):
    page = touched("lenet")
    page.get_by_role("button", name="C3").tap()
    caption, table = page.get_by_text("60 of 96 pairs"), page.get_by_role("table")
    assert table.bounding_box()["width"] > 360
    assert caption.evaluate("it => it.scrollWidth <= it.clientWidth && it.getBoundingClientRect().right < 360")


def test_zeros_of_the_padding_are_hatched_and_pixels_are_not(figure):
    page = figure("convolution")
    assert page.locator(".stage .hatch").count() == 0
    page.get_by_label("padding P").fill("1")
    assert page.locator(".stage .hatch").count() == 9 * 9 - 7 * 7
    page.get_by_label("input size N").fill("20")
    assert page.locator(".stage .hatch").get_attribute("d").count("M") == 3 * (22 * 22 - 20 * 20)
    page = figure("padding")
    assert page.locator(".hatch").count() == page.locator(".zero").count() == 3


def test_a_zero_of_the_padding_is_no_pixel_and_one_that_is_not_read_looks_like_it(figure):
    page = figure("padding")
    same, symmetric = (page.locator(".axis").nth(row) for row in range(2))
    for row, zeros in ((same, 1), (symmetric, 2)):
        assert row.locator("text").all_text_contents() == list("01234567") and row.locator(".zero").count() == zeros
    assert (same.locator(".unread").count(), symmetric.locator(".unread").count()) == (0, 1)
    fills = symmetric.locator(".zero").evaluate_all("all => all.map(it => getComputedStyle(it).fill)")
    assert fills[0] != fills[1]
    page.get_by_label("stride S").fill("4")
    assert same.locator(".pixel.unread").count() == 2


@pytest.mark.parametrize("width", [360, 1000])
def test_the_numbers_of_a_kernel_are_of_one_size_that_can_be_read(figure, width):
    sizes = """all => all.map(it => parseFloat(getComputedStyle(it).fontSize) * it.getScreenCTM().a)"""
    found = figure("lens", width).locator(".kernel .value").evaluate_all(sizes)
    assert len(found) == 9 and max(found) - min(found) < 0.01 and min(found) > 10


def test_the_pen_is_seen_by_who_draws_by_key(figure):
    page = figure("lens")
    assert not page.locator(".frame.pen").is_visible() and page.locator(".frame.place").count() == 0
    page.get_by_label("show the maps of").focus()
    page.keyboard.press("Tab")
    assert page.locator(".frame.pen").is_visible()


def test_a_window_of_many_numbers_says_what_comes_of_them(figure):
    page = figure("pooling")
    page.get_by_label("window and stride").fill("7")
    assert "the largest of 49 numbers is " in text(page, ".sum")


def test_the_window_and_its_number_have_one_frame(figure):
    for name, frames in (("pooling", 2), ("convolution", 2), ("lens", 2)):
        assert figure(name).locator(".frame.window").count() == frames


def test_the_sketch_of_lenet_says_that_it_is_one(figure):
    assert "of many maps six are drawn" in text(figure("lenet"), ".explorer")


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_fits_the_smallest_phone(figure, name):
    page = figure(name, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    wide = "all => all.filter(it => it.getBoundingClientRect().right > 312).length"
    assert page.locator(".explorer :is(.stage, .controls, .answers, .buttons) *:visible").evaluate_all(wide) == 0


def test_a_fast_finger_draws_a_stroke_without_gaps(touched):
    page = touched("lens")
    page.get_by_role("button", name="clear").tap()
    paper = page.locator(".stage svg").first
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    x, top, bottom = (box["x"] + box["width"] / 2, box["y"] + 0.2 * box["height"], box["y"] + 0.8 * box["height"])
    device = page.context.new_cdp_session(page)
    for kind, points in [("touchStart", [top]), ("touchMove", [bottom]), ("touchEnd", [])]:
        device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for y in points]})
    page.wait_for_function("document.querySelector('.verdict').textContent.startsWith('The network says 1')")
    alpha = np.array(page.locator("canvas").first.evaluate(PIXELS)).reshape(28, 28, 4)[..., 3]
    rows = np.flatnonzero(alpha.max(axis=1) == 255)
    assert len(rows) > 14 and (np.diff(rows) == 1).all()


def axe_faults(page):
    """What axe finds of contrast, names and roles."""
    return [(each["id"], each["nodes"][0]["html"]) for each in violations(page, ".explorer")]


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A notebook with all explorers, executed and made HTML by nbconvert's own default template."""
    cells = [
        nbformat.v4.new_code_cell(f"from cnn_course import explorers\nexplorers.{make.__name__}()")
        for make in FIGURES.values()
    ]
    notebook, _ = ExecutePreprocessor().preprocess(nbformat.v4.new_notebook(cells=cells))
    assert "widgets" not in notebook.metadata
    for cell in notebook.cells:
        assert {"text/html", "image/png"} < set(cell.outputs[-1].data)
    file = tmp_path_factory.mktemp("exported") / "notebook.html"
    file.write_text(HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize("javascript", [True, False])
def test_exported_explorers_need_no_network(browser, exported, javascript):
    context = browser.new_context(java_script_enabled=javascript)
    context.set_offline(True)
    page = context.new_page()
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(exported)
    assert not [url for url in asked if "widget" in url or "html-manager" in url]
    assert not [fault for fault in faults if "MathJax" not in fault and "require" not in fault]
    assert "Error displaying widget" not in page.locator("body").inner_text()
    figures = page.locator(".explorer")
    assert figures.count() == len(FIGURES)
    for place, name in enumerate(FIGURES):
        if javascript:
            DRIVES[name](figures.nth(place))
        else:
            assert figures.nth(place).locator("img").evaluate("it => it.naturalWidth / it.width") > 1.9  # sharp
    context.close()
