"""The course in other languages: nothing is missing, nothing but words is changed."""

import ast
import shutil

import nbformat
import pytest
from nbgrader.utils import compute_checksum

from editions import catalogues, markdown, notebooks, python
from testing.classroom import ASSIGNMENTS, ROOT

LANGUAGES = catalogues.languages()
CODE = '''
# Add up the pixels
# of the window.
def total(x):
    """Return the sum.

    x: any array.
    """
    ### BEGIN SOLUTION
    if x.ndim != 2:
        raise ValueError(f"{{x}} \\"has\\" {x.ndim} axes, {{not}} 2: {'one' if x.ndim else 'no'} axis")  # says why
    names = "conv1 bn1".split()
    found = {"a map": x, "sum": 1}
    found["a sum"] = found["a map"].sum()
    figures.images([x], ["before"], alt="a-key")
    return x.sum(dtype="float64")
    ### END SOLUTION
'''
TEXT = """# Title

A sentence with `code`
over two lines.

```python
print("not a message")
```

$$x = 1$$

<details><summary>Answer</summary>

Yes.
</details>

```{glossary}
stride
스트라이드
    How far it moves.
```
"""


def edition(language, name):
    return nbformat.read(ROOT / f"release-{language}" / name / f"{name}.ipynb", as_version=4)


def release(name):
    return nbformat.read(ROOT / "release" / name / f"{name}.ipynb", as_version=4)


def without_words(code):
    """The code with all its strings empty, docstrings and f-strings too."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
        if isinstance(node, ast.JoinedStr):
            node.values = sorted((each for each in node.values if not isinstance(each, ast.Constant)), key=ast.dump)
    return ast.dump(tree)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", catalogues.domains())
def test_everything_is_translated(domain, language):
    assert list(catalogues.faults(domain, language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_release_is_what_the_catalogues_give(language, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "release", tmp_path / "release")
    monkeypatch.setattr(notebooks, "COURSE", tmp_path)
    made = notebooks.release(language)
    for path in sorted(each for each in made.rglob("*") if each.is_file()):
        committed = ROOT / path.relative_to(tmp_path)
        assert committed.read_bytes() == path.read_bytes(), f"run `make release EDITION={language}` and commit"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_only_words_differ_between_editions(name, language):
    english, other = release(name).cells, edition(language, name).cells
    assert [cell.id for cell in other if cell.id != "edition"] == [cell.id for cell in english]
    for one, two in zip(english, [cell for cell in other if cell.id != "edition"], strict=True):
        marks = [dict(cell.metadata.get("nbgrader", {}), checksum=None) for cell in (one, two)]
        assert marks[0] == marks[1] and one.cell_type == two.cell_type, one.id
        if "checksum" in two.metadata.get("nbgrader", {}):
            assert two.metadata.nbgrader.checksum == compute_checksum(two), two.id
        if one.cell_type == "code":
            assert without_words(one.source) == without_words(two.source), one.id


def test_comments_docstrings_and_what_is_read_are_messages():
    assert list(python.messages(CODE)) == [
        "Add up the pixels\nof the window.",
        "Return the sum.\n\nx: any array.",
        "{{x}} \"has\" {x.ndim} axes, {{not}} 2: {'one' if x.ndim else 'no'} axis",
        "says why",
        "a map",
        "sum",
        "a sum",
        "before",
    ]


def test_translated_code_is_the_same_code():
    def reverse(message):
        places = python.places(message)
        return f'{{{{"x"}}}} "{" ".join(reversed(places))}" \\ words {len(message)}' + "\n둘째 줄" * (
            message != "says why"
        )

    made = python.translated(CODE, reverse)
    assert without_words(made) == without_words(CODE)
    assert list(python.messages(made)) == [reverse(each) for each in python.messages(CODE)]
    assert python.translated(CODE, lambda message: message) == CODE


def test_a_block_of_markdown_is_a_message_and_code_is_none():
    assert list(markdown.messages(TEXT)) == [
        "# Title",
        "A sentence with `code`\nover two lines.",
        "<details><summary>Answer</summary>",
        "Yes.\n</details>",
        "stride\n스트라이드\n    How far it moves.",
    ]
    assert markdown.translated(TEXT, lambda message: message) == TEXT
    assert "예.\n</details>\n\n```{glossary}" in markdown.translated(TEXT, lambda message: message.replace("Yes", "예"))


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one page and a catalogue that was made for it."""
    (tmp_path / "book").mkdir()
    page = tmp_path / "book" / "page.md"
    page.write_text("Stride 2 needs `x` and **care**.\n\nThe window moves by the stride, along rows and columns.\n")
    monkeypatch.setattr(catalogues, "COURSE", tmp_path)
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "locale")
    catalogues.update("book", "ko")
    return page


def translate(page, **said):
    """Enter translations by the first word of the message."""
    path = catalogues.path_of("book", "ko")
    text = path.read_text(encoding="utf-8")
    for first, korean in said.items():
        place = text.index('msgstr ""', text.index(f'msgid "{first} '))
        text = text[:place] + f'msgstr "{korean}"' + text[place + len('msgstr ""') :]
    path.write_text(text, encoding="utf-8")


def test_a_message_that_changed_is_kept_as_fuzzy_and_named(course):
    translate(
        course,
        Stride="스트라이드 2에는 `x`와 **주의**가 필요합니다.",
        The="창은 행과 열을 따라 스트라이드만큼 움직입니다.",
    )
    assert list(catalogues.faults("book", "ko")) == []
    course.write_text(course.read_text().replace("rows and columns", "rows and along columns"))
    [missing] = catalogues.faults("book", "ko")
    assert "locale/ko/LC_MESSAGES/book.po, page.md: 'The window moves" in missing and "no translation" in missing
    catalogues.update("book", "ko")
    [changed] = catalogues.faults("book", "ko")
    assert "has changed in English" in changed
    assert "창은 행과 열을" in catalogues.path_of("book", "ko").read_text(encoding="utf-8")
    assert len(catalogues.translations("book", "ko")) == 1


@pytest.mark.parametrize(
    "said, lost",
    [
        ("스트라이드 2에는 `y`와 **주의**가 필요합니다.", "code, formulas, tags or links: `x`"),
        ("스트라이드 3에는 `x`와 **주의**가 필요합니다.", "numbers: 2"),
        ("스트라이드 2에는 `x`와 주의가 필요합니다.", "words in bold or italics: strong"),
        ("스트라이드 2에는 `x`와 **(주의)**가 필요합니다.", "words in bold or italics: strong"),
    ],
)
def test_what_a_translation_loses_is_named(course, said, lost):
    translate(course, Stride=said)
    assert any(each.endswith(f"loses {lost}") for each in catalogues.faults("book", "ko"))


def test_bringing_up_to_date_twice_changes_nothing(course):
    once = catalogues.path_of("book", "ko").read_bytes()
    catalogues.update("book", "ko")
    assert catalogues.path_of("book", "ko").read_bytes() == once


def test_what_the_site_says_itself_is_a_message():
    said = {message.id for message in catalogues.template("book") if message.id}
    assert {"The check", "All pages", "Start again", "No page has “{word}”. Here is “{meant}”:"} <= said


def test_the_words_of_a_role_may_be_translated_and_where_it_leads_may_not():
    fault = lambda said: catalogues._fault("{term}`Pooling <pooling>` of a {term}`kernel`, `x`", said)
    assert fault("{term}`커널 <kernel>`의 {term}`풀링 <pooling>`, `x`") is None
    assert fault("{term}`커널 <kernel>`의 {term}`풀링`, `x`") == "loses code, formulas, tags or links: `pooling`"
    assert fault("{term}`커널 <kernel>`의 풀링, `x`") == "loses values: {term}"
