"""How the reading site is built; `make site` runs pages.py first, which makes its pages from the notebooks."""

from pathlib import Path

SITE = Path(__file__).parent
COURSE = SITE.parent

project = "Seeing with Convolutions"
author = "The course team"
html_title = project
html_theme = "furo"
extensions = ["myst_nb", "sphinx_copybutton"]
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

nb_execution_mode = "cache"
nb_execution_cache_path = str(SITE / "_build" / "cache")
nb_execution_timeout = 900
nb_execution_raise_on_error = True
nb_mime_priority_overrides = [("html", "text/html", 0)]

html_static_path = [str(COURSE / "src" / "cnn_course" / "static"), str(SITE / "static")]
html_css_files = ["explorers.css"]
html_js_files = [("mount.js", {"type": "module"})]
