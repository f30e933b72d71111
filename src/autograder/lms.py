"""Learning platforms: nbgrader plugins that take in what Moodle and Canvas let an instructor download, and give them grades back.

    nbgrader zip_collect ps1 --collector=autograder.lms.LmsCollector
    nbgrader export --exporter=autograder.lms.CanvasExport --CanvasExport.roster=gradebook.csv --to=upload.csv
    nbgrader export --exporter=autograder.lms.MoodleExport --MoodleExport.worksheet=worksheet.csv --assignment='["ps1"]'

Layouts: Moodle's "Download all submissions" (`Kim Park_1234567_assignsubmission_file_/ps1.ipynb`, with folders or without), Canvas'
"Download Submissions" (`parkkim_LATE_12345_678_ps1-1.ipynb`), and any other zip file with a folder for each student.
"""

import csv
import os
import re
from pathlib import Path, PurePosixPath, PureWindowsPath

from nbgrader.api import MissingEntry
from nbgrader.plugins import ExportPlugin, FileNameCollectorPlugin
from traitlets import Unicode

from autograder import showing

MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_file_?(?P<file>.*)")
CANVAS = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)")
FROM_CANVAS = re.compile(r".+-([1-9]\d{3,})")  # a student whom the collector has named; student-01 is none
NOT_HANDED_IN = ("__MACOSX", ".DS_Store", ".ipynb_checkpoints", "timestamp.txt")  # a student's clock does not count
CANVAS_COLUMNS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
CANVAS_POSSIBLE = "    Points Possible"
OF_THE_INSTRUCTOR = "Feedback comments"  # of Moodle's worksheet: goes back as it came
LONGEST_NAME = 255  # bytes
MOODLE_COLUMNS = ["ID number", "First name", "Last name", "Email address"]


class LmsCollector(FileNameCollectorPlugin):
    """Finds out from a file's path whose it is: Moodle's and Canvas' names, or else the first folder."""

    def collect(self, submitted_file):
        """Return student_id and file_id of a file in the extracted folder, or None if nobody handed it in."""
        root = Path(self.parent._format_collect_path(self.parent.extracted_directory))
        path = Path(submitted_file).relative_to(root).as_posix()
        parts = path.replace("\\", "/").split("/")  # some zip files come from Windows
        if any(part in NOT_HANDED_IN for part in parts):
            return None
        found = self._whose(parts)
        if found is None:
            return None
        student, names = found
        for name in dict.fromkeys(names):
            if not _can_be(student, name):
                self.log.warning("%s was left out: a student or a file can't have this name.", showing.line(path))
                return None
            if self._take(student, name):
                return {"student_id": student, "file_id": name}
        self.log.warning("%s was left out: %s has handed in a file of this name already.", showing.line(path), student)
        return None

    def _whose(self, parts):
        """The student, and the names that the file may get in the student's folder, or None."""
        for place, part in enumerate(parts[:2]):
            for pattern, student in ((MOODLE, self._moodle_student), (CANVAS, _canvas_student)):
                match = pattern.fullmatch(part)
                if match:
                    first = match["file"] if place == len(parts) - 1 else Path(match["file"]).stem
                    name = "/".join([each for each in (first, *parts[place + 1 :]) if each])
                    return student(match), (self._own_name(name), name)
        inner = parts[1:] if self._is_archive(parts[0]) else parts
        return (inner[0], ("/".join(inner[1:]),)) if len(inner) > 1 else None

    def _take(self, student, name):
        """Whether a student's folder has room for a file of this name, which it has then no more."""
        files, folders = self.__dict__.setdefault("_taken", (set(), set()))
        path = PurePosixPath(student, name)
        above = {*path.parents}
        if path in files | folders or above & files:
            return False
        files.add(path)
        folders |= above
        return True

    def _moodle_student(self, match):
        """The full name, which is the same for all assignments; of two people with one name the second gets the number too."""
        numbers = self.__dict__.setdefault("_numbers", {})
        student = _as_id(match["name"]) or match["number"]
        if numbers.setdefault(student, match["number"]) != match["number"]:
            student = f"{student}-{match['number']}"
            self.log.warning("Two participants are called %s: one of them is collected as %s.", match["name"], student)
        return student

    def _own_name(self, name):
        """Take off the -1, -2, … that Canvas gives a file that was handed in again, if the notebook is known without it."""
        shorter = re.sub(r"-\d+(?=\.ipynb$)", "", name)
        known = [path.name for path in self._source().glob("*.ipynb")]
        return shorter if name not in known and shorter in known else name

    def _source(self):
        directory = self.parent.coursedir
        return Path(directory.format_path(directory.source_directory, ".", directory.assignment_id))

    def _is_archive(self, name):
        archives = Path(self.parent._format_collect_path(self.parent.archive_directory))
        return not (archives / name).exists() and any(path.name.startswith(name) for path in archives.iterdir())


class CanvasExport(ExportPlugin):
    """Writes a CSV file that Canvas' gradebook imports."""

    roster = Unicode("", help="The CSV file that Canvas' gradebook exported; its rows and columns are kept.").tag(
        config=True
    )

    def export(self, gradebook):
        """Fill in the roster, or without one write the columns that Canvas asks for."""
        assignments = _chosen(gradebook, self.assignment)
        rows = _read(self.roster) if self.roster else _canvas_rows(gradebook, self.student)
        _require(rows, "ID", self.roster)
        columns = [_canvas_column(rows[0], assignment.name) for assignment in assignments]
        place = {name: rows[0].index(name) for name in CANVAS_COLUMNS if name in rows[0]}
        students = {student.id: student for student in gradebook.students}
        for row in rows[1:]:
            row += [""] * (len(rows[0]) - len(row))
            if row[0].strip() == CANVAS_POSSIBLE.strip():
                for column, assignment in zip(columns, assignments):
                    row[column] = row[column] or _number(assignment.max_score)
                continue
            keys = {row[place[name]] for name in place if name not in ("Student", "Section")} - {""}
            known = [each for each in students if each in keys or each.rpartition("-")[2] == row[place["ID"]] != ""]
            _fill(row, columns, gradebook, assignments, known[0] if known else None)
        _write(self.to or "canvas.csv", rows)


class MoodleExport(ExportPlugin):
    """Writes a CSV file for Moodle: a grading worksheet that is filled in, or grades for Moodle's grade import."""

    worksheet = Unicode("", help="The grading worksheet of one assignment, downloaded from Moodle.").tag(config=True)

    def export(self, gradebook):
        """Fill in the worksheet, or without one write a file for the grade import."""
        assignments = _chosen(gradebook, self.assignment)
        if self.worksheet and len(assignments) != 1:
            raise ValueError(
                f"{self.worksheet} is the worksheet of one assignment: name it with --assignment='[\"…\"]'."
            )
        if self.worksheet:
            rows = _read(self.worksheet)
            _require(rows, "Grade", self.worksheet)
            columns = [rows[0].index("Grade")]
        else:
            rows = [MOODLE_COLUMNS + [f"Assignment: {each.name} (Real)" for each in assignments]]
            rows += [
                [student.id, student.first_name or "", student.last_name or "", student.email or ""]
                + [""] * len(assignments)
                for student in _students(gradebook, self.student)
            ]
            columns = range(len(MOODLE_COLUMNS), len(rows[0]))
        keys = [rows[0].index(name) for name in ("Full name", "ID number", "Email address") if name in rows[0]]
        known = {key: student.id for student in gradebook.students for key in (student.id, student.email) if key}
        number = rows[0].index("Identifier") if "Identifier" in rows[0] else None
        for row in rows[1:]:
            found = [row[key] for key in keys] + [_as_id(row[key]) for key in keys]
            if number is not None:  # of two people with one name
                found.insert(0, f"{_as_id(row[keys[0]])}-{row[number].rpartition(' ')[2]}")
            student = next((known[each] for each in found if each in known), None)
            _fill(row, columns, gradebook, assignments, student)
        _write(self.to or "moodle.csv", rows)


def _can_be(student, name):
    """Whether these are names of a folder and of what lies in it, on any machine."""
    return not student.startswith(".") and all(
        part not in ("", ".", "..")
        and not re.search(r"[/\\\x00-\x1f\x7f-\x9f]", part)
        and len(os.fsencode(part)) <= LONGEST_NAME
        and not PureWindowsPath(part).is_reserved()
        for part in (student, *name.split("/"))
    )


def _canvas_student(match):
    return f"{match['name']}-{match['number']}"


def _as_id(name):
    return re.sub(r"\W+", "-", name).strip("-")


def _canvas_rows(gradebook, wanted):
    rows = [list(CANVAS_COLUMNS), [CANVAS_POSSIBLE, "", "", "", ""]]
    for student in _students(gradebook, wanted):
        name = ", ".join(filter(None, (student.last_name, student.first_name))) or student.id
        number = FROM_CANVAS.fullmatch(student.id)
        rows.append([name, number[1] if number else "", "", student.id, ""])
    return rows


def _canvas_column(header, assignment):
    """The column of an assignment, which Canvas calls `name (number)`; it is added if there is none."""
    for column, name in enumerate(header):
        if re.fullmatch(rf"{re.escape(assignment)}( \(\d+\))?", name):
            return column
    header.append(assignment)
    return len(header) - 1


def _fill(row, columns, gradebook, assignments, student):
    for column, assignment in zip(columns, assignments):
        try:
            submission = gradebook.find_submission(assignment.name, student)
        except MissingEntry:
            continue
        row[column] = _number(max(0.0, submission.score - submission.late_submission_penalty))


def _chosen(gradebook, names):
    unknown = [name for name in names if name not in [each.name for each in gradebook.assignments]]
    if unknown:
        raise ValueError(f"There is no assignment {unknown[0]} in the gradebook.")
    return [each for each in gradebook.assignments if not names or each.name in names]


def _students(gradebook, names):
    return sorted((each for each in gradebook.students if not names or each.id in names), key=lambda each: each.id)


def _require(rows, column, file):
    if not rows or column not in rows[0]:
        raise ValueError(
            f"{file} has no column {column}: download it anew, in English, and don't change its first line."
        )


def _read(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return [row for row in csv.reader(file) if row]


def _write(path, rows):
    kept = rows[0].index(OF_THE_INSTRUCTOR) if OF_THE_INSTRUCTOR in rows[0] else None
    with open(path, "w", newline="", encoding="utf-8", errors="backslashreplace") as file:
        csv.writer(file).writerows(
            [text if place == kept else showing.cell(text) for place, text in enumerate(row)] for row in rows
        )


def _number(points):
    return f"{points:g}"
