"""Find the notebook in what was handed in, and read it, whatever a browser, an editor or a learning platform made of it."""

import contextlib
import difflib
import json
import tempfile
import warnings
import zipfile
from pathlib import Path

import nbformat
from nbformat.validator import normalize

MOST_MEGABYTES_UNPACKED = 500
MOST_FILES_UNPACKED = 1000
LARGEST_NOTEBOOK_MEGABYTES = 200
NOT_HANDED_IN = (".ipynb_checkpoints", "__MACOSX")
CELL_TYPES = ("code", "markdown", "raw")


class NotGradable(Exception):
    """A submission that can't be graded; `status` is one of results.STATUSES."""

    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status


@contextlib.contextmanager
def opened(folder):
    """Give the folder in which the notebooks of a submission lie: itself, one in it, or what a zip file in it holds.

    Yields
    ------
    tuple of (Path, list of str)
        The folder, and a sentence for what had to be done.
    """
    folder = Path(folder)
    with tempfile.TemporaryDirectory(prefix="unpacked-") as temporary:
        found, said = folder, []
        archives = sorted(path for path in _plain(folder, "*.zip"))
        if not _notebooks(folder) and archives:
            _unpack(archives[0], temporary)
            found, said = Path(temporary), [f"{archives[0].name} was unpacked."]
        inner = sorted(
            {path.parent for path in _plain(found, "**/*.ipynb") if not _is_aside(path, found)},
            key=lambda each: len(each.parts),
        )
        if inner and inner[0] != found:
            said.append(f"The notebook lay in the folder {inner[0].relative_to(found)}.")
            found = inner[0]
        yield found, said


def find(folder, name):
    """The path of the notebook `name` in a folder, and a sentence if it goes by another name there.

    Parameters
    ----------
    folder : Path
    name : str
        Without .ipynb.

    Raises
    ------
    NotGradable
        If there is none.
    """
    path, others = folder / f"{name}.ipynb", _notebooks(folder)
    if path in others:
        rest = [other.name for other in others if other != path and other.stem.startswith(name)]
        return path, [f"{', '.join(rest)} lay beside {path.name}, which counts."] if rest else []
    if others:
        close = difflib.get_close_matches(path.name, [each.name for each in others], n=1, cutoff=0)
        return folder / close[0], [f"{close[0]} was taken for {path.name}."]
    raise NotGradable("missing", f"No {path.name} was handed in.{_hint(folder, path.name)}")


def read(path):
    """Read a notebook of any format version as version 4.

    Returns
    -------
    tuple of (nbformat.NotebookNode, list of str)
        The notebook, and a sentence for each fault of the file that was mended.

    Raises
    ------
    NotGradable
        If it is none; the fault is said in one sentence.
    """
    text, repairs = _text(path)
    if not text.strip():
        raise NotGradable("not-a-notebook", f"{path.name} is empty: save it again in JupyterLab and hand it in anew.")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno}: {error.msg})" if isinstance(error, json.JSONDecodeError) else ""
        raise NotGradable("not-a-notebook", f"{path.name} is not valid JSON{where}: {_what_it_is(text)}") from None
    if not isinstance(content, dict) or not isinstance(content.get("cells", content.get("worksheets")), list):
        raise NotGradable("not-a-notebook", f"{path.name} is JSON, but not a Jupyter notebook: it has no cells.")
    repairs += _clean(content)
    try:
        with warnings.catch_warnings():  # of ids that it mends
            warnings.simplefilter("ignore")
            _, notebook = normalize(nbformat.reads(json.dumps(content), as_version=4), strip_invalid_metadata=True)
            nbformat.validate(notebook)
    except Exception as error:
        fault = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise NotGradable("not-a-notebook", f"{path.name} is not a valid notebook: {fault}.") from None
    return notebook, repairs


def _text(path):
    """The text of a file in whatever encoding an editor gave it."""
    if path.is_symlink() or not path.is_file():
        raise NotGradable(
            "not-a-notebook", f"{path.name} is a link or a folder, and no file: hand in the notebook itself."
        )
    try:
        if path.stat().st_size > LARGEST_NOTEBOOK_MEGABYTES * 1e6:
            raise NotGradable(
                "not-a-notebook",
                f"{path.name} has more than {LARGEST_NOTEBOOK_MEGABYTES} MB: clear its outputs and hand it in anew.",
            )
        content = path.read_bytes()
    except OSError as error:
        raise NotGradable("not-a-notebook", f"{path.name} can't be read: {error.strerror}.") from None
    for encoding, mark in (("UTF-8", b"\xef\xbb\xbf"), ("UTF-16", b"\xff\xfe"), ("UTF-16", b"\xfe\xff")):
        if content.startswith(mark):
            said = [f"{path.name} was saved as {encoding} with a byte order mark."]
            return content.decode(f"{encoding}-sig" if encoding == "UTF-8" else encoding, errors="replace"), said
    try:
        return content.decode(), []
    except UnicodeDecodeError:
        if not content.lstrip().startswith(b"{"):
            return content.decode("latin-1"), []
        return content.decode("cp1252", errors="replace"), [f"{path.name} was saved in the encoding Windows-1252."]


def _what_it_is(text):
    """What a file that is no JSON may be, and the cure."""
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html")):
        return "it is a web page. Download the notebook itself."
    if start.startswith("pk"):
        return "it is a zip or Word file under another name. Hand in the notebook itself."
    if start.startswith("%pdf"):
        return "it is a PDF. Hand in the notebook itself."
    if "<<<<<<<" in text and ">>>>>>>" in text:
        return "it has the marks of a merge conflict. Resolve it, open the notebook in JupyterLab, and hand it in anew."
    return "the file is cut off or not a notebook. Download it again."


def _clean(content):
    """Mend what no notebook format allows, in the parsed JSON, in place; outputs are dropped, since all cells are executed anew."""
    repairs = []
    if "cells" in content:
        cells = content["cells"]
        content["nbformat"], content["nbformat_minor"] = 4, 5
        sound = [cell for cell in cells if isinstance(cell, dict) and isinstance(cell.get("source", ""), (str, list))]
        if len(sound) < len(cells):
            repairs.append("Cells that are no cells were left out.")
        content["cells"] = [_clean_cell(cell) for cell in sound]
        if not isinstance(content.get("metadata"), dict):
            content["metadata"] = {}
        language = content["metadata"].get("language_info")
        if language is not None and not (isinstance(language, dict) and isinstance(language.get("name"), str)):
            del content["metadata"]["language_info"]
    if _has_half_characters(content):
        repairs.append("Characters that no file can hold were replaced.")
    return repairs


def _clean_cell(cell):
    kind = cell.get("cell_type") if cell.get("cell_type") in CELL_TYPES else "markdown"
    source = cell.get("source", "")
    source = source if isinstance(source, str) else "".join(line for line in source if isinstance(line, str))
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    for name, kind_of_value in (("nbgrader", dict), ("tags", list)):
        if not isinstance(metadata.get(name, kind_of_value()), kind_of_value):
            del metadata[name]
    clean = {"cell_type": kind, "source": source, "metadata": metadata}
    if isinstance(cell.get("id"), str):
        clean["id"] = cell["id"]
    if kind == "code":
        clean |= {"outputs": [], "execution_count": None}
    elif isinstance(cell.get("attachments"), dict):
        clean["attachments"] = cell["attachments"]
    return clean


def _has_half_characters(content):
    """Whether cells hold halves of UTF-16 pairs, which can't be written; they are replaced, in place."""
    found = False
    for cell in content.get("cells", []):
        try:
            cell["source"].encode()
        except UnicodeEncodeError:
            cell["source"] = cell["source"].encode("utf-8", "replace").decode()
            found = True
    return found


def _hint(folder, name):
    if (folder.parent / name).is_file():
        return f" There is one in {folder.parent.name}/: move it into {folder.parent.name}/{folder.name}/."
    archives = [
        path.name for path in _plain(folder, "*") if path.suffix.lower() in (".rar", ".7z", ".gz", ".tar", ".tgz")
    ]
    if archives:
        return f" {archives[0]} can't be opened: hand in the notebook itself, or a zip file."
    handed_in = [path.name for path in _plain(folder, "*")]
    return f" There is only {', '.join(handed_in[:3])}." if handed_in else ""


def _unpack(archive, target):
    """Unpack a zip file, unless it is too large; the library keeps names inside of the target."""
    try:
        with zipfile.ZipFile(archive) as content:
            members = [each for each in content.infolist() if not each.is_dir()]
            if (
                len(members) > MOST_FILES_UNPACKED
                or sum(each.file_size for each in members) > MOST_MEGABYTES_UNPACKED * 1e6
            ):
                raise NotGradable(
                    "not-a-notebook", f"{archive.name} is too large when unpacked: hand in the notebook itself."
                )
            for member in members:
                content.extract(member, target)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise NotGradable(
            "not-a-notebook", f"{archive.name} can't be unpacked ({error}): hand in the notebook itself."
        ) from None


def _notebooks(folder):
    return sorted(
        path for path in _plain(folder, "*") if path.suffix.lower() == ".ipynb" and not path.name.startswith(".")
    )


def _plain(folder, pattern):
    """Files of a folder; links lead elsewhere and don't count, unless nothing else is there to be named."""
    return [path for path in folder.glob(pattern) if not path.is_dir()] if folder.is_dir() else []


def _is_aside(path, folder):
    parts = path.relative_to(folder).parts
    return any(part in NOT_HANDED_IN or part.startswith(".") for part in parts)
