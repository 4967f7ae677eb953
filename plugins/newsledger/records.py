"""The nouns: an article and the facts read out of it.

Names and meanings are the public contract (schema.org ``NewsArticle``, ``Quotation`` and ``QuantitativeValue``, W3C
Web Annotation selectors, GeoNames). Positions are Unicode code points into ``Article.body``, half-open, and ``exact``
is always ``body[start:end]``.

All are immutable; ``msgspec.structs.replace`` makes a changed copy, and ``msgspec.json`` writes and reads them.
"""

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Literal, TypeVar

import msgspec

SCHEMA_VERSION = 2
EXTRACTOR = "newsledger-0.1.0"
MAX_CHARS = 5_000_000
"""Characters of a text at the most, wherever it comes from: hours of speech have a tenth of that."""

DateBasis = Literal["stated", "html", "feed", "inferred"]
QuoteKind = Literal["direct", "fragment", "indirect"]
MentionType = Literal["person", "organisation", "place"]
Qualifier = Literal["exact", "about", "over", "under", "at_least", "at_most", "between"]
DateKind = Literal["date", "duration", "set"]


F = TypeVar("F", bound="Fact")


class FactKind(StrEnum):
    """The four lists of facts that an article carries, named as in the records."""

    quotes = "quotes"
    mentions = "mentions"
    figures = "figures"
    dates = "dates"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all records: immutable, by keyword."""


class Source(Record, frozen=True, kw_only=True):
    """One way in which an article came in."""

    name: str
    """The feed's name, or ``inbox``."""
    kind: str
    """``inbox``, ``feed`` or ``archive``."""
    url: str | None = None
    guid: str | None = None
    origin: str | None = None
    """Where it came from: the path below the inbox, the agency behind a feed."""
    raw_key: str
    raw_sha256: str
    raw_member: str | None = None
    """Which article inside a file that holds several."""
    retrieved_at: str
    """UTC date-time."""


class Retraction(Record, frozen=True, kw_only=True):
    """A fact that was published and taken back."""

    fact_id: str
    kind: str
    """``quotes``, ``mentions``, ``figures`` or ``dates``."""
    by: str
    at: str
    """UTC date-time."""
    reason: str


class Article(Record, frozen=True, kw_only=True):
    """One version of one article. What only storage knows is null until it is published."""

    article_id: str
    version: int = 1
    revision: int = 1
    seq: int | None = None
    batch_id: str | None = None
    schema_version: int = SCHEMA_VERSION
    body_sha256: str
    sources: tuple[Source, ...] = ()
    url: str | None = None
    headline: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date_published: str | None = None
    date_published_basis: DateBasis | None = None
    date_modified: str | None = None
    dateline: str | None = None
    language: str
    """BCP 47; ``und`` where it cannot be told."""
    body: str
    facts_read: bool = False
    changed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    released_by: str | None = None
    extracted_at: str | None = None
    extractor: str = EXTRACTOR
    retractions: tuple[Retraction, ...] = ()
    """What was published of this text and taken back, by whom and why."""


class Fact(Record, frozen=True, kw_only=True):
    """What every fact has: the characters it was read from."""

    fact_id: str = ""
    start: int
    end: int
    exact: str


class Quote(Fact, frozen=True, kw_only=True):
    """The words inside the marks, marks excluded (or, when indirect, the reported clause)."""

    kind: QuoteKind
    speaker: str | None = None
    """Canonical name, or null where the text names none."""
    speaker_text: str | None = None
    """The mention that the attribution rests on, as the text has it."""
    speaker_start: int | None = None
    speaker_end: int | None = None
    role: str | None = None
    affiliation: str | None = None
    medium: str | None = None
    cue: str | None = None


class Candidate(Record, frozen=True, kw_only=True):
    """A place that a mention may mean, when the text does not decide."""

    geonames_id: int | None = None
    name: str
    latitude: float
    longitude: float
    country_code: str | None = None


class Mention(Fact, frozen=True, kw_only=True):
    """One place in the text where it names a person, an organisation or a place."""

    type: MentionType
    name: str
    """Canonical in this article: the fullest form seen."""
    entity_key: str | None = None
    role: str | None = None
    affiliation: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    country_code: str | None = None
    precision: str | None = None
    """``country``, ``region``, ``district``, ``city``, ``water``, ``area``."""
    candidates: tuple[Candidate, ...] = ()


class Figure(Fact, frozen=True, kw_only=True):
    """A number with what it measures or counts."""

    low: float
    high: float | None = None
    """Null for a single value."""
    unit: str | None = None
    si_low: float | None = None
    si_high: float | None = None
    si_unit: str | None = None
    dimension: str | None = None
    noun: str | None = None
    qualifier: Qualifier = "exact"
    claimant: str | None = None
    as_of: str | None = None
    place: str | None = None


class Date(Fact, frozen=True, kw_only=True):
    """A point, a span or a repetition of time, as ISO 8601 or EDTF."""

    value: str
    kind: DateKind = "date"


class Facts(Record, frozen=True, kw_only=True):
    """All that was read out of one body; each list in order of position."""

    quotes: tuple[Quote, ...] = ()
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[Date, ...] = ()


class Extraction(Record, frozen=True, kw_only=True):
    """One article with its facts: what `newsledger extract` prints, a line each."""

    input: str
    member: str | None = None
    article: Article
    quotes: tuple[Quote, ...] = ()
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[Date, ...] = ()


class Reason(Record, frozen=True, kw_only=True):
    """Why one expectation was not met."""

    expectation: str
    """Type of the expectation, as in its suite."""
    column: str | None = None
    message: str
    """One sentence for a reviewer: what should hold, what was found."""


class Rejection(Record, frozen=True, kw_only=True):
    """An article or a fact that failed validation, as it lies in quarantine."""

    rejection_id: str
    """The fact_id of a fact; a hash of the article's id and body for an article."""
    kind: Literal["article", "quotes", "mentions", "figures", "dates"]
    article_id: str
    fact_id: str | None = None
    batch_id: str | None = None
    input: str
    raw_key: str | None = None
    raw_member: str | None = None
    reasons: tuple[Reason, ...]
    suite_version: str
    record: dict[str, Any]
    """The rejected record as JSON (of an article: with all its facts)."""
    context: str | None = None
    """The text around a fact's span."""
    rejected_at: str | None = None


def sha256(data: bytes) -> str:
    """Lower-case hex SHA-256."""
    return hashlib.sha256(data).hexdigest()


def fact_value(fact: Fact) -> str:
    """The normalised value that tells two facts on one span apart."""
    match fact:
        case Quote():
            return fact.speaker or ""
        case Mention():
            return f"{fact.type}:{fact.entity_key or fact.name}"
        case Figure():
            return f"{fact.low}:{fact.high}:{fact.unit}"
        case Date():
            return fact.value
    return ""


def fact_id(article: Article, kind: FactKind, fact: Fact) -> str:
    """Stable identity of a fact: 32 hex digits over article, text, kind, span and normalised value.

    The same fact keeps it through replays, so that decisions about it (released, dropped, retracted) outlive them.
    """
    whole = (
        f"{article.article_id}\x1f{article.body_sha256}\x1f{kind}\x1f{fact.start}\x1f{fact.end}\x1f{fact_value(fact)}"
    )
    return sha256(whole.encode())[:32]


def identified(article: Article, kind: FactKind, facts: Iterable[F]) -> tuple[F, ...]:
    """The facts with their ``fact_id`` set."""
    return tuple(msgspec.structs.replace(fact, fact_id=fact_id(article, kind, fact)) for fact in facts)
