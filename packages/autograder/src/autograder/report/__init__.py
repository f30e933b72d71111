"""What the class got and misunderstood: a table in the terminal, one HTML page, and tables for a spreadsheet."""

from autograder.report.page import html_page
from autograder.report.places import Places
from autograder.report.recorded import changes, current
from autograder.report.settings import language_of
from autograder.report.tables import csv_text, findings_csv
from autograder.report.terminal import terminal_tables

__all__ = ["Places", "changes", "csv_text", "current", "findings_csv", "html_page", "language_of", "terminal_tables"]
