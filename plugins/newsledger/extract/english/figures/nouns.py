"""What a number counts: the noun after it, before it, or the one that the text was counting."""

import re
from typing import NamedTuple

from newsledger.extract.english.lexicon import demonyms

PEOPLE = frozenset("people person persons population residents resident inhabitants citizens civilians".split())
"""Nouns whose unit is a person."""

_STATES = frozenset("dead wounded injured others homeless missing".split())
_PLURALS = frozenset(
    """people men women children police troops staff personnel cattle teeth feet geese mice lives wives data media
    population servicemen servicewomen policemen firemen fishermen gunmen businessmen congressmen lawmen clergy
    crew aircraft spacecraft headquarters series species dead wounded injured others percent sheep fish youth
    servicepeople spokespeople salespeople jurymen seamen airmen infantrymen workmen horsemen countrymen""".split()
)
_NOT_PLURAL = frozenset(
    """is was has as its his this us plus thus does says less across yes perhaps unless always towards besides
    sometimes afterwards these those whose ours theirs hers yours overseas news""".split()
)
_STOPS = frozenset(
    """a an the and or but nor if as at by for from in into of off on onto out over to up with within without under
    until till than that then though through throughout during before after since while when where which who whom
    whose why how is are was were be been being am have has had do does did will would can could may might must
    shall should not no it he she they we i you him her them his hers their our my your me us this these those there
    here also only just about against along among another last next past annually daily weekly monthly yearly
    nightly today yesterday tomorrow around between beyond near toward towards upon via per each every both either
    all any said says told so because now still already ago later earlier died won lost""".split()
)
_SKIP = frozenset("other others more additional further such of the those these them".split())
_TOKEN = re.compile(
    r"(?P<gap> (?:- )?|-)(?P<word>(?:[A-Z]\.){2,}|[A-Z][A-Z\d]*\d[A-Z\d]*\b"
    r"|[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d,.]*)(?P<after>(?: ?[’']s?)?)"
)
_AFTER_OF = re.compile(
    r"(?: out)? of (?:the [\w-]+ ?[’']s? |(?:[A-Z][\w’'-]* ){0,3}?[A-Z][\w-]* ?[’']s? "
    r"|(?:the|those|these|its|their|his|her|our|my|your|all) )?"
    r"(?:last |next |first |past |previous |final |opening )?"
    r"(?:estimated |about |some )?(?:\d[\d,]* |two |three |four |five |six |seven |eight |nine |ten )?"
)
_SHARED = re.compile(
    r" [a-z]+ and (?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten) (?=[a-z]+ (?:[a-z]+ ){0,2}[a-z]+s\b)"
)
"""`3 foreign and 3 local officers`: both count officers."""
_PLUS = re.compile(r"-plus\b|-odd\b|\+")
_TEAM = re.compile(
    r"(?:[- ]| - )(?P<word>man|woman|member|person|strong) (?P<team>team|crew|squad|panel|jury"
    r"|delegation|committee|board|crowd|force)\b"
)
_HYPHENATED = re.compile(r" \d[\d,.]*(?: - |-)[a-z]+(?:(?: - |-)(?:old|long|wide|tall))?\b")
"""A measure inside a noun phrase: the `10-year` of `three 10-year sentences`."""


class Counted(NamedTuple):
    """A noun and where it ends in the body (the number's end when it is not after the number)."""

    noun: str
    end: int
    said: bool = True
    """Whether words beside the number say so; else it goes on counting what was counted before."""


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    low = word.lower()
    if low in _PLURALS or re.fullmatch(r"[A-Z]{2,}s", word):
        return True
    return (
        len(low) > 3
        and low.endswith("s")
        and not low.endswith(("ss", "us", "is", "’s", "'s"))
        and low not in _NOT_PLURAL
    )


def after(body: str, end: int, *, one: bool = False) -> Counted | None:
    """The noun that follows a number: the first plural in its noun phrase (any noun after `one`)."""
    if match := _TEAM.match(body, end):
        return Counted(f"{match['team']} members", match.end("word"))
    if match := _SHARED.match(body, end):
        shared = _phrase(body, match.end() - 1, one=False)
        if shared and not is_plural(match[0].split()[0]):
            return Counted(shared.noun, end)
    return _phrase(body, _phrase_start(body, end), one=one) or _nation(body, end)


def _nation(body: str, end: int) -> Counted | None:
    """`three million Vietnamese`: peoples whose plural has no ending."""
    match = _TOKEN.match(body, end)
    if match is None or match["gap"] != " " or match["after"] or not match["word"].endswith("ese"):
        return None
    return Counted(match["word"], match.end("word")) if match["word"] in demonyms() else None


def _phrase_start(body: str, end: int) -> int:
    """Behind `-plus`, and behind `of the`, `of Ourtown's 40` and their like."""
    if match := _PLUS.match(body, end):
        end = match.end()
    match = _AFTER_OF.match(body, end)
    return match.end() - 1 if match else end


def _phrase(body: str, end: int, *, one: bool) -> Counted | None:
    last: Counted | None = None
    for step in range(7):
        match = _TOKEN.match(body, end)
        if match is None:
            break
        if measure := _HYPHENATED.match(body, end):
            end = measure.end()
            continue
        word, low = match["word"], match["word"].lower()
        if (low in _STOPS and low not in _SKIP) or word[0].isdigit():
            break
        end = match.end()
        if low in _SKIP and not (last and one):
            continue
        if last and one and (low in _SKIP or low in _STATES):  # one case of it, one man dead
            break
        if step == 0 and match["gap"].strip(" ") == "-" and not is_plural(word):
            return Counted(word, match.end("word"))
        if word in ("States", "Nations") and last and last.noun == "United":
            continue
        if is_plural(word) and not match["after"].endswith("s"):
            return _compound(body, Counted(word, match.end("word")))
        last = Counted(word, match.end("word"))
    return last if one else None


def _compound(body: str, found: Counted) -> Counted:
    """`sales managers`: a plural right after a plural is the head (but `people injured` are people)."""
    following = _TOKEN.match(body, found.end)
    while following and following["gap"] == " " and is_plural(following["word"]):
        if following["word"].lower() in _STOPS | _STATES or following["after"]:
            break
        found = Counted(following["word"], following.end("word"))
        following = _TOKEN.match(body, found.end)
    return found


_PER = re.compile(
    r"(?: [a-z]+){0,2}? (?:(?:(?:an?|per|each|every) (?P<unit>hour|day|week|month|year))\b|"
    r"(?P<adverb>hourly|daily|weekly|monthly|annually|yearly)\b)"
)
_ADVERBS = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "annually": "year",
    "yearly": "year",
}
_OF_NOUN = {
    "money": re.compile(r" (?:of|in(?! (?:the|an?|its|their|his|her|[A-Z]|\d))|worth of) (?P<what>[^.;:]{3,60})"),
    **dict.fromkeys(("ratio", "area", "mass", "volume"), re.compile(r" (?:worth )?of (?P<what>[^.;:]{3,60})")),
}
"""What follows a measure of some dimension and says what it is of."""


def per(body: str, end: int) -> tuple[str | None, int]:
    """How often, when the words after a noun say so (`a day`, `departing daily`), and where that ends."""
    match = _PER.match(body, end)
    if match is None:
        return None, end
    return match["unit"] or _ADVERBS[match["adverb"]], match.end()


def folded(noun: str) -> str:
    """The noun in lower case, but for names and acronyms: `Palestinians`, `KOs`."""
    named = noun[0].isupper() and noun.lower() not in _PLURALS
    return noun if named else noun.lower()


def measured(body: str, end: int, dimension: str) -> str | None:
    """What a measure is of: `40 percent of voters`, `$3 million in damage`; none where the text does not say so."""
    pattern = _OF_NOUN.get(dimension)
    match = pattern.match(body, end) if pattern else None
    return head(body, match.start("what") - 1) if match else None


def head(body: str, end: int) -> str | None:
    """The last word of the noun phrase that begins here."""
    last = None
    for _ in range(5):
        match = _TOKEN.match(body, end)
        if match is None or match["word"][0].isdigit():
            break
        low = match["word"].lower()
        if match["word"][0].isupper() and match["after"]:
            end = match.end()
            continue
        if match["word"][0].isupper() and not is_plural(low):
            return None
        if low in _STOPS:
            if low not in ("the", "its", "their", "his", "her", "a", "an", "all", "any") or last:
                break
        elif last or not low.endswith(("ed", "ing")):
            last = low
            if is_plural(low):
                break
        end = match.end()
    return last
