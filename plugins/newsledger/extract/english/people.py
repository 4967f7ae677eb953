"""People: which runs of capitals name somebody, and who is who."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from newsledger.extract import naming
from newsledger.extract.english import roles
from newsledger.extract.english.capitals import Piece, Run
from newsledger.extract.english.lexicon import demonyms, words
from newsledger.text import Span

_AGE = re.compile(r"\s?,\s(?:aged? )?\d{1,3}\s?(?:,|\.|and\b|of\b|-\s?year|years?\b|\))|\s\((?:aged? )?\d{1,2}\)")
_VERB = re.compile(r"\s(?:,\s)?(?:also\s|has\s|had\s|then\s|later\s|\w{3,12}ly\s)?(\w+)")
_CALL_SIGN = re.compile(r"\bcall ?sign(?: is| of|,)? [“\"‘']?$")
_BAD_LAST = re.compile(r"^(?:[IVX]+|\d+)$")
_ENOUGH = 2


class Candidate(NamedTuple):
    """Words that may name a person, in one place of the text."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    title: str | None
    titled: bool
    opens: bool

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass
class Person:
    """Somebody in the article with all mentions."""

    name: str
    pieces: tuple[str, ...]
    mentions: list[Span] = field(default_factory=list)


def candidates(runs: Sequence[Run], taken: Sequence[tuple[int, int]]) -> list[Candidate]:
    """What is left of the runs when organisations, titles, demonyms and common words are taken off."""
    found: list[Candidate] = []
    spans = iter(taken)
    span = next(spans, None)
    for run in runs:
        group: list[Piece] = []
        for piece in run.pieces:
            while span and span[1] <= piece.start:
                span = next(spans, None)
            if span and piece.start < span[1] and span[0] < piece.end:
                found.extend(_candidate(run, group))
                group = []
            else:
                group.append(piece)
        found.extend(_candidate(run, group))
    return found


def _candidate(run: Run, pieces: list[Piece]) -> list[Candidate]:
    cut = max((i + 1 for i, piece in enumerate(pieces[:-1]) if _is_prefix(piece)), default=0)
    title = pieces[cut - 1].low if cut else None
    rest = pieces[cut:]
    while rest and (rest[0].low in words("common_words") and rest[0].text not in words("given_names")):
        rest = rest[1:]
    while (
        rest
        and (rest[-1].low in words("common_words") or rest[-1].text in demonyms())
        and (len(rest) != 2 or rest[-1].low in _days())
    ):
        rest = rest[:-1]
    if not rest or len(rest) > 5:
        return []
    opens = run.opens and rest[0].start == run.start
    return [Candidate(rest[0].start, rest[-1].end, tuple(rest), title, run.titled, opens)]


@cache
def _days() -> frozenset[str]:
    return frozenset(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december".split()
    )


def _is_prefix(piece: Piece) -> bool:
    return (
        roles.is_title(piece.text)
        or piece.text in demonyms()
        or piece.text in words("demonyms", "plural")
        or piece.low in _days()
    )


def _impossible(candidate: Candidate) -> bool:
    """Places, things and groups: whatever stands around them, they are nobody."""
    pieces = candidate.pieces
    if any(
        piece.text in words("organisations", "known")
        or piece.text in words("organisations", "abbreviation_not_organisation")
        for piece in pieces
    ):
        return True
    if any(len(piece.text) > 3 and piece.text.isupper() for piece in pieces) or _BAD_LAST.match(pieces[0].text):
        return True
    if any(char.isdigit() for char in candidate.text):
        return True
    if len(pieces) == 1:
        return (
            pieces[0].low in words("common_words")
            or pieces[0].text in words("places", "names")
            or pieces[0].text in words("demonyms", "plural")
            or pieces[0].text in demonyms()
        )
    last, first = pieces[-1].text, pieces[0].text
    return (
        last in words("places", "words")
        or (first in words("places", "words") and first not in words("given_names"))
        or last in words("organisations", "heads")
        or (last in words("places", "names") and first not in words("given_names"))
    )


def _score(body: str, candidate: Candidate, small: frozenset[str]) -> int:
    """Evidence for and against a person, from the words themselves and what stands beside them."""
    pieces = candidate.pieces
    score = _inner(pieces, small)
    if candidate.title:
        score += 3 if roles.is_title(candidate.title) else 0
    left = body[max(0, candidate.start - 40) : candidate.start]
    before = left.split()[-2:]
    previous = before[-1].lower() if before else ""
    if previous.strip(",") in roles.heads() and not candidate.title:
        score += 2
    if previous in words("verbs", "speech"):
        score += 2
    if previous in {"the", "a", "an"} and not candidate.title:
        score -= 4
    if previous in {"in", "at", "near", "across", "around", "outside"} and not candidate.title:
        score -= 2
    if _CALL_SIGN.search(left):
        score += 4
    return score + _following(body, candidate.end)


def _following(body: str, end: int) -> int:
    if _AGE.match(body, end):
        return 3
    if verb := _VERB.match(body, end):
        if verb[1] in words("verbs", "speech"):
            return 2
        if verb[1] in words("verbs", "human"):
            return 1
    return 2 if roles.after(body, end).role else 0


def _inner(pieces: Sequence[Piece], small: frozenset[str]) -> int:
    if len(pieces) == 1:
        return 0
    first = pieces[0].text
    score = 0
    if first in words("given_names"):
        score += 1 if first in words("given_names") and first in words("ambiguous_names") else 2
    if (
        "." in pieces[0].text
        or any(len(piece.text.rstrip(".")) == 1 for piece in pieces[1:-1])
        or " " in pieces[-1].text
    ):
        score += 1
    score -= 2 * sum(piece.low in small for piece in pieces[1:])
    score -= sum(piece.low in small for piece in pieces[:1] if first not in words("given_names"))
    return score


def find(body: str, found: Sequence[Candidate], small: frozenset[str]) -> list[Person]:
    """The people of an article, each with all mentions."""
    full, single = _sorted_out(body, found, small)
    persons = _joined(full)
    _lead_back(body, persons, single, small)
    return persons


def _sorted_out(
    body: str, found: Sequence[Candidate], small: frozenset[str]
) -> tuple[list[Candidate], list[Candidate]]:
    scores: dict[str, int] = defaultdict(int)
    alone = {candidate.pieces[0].text for candidate in found if len(candidate.pieces) == 1}
    possible = [candidate for candidate in found if not _impossible(candidate)]
    for candidate in possible:
        if not candidate.titled and len(candidate.pieces) > 1:
            value = _score(body, candidate, small) + 2 * (candidate.pieces[-1].text in alone)
            scores[candidate.text] = max(scores[candidate.text], value)
    full = [one for one in possible if len(one.pieces) > 1 and scores.get(one.text, 0) >= _ENOUGH]
    single = [one for one in possible if len(one.pieces) == 1 or scores.get(one.text, 0) < _ENOUGH]
    return full, single


def _joined(full: Sequence[Candidate]) -> list[Person]:
    """One person for each name, whatever its spelling, middle names or initials."""
    persons: list[Person] = []
    for candidate in sorted(full, key=lambda one: (-len(one.pieces), one.start)):
        pieces = tuple(piece.text for piece in candidate.pieces)
        person = next((one for one in persons if _same(one.pieces, pieces)), None)
        if person is None:
            person = Person(candidate.text, pieces)
            persons.append(person)
        person.mentions.append(Span(candidate.start, candidate.end))
    return persons


def _same(full: tuple[str, ...], other: tuple[str, ...]) -> bool:
    a, b = [naming.fold(part) for part in full], [naming.fold(part) for part in other]
    if a[-1] != b[-1] and not naming.alike(full[-1], other[-1]):
        return False
    rest = iter(a[:-1])
    return all(any(part == one or (len(part) == 1 and one.startswith(part)) for one in rest) for part in b[:-1])


def _lead_back(body: str, persons: list[Person], single: Sequence[Candidate], small: frozenset[str]) -> None:
    loose: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in single:
        person = _owner(persons, candidate)
        if person:
            person.mentions.append(Span(candidate.start, candidate.end))
        elif not candidate.titled and len(candidate.pieces) == 1:
            loose[candidate.text].append(candidate)
    for text, places in loose.items():
        best = max(_score(body, one, small) for one in places)
        if best >= _ENOUGH or text in words("well_known"):
            persons.append(Person(text, (text,), [Span(one.start, one.end) for one in places]))


def _owner(persons: Sequence[Person], candidate: Candidate) -> Person | None:
    """Who a shorter form means: the last named of those whose name it is part of."""
    short = tuple(piece.text for piece in candidate.pieces)
    named = [person for person in persons if _part_of(short, person.pieces)]
    if len(short) == 1 and not named:
        named = [person for person in persons if len(person.pieces) > 1 and naming.alike(short[0], person.pieces[-1])]
    if not named:
        return None
    return max(
        named, key=lambda person: max((m.start for m in person.mentions if m.start < candidate.start), default=-1)
    )


def _part_of(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    if len(short) >= len(full):
        return False
    if len(short) == 1:
        return any(naming.fold(short[0]) == naming.fold(part) for part in full[1:]) or (
            short[0] == full[0] and short[0] in words("given_names") and short[0] not in words("ambiguous_names")
        )
    return tuple(naming.fold(p) for p in short) == tuple(naming.fold(p) for p in full[-len(short) :])
