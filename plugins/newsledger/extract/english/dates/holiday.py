"""Days of holidays by country, from the `holidays` library; imported only when a text names one."""

import re
from datetime import date, timedelta
from functools import lru_cache

_EVERYWHERE = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "valentine's day": (2, 14), "st. patrick's day": (3, 17),
    "international women's day": (3, 8), "april fools' day": (4, 1), "earth day": (4, 22), "may day": (5, 1),
    "halloween": (10, 31), "bastille day": (7, 14),
}  # fmt: skip
"""Days that are the same wherever they are kept."""
_AMERICAN = frozenset("thanksgiving|thanksgiving day|juneteenth|martin luther king jr. day|presidents' day".split("|"))
"""Names that mean the holiday of one country whatever else the text is about."""
_SHORT = {"thanksgiving": "thanksgiving day"}
_LOOK_BACK = 8
"""Years back in which a day that is suspended now is looked for."""


def day(name: str, today: date, country: str | None) -> date | None:
    """The day nearest to a date on which a country keeps a holiday; none for names that no calendar has."""
    known = [in_year(name, year, country) for year in (today.year - 1, today.year, today.year + 1)]
    return min((found for found in known if found), key=lambda found: abs(found - today), default=None)


def in_year(name: str, year: int, country: str | None) -> date | None:
    """The day of a holiday in a year; none for names that the country's calendar does not have."""
    low = name.lower().replace("’", "'")
    return _find(low, year, "US" if low in _AMERICAN else country)


def _find(name: str, year: int, country: str | None) -> date | None:
    if name in _EVERYWHERE:
        return date(year, *_EVERYWHERE[name])
    if country is None:
        return None
    if name in ("easter", "easter sunday"):
        return _easter(year, country)
    return _of_country(country, year).get(_SHORT.get(name, name)) or _suspended(name, year, country)


def _easter(year: int, country: str) -> date | None:
    """Easter Sunday by the calendar that the country keeps, also where only the days around it are free."""
    kept = _of_country(country, year)
    for name, step in (("easter sunday", 0), ("good friday", 2), ("easter monday", -1)):
        if name in kept:
            return kept[name] + timedelta(days=step)
    return None


def _suspended(name: str, year: int, country: str) -> date | None:
    """A fixed day that is no day off this year (as in a country at war), but was in two years not long ago."""
    earlier = [found for back in range(1, _LOOK_BACK) if (found := _of_country(country, year - back).get(name))][:2]
    if len(earlier) < 2 or (earlier[0].month, earlier[0].day) != (earlier[1].month, earlier[1].day):
        return None
    return date(year, earlier[0].month, earlier[0].day)


@lru_cache(maxsize=64)
def _of_country(country: str, year: int) -> dict[str, date]:
    """English names of a country's holidays in a year, lower case, with their days."""
    import holidays

    if country not in holidays.list_supported_countries(include_aliases=False):
        return {}
    options = holidays.list_localized_countries().get(country, [])
    language = next((option for option in options if option.startswith("en")), None)
    kept = holidays.country_holidays(country, years=year, language=language, observed=False)
    return {name: found for found, names in sorted(kept.items()) for name in _names(names)}


def _names(names: str) -> list[str]:
    """`National Day; Day of Victory (Victory Day)` holds four names."""
    low = names.lower().replace("’", "'")
    return [part.strip() for name in low.split("; ") for part in [name, *re.split(r"[()]", name)] if part.strip()]
