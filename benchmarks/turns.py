"""Two ways of doing the same, measured in turns.

A machine's speed changes within minutes, and a ratio of neighbours does not.
"""

import statistics


def compare(one, other, turns):
    """Call two functions in turns, each returns what it took, and print the ratio of each turn and the median.

    Parameters
    ----------
    one, other : tuple of (str, callable)
        A name, and what to measure.
    turns : int
    """
    ratios = []
    for turn in range(turns):
        took = {name: measure() for name, measure in ((one, other) if turn % 2 else (other, one))}
        ratios.append(took[one[0]] / took[other[0]])
        print(f"{one[0]} {took[one[0]]:.1f}, {other[0]} {took[other[0]]:.1f}: {ratios[-1]:.3f} times", flush=True)
    print(f"median {statistics.median(ratios):.3f}", flush=True)
