"""The last task: commit what was accepted, and write down what became of the batch."""

import logging

from newsledger import measures
from newsledger.pipeline import capacity, forgotten
from newsledger.pipeline.rejections import brief
from newsledger.pipeline.words import count, describe, now, summary
from newsledger.records import Extraction, Rejection
from newsledger.settings import Settings
from newsledger.store import batches, quarantine
from newsledger.store.decisions import Outcome
from newsledger.store.objects import Objects
from newsledger.store.publish import publish as commit

log = logging.getLogger(__name__)


def publish(settings: Settings, batch_id: str) -> bool:
    """Publish a batch exactly once, however often this runs; False where it is held until somebody decides.

    Raises:
        StoreError: the object store is out of reach, or a disk is full.
    """
    capacity.require_to_finish(settings)
    objects = Objects.open(settings)
    manifest = batches.load(objects, batch_id)
    if manifest is None:
        return not objects.exists(batches.held_key(batch_id))
    accepted = batches.staged(objects, batch_id, "accepted.jsonl", Extraction)
    rejected = batches.staged(objects, batch_id, "rejected.jsonl", Rejection)
    published = commit(objects, settings, batch_id, accepted, manifest.created_at, arrived=manifest.fresh)
    gone, rejected = forgotten.late(objects, manifest, accepted, rejected)
    quarantined = quarantine.put(objects, rejected)
    quarantine.settle(objects, (key for item in manifest.items for key in item.settles), quarantined)
    keys = (*published.keys, *quarantined, batches.report_key(batch_id))
    articles = tuple(
        {**summary(extraction), "outcome": place.outcome.value, "seq": place.seq}
        for extraction, place in zip(accepted, published.placed, strict=True)
        if place.article_id not in gone
    )
    capacity.require_to_finish(settings)  # else the embedded store may only have said that it wrote all this
    finished, aside = now(), tuple(map(brief, rejected))
    batches.close(objects, manifest, finished, articles=articles, rejected=aside, keys=keys)
    measures.published(articles, aside, since=manifest.created_at, at=finished)
    new = published.count(Outcome.new, Outcome.version, Outcome.revision)
    log.info("Published %s of %s to %s", new, count(len(accepted), "article"), settings.table)
    for article in articles:
        log.info("  %s: %s", article["outcome"], describe(article))
    for key in keys:
        log.info("  wrote s3://%s/%s", settings.bucket, key)
    return True
