"""Never let the judge have an answer."""
import time

from autograder.judge.witness import answering

answering.Served._call = lambda self, *args: time.sleep(10**6)
