"""Submissions that try to get points without a solution: none of them earns one."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.judge.planning.hints import hints, texts
from autograder.judge.planning.names import parsed, used
from testing.classroom import ASSIGNMENTS, compose, course_directory, hand_in, solutions, tasks
from testing.commands import by_student, graded, run
from tests.submissions import forging

ASSIGNMENT = forging.ASSIGNMENT
UNSEEN = {"a_deep_answer", "a_file_beside", "an_enormous_answer", "an_error_of_every_kind"}  # as honest mistakes look


def batch(folder, names):
    """Grade forgeries beside an honest student: (course directory, finished process, submissions)."""
    course = course_directory(folder, cell_seconds=6)
    right = {task: solutions(ASSIGNMENT, task)[0].code for task in tasks(ASSIGNMENT)}
    hand_in(course, "honest", ASSIGNMENT, compose(ASSIGNMENT, right))
    for name in names:
        hand_in(course, name, ASSIGNMENT, forging.notebook(name))
    done, submissions = graded(course, "grade", ASSIGNMENT)
    return course, done, by_student(submissions)


@pytest.fixture(scope="module")
def forged(tmp_path_factory):
    return batch(tmp_path_factory.mktemp("forged"), forging.QUICK)


def test_there_are_enough_of_them():
    assert len(forging.CASES) >= 40


@pytest.mark.parametrize("name", forging.QUICK)
def test_it_earns_nothing(forged, name):
    _, _, submissions = forged
    assert submissions[name, ASSIGNMENT]["points"] == 0


def test_what_should_be_looked_at_is_found_and_honest_work_is_left_alone():
    assert {name for name in forging.CASES if not hints(forging.notebook(name))} == UNSEEN
    codes = [each.code for name in ASSIGNMENTS for task in tasks(name) for each in solutions(name, task)]
    assert hints(new_notebook(cells=[new_code_cell(code) for code in codes])) == []


TOO_MUCH = {
    "a sum of 20,000 terms": "x = " + " + ".join(["1"] * 20_000),
    "3,000 chained calls": "x = s" + ".f()" * 3000,
    "signs": "x = " + "-" * 40_000 + "1",
    "not": "x = " + "not " * 10_000 + "1",
    "functions in functions": "x = " + "lambda: " * 5000 + "1",
    "attributes": "np" + ".a" * 20_000 + " = 1",
    "else if": "if x: pass\n" + "elif x: pass\n" * 3500,
    "a long list": "x = [" + "1, " * 2_000_000 + "]",
    "a million lines": "x = 1\n" * 1_000_000,
}
READ = {
    "600 commands": "!true\n" * 600 + "settrace(f)",
    "questions": "print?\n" * 600 + "settrace(f)",
    "a timed cell": "%%time\nsettrace(f)",
    "a command's output": "files = !ls \\\n  -l\nsettrace(f)",
    "calls of calls": "x = s" + "()" * 1500 + "\nsettrace(f)",
    "a form feed": "\x0csettrace(f)",
}


@pytest.mark.parametrize("code", TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_cell_that_is_too_much_to_look_through_is_named(code):
    cell = new_code_cell(code, id="long")
    assert hints(new_notebook(cells=[cell])) == ["cell long is too long or too deeply nested to be looked through."]


@pytest.mark.parametrize("code", READ.values(), ids=READ)
def test_a_cell_is_looked_through_whatever_else_stands_in_it(code):
    assert hints(new_notebook(cells=[new_code_cell(code, id="odd")])) == ["cell odd watches other code run."]


@pytest.mark.parametrize(
    "code", ["x = 1\0", "(" * 50_000, "x = " + "(" * 50_000 + ")" * 50_000, "x = '\ud800'", "\n" * 40_000]
)
def test_code_that_is_none_stops_nothing(code):
    assert len(hints(new_notebook(cells=[new_code_cell(code, id="odd")]))) <= 1


SHELL = "if 'google.colab' in str(get_ipython()):\n    print('there')"


def test_a_cell_that_students_get_is_the_instructors_as_long_as_it_is_unchanged():
    made = new_notebook(cells=[new_code_cell(SHELL, id="cell-4"), new_code_cell(f"\n{SHELL}  \n", id="copy")])
    assert hints(made, texts(new_notebook(cells=[new_code_cell(SHELL)]))) == []
    assert hints(made, texts(new_notebook(cells=[new_code_cell("x = 1")]))) == [
        "cell-4 reaches for the shell of the kernel.",
        "cell copy reaches for the shell of the kernel.",
    ]


@pytest.mark.parametrize(
    "code",
    [
        "x.__class__",
        "print(x.__class__.__name__, x.__class__.mro())",
        "y = x.__class__(3)",
        "[each for each in found if each.__class__ == Rectangle]",
    ],
)
def test_asking_an_object_for_its_class_is_no_hint(code):
    assert hints(new_notebook(cells=[new_code_cell(code)])) == []


@pytest.mark.parametrize(
    "code",
    [
        "x.__class__ = Same",
        "class A:\n    __class__ = int",
        "class A:\n    @property\n    def __class__(self):\n        return int",
        "().__class__.__base__.__subclasses__()",
        "x.__class__.total = 3",
        "del x.__class__.total",
    ],
)
def test_changing_a_class_is_one(code):
    what = "makes an object that is not what it seems."
    assert [each.partition(" ")[2] for each in hints(new_notebook(cells=[new_code_cell(code, id="cell-1")]))] == [what]


def test_a_function_of_the_students_own_called_setattr_hides_no_hint():
    code = "def setattr(a, b, c):\n    pass\n\nx.__class__ = Same\nsetattr(x, 'a', 1)"
    found = hints(new_notebook(cells=[new_code_cell(code, id="cell-1")]))
    assert any("not what it seems" in each for each in found) and not any("looked through" in each for each in found)


def test_the_names_of_deep_code_are_found():
    assert parsed(TOO_MUCH["signs"]).body == []
    assert used(parsed("x = s" + ".f()" * 900)) >= {"s"}


def test_a_notebook_is_looked_through_as_far_as_there_is_time():
    cells = [new_code_cell(f"x = {number}", id=f"c{number}") for number in range(5000)]
    assert hints(new_notebook(cells=cells)) == ["The notebook is too long to be looked through to its end."]


def test_what_is_replaced_is_said_in_few_words():
    code = "import numpy as np\nnp" + ".a" * 900 + " = 1\nsys.modules['a\\nb'] = 1\nsetattr(np.testing, 'a', 1)"
    found = hints(new_notebook(cells=[new_code_cell(code, id="odd")]))
    assert len(found) == 3 and all(len(sentence) < 150 and "\n" not in sentence for sentence in found), found


def test_the_honest_student_beside_them_has_all_points(forged):
    _, _, submissions = forged
    assert (submissions["honest", ASSIGNMENT]["status"], submissions["honest", ASSIGNMENT]["points"]) == ("graded", 58)


def test_the_report_says_what_was_noticed(forged):
    course, done, _ = forged
    assert run(course, "autograder", "report", "--html", "report.html").returncode == 0
    page = (course / "report.html").read_text()
    noticed = {name for name in ("honest", *forging.QUICK) if f"{name}: look at it. " in done.stdout}
    assert noticed == set(forging.QUICK) - UNSEEN
    assert page.count("To be looked at by a person") == len(noticed)
    assert "conv_output_size takes over the handling of exceptions." in page
    assert "An answer could not be read: it does not have the form of an answer." in page


@pytest.mark.slow
def test_what_lasts_long_earns_nothing_either(tmp_path):
    _, _, submissions = batch(tmp_path, forging.LONG)
    assert {name: submissions[name, ASSIGNMENT]["points"] for name in forging.LONG} == dict.fromkeys(forging.LONG, 0)
