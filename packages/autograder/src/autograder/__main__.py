"""The command `autograder`, also as `python -m autograder`."""

import gc

import autograder.startup  # noqa: F401 (before all others)

gc.set_threshold(50_000, 20, 20)  # modules and records stay until the end: to look for cycles costs a fifth of a report
from autograder.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
