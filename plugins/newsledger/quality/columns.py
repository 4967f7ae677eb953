"""The columns that an expectation may speak of: each with its type, its meaning and how it is worked out.

A frame holds one row for each record of a kind. Plain fields are there under their own names; what a record only
shows when it is laid beside its article (does the span hold these words?) is worked out beforehand as a column, so that
every rule can be written in JSON.
"""

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from newsledger.quality import edtf
from newsledger.records import Article, Extraction, FactKind, fact_id
from newsledger.text import clean

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


def _field(name: str, of: Type, meaning: str) -> Column:
    """A field of the record under its own name."""
    return Column(name, of, meaning, lambda row: getattr(row.record, name))


def _untidy(*names: str) -> Column:
    """The column that lists the text fields which are there and yet are no plain line of text."""

    def listed(row: Row) -> str | None:
        values = ((name, getattr(row.record, name)) for name in names)
        return ", ".join(name for name, value in values if value is not None and not _is_line(value)) or None

    meaning = f"names of the fields among {', '.join(names)} that are blank, padded with blanks, or have several lines"
    return Column("untidy_fields", "text", meaning, listed)


def _is_line(text: str) -> bool:
    return bool(text) and text == text.strip() and "\n" not in text


def _span_ok(row: Row) -> bool:
    start, end, body = row.record.start, row.record.end, row.article.body
    return bool(0 <= start < end <= len(body) and body[start:end] == row.record.exact)


def _fact_id_ok(kind: FactKind) -> Callable[[Row], bool]:
    return lambda row: bool(row.record.fact_id == fact_id(row.article, kind, row.record))


def _days(value: str | None) -> edtf.Bounds | None:
    return edtf.bounds(value) if value else None


def _retrieved(row: Row) -> float | None:
    """The last time that the article was fetched."""
    found = [days.last for source in row.article.sources if (days := _days(source.retrieved_at))]
    return max(found, default=None)


def _after(first: float | None, second: float | None) -> float | None:
    """Days from the first to the second, null where either is unknown."""
    return None if first is None or second is None else second - first


def _published(row: Row) -> float | None:
    days = _days(row.article.date_published)
    return days.first if days else None


def _modified(row: Row) -> float | None:
    days = _days(row.article.date_modified)
    return days.first if days else None


def _year(ordinal: float | None) -> float | None:
    return None if ordinal is None or math.isinf(ordinal) else edtf.year(ordinal)


def _well_formed(value: str | None, check: Callable[[str], bool] = edtf.is_date) -> bool | None:
    return None if value is None else check(value)


def _raw_ok(row: Row) -> bool:
    return all(source.raw_key == f"raw/{source.raw_sha256}" for source in row.article.sources)


def _first_source(name: str) -> Callable[[Row], Any]:
    return lambda row: getattr(row.article.sources[0], name) if row.article.sources else None


def _count(kind: FactKind) -> Callable[[Row], int]:
    return lambda row: len(getattr(row.extraction, kind.value))


ARTICLE: tuple[Column, ...] = (
    _field("article_id", "text", "stable identity of the article"),
    _field("version", "integer", "1, 2, ... as the source changed"),
    _field("revision", "integer", "1, 2, ... as the facts changed"),
    _field("schema_version", "integer", "version of the record's layout"),
    _field("body_sha256", "text", "SHA-256 of the body, lower-case hex"),
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
        lambda row: all("T" in source.retrieved_at and _days(source.retrieved_at) for source in row.article.sources),
    ),
    _untidy("article_id", "headline", "publisher", "dateline", "url"),
    _field("url", "text", "address of the article"),
    _field("headline", "text", "headline"),
    _field("publisher", "text", "publisher"),
    _field("dateline", "text", "dateline"),
    _field("language", "text", "BCP 47 tag"),
    _field("extractor", "text", "what read the article"),
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
    _field("body", "text", "the whole text"),
    Column("body_chars", "integer", "code points of the body", lambda row: len(row.record.body)),
    Column("body_words", "integer", "words of the body, by white space", lambda row: len(row.record.body.split())),
    Column(
        "body_clean",
        "flag",
        "the body is NFC, without control characters, one paragraph a line",
        lambda row: clean(row.record.body) == row.record.body,
    ),
    _field("date_published", "text", "ISO 8601 date or date-time, or an EDTF interval"),
    _field("date_published_basis", "text", "`stated`, `html`, `feed` or `inferred`"),
    Column(
        "date_published_ok",
        "flag",
        "`date_published` is well formed",
        lambda row: _well_formed(row.record.date_published),
    ),
    Column(
        "date_published_interval",
        "flag",
        "`date_published` is an interval",
        lambda row: None if row.record.date_published is None else "/" in row.record.date_published,
    ),
    Column("published_year", "number", "year of (the begin of) `date_published`", lambda row: _year(_published(row))),
    Column(
        "published_days_after_retrieval",
        "number",
        "days from the last fetch to (the begin of) `date_published`; below 0: published before it was fetched",
        lambda row: _after(_retrieved(row), _published(row)),
    ),
    _field("date_modified", "text", "as `date_published`"),
    Column(
        "date_modified_ok", "flag", "`date_modified` is well formed", lambda row: _well_formed(row.record.date_modified)
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
    _field("facts_read", "flag", "whether there are rules for the language"),
    Column(
        "facts_count",
        "integer",
        "all facts together",
        lambda row: sum(len(getattr(row.extraction, kind.value)) for kind in FactKind),
    ),
    *(Column(f"{kind.value}_count", "integer", f"number of {kind.value}", _count(kind)) for kind in FactKind),
)


def _fact_columns(kind: FactKind) -> tuple[Column, ...]:
    """The columns that every kind of fact has."""
    return (
        Column("article_id", "text", "article that the fact was read from", lambda row: row.article.article_id),
        _field("fact_id", "text", "stable identity of the fact"),
        Column("fact_id_ok", "flag", "`fact_id` is the hash of article, text, kind, span and value", _fact_id_ok(kind)),
        Column("repeated", "flag", "an earlier fact of the article has the same `fact_id`", lambda row: row.repeated),
        Column("language", "text", "language of the article", lambda row: row.article.language),
        Column("facts_read", "flag", "whether there are rules for the language", lambda row: row.article.facts_read),
        Column("body_chars", "integer", "code points of the article's body", lambda row: len(row.article.body)),
        _field("start", "integer", "first code point in the body"),
        _field("end", "integer", "code point after the last"),
        _field("exact", "text", "the words of the fact"),
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
    *_fact_columns(FactKind.quotes),
    _field("kind", "text", "`direct`, `fragment` or `indirect`"),
    _field("speaker", "text", "canonical name of the speaker"),
    _field("speaker_text", "text", "the mention that the attribution rests on"),
    _field("speaker_start", "number", "its first code point"),
    _field("speaker_end", "number", "the code point after its last"),
    _untidy("speaker", "role", "affiliation", "medium", "cue"),
    Column("speaker_parts", "text", "`all`, `some` or `none` of text, start and end are there", _speaker_parts),
    Column("speaker_ok", "flag", "`speaker_text` is the body at `speaker_start..speaker_end`", _speaker_ok),
    Column("text_at_speaker", "text", "the body at `speaker_start..speaker_end`", _speaker_span),
    Column("speaker_in_quote", "flag", "the mention of the speaker overlaps the quote itself", _speaker_in_quote),
    _field("role", "text", "role of the speaker, as the text says"),
    _field("affiliation", "text", "affiliation of the speaker, as the text says"),
    _field("medium", "text", "where it was said, as the text says"),
    _field("cue", "text", "the word that attributes"),
)


def _coordinates(row: Row) -> str:
    pair = (row.record.latitude, row.record.longitude)
    if pair == (0, 0):
        return "zero"
    return {0: "none", 2: "both"}.get(sum(value is not None for value in pair), "half")


def _candidates_ok(row: Row) -> bool:
    return all(-90 <= one.latitude <= 90 and -180 <= one.longitude <= 180 and one.name for one in row.record.candidates)


def _key_names_place(row: Row) -> bool | None:
    """Whether the last number in the key is the GeoNames id."""
    mention = row.record
    if mention.geonames_id is None or mention.entity_key is None:
        return None
    return bool(mention.entity_key.rpartition(":")[2] == str(mention.geonames_id))


_ONLY_PERSONS = ("role",)
_ONLY_PLACES = ("geonames_id", "latitude", "longitude", "country_code", "precision", "candidates")


def _stray(row: Row) -> str | None:
    """The fields that hold something although the mention is of another type than they are for."""
    names = (
        *(_ONLY_PERSONS if row.record.type != "person" else ()),
        *(_ONLY_PLACES if row.record.type != "place" else ()),
    )
    return ", ".join(name for name in names if getattr(row.record, name) not in {None, ()}) or None


MENTIONS: tuple[Column, ...] = (
    *_fact_columns(FactKind.mentions),
    _field("type", "text", "`person`, `organisation` or `place`"),
    _field("name", "text", "canonical name in the article"),
    _field("entity_key", "text", "key of the resolved name, or of the GeoNames id"),
    Column(
        "entity_key_is_geonames_id",
        "flag",
        "`entity_key` ends in `geonames_id`; null where either is null",
        _key_names_place,
    ),
    _field("role", "text", "role of a person"),
    _field("affiliation", "text", "affiliation of a person"),
    _untidy("name", "role", "affiliation"),
    Column("stray_fields", "text", "names of the fields that hold something and are not for this type", _stray),
    _field("geonames_id", "number", "GeoNames id of a place"),
    _field("latitude", "number", "degrees, WGS 84"),
    _field("longitude", "number", "degrees, WGS 84"),
    Column("coordinates", "text", "`both`, `half`, `none`, or `zero` for 0, 0", _coordinates),
    _field("country_code", "text", "ISO 3166-1 alpha-2, and XK for Kosovo as GeoNames has it"),
    _field("precision", "text", "what kind of place it is"),
    Column(
        "candidates_count",
        "integer",
        "places that the text does not decide between",
        lambda row: len(row.record.candidates),
    ),
    Column("candidates_ok", "flag", "each candidate has a name and coordinates in range", _candidates_ok),
)


def _finite(row: Row) -> bool:
    numbers = (row.record.low, row.record.high, row.record.si_low, row.record.si_high)
    return all(number is None or math.isfinite(number) for number in numbers)


def _si_parts(row: Row) -> str:
    parts = (row.record.si_low is not None, row.record.si_unit is not None)
    return {0: "none", 2: "all"}.get(sum(parts), "some")


def _si_scale(row: Row) -> float | None:
    """What one unit is in SI units, to four digits; null for temperatures, whose zero lies elsewhere."""
    if row.record.dimension == "temperature":
        return None
    pairs = ((row.record.low, row.record.si_low), (row.record.high, row.record.si_high))
    scales = [si / value for value, si in pairs if value and si is not None]
    return float(f"{scales[0]:.4g}") if scales else None


def _si_high_ok(row: Row) -> bool:
    if row.record.si_low is None:
        return row.record.si_high is None
    return (row.record.high is None) == (row.record.si_high is None)


FIGURES: tuple[Column, ...] = (
    *_fact_columns(FactKind.figures),
    _field("low", "number", "the value, or the lower end of a range"),
    _field("high", "number", "the upper end of a range"),
    Column("finite", "flag", "no value is infinite or not a number", _finite),
    _field("unit", "text", "normalised unit"),
    Column(
        "physical_unit",
        "text",
        "`unit`, null where the dimension is `money` or `count`",
        lambda row: None if row.record.dimension in {"money", "count"} else row.record.unit,
    ),
    _field("si_low", "number", "`low` in `si_unit`"),
    _field("si_high", "number", "`high` in `si_unit`"),
    _field("si_unit", "text", "SI unit"),
    Column("si_parts", "text", "`all`, `some` or `none` of `si_low` and `si_unit` are there", _si_parts),
    Column("si_high_ok", "flag", "`si_high` is there exactly where `si_low` and `high` are", _si_high_ok),
    Column(
        "si_scale",
        "number",
        "`si_low` / `low` (or `si_high` / `high`), to four digits; null for temperatures",
        _si_scale,
    ),
    _untidy("unit", "noun", "claimant", "as_of", "place"),
    _field("dimension", "text", "what the unit measures"),
    _field("noun", "text", "what is counted or measured"),
    _field("qualifier", "text", "`exact`, `about`, `over`, `under`, `at_least`, `at_most` or `between`"),
    _field("claimant", "text", "who says so"),
    _field("as_of", "text", "the time that the text ties to the number"),
    Column("as_of_ok", "flag", "`as_of` is well formed", lambda row: _well_formed(row.record.as_of)),
    _field("place", "text", "the place that the text ties to the number"),
)

_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "date": edtf.is_date,
    "duration": edtf.is_duration,
    "set": edtf.is_set,
}


def _value_ok(row: Row) -> bool:
    check = _CHECKS.get(row.record.kind)
    return check is not None and check(row.record.value)


def _value_year(row: Row) -> float | None:
    days = _days(row.record.value) if row.record.kind == "date" and not row.record.value.startswith("XX") else None
    return _year(days.first) if days else None


DATES: tuple[Column, ...] = (
    *_fact_columns(FactKind.dates),
    _field("value", "text", "ISO 8601 or EDTF"),
    _field("kind", "text", "`date`, `duration` or `set`"),
    Column("value_ok", "flag", "`value` is well formed for its kind", _value_ok),
    Column("value_year", "number", "year of (the begin of) a date; null where its century is open", _value_year),
)

COLUMNS: Mapping[Kind, Sequence[Column]] = {
    "articles": ARTICLE,
    "quotes": QUOTES,
    "mentions": MENTIONS,
    "figures": FIGURES,
    "dates": DATES,
}
"""Every column of each kind, in the order of its frame (which begins with ``row``, the number of the row)."""
