"""Whether the tests of a notebook work in a judge's kernel: tried once with the instructor's own solutions, never with a student's."""

import copy
import hashlib

import nbformat
from nbgrader.utils import determine_grade

from autograder.judge.plan import is_judged, plan
from autograder.runs import is_ours, kernel_of

ASKED = "{}: nbgrader_config.py asks for one kernel, so its tests ran in the student's."
UNFIT = "{}: its tests ran in the student's kernel, since with the source's own solutions {} in a judge's."


class Rehearsals:
    """Decides for each notebook of a course whether a judge's kernel runs its tests.

    Parameters
    ----------
    kernels : dict of str to int
        What the course says: 2 or 1 for the names of notebooks; one that is not named is rehearsed.
    known : dict of str to str
        What came of earlier rehearsals: by the `key` of each, the sentence that says why not, empty if it works.
    run : callable
        Called as run(notebook, files, plan); executes it and returns the notebook.
    """

    def __init__(self, kernels, known, run):
        self._kernels, self._known, self._run = kernels, known, run
        self.fresh = {}

    def decide(self, name, source, tested, files, lane):
        """Return the plan for the judge, or None, and the sentence that says why there is none."""
        asked = self._kernels.get(name)
        if asked == 1:
            return None, ASKED.format(name)
        made = plan(source, tested)
        if asked == 2 or not lane.forked or not is_ours(kernel_of(source)):
            return made, ""  # without forked kernels there is no judge, and the lane says so
        key = _key(source, files)
        if key not in self._known:
            self._known[key] = self.fresh[key] = self._rehearsed(name, source, files, made)
        return (None, self._known[key]) if self._known[key] else (made, "")

    def _rehearsed(self, name, source, files, made):
        lost = _without_full_points(self._run(copy.deepcopy(source), files, made))
        if lost:
            lost -= _without_full_points(self._run(copy.deepcopy(source), files, None))
        return UNFIT.format(name, f"{', '.join(sorted(lost))} failed") if lost else ""


def _without_full_points(notebook):
    """The graded cells that did not get all their points."""
    found = set()
    for cell in filter(is_judged, notebook.cells):
        points, most = determine_grade(cell)
        if points != most:
            found.add(cell.metadata.nbgrader.grade_id)
    return found


def _key(source, files):
    sum_ = hashlib.sha256(nbformat.writes(source).encode())
    for name, content in sorted(files.items()):
        sum_.update(f"\0{name}\0".encode())
        sum_.update(content)
    return sum_.hexdigest()
