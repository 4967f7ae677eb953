"""Where a reported clause begins after its verb: `said on Monday that [the bridge was safe]`."""

from collections.abc import Sequence

from newsledger.extract.english.quotes import phrases, sources
from newsledger.extract.english.quotes.clauses import NAME, QUOTED, WORD, Sentence, Token
from newsledger.extract.english.quotes.cues import DETERMINERS, PREPOSITIONS, PRONOUNS, TIMES, WEEKDAYS
from newsledger.extract.english.quotes.reports import Report

_ADDRESSING = frozenset("tell inform assure remind ask advise warn".split())
_ASKING = frozenset("whether if how why what who where when which".split())
# Verbs after which a clause can follow without `that`.
_BARE = frozenset(
    """say tell add note explain argue claim insist announce report admit acknowledge concede confirm warn suggest
    believe think estimate hope fear find show feel complain predict maintain contend assert allege joke conclude agree
    reveal expect assume guess imply indicate point emphasize stress recall assure inform remind reply tweet write post
    promise hear learn mention specify suspect figure wish worry reckon""".split()
)
# Acts of speech with what they ask or promise as their object, and the words that come between.
ACTS = {
    "call": ("for", "on"),
    "appeal": ("for", "to"),
    "ask": ("for",),
    "plead": ("for",),
    "advocate": ("for", ""),
    "warn": ("of", "against", "about", ""),
    "complain": ("about", "of"),
    "speak": ("of", "about"),
    "talk": ("about",),
    "apologize": ("for",),
    "apologise": ("for",),
    "urge": ("",),
    "demand": ("",),
    "propose": ("",),
    "suggest": ("",),
    "recommend": ("",),
    "accuse": ("",),
    "blame": ("",),
    "deny": ("",),
    "acknowledge": ("",),
    "announce": ("",),
    "promise": ("",),
    "pledge": ("",),
    "predict": ("",),
    "describe": ("",),
    "encourage": ("",),
    "emphasize": ("",),
    "emphasise": ("",),
    "stress": ("",),
    "criticize": ("",),
    "criticise": ("",),
    "condemn": ("",),
    "denounce": ("",),
    "praise": ("",),
    "cite": ("",),
    "mention": ("",),
    "mock": ("",),
    "hail": ("",),
    "bemoan": ("",),
}
REACH = 14
"""`that` stands no further than this from its verb."""
_NO_SUBJECT = PREPOSITIONS | frozenset(
    """who which yes to so as him me us them himself herself themselves and but or when after before while since
    until if""".split()
)
# Take a thing as often as a clause: found [two boys who were lost].
_WITH_OBJECTS = frozenset(
    "find hear learn show feel fear expect mention promise predict report announce recall".split()
)
_ROUGHLY = frozenset("about around over under at more nearly".split())
_AUXILIARY = frozenset(
    """is was are were has have had will would can could may might must should do does did isn't wasn't aren't weren't
    hasn't haven't hadn't won't wouldn't can't couldn't shouldn't don't doesn't didn't cannot need needs""".split()
)
_NO_OBJECT = PREPOSITIONS | frozenset("that to and or but it as".split())
_MAY_STAND_BETWEEN = (
    PREPOSITIONS | (TIMES - DETERMINERS) | WEEKDAYS | frozenset("out this last earlier yesterday today to".split())
)
_OF_TIME = TIMES | {"on", "in"}
_EXPLAINING = frozenset("why how what whether".split())


def clause_start(sentence: Sentence, report: Report) -> int | None:
    """The token at which the clause begins, by the first rule that finds one."""
    index = report.verb + 1
    if report.cue.lemma in _ADDRESSING:
        index = _after_object(sentence, index)
    if index >= len(sentence.tokens):
        return None
    starts = (rule(sentence.tokens, report, index) for rule in _RULES)
    return next((start for start in starts if start is not None), None)


def _told_to(tokens: Sequence[Token], report: Report, index: int) -> int | None:
    """Asked the candidates [to answer]."""
    return index if index > report.verb + 1 and tokens[index].word in {"to", "never", "not"} else None


def _after_that(tokens: Sequence[Token], report: Report, index: int) -> int | None:
    """Said on Monday that [the bridge was safe]."""
    that = _that(tokens, index) if report.cue.says or report.cue.holds else None
    return that + 1 if that is not None else None


def _question(tokens: Sequence[Token], report: Report, index: int) -> int | None:
    """Asked [whether it was safe]."""
    return index if tokens[index].kind == WORD and tokens[index].word in _asked_by(report) else None


def _infinitive(tokens: Sequence[Token], report: Report, index: int) -> int | None:
    """Refused [to answer]."""
    return index if report.cue.means and tokens[index].word == "to" else None


def _bare_clause(tokens: Sequence[Token], report: Report, index: int) -> int | None:
    """Said on Monday [the bridge was safe]."""
    if report.cue.lemma not in _BARE or _is_infinitive(tokens, report):
        return None
    bare = _after_adverbials(tokens, index)
    strict = report.cue.lemma in _WITH_OBJECTS
    return bare if bare < len(tokens) and _opens_clause(tokens, bare, strict=strict) else None


def _asked_by(report: Report) -> frozenset[str]:
    """The words that open a question after the verb."""
    if report.cue.lemma in {"ask", "wonder", "question", "inquire"}:
        return _ASKING
    return _EXPLAINING if report.cue.lemma in {"say", "explain", "know", "tell"} else frozenset()


def _is_infinitive(tokens: Sequence[Token], report: Report) -> bool:
    return report.cue.form == "base" and report.verb > 0 and tokens[report.verb - 1].word == "to"


def _act(tokens: Sequence[Token], report: Report, _: int) -> int | None:
    """Called for [new elections]; accused [the mayor of lying]."""
    if report.cue.form == "base" and report.shared:
        return None
    for preposition in ACTS.get(report.cue.lemma, ()):
        index = report.verb + (2 if preposition else 1)
        if index >= len(tokens) or (preposition and tokens[report.verb + 1].word != preposition):
            continue
        token = tokens[index]
        if token.kind == NAME or (token.kind == WORD and token.word not in _NO_OBJECT):
            return index
    return None


def _after_object(sentence: Sentence, index: int) -> int:
    """Told [reporters], told [the Daily News]."""
    source = sources.after(sentence, index)
    tokens = sentence.tokens
    if source is None:
        plain = index < len(tokens) and tokens[index].word in {"me", "him", "her", "them", "us"}
        return index + 1 if plain else index
    return sentence.index_at(source.phrase.end - 1) + 1


def _that(tokens: Sequence[Token], index: int) -> int | None:
    """The `that` of the verb: nothing between them but adverbials."""
    for at in range(index, min(index + REACH, len(tokens))):
        token = tokens[at]
        if token.word == "that" and token.kind == WORD:
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            return at if following is not None and not phrases.is_verbish(following) else None
        if at == index and not _between(token):
            return None
        if (
            phrases.is_verbish(token)
            or token.kind in {QUOTED, ":", ";", "—"}
            or (at == index and token.kind == WORD and token.word in PRONOUNS)
        ):
            return None
    return None


def _between(token: Token) -> bool:
    """What may stand between the verb and its `that`: `on Monday`, `in a statement`, `, however,`."""
    return token.kind in {",", "("} or token.word in _MAY_STAND_BETWEEN or phrases.is_adverbial(token)


def _after_adverbials(tokens: Sequence[Token], index: int) -> int:
    """Skip `on Monday`, `in a statement`, `yesterday` before a clause without `that`."""
    while index < len(tokens) and (
        tokens[index].word in WEEKDAYS or tokens[index].word in {"yesterday", "today", "also"}
    ):
        index += 1
    if index + 1 < len(tokens) and tokens[index].word in {"on", "in", "last", "this", "earlier"}:
        at = index
        while at < len(tokens) and (tokens[at].word in _OF_TIME or tokens[at].word.isdigit()):
            at += 1
        if at > index + 1:
            return at
    return index


def _opens_clause(tokens: Sequence[Token], index: int, *, strict: bool) -> bool:
    """Whether a clause with subject and verb begins here."""
    token = tokens[index]
    if token.word in _ROUGHLY and any(word.word[:1].isdigit() for word in tokens[index + 1 : index + 4]):
        return True
    if token.kind == WORD and (token.word in _NO_SUBJECT or phrases.is_verbish(token)):
        return False
    if token.kind == WORD and token.word in PRONOUNS:
        return True
    return token.kind in {NAME, WORD} and _has_verb(tokens, index, strict=strict)


def _has_verb(tokens: Sequence[Token], index: int, *, strict: bool) -> bool:
    """Whether a finite verb follows before a mark; strictly, one that is not in a relative clause."""
    for at in range(index + 1, min(index + 16, len(tokens))):
        token, previous = tokens[at], tokens[at - 1]
        if token.kind not in {NAME, WORD, "(", ")"} or (token.word == "to" and at == index + 1):
            return False
        if strict and token.kind == WORD and token.word in {"who", "which", "that"}:
            return False
        past = token.kind == WORD and token.word.endswith("ed") and not _is_by(tokens, at + 1)
        subject = previous.kind == NAME or previous.word.endswith("s") or previous.word in PRONOUNS
        if phrases.is_verbish(token) or token.word in _AUXILIARY or (past and subject):
            return True
    return False


def _is_by(tokens: Sequence[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].word == "by"


_RULES = (_told_to, _after_that, _question, _infinitive, _bare_clause, _act)
