"""Runs of capitalised words: what every name in English is made of."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from newsledger.extract.english.lexicon import common, words
from newsledger.text import Text

_UPPER = "".join(
    chr(point) for block in (range(0x41, 0x530), range(0x1E00, 0x1F00)) for point in block if chr(point).isupper()
)
_LETTER = r"[^\W\d_]"
# Small words inside a name: Jaap de Hoop Scheffer, Osama bin Laden.
_PARTICLE = (
    r"(?:de[lrn]?|della|di|d[aou]s?|du|v[ao]n|bin|ibn|bint|ben|al|el|ul|la|le|te[rn]|zu[rm]?|y|e|abu|af|av|st)[ ]"
)
_ABBREVIATIONS = (
    "Jr Sr St Dr Mr Ms Mrs Lt Gov Sen Rep Gen Col Cpl Sgt Rev Adm Det Hon Cpt Maj Inc Prof Capt Insp Supt Atty Cmdr"
    " Brig Corp Pres Lieut Mt Ft Co Ltd Pvt Amb Del Snr Cllr"
)
_DOT = "|".join(rf"(?<=\b{word})" for word in _ABBREVIATIONS.split())
_WORD = r"(?:the|an?|and|as|who|in|is|was|of|to|on|or|but|for|at|by|he|she|it|his|her)"
_TOKEN = (
    rf"(?:(?:al|el|ul|as|ash|ad|at|an|ar|d|l)[-’'](?=[{_UPPER}]))?"  # al-Assad, d'Estaing
    rf"(?:(?:[{_UPPER}]\.(?:-?(?=[{_UPPER}]))?)+(?![^\W_])"  # J.K., U.S., D.
    rf"|[{_UPPER}](?:{_LETTER}|\d)*(?:&[{_UPPER}]{_LETTER}*)*"  # AT&T
    rf"(?:[-‐‑](?!{_WORD}\b){_LETTER}[^\W_]{{0,19}}"  # Kingston-Cox; not Cox-the
    rf"|[’'](?!s\b|S\b){_LETTER}{{1,20}})*"  # O'Brien, Ka'Loni; not Cox's
    rf"(?:(?:{_DOT})\.)?)"
)
_RUN = re.compile(
    rf"(?<![^\W_])(?<![^\W_]['’.])(?:{_TOKEN})(?:[ ](?:&[ ])?(?:{_PARTICLE}{{1,2}})?(?:{_TOKEN})){{0,12}}"
    r"(?:\s?,?[ ](?:Jr|Sr)\b(?:\s?\.)?)?"
)
_PIECE = re.compile(rf"(?:{_PARTICLE}{{1,2}})?{_TOKEN}(?:\s?,?[ ](?:Jr|Sr)\b(?:\s?\.)?)?")
_LONG_WORD = re.compile(rf"(?<![^\W_]){_LETTER}[^\W_]{{3,}}")
_LINE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*\s*$")
_OPENING = re.compile(r"(?:[.!?…:][\"'”’»)\]]*|[–—-])\s*[\"'“‘«„(\[]*$|[\"“«„(\[]\s?$|(?:^|\s)['‘]$")
_SMALL = re.compile(r"(?<![^\W_])[a-z]{2,}(?![^\W_])")


class Piece(NamedTuple):
    """One capitalised word of a run, with the small words that belong to it (``de Hoop``)."""

    start: int
    end: int
    text: str
    low: str
    """The word in small letters."""


class Run(NamedTuple):
    """Capitalised words in a row."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    opens: bool
    """Whether the first word would be capitalised anyway: it begins a sentence, a line or a quote."""
    titled: bool
    """Whether the line capitalises most words, so that capitals say nothing: a headline."""


def runs(text: Text) -> Iterator[Run]:
    """All runs in order, without common words that only open a sentence."""
    body = text.body
    for sentence in text.sentences:
        titled = _titled(text[sentence])
        for match in _RUN.finditer(body, sentence.start, sentence.end):
            start, end = match.span()
            opens = _opens(body, start, sentence.start)
            if " " not in match[0]:
                low = match[0].lower()
                if not (opens and low in common() and match[0] not in words("given_names")):
                    yield Run(start, end, (Piece(start, end, match[0], low),), opens, titled)
                continue
            pieces = tuple(
                Piece(*piece.span(), piece[0], piece[0].lower()) for piece in _PIECE.finditer(body, start, end)
            )
            yield Run(start, end, pieces, opens, titled)


def _opens(body: str, start: int, sentence: int) -> bool:
    before = body[max(sentence, start - 6) : start]
    return not before or _OPENING.search(before) is not None


def _titled(sentence: str) -> bool:
    """A short line, most of whose longer words are capitalised.

    One with a full stop must also capitalise common words (``Says``, ``Could``): names alone may fill a short sentence.
    """
    if len(sentence) > 160:
        return False
    long = _LONG_WORD.findall(sentence)
    share = sum(word[0].isupper() for word in long) / len(long) if len(long) >= 3 else 0
    if not _LINE_END.search(sentence):
        return share >= 0.7
    return share >= 0.8 and sum(word[0].isupper() and word.lower() in _headline_words() for word in long[1:]) >= 2


@cache
def _headline_words() -> frozenset[str]:
    named = words("places", "directions") | words("organisations", "portfolio") | words("roles", "titles")
    return common() - named - words("roles", "modifiers") - words("common_words", "days")


def plain_words(text: Text) -> frozenset[str]:
    """Words that the text also writes small, and the commonest words of English: no names by themselves."""
    return common().union(_SMALL.findall(text.body))
