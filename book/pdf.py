"""Print the whole course into one PDF, as its pages are printed: folds open, the checks' code left out.

    python book/pdf.py book/_build/whole book.pdf

The folder holds the site as one page, made by Sphinx's builder singlehtml. Needs Chromium.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from testing.browsing import chromium_path, running, served  # noqa: E402

MILLISECONDS_TO_PRINT = 300_000
PAGE_NUMBER = '<div style="width: 100%; font-size: 8px; text-align: center"><span class="pageNumber"></span></div>'


def main(folder, path):
    """Print the page in a folder into a file."""
    if chromium_path() is None:
        sys.exit("There is no Chromium to print with (Debian: apt install chromium): no PDF was made.")
    with served(folder) as address, running(dict(os.environ)) as chromium:
        page = chromium.new_page(color_scheme="light")
        page.set_default_timeout(MILLISECONDS_TO_PRINT)
        page.goto(f"{address}/index.html")
        page.wait_for_load_state("networkidle")
        page.pdf(
            path=path,
            format="A4",
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=PAGE_NUMBER,
            outline=True,
            tagged=True,
        )
    print(f"The whole course is in {path}: {Path(path).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
