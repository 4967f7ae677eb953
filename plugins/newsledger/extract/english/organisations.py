"""Organisations: by the words their names are made of, by abbreviation, and the well known."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from newsledger.extract.english import roles
from newsledger.extract.english.capitals import Piece, Run
from newsledger.extract.english.lexicon import demonyms, words
from newsledger.text import Text

_JOIN = re.compile(r" (?:of|for|on|against|to|de|des|du|der|für) (?:the |her |his |la )?")
_AND = re.compile(r" (?:and|&) |, (?=[A-Z][\w]+ and [A-Z])")
_SHORT = re.compile(r" ?\( ?(?:the )?([A-Z][A-Za-z&.\-]{1,11}) ?\)")
_NUMBERED = re.compile(
    r"\b\d{1,3}(?:st|nd|rd|th) (?:[A-Z][\w-]+ ){0,5}"
    r"(?:Brigade|Battalion|Regiment|Division|Corps|Army|Squadron|Platoon|Wing|Fleet|Circuit)\b"
)
_INTELLIGENCE = re.compile(r"(?:[A-Z][\w.]+ )(?:(?:military|defence|defense|foreign|domestic) )intelligence\b")
_DESCRIBED = re.compile(
    r"\b(?:newspaper|website|site|magazine|podcast|agency|broadcaster|outlet|channel|think[- ]tank|company|firm|charity|nonprofit|group|party|"
    r"organi[sz]ation|retailer|manufacturer|maker|giant|airline|band|start-?up|daily|weekly|tabloid|journal|militia|movement|bank|brand|publisher|platform|provider|operator|chain),? $"
)
_DESCRIBES = re.compile(
    r"(?:,? (?:newspaper|website|magazine|news agency|news site|think[- ]tank|television|broadcaster|airline)\b"
    r"|, (?:an?|the) (?:[\w’'-]+ ){0,4}(?:company|firm|newspaper|website|magazine|agency|charity|nonprofit|think[- ]tank|broadcaster|retailer|manufacturer|airline|organi[sz]ation|group|party|militia|maker|start-?up|network)\b)"
)


class Organisation(NamedTuple):
    """A stretch of text that names an organisation."""

    start: int
    end: int
    name: str


@cache
def known() -> frozenset[str]:
    """Organisations known by name alone."""
    return words("organisations", "known")


@cache
def _heads() -> frozenset[str]:
    return words("organisations", "heads")


@cache
def _openers() -> frozenset[str]:
    return words("organisations", "openers")


@cache
def not_organisations() -> frozenset[str]:
    """Capital letters that stand for something else."""
    return words("organisations", "abbreviation_not_organisation")


def find(text: Text, runs: Sequence[Run]) -> list[Organisation]:
    """Organisations in order; each under the fullest name that the text gives it."""
    found = [*_numbered(text.body), *_named(text.body, runs)]
    short = dict(_abbreviations(text.body, found, runs))
    found = _without_overlaps([*found, *_abbreviated(runs, short)])
    return _fullest(found, {abbreviation: span.name for abbreviation, span in short.items()})


def _numbered(body: str) -> Iterator[Organisation]:
    for pattern in (_NUMBERED, _INTELLIGENCE):
        for match in pattern.finditer(body):
            yield Organisation(*match.span(), match[0])


def _named(body: str, runs: Sequence[Run]) -> Iterator[Organisation]:
    skip = -1
    for index, run in enumerate(runs):
        if run.start < skip or run.titled:
            continue
        for start, end in _in_run(body, runs, index):
            skip = max(skip, end)
            yield Organisation(start, end, body[start:end])


def _in_run(body: str, runs: Sequence[Run], index: int) -> Iterator[tuple[int, int]]:
    pieces = _stripped(runs[index])
    at = 0
    while at < len(pieces):
        count = _longest_known(body, pieces, at)
        if count:
            yield pieces[at].start, pieces[at + count - 1].end
            at += count
            continue
        at += 1
    if any(_longest_known(body, pieces, at) for at in range(len(pieces))):
        return
    last = _last_head(pieces)
    if pieces and pieces[-1].text in _openers():
        end = _extended(body, runs, index)
        if end > pieces[-1].end:
            yield pieces[0].start, end
            return
    if last >= 1:
        yield pieces[0].start, pieces[last].end
    elif pieces and (
        _DESCRIBED.search(body[max(0, pieces[0].start - 30) : pieces[0].start])
        or _DESCRIBES.match(body, pieces[-1].end)
    ):
        if pieces[0].text not in demonyms() and not any(roles.is_title(piece.text) for piece in pieces):
            yield pieces[0].start, pieces[-1].end


def _stripped(run: Run) -> tuple[Piece, ...]:
    """The run without an article and other small words before the name."""
    pieces = run.pieces
    while (
        pieces
        and pieces[0].low in words("common_words")
        and pieces[0].text not in _openers()
        and (run.opens or pieces[0].low in {"the", "a", "an"})
        and not (pieces[0].text == "The" and len(pieces) > 1 and f"The {pieces[1].text}" in known())
    ):
        if (
            len(pieces) > 1
            and pieces[1].text in _heads()
            and pieces[0].low not in {"the", "a", "an", "but", "and", "in", "at"}
        ):
            break
        pieces = pieces[1:]
    return pieces


def _longest_known(body: str, pieces: Sequence[Piece], at: int) -> int:
    for count in range(min(5, len(pieces) - at), 0, -1):
        if body[pieces[at].start : pieces[at + count - 1].end] in known():
            return count
    return 0


def _last_head(pieces: Sequence[Piece]) -> int:
    """Index of the last word that makes an organisation, unless a title follows on it."""
    for index in range(len(pieces) - 1, -1, -1):
        if pieces[index].text in _heads():
            return -1 if index + 1 < len(pieces) and roles.is_title(pieces[index + 1].text) and False else index
    return -1


def _extended(body: str, runs: Sequence[Run], index: int) -> int:
    """Where ``Ministry`` ends that goes on with ``of Health and Social Affairs``."""
    end = runs[index].end
    for at in range(index, min(index + 3, len(runs) - 1)):
        gap = body[runs[at].end : runs[at + 1].start]
        if _JOIN.fullmatch(gap) or (at > index and _AND.fullmatch(gap) and _portfolio(runs[at + 1])):
            end = runs[at + 1].end
        else:
            break
    return end


def _portfolio(run: Run) -> bool:
    """Whether the words are what departments are called by: ``Social Affairs``."""
    return all(piece.low in words("roles", "modifiers") or piece.text in _heads() for piece in run.pieces)


def _abbreviations(body: str, found: Sequence[Organisation], runs: Sequence[Run]) -> Iterator[tuple[str, Organisation]]:
    """``Institute for the Study of War (ISW)``: the abbreviation and what it stands for."""
    by_end = {organisation.end: organisation for organisation in found}
    for match in _SHORT.finditer(body):
        if match[1] in not_organisations():
            continue
        organisation = by_end.get(match.start())
        if organisation is None:
            start = _initials_start(body, match, runs)
            organisation = Organisation(start, match.start(), body[start : match.start()]) if start >= 0 else None
        if organisation:
            yield match[1], organisation


def _initials_start(body: str, match: re.Match[str], runs: Sequence[Run]) -> int:
    """Where the words begin whose initials are the abbreviation, or -1."""
    letters = [letter for letter in match[1] if letter.isupper()]
    window = body[max(0, match.start() - 90) : match.start()]
    words_before = [word for word in re.finditer(r"\b[A-Z][\w’'-]*", window)]
    if len(letters) < 2 or len(words_before) < len(letters):
        return -1
    tail = words_before[-len(letters) :]
    if [word[0][0] for word in tail] != letters or "." in window[tail[0].start() :]:
        return -1
    return match.start() - len(window) + tail[0].start()


def _abbreviated(runs: Sequence[Run], short: dict[str, Organisation]) -> Iterator[Organisation]:
    yield from short.values()
    for run in runs:
        for piece in run.pieces:
            if piece.text in short:
                yield Organisation(piece.start, piece.end, short[piece.text].name)


def _without_overlaps(found: Sequence[Organisation]) -> list[Organisation]:
    kept: list[Organisation] = []
    for organisation in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or organisation.start >= kept[-1].end:
            kept.append(organisation)
    return kept


def _fullest(found: Sequence[Organisation], short: dict[str, str]) -> list[Organisation]:
    names = sorted({organisation.name for organisation in found}, key=lambda name: (-len(name), name))
    return [one._replace(name=short.get(one.name) or _longer(one.name, names)) for one in found]


def _longer(name: str, names: Sequence[str]) -> str:
    if " " not in name:
        return name
    return next((longer for longer in names if longer.startswith(name + " ")), name)
