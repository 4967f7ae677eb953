"""Records to accepted and rejected.

A fact that fails is rejected alone, and its article is accepted without it. An article that fails takes its facts
along. An expectation whose severity is below ``critical``, and one that judges the table as a whole (a number of rows,
a mean), rejects nothing: what it found stands in the report, under ``findings``. One with ``mostly`` tolerates
failures up to its share; past it, each failing record is rejected. What people decided of a record comes before all of
it: see ``Rulings``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from newsledger.quality import engine, frames, reasons, report
from newsledger.quality.columns import KINDS, Kind
from newsledger.quality.engine import Outcome
from newsledger.quality.frames import Frame, Place
from newsledger.quality.suites import Suites
from newsledger.records import Article, Extraction, Fact, FactKind, Reason, Record, Rejection, sha256

_CONTEXT = 160
"""Code points of the body shown on either side of a rejected span."""

BINDING = frozenset({"span_ok", "fact_id_ok", "repeated", "body_hash_ok", "raw_ok"})
"""Columns for which no release makes up: a record that fails there contradicts itself, or its source."""

Reasons = Mapping[Place, Sequence[Reason]]
"""Why each rejected record of one kind was rejected."""


class Rulings(NamedTuple):
    """What people decided of single records, by the id that a rejection of them has."""

    released: frozenset[str] = frozenset()
    """Accepted whatever the expectations say, unless it can never be (``releasable``)."""
    refused: Mapping[str, Reason] = MappingProxyType({})
    """Rejected whatever the expectations say, and why."""

    def left(self, record_id: str, against: Sequence[Reason]) -> Sequence[Reason]:
        """The reasons against a record that count; none where it is accepted."""
        if record_id in self.refused:
            return (self.refused[record_id], *against)
        return () if record_id in self.released and releasable(against) else against


NO_RULINGS = Rulings()


class Verdict(NamedTuple):
    """What validation decided of a batch."""

    accepted: tuple[Extraction, ...]
    """In the order in which they came, without the facts that were rejected."""
    rejected: tuple[Rejection, ...]
    report: dict[str, Any]
    """The validation result of the batch, ready for JSON (``report.make``)."""


def releasable(against: Sequence[Reason]) -> bool:
    """Whether a person may let a record through that was rejected for these reasons."""
    return not any(reason.column in BINDING for reason in against)


def record_id(article: Article) -> str:
    """By what an article is known in quarantine: 32 hex digits over its identity and its text."""
    return sha256(f"{article.article_id}\x1f{article.body_sha256}".encode())[:32]


def validate(
    suites: Suites,
    extractions: Sequence[Extraction],
    *,
    batch_id: str | None = None,
    at: str | None = None,
    rulings: Rulings = NO_RULINGS,
) -> Verdict:
    """Check every article and every fact of a batch against the suites.

    ``batch_id`` and ``at`` (a UTC date-time) are written into the report and the rejections. The articles' sources
    must say when they were retrieved, since dates of publishing are judged by it.

    Raises:
        SettingsError: an expectation cannot be worked out, which says nothing about the records.
    """
    built = frames.build(extractions)
    outcomes = engine.run(suites.by_kind, built)
    failed = {kind: _failures(built[kind], outcomes.get(kind, [])) for kind in KINDS}
    verdicts = [
        _judge(number, extraction, failed, rulings, suites.version) for number, extraction in enumerate(extractions)
    ]
    stamp = {"batch_id": batch_id, "rejected_at": at}
    rejected = tuple(msgspec.structs.replace(one, **stamp) for _, several in verdicts for one in several)
    accepted = tuple(kept for kept, _ in verdicts if kept is not None)
    tally = Counter("articles" if one.kind == "article" else one.kind for one in rejected)
    counts = {kind: tally[kind] for kind in KINDS}
    return Verdict(accepted, rejected, report.make(suites, built, outcomes, counts, batch_id=batch_id, validated_at=at))


def _failures(frame: Frame, outcomes: Sequence[Outcome]) -> dict[Place, list[Reason]]:
    """The reasons against each record, in the order of the suite."""
    found: dict[Place, list[Reason]] = {}
    for outcome in outcomes:
        if outcome.success or outcome.rows is None or outcome.expectation.severity != "critical":
            continue
        shown = [name for name in outcome.expectation.show if name in frame.data]
        values: list[Any] = frame.data.loc[list(outcome.rows), shown].to_dict("records")
        for row, value in zip(outcome.rows, values, strict=True):
            found.setdefault(frame.places[row], []).append(reasons.reason(outcome.expectation, value))
    return found


def _judge(
    number: int, extraction: Extraction, failed: Mapping[Kind, Reasons], rulings: Rulings, version: str
) -> tuple[Extraction | None, list[Rejection]]:
    """The article without its bad facts, and these; or nothing, and the article with all that it has."""
    against = rulings.left(record_id(extraction.article), failed["articles"].get(Place(number), ()))
    if against:
        return None, [_article_rejection(extraction, against, version)]
    rejections: list[Rejection] = []
    kept: dict[str, tuple[Fact, ...]] = {}
    for kind in FactKind:
        facts: Sequence[Fact] = getattr(extraction, kind.value)
        ids, reasons_of = _rejection_ids(facts), failed[kind.value]
        judged = (rulings.left(ids[index], reasons_of.get(Place(number, index), ())) for index in range(len(facts)))
        bad = {index: found for index, found in enumerate(judged) if found}
        rejections += _fact_rejections(extraction, kind, ids, bad, version)
        if bad:
            kept[kind.value] = tuple(fact for index, fact in enumerate(facts) if index not in bad)
    return (msgspec.structs.replace(extraction, **kept) if kept else extraction), rejections


def _article_rejection(extraction: Extraction, against: Sequence[Reason], version: str) -> Rejection:
    return Rejection(
        rejection_id=record_id(extraction.article),
        kind="article",
        record=_plain(extraction),
        **_shared(extraction, against, version),
    )


def _fact_rejections(
    extraction: Extraction, kind: FactKind, ids: Sequence[str], bad: Mapping[int, Sequence[Reason]], version: str
) -> Iterator[Rejection]:
    facts: Sequence[Fact] = getattr(extraction, kind.value)
    for index, against in bad.items():
        fact = facts[index]
        yield Rejection(
            rejection_id=ids[index],
            kind=kind.value,
            fact_id=fact.fact_id,
            record=_plain(fact),
            context=context(extraction.article.body, fact.start, fact.end),
            **_shared(extraction, against, version),
        )


def _plain(record: Record) -> dict[str, Any]:
    """A record as what its JSON reads back to."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record))
    return found


def _rejection_ids(facts: Sequence[Fact]) -> list[str]:
    """The facts' ids; of one that repeats an earlier one, a hash of its own, for the id belongs to the first."""
    seen: set[str] = {""}
    found = []
    for index, fact in enumerate(facts):
        repeated = fact.fact_id in seen
        found.append(sha256(f"{fact.fact_id}\x1f{index}".encode())[:32] if repeated else fact.fact_id)
        seen.add(fact.fact_id)
    return found


def _shared(extraction: Extraction, against: Sequence[Reason], version: str) -> dict[str, Any]:
    article = extraction.article
    source = article.sources[0] if article.sources else None
    return {
        "article_id": article.article_id,
        "input": extraction.input,
        "raw_key": source.raw_key if source else None,
        "raw_member": source.raw_member if source else None,
        "reasons": tuple(against),
        "suite_version": version,
    }


def context(body: str, start: int, end: int) -> str | None:
    """The text around a span, with `…` where it is cut; None where the span lies outside the body."""
    if not 0 <= start < len(body) or end <= start:
        return None
    first, last = max(start - _CONTEXT, 0), min(end + _CONTEXT, len(body))
    return ("…" if first else "") + body[first:last] + ("…" if last < len(body) else "")
