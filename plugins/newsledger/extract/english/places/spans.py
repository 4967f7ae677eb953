"""Where a text may name a place: capitalised words that the gazetteer knows, longest match first."""

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from newsledger.extract.english.places.words import CONNECTORS, SHORT_NAMES, STATE_NAMES, STATES
from newsledger.extract.english.tokens import places
from newsledger.extract.folding import fold, fold_word
from newsledger.extract.gazetteer import Gazetteer, Kind, Place
from newsledger.text import Text

_UPPER = "".join(char for char in map(chr, range(0x41, 0x590)) if unicodedata.category(char) == "Lu")
_ABBREVIATED = "St|Ste|Ft|Mt|" + "|".join(sorted((key.capitalize() for key in STATES), key=len, reverse=True))
_TOKEN = re.compile(
    rf"[{_UPPER}](?:\.(?: ?[{_UPPER}]\.)+|(?<=W)\. ?Va\.|(?<=(?=({_ABBREVIATED})\.(?!\w)).)[a-z]+\."
    rf"|[^\W_]*(?:['’ʼ‘][^\W\d_]{{2,}})*)"
)
_MAX_WORDS = 8
_POSSESSIVE = frozenset(("'s ", "’s "))
_JOINTS = frozenset((" ", "-", "–", "\u2010", "\u2011"))
_DATELINE = re.compile(r"(?:, [A-Z][\w.]+)?(?: \([A-Z]\w+\))? ?(?:[–—]|--|- )")
_JOINT_WORDS = re.compile(rf"[ -](?:(?:{'|'.join(sorted(CONNECTORS))})[ -]){{1,3}}")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A capitalised word or an abbreviation."""

    start: int
    end: int
    folded: str


class Hit(msgspec.Struct, frozen=True, gc=False):
    """Words that a place is known by, and the places."""

    start: int
    end: int
    first: int
    """Number of its first token."""
    last: int
    key: str
    places: tuple[Place, ...]


def tokens(text: Text) -> list[Token]:
    """The capitalised words, in order."""
    body, past = text.body, 0
    found = []
    for start in places(text).capitals:
        if start < past or (body[start - 1 : start] == "." and body[start - 2 : start - 1] not in {"", "."}):
            continue
        if match := _TOKEN.match(body, start):
            past = match.end()
            found.append(Token(start, past, fold_word(match[0].replace(" ", ""))))
    return found


def hits(body: str, words: list[Token], gazetteer: Gazetteer) -> Iterator[Hit]:
    """Longest matches from left to right; they never overlap."""
    at = 0
    while at < len(words):
        hit = _at(body, words, at, gazetteer)
        if hit is None:
            at += 1
        else:
            yield hit
            at = hit.last + 1


def _at(body: str, words: list[Token], at: int, gazetteer: Gazetteer) -> Hit | None:
    """The hit that begins with a word: behind a comma rather a state's abbreviation, else the longest name."""
    if body.endswith(", ", 0, words[at].start):
        return _state(body, words, at, gazetteer) or _longest(body, words, at, gazetteer)
    return _longest(body, words, at, gazetteer) or _state(body, words, at, gazetteer)


def _longest(body: str, words: list[Token], first: int, gazetteer: Gazetteer) -> Hit | None:
    best, key = None, ""
    for at in range(first, min(first + _MAX_WORDS, len(words))):
        word = words[at]
        joined = word.folded if at == first else _joined(key, body[words[at - 1].end : word.start], word.folded)
        if joined is None:
            break
        key = joined
        found = gazetteer.find(key)
        if found and _fits_case(body, words[first], word, key):
            best = Hit(words[first].start, word.end, first, at, key, found)
        if found is None and body[word.end : word.end + 3] not in _POSSESSIVE:
            break
    return best


def _joined(key: str, joint: str, folded: str) -> str | None:
    """The key of a longer name, where what stands between two words joins them."""
    if joint in _JOINTS:
        return f"{key} {folded}"
    if joint in _POSSESSIVE:
        return f"{key}s {folded}"
    if joint == ", " and key == "washington" and folded == "dc":
        return f"{key} {folded}"
    if len(joint) < 16 and _JOINT_WORDS.fullmatch(joint):
        return f"{key} {fold(joint)} {folded}"
    return None


def _fits_case(body: str, first: Token, last: Token, key: str) -> bool:
    """Short names count only in capitals (*US*, *NSW*); other short words in capitals are not names (*IT*)."""
    if len(key) > 4 or " " in key:
        return True
    word = body[first.start : last.end].replace(".", "").replace(" ", "")
    return (key in SHORT_NAMES) == word.isupper() or (len(key) == 4 and bool(_DATELINE.match(body, last.end)))


def _state(body: str, words: list[Token], at: int, gazetteer: Gazetteer) -> Hit | None:
    """A state by its abbreviation: with a stop (*Calif.*), or in two capitals behind a comma (*Akron, OH*)."""
    word = words[at]
    raw = body[word.start : word.end]
    behind = at > 0 and words[at - 1].end == word.start - 2 and body[words[at - 1].end : word.start] == ", "
    titled = not behind and body[word.end + 1 : word.end + 2].isupper()
    code = STATES.get(word.folded) if raw.endswith(".") and len(raw) > 2 and not titled else None
    if code is None and len(raw) == 2 and behind and raw in STATE_NAMES:
        code = raw
    if code is None:
        return None
    places = gazetteer.places(STATE_NAMES[code])
    state = next(
        (place for place in places if place.country == "US" and (place.kind is Kind.region or code == "DC")), None
    )
    return Hit(word.start, word.end, at, at, fold(STATE_NAMES[code]), (state,)) if state else None
