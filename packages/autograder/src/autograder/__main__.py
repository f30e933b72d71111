"""The command `autograder`, also as `python -m autograder`."""

import gc

import autograder.startup  # noqa: F401 (before all others)


def main() -> None:
    """Run the command line, which workers do not import: they read this module again, as their `__main__`."""
    from autograder import cli

    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # records stay until the end: to look for cycles costs a fifth of a report
    gc.enable()
    cli.main()


if __name__ == "__main__":
    main()
