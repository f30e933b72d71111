"""Interrupt whoever calls."""


def answer(*args, **kwargs):
    raise KeyboardInterrupt
