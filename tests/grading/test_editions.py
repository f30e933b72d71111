"""One class, several languages: the points are the same, and each is told in its own what is wrong."""

import re
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from testing.classroom import without_metadata
from testing.commands import by_student, graded, run, scores
from testing.editions import add_edition, translated
from testing.small_courses import hand_in, make_course, notebook, released, solved
from testing.without_kernels import command  # noqa: F401

TEST = """from cnn_course.language import of_a_test
assert {task}(1) == {value}, of_a_test("{task} adds one.")
### BEGIN HIDDEN TESTS
assert {task}(4) == 5, of_a_test("{task} adds one to four.")
### END HIDDEN TESTS"""
SOURCE = notebook("f", "g", "h", written=("why",), test=TEST)
WORDS = {"YOUR CODE HERE": "여기에 코드를", "YOUR ANSWER HERE": "여기에 답을 쓰세요", "adds one": "(은)는 1을 더하며"}
CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

msgid "g adds one."
msgstr "g는 1을 더합니다."

msgid "h adds one to four."
msgstr "h는 4에 1을 더합니다."
"""
CONFIG = """
import os
c.Editions.releases = {"ko": "release-ko"}
c.Judge.kernels = {"one": 1}
os.environ.setdefault("COURSE_LOCALE", os.path.abspath("locale"))
c.Judge.readable = ["locale"]
c.Kernels.pass_on = ["COURSE_LOCALE"]
c.ExecutePreprocessor.timeout = 60
"""
SPY = """import os
os.environ["NOTEBOOK_LANGUAGE"], before = "../../etc", os.environ["NOTEBOOK_LANGUAGE"]
try:
    found = open(os.environ["COURSE_LOCALE"] + "/ko/LC_MESSAGES/ps.po").read()
except OSError:
    found = "nothing"
print("before:", before, "found:", found)"""
WRONG = {"g": "def g(x):\n    return x + 2", "h": "def h(x):\n    return 2"}


def korean(made):
    return translated(made, "ko", WORDS)


def answered(made, language):
    """What a student makes of a release: right solutions, and a written answer."""
    found = korean(released(made)) if language == "ko" else released(made)
    for own, right in zip(found.cells[language == "ko" :], solved(made).cells):
        if own.metadata.nbgrader.solution:
            own.source = right.source
    return found


def cell(made, name):
    return next(each for each in made.cells if each.metadata.get("nbgrader", {}).get("grade_id") == name)


def wrong(language):
    made = answered(SOURCE, language)
    for name, code in WRONG.items():
        cell(made, name).source = code
    return made


def damaged(language):
    made = answered(SOURCE, language)
    cell(made, "f-t").source = "assert True"
    made.cells.remove(cell(made, "g-t"))
    moved = cell(made, "h-t")
    made.cells.remove(moved)
    made.cells.insert(made.cells.index(cell(made, "f")), moved)
    return made


def spying(language):
    made = wrong(language)
    made.cells.insert(1, new_code_cell(SPY, id="spy"))
    return made


STUDENTS = {
    "perfect": lambda language: answered(SOURCE, language),
    "untouched": lambda language: korean(released(SOURCE)) if language == "ko" else released(SOURCE),
    "wrong": wrong,
    "lost": lambda language: without_metadata(wrong(language)),
    "damaged": damaged,
    "spying": spying,
}


def course_with_editions(folder):
    """A course whose assignments are one notebook, graded in two kernels and in one, with a class of both languages."""
    course = make_course(folder, {("two", "two"): SOURCE, ("one", "one"): SOURCE}, CONFIG)
    catalogue = course / "locale" / "ko" / "LC_MESSAGES" / "ps.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    for name in ("two", "one"):
        add_edition(course, name, name, released(SOURCE), "ko", WORDS)
        for student, make in STUDENTS.items():
            for language in ("en", "ko"):
                hand_in(course, f"{student}-{language}", name, f"{name}.ipynb", make(language))
    return course


@pytest.fixture(scope="module")
def sample_class(tmp_path_factory):
    """The class, graded: the course directory, what the command said, and the submissions."""
    course = course_with_editions(tmp_path_factory.mktemp("editions") / "course")
    shutil.copytree(course, course.with_name("stock"))
    done, submissions = graded(course, "grade", "two", "one")
    return course, done, by_student(submissions)


def executed(course, student, name):
    return nbformat.read(course / "autograded" / student / name / f"{name}.ipynb", as_version=4)


def messages(submission):
    return {task["id"]: " ".join(task["messages"]) for task in submission["tasks"]}


@pytest.mark.parametrize("name", ["two", "one"])
@pytest.mark.parametrize("student", STUDENTS)
def test_both_languages_get_the_same_points_and_repairs(sample_class, student, name):
    _, done, of = sample_class
    both = of[f"{student}-en", name], of[f"{student}-ko", name]
    for english, other in zip(*(each["tasks"] for each in both), strict=True):
        assert (english["id"], english["points"]) == (other["id"], other["points"]), done.stdout
    assert both[0]["status"] == both[1]["status"] == ("repaired" if student in ("lost", "damaged") else "graded")
    assert both[0]["repairs"] == both[1]["repairs"] and both[1]["noticed"] == both[0]["noticed"]
    assert [bool(each["one_kernel"]) for each in both] == [name == "one"] * 2


@pytest.mark.parametrize("name", ["two", "one"])
def test_untouched_cells_wait_for_nobody(sample_class, name):
    _, _, of = sample_class
    for language in ("en", "ko"):
        tasks = of[f"untouched-{language}", name]["tasks"]
        assert [task["points"] for task in tasks] == [0, 0, 0, 0]
        assert {each["kind"] for task in tasks for each in task["findings"]} == {"not written yet"}
        assert of[f"perfect-{language}", name]["tasks"][-1]["points"] is None


@pytest.mark.parametrize("name", ["two", "one"])
@pytest.mark.parametrize("student", ["wrong", "lost"])
def test_each_is_told_in_its_own_language(sample_class, student, name):
    course, _, of = sample_class
    assert "g adds one." in messages(of[f"{student}-en", name])["g"]
    assert "h adds one to four." in messages(of[f"{student}-en", name])["h"]
    assert "g는 1을 더합니다." in messages(of[f"{student}-ko", name])["g"]
    assert "h는 4에 1을 더합니다." in messages(of[f"{student}-ko", name])["h"]
    assert executed(course, f"{student}-ko", name).metadata["lang"] == "ko"


def test_a_student_has_no_say_in_the_language_of_the_judge_nor_what_hidden_tests_say(sample_class):
    course, _, of = sample_class
    for language in ("en", "ko"):
        [said] = cell_by_id(executed(course, f"spying-{language}", "two"), "spy").outputs
        assert said.text == f"before: {'ko' if language == 'ko' else ''} found: nothing\n"
        [said] = cell_by_id(executed(course, f"spying-{language}", "one"), "spy").outputs
        assert "h는 4에" in said.text
    assert "g는 1을 더합니다." in messages(of["spying-ko", "two"])["g"]
    assert "g adds one." in messages(of["spying-en", "two"])["g"]


def cell_by_id(made, id_):
    return next(each for each in made.cells if each.id == id_)


def test_stock_nbgrader_gives_the_same_scores_and_says_the_same(sample_class):
    graded_by_us, _, of = sample_class
    course = graded_by_us.with_name("stock")
    assert run(course, "nbgrader", "generate_assignment", "two").returncode == 0
    assert run(course, "nbgrader", "autograde", "two", "--student=*-ko").returncode in (0, 1)
    stock = scores(course)
    ours = {key: score for key, score in scores(graded_by_us).items() if key in stock}
    assert len({student for _, student, _ in stock}) >= 4
    assert {key: score for key, score in stock.items() if key[1] in ("perfect-ko", "untouched-ko", "wrong-ko")} == {
        key: score for key, score in ours.items() if key[1] in ("perfect-ko", "untouched-ko", "wrong-ko")
    }
    said = [output.evalue for each in executed(course, "wrong-ko", "two").cells for output in each.get("outputs", [])]
    assert said == ["g는 1을 더합니다.", "h는 4에 1을 더합니다."]


@pytest.fixture
def half_made(tmp_path, monkeypatch):
    """A course whose edition lacks one notebook, and has another cell in the other."""
    monkeypatch.setenv("COURSE_LOCALE", str(tmp_path))
    course = make_course(tmp_path, {("ps", "ps"): SOURCE, ("qs", "qs"): SOURCE}, CONFIG)
    other = released(notebook("f", "g", "k", written=("why",), test=TEST))
    add_edition(course, "qs", "qs", other, "ko", WORDS)
    for name in ("ps", "qs"):
        for language in ("en", "ko"):
            hand_in(course, language, name, f"{name}.ipynb", answered(SOURCE, language))
    return course


def test_an_edition_that_is_amiss_is_named_and_stops_no_other(half_made, command):  # noqa: F811
    done = command(half_made, "grade", "ps", "qs")
    cure = "run `make release EDITION=ko`, and grade again."
    lacks = f"There is no {half_made}/release-ko/ps/ps.ipynb."
    differs = f"{half_made}/release-ko/qs/qs.ipynb has other cells than the source: h, h-t, k and k-t."
    for sentence, name in ((lacks, "ps"), (differs, "qs")):
        assert sentence in done.out and cure in done.out
        assert (done.of["en", name]["status"], done.of["en", name]["points"]) == ("graded", 6)
        assert (done.of["ko", name]["status"], done.of["ko", name]["tasks"][0]["points"]) == ("not-graded", 0)
        assert sentence in done.of["ko", name]["reason"]
        add_edition(half_made, name, name, released(SOURCE), "ko", WORDS)
    again = command(half_made, "grade", "ps", "qs")
    assert [again.of["ko", name]["points"] for name in ("ps", "qs")] == [6, 6] and cure not in again.out


def test_a_change_of_the_edition_is_a_change(half_made, command):  # noqa: F811
    for name in ("ps", "qs"):
        add_edition(half_made, name, name, released(SOURCE), "ko", WORDS)
    hand_in(half_made, "ko", "ps", "ps.ipynb", korean(released(SOURCE)))
    assert command(half_made, "grade", "ps").of["ko", "ps"]["tasks"][-1]["points"] == 0
    add_edition(half_made, "ps", "ps", released(SOURCE), "ko", {**WORDS, "YOUR ANSWER HERE": "답:"})
    assert command(half_made, "grade", "ps").of["ko", "ps"]["tasks"][-1]["points"] is None


def test_a_course_that_is_moved_is_not_graded_again(sample_class, tmp_path):
    course, _, of = sample_class
    moved = shutil.copytree(course, tmp_path / "moved")
    done, submissions = graded(moved, "grade", "two")
    assert not re.findall(r"(?m)^two  \S+: \w+$", done.stdout) and len(submissions) == len(of) / 2


def test_one_notebook_alone_is_checked_in_its_language(sample_class, tmp_path):
    course, _, _ = sample_class
    nbformat.write(without_metadata(wrong("ko")), tmp_path / "mine.ipynb")
    done = run(course, "autograder", "check", tmp_path / "mine.ipynb")
    assert "g는 1을 더합니다." in done.stdout


def test_a_translated_stub_is_nobodys_work(sample_class):
    course, _, _ = sample_class
    done = run(course, "autograder", "similar", "two", "--html", "similar.html")
    assert done.returncode == 0 and "여기에 답을" not in (course / "similar.html").read_text(encoding="utf-8")
