"""People: which runs of capitals name somebody, and who is who."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from newsledger.extract.english import cast, roles
from newsledger.extract.english.capitals import Piece, Run
from newsledger.extract.english.cast import Cast, Person
from newsledger.extract.english.lexicon import demonyms, words
from newsledger.extract.english.roles import Positions
from newsledger.text import Span

_AGE = re.compile(r"\s?,\s(?:aged? )?\d{1,3}\s?(?:,|\.|and\b|of\b|who\b|-\s?year|years?\b)|\s\((?:aged? )?\d{1,2}\)")
_VERB = re.compile(r"\s(?:also\s|has\s|had\s|then\s|later\s|\w{3,12}ly\s)?(\w+)")
_WHO = re.compile(r",? (?:who|whose|whom)\b")
_CALL_SIGN = re.compile(r"\bcall[ -]?signs?(?: is| was| of|,)? [“\"‘']?$")
_NOBODY = re.compile(r"^(?:[IVX]+|[DRI]-\w+.*|.*\d.*)$")
_PLACING = frozenset("in at near from to across around outside inside throughout within toward towards via".split())
_ENOUGH = 2


class Candidate(NamedTuple):
    """Words that may name a person, in one place of the text."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    title: str | None
    """The title right before, in small letters."""
    opens: bool

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(piece.text for piece in self.pieces)


class Evidence(NamedTuple):
    """What can be asked about the words around a candidate."""

    body: str
    positions: Positions
    small: frozenset[str]
    """Words that the text, or English at large, writes small."""
    is_place: Callable[[str], bool]


def find(runs: Sequence[Run], taken: Sequence[tuple[int, int]], evidence: Evidence) -> list[Person]:
    """The people of an article, each with all mentions."""
    found = [one for one in _candidates(runs, taken) if not _impossible(one)]
    full = _full_names(found, evidence)
    people = Cast()
    for candidate in sorted(full, key=lambda one: (-len(one.text.split()), one.start)):
        people.join(candidate.text)
    loose = _led_back(people, found, {one.text for one in full}, evidence)
    _alone(people, loose, evidence)
    for run in runs:
        if run.titled:
            people.spot(run.pieces, evidence.small)
    return people.persons()


def _candidates(runs: Sequence[Run], taken: Sequence[tuple[int, int]]) -> Iterable[Candidate]:
    """What is left of the runs when organisations, titles, demonyms and common words are taken off."""
    spans = iter(taken)
    span = next(spans, None)
    for run in runs:
        group: list[Piece] = []
        for piece in run.pieces if not run.titled else ():
            while span and span[1] <= piece.start:
                span = next(spans, None)
            if span and piece.start < span[1] and span[0] < piece.end:
                yield from _candidate(run, group)
                group = []
            else:
                group.append(piece)
        yield from _candidate(run, group)


def _candidate(run: Run, pieces: list[Piece]) -> Iterable[Candidate]:
    cut = max((at + 1 for at, piece in enumerate(pieces[:-1]) if _leads(piece)), default=0)
    title = pieces[cut - 1].low if cut and roles.is_title(pieces[cut - 1].low) else None
    rest = pieces[cut:]
    opens = run.opens and not cut
    while len(rest) > 1 and opens and rest[0].low in words("common_words") and not _keeps(rest[0]):
        rest = rest[1:]
    while len(rest) > 1 and (rest[-1].low in words("common_words", "days") or rest[-1].text in demonyms()):
        rest = rest[:-1]
    if rest and len(rest) <= 5:
        yield Candidate(rest[0].start, rest[-1].end, tuple(rest), title, opens and rest[0].start == run.start)


def _keeps(piece: Piece) -> bool:
    """Whether a common word may begin a name all the same: ``Will Smith``, ``West Midlands``."""
    return piece.text in words("given_names") or piece.low in words("places", "directions")


def _leads(piece: Piece) -> bool:
    """Whether the word may stand before a name and is no part of it."""
    return (
        roles.is_title(piece.low)
        or piece.text in demonyms()
        or piece.text in words("demonyms", "plural")
        or piece.low in words("common_words", "days")
    )


def _impossible(candidate: Candidate) -> bool:
    """Places, things and groups: whatever stands around them, they are nobody."""
    pieces = candidate.pieces
    if any(piece.text in _never() or _NOBODY.match(piece.text) for piece in pieces):
        return True
    if any(len(piece.text) > 3 and piece.text.isupper() and "." not in piece.text for piece in pieces):
        return True
    last, first = pieces[-1].text, pieces[0].text
    if len(pieces) == 1:
        return candidate.title is None and (candidate.pieces[0].low in words("common_words") or last in _groups())
    if last in words("places", "words") or last in words("organisations", "heads") or last in _groups():
        return True
    given = first in words("given_names")
    return not given and (first in words("places", "words") or last in words("places", "names"))


@cache
def _never() -> frozenset[str]:
    return words("organisations", "known") | words("organisations", "abbreviation_not_organisation")


@cache
def _groups() -> frozenset[str]:
    return words("demonyms", "plural") | frozenset(demonyms())


def _full_names(found: Sequence[Candidate], evidence: Evidence) -> list[Candidate]:
    """Names of several words for which enough speaks, taken over all their places."""
    alone: dict[str, int] = defaultdict(int)
    for candidate in found:
        if len(candidate.pieces) == 1 and candidate.text not in words("places", "names"):
            alone[candidate.text] += 1
    best: dict[str, int] = {}
    full = [candidate for candidate in found if len(candidate.pieces) > 1]
    for candidate in full:
        beside = _beside(candidate, evidence)
        best[candidate.text] = max(best.get(candidate.text, -9), beside)
    sums = {text: beside + min(alone[text.rpartition(" ")[2]], 2) for text, beside in best.items()}
    own = {candidate.text: _own(candidate, evidence) for candidate in full}
    return [one for one in full if sums[one.text] + own[one.text] >= _ENOUGH]


def _own(candidate: Candidate, evidence: Evidence) -> int:
    """What the words of the name say for a person, themselves."""
    pieces, small = candidate.pieces, evidence.small
    first = pieces[0].text
    given = first in words("given_names") or first.partition("-")[0] in words("given_names")
    score = (1 if first in words("ambiguous_names") else 2) if given else 0
    if "." in first or any(len(piece.text.rstrip(".")) == 1 for piece in pieces[1:-1]) or " " in pieces[-1].text:
        score += 1
    score -= 2 * sum(piece.low in small for piece in pieces[1:])
    score -= pieces[0].low in small and not given
    return score - (3 if evidence.is_place(candidate.text) else 0)


def _beside(candidate: Candidate, evidence: Evidence) -> int:
    """What the words beside one place of the name say for a person."""
    body, start, end = evidence.body, candidate.start, candidate.end
    left = body[max(0, start - 40) : start]
    left = left[left.rfind("\n") + 1 :]
    before = left.split()[-1].lower() if left.strip() else ""
    if candidate.title:
        return 3
    if before in {"the", "a", "an"}:
        return -4
    if _CALL_SIGN.search(left):
        return 4
    score = 0
    if before in words("verbs", "speech") or roles.is_title(before) and before not in words("roles", "modifiers"):
        score += 2
    elif before in _PLACING:
        score -= 2
    elif before.endswith(",") and roles.shows_person(evidence.positions.before(start)):
        score += 2
    return score + _following(end, evidence)


def _following(end: int, evidence: Evidence) -> int:
    body = evidence.body
    if _AGE.match(body, end):
        return 3
    if _WHO.match(body, end):
        return 2
    if verb := _VERB.match(body, end):
        if verb[1] in words("verbs", "speech"):
            return 2
        if verb[1] in words("verbs", "human"):
            return 1
    return 2 if roles.shows_person(evidence.positions.after(end)) else 0


def _led_back(
    people: Cast, found: Sequence[Candidate], full: set[str], evidence: Evidence
) -> dict[str, list[Candidate]]:
    """Give every place of a name to its person; returns single names that are left."""
    loose: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in found:
        span = Span(candidate.start, candidate.end)
        if candidate.text in full:
            people.mention(people.join(candidate.text), span)
        elif (person := people.short(candidate.text)) and not _place_here(candidate, evidence):
            people.mention(person, span)
        elif len(candidate.pieces) == 1:
            loose[candidate.text].append(candidate)
    return loose


def _place_here(candidate: Candidate, evidence: Evidence) -> bool:
    """Whether it is rather the place: ``in Clinton``."""
    before = evidence.body[max(0, candidate.start - 12) : candidate.start].split()
    return bool(before) and before[-1].lower() in _PLACING and evidence.is_place(candidate.text)


def _alone(people: Cast, loose: dict[str, list[Candidate]], evidence: Evidence) -> None:
    """Single names that nobody's full name holds: misspelt ones, well-known ones, those that speak or bear a title."""
    for text in sorted(loose, key=lambda text: loose[text][0].start):
        person = people.misspelt(text)
        if person is None and (text in words("well_known") or _somebody(loose[text], evidence)):
            person = people.join(text)
        if person:
            for candidate in loose[text]:
                if not _place_here(candidate, evidence):
                    people.mention(person, Span(candidate.start, candidate.end))


def _somebody(places: Sequence[Candidate], evidence: Evidence) -> bool:
    if places[0].text in words("places", "names") or places[0].pieces[0].low in words("common_words"):
        return any(one.title in roles.honorifics() for one in places)
    scores = [_beside(one, evidence) for one in places]
    if any(one.title for one in places):
        return True
    known = 2 if evidence.is_place(places[0].text) else 0
    return max(scores) + min(0, *scores, 0) - known >= _ENOUGH
