"""Whether a name that the gazetteer knows is a place here: ordered rules, the first that speaks decides.

Each rule looks at one ``Spot``: the name with the words around it. Some names wait for the rest of the article: they
are places where the same name is one elsewhere (one sense per article).
"""

import re
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from newsledger.extract.english import place_lexicon as lexicon
from newsledger.extract.english.place_spans import Hit, Token
from newsledger.extract.gazetteer import Kind


class Verdict(Enum):
    """What a rule says of a name."""

    place = "place"
    likely = "likely"
    """A place, unless the article uses the word for something else."""
    open = "open"
    """A place only where the article shows so elsewhere."""
    other = "other"


class Spot(NamedTuple):
    """A hit and its surroundings, folded words."""

    hit: Hit
    before: str
    """The word right before, folded, or empty at the start of a sentence."""
    before_capital: bool
    second: str
    """The word before that."""
    after: str
    """The word right after (one space or a hyphen between), or empty."""
    after_capital: bool
    tail: str
    """Up to 12 characters that follow, as they are."""
    qualified: bool
    """A region or a country stands behind a comma: *Akron, Ohio*."""
    opens: bool
    """It opens a sentence."""
    capitals: bool
    """Written in capitals."""
    lower: bool
    """The same word occurs in lower case in the text."""


def _well_known(spot: Spot) -> bool:
    best = spot.hit.places[0]
    return best.own and (best.kind in {Kind.country, Kind.continent} or best.weight >= 1_000_000)


def _ambiguous(spot: Spot) -> bool:
    return spot.hit.key in lexicon.COMMON or spot.hit.key in lexicon.PERSONAL


def _cued(spot: Spot) -> bool:
    return spot.before in lexicon.CUES and not spot.before_capital


Rule = tuple[str, Callable[[Spot], bool], Verdict]

RULES: tuple[Rule, ...] = (
    ("of a state behind a comma: Akron, Ohio", lambda s: s.qualified and s.before not in lexicon.TITLES, Verdict.place),
    ("a title or given name before: Mr Lincoln", lambda s: s.before in lexicon.TITLES and s.before_capital and not (
        s.hit.places[0].kind is Kind.country and s.before not in {"mr", "mrs", "ms", "miss", "king", "st"}), Verdict.other),
    ("part of another name: Boston Globe", lambda s: s.after_capital and s.after in lexicon.TAILS, Verdict.other),
    ("an organisation's name: Bank of England", lambda s: s.before == "of" and s.second in lexicon.HEADS, Verdict.other),
    ("an initial before: J. Washington", lambda s: s.before_capital and len(s.before) == 1, Verdict.other),
    ("an authority's place: Hartford Police", lambda s: s.after_capital and s.after in lexicon.AUTHORITIES
        and s.hit.key not in lexicon.COMMON, Verdict.likely),
    ("another name goes on: Paris Hilton", lambda s: s.after_capital and not _well_known(s), Verdict.other),
    ("another name led here: Samuel Jackson", lambda s: s.before_capital and s.before not in lexicon.DIRECTIONS
        and s.before not in lexicon.AUTHORITIES and s.before not in lexicon.CUES and not _well_known(s), Verdict.other),
    ("somebody speaks: Tyler said", lambda s: s.after in lexicon.SPEECH and not _well_known(s), Verdict.open),
    ("an everyday word, with a cue: in Reading", lambda s: s.hit.key in lexicon.COMMON and _cued(s) and not s.lower,
        Verdict.likely),
    ("an everyday word", lambda s: s.hit.key in lexicon.COMMON, Verdict.open),
    ("a cue: in Akron", _cued, Verdict.likely),
    ("a person's name, without a cue", lambda s: s.hit.key in lexicon.PERSONAL and not _well_known(s), Verdict.open),
    ("the word stands in lower case too", lambda s: s.lower, Verdict.open),
    ("a known name", lambda s: s.hit.places[0].weight >= 30_000 or len(s.hit.key) > 8, Verdict.likely),
    ("a small place, another spelling, a short name", lambda s: True, Verdict.open),
)  # fmt: skip


def judge(spot: Spot) -> Verdict:
    """What the first rule that applies says."""
    return next(verdict for _, applies, verdict in RULES if applies(spot))


_BEFORE = re.compile(r"(?:([^\W_]+(?:['’][^\W_]+)*)[\s,]{1,2})?([^\W_]+(?:['’\-][^\W_]+)*)\.?[ \-]$")
_AFTER = re.compile(r"(?:['’]s)?[ \-]([^\W_]+(?:['’][^\W_]+)*)")
_SENTENCE = re.compile(r"(?:^|[.!?…:;”\"\n])\s*[\"“‘'(\[]*$")


def spot_of(body: str, hit: Hit, words: list[Token], lower: frozenset[str], *, qualified: bool) -> Spot:
    """The surroundings of a hit."""
    window = body[max(0, hit.start - 40) : hit.start]
    before = _BEFORE.search(window)
    after = _AFTER.match(body, hit.end, hit.end + 40)
    possessive = body[hit.end : hit.end + 2] in {"'s", "’s"}
    opens = bool(_SENTENCE.search(window)) or hit.start == 0
    previous = before[2] if before and not opens else ""
    following = after[1] if after else ""
    return Spot(
        hit=hit,
        before=previous.lower(),
        before_capital=bool(previous) and previous[0].isupper() and not (previous.isupper() and len(previous) > 3),
        second=(before[1] or "").lower() if before else "",
        after=following.lower(),
        after_capital=bool(following) and following[0].isupper() and not possessive and body[hit.end] == " ",
        tail=body[hit.end : hit.end + 12],
        qualified=qualified,
        opens=opens,
        capitals=body[hit.start : hit.end].isupper(),
        lower=hit.first == hit.last and hit.key in lower,
    )
