"""The modules of `static/` joined: into one module for a widget, or into one script for an output."""

from __future__ import annotations

import re
from pathlib import Path

STATIC = Path(__file__).with_name("static")
IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";', re.MULTILINE)


def one_module() -> str:
    """The JavaScript of all explorers as one module, since a widget is given one.

    Each module has its own scope in a page, so each is a function here that returns what it exports.
    """
    return "\n".join([*map(_scope, _with_imports("explorers")), "export default module_explorers.standard;"])


def code_of(kind: str) -> str:
    """The JavaScript of one explorer and of what puts it into a page."""
    return "".join(map(_code, dict.fromkeys([*_with_imports(kind), *_with_imports("mounting")])))


def one_script(kind: str) -> str:
    """The JavaScript of one explorer as a script that fills the element before its own."""
    scopes = map(_scope, [*_with_imports(kind), *_with_imports("mounting")])
    start = f"module_mounting.mountAt(document.currentScript.previousElementSibling, module_{kind}.{kind});"
    return "\n".join(["(() => {", *dict.fromkeys(scopes), start, "})();"])


def _code(name: str) -> str:
    return (STATIC / f"{name}.js").read_text(encoding="utf-8")


def _with_imports(name: str) -> list[str]:
    """A module's name after the names of all that it needs."""
    needed = [each for _, imported in IMPORT.findall(_code(name)) for each in _with_imports(imported)]
    return list(dict.fromkeys([*needed, name]))


def _scope(name: str) -> str:
    code = _code(name)
    exported = re.findall(r"^export (?:const|function) (\w+)", code, re.MULTILINE)
    code = IMPORT.sub(r"const \1 = module_\2;", code)
    code = re.sub(r"^export default ", "const standard = ", code, flags=re.MULTILINE)
    code = re.sub(r"^export ", "", code, flags=re.MULTILINE)
    if "const standard = " in code:
        exported.append("standard")
    return f"const module_{name} = (() => {{\n{code}\nreturn {{ {', '.join(exported)} }};\n}})();"
