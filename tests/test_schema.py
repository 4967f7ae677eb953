"""The table's schema holds all that records hold, and gives back what was put in."""

from collections.abc import Iterable
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.records import Article, Candidate, Date, FactKind, Figure, Mention, Quote, Record, Retraction, Source
from newsledger.store import schema
from newsledger.store.decisions import parts
from newsledger.store.publish import lines
from tests.ledger import AT, BODY, extraction

STORED_ONLY = {"prefix", "suffix", "published_at", "published_on", *FactKind}


def names(kind: Iterable[Any]) -> set[str]:
    return {field.name for field in kind}


@pytest.mark.parametrize(
    ("stored", "record"),
    [
        (schema.ARTICLES, Article),
        (schema.SOURCE, Source),
        (schema.QUOTE, Quote),
        (schema.MENTION, Mention),
        (schema.CANDIDATE, Candidate),
        (schema.FIGURE, Figure),
        (schema.DATE, Date),
        (schema.RETRACTION, Retraction),
    ],
)
def test_every_field_of_a_record_is_stored(stored: Iterable[Any], record: type[Record]) -> None:
    assert names(stored) - STORED_ONLY == {field.name for field in msgspec.structs.fields(record)}


def test_facts_carry_the_text_around_them() -> None:
    quote = schema.row(extraction(), "b", AT)["quotes"][0]
    assert quote["prefix"] == BODY[:1]
    assert quote["suffix"] == BODY[15 : 15 + schema.AROUND]
    assert [*quote][:6] == ["fact_id", "start", "end", "exact", "prefix", "suffix"]


def test_facts_without_an_id_are_given_theirs() -> None:
    named = extraction()
    bare = msgspec.structs.replace(named, quotes=(msgspec.structs.replace(named.quotes[0], fact_id=""),))
    assert schema.row(bare, "b", AT) == schema.row(named, "b", AT)


def test_times_become_utc() -> None:
    assert schema.instant("2026-05-03T12:00:00+02:00") == schema.instant("2026-05-03T10:00:00Z")
    assert schema.instant("2026-05-03T10:00:00") == schema.instant("2026-05-03T10:00:00Z")


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=20),
    st.integers(-(2**53), 2**53),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
)
def test_a_row_read_back_gives_the_same_bytes_and_digests(body: str, low: int, high: float | None) -> None:
    whole = extraction(body=body)
    figure = msgspec.structs.replace(whole.figures[0], low=low, high=high)
    row = schema.row(msgspec.structs.replace(whole, figures=(figure,)), "b", AT) | {"seq": 7}
    back = pa.Table.from_pylist([row], schema=schema.ARTICLES).to_pylist()
    assert lines(back) == lines([row])
    assert parts(back[0]) == parts(row)
