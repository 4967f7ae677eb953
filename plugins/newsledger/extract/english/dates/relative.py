"""Dates that need the day of publishing: weekdays, `last month`, `a year ago`, quarters, holidays."""

from collections.abc import Callable
from datetime import date, timedelta

from newsledger.extract.english.dates import absolute, calendars, holiday
from newsledger.extract.english.dates.expressions import Expression
from newsledger.extract.english.dates.timeline import Context
from newsledger.extract.english.dates.timewords import MONTHS, WEEKDAYS

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def _relative_day(expression: Expression, _context: Context, today: date) -> str:
    steps = {
        "yesterday": -1,
        "last night": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }
    return calendars.day(today + timedelta(days=steps.get(expression.get("day"), 0)))


def _weekday(expression: Expression, context: Context, today: date) -> str:
    return calendars.day(weekday(expression, context, today, WEEKDAYS[expression.get("weekday")[:3]]))


def weekday(expression: Expression, context: Context, today: date, number: int) -> date:
    """The day a weekday means: the last one, or the next where the clause looks ahead; today counts as itself."""
    back, ahead = (today.weekday() - number) % 7, (number - today.weekday()) % 7
    which, week = expression.get("which"), expression.get("week")
    if week:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=number, weeks={"last": -1, "next": 1}.get(week, 0))
    if which in ("last", "this past"):
        return today - timedelta(days=back or 7)
    if which in ("next", "coming", "this coming"):
        return today + timedelta(days=ahead or 7)
    if which == "this":
        return today - timedelta(days=back) if context.tense(expression) == "past" else today + timedelta(days=ahead)
    return today + timedelta(days=ahead) if context.tense(expression) == "future" else today - timedelta(days=back)


def _moment(expression: Expression, context: Context, today: date) -> str | None:
    """A day with a clock time, local as the text has it: `2021-03-04T22:00`."""
    if expression.get("month"):
        found = absolute.the_day(expression, context, expression.get("day"))
    elif expression.get("weekday"):
        found = weekday(expression, context, today, WEEKDAYS[expression.get("weekday")[:3]])
    else:
        found = today + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(expression.get("when"), 0))
    return f"{found.isoformat()}T{_clock(expression)}" if found else None


def _clock(expression: Expression) -> str:
    if word := expression.get("word"):
        return "12:00" if word == "noon" else "24:00"
    if expression.get("hour24"):
        return f"{int(expression.get('hour24')):02d}:{expression.get('minute24')}"
    hour = int(expression.get("hour")) % 12 + (12 if expression.get("half") == "p" else 0)
    return f"{hour:02d}:{expression.get('minute') or '00'}"


_THIS = frozenset("this current the".split())


def _period(expression: Expression, context: Context, today: date) -> str | None:
    unit, which = expression.get("unit") or expression.get("unit2"), expression.get("which").removeprefix("the ")
    which = which.removeprefix("this ") if which != "this" else which
    if which in ("that", "same", "following", "previous"):
        return _from_story(context, unit, which)
    if which == "past":
        return _past(unit, today)
    step = {"last": -1, "next": 1, "coming": 1}.get(which, 0)
    return _PERIODS[unit](today, step) if unit in _PERIODS else None


def _from_story(context: Context, unit: str, which: str) -> str | None:
    """`that year`, `the following month`: counted from what the text spoke of last."""
    step = {"following": 1, "previous": -1}.get(which, 0)
    if unit == "year" and context.year:
        return calendars.year(context.year + step)
    if unit == "month" and context.month:
        year, month = context.month
        context.month = divmod(year * 12 + month - 1 + step, 12)[0], (month - 1 + step) % 12 + 1
        return calendars.month(year, month + step)
    return None


def _past(unit: str, today: date) -> str | None:
    """`the past week`: the seven days up to today; `the past month` and `year` likewise."""
    starts = {
        "week": today - timedelta(days=6),
        "month": calendars.shifted(today, -1),
        "year": calendars.shifted(today, -12),
    }
    if unit == "weekend":
        return calendars.weekend(today - timedelta(days=today.weekday() + 1))
    return f"{starts[unit]}/{today}" if unit in starts else None


def _week(today: date, step: int) -> str:
    """On a Sunday `last week` is the week that ends that day: Sunday papers look back on it."""
    sunday = today.weekday() == 6
    return calendars.week(today + timedelta(weeks=step + (1 if sunday and step < 0 else 0)))


def _quarter_on(today: date, step: int) -> str:
    return calendars.quarter(today.year, (today.month - 1) // 3 + 1 + step)


_PERIODS: dict[str, Callable[[date, int], str]] = {
    "day": lambda today, step: calendars.day(today + timedelta(days=step)),
    "week": _week,
    "weekend": lambda today, step: calendars.weekend(today + timedelta(weeks=step)),
    "month": lambda today, step: calendars.month(today.year, today.month + step),
    "quarter": _quarter_on,
    "year": lambda today, step: calendars.year(today.year + step),
    "decade": lambda today, step: calendars.decade(today.year + 10 * step),
    "century": lambda today, step: calendars.century(today.year // 100 + 1 + step),
}


def _weekend(expression: Expression, context: Context, today: date) -> str:
    way = context.tense(expression)
    ahead = way == "future" or (expression.get("which") == "this" and way is None)
    saturday = today + timedelta(days=5 - today.weekday())
    return calendars.weekend(today if ahead or today >= saturday else today - timedelta(weeks=1))


def _any_period(expression: Expression, context: Context, today: date) -> str | None:
    if expression.get("unit") == "weekend" and expression.get("which") in ("", "this"):
        return _weekend(expression, context, today)
    return _period(expression, context, today)


def _end_of(expression: Expression, context: Context, today: date) -> str | None:
    """`the end of the month`: the period itself, no closer; `at the end of the day` says nothing of a day."""
    if expression.get("unit") == "day":
        return None
    return _period(expression, context, today)


def _year_end(_expression: Expression, _context: Context, today: date) -> str:
    return calendars.year(today.year)


def _month_named(expression: Expression, _context: Context, today: date) -> str:
    month, which = MONTHS[expression.get("month")[:3]], expression.get("which")
    if which == "last":
        return calendars.month(today.year - (month >= today.month), month)
    if which == "next":
        return calendars.month(today.year + (month <= today.month), month)
    return calendars.month(today.year, month)


_LATELY = 3
"""Months after a season in which `last` may mean it or the one before."""


def _season(expression: Expression, _context: Context, today: date) -> str | None:
    """`this`, `the` and bare seasons: that of the year. `last summer` in autumn may be either: none."""
    name, which = expression.get("season"), expression.get("which")
    if year := expression.get("year"):
        return calendars.season(int(year), name)
    begins = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[name]
    if which == "last":
        lately = 0 < today.month - begins - 2 <= _LATELY
        return None if lately else calendars.season(today.year - (today.month <= begins + 2), name)
    return calendars.season(today.year + (which == "next" and today.month >= begins), name)


def _quarter(expression: Expression, context: Context, today: date) -> str | None:
    """A quarter or half of a year; without a year the last that has begun, or the next where the clause looks ahead."""
    number, span = ORDINALS[expression.get("ordinal")], expression.get("span")
    if span == "half" and number > 2:
        return None
    year = _quarter_year(expression, context, today, number, 3 if span == "quarter" else 6)
    if span == "half":
        return calendars.half(year, number)
    context.speak_of(expression.start, (year, number))
    return calendars.quarter(year - (1 if expression.get("ago") else 0), number)


def _quarter_year(expression: Expression, context: Context, today: date, number: int, months: int) -> int:
    if year := expression.get("year"):
        return int(year)
    named = expression.get("rel") or ("this" if expression.get("this") else "last" if expression.get("back") else "")
    if named or "next year" in context.body[expression.start : expression.end].lower():
        return today.year + {"this": 0, "last": -1}.get(named, 1)
    if (number - 1) * months + 1 <= today.month:
        return today.year + (1 if today.month > 8 and number == 1 and context.tense(expression) == "future" else 0)
    return today.year - (context.tense(expression) != "future" or today.month < 4)


def _latest(expression: Expression, context: Context, today: date) -> str | None:
    """`the latest quarter`, `the quarter`: the one the text speaks of, else the last one that is over."""
    if spoken := context.spoken_quarter(expression.start):
        return calendars.quarter(*spoken)
    if context.body.startswith(("the quarter", "The quarter", "its quarter"), expression.start):
        return None
    number = (today.month - 1) // 3
    context.speak_of(expression.start, (today.year, number) if number else (today.year - 1, 4))
    return calendars.quarter(today.year, number)


def _year_before(expression: Expression, context: Context, today: date) -> str:
    """`a year earlier`: the quarter that the text speaks of, a year before; else the year before."""
    if spoken := context.spoken_quarter(expression.start):
        return calendars.quarter(spoken[0] - 1, spoken[1])
    return calendars.year(today.year - 1)


def _period_of(expression: Expression, context: Context, _today: date) -> str:
    spoken = context.spoken_quarter(expression.start)
    year = int(expression.get("year"))
    return calendars.quarter(year, spoken[1]) if spoken else calendars.year(year)


def _ago(expression: Expression, context: Context, today: date) -> str | None:
    """`a year ago`, `a month ago`; `earlier` only of a year: from when else it is counted is not said."""
    unit = expression.get("unit")
    if unit == "year":
        return _year_before(expression, context, today)
    return None if expression.get("way") == "earlier" else ago(today, 1, unit)


def ago(today: date, count: float, unit: str) -> str | None:
    """The day, month or year that lies some units back, as closely as the unit says."""
    if count != int(count):
        return None
    steps = int(count)
    if unit in ("day", "week", "fortnight"):
        return calendars.day(today - timedelta(days=steps * {"day": 1, "week": 7, "fortnight": 14}[unit]))
    if unit == "month":
        return calendars.month(today.year, today.month - steps)
    if unit in ("year", "decade", "century"):
        return calendars.year(today.year - steps * {"year": 1, "decade": 10, "century": 100}[unit])
    return None


def _month_last_year(_expression: Expression, _context: Context, today: date) -> str:
    return calendars.month(today.year - 1, today.month)


def _few_days(_expression: Expression, _context: Context, today: date) -> str:
    """A few days back, about: three."""
    return f"{today - timedelta(days=3)}~/{today}"


def _holiday(expression: Expression, context: Context, today: date) -> str | None:
    found = holiday.day(expression.groups["name"] or "", today, context.country(expression.start))
    return calendars.day(found) if found else None


def _quarter_ended(expression: Expression, context: Context, today: date) -> str | None:
    """`the quarter ended Sept. 30`: the quarter of that month."""
    tail = context.body[expression.end : expression.end + 16]
    month = next((MONTHS[word[:3].lower()] for word in tail.split() if word[:3].lower() in MONTHS), None)
    if month is None:
        return None
    year = today.year - (month > today.month)
    context.speak_of(expression.start, (year, (month - 1) // 3 + 1))
    return calendars.quarter(year, (month - 1) // 3 + 1)


RESOLVERS: dict[str, Callable[[Expression, Context, date], str | None]] = {
    "relative_day": _relative_day, "weekday": _weekday, "moment": _moment, "period": _any_period, "end_of": _end_of,
    "year_end": _year_end, "month_named": _month_named, "season": _season, "quarter": _quarter, "latest": _latest,
    "year_before": _year_before, "period_of": _period_of, "ago": _ago, "month_last_year": _month_last_year,
    "few_days": _few_days, "holiday": _holiday, "quarter_ended": _quarter_ended,
}  # fmt: skip
