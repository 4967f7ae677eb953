"""Records to pandas frames: one frame a kind, one row a record, the columns of ``columns.COLUMNS``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newsledger.quality.columns import COLUMNS, KINDS, Kind, Row, Type
from newsledger.records import Extraction

if TYPE_CHECKING:
    import pandas as pd

# Text stays Python's own (pandas would make Arrow strings of it, whose regular expressions know no look-ahead), and
# so do flags, for pandas' booleans hold no null.
_DTYPES: Mapping[Type, str] = {"text": "object", "flag": "object", "number": "float64", "integer": "int64"}


class Place(NamedTuple):
    """Where the record of a row stands: the index of its extraction, and of a fact its index in its list."""

    extraction: int
    fact: int = 0


class Frame(NamedTuple):
    """All records of one kind in a batch."""

    kind: Kind
    data: "pd.DataFrame"
    """Its column ``row`` numbers the rows from 0 and leads to ``places``."""
    places: Sequence[Place]


def build(extractions: Sequence[Extraction]) -> dict[Kind, Frame]:
    """A frame for each kind of record; a kind of which there is none has a frame without rows."""
    return {kind: _frame(kind, list(_rows(kind, extractions))) for kind in KINDS}


def _rows(kind: Kind, extractions: Sequence[Extraction]) -> Iterator[tuple[Place, Row]]:
    for number, extraction in enumerate(extractions):
        if kind == "articles":
            yield Place(number), Row(extraction, extraction.article, repeated=False)
            continue
        seen: set[str] = set()
        for index, fact in enumerate(getattr(extraction, kind)):
            yield Place(number, index), Row(extraction, fact, repeated=fact.fact_id in seen)
            seen.add(fact.fact_id)


def _frame(kind: Kind, rows: Sequence[tuple[Place, Row]]) -> Frame:
    import pandas as pd

    values = {"row": pd.Series(range(len(rows)), dtype="int64")}
    for column in COLUMNS[kind]:
        values[column.name] = pd.Series([column.value(row) for _, row in rows], dtype=_DTYPES[column.type])
    return Frame(kind, pd.DataFrame(values), [place for place, _ in rows])
