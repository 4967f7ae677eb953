"""Words for what people are: titles, roles and what they are made of."""

from functools import cache
from typing import NamedTuple

from newsledger.extract.english.lexicon import words


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
    """Whether a role may be built on the word (in small letters), be it one person's or several people's."""
    return low in heads() or low in plural_heads() or ("-" in low and low.rpartition("-")[2] in heads())


def is_occupation(role: str) -> bool:
    """Whether the role is more than a word for a human being."""
    return role.rsplit(maxsplit=1)[-1].lower() not in words("roles", "anybody")


def shows_person(position: Position) -> bool:
    """Whether the role can only be a person's."""
    return bool(position.role) and position.role.split()[-1].lower() not in words("roles", "neutral")  # type: ignore[union-attr]


def is_plural(position: Position) -> bool:
    """Whether several people hold it: ``CDC officials A and B``."""
    return bool(position.role) and position.role.split()[-1].lower() in plural_heads()  # type: ignore[union-attr]


def of_one(position: Position) -> Position:
    """The same for one of several: ``official``."""
    if not is_plural(position) or position.role is None:
        return position
    role = position.role
    return position._replace(role=role[:-3] + "man" if role.endswith("men") else role[:-1])
