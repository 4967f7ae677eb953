"""Numbers spelled out: `twenty-one`, `two and a half million`, `half a dozen`, `two-thirds`."""

import re
from typing import NamedTuple

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7}
AMOUNTS = {**SCALES, "hundred": 100.0, "dozen": 12.0}
PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10
}  # fmt: skip
STARTS = frozenset(
    form for word in [*UNITS, *TENS, "a", "an", "half"] for form in (word, word.capitalize(), word.upper())
)
"""Every word that a spelled-out number can begin with."""

_WORD = rf"(?:{'|'.join(sorted([*UNITS, *TENS, *AMOUNTS], key=len, reverse=True))})"
_RUN = re.compile(rf"(?i){_WORD}\b(?:(?:-| - | |, | and ){_WORD}\b){{0,12}}")
_AMOUNT = re.compile(r"(?i)an? (?P<amount>hundred|thousand|million|billion|trillion|dozen)\b(?! of)")
_ARTICLE = re.compile(rf"(?i)an?(?:-| - | )(?:{'|'.join([*AMOUNTS, *PARTS])})\b")
_A = re.compile(r"(?i)an? (?=(?:hundred|thousand) [a-z])")
_HALF_AMOUNT = re.compile(r"(?i)half[- ](?:an?[- ])?(?P<amount>thousand|million|billion|trillion|dozen)\b")
_HALF = re.compile(r"(?i)half(?= (?:of|the|an?|its|their|his|her|that|all)\b|-an?-)")
_PARTS = "|".join(PARTS).replace("half", "hal[fv]e?")
_OF_SCALE = r"(?: of an? (?P<scale>million|billion|trillion)\b)?"
_FRACTIONS = re.compile(rf"(?i)(?P<top>two|three|four|five|six|seven|nine)(?:-| - | )(?P<part>{_PARTS})s\b{_OF_SCALE}")
_ONE_PART = re.compile(rf"(?i)(?:an?|one)(?:-| - | )(?P<part>{_PARTS})(?:{_OF_SCALE}(?<=ion)|(?= of\b))")
_AND_A_PART = re.compile(r"(?i)[- ]and[- ](?:a|one)[- ](?P<part>half|quarter|third)\b")
_SCALE_AFTER = re.compile(rf"(?:[- ]| - )(?P<scale>{'|'.join(SCALES)})\b")


class Amount(NamedTuple):
    """A number read at some position: where it ends, its value, and how it was written."""

    end: int
    value: float
    kind: str
    """``digits``, ``words`` or ``part`` (a fraction)."""
    scaled: bool = False
    """Whether a scale word (`million`) is part of it."""


def read(body: str, at: int) -> Amount | None:
    """The spelled-out number that begins at a position, the longest that makes sense."""
    if body[at] in "aA" and not _ARTICLE.match(body, at):
        return None
    return _amount(body, at) or _fraction(body, at) or _run(body, at)


def _part(word: str) -> int:
    return PARTS.get(word.lower(), 2)


def _fraction(body: str, at: int) -> Amount | None:
    if match := _FRACTIONS.match(body, at) or _ONE_PART.match(body, at):
        top = UNITS[match.groupdict().get("top", "one").lower()]
        share = top / _part(match["part"])
        if match["scale"]:
            return Amount(match.end(), share * SCALES[match["scale"].lower()], "words", scaled=True)
        return Amount(match.end(), share, "part")
    if match := _HALF.match(body, at):
        return Amount(match.end(), 0.5, "part")
    return None


def _amount(body: str, at: int) -> Amount | None:
    if match := _HALF_AMOUNT.match(body, at):
        return Amount(match.end(), 0.5 * AMOUNTS[match["amount"].lower()], "words", scaled=True)
    if (match := _A.match(body, at)) and (run := _RUN.match(body, match.end())):
        said = spoken("one " + run[0])
        if said and said[1] > len("one ") and " " in run[0]:
            return Amount(match.end() + said[1] - len("one "), said[0], "words", scaled=True)
    if match := _AMOUNT.match(body, at):
        scale = AMOUNTS[match["amount"].lower()]
        if extra := _AND_A_PART.match(body, match.end()):
            return Amount(extra.end(), scale * (1 + 1 / _part(extra["part"])), "words", scaled=True)
        return Amount(match.end(), scale, "words", scaled=True)
    return None


def _run(body: str, at: int) -> Amount | None:
    match = _RUN.match(body, at)
    said = spoken(match[0]) if match else None
    if said is None:
        return None
    value, end = said[0], at + said[1]
    if extra := _AND_A_PART.match(body, end):
        value += 1 / _part(extra["part"])
        scale = _SCALE_AFTER.match(body, extra.end())
        return (
            Amount(scale.end(), value * SCALES[scale["scale"]], "words", scaled=True)
            if scale
            else Amount(extra.end(), value, "words")
        )
    return Amount(end, value, "words", scaled=value >= 1000)


def spoken(words: str) -> tuple[float, int] | None:
    """Value of a run of number words and how many characters of it form one number.

    ``two hundred and five`` is 205; of ``two three`` the first word is used: 2.
    """
    total, current, last, used, bound = 0.0, 0.0, "", 0, float("inf")
    for match in re.finditer(r"[A-Za-z]+", words):
        word = match[0].lower()
        if word == "and":
            if last not in ("hundred", "scale"):
                break
            continue
        step = _next(word, last, current)
        if step is None or (step[0] == "scale" and SCALES[word] >= bound):
            break
        last, current = step
        if last == "scale":
            bound = SCALES[word]
            total, current = total + current * bound, 0.0
        used = match.end()
    return (total + current, used) if used else None


def _next(word: str, last: str, current: float) -> tuple[str, float] | None:
    """The state after one more number word; none when it can't follow."""
    fresh = last in ("", "hundred", "scale")
    if word in UNITS:
        return ("unit", current + UNITS[word]) if fresh or (last == "tens" and 0 < UNITS[word] < 10) else None
    if word in TENS:
        return ("tens", current + TENS[word]) if fresh else None
    small = last in ("unit", "tens")
    if word in ("hundred", "dozen"):
        return (word, current * AMOUNTS[word]) if small and current < 100 else None
    return ("scale", current) if small or last == "hundred" else None
