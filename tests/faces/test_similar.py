"""Similar work: copies are found whatever their disguise, and shown side by side without a verdict."""

import ast
import html
import os
import re
import sys

import nbformat
import pytest

from autograder.similar import comparing, handed_in, showing_pairs
from testing import small_courses
from testing.classroom import ASSIGNMENTS, course_directory, hand_in, released, solutions, source, tasks, without_metadata
from testing.commands import run
from testing.disguise import disguised
from testing.lookalikes import copies, independent, notebook
from tests.many_seeds import try_solution

LEAST_MARGIN = 0.15
OTHER = "01-dl-review"
NAME = "03-pooling"
HOSTILE = '</pre></mark><script>alert(1)</script><img src="//evil.example/x">\x1b[31m\x07\u202e'


def compared(assignment, class_):
    """Pairs of a class, dict student -> dict task -> code, in their order: (share, both names)."""
    texts = tuple(cell.source for cell in (*released(assignment).cells, *source(assignment).cells))
    places = {task: handed_in.Place(assignment, task, "python") for task in tasks(assignment)}
    works = [handed_in.Work(who, {places[task]: code for task, code in work.items()}) for who, work in class_.items()]
    found = handed_in.Class(assignment, works, dict.fromkeys(places.values(), texts))
    pairs = comparing.compare(found, len(works) ** 2).pairs
    return [(pair.share, {pair.one.student, pair.other.student}) for pair in pairs]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_all_copies_come_before_any_independent_pair(assignment):
    work = independent(assignment)
    names = [f"student-{number:02}" for number in range(len(work))]
    class_ = dict(zip(names, work)) | dict(zip((f"{name} again" for name in names), copies(work)))
    pairs = compared(assignment, class_)
    copied = [share for share, both in pairs if both == {min(both), f"{min(both)} again"}]
    others = [share for share, both in pairs if both != {min(both), f"{min(both)} again"}]
    print(f"{assignment}: copies from {min(copied):.2f} on, others up to {max(others):.2f}")
    assert len(copied) == len(work) == 30
    assert min(copied) > max(others) + LEAST_MARGIN


RIGHT = [each for task in ("conv_output_size", "trace_shapes", "zero_pad") for each in [(task, solution) for solution in solutions("02-stride-padding", task) if solution.right]]
