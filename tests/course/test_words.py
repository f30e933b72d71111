"""What the course's package says in Korean: nothing is missing, and each sentence comes whole."""

import ast
import io
import json
import re
import shutil

import matplotlib.pyplot as plt
import numpy as np
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from fontTools.ttLib import TTFont

from cnn_course import checks, explorers, figures, sizes, training
from cnn_course.alt_texts import ALT_TEXTS
from cnn_course.checks import CheckFailed, NotWritten
from cnn_course.checks.saying import is_unwritten
from cnn_course.figures import hangul
from cnn_course.language import OWN, Said, of_a_test
from testing.browsing import served
from testing.classroom import ROOT

PACKAGE = OWN.parent
METHODS = [("**.py", "python"), ("**.js", "javascript")]
NOT_FOR_READERS = {"explorers/joining.py", "explorers/lens_network.py", "figures/hangul.py"}
PLACE = re.compile(r"\{(\w*)\}")
STUB = "여기에 코드를 쓰세요: 이 줄을 지우고 여러분의 코드를 넣으세요."
OF_A_TEST = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

msgid "A window either fits or it does not: use // and not /."
msgstr "창은 들어가거나 들어가지 않거나 둘 중 하나입니다. /가 아니라 //를 쓰세요."

msgid "There is no half of {n}."
msgstr "{n}의 절반은 없습니다."

msgid "The shape of x"
msgstr "x의 모양"

msgid "Look at section 1."
msgstr "1절을 보세요."

msgid "{kept} of {all} are right."
msgstr "{all}개 중 {kept}개가 맞습니다."

msgid "{anything}: passed."
msgstr "두 번 옮긴 문장입니다."
"""
EXPLORERS = {
    "convolution": explorers.convolution,
    "padding": explorers.padding,
    "pooling": explorers.pooling,
    "field": explorers.receptive_field,
    "lenet": explorers.lenet,
    "lens": explorers.lens,
}
NAMES = {"INPUT", "OUTPUT", "LeNet", "TensorFlow", "Home", "End", "relu", "softmax", "padding", "same"}
PAGE = """<!doctype html><html lang="ko"><meta charset="utf-8"><link rel="icon" href="data:,">{}
<script type="module">import {{ mountAll }} from "./explorers.js";
mountAll(); document.body.dataset.ready = "";</script></html>"""


def catalogue(path=OWN / "ko" / "LC_MESSAGES" / "cnn_course.po"):
    with path.open("rb") as file:
        return read_po(file)


def said():
    """What the package says, by place: each message that is marked."""
    return {(place, message) for place, _, message, _, _ in extract_from_dir(PACKAGE, METHODS)}


@pytest.fixture
def korean(tmp_path, monkeypatch):
    folder = tmp_path / "locale" / "ko" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "tests.po").write_text(OF_A_TEST, encoding="utf-8")
    monkeypatch.setenv("COURSE_LOCALE", str(tmp_path / "locale"))
    monkeypatch.setenv("NOTEBOOK_LANGUAGE", "ko")
    with plt.rc_context():
        yield


@pytest.fixture
def check():
    return checks.Check("Look at section 1.")


def failure(action, *args, **kwargs):
    with pytest.raises(CheckFailed) as caught:
        action(*args, **kwargs)
    return str(caught.value)


def test_the_catalogue_has_all_that_is_said_and_nothing_else():
    entries = {each.id: each for each in catalogue() if each.id}
    assert entries.keys() == {message for _, message in said()}
    for english, each in entries.items():
        assert each.string and not each.fuzzy, english
        assert set(PLACE.findall(english)) == set(PLACE.findall(each.string)), english
        assert each.string != english, english


def test_no_sentence_is_said_past_the_catalogue():
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).as_posix() in NOT_FOR_READERS:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        marked = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) in ("_", "N_")]
        texts = [node for node in ast.walk(tree) if isinstance(node, ast.Expr)]  # docstrings
        passed_over = {id(each) for node in marked + texts for each in ast.walk(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed_over:
                assert not re.search(r"[A-Za-z]+( [a-z]+){2}", node.value), f"{path.name}: {node.value}"


def _name(call):
    return getattr(call.func, "id", None)


def half(n):
    return n / 2


def test_a_wrong_answer_is_explained_in_korean(korean, check):
    assert failure(check(half, n=7).equals, 3, [(3.5, "A window either fits or it does not: use // and not /.")]) == (
        "half(n=7)의 결과는 3이어야 하는데, 반환한 값은 3.5 (float)입니다.\n"
        "창은 들어가거나 들어가지 않거나 둘 중 하나입니다. /가 아니라 //를 쓰세요."
    )
    assert failure(check(half, n=0).raises, ValueError, "There is no half of 0.") == (
        "half(n=0)은 ValueError를 일으켜야 하는데, 반환한 값은 0.0 (float)입니다.\n0의 절반은 없습니다."
    )
    assert failure(check(lambda n: [][n], 0).equals, 2).startswith(
        "<lambda>(0)의 결과는 2여야 하는데 예외가 발생했습니다: IndexError: list index out of range"
    )


DIFFERENCES = [
    (
        np.zeros((2, 3)),
        np.zeros((3, 2)),
        "f()의 결과는 모양이 (2, 3)이어야 하는데, 반환한 값의 모양은 (3, 2)입니다.",
    ),
    (
        np.zeros(2),
        np.ones(2, int),
        "f()의 결과는 dtype이 float32 또는 float64여야 하는데, 반환한 값의 dtype은 int64입니다.",
    ),
    (
        np.zeros((4, 5)),
        np.eye(4, 5),
        "f()의 결과는 [0, 0] 자리에서 0.0이어야 하는데, 반환한 값은 1.0입니다(20개 중 4개의 값이 다릅니다).",
    ),
    (
        np.zeros((4, 5)),
        None,
        "f()의 결과는 모양이 (4, 5)인 배열이어야 하는데, 반환한 값은 None(모든 경로가 return으로 끝나나요?)입니다.",
    ),
    (np.array(2.0), np.zeros(2), "f()의 결과는 수 하나여야 하는데, 반환한 값은 모양이 (2,)인 배열입니다."),
]


@pytest.mark.parametrize("expected, value, whole", DIFFERENCES)
def test_each_difference_has_its_sentence(korean, check, expected, value, whole):
    def f():
        return value

    assert failure(check(f).equals, expected) == f"{whole}\n1절을 보세요."


def test_what_a_test_names_has_its_place_in_the_sentence(korean, check):
    assert failure(check.compare, "The shape of x", (2, 2), (2, 3)) == (
        "x의 모양은 (2, 3)이어야 하는데 (2, 2)입니다.\n1절을 보세요."
    )
    assert failure(check(lambda x: [2.0], np.zeros((3, 7))).equals, [2], hint="Look at section 1.") == (
        "<lambda>(x)(x의 모양은 (3, 7))의 결과는 [2]여야 하는데, 반환한 값은 [2.0]입니다.\n"
        "수는 맞지만 자료형이 다릅니다. 크기는 int이고, 튜플은 리스트가 아닙니다. 1절을 보세요."
    )


def test_a_hidden_test_says_how_it_is_replayed(korean):
    check = checks.Check("Look at section 1.", seed=12)
    assert failure(check.fail, "2 of 3 are right.").splitlines() == [
        "3개 중 2개가 맞습니다.",
        "1절을 보세요. (seed 12: CHECK_SEED=12로 다시 해 볼 수 있습니다)",
    ]


def test_what_is_said_of_a_test_that_is_over(korean, capsys):
    test = "@checks.visible('task', hint='')\ndef check_task(check):\n    return check.part(2, '2 of 3 are right.')"
    exec(test, {"checks": checks, "task": half})
    assert capsys.readouterr().out == "task: 통과했습니다.\n3개 중 2개가 맞습니다.\n"
    with pytest.raises(NotWritten, match="^nowhere가 아직 정의되지 않았습니다.\n1절을 보세요.$"):
        checks.visible("nowhere", hint="", if_missing=lambda: "Look at section 1.")(lambda check: None)


def test_a_sentence_of_the_package_is_not_taken_for_one_of_a_test(korean):
    sentence = training.fault_of("nowhere.weights.h5")
    assert sentence == "nowhere.weights.h5가 노트북과 같은 폴더에 없습니다. 둘을 함께 제출하세요."
    assert isinstance(sentence, Said) and of_a_test(Said("one: passed.")) == "one: passed."
    assert of_a_test("one: passed.") == "두 번 옮긴 문장입니다."


@pytest.mark.parametrize("language", ["", "ko"])
@pytest.mark.parametrize("stub", ["Your turn: replace this line with your code.", STUB, ""])
def test_a_stub_is_known_in_every_language(monkeypatch, language, stub):
    monkeypatch.setenv("NOTEBOOK_LANGUAGE", language)
    assert is_unwritten(NotImplementedError(stub))
    assert not is_unwritten(NotImplementedError("다른 오류입니다.")) and not is_unwritten(ValueError(stub))
    assert catalogue()["Your turn: replace this line with your code."].string == STUB


def test_errors_of_the_course_are_korean(korean):
    with pytest.raises(ValueError, match="^stride는 1 이상이어야 하는데 0입니다$"):
        sizes.require_size(0, "stride")


def test_the_language_counts_when_something_is_said(korean, monkeypatch):
    shown = []
    monkeypatch.setattr(figures.showing, "display", lambda data, **how: shown.append(data["text/plain"]))
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    figures.show(plt.figure, "by-column")
    figures.images([np.eye(2)], ["에지"])
    assert shown == [catalogue()[ALT_TEXTS["by-column"]].string, "그림: 에지."]


def test_every_korean_letter_of_the_course_is_in_the_font():
    texts = [
        each.string for path in [*OWN.glob("ko/*/*.po"), *ROOT.glob("locale/ko/*/*.po")] for each in catalogue(path)
    ]
    letters = {letter for text in texts for letter in str(text) if "가" <= letter <= "힣"}
    known = TTFont(hangul.FONT).getBestCmap()
    assert letters and not [letter for letter in letters if ord(letter) not in known]
    assert not [sign for sign in hangul.kept() if ord(sign) not in known]


def test_korean_is_drawn_and_other_signs_are_drawn_as_ever(korean):
    hangul.know_hangul()
    figure, axis = plt.subplots()
    words = [
        each.string for each in catalogue() if each.id and not any(place.endswith(".js") for place, _ in each.locations)
    ]
    axis.text(0, 0, "".join(sorted({letter for text in words for letter in text} - {"\n", "$"})))
    axis.set_title("손실 −0.5 → ⌊n / 2⌋")
    axis.set_xlim(-3, 0)
    figure.savefig(io.BytesIO(), format="png")  # a glyph that is missing is a warning, and so an error here
    plt.close(figure)
    assert plt.rcParams["axes.unicode_minus"] and plt.rcParams["font.family"][-1] == hangul.NAME


def test_english_figures_know_nothing_of_it(monkeypatch):
    monkeypatch.delenv("NOTEBOOK_LANGUAGE", raising=False)
    hangul.know_hangul()
    assert hangul.NAME not in plt.rcParams["font.family"]


@pytest.mark.parametrize("name", EXPLORERS)
def test_an_explorer_takes_its_words_along(korean, monkeypatch, name):
    html = EXPLORERS[name]()._repr_mimebundle_()[0]["text/html"]
    taken = json.loads(re.search(r'data-explorer="([^"]*)"', html)[1].replace("&quot;", '"'))["translation"]
    assert ' lang="ko"' in html and taken["language"] == "ko" and taken["words"]["reset"] == "처음으로"
    used = {each for place, each in said() if place == f"explorers/static/{name}.js"}
    assert used <= taken["words"].keys()
    monkeypatch.delenv("NOTEBOOK_LANGUAGE")
    english = EXPLORERS[name]()._repr_mimebundle_()[0]["text/html"]
    assert "lang=" not in english.partition("<script>")[0] and "translation" not in english.partition("<script>")[0]


def test_words_of_javascript_need_no_particle_that_is_chosen_when_they_are_said():
    for each in catalogue():
        if any(place.endswith(".js") for place, _ in each.locations):
            assert not re.search(r"\([가-힣]+/[가-힣]+\)", each.string), each.string


@pytest.mark.parametrize("name", EXPLORERS)
def test_an_explorer_speaks_korean(korean, monkeypatch, browser, tmp_path, name):
    monkeypatch.setenv("COURSE_PAGE", "yes")
    shutil.copytree(explorers.STATIC, tmp_path / "site")
    (tmp_path / "site" / "page.html").write_text(PAGE.format(EXPLORERS[name]().data), encoding="utf-8")
    with served(tmp_path / "site") as url:
        page = browser.new_page()
        page.goto(f"{url}/page.html")
        page.wait_for_selector("body[data-ready]")
        labels = page.locator("[aria-label]").evaluate_all("them => them.map(it => it.getAttribute('aria-label'))")
        shown = "\n".join([page.locator(".explorer").inner_text(), *labels])
        assert page.locator(".explorer").get_attribute("lang") == "ko"
        page.close()
    assert re.search("[가-힣]", shown) and set(re.findall(r"[A-Za-z]{3,}", shown)) <= NAMES
