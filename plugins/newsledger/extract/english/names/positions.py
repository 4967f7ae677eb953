"""Roles and affiliations: what the text says, right before or after a name, that somebody is."""

import re
from collections.abc import Iterable, Iterator

from newsledger.extract.english.lexicon import demonyms, groups, words
from newsledger.extract.english.names import roles
from newsledger.extract.english.names.organisations import Organisation
from newsledger.extract.english.names.role_phrases import Phrases
from newsledger.extract.english.names.roles import NOTHING, Position

# X, 49, a fellow at Y | X, who heads Y | X — the mayor | X is the mayor | X (the mayor)
_APPOSITION = re.compile(
    r"(?:(?:\s?,\s(?:aged? )?\d{1,3}\s?)?(?:\s?,|\s[–—]|\s\()\s?"
    r"(?:who (?:is|was|has been|serves as|served as|works as|heads|leads) )?"
    r"| (?:is|was|serves as|served as|works as|became) (?=an? |the ))"
    r"(?P<phrase>(?:[^.;:()“”\"\n–—]|(?<=\b[A-Z])\.|(?<=\bSt)\.|(?<=\b(?:Gov|Sen|Rep|Gen|Col|Rev))\.|\.(?=\w)){3,160})"
)
# X was fired as head coach of Y | X resigned from the post as director
_AS = re.compile(
    r" (?:(?:was|is|has been|had been|has|had) )?(?:fired|hired|dismissed|terminated|named|appointed|elected|re-elected"
    r"|sworn in|resigned|retired|served|serves|serving|worked|works|quit|stepped down|removed|sacked|ousted"
    r"|replaced)(?: (?:from|to|in|by|for) (?:his|her|the|their|a|an) [a-z]+)? as (?P<phrase>[^.;:,()“”\"\n]{3,120})"
)
# X, of Y | X of Y | X from Y | X with Y
_OF = re.compile(r"(?:\s?,)? (?:of|from|with|at|for) (?:the )?")
_RANKS = frozenset("deputy assistant chief associate senior".split())
_SENTENCE_BREAK = re.compile(r"[!?;:“”\"\n()–—]|(?<=[a-z\d)]{2})\s?\.(?=\s)")
# Bureau of Mines (BM) head X
_BRACKET = re.compile(r"\([A-Z][\w&.-]{1,11}\)(?:(?: [\w-]+){1,5},?|,) $")
_TOKEN = re.compile(r"\S+")
_DETERMINER = re.compile(
    r"(?:^|(?<=[\s,]))(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]nother|[Oo]ne|[A-Z][\w.-]+['’]s?) "
)
_OPENING_OFFICE = re.compile(r"\s?(?P<rank>(?:[A-Z][\w-]+ ){0,2})(?P<head>[A-Z][\w-]+|[a-z]+) (?:of|at|for) ")
# X, of Norby police
_FORCE = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)* (?:police|council|hospital|fire department|university)\b")
# Secretary of | State X
_OFFICE = re.compile(r"(?P<head>[\w-]+) (?P<join>of (?:the )?)(?=[A-Z])")
_CAPITALS = re.compile(r"[A-Z][\w’'-]+(?:(?:,| and| &)? [A-Z][\w’'-]+){0,3} ")
# one drone pilot who goes by the call sign X
_CALLED = re.compile(r"(?P<phrase>.{3,90}?) (?:who|known|whose|using|identified)\b[^,;]{0,40}call[ -]?signs? [“\"‘']?$")
_EDGE = re.compile(r"(?: \([\w&.-]+\))?(?:['’]s?)? $")
_POSSESSIVE = re.compile(r"['’]s?$")
_HEADLINE = 5
"""Capitalised words in a row before a role that make a headline, in which capitals show no name."""
_WINDOW = 120
"""Characters before a name that are looked at."""


class Positions:
    """Reads positions out of one body, in which organisations are known."""

    def __init__(self, body: str, organisations: Iterable[Organisation]) -> None:
        """Keep where each organisation begins and ends, under the name that the text has there."""
        self._body = body
        self._starts = {one.start: (one.end, body[one.start : one.end]) for one in organisations}
        self._ends = dict(self._starts.values())
        self._phrases = Phrases(body, self._starts)

    def before(self, start: int) -> Position:
        """The position that ends right before ``start``: ``Ukraine’s foreign minister``, ``Health Minister``."""
        if not _promising(self._body[max(0, start - _WINDOW) : start]):
            return NOTHING
        left = self._clause(start)
        tokens = [(found[0], start - len(left) + found.start()) for found in _TOKEN.finditer(left)]
        while tokens and tokens[-1][0].lower().rstrip(".") in roles.honorifics():
            tokens.pop()
        if not tokens:
            return NOTHING
        last = tokens[-1][0]
        reverse = (
            self._reversed(tokens[-1][1] + len(last) + 1)
            if last.endswith(",") or last.lower().startswith("sign")
            else NOTHING
        )
        direct = NOTHING if reverse.role else self._direct(tokens)
        return next((found for found in (reverse, direct) if found.role), None) or self._office(start)

    def after(self, end: int) -> Position:
        """The position right after ``end``: ``, a senior fellow at the Institute``; ``, Prime Minister of Georgia``."""
        match = _APPOSITION.match(self._body, end)
        found = self._phrases.read(match["phrase"], match.start("phrase")) if match else NOTHING
        if found.role:
            return found
        if served := _AS.match(self._body, end):
            return self._phrases.read(served["phrase"], served.start("phrase"))
        of = _OF.match(self._body, end)
        if of is None:
            return NOTHING
        force = _FORCE.match(self._body, of.end())
        return Position(None, self._starts[of.end()][1] if of.end() in self._starts else force and force[0])

    def _reversed(self, start: int) -> Position:
        """``the mayor of Van, X``; ``Ukraine’s foreign minister, X``; ``a pilot who uses the call sign X``."""
        left = self._clause(start)
        called = _CALLED.search(left)
        if called is None and not left.endswith(", "):
            return NOTHING
        end = called.end("phrase") if called else len(left) - 2
        for determiner in _DETERMINER.finditer(left, 0, end):
            at = determiner.start()
            found = self._phrases.read(left[at:end], start - len(left) + at, whole=called is None)
            if found.role:
                return found
        opening = _OPENING_OFFICE.match(left, 0, end)  # Head of the clinic, X; Director at Hale Labs, X
        if called is None and opening and roles.is_head(opening["head"].lower()):
            readings = (
                self._phrases.read(left[at:end], start - len(left) + at, whole=True)
                for at in (opening.start("rank"), opening.start("head"))
            )
            return next((found for found in readings if found.role), NOTHING)
        return NOTHING

    def _clause(self, start: int) -> str:
        """What stands before ``start`` since the last break; an abbreviation in brackets breaks nothing."""
        left = self._body[max(0, start - _WINDOW) : start]
        bracket = _BRACKET.search(left) if ")" in left else None
        known = bracket.start() if bracket else len(left)
        return left[max((end for end in _breaks(left) if end <= known), default=0) :]

    def _office(self, start: int) -> Position:
        """``Secretary of State X``, ``Mayor of London X``: an office that ends in what it is an office of."""
        left = self._body[max(0, start - _WINDOW) : start]
        match = next((found for found in _OFFICE.finditer(left) if _CAPITALS.fullmatch(left, found.end())), None)
        if match is None or match["head"].lower() not in roles.heads():
            return NOTHING
        shift = start - len(left)
        found = self._direct(
            [(token[0], shift + token.start()) for token in _TOKEN.finditer(left, 0, match.end("head"))]
        )
        of = left[match.end() :].rstrip()
        if any(roles.is_title(word.lower()) for word in of.split()):  # neighbour of Mayor X
            return NOTHING
        if of.split()[0].lower() in words("organisations", "portfolio") | roles.modifiers() | {"staff"}:
            return found._replace(role=f"{found.role} {match['join']}{of}")
        return Position(found.role, demonyms().get(of, of))

    def _direct(self, tokens: list[tuple[str, int]]) -> Position:
        """``Turkish Health Minister X``: role, and before it whose."""
        count = self._role_tokens(tokens)
        if not count:
            return NOTHING
        role = tokens[-count:]
        if role[-1][0].endswith(",") and len(tokens) > count and tokens[-count - 1][0] in words("given_names"):
            return NOTHING  # Gary Player, X
        return Position(" ".join(token for token, _ in role).strip(" ,"), self._owner(tokens[:-count], role[0][1]))

    def _role_tokens(self, tokens: list[tuple[str, int]]) -> int:
        """How many words at the end are the role."""
        pair = len(tokens) > 1 and roles.is_pair(f"{tokens[-2][0]} {tokens[-1][0]}")
        count, head = (2, True) if pair else (0, False)
        for token, start in reversed(tokens[: len(tokens) - count]):
            low = token.lower().strip(",")
            if count and (token.endswith(",") or start + len(token) in self._ends):
                break
            kind_of_place = head and token[0].isupper() and low in words("roles", "place_kinds")
            if kind_of_place and len(tokens) > count + 1 and tokens[-count - 2][0].lower() in _RANKS:
                kind_of_place = False  # Deputy City Attorney
            if kind_of_place or not (
                roles.is_head(low) or (head and (low in roles.modifiers() or low in {"of", "and"}))
            ):
                break
            head = head or roles.is_head(low)
            count += 1
        return _from_head([token.lower() for token, _ in tokens[len(tokens) - count :]])

    def _owner(self, tokens: list[tuple[str, int]], at: int) -> str | None:
        """Who the role belongs to, by the words before it: an organisation, a country, capitalised words."""
        before = self._body[max(0, at - 24) : at]
        edge = _EDGE.search(before)
        for end in (at - len(before) + edge.start() if edge else at, at - 1):
            if end in self._ends:
                return self._ends[end]
        owner: list[str] = []
        for token, _ in reversed(tokens):
            place_kind = not owner and token.lower() in words("roles", "place_kinds")
            stops = token.endswith((",", ".")) and token not in demonyms()
            if stops or not (token[0].isupper() or place_kind):
                break
            owner.insert(0, token)
        if owner and owner[-1].lower() in words("common_words", "days"):  # said on Monday owner X
            return None
        if len(tokens) >= _HEADLINE and all(token[0].isupper() for token, _ in tokens):
            return None
        while owner and _opening(owner[0]):
            owner.pop(0)
        if all(word in groups() or "-" in word for word in owner) and not any(word in demonyms() for word in owner):
            return None  # a U.S.-based Islamic cleric
        name = _POSSESSIVE.sub("", " ".join(owner)).strip("() ")
        return demonyms().get(name, name) or None


def _breaks(left: str) -> Iterator[int]:
    """Where sentences and asides begin in the words before a name; titles such as ``Gov.`` end none."""
    for found in _SENTENCE_BREAK.finditer(left, 0, len(left) - 1):
        word = left[: found.start()].rpartition(" ")[2].lower()
        if not found[0].endswith(".") or not (word in roles.titles() or word in roles.honorifics()):
            yield found.end()


def _promising(left: str) -> bool:
    """Whether the last word before a name may end a role; most words do not, and need no further look."""
    last = "".join(left.rsplit(maxsplit=1)[-1:])
    low = last.lower().rstrip(",")
    if last.endswith(",") or last[:1].isupper() or low.startswith("sign"):
        return True
    return roles.may_end(low) or low.rstrip(".") in roles.honorifics()


def _from_head(role: list[str]) -> int:
    """How many words are left when the role begins with a word of its own: not ``district and Representative``."""
    cut = next((at + 1 for at, low in enumerate(role) if low == "and" and not (at and roles.is_head(role[at - 1]))), 0)
    while cut < len(role) and role[cut] in {"of", "and", "then", "current"}:
        cut += 1
    return len(role) - cut


def _opening(word: str) -> bool:
    """Whether the capitalised word only opens the sentence."""
    low = word.lower()
    return low in words("common_words") and word not in demonyms() and low not in words("places", "directions")
