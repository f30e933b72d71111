"""What a course sets for the pages that its instructors read: `c.Report.language = "ko"`."""

from traitlets import Enum
from traitlets.config import Config, Configurable

from autograder.language import ENGLISH, known


class Report(Configurable):
    """The pages that `autograder report` and `autograder similar` write."""

    language = Enum(
        known(),
        ENGLISH,
        help="The language of their fixed words. What tests and students say stays as it is.",
    ).tag(config=True)


def language_of(config: Config) -> str:
    """The language of the pages that a course's instructors read."""
    chosen: str = Report(config=config).language
    return chosen
