"""What a recogniser points at, cut to what the rules of English take for the name itself."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newsledger.extract.english.names import roles
from newsledger.extract.recogniser import Pointed
from newsledger.text import Span, Text

_ARTICLE = re.compile(r"(?:[Tt]he|[Aa]n?) ")  # the Haverdorn Group
_POSSESSIVE = re.compile(r"['’]s?$")  # Haverdorn's
_LEADING = re.compile(r"([^\W\d_][\w-]*\.?) ")
_EDGES = ' \n\t,;:!?"“”„«»‘()[]'


class Pointers(NamedTuple):
    """Stretches of text by what they are taken for."""

    people: frozenset[Span] = frozenset()
    organisations: frozenset[Span] = frozenset()
    places: frozenset[Span] = frozenset()


NOTHING = Pointers()


def at(text: Text, pointed: Iterable[Pointed]) -> Pointers:
    """The names within one line of the body that have a capital; whatever else is pointed at says nothing."""
    kinds = list(_names(text, pointed))
    return Pointers(*(frozenset(span for span, kind in kinds if kind == one) for one in _KINDS))


_KINDS = ("person", "organisation", "place")


def _names(text: Text, pointed: Iterable[Pointed]) -> Iterator[tuple[Span, str]]:
    for one in pointed:
        if 0 <= one.start < one.end <= len(text.body):
            span = _cut(text, one)
            exact = text[span]
            if exact and "\n" not in exact and any(char.isupper() for char in exact):
                yield span, one.type


def _cut(text: Text, one: Pointed) -> Span:
    """Without article, titles before a person, possessive and punctuation around."""
    exact = text[one.start, one.end]
    end = one.start + len(_POSSESSIVE.sub("", exact.rstrip(_EDGES)))
    start = one.start + len(exact) - len(exact.lstrip(_EDGES))
    if article := _ARTICLE.match(text.body, start, max(start, end)):
        start = article.end()
    while one.type == "person" and (word := _LEADING.match(text.body, start, max(start, end))):
        if not roles.is_title(word[1].lower()):
            break
        start = word.end()
    return Span(start, max(start, end))
