"""The course says what it says in the notebook's language."""

import pytest

from cnn_course import language
from cnn_course.particles import with_particles

TESTS = """
msgid "A window of 5 does not fit."
msgstr "길이 5인 창은 들어가지 않습니다."

msgid "Filters of depth {depth} can't read {x.shape[-1]} channels."
msgstr "채널 {x.shape[-1]}개는 깊이가 {depth}(인/인) 필터가 읽을 수 없고, {depth}(이/가) 문제입니다."

msgid "the window"
msgstr "창"

#, fuzzy
msgid "Round down."
msgstr "오래된 번역"

msgid "{name} is too large."
msgstr "{name}(은/는) 너무 큽니다."

msgid "{name}, with x of shape {x.shape},"
msgstr "{name}(x의 모양은 {x.shape})"

msgid "{what} where it is not 0,"
msgstr "{what}에서 0이 아닌 값"

msgid "{what}"
msgstr "{what}!"

msgid "The total is {total}: {name} is too large."
msgstr "합이 {total}(이고/고), {name}(은/는) 너무 큽니다."
"""


@pytest.fixture
def korean(tmp_path, monkeypatch):
    folder = tmp_path / "ko" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "one.po").write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n' + TESTS, "utf-8")
    monkeypatch.setenv("COURSE_LOCALE", str(tmp_path))
    monkeypatch.setenv("NOTEBOOK_LANGUAGE", "ko")


@pytest.mark.parametrize(
    "english, said",
    [
        ("A window of 5 does not fit.", "길이 5인 창은 들어가지 않습니다."),
        ("Filters of depth 2 can't read 4 channels.", "채널 4개는 깊이가 2인 필터가 읽을 수 없고, 2가 문제입니다."),
        ("3 is too large.", "3은 너무 큽니다."),
        ("the window is too large.", "창은 너무 큽니다."),
        ("f(x, 2), with x of shape (2, 3), where it is not 0,", "f(x, 2)(x의 모양은 (2, 3))에서 0이 아닌 값"),
        ("The total is 12: stride is too large.", "합이 12고, stride는 너무 큽니다."),
        ("Round down.", "Round down."),
        ("Nobody translated this.", "Nobody translated this."),
        ("", ""),
    ],
)
def test_what_a_test_says_is_found_with_its_values(korean, english, said):
    assert language.of_a_test(english) == said


@pytest.mark.parametrize("wanted", ["", "de", "../ko", "ko/../ko"])
def test_other_languages_are_said_in_english(korean, monkeypatch, wanted):
    monkeypatch.setenv("NOTEBOOK_LANGUAGE", wanted)
    assert language.of_a_test("3 is too large.") == "3 is too large."
    assert language._("{name} is {{one}}.", name="x") == "x is {one}."


@pytest.mark.parametrize(
    "written, said",
    [
        ("3(을/를)", "3을"),
        ("2(을/를)", "2를"),
        ("10(으로/로)", "10으로"),
        ("21(으로/로)", "21로"),
        ("값(이/가)", "값이"),
        ("모델(으로/로)", "모델로"),
        ("`x`(은/는)", "`x`는"),
        ("n(은/는)", "n은"),
        ("CNN(은/는)", "CNN은"),
        ("ValueError(을/를)", "ValueError를"),
        ("kernel(으로/로)", "kernel로"),
        ("scale(은/는)", "scale은"),
        ("file_name(이/가)", "file_name이"),
        ("dropout(은/는)", "dropout은"),
        ("float(이어야/여야)", "float여야"),
        ("size(을/를)", "size를"),
        ("(1, 3)(은/는)", "(1, 3)은"),
        ("f([[1, 0]])(은/는)", "f([[1, 0]])은"),
        ("conv2d(x, k)(이/가)", "conv2d(x, k)가"),
        ("softmax(x) and (a/b)", "softmax(x) and (a/b)"),
    ],
)
def test_particles_follow_how_a_value_is_read(written, said):
    assert with_particles(written) == said


def test_what_is_said_carries_its_english_along(korean):
    said = language.in_a_row(
        language.of_a_test("3 is too large."), language._("{name}: {x}", name="f", x=1), between="\n"
    )
    assert said == "3은 너무 큽니다.\nf: 1" and language.in_english(said) == "3 is too large.\nf: 1"
