"""nbgrader's settings for the instructor: the course, and what keeps students from acting in somebody else's name."""

import json
from pathlib import Path

import bleach
from nbconvert.filters import strip_files_prefix
from nbgrader.exchange.default import ExchangeCollect

c = get_config()  # noqa: F821 (nbgrader defines it)

CLASS = json.loads((Path(__file__).resolve().parents[1] / "class.json").read_text(encoding="utf-8"))
TAGS = """a b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre s span strong sub
sup table tbody td th thead tr ul""".split()
ATTRIBUTES = {"*": ["class", "id"], "a": ["href", "title"], "img": ["alt", "height", "src", "title", "width"]}

c.CourseDirectory.root = CLASS["course"]
load_subconfig("nbgrader_config.py", path=CLASS["course"])  # noqa: F821 (traitlets defines it)


def owner_of(path):
    """The owner's name, or None for one whose account is gone."""
    try:
        return path.owner()
    except KeyError:
        return None


class OfTheirOwners(ExchangeCollect):
    """Collects what students handed in themselves; nbgrader's own only warns of what bears another's name."""

    def init_src(self):
        """Hide what is not its owner's, so that it is not taken for the student's last submission."""
        inbound = Path(self.root, self.coursedir.course_id, "inbound")
        for path in inbound.glob(f"[!.]*+{self.coursedir.assignment_id}+*"):
            student = path.name.split(f"+{self.coursedir.assignment_id}+")[0]
            owner = owner_of(path)
            if owner not in (None, student, CLASS["instructor"]):
                self.log.error("Not collected: %s hands in as %s. It is now called .%s", owner, student, path.name)
                path.rename(path.with_name(f".{path.name}"))
        super().init_src()


c.ExchangeFactory.collect = OfTheirOwners


def without_scripts(html):
    """What nbgrader makes of Markdown (it calls this filter last), with the scripts in it as text."""
    protocols = ["data", "http", "https", "mailto"]
    return bleach.clean(strip_files_prefix(html), tags=TAGS, attributes=ATTRIBUTES, protocols=protocols)


# In the formgrader, a script of a student's would run with the rights of the person who grades.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"strip_files_prefix": without_scripts}
