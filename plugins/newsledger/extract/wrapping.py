"""Paragraphs out of lines that were broken to fit a page, a mail or a terminal."""

import re
from itertools import pairwise

WIDEST = 110
"""Characters; text with longer lines was not broken to a width."""

_NARROWEST = 40
_STOP = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_BROKEN_SHARE = 0.6
_HYPHENATED = re.compile(r"(?<=[a-z\u00df-\u00ff])-$")
# A paragraph that ends in one of these goes on in the next: "as reported in" / "The Courier, the talks ..."
_GOES_ON = re.compile(r"\s(?:a|an|the|of|in|on|at|to|by|for|from|with|and|or|that|as|his|her|its|their)$")
_LONG_ENOUGH = 60


def unwrap(text: str, *, hyphens: bool = False) -> str:
    """The text with one paragraph a line.

    Lines are joined only in text whose lines nearly all break off in mid-sentence near the same width. ``hyphens``
    says that words may have been divided at the ends of lines (as in print).
    """
    lines = [line.strip() for line in text.split("\n")]
    if not _is_wrapped(lines):
        return text
    paragraphs: list[str] = []
    open_end = False
    for number, line in enumerate(lines):
        if open_end and line:
            paragraphs[-1] = _joined(paragraphs[-1], line, hyphens=hyphens)
        elif line:
            paragraphs.append(line)
        open_end = bool(line) and not _ends_paragraph(lines, number)
    return "\n".join(paragraphs)


def mend(lines: list[str]) -> list[str]:
    """Join a paragraph that breaks off after a preposition, article or conjunction with the one that follows."""
    mended: list[str] = []
    for line in lines:
        if mended and len(mended[-1]) >= _LONG_ENOUGH and _GOES_ON.search(mended[-1][-8:]):
            mended[-1] += " " + line
        else:
            mended.append(line)
    return mended


def _is_wrapped(lines: list[str]) -> bool:
    pairs = [line for line, following in pairwise(lines) if line and following]
    if len(pairs) < 3 or max(map(len, lines)) > WIDEST:
        return False
    full = [line for line in pairs if len(line) >= _NARROWEST]
    broken = [line for line in full if not _STOP.search(line)]
    return len(full) >= 0.8 * len(pairs) and len(broken) >= _BROKEN_SHARE * len(full)


def _ends_paragraph(lines: list[str], number: int) -> bool:
    """Whether a line ends its paragraph: it ends in a stop and is clearly shorter than the lines around it."""
    around = [len(line) for line in lines[max(0, number - 8) : number + 8] if line]
    return bool(_STOP.search(lines[number])) and len(lines[number]) < 0.85 * max(around)


def _joined(before: str, line: str, *, hyphens: bool) -> str:
    if hyphens and _HYPHENATED.search(before) and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"
