"""HTML of a notebook as a page may hold it: words, tables and pictures, and nothing that runs or asks elsewhere."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import bleach
from bleach.css_sanitizer import CSSSanitizer
from bs4 import BeautifulSoup
from pygments.token import STANDARD_TYPES

TAGS = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure"
    " h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td"
    " tfoot th thead tr u ul var".split()
)
WITHOUT_THEIR_WORDS = (
    "script style template noscript iframe object embed applet audio video canvas svg math head title textarea select"
    " button form frameset noembed noframes xmp plaintext"
).split()
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "details": {"open"},
}
OF_ALL = {"lang", "dir", "style"}
STYLES = ["font-style", "font-weight", "text-align", "text-decoration"]
FORMULA, BLOCK, HIGHLIGHT = "formula", "block", "highlight"
CLASSES = {FORMULA, BLOCK, HIGHLIGHT, *filter(None, STANDARD_TYPES.values())}
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
TYPES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif", ".webp": "webp", ".svg": "svg+xml"}
MOST_OF_A_PICTURE = 5_000_000  # bytes


def harmless(html: str, folder: Path | None) -> BeautifulSoup:
    """The HTML as a tree of allowed tags; pictures of the notebook's `folder` are put into it."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup(WITHOUT_THEIR_WORDS):
        tag.decompose()
    for image in soup("img"):
        source = str(image.get("src", ""))
        image["src"] = source if source.startswith("data:") else _embedded(source, folder)
    clean = bleach.clean(
        str(soup),
        tags=TAGS,
        attributes=_is_allowed,
        protocols=["http", "https", "mailto", "data"],
        strip=True,
        css_sanitizer=CSSSanitizer(allowed_css_properties=STYLES),
    )
    return BeautifulSoup(clean, "html.parser")


def svg(text: str) -> str:
    """The address of an SVG picture: in an image no script of it runs, and nothing is asked elsewhere."""
    return f"data:image/svg+xml;base64,{base64.b64encode(text.encode()).decode()}"


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return tag in ("span", "div") and {*value.split()} <= CLASSES
    if (tag, name) == ("img", "src"):
        return bool(PICTURE.fullmatch(value))
    if name == "href" and re.match(r"\s*data\s*:", value, re.IGNORECASE):
        return False
    return name in OF_ALL or name in ATTRIBUTES.get(tag, ())


def _embedded(source: str, folder: Path | None) -> Any:
    """A picture that lies beside the notebook as the address of itself; nothing if it lies elsewhere, or is none."""
    try:
        path = (folder / unquote(source)).resolve() if folder else None
        if (
            path is None
            or folder is None
            or path.suffix.lower() not in TYPES
            or not path.is_relative_to(folder.resolve())
            or path.stat().st_size > MOST_OF_A_PICTURE
        ):
            return ""
        content = base64.b64encode(path.read_bytes()).decode()
    except (OSError, ValueError):  # there is no such file
        return ""
    return f"data:image/{TYPES[path.suffix.lower()]};base64,{content}"
