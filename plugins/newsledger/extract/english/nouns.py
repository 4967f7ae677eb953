"""What a number counts: the noun after it, before it, or the one that the text was counting."""

import re
from typing import NamedTuple

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
    """a an the and or but nor if as at by for from in into of off on onto out over to up with within without under until
    till than that then though through throughout during before after since while when where which who whom whose why
    how is are was were be been being am have has had do does did will would can could may might must shall should not
    no it he she they we i you him her them his hers their our my your me us this these those there here also only just
    about against along among another around between beyond near toward towards upon via per each every both either all any said
    says told so because so now still already ago later earlier died dead-end was won lost won't didn't""".split()
)
_SKIP = frozenset("other others more additional further such of the those these them".split())
_TOKEN = re.compile(r"(?P<gap> (?:- )?|-)(?P<word>[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d,.]*)(?P<after>(?: ?[’']s?)?)")
_AFTER_OF = re.compile(
    r" of (?:(?:the|those|these|its|their|his|her|our|my|your|all) |(?:[A-Z][\w’'-]* ){0,3}?[A-Z][\w-]* ?[’']s? |the [a-z]+[’']s? )?"
    r"(?:estimated |about |some )?(?:\d[\d,]* |two |three |four |five |six |seven |eight |nine |ten )?"
)
_PLUS = re.compile(r"-plus\b|-odd\b|\+")
_TEAM = re.compile(
    r"(?:[- ]| - )(?P<word>man|woman|member|person|strong) (?P<team>team|crew|squad|panel|jury|delegation|committee|board|crowd|force)\b"
)
_OF_BEFORE = re.compile(
    r"(?P<noun>[a-z]{3,})(?: (?:of|at|to|was|is|stood at|stands at|rose to|reached))? (?:about |some |around |nearly |almost |more than |over |an estimated )?\Z"
)
_WHOLE = {
    "population": "population", "crowd": "people", "group": "people", "team": "people", "crowds": "people",
    "crew": "people", "audience": "people", "staff": "staff", "party": "people", "force": "troops",
    "workforce": "employees", "congregation": "people", "gathering": "people",
}  # fmt: skip
"""Nouns before `of 300` that say what the 300 are."""
_PARENT = re.compile(r"\b(?:mother|mom|mum|father|dad|parents?|grand(?:mother|father)) of (?:at least )?\Z")
_NUMBER_OF = re.compile(r"(?i)\bnumber of (?P<what>[^.;:]{3,80})")
_TOLL = re.compile(r"(?i)\b(?P<what>death|injury|casualty) (?:toll|count)\b|\b(?P<list>[a-z]+) (?:tally|count|total)\b")
_LISTED = re.compile(r"\b(?P<noun>[a-z]{3,}) ?[,:;–—-] ?\Z")
_LISTED_NEXT = re.compile(r"[\d,]+ (?:from|in|of them|at|on)\b|[a-z]+ (?:from|in|of them)\b")
_AFRESH = re.compile(
    r" ?(?:[.,;:?!)–—]|$|\n)| (?:of|were|was|are|is|have|has|had|from|in|on|died|who|others|more|at|to|by|for|as|and|or|with|total|(?:an?|per) (?:day|week|month|year|hour)|daily|survived|remain|remained|escaped)\b"
)


_HYPHENATED = re.compile(r" \d[\d,.]*(?: - |-)[a-z]+(?:(?: - |-)(?:old|long|wide|tall))?\b")
"""A measure inside a noun phrase: the `10-year` of `three 10-year sentences`."""
_CASUALTIES = (
    "killed|dead|injured|wounded|hurt|missing|arrested|hospitali[sz]ed|died|drowned|infected|displaced|homeless"
)
_FATE_AFTER = re.compile(
    rf" (?:(?:were|was|are|is|have|had|been|others?|more|seriously|critically) ){{0,3}}(?:{_CASUALTIES})\b"
)
_FATE_BEFORE = re.compile(
    r"(?i)\b(?:kill(?:s|ed|ing)|injur(?:ed|es|ing)|wound(?:ed|ing)|arrest(?:ed|ing)|displac(?:ed|ing)) "
    r"(?:at least |more than |about |some |nearly |over |up to |as many as |another |almost )?\Z"
)
_BACK = re.compile(r" of (?:those|these|them)\b")


class Counted(NamedTuple):
    """A noun and where it ends in the body (the number's end when it is not after the number)."""

    noun: str
    end: int


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
    if match := _PLUS.match(body, end):
        end = match.end()
    if match := _AFTER_OF.match(body, end):
        end = match.end() - 1
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
        if low in _SKIP:
            continue
        if step == 0 and match["gap"].strip(" ") == "-" and not is_plural(word):
            return Counted(word, match.end("word"))
        if is_plural(word) and not match["after"]:
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


def before(body: str, sentence: int, start: int) -> str | None:
    """The noun that a bare number belongs to by what stands before it in its sentence."""
    lead = body[max(sentence, start - 200) : start]
    if _PARENT.search(lead):
        return "children"
    if match := _OF_BEFORE.search(lead):
        word = match["noun"].lower()
        if word in _WHOLE:
            return _WHOLE[word]
        if match[0].rstrip().endswith(" of") and is_plural(word):
            return word
    if match := _NUMBER_OF.search(lead):
        counted = after(" " + match["what"], 0)
        return counted.noun if counted else None
    if match := _TOLL.search(lead):
        return "deaths" if (match["what"] or "").lower() == "death" else None
    if (match := _LISTED.search(lead)) and is_plural(match["noun"]) and _LISTED_NEXT.match(body, start):
        return match["noun"]
    return None


def casualties(body: str, start: int, end: int) -> bool:
    """Whether a bare number counts people by what happened to them: `killing 45`, `five were hurt`."""
    return bool(_FATE_AFTER.match(body, end) or _FATE_BEFORE.search(body[max(start - 40, 0) : start]))


def refers_back(body: str, end: int) -> bool:
    """Whether a number at the head of a paragraph counts what the paragraph before it counted: `Four of those`."""
    return bool(_BACK.match(body, end))


def continues(body: str, end: int) -> bool:
    """Whether what follows a bare number lets it go on counting what was counted before."""
    return bool(_AFRESH.match(body, end))


_PER = re.compile(
    r"(?: [a-z]+){0,2}? (?:(?:(?:an?|per|each|every) (?P<unit>hour|day|week|month|year))\b|(?P<adverb>hourly|daily|weekly|monthly|annually|yearly)\b)"
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
    "money": re.compile(r" (?:of|in|worth of) (?P<what>[^.;:]{3,60})"),
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
    low = noun.lower()
    return low if low in _PLURALS or noun.istitle() is False and not noun[:2].isupper() else noun


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
        if low in _STOPS:
            if low not in ("the", "its", "their", "his", "her", "a", "an", "all", "any") or last:
                break
        elif last or not low.endswith(("ed", "ing")):
            last = low
            if is_plural(low):
                break
        end = match.end()
    return last
