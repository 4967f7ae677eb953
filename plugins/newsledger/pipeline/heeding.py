"""How a batch heeds what people decided of its records; no I/O."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from newsledger.pipeline.deciding import undecided
from newsledger.quality.validate import Rulings, record_id
from newsledger.records import Extraction, Fact, FactKind, Reason, Retraction
from newsledger.store.rulings import Case, Ruling, Verdict


def record_ids(extractions: Iterable[Extraction]) -> set[str]:
    """The ids under which decisions about these articles and their facts are kept."""
    return {one for extraction in extractions for one in _ids(extraction)}


def as_rulings(cases: Mapping[str, Case]) -> Rulings:
    """The decisions as validation takes them."""
    newest = {record: case.ruling for record, case in cases.items() if not undecided(case)}
    released = frozenset(record for record, ruling in newest.items() if ruling.verdict is Verdict.released)
    return Rulings(released, {record: _reason(newest[record]) for record in newest.keys() - released})


def with_releasers(extraction: Extraction, cases: Mapping[str, Case]) -> Extraction:
    """The accepted article, with who released it or any of its facts.

    Whether it would be rejected today plays no part: what was released says so for good.
    """
    released = [cases[one].ruling for one in _ids(extraction) if one in cases]
    by = sorted({ruling.by for ruling in released if ruling.verdict is Verdict.released})
    return replace(extraction, article=replace(extraction.article, released_by=", ".join(by))) if by else extraction


def with_retractions(extraction: Extraction, read: Iterable[Extraction], cases: Mapping[str, Case]) -> Extraction:
    """The accepted article, with what was found in its text and is taken back; ``read`` is all that was read."""
    if all(case.ruling.verdict is not Verdict.retracted for case in cases.values()):
        return extraction
    same = (one for one in read if _text(one) == _text(extraction))
    found = {record: cases[record] for one in same for record in _ids(one) if record in cases}
    taken = sorted((case.ruling.at, case.id) for case in found.values() if case.ruling.verdict is Verdict.retracted)
    if not taken:
        return extraction
    retractions = tuple(_retraction(found[record]) for _, record in taken)
    return replace(extraction, article=replace(extraction.article, retractions=retractions))


def _text(extraction: Extraction) -> tuple[str, str]:
    return extraction.article.article_id, extraction.article.body_sha256


def _retraction(case: Case) -> Retraction:
    ruling = case.ruling
    return Retraction(fact_id=case.id, kind=case.kind, by=ruling.by, at=ruling.at, reason=ruling.reason)


def _ids(extraction: Extraction) -> Iterator[str]:
    yield record_id(extraction.article)
    for kind in FactKind:
        facts: tuple[Fact, ...] = getattr(extraction, kind.value)
        yield from (fact.fact_id for fact in facts)


def _reason(ruling: Ruling) -> Reason:
    message = f"{ruling.verdict.capitalize()} by {ruling.by} on {ruling.at[:10]}: {ruling.reason}"
    return Reason(expectation=f"is_not_{ruling.verdict}", message=message)
