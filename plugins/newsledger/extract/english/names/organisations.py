"""Organisations: by the words their names are made of, by abbreviation, and the well known."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from newsledger.extract.english.lexicon import groups, words
from newsledger.extract.english.names.capitals import Piece, Run
from newsledger.extract.english.names.organisation_names import Finder
from newsledger.extract.english.names.organisation_words import known, not_organisations, placed, stripped, unit
from newsledger.text import Span

_SHORT = re.compile(r"\( ?(?:the )?([A-Z][A-Za-z&.\-]{1,11}) ?\)")
_INITIAL = re.compile(r"\b[A-Z][\w’'-]*")
# Terms are abbreviated too; organisations speak, have members and own things.
_ACTS = re.compile(
    r"\b([A-Z][A-Za-z&.\-]{1,11})(?:['’]s | said| says| told| (?:officials?|members|leaders?|chief|spokes\w+)\b)"
)
# 25th Mechanised Brigade
_UNITS = tuple("Brigade Battalion Regiment Division Corps Army Squadron Platoon Wing Fleet Circuit".split())
_UNIT = re.compile(rf"\d(?<!\w.)\d{{0,2}}(?:st|nd|rd|th) (?:[A-Z][\w-]{{1,30}} ){{0,5}}(?:{'|'.join(_UNITS)})\b")
# British military intelligence
_SERVICE = re.compile(r"[A-Z](?<!\w.)[\w.]{1,20} (?:military|defen[cs]e|foreign|domestic) intelligence\b")
# GM Ann Hale: a team's general manager, by given name
_MANAGER = re.compile(r"GM (?=[A-Z][a-z]+ [A-Z])(?!(?:Chief|Chairman|President|Vice|Spokes|Executive|Canada|Europe))")
_GOES_ON = re.compile(r" (?:of|for|on) ")


class Organisation(NamedTuple):
    """A stretch of text that names an organisation."""

    start: int
    end: int
    name: str


def find(
    body: str, runs: Sequence[Run], renown: Callable[[str], int], pointed: Collection[Span] = ()
) -> list[Organisation]:
    """Organisations in order; each under the fullest name that the text gives it.

    ``renown`` says how well known a place of a name is (0 for none); ``pointed`` are names that a recogniser takes for
    organisations.
    """
    plain = [run for run in runs if not run.titled]
    spans = [*_phrases(body), *Finder(body, plain, renown).spans(), *_pointed_at(plain, pointed)]
    found = [Organisation(start, end, body[start:end]) for start, end in spans]
    short = dict(_abbreviations(body, found))
    found = _without_overlaps([*short.values(), *found, *_abbreviated(runs, short)])
    found = _without_overlaps([*found, *_again(body, runs, {body[one.start : one.end] for one in found})])
    found = [one for one in found if not _MANAGER.match(body, one.start)]
    return _fullest(found, {abbreviation: one.name for abbreviation, one in short.items()})


def _phrases(body: str) -> Iterator[tuple[int, int]]:
    for pattern, needed in ((_UNIT, _UNITS), (_SERVICE, (" intelligence",))):
        # Looking for a word is much faster than looking for the pattern, and most texts have none.
        for match in pattern.finditer(body) if any(word in body for word in needed) else ():
            yield match.span()


def _pointed_at(runs: Sequence[Run], pointed: Collection[Span]) -> Iterator[tuple[int, int]]:
    """What a recogniser points at, where it is made of capitalised words and no place by rule."""
    for run in runs if pointed else ():
        pieces = unit(stripped(run))
        if pieces and Span(pieces[0].start, pieces[-1].end) in pointed and not _otherwise(pieces):
            yield pieces[0].start, pieces[-1].end


def _otherwise(pieces: Sequence[Piece]) -> bool:
    """Whether the words are a place's, a people's or a person's by rule, or a day's: Danes, John Smith, Monday."""
    first = pieces[0]
    given = first.text in words("given_names") and first.text not in words("ambiguous_names")
    return placed(first.text) or given or first.text in groups() or first.low in words("common_words", "days")


def _abbreviations(body: str, found: Sequence[Organisation]) -> Iterator[tuple[str, Organisation]]:
    """``Institute for the Study of War (ISW)``: the abbreviation and what it stands for."""
    by_end = {one.end: one for one in found}
    acting: set[str] | None = None
    for match in _SHORT.finditer(body):
        if match[1] in not_organisations():
            continue
        end = match.start() - body.endswith(" ", 0, match.start())
        one = by_end.get(end)
        if one is None:
            acting = set(_ACTS.findall(body)) if acting is None else acting
            one = _spelled(body, end, match[1]) if match[1] in acting else None
        if one:
            yield match[1], one


def _spelled(body: str, end: int, short: str) -> Organisation | None:
    """Capitalised words that end at ``end``, whose initials are the abbreviation."""
    letters = [letter for letter in short if letter.isupper()]
    window = body[max(0, end - 90) : end]
    before = list(_INITIAL.finditer(window))[-len(letters) :]
    if len(letters) < 3 or [word[0][0] for word in before] != letters or "." in window[before[0].start() :]:
        return None
    start = end - len(window) + before[0].start()
    return Organisation(start, end, body[start:end])


def _abbreviated(runs: Sequence[Run], short: dict[str, Organisation]) -> Iterator[Organisation]:
    for run in runs if short else ():
        for piece in run.pieces:
            if piece.text in short:
                yield Organisation(piece.start, piece.end, short[piece.text].name)


def _again(body: str, runs: Sequence[Run], names: set[str]) -> Iterator[Organisation]:
    """Other places of names that the text shows to be organisations; in headlines these and well-known ones only."""
    first = {name.split(" ", 1)[0] for name in names}
    for run in runs:
        past = -1
        for at, piece in enumerate(run.pieces):
            if at < past or not (run.titled or piece.text in first):
                continue
            for to in range(min(len(run.pieces), at + 6), at, -1):
                name = body[piece.start : run.pieces[to - 1].end]
                if name in names or (run.titled and name in known()):
                    yield Organisation(piece.start, run.pieces[to - 1].end, name)
                    past = to
                    break


def _without_overlaps(found: Sequence[Organisation]) -> list[Organisation]:
    """The first and longest of those that share text, in order."""
    kept: list[Organisation] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _fullest(found: Sequence[Organisation], short: dict[str, str]) -> list[Organisation]:
    """Abbreviations, and names that a longer one goes on from (``Hale Endowment`` of ``… for Peace``), in full."""
    names = sorted({one.name for one in found if " " in one.name})
    longest = {
        name: following
        for name, following in pairwise(names)
        if following.startswith(name) and _GOES_ON.match(following, len(name))
    }
    return [one._replace(name=short.get(one.name) or longest.get(one.name, one.name)) for one in found]
