"""The people of one article: every form of a name led back to one person."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from newsledger.extract import naming
from newsledger.extract.english.lexicon import words
from newsledger.extract.english.names.capitals import Piece
from newsledger.extract.memory import Memory
from newsledger.text import Span

_SUFFIX = re.compile(r"\s?,?\s(?:Jr|Sr|II|III|IV)\b(?:\s?\.)?$")
_PATRONYMIC = re.compile(r"^\w+ \w+(?:ovich|evich|yevich|ovych|evych|yovych|ovna|evna|ivna|yivna)$")
_MANY = 50
"""As many people of one surname are looked at; the rest are taken for others."""


@lru_cache(maxsize=10_000)
def _folded(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without ``Jr.`` and its like."""
    return tuple(naming.fold(word) for word in _SUFFIX.sub("", name).split())


class Person:
    """Somebody, with all mentions."""

    def __init__(self, name: str) -> None:
        """Begin with the fullest form of the name."""
        self.name = name
        self.words = _folded(name)
        self.mentions: list[Span] = []


class Cast:
    """People by the words of their names; forms of a name find their person in about constant time."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._people: list[Person] = []
        self._by_form: dict[str, Person] = {}
        self._by_surname: dict[str, list[Person]] = defaultdict(list)
        self._by_word: dict[str, list[Person]] = defaultdict(list)
        self._by_first: dict[str, list[Person]] = defaultdict(list)
        self._by_slip: dict[str, list[tuple[str, Person]]] = defaultdict(list)

    def persons(self) -> list[Person]:
        """Everybody who is mentioned, in order of their joining."""
        return [person for person in self._people if person.mentions]

    def join(self, name: str) -> Person:
        """The person of a full name, new if need be. Join fuller forms first: they become the canonical ones."""
        if name not in self._by_form:
            self._by_form[name] = self.same(name) or self._new(name)
        return self._by_form[name]

    def _new(self, name: str) -> Person:
        person = Person(name)
        self._people.append(person)
        if len(person.words) > 1:
            self._by_surname[person.words[-1]].append(person)
            self._by_first[person.words[0]].append(person)
            for word in dict.fromkeys(person.words[1:]):
                self._by_word[word].append(person)
        for slip in naming.slips(person.words[-1]):
            self._by_slip[slip].append((person.words[-1], person))
        return person

    def same(self, name: str) -> Person | None:
        """Somebody of this surname whose other names agree: a middle name, an initial or a spelling apart."""
        other = _folded(name)
        if len(self._by_first[other[0]]) == 1 and _PATRONYMIC.match(name):
            return self._by_first[other[0]][0]
        likely = [*self._by_surname[other[-1]][:_MANY], *self._misspelt(other[-1])]
        return next((person for person in likely if len(other) > 1 and _agree(person.words[:-1], other[:-1])), None)

    def short(self, text: str) -> Person | None:
        """Who a shorter form means: of those whose name it is part of the last mentioned, else the first joined."""
        form = _folded(text)
        likely = self._by_word[form[-1]][:_MANY] if form[-1] in self._by_word else []
        if len(form) > 1:
            likely = [person for person in likely if person.words[-len(form) :] == form]
        elif not likely and _stands_alone[text]:
            likely = self._by_first[form[0]][:_MANY]
        return max(likely, key=lambda person: person.mentions[-1].end if person.mentions else -1, default=None)

    def first(self, text: str) -> Person | None:
        """The only person of that first name."""
        likely = self._by_first[naming.fold(text)]
        return likely[0] if len(likely) == 1 else None

    def misspelt(self, text: str) -> Person | None:
        """Whose surname a single name spells with a letter more or less; that spelling is known from then on."""
        form = naming.fold(text)
        person = next((one for one in self._misspelt(form) if text.rstrip("s") != one.name.split()[-1]), None)
        if person:
            for slip in naming.slips(form):
                self._by_slip[slip].append((form, person))
        return person

    def _misspelt(self, form: str) -> Iterator[Person]:
        slips = naming.slips(form) if len(form) >= naming.LONG else ()
        if not self._by_slip.keys().isdisjoint(slips):
            for slip in slips:
                for spelling, person in self._by_slip.get(slip, ())[:_MANY]:
                    if slip in {form, spelling}:
                        yield person

    def spot(self, pieces: Sequence[Piece], small: Callable[[str], bool]) -> None:
        """Find people that are known already in a headline, where capitals say nothing."""
        at = 0
        while at < len(pieces):
            at += self._spotted(pieces[at : at + 4], small)

    def _spotted(self, pieces: Sequence[Piece], small: Callable[[str], bool]) -> int:
        for count in range(len(pieces), 0, -1):
            form = " ".join(piece.text for piece in pieces[:count])
            person = self._by_form.get(form) or (self.short(form) if count == 1 else None)
            if person and (count > 1 or not small(pieces[0].low)):
                person.mentions.append(Span(pieces[0].start, pieces[count - 1].end))
                return count
        return 1


def _may_stand_alone(first: str) -> bool:
    """Whether a first word of a name may stand for it: ``Emma``, ``Xi``; not ``Will``."""
    return first in words("family_first") or (first in words("given_names") and first not in words("ambiguous_names"))


_stands_alone = Memory(_may_stand_alone)


def _agree(full: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the given names of the shorter form are among those of the fuller, in order; initials count."""
    rest = iter(full)
    return all(any(_matches(part, one) for one in rest) for part in other)


def _matches(part: str, one: str) -> bool:
    return part == one or (len(part) == 1 and one.startswith(part)) or (len(one) == 1 and part.startswith(one))
