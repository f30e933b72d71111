"""Kernels that are forked ready from one process, each confined to its own submission."""

CHANNEL = 4  # the file of a kernel that leads to another kernel, if it has one
