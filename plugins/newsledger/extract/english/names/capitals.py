"""Runs of capitalised words: what every name in English is made of."""

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from newsledger.extract.english import tokens
from newsledger.extract.english.lexicon import common, words
from newsledger.text import Text

_UPPER = "".join(
    chr(point) for block in (range(0x41, 0x530), range(0x1E00, 0x1F00)) for point in block if chr(point).isupper()
)
_LETTER = r"[^\W\d_]"
# Small words inside a name: Jaap de Hoop Scheffer, Osama bin Laden.
_PARTICLE = (
    r"(?:(?:de[lrn]?|della|di|d[aou]s?|du|v[ao]n|bin|ibn|bint|ben|al|el|ul|la|le|te[rn]|zu[rm]?|y|e|abu|af|av|st)[ ])"
)
_ABBREVIATIONS = (
    "Jr Sr St Dr Mr Ms Mrs Lt Gov Sen Rep Gen Col Cpl Sgt Rev Adm Det Hon Cpt Maj Inc Prof Capt Insp Supt Atty Cmdr"
    " Brig Corp Pres Lieut Mt Ft Co Ltd Pvt Amb Del Snr Cllr"
)
_DOT = "|".join(rf"(?<=\b{word}\.)" for word in _ABBREVIATIONS.split())
# al-Assad, d'Estaing
_PREFIX = "al|el|ul|as|ash|ad|at|an|ar|d|l"
_WORD = r"(?:the|an?|and|as|who|in|is|was|of|to|on|or|but|for|at|by|he|she|it|his|her)"
# What follows the first capital of a word. The capital itself leads each pattern, so that scanning is fast.
_REST = (
    rf"(?:\.(?:-?[{_UPPER}]\.)*(?![^\W_])"  # J.K., U.S., D.
    rf"|[^\W_]*(?:&[{_UPPER}]{_LETTER}*)*"  # AT&T
    rf"(?:[-‐‑](?!{_WORD}\b){_LETTER}[^\W_]{{0,19}}"  # Kingston-Cox; not Cox-the
    rf"|[’'](?!s\b|S\b){_LETTER}{{1,20}})*"  # O'Brien, Ka'Loni; not Cox's
    rf"(?:\.(?:{_DOT}))?)"
)
_SUFFIX = r"(?:\s?,?[ ](?:Jr|Sr)\b(?:\s?\.)?)?"
_MORE = rf"(?:{_PARTICLE}{{1,2}})?(?:(?:{_PREFIX})[-’'])?[{_UPPER}]{_REST}"
_RUN = re.compile(rf"[{_UPPER}](?<![^\W_].)(?<![^\W_]['’.].){_REST}(?:[ ](?:&[ ])?{_MORE}){{0,12}}{_SUFFIX}")
_PIECE = re.compile(rf"{_MORE}{_SUFFIX}")
_BEFORE = re.compile(rf"(?<![^\W_])(?:{_PREFIX})[-’']$")
_LONG_WORD = re.compile(rf"(?<![^\W_]){_LETTER}[^\W_]{{3,}}")
_JOINS = frozenset("-’'")
_CLOSING = "\"'”’»)] "
_ENDING = frozenset(".!?…:;,")
_OPENING = re.compile(r"(?:[.!?…:][\"'”’»)\]]*|[–—-])\s*[\"'“‘«„(\[]*$|[\"“«„(\[]\s?$|(?:^|\s)['‘]$")


class Piece(msgspec.Struct, frozen=True, gc=False):
    """One capitalised word of a run, with the small words that belong to it (``de Hoop``)."""

    start: int
    end: int
    text: str
    low: str
    """The word in small letters."""


class Run(msgspec.Struct, frozen=True, gc=False):
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
    starts = iter(tokens.places(text).capitals)
    start = next(starts, len(body))
    for number, sentence in enumerate(text.sentences):
        titled, past = _titled(text[sentence], first=number == 0), sentence.start
        while start < sentence.end:
            match = _RUN.match(body, start, sentence.end) if start >= past else None
            if match:
                past = match.end()
                if run := _run(body, start, past, sentence.start, titled=titled):
                    yield run
            start = next(starts, len(body))


def _run(body: str, start: int, end: int, sentence: int, *, titled: bool) -> Run | None:
    if body[start - 1 : start] in _JOINS and (prefix := _BEFORE.search(body, max(0, start - 4), start)):
        start = prefix.start()
    opens = _opens(body, start, sentence)
    word = body[start:end]
    if " " in word:
        return Run(start, end, _pieces(body, start, end), opens, titled)
    low = word.lower()
    if opens and low in common() and word not in words("given_names"):
        return None
    return Run(start, end, (Piece(start, end, word, low),), opens, titled)


def _pieces(body: str, start: int, end: int) -> tuple[Piece, ...]:
    parts = body[start:end].split(" ")
    if not (all(part[:1].isupper() for part in parts) and parts[-1][:2] not in {"Jr", "Sr"}):  # particles, suffixes
        return tuple([Piece(*piece.span(), piece[0], piece[0].lower()) for piece in _PIECE.finditer(body, start, end)])
    pieces = []
    for part in parts:
        pieces.append(Piece(start, start + len(part), part, part.lower()))
        start += len(part) + 1
    return tuple(pieces)


def _opens(body: str, start: int, sentence: int) -> bool:
    if start > sentence + 1 and body[start - 1] == " " and (body[start - 2].isalnum() or body[start - 2] == ","):
        return False  # nearly all
    before = body[max(sentence, start - 6) : start]
    return not before or _OPENING.search(before) is not None


def _titled(sentence: str, *, first: bool) -> bool:
    """A short line, most of whose longer words are capitalised.

    With a full stop only the first of a text may be one, and must capitalise common words too (``Says``, ``Could``):
    names alone may fill a short sentence.
    """
    ended = sentence.rstrip(_CLOSING)[-1:] in _ENDING
    if len(sentence) > 160 or (ended and not first):
        return False
    long = _LONG_WORD.findall(sentence)
    share = sum(word[0].isupper() for word in long) / len(long) if len(long) >= 3 else 0
    if not ended:
        return share >= 0.7
    return share >= 0.8 and sum(word[0].isupper() and word.lower() in _headline_words() for word in long[1:]) >= 2


@cache
def _headline_words() -> frozenset[str]:
    named = words("places", "directions") | words("organisations", "portfolio") | words("roles", "titles")
    return common() - named - words("roles", "modifiers") - words("common_words", "days")


def small_words(text: Text) -> frozenset[str]:
    """Words as the text has them; one in small letters that it also capitalises is no name by itself."""
    return text.vocabulary
