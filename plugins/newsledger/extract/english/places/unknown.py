"""Places that no gazetteer lists but that the text itself calls one: *the village of Sosnivka*, *Quill River*."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator

from newsledger.extract.english.lexicon import common, groups
from newsledger.extract.english.places import words as lexicon
from newsledger.extract.english.places.spans import Token
from newsledger.records import Mention
from newsledger.text import Span

_KINDS = frozenset(
    """village town hamlet suburb neighborhood neighbourhood settlement municipality township city district county
    province island villages towns hamlets suburbs neighborhoods neighbourhoods settlements municipalities townships
    cities districts counties provinces islands""".split()
)
_KINDS_AFTER = frozenset(
    """district province county municipality valley island township oblast river village neighborhood
    neighbourhood""".split()
)
_ENDINGS = tuple(f" {kind}" for kind in sorted(_KINDS_AFTER))
_TYPES_AFTER = frozenset(
    "river creek township county island mountains mountain valley bay peninsula desert airport".split()
)
_TYPES_BEFORE = frozenset("lake mount cape".split())
_LEADS = frozenset(("the", "in", "of", "from", "near"))
_NAME_WORDS = 3
_LIST_NAMES = 10
_NEAR = 120  # characters


def unlisted(
    body: str, words: list[Token], known: Iterable[Mention], country: str | None, pointed: Collection[Span] = ()
) -> list[Mention]:
    """Places that only the text or a recogniser knows, where nothing else is read.

    They lie in the country that the article keeps to.
    """
    mentions = list(known)
    taken = sorted((mention.start, mention.end) for mention in mentions)
    placed = sorted((mention.start, mention.country_code) for mention in mentions if mention.country_code)
    found = []
    for span in sorted({*_spans(body, words), *_pointed_at(body, words, pointed)}):
        at = bisect_right(taken, (span.start, len(body)))
        if (at and taken[at - 1][1] > span.start) or (at < len(taken) and taken[at][0] < span.end):
            continue
        exact = body[span.start : span.end]
        first, _, rest = exact.partition(" ")
        if first.lower() in lexicon.NEVER or (rest and first.lower() in lexicon.OPENERS):
            continue
        taken.insert(at, (span.start, span.end))
        where = country or _nearest(placed, span)
        found.append(Mention(start=span.start, end=span.end, exact=exact, type="place", name=exact, country_code=where))
    return found


def _pointed_at(body: str, words: list[Token], pointed: Collection[Span]) -> Iterator[Span]:
    """What a recogniser points at, where it is whole capitalised words, no more beside them, none a giveaway."""
    by_start = {word.start: at for at, word in enumerate(words)} if pointed else {}
    by_end = {word.end: at for at, word in enumerate(words)} if pointed else {}
    for span in pointed:
        first, last = by_start.get(span.start), by_end.get(span.end)
        if first is None or last is None or last - first >= _NAME_WORDS:
            continue
        alone = not _goes_on(body, words, last) and not (first and _goes_on(body, words, first - 1))
        named_after = _word_after(body, span.end + 1) in lexicon.NOT_AFTER  # Zozulivka virus
        if alone and not named_after and not any(map(_no_place, body[span.start : span.end].split(" "))):
            yield span


def _no_place(word: str) -> bool:
    """Whether a word of a name says that it is no place's: *Monday*, *Danes*, *Anna*, *Stadium*."""
    low = word.lower()
    return low in common() or word in groups() or any(low in words for words in (lexicon.PERSONAL, lexicon.TAILS))


def _nearest(placed: list[tuple[int, str]], span: Span) -> str | None:
    """The country of the place that stands nearest, if within a sentence or so: *Zozulivka and Prutky in Idlib*."""
    at = bisect_right(placed, (span.start, ""))
    near = [(abs(start - span.start), code) for start, code in placed[max(0, at - 1) : at + 1]]
    distance, code = min(near, default=(_NEAR, ""))
    return code if distance < _NEAR else None


def _spans(body: str, words: list[Token]) -> Iterator[Span]:
    """Spans of names that the text calls places; some come twice."""
    for at, word in enumerate(words):
        if body.endswith(" of ", 0, word.start) and _word_before(body, word.start - 4) in _KINDS:
            yield from _list(body, words, at)  # the villages of Olhivka, Petrivka and Sosnivka
        if word.folded in _TYPES_AFTER and not _goes_on(body, words, at):
            yield from _typed(body, words, at)  # Quill River, Marsh County
        if word.folded in _TYPES_BEFORE and _goes_on(body, words, at):
            yield Span(word.start, words[at + 1].end)  # Lake Quill
        if body.startswith(_ENDINGS, word.end) and _word_after(body, word.end + 1) in _KINDS_AFTER:
            first = _first(body, words, at)
            if _word_before(body, words[first].start - 1) in _LEADS:  # the Olhiv district
                yield Span(words[first].start, word.end)


def _typed(body: str, words: list[Token], at: int) -> Iterator[Span]:
    first = _first(body, words, at)
    while first < at and words[first].folded in lexicon.OPENERS:
        first += 1
    if first < at:
        yield Span(words[first].start, words[at].end)


def _list(body: str, words: list[Token], at: int) -> Iterator[Span]:
    for _ in range(_LIST_NAMES):
        last = at
        while last + 1 < len(words) and last - at < _NAME_WORDS - 1 and _goes_on(body, words, last):
            last += 1
        yield Span(words[at].start, words[last].end)
        at = last + 1
        if at >= len(words) or body[words[last].end : words[at].start] not in {", ", " and ", ", and "}:
            return


def _goes_on(body: str, words: list[Token], at: int) -> bool:
    """Whether the next word follows after one space."""
    return at + 1 < len(words) and body[words[at].end : words[at + 1].start] in {" ", " de ", " del ", " la ", " al-"}


def _first(body: str, words: list[Token], at: int) -> int:
    """Number of the first word of the name that ends with this one."""
    first = at
    while first > 0 and at - first < _NAME_WORDS - 1 and _goes_on(body, words, first - 1):
        first -= 1
    return first


def _word_before(body: str, end: int) -> str:
    window = body[max(0, end - 16) : max(0, end)]
    return window.rpartition(" ")[2].lower()


def _word_after(body: str, start: int) -> str:
    window = body[start : start + 16]
    end = next((at for at, char in enumerate(window) if not char.isalpha()), len(window))
    return window[:end]
