"""Numbers in English text: digits and words, scales, fractions, ranges.

A ``Number`` says what is written, not what it measures; ``figures`` decides which numbers are facts.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from newsledger.extract.english import tokens
from newsledger.extract.english.numbers import words as number_words
from newsledger.extract.english.numbers.words import SCALES, Amount
from newsledger.text import Text

SHORT_SCALES = {"bn": 1e9, "mn": 1e6, "tn": 1e12, "mln": 1e6, "bln": 1e9, "hundred": 100.0, "dozen": 12.0}
MONEY_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "mm": 1e6, "t": 1e12}
"""Letters that scale a number only beside a currency: `$5m` (elsewhere `5m` may be metres)."""
GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125}
CODES = "USD|EUR|GBP|CNY|RMB|JPY|AUD|CAD|NZD|HKD|SGD|INR|CHF|RUB|UAH"
CURRENCY = rf"(?:(?:US|AU|NZ|HK|CA|NT|[ACRS])? ?[$£€¥₹₽₴₩₪₺#]|\b(?:{CODES})\$?|Rs\.?|dlrs) ?"

_MONEY_BEFORE = re.compile(rf"{CURRENCY}\Z")
_MONEY_NEXT = re.compile(CURRENCY)
_DIGITS = re.compile(
    r"(?P<number>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:, 000)+(?![\d,])|\d+)(?:\.\d+)?)"
    r"(?:(?P<glyph>[½¼¾⅓⅔⅛])|[ -](?P<top>[1-7])/(?P<bottom>[2348])(?!\d))?"
)
_SPACED_DIGITS = re.compile(
    r"(?P<number>(?:\d{1,3}(?: ?, \d{3})+(?!\d)|\d{1,3})(?: \. \d{1,2}(?!\d)|\. \d{1,2}(?=[- ][a-z]"
    r"|%))?)(?! ?[:\d])"
)
_SCALE = re.compile(rf"(?:[- ]| - )?(?P<scale>{'|'.join([*SCALES, *SHORT_SCALES])})\b", re.IGNORECASE)
_MANY = re.compile(r"m(?= (?:[A-Z]\w+ )?(?!across|towards|always|unless|besides)(?:people|[a-z]{4,}s)\b)")
"""`2m viewers`: the letter means millions where it is not metres."""
_MONEY_SCALE = re.compile(r" ?(?P<scale>mm|[kmbt])\b(?!/)", re.IGNORECASE)
_JOIN = re.compile(
    r"(?P<percent> ?%| percent| per cent)?(?: ?(?P<dash>[-–—])(?: ?to ?-)? ?|[- ](?P<word>to|or|and)"
    r"[- ](?:as many as |perhaps |even )?)"
)
_IN_EVERY = re.compile(r" (?:(?P<every>in every|out of every) |(?:in|out of) )")
_WHOLE_NEXT = re.compile(r"(?! (?:days|weeks|months|years|hours|minutes|seconds|games|matches|places|cities)\b)")
_PERCENT = re.compile(r" ?%| percent| per cent")
_BETWEEN = re.compile(r"(?i)\b(?:between|aged|ages) (?:about |around |the ages of )?(?:[A-Z]{0,2}[$£€¥] ?)?\Z")
_CHANGE = re.compile(
    r"(?i)(?:(?<!ranging )(?<!range )(?<!ranged )(?<!ranges )(?<!varying )(?<!vary )(?<!anywhere )"
    r"\bfrom |\b(?:surged|rose|fell|"
    r"jumped|climbed|dropped|gained|lost|eased|slid|tumbled|declined|slipped|added|grew|advanced|rises|falls) (?:by )?)"
    r"(?:about |around |nearly |some |almost |over )?(?:[A-Z]{0,2}[$£€¥] ?)?\Z"
)
"""A change from one number to another is no range: `fell from 9 to 7`, `rose 2 to 40`."""

# Marks lead these patterns and look back, so that scanning is fast.
_SPACED = re.compile(r" (?<=\w )[,.] ")
_HALF_SPACED = re.compile(
    r"\. (?:m\.(?<=\b[ap]\. m\.)|[KNS]\.(?<=\bU\. [KNS]\.)|(?<=\d\. )\d+-[a-z])"
    r"|: (?<=\d: )\d\d (?:[AaPp]\.? ?[Mm]|GMT|UTC)|\$\d{1,3}, \d{3}\b"
)
"""What no text has but one whose spaces were put back by rule: `3: 30 a. m.`, `a 6. 1-magnitude quake`."""


class Number(NamedTuple):
    """One number or range as written; positions are code points of the body."""

    start: int
    end: int
    low: float
    high: float | None
    """Upper end of a range."""
    kind: str
    """``digits``, ``words`` or ``part`` (a fraction)."""
    join: str = ""
    """What links the two ends of a range: ``-``, ``to``, ``or``, ``and``."""
    scaled: bool = False
    """Whether a scale word (`million`) is part of it."""
    first_end: int = 0
    """Where the lower end stops."""


def spaced(text: Text) -> bool:
    """Whether the text has its punctuation apart from words, as tokenised corpora and bad exports have it."""
    return len(_SPACED.findall(text.body, 0, 2000)) > 2 or bool(_HALF_SPACED.search(text.body, 0, 20_000))


@lru_cache(maxsize=4)
def find(text: Text) -> tuple[Number, ...]:
    """All numbers and ranges in order, never overlapping."""
    body, loose = text.body, spaced(text)
    numbers: list[Number] = []
    end = 0
    for start in tokens.places(text).numbers:
        if start >= end and (number := _number(body, start, loose=loose)) is not None:
            numbers.append(number)
            end = number.end
    return tuple(numbers)


def _number(body: str, start: int, *, loose: bool) -> Number | None:
    before = body[max(start - 2, 0) : start].rstrip()[-1:]
    money = (before == "s" or not before.islower()) and bool(_MONEY_BEFORE.search(body, max(start - 6, 0), start))
    if start and (body[start - 1].isalnum() or body[start - 1] == "_") and not (money and body[start].isdigit()):
        return None
    first = _amount(body, start, loose=loose, money=money)
    if first is None:
        return None
    number = Number(start, first.end, first.value, None, first.kind, "", first.scaled, first.end)
    return _share(body, number, loose=loose) or _range(body, number, loose=loose, money=money) or number


def _share(body: str, first: Number, *, loose: bool) -> Number | None:
    """`one in five`, `nine out of ten`: a part of a whole."""
    match = _IN_EVERY.match(body, first.end)
    whole = _amount(body, match.end(), loose=loose, money=False) if match else None
    if (
        whole is None
        or match is None
        or not first.low < whole.value <= 10_000
        or not _WHOLE_NEXT.match(body, whole.end)
    ):
        return None
    if first.low > 1 and whole.value % 10 and not match["every"]:
        return None
    return Number(
        first.start, whole.end, first.low / whole.value, None, "part", "in", scaled=False, first_end=whole.end
    )


def _range(body: str, first: Number, *, loose: bool, money: bool) -> Number | None:
    """The range that begins with a number; `3 to 5 million` scales both ends."""
    join = _JOIN.match(body, first.end)
    if join is None or first.kind == "part" or not _ranges(body, first, join):
        return None
    sign = _MONEY_NEXT.match(body, join.end()) if money else None
    second = _amount(body, sign.end() if sign else join.end(), loose=loose, money=money)
    if second is None or second.kind == "part" or (join["word"] == "or" and second.value > 3 * first.low):
        return None
    if join["percent"] and not _PERCENT.match(body, second.end):
        return None
    low, high, factor = first.low, second.value, _factor(body, second)
    if second.scaled and not first.scaled and low * factor < high:
        low *= factor
    if low >= high:
        return None
    return Number(
        first.start, second.end, low, high, first.kind, join["word"] or "-", second.scaled or first.scaled, first.end
    )


def _ranges(body: str, first: Number, join: re.Match[str]) -> bool:
    """Whether what links two numbers makes a range of them: not `from 3 to 5`, and `and` only after `between`."""
    lead = body[max(first.start - 30, 0) : first.start]
    if join["word"] == "and":
        return bool(_BETWEEN.search(lead))
    return join["word"] != "to" or not _CHANGE.search(lead)


def _factor(body: str, amount: Amount) -> float:
    """How much the scale at the end of an amount multiplies."""
    word = re.search(r"[A-Za-z]+$", body[max(0, amount.end - 12) : amount.end])
    key = word[0].lower() if word else ""
    return SCALES.get(key) or SHORT_SCALES.get(key) or MONEY_SCALES.get(key) or 1.0


def _amount(body: str, at: int, *, loose: bool, money: bool) -> Amount | None:
    if at >= len(body):
        return None
    if body[at].isdigit():
        return _digits(body, at, loose=loose, money=money)
    if body[at] in GLYPHS:
        return Amount(at + 1, GLYPHS[body[at]], "part")
    return number_words.read(body, at)


def _digits(body: str, at: int, *, loose: bool, money: bool) -> Amount | None:
    match = _DIGITS.match(body, at)
    if loose and (apart := _SPACED_DIGITS.match(body, at)) and (match is None or apart.end() > match.end()):
        match = apart
    if match is None or len(match["number"]) > 25 or not match["number"].isascii():
        return None
    value = float(match["number"].replace(",", "").replace(" ", ""))
    groups = match.groupdict()
    if groups.get("glyph"):
        value += GLYPHS[groups["glyph"]]
    elif groups.get("top"):
        value += int(groups["top"]) / int(groups["bottom"])
    return _scaled(body, match.end(), value, money=money)


def _scaled(body: str, end: int, value: float, *, money: bool) -> Amount:
    """The amount with the scale that follows; six decimals keep 1.1 million from becoming 1100000.0000000001."""
    if match := _SCALE.match(body, end):
        scale = match["scale"].lower()
        return Amount(match.end(), round(value * (SCALES.get(scale) or SHORT_SCALES[scale]), 6), "digits", scaled=True)
    if money and (match := _MONEY_SCALE.match(body, end)):
        scale = match["scale"].lower()
        return Amount(match.end(), round(value * MONEY_SCALES[scale], 6), "digits", scaled=True)
    if match := _MANY.match(body, end):
        return Amount(match.end(), round(value * 1e6, 6), "digits", scaled=True)
    return Amount(end, value, "digits")
