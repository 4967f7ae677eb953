"""Roles and affiliations: what the text says, right before or after a name, that somebody is."""

import re
from functools import cache
from typing import NamedTuple

from newsledger.extract.english.lexicon import demonyms, words


class Position(NamedTuple):
    """What somebody is, and for whom; either may be unknown."""

    role: str | None = None
    affiliation: str | None = None

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return bool(self.role or self.affiliation)


NOTHING = Position()
_AFTER = re.compile(
    r"\s?,\s(?:who\s(?:is|was|has been|serves as|served as|works as|heads|leads)\s)?(?P<phrase>[^.;:()“”\"\n—–]{3,160})"
)
_AT = re.compile(r"\s(?:at|with|of|for|from|in|to|on)\s(?:the\s|a\s|an\s|its\s|his\s|her\s)?")
_CLAUSE = re.compile(
    r",|\s(?:who|which|that|where|when|whose|said|says|told|and|but|has|have|had|is|was|were|are|will|would|as|after|before|while|because)\b"
)
_POSSESSOR = re.compile(r"^(?P<owner>[A-Z][^,]{0,60}?)(?:['’]s|(?<=s)['’])\s(?P<rest>.+)$")
_CAPITALS = re.compile(
    r"[A-Z0-9][^\s,]*(?:\s(?:of|for|and|on|the|in|de|&)(?=\s)(?:\sthe)?\s?[A-Z][^\s,]*|\s[A-Z0-9][^\s,]*)*"
)
_ARTICLE = re.compile(r"^(?:an?|the|one of (?:the|its|his)|its|his|her|their|our|then)\s+", re.IGNORECASE)


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
    """Nouns that a role may be built on, plurals too."""
    single = words("roles", "heads") | titles()
    return single | {_plural(noun) for noun in single}


@cache
def _modifiers() -> frozenset[str]:
    return words("roles", "modifiers")


def _plural(noun: str) -> str:
    return noun[:-3] + "men" if noun.endswith("man") else noun + "s"


def is_title(word: str) -> bool:
    """Whether the word, capitalised before a name, is a title or a form of address."""
    low = word.lower()
    return low in titles() or low in honorifics() or low.rstrip(".") in heads()


def before(body: str, start: int) -> Position:
    """The role that ends right before ``start``: ``Ukraine’s foreign minister``, ``Turkish Health Minister``."""
    left = body[max(0, start - 110) : start]
    left = re.split(r"[.!?;:“”\"\n—–](?=\s)|[“”\"\n]", left)[-1] if not left.rstrip().endswith(".") else left
    tokens = left.rstrip(" ,").split(" ")
    return _walk_back(tokens)


def _walk_back(tokens: list[str]) -> Position:
    role: list[str] = []
    owner: list[str] = []
    seen_head = False
    while tokens:
        token = tokens[-1]
        low = token.lower().strip(",()")
        if low.rstrip(".") in {h.rstrip(".") for h in honorifics()} and not seen_head:
            tokens.pop()
            continue
        if not owner and (low in heads() or (seen_head and (low in _modifiers() or token in {"of", "and"}))):
            seen_head = seen_head or low in heads()
            role.insert(0, tokens.pop().strip(","))
            continue
        break
    if not seen_head:
        return NOTHING
    while role and role[0] in {"of", "and"}:
        role.pop(0)
    while (
        tokens
        and (tokens[-1][:1].isupper() or tokens[-1] in {"of", "for", "state"})
        and not tokens[-1].endswith((",", "."))
    ):
        owner.insert(0, tokens.pop())
    return Position(" ".join(role) or None, _owner(owner))


def _owner(tokens: list[str]) -> str | None:
    while tokens and (tokens[0].islower() or tokens[0] in {"The", "But", "And"}):
        tokens = tokens[1:]
    if not tokens:
        return None
    name = re.sub(r"['’]s?$", "", " ".join(tokens)).strip(" ()")
    return demonyms().get(name, name) or None


def after(body: str, end: int) -> Position:
    """The apposition right after ``end``: ``, a senior fellow at the Institute``; ``, Prime Minister of Georgia,``."""
    match = _AFTER.match(body, end)
    return _phrase(match["phrase"]) if match else NOTHING


def _phrase(phrase: str) -> Position:
    clause = _CLAUSE.search(phrase)
    phrase = phrase[: clause.start()] if clause else phrase
    phrase = _ARTICLE.sub("", phrase.strip())
    owner = None
    if possessor := _POSSESSOR.match(phrase):
        owner, phrase = possessor["owner"], possessor["rest"]
    at = _AT.search(phrase)
    role = phrase[: at.start()] if at else phrase
    if not role.split() or role.split()[-1].lower() not in heads():
        return NOTHING
    if owner:
        return Position(role, demonyms().get(owner, owner))
    if not at:
        first = role.split()[0]
        return Position(role, demonyms().get(first))
    return _split(phrase, at)


def _split(phrase: str, at: re.Match[str]) -> Position:
    """Cut ``senior fellow in the Asia programme at the Institute`` where the affiliation begins."""
    rest = [at, *_AT.finditer(phrase, at.end())]
    place = next((found for found in rest if found[0].split()[0] in {"at", "with"}), at)
    tail = phrase[place.end() :]
    found = _CAPITALS.search(tail)
    if found is None:
        return Position(phrase)
    lowercase = tail[found.end() :].strip()
    if found.start() == 0 and lowercase and lowercase.split()[0] not in {"in", "think", "campus", "who"}:
        return Position(
            phrase if found[0].endswith(("'s", "’s")) else phrase[: place.start()],
            tail.replace("’s", "").replace("'s", ""),
        )
    return Position(phrase[: place.start()], demonyms().get(found[0], found[0]))
