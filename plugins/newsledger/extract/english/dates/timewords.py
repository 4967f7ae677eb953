"""The words that English names times with, and the pieces that its rules are made of."""

MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
WEEKDAYS = {name: n for n, name in enumerate("mon tue wed thu fri sat sun".split())}
MONTH_WORDS = frozenset(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july"
    " august september october "
    "november december".split()
)
WEEKDAY_WORDS = frozenset(
    [f"{day}day{s}" for day in "mon tues wednes thurs fri satur sun".split() for s in ("", "s")]
    + "mon tue tues wed thu thur thurs fri sat sun".split()
)


_LONG = "January|February|April|June|July|August|September|October|November|December"
PIECES = {
    # `May` and `March` stand here because a number or a preposition beside them is asked for wherever this is used.
    "MONTH": rf"(?P<month>(?:{_LONG}|May|March|{_LONG.upper()}|MAY|MARCH)\b"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b(?: ?\.)?)",
    "MONTHNAME": rf"(?P<month>(?:{_LONG}|May|March)\b|(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec) ?\.)",
    "DAY": r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![%°]|,\d\d\d|\.\d| (?:[mb]illion|thousand|per ?cent)\b)",
    "LAST": r"(?P<last>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![%°:]|,\d\d\d|\.\d)",
    "YEAR": r"(?P<year>1[5-9]\d\d|20\d\d)\b(?!,\d\d\d|\.\d|%| ?percent)",
    "WEEKDAY": r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY)",
    "WDAY": r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b"
    r"|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY)(?: ?\.)?",
    "PART": r"(?:morning|afternoon|evening|night|lunchtime)",
    "UNIT": r"(?P<unit>day|weekend|week|fortnight|month|quarter|year|decade|century)\b",
    "SEASON": r"(?P<season>spring|summer|autumn|fall|winter)\b",
    "EDGE": r"(?:(?:[Tt]he )?(?:[Ee]arly|[Ll]ate|[Mm]id|[Ee]arlier|[Ll]ater|[Bb]eginning of|[Ee]nd of|[Ss]tart of"
    r"|[Mm]iddle of)[ -](?:in )?)",
    "CLOCK": r"(?:(?P<hour>2[0-3]|1\d|0?\d)(?: ?[:.] ?(?P<minute>[0-5]\d))? ?(?P<half>[AaPp])(?: ?\. ?[Mm]"
    r"(?: ?\.)?|[Mm]\b)|(?P<hour24>2[0-3]|[01]?\d) ?: ?(?P<minute24>[0-5]\d)\b(?! ?- ?\d)(?: ?: ?[0-5]\d\b)?|"
    r"(?P<word>[Nn]oon|[Mm]idnight))",
    "ZONE": r"(?: \(?(?:local time|GMT|UTC|BST|CEST|CET|EEST|EET|[ECMP][SD]?T)\b\)?)?",
    "ORDINAL": r"(?P<ordinal>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|1st|2nd|3rd|4th)(?: - |[- ])",
    "WHICH": r"(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Cc]urrent|[Tt]hat|[Pp]ast|[Tt]h(?:e|is) (?:past|last|next|following|"
    r"previous|coming|current|same))",
    "SPOKEN": r"(?P<spoken>(?:nineteen|eighteen|twenty) (?:hundred|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|"
    r"four|five|six|seven|eight|nine))?)|(?:the year )two thousand)\b",
}

OPENERS = frozenset(
    """the this last next current that past earlier later early late mid year fiscal its a an every each per daily
    annually nightly yesterday today tomorrow tonight first second third fourth same in noon midnight nineteen
    eighteen twenty several many few recent morning afternoon evening beginning end start middle rest remainder
    quarter period about almost nearly over more less around just coming these cut""".split()
)
"""Words, besides names of months and weekdays, that an expression can begin with."""

TRIGGERS = frozenset(
    """day days weeks months hours decades week weekend month quarter quarters year years decade century morning
    afternoon evening night tonight tomorrow yesterday today fortnight spring summer autumn fall winter twenties
    thirties forties fifties sixties seventies eighties nineties nineteen eighteen twenty annually daily nightly
    noon midnight days half period time end""".split()
)
"""Words one of which is in every expression that begins with an opener (if no year is)."""
