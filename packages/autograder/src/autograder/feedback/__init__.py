"""The page that a student reads: what each task got, what failed first, where to read again, and the notebook below."""

from autograder.feedback.exporter import FeedbackExporter, page_for_one

__all__ = ["FeedbackExporter", "page_for_one"]
