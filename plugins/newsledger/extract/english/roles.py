"""Words for what people are: titles, roles and what they are made of."""

from functools import cache
from typing import NamedTuple

from newsledger.extract.english.lexicon import words

# Nouns that companies and places are called too: no sign of a person.
_NEUTRAL = frozenset(
    """owner producer operator maker publisher leader winner champion partner member dealer investor provider broker opponent
    ally neighbor neighbour rival player star host hub developer contractor distributor agency dealer supplier runner fan
    general champion distributor associate agent conductor survivor victim killer insider interpreter merchant builder
    collector programmer regulator pioneer promoter planner guard resident national major second-in-command fellow model child principal""".split()
)

_ANYBODY = frozenset("woman man boy girl toddler child teenager individual mr mrs person citizen".split())


class Position(NamedTuple):
    """What somebody is, and for whom; either may be unknown."""

    role: str | None = None
    affiliation: str | None = None


NOTHING = Position()


@cache
def titles() -> frozenset[str]:
    """Words that may stand, capitalised, right before a name, and say what somebody is."""
    return words("roles", "titles")


@cache
def honorifics() -> frozenset[str]:
    """Words of address; they show a person but no role."""
    return words("roles", "honorifics")


@cache
def heads() -> frozenset[str]:
    """Nouns, singular, that a role may be built on."""
    return words("roles", "heads") | titles()


@cache
def plural_heads() -> frozenset[str]:
    """The same, plural: ``officials``."""
    return frozenset(noun[:-3] + "men" if noun.endswith("man") else noun + "s" for noun in words("roles", "heads"))


@cache
def modifiers() -> frozenset[str]:
    """Words that stand before the noun of a role: ``deputy``, ``foreign``."""
    return words("roles", "modifiers")


@cache
def is_title(low: str) -> bool:
    """Whether the word (in small letters) is a title or a form of address: ``minister``, ``vice-mayor``, ``mr.``."""
    known = titles() | honorifics() | words("roles", "heads")
    if "-" in low:
        first, _, last = low.rpartition("-")
        return last in titles() or (last in {"elect", "designate"} and first in titles())
    return low in known or low.rstrip(".") in known


def is_head(low: str) -> bool:
    return low in heads() or low in plural_heads() or ("-" in low and low.rpartition("-")[2] in heads())


def is_occupation(role: str) -> bool:
    """Whether the role is more than a word for a human being."""
    return role.rsplit(maxsplit=1)[-1].lower() not in _ANYBODY


def shows_person(position: Position) -> bool:
    """Whether the role can only be a person's."""
    return bool(position.role) and position.role.split()[-1].lower() not in _NEUTRAL  # type: ignore[union-attr]


def is_plural(position: Position) -> bool:
    """Whether several people hold it: ``CDC officials A and B``."""
    return bool(position.role) and position.role.split()[-1].lower() in plural_heads()  # type: ignore[union-attr]


def of_one(position: Position) -> Position:
    """The same for one of several: ``official``."""
    if not is_plural(position) or position.role is None:
        return position
    role = position.role
    return position._replace(role=role[:-3] + "man" if role.endswith("men") else role[:-1])
