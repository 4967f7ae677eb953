"""Where English text names times, not yet resolved.

``find`` says where a rule matches; ``resolving`` turns a match into a value, and ``figures`` leaves alone what is a
date or a clock time.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from newsledger.extract.english import tokens
from newsledger.extract.english.dates.timerules import RULES
from newsledger.extract.english.dates.timewords import PIECES
from newsledger.text import Text

_REACH = 40
"""How far after its first word an expression must name a unit, a day, a month or a year."""
_HOLIDAY = re.compile(
    r"\b(?:[A-Z][a-z]+(?:[’']s?)? (?:(?:of|the|and|in|St\.) )?){1,5}(?:Day|Eve)\b"
    r"|\b(?:Christmas|Easter|Thanksgiving|Halloween|Diwali|Juneteenth|Good Friday|Easter Monday)\b"
    r"(?! [A-Z]| (?:trees?|cards?|carols?|gifts?|presents?|shopping|lights|season|costumes?|candy"
    r"|eggs?|dinners?|part(?:y|ies)"
    r"|songs?|music|bonus(?:es)?|breaks?|holidays?|sales|decorations?|markets?|albums?)\b)"
)
_HOLIDAY_WORDS = re.compile(r"Day\b|Eve\b|Christmas|Easter|Thanksgiving|Halloween|Diwali|Juneteenth|Good Friday")
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|by|of|to|since|until|till|from|after|before|during|between|through|throughout|late|early|for|than|"
    r"[Ll]ast|[Nn]ext|[Tt]his|In|By|Since|Until|From|During)|[a-z]{3,} and) \Z"
)
"""What tells the months May and March from the verbs."""
_TITLE_BEFORE = re.compile(r"\b[A-Z]\w* \Z")
"""What makes `Gulls Today` a programme."""
_COUNTED = re.compile(
    r" (?:[a-z]+ )?(?:people|men|women|children|employees|workers|soldiers|troops|residents|students|refugees|jobs"
    r"|deaths|homes|houses|cases|miles|metres|meters|feet|kilomet(?:er|re)s|dollars|euros|pounds|tons|tonnes)\b"
)
_PLURAL_NEXT = re.compile(r" (?:[a-z]+ )?(?!has\b|was\b|is\b|this\b|its\b|his\b|as\b)[a-z]{2,}s\b")
_AMOUNT_BEFORE = re.compile(
    r"(?i)\b(?:than|least|about|around|nearly|almost|some|over|up to|approximately|estimated|as many as|total of) \Z"
)
_VERB_NEXT = re.compile(r" (?:be|have|not|also|well|on|in|to|up|out|off|against|through)\b")


_BOUNDARY = r"\b"


class Expression(NamedTuple):
    """A place in the text that names a time."""

    start: int
    end: int
    kind: str
    groups: dict[str, str | None]

    def get(self, name: str) -> str:
        """The text of a named group, in lower case; empty where the rule has none."""
        return (self.groups.get(name) or "").lower()


class _Rules(NamedTuple):
    """The rules that can begin with one sort of token, as one pattern to try and each to read with."""

    union: re.Pattern[str]
    each: tuple[tuple[str, str], ...]

    def match(self, body: str, at: int) -> Expression | None:
        """The first rule that matches at a position, where a word must begin."""
        inside = at > 0 and (body[at - 1].isalnum() or body[at - 1] == "_")
        found = None if inside else self.union.match(body, at)
        if found is None:
            return None
        kind, pattern = self.each[(found.lastindex or 1) - 1]
        again = _compiled(pattern).match(body, at)
        return again and Expression(at, again.end(), kind, again.groupdict())


def _rules(opens: str) -> _Rules:
    filled = [
        (kind, re.sub(r"\{([A-Z]+)\}", lambda name: PIECES[name[1]], pattern))
        for where, kind, pattern, _ in RULES
        if opens in where
    ]
    nameless = [re.sub(r"[(][?]P<[a-z0-9]+>", "(?:", pattern) for _, pattern in filled]
    # An empty group at the end tells which it was; what leads is a letter, so that most are told off by that.
    union = "|".join(f"{pattern.removeprefix(_BOUNDARY)}()" for pattern in nameless)
    return _Rules(re.compile(union), tuple(filled))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Most rules are seldom needed, and compiling them all takes as long as reading an article or two."""
    return re.compile(pattern)


_DIGIT, _MONTH, _WEEKDAY, _WORD = _rules("d"), _rules("m"), _rules("a"), _rules("w")


@lru_cache(maxsize=4)
def find(text: Text) -> tuple[Expression, ...]:
    """Expressions of time in order, never overlapping; durations such as `two weeks` are numbers with a unit."""
    found = sorted([*_at_places(text), *_holidays(text.body)], key=lambda e: (e.start, -e.end))
    kept: list[Expression] = []
    for expression in found:
        if not kept or expression.start >= kept[-1].end:
            kept.append(expression)
    return tuple(kept)


def _at_places(text: Text) -> Iterator[Expression]:
    places = tokens.places(text)
    for rules, starts in (
        (_DIGIT, places.digits),
        (_MONTH, places.months),
        (_WEEKDAY, places.weekdays),
        (_WORD, _near(places.openers, places.triggers)),
    ):
        for start in starts:
            expression = rules.match(text.body, start)
            if expression is not None and _stands(text.body, expression):
                yield expression


def _near(openers: list[int], triggers: list[int]) -> Iterator[int]:
    """The openers that a trigger follows (or is)."""
    for start in openers:
        index = bisect_left(triggers, start)
        if index < len(triggers) and triggers[index] - start <= _REACH:
            yield start


def _stands(body: str, expression: Expression) -> bool:
    """Whether a match is what it looks like: `may` and `march` need a word before them that verbs do not have."""
    if expression.kind == "year" and expression.end - expression.start == len("1600"):
        return not _is_count(body, expression)
    if expression.kind == "relative_day" and body[expression.start].isupper():
        return not _TITLE_BEFORE.search(body, max(expression.start - 30, 0), expression.start)
    if expression.kind != "month" or expression.get("year") or expression.get("month") not in ("may", "march"):
        return True
    if not _BEFORE_MONTH.search(body, max(expression.start - 14, 0), expression.start):
        return expression.end - expression.start > len("March")
    return not _VERB_NEXT.match(body, expression.end) or expression.get("month") == "may"


def _is_count(body: str, expression: Expression) -> bool:
    """Whether four digits count something: `its 1600 employees`, `about 2000 houses`."""
    if _COUNTED.match(body, expression.end):
        return True
    plural = _PLURAL_NEXT.match(body, expression.end)
    amount = _AMOUNT_BEFORE.search(body, max(expression.start - 20, 0), expression.start)
    return bool(plural and (amount or expression.get("year") < "1700"))


def _holidays(body: str) -> Iterator[Expression]:
    """Names that may be holidays; the calendar decides."""
    for word in _HOLIDAY_WORDS.finditer(body):
        for match in _HOLIDAY.finditer(body, max(word.start() - 50, 0), word.end() + 20):
            if match.end() == word.end():
                yield Expression(match.start(), match.end(), "holiday", {"name": match[0]})
