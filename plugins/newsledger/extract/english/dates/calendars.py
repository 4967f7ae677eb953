"""Days, weeks, months and seasons as ISO 8601 and EDTF values; pure arithmetic, no words."""

import calendar
from datetime import date, timedelta

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""EDTF level 1."""


def day(value: date) -> str:
    """`2024-08-19`."""
    return value.isoformat()


def made(year: int, month: int, number: int) -> date | None:
    """The day, or none where the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= number <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, number)


def week(value: date) -> str:
    """The ISO week that holds a day: `2024-W34`."""
    year, number, _ = value.isocalendar()
    return f"{year}-W{number:02d}"


def weekend(value: date) -> str:
    """Saturday and Sunday of the ISO week that holds a day, as an interval."""
    saturday = value + timedelta(days=5 - value.weekday())
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


def month(year: int, number: int) -> str:
    """`2024-08`; months outside 1 to 12 run on into other years."""
    years, index = divmod(number - 1, 12)
    return f"{year + years:04d}-{index + 1:02d}"


def quarter(year: int, number: int) -> str:
    """EDTF level 2: `2024-33` is the first quarter; numbers outside 1 to 4 run on into other years."""
    years, index = divmod(number - 1, 4)
    return f"{year + years:04d}-{33 + index}"


def half(year: int, number: int) -> str:
    """EDTF level 2: `2024-40` is the first half of the year."""
    return f"{year:04d}-{39 + number}"


def season(year: int, name: str) -> str:
    """EDTF level 1: `2024-22` is the summer; `24` is the winter that ends in the year or begins in it."""
    return f"{year:04d}-{SEASONS[name]}"


def year(number: int) -> str:
    """`2024`."""
    return f"{number:04d}"


def decade(number: int) -> str:
    """`199X`: the ten years that begin like this one."""
    return f"{number // 10:03d}X"


def century(number: int) -> str:
    """`19XX` for the 20th century."""
    return f"{number - 1:02d}XX"


def shifted(value: date, months: int) -> date:
    """The same day some months on, or the last day of that month."""
    years, index = divmod(value.month - 1 + months, 12)
    last = calendar.monthrange(value.year + years, index + 1)[1]
    return date(value.year + years, index + 1, min(value.day, last))


_PERIODS = {
    "second": ("T", "S", 1), "minute": ("T", "M", 1), "hour": ("T", "H", 1), "day": ("", "D", 1), "week": ("", "W", 1),
    "fortnight": ("", "W", 2), "month": ("", "M", 1), "quarter": ("", "M", 3), "year": ("", "Y", 1),
    "decade": ("", "Y", 10), "century": ("", "Y", 100),
}  # fmt: skip


def duration(amount: float, unit: str) -> str | None:
    """An ISO 8601 duration: `P2W`, `PT3H`, `P30Y`; none for other units."""
    if unit not in _PERIODS:
        return None
    time, letter, factor = _PERIODS[unit]
    return f"P{time}{amount * factor:.10g}{letter}"
