"""nbgrader's settings for this course."""

c = get_config()  # noqa: F821 (nbgrader defines it)

c.CourseDirectory.course_id = "seeing-with-convolutions"
c.ClearSolutions.code_stub = {
    "python": 'raise NotImplementedError("Your turn: replace this line with your code.")'
}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"
c.ExecutePreprocessor.timeout = 60
