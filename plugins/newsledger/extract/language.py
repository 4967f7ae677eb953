"""Which language a text is in."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LOOK = 800
"""Characters that decide; more add time, not certainty."""

# Words that only English has this often. A text made of them needs no model, which takes half a second to load.
_ENGLISH = frozenset("the and of to that was with for his has have this from they which were been their would".split())
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_SHARE = 0.15
_ENOUGH_WORDS = 40
# Confidence is of 1, calibrated over length by py3langid. Short text is told where one language stands out.
_CONFIDENCE = 0.5
_STANDING_OUT = (0.3, 2.5)


def identify(text: str, declared: str | None = None) -> str:
    """BCP 47 code of the text's language by its first characters.

    `und` where they do not tell: then the declared language counts, if there is one.
    """
    head = text[:LOOK]
    if _plainly_english(head):
        return "en"
    (language, first), (_, second), *_ = _identifier().rank(head)
    least, times = _STANDING_OUT
    told = first >= _CONFIDENCE or (first >= least and first >= times * second)
    if told and language != "zxx":  # zxx: no language, digits and signs only
        return str(language)
    return _primary(declared) or "und"


def confidence(text: str) -> float:
    """How surely the text is in one language, 0 to 1; low for text decoded from the wrong code page."""
    return float(_identifier().classify(text)[1])


def _plainly_english(text: str) -> bool:
    words = _WORD.findall(text.lower())
    common = sum(map(_ENGLISH.__contains__, words))
    return len(words) >= _ENOUGH_WORDS and "the" in words and common >= _ENGLISH_SHARE * len(words)


def _primary(declared: str | None) -> str | None:
    """`en` of `en-GB` or `en_US`; region and script say nothing that the rules need."""
    match = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", (declared or "").strip())
    return match[1].lower() if match else None


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
