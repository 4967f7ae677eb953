"""Plain text with positions: clean-up, paragraphs, sentences, chunks.

Everything that reads text shares one ``Text``, so that a body is split once and every position means the same.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

_LINE_ENDS = re.compile(r"[\r\x0b\x0c\x85\u2028\u2029]")
_NEVER_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_GAPS = ("", " ", "\n")
# Marks on one letter without end: putting them in order takes time that grows with the square of their number.
_PILES = re.compile(r"[^\w\s\x00-\x7f]{31,}")
# What one character in seven shows of a pile: four in a row at least. A seventh of a text is soon looked through.
_SPARSE = 7
_SPARSE_PILE = re.compile(r"[^\w\s\x00-\x7f]{4}")
_HIGHEST_PILE = 30  # as in the Stream-Safe Text Format, Unicode Standard Annex 15

# Abbreviations that end in a stop but rarely end a sentence.
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof rev hon gen col lt maj capt sgt cpl pvt adm cmdr brig gov sen rep pres atty supt det insp
    st mt ft jr sr vs no nos vol fig approx dept est inc corp co ltd bros assn ave blvd rd
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
    ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn
    tex va vt wash wis wyo""".split()
)
# Those that do end one when what follows begins with a capital that opens a sentence.
_MAY_END = frozenset("inc corp co ltd jr sr".split())
_OPENERS = frozenset(
    "the a an it he she they we i you this that these those in on at but and as for if when while there his her its "
    "their our after before since although however meanwhile".split()
)
# Bounded, for a line of a million stops.
_SENTENCE_END = re.compile(
    r"(?P<stop>[.!?…]{1,9})(?P<close>[\"'”’»)\]]*)(?P<gap>\s+)(?=[\"'“‘«„(\[]*(?P<next>[^\W_]+))"
)
_LAST_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+)*$")


class Span(NamedTuple):
    """A half-open stretch of code points."""

    start: int
    end: int

    def within(self, other: "Span") -> bool:
        """Whether this span lies inside the other."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def clean(raw: str) -> str:
    """The text as records hold it: NFC, LF line ends, no control characters, one paragraph a line.

    Runs of spaces (no-break spaces too) become one space; blank lines go. Idempotent.
    """
    if _is_clean(raw):
        return raw
    text = _NEVER_TEXT.sub("", _LINE_ENDS.sub("\n", raw.replace("\r\n", "\n")))
    lines = (_one_spaced(line) for line in unicodedata.normalize("NFC", _without_piles(text)).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_clean(text: str) -> bool:
    """Whether ``clean`` would change nothing, told quickly; it may say no of text that is."""
    gaps = any(gap in text for gap in ("\n\n", "  ", " \n", "\n ")) or text[:1] in _GAPS or text[-1:] in _GAPS
    plain = not gaps and text.replace("\n", "").isprintable()
    return plain and (text.isascii() or (unicodedata.is_normalized("NFC", text) and not _is_piled(text)))


def _one_spaced(line: str) -> str:
    """The words of a line with one space between them; most lines are so already."""
    if line.isprintable() and "  " not in line and line[:1] != " " and line[-1:] != " ":
        return line
    return " ".join(line.split())


def _is_piled(text: str) -> bool:
    return _SPARSE_PILE.search(text[::_SPARSE]) is not None and _PILES.search(text) is not None


def _without_piles(text: str) -> str:
    return _PILES.sub(_lowered, text) if _is_piled(text) else text


def _lowered(piles: re.Match[str]) -> str:
    """The characters without those combining marks that are too many on one letter."""
    kept: list[str] = []
    height = 0
    for char in "".join(unicodedata.normalize("NFD", one) for one in piles[0]):
        height = height + 1 if unicodedata.combining(char) else 0
        if height <= _HIGHEST_PILE:
            kept.append(char)
    return "".join(kept)


class Text:
    """A body and its parts; each is worked out when first asked for.

    Positions are code points into ``body``. Spans of a kind are in order and never overlap.
    """

    def __init__(self, body: str) -> None:
        """Hold the body; nothing is split yet."""
        self.body = body

    def __getitem__(self, span: tuple[int, int]) -> str:
        """The characters of a span."""
        return self.body[span[0] : span[1]]

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """One span for each line that is not blank."""
        return tuple(Span(*match.span()) for match in re.finditer(r"[^\n]*\S[^\n]*", self.body))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences, never across a paragraph; closing quotation marks belong to the sentence they close."""
        return tuple(span for paragraph in self.paragraphs for span in _sentences(self.body, paragraph))

    @cached_property
    def chunks(self) -> list[str]:
        """What stands between spaces and line ends, marks and all, in order; one character parts two of them."""
        return self.body.replace("\n", " ").split(" ")

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The same without order."""
        return frozenset(self.chunks)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [span.start for span in self.paragraphs]

    def sentence_at(self, position: int) -> int:
        """Index into ``sentences`` of the one that holds the position, or the last that begins before it."""
        return max(bisect_right(self._sentence_starts, position) - 1, 0)

    def paragraph_at(self, position: int) -> int:
        """Index into ``paragraphs`` of the one that holds the position, or the last that begins before it."""
        return max(bisect_right(self._paragraph_starts, position) - 1, 0)


def _sentences(body: str, paragraph: Span) -> list[Span]:
    """Split one paragraph at stops that do not belong to an abbreviation, an initial or a number."""
    spans, start = [], paragraph.start
    for match in _SENTENCE_END.finditer(body, paragraph.start, paragraph.end):
        if _ends_sentence(body, start, match):
            spans.append(Span(start, match.end("close")))
            start = match.end("gap")
    if start < paragraph.end:
        spans.append(Span(start, paragraph.end))
    return spans


def _ends_sentence(body: str, start: int, match: re.Match[str]) -> bool:
    following = match["next"]
    if following[0].islower():
        return False
    if match["stop"] != ".":
        return True
    last = _LAST_WORD.search(body[max(start, match.start() - 30) : match.start()].rpartition(" ")[2])
    if last is None or match["close"]:
        return True
    word = last[0]
    if word.lower() in _MAY_END or "." in word:
        return following.lower() in _OPENERS
    if len(word) == 1 and word.isupper():
        return False
    return not (word.lower() in _ABBREVIATIONS and (word[0].isupper() or following[0].isdigit()))
