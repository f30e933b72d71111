"""Tests in a kernel of their own: what the student wrote is reached through a wire on which only data travels."""
