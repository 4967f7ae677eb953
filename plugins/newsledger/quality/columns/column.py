"""What a column is, and what columns of all kinds are made with."""

import math
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from newsledger.quality import edtf
from newsledger.records import Article, Extraction

Kind = Literal["articles", "quotes", "mentions", "figures", "dates"]
KINDS: tuple[Kind, ...] = ("articles", "quotes", "mentions", "figures", "dates")

Type = Literal["text", "number", "integer", "flag"]
"""``flag`` is true, false or null; ``integer`` is never null; ``number`` and ``text`` may be."""


class Row(NamedTuple):
    """What one row is made from."""

    extraction: Extraction
    record: Any
    """The fact; of an article: the article."""
    repeated: bool
    """An earlier fact of the same article has the same identity."""

    @property
    def article(self) -> Article:
        """The article itself, or the one that the fact was read from."""
        return self.extraction.article


class Column(NamedTuple):
    """One column of a frame."""

    name: str
    type: Type
    meaning: str
    value: Callable[[Row], Any]


def field(name: str, of: Type, meaning: str) -> Column:
    """A field of the record under its own name."""
    return Column(name, of, meaning, lambda row: getattr(row.record, name))


def untidy(*names: str) -> Column:
    """The column that lists the text fields which are there and yet are no plain line of text."""

    def listed(row: Row) -> str | None:
        values = ((name, getattr(row.record, name)) for name in names)
        return ", ".join(name for name, value in values if value is not None and not _is_line(value)) or None

    meaning = f"names of the fields among {', '.join(names)} that are blank, padded with blanks, or have several lines"
    return Column("untidy_fields", "text", meaning, listed)


def _is_line(text: str) -> bool:
    return bool(text) and text == text.strip() and "\n" not in text


def days(value: str | None) -> edtf.Bounds | None:
    """The days that a date means; none where it is null or not well formed."""
    return edtf.bounds(value) if value else None


def year(ordinal: float | None) -> float | None:
    """The year of a day; null where the day is unknown or an interval is open there."""
    return None if ordinal is None or math.isinf(ordinal) else edtf.year(ordinal)


def well_formed(value: str | None) -> bool | None:
    """Whether a value is a date as ISO 8601 or EDTF has it; null where there is none."""
    return None if value is None else edtf.is_date(value)
