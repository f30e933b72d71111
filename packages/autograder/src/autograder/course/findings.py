"""What a failed test knows about an answer: a finding, with a key that two students with the same mistake share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from autograder.language import N_
from autograder.showing import whole

if TYPE_CHECKING:
    from nbformat import NotebookNode

MISCONCEPTION = N_("misconception")
WRONG_ANSWER = N_("wrong answer")
ERROR_RAISED = N_("error raised")
NOT_WRITTEN = N_("not written yet")
TOO_SLOW = N_("too slow")
REFUSED = N_("refused")
KINDS = (MISCONCEPTION, WRONG_ANSWER, ERROR_RAISED, NOT_WRITTEN, TOO_SLOW, REFUSED)

CHECK, HIDDEN, BOTH = N_("check"), N_("hidden"), N_("check and hidden")

KIND_OF = {  # by the name of the exception that ended a test
    "CheckFailed": MISCONCEPTION,
    "Unexplained": WRONG_ANSWER,
    "Raised": ERROR_RAISED,
    "NotWritten": NOT_WRITTEN,
    "NotImplementedError": NOT_WRITTEN,
    "TooSlow": TOO_SLOW,
    "CellTimeoutError": TOO_SLOW,
    "TimeoutError": TOO_SLOW,
    "KeyboardInterrupt": TOO_SLOW,
    "NotRun": REFUSED,
    "OutputLost": REFUSED,
    "NoAnswer": REFUSED,
    "NotAnAnswer": REFUSED,
    "WireError": REFUSED,
    "_Refused": REFUSED,
}

ANSI = re.compile(r"\x1b\[[0-9;]*m")
MOST_CHARACTERS = 2000
TO_STDERR = "Written to stderr:"
MOST_OF_A_SENTENCE = 400
MOST_OF_A_KEY = 240

SEED = re.compile(r"\bseed\W{0,3}(\d{1,10})\b", re.IGNORECASE)
REPLAY = re.compile(r"\s?\([^()]*\bseed\W{0,3}\d{1,10}\b[^()]*\)", re.IGNORECASE)
SCORE = re.compile(r"\b\d+(?:\.\d+)? of \d+(?:\.\d+)? points?\b")
EXCEPTION = re.compile(
    r"\b(?:[A-Za-z_]\w*(?:Error|Exception|Warning|Interrupt|Exit|Iteration)|NoAnswer|NotAnAnswer)\b(?:: [^\n]*)?"
)

ORIGINAL = "application/vnd.autograder.original"  # of a display, before what a test says in another language
LINE_OF_A_CELL = re.compile(r"\s?\(line \d+ of [^\n]*\)\.?$")
VALUE = "…"
OUT_OF_A_KEY = [  # in this order: what stands for one of two students, and not for the other
    (re.compile(r"\(line \d+ of [^\n]*\)"), ""),
    (re.compile(r"(?<=\w)\[['\"](\w{1,40})['\"]\]"), r"⟦\1⟧"),
    (re.compile(r"`[^`\n]*`"), VALUE),
    (re.compile(r"(?<!\w)'[^'\n]*'(?!\w)|(?<!\w)\"[^\"\n]*\"(?!\w)"), VALUE),
    (re.compile(r"\b0x[0-9a-fA-F]+\b"), VALUE),
    (re.compile(r"(?<![\w.])[-+−]?\d+(?:[.,_]\d+)*\.?(?:[eE][-+]?\d+)?(?:\s?%)?(?![\w])"), VALUE),
    (re.compile(r"\b(?:True|False|None|nan|inf)\b"), VALUE),
]
NESTED = [  # from inside to outside
    (re.compile(r"(?<=\w)\([^()]*\)"), f"⦅{VALUE}⦆"),
    (re.compile(rf"\([^()A-Za-z]*{VALUE}[^()A-Za-z]*\)|\[[^\[\]]*\]|\{{[^{{}}]*\}}"), VALUE),
]
OF_VALUES = re.compile(rf"{VALUE}(?:[\s,:;×x*+−-]*{VALUE})+")
SHAPED = re.compile(rf"an array of shape {VALUE}|{VALUE} in shape {VALUE}|{VALUE} \((?:u?int|float|bool|str)\w*\)")


@dataclass(frozen=True)
class Finding:
    """Why a task lost points, as one of its tests has said it.

    Attributes
    ----------
    key : str
        The same for all students whose answer is wrong in the same way: the sentence without numbers, values, quoted
        code and seeds.
    kind : str
        One of KINDS.
    sentence : str
        The line that says what is wrong, or where to look.
    message : str
        All that the test has said.
    test : {"check", "hidden", "check and hidden"}
        Which tests said it: those that students have, or those that they have not.
    cells : list of str
        The graded cells that said it.
    seed : int or None
        What the inputs of the test were drawn from, if it says so.
    """

    key: str
    kind: str
    sentence: str
    message: str
    test: str = CHECK
    cells: list[str] = field(default_factory=list)
    seed: int | None = None


def said_in(outputs: Iterable[NotebookNode]) -> Iterator[Finding]:
    """Yield what the outputs of a graded cell say of points that were not given."""
    outputs = list(outputs)
    in_part = any(output.output_type == "execute_result" for output in outputs)
    original = ""
    for output in outputs:
        if output.output_type == "display_data" and ORIGINAL in output.data:
            original = str(output.data[ORIGINAL])
        elif output.output_type == "error":
            trace = ANSI.sub("", "\n".join(output.traceback)).strip()
            own = trace == output.evalue.strip()
            found = of_error(str(output.ename), str(output.evalue), own)
            yield _translated(found, of_error(str(output.ename), original, own)) if original else found
        elif output.output_type == "stream" and output.name == "stderr":
            yield _finding(ERROR_RAISED, f"{TO_STDERR} {output.text.strip()}", [])
        elif output.output_type == "stream" and in_part:
            found = of_text(output.text)
            yield _translated(found, of_text(original)) if original else found


def of_error(name: str, text: str, in_its_own_words: bool = False) -> Finding:
    """What an exception says that has ended a test; `in_its_own_words` if it shows no traceback."""
    said = ANSI.sub("", text).strip()
    if not in_its_own_words:
        kind = KIND_OF.get(name, ERROR_RAISED)
        if name == "AssertionError":
            kind = MISCONCEPTION if said else WRONG_ANSWER
        telling = " ".join(said.split()) if name == "AssertionError" and said else f"{name}: {said}"
        return _finding(kind, f"{name}: {said}", [telling], telling if said else name)
    kind, lines = KIND_OF.get(name, MISCONCEPTION), _lines(said)
    if kind == MISCONCEPTION:
        return _finding(kind, said, lines[-1:])
    if kind == ERROR_RAISED and (raised := EXCEPTION.search(said)):
        kind = REFUSED if KIND_OF.get(raised[0].partition(":")[0]) == REFUSED else ERROR_RAISED
        return _finding(kind, said, [raised[0]], LINE_OF_A_CELL.sub("", raised[0]))
    return _finding(kind, said, lines)


def of_text(text: str) -> Finding:
    """What a test has printed, or what is left of it in a record that has no findings yet."""
    said = ANSI.sub("", text).strip()
    name, _, rest = said.partition(":")
    if EXCEPTION.fullmatch(name):
        return of_error(name, rest)
    return _finding(MISCONCEPTION, said, _lines(said)[-1:])


def _translated(found: Finding, original: Finding) -> Finding:
    """What was said in another language: known by what it is in the source's, and told by the line in that place."""
    said, lines = found.message.splitlines(), original.message.splitlines()
    places = [place - len(lines) for place, line in enumerate(lines) if original.sentence in line]
    sentence = said[places[-1]] if places and len(said) >= -places[-1] else found.sentence
    return replace(original, message=found.message, sentence=REPLAY.sub("", sentence).strip()[:MOST_OF_A_SENTENCE])


def where_stopped(found: Iterable[Finding], stopped: Finding | None) -> Iterator[Finding]:
    """The findings of a task; if its own cell was `stopped`, what a test takes for not written was too slow."""
    for each in found:
        if stopped and each.kind == NOT_WRITTEN:
            yield replace(each, kind=TOO_SLOW, key=stopped.key, sentence=stopped.sentence)
        else:
            yield each


def together(found: Iterable[Finding]) -> list[Finding]:
    """The findings of a task, those that say the same as one."""
    kept: dict[tuple[str, str], Finding] = {}
    for each in found:
        first = kept.setdefault((each.key, each.kind), each)
        if first is not each:
            kept[each.key, each.kind] = replace(
                first,
                test=first.test if first.test == each.test else BOTH,
                cells=[*first.cells, *(cell for cell in each.cells if cell not in first.cells)],
                seed=each.seed if first.seed is None else first.seed,
            )
    return list(kept.values())


def normal(text: str) -> str:
    """A sentence without what two students with the same mistake would read differently."""
    text = REPLAY.sub("", text[:MOST_CHARACTERS])
    for pattern, instead in OUT_OF_A_KEY:
        text = pattern.sub(instead, text)
    before = ""
    while text != before:
        before = text
        for pattern, instead in NESTED:
            text = pattern.sub(instead, text)
    text = OF_VALUES.sub(VALUE, text.translate(str.maketrans("⦅⦆⟦⟧", "()[]")))
    return " ".join(SHAPED.sub(VALUE, text).split()).rstrip(" .:")


def _lines(text: str) -> list[str]:
    """What a test says, without the line on the points that are left, if it says more than that."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[:-1] if len(lines) > 1 and SCORE.search(lines[-1]) else lines


def _finding(kind: str, message: str, telling: list[str], sentence: str | None = None) -> Finding:
    """A finding whose key comes from the lines that are `telling`, or else from the message."""
    message = ANSI.sub("", message).strip()
    seeds = SEED.findall(message)
    telling = telling or [message]
    sentence = REPLAY.sub("", (sentence or telling[0])[:MOST_CHARACTERS]).strip()
    return Finding(
        key=whole(". ".join(filter(None, map(normal, telling)))[:MOST_OF_A_KEY]) or VALUE,
        kind=kind,
        sentence=whole(sentence[:MOST_OF_A_SENTENCE]),
        message=whole(message[:MOST_CHARACTERS]),
        seed=int(seeds[-1]) if seeds else None,
    )
