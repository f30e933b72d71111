"""The page of feedback, as nbconvert and nbgrader make it of a graded notebook."""

from __future__ import annotations

import base64
import copy
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests

from autograder import language, pages
from autograder.course import tasks
from autograder.feedback import page, secrets
from autograder.feedback.page import Marks
from autograder.feedback.writing import Writer
from autograder.grading.standing import score_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.course.directory import Course

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
FONT = Path(__file__).parent.parent / "templates" / "noto-sans-math.woff"


class FeedbackExporter(Exporter):
    """Makes a page of feedback for nbgrader: ``c.GenerateFeedback.exporter_class`` names it.

    What hidden tests are, ``c.ClearHiddenTests`` says, as everywhere in nbgrader; the page holds no line of them.
    """

    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(  # type: ignore[override]  # as of nbconvert's own exporters of text
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert an executed notebook; ``resources["nbgrader"]`` says whose it is, and which gradebook it is in."""
        nb = copy.deepcopy(nb)
        begin_hidden = ClearHiddenTests(config=self.config).begin_test_delimeter
        whose = (resources or {})["nbgrader"]
        found = {cell: said for (_, cell), said in tasks.findings_in(whose["notebook"], nb, begin_hidden).items()}
        kept_secret = secrets.taken_out(nb, self.config)
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        folder = (resources.get("metadata") or {}).get("path")
        about = nb.metadata.get("language_info", {})
        lexer = str(about.get("pygments_lexer") or about.get("name") or "python")
        writer = Writer(Path(folder) if folder is not None else None, kept_secret, lexer)
        spoken = nb.metadata.get("lang", nb.metadata.get("language"))
        of_notebook = spoken if isinstance(spoken, str) and LANGUAGE.fullmatch(spoken) else language.ENGLISH
        with language.speaking(language.closest(of_notebook)):
            shown = page.page_of(nb, _marks(whose), kept_secret, found, writer, whose["notebook"])
            return _html(shown, whose, of_notebook), resources


def page_for_one(course: Course, student: str, assignment: str, name: str) -> str:
    """The page of a submission that was graded alone: of the notebook called so, or else of the first.

    It is empty where nothing could be graded.
    """
    folder = course.folder("autograded", student, assignment)
    paths = sorted(folder.glob("*.ipynb"), key=lambda path: (path.stem != name, path.name))
    if not paths:
        return ""
    whose = {
        "student": student,
        "assignment": assignment,
        "notebook": paths[0].stem,
        "db_url": course.directory.db_url,
    }
    exporter = cast(Any, FeedbackExporter)(config=course.config, default_preprocessors=[])
    made: str = exporter.from_filename(str(paths[0]), resources={"nbgrader": whose})[0]
    return made


def _marks(whose: dict[str, str]) -> Marks:
    with Gradebook(whose["db_url"]) as gradebook:
        notebook = gradebook.find_submission_notebook(whose["notebook"], whose["assignment"], whose["student"])
        return Marks(
            {grade.name: score_of(grade) for grade in notebook.grades},
            {grade.name: float(grade.max_score) for grade in notebook.grades},
            {each.name: each.comment for each in notebook.comments if each.comment},
            float(notebook.late_submission_penalty or 0.0),
        )


def _html(shown: page.Page, whose: dict[str, str], of_notebook: str) -> str:
    environment = pages.environment()
    loader = environment.loader
    assert loader
    style = Markup(loader.get_source(environment, "feedback.css")[0])
    font = base64.b64encode(FONT.read_bytes()).decode() if shown.has_formulas else ""
    made: str = environment.get_template("feedback.html").render(
        page=shown, whose=whose, of_notebook=of_notebook, style=style, font=font
    )
    return made
