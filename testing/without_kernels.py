"""The command line in this process, which executes the tests' own cells: a small course takes well under a second."""

import ast
import contextlib
import json
from concurrent.futures import Future
from types import SimpleNamespace

import nbformat
import pytest
from traitlets.config import Config

from autograder import cli
from autograder.course import results
from autograder.execution.execute import Execution
from autograder.execution.one_kernel import Lane
from autograder.execution.settings import kernel_settings
from autograder.grading import batch
from autograder.judge.planning.hints import hints


class Pool:
    """An executor that executes notebooks at once."""

    def submit(self, _, notebook, files, config, lane, plan, given=frozenset()):
        """Execute a notebook, whatever function would do it, and return its future."""
        done = Future()
        done.set_result(executed(notebook, given))
        return done


def executed(notebook, given):
    """An Execution of a notebook whose code can be trusted."""
    names = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [*_outputs(cell.source, names)]
    return Execution(notebook, "graded", "Executed to the end.", 0.0, "", hints(notebook, given))


def _outputs(source, names):
    try:
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), names)
        if last:
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            yield nbformat.v4.new_output("execute_result", {"text/plain": repr(value)})
    except Exception as error:
        yield nbformat.v4.new_output("error", ename=type(error).__name__, evalue=str(error), traceback=[])


@contextlib.contextmanager
def workers(*_):
    """What `autograder.grading.batch.workers_for` gives: workers that execute at once."""
    yield lambda: (Pool(), 1, Lane(kernel_settings(Config()), True, ""))


@pytest.fixture
def command(monkeypatch, capsys):
    """Type a command in a course directory: its exit status, output, errors, and submissions of `--json` by student."""
    monkeypatch.setattr(batch, "workers_for", workers)

    def typed(root, *words):
        monkeypatch.chdir(root)
        file = root / "results.json"
        file.unlink(missing_ok=True)
        json_words = ["--json", str(file)] if words[0] == "grade" else []
        monkeypatch.setattr("sys.argv", ["autograder", *words, *json_words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        found = json.loads(file.read_text())["submissions"] if file.exists() and file.stat().st_size else []
        return SimpleNamespace(
            status=ended.value.code,
            out=said.out,
            err=said.err,
            of={(each["student"], each["assignment"]): each for each in found},
            record={key: each for key, each in results.load(root).items()},
        )

    return typed
