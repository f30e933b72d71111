"""The commands `autograder grade`, `check`, `report` and `similar`."""

import os
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Annotated, Any, Literal, Optional

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from sqlalchemy.exc import DatabaseError
from traitlets import TraitError

from autograder import report, showing
from autograder.course import results
from autograder.course.directory import open_course
from autograder.course.errors import CourseError
from autograder.grading import alone, batch
from autograder.language import _, speaking
from autograder.similar import comparing, handed_in, showing_pairs

ALL_DONE, SOMETHING_WRONG, NOT_DONE = 0, 1, 2
OF_AN_OLDER_NBGRADER = ("no such column", "has no column", "does not exist")  # SQLite's words, and PostgreSQL's

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
Confine = Literal["auto", "require", "off"]
JsonFile = Annotated[Optional[Path], typer.Option("--json", help="Write the results to this file as JSON.")]


@app.command()
def grade(
    assignments: Annotated[list[str], typer.Argument(help="Names of assignments, as in source/.")],
    student: Annotated[
        Optional[list[str]], typer.Option(help="Grade this student only; may be given several times.")
    ] = None,
    workers: Annotated[
        Optional[int], typer.Option(min=1, help="How many notebooks run at once [default: one per core].")
    ] = None,
    scheduler: Annotated[
        Optional[str], typer.Option(help="Address of a Dask scheduler whose workers execute the notebooks: tcp://…")
    ] = None,
    confine: Annotated[
        Confine, typer.Option(help="Lock student code in as far as possible; fully or not grade; or not at all.")
    ] = "auto",
    force: Annotated[
        bool, typer.Option("--force", help="Grade also what has not changed since it was graded.")
    ] = False,
    force_broken: Annotated[
        bool, typer.Option("--force-broken", help="Let tests count that the source's own solution fails.")
    ] = False,
    json_file: JsonFile = None,
) -> None:
    """Grade what lies in submitted/ and enter the points in the gradebook."""
    console = _console()
    course = open_course(Path.cwd())
    _require_writable(json_file)
    assignments = list(dict.fromkeys(each.rstrip("/") for each in assignments))
    before = results.load(course.root)
    unprepared: batch.NotAllGraded | None = None
    with _progress(console) as bar:
        line = bar.add_task("starting", total=None)

        def show(done: int, total: int, submission: results.Submission) -> None:
            bar.update(line, completed=done, total=total, description="grading")
            bar.console.print(showing.line(f"{submission.assignment}  {submission.student}: {submission.status}"))

        try:
            submissions = batch.grade(
                course,
                assignments,
                student or (),
                batch.Options(workers, scheduler, confine, force, force_broken),
                notice=lambda sentence: bar.console.print(showing.line(sentence)),
                progress=show,
            )
        except batch.NotAllGraded as fault:
            submissions, unprepared = fault.submissions, fault
        bar.update(line, completed=1, total=1, description="done")
    _write(json_file, results.as_json(submissions))
    _print_class(console, submissions)
    for sentence in report.changes(before, submissions):
        console.print(showing.line(sentence))
    if unprepared:
        raise unprepared
    if not submissions:
        console.print(
            showing.line(
                f"Nobody was graded: {course.home('submitted')} has no folder of a student, "
                "and the gradebook has no student."
            )
        )
    done = all(each.status in results.GRADED and not each.waits_for_a_test for each in submissions)
    raise typer.Exit(ALL_DONE if done else SOMETHING_WRONG)


@app.command()
def check(
    notebook: Annotated[Path, typer.Argument(help="The notebook to check.")],
    json_file: JsonFile = None,
    html: Annotated[Optional[Path], typer.Option(help="Write a page of feedback to this file.")] = None,
) -> None:
    """Grade one notebook alone, without a gradebook, and say what its checks say."""
    from autograder import feedback  # with nbconvert's exporters, which no other command needs

    console = _console()
    course = open_course(Path.cwd(), notebook)
    _require_writable(json_file)
    _require_writable(html)
    if not notebook.is_file():
        raise CourseError(f"There is no file {notebook}.")
    with tempfile.TemporaryDirectory(prefix="autograder-") as folder:
        assignment = alone.assignment_of(course, notebook)
        one, taken = alone.course_for_one(course, Path(folder), assignment, notebook)
        if taken:
            console.print(showing.line(taken))
        with console.status(f"Checking {notebook.name} as {assignment} …"):
            [submission] = batch.grade(one, [assignment], options=batch.Options(memory=course.root))
        page = feedback.page_for_one(one, alone.READER, assignment, notebook.stem) if html else ""
    _write(json_file, results.as_json([submission]))
    _print_one(console, submission)
    if html:
        _write(html, page)
        said = f"The page of feedback: {html}" if page else f"{html} is empty, since there is no graded notebook."
        console.print(showing.lines(f"\n{said}"))
    raise typer.Exit(ALL_DONE if submission.full_automatic_points else SOMETHING_WRONG)


@app.command("report")
def report_command(
    assignments: Annotated[
        Optional[list[str]], typer.Argument(help="Names of assignments [default: all that were graded].")
    ] = None,
    html: Annotated[Optional[Path], typer.Option(help="Write the class report to this file.")] = None,
    csv: Annotated[Optional[Path], typer.Option(help="Write one line per submission to this file.")] = None,
    findings: Annotated[
        Optional[Path], typer.Option(help="Write one line per student, task and finding to this CSV file.")
    ] = None,
) -> None:
    """Show what the class got, with the points that were given by hand so far."""
    course = open_course(Path.cwd())
    language = report.language_of(course.config)
    for file in (html, csv, findings):
        _require_writable(file)
    submissions = report.current(course, [each.rstrip("/") for each in assignments or ()])
    if not submissions:
        raise CourseError("Nothing was graded yet: run `autograder grade ASSIGNMENT` first.")
    _print_class(_console(), submissions)
    if html:
        with speaking(language):
            title = _("Class report: %(course)s", course=course.directory.course_id or course.root.name)
            _write(html, report.html_page(submissions, title, report.Places(course, html, submissions)))
    if csv:
        _write(csv, report.csv_text(submissions))
    if findings:
        _write(findings, report.findings_csv(submissions))


@app.command()
def similar(
    assignment: Annotated[str, typer.Argument(help="Name of an assignment, as in source/.")],
    html: Annotated[Optional[Path], typer.Option(help="Write the pairs side by side to this file.")] = None,
) -> None:
    """Show which submissions share more than the task explains, for you to look at: it is never a verdict."""
    console = _console()
    course = open_course(Path.cwd())
    language = report.language_of(course.config)
    _require_writable(html)
    with console.status(f"Comparing the submissions of {showing.line(assignment)} …"):
        found = handed_in.read(course, assignment.rstrip("/"))
        for student, why in found.skipped.items():
            console.print(showing.line(f"{found.assignment}  {student}: not compared. {why}"))
        comparison = comparing.compare(found, showing_pairs.MOST)
    if html:
        with speaking(language):
            _write(html, showing_pairs.html_page(found, comparison))
    console.print(showing_pairs.table(found, comparison) if comparison.pairs else showing_pairs.NOTHING)
    console.print(showing_pairs.LEGEND, style="dim")
    raise typer.Exit(SOMETHING_WRONG if found.skipped else ALL_DONE)


def main() -> None:
    """Run the command line; a fault that the user can mend is said in one sentence."""
    warnings.filterwarnings("ignore", module="nbgrader")
    _in_utf_8()
    try:
        app()
    except CourseError as error:
        fault = str(error)
    except TraitError as error:
        fault = f"A setting in nbgrader_config.py is wrong: {error}"
    except DatabaseError as error:
        fault = _of_gradebook(error)
    except KeyboardInterrupt:
        fault = "stopped."
    print(showing.line(f"autograder: {fault}"), file=sys.stderr)
    sys.exit(NOT_DONE)


def _of_gradebook(error: DatabaseError) -> str:
    """What is wrong with the gradebook, and what to do."""
    if any(words in str(error.orig) for words in OF_AN_OLDER_NBGRADER):
        return "The gradebook is one of an older nbgrader: make a copy of it, run `nbgrader db upgrade`, and try again."
    return (
        f"The gradebook can't be used ({error.orig}): put a copy of it in its place, or move it away and grade again."
    )


def _in_utf_8() -> None:
    """Read names of files as UTF-8 and show what the terminal can of them, whatever its encoding is."""
    stdout: Any = sys.stdout  # typeshed has it as a TextIO, which lacks reconfigure
    stdout.reconfigure(errors="backslashreplace")
    if sys.getfilesystemencoding() != "utf-8":
        as_before = {"PYTHONIOENCODING": f"{sys.stdout.encoding}:backslashreplace"}
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | as_before | {"PYTHONUTF8": "1"})


def _console() -> Console:
    return Console(
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=not sys.stdout.isatty(),
        width=None if sys.stdout.isatty() else 120,
    )


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
    )


def _require_writable(path: Path | None) -> None:
    """Refuse a file that can't be written before the work is done, not after it."""
    if path:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.open("a").close()
        except OSError as error:
            raise CourseError(f"{path} can't be written ({error.strerror}): name another file.") from error


def _write(path: Path | None, text: str) -> None:
    if path:
        path.write_text(text, encoding="utf-8", errors="backslashreplace")


def _print_class(console: Console, submissions: list[results.Submission]) -> None:
    for table, legend in report.terminal_tables(submissions, console.width):
        console.print()
        console.print(table)
        console.print(legend, style="dim")
    console.print()
    of_all = {(each.assignment, each.reason): None for each in submissions if each.status == results.NOT_GRADED}
    for assignment, reason in of_all:
        console.print(showing.line(f"{assignment}: nothing was entered for those marked not-graded. {reason}"))
    for each in submissions:
        if each.status not in ("graded", results.NOT_GRADED):
            console.print(showing.line(f"{each.assignment}  {each.student}: {each.status}. {each.reason}"))
        if each.noticed:
            console.print(showing.line(f"{each.assignment}  {each.student}: look at it. {' '.join(each.noticed)}"))


def _print_one(console: Console, submission: results.Submission) -> None:
    for table, legend in report.terminal_tables([submission], console.width):
        console.print(table)
        console.print(legend, style="dim")
    said = " ".join([f"{submission.status}. {submission.reason}", submission.one_kernel]).strip()
    console.print(showing.line(said))
    for task in submission.tasks:
        for message in task.messages:
            console.print()
            console.print(showing.lines(f"{task.id}: {message}"))
    waiting = [task for task in submission.tasks if task.by_hand]
    if waiting:
        console.print(f"\nGraded by a person: {', '.join(task.id for task in waiting)}.")
