"""What platforms really send: points go to the right person, or to nobody and with a sentence."""

import csv
import io
import logging
import unicodedata

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import ExportApp, ZipCollectApp
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.lms import owners, sheets
from autograder.lms.exports import CanvasExport, LmsCollector, MoodleExport

MOODLE = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed"]
GERMAN = [
    "ID",
    "Vollständiger Name",
    "E-Mail-Adresse",
    "Status",
    "Bewertung",
    "Bestwertung",
    "Bewertung kann geändert werden",
]
CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
POSSIBLE = ["    Points Possible", "", "", "", ""]


@pytest.fixture(scope="module")
def empty_gradebook(tmp_path_factory):
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with Gradebook(f"sqlite:///{path}") as gradebook:
        gradebook.add_assignment("hw1")
        gradebook.add_notebook("hw1", "hw1")
        gradebook.add_grade_cell("f-t", "hw1", "hw1", max_score=2.5, cell_type="code")
    return path.read_bytes()


class Platform:
    """A course directory, and a platform that sends downloads and tables."""

    def __init__(self, root, gradebook, says):
        self.root, self.says = root, says
        (root / "gradebook.db").write_bytes(gradebook)
        (root / "source" / "hw1").mkdir(parents=True)
        (root / "source" / "hw1" / "hw1.ipynb").write_text("{}")

    def app(self, kind):
        app = kind(config=Config({"CourseDirectory": {"root": str(self.root), "assignment_id": "hw1"}}))
        app.coursedir = CourseDirectory(parent=app)
        app.log = logging.getLogger("platform")
        return app

    def collect(self, *names, content=b"x"):
        """Take in a download, and return what is in submitted/ then, without the assignment's folder."""
        (self.root / "downloaded/hw1/archive").mkdir(parents=True, exist_ok=True)
        (self.root / "downloaded/hw1/archive/all.zip").touch()
        app = self.app(ZipCollectApp)
        paths = [self.root / "downloaded/hw1/extracted/all" / name for name in names]
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        collector = LmsCollector(parent=app)
        found = [collector.collect(str(path)) for path in sorted(paths)]
        found = [(each["student_id"], each["file_id"]) for each in found if each]
        self.points({student: 2 for student, _ in found if student.isprintable()})
        return {f"{student}/{file}" for student, file in found}

    def points(self, points, **names):
        with Gradebook(f"sqlite:///{self.root}/gradebook.db") as gradebook:
            for student, score in points.items():
                gradebook.update_or_create_student(student, **names)
                if score is not None:
                    gradebook.update_or_create_submission("hw1", student).notebooks[0].grades[0].manual_score = score
            gradebook.db.commit()

    def sent(self, content, exporter, *students):
        """What goes back for a table as bytes."""
        (self.root / "in.csv").write_bytes(content)
        app = self.app(ExportApp)
        plugin = exporter(parent=app, to=str(self.root / "out.csv"), assignment=["hw1"], student=list(students))
        setattr(plugin, {CanvasExport: "roster", MoodleExport: "worksheet"}[exporter], str(self.root / "in.csv"))
        with Gradebook(f"sqlite:///{self.root}/gradebook.db") as gradebook:
            plugin.export(gradebook)
        return (self.root / "out.csv").read_bytes()

    def exported(self, rows, exporter, *students):
        """The rows of what goes back for the rows of a table."""
        back = self.sent(written(rows), exporter, *students).decode()
        return list(csv.reader(io.StringIO(back, newline="")))


def written(rows, encoding="utf-8", **form):
    text = io.StringIO(newline="")
    csv.writer(text, **form).writerows(rows)
    return text.getvalue().encode(encoding)


def moodle(*people, header=MOODLE, maximum="2.50"):
    """A worksheet: a line for each (number, name, address)."""
    return [header] + [[f"Participant {each[0]}", *each[1:], "Submitted", "", maximum, "Yes"] for each in people]


@pytest.fixture
def platform(tmp_path, empty_gradebook, caplog):
    caplog.set_level(logging.WARNING, "platform")
    return Platform(tmp_path, empty_gradebook, lambda: caplog.text)


DOWNLOADS = {
    "online text": {
        "Kim Park_12_assignsubmission_onlinetext_/onlinetext.html": "Kim-Park/onlinetext.html",
        "Kim Park_12_assignsubmission_file_/hw1.ipynb": "Kim-Park/hw1.ipynb",
    },
    "newer Moodle": {
        "Kim Park_12_assignsubmission_onlinetext/onlinetext.html": "Kim-Park/onlinetext.html",
        "Kim Park_12_assignsubmission_file/data/weights.h5": "Kim-Park/data/weights.h5",
        "Li Na_13_assignsubmission_file_hw1.ipynb": "Li-Na/hw1.ipynb",
    },
    "Moodle's teams": {
        "Team A_17_assignsubmission_file/hw1.ipynb": "Team-A/hw1.ipynb",
        "Default group_assignsubmission_file/hw1.ipynb": "Default-group/hw1.ipynb",
    },
    "several of one name": {
        "Kim Park_12_assignsubmission_file_/hw1.ipynb": "Kim-Park-12/hw1.ipynb",
        "Kim Park_13_assignsubmission_file_/hw1.ipynb": "Kim-Park-13/hw1.ipynb",
        "Li Na_14_assignsubmission_file_/hw1.ipynb": "Li-Na/hw1.ipynb",
    },
    "anonymous in Moodle": {
        "Participant_12_assignsubmission_file_/hw1.ipynb": "Participant-12/hw1.ipynb",
        "Participant_13_assignsubmission_file_/hw1.ipynb": "Participant-13/hw1.ipynb",
    },
    "decomposed letters": {
        unicodedata.normalize("NFD", "김민지_12_assignsubmission_file_/과제.ipynb"): "김민지/과제.ipynb",
        unicodedata.normalize("NFD", "Zoë Ångström_13_assignsubmission_file_/hw1.ipynb"): "Zoë-Ångström/hw1.ipynb",
        "प्रिया_14_assignsubmission_file_/hw1.ipynb": "प्रिया/hw1.ipynb",
    },
    "UTF-8 that a zip file does not tell of": {
        "Zoë Ångström_13_assignsubmission_file_/hw1.ipynb".encode().decode("cp437"): "Zoë-Ångström/hw1.ipynb",
        "Núñez_14_assignsubmission_file_/hw1.ipynb": "Núñez/hw1.ipynb",
    },
    "a folder in the zip file": {
        "submissions/Kim Park_12_assignsubmission_file_/hw1.ipynb": "Kim-Park/hw1.ipynb",
        "submissions/Li Na_13_assignsubmission_file_/hw1.ipynb": "Li-Na/hw1.ipynb",
    },
    "a folder in Canvas' zip file": {"submissions/parkkim_123_678_hw1.ipynb": "parkkim-123/hw1.ipynb"},
    "a class that was zipped with its folder": {
        "all/kim/hw1.ipynb": "kim/hw1.ipynb",
        "all/li/hw1.ipynb": "li/hw1.ipynb",
    },
    "names that look like Canvas'": {
        "kim/data_2024_12_a.csv": "kim/data_2024_12_a.csv",
        "kim/hw1.ipynb": "kim/hw1.ipynb",
    },
    "names from Windows": {"kim\\data_2024_12_a.csv": "kim/data_2024_12_a.csv"},
    "names in no encoding": {"kim\udce4_123_678_hw1.ipynb": "kim\udce4-123/hw1.ipynb"},
    "Canvas": {
        "parkkim_LATE_12345_678_hw1-1.ipynb": "parkkim-12345/hw1.ipynb",
        "parkkim_LATE_12345_679_mnist_cnn-2.weights.h5": "parkkim-12345/mnist_cnn.weights.h5",
        "parkkim_12345_680_table-3.csv": "parkkim-12345/table-3.csv",
        "kim2_12347_682_hw1.ipynb": "kim2-12347/hw1.ipynb",
        "li_na_12348_683_hw1.ipynb": "li_na-12348/hw1.ipynb",
        "_12349_684_hw1.ipynb": "12349/hw1.ipynb",
        "kim2_12347_text.html": "kim2-12347/text.html",
    },
    "anonymous in Canvas": {
        "anon_a1B2c_678_hw1.ipynb": "anon-a1B2c/hw1.ipynb",
        "LATE_anon_12345_679_hw1.ipynb": "anon-12345/hw1.ipynb",
    },
}


@pytest.mark.parametrize("form", DOWNLOADS)
def test_everybody_has_one_folder(platform, form):
    assert platform.collect(*DOWNLOADS[form], content=b'open("table-3.csv")') == set(DOWNLOADS[form].values())


def test_a_later_download_changes_nobody(platform):
    assert platform.collect("Kim Park_13_assignsubmission_file_/hw1.ipynb") == {"Kim-Park/hw1.ipynb"}
    again = platform.collect(*(f"Kim Park_{each}_assignsubmission_file_/hw1.ipynb" for each in (12, 13)))
    assert again == {"Kim-Park/hw1.ipynb", "Kim-Park-12/hw1.ipynb"}
    rows = platform.exported(moodle((12, "Kim Park", "a"), (13, "Kim Park", "b")), MoodleExport)
    assert [row[4] for row in rows] == ["Grade", "2", "2"]


def grades(rows, column=4):
    return [row[column] for row in rows[1:]]


def test_of_two_with_one_name_who_handed_in_gets_the_points(platform):
    platform.collect("Kim Minji_222_assignsubmission_file_/hw1.ipynb")
    people = moodle((111, "Kim Minji", "a"), (222, "Kim Minji", "b"))
    assert grades(platform.exported(people, MoodleExport)) == ["", "2"]
    assert not platform.says()


def test_without_a_number_of_two_with_one_name_nobody_gets_the_points(platform):
    platform.points({"Kim-Minji": 2})
    people = moodle((111, "Kim Minji", "a"), (222, "Kim Minji", "b"))
    assert grades(platform.exported(people, MoodleExport)) == ["", ""]
    assert (
        "Kim-Minji: the points for hw1 were not entered, since it can't be told whether row 2 or 3 of"
        in platform.says()
    )


def test_a_number_of_another_person_is_nobodys(platform):
    platform.collect("Team A_17_assignsubmission_file/hw1.ipynb", "Jo ONeil_18_assignsubmission_file/hw1.ipynb")
    people = moodle((17, "Alex Li", "a"), (18, "Jo O'Neil", "b"))
    assert grades(platform.exported(people, MoodleExport)) == ["", "2"]
    assert "No row of" in platform.says() and "not entered: Team-A." in platform.says()


def test_a_team_gets_the_points_of_what_it_handed_in(platform):
    platform.collect("Team A_17_assignsubmission_file/hw1.ipynb", "Default group_assignsubmission_file/hw1.ipynb")
    rows = moodle((16, "Alex Li", "a"), (17, "Kim Park", "b"), (18, "Jo O'Neil", "c"))
    for row, team in zip(rows, ["Group", "Team A", "Default group", "Team A"]):
        row.append(team)
    assert grades(platform.exported(rows, MoodleExport)) == ["2", "2", "2"]


def test_anonymous_people_get_their_points(platform):
    platform.collect(*(f"Participant_{each}_assignsubmission_file_/hw1.ipynb" for each in (111, 222)))
    rows = [["Identifier", "Status", "Grade"]] + [[f"Participant {each}", "", ""] for each in (222, 333, 111)]
    assert grades(platform.exported(rows, MoodleExport), 2) == ["2", "", "2"]
    revealed = moodle((111, "Kim", "a"), (222, "Li", "b"))
    assert grades(platform.exported(revealed, MoodleExport)) == ["2", "2"]


def test_a_sure_sign_goes_before_a_name(platform):
    platform.points({"Kim-Park": 2}, email="Kim@x.org")
    people = moodle((1, "Kim Park", "other@x.org"), (2, "Kim Lee", "kim@X.org"))
    assert grades(platform.exported(people, MoodleExport)) == ["", "2"]


def test_of_two_ids_of_one_person_that_with_the_work_counts(platform):
    platform.points({"2026001": None}, email="kim@x.org")
    platform.points({"Kim-Park": 2})
    assert grades(platform.exported(moodle((1, "Kim Park", "kim@x.org")), MoodleExport)) == ["2"]


def test_a_worksheet_in_another_language_is_filled_in(platform):
    platform.collect("Kim Park_12_assignsubmission_file/hw1.ipynb", "Li Na_13_assignsubmission_file/hw1.ipynb")
    platform.points({"Li-Na": 1.5})
    rows = moodle((12, "Kim Park", "a"), (13, "Li Na", "b"), (14, "Jo", "c"), header=GERMAN, maximum="2,50")
    assert grades(platform.exported(rows, MoodleExport)) == ["2", "1,5", ""]
    with pytest.raises(SystemExit):
        platform.exported([["ID", "Name", "Note"], ["Teilnehmer 12", "Kim Park", ""]], MoodleExport)
    assert "has no column Grade" in platform.says()


def test_only_who_is_asked_for_gets_points(platform):
    platform.points({"Kim-Park": 2, "Li-Na": 2})
    people = moodle((1, "Kim Park", "a"), (2, "Li Na", "b"))
    assert grades(platform.exported(people, MoodleExport, "Li-Na")) == ["", "2"]


def test_another_maximum_is_said(platform):
    platform.points({"Kim-Park": 2})
    platform.exported(moodle((1, "Kim Park", "a"), maximum="100.00"), MoodleExport)
    assert "hw1 is worth 100.00 points in Moodle, and 2.5 here" in platform.says()


ROSTER = [
    [*CANVAS, "hw1 (8)", "Final Score"],
    ["", "", "", "", "", "Manual Posting", ""],
    [*POSSIBLE, "2.5", "(read only)"],
    ["Pärk, Kim", "12345", "", "kpark", "A\nB", "", "7"],
    ["Li; Na", "12346", "", "Li@x.org", "", "", ""],
    ["Student, Test", "99", "", "f0e1", "", "", ""],
]
FORMS = {
    "semicolons": {"delimiter": ";"},
    "Windows-1252": {"encoding": "cp1252"},
    "UTF-8 with a mark": {"encoding": "utf-8-sig"},
    "Unicode text": {"encoding": "utf-16", "delimiter": "\t"},
    "line feeds": {"lineterminator": "\n"},
}


@pytest.mark.parametrize("form", FORMS)
def test_a_table_goes_back_in_the_form_in_which_it_came(platform, form):
    platform.points({"parkkim-12345": 1.5, "kim-99": 2})
    platform.points({"li@x.org": 1})
    comma = form == "semicolons"
    rows = [list(row) for row in ROSTER]
    if comma:
        rows[2][5] = "2,5"
    came = written(rows, **FORMS[form])
    rows[3][5], rows[4][5] = "1,5" if comma else "1.5", "1"
    assert platform.sent(came, CanvasExport) == written(rows, **FORMS[form])
    assert "not entered: kim-99." in platform.says()


@pytest.mark.parametrize("encoding", ["cp949", "utf-16-be"])
def test_korean_tables_are_read(tmp_path, encoding):
    text = "학생,ID\r\n김민지,1\r\n"
    mark = {"utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    (tmp_path / "in.csv").write_bytes(mark + text.encode(encoding))
    sheet = sheets.read(tmp_path / "in.csv")
    assert sheet.rows[1][0] == "김민지"
    sheet.write(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "in.csv").read_bytes()


def test_decimals_are_as_the_table_has_them(tmp_path):
    for text, number in (
        ("a;b\n1;2\n", "1,5"),
        ("a;b\n1.5;2\n", "1.5"),
        ('a,b\n"1,50",2\n', "1,5"),
        ("a,b\n1,2\n", "1.5"),
    ):
        (tmp_path / "in.csv").write_text(text)
        assert sheets.read(tmp_path / "in.csv").number(1.5) == number


def refusal(platform, rows, exporter):
    with pytest.raises(SystemExit):
        platform.exported(rows, exporter)
    return platform.says()


def test_two_columns_of_one_name_are_refused(platform):
    said = refusal(platform, [[*CANVAS, "hw1 (8)", "hw1 (9)"], [*POSSIBLE, "", ""]], CanvasExport)
    assert "has the columns hw1 (8) and hw1 (9): rename one of them" in said


@pytest.mark.parametrize(
    "content, says", [(b"", "is empty"), (b"\0\1\2,\0", "has no column ID"), (b"Name,Points\n", "has no column ID")]
)
def test_what_is_no_table_is_refused(platform, content, says):
    with pytest.raises(SystemExit):
        platform.sent(content, CanvasExport)
    assert says in platform.says()


def test_nobody_is_somebody_by_chance(platform):
    """There are numbers that only look like Canvas', and a student who may have two rows."""
    platform.points({"student-12": 2, "anon-12345": 2, "park-54321": 1, "54321": 1, "7777": 1})
    rows = [[*CANVAS, "hw1"], ["A", "12"], ["B", "12345"], ["C", "54321"], ["D", "7777"], ["E", "8", "7777"]]
    assert grades(platform.exported(rows, CanvasExport), 5) == ["", "", "1", "", ""]
    assert "7777: the points" in platform.says() and "anon-12345" in platform.says()


def test_an_anonymous_number_is_nobodys_in_canvas(platform):
    platform.collect("anon_12345_678_hw1.ipynb", "li_7_679_hw1.ipynb")
    rows = [[*CANVAS, "hw1"], ["Kim", "12345", "", "", "", ""], ["Li", "7", "", "", "", ""]]
    assert grades(platform.exported(rows, CanvasExport), 5) == ["", "2"]
    assert "not entered: anon-12345." in platform.says()


def test_names_are_compared_by_their_letters():
    assert owners.folded(unicodedata.normalize("NFD", "Jo O'Neil-Ångström")) == owners.folded("jo_ONeil Ångström")
