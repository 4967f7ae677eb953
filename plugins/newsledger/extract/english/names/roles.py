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
    return frozenset(_singulars())


@cache
def _singulars() -> dict[str, str]:
    return {_plural(noun): noun for noun in sorted(words("roles", "heads"))}


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and not noun.endswith(("ay", "ey", "oy")):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")


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
        return last in heads() or (last in {"elect", "designate"} and first in titles())
    return low in known or low.rstrip(".") in known


@cache
def pairs() -> frozenset[str]:
    """Roles of two words whose second alone is none: ``running back``, ``head man``; singular and plural."""
    return words("roles", "pairs") | frozenset(map(_plural, words("roles", "pairs")))


@cache
def _pair_ends() -> frozenset[str]:
    return frozenset(pair.rpartition(" ")[2] for pair in pairs())


def is_pair(phrase: str) -> bool:
    """Whether the words end in such a role."""
    last = phrase.rpartition(" ")[2].lower()
    return last in _pair_ends() and " ".join(phrase.lower().split()[-2:]) in pairs()


def may_end(low: str) -> bool:
    """Whether a role may end in the word (in small letters)."""
    return is_head(low) or low in _pair_ends()


def is_head(low: str) -> bool:
    """Whether a role may be built on the word (in small letters), be it one person's or several people's."""
    return low in heads() or low in plural_heads() or ("-" in low and low.rpartition("-")[2] in heads())


def is_occupation(role: str) -> bool:
    """Whether the role is more than a word for a human being."""
    return role.partition(" of ")[0].rsplit(maxsplit=1)[-1].lower() not in words("roles", "anybody")


def shows_person(position: Position) -> bool:
    """Whether the role can only be a person's."""
    return bool(position.role) and position.role.split()[-1].lower() not in words("roles", "neutral")  # type: ignore[union-attr]


def is_plural(position: Position) -> bool:
    """Whether several people hold it: ``CDC officials A and B``."""
    role = (position.role or "").lower()
    return role.rpartition(" ")[2] in plural_heads() or (is_pair(role) and role.endswith("s"))


def of_one(position: Position) -> Position:
    """The same for one of several: ``official``."""
    if not is_plural(position) or position.role is None:
        return position
    role = position.role
    rest, _, last = role.rpartition(" ")
    one = _singulars().get(last.lower(), last.removesuffix("s"))
    return position._replace(role=f"{rest} {one.title() if last.istitle() else one}".strip())
