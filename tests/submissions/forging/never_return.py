"""Leave the caller by jumping to a place behind the call."""
import sys


def answer(*args, **kwargs):
    frame = sys._getframe(1)
    while frame:
        frame.f_trace_opcodes = True
        frame.f_trace = lambda frame, event, arg: None
        frame = frame.f_back
    sys.settrace(lambda frame, event, arg: None)
    raise StopIteration
