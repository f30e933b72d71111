"""What a kernel prints, bounded: by what it takes in the executed notebook, with all its lines and indents."""

import json
from typing import Any

MOST_OF_AN_ERROR = 100_000  # characters
LEAST_OF_AN_ERROR = 2000
LONGEST_NAME = 200
OF_EVERY_OUTPUT = 100
OF_EVERY_LINE = 12
TOO_DEEP = "\n" + " " * 60  # the indent of what lies in so many lists; nbformat ends at some hundred
CUT = "\n[The rest of what was printed was cut.]\n"
DATA: dict[str, type] = {"data": dict, "metadata": dict}
COMM: dict[str, type] = {"comm_id": str, "data": dict}
SHAPES: dict[str, dict[str, type]] = {
    "stream": {"name": str, "text": str},
    "display_data": DATA,
    "update_display_data": DATA,
    "execute_result": DATA,
    "comm_open": COMM,
    "comm_msg": COMM,
    "comm_close": COMM,
}
WRITER = json.JSONEncoder(indent=1, ensure_ascii=False, default=str)  # as nbformat writes a notebook


def bound(message: dict[str, Any], left: int, shown: dict[Any, dict[int, list[int]]]) -> tuple[bool, int]:
    """Shorten a message of a kernel, in place, to what may be taken in.

    Parameters
    ----------
    message : dict
        Of the channel on which a kernel prints.
    left : int
        The characters that the notebook may still print.
    shown : dict
        The outputs that a display_id stands for: a list of places by cell, as nbclient keeps them.

    Returns
    -------
    tuple of (bool, int)
        Whether it is to be taken in, and the characters that it takes. An error is always taken in.
    """
    kind, content = message["msg_type"], message["content"]
    _mend(content)
    if kind == "execute_result":
        content.setdefault("execution_count", None)
    if kind in ("status", "execute_input"):
        return True, 0
    if kind == "error":
        return True, _bound_error(content, left)
    if not all(isinstance(content.get(name), of) for name, of in SHAPES.get(kind, {}).items()):
        return False, 0
    of_buffers = sum(len(each) * 4 // 3 for each in message.get("buffers") or ())
    name = content.get("transient", {}).get("display_id")
    places = 1 + sum(map(len, shown.get(name, {}).values()))
    size = (_size(content, left) + of_buffers + OF_EVERY_OUTPUT) * places
    if size <= left:
        return True, size
    if kind != "stream" or left < 0:
        return False, size
    text = content["text"][:left]
    while _size(text, left) > left:
        text = text[: len(text) // 2]
    content["text"] = text + CUT
    return True, size


def shorten_reply(content: dict[str, Any]) -> None:
    """Shorten the error that a reply may tell of, in place."""
    if content.get("status") == "error":
        _shorten(content, LEAST_OF_AN_ERROR)


def _shorten(content: dict[str, Any], most: int) -> None:
    """Shorten the name, the text and the trace of an error, in place."""
    trace = content.get("traceback")
    lines = [str(line) for line in trace] if isinstance(trace, list) else []
    content["ename"] = _whole(str(content.get("ename")))[:LONGEST_NAME]
    content["evalue"] = _whole(_both_ends(str(content.get("evalue")), most))
    if sum(map(len, lines)) > most or len(lines) > LONGEST_NAME:
        lines = [_both_ends("\n".join(lines), most)]
    content["traceback"] = [_whole(line) for line in lines]


def _bound_error(content: dict[str, Any], left: int) -> int:
    _shorten(content, MOST_OF_AN_ERROR)
    size = _size(content, MOST_OF_AN_ERROR * 10)
    if size > left:
        _shorten(content, LEAST_OF_AN_ERROR)
    return size


def _mend(content: dict[str, Any]) -> None:
    """Leave out of a message what no notebook can hold, in place."""
    count = content.get("execution_count")
    if not (type(count) is int and 0 <= count < 2**31) and "execution_count" in content:
        content["execution_count"] = None
    transient = content.get("transient")
    if not (isinstance(transient, dict) and isinstance(transient.get("display_id", ""), str)):
        content.pop("transient", None)
    if isinstance(content.get("text"), str):
        content["text"] = _whole(content["text"])
    if isinstance(content.get("data"), dict):
        content["data"] = {
            name: _whole(each) if isinstance(each, str) else each for name, each in content["data"].items()
        }


def _whole(text: str) -> str:
    """The text without halves of UTF-16 pairs, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def _both_ends(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most // 2]}\n[…]\n{text[-most // 2 :]}"


def _size(content: object, most: int) -> int:
    """The characters that something takes in a file; once there are more than `most`, how many do not matter."""
    size = 0
    try:
        for part in WRITER.iterencode(content):
            size += len(part.encode()) + OF_EVERY_LINE * (part.count("\n") + part.count("\\n"))
            if size > most or TOO_DEEP in part:
                return max(size, most + 1)
    except (RecursionError, ValueError, TypeError):  # no file can hold it
        return most + 1
    return size
