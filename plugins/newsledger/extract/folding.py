"""One spelling for names written many ways: what the gazetteer's keys are made of.

Not transliteration, which joins names that differ; only accents, apostrophes, hyphens, case and the usual short
forms of "Saint", "Fort" and "Mount" fall together: ``Łódź`` = ``Lodz``, ``St. Louis`` = ``Saint Louis``.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe",
                          "þ": "th", "ə": "a"})  # fmt: skip
_DROPPED = str.maketrans("", "", ".'’‘ʼʻ`´ʹʺ\u02be\u02bf·")
_SEPARATORS = re.compile(r"[\s\-‐‑–/]+")
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


@lru_cache(maxsize=32768)
def fold_word(word: str) -> str:
    """One word without accents, case, apostrophes and stops; ``St.`` becomes ``saint``."""
    folded = word.lower()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded.translate(_LETTERS))
        folded = "".join(char for char in folded if not unicodedata.combining(char))
    folded = folded.translate(_DROPPED)
    return _SHORT.get(folded, folded)


@lru_cache(maxsize=32768)
def fold(name: str) -> str:
    """A name as its folded words, one space between them."""
    return " ".join(filter(None, map(fold_word, _SEPARATORS.split(name.strip()))))
