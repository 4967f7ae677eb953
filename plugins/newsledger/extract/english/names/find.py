"""People and organisations, as English news names them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from newsledger.extract import gazetteer, naming
from newsledger.extract.english.names import capitals, organisations, people, roles
from newsledger.extract.english.names.cast import Person
from newsledger.extract.english.names.positions import Positions
from newsledger.extract.english.names.roles import Position
from newsledger.extract.english.pointing import NOTHING, Pointers
from newsledger.records import Article, Mention
from newsledger.text import Span, Text

_TOGETHER = re.compile(r",? (?:and|&|,) (?:Dr\.? |Mr\.? |Mrs\.? |Ms\.? )?")
_LOOKED_AT = 8
"""Mentions of one person around which roles are looked for."""


def find(
    text: Text,
    article: Article,  # noqa: ARG001 - finders share their first arguments
    pointed: Pointers = NOTHING,
) -> tuple[Mention, ...]:
    """Mentions of people and organisations in order of position.

    What a recogniser pointed at counts as evidence for a person or organisation beside what the rules see.
    """
    runs = list(capitals.runs(text))
    named = organisations.find(text.body, runs, _renown, pointed.organisations)
    positions = Positions(text.body, named)
    small = capitals.small_words(text)
    evidence = people.Evidence(text.body, positions, small, _renown, pointed.people)
    persons = people.find(runs, [(one.start, one.end) for one in named], evidence)
    mentions = [_organisation(text, one) for one in named]
    held = _positions(text, persons, positions)
    mentions += [_mention(text, one, span, held[at]) for at, one in enumerate(persons) for span in one.mentions]
    return tuple(sorted(mentions, key=lambda mention: mention.start))


@lru_cache(maxsize=20_000)
def _renown(name: str) -> int:
    places = gazetteer.default().places(name)
    return max(1, places[0].weight) if places else 0


def _organisation(text: Text, one: organisations.Organisation) -> Mention:
    return Mention(
        start=one.start,
        end=one.end,
        exact=text[one.start, one.end],
        type="organisation",
        name=one.name,
        entity_key=naming.entity_key("organisation", one.name),
    )


def _mention(text: Text, person: Person, span: Span, held: Position) -> Mention:
    return Mention(
        start=span.start,
        end=span.end,
        exact=text[span],
        type="person",
        name=person.name,
        entity_key=naming.entity_key("person", person.name),
        role=held.role,
        affiliation=held.affiliation,
    )


def _positions(text: Text, persons: Sequence[Person], positions: Positions) -> list[Position]:
    """What the text says, anywhere, that each person is."""
    held: list[list[Position]] = [[] for _ in persons]
    last: tuple[int, Position] = (-1, roles.NOTHING)
    places = sorted((span, at) for at, one in enumerate(persons) for span in sorted(one.mentions)[:_LOOKED_AT])
    for span, at in places:
        before = positions.before(span.start)
        if not before.role and last[1].role and _TOGETHER.fullmatch(text.body, last[0], span.start):
            before = last[1]
        held[at] += [roles.of_one(before), positions.after(span.end)]
        last = (span.end, before if roles.is_plural(before) else roles.NOTHING)
    return [_best(found) for found in held]


def _best(found: Sequence[Position]) -> Position:
    """The first that gives role and affiliation; else the first role, and the first affiliation."""
    found = [one for one in found if one.role is None or roles.is_occupation(one.role)]
    whole = next((one for one in found if one.role and one.affiliation), None)
    role = next((one.role for one in found if one.role), None)
    return whole or Position(role, next((one.affiliation for one in found if one.affiliation), None))
