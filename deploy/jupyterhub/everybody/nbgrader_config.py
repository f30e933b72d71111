"""nbgrader's settings for everybody on the hub."""

import json
import os
import pwd
from pathlib import Path

import bleach
from nbconvert.filters import strip_files_prefix

c = get_config()  # noqa: F821 (nbgrader defines it)

HERE = Path(__file__).resolve().parents[1]
CLASS = json.loads((HERE / "class.json").read_text(encoding="utf-8"))
USER = os.environ.get("JUPYTERHUB_USER")

c.Exchange.root = str(HERE / "exchange")
if USER == CLASS["instructor"]:
    c.CourseDirectory.root = CLASS["course"]
    load_subconfig("nbgrader_config.py", path=CLASS["course"])  # noqa: F821 (traitlets defines it)
elif USER and USER != pwd.getpwuid(os.getuid()).pw_name:
    c.CourseDirectory.student_id = USER  # in a trial, where all are one user of the machine

TAGS = """a b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre s span strong sub
sup table tbody td th thead tr ul""".split()
ATTRIBUTES = {"*": ["class", "id"], "a": ["href", "title"], "img": ["alt", "height", "src", "title", "width"]}


def without_scripts(html):
    """What nbgrader makes of Markdown (it calls this filter last), with the scripts in it as text."""
    protocols = ["data", "http", "https", "mailto"]
    return bleach.clean(strip_files_prefix(html), tags=TAGS, attributes=ATTRIBUTES, protocols=protocols)


# In the formgrader, a script of a student's would run with the rights of the person who grades.
c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {"strip_files_prefix": without_scripts}
