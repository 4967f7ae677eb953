"""Times as feeds write them: `timestamp` reads what is written rightly, this what feeds make of it."""

import re
from datetime import UTC, datetime, timedelta

from newsledger.extract import timestamp

SKEW = timedelta(minutes=10)
"""So far ahead of ours the clock of a publisher may be."""
EASTMOST = timedelta(hours=14)
"""A day begins so much earlier in the east than in Greenwich (Kiribati)."""

# Names of months that feeds write in the language of their readers, by the first letters that tell them apart.
# French, German, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Scandinavian, Turkish, Ukrainian, Russian. What
# means two months (listopad and lip are other ones in Poland than in Croatia) is left out.
_MONTHS = (
    ("jan", "janv", "januar", "janua", "ene", "gen", "sty", "led", "oca", "січ", "янв"),
    ("feb", "fev", "fév", "febr", "lut", "úno", "uno", "şub", "sub", "лют", "фев"),
    ("mar", "mär", "mars", "maer", "maa", "mrt", "mrz", "bře", "bre", "бер", "мар"),
    ("apr", "avr", "abr", "kwi", "dub", "nis", "кві", "апр"),
    ("may", "mai", "mag", "mei", "maj", "kvě", "kve", "тра", "мая", "май"),
    ("jun", "juin", "giu", "cze", "čer", "cer", "haz", "чер", "июн"),
    (
        "jul",
        "juil",
        "lug",
        "lipca",
        "lipiec",
        "čvc",
        "cvc",
        "červenec",
        "července",
        "cervenec",
        "cervence",
        "tem",
        "лип",
        "июл",
    ),
    ("aug", "aoû", "aou", "ago", "sie", "srpna", "srpen", "ağu", "agu", "сер", "авг"),
    ("sep", "set", "wrz", "zář", "zar", "eyl", "вер", "сен"),
    ("oct", "okt", "out", "ott", "paź", "paz", "říj", "rij", "eki", "жов", "окт"),
    ("nov", "kas", "лис", "ноя"),
    ("dec", "déc", "dez", "dic", "des", "gru", "pro", "ara", "гру", "дек"),
)
_ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_NUMBERED = sorted(
    ((name, number) for number, names in enumerate(_MONTHS) for name in names), key=lambda pair: -len(pair[0])
)
# "lun., 03 févr. 2025 10:00:00 +0100", "Mon, 3 Feb 25 10:00:00 GMT", "3. Februar 2025, 10:00 Uhr": day, month, year.
_WRITTEN = re.compile(
    r"^(?:[^\W\d]{2,14}\.?,?\s+)?(?P<day>\d{1,2})\.?(?:\s+de)?[\s-]+(?P<month>[^\W\d]{3,12})\.?(?:\s+de)?[\s-]+"
    r"(?P<year>\d{4}|\d\d)\b(?P<rest>.{0,60})$"
)


def parse(stated: str | None, retrieved_at: str | None) -> tuple[str | None, str | None]:
    """A stated time as ISO 8601 date or date-time, and a note where something is wrong with it.

    ``retrieved_at``: when the feed was fetched; nothing that it holds was published later.
    """
    moment = timestamp.parse(_in_english(stated)) if stated else None
    if moment is None:
        return None, f"the feed's date {stated[:60]!r} cannot be read" if stated else None
    return _not_ahead(moment, datetime.fromisoformat(retrieved_at) if retrieved_at else None)


def _in_english(stated: str) -> str:
    """A time with an English month and four digits of year; others as they are."""
    tight = " ".join(stated.split())
    found = _WRITTEN.match(tight)
    month = _month(found["month"].lower()) if found else None
    if found is None or month is None:
        return tight
    return f"{found['day']} {_ENGLISH[month]} {_full_year(found['year'])}{found['rest']}"


def _month(name: str) -> int | None:
    return next((number for start, number in _NUMBERED if name.startswith(start)), None)


def _full_year(year: str) -> str:
    """RFC 2822, 4.3: two digits below 50 are of this century."""
    return year if len(year) == 4 else f"{'20' if int(year) < 50 else '19'}{year}"


def _not_ahead(moment: str, retrieved: datetime | None) -> tuple[str | None, str | None]:
    """A time ahead of the fetch is wrong: its day stands where that can be, else nothing of it."""
    if retrieved is None:
        return moment, None
    day = datetime.fromisoformat(moment[:10]).replace(tzinfo=UTC)
    ahead = f"the feed dates it ahead of its fetch ({moment})"
    if day > retrieved + EASTMOST:
        return None, ahead
    if len(moment) > 10 and datetime.fromisoformat(moment) > retrieved + SKEW:
        return moment[:10], ahead
    return moment, None
