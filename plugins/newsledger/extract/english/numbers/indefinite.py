"""`a year`, `an hour`: one of a unit, where the text measures with it (not `twice a year`, not `at a time`)."""

import re
from functools import lru_cache

from newsledger.extract.english import tokens
from newsledger.extract.english.numbers.find import Number
from newsledger.text import Text

_FIRST = frozenset("aAoO")  # a, an, one
_ONE = re.compile(
    r"(?P<article>[Aa](?<!\w.)n?) (?P<unit>second|minute|hour|day|week|fortnight|month|year|decade|century"
    r"|mile|kilomet(?:er|re)|yard|foot|"
    r"gallon|barrel|acre|hectare|tonne)\b(?P<old>-old\b)?"
)
_BEFORE = re.compile(
    r"(?i)\b(?:almost|nearly|about|around|roughly|over|more than|less than|under|within|for|in|after"
    r"|forward|least|last(?:s|ed|ing)?"
    r"|took|takes|take|taking|spent|spend|up to|just|barely|only|once|every|than|another|by) \Z"
)
_AFTER = re.compile(
    r" (?:ago|later|earlier|before|after|into|since|away|long|old|apart|from now|in (?:prison|jail)|and a half)\b"
)
_RATE = re.compile(r"(?:[\d%]|\b(?:once|twice|times|dollars|people|hundred|thousand|million|billion|cents|percent)) \Z")
_NOT_AFTER = re.compile(r" (?:or two|when|that|in which|of (?!work|war|fighting|talks|negotiations))")


_COUPLE = re.compile(
    r"(?P<two>[Aa](?<!\w.) couple(?: of| more)?) (?:more )?(?=(?:second|minute|hour|day|week|month|year"
    r"|decade|mile|kilomet(?:er|re)|yard|feet)s?\b)"
)


_QUARTER = re.compile(
    r"(?P<part>(?:[Aa](?<!\w.)|[Oo]ne(?<!\w...)) quarter)(?= (?:of an? )?(?:mile|kilomet(?:er|re)|acre|century|hour"
    r"|pound|ton|tonne|liter|litre|inch)\b)"
)


@lru_cache(maxsize=2)
def find(text: Text) -> tuple[Number, ...]:
    """A number 1 for each, which ends after the article word so that its unit can be read."""
    found = (_read(text.body, start) for start in tokens.places(text).numbers if text.body[start] in _FIRST)
    return tuple(number for number in found if number)


def _read(body: str, start: int) -> Number | None:
    if match := _ONE.match(body, start):
        lead = body[max(start - 12, 0) : start]
        if _RATE.search(lead) or _NOT_AFTER.match(body, match.end()):
            return None
        if _AFTER.match(body, match.end()) or _BEFORE.search(lead):
            half = body.startswith(" and a half", match.end())
            return Number(start, match.end("article"), 1.5 if half else 1.0, None, "article")
    elif match := _COUPLE.match(body, start):
        return Number(start, match.end("two"), 2.0, None, "article")
    elif match := _QUARTER.match(body, start):
        return Number(start, match.end("part"), 0.25, None, "part")
    return None
