"""Kernels that are forked ready from one process, each confined to its own submission."""
