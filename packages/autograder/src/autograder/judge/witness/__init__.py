"""The student's kernel. It is not trusted: whatever is here, a student's code may have changed."""
