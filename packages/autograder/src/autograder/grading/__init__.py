"""A class, graded: the one owner of the gradebook."""
