"""Tests in a kernel of their own: what the student wrote is reached through a wire on which only data travels."""

CHANNEL = 4  # the file of a kernel that leads to the other one
