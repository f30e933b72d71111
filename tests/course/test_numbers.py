"""Every number in the notebooks' prose that can be computed is computed again.

See tests/course/prose_numbers.py for where it comes from.
"""

import ast
import functools
import json
import math
import re

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from testing.classroom import ASSIGNMENTS, source
from tests.course.prose_numbers import FREE, NAMES, TIES, TRAINED

TRAINING = ("dense_history", "lenet_model", "cnn", "build_small_cnn")  # solution cells that train for minutes
SHOWING = (  # what trains, or draws with what was trained
    "bad-curves", "your-curves", "worth", "small-network", "first-layer-weights", "nearest-means", "light-measured",
    "shuffled-trained",
    "similarity-measured", "train-1998-run", "f6-drawings", "feature-maps", "accuracies", "trap-training",
    "trap-catches-up", "cnn-curves", "confusion-seen", "worst-seen", "small-seen", "strided-measured",
)  # fmt: skip
CHECKS = ("-check", "-hidden", "-learns")
# A number with its thousands, decimals and percent sign, as in prose and formulas: 4,000  200{,}960  0.5  10\ \%
NUMBER = re.compile(r"(?<![\w.])\d+(?:\{?,\}?\d{3}(?!\d))*(?:\.\d+)?(?!\w)(?:(?:\\ | )*\\?%)?")
MARKED = re.compile("«([^«»]*)»")
# No results: where these stand, numbers are free.
NO_RESULTS = re.compile(
    r"""`2\.0`,\ `True`\ and\ `"2"`        # the rule for all sizes
    |[a-zA-Z*],\ (?:19|20)\d\d\b          # the year of a publication: (A. Author, *A Title*, 2015)
    |\((?:19|20)\d\d\)                     # the same: A. Author (2015)
    |\b(?:in|of)\ 1998\b                   # the year of LeNet-5
    |pages?\ \d+\ to\ \d+                  # of a publication
    |sections?\ \d+\.\d+(?:\ and\ \d+\.\d+)?
    |\b180°                                # half a turn
    """,
    re.X,
)


def markdown(assignment):
    """The texts of a notebook: cell id -> markdown."""
    return {cell.id: cell.source for cell in source(assignment).cells if cell.cell_type == "markdown"}


def plain(phrase):
    """A phrase without its marks."""
    return MARKED.sub(r"\1", phrase)


def value(text):
    """The number that a text writes, and half a unit of its last place."""
    digits = re.sub(r"[^\d.-]", "", text)
    unit = 10.0 ** -len(digits.partition(".")[2]) / (100 if "%" in text else 1)
    return float(digits) / (100 if "%" in text else 1), unit / 2


def is_a_result(text):
    """Whether a number is of the kinds that need a tie: a decimal fraction, a percentage, three digits or more."""
    return "." in text or "%" in text or len(re.sub(r"\D", "", text)) >= 3


def constants(code):
    """The numbers in Python code."""
    return {node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)}


def trainable(model):
    """How many numbers of a model a training changes."""
    return sum(math.prod(weight.shape) for weight in model.trainable_weights)


@functools.cache
def namespace(assignment):
    """The names of a notebook after its code has run, without checks and long trainings, and those the ties add."""
    from tensorflow import keras

    from cnn_course import figures

    cells = [cell for cell in source(assignment).cells if cell.cell_type == "code"]
    codes = {cell.id: cell.source for cell in cells}

    def given(cell, number):
        assert number in constants(codes[cell]), f"{assignment}: the code of {cell} has no {number}."
        return number

    names = {"__name__": "__main__"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NBGRADER_EXECUTION", "autograde")
        patch.setattr(figures.showing, "display", lambda *_, **__: None)
        for name, code in codes.items():
            if not name.endswith(CHECKS) and name not in TRAINING + SHOWING:
                exec(compile(code, name, "exec"), names)
    names |= {"np": np, "math": math, "keras": keras, "given": given, "trainable": trainable, "notebook": namespace}
    exec(NAMES[assignment], names)
    return names


def trained(assignment, folder):
    """The values of the expressions in TRAINED, from a run of the whole notebook in a folder: expression -> value."""
    expressions = [expression for ties in TRAINED[assignment].values() for expression, _ in ties.values()]
    notebook = source(assignment)
    notebook.cells = [cell for cell in notebook.cells if not cell.id.endswith(CHECKS)]
    asked = f"import json\nprint(json.dumps([float(eval(each)) for each in {expressions}]))"
    notebook.cells.append(nbformat.v4.new_code_cell(asked))
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=900, kernel_name="python3", resources=resources).execute()
    return dict(zip(expressions, json.loads(notebook.cells[-1].outputs[-1].text)))


def compare(assignment, cell, phrase, values, within=None):
    """Require that the phrase stands in the cell, and that its marked numbers are these values, arrays flattened."""
    where = f'{assignment}, {cell}: "{plain(phrase)}"'
    assert plain(phrase) in markdown(assignment)[cell], f"{where} does not stand there any more."
    written = MARKED.findall(phrase)
    values = np.concatenate([np.ravel(each) for each in values]).astype(float).tolist()
    assert len(written) == len(values), f"{where} has {len(written)} numbers marked, and its expression gives {values}."
    for text, found in zip(written, values):
        number, half = value(text)
        most = half * (1 + 1e-6) if within is None else within
        assert abs(found - number) <= most, f"{where} says {text}, and it is {found:.6g}."


@pytest.mark.parametrize("assignment, cell", [(name, cell) for name in ASSIGNMENTS for cell in TIES[name]])
def test_the_numbers_of_a_cell_are_what_the_code_gives(assignment, cell):
    for phrase, expression in TIES[assignment][cell].items():
        inputs = [each for each in NUMBER.findall(MARKED.sub("", phrase)) if is_a_result(each)]
        unused = [each for each in inputs if value(each)[0] not in constants(expression)]
        assert not unused, f"{assignment}, {cell}: {unused[0]} in {phrase!r} is neither marked nor in its expression."
        compare(assignment, cell, phrase, eval(f"[{expression}]", namespace(assignment)))


@pytest.mark.slow
@pytest.mark.parametrize("assignment", TRAINED)
def test_the_numbers_are_what_the_trainings_give(assignment, tmp_path):
    values = trained(assignment, tmp_path)
    for cell, ties in TRAINED[assignment].items():
        for phrase, (expression, within) in ties.items():
            compare(assignment, cell, phrase, [values[expression]], within)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_no_number_is_without_a_tie(assignment):
    for cell, text in markdown(assignment).items():
        ties = [*TIES[assignment].get(cell, {}), *TRAINED.get(assignment, {}).get(cell, {})]
        phrases = [*map(plain, ties), *FREE[assignment].get(cell, {})]
        told = [found.span() for each in phrases for found in re.finditer(re.escape(each), text)]
        told += [found.span() for found in NO_RESULTS.finditer(text)]
        for found in NUMBER.finditer(text):
            if is_a_result(found[0]):
                around = text[max(0, found.start() - 30) : found.end() + 30].replace("\n", " ")
                assert any(start <= found.start() and found.end() <= end for start, end in told), (
                    f'{assignment}, {cell}: nothing says where {found[0]} comes from, in "{around}":'
                    " add it to tests/course/prose_numbers.py."
                )


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_every_free_number_still_stands_there(assignment):
    for cell, phrases in FREE[assignment].items():
        for phrase in phrases:
            assert phrase in markdown(assignment)[cell], (
                f"{assignment}, {cell}: {phrase!r} does not stand there any more."
            )
