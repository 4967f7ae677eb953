"""Places that no gazetteer lists but that the text itself calls one: *the village of Sosnivka*, *Quill River*."""

import re
from collections.abc import Iterator

from newsledger.extract.english.place_spans import NAME
from newsledger.text import Span

_KINDS = (
    "village|town|hamlet|suburb|neighbou?rhood|settlement|municipality|township|city|district|county|province|island"
)
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("the villages of Olhivka, Petrivka and Sosnivka",
     re.compile(rf"\b(?:{_KINDS})s? of (?P<list>{NAME}(?:, {NAME}){{0,8}}(?:,? and {NAME})?)")),
    ("villages, such as Olhivka and Petrivka", re.compile(
        rf"\b(?:village|town|settlement|suburb)s? (?:such as|like|including|called|named) (?P<list>{NAME}(?:, {NAME}){{0,8}}(?:,? and {NAME})?)")),
    ("Quill River, Marsh County",
     re.compile(rf"(?P<list>(?<![\w.])(?!The ){NAME} (?:River|Creek|Township|County|Island|Mountains?|Valley|Bay|Peninsula|Desert)\b)(?! [A-Z])")),
    ("Lake Quill, Mount Quill", re.compile(rf"(?P<list>\b(?:Lake|Mount|Mt\.|Cape|Isle of) {NAME})")),
    ("the Olhiv district", re.compile(rf"\b(?:the|in|of|from) (?P<list>{NAME})(?= (?:district|province|county|municipality|valley|island|township|oblast|river|village|neighbou?rhood)\b)")),
)  # fmt: skip
_ITEM = re.compile(rf"{NAME}(?: (?:River|Creek))?")


def spans(body: str) -> Iterator[Span]:
    """Spans of names that the text calls places, in no particular order."""
    for example, pattern in _RULES:
        for match in pattern.finditer(body):
            if example[0].islower():
                for item in _ITEM.finditer(body, match.start("list"), match.end("list")):
                    yield Span(*item.span())
            else:
                yield Span(match.start("list"), match.end("list"))
