"""The least that grading can cost: the cells that it runs, many times over, in one process that has imported all."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings

from testing.classroom import compose, files_beside, solutions, source, tasks

LEFT_OUT = "not-when-graded"  # nbgrader_config.py
IMPORTS = "import tensorflow, keras, cnn_course.before_fork"


def seconds_in_one_process(assignments, copies, weights=True):
    """CPU seconds of a fresh process that imports once and runs `copies` perfect notebooks of each assignment.

    Without weights beside them, they train their networks.
    """
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.one_process", str(copies), str(int(weights)), *assignments],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "NBGRADER_EXECUTION": "autograde", "TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}
        | {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"},
    )
    return float(done.stdout.splitlines()[-1])


def cells(assignment):
    """The code of a perfect notebook with the tests in it."""
    perfect = compose(assignment, {task: solutions(assignment, task)[0].code for task in tasks(assignment)}, whole=True)
    instructors = {cell.id: cell.source for cell in source(assignment).cells}
    return [
        cell.source if cell.metadata.get("nbgrader", {}).get("solution") else instructors[cell.id]
        for cell in perfect.cells
        if cell.cell_type == "code" and LEFT_OUT not in cell.metadata.get("tags", [])
    ]


def main(copies, weights, assignments):
    """Run the cells and print the CPU seconds."""
    started = time.process_time()
    exec(IMPORTS, {})
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for assignment in assignments:
            for file in files_beside(assignment) if weights else ():
                shutil.copy(file, folder)
            for _ in range(copies):
                InteractiveShell.clear_instance()
                shell = InteractiveShell.instance()
                for cell in cells(assignment):
                    with capture_output():
                        shell.run_cell(cell, silent=False).raise_error()
    print(time.process_time() - started)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
