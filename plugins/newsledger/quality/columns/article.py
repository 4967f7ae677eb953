"""The columns of the suite ``articles``."""

import hashlib
from collections.abc import Callable
from typing import Any

from newsledger.quality.columns.column import Column, Row, days, field, untidy, well_formed, year
from newsledger.records import FactKind
from newsledger.text import clean


def _retrieved(row: Row) -> float | None:
    """The last time that the article was fetched."""
    found = [known.last for source in row.article.sources if (known := days(source.retrieved_at))]
    return max(found, default=None)


def _after(first: float | None, second: float | None) -> float | None:
    """Days from the first to the second, null where either is unknown."""
    return None if first is None or second is None else second - first


def _published(row: Row) -> float | None:
    found = days(row.article.date_published)
    return found.first if found else None


def _modified(row: Row) -> float | None:
    found = days(row.article.date_modified)
    return found.first if found else None


def _raw_ok(row: Row) -> bool:
    return all(source.raw_key == f"raw/{source.raw_sha256}" for source in row.article.sources)


def _first_source(name: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.article.sources[0], name) if row.article.sources else None


def _count(kind: FactKind) -> Callable[[Row], int]:
    return lambda row: len(getattr(row.extraction, kind.value))


ARTICLES: tuple[Column, ...] = (
    field("article_id", "text", "stable identity of the article"),
    field("version", "integer", "1, 2, ... as the source changed"),
    field("revision", "integer", "1, 2, ... as the facts changed"),
    field("schema_version", "integer", "version of the record's layout"),
    field("body_sha256", "text", "SHA-256 of the body, lower-case hex"),
    Column(
        "body_hash_ok",
        "flag",
        "`body_sha256` is the SHA-256 of the body in UTF-8",
        lambda row: row.record.body_sha256 == hashlib.sha256(row.record.body.encode()).hexdigest(),
    ),
    Column("sources_count", "integer", "ways in which the article came in", lambda row: len(row.record.sources)),
    Column("source_name", "text", "name of the first source: the feed's, or `inbox`", _first_source("name")),
    Column("source_kind", "text", "kind of the first source", _first_source("kind")),
    Column("source_url", "text", "address of the first source", _first_source("url")),
    Column("raw_key", "text", "key of the first source's bytes", _first_source("raw_key")),
    Column("raw_sha256", "text", "SHA-256 of the first source's bytes", _first_source("raw_sha256")),
    Column("raw_ok", "flag", "every source's `raw_key` is `raw/` and its `raw_sha256`", _raw_ok),
    Column("retrieved_at", "text", "when the first source was fetched", _first_source("retrieved_at")),
    Column(
        "retrieved_ok",
        "flag",
        "every source's `retrieved_at` is an ISO 8601 date-time",
        lambda row: all("T" in source.retrieved_at and days(source.retrieved_at) for source in row.article.sources),
    ),
    untidy("article_id", "headline", "publisher", "dateline", "url"),
    field("url", "text", "address of the article"),
    field("headline", "text", "headline"),
    field("publisher", "text", "publisher"),
    field("dateline", "text", "dateline"),
    field("language", "text", "BCP 47 tag"),
    field("extractor", "text", "what read the article"),
    Column("authors", "text", "the authors, joined by `; `", lambda row: "; ".join(row.record.authors) or None),
    Column("authors_count", "integer", "number of authors", lambda row: len(row.record.authors)),
    Column(
        "authors_blank",
        "integer",
        "number of authors without a single letter",
        lambda row: sum(not any(map(str.isalpha, author)) for author in row.record.authors),
    ),
    Column(
        "authors_repeated",
        "integer",
        "number of authors who were already named",
        lambda row: len(row.record.authors) - len(set(row.record.authors)),
    ),
    field("body", "text", "the whole text"),
    Column("body_chars", "integer", "code points of the body", lambda row: len(row.record.body)),
    Column("body_words", "integer", "words of the body, by white space", lambda row: len(row.record.body.split())),
    Column(
        "body_clean",
        "flag",
        "the body is NFC, without control characters, one paragraph a line",
        lambda row: clean(row.record.body) == row.record.body,
    ),
    field("date_published", "text", "ISO 8601 date or date-time, or an EDTF interval"),
    field("date_published_basis", "text", "`stated`, `html`, `feed` or `inferred`"),
    Column(
        "date_published_ok",
        "flag",
        "`date_published` is well formed",
        lambda row: well_formed(row.record.date_published),
    ),
    Column(
        "date_published_interval",
        "flag",
        "`date_published` is an interval",
        lambda row: None if row.record.date_published is None else "/" in row.record.date_published,
    ),
    Column("published_year", "number", "year of (the begin of) `date_published`", lambda row: year(_published(row))),
    Column(
        "published_days_after_retrieval",
        "number",
        "days from the last fetch to (the begin of) `date_published`; below 0: published before it was fetched",
        lambda row: _after(_retrieved(row), _published(row)),
    ),
    field("date_modified", "text", "as `date_published`"),
    Column(
        "date_modified_ok", "flag", "`date_modified` is well formed", lambda row: well_formed(row.record.date_modified)
    ),
    Column(
        "modified_days_after_retrieval",
        "number",
        "days from the last fetch to `date_modified`",
        lambda row: _after(_retrieved(row), _modified(row)),
    ),
    Column(
        "modified_days_after_published",
        "number",
        "days from (the begin of) `date_published` to `date_modified`",
        lambda row: _after(_published(row), _modified(row)),
    ),
    field("facts_read", "flag", "whether there are rules for the language"),
    Column(
        "facts_count",
        "integer",
        "all facts together",
        lambda row: sum(len(getattr(row.extraction, kind.value)) for kind in FactKind),
    ),
    *(Column(f"{kind.value}_count", "integer", f"number of {kind.value}", _count(kind)) for kind in FactKind),
)
