"""Acts of reporting: who speaks, by which verb (or noun, or `according to`), in one sentence."""

import msgspec

from newsledger.extract.english.quotes import sources
from newsledger.extract.english.quotes.clauses import NAME, QUOTED, WORD, Sentence
from newsledger.extract.english.quotes.cues import DETERMINERS, PREPOSITIONS, SAID_THINGS, VERBS, Cue
from newsledger.extract.english.quotes.sources import Source
from newsledger.extract.english.quotes.verbs import Found, Verb, read
from newsledger.text import Span

_POSSESSORS = frozenset("his her their my our its".split())
# Speak only right beside a quotation: “…,” she began.
_BESIDE_ONLY = frozenset("begin finish go sum reflect express start offer relate read".split())
_LINKS = DETERMINERS | PREPOSITIONS
_PLANS = frozenset("plan plans schedule script timetable".split())
_REPORTING = frozenset(VERBS) | SAID_THINGS | {"according", "per"}
_ACCORDING = Cue("according", "base", says=True, holds=True, means=False)


class Report(msgspec.Struct, frozen=True, gc=False):
    """Somebody reports something; positions are indexes into the sentence's tokens."""

    source: Source
    cue: Cue
    first: int
    """First token of source and verb together."""
    verb: int
    last: int
    """Last token of source and verb together."""
    inverted: bool
    """Whether the verb stands before its subject."""
    shared: bool = False
    """Whether the subject stands with another verb: `voted against it and said`."""


def reports(sentence: Sentence) -> tuple[Report, ...]:
    """The reports of a sentence in order of their verbs."""
    found: list[Report] = []
    for index, token in enumerate(sentence.tokens):
        if token.word in _REPORTING and token.kind == WORD and (report := _at(sentence, index, found)) is not None:
            found.append(report)
    return tuple(found)


def beside_only(report: Report) -> bool:
    """Whether the verb reports only what stands right beside it."""
    return report.cue.lemma in _BESIDE_ONLY


def _at(sentence: Sentence, index: int, found: list[Report]) -> Report | None:
    """The report whose verb or noun this token is."""
    token = sentence.tokens[index]
    if token.word in {"according", "per"}:
        return _according(sentence, index)
    cue = VERBS.get(token.word)
    if cue is not None and not token.possessive:
        last = found[-1] if found else None
        verb = Verb(sentence, index, cue, last.source if last else None, last.first if last else -1)
        if (subject := read(verb)) is not None:
            return _report(sentence, subject, index)
    return _noun(sentence, index) if token.word in SAID_THINGS else None


def _report(sentence: Sentence, found: Found, index: int) -> Report:
    if found.shared:
        return Report(found.source, found.cue, index, index, index, found.inverted, shared=True)
    first = sentence.index_at(found.source.phrase.start)
    last = sentence.index_at(found.source.phrase.end - 1)
    return Report(found.source, found.cue, min(first, index), index, max(last, index), found.inverted)


def _according(sentence: Sentence, index: int) -> Report | None:
    """According to two people at the meeting; per the ministry; but not `according to plan`."""
    tokens = sentence.tokens
    first = index + (2 if tokens[index].word == "according" else 1)
    if first >= len(tokens) or any(token.word in _PLANS for token in tokens[first : first + 2]):
        return None
    if tokens[index].word == "per":
        named = tokens[first].kind == NAME or tokens[first].word in DETERMINERS
        if not index or tokens[index - 1].kind not in {QUOTED, ","} or not named:
            return None
    elif tokens[index + 1].word != "to":
        return None
    source = sources.after(sentence, first)
    return _report(sentence, Found(source, _ACCORDING, inverted=True), index) if source else None


def _noun(sentence: Sentence, index: int) -> Report | None:
    """Jane Roe’s claim that “…”; her words."""
    tokens = sentence.tokens
    for at in range(index - 1, max(index - 4, -1), -1):
        token = tokens[at]
        source: Source | None = None
        if token.word in _POSSESSORS and token.kind == WORD:
            span = Span(token.start, token.end)
            source = Source(span, "pronoun", span)
        elif token.possessive and token.kind == NAME:
            source = sources.name_ending_at(sentence, at)
        elif token.kind == WORD and token.word not in _LINKS:
            continue
        cue = Cue(tokens[index].word, "noun", says=False, holds=False, means=False)
        return _report(sentence, Found(source, cue), index) if source else None
    return None
