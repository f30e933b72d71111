"""What the class got: a table in the terminal, one HTML page with plots, and a CSV file."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Environment, PackageLoader, select_autoescape
from rich.box import SIMPLE_HEAD
from rich.table import Table

from autograder import results, showing, tasks

COLORS = {"bar": "#1d4ed8", "lost": "#c2410c", "ink": "#1f2933"}


def current(course, assignments=()):
    """Return the recorded submissions with the points the gradebook has now, sorted.

    Parameters
    ----------
    course : autograder.course.Course
    assignments : sequence of str, optional
        Only these; all recorded ones by default.
    """
    record = results.load(course.root)
    sources = {assignment: course.sources(assignment).values() for assignment in {each for _, each in record}}
    found = []
    with course.gradebook() as gradebook:
        for submission in record.values():
            if assignments and submission.assignment not in assignments:
                continue
            scores = tasks.scores_in(gradebook, submission.student, submission.assignment)
            found.append(tasks.renewed(submission, sources[submission.assignment], scores))
    return sorted(found, key=lambda each: (each.assignment, each.student))


def by_assignment(submissions):
    """Group submissions: a dict assignment -> list of Submission."""
    groups = {}
    for submission in submissions:
        groups.setdefault(submission.assignment, []).append(submission)
    return groups


def terminal_tables(submissions):
    """Yield, for each assignment, a Rich table student × task and the list of what its columns mean."""
    for assignment, members in by_assignment(submissions).items():
        columns = members[0].tasks
        table = Table(
            title=assignment,
            title_justify="left",
            header_style="bold",
            box=SIMPLE_HEAD,
            padding=(0, 1, 0, 0),
            pad_edge=False,
        )
        table.add_column("student", no_wrap=True)
        table.add_column("status", no_wrap=True)
        for number, task in enumerate(columns, start=1):
            table.add_column(f"{number}\n/{task.max_points:g}", justify="right", no_wrap=True)
        table.add_column(f"points\n/{members[0].max_points:g}", justify="right", no_wrap=True)
        for each in members:
            shown = [shown_points(task) for task in each.tasks]
            table.add_row(showing.line(each.student), each.status, *shown, f"{each.points:g}", style=_style(each))
        yield table, "   ".join(f"{number} {task.id}" for number, task in enumerate(columns, start=1))


def shown_points(task):
    """The points of a task as a table shows them; "…" while a person has still to grade it."""
    return "…" if task.points is None else f"{task.points:g}"


def csv_text(submissions):
    """One line for each submission, as a learning management system can read it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["assignment", "student", "status", "points", "max_points", "reason"])
    for each in submissions:
        of_outside = [
            showing.cell(showing.line(text)) for text in (each.assignment, each.student, each.status, each.reason)
        ]
        writer.writerow([*of_outside[:3], f"{each.points:g}", f"{each.max_points:g}", of_outside[3]])
    return text.getvalue()


def html_page(submissions, title):
    """The class report as one self-contained page."""
    environment = Environment(
        loader=PackageLoader("autograder"),
        autoescape=select_autoescape(),
        finalize=lambda value: showing.lines(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["shown_points"] = shown_points
    groups = [_Group(assignment, members) for assignment, members in by_assignment(submissions).items()]
    return environment.get_template("report.html").render(
        title=title,
        groups=groups,
        unenforced=sorted({sentence for each in submissions for sentence in (each.unenforced, each.one_kernel)} - {""}),
        made=datetime.now().strftime("%Y-%m-%d %H:%M"),
    )


@dataclass(frozen=True)
class _Group:
    """One assignment of the HTML page."""

    assignment: str
    members: list

    @property
    def graded(self):
        return [
            each for each in self.members if each.tasks and each.status in (*results.GRADED, "timed-out", "crashed")
        ]

    @property
    def counts(self):
        found = [each.status for each in self.members]
        return {status: found.count(status) for status in results.STATUSES if status in found}

    @property
    def lost(self):
        """For each task that the machine grades, the share of its points that was reached, worst first."""
        shares = []
        for place, task in enumerate(self.members[0].tasks):
            points = [each.tasks[place].points for each in self.graded]
            if points and task.max_points and not task.by_hand:
                shares.append((task.id, sum(points) / len(points) / task.max_points))
        return sorted(shares, key=lambda share: share[1])

    @property
    def distribution_svg(self):
        most = self.members[0].max_points
        figure, axis = _figure(4.6, 2.6)
        axis.hist([each.points for each in self.graded], bins=10, range=(0, most), color=COLORS["bar"], rwidth=0.9)
        axis.set_xlabel(f"points of {most:g}")
        axis.set_ylabel("submissions")
        axis.yaxis.get_major_locator().set_params(integer=True)
        return _svg(figure, axis)

    @property
    def tasks_svg(self):
        names = [name for name, _ in reversed(self.lost)]
        shares = [100 * share for _, share in reversed(self.lost)]
        figure, axis = _figure(5.6, 0.6 + 0.3 * len(names))
        axis.barh(names, shares, color=COLORS["bar"])
        axis.barh(names, [100 - share for share in shares], left=shares, color=COLORS["lost"])
        axis.set_xlim(0, 100)
        axis.set_xlabel("% of the points reached (blue) and lost (orange)")
        return _svg(figure, axis)


def _figure(width, height):
    from matplotlib.figure import Figure  # takes half a second, and grading needs no picture

    figure = Figure(figsize=(width, height))
    return figure, figure.add_subplot()


def _svg(figure, axis):
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    axis.spines[["top", "right"]].set_visible(False)
    axis.tick_params(labelsize=9, colors=COLORS["ink"])
    figure.set_layout_engine("tight")
    text = io.StringIO()
    FigureCanvasSVG(figure).print_svg(text, metadata={"Date": None})
    svg = text.getvalue()
    return svg[svg.index("<svg") :]


def _style(submission):
    if submission.status not in results.GRADED:
        return "red"
    return "green" if submission.full_automatic_points else ""
