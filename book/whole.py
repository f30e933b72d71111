"""Whether a built site is whole: every notebook has its page, every picture its words, every link its goal.

python book/whole.py book/_build/html book/_build/html/ko
"""

import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup

COURSE = Path(__file__).resolve().parents[1]
LEAST_WORDS = 3


def main(*folders):
    """Print what is amiss in the sites in some folders, and end with status 1 if anything is."""
    faults = [fault for folder in folders for fault in faults_of(Path(folder))]
    sys.exit("\n".join(faults) if faults else 0)


def faults_of(folder):
    """A sentence for each fault of the site in a folder."""
    pages = {path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in folder.glob("*.html")}
    wanted = ["index", *(path.stem for path in COURSE.glob("source/*/*.ipynb"))]
    faults = [f"{name}.html is missing." for name in wanted if folder / f"{name}.html" not in pages]
    faults += [
        f"{path.name} has no picture: its notebook was not executed."
        for path, page in pages.items()
        if path.stem in wanted[1:] and not page.select("article img")
    ]
    anchors = {path: {tag["id"] for tag in page.find_all(id=True)} for path, page in pages.items()}
    for path, page in pages.items():
        faults += [f"{path.name}: {fault}" for fault in _without_words(page) + _twice(page)]
        faults += [f"{path.name}: {link} leads nowhere." for link in _links(page) if not _arrives(path, link, anchors)]
    return faults


def _without_words(page):
    pictures = page.select("article img")
    return [
        f"the picture {each.get('src')} has no words (alt)."
        for each in pictures
        if len(each.get("alt", "").split()) < LEAST_WORDS
    ]


def _twice(page):
    ids = Counter(tag["id"] for tag in page.find_all(id=True))
    return [f"the anchor {name} stands twice." for name, times in ids.items() if times > 1]


def _links(page):
    found = [tag.get("href") or tag.get("src") for tag in page.find_all(["a", "img", "script", "link"])]
    return [link for link in found if link and not urlsplit(link).scheme]


def _arrives(path, link, anchors):
    """Whether a link of a page leads to a file that is there, and to an anchor in it."""
    parts = urlsplit(link)
    goal = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not goal.is_file():
        return False
    return not parts.fragment or goal not in anchors or unquote(parts.fragment) in anchors[goal]


if __name__ == "__main__":
    main(*sys.argv[1:])
