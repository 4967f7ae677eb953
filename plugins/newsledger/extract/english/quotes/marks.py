"""Pairs of quotation marks: which words stand inside.

A mark's neighbours say more than its glyph: `"` has no direction, `”` opens in Swedish, `“` closes in German, and
writers mistype all of them. So each mark is read by what stands beside it first, by its glyph second, and by what is
open third.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsledger.text import Span, Text

_DOUBLE = re.compile(r"[“”„‟\"＂«»]")
_SINGLE = re.compile(r"[‘’‚‛‹›']")
_OPENERS = frozenset("“ „ ‟ ‘ ‚ ‛ ‹ «".split())
_CLOSERS = frozenset("” ’ › »".split())
# »So schreibt man auf Deutsch«: the glyph says nothing when both directions are in use.
_EITHER_WAY = frozenset("«»‹›")
_BEFORE_OPENING = frozenset("([{<—–-/:‘'“\"*_")
_AFTER_CLOSING = frozenset(".,;:!?)]}>—–-…/’'”\"*_")
_TERMINATOR = re.compile(r"[.!?…,](?=[^.!?…,]*$)")
_LONGEST_UNCLOSED = 1500
"""An opening mark that nothing closes is believed for this many characters, and then for one sentence only."""
_CONTRACTED = re.compile(r"'(?:em|til|tis|twas|cause|bout|n|\d0s)\b", re.IGNORECASE)


class Marked(NamedTuple):
    """Words between marks: ``start`` and ``end`` without the marks, ``opening`` and ``closing`` with them."""

    start: int
    end: int
    opening: int
    closing: int
    continues: bool = False
    """Whether it goes on with a quotation that the paragraph before left open."""

    @property
    def outer(self) -> Span:
        """The words with their marks."""
        return Span(self.opening, self.closing)


class _Open:
    """A mark that waits for its partner, and the pairs found since."""

    __slots__ = ("inside", "mark")

    def __init__(self, mark: Span) -> None:
        self.mark = mark
        self.inside: list[Marked] = []


def pairs(text: Text) -> tuple[Marked, ...]:
    """The outermost pairs in order of position; linear in the length of the text.

    Single marks count only in a text that has no double ones (British papers); elsewhere they mark words inside a
    quotation, titles and apostrophes. Two straight ones in a row stand for a double mark in the exports of some
    archives; what they mark is left alone.
    """
    found = tuple(_read(text, _DOUBLE))
    return found if found or "''" in text.body else tuple(_read(text, _SINGLE))


def _read(text: Text, glyphs: re.Pattern[str]) -> Iterator[Marked]:
    body, pending = text.body, False
    if not glyphs.search(body):
        return
    for paragraph in text.paragraphs:
        reader = _Paragraph(text, paragraph, pending=pending)
        for match in glyphs.finditer(body, *paragraph):
            reader.take(match)
        yield from reader.finish()
        pending = bool(reader.stack)


class _Paragraph:
    """One paragraph's marks, taken from left to right."""

    def __init__(self, text: Text, span: Span, *, pending: bool) -> None:
        self.text, self.body, self.span = text, text.body, span
        self.stack: list[_Open] = []
        self.found: list[Marked] = []
        self.pending = pending
        """Whether the paragraph before ended inside a quotation that no mark has closed or opened anew yet."""

    def take(self, match: re.Match[str]) -> None:
        """Open, close or ignore, by what stands beside the mark."""
        mark = Span(*match.span())
        opens, closes = self._looks(match[0], mark)
        if self.stack and closes:
            self._close(mark)
        elif opens:
            self.stack.append(_Open(mark))
        elif closes and self.pending and not self.found and mark.start > self.span.start:
            self.found.append(Marked(self.span.start, mark.start, self.span.start, mark.end, continues=True))
            self.pending = False

    def _looks(self, glyph: str, mark: Span) -> tuple[bool, bool]:
        """Whether the mark can open, and whether it can close what is open."""
        before = self.body[mark.start - 1] if mark.start > self.span.start else " "
        after = self.body[mark.end] if mark.end < self.span.end else " "
        if glyph in {"'", "’"} and self._is_apostrophe(glyph, mark, before, after):
            return False, False
        opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
        closes = not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)
        if opens != closes:
            return opens, closes
        if glyph in _EITHER_WAY:
            return not self.stack, bool(self.stack)
        if glyph in _OPENERS:
            return True, False
        # `6'2"` opens nothing; between letters a mark can only close.
        return opens and not self.stack, bool(self.stack) or glyph in _CLOSERS

    def _is_apostrophe(self, glyph: str, mark: Span, before: str, after: str) -> bool:
        """`don't`, `’em`, and `the soldiers’ view` while a later mark of the paragraph can close."""
        if before.isalnum() and after.isalnum():
            return True
        if glyph == "'" and _CONTRACTED.match(self.body, mark.start):
            return True
        possessive = before in "sz" and after == " " and self.body[mark.end + 1 : mark.end + 2].islower()
        return possessive and bool(
            re.search(r"[.,?!…]['’]|['’](?:[.,;:?!)]|$)", self.body[mark.end : min(self.span.end, mark.end + 300)])
        )

    def _close(self, mark: Span) -> None:
        opened = self.stack.pop()
        pair = _trimmed(self.body, opened.mark, mark, continues=not self.stack and self._goes_on(opened.mark))
        if pair is None:
            return
        (self.stack[-1].inside if self.stack else self.found).append(pair)

    def _goes_on(self, mark: Span) -> bool:
        return self.pending and mark.start == self.span.start

    def finish(self) -> list[Marked]:
        """The pairs of the paragraph; what stayed open ends with it, or before the next opening mark."""
        if self.stack and self._is_whole(self.stack[0].mark):
            pair = _trimmed(self.body, self.stack[0].mark, Span(self.span.end, self.span.end), continues=self.pending)
            return [*self.found, pair] if pair else self.found
        for position, opened in enumerate(self.stack):
            following = [pair.opening for pair in opened.inside[:1]]
            following += [later.mark.start for later in self.stack[position + 1 : position + 2]]
            pair = self._unclosed(opened.mark, min(following, default=None))
            self.found.extend(([pair] if pair else []) + opened.inside)
        return self.found

    def _is_whole(self, mark: Span) -> bool:
        """Whether the paragraph is one quotation that the next paragraph goes on with."""
        following = self.body[self.span.end : self.span.end + 40].lstrip()
        glyph = self.text[mark]
        return mark.start == self.span.start and following.startswith(("“", '"', "„", "«", "‘", glyph))

    def _unclosed(self, mark: Span, following: int | None) -> Marked | None:
        end = self.span.end
        if following is not None:
            # The next mark opens: this quotation ended somewhere before, at the last stop or comma there is.
            stop = _TERMINATOR.search(self.body[max(mark.end, following - _LONGEST_UNCLOSED) : following])
            if stop is None:
                return None
            end = max(mark.end, following - _LONGEST_UNCLOSED) + stop.end()
        if end - mark.start > _LONGEST_UNCLOSED:
            starts = self.text.sentences
            end = min(end, starts[self.text.sentence_at(mark.end)].end)
        return _trimmed(self.body, mark, Span(end, end), continues=self._goes_on(mark))


def _trimmed(body: str, opening: Span, closing: Span, *, continues: bool) -> Marked | None:
    """The words between two marks without spaces at the ends, or None when there are none."""
    start, end = opening.end, closing.start
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    if not any(body[at].isalnum() for at in range(start, end)):
        return None
    return Marked(start, end, opening.start, closing.end, continues)
