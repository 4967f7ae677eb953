"""How English names times: the vocabulary and the rules, as data, each with the example that called for it.

Of two rules that match at one place the earlier wins. Names in braces stand for the pieces above.
"""

MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
WEEKDAYS = {name: n for n, name in enumerate("mon tue wed thu fri sat sun".split())}
MONTH_WORDS = frozenset(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october "
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
    "CLOCK": r"(?:(?P<hour>2[0-3]|1\d|0?\d)(?: ?[:.] ?(?P<minute>[0-5]\d))? ?(?P<half>[AaPp])(?: ?\. ?[Mm](?: ?\.)?|[Mm]\b)"
    r"|(?P<hour24>2[0-3]|[01]?\d) ?: ?(?P<minute24>[0-5]\d)\b(?! ?- ?\d)(?: ?: ?[0-5]\d\b)?|(?P<word>[Nn]oon|[Mm]idnight))",
    "ZONE": r"(?: \(?(?:local time|GMT|UTC|BST|CEST|CET|EEST|EET|[ECMP][SD]?T)\b\)?)?",
    "ORDINAL": r"(?P<ordinal>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|1st|2nd|3rd|4th)(?: - |[- ])",
    "WHICH": r"(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Cc]urrent|[Tt]hat|[Pp]ast|[Tt]h(?:e|is) (?:past|last|next|following|"
    r"previous|coming|current|same))",
    "SPOKEN": r"(?P<spoken>(?:nineteen|eighteen|twenty) (?:hundred|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|"
    r"four|five|six|seven|eight|nine))?)|(?:the year )two thousand)\b",
}

# What it opens with (d: digit, m: month, a: weekday, w: another word), kind (what resolves it), pattern, example.
RULES: tuple[tuple[str, str, str, str], ...] = (
    ("d", "iso", r"\b(?P<date>\d{4}-\d\d-\d\d)(?:T(?P<time>\d\d:\d\d)\S{0,12})?\b", "on 2021-03-04"),
    ("d", "slashed", r"\b(?P<first>\d\d?)/(?P<second>\d\d?)/(?P<year>(?:19|20)\d\d)\b", "filed 3/14/2019"),
    ("dw", "moment", r"\b{CLOCK}{ZONE} ?,? ?(?:on )?(?P<when>{WDAY} ?,? {MONTH} ?{DAY}(?: ?,? ?{YEAR})?)", "7 p.m. on Friday, June 3"),
    ("dw", "moment", r"\b{CLOCK}{ZONE} ?,? ?(?:on )?(?P<when>{MONTH} ?{DAY}(?: ?,? ?{YEAR})?)", "5 p.m. EST, Nov. 6"),
    ("dw", "moment", r"\b{CLOCK}{ZONE} ?,? ?(?:on )?(?P<when>{WEEKDAY}(?: {PART})?\b|yesterday|today|tomorrow)", "10 p.m. Wednesday"),
    ("dw", "clock", r"\b{CLOCK}{ZONE}", "shortly after 7 a.m."),
    ("m", "days", r"\b{MONTH} ?{DAY}(?: ?[-–] ?| to | and ){LAST}(?: ?,? ?{YEAR})?", "on June 3-5, 2015"),
    ("d", "days", r"\b{DAY}(?: ?[-–] ?| to ){LAST} (?:of )?{MONTH}(?: ?,? ?{YEAR})?", "from 3 to 5 June 2015"),
    ("a", "day", r"\b{WDAY} ?,? (?:the )?{MONTH} ?{DAY}(?: ?,? ?{YEAR})?", "Sunday, March 15"),
    ("a", "day", r"\b{WDAY} ?,? (?:the )?{DAY} (?:of )?{MONTH}(?: ?,? ?{YEAR})?", "Sunday 15th March"),
    ("mw", "day", r"\b{EDGE}?{MONTH} ?{DAY}(?: ?,? ?{YEAR})?", "on March 15, 2007"),
    ("d", "day", r"\b{DAY} (?:of )?{MONTH}(?: ?,? ?{YEAR})?", "the 15th of March"),
    ("mw", "month", r"\b{EDGE}?{MONTH}(?:,| of| in)? ?(?:{YEAR}|{SPOKEN})", "in August 1988"),
    ("dw", "decade", r"(?:\b(?:the )?(?:early|late|mid)[- ]?)?\b(?P<decade>(?:1[5-9]|20)\d0|(?<=[’'])[2-9]0)[’']?s\b", "the 1990s"),
    ("dw", "decade", r"\bthe (?:early |late |mid-)?(?P<name>twenties|thirties|forties|fifties|sixties|seventies|eighties|"
     r"nineties)\b", "through the nineties"),
    ("dw", "century", r"\b(?:the )?(?:(?:early|late|mid)[- ])?(?P<number>1\d|20|21)(?:st|th)[- ]century\b", "the 20th century"),
    ("w", "quarter", r"\b(?:[Nn]ext|(?P<this>[Tt]his)|(?P<back>[Ll]ast)) year(?: ?[’']s)? {ORDINAL}(?P<span>quarter|half)\b",
     "next year's first quarter"),
    ("w", "quarter", r"\b(?:[Tt]he )?{YEAR} {ORDINAL}(?P<span>quarter|half)\b", "the 1988 second quarter"),
    ("w", "quarter", r"\b(?:(?:[Tt]he|[Ii]ts|[Ff]iscal|(?P<ago>year-ago))[- ])*{ORDINAL}(?P<span>quarter|half)\b"
     r"(?! of (?:the )?(?:game|match)|-? ?(?:mile|hour|dozen))(?: of (?:fiscal )?(?:{YEAR}|(?P<rel>this|last|next) year))?",
     "the third quarter of 1990"),
    ("w", "quarters", r"\b{ORDINAL}(?P<count>two|three) quarters of {YEAR}", "the first two quarters of 1990"),
    ("w", "year_before", r"\b(?:[Tt]he |[Aa] )?(?:[Ss]ame |[Cc]orresponding |[Cc]omparable )?[Yy]ear(?:[- ]| - )(?:ago|earlier)"
     r"(?: (?:period|quarter|month))?\b", "in the year-ago quarter"),
    ("w", "year_before", r"\b(?:[Tt]he )?(?:quarter|period) (?:a year (?:ago|earlier)|last year)\b", "the quarter a year ago"),
    ("w", "year_before", r"\b[Tt]he (?:[Ss]ame|[Cc]orresponding|[Cc]omparable) (?:period|quarter) (?:of |in )?"
     r"(?:last year|a year (?:ago|earlier))\b", "the corresponding period last year"),
    ("w", "year_before", r"\b[Ll]ast year[’']s (?:period|quarter)\b", "last year's quarter"),
    ("w", "period_of", r"\b[Tt]he {YEAR} (?:period|quarter)\b", "in the 1988 period"),
    ("w", "month_last_year", r"\b[Tt]h(?:is|e same) time last year\b", "around this time last year"),
    ("w", "relative_day", r"\b(?:(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly) (?:on )?)?(?P<day>[Tt]he day (?:before yesterday|after "
     r"tomorrow)|[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|[Ll]ast night)\b(?: {PART}\b)?", "later yesterday"),
    ("w", "relative_day", r"\b(?:[Ll]ater |[Ee]arlier )?(?P<day>[Tt]his (?:morning|afternoon|evening))\b", "later this evening"),
    ("w", "relative_day", r"\b(?:mid-)?(?:morning|afternoon|evening) (?P<day>yesterday|today)\b", "mid-afternoon yesterday"),
    ("aw", "weekday", r"\b(?P<every>[Ee]very|[Ee]ach) {WEEKDAY}\b(?: {PART}\b)?", "every Monday"),
    ("aw", "weekday", r"\b(?:{EDGE}(?:on )?)?(?:(?P<which>[Tt]his (?:past|coming)|[Tt]his|[Ll]ast|[Nn]ext|[Cc]oming) )?{WEEKDAY}"
     r"(?:(?P<many>s)|(?: {PART})?(?: of)?(?: (?P<week>last|this|next) week)?)\b", "until last Friday"),
    ("w", "season", r"\b{EDGE}?(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]he(?: early| late| past| coming)?) {SEASON}(?: of)?(?: {YEAR})?"
     r"(?! (?:Olympics|Games|school))", "this summer"),
    ("w", "season", r"\b(?:in|[Ee]arly|[Ll]ate|[Mm]id)[- ]{SEASON}(?: of)?(?: {YEAR})?", "late summer"),
    ("w", "end_of", r"\b(?:[Tt]he )?(?:[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle|rest|remainder) of (?P<which>this|next|last|the) {UNIT}",
     "by the end of the month"),
    ("w", "year_end", r"\b[Yy]ear(?: - |-| ?[’']s[- ]| )end\b", "by year end"),
    ("w", "month_named", r"\b(?:(?P<every>[Ee]very|[Ee]ach)|(?P<which>[Ll]ast|[Nn]ext|[Tt]his)) {MONTH}(?! (?:\d|have|be)\b)",
     "signed last May"),
    ("w", "month", r"\b{EDGE}{MONTHNAME}", "in early November"),
    ("m", "month", r"\b{MONTHNAME}(?= ?[’']s\b| ?[,.;:)”\"]| [a-z]|$|\n)", "the September figures"),
    ("w", "period", r"\b(?:{EDGE}|(?:[Ee]arlier|[Ll]ater) )?{WHICH} (?:full |fiscal |financial |calendar )*{UNIT}"
     r"(?! (?:or (?:so|two)\b|of the\b))", "earlier this month"),
    ("w", "period", r"\b(?:[Ee]arl(?:y|ier)|[Ll]ater?) in the (?P<unit>year|month|week|decade)\b", "earlier in the year"),
    ("w", "period", r"\b[Tt]he (?P<unit>weekend)\b", "over the weekend"),
    ("w", "period", r"\b(?:(?<=[Ff]or )[Tt]he (?:full )?(?P<unit>year)|[Tt]he full (?P<unit2>year))\b"
     r"(?! (?:end(?:ed|ing|s)|to|before|after|that|of)\b)", "for the full year"),
    ("w", "span_ended", r"\b(?:[Tt]he|[Ii]ts|[Aa]) (?:fiscal |financial |full )?(?P<unit>year|month|week)\b(?= end(?:ed|ing|s)\b)",
     "in the year ended March 31"),
    ("w", "latest", r"\b[Tt]he (?:latest|most recent) (?:period|quarter)\b", "in the latest quarter"),
    ("w", "latest", r"\b(?:[Tt]he|[Ii]ts) quarter\b(?! of\b| end(?:ed|ing|s)\b)", "for the quarter"),
    ("w", "quarter_ended", r"\b(?:[Tt]he|[Aa]) quarter (?=end(?:ed|ing|s) )", "the quarter ended Sept. 30"),
    ("w", "few_days", r"\b(?:[Tt]he |[Tt]hese )?(?:past|last) (?:few|couple of) days\b", "over the past few days"),
    ("w", "year", r"\b[Ff]iscal(?: year)? {YEAR}", "in fiscal 1989"),
    ("d", "years", r"(?<![$£€#.,:/\d-])\b{YEAR}(?: ?[-–/] ?| to | through )(?P<last>1[5-9]\d\d|20\d\d|\d\d)\b(?!,\d|\.\d|[-–/]\d)",
     "from 1995-2001"),
    ("dw", "year", r"(?<![$£€#.,:/\d-])(?<!\d )(?<![:$£€] )\b{EDGE}?(?:the year )?{YEAR}(?: and beyond)?(?![-–/]\d| ?:\d|[a-z])",
     "since 1972"),
    ("w", "year", r"\b{SPOKEN}(?! (?:people|men|women|dollars|feet|miles|thousand|percent|years)\b)", "in nineteen ninety-one"),
    ("w", "ago", r"\b(?:(?P<about>[Aa]bout|[Aa]lmost|[Nn]early|[Oo]ver|[Mm]ore than|[Ll]ess than|[Aa]round|[Jj]ust over) )?[Aa]n? "
     r"(?P<unit>week|month|year|decade|century|fortnight) (?P<way>ago|earlier)\b", "a year ago"),
    ("w", "every", r"\b(?:[Ee]very|[Ee]ach|[Pp]er) (?:(?P<count>two|three|four|five|six|other|second) )?{UNIT}", "each year"),
    ("w", "every", r"\b(?P<often>[Dd]aily|[Aa]nnually|[Nn]ightly)\b(?! [a-z]{4,}|-)", "leaving daily"),
    ("w", "every", r"(?<=[a-z\d%] )an? (?P<unit>year|month|week|day)\b(?=[ ]?(?:[,.;:)–—-]|$|(?:if|because|since|and|at|on the|in "
     r"[a-z]+|from|to|by|under|but|sold|paid|with)\b))", "two trains a week"),
)  # fmt: skip


OPENERS = frozenset(
    "the this last next current that past earlier later early late mid year fiscal its a an every each per daily annually "
    "nightly yesterday today tomorrow tonight first second third fourth same in noon midnight nineteen eighteen twenty "
    "morning afternoon evening beginning end start middle rest remainder quarter period about almost nearly over more "
    "less around just coming these cut".split()
)
"""Words, besides names of months and weekdays, that an expression can begin with."""

TRIGGERS = frozenset(
    "day week weekend month quarter quarters year years decade century morning afternoon evening night tonight tomorrow "
    "yesterday today fortnight spring summer autumn fall winter twenties thirties forties fifties sixties seventies "
    "eighties nineties nineteen eighteen twenty annually daily nightly noon midnight days half period time end".split()
)
"""Words one of which is in every expression that begins with an opener (if no year is)."""
