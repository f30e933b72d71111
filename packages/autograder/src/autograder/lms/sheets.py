"""Tables that platforms and spreadsheets write as text: read in the form in which they come, and written in it."""

import codecs
import csv
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder import showing
from autograder.course.errors import CourseError

MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
ENCODINGS = ("utf-8", "euc_kr", "cp1252", "latin-1")  # Excel writes that of Windows; the last reads everything
DELIMITERS = ",;\t"
DECIMAL = re.compile(r"\d+([.,])\d{1,2}")


@dataclass
class Sheet:
    """The rows of a table, all as long as the first, and the form in which they are written."""

    rows: list[list[str]]
    encoding: str = "utf-8"
    mark: bytes = b""
    delimiter: str = ","
    line_end: str = "\r\n"
    decimal: str = "."

    @property
    def header(self) -> list[str]:
        """The first row."""
        return self.rows[0]

    def column(self, *names: str) -> int | None:
        """The place of the first of these names in the header, or None."""
        return next((self.header.index(name) for name in names if name in self.header), None)

    def number(self, points: float) -> str:
        """Points as this table has its numbers."""
        return f"{points:g}".replace(".", self.decimal)

    def write(self, path: str | Path, kept: int | None = None) -> None:
        """Write the table so that no spreadsheet computes anything; the column at `kept` goes out as it is."""
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self.delimiter, lineterminator=self.line_end).writerows(
            [cell if place == kept else showing.cell(cell) for place, cell in enumerate(row)] for row in self.rows
        )
        content = self.mark + text.getvalue().encode(self.encoding, errors="backslashreplace")
        try:
            with open(path, "wb") as file:
                file.write(content)
        except OSError as error:
            raise CourseError(f"{path} can't be written ({error.strerror}): name another file with --to.") from error


def read(path: str | Path) -> Sheet:
    """Read a table with whatever encoding, delimiter and line ends it has.

    Raises
    ------
    CourseError
        If it can't be read, or is empty.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        raise CourseError(f"{path} can't be read ({error.strerror}): see whether it is the right name.") from error
    mark, encoding, text = _decoded(content)
    csv.field_size_limit(sys.maxsize)  # a student's online text may be long
    delimiter = max(DELIMITERS, key=lambda each: len(next(_rows(text, each), [])))
    try:
        rows = list(_rows(text, delimiter))
    except csv.Error as error:
        raise CourseError(f"{path} is not a table of text ({error}): download it anew as CSV.") from error
    if not rows:
        raise CourseError(f"{path} is empty: download it anew.")
    rows = [row + [""] * (len(rows[0]) - len(row)) for row in rows]
    return Sheet(rows, encoding, mark, delimiter, _line_end(text), _decimal(rows, delimiter))


def _decoded(content: bytes) -> tuple[bytes, str, str]:
    """The byte order mark, the encoding and the text of a file."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return mark, encoding, content[len(mark) :].decode(encoding, errors="replace")
    for encoding in ENCODINGS:
        try:
            return b"", encoding, content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 reads everything")


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return (row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row)


def _line_end(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\r\n"


def _decimal(rows: list[list[str]], delimiter: str) -> str:
    """The mark that stands in numbers before their decimals.

    It is a comma where a semicolon parts the columns, unless numbers say otherwise.
    """
    marks = [match[1] for row in rows for match in map(DECIMAL.fullmatch, row) if match]
    if not marks:
        return "," if delimiter == ";" else "."
    return max(".,", key=marks.count)
