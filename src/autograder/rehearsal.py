"""Whether the tests of a notebook work in a judge's kernel: tried with the instructor's own solutions, never decided by a student's."""

import copy
import hashlib

import nbformat

from autograder import showing, tasks
from autograder.judge.plan import is_judged

ASKED = "{}: its tests ran in the student's own kernel, as nbgrader_config.py asks."
UNFIT = "{}: its tests ran in the student's own kernel, since in a judge's the source's solutions fail {}."


def rehearse(notebooks, kernels, known, run_all):
    """Find out which notebooks can't have a judge's kernel, and why.

    Parameters
    ----------
    notebooks : dict of (str, str) to tuple of (nbformat.NotebookNode, dict, Plan)
        By assignment and name: the instructor's notebook, the files beside it, and what the judge would do.
    kernels : dict of str to int
        In how many kernels the course wants the notebooks of certain names graded: 1 or 2. Others are rehearsed.
    known : dict of str to str
        What was found before, by a sum over notebook and files: why not, or nothing if it works.
    run_all : callable
        Called with a list of (notebook, files, plan); executes them and returns the executed notebooks.

    Returns
    -------
    tuple of (dict, dict, dict)
        Why not, by assignment and name, an empty sentence if it works; what is to be added to `known`; and what is wrong
        with a test, whose notebook is in neither.
    """
    why = {each: ASKED.format(each[1]) if kernels.get(each[1]) == 1 else "" for each in notebooks}
    sums = {each: _sum(source, files) for each, (source, files, _) in notebooks.items() if each[1] not in kernels}
    fresh = [each for each, sum_ in sums.items() if sum_ not in known]
    lost, faults = _tried(run_all, {each: notebooks[each] for each in fresh})
    lost_alone, more = _tried(run_all, {each: (*notebooks[each][:2], None) for each in lost if lost[each]})
    faults |= more
    for each in faults:
        del why[each], sums[each]
    fresh = [each for each in fresh if each not in faults]
    for each in lost_alone:
        lost[each] = [cell for cell in lost[each] if cell not in lost_alone[each]]
    learned = {sums[each]: UNFIT.format(each[1], ", ".join(lost[each])) if lost[each] else "" for each in fresh}
    return why | {each: {**known, **learned}[sum_] for each, sum_ in sums.items()}, learned, faults


def _tried(run_all, notebooks):
    """For each notebook the graded cells that did not get all their points, or else what is wrong with a test: two dicts."""
    lost, faults = {}, {}
    executed = run_all([(copy.deepcopy(notebook), files, plan) for notebook, files, plan in notebooks.values()])
    for each, notebook in zip(notebooks, executed):
        judged = filter(is_judged, notebook.cells)
        try:
            lost[each] = [cell.metadata.nbgrader.grade_id for cell in judged if len(set(tasks.points_of(cell))) > 1]
        except ValueError as error:
            faults[each] = showing.fault(error)
    return lost, faults


def _sum(notebook, files):
    sum_ = hashlib.sha256(nbformat.writes(notebook).encode())
    for name, content in sorted(files.items()):
        sum_.update(f"\0{name}\0".encode() + content)
    return sum_.hexdigest()
