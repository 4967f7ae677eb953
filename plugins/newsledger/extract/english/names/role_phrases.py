"""Phrases that say what somebody is: ``a senior fellow in the Asia programme at the Institute``."""

import re
from collections.abc import Mapping

from newsledger.extract.english.lexicon import demonyms, words
from newsledger.extract.english.names import roles
from newsledger.extract.english.names.roles import NOTHING, Position

_AT = re.compile(
    r"\s(?:at|with|of(?! (?:staff|state|police|mission|operations)\b)|for|from|in|to|on|under)"
    r"\s(?:the\s|an?\s|its\s|his\s|her\s)?"
)
_CLAUSE = re.compile(
    r",|\s(?:who|which|that|where|when|whose|said|says|told|has|have|had|is|was|were|are|will|would|as|after|before|while"
    r"|because|since|during|going)\b|\s(?:and|but) (?:he|she|they|his|her|has|is|was|the|a|an|one|other)\b"
)
# Ukraine’s foreign minister
_POSSESSOR = re.compile(
    r"^(?P<owner>[^,]{1,60}?(?<! men)(?<!women)(?<! boys)(?<!girls))(?:\s?['’]\s?s|(?<=s)['’])\s(?P<rest>.+)$"
)
_NAME = re.compile(
    r"(?:[A-Z0-9]|\b[a-z](?=[A-Z]))[^\s,]*(?:\s(?:of|for|and|on|the|de|&)(?:\sthe)?(?=\s[A-Z])|\s[A-Z0-9][^\s,]*|(?<=[a-z])-[A-Z]\w+)*"
)
_AND = re.compile(r" and (?=an? )")
_JOIN = re.compile(r" (?:for|at|of|with) (?:the )?$")
_JOIN_BARE = re.compile(r" (?:for|at|of|with|in) (?:the )?$")  # officer of health in Norby; not of the clinic in Norby
_ARTICLE = re.compile(
    r"^(?:an?|the|one of (?:the|its|his)|its|his|her|their|our|then|another|one|fellow)\s+(?:\d{1,3}-year-old\s)?",
    re.IGNORECASE,
)
# the Russian-language independent news website X
_DESCRIPTION = re.compile(
    r"(?:(?!of |for |in |at |from |with )(?:[a-z][\w’'-]*|[A-Z][\w-]+-(?:language|based|backed)"
    r"|[A-Z][a-z]+n|English|British) ){1,7}"
)
_KIND = re.compile(
    r" (?:region|district|state|province|area|police|department|county|city|campaign|government|team|club)\b"
)
# a journalist imprisoned, a student based, an envoy working
_DONE = re.compile(r"(?P<head>[\w-]+) (?P<done>[a-z]+(?:ed|ing)|known|shot|born|held|hurt|seen|sent|caught)\b(?= |$)")
_POSSESSIVE = re.compile(r"['’]s\b")
_NEVER = frozenset(
    """is was are were be been has had the a an his her its their whose which that by than not said says who he she they
    it""".split()
)
_LONGEST = 9
"""Words of a role at most."""


class Phrases:
    """Reads phrases of one body, in which organisations are known by where they begin."""

    def __init__(self, body: str, starts: Mapping[int, tuple[int, str]]) -> None:
        """``starts`` gives end and name of the organisation that begins at a position."""
        self._body = body
        self._starts = starts

    def read(self, phrase: str, offset: int, *, whole: bool = False) -> Position:
        """The position that a phrase, which begins at ``offset``, speaks of; nothing where it speaks of none.

        With ``whole``, a clause inside means that it is no such phrase.
        """
        if clause := _CLAUSE.search(phrase):
            if whole:
                return NOTHING
            if again := _AND.match(phrase, clause.start()):
                return self._both(self.read(phrase[: clause.start()], offset), phrase, again.end(), offset)
            phrase = phrase[: clause.start()]
        phrase = _before_participle(phrase)
        article = _ARTICLE.match(phrase)
        if article:
            phrase, offset = phrase[article.end() :], offset + article.end()
        at = _AT.search(phrase)
        possessor = _POSSESSOR.match(phrase[: at.start()] if at else phrase)
        if possessor:
            begin = possessor.start("rest")
            phrase, offset = phrase[begin:], offset + begin
            at = _AT.search(phrase)
        role = (phrase[: at.start()] if at else phrase).strip()
        if not _headed(role) or not (
            article or possessor or _terse(role) or (at and self._held(role, offset + at.end()))
        ):
            return NOTHING
        if possessor:
            return Position(role, _country(possessor["owner"]))
        return self._split(phrase, at, offset) if at else self._adjective(role, offset)

    def _both(self, first: Position, phrase: str, again: int, offset: int) -> Position:
        """``medical professor and a specialist at`` Hale Clinic: two roles, with the affiliation that either has."""
        second = self.read(phrase[again:], offset + again) if first.role else NOTHING
        if not second.role:
            return first
        return Position(f"{first.role} and {second.role}", first.affiliation or second.affiliation)

    def _held(self, role: str, end: int) -> bool:
        """Whether small words before a name are a role all the same: ``wildlife program director for`` Hale Trust."""
        return role.islower() and role.count(" ") < 4 and (end in self._starts or self._body[end : end + 1].isupper())

    def _adjective(self, role: str, offset: int) -> Position:
        """``Ukraine war analyst`` is all role; ``Reuters reporter`` and ``Russian minister`` hold the affiliation."""
        end, name = self._starts.get(offset, (offset, None))
        if name and end < offset + len(role):
            return Position(role[end - offset :].strip(), name)
        parts = role.split()
        if parts[0] in demonyms() and len(parts) > 1:
            return Position(role.partition(" ")[2], demonyms()[parts[0]])
        own = 0
        while own < len(parts) - 1 and parts[own][0].isupper() and not _of_roles(parts[own].lower()):
            own += 1
        if own and len(parts) - own > 1 and all(_of_roles(part.lower()) for part in parts[own:]):
            return Position(" ".join(parts[own:]), " ".join(parts[:own]))
        return Position(role)

    def _split(self, phrase: str, at: re.Match[str], offset: int) -> Position:
        """Cut where the affiliation begins: at an organisation, else behind "at" or "with", else where "of" stands."""
        places = [at, *_AT.finditer(phrase, at.end() - 1)]
        for place in places:
            if organisation := self._organisation(offset + place.end(), offset + len(phrase)):
                return Position(phrase[: place.start()], organisation)
        place = next((found for found in places if found[0].split()[0] in {"at", "with"}), at)
        role, tail = phrase[: place.start()], phrase[place.end() :].strip()
        name = _NAME.search(tail)
        if name is None or _POSSESSIVE.sub("", name[0].split()[0]).lower() in words("common_words", "days"):
            of = tail and at[0].split()[0] in {"of", "for"}
            return self._adjective(phrase.strip() if of else phrase[: at.start()], offset)
        if name.start() > 0 and place[0].split()[0] == "to":  # the fifth runner to go out this season
            return Position(role)
        if name.start() > 0:
            bare = place[0].endswith(("of ", "for "))
            join = (_JOIN_BARE if bare else _JOIN).search(tail, 0, name.start())
            if join:  # director of security for Hale
                return Position(phrase[: place.end() + join.start()], tail[name.start() :])
            return Position(role, tail if name.start() < 40 else None)
        return self._whose(phrase, role, tail, name)

    @staticmethod
    def _whose(phrase: str, role: str, tail: str, name: re.Match[str]) -> Position:
        """The role with the name that follows its preposition, where that is no person and no number."""
        if name[0].isdigit() or roles.is_title(name[0].split()[0].lower()):  # mother of 12, widow of President X
            return Position(role)
        if _POSSESSIVE.search(name[0]) and len(name[0]) < len(tail):
            return Position(phrase, _POSSESSIVE.sub("", tail))
        kind = _KIND.match(tail, name.end())
        affiliation = tail[: kind.end()] if kind else name[0]
        return Position(role, demonyms().get(affiliation, affiliation))

    def _organisation(self, start: int, end: int) -> str | None:
        """The organisation that a noun phrase from ``start`` names: itself, or behind words that describe it."""
        if start in self._starts:
            return self._starts[start][1]
        described = _DESCRIPTION.match(self._body, start, min(end, start + 70))
        return self._starts.get(described.end(), (0, None))[1] if described else None


def _before_participle(phrase: str) -> str:
    """``a journalist`` of ``a journalist imprisoned in Norland``: what is done to somebody is no part of the role."""
    for done in _DONE.finditer(phrase):
        if done["done"] in words("verbs", "speech"):
            break
        if roles.is_head(done["head"].lower()) and not _headed(done.string[done.end() :].partition(" of ")[0]):
            return phrase[: done.end("head")]
    return phrase


def _country(owner: str) -> str | None:
    owner = owner.removeprefix("the ").removeprefix("The ")
    return demonyms().get(owner, owner) if owner[:1].isupper() else None


def _terse(role: str) -> bool:
    """Whether the words may be a role without an article: ``deputy governor``, not ``police arrest serial robber``."""
    return all(_of_roles(word.lower()) or word[0].isupper() or "-" in word for word in role.split())


def _of_roles(low: str) -> bool:
    return low in roles.modifiers() or low in {"of", "and"} or roles.may_end(low)


def _headed(role: str) -> bool:
    """Whether the words end in a noun for a person, one person."""
    parts = role.lower().split()
    if not 0 < len(parts) <= _LONGEST or any(part.isdigit() or part in _NEVER for part in parts):
        return False
    if parts[0].endswith("ing") and parts[0] not in roles.modifiers():
        return False
    if parts[-1] in {"emeritus", "general", "elect", "designate"} and len(parts) > 1:
        parts.pop()
    last = parts[-1].strip("'’\"")
    if roles.is_pair(role):
        return True
    return last in roles.heads() or ("-" in last and last.rpartition("-")[2] in roles.heads())
