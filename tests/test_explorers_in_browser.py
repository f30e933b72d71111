"""The interactive figures in a real browser, on a page without a kernel: driven by mouse and keyboard, and read as text."""

import functools
import http.server
import os
import shutil
import threading

import pytest

from cnn_course import explorers

FIGURES = {
    "convolution": explorers.convolution,
    "padding": explorers.padding,
    "pooling": explorers.pooling,
    "field": explorers.receptive_field,
    "lenet": explorers.lenet,
    "lens": explorers.lens,
}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Explorers</title>
<link rel="stylesheet" href="explorers.css"><link rel="icon" href="data:,"><main>{}</main>
<script type="module">import {{ mountAll }} from "./explorers.js"; mountAll(); document.body.dataset.ready = "";</script></html>"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    shutil.copytree(explorers.STATIC, folder, dirs_exist_ok=True)
    for name, make in FIGURES.items():
        html = make()._repr_mimebundle_()[0]["text/html"]
        (folder / f"{name}.html").write_text(PAGE.format(html), encoding="utf-8")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser(chromium, tmp_path_factory):
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as engine:
        opened = engine.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            env={**os.environ, "HOME": str(tmp_path_factory.mktemp("home"))},
        )
        yield opened
        opened.close()


@pytest.fixture
def figure(browser, address):
    """Opens a figure's page, and fails if anything goes wrong in it."""
    pages, faults = [], []

    def opened(name, width=1000):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(f"{address}/{name}.html")
        page.wait_for_selector("body[data-ready]")
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.close()
    assert faults == []


def text(page, selector):
    return page.locator(f".explorer {selector}").inner_text()


def test_the_window_walks_by_key_and_its_sum_is_said(figure):
    page = figure("convolution")
    assert text(page, ".formula").endswith("⌊(7 + 2 · 0 − 3) / 1⌋ + 1 = 5")
    page.get_by_role("group", name="The window.").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    assert text(page, ".sum") == "Row 1, column 2: " + "0·(−1) + 5·1 + 0·(−1) + 9·1 + 0·(−1) + 9·1 = 23"
    page.keyboard.press("End")
    assert text(page, ".sum").startswith("Row 4, column 4:")
    page.get_by_role("button", name="next").click()
    assert text(page, ".sum").startswith("Row 0, column 0:")
    page.get_by_label("padding P").press("ArrowRight")
    page.get_by_label("stride S").press("ArrowRight")
    assert text(page, ".formula").endswith("⌊(7 + 2 · 1 − 3) / 2⌋ + 1 = 4")
    page.get_by_label("input size N").fill("1")
    page.get_by_label("padding P").fill("0")
    assert text(page, ".formula") == "1 + 2 · 0 = 1 pixels are fewer than 3."


def test_the_window_walks_by_itself_until_it_is_stopped(figure):
    page = figure("convolution")
    page.get_by_role("button", name="walk").click()
    page.wait_for_function("document.querySelector('.sum').textContent.startsWith('Row 0, column 1:')")
    page.get_by_role("button", name="stop").click()
    stopped = text(page, ".sum")
    page.wait_for_timeout(1000)
    assert text(page, ".sum") == stopped


def test_same_and_symmetric_padding_are_compared(figure):
    page = figure("padding")
    assert text(page, ".verdict").startswith("As many windows in both rows, but at other places")
    page.get_by_label("stride S").fill("1")
    assert text(page, ".verdict").startswith("Every window stands at the same place")
    page.get_by_label("symmetric padding P").fill("0")
    assert text(page, ".verdict") == "Not the same: 8 against 6 windows."


def test_a_shifted_digit_is_pooled(figure):
    page = figure("pooling")
    page.get_by_label("shift right").fill("1")
    pixels, maps = (float(word.strip(",.")) for word in text(page, ".verdict").split() if word[0].isdigit())
    assert 0 < pixels < maps < 1
    page.get_by_label("pool", exact=True).select_option("average")
    assert "the mean of" in text(page, ".sum")


def test_a_stack_of_layers_is_built(figure):
    page = figure("field")
    page.get_by_label("layer 1: stride").fill("2")
    assert text(page, ".sum").startswith("One unit of layer 2 sees 7 × 7 pixels")
    page.get_by_role("button", name="add a layer").click()
    assert text(page, ".sum").startswith("One unit of layer 3 sees 11 × 11 pixels")


def test_a_layer_of_lenet_is_read(figure):
    page = figure("lenet")
    page.get_by_role("button", name="C1").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "1,516 trained parameters" in text(page, ".facts") and "151,600 connections" in text(page, ".facts")
    assert page.locator("td", has_text="✕").count() == 60


def test_a_digit_is_drawn_and_named(figure):
    page = figure("lens")
    assert text(page, ".verdict").startswith("The network says 0")
    page.get_by_role("button", name="clear").click()
    box = page.locator(".stage svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 0.2 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 0.8 * box["height"], steps=30)
    page.mouse.up()
    assert text(page, ".verdict").startswith("The network says 1")


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_fits_a_phone_and_is_reached_by_key(figure, name):
    page = figure(name, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    controls = page.locator(".explorer :is(input, select, button:enabled, [tabindex='0'])").count()
    reached = set()
    for _ in range(controls):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("[...document.querySelectorAll('.explorer *')].indexOf(document.activeElement)"))
    assert -1 not in reached and len(reached) == controls
    for picture in page.locator(".explorer svg[role=img]").all():
        assert len(picture.get_attribute("aria-label")) > 20
