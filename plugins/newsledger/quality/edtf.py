"""Whether a date, a duration or a repetition is well formed, and the days that a date may mean.

The forms are those of ISO 8601-1 and of the Extended Date/Time Format (ISO 8601-2, levels 0 and 1, and the sub-year
groupings of level 2) that news needs. Days are proleptic Gregorian ordinals (``datetime.date.toordinal``), as floats
where a time of day is known, so that years before 1 and after 9999 can be compared too.
"""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

_CYCLE = 146_097
"""Days in 400 Gregorian years, after which the calendar repeats."""

_DATE = re.compile(r"(?P<year>-?[0-9X]{4})(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?[?~%]?")
_WEEK = re.compile(r"(?P<year>[0-9]{4})-W(?P<week>[0-9]{2})(?:-(?P<day>[1-7]))?")
_TIME = re.compile(
    r"T(?P<hour>[01][0-9]|2[0-4])(?::(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]|60)(?:\.[0-9]{1,9})?)?)?"
    r"(?P<zone>Z|(?P<sign>[+-])(?P<zh>[01][0-9]):?(?P<zm>[0-5][0-9])?)?"
)
_COUNT = r"(?:[0-9]{1,9}(?:\.[0-9]{1,6})?|X)"
_DURATION = re.compile(
    rf"P(?=[0-9XT])(?:{_COUNT}Y)?(?:{_COUNT}M)?(?:{_COUNT}W)?(?:{_COUNT}D)?"
    rf"(?:T(?=[0-9X])(?:{_COUNT}H)?(?:{_COUNT}M)?(?:{_COUNT}S)?)?"
)
_REPEAT = re.compile(r"R[0-9]{0,9}/(?P<period>.+)")
_YEARLESS = re.compile(r"XXXX-(?:W(?:XX|[0-5][0-9])(?:-[1-7])?|(?:[0-9X]{2})(?:-[0-9X]{2})?)(?:T[0-9:]{2,8})?")

_OPEN = {"", ".."}
"""How the open end of an interval is written."""

# EDTF's groupings of months by the number that stands in a month's place: seasons (either hemisphere), quarters,
# thirds and halves of a year. A season is wider than its months, since the text does not say which reckoning it uses.
_GROUPS = {
    **{21 + n: (3 * n + 1, 3 * n + 6) for n in range(4)},
    **{25 + n: (3 * n + 1, 3 * n + 6) for n in range(4)},
    **{29 + n: (3 * n + 1, 3 * n + 6) for n in range(4)},
    **{33 + n: (3 * n + 1, 3 * n + 3) for n in range(4)},
    **{37 + n: (4 * n + 1, 4 * n + 4) for n in range(3)},
    **{40 + n: (6 * n + 1, 6 * n + 6) for n in range(2)},
}


class Bounds(NamedTuple):
    """The first and the last day that a value may mean, as ordinals; infinite where an interval is open."""

    first: float
    last: float


def bounds(value: str) -> Bounds | None:
    """The days of a date, a date-time or an interval; None where it is not well formed or runs backwards."""
    start, slash, end = value.partition("/")
    if not slash:
        return _point(value)
    if start in _OPEN and end in _OPEN:
        return None
    first = Bounds(float("-inf"), float("-inf")) if start in _OPEN else _point(start)
    last = Bounds(float("inf"), float("inf")) if end in _OPEN else _point(end)
    if first is None or last is None or first.first > last.last:
        return None
    return Bounds(first.first, last.last)


def is_date(value: str) -> bool:
    """Whether the value is a date, a date-time, an interval, or a day whose year nothing tells (``XXXX-08-19``)."""
    return bounds(value) is not None


def is_duration(value: str) -> bool:
    """Whether the value is an ISO 8601 duration; ``X`` may stand for a number that the text leaves open."""
    return len(value) > 1 and _DURATION.fullmatch(value) is not None


def is_set(value: str) -> bool:
    """Whether the value is a repetition: a period (``P1W``), ``R/P1W``, or a date without a year (``XXXX-WXX-1``)."""
    repeat = _REPEAT.fullmatch(value)
    if repeat:
        return all(is_duration(part) or is_date(part) for part in repeat["period"].split("/"))
    return is_duration(value) or _YEARLESS.fullmatch(value) is not None or ("X" in value and is_date(value))


def year(ordinal: float) -> float:
    """The year that holds a day; an infinite day stays infinite."""
    if ordinal in {float("inf"), float("-inf")}:
        return ordinal
    cycles, rest = divmod(int(ordinal) - 1, _CYCLE)
    return date.fromordinal(rest + 1).year + 400 * cycles


def _ordinal(year: int, month: int, day: int) -> int:
    return date(2000 + year % 400, month, day).toordinal() + (year // 400 - 5) * _CYCLE


def _point(value: str) -> Bounds | None:
    day, mark, _ = value.partition("T")
    found = _week(day) or _calendar(day)
    if not mark or found is None:
        return found
    time = _TIME.fullmatch(value, len(day))
    if time is None or found.last != found.first:
        return None
    moment = found.first + _time_of_day(time)
    return Bounds(moment, moment)


def _time_of_day(time: re.Match[str]) -> float:
    minutes = 60 * int(time["hour"]) + int(time["minute"] or 0)
    if time["sign"]:
        offset = 60 * int(time["zh"]) + int(time["zm"] or 0)
        minutes += offset if time["sign"] == "-" else -offset
    return minutes / 1440 + int(time["second"] or 0) / 86400


def _week(value: str) -> Bounds | None:
    match = _WEEK.fullmatch(value)
    if match is None:
        return None
    try:
        monday = date.fromisocalendar(int(match["year"]), int(match["week"]), 1).toordinal()
    except ValueError:
        return None
    if match["day"]:
        monday += int(match["day"]) - 1
        return Bounds(monday, monday)
    return Bounds(monday, monday + 6)


def _calendar(value: str) -> Bounds | None:
    match = _DATE.fullmatch(value)
    years = _years(match["year"]) if match else None
    if match is None or years is None:
        return None
    months = _months(match["month"])
    if months is None:
        return None
    return _month_span(years, months) if match["day"] in {None, "XX"} else _day_span(years, months, int(match["day"]))


def _years(digits: str) -> tuple[int, int] | None:
    """Least and greatest year; unknown digits stand at the end only (``199X``, not ``1X99``)."""
    known = digits.lstrip("-").rstrip("X")
    if "X" in known:
        return None
    unknown = 4 - len(known)
    least, greatest = int(known + "0" * unknown), int(known + "9" * unknown)
    return (-greatest, -least) if digits.startswith("-") else (least, greatest)


def _months(digits: str | None) -> tuple[int, int] | None:
    """First and last month; months beyond twelve belong to the year after (a winter may cross into it)."""
    if digits is None or digits == "XX":
        return 1, 12
    number = int(digits)
    return (number, number) if 1 <= number <= 12 else _GROUPS.get(number)


def _month_span(years: tuple[int, int], months: tuple[int, int]) -> Bounds:
    over, month = divmod(months[1] - 1, 12)
    return Bounds(_ordinal(years[0], months[0], 1), _last_of_month(years[1] + over, month + 1))


def _day_span(years: tuple[int, int], months: tuple[int, int], day: int) -> Bounds | None:
    """A day of one month; where year or month is not known (``2024-XX-05``), all of the time it may lie in."""
    known = years[0] == years[1] and months[0] == months[1]
    if months != (1, 12) and months[0] != months[1]:
        return None  # a season has no fifth day
    longest = monthrange(2000 + (years[0] % 400 if known else 0), months[0])[1]
    if not 1 <= day <= longest:
        return None
    if not known:
        return _month_span(years, months)
    ordinal = _ordinal(years[0], months[0], day)
    return Bounds(ordinal, ordinal)


def _last_of_month(year: int, month: int) -> int:
    return _ordinal(year, month, monthrange(2000 + year % 400, month)[1])
