"""People: which candidates name somebody, and who is who."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from newsledger.extract.english.lexicon import common, demonyms, words
from newsledger.extract.english.names import candidates, roles
from newsledger.extract.english.names.candidates import Candidate
from newsledger.extract.english.names.capitals import Piece, Run
from newsledger.extract.english.names.cast import Cast, Person
from newsledger.extract.english.names.positions import Positions
from newsledger.text import Span

_AGE = re.compile(
    r"\s?,\s(?:aged? )?\d{1,3}\s?(?:,(?!\d)|\.(?!\d)|and\b|of\b|who\b|-\s?year|years?\b)|\s\((?:aged? )?\d{1,2}\)"
)
_VERB = re.compile(r"\s(?:also\s|has\s|had\s|then\s|later\s|\w{3,12}ly\s)?(\w+)")
_WHO = re.compile(r",? (?:who|whose|whom)\b")
# What is done to people: killed Marta Hale, married Marta Hale.
_DONE_TO = frozenset(
    """killed shot stabbed murdered murdering killing strangled raped kidnapped struck arrested detained jailed charged
    charging convicted sentenced acquitted named naming appointed nominated hired fired sacked signed signing re-signed
    drafted traded promoted elected defeated beat beating stunned succeeded replaced replacing married marrying divorced
    dated accused accusing suspected identified urged met interviewed treated coached featuring starring photographed
    portrayed remembered mourned honoured honored including""".split()
)
_SURNAME = re.compile(
    r"[a-z]{2}(?:sson|sen|ez|sky|ski|skyy?i?|enko|chuk|ov|ova|eva|vich|vić|shvili|yan|oglu|stein|berg|feld|poulos|akis"
    r"|idis|iadis|escu|wicz|elli|etti|ucci|quist|gaard|dottir|auskas|dze|zadeh|schko)$"
)
_ONLY_SURNAME = re.compile(r"^(?:Mc|O['’]|Fitz|D[aeiu]|Del|Van|La|Le)[A-Z][a-z]")
_ACTS = re.compile(
    r"\w{2,}ed$|(?:had|has|was|is|will|ran|made|got|did|led|won|lost|hit|set|put|threw|caught|gave|went|left)$"
)
_COMPANY = re.compile(
    r"(?:['’]s?)? (?:shares?|stock|stockholders|shareholders|unit|subsidiary|customers|products?|profits?|officials"
    r"|employees)\b"
)
_CALL_SIGN = re.compile(r"\bcall[ -]?signs?(?: is| was| of|,)? [“\"‘']?$")
# ... and Marta Hale | coaches Ann Bell, Marta Hale
_COORDINATED = re.compile(r"[A-Z][\w’'-]+ [A-Z][\w’'-]+,? and $")
_AGED = re.compile(r"\b\d{1,3}-? ?year-? ?old $")
_POSSESSIVES = ("'s ", "’s ", "' ", "’ ")
_PLACING = frozenset("in at near from to across around outside inside throughout within toward towards via".split())
_WITHIN = frozenset("in near outside inside across throughout around".split())
_MOVING = frozenset("to from toward towards".split())
_ENOUGH = 2
"""Points from which on somebody is named. Each sign gives or takes as many as it is worth against the others."""
_LARGE = 100_000
"""People that make a town so well known that its name alone means it."""


class Evidence(NamedTuple):
    """What can be asked about the words around a candidate."""

    body: str
    positions: Positions
    words: frozenset[str]
    """Words as the text has them."""
    renown: Callable[[str], int]
    """How well known a place of that name is: 0 for none, else about its population."""
    pointed: frozenset[Span] = frozenset()
    """What a recogniser takes for people."""

    def small(self, low: str) -> bool:
        """Whether the text, or English at large, writes the word small."""
        return low in self.words or low in common()


def find(runs: Sequence[Run], taken: Sequence[tuple[int, int]], evidence: Evidence) -> list[Person]:
    """The people of an article, each with all mentions. What is taken (by organisations) names none of them."""
    found = candidates.find(evidence.body, runs, taken, evidence.renown)
    full = _full_names(found, evidence)
    people = Cast()
    full |= _headed(runs, found, full, evidence)
    for text in sorted(full, key=lambda text: (-text.count(" "), full[text])):
        people.join(text)
    loose = _led_back(people, found, full, evidence)
    _alone(people, loose, evidence)
    for run in runs:
        if run.titled:
            people.spot(run.pieces, evidence.small)
    return people.persons()


def _full_names(found: Sequence[Candidate], evidence: Evidence) -> dict[str, int]:
    """Names of several words for which enough speaks, taken over all their places; each with its first place."""
    alone: dict[str, int] = defaultdict(int)
    places_too = words("places", "names")
    full: dict[str, list[Candidate]] = defaultdict(list)
    for one in found:
        if len(one.pieces) > 1:
            full[one.text].append(one)
        elif one.text not in places_too:
            alone[one.text] += 1
    return {
        text: places[0].start
        for text, places in full.items()
        if _sum(places, min(alone.get(text.rpartition(" ")[2], 0), 2), evidence) >= _ENOUGH
    }


def _headed(
    runs: Sequence[Run], found: Sequence[Candidate], full: dict[str, int], evidence: Evidence
) -> dict[str, int]:
    """Names that a headline gives in full, where the text goes on with their surname: ``Ann Hale Leaves Norby``."""
    alone = {one.text for one in found if len(one.pieces) == 1} - words("places", "names")
    known = {text.rpartition(" ")[2] for text in full}
    return {
        f"{first.text} {last.text}": first.start
        for run in runs
        if run.titled
        for first, last in pairwise(run.pieces)
        if first.text in words("given_names") and last.text not in known and not evidence.small(last.low)
        if last.text in alone or (first.text in alone and _stays_first(first, last, run))
    }


def _stays_first(first: Piece, last: Piece, run: Run) -> bool:
    """Whether a headline's second word may be a surname though the text goes on with the first name alone."""
    sure = first.text not in words("ambiguous_names") | words("places", "names")
    return sure and last is not run.pieces[-1] and not last.low.endswith(("s", "ed", "ing"))


def _sum(places: Sequence[Candidate], alone: int, evidence: Evidence) -> int:
    """All that speaks for one name: its words, that its last word stands alone elsewhere, its best place."""
    own = alone + _own(places[0], evidence)
    best = -_ENOUGH * 2
    for one in places:
        best = max(best, _beside(one, evidence))
        if own + best >= _ENOUGH:
            break
    return own + best


def _own(one: Candidate, evidence: Evidence) -> int:
    """What the words of the name say for a person, themselves."""
    pieces = one.pieces
    first = pieces[0].text
    given = first in words("given_names") or first.partition("-")[0] in words("given_names")
    score = (1 if first in words("ambiguous_names") else 2) if given else 0
    if (first.endswith(".") and first[:-1].isupper()) or any(
        len(piece.text.rstrip(".")) == 1 for piece in pieces[1:-1]
    ):
        score += 2
    elif " " in pieces[-1].text or pieces[-1].text in words("surnames") or _SURNAME.search(pieces[-1].text):
        score += 1
    elif _ONLY_SURNAME.search(pieces[-1].text):
        score += 2
    score -= 2 * sum(evidence.small(piece.low) for piece in pieces[1:])
    score -= not given and evidence.small(pieces[0].low)
    if score <= 0 and not given and _of_a_place(one, evidence):
        score -= 3
    return score - (3 if evidence.renown(one.text) > 0 else 0)


def _of_a_place(one: Candidate, evidence: Evidence) -> bool:
    """Whether it is a place and more: a team (``Springfield Herons``), or what a large city has."""
    place, _, last = one.text.rpartition(" ")
    renown = evidence.renown(place)
    team = last.endswith("s") and last not in words("surnames")
    return renown > _LARGE or (team and renown > 0)


def _beside(one: Candidate, evidence: Evidence) -> int:
    """What the words beside one place of the name say for a person."""
    if one.title:
        return 4 if one.title in roles.honorifics() else 3
    body, start, end = evidence.body, one.start, one.end
    left = body[max(0, start - 40) : start]
    left = left[left.rfind("\n") + 1 :]
    before = left.rstrip().rpartition(" ")[2].lower()
    if before in {"the", "a", "an"}:
        return -4
    if _CALL_SIGN.search(left):
        return 4
    if len(one.pieces) == 1 and _COMPANY.match(body, end):
        return -4
    score = 2 if evidence.pointed and (start, end) in evidence.pointed else 0
    if not one.opens:
        score += _preceding(left, before, one, evidence)
    if one.pieces[0].text in words("given_names") and body.startswith(_POSSESSIVES, end):
        score += 1
    return score + _following(end, evidence)


def _preceding(left: str, before: str, one: Candidate, evidence: Evidence) -> int:
    """What the words before a name within a sentence say for a person; ``before`` is the last, in small letters."""
    by = before == "by" and len(one.pieces) > 1 and _surely_given(one.pieces[0].text)
    if by or before in words("verbs", "speech") or _role_noun(before, one) or roles.is_pair(left.rstrip()):
        return 2
    if _AGED.search(left):
        alone = len(one.pieces) == 1  # his wife, 23-year-old Marta, left; not the 60-year-old Norby man
        return 3 if not alone else 2 * evidence.body.startswith((",", "."), one.end)
    if before in _DONE_TO or (len(one.pieces) > 1 and _COORDINATED.search(left)):
        return 1
    if before in _PLACING and (len(one.pieces) == 1 or before not in _MOVING):
        return -2
    return 2 if before.endswith(",") and roles.shows_person(evidence.positions.before(one.start)) else 0


def _surely_given(text: str) -> bool:
    return text in words("given_names") and text not in words("ambiguous_names")


def _role_noun(low: str, one: Candidate) -> bool:
    """Whether a role ends there: ``coach X``; of several people only before a full name: ``receivers Ann Hale``."""
    if low in roles.plural_heads():
        return len(one.pieces) > 1
    return roles.is_title(low) and low not in roles.modifiers() and low not in words("roles", "neutral")


def _following(end: int, evidence: Evidence) -> int:
    body = evidence.body
    if _AGE.match(body, end):
        return 3
    if _WHO.match(body, end):
        return 2
    if verb := _VERB.match(body, end):
        if verb[1] in words("verbs", "speech"):
            return 2
        if verb[1] in words("verbs", "human") or _ACTS.match(verb[1]):
            return 1
    return 2 if roles.shows_person(evidence.positions.after(end)) else 0


def _led_back(
    people: Cast, found: Sequence[Candidate], full: dict[str, int], evidence: Evidence
) -> dict[str, list[Candidate]]:
    """Give every place of a name to its person; returns single names that are left."""
    loose: dict[str, list[Candidate]] = defaultdict(list)
    for one in found:
        if one.text in full:
            people.join(one.text).mentions.append(Span(one.start, one.end))
        elif (person := people.short(one.text) or people.same(one.text)) and not _place_here(one, evidence):
            person.mentions.append(Span(one.start, one.end))
        elif len(one.pieces) == 1 and not one.weak:
            loose[one.text].append(one)
    return loose


def _place_here(one: Candidate, evidence: Evidence) -> bool:
    """Whether it is rather the place: ``in Clinton``."""
    before = evidence.body[max(0, one.start - 12) : one.start].rstrip().rpartition(" ")[2].lower()
    if before not in _PLACING or evidence.body.startswith(("'s ", "’s "), one.end):  # directed at Hale; in Hale's name
        return False
    return evidence.renown(one.text) > (0 if before in _WITHIN else _LARGE)


def _alone(people: Cast, loose: dict[str, list[Candidate]], evidence: Evidence) -> None:
    """Single names that nobody's full name holds: misspelt ones, well-known ones, those that speak or bear a title."""
    waiting = sorted(loose, key=lambda text: loose[text][0].start)
    for text in waiting:
        person = _misspelt(people, text)
        if person is None and _first_name(text, evidence):
            person = people.first(text)
        if person is None and _somebody(loose[text], evidence):
            person = people.first(text) or people.join(text)
        if person:
            _give(person, loose.pop(text), evidence)
    for text in waiting:  # again: a spelling may lead to a person by way of one that came later
        if text in loose and (person := _misspelt(people, text)):
            _give(person, loose.pop(text), evidence)


def _first_name(text: str, evidence: Evidence) -> bool:
    """Whether somebody's first name may stand for them further on: no word, no place and no title."""
    return not (evidence.small(text.lower()) or evidence.renown(text) or roles.is_title(text.lower())) and len(text) > 2


def _misspelt(people: Cast, text: str) -> Person | None:
    return None if text in demonyms() else people.misspelt(text)


def _give(person: Person, places: Sequence[Candidate], evidence: Evidence) -> None:
    person.mentions.extend(Span(one.start, one.end) for one in places if not _place_here(one, evidence))


def _somebody(places: Sequence[Candidate], evidence: Evidence) -> bool:
    """Whether a single name is a person's, by title, fame or what it does in the text."""
    text, low = places[0].text, places[0].pieces[0].low
    if text in words("places", "names") or evidence.small(low):
        return any(one.title in roles.honorifics() for one in places)
    if any(one.title for one in places):
        return True
    scores = [_beside(one, evidence) for one in places]
    if text in words("well_known"):
        return min(scores) > -_ENOUGH
    return max(scores) + min(0, *scores, 0) - 2 * (evidence.renown(text) > _LARGE) >= _ENOUGH
