"""From the Markdown, code and outputs of a notebook to the HTML of a page."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup, Tag
from markupsafe import Markup, escape
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from autograder.feedback import formulas, harmless
from autograder.feedback.secrets import Secrets, without_colors
from autograder.language import N_, _

if TYPE_CHECKING:
    from nbformat import NotebookNode

MOST_CHARACTERS = 20_000  # of an output
HEADINGS = re.compile("h[1-6]")
DEEPEST = 6
NO_WORDS = N_("A picture without a description.")
ORDER = ("text/html", "text/markdown", "text/latex", "image/svg+xml", "image/png", "image/jpeg", "text/plain")


@dataclass(frozen=True)
class Section:
    """A heading of the notebook; `number` as it begins with, if it does."""

    title: str
    anchor: str
    level: int

    @property
    def number(self) -> str:
        found = re.match(r"(\d+(?:\.\d+)*)\.?\s", self.title)
        return found[1] if found else ""

    @property
    def called(self) -> str:
        """What a sentence calls it."""
        return _("section %(title)s", title=self.title) if self.number else f"“{self.title}”"


class _Renderer(IPythonRenderer):
    """Leaves formulas as they are written, marked as such."""

    def block_math(self, body: str) -> str:
        return _formula(body, block=True)

    def inline_math(self, body: str) -> str:
        return _formula(body, block=False)

    def latex_environment(self, name: str, body: str) -> str:
        return _formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", block=True)


def _formula(tex: str, block: bool) -> str:
    kind = f"{harmless.FORMULA} {harmless.BLOCK}" if block else harmless.FORMULA
    return f'<span class="{kind}">{html.escape(tex)}</span>'


class Writer:
    """Writes what one notebook holds; knows which sections and anchors there are so far.

    Parameters
    ----------
    folder : Path or None
        Where the notebook lies, with pictures that it may show.
    secrets : Secrets
    lexer : str
        What Pygments calls the notebook's language.
    """

    def __init__(self, folder: Path | None, secrets: Secrets, lexer: str) -> None:
        self.folder, self.secrets, self.lexer = folder, secrets, lexer
        self.sections: list[Section] = []
        self.has_formulas = False
        self._anchors: set[str] = set()
        self._level = 1  # of the last heading: the page's own title

    def markdown(self, source: str, attachments: Any = None, is_text: bool = True) -> Markup:
        """Markdown as HTML; the headings of a text are sections."""
        renderer = _Renderer(escape=False, attachments=attachments or {}, exclude_anchor_links=True)
        return self._finished(MarkdownWithMath(renderer=renderer).render(source), is_text)

    def code(self, source: str) -> Markup:
        """Code with the classes of Pygments."""
        try:
            lexer = get_lexer_by_name(self.lexer)
        except ClassNotFound:
            lexer = get_lexer_by_name("text")
        colored = highlight(source, lexer, HtmlFormatter(nowrap=True))
        return Markup(f'<pre class="{harmless.HIGHLIGHT}" tabindex="0"><code>{colored}</code></pre>')

    def outputs(self, cell: NotebookNode) -> list[Markup]:
        """What a cell has shown."""
        shown = [self._output(output) for output in cell.get("outputs", ())]
        return [each for each in shown if each]

    def _output(self, output: NotebookNode) -> Markup:
        if output.output_type == "stream":
            return self._text(output.text)
        if output.output_type == "error":
            return self._text("\n".join(output.traceback) or f"{output.ename}: {output.evalue}")
        for kind in ORDER:
            if kind in output.data and (shown := self._of_kind(kind, output)):
                return shown
        return Markup()

    def _of_kind(self, kind: str, output: NotebookNode) -> Markup:
        content = output.data[kind]
        content = "".join(content) if isinstance(content, list) else str(content)
        if kind == "text/plain":
            return self._text(content)
        if kind == "text/html":
            return self._finished(content, is_text=False)
        if kind in ("text/markdown", "text/latex"):
            return self.markdown(content, is_text=False)
        source = harmless.svg(content) if kind == "image/svg+xml" else f"data:{kind};base64,{''.join(content.split())}"
        about = output.metadata.get(kind, {})
        alt = about.get("alt") if isinstance(about, dict) else None
        return self._finished(f'<img src="{escape(source)}" alt="{escape(alt or _(NO_WORDS))}">', is_text=False)

    def _text(self, text: str) -> Markup:
        text = self.secrets.kept_out_of(without_colors(text))
        if len(text) > MOST_CHARACTERS:
            left = _("… and %(number)s more characters", number=f"{len(text) - MOST_CHARACTERS:,}")
            text = f"{text[:MOST_CHARACTERS]}\n{left}"
        return Markup('<pre tabindex="0">{}</pre>').format(text) if text.strip() else Markup()

    def _finished(self, text: str, is_text: bool) -> Markup:
        soup = harmless.harmless(text, self.folder)
        for node in soup.find_all(string=True):
            if (kept := self.secrets.kept_out_of(node)) != node:
                node.replace_with(kept)
        for image in soup("img", alt=True):
            image["alt"] = self.secrets.kept_out_of(str(image["alt"]))
        for heading in soup(HEADINGS):
            self._place(heading, is_text)
        for tag in soup("span", class_=harmless.FORMULA):
            self._typeset(tag)
        _finish_tags(soup)
        return Markup(str(soup)) if soup.find("img") or soup.get_text(strip=True) else Markup()

    def _place(self, heading: Tag, is_text: bool) -> None:
        """Give a heading of a text a level that leaves none out, and an anchor; outputs have none."""
        title = " ".join(heading.get_text().split())
        if not title:
            heading.decompose()
            return
        if not is_text:
            heading.name = "strong"
            heading.wrap(Tag(name="p"))
            return
        self._level = min(int(heading.name[1]) + 1, self._level + 1, DEEPEST)
        heading.name = f"h{self._level}"
        anchor = self._anchor(title)
        heading["id"] = anchor
        self.sections.append(Section(title, anchor, self._level))

    def _anchor(self, title: str) -> str:
        """As Jupyter calls a heading, so that links of the notebook lead there."""
        name = wanted = re.sub(r"\s", "-", title)
        while name in self._anchors:
            name = f"{wanted}-{len(self._anchors)}"
        self._anchors.add(name)
        return name

    def _typeset(self, tag: Tag) -> None:
        block = harmless.BLOCK in (tag.get("class") or [])
        tex = tag.get_text()
        made = formulas.mathml(tex, block)
        if made is None:
            tag.name, tag.attrs = "code", {}
            return
        self.has_formulas = True
        tag.clear()
        tag.append(BeautifulSoup(made, "html.parser"))
        if block:
            tag["tabindex"] = "0"


def _finish_tags(soup: BeautifulSoup) -> None:
    """What readers without a mouse, an eye or a wide screen need."""
    for image in soup("img"):
        if not image.get("src"):
            image.replace_with(f"[{image.get('alt') or _(NO_WORDS)}]")
        elif not image.get("alt"):
            image["alt"] = _(NO_WORDS)
    for pre in soup("pre"):
        pre["tabindex"] = "0"
    for head in soup("th"):
        if not head.get_text(strip=True):
            head.name = "td"
    for table in soup("table"):
        table.wrap(soup.new_tag("div", attrs={"class": "scroll", "tabindex": "0"}))
    for link in soup("a", href=True):
        link["rel"] = "noopener noreferrer"
