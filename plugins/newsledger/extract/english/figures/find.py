"""Numbers with what they measure or count.

Not figures: dates, clock times, years, ordinals, names with numbers (`Boeing 737`), list numbers, scores, addresses.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import zip_longest

from newsledger.extract.english.dates import expressions
from newsledger.extract.english.dates import find as dates
from newsledger.extract.english.figures import circumstances, counting, measures, not_figures, nouns
from newsledger.extract.english.figures.measures import Measured
from newsledger.extract.english.figures.nouns import Counted
from newsledger.extract.english.figures.qualifiers import qualifier
from newsledger.extract.english.numbers import find as numbers
from newsledger.extract.english.numbers import indefinite
from newsledger.extract.english.numbers.find import Number
from newsledger.records import Article, Date, Figure, Mention, Quote
from newsledger.text import Text

_CALENDAR = frozenset(
    "iso slashed moment clock days day month decade century quarter quarters years year period_of end_of".split()
)
"""Expressions of time whose numbers are no figures."""


def find(
    text: Text,
    article: Article,
    mentions: tuple[Mention, ...],
    quotes: tuple[Quote, ...],
    dated: tuple[Date, ...] | None = None,
) -> tuple[Figure, ...]:
    """Figures in order of position; ``dated`` are the dates of the text, found here where they are not given."""
    around = circumstances.Around(
        text, mentions, quotes, dates.find(text, article, mentions) if dated is None else dated
    )
    found: list[Figure] = []
    topic, paragraph = None, -1
    for number, measured in _read(text, mentions):
        if (here := text.paragraph_at(number.start)) != paragraph:
            topic, paragraph = (topic if counting.refers_back(text.body, number.end) else None), here
        counted = None if measured else _counted(text, number, topic)
        if (found and number.start < found[-1].end) or _refused(text, number, measured, counted):
            continue
        if measured is None:
            topic = counted.noun if counted else topic
        found.append(around.tie(_figure(text.body, number, measured, counted)))
    return tuple(found)


def _read(text: Text, mentions: tuple[Mention, ...]) -> Iterator[tuple[Number, Measured | None]]:
    """Numbers with what they measure; a sign before a temperature or a rate is theirs."""
    candidates = list(_candidates(text, mentions))
    for number, following in zip_longest(candidates, candidates[1:]):
        measured = measures.read(text.body, number) or (following and measures.shared(text.body, number, following))
        sign = not_figures.minus(text.body, number.start, measured.unit) if measured else None
        if measured and sign is not None:
            yield _negative(number, sign), measured._replace(start=sign)
        else:
            yield number, measured


def _negative(number: Number, start: int) -> Number:
    return number._replace(start=start, low=-number.low, high=None if number.high is None else -number.high)


def _candidates(text: Text, mentions: tuple[Mention, ...]) -> Iterator[Number]:
    """Numbers that are no part of a date or inside a name, with `a year` and its like, in order."""
    taken = sorted(
        [(e.start, e.end) for e in expressions.find(text) if e.kind in _CALENDAR]
        + [(m.start, m.end) for m in mentions if any(map(str.isdigit, m.exact))]
    )
    starts = [start for start, _ in taken]
    for number in sorted([*numbers.find(text), *indefinite.find(text)]):
        if not_figures.is_fragment(text.body, number):
            continue
        index = bisect_right(starts, number.end - 1) - 1
        if index < 0 or taken[index][1] <= number.start:
            yield number


def _counted(text: Text, number: Number, topic: str | None) -> Counted | None:
    """The noun a number counts: after it, before it, or that of the figure before it in the paragraph."""
    body = text.body
    sentence = text.sentences[text.sentence_at(number.start)].start
    if counting.is_parent(body, sentence, number.start):
        return Counted("children", number.end)
    if found := nouns.after(body, number.end, one=number.low == 1 and number.high is None):
        return found
    if noun := counting.before(body, sentence, number.start):
        return Counted(noun, number.end)
    if counting.casualties(body, number.start, number.end):
        return Counted("people", number.end)
    if topic and number.kind != "part" and counting.continues(body, number.end):
        return Counted(topic, number.end, said=counting.refers_back(text.body, number.end))
    return None


def _refused(text: Text, number: Number, measured: Measured | None, counted: Counted | None) -> bool:
    """Whether a number is no figure after all."""
    sure = measured is not None or (counted is not None and counted.end > number.end)
    if measured is not None and measured.unit.dimension in ("money", "ratio"):
        return False
    if not_figures.is_name(text, number, measured=sure):
        return True
    if number.join == "-" and counted is not None and counted.noun[0].isupper():  # the 0-14 Lions
        return True
    if not_figures.is_pronoun(text, number, measured=measured is not None, counts=counted is not None and counted.said):
        return True
    return not sure and (not_figures.is_score(text, number) or _open_part(text.body, number))


def _open_part(body: str, number: Number) -> bool:
    """A fraction of nothing named: `a third`, but not `one in five` and `two-thirds of those`."""
    return number.kind == "part" and number.join != "in" and not body.startswith(" of", number.end)


def _figure(body: str, number: Number, measured: Measured | None, counted: Counted | None) -> Figure:
    start, end = (measured.start, measured.end) if measured else (number.start, number.end)
    low, high = number.low + (measured.more if measured else 0.0), number.high
    certainty = qualifier(body, start, end, between=high is not None)
    if measured:
        unit = measured.unit
        return Figure(
            start=start, end=end, exact=body[start:end], low=low, high=high, unit=unit.name, qualifier=certainty,
            si_low=unit.to_si(low), si_high=None if high is None else unit.to_si(high),
            si_unit=unit.si if unit.factor is not None else None, dimension=unit.dimension,
            noun=measured.noun or nouns.measured(body, end, unit.dimension),
        )  # fmt: skip
    noun = nouns.folded(counted.noun) if counted else None
    unit_name, end = _rate(body, noun, counted, end)
    return Figure(
        start=start, end=end, exact=body[start:end], low=low, high=high, unit=unit_name, qualifier=certainty, noun=noun,
        dimension="count" if noun else None,
    )  # fmt: skip


def _rate(body: str, noun: str | None, counted: Counted | None, end: int) -> tuple[str | None, int]:
    """`person`, or `person/day` when the text says how often, and where the figure ends."""
    if noun not in nouns.PEOPLE:
        return None, end
    period, stop = nouns.per(body, counted.end if counted else end)
    return (f"person/{period}" if period else "person"), (stop if period and counted and counted.end == end else end)
