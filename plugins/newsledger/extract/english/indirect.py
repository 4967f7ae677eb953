"""What somebody is reported to have said, in other words: `She said [the bridge would open in May]`.

Precision comes first: a clause is taken only where the verb of speech introduces it or follows it, and never where it
holds quoted words, which are quotations of their own.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsledger.extract.english import sources
from newsledger.extract.english.attribution import Read
from newsledger.extract.english.clauses import NAME, QUOTED, WORD, Sentence, Token
from newsledger.extract.english.cues import DETERMINERS, PREPOSITIONS, PRONOUNS, TIMES, WEEKDAYS
from newsledger.extract.english.reports import Report, beside_only
from newsledger.text import Span

_ASKING = frozenset("whether if how why what who where when which".split())
_ENDS_CLAUSE = frozenset("but while although though whereas which yet".split())
_LEAST_WORDS = 3
_REACH = 14
"""`that` stands no further than this from its verb."""


class Reported(NamedTuple):
    """A clause and the report that it hangs on."""

    span: Span
    report: Report
    cue: Span


def find(read: Sequence[Read]) -> Iterator[Reported]:
    """Reported clauses in order; inside one another, only the outer."""
    for sentence, reports in read:
        yield from _in_sentence(sentence, reports)


def _in_sentence(sentence: Sentence, reports: Sequence[Report]) -> Iterator[Reported]:
    taken = -1
    for position, report in enumerate(reports):
        if report.verb <= taken or beside_only(report) or not _reports(sentence, report):
            continue
        content = _content(sentence, report, reports[position + 1 :], taken + 1)
        if content is None:
            continue
        first, last = content
        tokens = sentence.tokens
        if last - first + 1 < _LEAST_WORDS or any(token.kind == QUOTED for token in tokens[first : last + 1]):
            continue
        verb = tokens[report.verb]
        yield Reported(Span(tokens[first].start, tokens[last].end), report, Span(verb.start, verb.end))
        taken = max(last, report.verb)


def _reports(sentence: Sentence, report: Report) -> bool:
    if sentence.text[report.source.span].lower() in {"you", "this", "i", "we"} and not report.cue.says:
        return False
    return report.cue.says or report.cue.holds or report.cue.means


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
    return (first, _clause_end(tokens, first, later)) if first is not None else None


def _around_according(sentence: Sentence, report: Report, start: int) -> tuple[int, int] | None:
    tokens = sentence.tokens
    if report.first > start + 1:
        return _before(sentence, report, start)
    comma = next((k for k in range(report.last + 1, len(tokens)) if tokens[k].kind == ","), None)
    return (comma + 1, _clause_end(tokens, comma + 1, ())) if comma is not None and comma + 1 < len(tokens) else None


def _trails(tokens: Sequence[Token], report: Report) -> bool:
    """…, she said. …, she said on Monday. …, said Jane Roe, a lawyer."""
    if report.first == 0 or tokens[report.first - 1].kind not in {",", "—"} or not report.cue.says:
        return False
    last = report.last + 1
    return (
        last >= len(tokens)
        or tokens[last].kind in {".", ",", "—", ";"}
        or _is_adverbial_end(tokens, last)
        or report.inverted
    )


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
    that = _that(tokens, index)
    if that is not None:
        return that + 1
    if index >= len(tokens):
        return None
    token = tokens[index]
    if report.cue.lemma in {
        "ask",
        "wonder",
        "question",
        "know",
        "say",
        "explain",
        "inquire",
        "decide",
        "determine",
    } and (token.word in _ASKING):
        return index
    if report.cue.means and token.word == "to" and not report.cue.says:
        return index
    if token.word == "to" or not (report.cue.says or report.cue.holds):
        return None
    index = _after_adverbials(tokens, index)
    return index if index < len(tokens) and _opens_clause(tokens, index) else None


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
            return at if following is not None and not sources.is_verbish(following) or at == index else None
        if (
            sources.is_verbish(token)
            or token.kind in {QUOTED, ":", ";", "—"}
            or (at == index and token.kind == WORD and token.word in PRONOUNS)
        ):
            return None
    return None


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
    if token.kind not in {NAME, WORD}:
        return False
    if (
        token.kind == WORD
        and token.word in PREPOSITIONS | {"to", "so", "as", "it's"}
        and token.word not in {"in", "for", "with"}
    ):
        return False
    reach = tokens[index + 1 : index + 16]
    for at, following in enumerate(reach):
        if following.kind in {QUOTED, ";", ":", "—", "."}:
            return False
        if sources.is_verbish(following) or sources.is_adverbial(following):
            return True
        if at >= 1 and following.kind == WORD and following.word.endswith("ed"):
            return True
        if following.word == "to" and at == 0:
            return False
    return token.kind == WORD and token.word in PRONOUNS


def _clause_end(tokens: Sequence[Token], first: int, later: Sequence[Report]) -> int:
    """Last token of a clause that begins here: before what its writer adds."""
    end = len(tokens) - 1
    for index in range(first + 1, len(tokens)):
        token, previous = tokens[index], tokens[index - 1]
        if token.kind == ";" or (previous.kind == "," and token.word in _ENDS_CLAUSE):
            end = index - 1
            break
        if any(report.first == index for report in later) and _is_new_report(tokens, index):
            end = index - 1
            break
    while end > first and tokens[end].kind not in {NAME, WORD, ")"}:
        end -= 1
    return end


def _is_new_report(tokens: Sequence[Token], index: int) -> bool:
    """…, adding that; … and called it; …, according to."""
    previous = tokens[index - 1]
    return previous.kind in {",", "—"} or previous.word in {"and", "but"}
