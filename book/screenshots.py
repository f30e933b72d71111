"""Make the pictures of instructors.md: a sample class is graded for real, and a browser looks at what comes of it.

    python book/screenshots.py

Needs Chromium. It takes some minutes, works in a temporary folder, and writes book/images/.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from PIL import Image
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

SITE = Path(__file__).resolve().parent
sys.path.insert(0, str(SITE.parent))

from testing.browsing import chromium_path, jupyterlab, running  # noqa: E402
from testing.classroom import ASSIGNMENTS, compose, course_directory, hand_in, sample_class  # noqa: E402
from testing.lookalikes import copies, independent, notebook  # noqa: E402
from tests.submissions import forging  # noqa: E402

IMAGES = SITE / "images"
COMMANDS = Path(sys.executable).parent
STRIDE, POOLING = "02-stride-padding", "03-pooling"
WIDTH, COLUMNS = 1000, 120
WIDTH_OF_A_REPORT = 1280
HEIGHT = 960
CELL_SECONDS = 20
SECONDS_TO_WAIT = 90
SETTLED = 1500  # milliseconds until a page has drawn what it was asked to
COLORS = 128  # of a picture: enough for pages, and a third of the bytes
DONE, SOMETHING_WRONG = 0, 1
FORGOTTEN = """def conv_output_size(n, f, stride=1, padding=0, dilation=1):
    for size in (n, f, stride, dilation):
        require_size(size, "size")
    window = dilation * (f - 1) + 1
    return (n + 2 * padding - window) // stride"""
COMMENT = "Points 1 to 3: yes. For the fourth, how many multiply-accumulates do 24 more places cost?"
TERMINAL = """<!doctype html><meta charset="utf-8"><body style="margin: 0; background: #fff">
<pre style="margin: 0; padding: 12px 16px; \
font: 13px/1.35 'DejaVu Sans Mono', Menlo, Consolas, monospace">{code}</pre>"""


def main():
    """Grade the class, and take all pictures in the order of the page."""
    if chromium_path() is None:
        sys.exit("There is no Chromium (Debian: apt install chromium).")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="screenshots-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        environment = private(folder / "home")
        course = sample_course(folder / "course")
        with running(environment) as chromium:
            with jupyterlab(desk(folder / "desk"), environment) as address:
                failing_check(chromium, address)
            said = grade(course, STRIDE, environment)
            grade(course, POOLING, environment)
            class_table(chromium, f"$ autograder grade {STRIDE}\n{said}")
            with jupyterlab(course, environment) as address:
                manual_grading(chromium, address)
            run(course, environment, "nbgrader", "generate_feedback", POOLING)
            for assignment in ASSIGNMENTS:
                grade(course, assignment, environment)
            run(course, environment, "autograder", "report", "--html", "report.html")
            class_report(chromium, course / "report.html")
            feedback(chromium, course / "feedback" / "student-04" / POOLING / f"{POOLING}.html")
            course = course_with_a_copy(folder / "another")
            run(course, environment, "autograder", "similar", POOLING, "--html", "similar.html")
            similar_pair(chromium, course / "similar.html")


def private(home):
    """The environment of all programs: nothing of this machine's user is read, and nothing is left behind."""
    home.mkdir()
    for name in [name for name in os.environ if name.startswith(("JUPYTER", "IPYTHON"))]:
        del os.environ[name]
    return {
        **os.environ,
        "HOME": str(home),
        "JUPYTERLAB_SETTINGS_DIR": str(quiet_lab(home / "lab")),
        "PATH": os.pathsep.join([str(COMMANDS), os.environ["PATH"]]),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CHECK_SEED": "41",  # hidden tests draw the same each time, and say the same
    }


def quiet_lab(folder):
    """A folder of settings with which JupyterLab is light, asks for no news, and draws cells out of sight too."""
    for name, settings in {
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
        "apputils-extension/themes": {"theme": "JupyterLab Light"},
        "notebook-extension/tracker": {"windowingMode": "none"},
    }.items():
        path = folder / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings), encoding="utf-8")
    return folder


def sample_course(folder):
    """The sample class, and one more student, whose code looks for the answers of a test."""
    course = course_directory(folder, CELL_SECONDS)
    sample_class(course)
    hand_in(course, "student-09", STRIDE, forging.notebook("look_up_the_stack"))
    return course


def course_with_a_copy(folder):
    """Another class, in which one of ten has disguised what another wrote."""
    course, work = course_directory(folder), independent(POOLING, 9)
    for number, each in enumerate(work + copies(POOLING, work)[3:4], 1):
        hand_in(course, f"student-{number:02}", POOLING, notebook(POOLING, each))
    return course


def desk(folder):
    """A student's folder: the released notebook, in which the first task is answered, and not quite right."""
    folder.mkdir()
    nbformat.write(compose(STRIDE, {"conv_output_size": FORGOTTEN}, whole=True), folder / f"{STRIDE}.ipynb")
    return folder


def run(folder, environment, *words):
    """Run a command of this environment and return what it printed."""
    done = subprocess.run(
        [COMMANDS / words[0], *words[1:]], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    )
    if done.returncode not in (DONE, SOMETHING_WRONG):
        raise SystemExit(f"{' '.join(words)} ended with {done.returncode}")
    return done.stdout


def grade(course, assignment, environment):
    """Grade the class and return what the terminal shows, with its colours."""
    colored = {**environment, "FORCE_COLOR": "1", "TTY_INTERACTIVE": "0"}
    return run(course, colored, "autograder", "grade", assignment)


def page_of(chromium, address, height, width=WIDTH):
    """A page, opened."""
    page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    page.set_default_timeout(1000 * SECONDS_TO_WAIT)
    page.goto(address, wait_until="domcontentloaded")
    return page


def scroll(locator, below):
    """Scroll the page until something is so many pixels below its top."""
    locator.evaluate("(it, below) => scrollTo(0, it.getBoundingClientRect().y + scrollY - below)", below)


def save(page, name, **settings):
    """Write a picture with few colours, and close the page."""
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled", **settings)))
    path = IMAGES / f"{name}.png"
    picture.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(SITE)}: {picture.width} x {picture.height}, {path.stat().st_size // 1000} kB", flush=True)
    page.close()


def save_to(page, name, parts):
    """Write a picture of the first screen that ends with the last of these parts that is whole in it."""
    ends = page.locator(parts).evaluate_all("all => all.map(it => it.getBoundingClientRect().bottom)")
    whole = max(end for end in ends if end <= HEIGHT)
    save(page, name, clip={"x": 0, "y": 0, "width": page.viewport_size["width"], "height": whole})


def failing_check(chromium, address):
    """JupyterLab, where a released notebook runs until its first check fails."""
    page = page_of(chromium, address(f"lab/tree/{STRIDE}.ipynb"), 920)
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    page.keyboard.press("Control+b")  # the file browser would take a third of the width
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    said = page.locator(".jp-OutputArea").get_by_text("The first place needs no step")
    said.last.wait_for()
    task = page.locator(".jp-CodeCell").filter(has_text="def conv_output_size")
    task.first.evaluate("it => it.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(SETTLED)
    save(page, "failing-check")


def class_table(chromium, said):
    """What `autograder grade` prints, as a terminal shows it."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text.from_ansi(said))
    page = chromium.new_page(viewport={"width": WIDTH, "height": 600})
    page.set_content(console.export_html(theme=DEFAULT_TERMINAL_THEME, code_format=TERMINAL, inline_styles=True))
    save(page, "class-table", full_page=True)


def manual_grading(chromium, address):
    """The formgrader, where the written answer of student-01 gets its points."""
    page = page_of(chromium, address("login"), 432)  # the formgrader itself takes no token
    page.goto(address(f"formgrader/gradebook/{STRIDE}/{STRIDE}"))
    page.locator("tr").filter(has_text="58 / 58").get_by_text("Submission #").click()
    page.locator("#stride-padding-written.needs_manual_grade").wait_for()
    page.wait_for_load_state("networkidle")  # the points and comments that are there already have come
    fill_and_save(page, "stride-padding-written", "3")
    fill_and_save(page, "stride-padding-written-comment", COMMENT)
    page.wait_for_timeout(SETTLED)
    scroll(page.get_by_text("Written answer (4 points"), 70)
    save(page, "manual-grading")


def fill_and_save(page, name, text):
    """Type into a field of the formgrader, and leave it, by which it is saved."""
    with page.expect_response(lambda response: response.request.method == "PUT"):
        page.locator(f"#{name}").fill(text)
        page.locator(f"#{name}").blur()


def class_report(chromium, path):
    """The class report, down to the end of its first table."""
    page = page_of(chromium, path.as_uri(), HEIGHT, WIDTH_OF_A_REPORT)
    save_to(page, "class-report", "table >> nth=0")


def feedback(chromium, path):
    """The top of a student's feedback, where checks and hidden tests have failed."""
    page = page_of(chromium, path.as_uri(), HEIGHT)
    page.wait_for_load_state()
    save_to(page, "feedback", ".tasks > li")


def similar_pair(chromium, path):
    """The pair that shares most, side by side."""
    page = page_of(chromium, path.as_uri(), 640)
    scroll(page.locator("#pair-1"), 12)
    save(page, "similar-pair")


if __name__ == "__main__":
    main()
