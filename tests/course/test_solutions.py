"""Every right solution gets its points and every wrong one its diagnosis, through nbgrader.

They stand in what is graded of the released notebook. A notebook holds solutions of several tasks. The
kinds are mixed, so that a mistake which cost another task a point, or lent it one, would show.
"""

import ast
import builtins
import functools
import re
import shutil

import pytest

from testing.classroom import (
    ASSIGNMENTS,
    GIVEN,
    Solution,
    compose,
    course_directory,
    files_beside,
    hand_in,
    solutions,
    source,
    tasks,
)
from testing.commands import by_student, graded, run, scores
from tests.many_seeds import try_solution

MOST_AT_ONCE = 4  # of the solutions of a task: the others take a slow test


def sample(found):
    """The places of solutions that are graded every time: evenly among right and wrong ones."""
    step = max(1, len(found) / MOST_AT_ONCE)
    return {int(number * step) for number in range(min(MOST_AT_ONCE, len(found)))}


CASES = [
    pytest.param(
        assignment,
        task,
        place,
        id=f"{assignment}-{task}-{each.kind}-{each.title}",
        marks=[] if place in sample(solutions(assignment, task)) else pytest.mark.slow,
    )
    for assignment in ASSIGNMENTS
    for task in tasks(assignment)
    for place, each in enumerate(solutions(assignment, task))
]


@functools.cache
def mixtures(assignment, rest=False):
    """Notebooks (dicts task -> place of its solution) with all solutions that are graded every time, or all others.

    A task's tests run before the next task's cell, which may then define its own helpers anew. Only a cell that gives
    a built-in name another meaning disturbs the later ones: it gets a notebook of its own.
    """
    together, alone = [], []
    for column, task in enumerate(tasks(assignment)):
        found = solutions(assignment, task)
        chosen = [place for place in range(len(found)) if (place in sample(found)) != rest]
        peaceful = [place for place in chosen if not hides_builtins(found[place].code)]
        together += [{} for _ in range(len(peaceful) - len(together))]
        for number, place in enumerate(peaceful):
            together[(number + 5 * column) % len(together)][task] = place
        alone += [{task: place} for place in chosen if place not in peaceful]
    return together + alone


def hides_builtins(code):
    """Whether a cell binds a built-in name at its top level, or may do so by a star import."""
    names = set()
    for node in ast.parse(code).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        else:
            names |= {
                each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
            }
    return bool(names & {"*", *dir(builtins)})


def class_of_mixtures(folder, assignments=ASSIGNMENTS, rest=False, language=""):
    """A course directory in which the student mix-N has handed in the mixture N of each assignment."""
    course = course_directory(folder)
    for assignment in assignments:
        found = {task: solutions(assignment, task) for task in tasks(assignment)}
        for number, mixture in enumerate(mixtures(assignment, rest)):
            texts = {task: found[task][place].code for task, place in mixture.items()}
            hand_in(course, f"mix-{number}", assignment, compose(assignment, texts, language=language))
    return course


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return class_of_mixtures(tmp_path_factory.mktemp("solutions"))


@pytest.fixture(scope="module")
def course_of_the_rest(tmp_path_factory):
    return class_of_mixtures(tmp_path_factory.mktemp("rest"), rest=True)


@pytest.fixture(scope="module")
def entries(course):
    return entries_of(course)


@pytest.fixture(scope="module")
def entries_of_the_rest(course_of_the_rest):
    return entries_of(course_of_the_rest)


def entries_of(course, assignments=ASSIGNMENTS):
    """Graded tasks: (assignment, student, task) -> entry of the results."""
    done, submissions = graded(course, "grade", *assignments)
    assert done.returncode in (0, 1), done.stderr
    return {
        (assignment, student, task["id"]): task
        for (student, assignment), submission in by_student(submissions).items()
        for task in submission["tasks"]
    }


@pytest.mark.parametrize("assignment, task, place", CASES)
def test_solution(request, assignment, task, place):
    solution = solutions(assignment, task)[place]
    rest = place not in sample(solutions(assignment, task))
    entries = request.getfixturevalue("entries_of_the_rest" if rest else "entries")
    numbers = [number for number, mixture in enumerate(mixtures(assignment, rest)) if mixture.get(task) == place]
    assert numbers
    for number in numbers:
        entry = entries[assignment, f"mix-{number}", task]
        said = "\n".join(entry["messages"])
        if solution.right:
            assert entry["points"] == entry["max_points"], said
        else:
            assert entry["points"] < entry["max_points"], "a wrong solution got all the points"
            assert solution.says in said


def test_stock_nbgrader_gives_the_first_mixture_the_same_scores(course, entries, tmp_path):
    same_scores(course, class_of_mixtures(tmp_path, ["02-stride-padding"]), "02-stride-padding", "--student", "mix-0")


@pytest.mark.slow
@pytest.mark.parametrize("rest", [False, True], ids=["sample", "rest"])
@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_stock_nbgrader_gives_the_same_scores(request, assignment, rest, tmp_path):
    course = request.getfixturevalue("course_of_the_rest" if rest else "course")
    request.getfixturevalue("entries_of_the_rest" if rest else "entries")
    same_scores(course, class_of_mixtures(tmp_path, [assignment], rest), assignment)


def same_scores(course, stock, assignment, *words):
    """Grade a copy by stock nbgrader, and require what the course's gradebook has."""
    assert run(stock, "nbgrader", "generate_assignment", assignment).returncode == 0
    assert run(stock, "nbgrader", "autograde", assignment, *words).returncode == 0
    theirs = scores(stock)
    students = {student for _, student, _ in theirs}
    assert theirs and theirs == {
        (name, student, cell): score
        for (name, student, cell), score in scores(course).items()
        if name == assignment and student in students
    }


@pytest.mark.parametrize(
    "assignment, rest",
    [
        pytest.param(assignment, rest, marks=[] if (assignment, rest) == ("03-pooling", False) else pytest.mark.slow)
        for assignment in ASSIGNMENTS
        for rest in (False, True)
    ],
)
def test_solutions_in_a_korean_notebook_get_the_same_points_and_korean_messages(request, assignment, rest, tmp_path):
    english = request.getfixturevalue("entries_of_the_rest" if rest else "entries")
    korean = entries_of(class_of_mixtures(tmp_path, [assignment], rest, "ko"), [assignment])
    assert korean
    for key, entry in korean.items():
        assert entry["points"] == english[key]["points"], key
        for said in entry["messages"]:
            assert not english_words(said), f"{key}: {said}"


def english_words(said):
    """What is said in English, and is not code, a value, or Python's own error."""
    prose = re.sub(r"`[^`]*`|'[^']*'|<[^>]*>|\([^()]*\)|(?m:^.*(?:Error|Warning)\b.*$)", " ", said)
    return re.findall(r"[A-Za-z']+(?: [a-z']+){2,}", prose)


@pytest.mark.parametrize(
    "assignment, task", [(assignment, task) for assignment in ASSIGNMENTS for task in tasks(assignment)]
)
def test_a_task_stands_alone(assignment, task, tmp_path, monkeypatch):
    """A right solution passes its tests with nothing before it but the cells that students don't edit."""
    for file in files_beside(assignment):
        shutil.copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    alone = {"__name__": "__main__"}
    for cell in source(assignment).cells:
        name = cell.id
        if name == task:
            cell.source = solutions(assignment, task)[0].code
        if name in (*GIVEN, task) or re.fullmatch(f"{task}-(check|hidden|learns)", name):
            exec(compile(cell.source, cell.id, "exec"), alone)


def test_many_seeds_name_what_should_not_be(monkeypatch):
    monkeypatch.setenv("CHECK_SEED", "")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    rounded_up = Solution(
        "right", "", "", "def conv_output_size(n, f, s=1, p=0, d=1):\n    return -(-(n - f) // s) + 1"
    )
    assert len(try_solution("02-stride-padding", "conv_output_size", rounded_up, 60)[1]) == 3
    for solution in solutions("02-stride-padding", "conv_output_size"):
        assert try_solution("02-stride-padding", "conv_output_size", solution, 0) == (10, [])


@pytest.mark.parametrize(
    "assignment, task", [(assignment, task) for assignment in ASSIGNMENTS for task in tasks(assignment)]
)
def test_there_are_enough_of_both(assignment, task):
    found = solutions(assignment, task)
    assert sum(each.right for each in found) >= 4
    assert sum(not each.right for each in found) >= 6
    assert all(each.says for each in found if not each.right)
    assert len({each.title for each in found}) == len(found)
