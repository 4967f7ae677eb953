"""Expressions of time, resolved against the day of publishing.

None from `now`, `recently` or the verb `may`; none where the value would be a guess.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from datetime import date

from newsledger.extract.english.dates import calendars, expressions, relative, resolving
from newsledger.extract.english.dates.expressions import Expression
from newsledger.extract.english.dates.timeline import Context
from newsledger.extract.english.numbers import find as numbers
from newsledger.extract.english.numbers import indefinite, units
from newsledger.extract.english.numbers.find import Number
from newsledger.records import Article, Date, DateKind, Mention
from newsledger.text import Text


def find(text: Text, article: Article, mentions: tuple[Mention, ...]) -> tuple[Date, ...]:
    """Dates, durations and sets in order of position."""
    named = [m for m in mentions if m.type in ("person", "organisation")]
    results = [_dates(text, day, mentions) for day in _days(article.date_published or "")]
    others = [set(found) for found in results[1:]]
    starts = [m.start for m in named]
    return tuple(
        found
        for found in results[0]
        if all(found in other for other in others) and not _inside_name(found, named, starts)
    )


def _days(published: str) -> list[date | None]:
    """The day of publishing; both ends where only an interval is known, so that what depends on it falls away."""
    days: list[date | None] = []
    for part in published.split("/"):
        try:
            days.append(date.fromisoformat(part[:10]))
        except ValueError:
            days.append(None)
    return days


def _inside_name(found: Date, named: list[Mention], starts: list[int]) -> bool:
    """Whether an expression is part of a longer name: `Black Friday Records`."""
    index = bisect_right(starts, found.start) - 1
    return index >= 0 and found.end <= named[index].end and len(named[index].exact) > len(found.exact)


def _dates(text: Text, today: date | None, mentions: tuple[Mention, ...]) -> tuple[Date, ...]:
    context = Context(text.body, today, _countries(mentions))
    found = [
        _named(text.body, part, context) if isinstance(part, Expression) else _length(text.body, part, context)
        for part in _parts(text)
    ]
    kept: list[Date] = []
    for item in sorted((item for item in found if item), key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def _parts(text: Text) -> list[Expression | Number]:
    """Expressions and numbers in order: what is said first helps to read what comes after."""
    return sorted([*expressions.find(text), *numbers.find(text), *indefinite.find(text)], key=lambda part: part.start)


def _countries(mentions: tuple[Mention, ...]) -> Callable[[int], str | None]:
    """Gives the country of the place named nearest to a position."""
    places = [m for m in mentions if m.country_code]
    starts = [m.start for m in places]

    def country(position: int) -> str | None:
        index = bisect_right(starts, position)
        beside = places[max(index - 1, 0) : index + 1]
        return min(beside, key=lambda m: abs(m.start - position)).country_code if beside else None

    return country


def _named(body: str, expression: Expression, context: Context) -> Date | None:
    value = resolving.resolve(expression, context)
    if not value:
        return None
    return _date(body, expression.start, expression.end, value, repeated=expression.kind == "every")


def _date(body: str, start: int, end: int, value: str, *, repeated: bool = False) -> Date:
    kind: DateKind = "set" if repeated or value.startswith("XXXX") else "duration" if value.startswith("P") else "date"
    return Date(start=start, end=end, exact=body[start:end], value=value, kind=kind)


_BEFORE = re.compile(
    r"\b(?:[Tt]he |[Tt]hese )?(?:past|last|next|first|latest|coming|previous|following|final) \Z|\b[Tt]he \Z"
)
_SEASON_OF_REPORTS = 6
"""Months from which `the nine months` is a report's stretch of time."""
_AFTER = re.compile(r" (?P<way>ago|earlier)\b|(?:[- ]| - )olds?\b")


def _length(body: str, number: Number, context: Context) -> Date | None:
    """A number of days, years and so on: a length of time, or a day so long ago."""
    unit = units.read(body, number.end)
    if unit is None or unit.unit.dimension != "time" or number.high is not None or number.kind == "part":
        return None
    if unit.spelling == "second" and not unit.tied:
        return None
    name, start, end = unit.unit.name, _start(body, number), unit.end
    if name == "month" and number.low >= _SEASON_OF_REPORTS and start < number.start:
        context.speak_of_longer()
    after = _AFTER.match(body, end)
    if after and not after["way"]:
        return None  # an age, which is a figure
    if after and after["way"] == "ago":
        value, end = context.today and relative.ago(context.today, number.low, name), after.end()
    else:
        value = calendars.duration(number.low, name)
    return _date(body, start, end, value) if value else None


def _start(body: str, number: Number) -> int:
    before = _BEFORE.search(body, max(number.start - 18, 0), number.start)
    return before.start() if before else number.start
