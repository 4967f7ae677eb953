"""One pass over a text that tells where numbers and expressions of time may begin.

The rules behind it are costly and most words can't begin either, so they are only tried at these places.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsledger.extract.english.dates import timewords
from newsledger.extract.english.numbers import words as number_words
from newsledger.text import Text

_TOKEN = re.compile(r"[A-Za-z]+|\d+|[½¼¾⅓⅔⅛]")
_NUMBER, _OPENER, _TRIGGER, _MONTH, _WEEKDAY = 1, 2, 4, 8, 16


def _flags() -> dict[str, int]:
    """What each word is good for, in the three ways of writing it."""
    flags: dict[str, int] = {}
    groups = (
        (number_words.STARTS, _NUMBER),
        (timewords.OPENERS, _OPENER),
        (timewords.TRIGGERS, _TRIGGER),
        (timewords.MONTH_WORDS, _MONTH | _TRIGGER),
        (timewords.WEEKDAY_WORDS, _WEEKDAY | _TRIGGER),
    )
    for words, flag in groups:
        for word in words:
            for form in (word, word.capitalize(), word.upper()):
                if flag < _MONTH or form[0].isupper():
                    flags[form] = flags.get(form, 0) | flag
    return flags


_FLAGS = _flags()


class Places(NamedTuple):
    """Positions of tokens, each tuple in order."""

    numbers: tuple[int, ...]
    digits: tuple[int, ...]
    openers: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    triggers: tuple[int, ...]


@lru_cache(maxsize=4)
def places(text: Text) -> Places:
    """Where tokens of each sort begin in a text."""
    numbers: list[int] = []
    digits: list[int] = []
    openers: list[int] = []
    months: list[int] = []
    weekdays: list[int] = []
    triggers: list[int] = []
    for start, token in _telling(text.body):
        flag = _FLAGS.get(token, 0)
        if not flag:
            numbers.append(start)
            digits.append(start)
            if len(token) == 4:
                triggers.append(start)
            continue
        for bit, found in (
            (_NUMBER, numbers), (_OPENER, openers), (_TRIGGER, triggers), (_MONTH, months), (_WEEKDAY, weekdays)
        ):  # fmt: skip
            if flag & bit:
                found.append(start)
    return Places(*map(tuple, (numbers, digits, openers, months, weekdays, triggers)))


def _telling(body: str) -> Iterator[tuple[int, str]]:
    """Known words and runs of digits, each with its start; only words with marks at them need a search."""
    start, known = 0, _FLAGS
    for word in body.split(" "):
        if word in known:
            yield start, word
        elif not word.isalpha():
            for match in _TOKEN.finditer(word):
                token = match[0]
                if token in known or not token[0].isalpha():
                    yield start + match.start(), token
        start += len(word) + 1


def is_calendar_word(word: str) -> bool:
    """Whether a word names a month or a weekday."""
    return bool(_FLAGS.get(word, 0) & (_MONTH | _WEEKDAY))
