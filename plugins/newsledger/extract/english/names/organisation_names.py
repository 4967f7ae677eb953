"""Which capitalised words name an organisation: by the words they are made of, and by what the text calls them."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from newsledger.extract.english.lexicon import demonyms, words
from newsledger.extract.english.names.capitals import Piece, Run
from newsledger.extract.english.names.organisation_words import (
    SMALL,
    based,
    heads,
    known,
    not_organisations,
    openers,
    person_words,
    stripped,
    unit,
)

# Ministry of the Interior, Council on Foreign Relations, Organization for Security in Europe
_JOIN = re.compile(
    r" (?:of|for|on|against|de|des|du|der|für) (?:the |her |his |la )?| in (?=(?:Europe|Higher|Africa|Asia)\b)"
)
_AND = re.compile(r" (?:and|&) |, (?=[A-Z]\w+(?:,| and) [A-Z])")
_POSSESSIVE = re.compile(r"['’]s? ")
# an analyst at X
_AFFILIATED = re.compile(
    r"\b(?:analyst|researcher|expert|professor|lecturer|editor|economist|scientist|fellow|director|manager|president"
    r"|executive|engineer|spokes\w+|consultant|strategist|partner|lawyer|reporter|correspondent|head|chief|officer)s?"
    r" at (?:the )?$"
)
_LARGE = 100_000
"""People that make a town so well known that its name alone means it."""
_PERSON = "(?:owner|president|executive|official|director|worker|boss|founder|spokes)"
# Openers that need more than "of" behind them: the Communist Party of China, but not the United of anything.
_WEAK_OPENERS = frozenset("United National Party".split())
_FORMS = frozenset("Inc Inc. Corp Corp. Co Co. Ltd Ltd. LLC LLP PLC Plc Bros Bros.".split())


@cache
def _called() -> re.Pattern[str]:
    """The newspaper X; the militant group X."""
    return re.compile(rf"\b(?:{_either('kinds')}),? $")


@cache
def _called_last() -> frozenset[str]:
    return frozenset(kind.rpartition(" ")[2] for kind in words("organisations", "kinds"))


@cache
def _calls() -> re.Pattern[str]:
    """X newspaper; X, a think tank; but not X, the company president."""
    apposed = rf", (?:an?|the) (?:[\w’'-]+ ){{0,4}}(?:{_either('kinds_apposed')})\b(?! {_PERSON})"
    return re.compile(rf" (?:{_either('kinds_after')})\b|{apposed}")


def _either(section: str) -> str:
    return "|".join(
        re.escape(kind) for kind in sorted(words("organisations", section), key=lambda kind: (-len(kind), kind))
    )


@cache
def _known_first() -> frozenset[str]:
    return frozenset(name.split(" ", 1)[0] for name in known())


@cache
def _portfolio_words() -> frozenset[str]:
    return words("roles", "modifiers") | words("organisations", "portfolio")


class Finder:
    """Finds organisations among the runs of one body."""

    def __init__(self, body: str, runs: Sequence[Run], renown: Callable[[str], int]) -> None:
        """``renown`` says how well known a place of a name is, 0 for none."""
        self._body = body
        self._runs = runs
        self._renown = renown

    def spans(self) -> Iterator[tuple[int, int]]:
        """Where organisations are named, in order."""
        past = -1
        for index, run in enumerate(self._runs):
            if run.start < past:
                continue
            for start, end in self._in_run(index):
                past = end
                yield (self._begun(index) if start == run.start else start), end

    def _begun(self, index: int) -> int:
        """Where ``Wildlife Service`` begins if ``Fish and`` stands before it."""
        run = self._runs[index]
        before = self._runs[index - 1] if index else None
        if before is None or before.pieces[-1].low not in words("organisations", "portfolio"):
            return run.start
        if self._body[before.end : run.start] not in {" and ", " & ", ", "}:
            return run.start
        pieces = stripped(before)
        return pieces[0].start if pieces else run.start

    def _in_run(self, index: int) -> list[tuple[int, int]]:
        """Where the run names an organisation, on into the runs that belong to it (``Ministry of …``)."""
        run = self._runs[index]
        if len(run.pieces) == 1 and not _may_go_on(run.pieces[0].text):
            return self._single(run.pieces[0])
        whole = stripped(run)
        pieces = unit(whole)
        if not pieces:
            return []
        if len(pieces) == len(whole) or whole[-1].text in words("organisations", "possessing"):
            end = self._extended(index, whole)
            if end > run.end:
                return [(pieces[0].start, end)]
        return self._by_words(pieces)

    def _single(self, piece: Piece) -> list[tuple[int, int]]:
        """One word, as most runs are: known, or called an organisation."""
        if piece.text in known():
            return [(piece.start, piece.end)]
        if piece.low in words("common_words") or based(piece.text):
            return []
        return self._described((piece,))

    def _by_words(self, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
        body, start = self._body, pieces[0].start
        known_ones = self._known(pieces)
        if known_ones and pieces[0].text in words("given_names"):
            return known_ones
        if "&" in body[pieces[0].end : pieces[-1].start]:
            return [(start, pieces[-1].end)]
        last = next((at for at in range(len(pieces) - 1, 0, -1) if pieces[at].text in heads()), 0)
        if pieces[last].text == "International" and last + 1 < len(pieces):
            last = 0
        after = pieces[last + 1].text if last and last + 1 < len(pieces) else ""
        if after in {"District", "System", "Depot"}:
            last += 1
        elif after in words("places", "words"):  # Congressional Review Act
            last = 0
        if (
            last
            and body[start : pieces[last].end] not in words("organisations", "not")
            and any(piece.low not in SMALL | {"new"} for piece in pieces[:last])
        ):
            return [(start, pieces[last].end)]
        return known_ones or self._described(pieces)

    def _known(self, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
        spans, at = [], 0
        while at < len(pieces):
            count = self._longest_known(pieces, at)
            if count == 1 and self._branch(pieces[at:]):
                count = len(pieces) - at
            if count:
                spans.append((pieces[at].start, pieces[at + count - 1].end))
            at += max(count, 1)
        return spans

    def _longest_known(self, pieces: Sequence[Piece], at: int) -> int:
        if pieces[at].text not in _known_first():
            return 0
        for count in range(min(5, len(pieces) - at), 0, -1):
            if self._body[pieces[at].start : pieces[at + count - 1].end] in known():
                return count
        return 0

    def _branch(self, pieces: Sequence[Piece]) -> bool:
        """Whether capital letters and a place follow each other: ``NHS West Midlands``."""
        if not (1 < len(pieces) <= 3 and pieces[0].text.isupper()):
            return False
        rest = self._body[pieces[1].start : pieces[-1].end]
        return rest not in demonyms() and self._renown(rest) > 0

    def _described(self, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
        """Unknown names that the text calls a newspaper, a company, a group."""
        first, start, end = pieces[0].text, pieces[0].start, pieces[-1].end
        initialled = len(pieces) > 1 and self._initialled(pieces)
        if not (initialled or self._called(start) or _calls().match(self._body, end)) or len(pieces) > 6:
            return []
        if first in demonyms() or pieces[-1].text in demonyms():
            return []
        if any(piece.low.rstrip(".") in person_words() for piece in pieces):
            return []
        given = first in words("given_names") and first not in words("ambiguous_names")
        named = len(pieces) > 1 and given
        return [] if named or self._renown(self._body[start:end]) >= _LARGE else [(start, end)]

    def _initialled(self, pieces: Sequence[Piece]) -> bool:
        first = pieces[0].text
        return len(first) > 2 and first.isalpha() and first not in not_organisations() and self._branch(pieces)

    def _called(self, start: int) -> bool:
        left = self._body[max(0, start - 34) : start]
        if left.endswith((" at ", " at the ")):
            return _AFFILIATED.search(left) is not None
        last = left.rstrip(", ").rpartition(" ")[2]
        return last in _called_last() and _called().search(left) is not None

    def _extended(self, index: int, pieces: Sequence[Piece]) -> int:
        """Where ``Ministry`` ends that goes on with ``of Health and Trade``, ``Sheriff`` with ``’s Office``."""
        end = pieces[-1].end
        opens = _opens(pieces)
        for at in range(index, min(index + 4, len(self._runs) - 1)):
            following = unit(self._runs[at + 1].pieces)
            gap = self._body[self._runs[at].end : self._runs[at + 1].start]
            if len(gap) > 12 or not self._goes_on(at, gap, following, opens=opens, further=at > index):
                break
            end = following[-1].end
            if len(following) < len(self._runs[at + 1].pieces):
                break
            opens = opens and at < index + 2
        return end

    def _goes_on(self, at: int, gap: str, following: Sequence[Piece], *, opens: bool, further: bool) -> bool:
        here = self._runs[at]
        if opens and self._joined(here.end, following[0].start):
            return not _a_person(following) and following[0].low not in words("common_words", "days")
        if further and _AND.match(self._body, here.end) and _AND.match(self._body, here.end, following[0].start):
            return _portfolio(following)
        possessing = (
            here.pieces[-1].text in words("organisations", "possessing") and _POSSESSIVE.fullmatch(gap) is not None
        )
        return possessing and following[-1].text in heads() | {"Office", "Republic", "House"}

    def _joined(self, end: int, start: int) -> bool:
        match = _JOIN.match(self._body, end)
        return match is not None and match.end() == start


@lru_cache(maxsize=10_000)
def _may_go_on(word: str) -> bool:
    """Whether a name may go on after the word alone: ``Ministry of``, ``Children’s``."""
    return word in openers() or word in words("organisations", "possessing")


def _opens(pieces: Sequence[Piece]) -> bool:
    """Whether the words may go on with "of": ``Ministry``, ``Supreme Court``, ``Communist Party``."""
    last = pieces[-1].text
    if last in _FORMS:
        return False
    if last in _WEAK_OPENERS:
        return len(pieces) > 1 and last == "Party"
    return last in openers() or (last in heads() and len(pieces) > 1)


def _a_person(pieces: Sequence[Piece]) -> bool:
    if len(pieces) < 2 or pieces[-1].text in heads():
        return False
    return pieces[0].text in words("given_names") and pieces[0].text not in words("ambiguous_names")


def _portfolio(pieces: Sequence[Piece]) -> bool:
    """Whether the words are what departments are called by: ``Social Affairs``."""
    return all(piece.low in _portfolio_words() or piece.text in heads() for piece in pieces)
