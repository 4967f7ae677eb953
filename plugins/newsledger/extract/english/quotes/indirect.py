"""What somebody is reported to have said, in other words: `She said [the bridge would open in May]`.

Precision comes first: a clause is taken only where the verb of speech introduces it or follows it, and never where it
holds quoted words, which are quotations of their own.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsledger.extract.english.quotes import introductions, media, phrases
from newsledger.extract.english.quotes.attribution import Read
from newsledger.extract.english.quotes.clauses import NAME, QUOTED, WORD, Sentence, Token
from newsledger.extract.english.quotes.cues import DETERMINERS, PREPOSITIONS, TIMES
from newsledger.extract.english.quotes.reports import Report, beside_only
from newsledger.text import Span

_ENDS_CLAUSE = frozenset("but while although though whereas which yet".split())
# She could say, did not mention: nothing was said.
_UNREAL = frozenset(
    """would could should might may can must not never wouldn't couldn't shouldn't can't cannot didn't don't doesn't
    won't if""".split()
)
# As well as these: no clause, unless a verb stands in it beyond doubt.
_LEADS = frozenset("as in with for on at by despite besides after before during if while unlike like to".split())
_CIRCUMSTANCES = PREPOSITIONS | (TIMES - DETERMINERS)
_LEAST_WORDS = 3
_LONGEST = 120
"""Tokens of a clause."""


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
    return report.cue.says or report.cue.holds or report.cue.means or report.cue.lemma in introductions.ACTS


def _content(sentence: Sentence, report: Report, later: Sequence[Report], start: int) -> tuple[int, int] | None:
    """First and last token of the clause."""
    tokens = sentence.tokens
    if report.cue.lemma == "according":
        return _around_according(sentence, report, start)
    if _trails(tokens, report):
        return _before(sentence, report, start)
    if report.inverted:
        return None
    first = introductions.clause_start(sentence, report)
    while first is not None and first < len(tokens) - 1 and tokens[first].kind not in {NAME, WORD, QUOTED}:
        first += 1
    return (first, _clause_end(tokens, first, later)) if first is not None and first < len(tokens) else None


def _around_according(sentence: Sentence, report: Report, start: int) -> tuple[int, int] | None:
    tokens = sentence.tokens
    after = tokens[report.last + 1 : report.last + 2]
    leads = tokens[start].kind == WORD and tokens[start].word in _LEADS and bool(after) and after[0].kind == ","
    if report.first > start + 1 and not leads:
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
    timed = opener.kind != NAME and opener.word in _CIRCUMSTANCES
    return timed and not any(token.word == "that" or phrases.is_verbish(token) for token in rest[: introductions.REACH])


def _before(sentence: Sentence, report: Report, start: int) -> tuple[int, int] | None:
    """The clause that the report follows; all of the sentence where it stands in the middle."""
    tokens = sentence.tokens
    last = report.first - 1
    while last >= start and tokens[last].kind not in {NAME, WORD, ")", QUOTED}:
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
    clause = tokens[start : last + 1]
    plain = tokens[start].kind == WORD and tokens[start].word in _LEADS
    return (start, last) if any(_may_be_verb(token) and not (plain and _is_s(token)) for token in clause) else None


def _is_s(token: Token) -> bool:
    return not phrases.is_verbish(token) and token.word.endswith("s")


def _may_be_verb(token: Token) -> bool:
    return phrases.is_verbish(token) or (token.kind == WORD and token.word.endswith(("ed", "s", "n't")))


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
    while end > first and (
        tokens[end].kind not in {NAME, WORD, ")", QUOTED} or tokens[end].word in {"and", "but", "or"}
    ):
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
