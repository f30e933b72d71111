"""Learning platforms: nbgrader plugins that take in downloads of Moodle and Canvas, and give them grades back.

    nbgrader zip_collect ps1 --collector=autograder.lms.LmsCollector
    nbgrader export --exporter=autograder.lms.CanvasExport --CanvasExport.roster=gradebook.csv --to=upload.csv
    nbgrader export --exporter=autograder.lms.MoodleExport --MoodleExport.worksheet=worksheet.csv --assignment='["ps1"]'

Layouts: Moodle's "Download all submissions" (`Kim Park_1234567_assignsubmission_file/ps1.ipynb`, with folders or
without), Canvas' "Download Submissions" (`parkkim_LATE_12345_678_ps1-1.ipynb`), and any other zip file with a folder
for each student.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from nbgrader.plugins import ExportPlugin
from traitlets import Unicode

from autograder import showing
from autograder.course import results
from autograder.course.errors import CourseError
from autograder.lms import sheets
from autograder.lms.collecting import LmsCollector as LmsCollector
from autograder.lms.owners import Owners, among, folded, normal, settled
from autograder.lms.sheets import Sheet

if TYPE_CHECKING:
    from nbgrader.api import Assignment, Gradebook, Student, SubmittedAssignment

FROM_CANVAS = re.compile(r"(?!anon-).+-([1-9]\d{3,})")  # a student whom the collector has named; student-01 is none
CANVAS_COLUMNS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
CANVAS_KEYS = [*CANVAS_COLUMNS[1:4], "Integration ID"]
CANVAS_POSSIBLE = "    Points Possible"
MOODLE_COLUMNS = ["ID number", "First name", "Last name", "Email address"]
OF_THE_INSTRUCTOR = "Feedback comments"  # of Moodle's worksheet: goes back as it came
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
MOST_NAMED = 20


class PlatformExport(ExportPlugin):
    """Writes a file for a platform; what is in the way of that is said in one sentence."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the file."""
        try:
            self.write(gradebook)
        except CourseError as error:
            self.parent.fail("%s", error)

    def chosen(self, gradebook: Gradebook) -> list[Assignment]:
        """The assignments that were asked for."""
        unknown = [name for name in self.assignment if name not in [each.name for each in gradebook.assignments]]
        if unknown:
            raise CourseError(f"There is no assignment {unknown[0]} in the gradebook.")
        return [each for each in gradebook.assignments if not self.assignment or each.name in self.assignment]

    def students(self, gradebook: Gradebook) -> list[Student]:
        """The students who were asked for."""
        return sorted((each for each in gradebook.students if self.wants(each.id)), key=lambda each: each.id)

    def wants(self, student: str) -> bool:
        """Whether a student was asked for."""
        return not self.student or student in self.student

    def submissions(self, assignment: Assignment) -> dict[str, SubmittedAssignment]:
        """What those who were asked for handed in: student -> submission."""
        return {each.student.id: each for each in assignment.submissions if self.wants(each.student.id)}

    def participants(self, assignment: Assignment, platform: str) -> dict[tuple[str, str], str]:
        """Whom the platform's downloads of an assignment were from."""
        return results.participants(self.parent.coursedir.root, assignment.name, platform)

    def enter(self, sheet: Sheet, column: int, assignment: Assignment, owners: Owners, file: str) -> None:
        """Enter the points where it is certain whose a line is, and say whose points went nowhere."""
        submissions = self.submissions(assignment)
        for place, student in owners.found.items():
            sheet.rows[place][column] = sheet.number(_points(submissions[student]))
        for student, places in sorted(owners.disputed.items()):
            rows = " or ".join(str(place + 1) for place in sorted(places))
            self.log.warning(
                "%s: the points for %s were not entered, since it can't be told whether row %s of %s is theirs. "
                "Enter them by hand: %s.",
                student, assignment.name, rows, file, sheet.number(_points(submissions[student])),
            )  # fmt: skip
        lost = sorted(set(submissions) - set(owners.found.values()) - set(owners.disputed))
        if lost:
            self.log.warning(
                "No row of %s is theirs, and their points for %s were not entered: %s.",
                file, assignment.name, showing.listed(lost, MOST_NAMED),
            )  # fmt: skip

    def compare(self, maximum: str, assignment: Assignment, platform: str) -> None:
        """Say so if the platform has another maximum for an assignment than the gradebook."""
        if NUMBER.fullmatch(maximum) and float(maximum.replace(",", ".")) != assignment.max_score:
            self.log.warning(
                "%s is worth %s points in %s, and %g here. The points go out as they are: change the maximum there.",
                assignment.name, maximum, platform, assignment.max_score,
            )  # fmt: skip


class CanvasExport(PlatformExport):
    """Writes a CSV file that Canvas' gradebook imports."""

    roster = Unicode("", help="The CSV file that Canvas' gradebook exported; its rows and columns are kept.").tag(
        config=True
    )

    def write(self, gradebook: Gradebook) -> None:
        """Fill in the roster, or without one write the columns that Canvas asks for."""
        assignments = self.chosen(gradebook)
        sheet = sheets.read(self.roster) if self.roster else Sheet(_canvas_rows(self.students(gradebook)))
        if sheet.column("ID") is None:
            raise CourseError(f"{self.roster} has no column ID: export it anew, and don't change its first line.")
        for assignment in assignments:
            column = self._column(sheet, assignment)
            for row in sheet.rows:
                if row[0].strip() == CANVAS_POSSIBLE.strip():
                    row[column] = row[column] or sheet.number(assignment.max_score)
                    self.compare(row[column], assignment, "Canvas")
            self.enter(sheet, column, assignment, settled(self._ways(sheet, assignment)), self.roster)
        sheet.write(self.to or "canvas.csv")

    def _column(self, sheet: Sheet, assignment: Assignment) -> int:
        """The column of an assignment, which Canvas calls `name (number)`; it is added if there is none."""
        pattern = re.compile(rf"{re.escape(normal(assignment.name))}(?: \(\d+\))?")
        found = [place for place, name in enumerate(sheet.header) if pattern.fullmatch(normal(name))]
        if len(found) > 1:
            names = " and ".join(sheet.header[place] for place in found)
            raise CourseError(
                f"{self.roster} has the columns {names}: rename one of them in Canvas, and export it anew."
            )
        if found:
            return found[0]
        if self.roster:
            self.log.warning("%s has no column %s: it was added.", self.roster, assignment.name)
        for row in sheet.rows:
            row.append("")
        sheet.header[-1] = assignment.name
        return len(sheet.header) - 1

    def _ways(self, sheet: Sheet, assignment: Assignment) -> list[list[set[str]]]:
        """By what a line's student is known: an id or an address; or Canvas' number."""
        students = self.submissions(assignment)
        keys = [sheet.header.index(name) for name in CANVAS_KEYS if name in sheet.header]
        number = sheet.header.index("ID")
        numbered = {student: number for (number, _), student in self.participants(assignment, "canvas").items()}
        by_id = among(students, lambda student: _ids(students[student].student))
        by_number = among(students, lambda student: [numbered.get(student) or _canvas_number(student)])
        return [
            [by_id(_cells(row, keys)) for row in sheet.rows],
            [by_number([row[number]]) for row in sheet.rows],
        ]


class MoodleExport(PlatformExport):
    """Writes a CSV file for Moodle: a grading worksheet that is filled in, or grades for Moodle's grade import."""

    worksheet = Unicode("", help="The grading worksheet of one assignment, downloaded from Moodle.").tag(config=True)

    def write(self, gradebook: Gradebook) -> None:
        """Fill in the worksheet, or without one write a file for the grade import."""
        assignments = self.chosen(gradebook)
        if not self.worksheet:
            Sheet(self._import_rows(gradebook, assignments)).write(self.to or "moodle.csv")
            return
        if len(assignments) != 1:
            raise CourseError(
                f"{self.worksheet} is the worksheet of one assignment: name it with --assignment='[\"…\"]'."
            )
        sheet = sheets.read(self.worksheet)
        grade, maximum = _grade_columns(sheet)
        if grade is None:
            raise CourseError(f"{self.worksheet} has no column Grade: download it anew, with Moodle in English.")
        if maximum is not None and len(sheet.rows) > 1:
            self.compare(sheet.rows[1][maximum], assignments[0], "Moodle")
        owners = settled(self._ways(sheet, assignments[0], grade))
        self._add_teams(owners, sheet, assignments[0])
        self.enter(sheet, grade, assignments[0], owners, self.worksheet)
        sheet.write(self.to or "moodle.csv", sheet.column(OF_THE_INSTRUCTOR))

    def _import_rows(self, gradebook: Gradebook, assignments: list[Assignment]) -> list[list[str]]:
        sheet = Sheet([MOODLE_COLUMNS + [f"Assignment: {each.name} (Real)" for each in assignments]])
        columns = [self.submissions(each) for each in assignments]
        for student in self.students(gradebook):
            points = [sheet.number(_points(each[student.id])) if student.id in each else "" for each in columns]
            names = [student.first_name or "", student.last_name or "", student.email or ""]
            sheet.rows.append([student.id, *names, *points])
        return sheet.rows

    def _ways(self, sheet: Sheet, assignment: Assignment, grade: int) -> list[list[set[str]]]:
        """By what a line's student is known.

        First the number in the download, together with the name; then an id or an address; then the full name.
        """
        students = self.submissions(assignment)
        identifier, name, ids = _who_columns(sheet, grade)
        downloaded: dict[str, list[tuple[str, str]]] = {}
        for (number, called), student in self.participants(assignment, "moodle").items():
            if student in students and number:
                downloaded.setdefault(number, []).append((folded(called), student))
        by_name = among(students, lambda student: [folded(student)])
        by_id = among(students, lambda student: _ids(students[student].student))
        ways = []
        for row in sheet.rows[1:]:
            label, full = (folded(row[place]) if place is not None else "" for place in (identifier, name))
            number = re.findall(r"\d*$", label)[0]
            called_so = {
                student
                for called, student in downloaded.get(number, ())
                if (full and full in called) or (called and called in label)
            }
            ways.append([called_so, by_name([full + number, label]), by_id(_cells(row, ids)), by_name([full])])
        return [[set(), *way] for way in zip(*ways)]

    def _add_teams(self, owners: Owners, sheet: Sheet, assignment: Assignment) -> None:
        """Give the lines of a team, which hands in as one, what it handed in."""
        column = sheet.column("Group")
        if column is not None:
            left = set(self.submissions(assignment)) - set(owners.found.values()) - set(owners.disputed)
            team = among(left, lambda student: [folded(student)])
            for place, row in enumerate(sheet.rows[1:], start=1):
                for student in team([folded(row[column])]) if place not in owners.found else ():
                    owners.found[place] = student


def _points(submission: SubmittedAssignment) -> float:
    points: float = max(0.0, submission.score - submission.late_submission_penalty)
    return points


def _ids(student: Student) -> list[str]:
    return [student.id, (student.email or "").casefold()]


def _cells(row: list[str], places: Iterable[int]) -> list[str]:
    """What stands in these places of a row; addresses also as they are compared."""
    cells = [row[place].strip() for place in places]
    return [*cells, *(cell.casefold() for cell in cells if "@" in cell)]


def _canvas_number(student: str) -> str | None:
    match = FROM_CANVAS.fullmatch(student)
    return match and match[1]


def _canvas_rows(students: Iterable[Student]) -> list[list[str]]:
    rows = [list(CANVAS_COLUMNS), [CANVAS_POSSIBLE, "", "", "", ""]]
    for student in students:
        name = ", ".join(filter(None, (student.last_name, student.first_name))) or student.id
        rows.append([name, _canvas_number(student.id) or "", "", student.id, ""])
    return rows


def _grade_columns(sheet: Sheet) -> tuple[int | None, int | None]:
    """The places of the grade and of its maximum, or None.

    In other languages than English they are known by what stands in them: Moodle puts the maximum, the same number in
    every line, right behind the grade.
    """
    english = sheet.column("Grade"), sheet.column("Maximum Grade", "Maximum grade")
    if english[0] is not None:
        return english
    columns = list(zip(*sheet.rows[1:]))
    for place in range(2, len(columns)):
        if len(set(columns[place])) == 1 and NUMBER.fullmatch(columns[place][0]):
            if all(cell in ("", "-") or NUMBER.fullmatch(cell) for cell in columns[place - 1]):
                return place - 1, place
    return None, None


def _who_columns(sheet: Sheet, grade: int) -> tuple[int | None, int | None, Sequence[int]]:
    """The places of Moodle's identifier, of the full name, and of what else tells who somebody is.

    No student writes there.
    """
    if sheet.header[grade] != "Grade":
        return 0, 1, range(2, grade)
    ids = map(sheet.column, ("ID number", "Email address", "Username"))
    return sheet.column("Identifier"), sheet.column("Full name"), [place for place in ids if place is not None]
