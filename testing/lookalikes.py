"""Classes of which it is known who copied: independent work, and disguised copies of it."""

import collections
import functools
import random
import re

from testing.classroom import compose, released, solutions, tasks
from testing.disguise import disguised

NEAR = 0.5  # of their lines: solutions that share more are of one family, such as a right one and a slip in it


def independent(assignment, students=30):
    """Solutions of a class in which any two share as little as can be.

    Right and wrong solutions are mixed. There are fewer families of solutions than students, so two have the same
    now and then, as in any class.

    Returns
    -------
    list of dict of str to str
        For each student the code by task.
    """
    chance, chosen = random.Random(assignment), []
    names = tasks(assignment)
    used = collections.Counter()
    for _ in range(students):
        picked, shared = {}, collections.Counter()
        for task in chance.sample(names, len(names)):
            family = families(assignment, task)
            near = {
                place: [who for who, other in enumerate(chosen) if family[other[task]] == family[place]]
                for place in range(len(family))
            }

            def cost(place):
                met = [shared[who] + 1 for who in near[place]]
                return max(met, default=0), sum(each**2 for each in met), used[task, place], chance.random()

            picked[task] = min(near, key=cost)
            used[task, picked[task]] += 1
            shared.update(near[picked[task]])
        chosen.append(picked)
    return [{task: solutions(assignment, task)[place].code for task, place in picked.items()} for picked in chosen]


def copies(assignment, work):
    """A disguised copy of each of these solutions."""
    return [
        {task: disguised(code, number, asked_for(assignment, task)) for task, code in each.items()}
        for number, each in enumerate(work)
    ]


@functools.cache
def asked_for(assignment, task):
    """The names that a task's cell is for."""
    [cell] = [each for each in released(assignment).cells if each.id == task]
    return {task, *re.findall(r"(?m)^(?:def|class) (\w+)", cell.source)}


def notebook(assignment, work):
    """What a student hands in who has these solutions."""
    return compose(assignment, work, whole=True)


@functools.cache
def families(assignment, task):
    """For each solution of a task a number that those have in common that were written from one another."""
    lines = [{line.strip() for line in each.code.splitlines()} - {""} for each in solutions(assignment, task)]
    found = list(range(len(lines)))
    for one, own in enumerate(lines):
        for other in range(one):
            if len(own & lines[other]) >= NEAR * max(len(own), len(lines[other])) and found[one] != found[other]:
                old, new = found[one], found[other]
                found = [new if each == old else each for each in found]
    return found
