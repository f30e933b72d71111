"""What every process of the grader's own imports first. Student code never runs in these."""

import gc
import sys

gc.disable()  # until all is imported, which stays; then whoever imported it calls `gc.freeze` and `gc.enable`

# jsonschema, which nbformat imports, would compile a grammar of web addresses: a second in every process, for nothing.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
