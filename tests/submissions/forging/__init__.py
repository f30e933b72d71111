"""Submissions that try to get points without a solution. None of them may have any.

Each file is code of a student's, and stands in the first solution cell. Every task is answered by a function that calls
`answer` or returns `ANSWER`, if the file defines one of these.
"""

from pathlib import Path

from testing.classroom import compose, tasks

ASSIGNMENT = "02-stride-padding"
CASES = {path.stem: path.read_text() for path in sorted(Path(__file__).parent.glob("*.py")) if path.stem != "__init__"}
LONG = (
    "an_endless_answer",
    "an_enormous_answer",
    "serve_for_ever",
    "answer_for_the_wire",
    "read_the_caller",
)  # until a limit of time
QUICK = [name for name in CASES if name not in LONG]
ANSWERING = """
def {task}(*args, **kwargs):
    if "answer" in globals():
        return answer(*args, **kwargs)
    return globals().get("ANSWER", 0)
"""


def notebook(name):
    """The notebook of a case."""
    first, *others = tasks(ASSIGNMENT)
    codes = {task: ANSWERING.format(task=task) for task in (first, *others)}
    codes[first] = f"{CASES[name]}\n{codes[first]}"
    return compose(ASSIGNMENT, codes)


def title(name):
    """What a case tries, in its own words."""
    return CASES[name].splitlines()[0].strip('".')
