"""Words of organisations, and what of a run of capitals may be one."""

import re
from collections.abc import Sequence
from functools import cache

from newsledger.extract.english.lexicon import words
from newsledger.extract.english.names.capitals import Piece, Run

_BASED = re.compile(r"-(?:based|backed|led|owned|run|funded|born|language)$")
SMALL = frozenset(
    """the a an of in at for and but as on by to with from if when while since after because although that this under
    meanwhile both""".split()
)
"""Words in small letters that open a sentence before a name."""


@cache
def known() -> frozenset[str]:
    """Organisations known by name alone."""
    return words("organisations", "known")


@cache
def heads() -> frozenset[str]:
    """Words that end the name of an organisation."""
    return words("organisations", "heads")


@cache
def openers() -> frozenset[str]:
    """Words after which a name goes on with "of" or "for"."""
    return words("organisations", "openers")


@cache
def not_organisations() -> frozenset[str]:
    """Capital letters that stand for something else."""
    return words("organisations", "abbreviation_not_organisation")


@cache
def person_words() -> frozenset[str]:
    """Titles, forms of address and nouns of roles, with and without their stop."""
    single = words("roles", "titles") | words("roles", "honorifics") | words("roles", "heads")
    return single | {word.rstrip(".") for word in single}


def based(word: str) -> bool:
    """Whether the word says where somebody is from: ``Finland-based``."""
    return "-" in word and _BASED.search(word) is not None


def placed(word: str) -> bool:
    """Whether the word is a place, or begins the names of places."""
    return word in words("places", "names") or (
        word in words("places", "words") and word not in words("places", "directions")
    )


def stripped(run: Run) -> tuple[Piece, ...]:
    """The run without an article and other small words before the name; empty where nothing is left."""
    pieces = run.pieces
    while len(pieces) > 1 and _droppable(pieces[0], pieces[1], opens=run.opens):
        pieces = pieces[1:]
    first = pieces[0]
    kept = first.text in known() or first.text in openers() or first.text in words("organisations", "possessing")
    if len(pieces) == 1 and not kept:
        return () if first.low in words("common_words") or based(first.text) else pieces
    return pieces


def _droppable(first: Piece, second: Piece, *, opens: bool) -> bool:
    if based(first.text):
        return True
    if first.text in openers() or f"{first.text} {second.text}" in known():
        return False
    if first.low in SMALL:
        return True
    common = opens and first.low in words("common_words") and first.text not in words("given_names")
    return common and second.text not in heads() and first.low not in words("places", "directions")


def unit(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The run up to a title: of ``Health Department Director John Hale`` the first two words."""
    for at in range(1, len(pieces)):
        if _titles(pieces, at) and not any(later.text in heads() for later in pieces[at:]):
            return tuple(pieces[:at])
    return tuple(pieces)


def _titles(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a title stands there; ``Justice`` is one only before a name."""
    low = pieces[at].low
    if f"{pieces[at - 1].text} {pieces[at].text}" in known():  # The Economist
        return False
    if low == "general" and pieces[at - 1].low in words("roles", "titles"):  # Office of the Attorney General
        return False
    return low.rstrip(".") in person_words() and (low != "justice" or at + 1 < len(pieces))
