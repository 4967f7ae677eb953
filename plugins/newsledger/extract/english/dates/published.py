"""The day of publishing, worked out from what an article says of itself when nobody states it.

Only where the text fixes it: a day named beside `today` or `yesterday`, and a year given with it, or counted from a
year that the text names (`the war that began in 2022` and `more than two years after`).
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from newsledger.extract.english import tokens
from newsledger.extract.english.dates import calendars, expressions, holiday
from newsledger.extract.english.dates.expressions import Expression
from newsledger.extract.english.dates.timewords import MONTHS
from newsledger.extract.english.numbers import words as number_words
from newsledger.text import Text

_STEPS = {"today": 0, "tonight": 0, "yesterday": 1, "tomorrow": -1}
"""Days from the day so called to the day of publishing."""
_NEAR = 40
"""Code points within which `yesterday` belongs to a holiday named beside it."""
_SPEAKING_OF_THE_DAY = re.compile(r"(?i)\b(?P<word>today|yesterday|tomorrow|tonight)\b")
_BESIDE = re.compile(r"[ ,(–—-]{1,3}(?:on |which is |being )?\Z")
_BEGAN = re.compile(
    r"\b(?:began|begun|started|start|starting|launched|erupted|broke out|invaded|invasion|since"
    r"|outbreak|founded|opened)\b"
    r"[^.;:!?\n]{0,40}?\b(?:in|of|since)? ?(?P<year>(?:19|20)\d\d)\b(?!,\d)"
)
_LONGEST_START = 60
"""Code points from such a word to its year, at the most."""
_YEARS_ON = re.compile(r" years (?:after|since|into|on from)\b")
_COUNT = re.compile(r"(?i)\b(?:\d{1,2}|[a-z]+)\Z")
_LONGEST_COUNT = len("seventeen") + 1
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?")


def infer(text: Text) -> str | None:
    """The ISO date on which the text was published, or none where it does not say enough."""
    days = set(_days(text))
    if len(days) != 1:
        return None
    day = days.pop()
    return calendars.day(day) if day.year >= _latest_year(text) else None


def _days(text: Text) -> Iterator[date]:
    """Every day of publishing that some words of the text fix."""
    year = _year(text)
    for expression in expressions.find(text):
        if expression.kind not in ("holiday", "day"):
            continue
        step = _step(text, expression)
        when = None if step is None else _day(text.body, expression, year)
        if step is not None and when is not None:
            yield when + timedelta(days=step)


def _step(text: Text, expression: Expression) -> int | None:
    """How many days after the day named the text was written: `Liberation Day celebrations yesterday` is one."""
    sentence = text.sentences[text.sentence_at(expression.start)]
    after = _SPEAKING_OF_THE_DAY.search(text.body, expression.end, min(expression.end + _NEAR, sentence.end))
    before = None
    for match in _SPEAKING_OF_THE_DAY.finditer(
        text.body, max(sentence.start, expression.start - _NEAR), expression.start
    ):
        before = match
    if expression.kind == "day":
        before = before if before and _BESIDE.match(text.body[before.end() : expression.start]) else None
        after = after if after and _BESIDE.match(text.body[expression.end : after.start()]) else None
    found = after or before
    return _STEPS[found["word"].lower()] if found else None


def _day(body: str, expression: Expression, year: int | None) -> date | None:
    if expression.kind == "day":
        stated = int(expression.get("year") or 0) or year
        month, number = MONTHS[expression.get("month")[:3]], int(expression.get("day"))
        return calendars.made(stated, month, number) if stated else None
    if year is None:
        return None
    return holiday.in_year(expression.groups["name"] or "", year, _country(body, expression.start))


def _year(text: Text) -> int | None:
    """The year counted from the start of something: the one year that it began, and how many years on this is."""
    body = text.body
    counts = {_count(body, match.start()) for match in _YEARS_ON.finditer(body)} - {None}
    if len(counts) != 1:
        return None
    starts = {
        int(match["year"])
        for at in tokens.places(text).digits
        if body.startswith(("19", "20"), at)
        for match in _BEGAN.finditer(body, max(at - _LONGEST_START, 0), at + 4)
    }
    return starts.pop() + (counts.pop() or 0) if len(starts) == 1 else None


def _count(body: str, end: int) -> int | None:
    """The number, in digits or one word, that ends there: `more than [two] years after`."""
    match = _COUNT.search(body, max(end - _LONGEST_COUNT, 0), end)
    word = match[0].lower() if match else ""
    return int(word) if word.isdigit() else number_words.UNITS.get(word) or number_words.TENS.get(word)


def _latest_year(text: Text) -> int:
    """The last year that the text names: it was written then or later."""
    named = (e for e in expressions.find(text) if e.kind in ("year", "month", "day"))
    return max((int(e.get("year")) for e in named if e.get("year")), default=0)


def _country(body: str, position: int) -> str | None:
    """Code of the country named nearest to a position."""
    from newsledger.extract import gazetteer

    places = gazetteer.default()
    near = sorted(
        _CAPITALISED.finditer(body, max(position - 400, 0), position + 400),
        key=lambda match: abs(match.start() - position),
    )
    for match in near:
        for name in dict.fromkeys((match[0], match[0].split()[0])):
            country = next((p.country for p in places.places(name) if p.kind is gazetteer.Kind.country), None)
            if country:
                return country
    return None
