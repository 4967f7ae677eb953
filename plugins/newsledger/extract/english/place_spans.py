"""Where a text may name a place: capitalised words that the gazetteer knows, longest match first."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from newsledger.extract.english.place_lexicon import CONNECTORS, SHORT_NAMES, STATE_NAMES, STATES
from newsledger.extract.folding import fold, fold_word
from newsledger.extract.gazetteer import Gazetteer, Kind, Place

_UPPER = "".join(
    char for char in map(chr, range(0x41, 0x1F00)) if unicodedata.category(char) == "Lu" and char < "\u0590"
)
_ABBREVIATED = "St|Ste|Ft|Mt|" + "|".join(sorted((key.capitalize() for key in STATES), key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?<![\w.])(?:[{_UPPER}]\.(?: ?[{_UPPER}]\.)+|W\. ?Va\.|(?:{_ABBREVIATED})\.(?=\W)"
    rf"|[{_UPPER}][^\W_]*(?:['’ʼ‘][^\W\d_]{{2,}})*|(?:{'|'.join(CONNECTORS.split())})(?![\w’']))"
    r"|(?<=[a-z]['’])[A-Z][a-z]+"
)
_MAX_WORDS = 8
NAME = rf"[{_UPPER}][^\W\d_]+(?:['’\-][^\W\d_]{{2,}})*(?: (?:de |del |la |al-)?[{_UPPER}][^\W\d_]+(?:['’\-][^\W\d_]{{2,}})*){{0,2}}"
"""One to three capitalised words, as a regular expression."""


class Token(NamedTuple):
    """A capitalised word, an abbreviation, or a lower-case word that names contain."""

    start: int
    end: int
    folded: str
    capital: bool


class Hit(NamedTuple):
    """Words that a place is known by, and the places."""

    start: int
    end: int
    first: int
    """Number of its first token."""
    last: int
    key: str
    places: tuple[Place, ...]


def tokens(body: str) -> list[Token]:
    """The words that names are made of, in order."""
    found = []
    for match in _TOKEN.finditer(body):
        word = match[0]
        found.append(
            Token(match.start(), match.end(), sys.intern(fold_word(word.replace(" ", ""))), not word[0].islower())
        )
    return found


def hits(body: str, words: list[Token], gazetteer: Gazetteer) -> Iterator[Hit]:
    """Longest matches from left to right; they never overlap."""
    at = 0
    while at < len(words):
        hit = _longest(body, words, at, gazetteer) if words[at].capital else None
        if hit is None:
            at += 1
        else:
            yield hit
            at = hit.last + 1


def _longest(body: str, words: list[Token], first: int, gazetteer: Gazetteer) -> Hit | None:
    if (
        first
        and body[words[first].start - 2 : words[first].start] == ", "
        and (state := _state(body, words, first, gazetteer))
    ):
        return state
    best, key = None, ""
    for at in range(first, min(first + _MAX_WORDS, len(words))):
        word = words[at]
        joint = body[words[at - 1].end : word.start] if at > first else ""
        if joint in _POSSESSIVE:
            key += "s"
        elif (
            at > first and joint not in _JOINTS and not (key == "washington" and word.folded == "dc" and joint == ", ")
        ):
            break
        key = f"{key} {word.folded}" if key else word.folded
        found = gazetteer.find(key)
        if found is None and body[word.end : word.end + 3] not in _POSSESSIVE:
            break
        if found and word.capital and _fits_case(body, words[first], word, key):
            best = Hit(words[first].start, word.end, first, at, key, found)
    return best or _state(body, words, first, gazetteer)


_POSSESSIVE = frozenset(("'s ", "’s "))
_JOINTS = frozenset((" ", "-", "–", "\u2010", "\u2011"))


def _fits_case(body: str, first: Token, last: Token, key: str) -> bool:
    """Short names count only in capitals (*US*, *NSW*); other short words in capitals are not names (*IT*)."""
    if len(key) > 4 or " " in key:
        return True
    word = body[first.start : last.end].replace(".", "").replace(" ", "")
    return (key in SHORT_NAMES) == word.isupper()


def _state(body: str, words: list[Token], at: int, gazetteer: Gazetteer) -> Hit | None:
    """A state by its abbreviation: with a stop (*Calif.*), or in two capitals behind a comma (*Akron, OH*)."""
    word = words[at]
    raw = body[word.start : word.end]
    code = STATES.get(word.folded) if raw.endswith(".") and len(raw) > 2 else None
    if code is None and len(raw) == 2 and raw in STATE_NAMES and body[word.start - 2 : word.start] == ", ":
        code = raw
    if code is None:
        return None
    places = tuple(place for place in gazetteer.places(STATE_NAMES[code])
                   if place.country == "US" and (place.kind is Kind.region or code == "DC"))  # fmt: skip
    titled = (
        raw.endswith(".") and body[word.start - 2 : word.start] != ", " and body[word.end + 1 : word.end + 2].isupper()
    )
    return Hit(word.start, word.end, at, at, fold(STATE_NAMES[code]), places[:1]) if places and not titled else None
