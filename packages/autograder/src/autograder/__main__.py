"""The command `autograder`, also as `python -m autograder`."""

import autograder.startup  # noqa: F401 (before all others)
from autograder.cli import main

if __name__ == "__main__":
    main()
