"""How sure a text is of a number: `about`, `more than`, `at least`, as ordered rules with their examples."""

import re

from newsledger.records import Qualifier

_NOISE = r"(?:a |an |some |just |only |merely |of |[a-z]{0,3}[$£€¥#] ?|be |further )*"

# What stands before a number, in small letters; the first that matches wins.
_BEFORE: tuple[tuple[Qualifier, str, str], ...] = (
    (
        "at_least",
        r"at (?:the very )?least|(?:no|not) (?:fewer|less|earlier|sooner) than|a minimum of|minimum",
        "at least 75",
    ),
    (
        "at_most",
        (
            r"at (?:the )?most|(?:no|not) (?:more|later) than|up to|as many as|as much as|as high as|as long as"
            r"|as far as|a maximum of|maximum|limited to"
        ),
        "up to ten",
    ),
    (
        "over",
        (
            r"more than|over|greater than|well over|in excess of|exceed(?:s|ed|ing)?|upwards? of|above"
            r"|topping|surpass(?:es|ed|ing)|north of|beyond|better than"
        ),
        "more than 300",
    ),
    ("under", r"(?:less|fewer|lower|smaller) than|(?:just |well )?under|below|short of|within", "fewer than 40"),
    (
        "about",
        (
            r"about|around|roughly|approximately|approx ?\.?|nearly|almost|close to|near|an? estimated"
            r"|estimated|some|circa|or so|in the region of|on the order of|virtually|barely|~|estimates? "
            r"(?:of|at|that)|about as many as"
        ),
        "roughly 6,500",
    ),
)
_RULES_BEFORE = tuple((name, re.compile(rf"(?:\b|(?=~))(?:{pattern}) ?{_NOISE}\Z")) for name, pattern, _ in _BEFORE)

_WORD = re.compile(r"[a-z]+|~")
_TELLING = frozenset(
    """least than minimum up most many much high long far maximum limited over excess exceed exceeds exceeded exceeding
    upward upwards above topping surpasses surpassed surpassing north beyond under below short within about around
    roughly approximately approx nearly almost close near estimated some circa or region order virtually barely ~
    estimate estimates""".split()
)
"""Each rule has one of these in it, and most numbers have none before them."""

_ACROSS = re.compile(
    r"\b(?!(?:for|of|by|to|at|is|was|are|were|after|just|well|in|lasted|took|spent|with|and|a|has|had)\b)[a-z]+ over \Z"
)
"""`made over four nights`: not more than four."""

_RAISED = re.compile(
    r"\b(?:br(?:ings?|inging|ought)|push(?:es|ed|ing)?|rais(?:es|ed|ing)|rose|climbed|went|gone)\b[^.;]{0,30} up to \Z"
)
"""`bringing the toll up to 212`: no bound."""

# What stands after a number (and its unit).
_AFTER: tuple[tuple[Qualifier, str, str], ...] = (
    ("over", r"\+(?!\d)|[- ]plus\b(?! \d)| and counting\b", "40-plus"),
    ("at_least", r"(?: [a-z]+)? or (?:more|higher|older|above|greater|better)\b", "20 or more"),
    (
        "at_most",
        r"(?: [a-z]+)? or (?:less|fewer|under|younger|below)\b|(?: [a-z]+)? at (?:the )?most\b",
        "ten or fewer",
    ),
    ("about", r"(?: [a-z]+)? or so\b|-odd\b|ish\b", "a year or so"),
    ("at_least", r"(?: [a-z]+)? at least\b", "two days at least"),
)
_RULES_AFTER = tuple((name, re.compile(pattern)) for name, pattern, _ in _AFTER)


def qualifier(body: str, start: int, end: int, *, between: bool) -> Qualifier:
    """The qualifier of the number in ``body[start:end]``; a range without one is ``between``."""
    before = body[max(start - 40, 0) : start]
    low = before.lower()
    for name, pattern in () if _TELLING.isdisjoint(_WORD.findall(low)) else _RULES_BEFORE:
        if name == "at_most" and before.endswith(" up to ") and _RAISED.search(before):
            return "exact"
        if pattern.search(low) and not (name == "over" and body[start].isalpha() and _ACROSS.search(before)):
            return name
    for name, pattern in _RULES_AFTER:
        if pattern.match(body, end):
            return name
    return "between" if between else "exact"
