"""Whether a name that the gazetteer knows is a place here: ordered rules, the first that speaks decides.

Each rule looks at one ``Spot``: the name with the words around it. Some names wait for the rest of the article: they
are places where the same name is one elsewhere (one sense per article).
"""

import re
from collections.abc import Callable
from enum import StrEnum

import msgspec

from newsledger.extract.english.places import words as lexicon
from newsledger.extract.english.places.demonyms import COUNTRIES
from newsledger.extract.english.places.frames import in_counties
from newsledger.extract.english.places.spans import Hit
from newsledger.extract.folding import fold_word
from newsledger.extract.gazetteer import Kind


class Verdict(StrEnum):
    """What a rule says of a name."""

    place = "place"
    likely = "likely"
    """A place, unless the article uses the word for something else."""
    open = "open"
    """A place only where the article shows so elsewhere."""
    other = "other"


class Spot(msgspec.Struct, frozen=True, gc=False):
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
    owned: bool
    """The word before it is possessive: *Russia's Kursk region*."""
    possessive: bool
    """*'s* follows."""
    money: bool
    """A dollar sign touches it."""
    initial: bool
    """An initial with its stop stands before it."""
    dateline: bool
    """In capitals at the start of a paragraph, with a dash or a bracket behind."""
    counties: bool
    """A list that ends in *counties* goes on from it."""
    programme: bool
    """It is the subject of a programme or of studies."""
    headline: bool
    """Nearly all long words of its sentence have capitals."""
    qualified: bool
    """A region or a country stands behind a comma: *Akron, Ohio*."""
    chunks: frozenset[str]
    """The text between spaces, marks and all."""

    @property
    def lower(self) -> bool:
        """The same word occurs in lower case in the text."""
        hit = self.hit
        return hit.first == hit.last and not self.chunks.isdisjoint([hit.key + mark for mark in _ENDINGS])


_NATIONS = frozenset((Kind.country, Kind.continent))
_NATURE = frozenset((Kind.area, Kind.water))


def _well_known(spot: Spot) -> bool:
    best = spot.hit.places[0]
    return best.own and (best.kind in _NATIONS or best.weight >= 1_000_000)


def _public(spot: Spot) -> bool:
    """A country, a region or a world city: its name goes before many titles and offices."""
    return _well_known(spot) and spot.hit.places[0].kind not in _NATURE


def _nation(spot: Spot) -> bool:
    best = spot.hit.places[0]
    return best.own and best.kind in _NATIONS


def _common(spot: Spot) -> bool:
    return spot.hit.key in lexicon.COMMON


def _personal(spot: Spot) -> bool:
    return spot.hit.key in lexicon.PERSONAL


def _authority(spot: Spot) -> bool:
    return spot.after in lexicon.AUTHORITIES and len(spot.after) > 1


def _titled(spot: Spot) -> bool:
    """A title before it: a person's, unless the place is a country that the title is of (*President of Chad*)."""
    if spot.before not in lexicon.TITLES or not spot.before_capital:
        return False
    return spot.hit.places[0].kind is not Kind.country or spot.before in {"mr", "mrs", "ms", "miss", "king", "st"}


def _cued(spot: Spot) -> bool:
    return spot.before in lexicon.CUES and not spot.before_capital


def _strongly_cued(spot: Spot) -> bool:
    return _cued(spot) and spot.before not in lexicon.WEAK_CUES


def _led(spot: Spot) -> bool:
    """A capitalised word before it that makes another name with it."""
    return (
        spot.before_capital
        and not spot.owned
        and not any(
            spot.before in words for words in (lexicon.DIRECTIONS, lexicon.AUTHORITIES, lexicon.CUES, lexicon.OPENERS)
        )
    )


_PARTICLES = frozenset(("de", "di", "von", "van"))
_SCHOOLS = frozenset(("school", "college", "high", "middle", "junior", "central"))
_FAMILIAR, _KNOWN, _VILLAGE = 100_000, 30_000, 4_000
_LONG = 8

Rule = tuple[str, Callable[[Spot], bool], Verdict]

RULES: tuple[Rule, ...] = (
    ("of a state behind a comma: Akron, Ohio", lambda s: s.qualified and s.before not in lexicon.TITLES, Verdict.place),
    ("a dateline: AKRON (AP)", lambda s: s.dateline, Verdict.place),
    ("a month, a day, a word that opens sentences", lambda s: s.hit.key in lexicon.NEVER, Verdict.other),
    ("a people or a language: the Danish coast", lambda s: s.hit.key in COUNTRIES, Verdict.other),
    ("a case at law: Hill v. Ferguson", lambda s: s.before in {"v", "vs"}, Verdict.other),
    ("somebody's: in Scott's district", lambda s: s.possessive and (_personal(s) or _common(s)), Verdict.open),
    ("a name that is never a town in the news: Red Cross", lambda s: s.hit.key in lexicon.NEVER_NAMES, Verdict.other),
    ("its first words only: Stade de Reims", lambda s: s.after in _PARTICLES and not _nation(s), Verdict.other),
    ("a programme of study: the Iran and Iraq programme", lambda s: s.programme, Verdict.other),
    ("money: US$10", lambda s: s.money, Verdict.other),
    ("named after a place: Marburg virus", lambda s: s.after in lexicon.NOT_AFTER, Verdict.other),
    ("a title or given name before: Mr Lincoln", _titled, Verdict.other),
    ("part of another name: Boston Globe", lambda s: s.after_capital and s.after in lexicon.TAILS, Verdict.other),
    ("an organisation: Bank of England", lambda s: s.before == "of" and s.second in lexicon.HEADS, Verdict.other),
    ("an initial before: J. Washington", lambda s: s.initial, Verdict.other),
    ("a club or a station: AC Milan", lambda s: s.before_capital and s.before in lexicon.CLUBS, Verdict.other),
    ("a firm: Madison & Cole", lambda s: "&" in {s.before, s.after}, Verdict.other),
    ("an airport named after a person: Toronto's Pearson Airport", lambda s: s.owned and s.after_capital
        and s.after in {"airport", "international"}, Verdict.other),
    ("one of some counties: Lee and Knox counties", lambda s: s.counties, Verdict.place),
    ("a given name before: Jack London", lambda s: s.before_capital and s.before in lexicon.PERSONAL and not s.owned,
        Verdict.other),
    ("a saint's: St. Mary's School", lambda s: s.hit.key.startswith("saint ") and s.possessive, Verdict.other),
    ("a person of the name: Chad Walker", lambda s: _personal(s) and s.after_capital
        and not _authority(s), Verdict.other),
    ("a school named after a person: Graham High School", lambda s: _personal(s) and s.after_capital
        and s.after in _SCHOOLS, Verdict.open),
    ("a country or a continent", _nation, Verdict.place),
    ("an authority's place: Hartford Police", lambda s: s.after_capital and s.after in lexicon.AUTHORITIES
        and not _common(s), Verdict.likely),
    ("in a headline, where all words have capitals", lambda s: s.headline and (s.after_capital or s.before_capital),
        Verdict.open),
    ("another name goes on: Paris Hilton", lambda s: s.after_capital and not _public(s), Verdict.other),
    ("another name led here: Samuel Jackson", lambda s: _led(s) and not _public(s), Verdict.other),
    ("a family: the Boons", lambda s: s.before == "the" and s.hit.key.endswith("s") and " " not in s.hit.key
        and s.hit.places[0].weight < _FAMILIAR, Verdict.other),
    ("an everyday word, with a cue: in Reading", lambda s: _common(s) and _strongly_cued(s) and not s.lower,
        Verdict.likely),
    ("an everyday word", _common, Verdict.open),
    ("a person's name, with a cue: near Tyler", lambda s: _personal(s) and _strongly_cued(s), Verdict.likely),
    ("a number follows: Section 2, Metro 911", lambda s: s.after[:1].isdigit() and not s.possessive
        and not _well_known(s), Verdict.other),
    ("a person's age and home: Ann Lee, 54, of Tyler", lambda s: s.before == "of" and s.second.isdigit(),
        Verdict.place),
    ("a person's name, without a cue", lambda s: _personal(s) and not _well_known(s), Verdict.open),
    ("a cue that only places have: in Akron", lambda s: _strongly_cued(s) and not s.lower, Verdict.place),
    ("a cue: of Akron", lambda s: _cued(s) and s.hit.places[0].weight >= _VILLAGE, Verdict.likely),
    ("somebody speaks: Tyler said", lambda s: s.after in lexicon.SPEECH and not _well_known(s), Verdict.other),
    ("the word stands in lower case too", lambda s: s.lower, Verdict.open),
    ("a known name", lambda s: s.hit.places[0].weight >= _KNOWN or len(s.hit.key) > _LONG, Verdict.likely),
)  # fmt: skip


def judge(spot: Spot) -> Verdict:
    """What the first rule that applies says; small places, other spellings and short names stay open."""
    for _, applies, verdict in RULES:
        if applies(spot):
            return verdict
    return Verdict.open


_AFTER = re.compile(r"(?:['’]s)?[ \-](&|[^\W_]+(?:['’][^\W_]+)*)")
_DATELINE = re.compile(r"(?:, [A-Z][\w.]+(?: [A-Z]\w+)?)?,? ?(?:[–—]|--|- | -|\()")
_PROGRAMME = re.compile(r"(?: and (?:the )?[A-Z]\w+)? (?:[Pp]rogram(?:me)?|[Ss]tudies)\b")
_PROGRAMME_BEGINS = frozenset("aPpSs")
_CLOSERS = ".!?…:;”\"\n“‘'(["
_POSSESSIVE = frozenset(("'s", "’s"))
_ENDINGS = ("", ",", ".", "s", "'s", "’s")


def spot_of(body: str, hit: Hit, chunks: frozenset[str], *, qualified: bool) -> Spot:
    """The surroundings of a hit. ``chunks`` are the words of the text as they stand between spaces."""
    window = body[max(0, hit.start - 40) : hit.start]
    led = window.rstrip(" -")
    opens = not led or (led[-1] in _CLOSERS and not _abbreviated(led))
    second, previous = (["", "", *led.rsplit(None, 2)][-2:]) if len(led) < len(window) and not opens else ("", "")
    if previous.endswith((",", ")")):
        second, previous = "", ""
    previous = previous.rpartition("-")[2].strip("“‘\"'([.,")
    after = _AFTER.match(body, hit.end, hit.end + 40)
    following = after[1] if after else ""
    possessive = body[hit.end : hit.end + 2] in _POSSESSIVE
    after_capital = (
        following[:1].isupper() and not possessive and body[hit.end] == " " and fold_word(following) not in COUNTRIES
    )
    before_capital = previous[:1].isupper() and not (previous.isupper() and len(previous) > 3)
    return Spot(
        hit=hit,
        before=_bare(previous.lower()),
        before_capital=before_capital,
        second=second.rstrip(",").lower(),
        after=_bare(following.lower()),
        after_capital=after_capital,
        owned=previous.endswith(("'s", "’s")),
        possessive=possessive,
        money="$" in {body[hit.end : hit.end + 1], window[-1:]},
        initial=len(led) < len(window) and led[-1:] == "." and led[-2:-1].isupper() and not led[-3:-2].strip(" \n"),
        dateline=opens and body[hit.start : hit.end].isupper() and bool(_DATELINE.match(body, hit.end, hit.end + 30)),
        counties=in_counties(body, hit),
        programme=following[:1] in _PROGRAMME_BEGINS and bool(_PROGRAMME.match(body, hit.end, hit.end + 60)),
        headline=(after_capital or before_capital) and _headline(body, hit),
        qualified=qualified,
        chunks=chunks,
    )


_STOP = re.compile(r"[.!?…](?:\s|$)|\n")
_HEADLINE_WORDS = 4


def _headline(body: str, hit: Hit) -> bool:
    """Whether nine in ten of the words of four letters or more around a hit, up to the stops, have capitals."""
    before = body[max(0, hit.start - 100) : hit.start]
    after = body[hit.end : hit.end + 100]
    stop = _STOP.search(after)
    line = _STOP.split(before)[-1] + " " + (after[: stop.start()] if stop else after)
    long = [word for word in line.split() if len(word) >= 4 and word[0].isalpha()]
    return len(long) >= _HEADLINE_WORDS and sum(word[0].isupper() for word in long) >= 0.9 * len(long)


def _abbreviated(text: str) -> bool:
    """Whether a stop belongs to a title or an initial (*Gov.*, *J.*) rather than to a sentence."""
    word = text.rpartition(" ")[2]
    return word.endswith(".") and (len(word) == 2 or word[:-1].lower() in lexicon.TITLES) and word[0].isupper()


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word
