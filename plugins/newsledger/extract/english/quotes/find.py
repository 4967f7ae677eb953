"""Who said what, as English news reports it.

Marks say where the words stand, reports who speaks; attribution joins the two, and speakers leads surnames and pronouns
back to people.
"""

import re

from newsledger.extract.english.quotes import attribution, clauses, indirect, marks, reports, unspoken
from newsledger.extract.english.quotes.attribution import Attribution, Read
from newsledger.extract.english.quotes.indirect import Reported
from newsledger.extract.english.quotes.marks import Marked
from newsledger.extract.english.quotes.speakers import Speaker, Speakers
from newsledger.records import Article, Mention, Quote, QuoteKind
from newsledger.text import Span, Text

_WORDS = re.compile(r"\w+(?:['’\-]\w+)*")
FRAGMENT_WORDS = 5
"""A quotation of fewer words is a fragment."""


def find(text: Text, article: Article, mentions: tuple[Mention, ...]) -> tuple[Quote, ...]:  # noqa: ARG001 same shape as the others
    """Quotes in order of position."""
    pairs = marks.pairs(text)
    read = [Read(sentence, reports.reports(sentence)) for sentence in clauses.sentences(text, pairs)]
    attributed = attribution.attribute(text, read)
    speakers = Speakers(text, mentions)
    speakers.follow(read)
    direct = (
        _quote(text, pair, attributed.get(pair), speakers)
        for sentence, _ in read
        for pair in sentence.pairs
        if not unspoken.is_nickname(sentence, sentence.index_at(pair.opening), pair)
    )
    told = (_reported(text, reported, speakers) for reported in indirect.find(read))
    return tuple(sorted((*direct, *told), key=lambda quote: (quote.start, quote.end)))


def _quote(text: Text, pair: Marked, attributed: Attribution | None, speakers: Speakers) -> Quote:
    exact = text[pair.start, pair.end]
    kind: QuoteKind = "direct" if len(_WORDS.findall(exact)) >= FRAGMENT_WORDS else "fragment"
    if attributed is None:
        return Quote(start=pair.start, end=pair.end, exact=exact, kind=kind)
    speaker = speakers.read(attributed.source)
    return _spoken(text, Span(pair.start, pair.end), kind, speaker, attributed.cue, attributed.medium)


def _reported(text: Text, reported: Reported, speakers: Speakers) -> Quote:
    speaker = speakers.read(reported.report.source)
    return _spoken(text, reported.span, "indirect", speaker, text[reported.cue], reported.medium)


def _spoken(text: Text, span: Span, kind: QuoteKind, speaker: Speaker, cue: str | None, medium: str | None) -> Quote:
    return Quote(
        start=span.start,
        end=span.end,
        exact=text[span],
        kind=kind,
        speaker=speaker.name,
        speaker_text=text[speaker.span],
        speaker_start=speaker.span.start,
        speaker_end=speaker.span.end,
        role=speaker.role,
        affiliation=speaker.affiliation,
        medium=medium,
        cue=cue,
    )
