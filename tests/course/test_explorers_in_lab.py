"""The interactive figures in JupyterLab, with a real server and a real kernel.

The numbers are the same as on a page, Python knows what is set, and what is saved needs no kernel.
"""

import contextlib
import json
import os
import time
from pathlib import Path

import nbformat
import pytest

from testing.browsing import jupyterlab
from testing.driving import DRIVES

SECONDS = 60
READERS = Path(__file__).parents[2] / "packages" / "cnn-course" / "lab"  # settings, as `make lab` has them
CONNECTED = "connectionStatus === 'connected'"
FIRST = """from pathlib import Path
import json
from cnn_course import explorers
first = explorers.convolution()
first.observe(lambda change: Path("settings.json").write_text(json.dumps(first.settings)), "settings")
first"""
CALLS = {
    "convolution": FIRST,
    "padding": "explorers.padding()",
    "pooling": "explorers.pooling()",
    "field": "explorers.receptive_field()",
    "lenet": "explorers.lenet()",
    "lens": "explorers.lens()",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    cells = [nbformat.v4.new_code_cell(code) for code in CALLS.values()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / "explorers.ipynb")
    return folder


@pytest.fixture(scope="module")
def lab(folder, tmp_path_factory):
    """The address of the notebook in a JupyterLab."""
    home = str(tmp_path_factory.mktemp("home"))
    names = ["HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"]
    environment = {**os.environ, **dict.fromkeys(names, home), "JUPYTER_CONFIG_PATH": str(READERS)}
    with jupyterlab(folder, environment, "--expose-app-in-browser") as address:
        yield address("lab/tree/explorers.ipynb")


@pytest.fixture(scope="module")
def page(browser, lab):
    """The notebook with all explorers, run to its end."""
    page = browser.new_page(viewport={"width": 1200, "height": 5000})
    page.set_default_timeout(1000 * SECONDS)
    page.goto(lab)
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.wait_for_function(f"window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.{CONNECTED}")
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(f"document.querySelectorAll('.explorer').length === {len(CALLS)}")
    yield page
    page.close()


@pytest.mark.parametrize("name", CALLS)
def test_a_figure_answers_in_jupyterlab(page, name):
    DRIVES[name](page.locator(".explorer").nth(list(CALLS).index(name)))


def test_nothing_of_an_instructor_and_no_news_stand_beside_the_notebook(page):
    assert not page.locator(".Toastify__toast").count()
    titles = page.locator(".jp-SideBar .lm-TabBar-tab").evaluate_all(
        "tabs => tabs.map(tab => tab.title + tab.dataset.id)"
    )
    assert titles and not [each for each in titles if "ssignment" in each or "nbgrader" in each]
    assert page.get_by_role("button", name="Validate").count()


def test_python_knows_what_was_set(page, folder):
    figure = page.locator(".explorer").first
    figure.get_by_label("input size N").fill("9")
    end = time.monotonic() + SECONDS
    while not (known := _settings(folder)).get("n") == 9 and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert known["n"] == 9


def test_the_notebook_is_saved_while_a_control_has_the_focus(page, folder):
    saved = folder / "explorers.ipynb"
    before = saved.stat().st_mtime_ns
    page.locator(".explorer").first.get_by_label("stride S").focus()
    page.keyboard.press("Control+s")
    end = time.monotonic() + SECONDS
    while not _is_written(saved, before) and time.monotonic() < end:
        page.wait_for_timeout(100)
    outputs = [cell.outputs[0].data for cell in nbformat.read(saved, as_version=4).cells]
    assert len(outputs) == len(CALLS)
    for kept in outputs:
        assert set(kept) == {"text/html", "image/png", "text/plain"}
        assert kept["text/plain"].count(".") >= 2


def _is_written(notebook, before):
    """Whether a notebook was saved since the time `before`, to its last byte: the server empties the file first."""
    return notebook.stat().st_mtime_ns != before and notebook.read_bytes().endswith(b"}\n")


def test_explorers_outlive_their_kernel(page, browser, lab):
    page.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    page.close()
    with _reopened(browser, lab) as page:
        assert page.locator(".explorer svg, .explorer table").count() > len(CALLS)
        for place, name in enumerate(CALLS):
            DRIVES[name](page.locator(".explorer").nth(place))


def test_a_notebook_that_is_not_trusted_shows_pictures_and_words(browser, lab, folder):
    notebook = nbformat.read(folder / "explorers.ipynb", as_version=4)
    notebook.cells[1].outputs[0].data["text/plain"] = "changed since it was signed"
    nbformat.write(notebook, folder / "foreign.ipynb")
    with _reopened(browser, lab.replace("explorers.ipynb", "foreign.ipynb")) as page:
        pictures = page.locator(".explorer img")
        assert pictures.count() == len(CALLS)
        for picture in pictures.all():
            assert picture.evaluate("it => it.naturalWidth / it.width") > 1.9  # sharp
            assert picture.get_attribute("alt") in picture.locator("..").inner_text()


@contextlib.contextmanager
def _reopened(browser, address):
    """The saved notebook in a page where nothing has been run."""
    page = browser.new_page(viewport={"width": 1200, "height": 5000})
    page.goto(f"{address}&reset")  # only this notebook, not all that were open
    page.wait_for_function(f"document.querySelectorAll('.jp-OutputArea-output').length === {len(CALLS)}")
    page.wait_for_function(f"document.querySelectorAll('.explorer').length === {len(CALLS)}")
    assert "Error displaying widget" not in page.locator("body").inner_text()
    yield page
    page.close()


def _settings(folder):
    """What the kernel has written, when it has written all of it."""
    try:
        return json.loads((folder / "settings.json").read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
