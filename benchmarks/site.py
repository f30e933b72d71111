"""How heavy and how fast the reading site is, from its build to an explorer's answer.

Measured are how long it takes to build, how heavy its first page is, how soon that is painted, and how fast an explorer
answers.

python -m benchmarks.site
"""

import os
import shutil
import statistics
import subprocess
import time
from pathlib import Path

from testing.browsing import running, served

COURSE = Path(__file__).resolve().parents[1]
HTML = COURSE / "book" / "_build" / "html"
SLOWER = 4  # times, of the CPU
TURNS = 5
FRAME = 16  # milliseconds
PAINTED = """new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true}))"""
# An input, all that follows from it, and the layout that a frame needs.
ANSWERS = """([place, label, values]) => {
    const figure = document.querySelectorAll(".explorer[data-explorer]")[place];
    const named = [...figure.querySelectorAll("label")].find(each => each.textContent.startsWith(label));
    const control = document.getElementById(named.htmlFor);
    return values.map(value => {
        control.value = value;
        const start = performance.now();
        control.dispatchEvent(new Event(control.tagName === "SELECT" ? "change" : "input", {bubbles: true}));
        figure.getBoundingClientRect();
        return performance.now() - start;
    });
}"""
INPUTS = {  # place of the figure on the page of explorers, label of its control, values
    "convolution, 28×28, stride": (0, "stride S", [1, 2, 3, 1, 2, 3, 1, 2, 3]),
    "convolution, 28×28, padding": (0, "padding P", [1, 2, 3, 4, 0, 1, 2, 3, 4]),
    "same padding, stride": (1, "stride S", [1, 2, 3, 1, 2, 3, 1, 2, 3]),
    "pooling, 28×28, shift": (2, "shift right", [1, 2, 3, 4, 5, 4, 3, 2, 1]),
    "pooling, 28×28, window": (2, "window and stride", [3, 4, 5, 6, 7, 6, 5, 4, 3]),
    "receptive field, kernel": (3, "layer 1: kernel", [5, 3, 5, 3, 5, 3, 5, 3, 5]),
    "lens, 28×28, a digit": (5, "a digit", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
}


def seconds_of_build():
    """Seconds that `make site` takes."""
    started = time.monotonic()
    subprocess.run(["make", "site"], cwd=COURSE, check=True, capture_output=True)
    return time.monotonic() - started


def painted(browser, address):
    """Milliseconds until the largest part of the first page is painted, on a slower CPU: the median of some turns."""
    found = []
    for _ in range(TURNS):
        page = browser.new_page(viewport={"width": 412, "height": 823})
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{address}/index.html")
        page.wait_for_load_state("networkidle")
        found.append(page.evaluate(PAINTED))
        page.close()
    return statistics.median(found)


def weight(browser, address):
    """Bytes of the first page without its images."""
    sizes = []
    page = browser.new_page()
    page.on("response", lambda it: None if it.request.resource_type == "image" else sizes.append(len(it.body())))
    page.goto(f"{address}/index.html")
    page.wait_for_load_state("networkidle")
    page.close()
    return sum(sizes)


def answers(browser, address):
    """Print how many milliseconds explorers take to answer."""
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.goto(f"{address}/explorers.html")
    page.wait_for_selector(".explorer[data-explorer] .control")
    page.evaluate(ANSWERS, [0, "input size N", [28] * 3])
    for name, inputs in INPUTS.items():
        found = page.evaluate(ANSWERS, list(inputs))
        print(f"| {name} | {statistics.median(found):.1f} | {max(found):.1f} |", flush=True)
    page.close()


def main():
    """Print all of it."""
    shutil.rmtree(HTML.parent, ignore_errors=True)
    print(f"make site, everything anew: {seconds_of_build():.0f} s on {os.cpu_count()} cores", flush=True)
    print(f"make site, nothing changed: {seconds_of_build():.0f} s", flush=True)
    with served(HTML) as address, running(os.environ) as browser:
        print(f"first page without images: {weight(browser, address) / 1000:.0f} kB")
        print(f"largest paint with a CPU {SLOWER} times slower: {painted(browser, address) / 1000:.2f} s")
        print(f"| an input (one frame has {FRAME} ms) | median, ms | longest, ms |\n|---|---|---|")
        answers(browser, address)


if __name__ == "__main__":
    main()
