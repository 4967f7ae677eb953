"""What a number measures: money, ages, ratios, units; ordered recognisers, the first that reads it wins."""

import re
from collections.abc import Callable
from typing import NamedTuple

from newsledger.extract.english.numbers import units
from newsledger.extract.english.numbers.find import CURRENCY, Number
from newsledger.extract.english.numbers.units import UNITS, Unit

_SIGN = re.compile(rf"(?P<sign>{CURRENCY})\Z")
_RATIO = re.compile(r" ?: ?1\b(?![:.\d])|(?:-to-| to )(?:1|one)\b(?! ?(?:%|percent|[a-z]+s\b))")
_TIMES = re.compile(
    r"(?:[- ]| - )times\b(?= (?:as|more|less|higher|larger|greater|bigger|faster|the|its|their|his"
    r"|her|that|what|lower|smaller|over|stronger|longer|worse|better)\b)|(?:-| - )?fold\b"
)
_OLD = re.compile(r"(?:(?P<unit>(?:[- ]| - )(?P<name>years?|months?|weeks?|days?))(?:[- ]| - )olds?\b)")
_AGE_BEFORE = re.compile(
    r"\b(?:[Aa]ged|[Aa]ge|age of|ages|aged between|ages of|aged from|[A-Z][a-z]+ ?, both|"
    r"(?:[Cc]hildren|[Kk]ids|[Bb]abies|[Ii]nfants|[Bb]oys|[Gg]irls)(?: [a-z]+)? under(?: the age of)"
    r"?) (?:about |around |just )?\Z"
)
_NAME_COMMA = re.compile(
    r"(?:[A-Z](?:[^\W\d]|[.’'-])+ ?(?:(?:Jr|Sr) ?\. ?)?"
    r"|\b(?:[Tt]he|[Hh]is|[Hh]er|[Aa]n?) (?:[a-z-]+ ){0,2}[a-z-]+ ?), ?\Z"
)
_COMMA = re.compile(r" ?(?:[,.;)]|$|\n)| (?:was|who|and [A-Z])")
_AGES_BEFORE = re.compile(r"[a-z]s ?, (?:\d\d? ?, )?(?:\d\d? and )?\Z")
_AGES_AFTER = re.compile(r"(?: ?, \d\d?)? and \d\d? ?[,.]|(?<=\d) ?[,.]")
_SMALL = "one two three four five six seven eight nine ten eleven".split()
_INCHES = re.compile(
    r"(?:-|[- ]and |[ ,-]{1,3})(?P<inches>1[01]|\d)(?:[- ]inch(?:es)?\b|(?=[ ,.)]|$)(?! ?[a-z]+s\b))"
    rf"|-(?P<said>{'|'.join(_SMALL)})\b"
)
_NAME_BRACKET = re.compile(r"[A-Z][\w’'-]+ ?\( ?\Z")
_WHO_IS = re.compile(r"\b(?:who|[Hh]e|[Ss]he) (?:is|was|turned) (?:only |just )?\Z")
_AGED = (_NAME_COMMA, _NAME_BRACKET, _WHO_IS)
_MAGNITUDE = re.compile(
    r"\b(?:[Mm]agnitude|measur(?:ing|ed)|registered|magnitudes)(?: of| at| about| around| -)?[ -]"
    r"(?:a )?\Z|\b[Mm]agnitude(?:s)? (?:of )?\d[\d .]* and \Z"
)
_RICHTER = re.compile(
    r"(?:[- ]| - )magnitude\b| on the (?:open-ended )?Richter\b| (?:earth)?quake\b| temblor\b"
    r"| tremor\b| aftershock\b| and \d(?: ?\. ?\d)?(?:[- ]| - )magnitude\b"
)
_MASS = re.compile(r"\b(?:weigh|heavy|weight|kilo|kg|ounce|payload|bomb|explosive|man\b|lift|lost|gain)", re.IGNORECASE)
_PRISON = re.compile(
    r"\W{0,3}(?:[a-z-]+ ){0,2}(?:sentences?|prison|jail|imprisonment|behind bars|probation|incarceration|term)\b"
)
_SENTENCED = re.compile(r"\b(?:sentenced to|jailed for|imprisoned for|sentences? of|serving)\b[^.;]{0,30}\Z")
_OLDEST = 125
"""Years below which a bare number may be an age."""
_HALF_A = re.compile(r" (?:of )?an? (?=[a-z])|-an?-")


_JOINS = frozenset((" and ", " or ", "- and ", "- or "))
_TIME_ON = re.compile(r" (?:later|earlier|ago|after|before|from now)\b")  # he was 17 and two years later left


class Measured(NamedTuple):
    """A unit with the extent of the figure and, where it is plain, what is measured."""

    unit: Unit
    start: int
    end: int
    noun: str | None = None
    more: float = 0.0
    """What a smaller unit adds: the nine inches of `6-foot-9`."""


def read(body: str, number: Number) -> Measured | None:
    """What the number measures; nothing where it counts."""
    for recogniser in _RECOGNISERS:
        if (found := recogniser(body, number)) is not None:
            return found
    return None


def shared(body: str, number: Number, following: Number) -> Measured | None:
    """The unit that a bare number has in common with the next: `10 and 16 ounce steaks`, `10- and 12-year-olds`."""
    joined = body[number.end : following.start] in _JOINS and number.kind == following.kind and number.high is None
    if not joined or number.low >= following.low:
        return None
    found = read(body, following)
    if found is None or found.start < following.start or _TIME_ON.match(body, found.end):
        return None
    return found._replace(start=number.start, end=number.end)


def _money(body: str, number: Number) -> Measured | None:
    sign = _SIGN.search(body, max(number.start - 6, 0), number.start)
    if sign is None or (sign["sign"].strip() == "#" and not number.scaled):
        return None
    start = sign.start() + len(sign["sign"]) - len(sign["sign"].lstrip())
    return Measured(units.money(sign["sign"]), start, number.end)


def _ratio(body: str, number: Number) -> Measured | None:
    match = _RATIO.match(body, number.end)
    if match and number.high is None and number.low > 1 and number.kind != "part":
        return Measured(units.RATIO, number.start, match.end())
    return None


def _age(body: str, number: Number) -> Measured | None:
    """`27-year-old`, `aged 17`, `children under five`."""
    if match := _OLD.match(body, number.end):
        return Measured(UNITS[match["name"].rstrip("s")], number.start, match.end(), "age")
    lead = body[max(number.start - 40, 0) : number.start]
    if not 0 < number.low < _OLDEST or number.kind == "part" or not _AGE_BEFORE.search(lead):
        return None
    reading = units.read(body, number.end)
    if reading is None or reading.unit.dimension != "time":
        return Measured(UNITS["year"], number.start, number.end, "age")
    return Measured(reading.unit, number.start, reading.end, "age")


def _bare_age(body: str, number: Number) -> Measured | None:
    """`Ana Lind, 49, said`, `Ana Lind (49)`, `her brothers, 17 and 22,`."""
    if number.kind != "digits" or number.high is not None or not 1 <= number.low < _OLDEST or number.low % 1:
        return None
    lead = body[max(number.start - 40, 0) : number.start]
    named = _COMMA.match(body, number.end) and any(rule.search(lead) for rule in _AGED)
    listed = _AGES_AFTER.match(body, number.end) and _AGES_BEFORE.search(lead)
    together = " and " in body[number.end : number.end + 9] or " and " in lead[-6:]
    if named or (listed and together):
        return Measured(UNITS["year"], number.start, number.end, "age")
    return None


def _magnitude(body: str, number: Number) -> Measured | None:
    if number.kind != "digits" or not 0 < number.low < 11:
        return None
    lead = body[max(number.start - 40, 0) : number.start]
    if match := _RICHTER.match(body, number.end):
        end = match.end() if match[0].endswith("magnitude") and " and " not in match[0] else number.end
        return Measured(UNITS["magnitude"], number.start, end, "magnitude")
    if (match := _MAGNITUDE.search(lead)) and not units.read(body, number.end):
        return Measured(UNITS["magnitude"], number.start, number.end, "magnitude")
    return None


def _unit(body: str, number: Number) -> Measured | None:
    at = number.end
    if number.kind == "part" and (half := _HALF_A.match(body, at)):
        at = half.end() - 1
    reading = units.read(body, at)
    if reading is None or (reading.spelling == "second" and not reading.tied and number.low != 1):
        return None
    unit = reading.unit
    if unit.name == "foot" and number.high is None and (match := _INCHES.match(body, reading.end)):
        inches = int(match["inches"]) if match["inches"] else _SMALL.index(match["said"]) + 1
        return Measured(unit, number.start, match.end(), "height", inches / 12)
    if unit.name == "pound" and not _MASS.search(body, max(number.start - 60, 0), reading.end + 40):
        unit = Unit("pound", "mass or money")
    noun = _time_noun(body, number, reading.end) if unit.dimension == "time" else None
    return Measured(unit, number.start, reading.end, noun)


def _time_noun(body: str, number: Number, end: int) -> str:
    lead = body[max(number.start - 50, 0) : number.start]
    prison = _PRISON.match(body, end) or _SENTENCED.search(lead)
    return "prison sentence" if prison else "period of time"


def _times(body: str, number: Number) -> Measured | None:
    match = _TIMES.match(body, number.end)
    return Measured(units.X, number.start, match.end()) if match else None


_RECOGNISERS: tuple[Callable[[str, Number], Measured | None], ...] = (
    _money, _ratio, _age, _bare_age, _magnitude, _unit, _times,
)  # fmt: skip
