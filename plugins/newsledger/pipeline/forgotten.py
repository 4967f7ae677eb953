"""What comes in of an article that was forgotten: it is set aside, saying so, and nothing of its text is kept."""

import logging
from collections.abc import Collection, Sequence

from newsledger.errors import UnreadableError
from newsledger.records import Extraction, Reason, Rejection, sha256
from newsledger.store import forgetting, tombstones
from newsledger.store.batches import Manifest, report_key
from newsledger.store.objects import Objects
from newsledger.store.tombstones import Tombstone

log = logging.getLogger(__name__)

NOT_FORGOTTEN = "is_not_forgotten"
"""What such an article falls short of."""


def refuse(digest: str, gone: Collection[str]) -> None:
    """Turn away bytes that were removed; ``gone`` are the digests of all such.

    Raises:
        UnreadableError: they hold an article that was forgotten.
    """
    if digest in gone:
        raise UnreadableError(
            "It holds an article that was forgotten for good: take that out and drop the rest, if there is any."
        )


def apart(objects: Objects, manifest: Manifest, read: Sequence[Extraction]) -> tuple[list[Extraction], list[Rejection]]:
    """The articles that go on, and a rejection without text for each that was forgotten."""
    gone = tombstones.among(objects, {one.article.article_id for one in read})
    aside = [_rejection(manifest, one, stone) for one in read if (stone := gone.get(one.article.article_id))]
    for rejection in aside:
        log.warning("  %s: %s", rejection.input, rejection.reasons[0].message)
    return [one for one in read if one.article.article_id not in gone], aside


def late(
    objects: Objects, manifest: Manifest, accepted: Sequence[Extraction], rejected: Sequence[Rejection]
) -> tuple[frozenset[str], list[Rejection]]:
    """Ids of articles that were forgotten since they were read, and the rejections as they are then.

    What validation said of the batch is cut to its numbers where there is one, for it shows values.
    """
    ids = {one.article.article_id for one in accepted} | {one.article_id for one in rejected}
    gone = tombstones.among(objects, ids)
    if not gone:
        return frozenset(), list(rejected)
    _, aside = apart(objects, manifest, [one for one in accepted if one.article.article_id in gone])
    report = report_key(manifest.batch_id)
    if objects.exists(report):
        objects.put(report, forgetting.numbers(objects.get(report)))
    kept = [one for one in rejected if one.article_id not in gone or not one.record]
    return frozenset(gone), [*kept, *aside]


def _rejection(manifest: Manifest, one: Extraction, stone: Tombstone) -> Rejection:
    source = one.article.sources[0]
    message = f"It was forgotten by {stone.by} on {stone.at[:10]}: {stone.reason}"
    return Rejection(
        rejection_id=sha256(f"{stone.id}\x1f{one.input}".encode())[:32],
        kind="article",
        article_id=one.article.article_id,
        batch_id=manifest.batch_id,
        input=one.input,
        raw_key=source.raw_key,
        raw_member=source.raw_member if source.kind == "feed" else None,
        reasons=(Reason(expectation=NOT_FORGOTTEN, message=message),),
        suite_version=manifest.suites,
        record={},
        rejected_at=manifest.created_at,
    )
