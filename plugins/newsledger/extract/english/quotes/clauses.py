"""Sentences as the reader of quotations sees them: what stands between marks is one token."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, partial

import msgspec

from newsledger.extract.english.quotes.cues import (
    AUXILIARIES,
    CLAUSE_OPENERS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
    WEEKDAYS,
    can_speak,
)
from newsledger.extract.english.quotes.marks import Marked
from newsledger.extract.memory import Memory
from newsledger.text import Span, Text

_TOKEN = re.compile(r"[^\W_]++(?:['’.\-\u2010\u2011&/][^\W_]++)*+(?:['’](?=\s|$))?+|--+|\.\.+|[^\s\w]|_+")
# A stop right after these belongs to them.
_ABBREVIATED = frozenset(
    """mr mrs ms dr rep reps sen sens gov gen col lt sgt capt cmdr adm maj prof rev hon st jr sr del det supt insp atty
    pres no vs""".split()
)
FUNCTION_WORDS = (
    CLAUSE_OPENERS | PREPOSITIONS | DETERMINERS | PRONOUNS | AUXILIARIES
    | frozenset("according asked speaking many earlier later late early last next what them him her me us".split())
)  # fmt: skip
# In the middle of a sentence `Will` and `May` are names.
_NEVER_NAMES = CLAUSE_OPENERS | PREPOSITIONS | DETERMINERS | PRONOUNS
_DASHES = frozenset("— – ― -- --- -".split())
_CONTRACTED = {
    f"{pronoun}'{ending}": pronoun
    for pronoun in ("he", "she", "they", "i", "we", "it", "you", "who")
    for ending in ("s", "re", "m", "ve", "d", "ll")
}

_LONGEST = 4000
"""Characters of a sentence; newspapers stay well below a thousand."""

QUOTED, NAME, WORD = "Q", "N", "w"
_WORDY = frozenset((NAME, WORD))


class Token(msgspec.Struct, frozen=True, gc=False):  # there are many: made and read in half the time of a tuple
    """A word, a mark or a whole quotation."""

    start: int
    end: int
    kind: str
    """``Q`` a quotation, ``N`` a capitalised word, ``w`` another word, else the mark itself (a dash is ``—``)."""
    word: str
    """Lower case, without a possessive ending; of a quotation its last mark (`,`), if it ends in one."""
    possessive: bool = False
    contracted: bool = False
    """Whether a verb hangs on a pronoun: `he’s`."""


class Sentence:
    """One sentence with its quotations, ``pairs[first:last]`` of the article."""

    def __init__(self, text: Text, span: Span, pairs: Sequence[Marked]) -> None:
        """Read the tokens around the pairs inside."""
        self.text, self.span, self.pairs = text, span, pairs
        self.tokens = self._tokens()
        """In order; a quotation is one."""
        self.starts = [token.start for token in self.tokens]
        """Where each token begins, for look-up by position."""

    def _tokens(self) -> tuple[Token, ...]:
        found: list[Token] = []
        position = self.span.start
        for pair in self.pairs:
            self._read(found, position, pair.opening)
            last = self.text.body[pair.end - 1]
            found.append(Token(pair.opening, pair.closing, QUOTED, last if not last.isalnum() else ""))
            position = pair.closing
        self._read(found, position, self.span.end)
        return tuple(found)

    def _read(self, found: list[Token], start: int, end: int) -> None:
        """Add what stands between two positions, none of it quoted."""
        read = _inside if found else _opening
        for chunk in self.text.body[start:end].split(" "):
            for first, last, kind, word, possessive, contracted in read[chunk]:
                found.append(Token(start + first, start + last, kind, word, possessive, contracted))
                if kind in _WORDY:
                    read = _inside
            start += len(chunk) + 1

    @cached_property
    def stands_alone(self) -> bool:
        """Whether it is nothing but quotations."""
        return all(token.kind in {QUOTED, ".", ",", "…"} for token in self.tokens)

    def index_at(self, position: int) -> int:
        """Index of the token that holds the position, or the last before it."""
        return max(bisect_right(self.starts, position) - 1, 0)


_Class = tuple[str, str, bool, bool]
"""Kind, word, possessive and contracted."""
_Part = tuple[int, int, str, str, bool, bool]
"""Start and end within a chunk, and its class."""


def _parts(chunk: str, *, first: bool) -> tuple[_Part, ...]:
    """The tokens of what stands between spaces; ``first`` where it opens its sentence."""
    found: list[_Part] = []
    for match in _TOKEN.finditer(chunk):
        start, end = match.span()
        if match[0] == "." and found and start == found[-1][1] and _is_abbreviated(chunk, found[-1]):
            found[-1] = (found[-1][0], end, NAME, *found[-1][3:])
            continue
        part = (start, end, *_classified(match[0], first=first))
        found.append(part)
        first = first and part[2] not in _WORDY
    return tuple(found)


def _is_abbreviated(chunk: str, part: _Part) -> bool:
    """`Mr.`, `J.`, `U.S.`: the stop ends no sentence."""
    word = part[3]
    short = word in _ABBREVIATED or len(word) == 1 or word[1:2] == "."
    return short and chunk[part[0]].isupper()


def _classified(exact: str, *, first: bool) -> _Class:
    """What a token is; ``first`` when it opens its sentence."""
    if not exact[0].isalnum():
        return "—" if exact in _DASHES else exact[0], exact, False, False
    low = exact.lower().replace("’", "'")
    if low in _CONTRACTED:
        return WORD, _CONTRACTED[low], False, True
    possessive = low.endswith(("'s", "'")) and low not in {"that's", "what's", "let's", "there's", "here's"}
    stem = low.removesuffix("'s").removesuffix("'") if possessive else low
    # The 93rd Brigade and a G7 of their own: a number can begin a name.
    numbered = exact[0].isdigit() and (
        exact.endswith(("st", "nd", "rd", "th")) or any(char.isupper() for char in exact)
    )
    capital = exact[0].isupper() or numbered
    named = capital and not _is_common(exact, stem, possessive=possessive, first=first)
    return NAME if named else WORD, stem, possessive, False


def _is_common(exact: str, stem: str, *, possessive: bool, first: bool) -> bool:
    """Whether a word with a capital is no name; one that opens a sentence is a name only where nothing else fits."""
    if stem in WEEKDAYS:
        return True
    if exact.isupper() and len(exact) > 1:
        return False
    if not first:
        return stem in _NEVER_NAMES
    return stem in FUNCTION_WORDS or (not possessive and (can_speak(stem) or (stem in VERBS and stem != "mark")))


_inside = Memory(partial(_parts, first=False))
_opening = Memory(partial(_parts, first=True))


def _bounded(text: Text) -> Iterator[Span]:
    """The sentences of a text; one without end is cut at spaces, so that no rule looks further than it should."""
    for span in text.sentences:
        if span.end - span.start <= _LONGEST:
            yield span
            continue
        start = span.start
        while span.end - start > _LONGEST:
            space = text.body.rfind(" ", start + 1, start + _LONGEST)
            cut = space if space > 0 else start + _LONGEST
            yield Span(start, cut)
            start = cut
        yield Span(start, span.end)


def sentences(text: Text, pairs: tuple[Marked, ...]) -> tuple[Sentence, ...]:
    """The sentences around the quotations: a stop inside marks ends none, and no paragraph end is crossed."""
    found: list[Sentence] = []
    index, start, first = 0, None, 0
    for span in _bounded(text):
        start = span.start if start is None else start
        while index < len(pairs) and pairs[index].closing <= span.end:
            index += 1
        if index < len(pairs) and pairs[index].opening < span.end:
            continue  # the stop lies inside marks
        whole = span if start == span.start else Span(start, span.end)
        found.append(Sentence(text, whole, pairs[first:index]))
        start, first = None, index
    if start is not None:
        found.append(Sentence(text, Span(start, text.sentences[-1].end), pairs[first:]))
    return tuple(found)
