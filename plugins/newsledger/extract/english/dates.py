"""Expressions of time, resolved against the day of publishing.

None from `now`, `recently` or the verb `may`; none where the value would be a guess.
"""

import re
from collections.abc import Iterator
from datetime import date

from newsledger.extract.english import calendars, expressions, indefinite, numbers, relative, resolving, units
from newsledger.extract.english.numbers import Number
from newsledger.extract.english.timeline import Context
from newsledger.records import Article, Date, DateKind, Mention
from newsledger.text import Text


def find(text: Text, article: Article, mentions: tuple[Mention, ...]) -> tuple[Date, ...]:
    """Dates, durations and sets in order of position."""
    named = [m for m in mentions if m.type in ("person", "organisation")]
    results = [_dates(text, day, mentions) for day in _days(article)]
    agreed = set(results[0]).intersection(*results[1:])
    return tuple(found for found in results[0] if found in agreed and not _inside_name(found, named))


def _days(article: Article) -> list[date | None]:
    """The day of publishing; both ends where only an interval is known, so that what depends on it falls away."""
    days: list[date | None] = []
    for part in (article.date_published or "").split("/"):
        try:
            days.append(date.fromisoformat(part[:10]))
        except ValueError:
            days.append(None)
    return days


def _inside_name(found: Date, named: list[Mention]) -> bool:
    """Whether an expression is part of a longer name: `Black Friday Records`."""
    return any(m.start <= found.start and found.end <= m.end and len(m.exact) > len(found.exact) for m in named)


def _dates(text: Text, today: date | None, mentions: tuple[Mention, ...]) -> tuple[Date, ...]:
    context = Context(text.body, today, lambda position: _country(mentions, position))
    found = [*_named(text, context), *_lengths(text, today)]
    kept: list[Date] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def _country(mentions: tuple[Mention, ...], position: int) -> str | None:
    """The country of the place named nearest to a position."""
    places = [m for m in mentions if m.country_code]
    return min(places, key=lambda m: abs(m.start - position)).country_code if places else None


def _named(text: Text, context: Context) -> Iterator[Date]:
    for expression in expressions.find(text):
        if value := resolving.resolve(expression, context):
            yield _date(text.body, expression.start, expression.end, value, repeated=expression.kind == "every")


def _date(body: str, start: int, end: int, value: str, *, repeated: bool = False) -> Date:
    kind: DateKind = "set" if repeated or value.startswith("XXXX") else "duration" if value.startswith("P") else "date"
    return Date(start=start, end=end, exact=body[start:end], value=value, kind=kind)


_BEFORE = re.compile(r"\b(?:[Tt]he |[Tt]hese )?(?:past|last|next|first|latest|coming|previous|following|final) \Z|\b[Tt]he \Z")
_AFTER = re.compile(r" (?P<way>ago|earlier)\b|(?:[- ]| - )olds?\b")


def _lengths(text: Text, today: date | None) -> Iterator[Date]:
    """Numbers of days, years and so on: lengths of time, or a day so long ago."""
    for number in [*numbers.find(text), *indefinite.find(text)]:
        unit = units.read(text.body, number.end)
        if unit is None or unit.unit.dimension != "time" or number.high is not None or number.kind == "part":
            continue
        if unit.spelling == "second" and not unit.tied:
            continue
        after = _AFTER.match(text.body, unit.end)
        if after and after["way"] == "ago":
            value, end = today and relative.ago(today, number.low, unit.unit.name), after.end()
        else:
            value, end = calendars.duration(number.low, unit.unit.name), unit.end
        if value:
            yield _date(text.body, _start(text.body, number), end, value)


def _start(body: str, number: Number) -> int:
    before = _BEFORE.search(body, max(number.start - 18, 0), number.start)
    return before.start() if before else number.start
