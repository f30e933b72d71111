"""Korean particles after a value that is known only when it is said: 3(을/를) becomes 3을, and 2(을/를) becomes 2를."""

import re

PAIR = re.compile(r"(\w?)([^\w\s()]*|\)*)\(([가-힣]+)/([가-힣]+)\)")
WITH_FINAL_CONSONANT = frozenset("013678lmnrLMNR")  # 영 일 삼 육 칠 팔 엘 엠 엔 알
WITH_RIEUL = frozenset("178lrLR")  # 일 칠 팔 엘 알


def with_particles(text: str) -> str:
    """Choose between the two forms of each particle that stands as (을/를): the first follows a final consonant."""
    return PAIR.sub(lambda pair: f"{pair[1]}{pair[2]}{_chosen(pair[1], pair[3], pair[4])}", text)


def _chosen(last: str, after_consonant: str, after_vowel: str) -> str:
    final = (ord(last) - ord("가")) % 28 if "가" <= last <= "힣" else None
    closed = last in WITH_FINAL_CONSONANT if final is None else final > 0
    rieul = last in WITH_RIEUL if final is None else final == 8
    return after_vowel if not closed or (rieul and after_vowel.startswith("로")) else after_consonant
