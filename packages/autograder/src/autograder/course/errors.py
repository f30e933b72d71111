"""What is said in a sentence, and ends no more than it must."""


class CourseError(Exception):
    """The course directory can't be worked with; the message says what is wrong and what to do."""
