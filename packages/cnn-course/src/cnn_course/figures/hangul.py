"""Letters for Korean figures: Matplotlib's own fonts have none.

`python -m cnn_course.figures.hangul NanumBarunGothic.ttf` makes `hangul.ttf` anew: the syllables of KS X 1001, single
letters, ASCII and a few signs. The licence of that font, `OFL.txt`, asks that what was changed gets another name.
"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib import font_manager

from cnn_course.language import language

FONT = Path(__file__).with_name("hangul.ttf")
NAME = "Hangul of the Course"
SIGNS = "·…‘’“”×–—→°"
LICENCE = "This font is licensed under the SIL Open Font License, Version 1.1."


def know_hangul() -> None:
    """Where the notebook's language is Korean, let Matplotlib take from this font what its own fonts have not."""
    families = plt.rcParams["font.family"]
    if language() == "ko" and NAME not in families:
        font_manager.fontManager.addfont(FONT)
        plt.rcParams["font.family"] = [*families, NAME]


def kept() -> str:
    """All signs that the font is to have."""
    syllables = [chr(code) for code in range(0xAC00, 0xD7A4) if len(chr(code).encode("euc_kr")) == 2]
    return "".join([*syllables, *map(chr, range(0x3131, 0x3164)), *map(chr, range(0x20, 0x7F)), SIGNS])


def reduced(source: str) -> None:
    """Write the font that has these signs of another one."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6])
    options.drop_tables += ["FFTM", "TSI0", "TSI1", "TSI2", "TSI3", "TSI5", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=kept())
    subsetter.subset(font)
    for number, text in {1: NAME, 3: NAME, 4: NAME, 6: NAME.replace(" ", ""), 13: LICENCE}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font.save(FONT)


if __name__ == "__main__":
    reduced(sys.argv[1])
