"""Similar work: which submissions share more than the task explains, for a person to look at."""
