"""A perfect notebook in odd forms, under odd names, beside odd things: what must come of it before a kernel runs."""

import gzip
import io
import json
import os
import socket
import tarfile
import zipfile

from nbformat.v4 import new_code_cell

from testing.classroom import released
from tests.submissions.bad import ASSIGNMENT, FILE, Case, cell, place, text

CASES = {}
LOST = ("not-a-notebook", "missing")


def case(status="repaired", says=""):
    """Register a function (folder, notebook) that writes a submission; a repaired one must have all its solutions."""

    def register(function):
        CASES[function.__name__.replace("_", "-")] = Case(function, status, 0, says)
        return function

    return register


def edited(status="repaired", says=""):
    """Register a function (content) that changes the parsed JSON of a notebook, or returns another text for it."""

    def register(function):
        def hand_in(folder, notebook):
            content = json.loads(text(notebook))
            changed = function(content)
            (folder / FILE).write_bytes(changed if isinstance(changed, bytes) else json.dumps(content).encode())

        hand_in.__name__ = function.__name__
        case(status, says)(hand_in)
        return function

    return register


# What the format forbids, and nobody needs


@edited(says="Cell ids that the format does not allow")
def ids_that_the_format_forbids(content):
    for number, each in enumerate(("#VSC-1a2b3c4d", "x" * 70, "", "cell 1", 7, None, "ü")):
        content["cells"].insert(
            0, {"cell_type": "code", "id": each, "metadata": {}, "source": [f"{number}"], "outputs": []}
        )


@edited("graded")
def an_id_twice(content):
    content["cells"].insert(0, {"cell_type": "markdown", "id": "conv2d", "metadata": {}, "source": "see below"})


@edited(says="Pictures in the text")
def attachments_of_a_wrong_shape(content):
    for attachments in ([], {"a.png": "iVBOR"}, {"a.png": {"image/png": 3}}, "x"):
        content["cells"].insert(0, {"cell_type": "markdown", "metadata": {}, "source": "a", "attachments": attachments})


@edited(says="Metadata that the format does not allow")
def half_a_character_in_metadata(content):
    content["cells"][3]["metadata"]["note"] = "\ud83d"
    content["metadata"]["kernelspec"] = {"name": "py\udc80thon", "display_name": "P"}


@edited(says="Metadata that the format does not allow")
def not_a_number_in_metadata(content):
    content["cells"][2]["metadata"]["slope"] = float("nan")
    content["metadata"]["range"] = [1, float("inf")]


@edited("graded")
def properties_that_the_schema_does_not_know(content):
    content["version"] = 3
    for each in content["cells"]:
        each |= {"language": "python", "collapsed": True, "execution_count": "seven"}


@edited("graded")
def formats_of_no_number(content):
    content["nbformat"], content["nbformat_minor"] = "four", None


@edited(says="")
def a_kernel_that_is_a_list(content):
    content["metadata"]["kernelspec"] = ["python3"]
    content["metadata"]["language_info"] = "python"


@edited(says="nbgrader")
def marks_of_wrong_types(content):
    for each in content["cells"]:
        if "nbgrader" in each["metadata"]:
            each["metadata"]["nbgrader"] |= {"points": "many", "grade_id": [1]}


@edited(says="Line breaks that were missing in cells were added")
def lines_without_ends(content):
    for each in content["cells"]:
        each["source"] = "".join(each["source"]).split("\n")


@edited("graded")
def sources_in_one_piece(content):
    for each in content["cells"]:
        each["source"] = "".join(each["source"])


@edited(says="not cells were left out")
def cells_of_nothing(content):
    content["cells"][4:4] = [None, 3, "x", {"cell_type": "code", "source": 5}]


@edited(says="before or after")
def something_behind_it(content):
    return json.dumps(content).encode() + b"\n}]} saved twice"


@edited(says="Comments and spare commas")
def spare_commas(content):
    return json.dumps(content).replace('"cells": [', '"cells": [ /* mine */', 1)[:-1].encode() + b",}"


@edited("graded")
def a_string_in_a_string(content):
    return json.dumps(json.dumps(json.dumps(content))).encode()


@edited("graded")
def a_string_that_holds_it(content):
    return json.dumps(json.dumps(content)).encode()


@edited(says="UTF-16")
def utf_16_without_a_mark(content):
    return json.dumps(content).encode("utf-16-le")


@edited(says="nested too deeply")
def metadata_nested_deeply(content):
    deep = "[" * 50_000 + "]" * 50_000
    return json.dumps(content).replace('"nbformat": 4', f'"deep": {deep}, "nbformat": 4').encode()


@edited("graded")
def a_huge_number(content):
    digits = "9" * 6000
    return json.dumps(content).replace('"nbformat": 4', f'"large": {digits}, "nbformat": 4').encode()


# Where the work is


@case(says="counts")
def written_in_a_cell_further_up(folder, notebook):
    stub = notebook.cells.pop(place(notebook, "conv2d"))
    notebook.cells.insert(2, new_code_cell(stub.source))
    (folder / FILE).write_text(text(notebook))


@case(says="was taken for")
def two_copies_of_which_one_is_untouched(folder, notebook):
    (folder / f"{ASSIGNMENT} (1).ipynb").write_text(text(notebook))
    for each in notebook.cells:
        if each.metadata.get("nbgrader", {}).get("solution"):
            each.source = 'raise NotImplementedError("Your turn: replace this line with your code.")'
    (folder / f"{ASSIGNMENT} (2).ipynb").write_text(text(notebook))


def under_another_name(title, name, says="was taken for"):
    """Register a submission whose notebook is called `name`."""

    def hand_in(folder, notebook):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(notebook))

    hand_in.__name__ = title
    case("repaired", says)(hand_in)


for title, name in {
    "a_text_file": f"{FILE}.txt",
    "a_json_file": f"{FILE}.json",
    "no_ending": ASSIGNMENT,
    "another_ending": f"{ASSIGNMENT}.json",
    "capitals_in_a_folder": f"work/{ASSIGNMENT.upper()}.IPYNB",
    "a_copy_of_jupyters": f"{ASSIGNMENT}-Copy1.ipynb",
    "a_backup": f"{FILE}~",
    "a_mark_behind_the_ending": f"{FILE} (1)",
    "letters_taken_apart": f"{ASSIGNMENT} u\u0308bung.ipynb",
}.items():
    under_another_name(title, name)


def packed(title, name, pack):
    """Register a submission that is one archive."""

    def hand_in(folder, notebook):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pack(text(notebook).encode()))

    hand_in.__name__ = title
    case("repaired", "was unpacked")(hand_in)


def zipped(content, name=FILE):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def tarred(content, how):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=how) as archive:
        member = tarfile.TarInfo(f"work/{FILE}")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


packed("a_zip_in_capitals", "WORK.ZIP", zipped)
packed("a_zip_in_a_zip", "outer.zip", lambda content: zipped(zipped(content), "inner.zip"))
packed("a_zip_in_a_folder", "sub/work.zip", zipped)
packed("a_zip_that_is_called_a_notebook", FILE, zipped)
packed("a_zip_without_an_ending", "work", zipped)
packed("a_tar_file", "work.tar", lambda content: tarred(content, "w"))
packed("a_tar_gz", "work.tar.gz", lambda content: tarred(content, "w:gz"))
packed("a_tgz_that_is_xz", "work.tgz", lambda content: tarred(content, "w:xz"))
packed("a_gz", f"{FILE}.gz", gzip.compress)


@case(says="was unpacked")
def a_second_zip(folder, notebook):
    (folder / "a.zip").write_bytes(zipped(b"x", "readme.txt"))
    (folder / "work.zip").write_bytes(zipped(text(notebook)))


@case(says="02-stride-padding.ipynb in a.zip lay beside it, with less written in it.")
def two_zips_of_which_one_is_untouched(folder, notebook):
    (folder / "a.zip").write_bytes(zipped(text(released(ASSIGNMENT))))
    (folder / "b.zip").write_bytes(zipped(text(notebook)))


@case(says="b.zip was unpacked. 02-stride-padding.ipynb lay beside it, with less written in it.")
def an_untouched_notebook_beside_a_zip(folder, notebook):
    (folder / FILE).write_text(text(released(ASSIGNMENT)))
    (folder / "b.zip").write_bytes(zipped(text(notebook)))


@case(says="lay beside it, and can't be read.")
def a_copy_beside_one_that_is_cut_off(folder, notebook):
    (folder / FILE).write_text(text(notebook)[:3000])
    (folder / f"{ASSIGNMENT} (1).ipynb").write_text(text(notebook))


@case(says="table.csv in it can't be unpacked, and did not come along.")
def a_zip_with_one_damaged_file(folder, notebook):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(FILE, text(notebook))
        archive.writestr("table.csv", "1234567890")
    (folder / "work.zip").write_bytes(file.getvalue().replace(b"1234567890", b"1234567891"))


@case(says="same_padding was not in its place: the cell that defines it counts.")
def three_functions_in_one_cell_of_ones_own(folder, notebook):
    stubs = [notebook.cells.pop(place(notebook, task)) for task in ("zero_pad", "conv2d", "same_padding")]
    notebook.cells.insert(4, new_code_cell("\n\n".join(stub.source for stub in stubs)))
    (folder / FILE).write_text(text(notebook))


# Tests that were moved


@case(says="same_padding-check stood before the cell it tests")
def one_solution_moved_to_the_end(folder, notebook):
    notebook.cells.append(notebook.cells.pop(place(notebook, "same_padding")))
    (folder / FILE).write_text(text(notebook))


@case("graded")
def one_task_moved_to_the_end(folder, notebook):
    first, last = place(notebook, "conv2d"), place(notebook, "conv2d-hidden")
    moved = notebook.cells[first : last + 1]
    del notebook.cells[first : last + 1]
    notebook.cells += moved
    (folder / FILE).write_text(text(notebook))


# What is no file


def a_name_in_bytes(folder, notebook):
    (folder / FILE).write_text(text(notebook))
    with open(os.fsencode(folder) + b"/notes-\xe9\xff.txt", "w") as file:
        file.write("x")


CASES["a-name-in-bytes"] = Case(a_name_in_bytes, "repaired", 0, "not in UTF-8")


@case("not-a-notebook", "is a pipe")
def a_pipe_for_a_zip(folder, notebook):
    os.mkfifo(folder / "work.zip")


@case("not-a-notebook", "is a socket")
def a_socket_for_a_notebook(folder, notebook):
    with socket.socket(socket.AF_UNIX) as door:
        os.chdir(folder)
        door.bind(FILE)
        os.chdir("/")


@case(says="timestamp.txt holds no time")
def a_pipe_for_a_time(folder, notebook):
    (folder / FILE).write_text(text(notebook))
    os.mkfifo(folder / "timestamp.txt")


for title, content in {
    "a_huge_time": b"9" * 400,
    "a_time_of_no_year": b"0000-00-00 00:00:00",
    "a_time_too_late": b"99999-01-01",
    "a_time_in_bytes": b"\xff\xfe2026",
    "a_time_of_zeros": b"\0" * 20,
}.items():

    def hand_in(folder, notebook, content=content):
        (folder / FILE).write_text(text(notebook))
        (folder / "timestamp.txt").write_bytes(content)

    hand_in.__name__ = title
    case("repaired", "timestamp.txt holds no time")(hand_in)


@case("repaired")
def folders_deeper_than_the_system_goes(folder, notebook):
    (folder / FILE).write_text(text(notebook))
    os.chdir(folder)
    for _ in range(300):
        os.mkdir("a" * 60)
        os.chdir("a" * 60)
    os.chdir("/")


@case("not-a-notebook", "is a link")
def a_link_to_a_zip_elsewhere(folder, notebook):
    elsewhere = folder.parent / "elsewhere.zip"
    elsewhere.write_bytes(zipped(text(notebook)))
    (folder / "work.zip").symlink_to(elsewhere)


@case("not-a-notebook", "is a link")
def a_link_to_anothers_folder(folder, notebook):
    other = folder.parent / "other"
    other.mkdir()
    (other / FILE).write_text(text(notebook))
    folder.rmdir()
    folder.symlink_to(other)


@case("repaired", "is a link")
def a_loop_of_links(folder, notebook):
    (folder / FILE).write_text(text(notebook))
    (folder / "again").symlink_to(folder)


# Files that a platform renamed


@case("repaired", "net-1.weights.h5 was taken for net.weights.h5")
def a_file_renamed(folder, notebook):
    cell(notebook, "conv2d").source += "\nfile = 'net.weights.h5'"
    (folder / FILE).write_text(text(notebook))
    (folder / "net-1.weights.h5").write_text("1,2")


for title, name in {
    "a_file_in_capitals": "NET.WEIGHTS.H5",
    "a_file_with_two_endings": "net.weights.h5.download",
    "a_file_without_points": "net_weights.h5",
    "a_file_of_canvas": "net.weights-2.h5",
    "a_copy_of_a_file": "Copy of net.weights.h5",
}.items():

    def hand_in(folder, notebook, name=name):
        cell(notebook, "conv2d").source += "\nfile = 'net.weights.h5'"
        (folder / FILE).write_text(text(notebook))
        (folder / name).write_text("1,2")

    hand_in.__name__ = title
    case("repaired", "was taken for net.weights.h5")(hand_in)


@case("repaired", "was taken for table.csv")
def a_file_in_a_folder(folder, notebook):
    cell(notebook, "conv2d").source += "\nfile = 'table.csv'"
    (folder / FILE).write_text(text(notebook))
    (folder / "results").mkdir()
    (folder / "results" / "table.csv").write_text("1,2")
