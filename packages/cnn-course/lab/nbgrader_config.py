"""nbgrader's settings for a reader's own copies of the notebooks."""

from autograder.validating import name_for_code

c = get_config()  # noqa: F821 (nbgrader defines it)

c.ExecutePreprocessor.on_cell_error = name_for_code
c.Validator.width = 160  # longer lines are cut off
