"""Noun phrases that say something: read to the left or to the right of a verb of speech.

There is no parser: a phrase ends at the verb and begins where nothing of a phrase can stand. What cannot be read with
confidence is None.
"""

import re
from typing import NamedTuple

from newsledger.extract.english.clauses import NAME, QUOTED, WORD, Sentence, Token
from newsledger.extract.english.cues import (
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
    """mr mrs ms miss dr sir lord lady dame rep reps sen sens gov gen col lt sgt capt cmdr adm maj prof rev hon president
    vice chancellor premier prime minister secretary senator congressman congresswoman representative governor mayor
    chairman chairwoman chair director general colonel major captain lieutenant sergeant admiral commander judge justice
    professor doctor reverend father brother sister pope king queen prince princess spokesman spokeswoman spokesperson
    attorney ambassador speaker leader candidate nominee chief officer detective sheriff deputy commissioner
    superintendent councilman councilwoman councillor alderman del delegate assemblyman assemblywoman founder ceo coach
    editor analyst correspondent reporter host author executive manager adviser advisor strategist pollster economist
    co-host coordinator treasurer undersecretary sultan emir sheikh ayatollah imam rabbi bishop archbishop cardinal
    pastor foreign defence defense interior""".split()
)
_PARTICLES = frozenset("de del della van von der den bin ibn al el la le du da di dos".split())
_OF_NAMES = frozenset("of for".split())
_VERBISH = frozenset(
    """is was are were be been being has have had do does did will would can could may might must shall should isn't
    wasn't aren't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't shouldn't he's she's
    it's that's there's i'm we're they're you're went came made took got left won lost ran met led became remains seems
    appears says said told thinks wants gave began kept sat stood fell held got spent sent built brought""".split()
)
_NOT_ADVERBS = frozenset(
    "family ally only july italy assembly rally reply supply belly bully fly early anomaly".split()
)
_ADVERBIAL_OPENERS = PREPOSITIONS | frozenset(
    """when while if although though because as since unless once where however meanwhile still instead today yesterday
    earlier later then now asked speaking according moreover furthermore additionally also thus therefore indeed
    nevertheless nonetheless similarly likewise overall ultimately finally first second third last next also yet but and
    so or""".split()
)
_REACH = 60
"""Tokens that a phrase can be long."""
_CONJUNCTIONS = frozenset("but and so yet or".split())
_NOT_OBJECTS = frozenset(
    "statement interview email e-mail tweet post letter memo speech press conference twitter facebook phone call".split()
)


class Source(NamedTuple):
    """A phrase that names who speaks."""

    span: Span
    kind: str
    """``name``, ``pronoun`` or ``description``."""
    phrase: Span
    """The whole phrase: the name with its titles and appositions as far as they were read."""


def _over(tokens: tuple[Token, ...], first: int, last: int) -> Span:
    """The characters from one token to another, possessive endings left out."""
    end = tokens[last].end
    return Span(tokens[first].start, end - 2 if tokens[last].possessive and tokens[last].word else end)


def is_adverbial(token: Token) -> bool:
    """Whether the word may stand between a subject and its verb: `also`, `had`, `repeatedly`."""
    if token.kind != WORD:
        return False
    word = token.word
    return word in AUXILIARIES or (word.endswith("ly") and len(word) > 4 and word not in _NOT_ADVERBS)


def is_verbish(token: Token) -> bool:
    """Whether the word is most likely a finite verb."""
    if token.kind != WORD or token.possessive:
        return False
    cue = VERBS.get(token.word)
    return token.word in _VERBISH or (cue is not None and cue.form in {"ed", "s"} and token.word not in NOUNS_TOO)


class Subject(NamedTuple):
    """What stands before a verb."""

    source: Source | None
    skipped: tuple[str, ...]
    """Adverbs and auxiliaries between them, nearest first."""
    at: int
    """The token at which the phrase should end."""


def before(sentence: Sentence, verb: int) -> Subject:
    """The subject that stands before a verb."""
    tokens = sentence.tokens
    index, skipped = _skip_adverbials(tokens, verb - 1)
    if index < 0 or "to" in skipped[:1]:
        return Subject(None, skipped, index)
    token = tokens[index]
    if token.kind == ",":
        source = _before_commas(sentence, index)
    elif token.kind == "—":
        source = _before_dashes(sentence, index)
    else:
        source = None if token.possessive else ending_at(sentence, index)
    return Subject(source, skipped, index)


def _skip_adverbials(tokens: tuple[Token, ...], index: int) -> tuple[int, tuple[str, ...]]:
    """Go left over adverbs, auxiliaries, times and brackets."""
    skipped: list[str] = []
    while index >= 0 and len(skipped) < _REACH:
        token = tokens[index]
        if is_adverbial(token):
            skipped.append(token.word)
            index -= 1
        elif token.kind in ")]":
            opening = next((k for k in range(index - 1, max(index - 12, -1), -1) if tokens[k].kind in "(["), None)
            if opening is None:
                break
            index = opening - 1
        elif (start := _time_start(tokens, index)) is not None:
            index = start - 1
        else:
            break
    return index, tuple(skipped)


def _time_start(tokens: tuple[Token, ...], index: int) -> int | None:
    """First token of a time expression that ends here: `on Monday`, `last week`, `earlier this month`."""
    start, strong = index, False
    while start >= 0 and (tokens[start].word in TIMES or tokens[start].word.isdigit()):
        word = tokens[start].word
        strong = strong or word in WEEKDAYS or word.rstrip("s") in {"week", "month", "year"}
        strong = strong or (len(word) == 4 and word.isdigit())
        start -= 1
    return start + 1 if strong and start < index else None


def ending_at(sentence: Sentence, end: int) -> Source | None:
    """The phrase whose last word this is; a possessive ending is left out."""
    tokens = sentence.tokens
    last = tokens[end]
    if last.kind not in {NAME, WORD} or last.word == "to":
        return None
    if last.kind == WORD and last.word in PRONOUNS:
        return _pronoun(sentence, end)
    if last.kind == WORD and (last.word in CLAUSE_OPENERS or last.word in PREPOSITIONS):
        return None
    start = _phrase_start(tokens, end)
    return _classified(sentence, start, end) if start is not None else None


def _pronoun(sentence: Sentence, index: int) -> Source | None:
    token = sentence.tokens[index]
    if token.word in {"who", "which"}:
        return _antecedent(sentence, index)
    return Source(Span(token.start, token.end), "pronoun", Span(token.start, token.end))


def _antecedent(sentence: Sentence, index: int) -> Source | None:
    """Whom `who` stands for: the phrase just before it, over a comma and an apposition."""
    tokens = sentence.tokens
    at = _before_bracket(tokens, index - 1)
    if at >= 0 and tokens[at].kind == ",":
        for start, end in reversed(_parts(tokens, at)[-3:]):
            last = _before_bracket(tokens, end)
            apposition = tokens[start].kind == WORD and start > 0 and tokens[start - 1].kind == ","
            if last >= start and tokens[last].kind == NAME and not tokens[last].possessive and not apposition:
                return name_ending_at(sentence, last)
        return _before_commas(sentence, at)
    if at >= 0 and tokens[at].kind == NAME and not tokens[at].possessive:
        return name_ending_at(sentence, at)
    return ending_at(sentence, at) if at >= 0 else None


def name_ending_at(sentence: Sentence, end: int) -> Source | None:
    """The run of capitals that ends here, whatever stands before it."""
    tokens = sentence.tokens
    first = _run_start(tokens, 0, end)
    name = _without_titles(tokens, first, end)
    return Source(_over(tokens, *name), "name", _over(tokens, first, end)) if name else None


def _before_bracket(tokens: tuple[Token, ...], index: int) -> int:
    """The token before a bracket that closes here: `Jane Roe (R-Ohio)`."""
    if index < 0 or tokens[index].kind not in {")", "]"}:
        return index
    return next((k - 1 for k in range(index - 1, max(index - 12, -1), -1) if tokens[k].kind in {"(", "["}), index)


def _phrase_start(tokens: tuple[Token, ...], end: int) -> int | None:
    """Where the phrase that ends here begins: after a mark, a conjunction or a verb."""
    start = end
    while start > max(end - _REACH, 0):
        token = tokens[start - 1]
        if token.kind in ")]":
            opening = next((k for k in range(start - 2, max(start - 12, -1), -1) if tokens[k].kind in "(["), None)
            if opening is None:
                break
            start = opening
            continue
        if _is_nickname(tokens, start - 1):
            start -= 1
            continue
        if token.kind not in {NAME, WORD}:
            break
        if token.word == "and" and _joins(tokens, start - 1):
            start -= 1
            continue
        if token.kind == WORD and token.word in CLAUSE_OPENERS:
            if token.word in {"who", "that", "which"} and (is_verbish(tokens[start]) or is_adverbial(tokens[start])):
                start -= 1  # the people who were there
                continue
            break
        if token.kind == WORD and (is_verbish(token) or token.word in PRONOUNS or _is_past(tokens, start - 1)):
            if start >= 2 and tokens[start - 2].word in {"who", "that", "which"}:
                start -= 1
                continue
            break
        start -= 1
    return start if start <= end else None


def _is_past(tokens: tuple[Token, ...], index: int) -> bool:
    """`they turned`, `Roe attacked`: a past form right after a pronoun or a name."""
    if index < 1 or not tokens[index].word.endswith("ed"):
        return False
    before = tokens[index - 1]
    return not before.possessive and (before.kind == NAME or before.word in PRONOUNS)


def _is_nickname(tokens: tuple[Token, ...], index: int) -> bool:
    """Robert “Bobby” Roe."""
    if tokens[index].kind != QUOTED or not 0 < index < len(tokens) - 1 or tokens[index].end - tokens[index].start > 25:
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    return tokens[index].word != "," and before.kind == NAME and not before.possessive and after.kind == NAME


def _joins(tokens: tuple[Token, ...], conjunction: int) -> bool:
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
            and token.word not in {"united"}
            and index
            and (tokens[index - 1].word not in DETERMINERS)
        ):
            return False
    return conjunction <= 12


def _classified(sentence: Sentence, start: int, end: int) -> Source | None:
    """Name or description; leading adverbials go first."""
    tokens = sentence.tokens
    start = _without_lead(tokens, start, end)
    if start > end:
        return None
    if tokens[end].kind == WORD and tokens[end].word in PRONOUNS:
        return _pronoun(sentence, end)
    if name := _name_at_end(tokens, start, end):
        return Source(_over(tokens, *name), "name", _over(tokens, start, end))
    return _description(tokens, start, end)


def _without_lead(tokens: tuple[Token, ...], start: int, end: int) -> int:
    """Skip `On Monday`, `In an interview`, `Still` at the head of a phrase that ends at a verb."""
    while start <= end and is_adverbial(tokens[start]) and tokens[start].word not in DETERMINERS:
        start += 1
    if start > end or tokens[start].kind != WORD or tokens[start].word not in PREPOSITIONS | TIMES | {"earlier"}:
        return start
    if tokens[start].word in DETERMINERS and not (start < end and tokens[start + 1].word in TIMES):
        return start
    for index in range(end, start, -1):
        token, previous = tokens[index], tokens[index - 1]
        inside = previous.word in PREPOSITIONS | DETERMINERS and previous.word not in TIMES - {"the", "a", "this"}
        if inside or previous.possessive or token.word in TIMES - DETERMINERS:
            continue
        if token.kind == NAME and previous.kind == WORD:
            return index
        if token.kind == WORD and (token.word in DETERMINERS - {"this", "that"} or token.word in PRONOUNS):
            return index
        if token.kind == WORD and previous.word in TIMES and can_speak(token.word):
            return index
    return end + 1


def _name_at_end(tokens: tuple[Token, ...], start: int, end: int) -> tuple[int, int] | None:
    """The name in which a phrase ends, titles left out; None where the phrase only mentions a name."""
    if tokens[end].kind != NAME:
        return None
    first = _run_start(tokens, start, end)
    while first - 2 >= start and tokens[first - 1].word in PREPOSITIONS | DETERMINERS:
        # The University of Glasgow, the Institute for the Study of War; but: a spokesman for Mrs. Clinton.
        joint = first - 1
        while joint > start and tokens[joint].word in DETERMINERS:
            joint -= 1
        if tokens[joint].word not in PREPOSITIONS:
            break
        if tokens[joint].word not in _OF_NAMES or tokens[joint - 1].kind != NAME or tokens[joint - 1].possessive:
            return None
        first = _run_start(tokens, start, joint - 1)
    return _without_titles(tokens, first, end)


def _run_start(tokens: tuple[Token, ...], start: int, end: int) -> int:
    first = end
    while first > max(start, end - _REACH):
        previous = tokens[first - 1]
        named = previous.kind == NAME and not previous.possessive
        particle = previous.word in _PARTICLES and first - 2 >= start and tokens[first - 2].kind == NAME
        joined = previous.word in {"and", "&"} and first - 2 >= start and tokens[first - 2].kind == NAME
        nickname = _is_nickname(tokens, first - 1)
        if not (named or particle or joined or nickname):
            break
        first -= 1
    return first


def _without_titles(tokens: tuple[Token, ...], first: int, last: int) -> tuple[int, int] | None:
    """Oversight Chairman Jane Roe: the words after the last title; all of them when nothing would be left."""
    if any(token.word == "and" for token in tokens[first:last]):
        return first, last  # Mr. Roe and Mrs. Doe
    for index in range(last - 1, first - 1, -1):
        if tokens[index].word.rstrip(".") in TITLES:
            following = tokens[index + 1]
            return (index + 1, last) if following.kind == NAME else (first, last)
    return first, last


def _description(tokens: tuple[Token, ...], start: int, end: int) -> Source | None:
    """A phrase without a name of its own: `a frustrated commander in the 47th Brigade`, `police`."""
    head = next((k - 1 for k in range(start + 1, end + 1) if _modifies(tokens[k])), end)
    first = tokens[start]
    if first.word in PREPOSITIONS or (start == end and first.word in {"this", "that", "these", "those", "one", "all"}):
        return None
    counted = first.word[:1].isdigit() and start < end
    introduced = first.word in DETERMINERS or first.possessive or first.kind == NAME or counted
    if end - start > 25 or not (introduced or can_speak(tokens[head].word)):
        return None
    return Source(_over(tokens, start, end), "description", _over(tokens, start, end))


def _modifies(token: Token) -> bool:
    """Whether what follows a noun belongs to it: `protesters marching`, `people at`, `a man who`."""
    return token.kind == WORD and (token.word in PREPOSITIONS | {"who", "that"} or token.word.endswith(("ing", "ed")))


def _before_dashes(sentence: Sentence, index: int) -> Source | None:
    """Her rival — a lawyer from Ohio — said: what stands before the dashes."""
    opening = next((k for k in range(index - 1, max(index - 40, 0), -1) if sentence.tokens[k].kind == "—"), None)
    return ending_at(sentence, opening - 1) if opening else None


def _before_commas(sentence: Sentence, comma: int) -> Source | None:
    """Jane Roe, who leads the group, said: the subject is the first phrase of the clause that has no verb."""
    parts = _parts(sentence.tokens, comma)
    for position, (start, end) in enumerate(parts):
        source = _part_subject(sentence, start, end)
        if source is None:
            continue
        if source.kind == "description" and position + 1 < len(parts):
            named = _pure_name(sentence, *parts[position + 1])
            return named._replace(phrase=Span(source.span.start, named.span.end)) if named else source
        return source
    return None


def _parts(tokens: tuple[Token, ...], comma: int) -> list[tuple[int, int]]:
    """The stretches between commas to the left, as far as the clause goes, in order."""
    parts, end = [], comma - 1
    for index in range(comma - 1, max(comma - 90, -2), -1):
        if index == -1 or tokens[index].kind in {",", ";", ":", QUOTED, "—", "…", "?", "!"}:
            if index + 1 <= end:
                parts.append((index + 1, end))
            end = index - 1
            if index == -1 or tokens[index].kind != ",":
                break
            if tokens[index + 1].word in {"but", "and", "so", "yet"} and len(parts) > 1:
                break
    return parts[::-1]


def _part_subject(sentence: Sentence, start: int, end: int) -> Source | None:
    """The phrase that fills a stretch between commas, if one does."""
    tokens = sentence.tokens
    end = _before_bracket(tokens, end)
    while start <= end and tokens[start].word in {"and", "but", "so", "yet", "that", "or", "as", "because", "while"}:
        start += 1
    if start > end or (
        tokens[start].kind == WORD and tokens[start].word in _ADVERBIAL_OPENERS | {"who", "which", "whose"}
    ):
        return None
    if tokens[start].kind == WORD and tokens[start].word.endswith(("ing", "ed")):
        return None
    if any(is_verbish(token) or token.word == "to" for token in tokens[start : end + 1]):
        return None
    found = _phrase_start(tokens, end)
    return _classified(sentence, max(start, found), end) if found is not None else None


def _pure_name(sentence: Sentence, start: int, end: int) -> Source | None:
    """A person's name that fills the stretch: `the acting governor, Jane Roe, said`."""
    tokens = sentence.tokens[start : end + 1]
    while tokens and tokens[0].word.rstrip(".") in TITLES:
        start, tokens = start + 1, tokens[1:]
    if 2 <= len(tokens) <= 5 and all(token.kind == NAME or token.word in _PARTICLES for token in tokens):
        span = Span(tokens[0].start, tokens[-1].end)
        return Source(span, "name", span)
    return None


def after(sentence: Sentence, first: int) -> Source | None:
    """The phrase that begins here: `said [Jane Roe], a lawyer`, `according to [two people at the meeting]`."""
    tokens = sentence.tokens
    if first >= len(tokens):
        return None
    token = tokens[first]
    if token.kind == WORD and token.word in PRONOUNS - {"who", "it"}:
        return Source(Span(token.start, token.end), "pronoun", Span(token.start, token.end))
    end = _phrase_end(tokens, first)
    if end < first:
        return None
    until = next((k - 1 for k in range(first + 1, end + 1) if tokens[k].word in PREPOSITIONS), end)
    if name := _name_in(tokens, first, until, end):
        return Source(_over(tokens, *name), "name", _over(tokens, first, end))
    return _call_sign(tokens, first, end) or _description(tokens, first, end)


_CALLED = re.compile(
    r"(?:call ?sign|callsign|nickname|name|pseudonym|(?:named|identified|known|goes)(?: only)?(?: as| by)?)$"
)


def _call_sign(tokens: tuple[Token, ...], first: int, end: int) -> Source | None:
    """One operator with the brigade who uses the call sign [Fox]."""
    words = ""
    for index in range(end + 1, min(end + 9, len(tokens))):
        token = tokens[index]
        if token.kind == NAME and _CALLED.search(words):
            return Source(_over(tokens, index, index), "name", _over(tokens, first, index))
        if token.kind != WORD:
            return None
        words = f"{words} {token.word}"
    return None


def _phrase_end(tokens: tuple[Token, ...], first: int) -> int:
    """Last token of a phrase that begins here."""
    end = first - 1
    for index in range(first, min(first + 26, len(tokens))):
        token = tokens[index]
        following = tokens[index + 1 : index + 4]
        if (
            token.kind == QUOTED
            and index > first
            and tokens[index - 1].kind == NAME
            and following[:1]
            and (following[0].kind == NAME)
        ):
            continue
        if token.kind not in {NAME, WORD} or is_verbish(token):
            break
        if token.kind == WORD and token.word in CLAUSE_OPENERS:
            joins = token.word == "and" and index > first and following and following[0].kind == tokens[index - 1].kind
            if not joins:
                break
        if token.word in PREPOSITIONS and any(
            word.word in _NOT_OBJECTS or word.word in WEEKDAYS or word.word in TIMES - DETERMINERS - PREPOSITIONS
            for word in following
        ):
            break
        if token.word in WEEKDAYS or token.word in {"yesterday", "today"}:
            break
        end = index
    while end > first and (tokens[end].word in PREPOSITIONS | DETERMINERS | {"and"} or is_adverbial(tokens[end])):
        end -= 1
    return end


def _name_in(tokens: tuple[Token, ...], first: int, until: int, end: int) -> tuple[int, int] | None:
    """The name at the head: the last run of capitals before a preposition; an organisation's `of` belongs to it."""
    last = until
    while last >= first and tokens[last].kind == WORD and tokens[last].word in PREPOSITIONS:
        last -= 1
    if last < first or tokens[last].kind != NAME or tokens[last].possessive:
        return None
    start = _run_start(tokens, first, last)
    titled = all(tokens[k].word.rstrip(".") in TITLES for k in range(start, last + 1))
    if until < end and tokens[until + 1].word in _OF_NAMES and tokens[last].word not in {"republicans", "democrats"}:
        nxt = until + 2
        while nxt <= end and tokens[nxt].word in DETERMINERS:
            nxt += 1
        if nxt <= end and tokens[nxt].kind == NAME and (start == last or titled):
            while nxt < end and tokens[nxt + 1].kind == NAME:
                nxt += 1
            return start, nxt
    return _without_titles(tokens, start, last)


def coordinated(sentence: Sentence, conjunction: int) -> Source | None:
    """The subject of the clause that `and` goes on from: `When it was late, [I] laughed and said`."""
    tokens = sentence.tokens
    for index in range(conjunction - 1, max(conjunction - 30, -1), -1):
        if tokens[index].kind in {",", ";", ":", "—", QUOTED}:
            break
    else:
        return None
    source = after(sentence, index + 1)
    if source is None or source.kind == "description":
        return None
    following = sentence.index_at(source.phrase.end - 1) + 1
    verb = following < conjunction and tokens[following].kind == WORD and tokens[following].word not in PREPOSITIONS
    return source if verb else None


def lead(sentence: Sentence, cue: int) -> Source | None:
    """The subject of the sentence that a later verb shares: `[Jane Roe] voted against it and said ...`."""
    tokens = sentence.tokens
    index, cue = 0, min(cue, 2 * _REACH)
    while index < cue:
        token = tokens[index]
        if token.kind == WORD and token.word in _ADVERBIAL_OPENERS and token.word not in _CONJUNCTIONS:
            comma = next((k for k in range(index, min(cue, index + 60)) if _ends_adverbial(tokens, k)), None)
            if comma is None:
                return None
            index = comma + 1
        elif token.kind in {NAME, WORD} and not is_adverbial(token) and token.word not in CLAUSE_OPENERS:
            return _subject_from(sentence, index)
        else:
            index += 1
    return None


def _ends_adverbial(tokens: tuple[Token, ...], index: int) -> bool:
    """A comma after a leading phrase, but not the one inside `On July 6, 2015,`."""
    following = tokens[index + 1 : index + 2]
    comma = tokens[index].kind == "," or (tokens[index].kind == QUOTED and tokens[index].word == ",")
    return comma and bool(following) and not following[0].word.isdigit()


def _subject_from(sentence: Sentence, first: int) -> Source | None:
    """A subject that begins here: a name counts when a verb can follow it."""
    tokens = sentence.tokens
    for index in range(first, min(first + 12, len(tokens))):
        token = tokens[index]
        if token.kind not in {NAME, WORD} or is_verbish(token):
            break
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.kind == NAME and not token.possessive and following is not None:
            ends = following.kind in {",", "("} or (following.kind == WORD and not _continues_name(following))
            if ends:
                source = name_ending_at(sentence, index)
                return source._replace(phrase=Span(tokens[first].start, source.span.end)) if source else None
        if token.kind == WORD and token.word in PREPOSITIONS:
            break
    return after(sentence, first)


def _continues_name(token: Token) -> bool:
    word = token.word
    return word in PREPOSITIONS or word in _PARTICLES or word in {"and", "&"} or can_speak(word) or word in TITLES
