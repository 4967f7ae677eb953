"""Organisations: by the words their names are made of, by abbreviation, and the well known."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from newsledger.extract.english.capitals import Piece, Run
from newsledger.extract.english.lexicon import demonyms, words
from newsledger.text import Span

_JOIN = re.compile(
    r" (?:of|for|on|against|to|de|des|du|der|für) (?:the |her |his |la )?| in (?=(?:Europe|Higher|Africa|Asia)\b)"
)
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
# an analyst at X
_AFFILIATED = re.compile(
    r"\b(?:analyst|researcher|expert|professor|lecturer|editor|economist|scientist|fellow|director|manager|president|executive|engineer"
    r"|spokes\w+|consultant|strategist|partner|lawyer|reporter|correspondent|head|chief|officer)s? at (?:the )?$"
)
# X newspaper | X, a think tank
_DESCRIBES = re.compile(
    r" (?:newspaper|website|magazine|news agency|news site|think[- ]tank|television|airline|militants|newswire)\b"
    r"|, (?:an?|the) (?:[\w’'-]+ ){0,4}(?:company|firm|newspaper|website|magazine|agency|charity|nonprofit|think[- ]tank"
    r"|broadcaster|retailer|manufacturer|airline|organi[sz]ation|maker|start-?up|bank|insurer|lender)\b(?! (?:owner|president|executive|official|director|worker|boss|founder|spokes))"
)
_BASED = re.compile(r"-(?:based|backed|led|owned|run|funded|born)$")
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
                  "Social Media", "Public Service", "National Intelligence"})  # fmt: skip


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


def find(
    body: str, runs: Sequence[Run], renown: Callable[[str], int], pointed: Collection[Span] = ()
) -> list[Organisation]:
    """Organisations in order; each under the fullest name that the text gives it.

    ``renown`` says how well known a place of a name is (0 for none); ``pointed`` are names that a recogniser takes for
    organisations.
    """
    plain = [run for run in runs if not run.titled]
    found = [*_phrases(body), *_named(body, plain, renown), *_pointed_at(body, plain, pointed)]
    short = dict(_abbreviations(body, found))
    found = _without_overlaps([*short.values(), *found, *_abbreviated(runs, short)])
    found = _without_overlaps([*found, *_again(body, runs, {body[one.start : one.end] for one in found})])
    return _fullest(found, {abbreviation: span.name for abbreviation, span in short.items()})


def _pointed_at(body: str, runs: Sequence[Run], pointed: Collection[Span]) -> Iterator[Organisation]:
    """What a recogniser points at, where it is made of capitalised words and neither a place nor a person by rule."""
    for run in runs if pointed else ():
        pieces = _unit(_stripped(run))
        if pieces and Span(pieces[0].start, pieces[-1].end) in pointed and not _placed(pieces[0].text):
            yield Organisation(pieces[0].start, pieces[-1].end, body[pieces[0].start : pieces[-1].end])


def _phrases(body: str) -> Iterator[Organisation]:
    for pattern in (_UNIT, _SERVICE):
        for match in pattern.finditer(body):
            yield Organisation(*match.span(), match[0])


def _named(body: str, runs: Sequence[Run], renown: Callable[[str], int]) -> Iterator[Organisation]:
    past = -1
    for index, run in enumerate(runs):
        if run.start >= past:
            for start, end in _in_run(body, runs, index, renown):
                past = end
                start = _begun(body, runs, index) if start == run.start else start
                yield Organisation(start, end, body[start:end])


def _begun(body: str, runs: Sequence[Run], index: int) -> int:
    """Where ``Wildlife Service`` begins if ``Fish and`` stands before it, ``Hale Foundation`` if ``Ann &`` does."""
    run, before = runs[index], runs[index - 1] if index else None
    gap = body[before.end : run.start] if before else ""
    if before and before.pieces[-1].low in words("organisations", "portfolio") and gap in {" and ", " & ", ", "}:
        return _stripped(before)[0].start if _stripped(before) else run.start
    return run.start


def _in_run(body: str, runs: Sequence[Run], index: int, renown: Callable[[str], int]) -> list[tuple[int, int]]:
    """Where the run names an organisation, on into the runs that belong to it (``Ministry of …``)."""
    pieces = _unit(_stripped(runs[index]))
    if not pieces:
        return []
    if pieces[-1].end == runs[index].end:
        end = _extended(body, runs, index, pieces)
        if end > pieces[-1].end:
            return [(pieces[0].start, end)]
    known_ones = _known_in(body, pieces, renown)
    if known_ones and pieces[0].text in words("given_names"):
        return known_ones
    if "&" in body[pieces[0].end : pieces[-1].start]:
        return [(pieces[0].start, pieces[-1].end)]
    last = next((at for at in range(len(pieces) - 1, 0, -1) if pieces[at].text in heads()), 0)
    if pieces[last].text == "International" and last + 1 < len(pieces):
        last = 0
    if last and body[pieces[0].start : pieces[last].end] not in _NOT and not _mere(pieces[: last + 1]):
        return [(pieces[0].start, pieces[last].end)]
    return known_ones or _described(body, pieces, renown)


def _mere(pieces: Sequence[Piece]) -> bool:
    """``The Board``, ``New Press``: nothing in it names anybody."""
    return all(piece.low in {"the", "new", "a", "our", "this"} for piece in pieces[:-1])


def _known_in(body: str, pieces: Sequence[Piece], renown: Callable[[str], int]) -> list[tuple[int, int]]:
    spans, at = [], 0
    while at < len(pieces):
        count = _longest_known(body, pieces, at)
        if count and count == 1 and _branch(body, pieces[at:], renown):
            count = len(pieces) - at
        if count:
            spans.append((pieces[at].start, pieces[at + count - 1].end))
        at += max(count, 1)
    return spans


def _branch(body: str, pieces: Sequence[Piece], renown: Callable[[str], int]) -> bool:
    """Whether capital letters and a place follow each other: ``NHS West Midlands``."""
    if not (pieces[0].text.isupper() and 1 < len(pieces) <= 3):
        return False
    rest = body[pieces[1].start : pieces[-1].end]
    return rest not in demonyms() and renown(rest) > 0


def _described(body: str, pieces: Sequence[Piece], renown: Callable[[str], int]) -> list[tuple[int, int]]:
    """Unknown names that the text calls a newspaper, a company, a group."""
    if (
        len(pieces) > 6
        or pieces[0].text in demonyms()
        or any(piece.low.rstrip(".") in _person_words() for piece in pieces)
    ):
        return []
    start, end = pieces[0].start, pieces[-1].end
    left = body[max(0, start - 34) : start]
    if _DESCRIBED.search(left) or _AFFILIATED.search(left) or _DESCRIBES.match(body, end):
        return [(start, end)]
    first = pieces[0].text
    if len(first) > 2 and first.isalpha() and first not in not_organisations() and _branch(body, pieces, renown):
        return [(start, end)]
    return []


def _placed(word: str) -> bool:
    return word in words("places", "names") or (
        word in words("places", "words") and word not in words("places", "directions")
    )


def _stripped(run: Run) -> tuple[Piece, ...]:
    """The run without an article and other small words before the name."""
    pieces = run.pieces
    while len(pieces) > 1 and _droppable(pieces, opens=run.opens):
        pieces = pieces[1:]
    return pieces if len(pieces) > 1 or pieces[0].low not in words("common_words") or pieces[0].text in known() else ()


def _droppable(pieces: Sequence[Piece], *, opens: bool) -> bool:
    first, second = pieces[0], pieces[1]
    if _BASED.search(first.text):
        return True
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
        if at and _titles(pieces, at) and not any(later.text in heads() for later in pieces[at:]):
            return tuple(pieces[:at])
    return tuple(pieces)


def _titles(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a title stands there; ``Justice`` is one only before a name."""
    return pieces[at].low.rstrip(".") in _person_words() and (pieces[at].low != "justice" or at + 1 < len(pieces))


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


def _joins(body: str, end: int, start: int) -> bool:
    match = _JOIN.match(body, end)
    return match is not None and match.end() == start


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
    # Terms are abbreviated too; organisations speak, have members and own things.
    if not re.search(
        rf"\b{re.escape(match[1])}(?:['’]s | said| says| told| (?:officials?|members|leaders?|chief|spokes\w+)\b)", body
    ):
        return None
    start = match.start() - len(window) + before[0].start()
    return Organisation(start, match.start(), body[start : match.start()])


def _abbreviated(runs: Sequence[Run], short: dict[str, Organisation]) -> Iterator[Organisation]:
    if short:
        for run in runs:
            for piece in run.pieces:
                if piece.text in short:
                    yield Organisation(piece.start, piece.end, short[piece.text].name)


def _again(body: str, runs: Sequence[Run], names: set[str]) -> Iterator[Organisation]:
    """Other places of names that the text has shown to be organisations; in headlines these and well-known ones only."""
    for run in runs:
        at = 0
        while at < len(run.pieces):
            for to in range(min(len(run.pieces), at + 6), at, -1):
                name = body[run.pieces[at].start : run.pieces[to - 1].end]
                if name in names or (run.titled and name in known()):
                    yield Organisation(run.pieces[at].start, run.pieces[to - 1].end, name)
                    at = to - 1
                    break
            at += 1


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
