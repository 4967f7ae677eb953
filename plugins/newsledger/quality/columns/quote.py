"""The columns of the suite ``quotes``."""

from newsledger.quality.columns.column import Column, Row, field, untidy
from newsledger.quality.columns.fact import fact_columns
from newsledger.records import FactKind


def _speaker_span(row: Row) -> str | None:
    start, end = row.record.speaker_start, row.record.speaker_end
    return None if start is None or end is None else row.article.body[max(start, 0) : max(end, 0)]


def _speaker_ok(row: Row) -> bool | None:
    start, end = row.record.speaker_start, row.record.speaker_end
    if start is None or end is None:
        return None
    return bool(0 <= start < end <= len(row.article.body) and row.article.body[start:end] == row.record.speaker_text)


def _speaker_parts(row: Row) -> str:
    parts = (row.record.speaker_text, row.record.speaker_start, row.record.speaker_end)
    return {0: "none", 3: "all"}.get(sum(part is not None for part in parts), "some")


def _speaker_in_quote(row: Row) -> bool | None:
    start, end = row.record.speaker_start, row.record.speaker_end
    return None if start is None or end is None else start < row.record.end and row.record.start < end


QUOTES: tuple[Column, ...] = (
    *fact_columns(FactKind.quotes),
    field("kind", "text", "`direct`, `fragment` or `indirect`"),
    field("speaker", "text", "canonical name of the speaker"),
    field("speaker_text", "text", "the mention that the attribution rests on"),
    field("speaker_start", "number", "its first code point"),
    field("speaker_end", "number", "the code point after its last"),
    untidy("speaker", "role", "affiliation", "medium", "cue"),
    Column("speaker_parts", "text", "`all`, `some` or `none` of text, start and end are there", _speaker_parts),
    Column("speaker_ok", "flag", "`speaker_text` is the body at `speaker_start..speaker_end`", _speaker_ok),
    Column("text_at_speaker", "text", "the body at `speaker_start..speaker_end`", _speaker_span),
    Column("speaker_in_quote", "flag", "the mention of the speaker overlaps the quote itself", _speaker_in_quote),
    field("role", "text", "role of the speaker, as the text says"),
    field("affiliation", "text", "affiliation of the speaker, as the text says"),
    field("medium", "text", "where it was said, as the text says"),
    field("cue", "text", "the word that attributes"),
)
