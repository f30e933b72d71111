"""Korean particles after a value that is known only when it is said: 3(을/를) becomes 3을, and 2(을/를) becomes 2를."""

import re

PAIR = re.compile(r"([A-Za-z]+|\w?)([^\w\s(]*)\(([가-힣]+)/([가-힣]+)\)")
CLOSED_DIGITS = frozenset("013678")  # 영 일 삼 육 칠 팔
DIGITS_WITH_RIEUL = frozenset("178")
CLOSED_LETTERS = frozenset("LMNR")  # 엘 엠 엔 알
LETTERS_WITH_RIEUL = frozenset("LR")
CLOSED_WORD = re.compile(r"([lmn]e?|ng|[^aeiou][aeiou][ckpt]|out)$")  # kernel, name, input; but not error, size, float
WORD_WITH_RIEUL = re.compile(r"le?$")


def with_particles(text: str) -> str:
    """Choose between the two forms of each particle that stands as (을/를): the first follows a final consonant."""
    return PAIR.sub(lambda pair: f"{pair[1]}{pair[2]}{_chosen(pair[1], pair[3], pair[4])}", text)


def _chosen(last: str, after_consonant: str, after_vowel: str) -> str:
    closed, rieul = _ending(last)
    return after_vowel if not closed or (rieul and after_vowel.startswith("로")) else after_consonant


def _ending(last: str) -> tuple[bool, bool]:
    """Whether a digit, a syllable or an English word ends in a consonant as it is read, and whether that is ㄹ."""
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return final > 0, final == 8
    if len(last) == 1 or last.isupper():  # read letter by letter
        sign = last[-1:].upper()
        return sign in CLOSED_DIGITS | CLOSED_LETTERS, sign in DIGITS_WITH_RIEUL | LETTERS_WITH_RIEUL
    return CLOSED_WORD.search(last) is not None, WORD_WITH_RIEUL.search(last) is not None
