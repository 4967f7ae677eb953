"""Dates that say their month, year, decade or century themselves."""

import re
from collections.abc import Callable
from datetime import date

from newsledger.extract.english.dates import calendars
from newsledger.extract.english.dates.expressions import Expression
from newsledger.extract.english.dates.timeline import Context
from newsledger.extract.english.dates.timewords import MONTHS, WEEKDAYS
from newsledger.extract.english.numbers.words import TENS, UNITS

_DECADES = {"twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
            "seventies": 1970, "eighties": 1980, "nineties": 1990}  # fmt: skip
_NEAR = 45
"""Days by which the nearest date may lie on the other side of what the tense says."""


def _month_of(expression: Expression) -> int:
    return MONTHS[expression.get("month")[:3]]


def _year_of(text: str) -> int | None:
    """A year in digits or as read aloud: `nineteen ninety-six`."""
    if text.isdigit():
        return int(text)
    words = re.findall(r"[a-z]+", text)
    if words[-2:] == ["two", "thousand"]:
        return 2000
    if not words or words[0] not in UNITS | TENS:
        return None
    tens = sum((UNITS | TENS).get(word, 0) for word in words[1:])
    return (UNITS | TENS)[words[0]] * 100 + tens


def _iso(expression: Expression, _context: Context) -> str | None:
    year, month, number = map(int, expression.get("date").split("-"))
    found = calendars.made(year, month, number)
    time = expression.get("time")
    return found.isoformat() + (f"T{time}" if time else "") if found else None


def _slashed(expression: Expression, _context: Context) -> str | None:
    """Only where one order is possible: 3/14/2019, 14/3/2019, 4/4/2019."""
    first, second, year = (int(expression.get(name)) for name in ("first", "second", "year"))
    orders = {calendars.made(year, first, second), calendars.made(year, second, first)} - {None}
    return next(iter(orders)).isoformat() if len(orders) == 1 else None  # type: ignore[union-attr]


def _day(expression: Expression, context: Context) -> str | None:
    found = the_day(expression, context, expression.get("day"))
    if found is None:
        return None
    context.year, context.month = found.year, (found.year, found.month)
    return found.isoformat()


def the_day(expression: Expression, context: Context, number: str) -> date | None:
    """The day of a month, in the year stated or, failing that, nearest to the day of publishing."""
    month = _month_of(expression)
    if year := expression.get("year"):
        return calendars.made(int(year), month, int(number))
    if context.today is None:
        return None
    return _nearest(expression, context, context.today, month, int(number))


def _nearest(expression: Expression, context: Context, today: date, month: int, number: int) -> date | None:
    """The year that makes a day nearest, unless the tense points clearly the other way."""
    days = [calendars.made(today.year + step, month, number) for step in (-1, 0, 1)]
    known = [found for found in days if found]
    if weekday := expression.get("weekday"):
        known = [found for found in known if found.weekday() == WEEKDAYS[weekday[:3]]] or known
    if not known:
        return None
    nearest = min(known, key=lambda found: abs(found - today))
    ahead, way = (nearest - today).days, context.tense(expression)
    if way == "past" and ahead > _NEAR:
        return max((found for found in known if found <= today), default=nearest)
    if way == "future" and ahead < -_NEAR:
        return min((found for found in known if found >= today), default=nearest)
    return nearest


def _days(expression: Expression, context: Context) -> str | None:
    first = the_day(expression, context, expression.get("day"))
    last = first and calendars.made(first.year, first.month, int(expression.get("last")))
    return f"{first}/{last}" if first and last and first < last else None


def _month(expression: Expression, context: Context) -> str | None:
    month = _month_of(expression)
    year = _year_of(expression.get("year") or expression.get("spoken"))
    if year is None:
        if context.today is None:
            return None
        year = _month_year(expression, context, context.today, month)
    context.year, context.month = year, (year, month)
    return calendars.month(year, month)


def _month_year(expression: Expression, context: Context, today: date, month: int) -> int:
    """The last such month, or the next where the clause looks ahead."""
    if related := expression.get("rel"):
        return today.year + {"last": -1, "this": 0, "next": 1}[related]
    if month == today.month:
        return today.year
    way = context.tense(expression)
    if way == "future":
        return today.year + (month < today.month)
    return today.year - (month > today.month)


def _year(expression: Expression, context: Context) -> str | None:
    year = _year_of(expression.get("year") or expression.get("spoken"))
    if year is None:
        return None
    context.year = year
    return calendars.year(year)


def _years(expression: Expression, context: Context) -> str | None:
    first, last = expression.get("year"), expression.get("short") or expression.get("last")
    last = first[: 4 - len(last)] + last
    context.year = int(last)
    return f"{first}/{last}" if first < last else None


def _decade(expression: Expression, _context: Context) -> str | None:
    if name := expression.get("name"):
        return calendars.decade(_DECADES[name])
    digits = expression.get("decade")
    return calendars.decade(int(digits) if len(digits) == 4 else 1900 + int(digits))


def _century(expression: Expression, _context: Context) -> str | None:
    return calendars.century(int(expression.get("number")))


def _quarters(expression: Expression, _context: Context) -> str | None:
    year = int(expression.get("year"))
    if expression.get("ordinal") != "first":
        return None
    return calendars.half(year, 1) if expression.get("count") == "two" else f"{year}-01/{year}-09"


def _every(expression: Expression, _context: Context) -> str | None:
    """`daily` is any day of any year, `every two weeks` a period of two weeks."""
    if often := expression.get("often"):
        return "XXXX" if often == "annually" else "XXXX-XX-XX"
    count = expression.get("count")
    return calendars.duration({"other": 2, "second": 2}.get(count) or UNITS.get(count, 1), expression.get("unit"))


def repeated(expression: Expression) -> str | None:
    """What comes round every week or year, `every Monday`, `each July`, as a date with unspecified digits."""
    if not (expression.get("every") or expression.get("many")):
        return None
    if weekday := expression.get("weekday"):
        return f"XXXX-WXX-{WEEKDAYS[weekday[:3]] + 1}"
    return f"XXXX-{_month_of(expression):02d}"


def _span_ended(expression: Expression, _context: Context) -> str | None:
    return calendars.duration(1, expression.get("unit"))


def _open_length(expression: Expression, _context: Context) -> str | None:
    """`several years` is `PXY`: how many, the text leaves open."""
    unit = expression.get("units")
    if unit == "decade":
        return None
    return "PTXH" if unit == "hour" else f"PX{unit[0].upper()}"


RESOLVERS: dict[str, Callable[[Expression, Context], str | None]] = {
    "iso": _iso, "slashed": _slashed, "day": _day, "days": _days, "month": _month, "year": _year, "years": _years,
    "decade": _decade, "century": _century, "quarters": _quarters,
    "every": _every, "open_length": _open_length, "span_ended": _span_ended,
}  # fmt: skip
