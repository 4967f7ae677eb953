"""Numbers that measure and count nothing: names, scores, addresses, list numbers, pronouns."""

import re

from newsledger.extract.english.numbers.find import Number
from newsledger.extract.english.numbers.units import Unit
from newsledger.extract.english.tokens import is_calendar_word
from newsledger.text import Text

# By what stands right before (with an example); the number may be in digits or words.
_BEFORE = re.compile(
    r"(?:\b[Nn]os? ?\. ?|#|\b(?:number|channel|page|version|route|flight|room|phase|chapter|article|section|line|level"
    r"|highway|interstate|exit|gate|runway|terminal|verse"
    r"|category|grade|type|gate|step|rule|area|zip|stage|apartment|suite) )\Z"  # No. 2, room 101
    r"|[^\W\d_]-(?<!agnitude-)\Z"  # F-16
    r"|\b(?:quarter|half) (?:to|past) \Z|\b[Aa]n? [a-z]+ or \Z"  # quarter to six, a week or two
    r"|\d ?[:/] ?\Z|[@/_]\Z|(?:^|[\s(])\.\Z"  # the 15 of 12:15, the 7 of 24/7, the 38 of .38
    r"|\d ?[-–] ?\Z"  # the 13 of 20-13
    r"|(?:^|[\s(])[’']\Z"  # '87
    r"|\d[.,]\Z"
    r"|\bGroup of \Z"  # Group of 20
)
_TELLING = frozenset(
    """number channel page version route flight room phase chapter article section line level highway interstate exit
    gate runway terminal verse category grade type step rule area zip stage apartment suite to past or of""".split()
)
"""Words of these rules; after any other a number stands for itself."""
_NAMING = frozenset(
    """boeing airbus flight route highway interstate apollo article section chapter windows iphone ipad xbox playstation
    channel formula area exhibit amendment resolution psalm falcon galaxy model bowl mark covid mig type
    firefox explorer internet ie version room gate pier platform unit block building studio street no page act title
    category grade rule step phase level division group radio group ward district precinct engine ladder station camp
    proposition prop measure vol volume issue series class size sector pool lot lane line tower nikkei ftse dax s&p
    stoxx euro russell topix fortune zone region top big""".split()
)
"""Words before a number that make it a name, when they are capitalised."""
_CAPITAL_BEFORE = re.compile(r"(?P<word>[A-Z][\w&’'.-]*) ?\Z")
_AFTER = re.compile(
    r" ?[-–] ?\d| ?[:/] ?\d| ?o[’']clock\b"  # scores and seasons, clock times
    r"| (?:(?:[NSEW]|North|South|East|West)\.? )?(?:[A-Z][a-z]+ ){1,3}(?:Street|St|Avenue|Ave|Road|Rd"
    r"|Boulevard|Blvd|Drive"
    r"|Lane|Square|Place|Court|Plaza|Parkway|Dr|Ln|Hwy|Pkwy)\b"  # 200 West Oak Street
    r"|[- ]block of\b|(?: - |[- ])?calib(?:er|re)\b| ?(?:GMT|UTC|hrs|EST|EDT)\b|-(?:time|way|sided"
    r"|faced|on|edged|off|liner|tier|piece|something)\b"
    r"|-[A-Z][a-z]|,\d{1,2}(?!\d)|(?:\.\d+){2,}|[’']s\b|-(?:for|of)-\d|-all\b|\.\d"
    r"|\) ?\d{3}[-–. ]\d{4}\b"  # (831) 555-0123
)
_LIST_NUMBER = re.compile(r"[.)](?: |$)")
_EMERGENCY = re.compile(r"(?:911|999|112|411|311)\Z")
_CODE = re.compile(r"\d{7,}(?!\d)|0\d+(?![\d.,])")
"""Codes and telephone numbers; amounts of that size have commas."""
_MINUS = re.compile(r"(?:^|[\s(])[-−–]\Z|\b[Mm]inus \Z")
_MINUS_SIGNS = ("-", "−", "–", "inus ")
_NUMBERED = re.compile(
    r"(?i:\bday) \Z|\b[A-Z][A-Za-z]*\d+ (?:to|and|or|through) \Z|\b[A-Z][a-z]+ \d+ (?:and|or) \Z"  # IE6 to 10
    r"|\b(?:days|weeks|rounds|seasons) [\w-]+ (?:and|to|or|through) \Z"  # days one and two
    r"|\b(?:versions|pages|chapters|channels|routes|rooms|sections) (?:\d[\d.]{0,4},? (?:and |or |to )?){0,6}\Z"
    r"|\b(?:days?|weeks?|seasons?|episodes?|rounds?|stages?|chromosomes?|[a-z]*virus|proteins?"
    r"|reactors?|platforms?|exits?"
    r"|seats?|districts?|wards?|lanes?|tracks?|questions?|clauses?|figures?|tables?|bill|act|resolution) \Z"
)
"""Words before a number that it tells apart: `day 42`."""
_SCORES = re.compile(
    r"\b(?:w[io]n|beat|beating|beaten|defeat(?:ed|s)?|los[st]e?|victory|draw|drew|tied|score|scored"
    r"|led|lead|trailed) [^.]{0,30}\Z"
)
_PRONOUN = re.compile(
    r"\b(?:the|these|those|us|them|of|between|other|all|no|any|which|this|that|every|each|some|the only|as|than) \Z",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:will|would|could|may|might|can|that|if) \Z")
_ONE_COUNTED = re.compile(
    r" [a-z]+(?: [a-z]+)? and (?:one|two|three|four|five|six|\d+) [a-z]+"
    r"|[- ](?:(?:[a-z]+ ){0,2}(?:person|death|fatality|casualty|victim|case|count|survivor|injury)\b"
    r"|(?:[a-z]+ ){0,3}(?:(?:was|were|is) )?(?:reported )?(?:killed|dead|injured|wounded|hurt|dies"
    r"|died|missing|arrested)\b)"
)
_ONE_BESIDE = re.compile(
    r"\d+ [a-z]+(?: [a-z]+)? and \Z|\b(?:one|two|three|four|five|six|seven|eight|nine|ten) [a-z]+(?: [a-z]+)? and \Z"
)


def is_fragment(body: str, number: Number) -> bool:
    """Whether what stands right before a number makes it part of something else: `No. 2`, `20-13`, `F-16`, `1.2.3`."""
    lead = body[max(number.start - 16, 0) : number.start]
    last = lead[:-1].rpartition(" ")[2]
    if lead.endswith(" ") and last.isalpha() and last not in _TELLING:
        return False
    return bool(_BEFORE.search(lead)) and not (number.scaled and lead.endswith("#"))


def minus(body: str, start: int, unit: Unit) -> int | None:
    """Where the minus sign of a temperature or a rate begins, if one stands before: `-15C`, `minus 20 degrees`."""
    if unit.dimension not in ("temperature", "angle", "ratio"):
        return None
    match = _MINUS.search(body, max(start - 8, 0), start)
    return match.end() - len(match[0].lstrip(" (")) if match else None


def is_name(text: Text, number: Number, *, measured: bool) -> bool:
    """Whether a number is part of a name, a score, an address or a list rather than a figure.

    ``measured`` says that a unit or a plural noun follows, which a number in a name seldom has.
    """
    body, start, end = text.body, number.start, number.end
    lead = body[max(start - 40, 0) : start]
    if _AFTER.match(body, end):
        return True
    if number.kind == "digits" and _glued(body, end) and not measured:
        return True
    if _LIST_NUMBER.match(body, end) and (not start or body[start - 1] == "\n"):
        return True
    if not measured and (_EMERGENCY.match(body[start:end]) or _CODE.match(body, start) or _NUMBERED.search(lead)):
        return True
    if lead.endswith(_MINUS_SIGNS) and _MINUS.search(lead):
        return True
    return _after_capital(text, number, lead, measured=measured)


def _glued(body: str, end: int) -> bool:
    return end < len(body) and (body[end].isalpha() or body[end] in "_$")


def _after_capital(text: Text, number: Number, lead: str, *, measured: bool) -> bool:
    """`Boeing 737`, `Formula One`; not `In Iraq 40 people` and not the first word of a sentence before a number."""
    match = _CAPITAL_BEFORE.search(lead)
    if number.kind == "words" and text.body[number.start].isupper():
        return (
            match is not None and not measured and number.start != text.sentences[text.sentence_at(number.start)].start
        )
    if match is None or is_calendar_word(match["word"].rstrip(".")):
        return False
    word = match["word"].lower().rstrip(".")
    if number.scaled or "," in text.body[number.start : number.end]:
        return False
    if word in _NAMING:
        return True
    opens = number.start - len(match[0]) == text.sentences[text.sentence_at(number.start)].start
    return not measured and not opens and number.kind == "digits" and number.high is None


def is_pronoun(text: Text, number: Number, *, measured: bool, counts: bool) -> bool:
    """Whether `one` or `the two` stands for something instead of counting it.

    ``measured`` says that a unit follows, ``counts`` that a noun does.
    """
    body, start, end = text.body, number.start, number.end
    lead = body[max(start - 30, 0) : start]
    if number.kind != "words":
        return False
    if number.low == 0:
        return True
    if number.low == 1 and number.high is None:
        if measured:
            return bool(_MODAL.search(lead))
        return not (_ONE_COUNTED.match(body, end) or _ONE_BESIDE.search(lead)) or bool(_PRONOUN.search(lead))
    return not (measured or counts or body.startswith(" of", end)) and bool(_PRONOUN.search(lead))


def is_score(text: Text, number: Number) -> bool:
    """Whether a bare range is a score or a vote: `won 3 to 5`."""
    lead = text.body[max(number.start - 60, 0) : number.start]
    return number.high is not None and (number.join == "-" or bool(_SCORES.search(lead)))
