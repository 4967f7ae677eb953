"""The table of articles, written out once: every column, every field of every fact, with its Arrow type.

Lists of structs are costly to change later, so a change here raises ``records.SCHEMA_VERSION`` and needs a step in
``migrations``. Columns are only ever added, at the end.
``prefix`` and ``suffix`` are in storage only: up to 32 code points around a span, by which it is found again in
another copy of the text (W3C Web Annotation, TextQuoteSelector).
"""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pyarrow as pa

from newsledger.records import Extraction, Fact, FactKind, fact_id

AROUND = 32
"""How many code points of prefix and suffix are kept."""

Row = dict[str, Any]
"""One article row as Python values, fields in the schema's order; what Arrow's ``to_pylist`` gives back."""

_INSTANT = pa.timestamp("us", tz="UTC")

SOURCE = pa.struct(
    [
        ("name", pa.string()),
        ("kind", pa.string()),
        ("url", pa.string()),
        ("guid", pa.string()),
        ("origin", pa.string()),
        ("raw_key", pa.string()),
        ("raw_sha256", pa.string()),
        ("raw_member", pa.string()),
        ("retrieved_at", _INSTANT),
    ]
)

_SPAN: list[tuple[str, pa.DataType]] = [
    ("fact_id", pa.string()),
    ("start", pa.int32()),
    ("end", pa.int32()),
    ("exact", pa.string()),
    ("prefix", pa.string()),
    ("suffix", pa.string()),
]

QUOTE = pa.struct(
    [
        *_SPAN,
        ("kind", pa.string()),
        ("speaker", pa.string()),
        ("speaker_text", pa.string()),
        ("speaker_start", pa.int32()),
        ("speaker_end", pa.int32()),
        ("role", pa.string()),
        ("affiliation", pa.string()),
        ("medium", pa.string()),
        ("cue", pa.string()),
    ]
)

CANDIDATE = pa.struct(
    [
        ("geonames_id", pa.int64()),
        ("name", pa.string()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("country_code", pa.string()),
    ]
)

MENTION = pa.struct(
    [
        *_SPAN,
        ("type", pa.string()),
        ("name", pa.string()),
        ("entity_key", pa.string()),
        ("role", pa.string()),
        ("affiliation", pa.string()),
        ("geonames_id", pa.int64()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
        ("country_code", pa.string()),
        ("precision", pa.string()),
        ("candidates", pa.list_(CANDIDATE)),
    ]
)

FIGURE = pa.struct(
    [
        *_SPAN,
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("unit", pa.string()),
        ("si_low", pa.float64()),
        ("si_high", pa.float64()),
        ("si_unit", pa.string()),
        ("dimension", pa.string()),
        ("noun", pa.string()),
        ("qualifier", pa.string()),
        ("claimant", pa.string()),
        ("as_of", pa.string()),
        ("place", pa.string()),
    ]
)

RETRACTION = pa.struct(
    [("fact_id", pa.string()), ("kind", pa.string()), ("by", pa.string()), ("at", _INSTANT), ("reason", pa.string())]
)

DATE = pa.struct([*_SPAN, ("value", pa.string()), ("kind", pa.string())])

_COLUMNS: "list[pa.Field[Any]]" = [
    pa.field("article_id", pa.string(), nullable=False),
    pa.field("version", pa.int32(), nullable=False),
    pa.field("revision", pa.int32(), nullable=False),
    pa.field("seq", pa.int64(), nullable=False),
    pa.field("batch_id", pa.string(), nullable=False),
    pa.field("published_on", pa.date32(), nullable=False),
    pa.field("published_at", _INSTANT, nullable=False),
    pa.field("schema_version", pa.int32(), nullable=False),
    pa.field("body_sha256", pa.string(), nullable=False),
    pa.field("sources", pa.list_(SOURCE)),
    pa.field("url", pa.string()),
    pa.field("headline", pa.string()),
    pa.field("authors", pa.list_(pa.string())),
    pa.field("publisher", pa.string()),
    pa.field("date_published", pa.string()),
    pa.field("date_published_basis", pa.string()),
    pa.field("date_modified", pa.string()),
    pa.field("dateline", pa.string()),
    pa.field("language", pa.string()),
    pa.field("body", pa.string(), nullable=False),
    pa.field("facts_read", pa.bool_()),
    pa.field("changed", pa.list_(pa.string())),
    pa.field("notes", pa.list_(pa.string())),
    pa.field("released_by", pa.string()),
    pa.field("extracted_at", _INSTANT),
    pa.field("extractor", pa.string()),
    pa.field(FactKind.quotes.value, pa.list_(QUOTE)),
    pa.field(FactKind.mentions.value, pa.list_(MENTION)),
    pa.field(FactKind.figures.value, pa.list_(FIGURE)),
    pa.field(FactKind.dates.value, pa.list_(DATE)),
    pa.field("retractions", pa.list_(RETRACTION)),
]

ARTICLES = pa.schema(_COLUMNS)
"""Row key: ``article_id``, ``version``, ``revision``. Partition: ``published_on``, the UTC day of ``published_at``."""

SINCE = {"retractions": 2}
"""By which schema version a column came, of those that the first did not have. A row is as its own version has it."""

PARTITION = "published_on"

STATISTICS = ("article_id", "version", "revision", "seq", "batch_id", "published_at", "language", "publisher")
"""Columns whose least and greatest value each file's log entry states, so that readers skip files."""


def instant(text: str) -> datetime:
    """A date-time as records write it, as Arrow takes it; UTC where it states no offset."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def row(extraction: Extraction, batch_id: str, published_at: str) -> Row:
    """One article with its facts as a row; version, revision, seq and changed stay those of the extraction.

    The extraction goes through JSON once, so that a row made here and the same row read back from the table are equal
    to the letter (a whole number in the place of a float becomes a float).
    """
    clean = msgspec.json.decode(msgspec.json.encode(extraction), type=Extraction)
    article = msgspec.to_builtins(clean.article)
    at = instant(published_at)
    values = {
        **article,
        **{kind.value: _facts(clean, kind) for kind in FactKind},
        "sources": [{**source, "retrieved_at": instant(source["retrieved_at"])} for source in article["sources"]],
        "retractions": [{**one, "at": instant(one["at"])} for one in article["retractions"]],
        "extracted_at": instant(article["extracted_at"]) if article["extracted_at"] else None,
        "batch_id": batch_id,
        "published_at": at,
        "published_on": at.date(),
    }
    return {name: values[name] for name in ARTICLES.names}


def _facts(extraction: Extraction, kind: FactKind) -> list[dict[str, Any]]:
    body = extraction.article.body
    facts = getattr(extraction, kind.value)
    named = [
        fact if fact.fact_id else msgspec.structs.replace(fact, fact_id=fact_id(extraction.article, kind, fact))
        for fact in facts
    ]
    return [_placed(fact, body) for fact in named]


def _placed(fact: Fact, body: str) -> dict[str, Any]:
    """The fact with the text around it, fields in the schema's order."""
    around = {
        "prefix": body[max(fact.start - AROUND, 0) : fact.start],
        "suffix": body[fact.end : fact.end + AROUND],
    }
    fields: dict[str, Any] = msgspec.to_builtins(fact)
    return {name: fields[name] for name in ("fact_id", "start", "end", "exact")} | around | fields
