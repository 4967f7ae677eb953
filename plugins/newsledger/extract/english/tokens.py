"""One pass over a text that tells where names, numbers and expressions of time may begin.

The rules behind it are costly and most words can't begin any, so they are only tried at these places.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from newsledger.extract.english.dates import timewords
from newsledger.extract.english.numbers import words as number_words
from newsledger.extract.memory import Memory
from newsledger.text import Text

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[½¼¾⅓⅔⅛]")
_CAPITAL = re.compile(r"(?<![^\W_])[^\W\d_]")


class Places(NamedTuple):
    """Positions of tokens, each list in order."""

    numbers: list[int]
    openers: list[int]
    triggers: list[int]
    months: list[int]
    weekdays: list[int]
    digits: list[int]
    capitals: list[int]
    """Where a word begins with a capital."""


_NUMBERS, _OPENERS, _TRIGGERS, _MONTHS, _WEEKDAYS, _DIGITS, _CAPITALS = range(len(Places._fields))


def _words() -> dict[str, tuple[int, ...]]:
    """The sorts of each known word, in the three ways of writing it; days and months have a capital."""
    sorts: dict[str, tuple[int, ...]] = {}
    groups = (
        (number_words.STARTS, (_NUMBERS,)),
        (timewords.OPENERS, (_OPENERS,)),
        (timewords.TRIGGERS, (_TRIGGERS,)),
        (timewords.MONTH_WORDS, (_MONTHS, _TRIGGERS)),
        (timewords.WEEKDAY_WORDS, (_WEEKDAYS, _TRIGGERS)),
    )
    for words, group in groups:
        for form in {form for word in words for form in (word, word.capitalize(), word.upper())}:
            if len(group) == 1 or form[0].isupper():
                sorts[form] = tuple(dict.fromkeys((*sorts.get(form, ()), *group)))
    return sorts


_SORTS = _words()


@lru_cache(maxsize=4)
def places(text: Text) -> Places:
    """Where tokens of each sort begin in a text."""
    found = Places([], [], [], [], [], [], [])
    start = 0
    for chunk in text.chunks:
        for offset, sort in _telling[chunk]:
            found[sort].append(start + offset)
        start += len(chunk) + 1
    return found


def _read(chunk: str) -> tuple[tuple[int, int], ...]:
    """The tokens of what stands between spaces: where each begins, and the number of its sort in ``Places``."""
    found = [(match.start(), _CAPITALS) for match in _CAPITAL.finditer(chunk) if match[0].isupper()]
    for match in _TOKEN.finditer(chunk):
        found += [(match.start(), sort) for sort in _sorts(match[0])]
    return tuple(found)


def _sorts(token: str) -> tuple[int, ...]:
    if token in _SORTS or token[0].isalpha():
        return _SORTS.get(token, ())
    return (_NUMBERS, _DIGITS, _TRIGGERS) if len(token) == 4 else (_NUMBERS, _DIGITS)


_telling = Memory(_read)


def is_calendar_word(word: str) -> bool:
    """Whether a word names a month or a weekday."""
    return not {_MONTHS, _WEEKDAYS}.isdisjoint(_SORTS.get(word, ()))
