"""Learning platforms: nbgrader plugins that take in downloads of Moodle and Canvas, and give them grades back."""

from autograder.lms.collecting import LmsCollector
from autograder.lms.exports import CanvasExport, MoodleExport

__all__ = ["CanvasExport", "LmsCollector", "MoodleExport"]
