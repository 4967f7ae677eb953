"""Where a noun phrase begins and ends, and which of its words are a name: positions of tokens only.

There is no parser: a phrase ends at a verb and begins where nothing of a phrase can stand.
"""

from newsledger.extract.english.quotes.clauses import NAME, QUOTED, WORD, Token
from newsledger.extract.english.quotes.cues import (
    ARTICLES,
    AUXILIARIES,
    CLAUSE_OPENERS,
    DETERMINERS,
    NOUNS_TOO,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    VERBS,
    WEEKDAYS,
    can_speak,
)
from newsledger.text import Span

TITLES = frozenset(
    """mr mrs ms miss dr sir lord lady dame rep reps sen sens gov gen col lt sgt capt cmdr adm maj prof rev hon
    president vice chancellor premier prime minister secretary senator congressman congresswoman representative
    governor mayor chairman chairwoman chair director general colonel major captain lieutenant sergeant admiral
    commander judge justice professor doctor reverend father brother sister pope king queen prince princess
    spokesman spokeswoman spokesperson attorney ambassador speaker leader candidate nominee chief officer detective
    sheriff deputy commissioner superintendent councilman councilwoman councillor alderman del delegate assemblyman
    assemblywoman founder ceo coach editor analyst correspondent reporter host author executive manager adviser
    advisor strategist pollster economist co-host coordinator treasurer undersecretary sultan emir sheikh ayatollah
    imam rabbi bishop archbishop cardinal pastor foreign defence defense interior""".split()
)
_RELATIVES = frozenset("who that which".split())
PARTICLES = frozenset("de del della van von der den bin ibn al el la le du da di dos".split())
OF_NAMES = frozenset("of for".split())
VERBISH = frozenset(
    """is was are were be been being has have had do does did will would can could may might must shall should isn't
    wasn't aren't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't shouldn't he's
    she's it's that's there's i'm we're they're you're went came made took got left won lost ran met led became
    remains seems appears says said told thinks wants gave began kept sat stood fell held spent sent built brought
    paid bought sold rose grew drew drove chose broke threw flew knew caught taught fought sought thought wore stole
    dealt meant""".split()
)
_FINITE = VERBISH | {form for form, cue in VERBS.items() if cue.form in {"ed", "s"} and form not in NOUNS_TOO}
"""Words that are most likely finite verbs."""
NOT_ADVERBS = frozenset("family ally only july italy assembly rally reply supply belly bully fly early anomaly".split())
_LINKS = PREPOSITIONS | DETERMINERS
_LOOSE_ENDS = _LINKS | {"and"}
_LEADS = PREPOSITIONS | TIMES | {"earlier"}
_TIMES_ALONE = TIMES - DETERMINERS
_WHEN = TIMES - {"the", "a", "this"}
_OPENING = DETERMINERS - {"this", "that"}
_MODIFIERS = PREPOSITIONS | {"who", "that"}
REACH = 60
"""Tokens that a phrase can be long."""
NOT_OBJECTS = frozenset(
    "statement interview email tweet post letter memo speech press conference twitter facebook phone call".split()
)
_NO_PARTS = NOT_OBJECTS | WEEKDAYS | (_TIMES_ALONE - PREPOSITIONS)
"""On Monday, in a statement: circumstances of speaking, not parts of a speaker."""


def over(tokens: tuple[Token, ...], first: int, last: int) -> Span:
    """The characters from one token to another, possessive endings left out."""
    end = tokens[last].end
    return Span(tokens[first].start, end - 2 if tokens[last].possessive and tokens[last].word else end)


def is_adverbial(token: Token) -> bool:
    """Whether the word may stand between a subject and its verb: `also`, `had`, `repeatedly`."""
    if token.kind != WORD:
        return False
    word = token.word
    return word in AUXILIARIES or (word.endswith("ly") and len(word) > 4 and word not in NOT_ADVERBS)


def is_verbish(token: Token) -> bool:
    """Whether the word is most likely a finite verb."""
    return token.kind == WORD and not token.possessive and token.word in _FINITE


def skip_adverbials(tokens: tuple[Token, ...], index: int) -> tuple[int, tuple[str, ...]]:
    """Go left over adverbs, auxiliaries, times and brackets."""
    skipped: list[str] = []
    while index >= 0 and len(skipped) < REACH:
        token = tokens[index]
        if is_adverbial(token):
            skipped.append(token.word)
            index -= 1
        elif token.kind in ")]":
            opening = next((k for k in range(index - 1, max(index - 12, -1), -1) if tokens[k].kind in "(["), None)
            if opening is None:
                break
            index = opening - 1
        elif (start := time_start(tokens, index)) is not None:
            index = start - 1
        else:
            break
    return index, tuple(skipped)


def time_start(tokens: tuple[Token, ...], index: int) -> int | None:
    """First token of a time expression that ends here: `on Monday`, `last week`, `earlier this month`."""
    start, strong = index, False
    while start >= 0 and (tokens[start].word in TIMES or tokens[start].word.isdigit()):
        word = tokens[start].word
        strong = strong or word in WEEKDAYS or word.rstrip("s") in {"week", "month", "year"}
        strong = strong or (len(word) == 4 and word.isdigit())
        start -= 1
    return start + 1 if strong and start < index else None


def before_bracket(tokens: tuple[Token, ...], index: int) -> int:
    """The token before a bracket that closes here: `Jane Roe (R-Ohio)`."""
    if index < 0 or tokens[index].kind not in {")", "]"}:
        return index
    return next((k - 1 for k in range(index - 1, max(index - 12, -1), -1) if tokens[k].kind in {"(", "["}), index)


def phrase_start(tokens: tuple[Token, ...], end: int) -> int | None:
    """Where the phrase that ends here begins: after a mark, a conjunction or a verb."""
    start = end
    while start > max(end - REACH, 0):
        step = _step_left(tokens, start)
        if not step:
            break
        start -= step
    return start


def _step_left(tokens: tuple[Token, ...], start: int) -> int:
    """How many tokens more belong to the phrase that begins here; 0 where it ends."""
    token = tokens[start - 1]
    if token.kind in {")", "]"}:
        return start - 1 - before_bracket(tokens, start - 1)
    if token.kind == NAME or (token.kind == QUOTED and is_nickname(tokens, start - 1)):
        return 1
    if token.kind != WORD or (token.word == "and" and not joins(tokens, start - 1)):
        return 0
    if token.word in CLAUSE_OPENERS and token.word != "and":
        # The people who were there.
        relative = token.word in _RELATIVES and (is_verbish(tokens[start]) or is_adverbial(tokens[start]))
        return int(relative)
    ends = is_verbish(token) or token.word in PRONOUNS or is_past(tokens, start - 1)
    return int(not ends or (start >= 2 and tokens[start - 2].word in _RELATIVES))


def is_past(tokens: tuple[Token, ...], index: int) -> bool:
    """`they turned`, `Roe attacked`: a past form right after a pronoun or a name."""
    if index < 1 or not tokens[index].word.endswith("ed"):
        return False
    before = tokens[index - 1]
    return not before.possessive and (before.kind == NAME or before.word in PRONOUNS)


def is_nickname(tokens: tuple[Token, ...], index: int) -> bool:
    """Robert “Bobby” Roe."""
    if tokens[index].kind != QUOTED or not 0 < index < len(tokens) - 1 or tokens[index].end - tokens[index].start > 25:
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    return tokens[index].word != "," and before.kind == NAME and not before.possessive and after.kind == NAME


def joins(tokens: tuple[Token, ...], conjunction: int) -> bool:
    """Whether `and` joins two names or nouns here rather than two clauses: no verb stands before it."""
    if conjunction < 1 or tokens[conjunction - 1].kind not in {NAME, WORD} or tokens[conjunction + 1].word in PRONOUNS:
        return False
    for index in range(conjunction - 1, max(conjunction - 12, -1), -1):
        token = tokens[index]
        if token.kind not in {NAME, WORD} or (token.kind == WORD and token.word in CLAUSE_OPENERS):
            return True
        if is_verbish(token) or is_adverbial(token) or token.word == "to" or token.word in PRONOUNS:
            return False
        if (
            token.kind == WORD
            and token.word.endswith("ed")
            and token.word != "united"
            and index
            and (tokens[index - 1].word not in DETERMINERS)
        ):
            return False
    return conjunction <= 12


def without_lead(tokens: tuple[Token, ...], start: int, end: int) -> int:
    """Skip `On Monday`, `In an interview`, `Still` at the head of a phrase that ends at a verb."""
    while start <= end and is_adverbial(tokens[start]) and tokens[start].word not in DETERMINERS:
        start += 1
    if start > end or tokens[start].kind != WORD or tokens[start].word not in _LEADS:
        return start
    if tokens[start].word in DETERMINERS and not (start < end and tokens[start + 1].word in TIMES):
        return start
    for index in range(end, start, -1):
        token, previous = tokens[index], tokens[index - 1]
        inside = previous.word in _LINKS and previous.word not in _WHEN
        if inside or previous.possessive or token.word in _TIMES_ALONE:
            continue
        if token.kind == NAME and previous.kind == WORD:
            return index
        if token.kind == WORD and (token.word in _OPENING or token.word in PRONOUNS):
            return index
        if token.kind == WORD and previous.word in TIMES and can_speak(token.word):
            return index
    return end + 1


def name_at_end(tokens: tuple[Token, ...], start: int, end: int) -> tuple[int, int] | None:
    """The name in which a phrase ends, titles left out; None where the phrase only mentions a name."""
    if tokens[end].kind != NAME:
        return None
    first = run_start(tokens, start, end)
    while first - 2 >= start and tokens[first - 1].word in _LINKS:
        # The University of Glasgow, the Institute for the Study of War; but: a spokesman for Mrs. Clinton.
        joint = first - 1
        while joint > start and tokens[joint].word in DETERMINERS:
            joint -= 1
        if tokens[joint].word not in PREPOSITIONS:
            break
        if tokens[joint].word not in OF_NAMES or tokens[joint - 1].kind != NAME or tokens[joint - 1].possessive:
            return None
        first = run_start(tokens, start, joint - 1)
    return without_titles(tokens, first, end)


def run_start(tokens: tuple[Token, ...], start: int, end: int) -> int:
    """First word of the run of capitals that ends here."""
    first = end
    while first > max(start, end - REACH):
        previous = tokens[first - 1]
        named = previous.kind == NAME and not previous.possessive
        particle = previous.word in PARTICLES and first - 2 >= start and tokens[first - 2].kind == NAME
        joined = previous.word in {"and", "&"} and first - 2 >= start and tokens[first - 2].kind == NAME
        nickname = previous.kind == QUOTED and is_nickname(tokens, first - 1)
        if not (named or particle or joined or nickname):
            break
        first -= 1
    return first


def without_titles(tokens: tuple[Token, ...], first: int, last: int) -> tuple[int, int] | None:
    """Oversight Chairman Jane Roe: the words after the last title; all of them when nothing would be left."""
    if any(token.word == "and" for token in tokens[first:last]):
        return first, last  # Mr. Roe and Mrs. Doe
    for index in range(last - 1, first - 1, -1):
        if tokens[index].word.rstrip(".") in TITLES:
            following = tokens[index + 1]
            return (index + 1, last) if following.kind == NAME else (first, last)
    return first, last


def modifies(token: Token) -> bool:
    """Whether what follows a noun belongs to it: `protesters marching`, `people at`, `a man who`."""
    return token.kind == WORD and (token.word in _MODIFIERS or token.word.endswith(("ing", "ed")))


def phrase_end(tokens: tuple[Token, ...], first: int) -> int:
    """Last token of a phrase that begins here."""
    end = first - 1
    for index in range(first, min(first + 26, len(tokens))):
        if tokens[index].kind != QUOTED or not is_nickname(tokens, index):
            if _ends_phrase(tokens, index, first):
                break
            end = index
    while end > first and (tokens[end].word in _LOOSE_ENDS or is_adverbial(tokens[end])):
        end -= 1
    return end


def _ends_phrase(tokens: tuple[Token, ...], index: int, first: int) -> bool:
    """Whether the phrase that began at ``first`` is over before this token."""
    token = tokens[index]
    if token.kind == NAME:
        return False
    if token.kind != WORD or is_verbish(token) or token.word in WEEKDAYS or token.word in {"yesterday", "today"}:
        return True
    before = tokens[index - 1] if index > first else None
    following = range(index + 1, min(index + 4, len(tokens)))
    if token.word in CLAUSE_OPENERS:
        joins = token.word == "and" and before is not None and following and tokens[index + 1].kind == before.kind
        return not joins
    if token.word in ARTICLES and before is not None:
        # Told the council | the bridge was closed.
        return before.word not in _LOOSE_ENDS
    return token.word in PREPOSITIONS and any(tokens[k].word in _NO_PARTS for k in following)


def name_in(tokens: tuple[Token, ...], first: int, until: int, end: int) -> tuple[int, int] | None:
    """The name at the head: the last run of capitals before a preposition; an organisation's `of` belongs to it."""
    last = until
    while last >= first and tokens[last].kind == WORD and tokens[last].word in PREPOSITIONS:
        last -= 1
    if last < first or tokens[last].kind != NAME or tokens[last].possessive:
        return None
    start = run_start(tokens, first, last)
    titled = all(tokens[k].word.rstrip(".") in TITLES for k in range(start, last + 1))
    if until < end and tokens[until + 1].word in OF_NAMES and tokens[last].word not in {"republicans", "democrats"}:
        nxt = until + 2
        while nxt <= end and tokens[nxt].word in DETERMINERS:
            nxt += 1
        if nxt <= end and tokens[nxt].kind == NAME and (start == last or titled):
            while nxt < end and tokens[nxt + 1].kind == NAME:
                nxt += 1
            return start, nxt
    return without_titles(tokens, start, last)
