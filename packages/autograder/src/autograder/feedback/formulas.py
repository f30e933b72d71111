"""Formulas as MathML, which browsers and screen readers know without a script."""

from __future__ import annotations

import functools
import re

from docutils.utils.math.latex2mathml import tex2mathml

MOST_CHARACTERS = 5000
IN_OTHER_WORDS = [  # what TeX and MathJax know, and the converter does not
    (re.compile(r"\\dots[bcmio]?(?![A-Za-z])"), r"\\ldots "),
    (re.compile(r"\\[bB]igg?[lrm]?(?![A-Za-z])"), ""),
    (re.compile(r"\\(?:label|tag)\*?\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])"), ""),
    (re.compile(r"\\[dt]frac(?![A-Za-z])"), r"\\frac"),
]
OF_LINES = re.compile(
    r"\s*\\begin\{(align|equation|gather|eqnarray|multline|displaymath)(\*?)\}(.*)\\end\{\1\2\}\s*", re.S
)


@functools.lru_cache(maxsize=2000)
def mathml(tex: str, block: bool) -> str | None:
    """A formula as MathML, or None if it can't be read."""
    if environment := OF_LINES.fullmatch(tex):
        tex, block = environment[3], True
    for pattern, instead in IN_OTHER_WORDS:
        tex = pattern.sub(instead, tex)
    if len(tex) > MOST_CHARACTERS:
        return None
    try:
        made: str = tex2mathml(tex.strip(), as_block=block)
    except Exception:  # of many kinds, for what is no formula
        return None
    return made
