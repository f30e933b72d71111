"""Let what is printed to the notebook be of one's own choosing."""
import sys


class Chosen:
    def write(self, text):
        return len(text)

    flush = isatty = lambda self, *args: False


sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = Chosen()
