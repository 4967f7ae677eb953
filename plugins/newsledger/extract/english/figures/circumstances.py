"""What the text ties to a figure: who claims it, as of when, where.

Only what the same sentence says in so many words; everything else stays null.
"""

import re
from bisect import bisect_left, bisect_right

import msgspec

from newsledger.records import Date, Figure, Mention, Quote
from newsledger.text import Span, Text

_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|data from|figures from|estimates? (?:by|from)|[Aa]s reported by|numbers from) "
    r"(?:the |a |an |data from |figures from )?(?P<who>[^,;:.()\n]{3,70}?)(?= ?[,;.()\n]|$| (?:which"
    r"|who|said|that|has|have|and the)\b)"
)
_SAYS = (
    r"(?:said|says|say|told|reported|reports|estimated|estimates|announced|claimed|claims|claim|confirmed|believes?|"
    r"estimate|put|puts|stated|added|noted|counted|insisted|suggests?|shows?)"
)
_SAYS_AFTER = re.compile(rf",? (?:also |has |have |had )?{_SAYS}\b")
_SAID_BEFORE = re.compile(rf",? {_SAYS} (?:the |a |an )?\Z")
_AS_OF = re.compile(r"\b(?:[Aa]s of|[Aa]s at|[Bb]y|[Uu]p to|[Ss]ince|[Aa]t the end of|[Oo]n|[Ii]n) (?:the )?\Z")
_REACH = 300
"""Code points of a sentence, before and after a figure, in which what is tied to it is looked for."""
_OTHER_CLAUSE = re.compile(r"[;:]|\b(?:but|while)\b")
_IN = re.compile(
    r"(?P<between>[^.;:!?\n]{0,45}?)\b(?:in|at|near|across|around|from|inside|throughout|outside) "
    r"(?:the )?(?:[a-z]+ )?\Z"
)


class Around:
    """The facts around the figures of one article."""

    def __init__(
        self, text: Text, mentions: tuple[Mention, ...], quotes: tuple[Quote, ...], dates: tuple[Date, ...]
    ) -> None:
        """Hold what figures may be tied to."""
        self._text = text
        self._quotes = [quote for quote in quotes if quote.speaker]
        self._speakers = [m for m in mentions if m.type in ("person", "organisation")]
        self._places = [m for m in mentions if m.type == "place"]
        self._dates = [found for found in dates if found.kind == "date"]
        self._starts = {
            "speakers": [m.start for m in self._speakers],
            "places": [m.start for m in self._places],
            "dates": [d.start for d in self._dates],
        }
        self._ends = [quote.end for quote in self._quotes]

    def tie(self, figure: Figure) -> Figure:
        """The figure with claimant, date and place where its sentence has them."""
        whole = self._text.sentences[self._text.sentence_at(figure.start)]
        sentence = Span(max(whole.start, figure.start - _REACH), min(whole.end, figure.end + _REACH))
        return msgspec.structs.replace(
            figure,
            claimant=self._claimant(figure, sentence),
            as_of=self._as_of(figure, sentence),
            place=self._place(figure, sentence),
        )

    def _within(self, kind: str, sentence: Span) -> slice:
        starts = self._starts[kind]
        return slice(bisect_left(starts, sentence.start), bisect_right(starts, sentence.end))

    def _claimant(self, figure: Figure, sentence: Span) -> str | None:
        """The speaker of the quote that holds it; whom the sentence cites; who says it in the sentence."""
        at = bisect_left(self._ends, figure.end)
        for quote in self._quotes[at : at + 2]:
            if quote.start <= figure.start and figure.end <= quote.end:
                return quote.speaker
        named = self._speakers[self._within("speakers", sentence)]
        cited = _ACCORDING.search(self._text.body, sentence.start, sentence.end)
        if cited and not cited.start("who") <= figure.start < cited.end("who"):
            first, last = cited.span("who")
            return next((m.name for m in named if first <= m.start and m.end <= last), cited["who"])
        for mention in named:
            if _SAYS_AFTER.match(self._text.body, mention.end) or _SAID_BEFORE.search(
                self._text.body, max(sentence.start, mention.start - 25), mention.start
            ):
                return mention.name
        return None

    def _as_of(self, figure: Figure, sentence: Span) -> str | None:
        """The date that a preposition ties to the clause: `as of May 3`, `by Friday`; none where there are several."""
        body = self._text.body
        found = [
            when for when in self._dates[self._within("dates", sentence)]
            if _AS_OF.search(body, max(sentence.start, when.start - 16), when.start)
            and not _OTHER_CLAUSE.search(body[min(figure.end, when.end) : max(figure.start, when.start)])
        ]  # fmt: skip
        return found[0].value if len(found) == 1 else None

    def _place(self, figure: Figure, sentence: Span) -> str | None:
        """The first place after the figure that a preposition ties to it: `40 people in Ourtown`."""
        for mention in self._places[self._within("places", sentence)]:
            if mention.start < figure.end:
                continue
            lead = self._text.body[figure.end : mention.start]
            match = _IN.match(lead) if len(lead) <= 60 else None
            return mention.name if match and "," not in lead and not re.search(r"\d", lead) else None
        return None
