"""Grade a class's notebooks with nbgrader: in parallel, with a status for every submission, and a report."""
