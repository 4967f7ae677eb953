"""Days of holidays by country, from the `holidays` library; imported only when a text names one."""

from datetime import date
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


def day(name: str, today: date, country: str | None) -> date | None:
    """The day nearest to a date on which a country keeps a holiday; none for names that no calendar has."""
    low = name.lower().replace("’", "'")
    known = [_find(low, year, "US" if low in _AMERICAN else country) for year in (today.year - 1, today.year, today.year + 1)]
    return min((found for found in known if found), key=lambda found: abs(found - today), default=None)


def _find(name: str, year: int, country: str | None) -> date | None:
    if name in _EVERYWHERE:
        return date(year, *_EVERYWHERE[name])
    return _of_country(country, year).get(name) if country else None


@lru_cache(maxsize=64)
def _of_country(country: str, year: int) -> dict[str, date]:
    """English names of a country's holidays in a year, lower case, with their days."""
    import holidays

    if country not in holidays.list_supported_countries(include_aliases=False):
        return {}
    options = holidays.list_localized_countries().get(country, [])
    language = next((option for option in options if option.startswith("en")), None)
    kept = holidays.country_holidays(country, years=year, language=language, observed=False)
    return {
        name.lower().replace("’", "'"): found for found, names in sorted(kept.items()) for name in names.split("; ")
    }
