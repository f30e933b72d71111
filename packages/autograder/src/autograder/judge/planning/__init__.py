"""What is decided from the code of a notebook before anything runs."""
