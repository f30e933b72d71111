"""A text in Markdown as messages: one for each block between blank lines, with code and bare formulas left alone."""

import re
from collections.abc import Callable, Iterator

from editions import python

FENCE = re.compile(r"\s*(`{3,}|~{3,})(\{([\w-]+)\})?")
TRANSPARENT = "glossary"  # a directive whose entries are blocks like others
CAPTION = re.compile(r"^(:caption: )(.+)$", re.MULTILINE)
WORDS_IN_FORMULA = re.compile(r"(?<=\\text\{)[^{}]*[A-Za-z]{3}[^{}]*(?=\})")
NO_WORDS = re.compile(r"<[^>]*>|\$\$.*?\$\$|\$[^$]*\$|`[^`]*`|\]\([^)]*\)|^\([\w-]+\)=$", re.DOTALL)


def messages(text: str) -> Iterator[str]:
    """What is to be translated, in its order."""
    found: list[str] = []
    translated(text, lambda message: found.append(message) or message)
    yield from found


def translated(text: str, translate: Callable[[str], str]) -> str:
    """The text with each of its messages replaced by what `translate` gives for it."""
    return "".join(_translated(kind, block, translate) for kind, block in _blocks(text))


def _translated(kind: str, block: str, translate: Callable[[str], str]) -> str:
    if kind == "code-cell":
        head, options, code, end = re.fullmatch(
            r"(.*?\n)((?::[^\n]*\n)*)(.*\n)(\s*[`~]+\s*)", block, re.DOTALL
        ).groups()
        return head + options + python.translated(code, translate) + end
    if kind == "toctree":
        return CAPTION.sub(lambda found: found[1] + translate(found[2]), block)
    return translate(block) if kind == "text" and _has_words(block) else block


def _has_words(block: str) -> bool:
    return bool(re.search(r"[A-Za-z]{2}", NO_WORDS.sub("", block)) or WORDS_IN_FORMULA.search(block))


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """What a text consists of: "text", the name of a directive, or "" for what stays, and the characters."""
    lines, block = text.splitlines(keepends=True), ""
    front_matter = text.startswith("---\n") and "\n---\n" in text[3:]
    while lines:
        line = lines.pop(0)
        fence = FENCE.match(line)
        if front_matter or (fence and fence[3] != TRANSPARENT):
            yield from _split(block)
            yield (fence[3] or "" if fence else ""), line + _until(lines, fence[1] if fence else "---")
            block, front_matter = "", False
        elif not line.strip() or fence:
            yield from _split(block)
            yield "", line
            block = ""
        else:
            block += line
    yield from _split(block)


def _until(lines: list[str], end: str) -> str:
    """Take the lines up to the first that is `end`."""
    taken = ""
    while lines:
        line = lines.pop(0)
        taken += line
        if line.strip() == end:
            break
    return taken


def _split(block: str) -> Iterator[tuple[str, str]]:
    """A block without the line break that ends it, and that line break; a closing fence stays."""
    body = block.rstrip("\n")
    if body:
        yield "text", body
    if block[len(body) :]:
        yield "", block[len(body) :]
