"""Roles and affiliations: what the text says, right before or after a name, that somebody is."""

import re
from collections.abc import Iterable, Iterator

from newsledger.extract.english import roles
from newsledger.extract.english.lexicon import demonyms, words
from newsledger.extract.english.organisations import Organisation
from newsledger.extract.english.roles import NOTHING, Position

# X, 49, a fellow at Y | X, who heads Y | X — the mayor | X is the mayor | X (the mayor)
_APPOSITION = re.compile(
    r"(?:(?:\s?,\s(?:aged? )?\d{1,3}\s?)?(?:\s?,|\s[–—]|\s\()\s?(?:who (?:is|was|has been|serves as|served as|works as|heads|leads) )?"
    r"| (?:is|was|serves as|served as|works as|became) (?=an? |the ))(?P<phrase>(?:[^.;:()“”\"\n–—]|(?<=\b[A-Z])\.|(?<=\bSt)\.|(?<=\b(?:Gov|Sen|Rep|Gen|Col|Rev))\.|\.(?=\w)){3,160})"
)
# X, of Y | X of Y | X from Y | X with Y
_OF = re.compile(r"(?:\s?,)? (?:of|from|with|at|for) (?:the )?")
_AT = re.compile(
    r"\s(?:at|with|of(?! (?:staff|state|police|mission|operations)\b)|for|from|in|to|on|under)\s(?:the\s|an?\s|its\s|his\s|her\s)?"
)
_CLAUSE = re.compile(
    r",|\s(?:who|which|that|where|when|whose|said|says|told|has|have|had|is|was|were|are|will|would|as|after|before|while"
    r"|because|since|during)\b|\s(?:and|but) (?:he|she|they|his|her|has|is|was|the|a|an|one|other|other)\b"
)
_POSSESSOR = re.compile(r"^(?P<owner>[^,]{1,60}?)(?:\s?['’]\s?s|(?<=s)['’])\s(?P<rest>.+)$")
_NAME = re.compile(
    r"[A-Z0-9][^\s,]*(?:\s(?:of|for|and|on|the|de|&)(?:\sthe)?(?=\s[A-Z])|\s[A-Z0-9][^\s,]*|(?<=[a-z])-[A-Z]\w+)*"
)
_ARTICLE = re.compile(
    r"^(?:an?|the|one of (?:the|its|his)|its|his|her|their|our|then|another|one|fellow)\s+", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"['’]s?$")
_SENTENCE_BREAK = re.compile(r"[!?;:“”\"\n()–—]|(?<=[a-z\d)]{2})\s?\.(?=\s)")
_TOKEN = re.compile(r"\S+")
_DETERMINER = re.compile(
    r"(?:^|(?<=[\s,]))(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]nother|[Oo]ne|[A-Z][\w.-]+['’]s?) "
)
_OFFICE = re.compile(r"(?P<head>[\w-]+) (?P<join>of (?:the )?)(?=[A-Z])")
_CAPITALS = re.compile(r"[A-Z][\w’'-]+(?:(?:,| and| &)? [A-Z][\w’'-]+){0,3} ")
# one drone pilot who goes by the call sign X
_CALLED = re.compile(r"(?P<phrase>.{3,90}?) (?:who|known|whose|using|identified)\b[^,;]{0,40}call[ -]?signs? [“\"‘']?$")
_BRACKET = re.compile(r"\([A-Z][\w&.-]{1,11}\)(?: [\w-]+){1,5},? $")
_KIND = re.compile(
    r" (?:region|district|state|province|area|police|department|county|city|campaign|government|team|club)\b"
)
# Kinds of place that belong to the name before them: Crawford County, not County Attorney.
_KINDS = frozenset(
    {
        "county",
        "city",
        "state",
        "town",
        "village",
        "parish",
        "province",
        "university",
        "college",
        "township",
        "police",
        "borough",
    }
)
_NOT_IN_ROLES = frozenset(
    "is was are were be been has had the a an his her its their whose which that by than not said says who he she they it".split()
)


def _breaks(left: str) -> Iterator[int]:
    """Where sentences and asides begin in the words before a name; titles such as ``Gov.`` end none."""
    for found in _SENTENCE_BREAK.finditer(left, 0, len(left) - 1):
        word = left[: found.start()].rpartition(" ")[2].lower()
        if not found[0].endswith(".") or word not in roles.titles() | roles.honorifics():
            yield found.end()


def _promising(left: str) -> bool:
    """Whether the last word before a name may end a role; most words do not, and need no further look."""
    last = left.rstrip().rpartition(" ")[2]
    low = last.lower().rstrip(",")
    if last.endswith(",") or last[:1].isupper() or low.startswith("sign"):
        return True
    return roles.is_head(low) or low.rstrip(".") in roles.honorifics()


class Positions:
    """Reads positions out of one body, in which organisations are known."""

    def __init__(self, body: str, organisations: Iterable[Organisation]) -> None:
        """Keep where each organisation begins and ends."""
        self._body = body
        self._starts = {one.start: one for one in organisations}
        self._ends = {one.end: one for one in organisations}

    def before(self, start: int) -> Position:
        """The position that ends right before ``start``: ``Ukraine’s foreign minister``, ``Turkish Health Minister``."""
        left = self._body[max(0, start - 120) : start]
        if not _promising(left):
            return NOTHING
        brackets = self._closed_before(left)
        cut = max((end for end in _breaks(left) if end <= brackets), default=0)
        tokens = [(found[0], start - len(left) + found.start()) for found in _TOKEN.finditer(left, cut)]
        while tokens and tokens[-1][0].lower().rstrip(".") in roles.honorifics():
            tokens.pop()
        if not tokens:
            return NOTHING
        last = tokens[-1][0]
        if last.endswith(",") or last.lower().startswith("sign"):
            found = self._reversed(start)
            if found.role:
                return found
        direct = self._direct(tokens)
        return direct if direct.role else self._office(start)

    @staticmethod
    def _closed_before(left: str) -> int:
        """How far breaks count: brackets before a role belong to it (``Bureau (BAI) head``)."""
        bracket = _BRACKET.search(left) if ")" in left else None
        return bracket.start() if bracket else len(left)

    def _reversed(self, start: int) -> Position:
        """``the mayor of Van, X``; ``Ukraine’s foreign minister, X``; ``a pilot who uses the call sign X``."""
        left = self._body[max(0, start - 130) : start]
        left = left[max(_breaks(left), default=0) :]
        called = _CALLED.search(left)
        if called is None and not left.endswith(", "):
            return NOTHING
        end = called.end("phrase") if called else len(left) - 2
        for determiner in _DETERMINER.finditer(left, 0, end):
            found = self._phrase(
                left[determiner.start() : end], start - len(left) + determiner.start(), whole=called is None
            )
            if found.role:
                return found
        return NOTHING

    def _office(self, start: int) -> Position:
        """``Secretary of State X``, ``Mayor of London X``: an office that ends in what it is an office of."""
        left = self._body[max(0, start - 90) : start]
        match = next((found for found in _OFFICE.finditer(left) if _CAPITALS.fullmatch(left, found.end())), None)
        if match is None or not roles.is_head(match["head"].lower()):
            return NOTHING
        tokens = [
            (found[0], start - len(left) + found.start()) for found in _TOKEN.finditer(left, 0, match.end("head"))
        ]
        found = self._direct(tokens)
        of = left[match.end() :].rstrip()
        if of.split()[0].lower() in words("organisations", "portfolio") | roles.modifiers() | {"staff"}:
            return found._replace(role=f"{found.role} {match['join']}{of}")
        return Position(found.role, demonyms().get(of, of))

    def _direct(self, tokens: list[tuple[str, int]]) -> Position:
        role, at = self._role_tokens(tokens)
        if not role:
            return NOTHING
        rest = tokens[: len(tokens) - len(role)]
        return Position(" ".join(role).strip(" ,"), self._owner(rest, at))

    def _role_tokens(self, tokens: list[tuple[str, int]]) -> tuple[list[str], int]:
        role: list[str] = []
        at, head = 0, False
        for token, start in reversed(tokens):
            low = token.lower().strip(",")
            if role and (token.endswith(",") or start + len(token) in self._ends):
                break
            capital_kind = low in _KINDS and token[0].isupper() and head
            if not capital_kind and (
                roles.is_head(low) or (head and (low in roles.modifiers() or low in {"of", "and"}))
            ):
                head = head or roles.is_head(low)
                role.insert(0, token)
                at = start
            else:
                break
        cut = next(
            (
                number
                for number, word in enumerate(role)
                if word == "and" and not roles.is_head(role[number - 1].lower())
            ),
            -1,
        )
        while role and (role[0].lower() in {"of", "and", "then"} or cut >= 0):
            at += len(role.pop(0)) + 1
            cut -= 1
        return role, at

    def _owner(self, tokens: list[tuple[str, int]], at: int) -> str | None:
        """Who the role belongs to, by the words before it."""
        before = self._body[max(0, at - 24) : at]
        edge = at - len(before) + len(re.sub(r"(?: \([\w&.-]+\))?(?:['’]s?)? $", "", before))
        if edge in self._ends:
            return self._ends[edge].name
        if at - 1 in self._ends:
            return self._ends[at - 1].name
        owner: list[str] = []
        for token, _ in reversed(tokens):
            if (
                not (token[0].isupper() or (token.lower() in _KINDS and not owner))
                or (token.endswith((",", "."))
                and token not in demonyms())
            ):
                break
            owner.insert(0, token)
        while (
            owner
            and owner[0].lower() in words("common_words")
            and owner[0] not in demonyms()
            and owner[0].lower() not in {"new", "north", "south", "west", "east"}
        ):
            owner.pop(0)
        name = _POSSESSIVE.sub("", " ".join(owner)).strip("() ")
        return demonyms().get(name, name) or None

    def after(self, end: int) -> Position:
        """The position right after ``end``: ``, a senior fellow at the Institute``; ``, Prime Minister of Georgia,``."""
        match = _APPOSITION.match(self._body, end)
        found = self._phrase(match["phrase"], match.start("phrase")) if match else NOTHING
        if found.role:
            return found
        of = _OF.match(self._body, end)
        if of and of.end() in self._starts:
            return Position(None, self._starts[of.end()].name)
        return NOTHING

    def _phrase(self, phrase: str, offset: int, *, whole: bool = False) -> Position:
        """Read ``a senior fellow in the programme at the Institute``, which begins at ``offset``.

        With ``whole``, a clause inside means that it is no such phrase.
        """
        if clause := _CLAUSE.search(phrase):
            if whole:
                return NOTHING
            phrase = phrase[: clause.start()]
        if article := _ARTICLE.match(phrase):
            phrase, offset = phrase[article.end() :], offset + article.end()
        at = _AT.search(phrase)
        possessor = _POSSESSOR.match(phrase[: at.start()] if at else phrase)
        if possessor:
            offset += possessor.start("rest")
            phrase = phrase[possessor.start("rest") :]
            at = _AT.search(phrase)
        role = (phrase[: at.start()] if at else phrase).strip()
        if not self._headed(role):
            return NOTHING
        if possessor:
            owner = possessor["owner"].removeprefix("the ").removeprefix("The ")
            return Position(role, demonyms().get(owner, owner) if owner[0].isupper() else None)
        if at is None:
            return self._adjective(role, offset)
        return self._split(phrase, at, offset)

    @staticmethod
    def _headed(role: str) -> bool:
        """Whether the words end in a noun for a person, one person."""
        parts = role.lower().split()
        if not 0 < len(parts) <= 9 or any(part.isdigit() or part in _NOT_IN_ROLES for part in parts):
            return False
        if parts[0].endswith("ing") and parts[0] not in roles.modifiers():
            return False
        if parts[-1] in {"emeritus", "general", "elect", "designate"} and len(parts) > 1:
            parts.pop()
        last = parts[-1].strip("'’\"")
        return last in roles.heads() or ("-" in last and last.rpartition("-")[2] in roles.heads())

    def _adjective(self, role: str, offset: int) -> Position:
        """``Ukraine war analyst`` is all role; ``Reuters reporter`` and ``Russian minister`` hold the affiliation."""
        organisation = self._starts.get(offset)
        if organisation and organisation.end < offset + len(role):
            return Position(role[organisation.end - offset :].strip(), organisation.name)
        first = role.split(maxsplit=1)[0]
        if first in demonyms() and " " in role:
            return Position(role.partition(" ")[2], demonyms()[first])
        parts = role.split()
        owner = []
        while (
            len(parts) > 1
            and parts[0][0].isupper()
            and parts[0].lower() not in roles.modifiers()
            and not roles.is_head(parts[0].lower())
        ):
            owner.append(parts.pop(0))
        if (
            owner
            and all(part.lower() in roles.modifiers() or roles.is_head(part.lower()) for part in parts)
            and len(parts) > 1
        ):
            return Position(" ".join(parts), " ".join(owner))
        return Position(role)

    def _split(self, phrase: str, at: re.Match[str], offset: int) -> Position:
        """Cut ``senior fellow in the Asia programme at the Institute`` where the affiliation begins."""
        places = [at, *_AT.finditer(phrase, at.end() - 1)]
        for place in places:
            if organisation := self._organisation(offset + place.end(), offset + len(phrase)):
                return Position(phrase[: place.start()], organisation)
        place = next((found for found in places if found[0].split()[0] in {"at", "with"}), at)
        tail = phrase[place.end() :].strip()
        if not tail:
            return Position(phrase[: place.start()])
        name = _NAME.search(tail)
        if name and name[0].split()[0].lower().removesuffix("'s").removesuffix("’s") in words("common_words", "days"):
            name = None
        if name is None:
            return self._adjective(phrase if at[0].split()[0] in {"of", "for"} else phrase[: at.start()], offset)
        if name.start() > 0:
            return Position(phrase[: place.start()], tail if name.start() < 40 else None)
        if name[0].endswith(("'s", "’s")):
            return Position(phrase, re.sub(r"['’]s\b", "", tail))
        kind = _KIND.match(tail, name.end())
        affiliation = tail[: kind.end()] if kind else name[0]
        return Position(phrase[: place.start()], demonyms().get(affiliation, affiliation))

    def _organisation(self, start: int, end: int) -> str | None:
        """The organisation that a noun phrase from ``start`` names: itself, or behind words that describe it."""
        if start in self._starts:
            return self._starts[start].name
        tail = self._body[start : min(end, start + 70)]
        described = re.match(
            r"(?:(?!of |for |in |at |from |with )(?:[a-z][\w’'-]*|[A-Z][\w-]+(?:-language|-based|-backed)|and|[A-Z][a-z]+n|English|British) ){1,7}",
            tail,
        )
        found = self._starts.get(start + described.end()) if described else None
        return found.name if found else None
