"""Times of publishing as files state them, to ISO 8601."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

EARLIEST_YEAR = 1600
"""Nothing that is news was published before; a stated year 1 is a program's default."""

# Zones that news pages and feeds write as letters, in hours east of Greenwich. Where letters mean two zones (CST, IST,
# BST) the one that English-language news means.
_ZONES = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "SAST": 2, "CAT": 2, "WAT": 1, "EAT": 3, "GST": 4, "PKT": 5, "IST": 5.5, "SGT": 8, "HKT": 8, "AWST": 8,
    "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10, "ACDT": 10.5, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10, "AST": -4, "ADT": -3, "NST": -3.5, "NDT": -2.5, "BRT": -3, "ART": -3,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october|"
        "nov november|dec december".split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)\b"
_WRITTEN = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_DAY}(?: of)?[ ,.-]+{_MONTH}[ ,.-]+{_YEAR}",  # 5 March 2024
        rf"\b{_MONTH} {_DAY},? {_YEAR}",  # March 5, 2024
        r"\b(?P<year>(?:1[6-9]|20)\d\d)[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)\b",  # 2024/03/05
    )
)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<half>[ap]\.?m\b\.?)?\s*"
    r"(?P<zone>(?-i:[A-Z]{1,4})\b|(?:GMT|UTC)?[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d\d):?(\d\d)", re.IGNORECASE)
_ISO_HEAD = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_ISO_LETTERED = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?) ?\(?([A-Z]{1,5})\)?$")
_LONGEST = 120


def parse(stated: object) -> str | None:
    """ISO 8601 date, or date-time with offset, of a stated time; null where it states none.

    Reads ISO 8601, RFC 2822, written English dates ("5 March 2024, 10:30 pm EDT") and Unix times (seconds or
    milliseconds). A time of day without a zone is left out: it could be any of two days' instants.
    """
    if isinstance(stated, int | float) and not isinstance(stated, bool):
        return _unix(float(stated))
    if not isinstance(stated, str):
        return None
    text = re.sub(r"(?<=\d) (?=[+-]\d\d:?\d\d$)", "", _tight(stated[:_LONGEST]))
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return _unix(float(text))
    return _iso(text) or _rfc2822(text) or _written(text)


def _tight(text: str) -> str:
    """Single spaces, and none that tokenising put around marks ("9 : 29", "05 / 03 / 2013", "26 , 2013")."""
    return re.sub(r"(?<=\d) ?([:/]) ?(?=\d)", r"\1", " ".join(text.split())).replace(" ,", ",")


def _unix(seconds: float) -> str | None:
    try:
        return _written_out(datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _iso(text: str) -> str | None:
    if not _ISO_HEAD.match(text):
        return None
    if lettered := _ISO_LETTERED.match(text):
        offset = _zone(lettered[2])
        text = lettered[1] if offset is None else lettered[1] + _zulu(offset)
    try:
        return _written_out(datetime.fromisoformat(text))
    except ValueError:
        pass
    try:  # "2024-03-05 at noon": the day stands
        head = _ISO_HEAD.match(text)
        return _written_out(datetime.fromisoformat(head[0])) if head else None
    except ValueError:
        return None


def _rfc2822(text: str) -> str | None:
    """Of the zone letters only those that the standard library reads right; the others go on to `_written`."""
    if not re.search(r"\d:\d\d (?:[+-]\d{4}|GMT|UTC?|[ECMP][SD]T)$", text):
        return None
    try:
        return _written_out(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(text: str) -> str | None:
    day = next((match for form in _WRITTEN if (match := form.search(text))), None)
    if not day:
        return None
    month = day["month"].lower().rstrip(".")
    try:
        date = datetime(int(day["year"]), _MONTHS.get(month) or int(month), int(day["day"]))  # noqa: DTZ001 - zone follows
    except ValueError:
        return None
    rest = text[: day.start()] + " " + text[day.end() :]
    return _written_out(_at_clock(date, rest))


def _at_clock(date: datetime, text: str) -> datetime:
    """The day at the time of day and zone that the text names beside it; the bare day when one of them is missing."""
    clock = _CLOCK.search(text)
    offset = _zone(clock["zone"]) if clock and clock["zone"] else None
    if clock is None or offset is None:
        return date
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    try:
        return date.replace(hour=hour, minute=int(clock["minute"]), second=int(clock["second"] or 0), tzinfo=offset)
    except ValueError:
        return date


def _zone(name: str) -> timezone | None:
    if match := _OFFSET.fullmatch(name):
        minutes = int(match[2]) * 60 + int(match[3])
        return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes)) if minutes < 24 * 60 else None
    hours = _ZONES.get(name.upper())
    return None if hours is None else timezone(timedelta(hours=hours))


def _zulu(offset: timezone) -> str:
    return datetime(2000, 1, 1, tzinfo=offset).isoformat()[19:]


def _written_out(moment: datetime) -> str | None:
    if moment.year < EARLIEST_YEAR:
        return None
    return moment.date().isoformat() if moment.tzinfo is None else moment.isoformat(timespec="seconds")
