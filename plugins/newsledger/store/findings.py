"""What can be wrong with the store, and what the rows alone tell of it; no I/O."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from newsledger.records import FactKind, Record, sha256
from newsledger.store.schema import AROUND, Row


class Trouble(StrEnum):
    """Kinds of findings."""

    raw_bytes = "raw_bytes"
    """Raw bytes do not match their name."""
    raw_missing = "raw_missing"
    """An article's raw bytes are gone."""
    raw_unclaimed = "raw_unclaimed"
    """Raw bytes belong to no batch."""
    record = "record"
    """A row contradicts itself: a span, a hash."""
    row_key = "row_key"
    """(article_id, version, revision) is there twice, or one before it is missing."""
    seq = "seq"
    """A position is missing, or was given out twice."""
    json_lines = "json_lines"
    """JSON Lines and table differ."""
    head = "head"
    """A head and the table differ."""
    sighting = "sighting"
    """A sighting cannot be read, or is of what was never published."""
    quarantine = "quarantine"
    """A rejection cannot be read."""
    ruling = "ruling"
    """A decision cannot be read, or was not carried out."""
    batch = "batch"
    """A batch's manifest or outcome cannot be read."""
    forgotten = "forgotten"
    """An article that was forgotten is there."""
    lost = "lost"
    """A finished batch says that it published what the table lacks."""
    pending = "pending"
    """A batch waits for long."""
    staging = "staging"
    """Something is left of work that is no more."""
    table = "table"
    """A file of the table is gone."""


class Finding(Record, frozen=True, kw_only=True):
    """One promise that does not hold."""

    kind: Trouble
    where: str
    """A key in the bucket, an article's id with version and revision, or a position."""
    message: str
    article_id: str | None = None
    """Where it is of one article and ``where`` does not say of which."""


def name(row: Row) -> str:
    """A row's key as people read it."""
    return f"{row['article_id']} {row['version']}.{row['revision']}"


def of_row(row: Row) -> Iterator[Finding]:
    """What a row contradicts itself in."""
    for message in _faults(row):
        yield Finding(kind=Trouble.record, where=name(row), message=message)


def _faults(row: Row) -> Iterator[str]:
    body = row["body"]
    if sha256(body.encode()) != row["body_sha256"]:
        yield "body_sha256 is not that of the body."
    if row["published_at"].date() != row["published_on"]:
        yield "published_on is not the day of published_at."
    for kind in FactKind:
        facts = row[kind.value]
        for fact in facts:
            yield from (f"{kind.value} {fact['fact_id']}: {fault}" for fault in _misplaced(fact, body))
        for fact_id, count in Counter(fact["fact_id"] for fact in facts).items():
            if count > 1:
                yield f"{kind.value} {fact_id} is there {count} times."


def _misplaced(fact: dict[str, Any], body: str) -> Iterator[str]:
    start, end = fact["start"], fact["end"]
    if not 0 <= start < end <= len(body) or body[start:end] != fact["exact"]:
        yield f"exact {fact['exact']!r} is not the text at {start}-{end}."
    if (fact["prefix"], fact["suffix"]) != (body[max(start - AROUND, 0) : start], body[end : end + AROUND]):
        yield "prefix and suffix are not the text around it."
    if fact.get("speaker_start") is not None:
        spoken = body[fact["speaker_start"] : fact["speaker_end"]]
        if spoken != fact["speaker_text"]:
            yield f"speaker_text {fact['speaker_text']!r} is not the text at its place."
