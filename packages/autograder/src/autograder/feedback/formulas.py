"""Formulas as MathML, which browsers and screen readers know without a script."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

from docutils.utils.math.latex2mathml import functions, tex2mathml

MOST_CHARACTERS = 5000
IN_OTHER_WORDS = [  # what TeX and MathJax know, and the converter does not
    (re.compile(r"\\dots[bcmio]?(?![A-Za-z])"), r"\\ldots "),
    (re.compile(r"\\[bB]igg?[lrm]?(?![A-Za-z])"), ""),
    (re.compile(r"\\(?:label|tag)\*?\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])"), ""),
    (re.compile(r"\\[dt]frac(?![A-Za-z])"), r"\\frac"),
    (re.compile(r"(?<=\d)\{,\}(?=\d)"), ","),
]
OF_LINES = re.compile(
    r"\s*\\begin\{(align|equation|gather|eqnarray|multline|displaymath)(\*?)\}(.*)\\end\{\1\2\}\s*", re.S
)
MATHML = "http://www.w3.org/1998/Math/MathML"
APPLY = "\N{FUNCTION APPLICATION}"
WITH_LIMITS = {"lim", "sup", "inf", "max", "min"}
NAMES = {*filter(None, functions.values()), *WITH_LIMITS}
UNSPACED = {".", *WITH_LIMITS}
SCRIPTED = {"msub", "msup", "msubsup", "munder", "mover", "munderover"}
SIGNS, CLOSING = set("+−±∓"), {*")]}⟩⌋⌉|!′", APPLY}
THIN = "0.1667em"
ET.register_namespace("", MATHML)


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
        return _spaced(tex2mathml(tex.strip(), as_block=block))
    except Exception:  # of many kinds, for what is no formula
        return None


def _spaced(made: str) -> str:
    """A formula with the spaces that TeX would leave; browsers tell by a sign's place alone what it is."""
    formula = ET.fromstring(made.replace("&ApplyFunction;", APPLY))
    for row in [*formula.iter()]:
        if _kind(row) not in SCRIPTED:
            _mend_signs(row)
            _set_names_apart(row)
    return ET.tostring(formula, "unicode", short_empty_elements=False).replace(APPLY, "&ApplyFunction;")


def _mend_signs(row: ET.Element) -> None:
    """No space around a full stop and the name of a function, nor behind a minus that subtracts nothing."""
    seen = [each for each in row if _kind(each) != "mspace"]
    for before, each in pairwise([row, *seen]):
        sign = _core(each)
        if _kind(sign) != "mo":
            continue
        if sign.text in SIGNS and (before is row or _is_sign(before)):
            sign.set("form", "prefix")
        elif sign.text in UNSPACED:
            sign.set("lspace", "0")
            sign.set("rspace", "0")


def _set_names_apart(row: ET.Element) -> None:
    """A thin space between the name of a function and what stands beside it, if that is no parenthesis or sign."""
    heard = [each for each in row if each.text != APPLY]
    for before, behind in pairwise(heard):
        touching = (_is_name(before) and not _opens(behind)) or (_is_name(behind) and not _is_sign(before))
        if touching and "mspace" not in (_kind(before), _kind(behind)):
            row.insert([*row].index(behind), ET.Element(f"{{{MATHML}}}mspace", width=THIN))


def _kind(element: ET.Element) -> str:
    return element.tag.removeprefix(f"{{{MATHML}}}")


def _core(element: ET.Element) -> ET.Element:
    """What carries the indices."""
    return _core(element[0]) if _kind(element) in SCRIPTED else element


def _is_name(element: ET.Element) -> bool:
    return _core(element).text in NAMES


def _is_sign(element: ET.Element) -> bool:
    """Whether something must follow it, and what follows needs no more space."""
    return _kind(element) == "mo" and element.text not in CLOSING


def _opens(element: ET.Element) -> bool:
    """Whether it is a parenthesis or a sign; one that is as tall as what it encloses stands in a row of its own."""
    return _kind(element) == "mo"
