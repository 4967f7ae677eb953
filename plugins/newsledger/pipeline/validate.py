"""The third task: hold every record of a batch to the expectations."""

import logging
from collections.abc import Sequence

import msgspec

from newsledger.pipeline import breaker, capacity
from newsledger.pipeline.heeding import as_rulings, record_ids, with_releasers, with_retractions
from newsledger.pipeline.words import count, fact_count, now
from newsledger.quality import suites
from newsledger.quality.validate import Verdict
from newsledger.quality.validate import validate as judge
from newsledger.records import Extraction, Rejection
from newsledger.settings import Settings
from newsledger.store import batches, held, rulings
from newsledger.store.batches import Manifest
from newsledger.store.held import Held
from newsledger.store.objects import Objects

log = logging.getLogger(__name__)


def validate(settings: Settings, batch_id: str) -> Held | None:
    """Stage what may be published and what may not, and keep the result of the validation.

    Returns:
        The batch where an unusual share of it failed: then it is held whole until a person decides.

    Raises:
        StoreError: the object store is out of reach, or a disk is full.
        SettingsError: the expectations are broken.
    """
    capacity.require_to_finish(settings)
    objects = Objects.open(settings)
    manifest = batches.load(objects, batch_id)
    if manifest is None:
        return None
    read = batches.staged_chunks(objects, manifest, "extracted", Extraction)
    failed = batches.staged_chunks(objects, manifest, "failed", Rejection)
    verdict = judged(settings, objects, manifest, read)
    accepted = verdict.accepted
    rejected = [*failed, *verdict.rejected]
    batches.stage(objects, batch_id, "rejected.jsonl", rejected)
    objects.put(batches.report_key(batch_id), msgspec.json.encode(verdict.report))
    batches.stage(objects, batch_id, "accepted.jsonl", accepted)
    facts = sum(map(fact_count, accepted))
    log.info("Accepted %s with %s", count(len(accepted), "article"), count(facts, "fact"))
    for rejection in rejected:
        why = " ".join(reason.message for reason in rejection.reasons)
        log.warning("Rejected (%s) from %s: %s", rejection.kind, rejection.input, why)
    unusual = breaker.trips(objects, manifest, read, rejected)
    for line in unusual:
        log.warning("Held: %s", line)
    return held.hold(objects, manifest, now(), unusual) if unusual else None


def judged(settings: Settings, objects: Objects, manifest: Manifest, read: Sequence[Extraction]) -> Verdict:
    """What expectations and people say of the articles of a batch; those that somebody decided on say who did."""
    expectations = suites.load(settings.config / "expectations")
    cases = rulings.among(objects, record_ids(read))
    at, known = manifest.created_at, as_rulings(cases)
    verdict = judge(expectations, read, batch_id=manifest.batch_id, at=at, rulings=known)
    named = [with_retractions(with_releasers(each, cases), read, cases) for each in verdict.accepted]
    return verdict._replace(accepted=tuple(named))
