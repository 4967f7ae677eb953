"""The columns that every kind of fact has."""

from collections.abc import Callable

from newsledger.quality.columns.column import Column, Row, field
from newsledger.records import FactKind, fact_id


def _span_ok(row: Row) -> bool:
    start, end, body = row.record.start, row.record.end, row.article.body
    return bool(0 <= start < end <= len(body) and body[start:end] == row.record.exact)


def _fact_id_ok(kind: FactKind) -> Callable[[Row], bool]:
    return lambda row: bool(row.record.fact_id == fact_id(row.article, kind, row.record))


def fact_columns(kind: FactKind) -> tuple[Column, ...]:
    """The columns that every kind of fact has."""
    return (
        Column("article_id", "text", "article that the fact was read from", lambda row: row.article.article_id),
        field("fact_id", "text", "stable identity of the fact"),
        Column("fact_id_ok", "flag", "`fact_id` is the hash of article, text, kind, span and value", _fact_id_ok(kind)),
        Column("repeated", "flag", "an earlier fact of the article has the same `fact_id`", lambda row: row.repeated),
        Column("language", "text", "language of the article", lambda row: row.article.language),
        Column("facts_read", "flag", "whether there are rules for the language", lambda row: row.article.facts_read),
        Column("body_chars", "integer", "code points of the article's body", lambda row: len(row.article.body)),
        field("start", "integer", "first code point in the body"),
        field("end", "integer", "code point after the last"),
        field("exact", "text", "the words of the fact"),
        Column("chars", "integer", "code points of `exact`", lambda row: len(row.record.exact)),
        Column("words", "integer", "words of `exact`, by white space", lambda row: len(row.record.exact.split())),
        Column("span_ok", "flag", "`exact` is `body[start:end]`, to the letter", _span_ok),
        Column(
            "text_at_span",
            "text",
            "`body[start:end]`",
            lambda row: row.article.body[max(row.record.start, 0) : max(row.record.end, 0)],
        ),
    )
