"""Which report a quotation belongs to."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from newsledger.extract.english import media, sources, unspoken
from newsledger.extract.english.clauses import NAME, QUOTED, WORD, Sentence, Token
from newsledger.extract.english.marks import Marked
from newsledger.extract.english.reports import Report, beside_only
from newsledger.extract.english.sources import Source
from newsledger.text import Span, Text

_GOES_ON = frozenset(", ? ! — – - …".split())
_LABEL = re.compile(r"(?P<name>[A-Z][A-Z.’'\-]+(?: [A-Z][A-Z.’'\-]+){0,3}):\s")
_TAIL = frozenset(", . — ; : ( )".split())


class Attribution(NamedTuple):
    """Who said a quotation, and by which verb (None where the quotation goes on from another)."""

    source: Source
    report: Report | None
    sentence: int
    cue_span: Span | None = None
    """The verb of speech as it stands in the text."""
    medium: str | None = None

    def cue(self, text: Text) -> str | None:
        """The verb of speech, as the text has it."""
        return text[self.cue_span] if self.cue_span else None


class Read(NamedTuple):
    """A sentence with its reports."""

    sentence: Sentence
    reports: tuple[Report, ...]


def attribute(text: Text, read: Sequence[Read]) -> dict[Marked, Attribution]:
    """The attribution of each quotation that has one.

    In order of trust: a report in its sentence, one in the sentence that it runs into, the quotation that it goes on
    from, what the sentence before introduces.
    """
    found: dict[Marked, Attribution] = {}
    for number, (sentence, _) in enumerate(read):
        for pair in sentence.pairs:
            attribution = _labelled(text, pair, number) or _captioned(sentence, pair, number)
            if attribution is None and unspoken.is_title(sentence, sentence.index_at(pair.opening), pair):
                continue
            attribution = attribution or _in_sentence(read, number, pair) or _next_sentence(text, read, number, pair)
            if attribution is None and (sentence.stands_alone or _runs_on(text, read, number, pair)):
                attribution = _goes_on(text, read, number, pair, found)
            if attribution is not None:
                found[pair] = attribution
    _backwards(text, read, found)
    return found


def _by(report: Report, read: Sequence[Read], number: int) -> Attribution:
    verb = read[number].sentence.tokens[report.verb]
    medium = media.find(read[number].sentence, report)
    return Attribution(report.source, report, number, Span(verb.start, verb.end), medium)


def _labelled(text: Text, pair: Marked, number: int) -> Attribution | None:
    """“ROE: Thank you.”: a transcript between marks names its speakers itself."""
    match = _LABEL.match(text.body, pair.start, pair.end)
    if match is None:
        return None
    span = Span(*match.span("name"))
    return Attribution(Source(span, "name", span), None, number)


def _captioned(sentence: Sentence, pair: Marked, number: int) -> Attribution | None:
    """“…” — Jane Roe: a dash and a name, and then nothing but a description."""
    index = sentence.index_at(pair.opening)
    following = sentence.tokens[index + 1 : index + 3]
    if len(following) < 2 or following[0].kind != "—" or following[1].kind != NAME or not _may_end(sentence, pair):
        return None
    source = sources.after(sentence, index + 2)
    if source is None or source.kind != "name":
        return None
    last = sentence.index_at(source.phrase.end - 1) + 1
    if last >= len(sentence.tokens) or sentence.tokens[last].kind in {",", ".", "(", QUOTED}:
        return Attribution(source, None, number)
    return None


def _may_end(sentence: Sentence, pair: Marked) -> bool:
    return sentence.text.body[pair.end - 1] in ".!?…" or sentence.tokens[0].start == pair.opening


def _in_sentence(read: Sequence[Read], number: int, pair: Marked) -> Attribution | None:
    sentence, reports = read[number]
    index = sentence.index_at(pair.opening)
    reports = _near(reports, index)
    report = _beside_right(sentence, reports, index) or _left(sentence, reports, index)
    report = report or _right(sentence, reports, index)
    if report is not None:
        return _by(report, read, number)
    return _introduced(sentence, number, index)


def _near(reports: tuple[Report, ...], index: int) -> tuple[Report, ...]:
    """The dozen reports on either side of a token: no rule reaches further."""
    at = bisect_right(reports, index, key=lambda report: report.verb)
    return reports[max(at - 12, 0) : at + 12]


def _introduced(sentence: Sentence, number: int, index: int) -> Attribution | None:
    """She has a new answer: “…”; he went after the mayor as a “…”: the subject of the sentence."""
    before = sentence.tokens[max(index - 2, 0) : index]
    if not before or not (before[-1].kind == ":" or any(token.word == "as" for token in before)):
        return None
    source = sources.lead(sentence, index)
    return Attribution(source, None, number) if source is not None and source.kind != "description" else None


def _beside_right(sentence: Sentence, reports: tuple[Report, ...], index: int) -> Report | None:
    """“…,” she said; “…,” said Jane Roe."""
    tokens = sentence.tokens
    for report in reports:
        between = tokens[index + 1 : report.first]
        if (
            report.first <= index
            or report.shared
            or any(token.kind not in {",", "—"} and token.word != "as" for token in between)
        ):
            continue
        if report.inverted and not (report.cue.says or report.cue.holds):
            continue
        goes_on = between or tokens[index].word in _GOES_ON
        if report.inverted or goes_on or report.source.kind != "description":
            return report
    return None


def _left(sentence: Sentence, reports: tuple[Report, ...], index: int) -> Report | None:
    """She said: “…”; the last report before the quotation."""
    chosen: Report | None = None
    for report in reversed(reports):
        if report.verb >= index or not _reaches(sentence, report, index) or _is_you(sentence, report):
            continue
        if chosen is None:
            if report.cue.lemma in {"call", "dub", "label", "name"} and _names_a_thing(sentence, report, index):
                return None
            chosen = report
        elif _holds(sentence, report, chosen):
            chosen = report
        if chosen.cue.says and not _is_thing(sentence, chosen):
            break
    return chosen


def _is_you(sentence: Sentence, report: Report) -> bool:
    return sentence.text[report.source.span].lower() == "you"


def _reaches(sentence: Sentence, report: Report, index: int) -> bool:
    """Whether a quotation so far to the right can still belong to the report."""
    if beside_only(report):
        return index - report.last <= 2
    if report.cue.form == "noun" or not (report.cue.says or report.cue.holds):
        return index - report.last <= 30 and not any(
            token.kind == ";" for token in sentence.tokens[report.last : index]
        )
    return True


def _is_thing(sentence: Sentence, report: Report) -> bool:
    """`It means`, `this shows`, `we believe`: the words belong to who is quoted as saying so."""
    return sentence.text[report.source.span].lower() in {"it", "this", "we", "i", "you", "which"}


def _holds(sentence: Sentence, outer: Report, inner: Report) -> bool:
    """Whether one report stands inside the clause of another: `She said [the plan favours a “…”]`."""
    if not (outer.cue.says or outer.cue.holds) or outer.cue.form == "noun" or outer.last >= inner.first:
        return False
    between = sentence.tokens[outer.last + 1 : inner.first]
    return not any(
        token.kind in {";", "—", QUOTED} or token.word in {"but", "while", "whereas"} or _breaks(before, token)
        for before, token in zip(between, between[1:], strict=False)
    ) and not any(token.kind == QUOTED for token in between)


def _breaks(before: Token, token: Token) -> bool:
    return before.kind == "," and token.word in {"and", "so", "yet"}


def _names_a_thing(sentence: Sentence, report: Report, index: int) -> bool:
    """A group called “…”: the words are a name."""
    return index == report.verb + 1 and report.source.kind == "description" and report.cue.form == "ed"


def _right(sentence: Sentence, reports: tuple[Report, ...], index: int) -> Report | None:
    """The “…” plan would fail, she said; … “…” …, according to two officials."""
    tokens = sentence.tokens
    for report in reports:
        if report.first <= index or report.shared or not report.cue.says:
            continue
        opened = tokens[report.first - 1].kind in {",", "—", QUOTED} or report.cue.lemma == "according"
        closed = report.last + 1 >= len(tokens) or tokens[report.last + 1].kind in _TAIL or report.inverted
        if opened and closed:
            return report
    return None


def _next_sentence(text: Text, read: Sequence[Read], number: int, pair: Marked) -> Attribution | None:
    """“Really?” Jane Roe asked."""
    sentence = read[number].sentence
    if sentence.tokens[-1].kind != QUOTED or sentence.pairs[-1] != pair or number + 1 >= len(read):
        return None
    following, reports = read[number + 1]
    if not reports or text.paragraph_at(following.span.start) != text.paragraph_at(pair.start):
        return None
    report = reports[0]
    tokens = following.tokens
    last = report.last + 1
    short = last >= len(tokens) or tokens[last].kind == "." or text.body[pair.end - 1] in _GOES_ON
    if report.first == 0 and (report.cue.says or report.cue.holds) and short and not report.shared:
        return _by(report, read, number + 1)
    return None


def _runs_on(text: Text, read: Sequence[Read], number: int, pair: Marked) -> bool:
    """“One,” she said. “Two,” and left: opens its sentence, right after another quotation's sentence."""
    sentence, reports = read[number]
    if number == 0 or reports or sentence.tokens[0].start != pair.opening or pair.end - pair.start < 12:
        return False
    earlier = read[number - 1].sentence
    return bool(earlier.pairs) and text.paragraph_at(earlier.span.start) == text.paragraph_at(pair.start)


def _goes_on(
    text: Text, read: Sequence[Read], number: int, pair: Marked, found: dict[Marked, Attribution]
) -> Attribution | None:
    """From the quotation before, else from the sentence before: its report, its subject."""
    sentence = read[number].sentence
    if pair != sentence.pairs[0]:
        attribution = found.get(sentence.pairs[sentence.pairs.index(pair) - 1])
        return attribution._replace(report=None, cue_span=None, medium=None) if attribution else None
    if number == 0:
        return None
    earlier, reports = read[number - 1]
    if earlier.pairs and (attribution := found.get(earlier.pairs[-1])) is not None:
        return attribution._replace(report=None, cue_span=None, medium=None)
    if _is_headline(earlier):
        return None
    same_paragraph = text.paragraph_at(earlier.span.start) == text.paragraph_at(pair.start)
    ends_open = text.body[earlier.span.end - 1] == ":"
    saying = tuple(report for report in reports if not beside_only(report))
    report = _left(earlier, saying, len(earlier.tokens))
    if report is not None and (report.cue.says or report.cue.form == "noun" or not ends_open):
        return _by(report, read, number - 1) if ends_open else Attribution(report.source, None, number - 1)
    source = sources.lead(earlier, len(earlier.tokens))
    if source is None or (source.kind == "description" and not same_paragraph and not ends_open):
        return None
    if same_paragraph or source.kind != "name" or _is_known(text, source):
        return Attribution(source, None, number - 1)
    return None


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
                found[pair] = following[1]._replace(report=None, cue_span=None, medium=None)
