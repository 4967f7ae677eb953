"""Texts in which a tokeniser has set every mark apart.

``$ 1.2 billion , said A . J . Hale of the U . S . Army .`` Corpora, transcripts and some feeds deliver such texts.
The rules of a language read them as they were before, and what they find is led back to where it stands.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeVar

import msgspec

from newsledger.records import Article, Fact, Facts, Quote
from newsledger.text import Span, Text

F = TypeVar("F", bound=Fact)

_APART = re.compile(r" [,.](?<=[^\W_] .)(?!\S)")  # the space leads, so that scanning is fast
_TOGETHER = re.compile(r"[^\W_][,.](?!\S)")
_ENOUGH = 4
"""Marks set apart from which on a text counts as such; there must also be more of them than of others."""

_NUMBER = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen"
    "|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
)
_UNIT = (
    "(?:year|month|week|day|hour|minute|yard|mile|foot|inch|page|point|magnitude|member|man|person|pound|seat|story"
    "|time)"
)
_ENDING = "(?:old|based|backed|led|owned|elect|designate|in-law|born|language)"
_BEGINNING = "(?:[Cc]o|[Ee]x|[Rr]e|[Nn]on|[Aa]nti|[Vv]ice|[Mm]id|[Aa]l|[Ee]l|[Hh]alf)"
# Every group is a space that was put in.
_PUT_IN = tuple(
    re.compile(pattern)
    for pattern in (
        r"\d( )[.:]( )(?=\d)",  # 5 . 9, 11 : 29
        r"(?<!\d)\d{1,3}( ),( )(?=\d{3}(?!\d))",  # 20 , 000
        r"\b[A-Za-z]( )\.(?:( )(?=[A-Za-z] \.))?",  # U . S ., a . m ., A . J . Hale
        r"\b(?:and|to|of|at|below|was|is|about|around|from|near) -( )(?=\d)",  # and - 15C
        r"\w( )\.( )(?=(?:com|org|net|gov|edu)\b)",  # example . com
        r"(?<=[^\s(\[])( )(?=[,.;:!?%)\]])",
        r"[(\[]( )",
        r"[$£€¥]( )(?=\d)",
        r"\b(?:US|NT|HK|NZ|A|C)( )(?=[$] ?\d)",  # US $ 5 billion
        rf"(?:\d|\b{_NUMBER})( )-( )(?={_UNIT}\b)",  # a 15 - year sentence
        rf"\b{_BEGINNING}( )-( )(?=[^\W\d_])",  # co - owner
        r"(?<=[^\W\d_]|,) [A-Z][a-z]+( )-( )(?=[A-Z][a-z])",  # Ann Kingsley - Hale
        rf"[^\W\d_]( )-( )(?={_ENDING}\b)",  # London - based, 15 - year - old
    )
)


def read(text: Text, article: Article, rules: Callable[[Text, Article], Facts]) -> Facts:
    """What the rules read out of the text, be it set apart or not; all positions are in ``text``."""
    if not is_apart(text.body):
        return rules(text, article)
    before = Respaced(text.body)
    return before.facts(rules(Text(before.body), msgspec.structs.replace(article, body=before.body)))


def is_apart(body: str) -> bool:
    """Whether most marks of the text have a space before them."""
    apart = len(_APART.findall(body))
    return apart >= _ENOUGH and apart > len(_TOGETHER.findall(body))


class Respaced:
    """A body as it was before it was taken apart, and the way back."""

    def __init__(self, body: str) -> None:
        """Take the spaces out that a tokeniser put into ``body``."""
        self._original = body
        gone = sorted({space for rule in _PUT_IN for match in rule.finditer(body) for space in _spaces(match)})
        edges = pairwise([-1, *gone, len(body)])
        self.body = "".join(body[before + 1 : after] for before, after in edges)
        self._gone = [at - before for before, at in enumerate(gone)]

    def back(self, start: int, end: int) -> Span:
        """Where a stretch of the text as it was stands in the original."""
        return Span(start + bisect_right(self._gone, start), end + bisect_right(self._gone, end - 1))

    def facts(self, found: Facts) -> Facts:
        """The facts with positions in the original."""
        return Facts(
            quotes=tuple(self._fact(self._quote(one)) for one in found.quotes),
            mentions=tuple(map(self._fact, found.mentions)),
            figures=tuple(map(self._fact, found.figures)),
            dates=tuple(map(self._fact, found.dates)),
        )

    def _fact(self, fact: F) -> F:
        start, end = self.back(fact.start, fact.end)
        return msgspec.structs.replace(fact, start=start, end=end, exact=self._original[start:end])

    def _quote(self, quote: Quote) -> Quote:
        if quote.speaker_start is None or quote.speaker_end is None:
            return quote
        start, end = self.back(quote.speaker_start, quote.speaker_end)
        return msgspec.structs.replace(
            quote, speaker_start=start, speaker_end=end, speaker_text=self._original[start:end]
        )


def _spaces(match: re.Match[str]) -> Iterator[int]:
    return (match.start(group) for group in range(1, len(match.groups()) + 1) if match[group])
