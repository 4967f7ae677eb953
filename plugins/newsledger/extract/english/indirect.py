"""What somebody is reported to have said, in other words: `She said [the bridge would open in May]`.

Precision comes first: a clause is taken only where the verb of speech introduces it or follows it, and never where it
holds quoted words, which are quotations of their own.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsledger.extract.english import media, sources
from newsledger.extract.english.attribution import Read
from newsledger.extract.english.clauses import NAME, QUOTED, WORD, Sentence, Token
from newsledger.extract.english.cues import DETERMINERS, PREPOSITIONS, PRONOUNS, TIMES, WEEKDAYS
from newsledger.extract.english.reports import Report, beside_only
from newsledger.text import Span

_ASKING = frozenset("whether if how why what who where when which".split())
_ENDS_CLAUSE = frozenset("but while although though whereas which yet".split())
# Verbs after which a clause can follow without `that`.
_BARE = frozenset(
    """say tell add note explain argue claim insist announce report admit acknowledge concede confirm warn suggest
    believe think estimate hope fear find show feel complain predict maintain contend assert allege joke conclude agree
    reveal expect assume guess imply indicate point emphasize stress recall assure inform remind reply tweet write post
    promise hear learn mention specify suspect figure wish worry reckon""".split()
)
# Acts of speech with what they ask or promise as their object, and the words that come between.
_ACTS = {
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
# She could say, did not mention: nothing was said.
_UNREAL = frozenset(
    """would could should might may can must not never wouldn't couldn't shouldn't can't cannot didn't don't doesn't won't
    if""".split()
)
_LEAST_WORDS = 3
_LONGEST = 120
"""Tokens of a clause."""
_REACH = 14
"""`that` stands no further than this from its verb."""


class Reported(NamedTuple):
    """A clause and the report that it hangs on."""

    span: Span
    report: Report
    cue: Span
    medium: str | None


def find(read: Sequence[Read]) -> Iterator[Reported]:
    """Reported clauses in order; inside one another, only the outer."""
    for sentence, reports in read:
        yield from _in_sentence(sentence, reports)


def _in_sentence(sentence: Sentence, reports: Sequence[Report]) -> Iterator[Reported]:
    taken = -1
    for position, report in enumerate(reports):
        if report.verb <= taken or beside_only(report) or not _reports(sentence, report):
            continue
        content = _content(sentence, report, reports[position + 1 : position + 12], taken + 1)
        if content is None:
            continue
        first, last = content
        tokens = sentence.tokens
        if last - first + 1 < _LEAST_WORDS or any(token.kind == QUOTED for token in tokens[first : last + 1]):
            continue
        verb = tokens[report.verb]
        span = Span(tokens[first].start, tokens[last].end)
        yield Reported(span, report, Span(verb.start, verb.end), media.find(sentence, report))
        taken = max(last, report.verb)


def _reports(sentence: Sentence, report: Report) -> bool:
    tokens = sentence.tokens
    if sentence.text[report.source.span].lower() in {"you", "this", "i", "we"} and not report.cue.says:
        return False
    if report.verb and not report.inverted and tokens[report.verb - 1].word in _UNREAL:
        return False
    if report.first and tokens[report.first - 1].word in {"what", "whatever", "how"}:
        return False
    return report.cue.says or report.cue.holds or report.cue.means or report.cue.lemma in _ACTS


def _content(sentence: Sentence, report: Report, later: Sequence[Report], start: int) -> tuple[int, int] | None:
    """First and last token of the clause."""
    tokens = sentence.tokens
    if report.cue.lemma == "according":
        return _around_according(sentence, report, start)
    if _trails(tokens, report):
        return _before(sentence, report, start)
    if report.inverted:
        return None
    first = _clause_start(sentence, report)
    while first is not None and first < len(tokens) - 1 and tokens[first].kind not in {NAME, WORD, QUOTED}:
        first += 1
    return (first, _clause_end(tokens, first, later)) if first is not None and first < len(tokens) else None


def _around_according(sentence: Sentence, report: Report, start: int) -> tuple[int, int] | None:
    tokens = sentence.tokens
    if report.first > start + 1:
        return _before(sentence, report, start)
    comma = next((k for k in range(report.last + 1, len(tokens)) if tokens[k].kind == ","), None)
    return (comma + 1, _clause_end(tokens, comma + 1, ())) if comma is not None and comma + 1 < len(tokens) else None


def _trails(tokens: Sequence[Token], report: Report) -> bool:
    """…, she said. …, she said on Monday. …, said Jane Roe, a lawyer."""
    if report.first == 0 or tokens[report.first - 1].kind not in {",", "—"} or report.shared or not report.cue.says:
        return False
    last = report.last + 1
    if report.cue.lemma == "tell" and not report.inverted:
        last = _next_mark(tokens, last)
    return (
        last >= len(tokens)
        or tokens[last].kind in {".", ",", "—", ";"}
        or _is_adverbial_end(tokens, last)
        or report.inverted
    )


def _next_mark(tokens: Sequence[Token], first: int) -> int:
    """The mark after a short addressee: `he told me on Friday,`."""
    return next((k for k in range(first, min(first + 8, len(tokens))) if tokens[k].kind not in {NAME, WORD}), first)


def _is_adverbial_end(tokens: Sequence[Token], first: int) -> bool:
    """On Monday, in a statement: nothing that could be a clause."""
    rest = tokens[first:]
    opener = rest[0]
    timed = (
        opener.word in PREPOSITIONS | WEEKDAYS | TIMES - DETERMINERS and opener.kind != NAME or opener.word in WEEKDAYS
    )
    return timed and not any(token.word == "that" or sources.is_verbish(token) for token in rest[:_REACH])


def _before(sentence: Sentence, report: Report, start: int) -> tuple[int, int] | None:
    """The clause that the report follows; all of the sentence where it stands in the middle."""
    tokens = sentence.tokens
    last = report.first - 1
    while last >= start and tokens[last].kind not in {NAME, WORD, ")"}:
        last -= 1
    for index in range(last, start - 1, -1):
        if tokens[index].kind == ";":
            start = index + 1
            break
    while start <= last and (
        tokens[start].kind not in {NAME, WORD} or tokens[start].word in {"but", "and", "so", "yet"}
    ):
        start += 1
    if start > last:
        return None
    after = report.last + 1
    if report.cue.lemma == "tell":
        after = _next_mark(tokens, after)
    middle = (
        not report.inverted
        and after < len(tokens)
        and tokens[after].kind == ","
        and tokens[report.first - 1].kind == ","
    )
    if middle:
        return start, _clause_end(tokens, after + 1, ())
    return (start, last) if any(_may_be_verb(token) for token in tokens[start : last + 1]) else None


def _may_be_verb(token: Token) -> bool:
    return sources.is_verbish(token) or (token.kind == WORD and token.word.endswith(("ed", "s", "n't")))


def _clause_start(sentence: Sentence, report: Report) -> int | None:
    """Where the clause begins after the verb, if one does."""
    tokens = sentence.tokens
    index = report.verb + 1
    if report.cue.lemma in {"tell", "inform", "assure", "remind", "ask", "advise", "warn", "remind"}:
        index = _after_object(sentence, index)
    if index > report.verb + 1 and index < len(tokens) and tokens[index].word in {"to", "never", "not"}:
        return index  # asked the candidates [to answer]
    that = _that(tokens, index) if report.cue.says or report.cue.holds else None
    if that is not None:
        return that + 1
    if index >= len(tokens):
        return None
    token = tokens[index]
    if token.kind == WORD and token.word in _asked_by(report):
        return index
    if report.cue.means and token.word == "to":
        return index if report.cue.lemma else None
    if report.cue.lemma in _BARE and not _is_infinitive(tokens, report):
        bare = _after_adverbials(tokens, index)
        if bare < len(tokens) and _opens_clause(tokens, bare):
            return bare
    return _act(tokens, report)


def _asked_by(report: Report) -> frozenset[str]:
    """The words that open a question after the verb."""
    if report.cue.lemma in {"ask", "wonder", "question", "inquire"}:
        return _ASKING
    return (
        frozenset("why how what whether".split())
        if report.cue.lemma in {"say", "explain", "know", "tell"}
        else frozenset()
    )


def _is_infinitive(tokens: Sequence[Token], report: Report) -> bool:
    return report.cue.form == "base" and report.verb > 0 and tokens[report.verb - 1].word == "to"


def _act(tokens: Sequence[Token], report: Report) -> int | None:
    """Called for [new elections]; accused [the mayor of lying]."""
    if report.cue.form == "base" and report.shared:
        return None
    for preposition in _ACTS.get(report.cue.lemma, ()):
        index = report.verb + (2 if preposition else 1)
        if index >= len(tokens) or (preposition and tokens[report.verb + 1].word != preposition):
            continue
        token = tokens[index]
        if token.kind == NAME or (
            token.kind == WORD and token.word not in PREPOSITIONS | {"that", "to", "and", "or", "but", "it", "as"}
        ):
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
    for at in range(index, min(index + _REACH, len(tokens))):
        token = tokens[at]
        if token.word == "that" and token.kind == WORD:
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            return at if following is not None and not sources.is_verbish(following) else None
        if at == index and not _between(token):
            return None
        if (
            sources.is_verbish(token)
            or token.kind in {QUOTED, ":", ";", "—"}
            or (at == index and token.kind == WORD and token.word in PRONOUNS)
        ):
            return None
    return None


def _between(token: Token) -> bool:
    """What may stand between the verb and its `that`: `on Monday`, `in a statement`, `, however,`."""
    return (
        token.kind in {",", "("}
        or token.word
        in PREPOSITIONS
        | TIMES - DETERMINERS
        | WEEKDAYS
        | {"out", "this", "last", "earlier", "yesterday", "today", "to"}
        or sources.is_adverbial(token)
    )


def _after_adverbials(tokens: Sequence[Token], index: int) -> int:
    """Skip `on Monday`, `in a statement`, `yesterday` before a clause without `that`."""
    while index < len(tokens) and (
        tokens[index].word in WEEKDAYS or tokens[index].word in {"yesterday", "today", "also"}
    ):
        index += 1
    if index + 1 < len(tokens) and tokens[index].word in {"on", "in", "last", "this", "earlier"}:
        at = index
        while at < len(tokens) and (tokens[at].word in TIMES | {"on", "in"} or tokens[at].word.isdigit()):
            at += 1
        if at > index + 1:
            return at
    return index


def _opens_clause(tokens: Sequence[Token], index: int) -> bool:
    """Whether a clause with subject and verb begins here."""
    token = tokens[index]
    if token.word in _ROUGHLY and any(word.word[:1].isdigit() for word in tokens[index + 1 : index + 4]):
        return True
    if token.kind not in {NAME, WORD} or (
        token.kind == WORD and (token.word in _NO_SUBJECT or sources.is_verbish(token))
    ):
        return False
    if token.kind == WORD and token.word in PRONOUNS:
        return True
    for at, following in enumerate(tokens[index + 1 : index + 16]):
        if following.kind in {QUOTED, ";", ":", "—", "."} or (following.word == "to" and at == 0):
            return False
        if sources.is_verbish(following) or following.word in _AUXILIARY:
            return True
        previous = tokens[index + at]
        past = following.kind == WORD and following.word.endswith("ed") and not _is_by(tokens, index + at + 2)
        if past and (previous.kind == NAME or previous.word.endswith("s") or previous.word in PRONOUNS):
            return True
        if following.kind == ",":
            return False
    return False


_NO_SUBJECT = PREPOSITIONS | frozenset(
    "to so as him me us them himself herself themselves and but or when after before while since until if".split()
)
_ROUGHLY = frozenset("about around over under at more nearly".split())
_AUXILIARY = frozenset(
    """is was are were has have had will would can could may might must should do does did isn't wasn't aren't weren't
    hasn't haven't hadn't won't wouldn't can't couldn't shouldn't don't doesn't didn't cannot need needs""".split()
)


def _is_by(tokens: Sequence[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].word == "by"


def _clause_end(tokens: Sequence[Token], first: int, later: Sequence[Report]) -> int:
    """Last token of a clause that begins here: before what its writer adds."""
    end = len(tokens) - 1
    starts = {report.first: report for report in later}
    end = min(end, first + _LONGEST)
    for index in range(first + 1, end + 1):
        token, previous = tokens[index], tokens[index - 1]
        if token.kind == ";" or (previous.kind == "," and token.word in _ENDS_CLAUSE):
            end = index - 1
            break
        if index in starts and _is_new_report(tokens, starts[index]):
            end = index - 1
            break
    while end > first and tokens[end].kind not in {NAME, WORD, ")"}:
        end -= 1
    return end


def _is_new_report(tokens: Sequence[Token], report: Report) -> bool:
    """…, adding that; … and called it; …, according to; but not the clause's own `…, she supported`."""
    previous = tokens[report.first - 1]
    if previous.kind == "—":
        return True
    if previous.kind == ",":
        return report.shared or report.inverted or report.cue.says
    return previous.word in {"and", "but"}
