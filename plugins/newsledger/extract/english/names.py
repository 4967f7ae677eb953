"""People and organisations, as English news names them."""

from collections.abc import Sequence
from typing import Protocol

from newsledger.extract import naming
from newsledger.extract.english import capitals, organisations, people, roles
from newsledger.records import Article, Mention
from newsledger.text import Text


class Recogniser(Protocol):
    """Anything that points at names: a spaCy pipeline, say. The rules of precision stay in force over it."""

    def __call__(self, text: Text, article: Article) -> Sequence[Mention]:
        """Spans with type and name; other fields are ignored."""


def find(text: Text, article: Article) -> tuple[Mention, ...]:
    """Mentions of people and organisations in order of position."""
    runs = list(capitals.runs(text))
    named = organisations.find(text, runs)
    candidates = people.candidates(runs, [(one.start, one.end) for one in named])
    persons = people.find(text.body, candidates, capitals.plain_words(text))
    mentions = [_organisation(text, one) for one in named]
    mentions += [mention for person in persons for mention in _mentions(text, person)]
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _organisation(text: Text, one: organisations.Organisation) -> Mention:
    return Mention(
        start=one.start,
        end=one.end,
        exact=text[one.start, one.end],
        type="organisation",
        name=one.name,
        entity_key=naming.entity_key("organisation", one.name),
    )


def _mentions(text: Text, person: people.Person) -> list[Mention]:
    position = _position(text, person)
    return [
        Mention(
            start=span.start,
            end=span.end,
            exact=text[span],
            type="person",
            name=person.name,
            entity_key=naming.entity_key("person", person.name),
            role=position.role,
            affiliation=position.affiliation,
        )
        for span in person.mentions
    ]


def _position(text: Text, person: people.Person) -> roles.Position:
    """What the text says somewhere that the person is: the first place that gives both, else the first that gives one."""
    found = [
        position
        for span in sorted(person.mentions)[:8]
        for position in (roles.before(text.body, span.start), roles.after(text.body, span.end))
        if position
    ]
    return next((one for one in found if one.role and one.affiliation), found[0] if found else roles.NOTHING)
