"""How English names times: rules as data, each with the example that called for it.

Of two rules that match at one place the earlier wins. Names in braces stand for pieces of ``timewords``.
"""

# What it opens with (d: digit, m: month, a: weekday, w: another word), kind (what resolves it), pattern, example.
RULES: tuple[tuple[str, str, str, str], ...] = (
    ("d", "iso", r"\b(?P<date>\d{4}-\d\d-\d\d)(?:T(?P<time>\d\d:\d\d)\S{0,12})?\b", "on 2021-03-04"),
    ("d", "slashed", r"\b(?P<first>\d\d?)/(?P<second>\d\d?)/(?P<year>(?:19|20)\d\d)\b", "filed 3/14/2019"),
    (
        "dw",
        "moment",
        r"\b{CLOCK}{ZONE} ?,? ?(?:on )?(?P<when>{WDAY} ?,? {MONTH} ?{DAY}(?: ?,? ?{YEAR})?)",
        "7 p.m. on Friday, June 3",
    ),
    ("dw", "moment", r"\b{CLOCK}{ZONE} ?,? ?(?:on )?(?P<when>{MONTH} ?{DAY}(?: ?,? ?{YEAR})?)", "5 p.m. EST, Nov. 6"),
    (
        "dw",
        "moment",
        r"\b{CLOCK}{ZONE} ?,? ?(?:on )?(?P<when>{WEEKDAY}(?: {PART})?\b|yesterday|today|tomorrow)",
        "10 p.m. Wednesday",
    ),
    ("dw", "clock", r"\b{CLOCK}{ZONE}", "shortly after 7 a.m."),
    ("m", "days", r"\b{MONTH} ?{DAY}(?: ?[-–] ?| to | and ){LAST}(?: ?,? ?{YEAR})?", "on June 3-5, 2015"),
    ("d", "days", r"\b{DAY}(?: ?[-–] ?| to ){LAST} (?:of )?{MONTH}(?: ?,? ?{YEAR})?", "from 3 to 5 June 2015"),
    ("a", "day", r"\b{WDAY} ?,? (?:the )?{MONTH} ?{DAY}(?: ?,? ?{YEAR})?", "Sunday, March 15"),
    ("a", "day", r"\b{WDAY} ?,? (?:the )?{DAY} (?:of )?{MONTH}(?: ?,? ?{YEAR})?", "Sunday 15th March"),
    ("mw", "day", r"\b{EDGE}?{MONTH} ?{DAY}(?: ?,? ?{YEAR})?", "on March 15, 2007"),
    ("d", "day", r"\b{DAY} (?:of )?{MONTH}(?: ?,? ?{YEAR})?", "the 15th of March"),
    ("mw", "month", r"\b{EDGE}?{MONTH}(?:,| of| in)? ?(?:{YEAR}|{SPOKEN})", "in August 1988"),
    (
        "dw",
        "decade",
        r"\b(?:the )?(?:(?:early|late|mid)[- ]?)?[’']?(?P<decade>(?:1[5-9]|20)\d0|(?<=[’'])[2-9]0)[’']?s\b",
        "the 1990s",
    ),
    (
        "dw",
        "decade",
        (
            r"\bthe (?:early |late |mid-)?(?P<name>twenties|thirties|forties|fifties|sixties|seventies"
            r"|eighties|nineties)\b"
        ),
        "through the nineties",
    ),
    (
        "dw",
        "century",
        r"\b(?:the )?(?:(?:early|late|mid)[- ])?(?P<number>1\d|20|21)(?:st|th)[- ]century\b",
        "the 20th century",
    ),
    (
        "w",
        "quarter",
        (
            r"\b(?:[Nn]ext|(?P<this>[Tt]his)|(?P<back>[Ll]ast)) year(?: ?[’']s)? {ORDINAL}(?P<span>quarter"
            r"|half)\b"
        ),
        "next year's first quarter",
    ),
    ("w", "quarter", r"\b(?:[Tt]he )?{YEAR} {ORDINAL}(?P<span>quarter|half)\b", "the 1988 second quarter"),
    (
        "w",
        "quarter",
        (
            r"\b(?:(?:[Tt]he|[Ii]ts|[Ff]iscal|(?P<ago>year-ago))[- ])*{ORDINAL}(?P<span>quarter|half)\b"
            r"(?! of (?:the )?(?:game|match)|-? ?(?:mile|hour|dozen))(?: of (?:fiscal )?(?:{YEAR}|"
            r"(?P<rel>this|last|next) year))?"
        ),
        "the third quarter of 1990",
    ),
    ("w", "quarters", r"\b{ORDINAL}(?P<count>two|three) quarters of {YEAR}", "the first two quarters of 1990"),
    (
        "w",
        "year_before",
        (
            r"\b(?:[Tt]he |[Aa] )?(?:[Ss]ame |[Cc]orresponding |[Cc]omparable )?[Yy]ear(?:[- ]| - )(?:ago"
            r"|earlier)(?: (?:period|quarter|month))?\b"
        ),
        "in the year-ago quarter",
    ),
    (
        "w",
        "year_before",
        r"\b(?:[Tt]he )?(?:quarter|period) (?:a year (?:ago|earlier)|last year)\b",
        "the quarter a year ago",
    ),
    (
        "w",
        "year_before",
        (
            r"\b[Tt]he (?:[Ss]ame|[Cc]orresponding|[Cc]omparable) (?:period|quarter) (?:of |in )?(?:last year"
            r"|a year (?:ago|earlier))\b"
        ),
        "the corresponding period last year",
    ),
    ("w", "year_before", r"\b[Ll]ast year[’']s (?:period|quarter)\b", "last year's quarter"),
    ("w", "period_of", r"\b[Tt]he {YEAR} (?:period|quarter)\b", "in the 1988 period"),
    ("w", "month_last_year", r"\b[Tt]h(?:is|e same) time last year\b", "around this time last year"),
    (
        "w",
        "relative_day",
        (
            r"\b(?:(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly) (?:on )?)?(?P<day>[Tt]he day (?:before yesterday"
            r"|after tomorrow)|[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|[Ll]ast night)\b(?: {PART}\b)?"
        ),
        "later yesterday",
    ),
    (
        "w",
        "relative_day",
        r"\b(?:[Ll]ater |[Ee]arlier )?(?P<day>[Tt]his (?:morning|afternoon|evening))\b",
        "later this evening",
    ),
    (
        "w",
        "relative_day",
        r"\b(?:mid-)?(?:morning|afternoon|evening) (?P<day>yesterday|today)\b",
        "mid-afternoon yesterday",
    ),
    ("aw", "weekday", r"\b(?P<every>[Ee]very|[Ee]ach) {WEEKDAY}\b(?: {PART}\b)?", "every Monday"),
    (
        "aw",
        "weekday",
        (
            r"\b(?:{EDGE}(?:on )?)?(?:(?P<which>[Tt]his (?:past|coming)|[Tt]his|[Ll]ast|[Nn]ext|[Cc]oming) )"
            r"?{WEEKDAY}(?:(?P<many>s)|(?: {PART})?(?: of)?(?: (?P<week>last|this|next) week)?)\b"
        ),
        "until last Friday",
    ),
    (
        "w",
        "season",
        (
            r"\b{EDGE}?(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Tt]he(?: early| late| past| coming)?) {SEASON}"
            r"(?: of)?(?: {YEAR})?(?! (?:Olympics|Games|school))"
        ),
        "this summer",
    ),
    ("w", "season", r"\b(?:in|[Ee]arly|[Ll]ate|[Mm]id)[- ]{SEASON}(?: of)?(?: {YEAR})?", "late summer"),
    (
        "w",
        "end_of",
        (
            r"\b(?:[Tt]he )?(?:[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle|rest|remainder) of (?P<which>this|next"
            r"|last|the) {UNIT}"
        ),
        "by the end of the month",
    ),
    ("w", "year_end", r"\b[Yy]ear(?: - |-| ?[’']s[- ]| )end\b", "by year end"),
    (
        "w",
        "month_named",
        (
            r"\b(?:(?P<every>[Ee]very|[Ee]ach)|(?P<which>[Ll]ast|[Nn]ext|[Tt]his)) {MONTH}(?! (?:\d|have|be)"
            r"\b)"
        ),
        "signed last May",
    ),
    ("mw", "month", r"\b{EDGE}?{MONTHNAME} (?:of )?(?P<rel>this|last|next) year\b", "by March of next year"),
    ("w", "month", r"\b{EDGE}{MONTHNAME}", "in early November"),
    ("m", "month", r"\b{MONTHNAME}(?= ?[’']s\b| ?[,.;:)”\"]| [a-z]|$|\n)", "the September figures"),
    (
        "w",
        "period",
        (
            r"\b(?:{EDGE}|(?:[Ee]arlier|[Ll]ater) )?{WHICH} (?:full |fiscal |financial |calendar )*{UNIT}(?! "
            r"(?:or (?:so|two)\b|of the\b))"
        ),
        "earlier this month",
    ),
    (
        "w",
        "period",
        r"\b(?:[Ee]arl(?:y|ier)|[Ll]ater?) in the (?P<unit>year|month|week|decade)\b",
        "earlier in the year",
    ),
    ("w", "period", r"\b[Tt]he (?P<unit>weekend)\b", "over the weekend"),
    (
        "w",
        "period",
        (
            r"\b(?:(?<=[Ff]or )[Tt]he (?:full )?(?P<unit>year)|[Tt]he full (?P<unit2>year))\b(?! (?:end(?:ed"
            r"|ing|s)|to|before|after|that|of)\b)"
        ),
        "for the full year",
    ),
    (
        "w",
        "span_ended",
        (
            r"\b(?:[Tt]he|[Ii]ts|[Aa]) (?:fiscal |financial |full )?(?P<unit>year|month|week)\b(?= end(?:ed"
            r"|ing|s)\b)"
        ),
        "in the year ended March 31",
    ),
    ("w", "latest", r"\b[Tt]he (?:latest|most recent) (?:period|quarter)\b", "in the latest quarter"),
    ("w", "latest", r"\b(?:[Tt]he|[Ii]ts) quarter\b(?! of\b| end(?:ed|ing|s)\b)", "for the quarter"),
    ("w", "quarter_ended", r"\b(?:[Tt]he|[Aa]) quarter\b(?= end(?:ed|ing|s) )", "the quarter ended Sept. 30"),
    ("w", "few_days", r"\b(?:[Tt]he |[Tt]hese )?(?:past|last) (?:few|couple of) days\b", "over the past few days"),
    (
        "w",
        "open_length",
        (
            r"\b(?:(?:(?:[Tt]he|[Tt]hese) )?(?:past|last|next|coming|recent) (?:few |several "
            r"|couple of )?|[Aa] few |[Ss]everal"
            r" |[Mm]any )(?:more )?(?P<units>hour|day|week|month|year|decade)s\b(?! ago\b)"
        ),
        "in recent weeks",
    ),
    ("w", "year", r"\b[Ff]iscal(?: year)? {YEAR}", "in fiscal 1989"),
    (
        "d",
        "years",
        (
            r"(?<![$£€#.,:/\d-])\b{YEAR}(?: ?[-–/] ?(?P<short>1[5-9]\d\d|20\d\d|\d\d)|(?: to | through )"
            r"(?P<last>1[5-9]\d\d|20\d\d))\b(?!,\d|\.\d|[-–/]\d|%| ?per ?cent)"
        ),
        "from 1995-2001",
    ),
    (
        "dw",
        "year",
        (
            r"(?<![$£€#.,:/\d-])(?<!\d )(?<![:$£€] )\b{EDGE}?(?:the year )?{YEAR}(?: and beyond)?(?![-–/]\d"
            r"| ?:\d|[a-z])"
        ),
        "since 1972",
    ),
    (
        "w",
        "year",
        r"\b{SPOKEN}(?! (?:people|men|women|dollars|feet|miles|thousand|percent|years)\b)",
        "in nineteen ninety-one",
    ),
    (
        "w",
        "ago",
        (
            r"\b(?:(?P<about>[Aa]bout|[Aa]lmost|[Nn]early|[Oo]ver|[Mm]ore than|[Ll]ess than|[Aa]round"
            r"|[Jj]ust over) )?[Aa]n? (?P<unit>week|month|year|decade|century|fortnight) (?P<way>ago|earlier)"
            r"\b"
        ),
        "about a month ago",
    ),
    (
        "w",
        "every",
        r"\b(?:[Ee]very|[Ee]ach|[Pp]er) (?:(?P<count>two|three|four|five|six|other|second) )?{UNIT}",
        "each year",
    ),
    ("w", "every", r"\b(?P<often>daily|annually|nightly)\b(?! [a-z]{4,}|-)", "leaving daily"),
    (
        "w",
        "every",
        (
            r"(?<=[a-z\d%] )an? (?P<unit>year|month|week|day)\b(?=[ ]?(?:[,.;:)–—-]|$|(?:if|because|since|and"
            r"|at|on the|in [a-z]+|from|to|by|under|but|sold|paid|with)\b))"
        ),
        "two trains a week",
    ),
)
