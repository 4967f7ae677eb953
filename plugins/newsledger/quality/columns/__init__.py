"""The columns that an expectation may speak of: each with its type, its meaning and how it is worked out.

A frame holds one row for each record of a kind. Plain fields are there under their own names; what a record only
shows when it is laid beside its article (does the span hold these words?) is worked out beforehand as a column, so that
every rule can be written in JSON.
"""

from collections.abc import Mapping, Sequence

from newsledger.quality.columns.article import ARTICLES
from newsledger.quality.columns.column import KINDS, Column, Kind, Row, Type
from newsledger.quality.columns.date import DATES
from newsledger.quality.columns.figure import FIGURES
from newsledger.quality.columns.mention import MENTIONS
from newsledger.quality.columns.quote import QUOTES

__all__ = ["COLUMNS", "KINDS", "Column", "Kind", "Row", "Type"]

COLUMNS: Mapping[Kind, Sequence[Column]] = {
    "articles": ARTICLES,
    "quotes": QUOTES,
    "mentions": MENTIONS,
    "figures": FIGURES,
    "dates": DATES,
}
"""Every column of each kind, in the order of its frame (which begins with ``row``, the number of the row)."""
