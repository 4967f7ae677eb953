"""People: which runs of capitals name somebody, and who is who."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from newsledger.extract.english import roles
from newsledger.extract.english.capitals import Piece, Run
from newsledger.extract.english.cast import Cast, Person
from newsledger.extract.english.lexicon import common, demonyms, words
from newsledger.extract.english.roles import Positions
from newsledger.text import Span

_AGE = re.compile(r"\s?,\s(?:aged? )?\d{1,3}\s?(?:,|\.|and\b|of\b|who\b|-\s?year|years?\b)|\s\((?:aged? )?\d{1,2}\)")
_VERB = re.compile(r"\s(?:also\s|has\s|had\s|then\s|later\s|\w{3,12}ly\s)?(\w+)")
_WHO = re.compile(r",? (?:who|whose|whom)\b")
_CALL_SIGN = re.compile(r"\bcall[ -]?signs?(?: is| was| of|,)? [“\"‘']?$")
# Numerals; D-Ohio; PolitiFact, but not McBride, DeLeo, VanDyke, LaToya
_NOBODY = re.compile(
    r"^(?:[IVX]+|I['’]\w+|[DRI]-\w+.*|.*\d.*|(?!Ma?c|D[aeiu]|Del|L[aeo]|V[ao]n|Fitz|Ja|Ka|Ma|Sh|St|O)[A-Z]\w*[a-z][A-Z]\w*)$"
)
_PLACING = frozenset("in at near from to across around outside inside throughout within toward towards via".split())
_ENOUGH = 2
_LARGE = 100_000
"""People that make a town so well known that its name alone means it."""


# Titles that are as often an adjective at the head of a sentence.
_ADJECTIVES = frozenset("major private general chief deputy special principal".split())


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
    renown: Callable[[str], int]
    """How well known a place of that name is: 0 for none, else about its population."""
    pointed: frozenset[Span] = frozenset()
    """What a recogniser takes for people."""


def find(runs: Sequence[Run], taken: Sequence[tuple[int, int]], evidence: Evidence) -> list[Person]:
    """The people of an article, each with all mentions."""
    found = [one for one in _without_openers(list(_candidates(runs, taken, evidence))) if not _impossible(one)]
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


def _candidates(runs: Sequence[Run], taken: Sequence[tuple[int, int]], evidence: Evidence) -> Iterable[Candidate]:
    """What is left of the runs when organisations, titles, demonyms and common words are taken off."""
    spans = iter(taken)
    span = next(spans, None)
    for run in runs:
        group: list[Piece] = []
        for piece in run.pieces if not run.titled else ():
            while span and span[1] <= piece.start:
                span = next(spans, None)
            if span and piece.start < span[1] and span[0] < piece.end:
                yield from _candidate(run, group, evidence)
                group = []
            else:
                group.append(piece)
        yield from _candidate(run, group, evidence)


def _candidate(run: Run, pieces: list[Piece], evidence: Evidence) -> Iterable[Candidate]:
    if len(pieces) > 1 and evidence.renown(evidence.body[pieces[0].start : pieces[-1].end]):  # Saudi Arabia
        yield Candidate(pieces[0].start, pieces[-1].end, tuple(pieces), None, run.opens)
        return
    cut = max((at + 1 for at, piece in enumerate(pieces[:-1]) if _leads(piece)), default=0)
    title = pieces[cut - 1].low if cut and roles.is_title(pieces[cut - 1].low) else None
    rest = pieces[cut:]
    opens = run.opens and not cut
    while len(rest) > 1 and opens and rest[0].low in common() and not _keeps(rest[0]):
        rest = rest[1:]
    while len(rest) > 1 and (rest[-1].low in words("common_words", "days") or rest[-1].text in demonyms()):
        rest = rest[:-1]
    while len(rest) > 2 and _of_office(rest, evidence):
        rest = rest[1:]
    if cut and len(rest) == 1 and not _addressed(pieces[cut - 1].low, run.opens and cut == 1):
        return
    if rest and len(rest) <= 5:
        yield Candidate(rest[0].start, rest[-1].end, tuple(rest), title, opens and rest[0].start == run.start)


def _of_office(pieces: Sequence[Piece], evidence: Evidence) -> bool:
    """Whether the first word is of an office: Mayor of *London* Ann Hale, Secretary of *State* Ann Hale."""
    first, second = pieces[0], pieces[1]
    if second.text not in words("given_names") or first.text in words("given_names"):
        return False
    portfolio = first.low in words("organisations", "portfolio") or first.low in words("roles", "modifiers")
    return evidence.body.endswith(("of ", "the "), 0, first.start) and (portfolio or evidence.renown(first.text) > 0)


def _addressed(low: str, opens: bool) -> bool:
    """Whether the word makes a single name after it somebody's: ``President Hale``, not ``Refugee Convention``."""
    if opens and low in _ADJECTIVES:
        return False
    return low in roles.titles() or low in roles.honorifics() or not roles.is_title(low)


def _without_openers(found: Sequence[Candidate]) -> Iterable[Candidate]:
    """Take off a first word that only its place makes a capital: ``Losing Hale``, where others say ``Hale``."""
    inside = {one.text for one in found if not one.opens}
    for one in found:
        rest = one.pieces[1:]
        short = one.text.partition(" ")[2]
        if one.opens and rest and short in inside and one.text not in inside and not _keeps(one.pieces[0]):
            yield one._replace(start=rest[0].start, pieces=rest, opens=False)
        else:
            yield one


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
        or piece.low.endswith("-old")
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
        if last.endswith(".") and not last[:-1].isupper():
            return True
        if last in words("places", "words") or last in words("organisations", "heads"):
            return True
        return candidate.title is None and (_is_noun(candidate.pieces[0].low) or last in _groups())
    if last in words("places", "words") or last in words("organisations", "heads") or last in _groups():
        return True
    given = first in words("given_names")
    return not given and (first in words("places", "words") or last in words("places", "names"))


def _is_noun(low: str) -> bool:
    return low in common() or low in roles.heads() or low in roles.plural_heads()


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
    return score - (3 if evidence.renown(candidate.text) else 0)


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
    score = 2 if (start, end) in evidence.pointed else 0
    if candidate.opens:
        pass
    elif before in words("verbs", "speech") or (roles.is_title(before) and before not in words("roles", "modifiers")):
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
    return bool(before) and before[-1].lower() in _PLACING and evidence.renown(candidate.text) > 0


def _alone(people: Cast, loose: dict[str, list[Candidate]], evidence: Evidence) -> None:
    """Single names that nobody's full name holds: misspelt ones, well-known ones, those that speak or bear a title."""
    waiting = sorted(loose, key=lambda text: loose[text][0].start)
    for text in [*waiting, *waiting]:
        person = None if text in demonyms() else people.misspelt(text)
        if person is None and _somebody(loose.get(text, ()), evidence):
            person = people.first(text) or people.join(text)
        if person:
            for candidate in loose.pop(text, ()):
                if not _place_here(candidate, evidence):
                    people.mention(person, Span(candidate.start, candidate.end))


def _somebody(places: Sequence[Candidate], evidence: Evidence) -> bool:
    if not places:
        return False
    text, low = places[0].text, places[0].pieces[0].low
    if text in words("places", "names") or low in evidence.small:
        return any(one.title in roles.honorifics() for one in places)
    if any(one.title for one in places):
        return True
    scores = [_beside(one, evidence) for one in places]
    if text in words("well_known"):
        return min(scores) > -_ENOUGH
    return max(scores) + min(0, *scores, 0) - 2 * (evidence.renown(text) > _LARGE) >= _ENOUGH
