"""Organisations: by the words their names are made of, by abbreviation, and the well known."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from newsledger.extract.english.capitals import Piece, Run
from newsledger.extract.english.lexicon import demonyms, words

_JOIN = re.compile(r" (?:of|for|on|against|to|de|des|du|der|für) (?:the |her |his |la )?")
_AND = re.compile(r" (?:and|&) |, (?=[A-Z]\w+(?:,| and) [A-Z])")
_SHORT = re.compile(r" ?\( ?(?:the )?([A-Z][A-Za-z&.\-]{1,11}) ?\)")
_UNIT = re.compile(
    r"\b\d{1,3}(?:st|nd|rd|th) (?:[A-Z][\w-]+ ){0,5}"
    r"(?:Brigade|Battalion|Regiment|Division|Corps|Army|Squadron|Platoon|Wing|Fleet|Circuit)\b"
)
_SERVICE = re.compile(r"\b[A-Z][\w.]+ (?:military|defen[cs]e|foreign|domestic) intelligence\b")
# the newspaper X | the militant group X
_DESCRIBED = re.compile(
    r"\b(?:newspaper|website|news site|magazine|podcast|news agency|news channel|broadcaster|outlet|think[- ]tank|company|firm|charity|nonprofit"
    r"|organi[sz]ation|retailer|manufacturer|maker|giant|airline|rock band|start-?up|tabloid|publisher|carmaker|automaker|insurer|lender|supermarket"
    r"|(?:militant|rebel|advocacy|rights|terror|terrorist|Islamist|armed|jihadist|campaign|lobby|research|activist|hacker|industry|monitoring|opposition|environmental|watchdog|trade) group"
    r"|(?:political|opposition|ruling|governing|nationalist|left-wing|right-wing|conservative|liberal|socialist) party),? $"
)
# X newspaper | X, a think tank
_DESCRIBES = re.compile(
    r" (?:newspaper|website|magazine|news agency|news site|think[- ]tank|television|airline|militants|newswire)\b"
    r"|, (?:an?|the) (?:[\w’'-]+ ){0,4}(?:company|firm|newspaper|website|magazine|agency|charity|nonprofit|think[- ]tank"
    r"|broadcaster|retailer|manufacturer|airline|organi[sz]ation|maker|start-?up|bank|insurer|lender)\b(?! (?:owner|president|executive|official|director|worker|boss|founder|spokes))"
)
_POSSESSIVE = re.compile(r"['’]s? ")
# Henrico County Sheriff's Office, Children's Hospital, Lord's Resistance Army
_POSSESSING = frozenset(
    """Sheriff Governor Attorney General Children Women Men People Workers Teachers Farmers Lawyers Students Nurses Veterans Lord
    Prosecutor Mayor President Coroner Marshal Commissioner Clerk Treasurer Defender Examiner Chancellor Ombudsman Minister King Queen
    Sheriffs Attorneys""".split()
)
# What ends in such a word but is no organisation.
_NOT = frozenset({"West Bank", "South Bank", "Left Bank", "Soviet Union", "Artificial Intelligence", "Western Front", "Eastern Front",
                  "Southern Front", "Northern Front", "Home Front", "Press", "State of the Union", "Cold Front", "Popular Front", "Civil Service",
                  "Social Media", "Public Service"})  # fmt: skip


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
def heads() -> frozenset[str]:
    """Words that end the name of an organisation."""
    return words("organisations", "heads")


@cache
def _openers() -> frozenset[str]:
    return words("organisations", "openers")


@cache
def not_organisations() -> frozenset[str]:
    """Capital letters that stand for something else."""
    return words("organisations", "abbreviation_not_organisation")


@cache
def _person_words() -> frozenset[str]:
    return words("roles", "titles") | words("roles", "honorifics") | words("roles", "heads")


def find(body: str, runs: Sequence[Run]) -> list[Organisation]:
    """Organisations in order; each under the fullest name that the text gives it."""
    plain = [run for run in runs if not run.titled]
    found = [*_phrases(body), *_named(body, plain)]
    short = dict(_abbreviations(body, found))
    found = _without_overlaps([*short.values(), *found, *_abbreviated(runs, short)])
    found = _without_overlaps([*found, *_in_titles(body, runs, {one.name for one in found})])
    return _fullest(found, {abbreviation: span.name for abbreviation, span in short.items()})


def _phrases(body: str) -> Iterator[Organisation]:
    for pattern in (_UNIT, _SERVICE):
        for match in pattern.finditer(body):
            yield Organisation(*match.span(), match[0])


def _named(body: str, runs: Sequence[Run]) -> Iterator[Organisation]:
    past = -1
    for index, run in enumerate(runs):
        if run.start >= past:
            for start, end in _in_run(body, runs, index):
                past = end
                yield Organisation(start, end, body[start:end])


def _in_run(body: str, runs: Sequence[Run], index: int) -> list[tuple[int, int]]:
    """Where the run names an organisation, on into the runs that belong to it (``Ministry of …``)."""
    pieces = _unit(_stripped(runs[index]))
    if not pieces:
        return []
    if pieces[-1].end == runs[index].end:
        end = _extended(body, runs, index, pieces)
        if end > pieces[-1].end:
            return [(pieces[0].start, end)]
    last = next((at for at in range(len(pieces) - 1, 0, -1) if pieces[at].text in heads()), 0)
    if last and body[pieces[0].start : pieces[last].end] not in _NOT and not _mere(pieces[: last + 1]):
        return [(pieces[0].start, pieces[last].end)]
    return _known_in(body, pieces) or _described(body, pieces)


def _mere(pieces: Sequence[Piece]) -> bool:
    """``The Board``, ``New Press``: nothing in it names anybody."""
    return all(piece.low in {"the", "new", "a", "our", "this"} for piece in pieces[:-1])


def _known_in(body: str, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    spans, at = [], 0
    while at < len(pieces):
        count = _longest_known(body, pieces, at)
        if count and count == 1 and _branch(pieces, at):
            count = len(pieces) - at
        if count:
            spans.append((pieces[at].start, pieces[at + count - 1].end))
        at += max(count, 1)
    return spans


def _branch(pieces: Sequence[Piece], at: int) -> bool:
    """Whether capital letters and a place follow each other: ``NHS West Midlands``."""
    rest = pieces[at + 1 :]
    if not (pieces[at].text.isupper() and 0 < len(rest) <= 2):
        return False
    return all(
        piece.text not in words("given_names")
        and piece.low not in words("common_words") - words("places", "directions")
        and not piece.text.isupper()
        for piece in rest
    )


def _described(body: str, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Unknown names that the text calls a newspaper, a company, a group."""
    if (
        len(pieces) > 6
        or pieces[0].text in demonyms()
        or any(piece.low.rstrip(".") in _person_words() for piece in pieces)
    ):
        return []
    start, end = pieces[0].start, pieces[-1].end
    if _DESCRIBED.search(body[max(0, start - 34) : start]) or _DESCRIBES.match(body, end):
        return [(start, end)]
    return _initials_and_place(pieces)


def _initials_and_place(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """``CTV Edmonton``: three or more capitals before a name."""
    first = pieces[0].text
    if (
        len(pieces) > 1
        and len(first) > 2
        and first.isupper()
        and first.isalpha()
        and first not in not_organisations()
        and _branch(pieces, 0)
    ):
        return [(pieces[0].start, pieces[-1].end)]
    return []


def _stripped(run: Run) -> tuple[Piece, ...]:
    """The run without an article and other small words before the name."""
    pieces = run.pieces
    while len(pieces) > 1 and _droppable(pieces, opens=run.opens):
        pieces = pieces[1:]
    return pieces if len(pieces) > 1 or pieces[0].low not in words("common_words") or pieces[0].text in known() else ()


def _droppable(pieces: Sequence[Piece], *, opens: bool) -> bool:
    first, second = pieces[0], pieces[1]
    if f"{first.text} {second.text}" in known() or first.text in _openers():
        return False
    if first.low in {
        "the",
        "a",
        "an",
        "of",
        "in",
        "at",
        "for",
        "and",
        "but",
        "as",
        "on",
        "by",
        "to",
        "with",
        "from",
        "if",
        "when",
        "while",
        "since",
        "after",
        "because",
        "although",
        "that",
        "this",
        "under",
        "meanwhile",
        "both",
    }:
        return True
    return (
        opens
        and first.low in words("common_words")
        and second.text not in heads()
        and first.low not in words("places", "directions")
    )


def _unit(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The run up to a title: of ``Health Department Director John Hale`` the first two words."""
    for at, piece in enumerate(pieces):
        if at and piece.low.rstrip(".") in _person_words() and not any(later.text in heads() for later in pieces[at:]):
            return tuple(pieces[:at])
    return tuple(pieces)


def _longest_known(body: str, pieces: Sequence[Piece], at: int) -> int:
    for count in range(min(5, len(pieces) - at), 0, -1):
        if body[pieces[at].start : pieces[at + count - 1].end] in known():
            return count
    return 0


def _extended(body: str, runs: Sequence[Run], index: int, pieces: Sequence[Piece]) -> int:
    """Where ``Ministry`` ends that goes on with ``of Health and Social Affairs``, ``Sheriff`` with ``’s Office``."""
    end = pieces[-1].end
    opener = (
        any(piece.text in _openers() for piece in pieces)
        and pieces[-1].text not in {"Party", "Union", "United", "City", "National", "Supreme"}
        or pieces[-1].text in {"Supreme"}
    )
    for at in range(index, min(index + 4, len(runs) - 1)):
        following = _unit(runs[at + 1].pieces)
        gap = body[runs[at].end : runs[at + 1].start]
        whole = len(following) == len(runs[at + 1].pieces)
        if (
            opener
            and _JOIN.fullmatch(gap)
            and not _a_person(following)
            or (at > index and _AND.fullmatch(gap) and _portfolio(following))
        ):
            end = following[-1].end
            opener = opener and at < index + 2
        elif (
            runs[at].pieces[-1].text in _POSSESSING
            and _POSSESSIVE.fullmatch(gap)
            and following[-1].text in heads() | {"Office", "Republic", "House"}
        ):
            end = following[-1].end
        else:
            break
        if not whole:
            break
    return end


def _a_person(pieces: Sequence[Piece]) -> bool:
    return (
        len(pieces) > 1
        and pieces[0].text in words("given_names") - words("ambiguous_names")
        and pieces[-1].text not in heads()
    )


def _portfolio(pieces: Sequence[Piece]) -> bool:
    """Whether the words are what departments are called by: ``Social Affairs``."""
    portfolio = words("roles", "modifiers") | words("organisations", "portfolio")
    return all(piece.low in portfolio or piece.text in heads() for piece in pieces)


def _abbreviations(body: str, found: Sequence[Organisation]) -> Iterator[tuple[str, Organisation]]:
    """``Institute for the Study of War (ISW)``: the abbreviation and what it stands for."""
    by_end = {organisation.end: organisation for organisation in found}
    for match in _SHORT.finditer(body):
        organisation = by_end.get(match.start()) or _spelled(body, match)
        if organisation and match[1] not in not_organisations():
            yield match[1], organisation


def _spelled(body: str, match: re.Match[str]) -> Organisation | None:
    """Capitalised words right before, whose initials are the abbreviation."""
    letters = [letter for letter in match[1] if letter.isupper()]
    window = body[max(0, match.start() - 90) : match.start()]
    before = list(re.finditer(r"\b[A-Z][\w’'-]*", window))[-len(letters) :]
    if len(letters) < 3 or [word[0][0] for word in before] != letters or "." in window[before[0].start() :]:
        return None
    start = match.start() - len(window) + before[0].start()
    return Organisation(start, match.start(), body[start : match.start()])


def _abbreviated(runs: Sequence[Run], short: dict[str, Organisation]) -> Iterator[Organisation]:
    if short:
        for run in runs:
            for piece in run.pieces:
                if piece.text in short:
                    yield Organisation(piece.start, piece.end, short[piece.text].name)


def _in_titles(body: str, runs: Sequence[Run], names: set[str]) -> Iterator[Organisation]:
    """In headlines, where every word has a capital, only names that the text gives elsewhere too, or well-known ones."""
    for run in runs:
        if run.titled:
            for at in range(len(run.pieces)):
                for to in range(min(len(run.pieces), at + 6), at, -1):
                    name = body[run.pieces[at].start : run.pieces[to - 1].end]
                    if name in names or name in known():
                        yield Organisation(run.pieces[at].start, run.pieces[to - 1].end, name)
                        break


def _without_overlaps(found: Sequence[Organisation]) -> list[Organisation]:
    kept: list[Organisation] = []
    for organisation in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or organisation.start >= kept[-1].end:
            kept.append(organisation)
    return kept


def _fullest(found: Sequence[Organisation], short: dict[str, str]) -> list[Organisation]:
    """``the Endowment`` stays; ``Carnegie Endowment`` becomes the fullest name that begins with it."""
    names = sorted({organisation.name for organisation in found if " " in organisation.name})
    longest = {}
    for name, following in zip(names, names[1:], strict=False):
        if following.startswith(name + " ") and re.match(r" (?:of|for|on) ", following[len(name) :]):
            longest[name] = following
    return [one._replace(name=short.get(one.name) or longest.get(one.name, one.name)) for one in found]
