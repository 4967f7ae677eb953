"""Who said each quotation: by a report of its sentence, of the next one, or because it goes on from another."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from newsledger.extract.english.quotes import linking, media, sources, subjects, unspoken
from newsledger.extract.english.quotes.clauses import NAME, QUOTED, WORD, Sentence
from newsledger.extract.english.quotes.marks import Marked
from newsledger.extract.english.quotes.reports import Report, beside_only
from newsledger.extract.english.quotes.sources import Source
from newsledger.text import Span, Text

_LABEL = re.compile(r"(?P<name>[A-Z][A-Z.’'\-]+(?: [A-Z][A-Z.’'\-]+){0,3}):\s")
_SHORTEST_THAT_RUNS_ON = 12
"""Characters; shorter quoted words that open a sentence are a term more often than speech."""


class Attribution(NamedTuple):
    """Who said a quotation; cue and medium are None where it goes on from another."""

    source: Source
    cue: str | None = None
    """The verb of speech, as the text has it."""
    medium: str | None = None


class Read(NamedTuple):
    """A sentence with its reports."""

    sentence: Sentence
    reports: tuple[Report, ...]


class _Place(NamedTuple):
    """A quotation where it stands: ``read[number].sentence.pairs[position]``."""

    text: Text
    read: Sequence[Read]
    number: int
    position: int
    found: dict[Marked, Attribution]

    @property
    def sentence(self) -> Sentence:
        return self.read[self.number].sentence

    @property
    def reports(self) -> tuple[Report, ...]:
        return self.read[self.number].reports

    @property
    def pair(self) -> Marked:
        return self.sentence.pairs[self.position]

    @property
    def token(self) -> int:
        """The quotation's token."""
        return self.sentence.index_at(self.pair.opening)

    @property
    def earlier(self) -> Read | None:
        """The sentence before."""
        return self.read[self.number - 1] if self.number else None

    def shares_paragraph(self, other: Sentence) -> bool:
        """Whether another sentence stands in the same paragraph."""
        return self.text.paragraph_at(other.span.start) == self.text.paragraph_at(self.pair.start)


def attribute(text: Text, read: Sequence[Read]) -> dict[Marked, Attribution]:
    """The attribution of each quotation that has one, by the first rule that gives one."""
    found: dict[Marked, Attribution] = {}
    for number, (sentence, _) in enumerate(read):
        for position, pair in enumerate(sentence.pairs):
            place = _Place(text, read, number, position, found)
            attribution = next((given for rule in _RULES if (given := rule(place)) is not None), None)
            if attribution is not None and attribution is not _NOBODY:
                found[pair] = attribution
    _backwards(text, read, found)
    return found


def _by(report: Report, sentence: Sentence) -> Attribution:
    verb = sentence.tokens[report.verb]
    return Attribution(report.source, sentence.text[verb.start, verb.end], media.find(sentence, report))


def _labelled(place: _Place) -> Attribution | None:
    """“ROE: Thank you.”: a transcript between marks names its speakers itself."""
    match = _LABEL.match(place.text.body, place.pair.start, place.pair.end)
    if match is None:
        return None
    span = Span(*match.span("name"))
    return Attribution(Source(span, "name", span))


def _captioned(place: _Place) -> Attribution | None:
    """“…” — Jane Roe: a dash and a name, and then nothing but a description."""
    sentence, index = place.sentence, place.token
    following = sentence.tokens[index + 1 : index + 3]
    if len(following) < 2 or following[0].kind != "—" or following[1].kind != NAME:
        return None
    if not (sentence.tokens[index].word in {".", "!", "?", "…"} or index == 0):
        return None
    source = sources.after(sentence, index + 2)
    if source is None or source.kind != "name":
        return None
    last = sentence.index_at(source.phrase.end - 1) + 1
    ends = last >= len(sentence.tokens) or sentence.tokens[last].kind in {",", ".", "(", QUOTED}
    return Attribution(source) if ends else None


def _titled(place: _Place) -> Attribution | None:
    """The title of a work is nobody's words."""
    return _NOBODY if unspoken.is_title(place.sentence, place.token, place.pair) else None


def _reported(place: _Place) -> Attribution | None:
    report = linking.link(place.sentence, place.reports, place.token)
    return _by(report, place.sentence) if report is not None else None


def _introduced(place: _Place) -> Attribution | None:
    """She has a new answer: “…”; he went after the mayor as a “…”: the subject of the sentence."""
    before = place.sentence.tokens[max(place.token - 2, 0) : place.token]
    named = any(token.word == "as" for token in before) and not unspoken.is_capitalised(place.sentence, place.pair)
    if not before or not (before[-1].kind == ":" or named):
        return None
    source = subjects.lead(place.sentence, place.token)
    return Attribution(source) if source is not None and source.kind != "description" else None


def _asked(place: _Place) -> Attribution | None:
    """“Really?” Jane Roe asked: the report is a sentence of its own."""
    sentence = place.sentence
    last = sentence.tokens[-1].kind == QUOTED and place.position == len(sentence.pairs) - 1
    if not last or place.number + 1 >= len(place.read):
        return None
    following, reports = place.read[place.number + 1]
    if not reports or not place.shares_paragraph(following):
        return None
    report = reports[0]
    after = following.tokens[report.last + 1 : report.last + 2]
    short = not after or after[0].kind == "." or sentence.tokens[-1].word in linking.GOES_ON
    says = (report.cue.says or report.cue.holds) and not report.shared
    return _by(report, following) if report.first == 0 and says and short else None


def _goes_on(place: _Place) -> Attribution | None:
    """“One,” she said. “Two.”: a sentence that is nothing but quotation, or opens with one."""
    if not (place.sentence.stands_alone or _runs_on(place)):
        return None
    if place.position:
        return _again(place.found.get(place.sentence.pairs[place.position - 1]))
    if place.earlier is None:
        return None
    pairs = place.earlier.sentence.pairs
    return _again(place.found.get(pairs[-1]) if pairs else None) or _from_sentence(place, place.earlier)


def _runs_on(place: _Place) -> bool:
    """“One,” she said. “Two,” and left: opens its sentence, right after another quotation's sentence."""
    pair = place.pair
    if place.earlier is None or place.reports or place.sentence.tokens[0].start != pair.opening:
        return False
    earlier = place.earlier.sentence
    return pair.end - pair.start >= _SHORTEST_THAT_RUNS_ON and bool(earlier.pairs) and place.shares_paragraph(earlier)


def _again(attribution: Attribution | None) -> Attribution | None:
    return Attribution(attribution.source) if attribution is not None else None


def _from_sentence(place: _Place, earlier: Read) -> Attribution | None:
    """What the sentence before introduces: by its report, else by its subject."""
    sentence = earlier.sentence
    if _is_headline(sentence):
        return None
    introduces = place.text.body[sentence.span.end - 1] == ":"
    saying = tuple(report for report in earlier.reports[-12:] if not beside_only(report))
    report = linking.left(sentence, saying, len(sentence.tokens))
    if report is not None and (report.cue.says or report.cue.form == "noun" or not introduces):
        return _by(report, sentence) if introduces else Attribution(report.source)
    source = subjects.lead(sentence, len(sentence.tokens))
    if source is None:
        return None
    near = place.shares_paragraph(sentence)
    if source.kind == "description":
        return Attribution(source) if near or introduces else None
    return Attribution(source) if near or source.kind == "pronoun" or _is_known(place.text, source) else None


def _is_headline(sentence: Sentence) -> bool:
    """Every Long Word With a Capital: no subject can be told."""
    words = [token for token in sentence.tokens if token.kind in {NAME, WORD} and len(token.word) > 3]
    return len(words) > 3 and sum(token.kind == NAME for token in words) > 0.8 * len(words)


def _is_known(text: Text, source: Source) -> bool:
    """Whether a name stands in the middle of a sentence too, so that it is no verb or noun with a capital."""
    words = text[source.span].split()
    return len(words) > 1 or words[-1] in _inner_names(text.body)


@lru_cache(maxsize=1)
def _inner_names(body: str) -> frozenset[str]:
    """Words with a capital that stand after a small letter or a comma."""
    return frozenset(re.findall(r"[a-z,] ([A-Z][\w’'\-]*)", body))


def _backwards(text: Text, read: Sequence[Read], found: dict[Marked, Attribution]) -> None:
    """“One.” “Two,” she said: a quotation that stands alone takes the speaker of the next of its paragraph."""
    following: tuple[int, Attribution] | None = None
    for sentence, _ in reversed(read):
        for pair in reversed(sentence.pairs):
            paragraph = text.paragraph_at(pair.start)
            if pair in found:
                following = (paragraph, found[pair])
            elif following is not None and following[0] == paragraph and sentence.stands_alone:
                found[pair] = Attribution(following[1].source)


_NOBODY = Attribution(Source(Span(0, 0), "description", Span(0, 0)))
"""Ends the search: nobody said it."""

_RULES: tuple[Callable[[_Place], Attribution | None], ...] = (
    _labelled,  # “ROE: Thank you.”
    _captioned,  # “Thank you.” — Jane Roe
    _titled,  # on the network’s “Morning Hour”
    _reported,  # “…,” she said; she said: “…”
    _introduced,  # she has a new answer: “…”
    _asked,  # “Really?” Jane Roe asked.
    _goes_on,  # “One,” she said. “Two.”
)
