"""Grade a class's notebooks with nbgrader: in parallel, with a status for every submission, and a report."""

import sys

# jsonschema, which nbformat imports, would compile a grammar of web addresses with it:
# a second in every process, for nothing.
sys.modules.setdefault("rfc3987_syntax", None)
