"""What a bare number counts, by what stands before it or what the text was counting."""

import re

from newsledger.extract.english.figures import nouns

_OF_BEFORE = re.compile(
    r"(?P<noun>[a-z]{3,})(?: (?:of|at|to|was|is|stood at|stands at|rose to|reached))? (?:about |some "
    r"|around |nearly |almost |more than |over |an estimated )?\Z"
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

_CASUALTIES = (
    "killed|dead|injured|wounded|hurt|missing|arrested|hospitali[sz]ed|died|drowned|infected"
    "|displaced|homeless|trapped|detained|evacuated|rescued|sickened"
)

_FATE_AFTER = re.compile(
    rf" (?:(?:were|was|are|is|have|had|may|might|could|been|feared|believed|reported|confirmed|others?|more"
    rf"|seriously|critically) ){{0,4}}(?:{_CASUALTIES}|in attendance)\b"
)

_FATE_BEFORE = re.compile(
    r"(?i)\b(?:kill(?:s|ed|ing)|injur(?:ed|es|ing)|wound(?:ed|ing)|arrest(?:ed|ing)|displac(?:ed|ing)) "
    r"(?:at least |more than |about |some |nearly |over |up to |as many as |another |almost )?\Z"
)

_BACK = re.compile(r" of (?:those|these|them)\b")

_AFRESH = re.compile(
    r" ?(?:[.,;:?!)–—]|$|\n)| (?:of|were|was|are|is|have|has|had|from|in|on|died|who|that|others|more"
    r"|at|to|by|for|as|and|or|with|total|(?:an?|per) (?:day|week|month|year|hour)|daily|survived"
    r"|remain|remained|escaped|[a-z]{2,}ed|fell|hit|came|went|struck)\b"
)


def is_parent(body: str, sentence: int, start: int) -> bool:
    """`mother of 2`: whether the number counts somebody's children."""
    return bool(_PARENT.search(body[max(sentence, start - 40) : start]))


def before(body: str, sentence: int, start: int) -> str | None:
    """The noun that a bare number belongs to by what stands before it in its sentence."""
    lead = body[max(sentence, start - 200) : start]
    return _whole(lead) or _number_of(lead) or _listed(lead, body, start)


def _whole(lead: str) -> str | None:
    """`a population of 900`, `the sites of 12`."""
    match = _OF_BEFORE.search(lead)
    word = match["noun"].lower() if match else ""
    if match and word not in _WHOLE and match[0].rstrip().endswith(" of") and nouns.is_plural(word):
        return word
    return _WHOLE.get(word)


def _number_of(lead: str) -> str | None:
    """`the number of cases rose to 97`, `the death toll to 40`."""
    if match := _NUMBER_OF.search(lead):
        counted = nouns.after(" " + match["what"], 0)
        return counted.noun if counted else None
    match = _TOLL.search(lead)
    return "deaths" if match and (match["what"] or "").lower() == "death" else None


def _listed(lead: str, body: str, start: int) -> str | None:
    """`all of them farmers, 7 from the valley`."""
    match = _LISTED.search(lead)
    return match["noun"] if match and nouns.is_plural(match["noun"]) and _LISTED_NEXT.match(body, start) else None


def casualties(body: str, start: int, end: int) -> bool:
    """Whether a bare number counts people by what happened to them: `killing 45`, `five were hurt`."""
    return bool(_FATE_AFTER.match(body, end) or _FATE_BEFORE.search(body[max(start - 40, 0) : start]))


def refers_back(body: str, end: int) -> bool:
    """Whether a number at the head of a paragraph counts what the paragraph before it counted: `Four of those`."""
    return bool(_BACK.match(body, end))


def continues(body: str, end: int) -> bool:
    """Whether what follows a bare number lets it go on counting what was counted before."""
    return bool(_AFRESH.match(body, end))
