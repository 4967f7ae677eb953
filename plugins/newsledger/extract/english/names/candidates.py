"""Candidates for people: what is left of runs of capitals when everything that is no name is taken off."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from newsledger.extract.english.lexicon import common, demonyms, groups, words
from newsledger.extract.english.names import roles
from newsledger.extract.english.names.capitals import Piece, Run
from newsledger.extract.memory import Memory

# Numerals; I've; D-Ohio; PolitiFact, but not McBride, DeLeo, VanDyke, LaToya
_NOBODY = re.compile(
    r"^(?:[IVX]+|I['’]\w+|.*-(?:based|backed|owned|led|run)$|(?:Twenty|Thirty|Forty|Fifty|Sixty|Seventy|Eighty|Ninety)-.*|[DRI]-\w+.*|.*\d.*"
    r"|(?!Ma?c|D[aeiu]|Del|L[aeo]|V[ao]n|Fitz|Ja|Ka|Ma|Sh|St|O)[A-Z]\w*[a-z][A-Z]\w*)$"
)
# Titles that are as often an adjective at the head of a sentence.
_ADJECTIVES = frozenset("major private general chief deputy special principal".split())
# Demonstrators, Residents: people, but nobody in particular.
_MANY = re.compile(r"(?:[aeiou]tors|sters|ists|ents|ians|ials|kers|ants)$")
_LONGEST = 5


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """Words that may name a person, in one place of the text."""

    start: int
    end: int
    text: str
    """The words with single spaces."""
    pieces: tuple[Piece, ...]
    title: str | None
    """The title right before, in small letters."""
    opens: bool
    """Whether it would begin with a capital anyway."""
    weak: bool = False
    """Whether it names somebody only if others places say who: ``Chief Hale`` at the head of a sentence."""


def find(
    body: str, runs: Sequence[Run], taken: Sequence[tuple[int, int]], renown: Callable[[str], int]
) -> list[Candidate]:
    """Candidates in order, outside headlines and outside the stretches that are taken (by organisations)."""
    found = _without_strangers(list(_without_openers([one for one in _all(body, runs, taken, renown) if one])))
    return [one for one in found if not _impossible(one)]


def _all(
    body: str, runs: Sequence[Run], taken: Sequence[tuple[int, int]], renown: Callable[[str], int]
) -> Iterator[Candidate | None]:
    spans = iter(taken)
    start, end = next(spans, (len(body) + 1, len(body) + 1))
    for run in runs:
        if run.titled:
            continue
        while end <= run.start:
            start, end = next(spans, (len(body) + 1, len(body) + 1))
        if run.end <= start:
            yield _candidate(body, run, run.pieces, renown)
            continue
        group: list[Piece] = []
        for piece in run.pieces:
            while end <= piece.start:
                start, end = next(spans, (len(body) + 1, len(body) + 1))
            if piece.end > start:
                yield _candidate(body, run, group, renown)
                group = []
            else:
                group.append(piece)
        yield _candidate(body, run, group, renown)


def _candidate(body: str, run: Run, pieces: Sequence[Piece], renown: Callable[[str], int]) -> Candidate | None:
    """Take titles, peoples, days and opening words off; None where nothing is left that may be a name."""
    if not pieces:
        return None
    if len(pieces) == 1:
        return _made(pieces, None, opens=run.opens and pieces[0].start == run.start)
    if renown(body[pieces[0].start : pieces[-1].end]):  # Saudi Arabia
        return _made(pieces, None, opens=run.opens)
    cut = 0
    for at, piece in enumerate(pieces[:-1]):
        if _leads(piece.text, pieces[at + 1].low) and not (at and cut == at and piece.text in words("given_names")):
            cut = at + 1
    opens = run.opens and not cut
    rest = _trimmed(body, pieces[cut:], renown, opens=opens)
    before = pieces[cut - 1].low if cut else ""
    if cut and len(rest) == 1 and not _addressed(before, opens=run.opens and cut == 1):
        made = _made(rest, None, opens=False)
        return msgspec.structs.replace(made, weak=True) if made and run.opens and before in _ADJECTIVES else None
    title = before if cut and roles.is_title(before) else None
    return _made(rest, title, opens=opens and rest[0].start == run.start)


def _made(pieces: Sequence[Piece], title: str | None, *, opens: bool) -> Candidate | None:
    if len(pieces) > _LONGEST:
        return None
    text = pieces[0].text if len(pieces) == 1 else " ".join(piece.text for piece in pieces)
    return Candidate(pieces[0].start, pieces[-1].end, text, tuple(pieces), title, opens)


def _trimmed(body: str, pieces: Sequence[Piece], renown: Callable[[str], int], *, opens: bool) -> Sequence[Piece]:
    first, last = 0, len(pieces)
    while last - first > 1 and opens and pieces[first].low in common() and not _keeps(pieces[first]):
        first += 1
    while last - first > 1 and (
        pieces[last - 1].low in words("common_words", "days") or pieces[last - 1].text in demonyms()
    ):
        last -= 1
    while last - first > 2 and _of_office(body, pieces[first], pieces[first + 1], renown):
        first += 1
    return pieces[first:last]


def _of_office(body: str, first: Piece, second: Piece, renown: Callable[[str], int]) -> bool:
    """Whether the first word is of an office: Mayor of *London* Ann Hale, Secretary of *State* Ann Hale."""
    given = words("given_names")
    if (
        renown(body[first.start : second.end])
        or second.text not in given
        or first.text in given
        or not body.endswith(("of ", "the ", "and "), 0, first.start)
    ):
        return False
    return first.low in words("organisations", "portfolio") | roles.modifiers() or renown(first.text) > 0


def _addressed(low: str, *, opens: bool) -> bool:
    """Whether the word makes a single name after it somebody's: ``President Hale``, not ``Refugee Convention``."""
    if opens and low in _ADJECTIVES:
        return False
    return low in roles.titles() or low in roles.honorifics() or not roles.is_title(low)


def _without_openers(found: Sequence[Candidate]) -> Iterable[Candidate]:
    """Take off a first word that only its place makes a capital: ``Losing Hale``, where others say ``Hale``."""
    inside = {one.text for one in found if not one.opens}
    for one in found:
        if one.opens and len(one.pieces) > 1 and one.text not in inside and _only_opens(one.pieces[0]):
            rest = _made(one.pieces[1:], None, opens=False)
            yield rest if rest and rest.text in inside else one
        else:
            yield one


def _without_strangers(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Take off what stands before a full name that the text also has without it: ``Heron Marta Hale``."""
    full = {one.text for one in found if len(one.pieces) == 2 and one.pieces[0].text in words("given_names")}
    for one in found:
        rest = one.text.partition(" ")[2]
        if len(one.pieces) == 3 and rest in full and one.pieces[0].text not in words("given_names"):
            yield _made(one.pieces[1:], None, opens=False) or one
        else:
            yield one


def _only_opens(first: Piece) -> bool:
    """Whether only its place makes the word a capital: ``Losing``, ``Asked``; not ``Wladimir``, which may be a name."""
    return not _keeps(first) and (first.low in common() or first.low.endswith(("ing", "ed", "ly", "s")))


def _keeps(piece: Piece) -> bool:
    """Whether a common word may begin a name all the same: ``Will Smith``, ``West Midlands``."""
    return piece.text in words("given_names") or piece.low in words("places", "directions")


@lru_cache(maxsize=10_000)
def _leads(text: str, following: str) -> bool:
    """Whether the word may stand before a name and is no part of it; ``following`` is the next word, small."""
    low = text.lower()
    if roles.is_title(low) or text in groups() or (low in roles.plural_heads() and following not in common()):
        return True
    return low in words("common_words", "days") or low.endswith("-old")


def _impossible(one: Candidate) -> bool:
    """Places, things and groups: whatever stands around them, they are nobody."""
    if len(one.pieces) == 1:
        word = _single[one.text]
        return word.never or (one.opens and word.many) or (one.title is None and word.noun)
    if any(_never[piece.text] for piece in one.pieces):
        return True
    last, first = one.pieces[-1], one.pieces[0].text
    if last.text in words("places", "words") or last.text in words("organisations", "heads"):
        return True
    if last.text in groups() or _initials_only(one):
        return True
    given = first in words("given_names")
    return not given and (first in words("places", "words") or last.text in words("places", "names"))


def _initials_only(one: Candidate) -> bool:
    """Whether initials stand for a place: ``U. S. Marshal``, ``W. Va.``, ``L. A.``."""
    if not one.pieces[0].text.endswith("."):
        return False
    return one.text.startswith(("U. S.", "U. N.", "U. K.")) or len(one.pieces[-1].text.rstrip(".")) < 3


def _abbreviated(word: str) -> bool:
    return word.endswith(".") and not word[:-1].isupper()


def _nobody(word: str) -> bool:
    """Organisations, abbreviations and words in capitals or with digits."""
    if word in words("organisations", "known") or word in words("organisations", "abbreviation_not_organisation"):
        return True
    if len(word) > 2 and word.isupper() and "." not in word:
        return True
    return _NOBODY.match(word) is not None and word not in words("given_names")


_never = Memory(_nobody)


class _Word(NamedTuple):
    """What speaks against a word as a name by itself."""

    never: bool
    many: bool
    """Counts where the word opens a sentence."""
    noun: bool
    """Counts where no title stands before."""


def _judged(word: str) -> _Word:
    low, thing = word.lower(), word in words("places", "words") or word in words("organisations", "heads")
    return _Word(
        _never[word] or thing or _abbreviated(word) or word.isupper(),
        _MANY.search(word) is not None,
        low in common() or low in roles.heads() or low in roles.plural_heads() or word in groups(),
    )


_single = Memory(_judged)
